//! A paper's page.

use tera::Value;

use crate::cite;
use crate::config::Canonical;
use crate::diagnostics::Diagnostic;
use crate::library::Entry;
use crate::render::{Cite, FindLink, MenuItem, PaperView, Reference, list_views, views};

use super::super::bibliography;
use super::super::card::Subject;
use super::super::jobs::{Job, root_of};
use super::{Owner, Pages};

/// How many papers a site may have for the foot of their pages to be full where
/// nobody said. What it takes, some 5 kB a paper, is nothing to a reader and much
/// to a host that takes a gigabyte.
const MOST_FULL_FEET: usize = 5_000;

impl Pages<'_> {
    pub(super) fn paper(&self, job: &Job, n: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let entry = &self.library.papers[n];
        let description = if entry.summary.is_empty() {
            self.word("no_abstract")
        } else {
            entry.summary.clone()
        };
        let mut info = self.page_info(
            "paper",
            &entry.paper.path(),
            entry.title.clone(),
            description,
        );
        info.og_type = "article";
        info.published = entry
            .paper
            .published
            .or(entry.paper.date)
            .map(|date| date.to_string());
        let registry = match self.settings.canonical {
            Canonical::Own => None,
            Canonical::Arxiv => entry.paper.id("arxiv"),
            Canonical::Doi => entry.paper.id("doi"),
        };
        if let Some(url) = registry.and_then(crate::model::PaperId::url) {
            info.canonical = url;
        }
        let item = cite::Item {
            url: Some(info.url.as_str()).filter(|url| !url.is_empty()),
            ..bibliography::item(entry)
        };
        let work = cite::Work::of(item);
        info.cite_as = ["doi", "arxiv"]
            .iter()
            .find_map(|registry| entry.paper.id(registry)?.url());
        info.json_ld = Some(self.paper_data(n, &work));
        info.card = self.card_link(Subject::Paper(n), &entry.title);
        info.share = self.share(&entry.title, &info.url);
        if !self.has_full_foot() {
            info.share.retain(|link| link.network == "email");
        }
        info.citation = cite::highwire(&work)
            .into_iter()
            .map(|(name, content)| (name.to_owned(), content))
            .collect();
        let mut context = self.context(&info, &root);
        context.insert("paper", &self.paper_view(n));
        self.renderer.render("paper.html", &context, &root)
    }

    pub(super) fn paper_view(&self, n: usize) -> PaperView {
        let entry = &self.library.papers[n];
        let paper = &entry.paper;
        let links = views::links(entry);
        let find = if views::has_address(&links) {
            Vec::new()
        } else {
            self.find(entry)
        };
        let license = paper.license.clone();
        let (previous, next) = self.beside(n);
        PaperView {
            brief: views::brief(self.library, entry),
            people: views::people(self.library, entry),
            venue_path: list_views::appearance_path(self.library, entry),
            abstract_html: Value::safe_string(&entry.abstract_html),
            summary_only: views::summary_only(self.settings),
            notes_html: self.note(Owner::Paper(n)),
            published: paper.published.map(|date| date.to_string()),
            updated: paper.updated.map(|date| date.to_string()),
            year: paper.publication_year(),
            ids: views::ids(entry),
            links,
            find,
            keywords: paper.keywords.clone(),
            categories: paper.categories.clone(),
            status: paper.status.clone(),
            comment: paper.comment.clone(),
            license_is_url: license
                .as_deref()
                .is_some_and(crate::model::is_publishable_url),
            license,
            language: paper
                .language
                .clone()
                .filter(|language| *language != self.settings.language),
            metrics: paper
                .metrics
                .iter()
                .map(|(name, n)| (name.clone(), *n))
                .collect(),
            digests: entry
                .digests
                .iter()
                .map(|digest| views::digest_brief(&self.library.digests[*digest]))
                .collect(),
            related: views::related(self.library, entry),
            cite: self.cite(n),
            previous,
            next,
        }
    }

    /// Where to look for a paper whose address nobody gave.
    fn find(&self, entry: &Entry) -> Vec<FindLink> {
        cite::find_links(&entry.title, &self.settings.find_sites)
            .into_iter()
            .map(|link| FindLink {
                label: link.label.to_owned(),
                url: link.url,
            })
            .collect()
    }

    /// Whether a paper's page offers every form of citation and every network.
    fn has_full_foot(&self) -> bool {
        match self.theme.option("paper_foot") {
            Some("all") => true,
            Some("short") => false,
            _ => self.library.papers.len() <= MOST_FULL_FEET,
        }
    }

    fn cite(&self, n: usize) -> Cite {
        let url = self.absolute(&self.library.papers[n].paper.path());
        let item = cite::Item {
            url: url.as_deref(),
            ..bibliography::item(&self.library.papers[n])
        };
        let work = cite::Work::of(item);
        let key = &self.keys[n];
        let all = self.has_full_foot();
        let written = |write: &dyn Fn() -> String| if all { write() } else { String::new() };
        Cite {
            references: cite::Style::ALL
                .into_iter()
                .filter(|style| all || *style == cite::Style::Apa)
                .map(|style| Reference {
                    style: style.label(),
                    key: style.key(),
                    html: Value::safe_string(&cite::text(&work, style).html),
                })
                .collect(),
            bibtex: cite::bibtex(&work, key),
            // The format ends lines as Windows does; HTML has one kind of line end.
            ris: written(&|| cite::ris(&work).replace('\r', "")),
            csl: written(&|| cite::csl_json(&work, key)),
        }
    }

    /// The papers before and after one in the newest digest that lists it.
    fn beside(&self, n: usize) -> (Option<MenuItem>, Option<MenuItem>) {
        let item = |n: usize| MenuItem {
            title: self.library.papers[n].title.clone(),
            path: self.library.papers[n].paper.path(),
        };
        // Papers stand in the order of their newest digest, so neighbours in it
        // are neighbours in the library.
        let same = |other: usize| {
            self.library.papers[other].digests.first() == self.library.papers[n].digests.first()
        };
        let in_digest = !self.library.papers[n].digests.is_empty();
        let previous = n
            .checked_sub(1)
            .filter(|&other| in_digest && same(other))
            .map(item);
        let next = Some(n + 1)
            .filter(|&other| in_digest && other < self.library.papers.len() && same(other))
            .map(item);
        (previous, next)
    }
}
