//! Reads pages: Markdown with front matter becomes papers, topics, digests and free
//! pages. All faults are collected with their places, and what is usable is used.

mod body;
mod facts;
mod paper;
mod people;
mod stray;
mod value;

use std::sync::Arc;

use super::front_matter;
use super::imported::Imported;
use super::tree::{DigestPage, TopicPage};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{Digest, FreePage, Slug, SlugError, Topic, slugify};
use crate::text::clean_line;
use value::{line, slug, slugs};

pub(super) use body::{NOTES, without_marks};
pub(super) use paper::{TABLES, paper};

/// Reads a topic's page.
pub(super) fn topic(file: &Arc<str>, id: Slug, text: &str) -> (Option<TopicPage>, Diagnostics) {
    let split = match front_matter::split(file, text) {
        Ok(split) => split,
        Err(diagnostic) => return (None, (*diagnostic).into()),
    };
    let document = front_matter::document(file, text, &split);
    let fields = document.fields();
    let mut topic = Topic::new(id, "");
    topic.name = line(&fields, "name").unwrap_or_default();
    topic.scope = line(&fields, "scope").unwrap_or_default();
    topic.parent = line(&fields, "parent")
        .filter(|text| !text.is_empty())
        .and_then(|text| slug(&fields, "parent", &text));
    topic.rule = fields.string("match").unwrap_or_default();
    topic.threshold = fields.float("threshold");
    topic.pinned = slugs(&fields, "pinned").unwrap_or_default();
    topic.exclude = slugs(&fields, "exclude").unwrap_or_default();
    topic.aliases = slugs(&fields, "aliases").unwrap_or_default();
    topic.introduction = text[split.body..].trim().to_owned();
    fields.finish();
    let page = TopicPage {
        topic,
        file: Arc::clone(file),
        text: text.to_owned(),
    };
    (Some(page), document.into_diagnostics())
}

/// Reads a digest's page.
pub(super) fn digest(file: &Arc<str>, id: Slug, text: &str) -> (Option<DigestPage>, Diagnostics) {
    let split = match front_matter::split(file, text) {
        Ok(split) => split,
        Err(diagnostic) => return (None, (*diagnostic).into()),
    };
    let document = front_matter::document(file, text, &split);
    let fields = document.fields();
    let mut digest = Digest::new(id);
    digest.title = line(&fields, "title");
    digest.date = fields.date("date");
    digest.curator = line(&fields, "curator");
    digest.source = line(&fields, "source");
    digest.format = line(&fields, "format");
    digest.blake3 = line(&fields, "blake3");
    digest.papers = slugs(&fields, "papers").unwrap_or_default();
    digest.note = text[split.body..].trim().to_owned();
    let imported = Imported::read(&fields);
    let papers_place = fields
        .node("papers")
        .map(|node| document.place(node.span.clone()));
    fields.finish();
    let page = DigestPage {
        digest,
        file: Arc::clone(file),
        imported,
        papers_place,
    };
    (Some(page), document.into_diagnostics())
}

/// Reads a free page.
pub(super) fn free(
    file: &Arc<str>,
    route: Vec<Slug>,
    text: &str,
) -> (Option<FreePage>, Diagnostics) {
    let split = match front_matter::split(file, text) {
        Ok(split) => split,
        Err(diagnostic) => return (None, (*diagnostic).into()),
    };
    let document = front_matter::document(file, text, &split);
    let fields = document.fields();
    let body = text[split.body..].trim();
    let heading = body
        .lines()
        .next()
        .and_then(|first| first.strip_prefix("# "));
    let title = line(&fields, "title")
        .or_else(|| heading.map(clean_line))
        .or_else(|| route.last().map(ToString::to_string));
    let page = FreePage {
        title: title.unwrap_or_default(),
        description: line(&fields, "description"),
        date: fields.date("date"),
        draft: fields.bool("draft").unwrap_or_default(),
        menu: fields.bool("menu").unwrap_or(true),
        route,
        // A heading used as the title is not shown a second time.
        body: match heading {
            Some(_) if fields.node("title").is_none() => {
                let rest = body.split_once('\n').map_or("", |(_, rest)| rest);
                rest.trim().to_owned()
            }
            _ => body.to_owned(),
        },
    };
    fields.finish();
    (Some(page), document.into_diagnostics())
}

/// The error for a file whose name is not a valid slug.
pub(super) fn bad_stem(file: &Arc<str>, stem: &str, error: SlugError) -> Diagnostic {
    let mut better = slugify(stem, 80);
    if Slug::parse(&better).is_err() && !better.is_empty() {
        // The name itself is reserved, whatever its case.
        better = format!("the-{better}");
    }
    // If it is not the file's own name, it is that of a folder above it.
    let name = file.rsplit('/').next().unwrap_or_default();
    let (what, suffix) = match name.strip_prefix(stem) {
        Some(suffix) => ("file", suffix),
        None => ("folder", ""),
    };
    let help = if better.is_empty() {
        format!("rename the {what}; its name may contain letters, digits, `-` and `_`")
    } else {
        format!(
            "rename the {what} to `{}`",
            clean_line(&format!("{better}{suffix}"))
        )
    };
    Diagnostic::error(
        "bad-slug",
        format!("`{}` is not a valid page name: {error}", clean_line(stem)),
    )
    .at(Place::file(Arc::clone(file)))
    .help(help)
}
