//! A name: an author as citation formats want one, in parts where it has parts.

use unicode_normalization::char::is_combining_mark;

use super::plain::line;
use crate::model::Author;

/// One author's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// A person whose name has parts.
    Person {
        /// The family name with its particles, never empty.
        family: String,
        /// The given names, never empty.
        given: String,
        /// "Jr." and the like; empty for most.
        suffix: String,
    },
    /// A name that must not be taken apart: a group's, or one whose parts this
    /// program cannot tell.
    Whole(String),
}

/// The authors of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Those that are named, in order.
    pub(super) list: Vec<Name>,
    /// The source ends its list with "et al."
    pub(super) others: bool,
}

impl Names {
    /// Reads a paper's authors.
    pub(super) fn of(authors: &[Author]) -> Self {
        let mut names = Self::default();
        for author in authors {
            let name = line(&author.name);
            if is_others(&name) {
                names.others = true;
            } else if !name.is_empty() {
                names.list.push(Name::of(&name));
            }
        }
        names
    }

    /// Whether nobody is named.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Name {
    fn of(name: &str) -> Self {
        if is_group(name) || (!name.is_ascii() && name.chars().any(is_east_asian)) {
            return Self::Whole(name.to_owned());
        }
        let author = Author::named(name);
        let (family, given) = (author.family(), author.given());
        if family.is_empty() || given.is_empty() {
            return Self::Whole(name.trim_matches([',', ' ']).to_owned());
        }
        let (family, suffix) = match family.rsplit_once(' ') {
            Some((family, last)) if is_suffix(last) => (family.trim_end_matches(','), last),
            _ => (family, ""),
        };
        Self::Person {
            family: family.to_owned(),
            given: given.to_owned(),
            suffix: suffix.to_owned(),
        }
    }

    /// "Family, Given, Jr.": the form that sorts.
    pub(super) fn inverted(&self) -> String {
        match self {
            Self::Person {
                family,
                given,
                suffix,
            } => join_suffix(format!("{family}, {given}"), ", ", suffix),
            Self::Whole(name) => name.clone(),
        }
    }

    /// "Given Family Jr.": the form in which one reads it.
    pub(super) fn in_order(&self) -> String {
        match self {
            Self::Person {
                family,
                given,
                suffix,
            } => join_suffix(format!("{given} {family}"), " ", suffix),
            Self::Whole(name) => name.clone(),
        }
    }

    /// "Family, G., Jr."
    pub(super) fn inverted_initials(&self) -> String {
        match self {
            Self::Person {
                family,
                given,
                suffix,
            } => join_suffix(format!("{family}, {}", initials(given)), ", ", suffix),
            Self::Whole(name) => name.clone(),
        }
    }

    /// "G. Family Jr."
    pub(super) fn initials_first(&self) -> String {
        match self {
            Self::Person {
                family,
                given,
                suffix,
            } => join_suffix(format!("{} {family}", initials(given)), " ", suffix),
            Self::Whole(name) => name.clone(),
        }
    }

    /// The part a citation key begins with.
    pub(super) fn key_part(&self) -> &str {
        match self {
            Self::Person { family, .. } => family,
            Self::Whole(name) => name,
        }
    }
}

fn join_suffix(name: String, separator: &str, suffix: &str) -> String {
    if suffix.is_empty() {
        name
    } else {
        format!("{name}{separator}{suffix}")
    }
}

/// "Jean-Paul Émile" to "J.-P. É."; "J.P." to "J. P.". A given name without any
/// letter stays as it is.
fn initials(given: &str) -> String {
    let mut out = String::new();
    for word in given.split([' ', '.']) {
        let mut hyphened = false;
        for part in word.split(['-', '\u{2010}', '\u{2011}']) {
            let mut letters = part.chars().skip_while(|c| !c.is_alphabetic());
            let Some(first) = letters.next() else {
                continue;
            };
            if hyphened {
                out.push('-');
            } else if !out.is_empty() {
                out.push(' ');
            }
            out.extend(first.to_uppercase());
            out.extend(letters.take_while(|&c| is_combining_mark(c)));
            out.push('.');
            hyphened = true;
        }
    }
    if out.is_empty() {
        given.to_owned()
    } else {
        out
    }
}

fn is_others(name: &str) -> bool {
    let name = name.trim_end_matches('.').trim();
    ["et al", "et. al", "and others", "others"]
        .iter()
        .any(|others| others.eq_ignore_ascii_case(name))
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// Whether a name is that of a group, which has neither family nor given name.
pub(super) fn is_group(name: &str) -> bool {
    let mut words = name.split([' ', ',', '-']).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    first.eq_ignore_ascii_case("the")
        // "Ai" is a family name; "AI" is not.
        || words.any(|word| word == "AI" || GROUP_WORDS.iter().any(|g| g.eq_ignore_ascii_case(word)))
}

/// Words, behind the first, that no person's name has.
const GROUP_WORDS: [&str; 20] = [
    "association",
    "collaboration",
    "committee",
    "community",
    "consortium",
    "contributors",
    "foundation",
    "group",
    "inc",
    "inc.",
    "initiative",
    "institute",
    "lab",
    "labs",
    "laboratory",
    "network",
    "project",
    "research",
    "society",
    "team",
];

/// Scripts in which the family name comes first and is not told apart by a
/// space, so that taking the last word for it would be wrong.
fn is_east_asian(c: char) -> bool {
    matches!(u32::from(c),
        0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_each_style_wants_them() {
        for (name, inverted, in_order, short, first) in [
            (
                "Jiawei Zhao",
                "Zhao, Jiawei",
                "Jiawei Zhao",
                "Zhao, J.",
                "J. Zhao",
            ),
            (
                "Jean-Paul van der Berg",
                "van der Berg, Jean-Paul",
                "Jean-Paul van der Berg",
                "van der Berg, J.-P.",
                "J.-P. van der Berg",
            ),
            (
                "J.R. Émile",
                "Émile, J.R.",
                "J.R. Émile",
                "Émile, J. R.",
                "J. R. Émile",
            ),
            (
                "Sammy Davis Jr.",
                "Davis, Sammy, Jr.",
                "Sammy Davis Jr.",
                "Davis, S., Jr.",
                "S. Davis Jr.",
            ),
            (
                "Gemini Team",
                "Gemini Team",
                "Gemini Team",
                "Gemini Team",
                "Gemini Team",
            ),
            (
                "Mistral AI",
                "Mistral AI",
                "Mistral AI",
                "Mistral AI",
                "Mistral AI",
            ),
            (
                "DeepSeek-AI",
                "DeepSeek-AI",
                "DeepSeek-AI",
                "DeepSeek-AI",
                "DeepSeek-AI",
            ),
            ("王 小明", "王 小明", "王 小明", "王 小明", "王 小明"),
            ("Plato", "Plato", "Plato", "Plato", "Plato"),
            (", Ann", "Ann", "Ann", "Ann", "Ann"),
        ] {
            let name = Name::of(name);
            assert_eq!(name.inverted(), inverted);
            assert_eq!(name.in_order(), in_order);
            assert_eq!(name.inverted_initials(), short);
            assert_eq!(name.initials_first(), first);
        }
    }

    #[test]
    fn a_list_that_breaks_off_says_so() {
        let authors = ["Jiawei Zhao", " ", "et al."].map(Author::named);
        let names = Names::of(&authors);
        assert_eq!(names.list.len(), 1);
        assert!(names.others);
        assert!(Names::of(&[]).is_empty());
    }

    #[test]
    fn a_person_called_like_no_group_stays_a_person() {
        for name in ["Ai Weiwei", "Qingyao Ai", "Team Lee"] {
            assert!(matches!(Name::of(name), Name::Person { .. }), "{name}");
        }
    }
}
