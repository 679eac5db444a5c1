//! Rare values: what few papers have. A library holds a hundred thousand papers, so what
//! most of them lack lies in a box of its own.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

/// A value that is mostly the default, and takes hardly any room then.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Rare<T>(Option<Box<T>>);

/// A type whose default can be lent for as long as anybody wants it.
pub trait Usual: Sized + 'static {
    /// The default.
    fn usual() -> &'static Self;
}

impl<T: Usual + PartialEq> Rare<T> {
    /// Gives back the room of a value that is the default after all.
    pub fn tidy(&mut self) {
        if self.0.as_deref() == Some(T::usual()) {
            self.0 = None;
        }
    }
}

impl<T: Usual> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::usual())
    }
}

impl<T: Usual + Default> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

/// A default in a box is the same as none.
impl<T: Usual + PartialEq> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Usual + Eq> Eq for Rare<T> {}

#[cfg(test)]
mod tests {
    use crate::model::{Facts, Publication};

    #[test]
    fn a_default_in_a_box_is_the_same_as_none_and_gives_back_its_room() {
        let mut facts = Facts::default();
        // Whoever may change it gets a box.
        facts.publication.volume = None;
        assert!(facts.publication.0.is_some());
        assert_eq!(facts, Facts::default());
        facts.publication.tidy();
        assert!(facts.publication.0.is_none());
    }

    #[test]
    fn a_value_is_kept_when_room_is_given_back() {
        let mut facts = Facts::default();
        facts.publication.volume = Some("7".to_owned());
        facts.publication.tidy();
        assert_eq!(facts.publication.volume.as_deref(), Some("7"));
        assert_ne!(facts.publication, super::Rare::<Publication>::default());
    }
}
