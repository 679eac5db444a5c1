//! Citation styles: how a manual writes references. Styles are CSL files applied by
//! hayagriva, so a site can use any of the thousands that exist.

mod line;

use std::fmt;
use std::path::Path;
use std::sync::LazyLock;

use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style as CslStyle, json};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest};

use super::csl::for_styles;
use super::work::Work;
use line::Line;

/// The styles offered if the settings name none.
pub const DEFAULT_STYLES: [&str; 4] = ["apa", "mla", "chicago-notes", "ieee"];

/// The largest style file, in bytes. The largest official style has a tenth of it.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// The terms and date formats of all languages. Loading takes 50 ms, so do it once.
static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(archive::locales);

/// An item for testing styles: the processor drops the authors in a few of them.
const PROBE: &str = r#"{"id":"a","type":"article-journal","title":"A","author":[{"family":"Probe","given":"Ann"}],"issued":{"date-parts":[[2000]]}}"#;

/// A formatted reference.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citation {
    /// As HTML. Everything is escaped; `<i>` and `<b>` are the only tags.
    pub html: String,
    /// As plain text on one line.
    pub plain: String,
}

/// A citation style.
#[derive(Debug)]
pub struct Style {
    key: String,
    label: String,
    csl: IndependentStyle,
    locale: Option<LocaleCode>,
}

/// Why a style cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StyleError {
    /// There is no style of this name.
    Unknown {
        /// The most similar name.
        nearest: Option<&'static str>,
    },
    /// The style file cannot be read.
    Unreadable(String),
    /// The file is not a CSL style.
    Invalid(String),
    /// The style is only an alias of another one.
    Dependent {
        /// The other style's identifier.
        parent: String,
    },
    /// The style only has notes, no bibliography.
    NoBibliography,
    /// The processor drops the authors in this style.
    WithoutAuthors,
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { .. } => f.write_str("there is no citation style of this name"),
            Self::Unreadable(why) => write!(f, "the style file cannot be read: {why}"),
            Self::Invalid(why) => write!(f, "the style file is not a CSL style: {why}"),
            Self::Dependent { parent } => {
                write!(f, "the style is a variant of {parent} and needs that file")
            }
            Self::WithoutAuthors => {
                f.write_str("references in this style come out without authors")
            }
            Self::NoBibliography => {
                f.write_str("the style writes only notes, without a bibliography")
            }
        }
    }
}

impl std::error::Error for StyleError {}

impl Style {
    /// Opens a style by name, for example `apa`, or from a `.csl` file below a
    /// folder. `language` is the site's; styles without a language of their own use
    /// its terms for "and", "edited by" and so on.
    ///
    /// # Errors
    /// Returns why the style cannot be used.
    pub fn open(name: &str, folder: &Path, language: &str) -> Result<Self, StyleError> {
        let (csl, label) = if name.ends_with(".csl") {
            from_file(&folder.join(name))?
        } else {
            let style = ArchivedStyle::by_name(name).ok_or_else(|| StyleError::Unknown {
                nearest: crate::diagnostics::nearest(name, names()),
            })?;
            match style.get() {
                CslStyle::Independent(csl) => (csl, label(name, style.display_name())),
                CslStyle::Dependent(_) => return Err(StyleError::NoBibliography),
            }
        };
        if csl.bibliography.is_none() {
            return Err(StyleError::NoBibliography);
        }
        let style = Self {
            key: key(name),
            label,
            locale: locale(&csl, language),
            csl,
        };
        let probe = style.reference(PROBE).plain.to_lowercase();
        if !probe.contains("probe") {
            return Err(StyleError::WithoutAuthors);
        }
        Ok(style)
    }

    /// Its display name.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Its name in attributes.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The reference to a work. Unknown parts are left out, or marked as missing if
    /// the style does so ("n.d.").
    pub fn text(&self, work: &Work<'_>) -> Citation {
        self.reference(&for_styles(work))
    }

    /// The reference to a CSL-JSON item.
    fn reference(&self, item: &str) -> Citation {
        let Ok(item) = serde_json::from_str::<json::Item>(item) else {
            return Citation::default();
        };
        let mut driver = BibliographyDriver::new();
        driver.citation(CitationRequest::from_items(
            vec![CitationItem::with_entry(&item)],
            &self.csl,
            &LOCALES,
        ));
        let rendered = driver.finish(BibliographyRequest {
            style: &self.csl,
            locale: self.locale.clone(),
            locale_files: &LOCALES,
        });
        let mut line = Line::default();
        for item in rendered.bibliography.iter().flat_map(|list| &list.items) {
            // The first field is the number in a list, which a single reference
            // does not have.
            line.push(&item.content);
        }
        line.finish()
    }
}

/// All names that [`Style::open`] accepts.
pub fn names() -> impl Iterator<Item = &'static str> {
    ArchivedStyle::all()
        .iter()
        .flat_map(|style| style.names())
        .copied()
}

fn from_file(path: &Path) -> Result<(IndependentStyle, String), StyleError> {
    let unreadable = |error: std::io::Error| StyleError::Unreadable(error.to_string());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_FILE {
        let why = format!("it has more than {} MB", MAX_FILE / 1024 / 1024);
        return Err(StyleError::Unreadable(why));
    }
    let xml = std::fs::read_to_string(path).map_err(unreadable)?;
    match CslStyle::from_xml(&xml) {
        Ok(CslStyle::Independent(csl)) => {
            let title = crate::text::clean_line(&csl.info.title.value);
            Ok((csl, title))
        }
        Ok(CslStyle::Dependent(style)) => Err(StyleError::Dependent {
            parent: style.parent_link.href,
        }),
        Err(error) => Err(StyleError::Invalid(error.to_string())),
    }
}

/// The common short name of a style, if it has one.
fn label(name: &str, full: &str) -> String {
    let short = match name {
        "apa" | "american-psychological-association" => "APA",
        "mla" | "modern-language-association" => "MLA",
        "ieee" | "institute-of-electrical-and-electronics-engineers" => "IEEE",
        "association-for-computing-machinery" => "ACM",
        "american-medical-association" => "AMA",
        "vancouver" => "Vancouver",
        _ if name.starts_with("chicago-") => "Chicago",
        _ => full,
    };
    short.to_owned()
}

/// The name without folder and suffix, for use in attributes.
fn key(name: &str) -> String {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.strip_suffix(".csl").unwrap_or(stem);
    stem.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect()
}

/// The language of a style: its own if it has one, else the site's.
fn locale(csl: &IndependentStyle, language: &str) -> Option<LocaleCode> {
    if csl.default_locale.is_some() {
        return csl.default_locale.clone();
    }
    let codes = || LOCALES.iter().filter_map(|locale| locale.lang.as_ref());
    let base = language.split('-').next().unwrap_or_default();
    codes()
        .find(|code| code.0.eq_ignore_ascii_case(language))
        .or_else(|| codes().find(|code| code.0.split('-').next() == Some(base) && base != "en"))
        .cloned()
        .or_else(|| Some(LocaleCode::en_us()))
}

#[cfg(test)]
mod tests;
