//! The manifest: an object in the store that lists the site's objects and their
//! content. Names are hashed, so that reading it reveals no unlinked pages.

use std::collections::BTreeMap;

/// The object's name, after the prefix.
pub(super) const NAME: &str = ".offprint-manifest";

const HEAD: &str = "offprint manifest 1";

/// A hash of an object's content and metadata.
pub(super) type ContentHash = u128;

/// What a store holds of a site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest {
    /// The machine and the run that wrote it, if that run has not finished.
    pub(super) at_work: Option<(u64, u64)>,
    /// Objects by the hash of their name. Without a mark, the content is unknown.
    pub(super) objects: BTreeMap<u64, Option<ContentHash>>,
}

impl Manifest {
    /// The object's text.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(64 + self.objects.len() * 50);
        text.push_str(HEAD);
        text.push('\n');
        if let Some((machine, run)) = self.at_work {
            text.push_str(&format!("at work {machine:016x} {run:016x}\n"));
        }
        for (key, mark) in &self.objects {
            match mark {
                Some(mark) => text.push_str(&format!("{key:016x} {mark:032x}\n")),
                None => text.push_str(&format!("{key:016x}\n")),
            }
        }
        text
    }

    /// Parses the object. `None` if it is something else. Invalid lines are
    /// skipped; their objects count as unknown and are sent again.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let mut manifest = Self::default();
        let number = |text: &str| u64::from_str_radix(text, 16).ok();
        for line in lines {
            if let Some((machine, run)) = line
                .strip_prefix("at work ")
                .and_then(|rest| rest.split_once(' '))
            {
                manifest.at_work = number(machine).zip(number(run));
                continue;
            }
            let (key, mark) = match line.split_once(' ') {
                Some((key, mark)) => (key, ContentHash::from_str_radix(mark, 16).ok()),
                None => (line, None),
            };
            if let Some(key) = number(key).filter(|_| key.len() == 16) {
                manifest.objects.insert(key, mark);
            }
        }
        Some(manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_manifest_is_read_as_it_was_written(
            objects in proptest::collection::btree_map(proptest::num::u64::ANY, proptest::option::of(proptest::num::u128::ANY), 0..20),
            at_work in proptest::option::of((proptest::num::u64::ANY, proptest::num::u64::ANY)),
        ) {
            let manifest = Manifest { at_work, objects };
            proptest::prop_assert_eq!(Manifest::parse(&manifest.text()), Some(manifest));
        }

        #[test]
        fn any_text_is_a_manifest_or_none(text in "(offprint manifest 1\n)?([0-9a-f ]|at work |\n|é){0,80}") {
            let _ = Manifest::parse(&text);
        }
    }
}
