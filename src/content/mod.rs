//! The content tree: `content/`, where a site's papers, topics, digests and
//! pages stand as Markdown that people edit. This room reads it, brings new
//! records into it without losing an edit, and writes it.

mod bounds;
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
mod work;
mod writing;

pub use enrich::{Nameless, nameless, take_up};
pub use import::{
    Balance, FileReport, ImportOptions, ImportReport, Input, Preview, digest_id, import,
    import_into, unrecorded,
};
pub use ledger::{Ledger, Redirect};
pub use remove::{RemoveReport, Taken, remove, restore};
pub use removed::Removed;
pub use stamp::Stamp;
pub use topic_write::{topic_page, write_topic};
pub use tree::{
    Content, DigestFile, DigestPage, Known, NoneKnown, Origin, PaperPage, Print, ReadBefore,
    TopicPage, read_paper,
};

/// The folder within a site that holds the content.
pub const FOLDER: &str = "content";
