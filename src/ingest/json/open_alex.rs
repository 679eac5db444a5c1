//! OpenAlex works. The abstract is an index from words to positions.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::shape::Object;
use super::taken::{Taken, at};
use crate::model::PublicationKind;

/// The most words in an abstract. Positions are arbitrary numbers in the input.
const MAX_WORDS: usize = 20_000;

pub(super) fn is(object: &Object<'_>) -> bool {
    let has_id = object
        .get("id")
        .and_then(Value::as_str)
        .is_some_and(|id| id.contains("openalex.org/W"));
    has_id
        || object.has_some(
            2,
            &[
                "abstract_inverted_index",
                "authorships",
                "primary_location",
                "cited_by_count",
            ],
        )
}

pub(super) fn read(work: &mut Taken) {
    let (title, name) = (work.take("title"), work.take("display_name"));
    work.put("title", title.or(name));
    let text = work
        .take("abstract_inverted_index")
        .and_then(|index| words(&index));
    let given = work.take("abstract");
    work.put("abstract", text.map(Value::from).or(given));
    work.give("doi", "doi");
    if let Some(ids) = work.take("ids") {
        work.put(
            "pmid",
            at(&ids, &["pmid"])
                .and_then(Value::as_str)
                .and_then(|url| url.rsplit('/').next())
                .map(Value::from),
        );
    }
    work.give("publication_date", "published");
    work.give("publication_year", "year");
    work.give("cited_by_count", "citations");
    work.give("language", "language");
    work.give("is_retracted", "withdrawn");
    if let Some(Value::Array(list)) = work.take("authorships") {
        let authors: Vec<Value> = list.iter().filter_map(author).collect();
        work.put("authors", Value::Array(authors));
    }
    work.give("keywords", "keywords");
    if let Some(Value::Array(topics)) = work.take("topics") {
        let first = topics.into_iter().take(3).collect::<Vec<_>>();
        work.put("categories", Value::Array(first));
    }
    let mut sort = None;
    if let Some(place) = work.take("primary_location") {
        sort = at(&place, &["source", "type"])
            .and_then(Value::as_str)
            .map(str::to_owned);
        let name = at(&place, &["source", "display_name"]);
        // A repository stores a paper; it is not its venue.
        let is_arxiv = name
            .and_then(Value::as_str)
            .is_some_and(|name| name.starts_with("arXiv"));
        work.put("venue", name.filter(|_| !is_arxiv).cloned());
        work.put("url", at(&place, &["landing_page_url"]).cloned());
        work.put("pdf", at(&place, &["pdf_url"]).cloned());
        work.put("license", at(&place, &["license"]).cloned());
        let publisher = at(&place, &["source", "host_organization_name"]);
        work.put(
            "publisher",
            publisher
                .filter(|_| sort.as_deref() != Some("repository"))
                .cloned(),
        );
    }
    if let Some(biblio) = work.take("biblio") {
        work.put("volume", at(&biblio, &["volume"]).cloned());
        work.put("number", at(&biblio, &["issue"]).cloned());
        let page = |key| at(&biblio, &[key]).and_then(Value::as_str);
        let pages = match (page("first_page"), page("last_page")) {
            (Some(first), Some(last)) if first != last => Some(format!("{first}–{last}")),
            (first, _) => first.map(str::to_owned),
        };
        work.put("pages", pages.map(Value::from));
    }
    let crossref = work
        .line("type_crossref")
        .and_then(|kind| PublicationKind::parse(&kind));
    let kind = work
        .line("type")
        .and_then(|kind| PublicationKind::parse(&kind));
    // OpenAlex calls everything an article that is neither a book nor a thesis.
    let kind = match (kind, sort.as_deref(), crossref) {
        (Some(PublicationKind::Article), _, Some(crossref)) => Some(crossref),
        (Some(PublicationKind::Article), Some("conference"), _) => {
            Some(PublicationKind::Proceedings)
        }
        (Some(PublicationKind::Article), Some("repository"), _) => Some(PublicationKind::Preprint),
        (kind, ..) => kind,
    };
    work.put("kind", kind.map(|kind| Value::from(kind.key())));
    work.ignore(IGNORED);
}

/// Rebuilds the abstract from the positions of its words.
fn words(index: &Value) -> Option<String> {
    let mut by_place: BTreeMap<u64, &str> = BTreeMap::new();
    for (word, places) in index.as_object()? {
        for place in places.as_array()? {
            if by_place.len() < MAX_WORDS {
                by_place.insert(place.as_u64()?, word);
            }
        }
    }
    let text: Vec<&str> = by_place.into_values().collect();
    (!text.is_empty()).then(|| text.join(" "))
}

fn author(authorship: &Value) -> Option<Value> {
    let name = at(authorship, &["author", "display_name"])
        .or_else(|| at(authorship, &["raw_author_name"]))?;
    Some(json!({
        "name": name,
        "orcid": at(authorship, &["author", "orcid"]),
        "affiliations": at(authorship, &["institutions"]),
    }))
}

const IGNORED: &[&str] = &[
    "id",
    "open_access",
    "concepts",
    "referenced_works",
    "related_works",
    "locations",
    "locations_count",
    "best_oa_location",
    "mesh",
    "indexed_in",
    "countries_distinct_count",
    "institutions_distinct_count",
    "corresponding_author_ids",
    "corresponding_institution_ids",
    "apc_list",
    "apc_paid",
    "fwci",
    "has_fulltext",
    "fulltext_origin",
    "citation_normalized_percentile",
    "cited_by_percentile_year",
    "is_paratext",
    "primary_topic",
    "grants",
    "funders",
    "awards",
    "datasets",
    "versions",
    "referenced_works_count",
    "abstract_inverted_index_v3",
    "cited_by_api_url",
    "counts_by_year",
    "updated_date",
    "created_date",
    "sustainable_development_goals",
    "relevance_score",
    "is_xpac",
    "ngrams_url",
    "has_content",
    "content_urls",
    "institution_assertions",
    "is_authors_truncated",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_to_their_places() {
        assert_eq!(
            words(&json!({"we": [0, 3], "find": [1], "what": [2], "seek": [4]})).as_deref(),
            Some("we find what we seek")
        );
        assert_eq!(
            words(&json!({"a": [4_000_000_000u64]})).as_deref(),
            Some("a")
        );
        assert_eq!(words(&json!({"a": ["x"]})), None);
        assert_eq!(words(&json!({})), None);
    }
}
