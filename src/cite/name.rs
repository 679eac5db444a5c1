//! People's names for citation formats, reduced to plain characters.

use std::borrow::Cow;

use super::plain::line;
use crate::model::{Name, People};

/// The authors or the editors of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// The named people, in order.
    pub(super) list: Vec<Name>,
    /// Whether there are more whom the source does not name.
    pub(super) others: bool,
}

impl Names {
    /// People with their names cleaned for one line of text.
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
}

/// A name without the characters [`line`] removes.
pub(super) fn plain(name: &Name) -> Name {
    match line(name.as_str()) {
        Cow::Borrowed(_) => name.clone(),
        Cow::Owned(_) => name.map(|part| line(part).into_owned()),
    }
}

/// The given names, with joined initials separated: "JA" becomes J. A., since
/// styles would make a single initial of it. Next to full given names, capitals may
/// be a name: "II Hong".
pub(super) fn given(name: &Name) -> Cow<'_, str> {
    // If the family name is in capitals, so is the given name: "XU, BO".
    let may_be_joined = name.family().chars().any(char::is_lowercase);
    let is_joined = |word: &str| {
        (2..=3).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
    };
    let is_spelled_out = name.given().chars().any(char::is_lowercase);
    if !may_be_joined || is_spelled_out || !name.given().split(' ').any(is_joined) {
        return Cow::Borrowed(name.given());
    }
    let spaced = |word: &str| match is_joined(word) {
        true => {
            let initials: Vec<String> = word.chars().map(|c| format!("{c}.")).collect();
            initials.join(" ")
        }
        false => word.to_owned(),
    };
    let words: Vec<String> = name.given().split(' ').map(spaced).collect();
    Cow::Owned(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Author;

    #[test]
    fn joined_initials_are_set_apart() {
        for (name, want) in [
            ("Doe, JA", "J. A."),
            ("Doe, J.-P.", "J.-P."),
            ("Suh, II Hong", "II Hong"),
            ("Doe, Jane A", "Jane A"),
            ("XU, BO", "BO"),
            ("李, 明", "明"),
        ] {
            assert_eq!(given(&Name::parse(name)), want);
        }
    }

    #[test]
    fn a_list_that_breaks_off_says_so() {
        let authors = ["Jiawei Zhao", " ", "et al."].map(Author::named);
        let names = Names::of(&authors.into_iter().collect());
        assert_eq!(names.list.len(), 1);
        assert!(names.others);
        assert!(Names::of(&People::default()).list.is_empty());
    }
}
