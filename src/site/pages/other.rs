//! Pages of their own kind: free pages, search, the error page, redirects.

use tera::Value;

use crate::diagnostics::Diagnostic;
use crate::render::{
    self, BareContext, FreeContext, SearchContext, TrendsContext, trend_views, views,
};

use super::super::jobs::{Job, root_of};
use super::super::output::GENERATOR;
use super::super::templates;
use super::{Made, Owner, Pages};

impl Pages<'_> {
    pub(super) fn free(&self, job: &Job, n: usize) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let page = &self.library.pages[n];
        let description = page
            .description
            .clone()
            .unwrap_or_else(|| self.settings.description.clone());
        let mut info = self.page_info("page", &page.path(), page.title.clone(), description);
        self.note_needs(Owner::Free(n), &mut info);
        let own = FreeContext {
            title: page.title.clone(),
            date: page.date.map(|date| date.to_string()),
            body: self.note(Owner::Free(n)),
        };
        self.page(&templates::FREE, own, info, root)
    }

    pub(super) fn search(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "search",
            "search/",
            self.word("search"),
            self.settings.description.clone(),
        );
        let topics = self.library.live_topics().map(views::topic_brief);
        let own = SearchContext {
            topics: topics.collect(),
        };
        self.page(&templates::SEARCH, own, info, root)
    }

    /// The papers that a reader saved. They are in the browser; the page is empty.
    pub(super) fn saved(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let mut info = self.page_info("saved", "saved/", self.word("saved"), String::new());
        info.noindex = true;
        self.page(&templates::SAVED, BareContext {}, info, root)
    }

    pub(super) fn trends(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "trends",
            "trends/",
            self.word("trends"),
            self.word("trends_description")
                .replace("{site}", &self.settings.title),
        );
        let trends = trend_views::trends(
            self.library,
            self.kit.trends(self.library),
            &self.theme.words,
        );
        self.page(&templates::TRENDS, TrendsContext { trends }, info, root)
    }

    /// The error page is shown at addresses of any depth, so its links cannot be
    /// relative: they begin where the site does.
    pub(super) fn not_found(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = url::Url::parse(&self.settings.base_url)
            .map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
        let mut info = self.page_info("404", &job.path, self.word("not_found"), String::new());
        info.noindex = true;
        info.canonical.clear();
        self.page(&templates::NOT_FOUND, BareContext {}, info, root)
    }

    /// What stands at the address of a paper that was removed: that it was, and why,
    /// where somebody said so.
    pub(super) fn removed(&self, job: &Job, n: usize) -> Result<Made, Box<Diagnostic>> {
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
        self.page(&templates::FREE, own, info, root)
    }

    pub(super) fn redirect(&self, job: &Job, to: &str) -> Vec<u8> {
        let target = format!("{}{}", root_of(&job.path), render::escape_url_path(to));
        let target = render::escape(&target);
        let canonical = if self.settings.base_url.is_empty() {
            String::new()
        } else {
            format!(
                "<link rel=\"canonical\" href=\"{}{}\">\n",
                render::escape(&self.settings.base_url),
                render::escape_url_path(to)
            )
        };
        let moved = render::escape(&self.word("moved"));
        format!(
            "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">\n<title>{moved}</title>\n<meta name=\"generator\" content=\"{GENERATOR}\">\n<meta name=\"robots\" content=\"noindex\">\n{canonical}<meta http-equiv=\"refresh\" content=\"0; url={target}\">\n</head>\n<body>\n<p><a href=\"{target}\">{moved}</a></p>\n</body>\n</html>\n",
            render::escape(&self.settings.language),
            crate::model::direction(&self.settings.language),
        )
        .into_bytes()
    }
}
