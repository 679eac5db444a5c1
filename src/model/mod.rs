//! The data model: papers, topics, digests and their parts. Nothing here does I/O;
//! all other modules use these types.

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
mod rare;
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
pub use kind::PublicationKind;
pub use link::{LinkKind, Links, is_publishable_url, plain_host};
pub use name::{Name, is_group, is_others, without_others};
pub use page::FreePage;
pub use paper::{PAPER_LIST, Paper};
pub use rare::{Rare, Usual};
pub use record::Record;
pub use slug::{Slug, SlugError, slugify};
pub use small_map::{Entry as SmallMapEntry, Iter as SmallMapIter, SmallMap};
pub use source::Source;
pub use topic::{Topic, TopicId};

/// A calendar day. Papers and digests never carry times: converting one to the
/// reader's time zone could show the wrong day. For dates known only to the month
/// or year, see [`Day`].
pub type Date = jiff::civil::Date;
