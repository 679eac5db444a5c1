//! Escaping: makes text safe for HTML and for addresses.

use std::fmt::Write as _;

/// Text escaped for HTML, for text and for quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    html_escape::encode_quoted_attribute_to_string(text, &mut out);
    out
}

/// A path within the site as an address has it: what is not plain ASCII is
/// percent-encoded, `/` stays.
pub fn escape_url_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_break_out() {
        assert_eq!(
            escape("</script><b>&\"'"),
            "&lt;/script&gt;&lt;b&gt;&amp;&quot;&#x27;"
        );
        assert_eq!(escape_url_path("papers/über/?x"), "papers/%C3%BCber/%3Fx");
    }
}
