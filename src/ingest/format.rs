//! A format: one of the shapes in which a digest arrives.

use crate::model::Source;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The text of a web page, as copying it out of a browser gives it.
    PageText,
    /// JSON, one object a line, one paper an object.
    Jsonl,
}

impl Format {
    /// Every format, in the order in which a person would list them.
    pub const fn all() -> &'static [Self] {
        &[Self::PageText, Self::Jsonl]
    }

    /// The name that `--format` takes and a digest's page records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PageText => "page-text",
            Self::Jsonl => "jsonl",
        }
    }

    /// The format of a name; the common other names of a format are understood
    /// as well.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "page-text" | "pagetext" | "text" | "txt" => Some(Self::PageText),
            "jsonl" | "ndjson" | "json-lines" => Some(Self::Jsonl),
            _ => None,
        }
    }

    /// The source that records of this format name.
    pub const fn source(self) -> Source {
        match self {
            Self::PageText => Source::TEXT,
            Self::Jsonl => Source::JSONL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::all() {
            assert_eq!(Format::from_name(format.name()), Some(*format));
        }
        assert_eq!(Format::from_name(" TXT "), Some(Format::PageText));
        assert_eq!(Format::from_name("docx"), None);
    }
}
