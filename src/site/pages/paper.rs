//! A paper's page.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::cite;
use crate::config::Canonical;
use crate::diagnostics::Diagnostic;
use crate::library::{Entry, Library};
use crate::model::{Date, Day};
use crate::render::{
    BesideView, FindLink, PageContext, PageInfo, PaperView, Template, list_views, views,
};
use crate::site::bibliography;
use crate::site::card::Subject;
use crate::site::foot::Foot;
use crate::site::jobs::{Job, root_of};

use super::{Made, Owner, Page, Pages, PaperPrints, for_you};

pub(in crate::site) const PAPER: Template<PageContext<PaperContext>> =
    Template::new("paper.html", "A paper.");

/// `paper.html` and `cite.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct PaperContext {
    /// The paper in full.
    pub(super) paper: PaperView,
}

/// A paper, by its number in the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct PaperPage(pub(in crate::site) usize);

impl Page for PaperPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.paper(job, self.0)
    }

    fn shape(&self, library: &Library) -> u32 {
        shape(library, &library.papers[self.0])
    }

    fn day(&self, library: &Library) -> Option<Date> {
        let paper = &library.papers[self.0].paper;
        paper.updated.max(paper.date)
    }

    fn source(&self, library: &Library) -> Option<String> {
        Some(library.papers[self.0].file.to_string())
    }

    fn compares_papers(&self) -> bool {
        true
    }
}

impl Pages<'_> {
    fn paper(&self, job: &Job, n: usize) -> Result<Made, Box<Diagnostic>> {
        self.page_of(
            &PAPER,
            root_of(&job.path),
            |prints| self.paper_inputs(prints, n),
            || Ok(self.paper_context(n)),
        )
    }

    /// All that the page of a paper and its sheet are made of.
    pub(super) fn paper_inputs(&self, prints: &PaperPrints, n: usize) -> impl Serialize {
        let related = self.library.related().of_paper(n).iter();
        let related: Vec<_> = related
            .take(views::RELATED)
            .map(|neighbour| {
                let shared = self.library.shared(n, neighbour).take(views::TERMS);
                (
                    prints.own(neighbour.paper),
                    shared.collect::<Vec<_>>(),
                    neighbour.is_near_duplicate,
                )
            })
            .collect();
        let beside = self.neighbours_in_digest(n);
        let beside = beside.map(|other| other.map(|other| prints.own(other)));
        let later: Vec<_> = (self.later(n).into_iter())
            .map(|other| prints.own(other))
            .collect();
        (
            prints.listed(n),
            (related, later),
            beside,
            self.note_inputs(Owner::Paper(n)),
            self.note_inputs(Owner::Picture(n)),
            (self.map_number(n), self.map_near(n)),
        )
    }

    fn paper_context(&self, n: usize) -> (PaperContext, PageInfo) {
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
        self.picture_needs(n, &mut info);
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
        info.cite_as = self.cite_as(n);
        info.signposts = self.signposts_in_head(n);
        info.json_ld = (self.kit.layout.is_paper_told()).then(|| self.paper_data(n, &work));
        info.card = self.card_link(Subject::Paper(n), &entry.title);
        if self.kit.layout.foot == Foot::Whole || self.kit.are_networks_chosen {
            info.share = self.share(&entry.title, &info.url);
        } else {
            let is_told = self.kit.layout.is_paper_told();
            info.share = self.share_on(&entry.title, &info.url, |network| {
                is_told && network == "email"
            });
            let all = self.share_count(&info.url);
            info.more_share = self.kit.layout.foot == Foot::Sheet && info.share.len() < all;
        }
        // Every head has the title, marked as that of a citation.
        info.citation = cite::highwire(&work)
            .into_iter()
            .filter(|(name, _)| *name != "citation_title")
            .map(|(name, content)| (name.to_owned(), content))
            .collect();
        let mut view = self.paper_view(n, &work);
        // On each page of a large site it would be megabytes, and the topic's page says it.
        if self.kit.layout.is_large() {
            view.brief
                .topics
                .iter_mut()
                .for_each(|topic| topic.scope.clear());
        }
        // BibTeX with thousands of names is only on the sheet.
        if self.kit.layout.foot == Foot::Sheet && view.more_people > 0 {
            view.cite.bibtex.clear();
        }
        (PaperContext { paper: view }, info)
    }

    pub(super) fn paper_view(&self, n: usize, work: &cite::Work<'_>) -> PaperView {
        let entry = &self.library.papers[n];
        let paper = &entry.paper;
        let links = views::links(entry);
        let find = if views::has_address(&links) {
            Vec::new()
        } else {
            self.find(entry)
        };
        let license = paper.license.clone();
        let [previous, next] =
            (self.neighbours_in_digest(n)).map(|other| other.map(|other| self.beside(other)));
        let listed_in = match entry.digests.as_slice() {
            [only] => Some(&self.library.digests[*only].digest)
                .filter(|digest| digest.date == paper.date && digest.title.is_none())
                .map(crate::model::Digest::path),
            _ => None,
        };
        let has_details = !entry.digests.is_empty()
            || paper.date.is_some()
            || paper.published.is_some()
            || (links.iter()).any(|link| !matches!(link.kind, "pdf" | "code" | "paper"))
            || !paper.ids.is_empty()
            || paper.updated.is_some()
            || paper.status.is_some()
            || paper.comment.is_some()
            || !paper.keywords.is_empty()
            || !paper.categories.is_empty()
            || !paper.funding.is_empty()
            || !paper.editors.is_empty()
            || paper.license.is_some();
        PaperView {
            brief: views::brief(self.library, entry),
            meaning: for_you::row(self.settings, self.library, n),
            people: views::people(self.library, entry),
            others: paper.authors.others,
            more_people: paper.authors.len().saturating_sub(views::MOST_PEOPLE),
            venue_path: list_views::appearance_path(self.library, entry),
            abstract_html: Value::safe_string(&entry.abstract_html()),
            summary_only: views::summary_only(self.settings),
            notes_html: self.note(Owner::Paper(n)),
            published: paper.published.map(|date| date.to_string()),
            updated: paper.updated.map(|date| date.to_string()),
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
            comment_html: (!entry.comment_html.is_empty())
                .then(|| Value::safe_string(&entry.comment_html)),
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
            map_number: self.map_number(n),
            map_svg: self.map_near(n).map(|svg| Value::safe_string(&svg)),
            related: views::related(self.library, entry),
            later: views::besides(self.library, &self.later(n)),
            image_html: self.picture_of(n),
            vignette: self.vignette_of(n),
            cite: self.cite(n, work, self.kit.layout.foot == Foot::Whole),
            previous,
            next,
        }
    }

    /// Later papers of a paper's authors. In a large library they would be a tenth of it.
    fn later(&self, n: usize) -> Vec<usize> {
        match self.kit.layout.has_extras() {
            true => views::later(self.library, &self.library.papers[n]),
            false => Vec::new(),
        }
    }

    /// A paper's own picture, as HTML.
    pub(super) fn picture_of(&self, n: usize) -> Option<Value> {
        let picture = self.kit.notes.html(Owner::Picture(n))?;
        // Markdown takes a picture for a paragraph.
        let html = picture.to_string();
        let html = html.trim();
        let inner = html.strip_prefix("<p>").unwrap_or(html);
        Some(Value::safe_string(
            inner.strip_suffix("</p>").unwrap_or(inner),
        ))
    }

    /// The drawing that stands for a paper without a picture.
    pub(super) fn vignette_of(&self, n: usize) -> Option<Value> {
        let is_wanted =
            self.kit.layout.has_extras() && self.kit.notes.html(Owner::Picture(n)).is_none();
        is_wanted.then(|| views::vignette(self.library, &self.library.papers[n]))
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
    fn neighbours_in_digest(&self, n: usize) -> [Option<usize>; 2] {
        let papers = &self.library.papers;
        let digest = papers[n].digests.first();
        // Nobody reads a whole library from one paper to the next.
        let Some(digest) = digest.filter(|n| !self.kit.layout.is_whole(self.digest_size(**n)))
        else {
            return [None, None];
        };
        // Papers are in the order of their newest digest, so neighbours in it are
        // neighbours in the library.
        let same = |other: &usize| {
            let other = papers.get(*other);
            other.is_some_and(|other| other.digests.first() == Some(digest))
        };
        [n.checked_sub(1).filter(same), Some(n + 1).filter(same)]
    }

    fn digest_size(&self, digest: usize) -> usize {
        self.library.digests[digest].papers.len()
    }

    fn beside(&self, n: usize) -> BesideView {
        BesideView {
            slug: self.library.papers[n].paper.slug.to_string(),
            title: self.library.papers[n].title.clone(),
        }
    }
}

/// Which optional parts a paper has, as bits.
pub(super) fn shape(library: &Library, entry: &Entry) -> u32 {
    let paper = &entry.paper;
    let parts = [
        !paper.authors.is_empty(),
        paper.authors.iter().any(|author| author.orcid.is_some()),
        paper
            .authors
            .iter()
            .any(|author| author.affiliation.is_some()),
        entry.has_abstract(),
        !paper.notes.is_empty(),
        !paper.ids.is_empty(),
        !entry.links().is_empty(),
        !entry.topics.is_empty(),
        !entry.digests.is_empty(),
        paper.date.is_some(),
        paper.published.is_some(),
        paper.updated.is_some(),
        paper.venue.is_some(),
        paper.award.is_some(),
        !paper.metrics.is_empty(),
        paper.withdrawn,
        paper.image.is_some(),
        paper.license.is_some(),
        entry.short.is_some(),
        entry.venue.is_some(),
        entry.authors.iter().any(Option::is_some),
        library.is_compared() && !library.related().of_paper(entry.number).is_empty(),
    ];
    parts
        .iter()
        .enumerate()
        .map(|(n, part)| u32::from(*part) << n)
        .sum()
}
