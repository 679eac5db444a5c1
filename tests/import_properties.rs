//! Damaged digests: whatever arrives, importing it twice changes nothing the second
//! time, and what was written can be read.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests and examples may stop at the first surprise, and say so"
)]

use std::collections::BTreeMap;
use std::path::Path;

use offprint::config::Settings;
use offprint::content::{Content, ImportOptions, Input, import};
use offprint::model::DigestId;
use proptest::prelude::*;

/// One digest of each family of formats.
const SEEDS: [&str; 6] = [
    "{\"title\": \"Gears\", \"abstract\": \"Gears turn.\", \"ids\": [\"arxiv:2501.00001\"], \"authors\": [\"Ada Apple\"], \"year\": 2024}\n{\"title\": \"..\", \"venue\": \"ICML 2024\", \"url\": \"https://example.org/a\", \"upvotes\": 3}\n",
    "@article{a, title = {Gears \\& Lamps}, author = {Apple, Ada and Berg, Jan van den}, year = 2024, doi = {10.1000/a}, pages = {1--9}}\n@misc{b, title = {Kilns}, note = {x}, url = {https://example.org/b}}\n",
    "TY  - JOUR\nTI  - Gears\nAU  - Apple, Ada\nPY  - 2024/03/14\nDO  - 10.1000/a\nAB  - Gears turn.\nER  - \n\nTY  - CONF\nTI  - Kilns\nER  - \n",
    "title,abstract,authors,year\nGears,\"Gears, they turn.\",Ada Apple; Ben Birch,2024\nKilns,Kilns burn.,,\n",
    "Gears: A Study of Wheels\n\nAda Apple, Ben Birch\n\nWe study gears and how they turn, at length, in many machines. https://example.org/code\n\nKilns and Their Fires\n\nKilns burn things that are put into them, as we show by experiment.\n",
    "<rss version=\"2.0\"><channel><title>D</title><item><title>Gears</title><link>https://example.org/a</link><description>Gears turn.</description></item><item><title>Kilns</title></item></channel></rss>\n",
];

/// Pieces inserted to damage a digest.
const PIECES: [&str; 34] = [
    "",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "\0",
    "\u{7f}",
    "\u{feff}",
    "\u{2028}",
    "\u{202e}",
    "\u{301}",
    "..",
    "—",
    "+++",
    "---",
    "<!-- notes -->\n",
    "\n<!-- notes -->\n",
    "\"",
    "\\",
    "{",
    "}",
    "]",
    ",",
    ";",
    " and ",
    "&amp;",
    "<b>",
    "$",
    "2024-13-45",
    "99999999999999999999",
    "-1",
    "arxiv:2501.00001v9",
    "doi:10.1000/%41",
    "https://exa mple.org/ü?a#b",
];

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (
                entry.path().display().to_string(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_second_import_changes_nothing(
        seed in 0..SEEDS.len(),
        damage in prop::collection::vec((0usize..1000, 0usize..40, 0..PIECES.len()), 0..5),
    ) {
        let mut text = SEEDS[seed].to_owned();
        for (at, cut, piece) in damage {
            let from = text.floor_char_boundary(at * text.len() / 1000);
            let to = text.floor_char_boundary((from + cut / 4).min(text.len())).max(from);
            text.replace_range(from..to, PIECES[piece]);
        }
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path();
        std::fs::write(site.join("offprint.toml"), "").unwrap();
        let settings = Settings::default();
        let run = || {
            let input = Input {
                name: "a".to_owned(),
                id: DigestId::parse("2025-01-01").unwrap(),
                bytes: text.clone().into_bytes(),
            };
            import(site, &settings, vec![input], &ImportOptions::default())
        };
        run();
        let (_, found) = Content::read(site);
        prop_assert!(!found.has_errors(), "{:?} {:?}", text, found);
        let first = files(site);
        let report = run();
        prop_assert_eq!(report.total.new + report.total.updated, 0, "{:?}", text);
        let second = files(site);
        for (file, bytes) in &second {
            let before = first.get(file).map(|bytes| String::from_utf8_lossy(bytes));
            let after = String::from_utf8_lossy(bytes);
            prop_assert_eq!(before.as_deref(), Some(&*after), "{:?} {}", text, file);
        }
        prop_assert_eq!(first.len(), second.len(), "{:?}", text);
    }
}
