//! OpenReview notes. Version 2 of the API wraps each content value in an object
//! with `value`; version 1 does not.

use serde_json::Value;

use super::super::value;
use super::shape::Object;
use super::taken::Taken;

/// The base of URLs without a host.
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

/// Whether a note is a reply to a paper: a review, a comment, a decision.
pub(super) fn is_reply(object: &Object<'_>) -> bool {
    let text = |key: &str| object.get(key).and_then(value::line);
    let is_note = object.get("content").is_some_and(Value::is_object)
        && object.has_some(1, &["forum", "invitation", "invitations", "signatures"]);
    let answers = text("replyto").is_some_and(|to| Some(to) != text("id"));
    // A paper's blind copy may be in the forum of the original.
    let submits = ["invitation", "invitations"]
        .iter()
        .filter_map(|key| object.get(key))
        .flat_map(value::list)
        .filter_map(|invitation| invitation.rsplit('/').next().map(str::to_lowercase))
        .any(|last| last.contains("submission"));
    let is_elsewhere =
        matches!((text("id"), text("forum")), (Some(id), Some(forum)) if id != forum);
    is_note && (answers || is_elsewhere && !submits)
}

pub(super) fn read(note: &mut Taken) {
    let (id, forum) = (note.line("id"), note.line("forum"));
    note.put("openreview", forum.or(id).map(Value::from));
    let invitation = note.line("invitation").unwrap_or_default();
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
    if let Some(authors) = note.take("authors") {
        note.put("authors", named(authors));
    }
    note.give("TLDR", "tldr");
    note.give("TL;DR", "tldr");
    note.give("keywords", "keywords");
    note.give("primary_area", "categories");
    note.give("decision", "decision");
    let venue = note.line("venue");
    // If the venue is silent, the note's group may help.
    let group = note.line("venueid").unwrap_or(invitation);
    let withdrawal = note.line("withdrawal").is_some();
    let venue = venue.or_else(|| {
        let folded = group.replace('_', " ");
        let last = folded.rsplit('/').next().unwrap_or_default();
        let tells = ["withdrawn", "rejected"]
            .iter()
            .any(|word| last.to_lowercase().contains(word));
        tells.then(|| last.to_owned())
    });
    if let Some(venue) = venue {
        place(note, venue);
    }
    if withdrawal {
        note.put("withdrawn", Value::Bool(true));
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

/// The authors without the placeholder used during blind review.
fn named(authors: Value) -> Value {
    let is_blind = |author: &Value| {
        value::line(author).is_some_and(|name| {
            let name = name.to_lowercase();
            let group = name.trim_end_matches('s').strip_suffix("author");
            matches!(
                name.as_str(),
                "anonymous" | "anonymous author" | "anonymous authors" | "anon"
            ) || name.ends_with("/authors")
                || group.is_some_and(|group| {
                    let group = group.trim().trim_end_matches(|c: char| c.is_ascii_digit());
                    matches!(group.trim(), "paper" | "submission")
                })
        })
    };
    match authors {
        Value::Array(list) => list.into_iter().filter(|name| !is_blind(name)).collect(),
        Value::Object(mut fields) => match fields.remove("value") {
            Some(list) => named(list),
            None => Value::Object(fields),
        },
        other if is_blind(&other) => Value::Null,
        other => other,
    }
}

/// The value of `venue` is a venue only if the paper was accepted.
fn place(note: &mut Taken, venue: String) {
    let lower = venue.to_lowercase();
    if lower.contains("withdrawn") || lower.contains("withdrew") {
        note.put("withdrawn", Value::Bool(true));
    } else if lower.contains("desk reject") {
        note.put("status", Value::from("Desk rejected"));
    } else if lower.starts_with("submitted to")
        || lower.contains("rejected")
        || lower.contains("submission")
    {
        note.put("status", Value::from(venue));
    } else {
        note.put("venue", value::line(&Value::from(venue)).map(Value::from));
    }
}
