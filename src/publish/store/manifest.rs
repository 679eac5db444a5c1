//! The manifest: an object of the store that says which objects are the site's and what
//! is in each. It names them by hashes of their names, so that whoever reads it learns
//! of no page that nothing links to.

use std::collections::BTreeMap;

/// The name of the object, behind the prefix.
pub(super) const NAME: &str = ".offprint-manifest";

const HEAD: &str = "offprint manifest 1";

/// What an object holds: a hash of its bytes and of what is told of them.
pub(super) type Mark = u128;

/// What a store has of a site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest {
    /// The machine and the run that wrote it, where that run is not at its end.
    pub(super) at_work: Option<(u64, u64)>,
    /// Objects by the hash of their name. An object without a mark may hold anything.
    pub(super) objects: BTreeMap<u64, Option<Mark>>,
}

impl Manifest {
    /// The text of the object.
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

    /// The manifest of a text; `None` where it is something else. Lines that are none of
    /// a manifest are passed over: their objects count as unknown, and are sent again.
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
                Some((key, mark)) => (key, Mark::from_str_radix(mark, 16).ok()),
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
