//! The weight of a term in a paper, which a posting has next to the paper's number.
//!
//! BM25F without the inverse document frequency, which the browser computes: the
//! occurrences in all fields are added first, each field with its own factor, and
//! saturate together. So a word in title and abstract does not count twice. A weight
//! depends only on its own paper; other papers do not change it. The browser computes
//! the same weights from an elasticlunr index, so the arithmetic here and in
//! `elasticlunr.js` must stay the same to the last bit.

/// The fields of a paper that are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Short,
    Authors,
    Keywords,
    Topics,
    Abstract,
}

impl Field {
    /// All fields, in the order of their numbers.
    pub(super) const ALL: [Self; 6] = [
        Self::Title,
        Self::Short,
        Self::Authors,
        Self::Keywords,
        Self::Topics,
        Self::Abstract,
    ];

    /// The name in the index.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Short => "short",
            Self::Authors => "authors",
            Self::Keywords => "keywords",
            Self::Topics => "topics",
            Self::Abstract => "abstract",
        }
    }
}

/// How often a term occurs in each field of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Occurrences([u8; Field::ALL.len()]);

impl Occurrences {
    /// Counts one more.
    pub(super) fn add(&mut self, field: Field) {
        let count = &mut self.0[field as usize];
        *count = count.saturating_add(1).min(MOST);
    }

    fn at_most(&self, field: Field, most: u8) -> f64 {
        f64::from(self.0[field as usize].min(most))
    }

    /// The weight in a paper whose title and abstract have this many terms.
    pub(super) fn weight(&self, title_length: u32, abstract_length: u32) -> Weight {
        let title = self.at_most(Field::Title, 2);
        let author = self.at_most(Field::Authors, 1);
        let title_part = 4.0 * title / (0.7 + 0.3 * f64::from(title_length.min(40)) / 12.0);
        let abstract_part =
            self.at_most(Field::Abstract, MOST) / (0.4 + 0.6 * f64::from(abstract_length) / 120.0);
        let sum = title_part
            + 4.0 * self.at_most(Field::Short, 1)
            + 2.0 * author
            + 2.5 * self.at_most(Field::Topics, 2)
            + abstract_part;
        // Keywords find a paper but do not raise its rank: few sources have any, and
        // papers from the others are equally relevant.
        let level = (LEVELS * sum / (sum + 1.6)).floor();
        // `sum` is finite and positive, so the level is within 0 to 15.
        Weight {
            level: level as u8,
            in_title: title > 0.0,
            in_authors: author > 0.0,
        }
    }
}

/// More occurrences than this do not make a term more relevant.
const MOST: u8 = 63;

const LEVELS: f64 = 16.0;

/// The relevance of a paper for one of its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weight {
    /// 0 to 15.
    pub(super) level: u8,
    /// Whether the term is in the title.
    pub(super) in_title: bool,
    /// Whether it is in an author's name.
    pub(super) in_authors: bool,
}
