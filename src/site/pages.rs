//! Pages: each job's bytes. A page's context is built when it is rendered and
//! gone when it is written; only cards, which many pages show, are kept.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use crate::config::{Canonical, Engine, Settings};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::library::{Entry, Library};
use crate::prose;
use crate::render::{
    self, Cite, DigestView, FindLink, Links, MenuItem, Month, PageInfo, PaperView, ROOT, Renderer,
    SiteInfo, Theme, TopicView, views,
};

use super::jobs::{DIGEST_PAGE_SIZE, Job, Kind, root_of};
use super::output::GENERATOR;

/// How many papers of the newest digest the front page shows.
const FRONT_PAPERS: usize = 24;

/// How many digests the front page lists.
const FRONT_DIGESTS: usize = 12;

/// Everything that pages are rendered from.
#[derive(Debug)]
pub(super) struct Pages<'a> {
    settings: &'a Settings,
    library: &'a Library,
    theme: &'a Theme,
    renderer: Renderer,
    /// Each paper's card, with a mark where the way to the root goes.
    cards: Vec<Value>,
    /// What people wrote, rendered, by what it belongs to.
    notes: BTreeMap<Owner, Value>,
}

/// What a rendered Markdown text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Paper(usize),
    Topic(usize),
    Digest(usize),
    Free(usize),
}

/// A paper in a list.
#[derive(Serialize)]
struct Item {
    card: Value,
    path: String,
    title: String,
    seen: bool,
}

impl<'a> Pages<'a> {
    /// Compiles the templates, renders what people wrote and the papers' cards.
    ///
    /// # Errors
    /// Gives all faults of templates and all links to pages that do not exist.
    pub(super) fn prepare(
        settings: &'a Settings,
        library: &'a Library,
        theme: &'a Theme,
    ) -> Result<Self, Diagnostics> {
        let renderer = Renderer::new(theme, globals(settings, library, theme))?;
        let mut pages = Self {
            settings,
            library,
            theme,
            renderer,
            cards: Vec::new(),
            notes: BTreeMap::new(),
        };
        let found = pages.render_notes();
        if found.has_errors() {
            return Err(found);
        }
        let cards: Result<Vec<Value>, Box<Diagnostic>> = library
            .papers
            .par_iter()
            .map(|entry| pages.card(entry))
            .collect();
        pages.cards = cards.map_err(|diagnostic| Diagnostics::from(*diagnostic))?;
        Ok(pages)
    }

    fn card(&self, entry: &Entry) -> Result<Value, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert("paper", &views::brief(self.library, entry));
        context.insert("root", ROOT);
        self.renderer.render_part("card.html", &context)
    }

    /// Renders all Markdown that people wrote.
    fn render_notes(&mut self) -> Diagnostics {
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
        let rendered: Vec<(Owner, Value, Diagnostics)> = texts
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
                (owner, Value::safe_string(&rendered.html), found)
            })
            .collect();
        let mut found = Diagnostics::new();
        for (owner, html, diagnostics) in rendered {
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

    fn note(&self, owner: Owner) -> Value {
        self.notes
            .get(&owner)
            .cloned()
            .unwrap_or_else(|| Value::safe_string(""))
    }

    fn word(&self, key: &str) -> String {
        self.theme.words.get(key).cloned().unwrap_or_default()
    }

    /// The bytes of a job's file.
    ///
    /// # Errors
    /// Gives what is wrong with the template.
    pub(super) fn render(&self, job: &Job) -> Result<Vec<u8>, Box<Diagnostic>> {
        let address = job.path.strip_suffix("index.html").unwrap_or(&job.path);
        match &job.kind {
            Kind::Index => self.index(job),
            Kind::Papers { page } => self.papers(job, address, *page),
            Kind::Paper(n) => self.paper(job, *n),
            Kind::Topics => self.topics(job),
            Kind::Topic { topic, page } => self.topic(job, address, *topic, *page),
            Kind::Digests => self.digests(job),
            Kind::Digest { digest, page } => self.digest(job, address, *digest, *page),
            Kind::Free(n) => self.free(job, *n),
            Kind::Search => self.search(job),
            Kind::NotFound => self.not_found(job),
            Kind::Redirect { to } => Ok(self.redirect(job, to)),
            Kind::Static(path) => Ok(self
                .theme
                .statics
                .get(path)
                .map(|asset| asset.bytes.to_vec())
                .unwrap_or_default()),
            Kind::CodeStyles => Ok(render::code::style_sheet().into_bytes()),
            Kind::NoJekyll => Ok(Vec::new()),
            Kind::Cname => Ok(format!("{}\n", self.settings.cname).into_bytes()),
        }
    }

    /// Files whose contexts differ in which parts they have: rendering these
    /// shows what is wrong with a template before anything is written.
    pub(super) fn samples(&self, jobs: &[Job]) -> Vec<usize> {
        let mut seen = std::collections::HashSet::new();
        let mut samples = Vec::new();
        for (n, job) in jobs.iter().enumerate() {
            let shape = match &job.kind {
                Kind::Paper(paper) => shape(&self.library.papers[*paper]),
                Kind::Papers { page } | Kind::Topic { page, .. } | Kind::Digest { page, .. } => {
                    u32::from(*page > 1)
                }
                Kind::Static(_) | Kind::Redirect { .. } => continue,
                _ => 0,
            };
            if seen.insert((std::mem::discriminant(&job.kind), shape)) {
                samples.push(n);
            }
        }
        samples
    }

    fn page_info(
        &self,
        kind: &'static str,
        address: &str,
        title: String,
        description: String,
    ) -> PageInfo {
        let url = if self.settings.base_url.is_empty() {
            String::new()
        } else {
            format!(
                "{}{}",
                self.settings.base_url,
                render::escape_url_path(address)
            )
        };
        PageInfo {
            kind,
            path: address.to_owned(),
            title,
            description,
            canonical: url.clone(),
            url,
            og_type: "website",
            ..PageInfo::default()
        }
    }

    fn context(&self, page: &PageInfo, root: &str) -> Context {
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("root", root);
        context
    }

    fn items(&self, numbers: impl Iterator<Item = (usize, bool)>) -> Value {
        let items: Vec<Item> = numbers
            .map(|(n, seen)| {
                let entry = &self.library.papers[n];
                Item {
                    card: self.cards[n].clone(),
                    path: entry.paper.path(),
                    title: entry.title.clone(),
                    seen,
                }
            })
            .collect();
        Value::from_serializable(&items)
    }

    fn index(&self, job: &Job) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let page = self.page_info(
            "index",
            "",
            self.settings.title.clone(),
            self.settings.description.clone(),
        );
        let mut context = self.context(&page, &root);
        let newest = self.library.digests.first();
        let shown = match newest {
            Some(entry) => self.items(entry.papers.iter().copied().take(FRONT_PAPERS)),
            None => {
                self.items((0..self.library.papers.len().min(FRONT_PAPERS)).map(|n| (n, false)))
            }
        };
        context.insert_value("papers", shown);
        if newest.is_some() {
            context.insert("digest", &self.digest_view(0));
        }
        let mut topics: Vec<_> = self.library.live_topics().map(views::topic_brief).collect();
        topics.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        context.insert("topics", &topics);
        let digests: Vec<_> = self
            .library
            .digests
            .iter()
            .take(FRONT_DIGESTS)
            .map(views::digest_brief)
            .collect();
        context.insert("digests", &digests);
        self.renderer.render("index.html", &context, &root)
    }

    fn papers(&self, job: &Job, address: &str, page: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let total = self.library.papers.len();
        let pager = views::pager("papers/", page, total, self.settings.page_size);
        let info = self.page_info(
            "papers",
            address,
            self.word("all_papers"),
            self.settings.description.clone(),
        );
        let mut context = self.context(&info, &root);
        let range = pager.first_item.saturating_sub(1)..pager.last_item;
        context.insert_value("papers", self.items(range.map(|n| (n, false))));
        context.insert("pager", &pager);
        self.renderer.render("papers.html", &context, &root)
    }

    fn paper(&self, job: &Job, n: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
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
        let mut context = self.context(&info, &root);
        context.insert("paper", &self.paper_view(n));
        self.renderer.render("paper.html", &context, &root)
    }

    fn paper_view(&self, n: usize) -> PaperView {
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
            people: views::people(entry),
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
            cite: Cite::default(),
            previous,
            next,
        }
    }

    fn find(&self, _entry: &Entry) -> Vec<FindLink> {
        Vec::new()
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

    fn topics(&self, job: &Job) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "topics",
            "topics/",
            self.word("topics"),
            self.settings.description.clone(),
        );
        let mut context = self.context(&info, &root);
        let mut topics: Vec<_> = self.library.live_topics().map(views::topic_brief).collect();
        topics.sort_by(|a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase()));
        context.insert("topics", &topics);
        self.renderer.render("topics.html", &context, &root)
    }

    fn topic(
        &self,
        job: &Job,
        address: &str,
        topic: usize,
        page: usize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let entry = &self.library.topics[topic];
        let brief = |n: &usize| views::topic_brief(&self.library.topics[*n]);
        let view = TopicView {
            brief: views::topic_brief(entry),
            introduction_html: self.note(Owner::Topic(topic)),
            parent: entry
                .parent
                .as_ref()
                .map(brief)
                .filter(|parent| parent.count > 0),
            children: entry.children.iter().map(brief).collect(),
            related: entry
                .related
                .iter()
                .map(|(n, shared)| render::TopicBrief {
                    count: *shared,
                    ..brief(n)
                })
                .collect(),
            newest: entry
                .papers
                .first()
                .and_then(|n| self.library.papers[*n].paper.date)
                .map(|date| date.to_string()),
        };
        let description = topic_description(&view, &self.settings.title, &self.theme.words);
        let info = self.page_info("topic", address, entry.topic.name.clone(), description);
        let pager = views::pager(
            &entry.topic.path(),
            page,
            entry.papers.len(),
            self.settings.page_size,
        );
        let mut context = self.context(&info, &root);
        let shown = &entry.papers[pager.first_item.saturating_sub(1)..pager.last_item];
        context.insert_value("papers", self.items(shown.iter().map(|n| (*n, false))));
        context.insert("pager", &pager);
        context.insert("topic", &view);
        self.renderer.render("topic.html", &context, &root)
    }

    fn digests(&self, job: &Job) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "digests",
            "digests/",
            self.word("digests"),
            self.settings.description.clone(),
        );
        let mut context = self.context(&info, &root);
        let mut months: Vec<Month> = Vec::new();
        for entry in &self.library.digests {
            let first = entry
                .digest
                .date
                .map(|date| date.first_of_month().to_string());
            match months.last_mut() {
                Some(month) if month.date == first => {
                    month.digests.push(views::digest_brief(entry))
                }
                _ => months.push(Month {
                    date: first,
                    digests: vec![views::digest_brief(entry)],
                }),
            }
        }
        context.insert("months", &months);
        self.renderer.render("digests.html", &context, &root)
    }

    fn digest_view(&self, digest: usize) -> DigestView {
        let library = self.library;
        let entry = &library.digests[digest];
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (n, _) in &entry.papers {
            for score in &library.papers[*n].topics {
                *counts.entry(score.topic).or_default() += 1;
            }
        }
        let mut topics: Vec<_> = counts
            .into_iter()
            .map(|(topic, count)| render::TopicBrief {
                count,
                ..views::topic_brief(&library.topics[topic])
            })
            .collect();
        topics.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let curator =
            entry.digest.curator.clone().or_else(|| {
                Some(self.settings.curator.clone()).filter(|curator| !curator.is_empty())
            });
        DigestView {
            brief: views::digest_brief(entry),
            curator,
            note_html: self.note(Owner::Digest(digest)),
            earlier: library.digests.get(digest + 1).map(views::digest_brief),
            later: digest
                .checked_sub(1)
                .map(|later| views::digest_brief(&library.digests[later])),
            topics,
            seen_before: entry.papers.iter().filter(|(_, seen)| *seen).count(),
        }
    }

    fn digest(
        &self,
        job: &Job,
        address: &str,
        digest: usize,
        page: usize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let entry = &self.library.digests[digest];
        let view = self.digest_view(digest);
        let title = digest_title(&view.brief, &self.theme.words);
        let info = self.page_info("digest", address, title, self.settings.description.clone());
        let pager = views::pager(
            &entry.digest.path(),
            page,
            entry.papers.len(),
            DIGEST_PAGE_SIZE,
        );
        let mut context = self.context(&info, &root);
        let shown = &entry.papers[pager.first_item.saturating_sub(1)..pager.last_item];
        context.insert_value("papers", self.items(shown.iter().copied()));
        context.insert("pager", &pager);
        context.insert("digest", &view);
        self.renderer.render("digest.html", &context, &root)
    }

    fn free(&self, job: &Job, n: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let page = &self.library.pages[n];
        let description = page
            .description
            .clone()
            .unwrap_or_else(|| self.settings.description.clone());
        let info = self.page_info("page", &page.path(), page.title.clone(), description);
        let mut context = self.context(&info, &root);
        context.insert("title", &page.title);
        context.insert("date", &page.date.map(|date| date.to_string()));
        context.insert_value("body", self.note(Owner::Free(n)));
        self.renderer.render("page.html", &context, &root)
    }

    fn search(&self, job: &Job) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "search",
            "search/",
            self.word("search"),
            self.settings.description.clone(),
        );
        let mut context = self.context(&info, &root);
        let topics: Vec<_> = self.library.live_topics().map(views::topic_brief).collect();
        context.insert("topics", &topics);
        self.renderer.render("search.html", &context, &root)
    }

    /// The error page is shown at addresses of any depth, so its links cannot be
    /// relative: they begin where the site does.
    fn not_found(&self, job: &Job) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = url::Url::parse(&self.settings.base_url)
            .map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
        let mut info = self.page_info("404", &job.path, self.word("not_found"), String::new());
        info.noindex = true;
        info.canonical.clear();
        let context = self.context(&info, &root);
        self.renderer.render("404.html", &context, &root)
    }

    fn redirect(&self, job: &Job, to: &str) -> Vec<u8> {
        let target = format!("{}{}", root_of(&job.path), render::escape_url_path(to));
        let target = render::escape(&target);
        let canonical = if self.settings.base_url.is_empty() {
            String::new()
        } else {
            format!(
                "<link rel=\"canonical\" href=\"{}{}\">\n",
                render::escape(&self.settings.base_url),
                render::escape_url_path(to)
            )
        };
        let moved = render::escape(&self.word("moved"));
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{moved}</title>\n<meta name=\"generator\" content=\"{GENERATOR}\">\n<meta name=\"robots\" content=\"noindex\">\n{canonical}<meta http-equiv=\"refresh\" content=\"0; url={target}\">\n</head>\n<body>\n<p><a href=\"{target}\">{moved}</a></p>\n</body>\n</html>\n",
            render::escape(&self.settings.language),
        )
        .into_bytes()
    }
}

/// Which optional parts a paper has, as bits.
fn shape(entry: &Entry) -> u32 {
    let paper = &entry.paper;
    let parts = [
        !paper.authors.is_empty(),
        paper.authors.iter().any(|author| author.orcid.is_some()),
        paper
            .authors
            .iter()
            .any(|author| author.affiliation.is_some()),
        !entry.abstract_html.is_empty(),
        !paper.notes.is_empty(),
        !paper.ids.is_empty(),
        !entry.links.is_empty(),
        !entry.topics.is_empty(),
        !entry.digests.is_empty(),
        paper.date.is_some(),
        paper.published.is_some(),
        paper.updated.is_some(),
        paper.venue.is_some(),
        paper.award.is_some(),
        !paper.metrics.is_empty(),
        paper.withdrawn,
        paper.license.is_some(),
        entry.short.is_some(),
    ];
    parts
        .iter()
        .enumerate()
        .map(|(n, part)| u32::from(*part) << n)
        .sum()
}

/// A digest's title: its own, else its day, else its id.
fn digest_title(brief: &render::DigestBrief, words: &BTreeMap<String, String>) -> String {
    let day = || {
        Some(render::day(
            brief.date.as_deref()?.parse().ok()?,
            "long",
            words,
        ))
    };
    brief
        .title
        .clone()
        .or_else(day)
        .unwrap_or_else(|| brief.id.clone())
}

fn topic_description(view: &TopicView, site: &str, words: &BTreeMap<String, String>) -> String {
    let key = if view.brief.count == 1 {
        "topic_description_one"
    } else {
        "topic_description"
    };
    let pattern = words.get(key).map_or("{name}: {scope}", String::as_str);
    pattern
        .replace("{n}", &crate::diagnostics::thousands(view.brief.count))
        .replace("{name}", &view.brief.name)
        .replace("{scope}", &view.brief.scope)
        .replace("{site}", site)
        .trim_end_matches([':', ' '])
        .to_owned()
}

fn globals(settings: &Settings, library: &Library, theme: &Theme) -> render::Globals {
    let rtl = ["ar", "fa", "he", "ur", "yi", "ps", "sd", "ug"];
    let primary = settings.language.split('-').next().unwrap_or_default();
    let info = SiteInfo {
        title: settings.title.clone(),
        description: settings.description.clone(),
        base_url: settings.base_url.clone(),
        language: settings.language.clone(),
        dir: if rtl.contains(&primary) { "rtl" } else { "ltr" },
        curator: settings.curator.clone(),
        generator: GENERATOR.to_owned(),
        papers: library.papers.len(),
        topics: library.live_topics().count(),
        digests: library.digests.len(),
        newest: library
            .digests
            .iter()
            .filter_map(|entry| entry.digest.date)
            .max()
            .map(|date| date.to_string()),
        menu: library
            .pages
            .iter()
            .filter(|page| page.menu && page.route.len() == 1)
            .map(|page| MenuItem {
                title: page.title.clone(),
                path: page.path(),
            })
            .collect(),
        search: settings.engine != Engine::None,
    };
    vec![
        ("site", Value::from_serializable(&info)),
        ("t", Value::from_serializable(&theme.words)),
        ("theme", theme.options_value()),
    ]
}
