//! Secrets: user names and passwords in URLs, and values of settings such as
//! `password`. They are removed from everything we print, store or publish.

use std::borrow::Cow;
use std::ops::Range;

/// The text with credentials in URLs removed: `https://…@host/`.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    replaced(text, |_| "…".to_owned())
}

/// The same, but with the length unchanged, so that offsets stay valid.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    replaced(text, |length| "*".repeat(length))
}

/// The text with each secret replaced; `replacement` gets its length in bytes.
fn replaced(text: &str, replacement: impl Fn(usize) -> String) -> Cow<'_, str> {
    let found = secrets(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for secret in found {
        out.push_str(&text[at..secret.start]);
        out.push_str(&replacement(secret.len()));
        at = secret.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// Parts of the names of keys that hold secrets.
const KEYS: [&str; 5] = ["secret", "password", "passwd", "token", "access_key"];

/// Where the secrets are, in order.
fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = in_addresses(text);
    let first = found.len();
    for value in values(text) {
        if !found[..first]
            .iter()
            .any(|other| value.start < other.end && other.start < value.end)
        {
            found.push(value);
        }
    }
    found.sort_by_key(|secret| secret.start);
    found
}

/// Quoted values of keys that hold secrets: `password = "…"`.
fn values(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let name = key.to_ascii_lowercase();
        if !KEYS.iter().any(|word| name.contains(word)) {
            continue;
        }
        let indent = value.len() - value.trim_start().len();
        let value = value.trim();
        let from = at + key.len() + 1 + indent;
        let inner = value.trim_matches(['"', '\'']);
        if let Some(offset) = value.find(inner).filter(|_| !inner.is_empty()) {
            found.push(from + offset..from + offset + inner.len());
        }
    }
    found
}

/// The text between `//` and the last `@` before the host.
fn in_addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.contains('@') {
        return found;
    }
    for (at, _) in text.match_indices("//") {
        let start = at + 2;
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let rest = &text[start..];
        let end = rest
            .find(|c: char| {
                c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '“' | '”')
            })
            .unwrap_or(rest.len());
        let address = &rest[..end];
        let host = address.find(['/', '?', '#', '\\']).unwrap_or(address.len());
        let secret = match address[..host].rfind('@') {
            Some(at) => Some(at),
            // A password may contain these characters, even though it should not.
            // In that case the part before the first one is not a host with a port.
            None => address[..host]
                .split_once(':')
                .filter(|(_, port)| !port.bytes().all(|byte| byte.is_ascii_digit()))
                .filter(|(host, _)| !host.starts_with('['))
                .and_then(|_| address.rfind('@')),
        };
        if let Some(length) = secret.filter(|length| *length > 0) {
            found.push(start..start + length);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_what_is_before_their_host() {
        for (text, want) in [
            ("http://ann:secret@a.test/x", "http://…@a.test/x"),
            (
                "see `https://token@a.test`, or",
                "see `https://…@a.test`, or",
            ),
            ("http://ann:p@ss@a.test/", "http://…@a.test/"),
            ("http://ann:pa/ss@a.test/", "http://…@a.test/"),
            (
                "http://ann:p%40ss@a.test:8000/@b",
                "http://…@a.test:8000/@b",
            ),
            ("HTTP://ANN:B@A http://c:d@e", "HTTP://…@A http://…@e"),
            ("//ann:secret@a.test/", "//…@a.test/"),
            (
                "url = \"http://ann:secret@a.test",
                "url = \"http://…@a.test",
            ),
        ] {
            assert_eq!(without_secrets(text), want);
        }
        for text in [
            "https://a.test/@ann",
            "http://a.test:80/@ann",
            "http://[::1]:80/@ann",
            "https://a.test/?mail=ann@a.test",
            "write to ann@a.test",
            "// a comment, by ann@a.test",
            "http://@a.test/",
            "1 // 2",
            "a = \"1\"\nname = \"token\"",
        ] {
            assert_eq!(without_secrets(text), text);
        }
        assert_eq!(masked("u http://ü:b@c"), "u http://****@c");
        assert_eq!(
            masked("a = \"b\"\nsecret_access_key = \"hush\"\nc = 1"),
            "a = \"b\"\nsecret_access_key = \"****\"\nc = 1"
        );
        assert_eq!(masked("Password='x y'"), "Password='***'");
    }

    proptest::proptest! {
        #[test]
        fn any_text_keeps_its_length_when_masked(text in "(//|/|:|@|a|é| |\"|http|token|=|\n){0,30}") {
            proptest::prop_assert_eq!(masked(&text).len(), text.len());
            let once = without_secrets(&text).into_owned();
            proptest::prop_assert!(once.chars().count() <= text.chars().count());
        }
    }
}
