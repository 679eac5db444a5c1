//! Reads a paper's page: front matter, abstract and notes.

use std::sync::Arc;

use super::people::warn_of_joined;
use super::value::line;
use super::{body, facts};
use crate::config::Fields;
use crate::content::field::FieldValue;
use crate::content::front_matter::{self, Language};
use crate::content::imported::Imported;
use crate::content::tree::PaperPage;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Paper, Slug};
use crate::text::clean;

/// The tables allowed in front matter.
pub(in crate::content) const TABLES: [&str; 4] = ["publication", "links", "metrics", "imported"];

/// Reads a paper's page.
pub(in crate::content) fn paper(
    file: &Arc<str>,
    slug: Slug,
    text: &str,
) -> (Option<PaperPage>, Diagnostics) {
    let split = match front_matter::split(file, text) {
        Ok(split) => split,
        Err(diagnostic) => return (None, (*diagnostic).into()),
    };
    let document = front_matter::document(file, text, &split);
    let fields = document.fields();
    let mut paper = Paper::new(slug, "");
    *paper.facts = facts::read(&fields);
    if paper.title.is_empty() && split.front.is_none() {
        let help = "begin the page with `+++`, a line `title = \"…\"` and another `+++`";
        document.report(
            Diagnostic::error(
                "no-front-matter",
                "a paper's page needs front matter with a title",
            )
            .help(help),
            0..0,
        );
    }
    report_missing_title(&fields, &paper);
    let mut imported = Imported::read(&fields);
    // Earlier versions used other words for some kinds.
    if let (Some(kind), Some(publication)) = (paper.publication.kind, fields.table("publication"))
        && let Some(written) = line(&publication, "kind")
    {
        let (old, new) = (FieldValue::Text(written), FieldValue::Kind(kind));
        imported.respell("publication.kind", &old, &new);
    }
    warn_of_joined(&fields, &paper, &imported);
    fields.finish();
    let (abstract_text, notes) = body::split(&text[split.body..], &imported);
    paper.abstract_text = clean(abstract_text).trim().to_owned();
    paper.notes = notes.trim().to_owned();
    let page = PaperPage {
        paper,
        file: Arc::clone(file),
        yaml: matches!(split.front, Some((Language::Yaml, _))),
        imported,
        origin: None,
    };
    let found = document.into_diagnostics();
    let usable = !page.paper.title.is_empty();
    (usable.then_some(page), found)
}

fn report_missing_title(fields: &Fields<'_, '_>, paper: &Paper) {
    if let Some((key, _)) = fields.entries().first()
        && paper.title.is_empty()
        && fields.node("title").is_none()
    {
        fields.document().report(
            Diagnostic::error("no-title", "the page has no title")
                .field("title")
                .help("add a line `title = \"…\"` to the front matter"),
            key.span.clone(),
        );
    }
}
