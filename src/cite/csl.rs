//! CSL-JSON, the format of Zotero, Pandoc and all other CSL processors.

use std::borrow::Cow;

use serde::Serialize;

use super::name::{Names, given};
use super::plain::line;
use super::work::Work;
use crate::model::{Day, Name, People, PublicationKind, Season};

/// One item with the given ID, as JSON on one line. Unknown fields are left out.
pub fn csl_json(work: &Work<'_>, key: &str) -> String {
    json(&item(work, key))
}

/// The item for our own styles, in which unnamed people are called "et al."
pub(super) fn for_styles(work: &Work<'_>) -> String {
    let mut item = item(work, "a");
    for name in item.author.iter_mut().chain(&mut item.editor) {
        if *name == OTHERS {
            *name = CslName::Whole {
                literal: People::OTHERS,
            };
        }
    }
    item.edition = item.edition.map(ordinal);
    json(&item)
}

/// The number of an edition, for example "2" for "Second"; styles write it as their
/// language does.
fn ordinal(edition: &str) -> &str {
    const NAMES: [(&str, &str); 10] = [
        ("first", "1"),
        ("second", "2"),
        ("third", "3"),
        ("fourth", "4"),
        ("fifth", "5"),
        ("sixth", "6"),
        ("seventh", "7"),
        ("eighth", "8"),
        ("ninth", "9"),
        ("tenth", "10"),
    ];
    let bare = [" edition", " ed.", " ed", " edn"]
        .iter()
        .find_map(|word| edition.strip_suffix(word))
        .unwrap_or(edition);
    let named = NAMES
        .iter()
        .find(|(name, _)| bare.eq_ignore_ascii_case(name));
    named.map_or(bare, |(_, number)| number)
}

fn json(item: &CslItem<'_>) -> String {
    serde_json::to_string(item).expect("texts and numbers are always JSON")
}

/// CSL has no term for unnamed people. Pandoc and BibTeX-to-CSL converters write
/// "others" and print "et al."; other processors print "and others".
const OTHERS: CslName<'_> = CslName::Whole { literal: "others" };

/// A JSON array of the works in the order given, one item per line for readable
/// diffs, without abstracts.
pub fn csl_file<'a, 'b: 'a>(works: impl IntoIterator<Item = (&'a Work<'b>, &'a str)>) -> String {
    let lines: Vec<String> = works
        .into_iter()
        .map(|(work, key)| csl_json(work, key))
        .collect();
    if lines.is_empty() {
        return "[]\n".to_owned();
    }
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// The fields, named as in CSL 1.0.2.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslItem<'a> {
    id: &'a str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'static str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_short: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<CslName<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    editor: Vec<CslName<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<CslDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(rename = "ISBN", skip_serializing_if = "Option::is_none")]
    isbn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<CslDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    volume: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(rename = "DOI", skip_serializing_if = "Option::is_none")]
    doi: Option<&'a str>,
    #[serde(rename = "PMID", skip_serializing_if = "Option::is_none")]
    pmid: Option<&'a str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    keyword: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, PartialEq)]
#[serde(untagged, rename_all_fields = "kebab-case")]
enum CslName<'a> {
    Person {
        family: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        given: Cow<'a, str>,
        #[serde(skip_serializing_if = "str::is_empty")]
        non_dropping_particle: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        suffix: &'a str,
    },
    Whole {
        literal: &'a str,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslDate {
    date_parts: [Vec<i16>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    season: Option<u8>,
}

fn item<'a>(work: &'a Work<'_>, key: &'a str) -> CslItem<'a> {
    let is_patent = work.kind == PublicationKind::Patent;
    let stands_alone = is_patent
        || matches!(
            work.kind,
            PublicationKind::Thesis | PublicationKind::MastersThesis | PublicationKind::Report
        );
    let number = work.number.as_deref();
    let arxiv = work.arxiv.map(|id| format!("arXiv:{id}"));
    let (number_of_its_own, note) = match work.kind {
        PublicationKind::Preprint => (arxiv.map(Cow::Owned), None),
        _ => (number.filter(|_| stands_alone).map(Cow::Borrowed), arxiv),
    };
    CslItem {
        id: key,
        r#type: item_type(work.kind),
        genre: genre(work.kind),
        title: &work.title,
        title_short: work.item.short.map(line).filter(|short| !short.is_empty()),
        author: people(&work.names),
        editor: people(&work.editors),
        issued: issued(work),
        container_title: work.venue.as_deref().filter(|_| !stands_alone),
        collection_title: work.series.as_deref(),
        publisher: publisher(work),
        authority: work.venue.as_deref().filter(|_| is_patent),
        edition: work.edition.as_deref(),
        isbn: work.isbn.as_deref(),
        accessed: work.accessed.map(date),
        volume: work.volume.as_deref(),
        issue: number.filter(|_| !stands_alone),
        number: number_of_its_own,
        page: work.pages.as_ref().map(|pages| pages.joined("-")),
        doi: work.doi,
        pmid: work.item.paper.id("pmid").map(|id| id.value()),
        url: work.address.as_deref(),
        language: work.language(),
        keyword: work.keywords().collect::<Vec<_>>().join(", "),
        note,
    }
}

fn item_type(kind: PublicationKind) -> &'static str {
    match kind {
        PublicationKind::Article => "article-journal",
        PublicationKind::Proceedings => "paper-conference",
        PublicationKind::Thesis | PublicationKind::MastersThesis => "thesis",
        PublicationKind::Report => "report",
        // CSL 1.0 has no "preprint"; it uses "article" instead.
        PublicationKind::Preprint => "article",
        PublicationKind::Chapter => "chapter",
        PublicationKind::Book => "book",
        PublicationKind::Dataset => "dataset",
        PublicationKind::Software => "software",
        PublicationKind::Patent => "patent",
        PublicationKind::WebPage => "webpage",
        PublicationKind::Other => "document",
    }
}

fn genre(kind: PublicationKind) -> Option<&'static str> {
    match kind {
        PublicationKind::Preprint => Some("Preprint"),
        PublicationKind::Thesis => Some("PhD thesis"),
        PublicationKind::MastersThesis => Some("Master's thesis"),
        _ => None,
    }
}

fn publisher<'a>(work: &'a Work<'_>) -> Option<&'a str> {
    match work.kind {
        PublicationKind::Thesis | PublicationKind::MastersThesis | PublicationKind::Report => {
            work.institution()
        }
        PublicationKind::Preprint => work.repository.or(work.publisher.as_deref()),
        _ => work.publisher.as_deref(),
    }
}

fn people(names: &Names) -> Vec<CslName<'_>> {
    let is_any = names.others && !names.list.is_empty();
    let others = is_any.then_some(OTHERS);
    names.list.iter().map(person).chain(others).collect()
}

fn person(name: &Name) -> CslName<'_> {
    if name.is_literal() {
        return CslName::Whole {
            literal: name.as_str(),
        };
    }
    CslName::Person {
        family: name.family(),
        given: given(name),
        non_dropping_particle: name.particle(),
        suffix: name.suffix(),
    }
}

fn issued(work: &Work<'_>) -> Option<CslDate> {
    work.day.or(work.year.map(Day::of_year)).map(date)
}

fn date(day: Day) -> CslDate {
    let within = [day.month(), day.day()];
    let parts = within.into_iter().flatten().map(i16::from);
    CslDate {
        date_parts: [std::iter::once(day.year()).chain(parts).collect()],
        season: day.season().map(Season::number),
    }
}
