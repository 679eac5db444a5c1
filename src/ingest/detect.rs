//! Detection: which format a file is in, told from what is in it. Its name only
//! decides where the content leaves a doubt.

use super::{Format, decode, jsonl, lines};

/// What a file was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detection {
    /// A format that can be read.
    Known {
        /// Which.
        format: Format,
        /// What showed it, for `--explain`.
        because: &'static str,
    },
    /// Something known that no reader takes.
    Foreign {
        /// What it is, with its article: "a PDF file".
        what: &'static str,
        /// What a person can do about it.
        help: &'static str,
    },
    /// Bytes that are no text.
    NotText,
}

impl Detection {
    /// The format, where there is a reader for it.
    pub fn format(self) -> Option<Format> {
        match self {
            Self::Known { format, .. } => Some(format),
            Self::Foreign { .. } | Self::NotText => None,
        }
    }
}

/// How much of a file is looked at, in bytes.
const HEAD: usize = 64 * 1024;

/// How many lines of it.
const HEAD_LINES: usize = 20;

/// Looks at the beginning of a file. All of it may be given; the first 64 kB
/// decide.
pub fn detect(name: &str, head_bytes: &[u8]) -> Detection {
    let whole = head_bytes.len() <= HEAD;
    let head = &head_bytes[..head_bytes.len().min(HEAD)];
    if let Some(foreign) = by_magic(head) {
        return foreign;
    }
    // A character that the cut goes through is no sign of another encoding.
    let cut = if whole {
        head.len()
    } else {
        head.len() - head.len().min(3)
    };
    let Ok(decoded) = decode::decode(&head[..cut]) else {
        return Detection::NotText;
    };
    let text = decoded.text.trim_start();
    if text.starts_with(['{', '[']) {
        if let Some(because) = is_jsonl(text, whole) {
            return known(Format::Jsonl, because);
        }
        if looks_like_json(text) {
            return JSON;
        }
    }
    by_first_words(text).unwrap_or_else(|| {
        let suffix = name
            .rsplit_once('.')
            .map(|(_, suffix)| suffix.to_ascii_lowercase());
        match suffix.as_deref() {
            Some("jsonl" | "ndjson") => known(Format::Jsonl, "its name"),
            _ => known(Format::PageText, "text of no other format"),
        }
    })
}

const fn known(format: Format, because: &'static str) -> Detection {
    Detection::Known { format, because }
}

const fn foreign(what: &'static str, help: &'static str) -> Detection {
    Detection::Foreign { what, help }
}

const JSON: Detection = foreign(
    "JSON that is not one object a line",
    "write one paper a line, as in `{\"title\": …, \"abstract\": …}`",
);

const UNPACK: &str = "unpack it first";

/// Formats that begin with certain bytes.
fn by_magic(head: &[u8]) -> Option<Detection> {
    const MAGIC: [(&[u8], Detection); 10] = [
        (
            b"%PDF-",
            foreign("a PDF file", "copy the list out of it into a text file"),
        ),
        (b"\x1f\x8b", foreign("a file packed with gzip", UNPACK)),
        (b"\xfd7zXZ\0", foreign("a file packed with xz", UNPACK)),
        (
            b"\x28\xb5\x2f\xfd",
            foreign("a file packed with zstd", UNPACK),
        ),
        (b"BZh", foreign("a file packed with bzip2", UNPACK)),
        (
            b"PK\x03\x04",
            foreign(
                "a ZIP archive or an office document",
                "save its contents as text",
            ),
        ),
        (
            b"\x89PNG",
            foreign("a picture", "give the text that it shows"),
        ),
        (
            b"\xff\xd8\xff",
            foreign("a picture", "give the text that it shows"),
        ),
        (b"GIF8", foreign("a picture", "give the text that it shows")),
        (
            b"{\\rtf",
            foreign("an RTF document", "save it as plain text"),
        ),
    ];
    MAGIC
        .into_iter()
        .find_map(|(magic, detection)| head.starts_with(magic).then_some(detection))
}

/// Formats of text that begin in a certain way and have no reader.
fn by_first_words(text: &str) -> Option<Detection> {
    let head: String = text
        .chars()
        .take(200)
        .collect::<String>()
        .to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return Some(foreign(
            "an HTML page",
            "open it in a browser, select all, copy, and save that as a text file",
        ));
    }
    if head.starts_with("<?xml") || head.starts_with("<rss") || head.starts_with("<feed") {
        return Some(foreign(
            "XML",
            "save the list as text or as JSON, one paper a line",
        ));
    }
    None
}

/// Whether most of the first lines are objects of JSON, one of them for sure.
fn is_jsonl(text: &str, whole: bool) -> Option<&'static str> {
    let mut objects = 0;
    let mut like = 0;
    let mut all = 0;
    let mut rest = lines::lines(text)
        .filter(|line| !line.text.trim().is_empty())
        .peekable();
    while let Some(line) = rest.next() {
        let cut = !whole && rest.peek().is_none();
        let text = line.text.trim();
        all += 1;
        let begins = text
            .strip_prefix('{')
            .is_some_and(|t| t.trim_start().starts_with(['"', '}']));
        if cut && all == 1 {
            return begins.then_some("it begins with a long object of JSON");
        }
        like += usize::from(begins);
        objects += usize::from(begins && jsonl::is_object(text));
        if all == HEAD_LINES {
            break;
        }
    }
    (objects > 0 && like * 2 > all).then_some("each line is an object of JSON")
}

/// Whether a text begins as JSON does, and not as "[1] A title" does.
fn looks_like_json(text: &str) -> bool {
    let Some(inner) = text.strip_prefix(['{', '[']) else {
        return false;
    };
    let inner = inner.trim_start();
    inner.starts_with('"') || (text.starts_with('[') && inner.starts_with(['{', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_the_format_whatever_the_name() {
        for (text, want) in [
            (
                "{\"title\": \"A\"}\n{\"title\": \"B\"}\n",
                Some(Format::Jsonl),
            ),
            ("\u{feff}\r\n{\"title\": \"A\"}\r\n", Some(Format::Jsonl)),
            (
                "{\"title\": \"A\"}\n{broken\n{\"title\": \"C\"}\n",
                Some(Format::Jsonl),
            ),
            ("A title\n\nAn abstract.\n", Some(Format::PageText)),
            ("[1] A title\n[2] Another\n", Some(Format::PageText)),
            ("{Curly} Titles: A Study\n", Some(Format::PageText)),
            ("", Some(Format::PageText)),
            ("{\n  \"title\": \"A\"\n}\n", None),
            ("[{\"title\": \"A\"}]", None),
            ("<!DOCTYPE html><p>x", None),
            ("%PDF-1.7 x", None),
        ] {
            for name in ["-", "a.txt", "a.bib"] {
                assert_eq!(
                    detect(name, text.as_bytes()).format(),
                    want,
                    "{name}: {text}"
                );
            }
        }
        assert_eq!(detect("a", b"\x00\x01\x02\x03"), Detection::NotText);
    }

    #[test]
    fn a_first_line_beyond_the_head_is_still_an_object() {
        let long = format!("{{\"title\": \"{}\"}}\n", "x".repeat(2 * HEAD));
        assert_eq!(detect("-", long.as_bytes()).format(), Some(Format::Jsonl));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_detected(bytes in proptest::collection::vec(0u8.., 0..200)) {
            let _ = detect("x", &bytes);
        }
    }
}
