//! The content tree, `content/`: papers, topics, digests and pages as Markdown that
//! people edit. This module reads it, imports new records without losing edits, and
//! writes it.

mod digest_fields;
mod digest_import;
mod enrich;
mod field;
mod front_matter;
mod identity;
mod import;
mod imported;
mod limits;
mod merge;
mod newcomer;
mod page_read;
mod page_write;
mod redirects;
mod remove;
mod removed;
mod run;
mod same_title;
mod stamp;
mod topic_write;
mod tree;
mod writing;

pub use enrich::{Nameless, nameless, take_up};
pub use import::{
    Balance, FileReport, ImportOptions, ImportReport, Input, Preview, digest_id, import,
    import_into, unrecorded,
};
pub use redirects::{Redirect, Redirects};
pub use remove::{MovedPaper, RemoveReport, remove, restore};
pub use removed::Removed;
pub use stamp::Stamp;
pub use topic_write::{topic_page, write_topic};
pub use tree::{
    Content, DigestFile, DigestPage, Known, Listing, NoneKnown, Origin, PaperPage, Print,
    ReadBefore, TopicPage, read_paper,
};

/// The site's folder for content.
pub const FOLDER: &str = "content";
