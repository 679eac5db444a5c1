//! Offprint from outside: the real binary on sites in temporary folders. One
//! module a feature; `docs/testing.md` tells how a test is written.

#[path = "../support/mod.rs"]
mod support;

mod broken;
mod edits;
mod identity;
mod import;
mod output;
