//! A paper's sheet: how to cite it in every form and where to pass it on, which
//! its page says in short.

use tera::Value;

use crate::cite;
use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::render::{Cite, CiteFile, PageContext, PageInfo, Reference, Template};
use crate::site::bibliography::{self, Bibliography};
use crate::site::foot::Foot;
use crate::site::jobs::{Job, root_of};

use super::paper::{PaperContext, shape};
use super::{Made, Page, Pages};

pub(in crate::site) const CITE: Template<PageContext<PaperContext>> = Template::new(
    "cite.html",
    "A paper's sheet: how to cite it in every form, and where to pass it on.",
);

/// How to cite a paper and where to pass it on, in full; by its number in the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct SheetPage(pub(in crate::site) usize);

impl Page for SheetPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.sheet(job, self.0)
    }

    fn is_counted(&self) -> bool {
        false
    }

    fn shape(&self, library: &Library) -> u32 {
        shape(library, &library.papers[self.0])
    }
}

impl Pages<'_> {
    fn sheet(&self, job: &Job, n: usize) -> Result<Made, Box<Diagnostic>> {
        self.page_of(
            &CITE,
            root_of(&job.path),
            |prints| self.paper_inputs(prints, n),
            || Ok(self.sheet_context(n)),
        )
    }

    fn sheet_context(&self, n: usize) -> (PaperContext, PageInfo) {
        let entry = &self.library.papers[n];
        let title = format!("{}: {}", self.word("cite"), entry.title);
        // Whoever passes the sheet on means the paper.
        let mut info = self.page_info("cite", &entry.paper.path(), title, String::new());
        info.share = self.share(&entry.title, &info.url);
        info.noindex = true;
        let item = cite::Item {
            url: Some(info.url.as_str()).filter(|url| !url.is_empty()),
            ..bibliography::item(entry)
        };
        let mut paper = self.paper_view(n, &cite::Work::of(item));
        paper.cite.references = self.references(n);
        (PaperContext { paper }, info)
    }

    /// A paper's citation in one form.
    pub(super) fn citation(&self, n: usize, form: Bibliography) -> Made {
        let make = || {
            let (papers, keys) = ([&self.library.papers[n]], [self.kit.key(self.library, n)]);
            bibliography::text(&self.settings.base_url, &papers, &keys, form)
        };
        self.file_of(form.label(), |prints| prints.own(n), make)
    }

    /// What there is to cite a paper by. Writing references takes longer than the
    /// rest of a page, so they are left out where they are not shown.
    pub(super) fn cite(&self, n: usize, work: &cite::Work<'_>, with_references: bool) -> Cite {
        let key = self.kit.key(self.library, n);
        let is_short = self.kit.layout.foot == Foot::Short;
        let unless_short = |write: &dyn Fn() -> String| {
            if is_short { String::new() } else { write() }
        };
        Cite {
            references: if with_references {
                self.references(n)
            } else {
                Vec::new()
            },
            styles: self
                .kit
                .styles
                .iter()
                .map(|style| style.label().to_owned())
                .collect(),
            bibtex: cite::bibtex(work, key),
            // The format ends lines as Windows does; HTML has one kind of line end.
            ris: unless_short(&|| cite::ris(work).replace('\r', "")),
            csl: unless_short(&|| cite::csl_json(work, key)),
            sheet: self.kit.layout.foot == Foot::Sheet,
            files: self.citation_files(n),
        }
    }

    /// The reference to a paper in each style of the site.
    fn references(&self, n: usize) -> Vec<Reference> {
        let url = self.absolute(&self.library.papers[n].paper.path());
        let item = cite::Item {
            url: url.as_deref(),
            ..bibliography::item(&self.library.papers[n])
        };
        let work = cite::Work::of(item);
        self.kit
            .styles
            .iter()
            .map(|style| Reference {
                style: style.label().to_owned(),
                key: style.key().to_owned(),
                html: Value::safe_string(&style.text(&work).html),
            })
            .collect()
    }

    fn citation_files(&self, n: usize) -> Vec<CiteFile> {
        let address = self.library.papers[n].paper.path();
        let forms: &[Bibliography] = if self.kit.layout.foot.has_files() {
            &Bibliography::ALL
        } else {
            &[]
        };
        forms
            .iter()
            .map(|form| CiteFile {
                label: form.label(),
                media_type: form.media_type(),
                name: form.paper_file(),
                path: format!("{address}{}", form.paper_file()),
            })
            .collect()
    }
}
