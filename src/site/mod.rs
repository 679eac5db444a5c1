//! The site: which pages there are, what their addresses are, and the build that
//! renders them and writes what changed.

mod bibliography;
mod blocked;
mod build;
mod card;
mod chart;
mod cited;
mod copying;
mod edition;
mod foot;
mod handout;
mod harvest;
mod immutable;
mod index;
mod jobs;
mod layout;
mod live;
mod loading;
mod machines;
mod output;
mod pages;
mod plan;
mod portable;
mod progress;
mod report;
mod scope;
mod templates;
mod thrift;
mod whole;
mod writing;

pub use bibliography::{Bibliography, bibliography};
pub use build::{Alone, BuildOptions, build};
pub use cited::{Cited, Keyed, cited, keyed_bibliography};
pub use copying::{copy, refuse};
pub use edition::{Edition, state};
pub use handout::{Choice, handout};
pub use immutable::is_immutable;
pub use live::{Answer, Edit, Live};
pub use loading::load;
pub use output::{Record, Unfinished, key};
pub use portable::pack;
pub use progress::{Progress, Silent};
pub use report::{BuildReport, Stage};
pub use templates::templates;
