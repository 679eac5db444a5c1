//! Reads many abstracts, and prints the cost and how much was understood.
//!
//! ```sh
//! cargo bench --bench prose                        # the figures, over 83,271 abstracts
//! cargo bench --bench prose -- --failures          # and the formulas that were not understood
//! cargo bench --bench prose -- --changes FILE      # what the reading changes in abstracts without TeX
//! cargo bench --bench prose -- --keys FILE         # each title with its key sentence
//! ```
//!
//! `FILE` is JSON Lines with `title` and `abstract`, optionally compressed with
//! `xz`. The default corpus is in `../shared/corpora`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints its figures"
)]

mod changes;
mod corpus;
mod figures;

use std::process::ExitCode;

use offprint::prose::{self, Options};

use corpus::Paper;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] => corpus::all().map(|papers| figures::print(&papers, false)),
        ["--failures"] => corpus::all().map(|papers| figures::print(&papers, true)),
        ["--changes", file] => corpus::read(file).map(|papers| changes::print(&papers)),
        ["--keys", file] => corpus::read(file).map(|papers| print_keys(&papers)),
        _ => Err("usage: [--failures | --changes FILE | --keys FILE]".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Prints every title with its key sentence, for a person to judge.
fn print_keys(papers: &[Paper]) {
    let options = Options::default();
    for (nth, paper) in papers.iter().enumerate() {
        let reading = prose::read_abstract(&paper.abstract_text, &paper.title, &options);
        let key = prose::key_sentence(&reading, &paper.title);
        let key = key.map_or_else(|| "(no text)".to_owned(), |key| key.plain);
        println!("{}. {}\n   {key}", nth + 1, paper.title);
    }
}
