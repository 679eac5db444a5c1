//! A slug: the name a page has in addresses and on disk.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The last part of a page's address and the stem of its file. It never leaves
/// its folder and is never a name that a file system or this program keeps for
/// itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Slug(String);

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        Self::parse(&text)
    }
}

/// Why a text is no slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlugError {
    /// Nothing is there.
    Empty,
    /// Longer than file systems take.
    TooLong,
    /// A character that a file name or an address cannot carry everywhere.
    Character(char),
    /// A name that means something else: `index`, `page`, `con` …
    Reserved,
}

impl fmt::Display for SlugError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the name is empty"),
            Self::TooLong => write!(f, "the name is longer than {MAX_BYTES} bytes"),
            Self::Character(c) => write!(
                f,
                "the name contains `{}`; letters, digits, `-`, `_` and `.` within are allowed",
                c.escape_debug()
            ),
            Self::Reserved => write!(f, "the name is reserved"),
        }
    }
}

/// The longest slug a person may give, in bytes.
const MAX_BYTES: usize = 180;

/// The longest slug that is made from a title, in bytes.
const MAX_FROM_TITLE: usize = 80;

impl Slug {
    /// Takes a text that is a slug already, such as a file's stem.
    ///
    /// # Errors
    /// Says what keeps the text from being one.
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

    /// Makes the slug of a title: ASCII, lower case, cut at a word. `None` where
    /// nothing of the title can be spelled so; the caller then has to fall back
    /// on the paper's identity.
    pub fn from_title(title: &str) -> Option<Self> {
        let text = slugify(title, MAX_FROM_TITLE);
        match Self::parse(&text) {
            Ok(slug) => Some(slug),
            Err(SlugError::Reserved) => Some(Self(format!("{text}-paper"))),
            Err(_) => None,
        }
    }

    /// The slug with a suffix that tells it from an equal one. It stays within
    /// the length that slugs from titles have.
    pub fn with_suffix(&self, suffix: &str) -> Self {
        let room = MAX_FROM_TITLE.saturating_sub(suffix.len() + 1);
        let end = self.0.floor_char_boundary(room);
        Self(format!("{}-{suffix}", self.0[..end].trim_end_matches('-')))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two slugs must differ in: some file systems do not tell upper from
    /// lower case.
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

/// Folds any text to lower-case ASCII words joined by `-`, at most `max` bytes,
/// cut between words where one fits.
pub fn slugify(text: &str, max: usize) -> String {
    let mut slug = String::with_capacity(max.min(text.len()) + 16);
    // The cut-off bounds the work on a title of a megabyte.
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

/// Apostrophes vanish so that "Schelling's" is one word; everything else that is
/// neither letter nor digit parts words.
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
