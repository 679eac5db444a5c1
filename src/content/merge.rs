//! Merging: brings records into a page field by field. People's values always stay.
//! Between sources the preferred one wins; within a source, the newest digest. The
//! result does not depend on the order of imports.

use std::collections::BTreeMap;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::schema::Merge;
use crate::model::{Date, DigestId, Record, Source};

use super::field::{self, BODY, FieldName, FieldValue};
use super::imported::{Owner, Provenance};
use super::tree::PaperPage;

/// What merging depends on.
pub(super) struct Rules<'a> {
    pub(super) settings: &'a Settings,
    /// The date of each digest.
    pub(super) days: &'a BTreeMap<DigestId, Option<Date>>,
}

/// A record and the digest that lists it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed<'a> {
    pub(super) record: &'a Record,
    pub(super) digest: &'a DigestId,
}

/// A field kept as a person edited it although a source disagrees.
pub(super) struct KeptEdit {
    pub(super) field: FieldName,
    pub(super) digest: DigestId,
}

impl Rules<'_> {
    /// Orders digests by date, then by name.
    fn age(&self, digest: &DigestId) -> (Option<Date>, DigestId) {
        (self.days.get(digest).copied().flatten(), digest.clone())
    }

    fn newest<'d>(&self, digests: &'d [DigestId]) -> Option<&'d DigestId> {
        digests.iter().max_by_key(|digest| self.age(digest))
    }

    /// Whether a source's statement in a digest replaces an earlier one. The same
    /// source in the same digest does: the digest was corrected.
    fn beats(&self, source: &Source, digest: &DigestId, old: &Provenance) -> bool {
        let rank = |source: &Source| (self.settings.rank(source), source.clone());
        match rank(source).cmp(&rank(&old.source)) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Equal => old
                .digest
                .as_ref()
                .is_none_or(|old| self.age(digest) >= self.age(old)),
        }
    }

    /// Brings everything the records say into the page.
    pub(super) fn merge(&self, page: &mut PaperPage, records: &[Listed<'_>]) -> Vec<KeptEdit> {
        self.name_digests(page);
        let mut kept = Vec::new();
        for listed in first_of_each_digest(records) {
            let digest = listed.digest;
            for (name, (source, value)) in &listed.fields {
                if !self.offer(page, name, source, digest, value) {
                    kept.push(KeptEdit {
                        field: name.clone(),
                        digest: digest.clone(),
                    });
                }
            }
            self.offer_day(page, &listed);
            self.add_ids(page, &listed);
            if !page.paper.digests.contains(digest) {
                page.paper.digests.push(digest.clone());
            }
        }
        page.paper.digests.sort();
        self.leave_newest_unnamed(page);
        kept
    }

    /// Offers a value for a field. Returns `false` if a person's value kept it out.
    fn offer(
        &self,
        page: &mut PaperPage,
        name: &FieldName,
        source: &Source,
        digest: &DigestId,
        value: &FieldValue,
    ) -> bool {
        let present = field::get(&page.paper, name);
        let take = match page.imported.owner(name, present.as_ref()) {
            Owner::Person => return present.as_ref() == Some(value),
            Owner::Nobody => true,
            Owner::Source(old) => self.beats(source, digest, old),
        };
        if take {
            field::set(&mut page.paper, name, value.clone());
            let provenance = Provenance {
                source: source.clone(),
                hash: value.fingerprint(),
                digest: Some(digest.clone()),
            };
            page.imported.0.insert(name.clone(), provenance);
        }
        true
    }

    /// The listing date is the earliest that any digest gives.
    fn offer_day(&self, page: &mut PaperPage, listed: &Offer<'_>) {
        let Some(day) = listed
            .day
            .or_else(|| self.days.get(listed.digest).copied().flatten())
        else {
            return;
        };
        let present = page.paper.date;
        let value = present.map(FieldValue::Date);
        let take = match page.imported.owner("date", value.as_ref()) {
            Owner::Person => false,
            Owner::Nobody => true,
            Owner::Source(old) => present.is_none_or(|present| {
                day < present || (day == present && self.beats(&listed.source, listed.digest, old))
            }),
        };
        if take {
            page.paper.date = Some(day);
            let provenance = Provenance {
                source: listed.source.clone(),
                hash: FieldValue::Date(day).fingerprint(),
                digest: Some(listed.digest.clone()),
            };
            page.imported.0.insert("date".into(), provenance);
        }
    }

    /// Adds identifiers; a paper keeps all of them. Only a list that a person
    /// changed after an import is left alone.
    fn add_ids(&self, page: &mut PaperPage, listed: &Offer<'_>) {
        let words = |page: &PaperPage| {
            FieldValue::Words(page.paper.ids.iter().map(ToString::to_string).collect())
        };
        let present = words(page);
        if let Some(provenance) = page.imported.0.get("ids")
            && provenance.hash != present.fingerprint()
        {
            return;
        }
        page.paper.ids.extend(listed.ids.iter().cloned());
        page.paper.ids.sort();
        page.paper.ids.dedup();
        if page.paper.ids.is_empty() {
            return;
        }
        // The list is attributed to the best of the contributing sources.
        let rank = |source: &Source| (self.settings.rank(source), source.clone());
        let source = match page.imported.0.get("ids") {
            Some(old) if rank(&old.source) <= rank(&listed.source) || listed.ids.is_empty() => {
                old.source.clone()
            }
            None if listed.ids.is_empty() => return,
            _ => listed.source.clone(),
        };
        let hash = words(page).fingerprint();
        page.imported.0.insert(
            "ids".into(),
            Provenance {
                source,
                hash,
                digest: None,
            },
        );
    }

    fn name_digests(&self, page: &mut PaperPage) {
        let newest = self.newest(&page.paper.digests).cloned();
        for provenance in page.imported.0.values_mut() {
            if provenance.digest.is_none() {
                provenance.digest.clone_from(&newest);
            }
        }
    }

    fn leave_newest_unnamed(&self, page: &mut PaperPage) {
        let newest = self.newest(&page.paper.digests).cloned();
        for (name, provenance) in &mut *page.imported.0 {
            if provenance.digest == newest || name == "ids" {
                provenance.digest = None;
            }
        }
    }

    /// Merges another page of the same paper into this one. Nothing a person wrote
    /// there is lost: if both pages have a person's value for a field, the other
    /// one is reported, and a body becomes a note.
    pub(super) fn absorb(&self, page: &mut PaperPage, other: &PaperPage) -> Diagnostics {
        let mut found = Diagnostics::new();
        let mut other = other.clone();
        self.name_digests(page);
        self.name_digests(&mut other);
        for (name, value) in field::of_paper(&other.paper) {
            // Collected fields are combined below.
            if matches!(field::merge_of(&name), Merge::Gather | Merge::Earliest) {
                continue;
            }
            let present = field::get(&page.paper, &name);
            let theirs = other.imported.owner(&name, Some(&value));
            if present.as_ref() == Some(&value) {
                // Record the last source that stated the value, as if there had
                // been one page all along.
                if let (Owner::Source(old), Owner::Source(new)) =
                    (page.imported.owner(&name, present.as_ref()), theirs)
                    && let Some(digest) = &new.digest
                    && self.beats(&new.source, digest, old)
                {
                    page.imported.0.insert(name, new.clone());
                }
                continue;
            }
            let take = match (page.imported.owner(&name, present.as_ref()), theirs) {
                (Owner::Nobody, _) | (Owner::Source(_), Owner::Person) => true,
                (Owner::Source(old), Owner::Source(new)) => match &new.digest {
                    Some(digest) => self.beats(&new.source, digest, old),
                    None => false,
                },
                (Owner::Person, Owner::Person) => {
                    self.report_lost(page, &other, &name, &value, &mut found);
                    false
                }
                (Owner::Person, _) | (_, Owner::Nobody) => false,
            };
            if take {
                match other
                    .imported
                    .0
                    .get(&name)
                    .filter(|_| theirs != Owner::Person)
                {
                    Some(provenance) => page.imported.0.insert(name.clone(), provenance.clone()),
                    None => page.imported.0.remove(&name),
                };
                field::set(&mut page.paper, &name, value);
            }
        }
        let notes = &other.paper.notes;
        if !notes.is_empty() && !page.paper.notes.contains(notes.as_str()) {
            append(&mut page.paper.notes, notes);
        }
        page.paper.date = page.paper.date.into_iter().chain(other.paper.date).min();
        page.paper.ids.extend(other.paper.facts.ids);
        page.paper.ids.sort();
        page.paper.ids.dedup();
        page.paper.digests.extend(other.paper.facts.digests);
        page.paper.digests.sort();
        page.paper.digests.dedup();
        self.refresh(page, &other.imported.0);
        self.leave_newest_unnamed(page);
        found
    }

    /// Collected fields change without a source stating them. Updates their
    /// fingerprints, so that they do not look like edits.
    fn refresh(&self, page: &mut PaperPage, theirs: &BTreeMap<FieldName, Provenance>) {
        for name in ["ids", "date"] {
            if let Some(value) = field::get(&page.paper, name)
                && let Some(provenance) = page
                    .imported
                    .0
                    .get(name)
                    .or_else(|| theirs.get(name))
                    .cloned()
            {
                let hash = value.fingerprint();
                page.imported
                    .0
                    .insert(name.into(), Provenance { hash, ..provenance });
            }
        }
    }

    fn report_lost(
        &self,
        page: &mut PaperPage,
        other: &PaperPage,
        name: &FieldName,
        value: &FieldValue,
        found: &mut Diagnostics,
    ) {
        if name == BODY {
            append(&mut page.paper.notes, &other.paper.abstract_text);
            return;
        }
        let message = format!(
            "{} and {} are the same paper, and both have a `{name}` written by hand",
            page.file, other.file
        );
        let help = format!("the page keeps its own; the other had {}", value.to_toml());
        found.push(
            Diagnostic::warning("two-edits", message)
                .at(Place::file(page.file.clone()))
                .field(name.to_string())
                .help(help),
        );
    }
}

fn append(notes: &mut String, text: &str) {
    if !notes.is_empty() {
        notes.push_str("\n\n");
    }
    notes.push_str(text);
}

/// What one digest says about one paper, with repeated listings combined.
struct Offer<'a> {
    digest: &'a DigestId,
    source: Source,
    day: Option<Date>,
    ids: Vec<crate::model::PaperId>,
    fields: BTreeMap<FieldName, (Source, FieldValue)>,
}

/// If a digest lists a paper twice, the first listing wins; the second fills in
/// what it lacks.
fn first_of_each_digest<'a>(records: &[Listed<'a>]) -> Vec<Offer<'a>> {
    let mut offers: BTreeMap<&DigestId, Offer<'a>> = BTreeMap::new();
    for listed in records {
        let offer = offers.entry(listed.digest).or_insert_with(|| Offer {
            digest: listed.digest,
            source: listed.record.source.clone(),
            day: None,
            ids: Vec::new(),
            fields: BTreeMap::new(),
        });
        offer.day = offer.day.into_iter().chain(listed.record.date).min();
        offer.ids.extend(listed.record.ids.iter().cloned());
        for (name, value) in field::of_record(listed.record) {
            offer
                .fields
                .entry(name)
                .or_insert_with(|| (listed.record.source.clone(), value));
        }
    }
    offers.into_values().collect()
}
