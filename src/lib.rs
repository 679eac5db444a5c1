//! Offprint, a static site generator for paper digests.
//!
//! The rooms stand in layers; data flows from the first to the last and an
//! arrow never points back (`tests/architecture.rs` reads the `use` lines):
//!
//! * base: [`model`], [`diagnostics`], [`text`], [`config`]
//! * in: `ingest`, `content`, `fetch`
//! * mind: `meaning`, `prose`, `topics`, `derive`, `library`, `map`
//! * out: `render`, `cite`, `search`, `syndicate`, `cards`
//! * whole: `site`, `preview`, `check`, `publish`
//! * top: `cli`
#![forbid(unsafe_code)]

// base
pub mod config;
pub mod diagnostics;
pub mod model;
pub mod text;

// in
pub mod content;
pub mod fetch;
pub mod ingest;

// mind
pub mod derive;
pub mod library;
pub mod map;
pub mod meaning;
pub mod prose;
pub mod topics;

// out
pub mod cards;
pub mod cite;
pub mod render;
pub mod search;
pub mod syndicate;

// whole
pub mod check;
pub mod preview;
pub mod publish;
pub mod site;

// top
pub mod cli;
