//! Recognises which service a JSON object comes from.

use serde_json::Value;

use super::super::Format;
use super::super::named::Members;
use super::taken::Taken;
use super::{
    arxiv_snapshot, crossref, csl, daily_arxiv, huggingface, open_alex, open_review, paperlists,
    semantic_scholar,
};
use crate::diagnostics::{Diagnostic, count};

/// How to recognise and read a service's objects.
pub(super) struct Shape {
    pub(super) format: Format,
    /// The reason, for `--explain`.
    pub(super) because: &'static str,
    is: fn(&Object<'_>) -> bool,
    read: fn(&mut Taken),
}

/// All known shapes, most distinctive first.
const SHAPES: [Shape; 9] = [
    Shape {
        format: Format::OpenReview,
        because: "OpenReview notes with their content",
        is: open_review::is,
        read: open_review::read,
    },
    Shape {
        format: Format::OpenAlex,
        because: "OpenAlex works",
        is: open_alex::is,
        read: open_alex::read,
    },
    Shape {
        format: Format::SemanticScholar,
        because: "papers with Semantic Scholar ids",
        is: semantic_scholar::is,
        read: semantic_scholar::read,
    },
    Shape {
        format: Format::HuggingFace,
        because: "papers with Hugging Face metadata",
        is: huggingface::is,
        read: huggingface::read,
    },
    Shape {
        format: Format::ArxivSnapshot,
        because: "arXiv's own fields",
        is: arxiv_snapshot::is,
        read: arxiv_snapshot::read,
    },
    Shape {
        format: Format::DailyArxiv,
        because: "papers with summaries under `AI`",
        is: daily_arxiv::is,
        read: daily_arxiv::read,
    },
    Shape {
        format: Format::Crossref,
        because: "a DOI and a list of titles",
        is: crossref::is,
        read: crossref::read,
    },
    Shape {
        format: Format::CslJson,
        because: "items with a type and names in parts",
        is: csl::is,
        read: csl::read,
    },
    Shape {
        format: Format::Paperlists,
        because: "authors and affiliations separated by semicolons",
        is: paperlists::is,
        read: paperlists::read,
    },
];

impl Shape {
    /// A paper's values by field name, and the names of those not understood.
    pub(super) fn members(&self, members: Members) -> (Members, Vec<String>) {
        let mut taken = Taken::new(members);
        (self.read)(&mut taken);
        taken.finish()
    }
}

/// The shape for a format, if it has one.
pub(super) fn of_format(format: Format) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.format == format)
}

/// The shape of an object.
pub(super) fn of_members(members: &Members) -> Option<&'static Shape> {
    let object = Object(members);
    SHAPES.iter().find(|shape| (shape.is)(&object))
}

/// Whether an object is a reply to a paper rather than a paper.
pub(super) fn is_reply(members: &Members) -> bool {
    open_review::is_reply(&Object(members))
}

/// The note about replies that were left out.
pub(super) fn left_out(replies: usize) -> Diagnostic {
    Diagnostic::note(
        "replies",
        format!(
            "{} to papers of OpenReview left out, since replies are not papers",
            count(replies, "reply")
        ),
    )
}

/// An object to examine.
pub(super) struct Object<'a>(&'a Members);

impl Object<'_> {
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether it has at least this many of some keys.
    pub(super) fn has_some(&self, least: usize, keys: &[&str]) -> bool {
        keys.iter().filter(|key| self.has(key)).count() >= least
    }
}
