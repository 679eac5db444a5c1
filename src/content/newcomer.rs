//! New papers: how the page of a paper that has none is named and where it is
//! stored.

use std::collections::BTreeSet;

use crate::model::{Record, Slug};

use super::FOLDER;
use super::identity::Group;
use super::imported::Imported;
use super::tree::PaperPage;

/// The sort key of new papers: their smallest identifier, else title, author and
/// place.
pub(super) fn identity_key(group: &Group, records: &[&Record]) -> (bool, String, String) {
    let of = |at: &usize| records[*at];
    let id = group.records.iter().flat_map(|at| of(at).ids.iter()).min();
    let title = group
        .records
        .iter()
        .map(|at| of(at).title.as_str())
        .min()
        .unwrap_or_default();
    let author = group
        .records
        .iter()
        .filter_map(|at| of(at).authors.first())
        .map(|author| author.name.as_str())
        .min();
    let id_text = id.map(ToString::to_string).unwrap_or_default();
    let mut name = format!("{title}|{}", author.unwrap_or_default());
    if id.is_none() {
        let places: BTreeSet<String> = group.records.iter().map(|at| place(of(at))).collect();
        for place in places.iter().filter(|place| !place.is_empty()) {
            name.push('|');
            name.push_str(place);
        }
    }
    (id.is_none(), id_text, name)
}

/// Where a record was published. Distinguishes papers with the same title and
/// author.
fn place(record: &Record) -> String {
    let publication = &record.publication;
    let year = record.year.map(|year| year.to_string());
    let day = record.published.map(|day| day.to_string());
    let parts = [
        record.venue.as_ref(),
        publication.volume.as_ref(),
        publication.number.as_ref(),
        publication.pages.as_ref(),
        year.as_ref(),
        day.as_ref(),
    ];
    let known: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    known.join(" ")
}

/// Creates the page of a new paper, with a unique slug.
pub(super) fn new_page(
    group: &Group,
    records: &[&Record],
    taken: &mut BTreeSet<String>,
) -> PaperPage {
    let (_, id, title) = identity_key(group, records);
    let identity = if id.is_empty() { title } else { id };
    let hash = blake3::hash(identity.as_bytes()).to_hex().to_string();
    let name = group
        .records
        .iter()
        .map(|at| records[*at].title.as_str())
        .min()
        .unwrap_or_default();
    let plain =
        Slug::from_title(name).or_else(|| Slug::parse(&format!("paper-{}", &hash[..6])).ok());
    let mut slug = plain.expect("six hexadecimal digits make a slug");
    let base = slug.clone();
    // Six digits make nearly all slugs unique; use more for the rest.
    for digits in 6..=hash.len() {
        if taken.insert(slug.folded()) {
            break;
        }
        slug = base.with_suffix(&hash[..digits]);
    }
    PaperPage {
        paper: crate::model::Paper::new(slug, ""),
        file: "".into(),
        yaml: false,
        imported: Imported::default(),
        origin: None,
    }
}

/// The file of a new paper's page, in a folder for the year it was first listed.
pub(super) fn paper_file(page: &PaperPage) -> String {
    let year = page
        .paper
        .date
        .map(|date| date.year())
        .or_else(|| page.paper.publication_year());
    let folder = year.map_or_else(|| "undated".to_owned(), |year| format!("{year:04}"));
    format!("{FOLDER}/papers/{folder}/{}.md", page.paper.slug)
}
