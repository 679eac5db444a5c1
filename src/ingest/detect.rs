//! Detects a file's format from its content. The name only decides in cases of
//! doubt.

use super::refusal::{self, Markup};
use super::{
    Format, bibtex, decode, json, library_xml, listing, mail, markdown, references, ris, sites,
    surrogates, table, tagged, unpack, xml, yaml,
};

/// The result of detection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detection {
    /// A supported format.
    Known {
        /// The format.
        format: Format,
        /// The reason, for `--explain`.
        because: &'static str,
    },
    /// A known format that we cannot read.
    Foreign {
        /// Its name with an article: "a PDF file".
        what: &'static str,
        /// What to do about it.
        help: &'static str,
    },
    /// Not text.
    NotText,
}

impl Detection {
    /// The format, if it is supported.
    pub fn format(self) -> Option<Format> {
        match self {
            Self::Known { format, .. } => Some(format),
            Self::Foreign { .. } | Self::NotText => None,
        }
    }
}

/// How much of a file is examined, in bytes.
const HEAD: usize = 256 * 1024;

/// Detects the format of a file, looking at the first 256 kB, after decompression
/// if it is compressed.
pub fn detect(name: &str, bytes: &[u8]) -> Detection {
    let (name, inner) = (unpack::bare_name(name), unpack::head(bytes, HEAD + 1));
    let mail = mail::open(&inner);
    let inner = match &mail {
        Some(mail) => mail.text.as_bytes(),
        None => &inner[..],
    };
    let whole = inner.len() <= HEAD;
    let head = &inner[..inner.len().min(HEAD)];
    if let Some(foreign) = by_magic(head) {
        return foreign;
    }
    // A character cut in two is not a sign of another encoding.
    let cut = if whole {
        head.len()
    } else {
        head.len() - head.len().min(3)
    };
    let Ok(decoded) = decode::decode(&head[..cut]) else {
        return Detection::NotText;
    };
    let (text, _) = surrogates::mended(decoded.text.trim_start());
    let text = text.as_ref();
    let by_content = json::detect(text, whole)
        .or_else(|| library_xml::detect(text))
        .or_else(|| xml::detect(text))
        .or_else(|| markdown::detect(text))
        .or_else(|| sites::detect_with_entry(text))
        .or_else(|| bibtex::detect(text))
        .or_else(|| ris::detect(text))
        .or_else(|| tagged::detect(text))
        .or_else(|| table::detect(text))
        .or_else(|| yaml::detect(text))
        .or_else(|| listing::detect(text))
        .or_else(|| sites::detect(text))
        .or_else(|| references::detect(text));
    if let Some((format, because)) = by_content {
        return known(format, because);
    }
    by_first_words(text).unwrap_or_else(|| {
        let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix);
        let suffix = suffix.unwrap_or_default().to_ascii_lowercase();
        match Format::from_suffix(&suffix) {
            // An empty file or prose is not JSON, whatever its name says.
            Some(format) if format != Format::PageText && fits(format, text) => {
                known(format, "its name")
            }
            _ => known(Format::PageText, "text without another recognisable format"),
        }
    })
}

/// Whether a text could have the format that its name suggests. Broken JSON, or a
/// table with unknown headings, is best read as intended, so that its errors are
/// reported.
fn fits(format: Format, text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    match format {
        Format::Json | Format::Jsonl => text.starts_with(['{', '[']),
        Format::Csv => first.contains([',', ';', '|']),
        Format::Tsv => first.contains('\t'),
        Format::Bibtex => text.contains('@'),
        Format::Ris => text.contains("  - "),
        Format::Feed => text.starts_with('<'),
        _ => true,
    }
}

const fn known(format: Format, because: &'static str) -> Detection {
    Detection::Known { format, because }
}

const fn foreign(what: &'static str, help: &'static str) -> Detection {
    Detection::Foreign { what, help }
}

const UNPACK: &str = "decompress it first";

/// Formats recognised by their first bytes.
fn by_magic(head: &[u8]) -> Option<Detection> {
    const MAGIC: [(&[u8], Detection); 10] = [
        (
            b"%PDF-",
            foreign("a PDF file", "copy the list from it into a text file"),
        ),
        (b"BZh", foreign("a file compressed with bzip2", UNPACK)),
        (b"PK\x03\x04", foreign("a ZIP archive", UNPACK)),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            foreign(
                "an old Office document",
                "save a spreadsheet as CSV, and a document as plain text in UTF-8",
            ),
        ),
        (
            b"PAR1",
            foreign("a Parquet file", "export it as CSV or JSON Lines"),
        ),
        (
            b"SQLite format 3",
            foreign("a database", "export the table of papers as CSV"),
        ),
        (
            b"\x89PNG",
            foreign("a picture", "provide the text that it shows"),
        ),
        (
            b"\xff\xd8\xff",
            foreign("a picture", "provide the text that it shows"),
        ),
        (
            b"GIF8",
            foreign("a picture", "provide the text that it shows"),
        ),
        (
            b"{\\rtf",
            foreign("an RTF document", "save it as plain text"),
        ),
    ];
    if head.starts_with(b"PK\x03\x04")
        && let Some(found) = office(head)
    {
        return Some(found);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some(foreign("a picture", "provide the text that it shows"));
    }
    MAGIC
        .into_iter()
        .find_map(|(magic, detection)| head.starts_with(magic).then_some(detection))
}

/// ZIP-based documents, recognised by the names of the files inside.
fn office(head: &[u8]) -> Option<Detection> {
    const INSIDE: [(&[u8], Detection); 7] = [
        (b"xl/", foreign("a spreadsheet (XLSX)", TO_CSV)),
        (
            b"opendocument.spreadsheet",
            foreign("a spreadsheet (ODS)", TO_CSV),
        ),
        (b"word/", foreign("a Word document (DOCX)", TO_TEXT)),
        (
            b"opendocument.text",
            foreign("a text document (ODT)", TO_TEXT),
        ),
        (b"ppt/", foreign("a presentation (PPTX)", TO_TEXT)),
        (
            b"opendocument.presentation",
            foreign("a presentation (ODP)", TO_TEXT),
        ),
        (b"epub+zip", foreign("an e-book (EPUB)", TO_TEXT)),
    ];
    let names = memchr::memmem::find_iter(head, b"PK\x03\x04")
        .filter_map(|at| head.get(at + NAME_AT..))
        .map(|rest| &rest[..rest.len().min(NAME_LOOK)]);
    let is = |at: &[u8], name: &[u8]| {
        at.starts_with(name)
            || at.starts_with(b"mimetype") && memchr::memmem::find(at, name).is_some()
    };
    names
        .take(100)
        .find_map(|at| INSIDE.into_iter().find(|(name, _)| is(at, name)))
        .map(|(_, found)| found)
}

/// The offset of the file name in a ZIP entry's header.
const NAME_AT: usize = 30;

/// How much of the name and what follows is examined.
const NAME_LOOK: usize = 80;

const TO_CSV: &str = "open it and save the sheet as CSV in UTF-8";

const TO_TEXT: &str = "open it and save it as plain text in UTF-8, or copy the list from it";

/// Text formats that start in a certain way and that we cannot read.
fn by_first_words(text: &str) -> Option<Detection> {
    // A page saved by a browser as a single file looks like an e-mail.
    let first: Vec<&str> = text.lines().take(12).collect();
    let says = |label: &str, what: &str| {
        first
            .iter()
            .any(|line| line.starts_with(label) && line.contains(what))
    };
    if says("MIME-Version:", "") && says("Content-Type:", "multipart/") {
        return Some(foreign(
            "a web page or an e-mail in one file (MHTML)",
            "open it, select all, copy, and save that as a text file",
        ));
    }
    match refusal::markup(text)? {
        Markup::Page(_) => Some(foreign(
            "a web page",
            "open it in a browser, select all, copy, and save that as a text file",
        )),
        Markup::Xml => Some(foreign(
            "XML of an unknown kind",
            "RSS, Atom and OAI-PMH are supported; save anything else as text or JSON",
        )),
    }
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
            ("{\n  \"title\": \"A\"\n}\n", Some(Format::Json)),
            ("[{\"title\": \"A\"}]", Some(Format::Json)),
            ("{\"title\": \"A\"}\n{broken\n", Some(Format::Jsonl)),
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
        let zip = |name: &str| [&b"PK\x03\x04"[..], &[0; 26], name.as_bytes()].concat();
        for (bytes, want) in [
            (zip("xl/workbook.xml"), "a spreadsheet (XLSX)"),
            (zip("word/document.xml"), "a Word document (DOCX)"),
            (
                zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
                "a spreadsheet (ODS)",
            ),
            (zip("papers.csv"), "a ZIP archive"),
            (b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), "a picture"),
            (b"SQLite format 3\0".to_vec(), "a database"),
            (b"PAR1\x15\x04".to_vec(), "a Parquet file"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(),
                "an old Office document",
            ),
            (
                b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>".to_vec(),
                "a web page or an e-mail in one file (MHTML)",
            ),
        ] {
            let Detection::Foreign { what, .. } = detect("a.txt", &bytes) else {
                panic!("{want} is not told");
            };
            assert_eq!(what, want);
        }
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
