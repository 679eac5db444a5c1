//! The large container: many small files, of which a query loads a few.
//!
//! `root.json` has the range of terms in each file (`t/`) and the names of the files of
//! cards (`c/`), of spellings (`d/`) and of columns (`f/`). The names are derived from
//! the content, so that a browser with an old root never reads a file of another build
//! by mistake.

mod dictionary;
mod files;
mod terms;

pub(super) use files::files;
pub(super) use terms::start;
