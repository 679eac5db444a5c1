//! A free page: something a person wrote that is neither paper, topic nor
//! digest, such as `content/about.md`.

use super::{Date, Slug};

/// One free page.
#[derive(Debug, Clone, PartialEq)]
pub struct FreePage {
    /// The folders above it within the site and its own name, such as
    /// `["about"]` or `["group", "members"]`.
    pub route: Vec<Slug>,
    /// Its title.
    pub title: String,
    /// A line for search engines and previews.
    pub description: Option<String>,
    /// When it was written.
    pub date: Option<Date>,
    /// Left out of the site unless drafts are asked for.
    pub draft: bool,
    /// Whether the site's header and footer link to it.
    pub menu: bool,
    /// Its text in Markdown.
    pub body: String,
}

impl FreePage {
    /// The path of the page within the site, such as `about/`.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for part in &self.route {
            path.push_str(part.as_str());
            path.push('/');
        }
        path
    }
}
