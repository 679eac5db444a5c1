//! A portable site: one that opens from a disk or a stick. Its scripts are classic ones,
//! and its search is in one of them, since browsers load neither modules nor data from a
//! disk.

mod bundle;
mod search;
mod zip;

pub(super) use bundle::{Bundles, bundles};
pub(super) use search::{SCRIPT, check_size, script};
pub use zip::pack;
