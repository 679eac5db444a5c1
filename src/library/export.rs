//! Export: each paper as the program sees it, in one form, for other programs.

use serde::Serialize;

use crate::model::{Author, Extra, LinkKind, People};

use super::{Entry, Library};

/// A paper as `export --format jsonl` writes it. What is not known is left out.
#[derive(Debug, Serialize)]
pub struct Exported<'a> {
    slug: &'a str,
    url: String,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ids: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<ExportedAuthor<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    editors: Vec<ExportedAuthor<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    award: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    withdrawn: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    keywords: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    categories: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    digests: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<ExportedTopic<'a>>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    links: serde_json::Map<String, serde_json::Value>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    metrics: serde_json::Map<String, serde_json::Value>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    publication: serde_json::Map<String, serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation_key: Option<&'a str>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    extra: &'a Extra,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    #[serde(rename = "abstract", skip_serializing_if = "str::is_empty")]
    abstract_text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    abstract_html: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<ExportedNeighbour<'a>>,
}

#[derive(Debug, Default, Serialize)]
struct ExportedAuthor<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    family: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    given: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    particle: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    suffix: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    literal: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    orcid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    affiliation: Option<&'a str>,
}

/// The names, with their parts where the name as one reads it does not tell them;
/// those who are not named are one of the name "et al."
fn people(people: &People) -> Vec<ExportedAuthor<'_>> {
    let others = people.others.then_some(ExportedAuthor {
        name: People::OTHERS,
        ..ExportedAuthor::default()
    });
    people.iter().map(person).chain(others).collect()
}

fn person(author: &Author) -> ExportedAuthor<'_> {
    let name = &author.name;
    let shown = ExportedAuthor {
        name: name.as_str(),
        orcid: author.orcid.as_deref(),
        affiliation: author.affiliation.as_deref(),
        ..ExportedAuthor::default()
    };
    if name.is_plain() {
        return shown;
    }
    if name.is_literal() {
        return ExportedAuthor {
            literal: name.as_str(),
            ..shown
        };
    }
    ExportedAuthor {
        family: name.family(),
        given: name.given(),
        particle: name.particle(),
        suffix: name.suffix(),
        ..shown
    }
}

#[derive(Debug, Serialize)]
struct ExportedTopic<'a> {
    id: &'a str,
    score: f64,
}

#[derive(Debug, Serialize)]
struct ExportedNeighbour<'a> {
    slug: &'a str,
    score: f64,
    terms: Vec<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    near_duplicate: bool,
}

/// Two digits tell; the rest is noise of the arithmetic.
fn two_digits(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

impl Library {
    /// A paper as other programs read it. `base_url` stands before its address;
    /// empty gives the address within the site.
    pub fn exported<'a>(&'a self, entry: &'a Entry, base_url: &str) -> Exported<'a> {
        let paper = &entry.paper;
        let kind = paper.publication.kind.map(|kind| ("kind", kind.key()));
        let texts = paper.publication.fields();
        let texts = texts
            .iter()
            .filter_map(|(name, value)| Some((*name, value.as_deref()?)));
        Exported {
            slug: paper.slug.as_str(),
            url: format!("{base_url}{}", paper.path()),
            title: &entry.title,
            short: entry.short.as_deref(),
            ids: paper
                .ids
                .iter()
                .map(crate::model::PaperId::as_str)
                .collect(),
            authors: people(&paper.authors),
            editors: people(&paper.editors),
            date: paper.date.map(|date| date.to_string()),
            published: paper.published.map(|date| date.to_string()),
            updated: paper.updated.map(|date| date.to_string()),
            year: paper.publication_year(),
            venue: paper.venue.as_deref(),
            status: paper.status.as_deref(),
            award: paper.award.as_deref(),
            comment: paper.comment.as_deref(),
            license: paper.license.as_deref(),
            language: paper.language.as_deref(),
            withdrawn: paper.withdrawn,
            keywords: &paper.keywords,
            categories: &paper.categories,
            digests: entry
                .digests
                .iter()
                .map(|digest| self.digests[*digest].digest.id.as_str())
                .collect(),
            topics: entry
                .topics
                .iter()
                .map(|score| ExportedTopic {
                    id: self.topics[score.topic].topic.id.as_str(),
                    score: two_digits(score.score),
                })
                .collect(),
            links: entry
                .links
                .iter()
                .map(|(kind, url): (&LinkKind, &String)| {
                    (kind.key().to_owned(), url.as_str().into())
                })
                .collect(),
            metrics: paper
                .metrics
                .iter()
                .map(|(name, n)| (name.clone(), (*n).into()))
                .collect(),
            publication: kind
                .into_iter()
                .chain(texts)
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect(),
            citation_key: paper.citation_key.as_deref(),
            extra: &paper.extra,
            summary: &entry.summary,
            abstract_text: &entry.abstract_text,
            abstract_html: &entry.abstract_html,
            related: self
                .related
                .of_paper(entry.number)
                .iter()
                .map(|neighbour| ExportedNeighbour {
                    slug: self.papers[neighbour.paper].paper.slug.as_str(),
                    score: two_digits(f64::from(neighbour.score)),
                    terms: neighbour
                        .terms()
                        .iter()
                        .map(|term| self.terms.word(*term))
                        .collect(),
                    near_duplicate: neighbour.is_near_duplicate,
                })
                .collect(),
        }
    }
}
