//! Names: the authors or editors of a paper as citation formats want them, with
//! plain characters only.

use std::borrow::Cow;

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
}

/// A name without what [`line`] leaves out.
pub(super) fn plain(name: &Name) -> Name {
    match line(name.as_str()) {
        Cow::Borrowed(_) => name.clone(),
        Cow::Owned(_) => name.map(|part| line(part).into_owned()),
    }
}

/// The given names, with initials that a source wrote together set apart: "JA"
/// is J. A., and a style would make one initial of it. Beside a name that is spelled
/// out capitals may be a name themselves: "II Hong".
pub(super) fn given(name: &Name) -> Cow<'_, str> {
    // Where the family name is in capitals too, so is the given name: "XU, BO".
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
