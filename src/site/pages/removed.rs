//! The page at the address of a removed paper.

use tera::Value;

use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::render;
use crate::site::jobs::{Job, root_of};

use super::free::{FREE, FreeContext};
use super::{Made, Page, Pages};

/// The page at the address of a removed paper, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct RemovedPage(pub(in crate::site) usize);

impl Page for RemovedPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.removed(job, self.0)
    }

    fn is_counted(&self) -> bool {
        false
    }

    fn source(&self, _: &Library) -> Option<String> {
        Some("content/removed.toml".to_owned())
    }
}

impl Pages<'_> {
    /// What stands at the address of a paper that was removed: that it was, and why,
    /// where somebody said so.
    fn removed(&self, job: &Job, n: usize) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let paper = &self.library.removed[n];
        let title = self.word("removed");
        let mut info = self.page_info("page", &paper.path(), title.clone(), String::new());
        info.noindex = true;
        let mut body = format!("<p>{}</p>", render::escape(&self.word("removed_text")));
        if let Some(reason) = &paper.reason {
            body.push_str(&format!("<p>{}</p>", render::escape(reason)));
        }
        let own = FreeContext {
            title,
            date: None,
            body: Value::safe_string(&body),
        };
        self.page(&FREE, own, info, root)
    }
}
