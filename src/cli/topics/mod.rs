//! `offprint topics`: shows the topics of a site's papers, and the reasons for
//! them.

mod explain;
mod list;
mod suggest;

use std::io;
use std::path::PathBuf;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::library::Library;
use crate::site;

use super::arguments::{Topics, TopicsCommand};
use super::console::Console;

pub(super) fn run(command: &Topics, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some(site) = console.site(site) else {
        return Ok(false);
    };
    let (loaded, mut found) = site::load(&site);
    if let Some((_, library)) = &loaded
        && library.papers.is_empty()
        && !found.has_errors()
    {
        found.append(no_papers());
    }
    console.diagnostics(&found, false);
    let Some((settings, library)) = loaded.filter(|_| !found.has_errors()) else {
        return Ok(false);
    };
    let loaded = Loaded { settings, library };
    match &command.command {
        TopicsCommand::List => list::run(&loaded, console),
        TopicsCommand::Explain(command) => explain::run(command, &loaded, console),
        TopicsCommand::Suggest(command) => suggest::run(command, &site, &loaded, console),
    }
}

/// A loaded site.
struct Loaded {
    settings: Settings,
    library: Library,
}

fn no_papers() -> Diagnostics {
    Diagnostic::warning("no-papers", "the site has no papers yet")
        .help("put a digest into content/digests/ and run `offprint build`")
        .into()
}
