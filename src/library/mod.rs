//! The library: all content, read, scored and linked. Papers, topics and digests refer
//! to one another by number, so that a list of ten thousand costs ten thousand numbers.

mod assemble;
mod authors;
mod dangling;
mod digests;
mod entry;
mod export;
mod export_csv;
mod future;
mod groups;
mod linking;
mod meaning;
mod naming;
mod order;
mod paper;
mod related;
mod suggest;
mod terms;
mod timeline;
mod trending;
mod trends;
mod venues;

pub use assemble::{Request, assemble, prose_options};
pub use authors::{AuthorEntry, least_papers};
pub use entry::{DigestEntry, Entry, TopicEntry, TopicScore};
pub use export::Exported;
pub use groups::Group;
pub use meaning::Known;
pub use related::{Neighbour, Related, Subject, mark};
pub use suggest::Suggestion;
pub use terms::{Count, Length, TermId, Terms, Text};
pub use timeline::{Basis, Period, Timeline};
pub use trending::{are_counted, foremost, most_noted, trending};
pub use trends::{LEAST_PAPERS, Linked, Rising, TopicTrend, Trends, Word};
pub use venues::{Appearance, VenueEntry, VenueYear};

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::content::{Redirect, Removed};
use crate::derive::{Blocks, Derived};
use crate::meaning::{Table, Vector};
use crate::model::{FreePage, Paper, TopicId};
use crate::text::Cut;
use crate::topics::{Evidence, Filter, Query, Scored, Taxonomy};

/// Everything a site is made of.
#[derive(Debug, Default)]
pub struct Library {
    /// The papers, newest first; within a day in the order of the digest.
    pub papers: Vec<Entry>,
    /// All topics, also those without papers, by id.
    pub topics: Vec<TopicEntry>,
    /// The authors who have a page, by family name.
    pub authors: Vec<AuthorEntry>,
    /// The venues, by name.
    pub venues: Vec<VenueEntry>,
    /// The digests, newest first.
    pub digests: Vec<DigestEntry>,
    /// The free pages, by address.
    pub pages: Vec<FreePage>,
    /// The metric that papers are noted by: the one that most of them have.
    pub metric: Option<&'static str>,
    /// Papers that were removed; the pages at their addresses say so.
    pub removed: Vec<Removed>,
    /// Old addresses and their targets.
    pub redirects: Vec<Redirect>,
    /// The rules of the topics, by the same numbers.
    pub taxonomy: Taxonomy,
    /// Cached neighbours of papers.
    pub blocks: Arc<Blocks>,
    /// The source of the papers' vectors.
    meaning: meaning::Source,
    comparison: OnceLock<Comparison>,
}

/// A paper as it is compared with others.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The [`mark`] of the name of its page.
    pub name: u64,
    /// Its texts.
    pub derived: Arc<Derived>,
    /// Its words, if they are known.
    pub words: Option<Cut>,
    /// Whether it may be related to others; a withdrawn paper may not.
    pub is_offered: bool,
    /// What it is about, where that is not derived from its texts alone.
    vector: Option<Box<Vector>>,
    /// A number for each of its authors, ascending.
    pub authors: Box<[u64]>,
}

impl Compared {
    /// What it is about.
    pub fn vector(&self) -> &Vector {
        self.vector.as_deref().unwrap_or(&self.derived.vector)
    }
}

/// The results of comparing the papers of a library with one another.
#[derive(Debug, Default)]
pub struct Comparison {
    terms: Terms,
    related: Related,
}

impl Comparison {
    /// Compares papers. `known` has cached results of papers that were compared before.
    pub fn of(papers: &[Compared], known: &Blocks) -> Self {
        let terms = Terms::with(known, papers.len(), |n| Text {
            title: &papers[n].derived.title,
            abstract_text: &papers[n].derived.abstract_text,
            words: papers[n].words.as_ref(),
            print: Some(papers[n].derived.print),
        });
        let subjects: Vec<Subject<'_>> = papers
            .iter()
            .map(|paper| Subject {
                name: paper.name,
                title: &paper.derived.title,
                is_offered: paper.is_offered,
                vector: paper.vector(),
                phrases: &paper.derived.phrases,
                print: paper.derived.print,
                authors: &paper.authors,
            })
            .collect();
        Self {
            related: Related::of(&terms, &subjects, known),
            terms,
        }
    }
}

impl Library {
    /// The words of the papers, for every comparison.
    pub fn terms(&self) -> &Terms {
        &self.comparison().terms
    }

    /// The related papers of each paper.
    pub fn related(&self) -> &Related {
        &self.comparison().related
    }

    /// Compares the papers on the first call, which takes a while in a large library.
    fn comparison(&self) -> &Comparison {
        self.comparison
            .get_or_init(|| Comparison::of(&self.compared(), &self.blocks))
    }

    /// The vectors of words, if the site has any.
    pub fn table(&self) -> Option<&Table> {
        self.meaning.table(&self.papers, &self.blocks)
    }

    /// What a paper is about.
    pub fn vector(&self, paper: usize) -> Vector {
        self.meaning.vector(&self.papers, paper, &self.blocks)
    }

    /// What a paper is about by its title alone.
    pub fn title_vector(&self, paper: usize) -> Vector {
        self.meaning.title_vector(&self.papers, paper, &self.blocks)
    }

    /// How many of the words that papers share are in the built-in table.
    pub fn known_words(&self) -> Known {
        meaning::known_words(self.terms())
    }

    /// The data that papers are compared by.
    pub fn compared(&self) -> Vec<Compared> {
        let papers = self.papers.iter();
        papers
            .map(|entry| Compared {
                name: mark(entry.paper.slug.as_str()),
                derived: Arc::clone(&entry.derived),
                words: entry.words.clone(),
                is_offered: !entry.paper.withdrawn,
                vector: Some(self.vector(entry.number))
                    .filter(|vector| *vector != entry.vector)
                    .map(Box::new),
                authors: author_numbers(&entry.paper),
            })
            .collect()
    }

    /// The words that a paper has in common with a neighbour, the most specific first.
    pub fn shared<'a>(
        &'a self,
        paper: usize,
        neighbour: &'a Neighbour,
    ) -> impl Iterator<Item = Cow<'a, str>> {
        let derived = &self.papers[paper].derived;
        let spans = neighbour.shared().iter();
        spans.map(|span| span.of(&derived.title, &derived.abstract_text))
    }

    /// Drops the words of papers. Anything that needs them later takes longer.
    pub fn forget_words(&mut self) {
        for entry in &mut self.papers {
            entry.words = None;
        }
    }

    /// Whether the papers were compared.
    pub fn is_compared(&self) -> bool {
        self.comparison.get().is_some()
    }

    /// Adopts a comparison of these papers that was made elsewhere.
    pub fn compare_by(&mut self, comparison: Comparison) {
        self.comparison = comparison.into();
    }

    /// The papers that match a query, out of some papers.
    pub fn asked_for<'a>(&self, query: &Query, papers: Vec<&'a Entry>) -> Vec<&'a Entry> {
        let topics: Vec<(&TopicId, &str)> = self
            .live_topics()
            .map(|entry| (&entry.topic.id, entry.topic.name.as_str()))
            .collect();
        let mut filter = Filter::new(query, &topics);
        let mut asked = papers;
        asked.retain(|entry| {
            let topics = entry.topics.iter().map(|score| &self.topics[score.topic]);
            let ids: Vec<TopicId> = topics.clone().map(|one| one.topic.id.clone()).collect();
            let names: Vec<&str> = topics
                .map(|one| one.topic.name.as_str())
                .chain(entry.short.as_deref())
                .collect();
            filter.matches(&Evidence {
                topics: &ids,
                names: &names,
                ..entry.evidence()
            })
        });
        asked
    }

    /// The topics that the rules assign to a paper.
    pub fn score(&self, paper: &Paper, derived: &Derived, most: usize) -> Vec<TopicScore> {
        entry::score(
            &self.taxonomy,
            &mut self.taxonomy.scan(),
            paper,
            (derived, None),
            most,
        )
    }

    /// All evidence for the topics of a paper, both those it has and those it missed.
    /// `most` is the most topics that a paper can have.
    pub fn explain(&self, entry: &Entry, most: usize) -> Vec<Scored> {
        let mut scan = self.taxonomy.scan();
        self.taxonomy.explain(&mut scan, &entry.evidence(), most)
    }

    /// The topics that have papers.
    pub fn live_topics(&self) -> impl Iterator<Item = &TopicEntry> {
        self.topics.iter().filter(|topic| !topic.papers.is_empty())
    }
}

/// A number for each author of a paper, ascending.
fn author_numbers(paper: &Paper) -> Box<[u64]> {
    let authors = paper.authors.iter();
    let mut numbers: Vec<u64> = authors
        .map(|author| related::mark(&author.name.to_string().to_lowercase()))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into()
}
