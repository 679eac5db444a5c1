//! Free pages: pages a person wrote that are not a paper, topic or digest, for
//! example `content/about.md`.

use super::{Date, Slug};

/// One free page.
#[derive(Debug, Clone, PartialEq)]
pub struct FreePage {
    /// Its folders and its own name within the site, for example `["about"]` or
    /// `["group", "members"]`.
    pub route: Vec<Slug>,
    /// Its title.
    pub title: String,
    /// A one-line description for search engines and link previews.
    pub description: Option<String>,
    /// When it was written.
    pub date: Option<Date>,
    /// Whether the page is left out unless drafts are requested.
    pub draft: bool,
    /// Whether the site's header and footer link to it.
    pub menu: bool,
    /// Its text in Markdown.
    pub body: String,
}

impl FreePage {
    /// The path of the page within the site, for example `about/`.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for part in &self.route {
            path.push_str(part.as_str());
            path.push('/');
        }
        path
    }
}
