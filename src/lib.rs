//! Offprint, a static site generator for paper digests.
//!
//! Most people use the `offprint` command. This library offers the parts of it that
//! are useful in other programs.
//!
//! # Reading a digest
//!
//! [`ingest::read`] detects the format of a file and returns its papers as records.
//! It never fails: what cannot be used is rejected, with the line and the reason in
//! the diagnostics.
//!
//! ```
//! use offprint::ingest::{Request, read};
//!
//! let table = "title,authors,year\nGears That Turn,\"Doe, Jane\",2024\n";
//! let file = read(&Request::new("papers.csv", table.as_bytes()));
//!
//! assert_eq!(file.records.len(), 1);
//! assert_eq!(file.records[0].title, "Gears That Turn");
//! assert_eq!(file.records[0].year, Some(2024));
//! ```
//!
//! # Citing papers
//!
//! A [`cite::Work`] is a paper resolved for citation. All formats are written from
//! it: BibTeX, RIS, CSL-JSON, and references in any citation style.
//!
//! ```
//! use offprint::cite::{Item, Work, bibtex, keys};
//! use offprint::model::{Author, Paper, Slug};
//!
//! let slug = Slug::parse("gears").expect("letters only");
//! let mut paper = Paper::new(slug, "Gears That Turn");
//! paper.facts.authors.push(Author::named("Jane Doe"));
//! paper.facts.year = Some(2024);
//!
//! let work = Work::of(Item::new(&paper, "Gears That Turn"));
//! let keys = keys(std::slice::from_ref(&work));
//! let entry = bibtex(&work, &keys[0]);
//!
//! assert_eq!(keys[0], "doe2024gears");
//! assert!(entry.contains("Doe, Jane"));
//! ```
//!
//! # Showing abstracts
//!
//! [`prose::read_abstract`] repairs an abstract and reads its TeX. The result can be
//! shown as HTML with MathML, or as plain text.
//!
//! ```
//! use offprint::prose::{Options, read_abstract};
//!
//! let source = "We turn \\emph{all} gears in $O(n^2)$ steps.";
//! let html = read_abstract(source, "Gears That Turn", &Options::default()).html();
//!
//! assert!(html.contains("<em>all</em>"));
//! assert!(html.contains("<math"));
//! ```
//!
//! # Building a site
//!
//! [`site::build`] does what `offprint build` does, and returns its report.
//!
//! ```
//! use offprint::site::{BuildOptions, Silent, build};
//!
//! # let folder = tempfile::tempdir()?;
//! # let site = folder.path();
//! std::fs::create_dir_all(site.join("content/papers"))?;
//! std::fs::write(site.join("offprint.toml"), "[site]\ntitle = \"Gears\"\n")?;
//! std::fs::write(
//!     site.join("content/papers/gears.md"),
//!     "+++\ntitle = \"Gears That Turn\"\n+++\nWe turn gears.\n",
//! )?;
//! let report = build(site, &BuildOptions::default(), &Silent);
//!
//! assert!(!report.diagnostics.has_errors());
//! assert!(site.join("public/papers/gears/index.html").exists());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Modules
//!
//! The other modules are public only for the program, its tests and its benchmarks.
//! They are hidden here and may change at any time. Modules form layers: each uses
//! only those before it, which `tests/architecture.rs` checks.
//!
//! * base: [`model`], [`diagnostics`], `text`, `config`
//! * in: [`ingest`], `content`, `fetch`
//! * mind: `meaning`, [`prose`], `topics`, `derive`, `library`, `map`
//! * out: `render`, [`cite`], `search`, `syndicate`, `social`
//! * whole: [`site`], `preview`, `check`, `publish`
//! * top: `cli`
#![forbid(unsafe_code)]

// base
#[doc(hidden)]
pub mod config;
pub mod diagnostics;
pub mod model;
#[doc(hidden)]
pub mod text;

// in
#[doc(hidden)]
pub mod content;
#[doc(hidden)]
pub mod fetch;
pub mod ingest;

// mind
#[doc(hidden)]
pub mod derive;
#[doc(hidden)]
pub mod library;
#[doc(hidden)]
pub mod map;
#[doc(hidden)]
pub mod meaning;
pub mod prose;
#[doc(hidden)]
pub mod topics;

// out
pub mod cite;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod search;
#[doc(hidden)]
pub mod social;
#[doc(hidden)]
pub mod syndicate;

// whole
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod preview;
#[doc(hidden)]
pub mod publish;
pub mod site;

// top
#[doc(hidden)]
pub mod cli;
