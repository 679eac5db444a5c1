//! Topics: what a paper is about. The taxonomy, the rules it is written in, and
//! the scoring that shows its evidence.

mod compile;
mod discovery;
mod evidence;
mod filter;
mod matching;
mod near;
mod query;
mod scored;
mod shipped;
mod taxonomy;

pub use compile::TopicSource;
pub use discovery::{Discovery, LEAST_PAPERS, MOST_TOPICS, is_about_the_work, plain};
pub use evidence::Evidence;
pub use filter::Filter;
pub use matching::Scan;
pub use query::{
    CountRange, DateRange, Field, Has, MAX_BYTES, MAX_DEPTH, Metric, Mode, PartialDate, Query,
    QueryError, Term, YearRange, names_module,
};
pub use scored::{Find, Scored, Verdict};
pub use shipped::{shipped, shipped_names, shipped_source, with_shipped};
pub use taxonomy::{DEFAULT_THRESHOLD, Taxonomy};
