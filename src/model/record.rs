//! A record: one paper as one source states it, before it is known whether the
//! library has that paper already.

use super::{Facts, Source};

/// What a reader of digests found out about one paper. Its facts can be used as
/// its own fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Which kind of source speaks.
    pub source: Source,
    /// The line of the digest file on which the record begins, from 1.
    pub line: usize,
    /// What the source says.
    pub facts: Facts,
}

impl Record {
    /// A record of which only source, place and title are known.
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
