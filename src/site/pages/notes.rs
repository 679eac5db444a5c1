//! Notes: what people wrote in Markdown, rendered before any page is, so that a
//! link to nothing is found in time.

use std::collections::BTreeMap;

use rayon::prelude::*;
use tera::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::prose;
use crate::render::{self, Links, ROOT};

use super::{Owner, Pages};

impl Pages<'_> {
    /// Renders all Markdown that people wrote.
    pub(super) fn render_notes(&mut self) -> Diagnostics {
        let library = self.library;
        let mut texts: Vec<(Owner, String, &str)> = Vec::new();
        for (n, entry) in library
            .papers
            .iter()
            .enumerate()
            .filter(|(_, entry)| !entry.paper.notes.is_empty())
        {
            texts.push((Owner::Paper(n), entry.file.to_string(), &entry.paper.notes));
        }
        for (n, entry) in library
            .topics
            .iter()
            .enumerate()
            .filter(|(_, entry)| !entry.topic.introduction.is_empty())
        {
            texts.push((
                Owner::Topic(n),
                format!("content/topics/{}.md", entry.topic.id),
                &entry.topic.introduction,
            ));
        }
        for (n, entry) in library
            .digests
            .iter()
            .enumerate()
            .filter(|(_, entry)| !entry.digest.note.is_empty())
        {
            texts.push((
                Owner::Digest(n),
                format!("content/digests/{}.md", entry.digest.id),
                &entry.digest.note,
            ));
        }
        for (n, page) in library.pages.iter().enumerate() {
            texts.push((
                Owner::Free(n),
                format!("content/{}.md", page.path().trim_end_matches('/')),
                &page.body,
            ));
        }
        if texts.is_empty() {
            return Diagnostics::new();
        }
        let pages = self.addresses();
        let rendered: Vec<(Owner, Value, bool, Diagnostics)> = texts
            .into_par_iter()
            .map(|(owner, file, text)| {
                let folder = file
                    .strip_prefix("content/")
                    .and_then(|file| file.rsplit_once('/'))
                    .map_or("", |(folder, _)| folder);
                let links = Links {
                    pages: &pages,
                    folder,
                    root: ROOT,
                    math: prose::math_html,
                    words: &self.theme.words,
                };
                let rendered = render::markdown(text, &links);
                let mut found = Diagnostics::new();
                for (url, near) in rendered.dangling {
                    let at = text.find(&url).unwrap_or(0);
                    let place = Place::span(file.clone(), text, at..at + url.len());
                    // The text is only the body; its lines are not the file's.
                    let place = Place {
                        line: None,
                        ..place
                    };
                    let diagnostic = Diagnostic::error(
                        "dangling",
                        format!("a link leads to `{url}`, which does not exist"),
                    )
                    .at(place);
                    found.push(match near {
                        Some(near) => diagnostic.help(format!("did you mean `/{near}`?")),
                        None => diagnostic.help("correct the link, or write the page"),
                    });
                }
                let is_coloured = render::code::is_coloured(&rendered.html);
                (
                    owner,
                    Value::safe_string(&rendered.html),
                    is_coloured,
                    found,
                )
            })
            .collect();
        let mut found = Diagnostics::new();
        for (owner, html, is_coloured, diagnostics) in rendered {
            if is_coloured {
                self.coloured.insert(owner);
            }
            self.notes.insert(owner, html);
            found.append(diagnostics);
        }
        found
    }

    /// Files within `content/` and the addresses of their pages.
    fn addresses(&self) -> BTreeMap<String, String> {
        let library = self.library;
        let mut pages = BTreeMap::new();
        for entry in &library.papers {
            let file = entry.file.strip_prefix("content/").unwrap_or(&entry.file);
            pages.insert(file.to_owned(), entry.paper.path());
            pages
                .entry(format!("papers/{}.md", entry.paper.slug))
                .or_insert_with(|| entry.paper.path());
        }
        for entry in library.live_topics() {
            pages.insert(format!("topics/{}.md", entry.topic.id), entry.topic.path());
        }
        for entry in &library.digests {
            pages.insert(
                format!("digests/{}.md", entry.digest.id),
                entry.digest.path(),
            );
        }
        for page in &library.pages {
            pages.insert(
                format!("{}.md", page.path().trim_end_matches('/')),
                page.path(),
            );
        }
        pages
    }

    pub(super) fn note(&self, owner: Owner) -> Value {
        self.notes
            .get(&owner)
            .cloned()
            .unwrap_or_else(|| Value::safe_string(""))
    }
}
