//! Names: the authors of a paper as citation formats want them: in order, the
//! family name first, or with initials.

use unicode_normalization::char::is_combining_mark;

use super::plain::line;
use crate::model::{Name, People};

/// The authors or the editors of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Those that are named, in order.
    pub(super) list: Vec<Name>,
    /// There are more, whom the source does not name.
    pub(super) others: bool,
}

impl Names {
    /// The people with their names on one line of plain characters.
    pub(super) fn of(people: &People) -> Self {
        Self {
            list: people
                .iter()
                .map(|author| plain(&author.name))
                .filter(|name| !name.is_empty())
                .collect(),
            others: people.others,
        }
    }

    /// Whether nobody is named.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A name without what [`line`] leaves out.
pub(super) fn plain(name: &Name) -> Name {
    match line(name.as_str()) {
        std::borrow::Cow::Borrowed(_) => name.clone(),
        std::borrow::Cow::Owned(_) => name.map(|part| line(part).into_owned()),
    }
}

/// "van den Bergh, H., Jr."
pub(super) fn inverted_initials(name: &Name) -> String {
    if name.given().is_empty() || is_eastern(name) {
        return name.inverted();
    }
    let initials = initials(name.given(), name.family());
    suffixed(format!("{}, {initials}", name.surname()), ", ", name)
}

/// "H. van den Bergh Jr."
pub(super) fn initials_first(name: &Name) -> String {
    if name.given().is_empty() || is_eastern(name) {
        return name.to_string();
    }
    let initials = initials(name.given(), name.family());
    suffixed(format!("{initials} {}", name.surname()), " ", name)
}

/// The family name comes first when one reads it, and initials are not used.
fn is_eastern(name: &Name) -> bool {
    !name.given().is_empty() && !name.as_str().contains(' ')
}

fn suffixed(text: String, separator: &str, name: &Name) -> String {
    match name.suffix() {
        "" => text,
        suffix => format!("{text}{separator}{suffix}"),
    }
}

/// "Jean-Paul Émile" to "J.-P. É."; "J.P." and "JP" to "J. P.". A given name
/// without any letter stays as it is.
fn initials(given: &str, family: &str) -> String {
    // Where the family name is in capitals too, so is the given name, "XU BO".
    let may_be_joined = family.chars().any(char::is_lowercase);
    let mut out = String::new();
    for word in given.split([' ', '.']) {
        let mut hyphened = false;
        for part in word.split(['-', '\u{2010}', '\u{2011}']) {
            let is_joined = may_be_joined
                && (2..=3).contains(&part.chars().count())
                && part.chars().all(char::is_uppercase);
            let pieces = if is_joined { 3 } else { 1 };
            let mut letters = part.chars().skip_while(|c| !c.is_alphabetic()).peekable();
            for piece in 0..pieces {
                let Some(first) = letters.next() else {
                    break;
                };
                if hyphened && piece == 0 {
                    out.push('-');
                } else if !out.is_empty() {
                    out.push(' ');
                }
                out.extend(first.to_uppercase());
                while let Some(mark) = letters.next_if(|&c| is_combining_mark(c)) {
                    out.push(mark);
                }
                out.push('.');
                hyphened = true;
            }
        }
    }
    if out.is_empty() {
        given.to_owned()
    } else {
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Author;

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
            ("Doe JA", "Doe, JA", "Doe JA", "Doe, J. A.", "J. A. Doe"),
            ("XU, BO", "XU, BO", "BO XU", "XU, B.", "B. XU"),
            ("李, 明", "李, 明", "李明", "李, 明", "李明"),
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
            let name = Name::parse(name);
            assert_eq!(name.inverted(), inverted);
            assert_eq!(name.as_str(), in_order);
            assert_eq!(inverted_initials(&name), short);
            assert_eq!(initials_first(&name), first);
        }
    }

    #[test]
    fn a_list_that_breaks_off_says_so() {
        let authors = ["Jiawei Zhao", " ", "et al."].map(Author::named);
        let names = Names::of(&authors.into_iter().collect());
        assert_eq!(names.list.len(), 1);
        assert!(names.others);
        assert!(Names::of(&People::default()).is_empty());
    }
}
