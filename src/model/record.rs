//! A record: one paper as one source describes it, before it is matched with the
//! library.

use super::{Facts, Source};

/// One paper as read from a digest. Derefs to its facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The source it comes from.
    pub source: Source,
    /// The line in the digest file where the record starts, starting at 1.
    pub line: usize,
    /// What the source says.
    pub facts: Facts,
}

impl Record {
    /// A record with only a source, a line and a title.
    pub fn new(source: Source, line: usize, title: impl Into<String>) -> Self {
        let title = title.into();
        Self {
            source,
            line,
            facts: Facts {
                title,
                ..Facts::default()
            },
        }
    }
}

impl std::ops::Deref for Record {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl std::ops::DerefMut for Record {
    fn deref_mut(&mut self) -> &mut Facts {
        &mut self.facts
    }
}
