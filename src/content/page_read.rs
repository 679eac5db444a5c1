//! Reading pages: Markdown with front matter becomes papers, topics, digests
//! and free pages. Whatever is wrong is gathered with its place; what can be
//! used is used.

use std::sync::Arc;

use crate::config::{Fields, Value};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{
    Author, Digest, FreePage, LinkKind, Paper, PaperId, Slug, SlugError, Topic, is_publishable_url,
};
use crate::text::{clean, clean_line};

use super::front_matter::{self, Language};
use super::imported::{Imported, Provenance};
use super::tree::{DigestPage, PaperPage, TopicPage};

/// The line that parts a paper's abstract from a person's notes.
pub(super) const NOTES: &str = "<!-- notes -->";

/// What the metrics of a paper can be called.
const METRICS: [&str; 4] = ["upvotes", "stars", "citations", "comments"];

/// Reads the page of a paper.
pub(super) fn paper(file: &Arc<str>, slug: Slug, text: &str) -> (Option<PaperPage>, Diagnostics) {
    let split = match front_matter::split(file, text) {
        Ok(split) => split,
        Err(diagnostic) => return (None, (*diagnostic).into()),
    };
    let document = front_matter::document(file, text, &split);
    let fields = document.fields();
    let mut paper = Paper::new(slug, title(&fields).unwrap_or_default());
    if paper.title.is_empty() && split.front.is_none() {
        let help = "begin the page with `+++`, a line `title = \"…\"` and another `+++`";
        document.report(
            Diagnostic::error(
                "no-front-matter",
                "the page of a paper needs front matter with its title",
            )
            .help(help),
            0..0,
        );
    }
    read_paper(&fields, &mut paper);
    let imported = read_imported(&fields);
    fields.finish();
    let (abstract_text, notes) = split_body(&text[split.body..]);
    paper.abstract_text = clean(abstract_text).trim().to_owned();
    paper.notes = notes.trim().to_owned();
    let page = PaperPage {
        paper,
        file: Arc::clone(file),
        yaml: matches!(split.front, Some((Language::Yaml, _))),
        imported,
    };
    let found = document.into_diagnostics();
    let usable = !page.paper.title.is_empty();
    (usable.then_some(page), found)
}

fn split_body(body: &str) -> (&str, &str) {
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if line.trim_end() == NOTES {
            return (&body[..at], &body[at + line.len()..]);
        }
        at += line.len();
    }
    (body, "")
}

fn title(fields: &Fields<'_, '_>) -> Option<String> {
    let title = line(fields, "title");
    if title.is_none() && fields.node("title").is_none() && !fields.entries().is_empty() {
        let span = fields
            .entries()
            .first()
            .map_or(0..0, |(key, _)| key.span.clone());
        fields.document().report(
            Diagnostic::error("no-title", "the page has no title")
                .field("title")
                .help("add a line `title = \"…\"` to the front matter"),
            span,
        );
    }
    title
}

fn read_paper(fields: &Fields<'_, '_>, paper: &mut Paper) {
    paper.ids = read_ids(fields);
    paper.authors = read_authors(fields);
    paper.date = fields.date("date");
    paper.published = fields.date("published");
    paper.updated = fields.date("updated");
    paper.year = fields
        .integer("year", 1000..=9999)
        .and_then(|year| i16::try_from(year).ok());
    paper.digests = slugs(fields, "digests").unwrap_or_default();
    paper.digests.sort();
    paper.digests.dedup();
    paper.venue = line(fields, "venue");
    paper.keywords = lines(fields, "keywords");
    paper.categories = lines(fields, "categories");
    paper.award = line(fields, "award");
    paper.status = line(fields, "status");
    paper.comment = line(fields, "comment");
    paper.license = line(fields, "license");
    paper.language = line(fields, "language");
    paper.topics = slugs(fields, "topics");
    paper.summary = line(fields, "summary");
    paper.short = line(fields, "short");
    paper.withdrawn = fields.bool("withdrawn").unwrap_or_default();
    paper.draft = fields.bool("draft").unwrap_or_default();
    if let Some(publication) = fields.table("publication") {
        for name in ["kind", "volume", "number", "pages", "publisher", "series"] {
            if let (Some(slot), Some(value)) =
                (paper.publication.field_mut(name), line(&publication, name))
            {
                *slot = Some(value);
            }
        }
        publication.finish();
    }
    if let Some(links) = fields.table("links") {
        read_links(&links, paper);
        links.finish();
    }
    if let Some(metrics) = fields.table("metrics") {
        for name in METRICS {
            if let Some(n) = metrics
                .integer(name, 0..=i64::MAX)
                .and_then(|n| u64::try_from(n).ok())
            {
                paper.metrics.insert(name.to_owned(), n);
            }
        }
        metrics.finish();
    }
}

fn read_ids(fields: &Fields<'_, '_>) -> Vec<PaperId> {
    let mut ids = Vec::new();
    for text in fields.strings("ids").unwrap_or_default() {
        match PaperId::parse(&text) {
            Some(id) => ids.push(id),
            None => {
                let span = fields.node("ids").map_or(0..0, |node| node.span.clone());
                let message = format!("`{}` is no identifier", clean_line(&text));
                let help =
                    "write it as scheme:value, such as arxiv:2403.03507 or doi:10.1145/12345";
                fields.document().report(
                    Diagnostic::error("bad-id", message).field("ids").help(help),
                    span,
                );
            }
        }
    }
    ids.sort();
    ids.dedup();
    ids
}

fn read_authors(fields: &Fields<'_, '_>) -> Vec<Author> {
    let Some(node) = fields.node("authors") else {
        return Vec::new();
    };
    let single = std::slice::from_ref(node);
    let items = match &node.value {
        Value::Array(items) => items.as_slice(),
        _ => single,
    };
    let mut authors = Vec::new();
    for item in items {
        match &item.value {
            Value::String(name) => authors.push(Author::named(clean_line(name))),
            Value::Table(_) => {
                if let Some(author) = fields.of(item, "authors") {
                    authors.push(Author {
                        name: line(&author, "name").unwrap_or_default(),
                        orcid: line(&author, "orcid"),
                        affiliation: line(&author, "affiliation"),
                    });
                    author.finish();
                }
            }
            other => {
                let message = format!(
                    "an author is {}, but must be a name or a table with `name`",
                    other.kind()
                );
                fields.document().report(
                    Diagnostic::error("wrong-type", message)
                        .field("authors")
                        .help("write it as \"Ada Author\" or { name = \"Ada Author\" }"),
                    item.span.clone(),
                );
            }
        }
    }
    authors.retain(|author| !author.name.is_empty());
    authors
}

fn read_links(links: &Fields<'_, '_>, paper: &mut Paper) {
    for kind in LinkKind::ALL {
        let Some(url) = links.string(kind.key()) else {
            continue;
        };
        let url = url.trim().to_owned();
        if is_publishable_url(&url) {
            paper.links.insert(kind, url);
        } else {
            let span = links
                .node(kind.key())
                .map_or(0..0, |node| node.span.clone());
            let message = format!("`links.{}` is no address that can be linked to", kind.key());
            let help = "only http, https and mailto addresses become links; this one is left out";
            links.document().report(
                Diagnostic::warning("bad-link", message)
                    .field("links")
                    .help(help),
                span,
            );
        }
    }
}

fn read_imported(fields: &Fields<'_, '_>) -> Imported {
    let mut imported = Imported::default();
    let Some(node) = fields.node("imported") else {
        return imported;
    };
    let Value::Table(entries) = &node.value else {
        return imported;
    };
    for (key, value) in entries {
        match &value.value {
            Value::String(text) => {
                if let Some(provenance) = Provenance::parse(text) {
                    imported.0.insert(key.name.clone().into(), provenance);
                }
            }
            Value::Table(inner) => {
                for (sub, value) in inner {
                    if let Value::String(text) = &value.value
                        && let Some(provenance) = Provenance::parse(text)
                    {
                        imported
                            .0
                            .insert(format!("{}.{}", key.name, sub.name).into(), provenance);
                    }
                }
            }
            _ => {}
        }
    }
    imported
}

/// Reads the page of a topic.
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

/// Reads the page of a digest.
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
    let imported = read_imported(&fields);
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
        // A heading that serves as the title is not shown a second time.
        body: match heading {
            Some(_) if fields.node("title").is_none() => {
                body.lines().skip(1).collect::<Vec<_>>().join("\n")
            }
            _ => body.to_owned(),
        },
    };
    fields.finish();
    (Some(page), document.into_diagnostics())
}

fn line(fields: &Fields<'_, '_>, key: &'static str) -> Option<String> {
    fields
        .string(key)
        .map(|text| clean_line(&text))
        .filter(|text| !text.is_empty())
}

fn lines(fields: &Fields<'_, '_>, key: &'static str) -> Vec<String> {
    let mut lines: Vec<String> = fields
        .strings(key)
        .unwrap_or_default()
        .iter()
        .map(|text| clean_line(text))
        .collect();
    lines.retain(|line| !line.is_empty());
    lines
}

fn slugs(fields: &Fields<'_, '_>, key: &'static str) -> Option<Vec<Slug>> {
    let texts = fields.strings(key)?;
    Some(
        texts
            .iter()
            .filter_map(|text| slug(fields, key, text))
            .collect(),
    )
}

fn slug(fields: &Fields<'_, '_>, key: &'static str, text: &str) -> Option<Slug> {
    match Slug::parse(text) {
        Ok(slug) => Some(slug),
        Err(error) => {
            let span = fields.node(key).map_or(0..0, |node| node.span.clone());
            let message = format!(
                "`{}` cannot be the name of a page: {error}",
                clean_line(text)
            );
            fields
                .document()
                .report(Diagnostic::error("bad-slug", message).field(key), span);
            None
        }
    }
}

/// What to say of a file whose name cannot be a page's.
pub(super) fn bad_stem(file: &Arc<str>, stem: &str, error: SlugError) -> Diagnostic {
    let better = crate::model::slugify(stem, 80);
    let help = if better.is_empty() {
        "rename the file".to_owned()
    } else {
        format!("rename the file to `{better}.md`")
    };
    Diagnostic::error(
        "bad-slug",
        format!(
            "`{}` cannot be the name of a page: {error}",
            clean_line(stem)
        ),
    )
    .at(crate::diagnostics::Place::file(Arc::clone(file)))
    .help(help)
}
