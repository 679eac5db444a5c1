//! The content tree, `content/`: papers, topics, digests and pages as Markdown that
//! people edit. This module reads it, imports new records without losing edits, and
//! writes it.

mod limits;
mod digest_fields;
mod digest_import;
mod enrich;
mod field;
mod front_matter;
mod identity;
mod import;
mod imported;
mod ledger;
mod merge;
mod newcomer;
mod page_read;
mod page_write;
mod remove;
mod removed;
mod same_title;
mod stamp;
mod topic_write;
mod tree;
mod run;
mod writing;

pub use enrich::{Nameless, nameless, take_up};
pub use import::{
    Balance, FileReport, ImportOptions, ImportReport, Input, Preview, digest_id, import,
    import_into, unrecorded,
};
pub use ledger::{Ledger, Redirect};
pub use remove::{RemoveReport, MovedPaper, remove, restore};
pub use removed::Removed;
pub use stamp::Stamp;
pub use topic_write::write_topic;
pub use tree::{
    Content, DigestFile, DigestPage, Known, NoneKnown, Origin, PaperPage, Print, ReadBefore,
    TopicPage, read_paper,
};

/// The site's folder for content.
pub const FOLDER: &str = "content";
