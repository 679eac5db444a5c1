//! Slugs: page names, as used in URLs and file names.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The last segment of a page's URL and the stem of its file. A slug cannot leave
/// its folder, and is never a name reserved by a file system or by Offprint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Slug(String);

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        Self::parse(&text)
    }
}

/// Why a text is not a valid slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SlugError {
    /// The text is empty.
    Empty,
    /// The text is too long for some file systems.
    TooLong,
    /// A character that is not safe in every file name and URL.
    Character(char),
    /// A reserved name: `index`, `page`, `con` …
    Reserved,
}

impl fmt::Display for SlugError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the name is empty"),
            Self::TooLong => write!(f, "the name is longer than {MAX_BYTES} bytes"),
            Self::Character(c) => write!(
                f,
                "the name contains `{}`; only letters, digits, `-`, `_` and inner `.` are \
                 allowed",
                c.escape_debug()
            ),
            Self::Reserved => write!(f, "the name is reserved"),
        }
    }
}

impl std::error::Error for SlugError {}

/// Longest slug a person may give, in bytes.
const MAX_BYTES: usize = 180;

/// Longest slug made from a title, in bytes.
const MAX_FROM_TITLE: usize = 80;

impl Slug {
    /// Accepts a text that already is a slug, such as a file stem.
    ///
    /// # Errors
    /// Returns why the text is not a slug.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        if text.is_empty() {
            return Err(SlugError::Empty);
        }
        if text.len() > MAX_BYTES {
            return Err(SlugError::TooLong);
        }
        if let Some(c) = text
            .chars()
            .find(|c| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        {
            return Err(SlugError::Character(c));
        }
        if text.starts_with('.') || text.ends_with('.') {
            return Err(SlugError::Character('.'));
        }
        if is_reserved(text) {
            return Err(SlugError::Reserved);
        }
        Ok(Self(text.to_owned()))
    }

    /// Makes a slug from a title: ASCII, lower case, cut at a word. `None` if no
    /// part of the title can be spelled that way; callers then fall back on the
    /// paper's identity.
    pub fn from_title(title: &str) -> Option<Self> {
        let text = slugify(title, MAX_FROM_TITLE);
        match Self::parse(&text) {
            Ok(slug) => Some(slug),
            Err(SlugError::Reserved) => Some(Self(format!("{text}-paper"))),
            Err(_) => None,
        }
    }

    /// Adds a suffix to make the slug unique. Keeps within the length limit for
    /// slugs from titles.
    pub fn with_suffix(&self, suffix: &str) -> Self {
        let room = MAX_FROM_TITLE.saturating_sub(suffix.len() + 1);
        let end = self.0.floor_char_boundary(room);
        Self(format!("{}-{suffix}", self.0[..end].trim_end_matches('-')))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that must be unique: some file systems ignore case.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Folds any text to lower-case ASCII words joined by `-`, at most `max` bytes long
/// and cut between words if possible.
pub fn slugify(text: &str, max: usize) -> String {
    let mut slug = String::with_capacity(max.min(text.len()) + 16);
    // Bounds the work on a title of a megabyte.
    for c in text.chars().take(max * 8) {
        let ascii = if c.is_ascii() {
            None
        } else {
            deunicode::deunicode_char(c)
        };
        match ascii {
            Some(spelled) => spelled.chars().for_each(|c| push_folded(&mut slug, c)),
            None if c.is_ascii() => push_folded(&mut slug, c),
            None => push_folded(&mut slug, '-'),
        }
        if slug.len() > max + 40 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    if slug.len() <= max {
        return slug.to_owned();
    }
    let cut = &slug[..max];
    let whole_words = if slug.as_bytes()[max] == b'-' {
        max
    } else {
        cut.rfind('-').unwrap_or(max)
    };
    cut[..whole_words].trim_matches('-').to_owned()
}

/// Drops apostrophes, so that "Schelling's" stays one word. All other characters
/// except letters and digits separate words.
fn push_folded(slug: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        slug.push(c.to_ascii_lowercase());
    } else if c != '\'' && !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

fn is_reserved(text: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    let stem = folded.split('.').next().unwrap_or_default();
    if matches!(folded.as_str(), "index" | "page") {
        return true;
    }
    let device = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    matches!(stem, "con" | "prn" | "aux" | "nul") || device("com") || device("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_plain_slugs() {
        for (title, want) in [
            (
                "GaLore: Memory-Efficient LLM Training",
                "galore-memory-efficient-llm-training",
            ),
            ("PanGu-π: Enhancing", "pangu-p-enhancing"),
            ("Schrödinger's Über-Katze", "schrodingers-uber-katze"),
            ("../../x", "x"),
            ("</script><b>&\"'", "script-b"),
            ("index", "index-paper"),
            ("CON", "con-paper"),
            ("强化学习", "qiang-hua-xue-xi"),
        ] {
            assert_eq!(
                Slug::from_title(title).map(|s| s.to_string()).as_deref(),
                Some(want),
                "{title}"
            );
        }
        assert_eq!(Slug::from_title("!!!"), None);
        assert_eq!(Slug::from_title(""), None);
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let title = "A Comprehensive Survey of Small Language Models in the Era of Large Language Models: Techniques";
        let slug = Slug::from_title(title).unwrap();
        assert_eq!(
            slug.as_str(),
            "a-comprehensive-survey-of-small-language-models-in-the-era-of-large-language"
        );
        assert_eq!(
            Slug::from_title(&"x".repeat(300)).unwrap().as_str().len(),
            MAX_FROM_TITLE
        );
    }

    #[test]
    fn a_stem_that_leaves_its_folder_is_refused() {
        for text in [
            "..", ".", "a/b", "a\\b", "", "index", "page", "nul", "com1", "aux.txt", "a b",
            ".hidden", "x.",
        ] {
            assert!(Slug::parse(text).is_err(), "{text:?}");
        }
        for text in ["a", "paper-1", "Über", "x_y", "v1.5", "communication"] {
            assert!(Slug::parse(text).is_ok(), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_title_gives_a_slug_or_none(title in "\\PC{0,200}") {
            if let Some(slug) = Slug::from_title(&title) {
                proptest::prop_assert!(Slug::parse(slug.as_str()).is_ok());
                proptest::prop_assert!(slug.as_str().len() <= MAX_FROM_TITLE + 6);
                proptest::prop_assert!(slug.as_str().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            }
        }
    }
}
