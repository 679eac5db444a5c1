//! A paper's page.

use tera::Value;

use crate::cite;
use crate::config::Canonical;
use crate::diagnostics::Diagnostic;
use crate::library::Entry;
use crate::model::Day;
use crate::render::{BesideView, FindLink, PaperContext, PaperView, list_views, views};

use super::super::bibliography;
use super::super::card::Subject;
use super::super::foot::Foot;
use super::super::jobs::{Job, root_of};
use super::super::templates::PAPER;
use super::{Made, Owner, Pages};

impl Pages<'_> {
    pub(super) fn paper(&self, job: &Job, n: usize) -> Result<Made, Box<Diagnostic>> {
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
        self.note_needs(Owner::Paper(n), &mut info);
        info.published = entry
            .paper
            .published
            .or(entry.paper.date.map(Day::from))
            .map(|day| day.digits("-"));
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
        if self.kit.foot != Foot::Whole && !self.kit.are_networks_chosen {
            let all = info.share.len();
            info.share.retain(|link| link.network == "email");
            info.more_share = self.kit.foot == Foot::Sheet && info.share.len() < all;
        }
        // The title stands in every head, and is marked as a citation's there.
        info.citation = cite::highwire(&work)
            .into_iter()
            .filter(|(name, _)| *name != "citation_title")
            .map(|(name, content)| (name.to_owned(), content))
            .collect();
        let mut view = self.paper_view(n);
        // What names thousands stands on the sheet alone.
        if self.kit.foot == Foot::Sheet && view.more_people > 0 {
            view.cite.bibtex.clear();
        }
        self.page(&PAPER, PaperContext { paper: view }, info, root)
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
        let listed_in = match entry.digests.as_slice() {
            [only] => Some(&self.library.digests[*only].digest)
                .filter(|digest| digest.date == paper.date && digest.title.is_none())
                .map(crate::model::Digest::path),
            _ => None,
        };
        let has_details = (listed_in.is_none() && !entry.digests.is_empty())
            || !paper.ids.is_empty()
            || paper.publication_year().is_some()
            || paper.updated.is_some()
            || paper.status.is_some()
            || paper.comment.is_some()
            || !paper.keywords.is_empty()
            || !paper.categories.is_empty()
            || !paper.funding.is_empty()
            || !paper.editors.is_empty()
            || !paper.metrics.is_empty()
            || paper.license.is_some();
        PaperView {
            brief: views::brief(self.library, entry),
            people: views::people(self.library, entry),
            others: paper.authors.others,
            more_people: paper.authors.len().saturating_sub(views::MOST_PEOPLE),
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
            extra: paper.extra.clone(),
            keywords: paper.keywords.clone(),
            categories: paper.categories.clone(),
            funding: paper.funding.clone(),
            editors: paper.editors.names().map(str::to_owned).collect(),
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
            dir: crate::model::direction(
                paper.language.as_deref().unwrap_or(&self.settings.language),
            ),
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
            listed_in,
            has_details,
            related: views::related(self.library, entry),
            cite: self.cite(n, self.kit.foot == Foot::Whole),
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

    /// The papers before and after one in the newest digest that lists it.
    fn beside(&self, n: usize) -> (Option<BesideView>, Option<BesideView>) {
        let item = |n: usize| BesideView {
            slug: self.library.papers[n].paper.slug.to_string(),
            title: self.library.papers[n].title.clone(),
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
