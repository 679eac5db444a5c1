//! Hugging Face's Daily Papers: a list whose items wrap their papers, or a single
//! paper. The listing date is `submittedOnDailyAt`; the outer `publishedAt` is a
//! different date, unrelated to the paper.

use serde_json::{Value, json};

use super::shape::Object;
use super::taken::Taken;

pub(super) fn is(object: &Object<'_>) -> bool {
    let paper = object.get("paper");
    let is_wrapped =
        paper.is_some_and(|paper| paper.get("id").is_some() && paper.get("title").is_some());
    is_wrapped
        || object.has_some(
            2,
            &[
                "upvotes",
                "discussionId",
                "submittedOnDailyAt",
                "ai_summary",
                "numTotalModels",
            ],
        )
}

pub(super) fn read(paper: &mut Taken) {
    let comments = paper.take("numComments");
    let organization = paper.take("organization");
    paper.ignore(&[
        "thumbnail",
        "thumbnailUrl",
        "mediaUrls",
        "submittedBy",
        "isAuthorParticipating",
    ]);
    let title = paper.take("title");
    let summary = paper.take("summary");
    let outer_day = paper.take("publishedAt");
    paper.enter("paper", "paper.");
    let title = paper.take("title").or(title);
    let summary = paper.take("summary").or(summary);
    // Without the wrapper, this date is the paper's.
    let published = paper.take("publishedAt").or(outer_day);
    paper.put("title", title);
    paper.put("abstract", summary);
    paper.put("published", published);
    paper.give("submittedOnDailyAt", "listed");
    paper.give("authors", "authors");
    paper.give("upvotes", "upvotes");
    let own_comments = paper.take("numComments");
    paper.put("comments", own_comments.or(comments));
    paper.give("githubRepo", "code");
    paper.give("githubStars", "stars");
    paper.give("projectPage", "project");
    paper.give("ai_summary", "tldr");
    paper.give("ai_keywords", "keywords");
    // It belongs to the paper as a whole, so it is not an author's affiliation.
    let organization = paper.take("organization").or(organization);
    if let Some(name) = organization.as_ref().and_then(organization_name) {
        paper.put("extra", json!({ "organization": name }));
    }
    if let Some(id) = paper.line("id") {
        paper.put(
            "discussion",
            Value::from(format!("https://huggingface.co/papers/{id}")),
        );
        paper.put("arxiv", Value::from(id));
    }
    paper.ignore(&[
        "mediaUrls",
        "submittedOnDailyBy",
        "discussionId",
        "githubRepoAddedBy",
        "thumbnail",
        "thumbnailUrl",
        "linkedModels",
        "linkedDatasets",
        "linkedSpaces",
        "numTotalModels",
        "numTotalDatasets",
        "numTotalSpaces",
        "ai_summary_model",
        "comments",
        "submittedBy",
        "isAuthorParticipating",
    ]);
}

/// The organisation's display name, else its name in URLs.
fn organization_name(organization: &Value) -> Option<&str> {
    let named = ["fullname", "name"]
        .iter()
        .find_map(|key| organization.get(*key)?.as_str());
    let name = named.or_else(|| organization.as_str())?.trim();
    (!name.is_empty()).then_some(name)
}
