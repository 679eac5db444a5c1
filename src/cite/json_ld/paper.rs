//! JSON-LD for the page of a paper.

use std::borrow::Cow;

use serde::Serialize;

use super::{CONTEXT, Named, Thing, line, script, web_address};
use crate::cite::name::plain;
use crate::cite::plain::orcid_address;
use crate::cite::work::Work;
use crate::model::{Author, LinkKind, PublicationKind, is_group};

/// The longest headline that search engines show, in characters.
const MAX_HEADLINE: usize = 110;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    node_type: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    headline: Cow<'a, str>,
    /// The whole title, if the headline is shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    identifier: Vec<Identifier<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Container<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    keywords: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Subject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<License<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_of: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interaction_statistic: Option<Interaction>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    #[serde(rename = "@type")]
    node_type: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    affiliation: Option<Named<'a>>,
}

/// A subject of the paper, with no more specific type.
#[derive(Serialize)]
struct Subject<'a> {
    name: Cow<'a, str>,
}

#[derive(Serialize)]
struct Identifier<'a> {
    #[serde(rename = "@type")]
    node_type: &'static str,
    #[serde(rename = "propertyID")]
    registry: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Container<'a> {
    #[serde(rename = "@type")]
    node_type: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    volume_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue_number: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum License<'a> {
    Address(String),
    Name(Named<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Code {
    #[serde(rename = "@type")]
    node_type: &'static str,
    code_repository: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Interaction {
    #[serde(rename = "@type")]
    node_type: &'static str,
    interaction_type: &'static str,
    user_interaction_count: u64,
}

/// JSON-LD for a paper's page. `topics` are the names of its topics. What the
/// page's metadata says elsewhere, such as its description, is not repeated.
pub fn json_ld_paper(work: &Work<'_>, topics: &[&str]) -> String {
    let paper = work.item.paper;
    let own = work.own.as_deref();
    // Without an ID, the data describes the page itself.
    let id = work
        .address
        .as_deref()
        .filter(|address| Some(*address) != own);
    let headline = headline(&work.title);
    let name = (headline != work.title).then_some(work.title.as_ref());
    let code = paper.links.get(&LinkKind::Code);
    let upvotes = paper.metrics.get("upvotes");
    script(&Article {
        context: CONTEXT,
        node_type: match work.kind {
            PublicationKind::Thesis | PublicationKind::MastersThesis => "Thesis",
            PublicationKind::Report => "Report",
            PublicationKind::Chapter => "Chapter",
            PublicationKind::Book => "Book",
            PublicationKind::Dataset => "Dataset",
            PublicationKind::Software => "SoftwareSourceCode",
            PublicationKind::WebPage => "WebPage",
            _ => "ScholarlyArticle",
        },
        id,
        headline,
        name,
        author: work.people_in_head().iter().filter_map(person).collect(),
        date_published: work.date("-"),
        date_modified: paper.updated.map(|day| day.to_string()),
        identifier: identifiers(work),
        same_as: addresses(work, id),
        is_part_of: container(work),
        publisher: work.publisher.as_deref().map(Named::organization),
        pagination: work.pages.as_ref().map(|pages| pages.joined("-")),
        keywords: work.keywords().collect::<Vec<_>>().join(", "),
        about: topics
            .iter()
            .map(|topic| Subject { name: line(topic) })
            .collect(),
        in_language: work.language(),
        license: paper.license.as_deref().and_then(license),
        subject_of: code.and_then(|url| web_address(url)).map(|code| Code {
            node_type: "SoftwareSourceCode",
            code_repository: code,
        }),
        interaction_statistic: upvotes.map(|&upvotes| Interaction {
            node_type: "InteractionCounter",
            interaction_type: "https://schema.org/LikeAction",
            user_interaction_count: upvotes,
        }),
    })
}

fn headline(title: &str) -> Cow<'_, str> {
    if title.chars().count() <= MAX_HEADLINE {
        return Cow::Borrowed(title);
    }
    let cut: String = title.chars().take(MAX_HEADLINE - 1).collect();
    let whole_words = cut.rfind(' ').unwrap_or(cut.len());
    Cow::Owned(format!("{}…", cut[..whole_words].trim_end()))
}

fn person(author: &Author) -> Option<Person<'_>> {
    let name = plain(&author.name);
    if name.is_empty() {
        return None;
    }
    let is_group = name.is_literal() && is_group(name.as_str());
    let whole = name.to_string();
    let affiliation = author.affiliation.as_deref().map(Named::organization);
    Some(Person {
        node_type: if is_group { "Organization" } else { "Person" },
        id: author.orcid.as_deref().and_then(orcid_address),
        name: whole,
        affiliation: affiliation.filter(|named| !named.name.is_empty()),
    })
}

fn identifiers<'a>(work: &'a Work<'_>) -> Vec<Identifier<'a>> {
    [("doi", work.doi), ("arXiv", work.arxiv)]
        .into_iter()
        .filter_map(|(registry, value)| {
            value.map(|value| Identifier {
                node_type: "PropertyValue",
                registry,
                value,
            })
        })
        .collect()
}

/// Other pages of the paper: at registries and at its publisher.
fn addresses(work: &Work<'_>, id: Option<&str>) -> Vec<String> {
    let mut addresses: Vec<String> = work
        .item
        .paper
        .ids
        .iter()
        .filter_map(|id| id.url())
        .filter_map(|url| web_address(&url))
        .chain(work.page.clone())
        .filter(|address| Some(address.as_str()) != id)
        .collect();
    addresses.sort();
    addresses.dedup();
    addresses
}

fn container<'a>(work: &'a Work<'_>) -> Option<Container<'a>> {
    let node_type = match work.kind {
        PublicationKind::Article => "Periodical",
        PublicationKind::Proceedings => "PublicationVolume",
        PublicationKind::Chapter => "Book",
        _ => return None,
    };
    Some(Container {
        node_type,
        name: work.venue.as_deref()?,
        volume_number: work.volume.as_deref(),
        issue_number: work.number.as_deref(),
    })
}

fn license(license: &str) -> Option<License<'_>> {
    if let Some(address) = web_address(license) {
        return Some(License::Address(address));
    }
    let named = Named::new(
        "CreativeWork",
        &Thing {
            name: license,
            url: None,
        },
    );
    (!named.name.is_empty()).then_some(License::Name(named))
}
