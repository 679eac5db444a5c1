//! Thrift: what a site leaves out so that its host takes it. Hosts count files; the
//! number is known before the first is made. Papers always keep their pages.

use crate::config::{Host, Settings};
use crate::diagnostics::{Diagnostic, thousands};
use crate::library::Library;
use crate::render::Theme;
use crate::search::Built;

use super::plan;

/// What is left out beyond what the size of a library asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Thrift {
    /// Papers have no citations as files, and no sheet with all of them.
    pub(super) no_sidecars: bool,
    /// Lists are not there as Markdown.
    pub(super) no_twins: bool,
    /// Lists can be taken along as BibTeX alone, and feeds have no archive.
    pub(super) few_forms: bool,
}

/// From how many papers on authors keep their pages, one step after the other.
const AUTHORS: [usize; 5] = [5, 10, 20, 50, usize::MAX];

/// Leaves out as much of a site as its host asks for, and says what. Pages of authors
/// are taken out of the library, so that nothing links to them.
pub(super) fn fit(
    settings: &Settings,
    library: &mut Library,
    theme: &Theme,
    host: &'static Host,
) -> (Thrift, Vec<Diagnostic>) {
    let mut thrift = Thrift::default();
    let mut said = Vec::new();
    let Some(most) = host.files else {
        return (thrift, said);
    };
    let search = about_search(library.papers.len());
    let count = |library: &Library, thrift: Thrift| {
        let (jobs, _) = plan::plan(settings, library, theme, &Built::none(), (thrift, None));
        jobs.len() + search
    };
    let whole = count(library, thrift);
    if whole <= most {
        return (thrift, said);
    }
    let mut left = |what: String| {
        let message = format!(
            "{what}: with all it could have, the site would have {} files; {} takes {}",
            thousands(whole),
            host.label,
            thousands(most)
        );
        said.push(Diagnostic::note("left-out", message).help(
            "`layout = \"all\"` under `[build]` leaves nothing out; another host may take it",
        ));
    };
    thrift.no_sidecars = true;
    let mut now = count(library, thrift);
    if now < whole {
        left("the citations of papers as files are left out".to_owned());
    }
    for least in AUTHORS {
        if now <= most {
            break;
        }
        if library
            .authors
            .iter()
            .all(|author| author.papers.len() >= least)
        {
            continue;
        }
        library.keep_authors(least);
        now = count(library, thrift);
        left(match least {
            usize::MAX => "pages of authors are left out".to_owned(),
            least => format!("pages of authors with fewer than {least} papers are left out"),
        });
    }
    let steps: [(&str, fn(&mut Thrift)); 2] = [
        ("lists as Markdown are left out", |thrift| {
            thrift.no_twins = true
        }),
        (
            "all forms of lists but BibTeX, and archives of feeds, are left out",
            |thrift| thrift.few_forms = true,
        ),
    ];
    for (what, step) in steps {
        if now <= most {
            break;
        }
        step(&mut thrift);
        let then = count(library, thrift);
        if then < now {
            left(what.to_owned());
        }
        now = then;
    }
    if now > most {
        let message = format!(
            "the site has about {} files whatever is left out; {} takes {}",
            thousands(now),
            host.label,
            thousands(most)
        );
        said.push(
            Diagnostic::warning("host-limit", message)
                .about(host.name)
                .help("take another host, or split the library; each paper keeps its page"),
        );
    }
    (thrift, said)
}

/// About how many files the search index of so many papers has, and no fewer.
fn about_search(papers: usize) -> usize {
    match papers {
        0..=2_000 => 40,
        papers => papers / 8 + 300,
    }
}
