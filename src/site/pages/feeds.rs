//! Feeds and bibliographies: what can be subscribed to and taken along.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use crate::library::Entry as Paper;
use crate::model::{Date, Day, LinkKind};
use crate::render::{FeedLink, Print, escape_url_path, views};
use crate::site::bibliography::{self, Bibliography};
use crate::site::scope::{FeedForm, Scope};
use crate::syndicate::{Archive, Category, Feed, FeedEntry, NO_DAY, atom, json_feed};

use super::dump::{DUMP, DUMP_TYPE};
use super::{Made, Pages, PaperPrints};

impl Pages<'_> {
    /// The newest papers of a scope.
    pub(super) fn feed(&self, of: Scope, form: FeedForm) -> Made {
        let numbers = of.papers(self.library);
        let newest = &numbers[..numbers.len().min(self.settings.feed_limit)];
        self.file_of(
            form.file(),
            |prints| {
                let parts = self.feed_parts(of).len();
                (self.feed_inputs(prints, of, newest), parts)
            },
            || self.feed_text(of, form, newest),
        )
    }

    fn feed_parts(&self, of: Scope) -> Vec<Range<usize>> {
        of.feed_parts((self.settings, self.library, self.kit.layout))
    }

    /// All that a feed of some papers is made of.
    fn feed_inputs(&self, prints: &PaperPrints, of: Scope, papers: &[usize]) -> impl Serialize {
        let papers = papers.iter().map(|n| prints.listed(*n));
        let papers: Vec<Print> = papers.collect();
        (self.scope_inputs(of), papers, self.newest_day())
    }

    /// What a scope is called, and where it is.
    pub(super) fn scope_inputs(&self, of: Scope) -> impl Serialize {
        let path = of.path(self.library);
        match of {
            Scope::Site => (path, None, None),
            Scope::Topic(n) => {
                let topic = &self.library.topics[n].topic;
                (
                    path,
                    Some(topic.name.as_str()),
                    Some(Cow::Borrowed(topic.scope.as_str())),
                )
            }
            Scope::Digest(n) => {
                let digest = &self.library.digests[n].digest;
                let date = digest.date.map(|date| date.to_string());
                (path, digest.title.as_deref(), date.map(Cow::Owned))
            }
            Scope::Author(n) => (path, Some(self.library.authors[n].name.as_str()), None),
        }
    }

    fn feed_text(&self, of: Scope, form: FeedForm, newest: &[usize]) -> String {
        let home = self.home(of);
        let urls = FeedForm::ALL.map(|form| format!("{home}{}", form.file()));
        let parts = self.feed_parts(of).len();
        let newest_part = format!("{home}{}", FeedForm::part_file(parts));
        let entries: Vec<FeedEntry> = newest.iter().map(|n| self.feed_entry(*n)).collect();
        let archive = Archive {
            previous: (parts > 0).then_some(newest_part.as_str()),
            ..Archive::default()
        };
        self.feed_document(of, &urls[0], &entries, archive, form)
    }

    /// A part of a feed's archive. It says what papers are about and not all of
    /// their abstracts: a reader who goes back that far looks for something.
    pub(super) fn feed_part(&self, of: Scope, part: usize) -> Made {
        let numbers = of.papers(self.library);
        let parts = self.feed_parts(of);
        let from_oldest = parts[part - 1].clone().rev();
        let papers: Vec<usize> = from_oldest
            .map(|from_oldest| numbers[numbers.len() - 1 - from_oldest])
            .collect();
        self.file_of(
            "feed part",
            |prints| (self.feed_inputs(prints, of, &papers), part, parts.len()),
            || self.feed_part_text(of, part, parts.len(), &papers),
        )
    }

    fn feed_part_text(&self, of: Scope, part: usize, parts: usize, papers: &[usize]) -> String {
        let home = self.home(of);
        let url = |part: usize| format!("{home}{}", FeedForm::part_file(part));
        let entries: Vec<FeedEntry> = papers
            .iter()
            .map(|n| FeedEntry {
                content_html: String::new(),
                ..self.feed_entry(*n)
            })
            .collect();
        let current = format!("{home}{}", FeedForm::Atom.file());
        let (own, previous, next) = (url(part), url(part.saturating_sub(1)), url(part + 1));
        let archive = Archive {
            current: Some(&current),
            previous: (part > 1).then_some(previous.as_str()),
            next: (part < parts).then_some(next.as_str()),
            ..Archive::default()
        };
        self.feed_document(of, &own, &entries, archive, FeedForm::Atom)
    }

    /// The absolute address of the page that a feed is of.
    fn home(&self, of: Scope) -> String {
        let path = escape_url_path(&of.path(self.library));
        format!("{}{path}", self.settings.base_url)
    }

    fn feed_document(
        &self,
        of: Scope,
        own_url: &str,
        entries: &[FeedEntry],
        archive: Archive<'_>,
        form: FeedForm,
    ) -> String {
        let home = self.home(of);
        let json_url = format!("{home}{}", FeedForm::Json.file());
        let (title, subtitle) = match of {
            Scope::Topic(n) => {
                let topic = &self.library.topics[n].topic;
                (
                    format!("{} – {}", topic.name, self.settings.title),
                    topic.scope.clone(),
                )
            }
            Scope::Author(n) => (
                format!("{} – {}", self.library.authors[n].name, self.settings.title),
                String::new(),
            ),
            Scope::Site | Scope::Digest(_) => (
                self.settings.title.clone(),
                self.settings.description.clone(),
            ),
        };
        let categories = match of {
            Scope::Topic(n) => vec![self.category(n)],
            _ => Vec::new(),
        };
        let updated = entries.iter().filter_map(|entry| entry.updated).max();
        let feed = Feed {
            id: &home,
            title: &title,
            subtitle: &subtitle,
            home_url: &home,
            feed_url: own_url,
            json_url: &json_url,
            language: &self.settings.language,
            updated: updated.unwrap_or_else(|| self.newest_day()),
            author: Some(self.settings.curator.as_str()).filter(|curator| !curator.is_empty()),
            hub: Some(self.settings.feed_hub.as_str())
                .filter(|hub| !hub.is_empty() && archive.current.is_none()),
            categories: &categories,
            entries: entries.iter().collect(),
            archive,
        };
        match form {
            FeedForm::Atom => atom(&feed),
            FeedForm::Json => json_feed(&feed),
        }
    }

    fn feed_entry(&self, n: usize) -> FeedEntry {
        let entry = &self.library.papers[n];
        let paper = &entry.paper;
        let base = &self.settings.base_url;
        let url = format!("{base}{}", escape_url_path(&paper.path()));
        // A day that depends on other papers would move with each of them, and every
        // reader's program would show the entry as new again.
        let listed = entry.digests.iter();
        let listed = listed.filter_map(|n| self.library.digests[*n].digest.date);
        let day = paper
            .date
            .or(paper.published.map(Day::first))
            .or_else(|| listed.min())
            .or_else(|| Date::new(paper.publication_year()?, 1, 1).ok());
        let links = views::links(entry);
        let external = links
            .iter()
            .find(|link| matches!(link.kind, "paper" | "pdf"))
            .map(|link| link.url.clone());
        let html = if views::summary_only(self.settings) {
            format!("<p>{}</p>", entry.summary_html())
        } else {
            entry.abstract_html().into_owned()
        };
        FeedEntry {
            external_url: external,
            title_html: (entry.title_html() != crate::render::escape(&entry.title))
                .then(|| entry.title_html().to_owned()),
            published: day,
            authors: paper
                .authors
                .iter()
                .map(|author| author.name.to_string())
                .collect(),
            summary: entry.summary.clone(),
            content_html: html,
            categories: entry
                .topics
                .iter()
                .map(|score| self.category(score.topic))
                .collect(),
            links: links
                .iter()
                .filter(|link| link.kind == LinkKind::Pdf.key())
                .map(|link| crate::syndicate::EntryLink {
                    rel: "related".to_owned(),
                    href: link.url.clone(),
                    media_type: Some("application/pdf".to_owned()),
                    title: Some("PDF".to_owned()),
                })
                .collect(),
            language: paper.language.clone(),
            ..FeedEntry::new(
                self.feed_id(entry),
                url,
                &entry.title,
                paper.updated.max(day),
            )
        }
    }

    /// What names a paper in feeds for ever: its first address, also after its
    /// page was renamed, so that feed readers do not show it as new.
    fn feed_id(&self, entry: &Paper) -> String {
        let path = entry.paper.path();
        let first = self
            .library
            .redirects
            .iter()
            .find(|redirect| redirect.to == path)
            .map(|redirect| &redirect.from);
        format!(
            "{}{}",
            self.settings.base_url,
            escape_url_path(first.unwrap_or(&path))
        )
    }

    fn category(&self, topic: usize) -> Category {
        let topic = &self.library.topics[topic].topic;
        Category {
            id: topic.id.to_string(),
            label: topic.name.clone(),
            scheme: Some(format!("{}topics/", self.settings.base_url)),
        }
    }

    fn newest_day(&self) -> Date {
        self.library
            .papers
            .iter()
            .find_map(|entry| entry.paper.date)
            .unwrap_or(NO_DAY)
    }

    /// The papers of a scope, to take along.
    pub(super) fn bibliography(&self, of: Scope, form: Bibliography) -> Made {
        let numbers = of.papers(self.library);
        let inputs = |prints: &PaperPrints| -> Vec<Print> {
            numbers.iter().map(|n| prints.own(*n)).collect()
        };
        self.file_of(form.label(), inputs, || {
            let papers: Vec<&Paper> = numbers.iter().map(|n| &self.library.papers[*n]).collect();
            let keys: Vec<&str> = numbers
                .iter()
                .map(|n| self.kit.key(self.library, *n))
                .collect();
            bibliography::text(&self.settings.base_url, &papers, &keys, form)
        })
    }

    /// The other forms of a page: its feeds and bibliographies.
    pub(super) fn alternates(&self, of: Scope) -> Vec<FeedLink> {
        let path = of.path(self.library);
        let name = match of {
            Scope::Site => self.settings.title.clone(),
            Scope::Topic(n) => self.library.topics[n].topic.name.clone(),
            Scope::Digest(n) => self.library.digests[n].digest.id.to_string(),
            Scope::Author(n) => self.library.authors[n].name.clone(),
        };
        let link = |label: String, media_type: &'static str, file: &str| FeedLink {
            title: format!("{name} – {label}"),
            label,
            is_feed: FeedForm::ALL.iter().any(|form| form.file() == file),
            media_type,
            path: format!("{path}{file}"),
        };
        let mut links = Vec::new();
        if of.has_feeds(self.settings) {
            links.push(link(
                self.word("feed_atom"),
                "application/atom+xml",
                FeedForm::Atom.file(),
            ));
            links.push(link(
                self.word("feed_json"),
                "application/feed+json",
                FeedForm::Json.file(),
            ));
        }
        if of == Scope::Site && self.settings.harvest.dump {
            let form = Bibliography::Bibtex;
            links.push(link(
                form.label().to_owned(),
                form.media_type(),
                form.file(),
            ));
            links.push(link("JSON Lines (zstd)".to_owned(), DUMP_TYPE, DUMP));
        }
        let (layout, papers) = (self.kit.layout, of.count(self.library));
        for form in layout.bibliographies(of, papers) {
            links.push(link(
                form.label().to_owned(),
                form.media_type(),
                form.file(),
            ));
        }
        if layout.has_twin(of, papers) {
            links.push(link("Markdown".to_owned(), "text/markdown", "index.md"));
        }
        links
    }
}
