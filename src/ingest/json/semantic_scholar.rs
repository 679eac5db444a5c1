//! Semantic Scholar papers.

use serde_json::Value;

use super::shape::Object;
use super::taken::{Taken, at};
use crate::model::PublicationKind;

pub(super) fn is(object: &Object<'_>) -> bool {
    object.has("paperId")
        && object.has_some(
            1,
            &[
                "externalIds",
                "corpusId",
                "citationStyles",
                "fieldsOfStudy",
                "s2FieldsOfStudy",
                "openAccessPdf",
                "citationCount",
                "publicationTypes",
                "publicationVenue",
                "tldr",
            ],
        )
}

pub(super) fn read(paper: &mut Taken) {
    paper.give("title", "title");
    paper.give("abstract", "abstract");
    paper.give("authors", "authors");
    paper.give("paperId", "s2id");
    paper.give("corpusId", "corpusid");
    paper.give("publicationDate", "published");
    paper.give("year", "year");
    paper.give("citationCount", "citations");
    paper.give("fieldsOfStudy", "categories");
    if let Some(tldr) = paper.take("tldr") {
        paper.put("tldr", at(&tldr, &["text"]).cloned());
    }
    if let Some(mut ids) = paper.take("externalIds") {
        if let Some(ids) = ids.as_object_mut() {
            // Identifiers of registries that we do not use.
            for other in ["DBLP", "MAG", "PubMedCentral"] {
                ids.shift_remove(other);
            }
        }
        paper.put("ids", ids);
    }
    let journal = paper.take("journal");
    let part = |key: &str| {
        journal
            .as_ref()
            .and_then(|journal| at(journal, &[key]).cloned())
    };
    let (venue, long) = (paper.take("venue"), paper.take("publicationVenue"));
    let long = long.and_then(|venue| at(&venue, &["name"]).cloned());
    paper.put("venue", venue.or(long).or_else(|| part("name")));
    paper.put("volume", part("volume"));
    paper.put("pages", part("pages"));
    if let Some(pdf) = paper.take("openAccessPdf") {
        paper.put("pdf", at(&pdf, &["url"]).cloned());
        paper.put("license", at(&pdf, &["license"]).cloned());
    }
    if let Some(Value::Array(kinds)) = paper.take("publicationTypes") {
        let kinds: Vec<PublicationKind> = kinds
            .iter()
            .filter_map(|kind| PublicationKind::parse(kind.as_str()?))
            .filter(|kind| *kind != PublicationKind::Other)
            .collect();
        // Most conference papers are labelled journal articles as well.
        let kind = match kinds.contains(&PublicationKind::Proceedings) {
            true => Some("inproceedings"),
            false => kinds.first().map(|kind| kind.key()),
        };
        paper.put("kind", kind.map(Value::from));
    }
    paper.ignore(&[
        "url",
        "referenceCount",
        "influentialCitationCount",
        "isOpenAccess",
        "s2FieldsOfStudy",
        "citationStyles",
        "embedding",
        "matchScore",
        "citations",
        "references",
        "textAvailability",
    ]);
}
