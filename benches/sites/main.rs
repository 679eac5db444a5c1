//! Builds and previews sites of real papers, and compares the time with the goals
//! and with Hugo.
//!
//! ```sh
//! cargo bench --bench sites                        # 10,000 and 83,271 papers
//! cargo bench --bench sites -- --papers 1000       # a smaller site
//! cargo bench --bench sites -- --no-hugo           # without Hugo
//! cargo bench --bench sites -- --folder /mnt/disk  # on a disk
//! ```
//!
//! The papers come from `../shared/corpora`; if that is missing, invented ones of
//! the same length are used. `docs/benchmarks.md` explains the figures.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints its figures"
)]

mod corpus;
mod edit;
mod figures;
mod goals;
mod hugo;
mod hugo_program;
mod machine;
mod measure;
mod preview;
mod process;
mod request;
mod results;
mod site;
mod table;
mod weight;

use std::process::ExitCode;

use hugo_program::Program;
use measure::{Measured, measure};
use request::Request;

fn main() -> ExitCode {
    let request = match Request::read(std::env::args().skip(1)) {
        Ok(request) => request,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    match run(&request) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(request: &Request) -> Result<(), String> {
    println!("{}", machine::describe(&request.folder));
    let hugo = match request.hugo {
        true => Some(Program::find()?),
        false => None,
    };
    if let Some(hugo) = &hugo {
        println!("Hugo {}", hugo.version);
    }
    let mut sizes = Vec::new();
    let mut folders = Vec::new();
    for &size in &request.sizes {
        let folder = tempfile::Builder::new()
            .prefix("offprint-sites-")
            .tempdir_in(&request.folder)
            .map_err(|error| format!("{}: {error}", request.folder.display()))?;
        let measured = measure(folder.path(), size, hugo.as_ref())?;
        print(size, &measured);
        sizes.push((size, measured.runs));
        // Frees memory for the next size. Some disks are slow for minutes after a
        // large delete, so there everything is kept until the end.
        if !machine::is_memory(&request.folder) {
            folders.push(folder);
        }
    }
    if let Some(growth) = figures::growth(&sizes) {
        println!("\n# CPU microseconds a paper\n\n{growth}");
    }
    Ok(())
}

/// Prints the results for one size, the summary first.
fn print(size: usize, measured: &Measured) {
    println!("\n# {size} papers ({})\n", measured.origin);
    println!("{}", measured.results.table());
    println!("## Each run\n\n{}", measured.runs_table());
    println!("## Preview, in seconds\n\n{}", measured.previews_table());
    println!("## Output\n\n{}", measured.weight.table());
}
