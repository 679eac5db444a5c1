//! The search of a portable site: the search page, which has its words, and all files of
//! the index in one script.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::search::Built;

/// Where the script is.
pub(in crate::site) const SCRIPT: &str = "search/index.js";

/// The most bytes of the index: a browser reads all of it before the first answer.
const MOST: usize = 25_000_000;

/// What the script gives to the page.
#[derive(Serialize)]
struct Search<'a> {
    /// The search page.
    page: &'a str,
    /// The texts of the files of the index by their paths.
    files: BTreeMap<&'a str, &'a str>,
}

/// The script of an index.
pub(in crate::site) fn script(page: &str, index: &Built) -> Vec<u8> {
    let files = index
        .files
        .iter()
        .filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)));
    let search = Search {
        page,
        files: files.collect(),
    };
    let json = serde_json::to_string(&search).expect("strings are JSON");
    format!("globalThis.offprintSearch={json};\n").into_bytes()
}

/// Says that an index is too large for one script, if so.
pub(in crate::site) fn check_size(index: &Built) -> Option<Diagnostic> {
    (index.bytes > MOST).then(|| {
        let message = format!(
            "the search of a portable site is one script, and would have {} MB; browsers bear {} MB",
            index.bytes / 1_000_000,
            MOST / 1_000_000
        );
        Diagnostic::error("portable-too-large", message).help(
            "set `[search] engine = \"none\"`, or make a page of a part, such as `offprint export --format html --topic ID`",
        )
    })
}
