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
        let (jobs, _) = plan::plan(
            settings,
            library,
            theme,
            &Built::none(),
            (thrift, None, None),
        );
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
    let authors = library.authors.len();
    let mut kept_from = 0;
    for least in AUTHORS {
        if now <= most {
            break;
        }
        library.keep_authors(least);
        now = count(library, thrift);
        kept_from = least;
    }
    if library.authors.len() < authors {
        left(match kept_from {
            usize::MAX => "pages of authors are left out".to_owned(),
            least => format!("pages of authors with fewer than {least} papers are left out"),
        });
    }
    let no_twins = Thrift {
        no_twins: true,
        ..thrift
    };
    let few_forms = Thrift {
        few_forms: true,
        ..no_twins
    };
    let steps = [
        (no_twins, "lists as Markdown are left out"),
        (
            few_forms,
            "all forms of lists but BibTeX, and archives of feeds, are left out",
        ),
    ];
    for (step, what) in steps {
        if now <= most {
            break;
        }
        thrift = step;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::loading;

    /// A host that takes so many files.
    fn host(files: usize) -> &'static Host {
        Box::leak(Box::new(Host {
            name: "small",
            label: "Small",
            files: Some(files),
            bytes: None,
            file_bytes: None,
        }))
    }

    /// What is left out on a host, how many files there are, and how many of papers.
    fn fitted(files: usize) -> (Vec<String>, usize, usize) {
        let site = tempfile::tempdir().unwrap();
        let papers = site.path().join("content/papers");
        std::fs::create_dir_all(&papers).unwrap();
        std::fs::write(
            site.path().join("offprint.toml"),
            "[topics]\ntaxonomy = \"none\"\n[authors]\nmin_papers = 1\n",
        )
        .unwrap();
        for n in 0..30 {
            let text = format!(
                "+++\ntitle = \"Paper {n}\"\nauthors = [\"Ada Apple\", \"Ben Birch {}\", \"Cy {n}\"]\n+++\nWe count.\n",
                n % 5
            );
            std::fs::write(papers.join(format!("p{n}.md")), text).unwrap();
        }
        let (loaded, _) = loading::load(site.path());
        let (settings, mut library) = loaded.unwrap();
        let theme = Theme::load(site.path(), &settings).unwrap();
        let (thrift, said) = fit(&settings, &mut library, &theme, host(files));
        let (jobs, _) = plan::plan(
            &settings,
            &library,
            &theme,
            &Built::none(),
            (thrift, None, None),
        );
        let pages = jobs
            .iter()
            .filter(|job| job.path.starts_with("papers/p") && job.path.ends_with("/index.html"));
        for entry in &library.papers {
            let authors = entry.authors.iter().flatten();
            assert!(authors.into_iter().all(|n| *n < library.authors.len()));
        }
        let said = said.into_iter().map(|said| said.message);
        (said.collect(), jobs.len(), pages.count())
    }

    #[test]
    fn the_least_is_left_out_first_and_papers_never() {
        let (said, whole, papers) = fitted(10_000);
        assert_eq!((said.len(), papers), (0, 30));
        let mut fewer = whole;
        // Of each paper four files go, then the pages of 30 people with one paper each.
        for (most, parts) in [
            (whole + 39, vec!["citations"]),
            (whole - 120 + 39, vec!["citations", "fewer than 5"]),
            (whole - 150 + 39, vec!["citations", "fewer than 10"]),
        ] {
            let (said, files, papers) = fitted(most);
            assert_eq!(said.len(), parts.len(), "{most}: {said:?}");
            for (said, part) in said.iter().zip(&parts) {
                assert!(said.contains(part), "{most}: {said}");
            }
            assert!(files + 40 <= most && files < fewer, "{most}: {files}");
            assert_eq!(papers, 30);
            fewer = files;
        }
        let (said, _, papers) = fitted(50);
        assert_eq!(papers, 30);
        assert!(
            said.iter()
                .any(|said| said.contains("whatever is left out")),
            "{said:?}"
        );
    }
}
