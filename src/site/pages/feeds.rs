//! Feeds and bibliographies: what can be subscribed to and taken along.

use crate::library::Entry as Paper;
use crate::model::{Date, Day, LinkKind};
use crate::render::{FeedLink, escape_url_path, views};
use crate::syndicate::{Archive, Category, Entry, Feed, NO_DAY, atom, json_feed};

use super::super::bibliography::{self, Bibliography};
use super::super::scope::{FeedForm, Scope};
use super::Pages;

impl Pages<'_> {
    pub(super) fn feed(&self, of: Scope, form: FeedForm) -> String {
        let home = self.home(of);
        let urls = FeedForm::ALL.map(|form| format!("{home}{}", form.file()));
        let parts = of.feed_parts(self.settings, self.library).len();
        let newest_part = format!("{home}{}", FeedForm::part_file(parts));
        let entries: Vec<Entry> = of
            .papers(self.library)
            .into_iter()
            .take(self.settings.feed_limit)
            .map(|n| self.feed_entry(n))
            .collect();
        let archive = Archive {
            previous: (parts > 0).then_some(newest_part.as_str()),
            ..Archive::default()
        };
        self.feed_document(of, &urls[0], &entries, archive, form)
    }

    /// A part of a feed's archive. It says what papers are about and not all of
    /// their abstracts: a reader who goes back that far looks for something.
    pub(super) fn feed_part(&self, of: Scope, part: usize) -> String {
        let home = self.home(of);
        let url = |part: usize| format!("{home}{}", FeedForm::part_file(part));
        let parts = of.feed_parts(self.settings, self.library);
        let numbers = of.papers(self.library);
        let entries: Vec<Entry> = parts[part - 1]
            .clone()
            .rev()
            .map(|from_oldest| {
                let entry = self.feed_entry(numbers[numbers.len() - 1 - from_oldest]);
                Entry {
                    content_html: String::new(),
                    ..entry
                }
            })
            .collect();
        let current = format!("{home}{}", FeedForm::Atom.file());
        let (own, previous, next) = (url(part), url(part.saturating_sub(1)), url(part + 1));
        let archive = Archive {
            current: Some(&current),
            previous: (part > 1).then_some(previous.as_str()),
            next: (part < parts.len()).then_some(next.as_str()),
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
        entries: &[Entry],
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
            categories: &categories,
            entries: entries.iter().collect(),
            archive,
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
            format!("<p>{}</p>", entry.summary_html)
        } else {
            entry.abstract_html.clone()
        };
        Entry {
            external_url: external,
            title_html: (entry.title_html != crate::render::escape(&entry.title))
                .then(|| entry.title_html.clone()),
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
                paper.updated.max(day),
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
        let numbers = of.papers(self.library);
        let papers: Vec<&Paper> = numbers.iter().map(|n| &self.library.papers[*n]).collect();
        let keys: Vec<&str> = numbers
            .iter()
            .map(|n| self.kit.key(self.library, *n))
            .collect();
        bibliography::text(&self.settings.base_url, &papers, &keys, form)
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
            for form in Bibliography::ALL {
                links.push(link(
                    form.label().to_owned(),
                    form.media_type(),
                    form.file(),
                ));
            }
            links.push(link("Markdown".to_owned(), "text/markdown", "index.md"));
        }
        links
    }
}
