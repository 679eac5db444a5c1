//! Paperlists: the papers of a conference, with per-author values separated by
//! semicolons.

use serde_json::{Value, json};

use super::shape::Object;
use super::taken::Taken;

pub(super) fn is(object: &Object<'_>) -> bool {
    object.has("title")
        && object.get("author").is_some_and(Value::is_string)
        && object.has_some(
            2,
            &[
                "aff",
                "gs_citation",
                "rating",
                "rating_avg",
                "authorids",
                "aff_domain",
                "primary_area",
                "track",
            ],
        )
}

pub(super) fn read(paper: &mut Taken) {
    paper.give("title", "title");
    paper.give("abstract", "abstract");
    paper.give("tldr", "tldr");
    paper.give("keywords", "keywords");
    paper.give("primary_area", "categories");
    paper.give("gs_citation", "citations");
    paper.give("github", "code");
    paper.give("project", "project");
    paper.give("site", "url");
    paper.give("openreview", "discussion");
    paper.give("pdf", "pdf");
    paper.give("doi", "doi");
    paper.give("arxiv", "arxiv");
    paper.give("video", "video");
    if let Some(status) = paper.line("status") {
        match status.to_lowercase().as_str() {
            "withdraw" | "withdrawn" => paper.put("withdrawn", Value::Bool(true)),
            _ => paper.put("status", Value::from(status)),
        }
    }
    let (names, places, orcids) = (
        list(paper, "author"),
        list(paper, "aff"),
        list(paper, "orcid"),
    );
    // Values can be assigned to authors only if the lists have equal lengths.
    let of = |list: &[String], n: usize| {
        let fits = list.len() == names.len();
        list.get(n).filter(|text| fits && !text.is_empty()).cloned()
    };
    let people: Vec<Value> = names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
        .map(|(n, name)| json!({ "name": name, "affiliation": of(&places, n), "orcid": of(&orcids, n) }))
        .collect();
    paper.put("authors", Value::Array(people));
    paper.ignore(IGNORED);
}

fn list(paper: &mut Taken, key: &str) -> Vec<String> {
    let text = paper.line(key).unwrap_or_default();
    text.split(';').map(|part| part.trim().to_owned()).collect()
}

const IGNORED: &[&str] = &[
    "id",
    "track",
    "supplementary_material",
    "authorids",
    "homepage",
    "dblp",
    "google_scholar",
    "linkedin",
    "gender",
    "aff_domain",
    "position",
    "bibtex",
    "rating",
    "confidence",
    "soundness",
    "contribution",
    "presentation",
    "correctness",
    "technical_novelty",
    "empirical_novelty",
    "reviewers",
    "review",
    "review_num",
    "wc_review",
    "rating_avg",
    "confidence_avg",
    "soundness_avg",
    "contribution_avg",
    "presentation_avg",
    "replies_avg",
    "authors#_avg",
    "corr_rating_confidence",
    "author_num",
    "aff_unique_index",
    "aff_unique_norm",
    "aff_unique_dep",
    "aff_unique_url",
    "aff_unique_abbr",
    "aff_campus_unique_index",
    "aff_campus_unique",
    "aff_country_unique_index",
    "aff_country_unique",
    "gs_cited_by_link",
    "gs_version_total",
    "aff_url",
    "email",
    "oa",
    "pdf_size",
    "author_site",
    "project_page",
    "openaccess",
    "authors#",
    "replies",
    "sess",
    "arxiv_id",
    "poster",
    "slides",
    "bibtex_url",
    "award",
];
