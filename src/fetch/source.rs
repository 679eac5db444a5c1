//! Sources for fetching: one per `[[source]]`, parsed.

use std::time::Duration;

use super::client::TIMEOUT;
use crate::config::{FILE_NAME, Settings, SourceSettings, Value};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::slugify;

/// One source.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FetchSource {
    /// The base name of its digest files.
    pub(super) name: String,
    pub(super) kind: SourceKind,
    /// The minimum time between two requests.
    pub(super) pace: Duration,
    /// The timeout for one response.
    pub(super) timeout: Duration,
}

/// What to ask, and whom.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SourceKind {
    Arxiv {
        base: String,
        query: String,
        categories: Vec<String>,
        most: usize,
    },
    HuggingFace {
        base: String,
        period: Period,
    },
    OpenReview {
        base: String,
        venue: String,
    },
    /// A feed, or any other file that import can read.
    Plain {
        url: String,
    },
}

/// The period to ask Hugging Face for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day,
    Week,
    Month,
}

impl FetchSource {
    /// All valid sources of the settings, and what is wrong with the others.
    pub(super) fn all(settings: &Settings) -> (Vec<Self>, Diagnostics) {
        let mut found = Diagnostics::new();
        let mut sources: Vec<Self> = Vec::new();
        for given in &settings.sources {
            match Self::of(given) {
                Ok(source) if sources.iter().any(|other| other.name == source.name) => found.push(
                    fault(format!("two sources are named `{}`", source.name))
                        .help("give each a different `name`"),
                ),
                Ok(source) => sources.push(source),
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
        (sources, found)
    }

    fn of(given: &SourceSettings) -> Result<Self, Box<Diagnostic>> {
        let text = |key: &str| match get(given, key) {
            Some(Value::String(text)) => {
                Some(text.trim().to_owned()).filter(|text| !text.is_empty())
            }
            _ => None,
        };
        let needed = |key: &str| {
            text(key).ok_or_else(|| {
                Box::new(
                    fault(format!("a source of type `{}` needs `{key}`", given.kind))
                        .help(format!("add a line such as {key} = \"…\"")),
                )
            })
        };
        let base = |usual: &str| {
            let base = text("base").unwrap_or_else(|| usual.to_owned());
            base.trim_end_matches('/').to_owned()
        };
        let (kind, name, pace) = match given.kind.as_str() {
            "arxiv" => {
                let categories = match get(given, "categories") {
                    Some(Value::Array(items)) => items
                        .iter()
                        .filter_map(|item| match &item.value {
                            Value::String(text) => Some(text.clone()),
                            _ => None,
                        })
                        .collect(),
                    _ => Vec::new(),
                };
                let query = text("query").unwrap_or_default();
                if query.is_empty() && categories.is_empty() {
                    return Err(Box::new(
                        fault("a source of type `arxiv` needs `query` or `categories`".to_owned())
                            .help("add a line such as categories = [\"cs.LG\"]"),
                    ));
                }
                let most = match get(given, "max") {
                    Some(Value::Integer(n)) => usize::try_from(*n).unwrap_or(1),
                    _ => 300,
                };
                let base = base("https://export.arxiv.org");
                // arXiv asks for three seconds between requests.
                (
                    SourceKind::Arxiv {
                        base,
                        query,
                        categories,
                        most,
                    },
                    "arxiv".to_owned(),
                    3.0,
                )
            }
            "huggingface" => {
                let period = match text("period").as_deref() {
                    Some("week") => Period::Week,
                    Some("month") => Period::Month,
                    _ => Period::Day,
                };
                let base = base("https://huggingface.co");
                (
                    SourceKind::HuggingFace { base, period },
                    "huggingface".to_owned(),
                    1.0,
                )
            }
            "openreview" => {
                let venue = needed("venue")?;
                let name = slugify(&venue, 60);
                let base = base("https://api2.openreview.net");
                (SourceKind::OpenReview { base, venue }, name, 1.0)
            }
            _ => {
                let url = needed("url")?;
                let host = url::Url::parse(&url)
                    .ok()
                    .and_then(|url| url.host_str().map(str::to_owned));
                (
                    SourceKind::Plain { url },
                    slugify(&host.unwrap_or_default(), 60),
                    1.0,
                )
            }
        };
        let seconds = |key: &str, usual: f64| match get(given, key) {
            Some(Value::Float(seconds)) => *seconds,
            _ => usual,
        };
        let pace = seconds("pace", pace).clamp(0.0, 60.0);
        let timeout = seconds("timeout", TIMEOUT.as_secs_f64()).clamp(1.0, 600.0);
        let name = text("name").map_or(name, |name| slugify(&name, 60));
        Ok(Self {
            name: if name.is_empty() {
                given.kind.clone()
            } else {
                name
            },
            kind,
            pace: Duration::try_from_secs_f64(pace).unwrap_or_default(),
            timeout: Duration::try_from_secs_f64(timeout).unwrap_or(TIMEOUT),
        })
    }
}

fn get<'a>(given: &'a SourceSettings, key: &str) -> Option<&'a Value> {
    given
        .options
        .iter()
        .find(|(name, _)| name == key)
        .map(|(_, value)| value)
}

fn fault(message: String) -> Diagnostic {
    Diagnostic::error("source", message)
        .at(Place::file(FILE_NAME))
        .field("source")
}
