//! `security.txt` (RFC 9116): whom to contact about vulnerabilities.

use super::feed::w3c_date;
use crate::cite::web_address;
use crate::model::Date;

/// Its path.
pub const SECURITY_TXT: &str = ".well-known/security.txt";

/// The file. `contact` are URLs, best first, valid until the end of the day
/// `expires`. `base_url` ends in `/`.
pub fn security_txt(
    contact: &[String],
    expires: Date,
    language: &str,
    base_url: Option<&str>,
) -> String {
    let mut file = String::new();
    for address in contact {
        file.push_str(&format!("Contact: {address}\n"));
    }
    file.push_str(&format!("Expires: {}T23:59:59Z\n", w3c_date(expires)));
    file.push_str(&format!("Preferred-Languages: {language}\n"));
    let base = base_url.filter(|base| base.starts_with("https:"));
    if let Some(base) = base.and_then(web_address) {
        file.push_str(&format!("Canonical: {base}{SECURITY_TXT}\n"));
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_whom_to_tell_and_until_when() {
        let contact = [
            "mailto:a@b.org".to_owned(),
            "https://b.org/report".to_owned(),
        ];
        let file = security_txt(
            &contact,
            Date::constant(2027, 6, 30),
            "en",
            Some("https://b.org/"),
        );
        insta::assert_snapshot!(file, @r"
        Contact: mailto:a@b.org
        Contact: https://b.org/report
        Expires: 2027-06-30T23:59:59Z
        Preferred-Languages: en
        Canonical: https://b.org/.well-known/security.txt
        ");
    }
}
