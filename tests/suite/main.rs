//! Tests of the real binary on sites in temporary folders, one module per feature.
//! `docs/testing.md` explains how to write a test.
#![allow(
    clippy::single_element_loop,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests and examples may stop at the first surprise, and say so"
)]

#[path = "../support/mod.rs"]
mod support;

mod bibliographies;
mod broken;
mod check;
mod cited;
mod content_links;
mod contexts;
mod docs;
mod edits;
mod export;
mod fetch;
mod fields;
mod formats;
mod harvest;
mod hostile;
mod identity;
mod import;
mod incremental;
mod killed;
mod links;
mod lists;
mod markdown;
mod names;
mod neighbours;
mod notes;
mod output;
mod outside;
mod packed;
mod pages;
mod pasted;
mod policy;
mod preview;
mod prose;
mod publish;
mod queries;
mod references;
mod refusals;
mod removing;
mod reports;
mod round_trips;
mod rules;
mod safekeeping;
mod safety;
mod settings;
mod sharing;
mod social;
mod terminal;
mod themes;
mod topics;
mod trends;
mod values;
mod weight;
