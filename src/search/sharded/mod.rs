//! The large container: many small files, of which a query loads a few.
//!
//! `root.json` tells which range of terms lies in which file (`t/`) and how the
//! files of cards (`c/`), of spellings (`d/`) and of columns (`f/`) are called. The
//! names come from the content, so that a browser that has an old root never reads
//! a file of another build by mistake.

mod dictionary;
mod files;
mod terms;

pub(super) use files::files;
pub(super) use terms::start;
