//! A paper: its title and abstract are read, its topics scored, and it becomes
//! an entry of the library.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::dangling::{dangling, locate};
use super::entry::{Entry, TopicScore};
use crate::config::Settings;
use crate::content::PaperPage;
use crate::diagnostics::Diagnostics;
use crate::model::{Paper, Slug};
use crate::prose;
use crate::topics::{self, Evidence, Scan, Taxonomy};

/// Reads one paper after the other.
pub(super) struct Reader<'a> {
    pub(super) site: &'a Path,
    pub(super) settings: &'a Settings,
    pub(super) taxonomy: &'a Taxonomy,
    pub(super) topics: &'a BTreeMap<&'a str, usize>,
    pub(super) options: prose::Options,
}

impl Reader<'_> {
    /// Reads a paper. Its number is known when all are read.
    pub(super) fn read(&self, page: PaperPage, scan: &mut Scan) -> (Entry, Diagnostics) {
        let PaperPage { paper, file, .. } = page;
        let mut found = Diagnostics::new();
        let title = prose::read_title(&paper.title, &self.options);
        let reading = prose::read_abstract(&paper.abstract_text, &paper.title, &self.options);
        let (summary, summary_html) = self.summary(&paper, &reading);
        let mut links = paper.links.clone();
        for link in reading.links() {
            links.entry(link.kind).or_insert_with(|| link.url.clone());
        }
        let title_text = title.plain();
        let abstract_text = reading.plain();
        let topics = match &paper.topics {
            Some(chosen) => self.chosen(&paper, chosen, &file, &mut found),
            None => self.scored(
                &Evidence {
                    title: &title_text,
                    abstract_text: &abstract_text,
                    links: &links,
                    ..Evidence::of(&paper)
                },
                scan,
            ),
        };
        let entry = Entry {
            number: 0,
            title_html: title.inline_html(),
            short: paper
                .short
                .clone()
                .or_else(|| prose::short_name(&title_text)),
            title: title_text,
            abstract_html: reading.html(),
            abstract_text,
            summary,
            summary_html,
            links,
            topics,
            digests: Vec::new(),
            authors: Vec::new(),
            venue: None,
            paper,
            file,
        };
        (entry, found)
    }

    fn summary(&self, paper: &Paper, reading: &prose::Reading) -> (String, String) {
        if let Some(given) = &paper.summary {
            let given = prose::read_title(given, &self.options);
            return (given.plain(), given.inline_html());
        }
        prose::key_sentence(reading, &paper.title)
            .map_or_else(Default::default, |sentence| (sentence.plain, sentence.html))
    }

    fn chosen(
        &self,
        paper: &Paper,
        chosen: &[Slug],
        file: &Arc<str>,
        found: &mut Diagnostics,
    ) -> Vec<TopicScore> {
        let mut topics = Vec::new();
        for id in chosen {
            match self.topics.get(id.as_str()) {
                Some(&topic) => topics.push(TopicScore { topic, score: 0.0 }),
                None => found.push(dangling(
                    "topic",
                    id,
                    self.topics.keys().copied(),
                    locate(self.site, file, "topics"),
                    &paper.slug,
                )),
            }
        }
        topics
    }

    fn scored(&self, evidence: &Evidence<'_>, scan: &mut Scan) -> Vec<TopicScore> {
        let scored = self
            .taxonomy
            .score(scan, evidence, self.settings.most_topics);
        let score = |scored: topics::Scored| TopicScore {
            topic: scored.topic,
            score: scored.score,
        };
        scored.into_iter().map(score).collect()
    }
}
