//! Building: from documents to the files below `search/`.

use super::{Papers, Person, elasticlunr, meaning, root, sharded};
use crate::config::Engine;
use crate::derive::Blocks;
use crate::diagnostics::Diagnostic;
use crate::meaning::Table;

/// A file: its path below `search/` and its content.
pub(super) type File = (String, Vec<u8>);

/// Which kind of index was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// One elasticlunr index.
    Elasticlunr,
    /// Files for ranges of terms.
    Sharded,
    /// None.
    None,
}

impl Container {
    /// The name in the root of an index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Elasticlunr => "elasticlunr",
            Self::Sharded => "sharded",
            Self::None => "none",
        }
    }
}

/// A built index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// The files: path below `search/` and content, sorted by path. The engine
    /// itself is not among them.
    pub files: Vec<File>,
    /// Which kind of index it is.
    pub container: Container,
    /// The size of all files together.
    pub bytes: usize,
}

impl Built {
    /// No index.
    pub fn none() -> Self {
        Self {
            files: Vec::new(),
            container: Container::None,
            bytes: 0,
        }
    }

    /// The path of the file with which the index begins, below `search/`; none where
    /// there is no index.
    pub fn root(&self) -> Option<&str> {
        let mut paths = self.files.iter().map(|(path, _)| path.as_str());
        paths.find(|path| path.starts_with(root::NAME))
    }
}

/// Beyond so many bytes of elasticlunr index, `auto` takes the sharded container:
/// a reader's first query should not wait for half a megabyte (compressed).
const AUTO_LIMIT: usize = 4_000_000;

/// Beyond so many bytes an elasticlunr index is refused: a browser needs seconds
/// to read it, and hosts refuse files not much larger.
const LIMIT: usize = 50_000_000;

/// Builds the index of `papers` and of the `people` who wrote them. The same papers give
/// the same bytes. `words` has the vectors of the words that a reader may type, where
/// papers are to be found by meaning. `known` has what was made of papers before.
///
/// # Errors
///
/// `search-index-too-large` where elasticlunr is asked for and its index would be
/// larger than 50 MB.
#[expect(clippy::result_large_err, reason = "it happens once a run")]
pub fn build(
    papers: &dyn Papers,
    people: &[Person<'_>],
    engine: Engine,
    words: Option<&Table>,
    known: &Blocks,
) -> Result<Built, Diagnostic> {
    let (meaning_files, meaning) = match engine {
        Engine::None => (Vec::new(), None),
        _ => meaning::files(papers, words, known),
    };
    let sharded = || sharded::files(papers, people, meaning.as_deref(), known);
    let within = |limit| within(papers, people, limit, meaning.as_deref(), known);
    let (container, mut files) = match engine {
        Engine::None => (Container::None, Vec::new()),
        Engine::Sharded => (Container::Sharded, sharded()),
        Engine::Auto => match within(AUTO_LIMIT) {
            Ok(files) => (Container::Elasticlunr, files),
            Err(_) => (Container::Sharded, sharded()),
        },
        Engine::Elasticlunr => match within(LIMIT) {
            Ok(files) => (Container::Elasticlunr, files),
            Err(bytes) => return Err(too_large(bytes)),
        },
    };
    files.extend(meaning_files);
    files.sort();
    // Names come from what files hold: two columns that are alike are one file.
    files.dedup();
    files.iter_mut().for_each(|(_, content)| fit(content));
    Ok(Built {
        bytes: files.iter().map(|(_, content)| content.len()).sum(),
        files,
        container,
    })
}

/// Gives back the room that a file's content took as it grew: the files of a large
/// index wait in memory until everything else is ready.
fn fit(content: &mut Vec<u8>) {
    if content.capacity() - content.len() > content.len() / 8 {
        // A smaller copy; allocators leave a block that shrinks as it is.
        *content = content.as_slice().to_vec();
    }
}

/// The files of an elasticlunr index, or about how large it would be.
fn within(
    papers: &dyn Papers,
    people: &[Person<'_>],
    limit: usize,
    meaning: Option<&str>,
    known: &Blocks,
) -> Result<Vec<File>, usize> {
    let least = elasticlunr::least_bytes(papers, limit);
    if least > limit {
        return Err(least);
    }
    let files = elasticlunr::files(papers, people, meaning, known);
    let mut named = files.iter();
    let index = named.find(|(path, _)| path.starts_with(elasticlunr::INDEX));
    let bytes = index.map_or(0, |(_, content)| content.len());
    if bytes > limit { Err(bytes) } else { Ok(files) }
}

fn too_large(bytes: usize) -> Diagnostic {
    let megabytes = |bytes: usize| bytes.div_ceil(1_000_000);
    Diagnostic::error(
        "search-index-too-large",
        format!(
            "the elasticlunr index would be about {} MB, more than the {} MB that browsers and hosts bear",
            megabytes(bytes),
            megabytes(LIMIT),
        ),
    )
    .field("search.engine")
    .help("set `engine = \"sharded\"` or `engine = \"auto\"` under `[search]`")
}
