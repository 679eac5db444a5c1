//! Plain text for citation formats: one line without control characters, and URLs
//! in ASCII.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::text::any_byte;

/// Whether a character is allowed in XML 1.0, is not a control character and does
/// not reorder the text after it, as directional embeddings, isolates and overrides
/// do. Citations and feeds never contain other characters.
pub fn is_plain_char(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line: collapses white space, including line breaks and tabs,
/// trims the ends, and drops characters that [`is_plain_char`] rejects.
pub fn one_line(text: &str) -> String {
    line(text).into_owned()
}

/// Like [`one_line`], but borrows if the text is already clean, as nearly all texts
/// are.
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

/// Whether a text is printable ASCII on one line with single spaces.
fn is_ascii_line(text: &str) -> bool {
    !any_byte(text, |byte| !(b' '..=b'~').contains(&byte))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && memchr::memmem::find(text.as_bytes(), b"  ").is_none()
}

/// [`line`] for an optional field; `None` if nothing is left.
pub(super) fn field(text: Option<&String>) -> Option<Cow<'_, str>> {
    text.map(|text| line(text)).filter(|text| !text.is_empty())
}

/// Percent-encodes everything except the unreserved characters of RFC 3986, so that
/// the result can be used in any query.
pub fn percent_encode(text: &str) -> String {
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A URL that every format can carry: `http` or `https`, ASCII only, without
/// quotes, angle brackets, braces or backslashes. `None` if the URL must not be
/// published.
pub fn web_address(url: &str) -> Option<String> {
    const UNSAFE: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'\'')
        .add(b'<')
        .add(b'>')
        .add(b'\\')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
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
    Some(utf8_percent_encode(parsed.as_str(), UNSAFE).to_string())
}

/// The URL of an ORCID iD, if it is well-formed: sixteen digits, the last of which
/// may be `X`, with a correct check digit (ISO 7064, mod 11-2).
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
