//! The nouns of the program: papers, topics, digests, and what they are made
//! of. Nothing here reads or writes a file; every other room speaks in these
//! terms.

mod author;
mod day;
mod digest;
mod direction;
mod facts;
mod id;
mod kind;
mod link;
mod name;
mod page;
mod paper;
mod record;
pub mod schema;
mod slug;
mod small_map;
mod source;
mod topic;

pub use author::{Author, People};
pub use day::{Day, Season};
pub use digest::{Digest, DigestId};
pub use direction::direction;
pub use facts::{Extra, Facts, Metrics, Publication};
pub use id::PaperId;
pub use kind::Kind;
pub use link::{LinkKind, Links, is_publishable_url, plain_host};
pub use name::{Name, is_group, is_others, without_others};
pub use page::FreePage;
pub use paper::{PAPER_LIST, Paper};
pub use record::Record;
pub use slug::{Slug, SlugError, slugify};
pub use small_map::{Entry as SmallMapEntry, Iter as SmallMapIter, SmallMap};
pub use source::Source;
pub use topic::{Topic, TopicId};

/// A calendar day. Papers and digests carry days, never times: a time would
/// shift with the reader's zone and name the wrong day. For a day that may be
/// known to the month or the year only there is [`Day`].
pub type Date = jiff::civil::Date;
