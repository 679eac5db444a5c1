//! Citations: formats for tools that collect papers (BibTeX, RIS, CSL-JSON, COinS,
//! Highwire tags, JSON-LD), and references for people in any CSL style. Unknown
//! fields are left out, never invented.
//!
//! A paper is first resolved to a [`Work`]; all formats are written from that.

mod bibtex;
mod cited;
mod coins;
mod csl;
mod find;
mod highwire;
mod item;
mod json_ld;
mod key;
mod kind;
mod name;
mod plain;
mod ris;
mod style;
mod tex;
mod work;

pub use bibtex::{bibtex, bibtex_file};
pub use cited::{Mention, mentions};
pub use coins::coins;
pub use csl::{csl_file, csl_json};
pub use find::{FindLink, find_links};
pub use highwire::highwire;
pub use item::Item;
pub use json_ld::{
    Collection, Crumb, Thing, Website, json_for_script, json_ld_breadcrumbs, json_ld_collection,
    json_ld_paper, json_ld_website,
};
pub use key::keys;
pub use plain::{is_plain_char, one_line, percent_encode, web_address};
pub use ris::{ris, ris_file};
pub use style::{Citation, DEFAULT_STYLES, Style, StyleError, names as style_names};
pub use work::Work;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
