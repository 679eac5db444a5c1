//! Naming: what a page is called that no file names: an author's, a venue's. The
//! texts come from strangers; what comes of them never leaves its folder.

use std::collections::{BTreeMap, HashSet};

use crate::model::{Slug, slugify};

/// The longest name that is made, in bytes; a suffix may make it longer.
const MAX_BYTES: usize = 60;

/// The names that were given out.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A name that nobody has yet: of the text where it can be spelled, else of
    /// `kind`, with some of the hash of `identity` where it is taken. Whoever asks
    /// in an order that does not change gets names that do not.
    pub(super) fn give(&mut self, text: &str, kind: &str, identity: &str) -> Slug {
        let plain = slugify(text, MAX_BYTES);
        let hash = blake3::hash(identity.as_bytes()).to_hex();
        let plain = match Slug::parse(&plain) {
            Ok(slug) => Some(slug),
            // `con` is `con-author`; what is nothing but signs is `author-1f3a`.
            Err(_) if plain.is_empty() => None,
            Err(_) => Slug::parse(&format!("{plain}-{kind}")).ok(),
        };
        let suffixed = (4..=hash.len()).map(|digits| {
            let base = plain.as_ref().map_or(kind, Slug::as_str);
            Slug::parse(&format!("{base}-{}", &hash[..digits]))
        });
        let mut candidates = plain.clone().into_iter().chain(suffixed.flatten());
        let free = candidates.find(|slug| !self.0.contains(&slug.folded()));
        let slug = free.expect("no two identities have one hash");
        self.0.insert(slug.folded());
        slug
    }
}

/// The commonest of some spellings; of those that are as common, the last.
pub(super) fn commonest<'a>(spellings: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, spelling) in spellings.enumerate() {
        let entry = counts.entry(spelling).or_default();
        *entry = (entry.0 + 1, at);
    }
    let best = counts.into_iter().max_by_key(|(_, rank)| *rank);
    best.map_or_else(String::new, |(spelling, _)| spelling.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_told_apart_and_kept() {
        let mut names = Names::default();
        assert_eq!(names.give("Ada Apple", "author", "a").as_str(), "ada-apple");
        let second = names.give("Ada  APPLE", "author", "b");
        assert!(second.as_str().starts_with("ada-apple-"), "{second}");
        assert_eq!(names.give("page", "author", "c").as_str(), "page-author");
        assert!(names.give("…", "venue", "d").as_str().starts_with("venue-"));
        assert_eq!(names.give("../../etc", "venue", "e").as_str(), "etc");
    }

    proptest! {
        #[test]
        fn whatever_the_text_a_name_stays_in_its_folder(texts in prop::collection::vec(any::<String>(), 1..20)) {
            let mut names = Names::default();
            let mut seen = HashSet::new();
            for (n, text) in texts.iter().enumerate() {
                let slug = names.give(text, "author", &n.to_string());
                prop_assert!(slug.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
                prop_assert!(seen.insert(slug.folded()));
            }
        }
    }
}
