//! Finds where a key is in `offprint.toml`, for faults that only show up when the
//! settings meet the rest of the site.

use std::path::Path;

use toml::de::DeTable;

use super::FILE_NAME;
use crate::diagnostics::Place;

/// Where a key's value is; the file alone if it cannot be found.
pub fn place_of(site: &Path, table: &str, key: &str) -> Place {
    find(site, table, key).unwrap_or_else(|| Place::file(FILE_NAME))
}

fn find(site: &Path, table: &str, key: &str) -> Option<Place> {
    let text = std::fs::read_to_string(site.join(FILE_NAME)).ok()?;
    let (root, _) = DeTable::parse_recoverable(&text);
    let value = root.get_ref().get(table)?.get_ref().get(key)?;
    Some(Place::span(FILE_NAME, &text, value.span()))
}
