//! Importing a digest's page: its date, its curator and its list of papers. A
//! digest never shrinks unless asked to, and people's changes are kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, count};
use crate::ingest::ParsedFile;
use crate::model::{Date, Digest, DigestId, Paper, Slug, Source};

use super::FOLDER;
use super::digest_fields::{get, set};
use super::field::FieldValue;
use super::imported::{Imported, Owner, Provenance};
use super::tree::DigestPage;

/// What a file says about its digest.
pub(super) struct Offer<'a> {
    pub(super) id: &'a DigestId,
    pub(super) file_name: &'a str,
    pub(super) blake3: &'a str,
    pub(super) reading: &'a ParsedFile,
    /// The slugs of its papers, in the file's order.
    pub(super) papers: Vec<Slug>,
    /// URLs of pages that were merged into others.
    pub(super) merged: &'a BTreeMap<String, String>,
    pub(super) allow_shrink: bool,
}

/// Returns the digest's page after the import.
pub(super) fn bring_in(
    before: Option<&DigestPage>,
    offer: &Offer<'_>,
    _settings: &Settings,
) -> (DigestPage, Diagnostics) {
    let mut page = before.cloned().unwrap_or_else(|| DigestPage {
        digest: Digest::new(offer.id.clone()),
        file: format!("{FOLDER}/digests/{}.md", offer.id).into(),
        papers_place: None,
        imported: Imported::default(),
    });
    let mut found = Diagnostics::new();
    rename(&mut page, offer.merged);
    let reading = offer.reading;
    let source = Source::named(reading.format.name());
    let base_name = base_name(offer.file_name);
    let texts = [
        ("title", reading.title.clone()),
        ("curator", reading.curator.clone()),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            offer_field(&mut page, name, FieldValue::Text(text), &source);
        }
    }
    if let Some(date) = reading.date.or_else(|| day_of(offer.id)) {
        offer_field(&mut page, "date", FieldValue::Date(date), &source);
    }
    // The source describes the import, not the digest.
    page.digest.source = (base_name != "-").then_some(base_name);
    page.digest.format = Some(reading.format.name().to_owned());
    page.digest.blake3 = Some(offer.blake3.to_owned());
    offer_papers(&mut page, offer, &source, &mut found);
    (page, found)
}

/// The last segment of a path or of a URL without its query; for a URL without
/// segments, the host.
fn base_name(file_name: &str) -> String {
    let last = |path: &str| path.rsplit(['/', '\\']).next().map(str::to_owned);
    let address = url::Url::parse(file_name)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    let name = match &address {
        Some(url) => last(url.path().trim_end_matches('/'))
            .filter(|name| !name.is_empty())
            .or_else(|| url.host_str().map(str::to_owned)),
        None => last(file_name),
    };
    name.unwrap_or_else(|| file_name.to_owned())
}

/// The date a digest is named after. The file itself may not state one.
pub(super) fn day_of(id: &DigestId) -> Option<Date> {
    let (day, rest) = id.as_str().split_at_checked(10)?;
    let is_whole = !rest.starts_with(|c: char| c.is_ascii_digit());
    day.parse().ok().filter(|_| is_whole)
}

fn offer_field(page: &mut DigestPage, name: &'static str, value: FieldValue, source: &Source) {
    let present = get(&page.digest, name);
    if page.imported.owner(name, present.as_ref()) == Owner::Person {
        return;
    }
    let provenance = Provenance {
        source: source.clone(),
        hash: value.fingerprint(),
        digest: None,
    };
    page.imported.0.insert(name.into(), provenance);
    set(&mut page.digest, name, value);
}

fn offer_papers(
    page: &mut DigestPage,
    offer: &Offer<'_>,
    source: &Source,
    found: &mut Diagnostics,
) {
    let new: BTreeSet<&Slug> = offer.papers.iter().collect();
    let left: Vec<Slug> = page
        .digest
        .papers
        .iter()
        .filter(|slug| !new.contains(slug))
        .cloned()
        .collect();
    let present = get(&page.digest, "papers");
    let by_hand = page.imported.owner("papers", present.as_ref()) == Owner::Person
        && !page.digest.papers.is_empty();
    if by_hand {
        let old: BTreeSet<&Slug> = page.digest.papers.iter().collect();
        let missing = offer
            .papers
            .iter()
            .filter(|slug| !old.contains(slug))
            .count();
        if missing > 0 {
            let message = format!(
                "the list of papers was edited by hand and is kept; the digest has {} more",
                count(missing, "paper")
            );
            found.push(
                Diagnostic::note("kept-edit", message)
                    .at(Place::file(page.file.clone()))
                    .field("papers"),
            );
        }
        return;
    }
    let mut papers = offer.papers.clone();
    if !left.is_empty() {
        if offer.allow_shrink {
            let message = format!(
                "{} removed from the digest; their pages stay",
                count(left.len(), "paper")
            );
            found.push(
                Diagnostic::note("digest-shrank", message)
                    .at(Place::file(offer.file_name.to_owned())),
            );
        } else {
            let message = format!(
                "{} that the digest listed before are missing; the digest keeps them",
                count(left.len(), "paper")
            );
            found.push(
                Diagnostic::warning("digest-shrank", message)
                    .at(Place::file(offer.file_name.to_owned()))
                    .help(
                        "if they should go, import with --allow-shrink; if not, the file may \
                        be truncated",
                    ),
            );
            papers.extend(left);
        }
    }
    let value = FieldValue::Words(papers.iter().map(ToString::to_string).collect());
    let provenance = Provenance {
        source: source.clone(),
        hash: value.fingerprint(),
        digest: None,
    };
    page.imported.0.insert("papers".into(), provenance);
    page.digest.papers = papers;
}

/// Replaces merged papers in a digest's list.
pub(super) fn rename(page: &mut DigestPage, merged: &BTreeMap<String, String>) {
    if merged.is_empty() {
        return;
    }
    let machine = {
        let present = get(&page.digest, "papers");
        matches!(
            page.imported.owner("papers", present.as_ref()),
            Owner::Source(_)
        )
    };
    let mut seen = BTreeSet::new();
    let mut papers = Vec::new();
    for slug in &page.digest.papers {
        let slug = merged
            .get(&Paper::path_of(slug))
            .and_then(|address| Paper::slug_of(address))
            .unwrap_or_else(|| slug.clone());
        if seen.insert(slug.clone()) {
            papers.push(slug);
        }
    }
    page.digest.papers = papers;
    if machine
        && let Some(value) = get(&page.digest, "papers")
        && let Some(provenance) = page.imported.0.get_mut("papers")
    {
        provenance.hash = value.fingerprint();
    }
}
