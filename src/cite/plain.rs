//! Plain text as a citation format can carry it: one line, no control
//! characters; and addresses in ASCII.

use std::borrow::Cow;

use crate::text::any_byte;

/// Whether a character may stand in an XML 1.0 document, is no control character
/// and does not reorder the text behind it, as the marks do that embed, isolate
/// or override a direction of writing. What fails this test is in no output of
/// this program's citations and feeds.
pub fn is_plain_char(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line: every run of white space, line breaks and tabs
/// included, becomes one space; what [`is_plain_char`] refuses is left out;
/// nothing stands at either end.
pub fn one_line(text: &str) -> String {
    line(text).into_owned()
}

/// [`one_line`] without a copy where the text is such a line already, as nearly
/// every text is.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if is_ascii_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if is_plain_char(c) {
            if gap && !line.is_empty() {
                line.push(' ');
            }
            gap = false;
            line.push(c);
        }
    }
    Cow::Owned(line)
}

/// Whether a text is one line of printable ASCII with single spaces between
/// words.
fn is_ascii_line(text: &str) -> bool {
    !any_byte(text, |byte| !(b' '..=b'~').contains(&byte))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && memchr::memmem::find(text.as_bytes(), b"  ").is_none()
}

/// [`line`] of a field that may be unset; `None` where nothing is left.
pub(super) fn field(text: Option<&String>) -> Option<Cow<'_, str>> {
    text.map(|text| line(text)).filter(|text| !text.is_empty())
}

/// Percent-encodes everything but the characters that RFC 3986 leaves
/// unreserved, so that the result can stand in a query of any address.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + text.len() / 4);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            push_percent(&mut encoded, byte);
        }
    }
    encoded
}

/// An address in a spelling that every format can carry: `http` or `https`,
/// ASCII only, without quotes, angle brackets, braces or backslashes. `None`
/// for what may not be published.
pub fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    // Taking it apart is ten times as long, and would be done for every link of every
    // paper.
    if crate::model::plain_host(url).is_some() {
        return Some(url.to_owned());
    }
    if !crate::model::is_publishable_url(url) {
        return None;
    }
    let parsed = url::Url::parse(url).ok()?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return None;
    }
    let mut address = String::with_capacity(parsed.as_str().len());
    for byte in parsed.as_str().bytes() {
        if byte.is_ascii_graphic()
            && !matches!(
                byte,
                b'"' | b'\'' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
            )
        {
            address.push(char::from(byte));
        } else {
            push_percent(&mut address, byte);
        }
    }
    Some(address)
}

/// The address of an ORCID iD, where it has the form of one: sixteen digits, the
/// last of which may be `X` and must fit the others (ISO 7064, mod 11-2).
pub(super) fn orcid_address(orcid: &str) -> Option<String> {
    let digits: Vec<u8> = orcid.bytes().filter(|b| *b != b'-').collect();
    let is_grouped = orcid.len() == 19
        && orcid
            .bytes()
            .enumerate()
            .all(|(at, b)| (b == b'-') == matches!(at, 4 | 9 | 14));
    if !is_grouped {
        return None;
    }
    let mut sum = 0u32;
    for digit in &digits[..15] {
        if !digit.is_ascii_digit() {
            return None;
        }
        sum = (sum + u32::from(digit - b'0')) * 2 % 11;
    }
    let want = match (12 - sum) % 11 {
        10 => b'X',
        check => b'0' + u8::try_from(check).ok()?,
    };
    (digits[15] == want).then(|| format!("https://orcid.org/{orcid}"))
}

fn push_percent(text: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    text.push('%');
    text.push(char::from(DIGITS[usize::from(byte >> 4)]));
    text.push(char::from(DIGITS[usize::from(byte & 15)]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_controls_or_double_spaces() {
        assert_eq!(
            one_line("  a\r\n\tb\u{0}c\u{b}d \u{2028}e\u{85}f  "),
            "a bc d e f"
        );
        assert_eq!(one_line("\u{FFFF}x\u{FFFE}\u{1b}[0m"), "x[0m");
        assert_eq!(one_line(" \n "), "");
    }

    #[test]
    fn addresses_are_ascii_and_free_of_delimiters() {
        assert_eq!(
            web_address("https://a.org/{x}|\"y\"?q=ü&r='<s>'").as_deref(),
            Some("https://a.org/%7Bx%7D%7C%22y%22?q=%C3%BC&r=%27%3Cs%3E%27")
        );
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("mailto:a@b.org"), None);
    }

    #[test]
    fn a_number_in_place_of_a_host_is_taken_apart() {
        for (url, address) in [
            ("https://0x/", "https://0.0.0.0/"),
            ("https://127.1/x", "https://127.0.0.1/x"),
        ] {
            assert_eq!(web_address(url).as_deref(), Some(address));
        }
    }

    #[test]
    fn an_orcid_has_the_right_last_digit() {
        assert_eq!(
            orcid_address("0000-0002-1825-0097").as_deref(),
            Some("https://orcid.org/0000-0002-1825-0097")
        );
        assert!(orcid_address("0000-0002-1694-233X").is_some());
        for wrong in ["0000-0002-1825-0098", "0000", "", "0000-0002-1825-009<"] {
            assert_eq!(orcid_address(wrong), None);
        }
    }

    #[test]
    fn everything_but_unreserved_characters_is_percent_encoded() {
        assert_eq!(percent_encode("a b&c=ü~"), "a%20b%26c%3D%C3%BC~");
    }

    proptest::proptest! {
        #[test]
        fn any_text_becomes_one_clean_line(text in proptest::prelude::any::<String>()) {
            let line = one_line(&text);
            proptest::prop_assert!(line.chars().all(is_plain_char));
            proptest::prop_assert!(!line.contains("  "));
            proptest::prop_assert_eq!(one_line(&line), line.clone());
        }

        #[test]
        fn an_address_that_looks_plain_is_what_taking_it_apart_gives(
            url in "https://[a-z0-9.-]{1,12}/[a-z0-9./?=&,+_-]{0,16}"
        ) {
            if crate::model::plain_host(&url).is_some() {
                proptest::prop_assert!(crate::model::is_publishable_url(&url));
                let parsed = url::Url::parse(&url).unwrap();
                proptest::prop_assert_eq!(parsed.as_str(), url.as_str());
            }
        }

        #[test]
        fn any_text_gives_a_safe_address_or_none(text in "https?://[a-z]{1,5}\\.org/\\PC{0,30}") {
            if let Some(address) = web_address(&text) {
                proptest::prop_assert!(address.is_ascii());
                let delimiters = ['"', '\'', '<', '>', '{', '}', '\\', ' '];
                proptest::prop_assert!(!address.contains(delimiters));
            }
        }
    }
}
