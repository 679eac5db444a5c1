//! Feeds and bibliographies: what can be subscribed to and taken along.

use crate::library::Entry as Paper;
use crate::model::{Date, LinkKind};
use crate::render::{FeedLink, escape_url_path, views};
use crate::syndicate::{Archive, Category, Entry, Feed, atom, json_feed};

use super::super::bibliography::{self, Bibliography};
use super::super::jobs::{FeedForm, Scope};
use super::Pages;

/// The day of what no source dates. Feeds want a day, and the clock may not
/// give one.
const NO_DAY: Date = Date::constant(1970, 1, 1);

impl Pages<'_> {
    pub(super) fn feed(&self, of: Scope, form: FeedForm) -> String {
        let base = &self.settings.base_url;
        let path = escape_url_path(&self.scope_path(of));
        let home = format!("{base}{path}");
        let urls = FeedForm::ALL.map(|form| format!("{home}{}", form.file()));
        let limit = self.settings.feed_limit;
        let entries: Vec<Entry> = self
            .scope_papers(of)
            .into_iter()
            .take(limit)
            .map(|n| self.feed_entry(n))
            .collect();
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
            _ => (
                self.settings.title.clone(),
                self.settings.description.clone(),
            ),
        };
        let categories = match of {
            Scope::Topic(n) => vec![self.category(n)],
            _ => Vec::new(),
        };
        let updated = entries.iter().map(|entry| entry.updated).max();
        let feed = Feed {
            id: &home,
            title: &title,
            subtitle: &subtitle,
            home_url: &home,
            feed_url: &urls[0],
            json_url: &urls[1],
            language: &self.settings.language,
            updated: updated.unwrap_or_else(|| self.newest_day()),
            author: Some(self.settings.curator.as_str()).filter(|curator| !curator.is_empty()),
            categories: &categories,
            entries: entries.iter().collect(),
            archive: Archive::default(),
        };
        match form {
            FeedForm::Atom => atom(&feed),
            FeedForm::Json => json_feed(&feed),
        }
    }

    fn feed_entry(&self, n: usize) -> Entry {
        let entry = &self.library.papers[n];
        let paper = &entry.paper;
        let base = &self.settings.base_url;
        let url = format!("{base}{}", escape_url_path(&paper.path()));
        let day = paper
            .date
            .or(paper.published)
            .or_else(|| Date::new(paper.publication_year()?, 1, 1).ok())
            .unwrap_or_else(|| self.newest_day());
        let links = views::links(entry);
        let external = links
            .iter()
            .find(|link| matches!(link.kind, "paper" | "pdf"))
            .map(|link| link.url.clone());
        let html = if views::summary_only(self.settings) {
            format!("<p>{}</p>", entry.summary_html)
        } else {
            entry.abstract_html.clone()
        };
        Entry {
            external_url: external,
            title_html: (entry.title_html != crate::render::escape(&entry.title))
                .then(|| entry.title_html.clone()),
            published: Some(day),
            authors: paper
                .authors
                .iter()
                .map(|author| author.name.clone())
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
                .map(|link| crate::syndicate::FeedLink {
                    rel: "related".to_owned(),
                    href: link.url.clone(),
                    media_type: Some("application/pdf".to_owned()),
                    title: Some("PDF".to_owned()),
                })
                .collect(),
            language: paper.language.clone(),
            ..Entry::new(
                self.feed_id(entry),
                url,
                &entry.title,
                paper.updated.max(Some(day)).unwrap_or(day),
            )
        }
    }

    /// What names a paper in feeds for ever: its first address, also after its
    /// page was renamed, lest readers show it as new.
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

    pub(super) fn bibliography(&self, of: Scope, form: Bibliography) -> String {
        let numbers = self.scope_papers(of);
        let papers: Vec<&Paper> = numbers.iter().map(|n| &self.library.papers[*n]).collect();
        let keys: Vec<&str> = numbers.iter().map(|n| self.keys[*n].as_str()).collect();
        bibliography::text(&self.settings.base_url, &papers, &keys, form)
    }

    /// The other forms of a page: its feeds and bibliographies.
    pub(super) fn alternates(&self, of: Scope) -> Vec<FeedLink> {
        let path = self.scope_path(of);
        let name = match of {
            Scope::Site => self.settings.title.clone(),
            Scope::Topic(n) => self.library.topics[n].topic.name.clone(),
            Scope::Digest(n) => self.library.digests[n].digest.id.to_string(),
            Scope::Author(n) => self.library.authors[n].name.clone(),
        };
        let link = |label: String, media_type: &'static str, file: &str| FeedLink {
            title: format!("{name} – {label}"),
            label,
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
        if of.has_bibliographies() {
            for (form, label, media_type) in [
                (Bibliography::Bibtex, "BibTeX", "application/x-bibtex"),
                (
                    Bibliography::Ris,
                    "RIS",
                    "application/x-research-info-systems",
                ),
                (
                    Bibliography::Csl,
                    "CSL JSON",
                    "application/vnd.citationstyles.csl+json",
                ),
            ] {
                links.push(link(label.to_owned(), media_type, form.file()));
            }
        }
        links
    }

    fn scope_path(&self, of: Scope) -> String {
        match of {
            Scope::Site => String::new(),
            Scope::Topic(n) => self.library.topics[n].topic.path(),
            Scope::Digest(n) => self.library.digests[n].digest.path(),
            Scope::Author(n) => self.library.authors[n].path(),
        }
    }

    fn scope_papers(&self, of: Scope) -> Vec<usize> {
        match of {
            Scope::Site => (0..self.library.papers.len()).collect(),
            Scope::Topic(n) => self.library.topics[n].papers.clone(),
            Scope::Author(n) => self.library.authors[n].papers.clone(),
            Scope::Digest(n) => self.library.digests[n]
                .papers
                .iter()
                .map(|(n, _)| *n)
                .collect(),
        }
    }
}
