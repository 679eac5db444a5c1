//! Measures all the work on a site of one size, in the order a person would do it,
//! with Hugo right next to it.

use std::path::Path;

use super::corpus::{self, Papers};
use super::figures::{self, Figures};
use super::goals::Work;
use super::hugo::HugoSite;
use super::hugo_program::Program;
use super::preview::Timed;
use super::results::{Cost, Results};
use super::site::{Scope, Site};
use super::table::Table;
use super::weight::Weight;

/// The listing dates of the first papers and of those added later.
const FIRST_DAY: &str = "2025-03-14";
const SECOND_DAY: &str = "2025-03-15";

/// How many papers are added later.
const NEWCOMERS: usize = 100;

/// How many edits are made in a preview.
const EDITS: usize = 12;

/// The measurements for one size.
#[derive(Debug)]
pub(crate) struct Measured {
    /// Where the papers come from, for display.
    pub(crate) origin: &'static str,
    /// Each run of a program.
    pub(crate) runs: Vec<Figures>,
    /// What the output consists of.
    pub(crate) weight: Weight,
    /// Each preview, with a description.
    previews: Vec<(&'static str, Timed)>,
    /// Everything that has a goal.
    pub(crate) results: Results,
}

/// Measures a site of some size in a folder of its own.
pub(crate) fn measure(
    folder: &Path,
    size: usize,
    hugo: Option<&Program>,
) -> Result<Measured, String> {
    let papers = corpus::papers(size)?;
    let mut work = Working {
        site: Site::make(folder.join("site"))?,
        hugo: None,
        runs: Vec::new(),
        results: Results::new(size),
    };
    work.import(&papers)?;
    if let Some(program) = hugo {
        work.hugo = Some(HugoSite::make(program, folder.join("hugo"), &work.site)?);
    }
    let weight = work.first_builds()?;
    work.changes(&papers)?;
    work.results
        .add(Work::Output, Cost::of(weight.bytes()), None);
    let previews = work.previews()?;
    Ok(Measured {
        origin: papers.origin,
        runs: work.runs,
        weight,
        previews,
        results: work.results,
    })
}

/// A site being measured, and the results so far.
struct Working<'a> {
    site: Site,
    hugo: Option<HugoSite<'a>>,
    runs: Vec<Figures>,
    results: Results,
}

impl Working<'_> {
    fn note(&mut self, figures: Figures) -> Cost {
        eprintln!("{}: {:.2} s", figures.name, figures.usage.wall);
        let usage = figures.usage;
        self.runs.push(figures);
        usage.into()
    }

    fn build(&mut self, work: Work, scope: Scope) -> Result<Cost, String> {
        let figures = self.site.build(work.name(), scope)?;
        Ok(self.note(figures))
    }

    /// Builds again after the archives, so that what follows has its cache.
    fn build_again(&mut self) -> Result<(), String> {
        let figures = self
            .site
            .build("everything, for what follows", Scope::Everything)?;
        self.note(figures);
        Ok(())
    }

    fn build_hugo(&mut self, name: &str) -> Result<Option<Cost>, String> {
        let Some(hugo) = &self.hugo else {
            return Ok(None);
        };
        let figures = hugo.build(name)?;
        Ok(Some(self.note(figures)))
    }

    fn import(&mut self, papers: &Papers) -> Result<(), String> {
        // The second import changes nothing, and has to find that out.
        for name in ["import", "import again"] {
            let figures = self.site.import(name, &papers.lines, FIRST_DAY)?;
            self.note(figures);
        }
        Ok(())
    }

    fn first_builds(&mut self) -> Result<Weight, String> {
        self.site.set(Scope::Plain)?;
        self.site.forget()?;
        let plain = self.build(Work::Plain, Scope::Plain)?;
        let hugo = self.build_hugo("Hugo: the same")?;
        self.results.add(Work::Plain, plain, hugo);

        self.site.set(Scope::Everything)?;
        self.site.forget()?;
        let everything = self.build(Work::Everything, Scope::Everything)?;
        self.results.add(Work::Everything, everything, None);
        for (name, is_kept) in [("rendered to nowhere", false), (Work::Archive.name(), true)] {
            self.site.forget()?;
            let figures = self.site.archive(name, is_kept)?;
            let cost = self.note(figures);
            if is_kept {
                self.results.add(Work::Archive, cost, None);
            }
        }
        self.build_again()?;
        Ok(Weight::of(&self.site.output(Scope::Everything)))
    }

    /// Builds after no changes, few changes and more changes.
    fn changes(&mut self, papers: &Papers) -> Result<(), String> {
        let same = self.build(Work::Unchanged, Scope::Everything)?;
        // Hugo does the same work whatever has changed.
        let hugo = self.build_hugo("Hugo: once more")?;
        self.results.add(Work::Unchanged, same, hugo);

        for paper in self.site.papers(1) {
            paper.add("A sentence more.")?;
        }
        let edited = self.build(Work::Edited, Scope::Everything)?;
        self.results.add(Work::Edited, edited, hugo);

        let newcomers = papers.newcomers(NEWCOMERS)?;
        let figures = self
            .site
            .import("import of 100 more", &newcomers, SECOND_DAY)?;
        self.note(figures);
        let added = self.build(Work::Added, Scope::Everything)?;
        self.results.add(Work::Added, added, hugo);
        Ok(())
    }

    fn previews(&mut self) -> Result<Vec<(&'static str, Timed)>, String> {
        let with_cache = self.site.preview(EDITS)?;
        self.site.forget()?;
        let without = self.site.preview(0)?;
        let hugo = match &self.hugo {
            Some(hugo) => Some(hugo.preview(EDITS)?),
            None => None,
        };
        let results = &mut self.results;
        let theirs = hugo.as_ref();
        results.add(
            Work::Visible,
            with_cache.visible(),
            theirs.map(Timed::visible),
        );
        let ready = theirs.map(Timed::ready);
        results.add(Work::ReadyAgain, with_cache.ready(), ready);
        results.add(Work::ReadyFirst, without.ready(), ready);
        let mut all = vec![("with a cache", with_cache), ("without one", without)];
        all.extend(hugo.map(|timed| ("Hugo", timed)));
        Ok(all)
    }
}

impl Timed {
    /// The cost of seeing an edit.
    fn visible(&self) -> Cost {
        Cost {
            seconds: self.median(),
            bytes: self.peak,
            ..Cost::default()
        }
    }

    /// The cost of seeing the first page.
    fn ready(&self) -> Cost {
        Cost {
            seconds: Some(self.first),
            ..Cost::default()
        }
    }
}

impl Measured {
    /// Every run with its stages.
    pub(crate) fn runs_table(&self) -> Table {
        let mut table = figures::table();
        for figures in &self.runs {
            figures.rows(&mut table);
        }
        table
    }

    /// The previews.
    pub(crate) fn previews_table(&self) -> Table {
        let mut table = Table::new(
            1,
            &[
                "",
                "first page",
                "a paper",
                "edits",
                "shortest",
                "median",
                "longest",
                "peak MB",
            ],
        );
        for (name, timed) in &self.previews {
            let seconds =
                |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.3}"));
            table.row(vec![
                (*name).to_owned(),
                seconds(Some(timed.first)),
                seconds(Some(timed.paper)),
                timed.edits.len().to_string(),
                seconds(timed.edits.first().copied()),
                seconds(timed.median()),
                seconds(timed.edits.last().copied()),
                timed
                    .peak
                    .map_or_else(String::new, |bytes| format!("{:.0}", bytes as f64 / 1e6)),
            ]);
        }
        table
    }
}
