//! OpenReview's notes: version 2 wraps each value of the content in an object
//! with `value`, version 1 does not.

use serde_json::Value;

use super::super::value;
use super::shape::Object;
use super::taken::Taken;

/// Where addresses without a host are.
const HOST: &str = "https://openreview.net";

pub(super) fn is(object: &Object<'_>) -> bool {
    object
        .get("content")
        .is_some_and(|content| content.get("title").is_some())
        && object.has_some(
            1,
            &[
                "forum",
                "domain",
                "cdate",
                "tcdate",
                "invitation",
                "invitations",
                "signatures",
            ],
        )
}

pub(super) fn read(note: &mut Taken) {
    let (id, forum) = (note.line("id"), note.line("forum"));
    note.put("openreview", forum.or(id).map(Value::from));
    let (published, created) = (note.take("pdate"), note.take("cdate"));
    note.put("published", published.or(created));
    note.give("license", "license");
    note.ignore(&[
        "number",
        "domain",
        "version",
        "mdate",
        "tcdate",
        "tmdate",
        "tddate",
        "ddate",
        "odate",
        "invitation",
        "invitations",
        "signatures",
        "readers",
        "writers",
        "nonreaders",
        "original",
        "replyto",
        "parentInvitations",
        "externalIds",
        "details",
        "referent",
        "ddate",
    ]);
    note.enter("content", "content.");
    note.give("title", "title");
    note.give("abstract", "abstract");
    note.give("authors", "authors");
    note.give("TLDR", "tldr");
    note.give("TL;DR", "tldr");
    note.give("keywords", "keywords");
    note.give("primary_area", "categories");
    note.give("decision", "decision");
    if let Some(venue) = note.line("venue") {
        place(note, venue);
    }
    for (key, field) in [
        ("pdf", "pdf"),
        ("html", "url"),
        ("code", "code"),
        ("project_page", "project"),
        ("video", "video"),
    ] {
        let address = note
            .line(key)
            .map(|address| match address.strip_prefix('/') {
                Some(_) => format!("{HOST}{address}"),
                None => address,
            });
        note.put(field, address.map(Value::from));
    }
    note.ignore(&[
        "authorids",
        "venueid",
        "_bibtex",
        "supplementary_material",
        "submission_guidelines",
        "code_of_ethics",
        "anonymous_url",
        "no_acknowledgement_section",
        "paperhash",
        "reviewerComment",
        "area",
        "student_paper",
        "pdate",
        "issue_date",
        "community_implementations",
        "one-sentence_summary",
        "submission_number",
        "resubmission",
        "financial_support",
        "reciprocal_reviewing",
        "primary_keyword",
        "subject_areas",
        "corresponding_author",
        "student_author",
        "large_language_models",
        "other_comments_on_LLMs",
        "country",
        "financial_aid",
        "previous_submission_url",
        "dataset_url",
    ]);
}

/// What stands under `venue` is one only where the paper was taken.
fn place(note: &mut Taken, venue: String) {
    let lower = venue.to_lowercase();
    if lower.contains("withdrawn") {
        note.put("withdrawn", Value::Bool(true));
    } else if lower.starts_with("submitted to")
        || lower.contains("rejected")
        || lower.contains("submission")
    {
        note.put("status", Value::from(venue));
    } else {
        note.put("venue", value::line(&Value::from(venue)).map(Value::from));
    }
}
