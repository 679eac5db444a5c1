//! Letters and twins: a digest as an e-mail, a list of papers as Markdown.

use crate::library::Entry;
use crate::render::{Print, escape_url_path, views};
use crate::site::jobs::root_of;
use crate::site::scope::{LetterForm, Scope};
use crate::syndicate::{
    Letter, LetterLink, LetterPaper, LetterWords, Twin, TwinPaper, email_html, email_txt, twin,
};

use super::digest::digest_title;
use super::words::filled;
use super::{Made, Pages, PaperPrints};

impl Pages<'_> {
    /// A digest as an e-mail.
    pub(super) fn letter(&self, digest: usize, form: LetterForm) -> Made {
        let entry = &self.library.digests[digest];
        let inputs = |prints: &PaperPrints| {
            let papers = entry.papers.iter().map(|(n, _)| prints.listed(*n));
            let papers: Vec<Print> = papers.collect();
            (views::digest_brief(entry), &entry.digest.note, papers)
        };
        self.file_of(form.file(), inputs, || self.letter_text(digest, form))
    }

    fn letter_text(&self, digest: usize, form: LetterForm) -> String {
        let entry = &self.library.digests[digest];
        let brief = views::digest_brief(entry);
        let title = digest_title(&brief, &self.theme.words);
        // The day is said once: where there is no title it is the title.
        let day = match entry.digest.date {
            Some(date) if brief.title.is_some() => {
                crate::render::day(date, "long", &self.theme.words)
            }
            _ => String::new(),
        };
        let url = self.absolute(&entry.digest.path());
        let texts: Vec<PaperTexts> = entry
            .papers
            .iter()
            .map(|(n, _)| self.paper_texts(*n))
            .collect();
        let words = LetterWords {
            more: self.word("letter_more"),
            on_the_web: self.word("letter_on_the_web"),
        };
        let papers = entry
            .papers
            .iter()
            .zip(&texts)
            .map(|((n, _), texts)| self.letter_paper(&self.library.papers[*n], texts))
            .collect();
        let letter = Letter {
            title: &title,
            site: &self.settings.title,
            day: &day,
            note: &entry.digest.note,
            url: url.as_deref(),
            language: &self.settings.language,
            papers,
            words: &words,
        };
        match form {
            LetterForm::Html => email_html(&letter),
            LetterForm::Text => email_txt(&letter),
        }
    }

    fn letter_paper<'a>(&'a self, entry: &'a Entry, texts: &'a PaperTexts) -> LetterPaper<'a> {
        LetterPaper {
            title: &entry.title,
            url: texts.url.as_deref(),
            authors: &texts.authors,
            venue: entry.paper.venue.as_deref().unwrap_or_default(),
            summary: &entry.summary,
            topics: entry
                .topics
                .iter()
                .zip(&texts.topics)
                .map(|(score, url)| LetterLink {
                    label: &self.library.topics[score.topic].topic.name,
                    url: url.as_deref(),
                })
                .collect(),
        }
    }

    fn paper_texts(&self, n: usize) -> PaperTexts {
        let entry = &self.library.papers[n];
        let topics = entry.topics.iter();
        PaperTexts {
            url: self.absolute(&entry.paper.path()),
            authors: self.author_line(entry),
            topics: topics
                .map(|score| self.absolute(&self.library.topics[score.topic].topic.path()))
                .collect(),
        }
    }

    /// The authors that a card names, on one line.
    fn author_line(&self, entry: &Entry) -> String {
        let brief = views::brief(self.library, entry);
        let mut line = brief.authors.join(", ");
        if brief.more_authors > 0 {
            let more = self.word("and_more");
            line.push(' ');
            line.push_str(&filled(&more, brief.more_authors, &[]));
        }
        line
    }

    /// The papers of a topic or digest as Markdown.
    pub(super) fn twin(&self, of: Scope) -> Made {
        let numbers = of.papers(self.library);
        let inputs = |prints: &PaperPrints| {
            let papers: Vec<Print> = numbers.iter().map(|n| prints.listed(*n)).collect();
            (self.scope_inputs(of), papers)
        };
        self.file_of("twin", inputs, || self.twin_text(of, &numbers))
    }

    fn twin_text(&self, of: Scope, numbers: &[usize]) -> String {
        let path = of.path(self.library);
        let root = root_of(&path);
        let (title, description) = match of {
            Scope::Topic(n) => {
                let topic = &self.library.topics[n].topic;
                (topic.name.clone(), topic.scope.clone())
            }
            Scope::Digest(n) => {
                let brief = views::digest_brief(&self.library.digests[n]);
                let title = digest_title(&brief, &self.theme.words);
                (title, String::new())
            }
            Scope::Site | Scope::Author(_) => (self.settings.title.clone(), String::new()),
        };
        let entries = || numbers.iter().map(|n| &self.library.papers[*n]);
        let authors: Vec<String> = entries().map(|entry| self.author_line(entry)).collect();
        let url = self.absolute(&path);
        let page = Twin {
            title: &title,
            description: &description,
            url: url.as_deref(),
            papers: entries()
                .zip(&authors)
                .map(|(entry, authors)| TwinPaper {
                    title: &entry.title,
                    url: format!("{root}{}", escape_url_path(&entry.paper.path())),
                    authors,
                    facts: entry.paper.venue.as_deref().unwrap_or_default(),
                    summary: &entry.summary,
                })
                .collect(),
        };
        twin(&page)
    }
}

/// What a letter says of a paper that has to be put together first.
struct PaperTexts {
    url: Option<String>,
    authors: String,
    topics: Vec<Option<String>>,
}
