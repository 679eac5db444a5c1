//! daily-arXiv: one arXiv paper per line, with a language model's summary under
//! `AI`.

use super::shape::Object;
use super::taken::{Taken, at};

pub(super) fn is(object: &Object<'_>) -> bool {
    object.get("AI").is_some_and(|ai| ai.get("tldr").is_some()) && object.has("title")
        || object.has_some(4, &["id", "pdf", "abs", "summary", "title"]) && object.has("categories")
}

pub(super) fn read(paper: &mut Taken) {
    paper.give("id", "arxiv");
    paper.give("title", "title");
    paper.give("summary", "abstract");
    paper.give("authors", "authors");
    paper.give("categories", "categories");
    paper.give("comment", "comment");
    paper.give("abs", "url");
    paper.give("pdf", "pdf");
    if let Some(ai) = paper.take("AI") {
        paper.put("tldr", at(&ai, &["tldr"]).cloned());
    }
    paper.give("code_url", "code");
    paper.give("code_stars", "stars");
    paper.ignore(&["code_last_update"]);
}
