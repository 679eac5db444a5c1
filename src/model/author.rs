//! Authors: the people (or groups) in a paper's author or editor list.

use serde::{Deserialize, Serialize};

use super::Name;

/// One author or editor of a paper.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Author {
    /// The name, with its parts where the source gave them.
    pub name: Name,
    /// The ORCID iD, as `0000-0000-0000-0000`.
    pub orcid: Option<String>,
    /// The institution.
    pub affiliation: Option<String>,
}

impl Author {
    /// An author known only by name, as people write it.
    pub fn named(name: impl AsRef<str>) -> Self {
        Self::from(Name::parse(name.as_ref()))
    }

    /// Whether plain text holds everything we know, so front matter needs no table
    /// for this author.
    pub fn is_plain(&self) -> bool {
        self.orcid.is_none() && self.affiliation.is_none() && self.name.is_plain()
    }

    /// The family name with its particle.
    pub fn family(&self) -> &str {
        self.name.surname()
    }
}

impl From<Name> for Author {
    fn from(name: Name) -> Self {
        Self {
            name,
            orcid: None,
            affiliation: None,
        }
    }
}

/// The authors or the editors of a paper, in order. Derefs to a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct People {
    /// The people who are named.
    pub list: Vec<Author>,
    /// Whether the source leaves some out ("et al.").
    pub others: bool,
}

impl People {
    /// The entry that represents the unnamed people in a list of names.
    pub const OTHERS: &str = "et al.";

    /// The note about cut-off authors, for formats that have no word for "et al."
    pub const AUTHORS_CUT_OFF: &str = "Not all authors are named (et al.)";

    /// The same note for editors.
    pub const EDITORS_CUT_OFF: &str = "Not all editors are named (et al.)";

    /// Whether there are no people at all, named or unnamed.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && !self.others
    }

    /// Adds a person.
    pub fn push(&mut self, author: Author) {
        self.list.push(author);
    }

    /// The named people, mutably.
    pub fn named(&mut self) -> &mut Vec<Author> {
        &mut self.list
    }

    /// The names as text, with [`Self::OTHERS`] at the end if some are left out.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let others = self.others.then_some(Self::OTHERS);
        self.list
            .iter()
            .map(|author| author.name.as_str())
            .chain(others)
    }
}

impl std::ops::Deref for People {
    type Target = [Author];

    fn deref(&self) -> &[Author] {
        &self.list
    }
}

impl std::ops::DerefMut for People {
    fn deref_mut(&mut self) -> &mut [Author] {
        &mut self.list
    }
}

impl From<Vec<Author>> for People {
    fn from(list: Vec<Author>) -> Self {
        list.into_iter().collect()
    }
}

/// An author called "et al." sets `others` instead of becoming a name; so does an
/// "et al." after a name.
impl FromIterator<Author> for People {
    fn from_iter<I: IntoIterator<Item = Author>>(authors: I) -> Self {
        let mut people = Self::default();
        for mut author in authors {
            let (name, others) = super::name::without_others(author.name.as_str());
            people.others |= others;
            if others {
                author.name = Name::parse(name);
            }
            if !author.name.is_empty() {
                people.list.push(author);
            }
        }
        people
    }
}

impl<'a> IntoIterator for &'a People {
    type Item = &'a Author;
    type IntoIter = std::slice::Iter<'a, Author>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn et_al_is_nobody_but_is_kept() {
        let people: People = ["Jane Doe", "et al.", ""]
            .map(Author::named)
            .into_iter()
            .collect();
        assert_eq!((people.len(), people.others), (1, true));
        assert_eq!(people.names().collect::<Vec<_>>(), ["Jane Doe", "et al."]);
        let people: People = [Author::named("Jane Doe et al.")].into_iter().collect();
        assert_eq!(people.names().collect::<Vec<_>>(), ["Jane Doe", "et al."]);
        let nobody: People = [Author::named("others")].into_iter().collect();
        assert!(nobody.list.is_empty() && !nobody.is_empty());
    }
}
