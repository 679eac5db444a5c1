//! Checks that `security.txt` has not expired.

use jiff::Timestamp;

use crate::diagnostics::{Diagnostic, Place};
use crate::syndicate::SECURITY_TXT;

/// Checks a file if it is `security.txt`. Unlike a build, a check may depend on the
/// current date.
pub(super) fn look(path: &str, text: &str, now: Timestamp) -> Option<Diagnostic> {
    if path != SECURITY_TXT {
        return None;
    }
    let value = |field: &str| {
        text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim()
                .eq_ignore_ascii_case(field)
                .then(|| value.trim())
        })
    };
    let renew = "set `expires` under `[security]` in offprint.toml, or in your own \
                 static/.well-known/security.txt, to a day at most a year from now";
    let said = match value("Expires").map(str::parse::<Timestamp>) {
        _ if value("Contact").is_none() => {
            Diagnostic::warning("bad-security-txt", "it has no contact")
                .help("add a line such as `Contact: mailto:security@example.org`")
        }
        None => Diagnostic::warning("bad-security-txt", "it has no expiry date").help(renew),
        Some(Err(_)) => Diagnostic::warning("bad-security-txt", "`Expires` is not a timestamp")
            .help("write it as 2027-06-30T23:59:59Z"),
        Some(Ok(end)) if end < now => {
            let message = format!("it expired on {}", end.strftime("%Y-%m-%d"));
            Diagnostic::warning("expired", message).help(renew)
        }
        Some(Ok(_)) => return None,
    };
    Some(said.at(Place::file(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_holds_no_longer_is_found() {
        let now: Timestamp = "2026-11-30T12:00:00Z".parse().unwrap();
        let code = |text: &str| {
            let found = look(SECURITY_TXT, text, now);
            found.map(|said| said.code.to_string())
        };
        let contact = "Contact: mailto:a@b.org\n";
        for (text, want) in [
            ("Expires: 2026-11-30T23:59:59Z\n", None),
            ("expires: 2026-11-29T23:59:59z\n", Some("expired")),
            ("Expires: next year\n", Some("bad-security-txt")),
            ("", Some("bad-security-txt")),
        ] {
            assert_eq!(code(&format!("{contact}{text}")).as_deref(), want, "{text}");
        }
        let nobody = code("Expires: 2027-01-01T00:00:00Z\n");
        assert_eq!(nobody.as_deref(), Some("bad-security-txt"));
        assert!(look("security.txt", "", now).is_none());
    }
}
