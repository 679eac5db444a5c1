//! Structured data: what a page is about, for search engines and reference
//! managers.

use tera::Value;

use crate::cite::{
    self, Collection, Crumb, Thing, Website, json_ld_breadcrumbs, json_ld_collection,
    json_ld_paper, json_ld_website,
};
use crate::render::{PageInfo, Pager};
use crate::site::bibliography;

use super::Pages;

impl Pages<'_> {
    /// The site as a whole; nothing where it does not know its own address.
    pub(super) fn website_data(&self) -> Option<Value> {
        let url = self.absolute("")?;
        let search = format!("{url}search/");
        let has_search = self.settings.engine != crate::config::Engine::None;
        Some(Value::safe_string(&json_ld_website(&Website {
            name: &self.settings.title,
            description: &self.settings.description,
            url: &url,
            language: &self.settings.language,
            search: has_search.then_some(search.as_str()),
        })))
    }

    /// A page that lists papers, with the way that leads to it: over the page of all
    /// its kind, given by its word and path, where there is one. Nothing where the site does not know
    /// its own address: a list of names that lead nowhere says nothing.
    pub(super) fn list_data(
        &self,
        info: &PageInfo,
        all: Option<(&str, &str)>,
        pager: &Pager,
        papers: &[usize],
    ) -> Option<Value> {
        let site_url = self.absolute("")?;
        let all = all.and_then(|(word, path)| Some((self.word(word), self.absolute(path)?)));
        let urls: Vec<Option<String>> = papers
            .iter()
            .map(|n| self.absolute(&self.library.papers[*n].paper.path()))
            .collect();
        let items: Vec<Thing<'_>> = papers
            .iter()
            .zip(&urls)
            .map(|(n, url)| Thing {
                name: &self.library.papers[*n].title,
                url: url.as_deref(),
            })
            .collect();
        let collection = json_ld_collection(&Collection {
            name: &info.title,
            description: &info.description,
            url: Some(&info.url),
            language: &self.settings.language,
            total: pager.total,
            first: pager.first_item,
            items: &items,
        });
        let crumb = |name, url| Crumb {
            name,
            url: Some(url),
        };
        let mut way = vec![crumb(&self.settings.title, &site_url)];
        way.extend(all.iter().map(|(name, url)| crumb(name, url)));
        way.push(crumb(&info.title, &info.url));
        let crumbs = json_ld_breadcrumbs(&way);
        Some(Value::safe_string(&format!("[{collection},{crumbs}]")))
    }

    /// A paper, with the topics it is listed under.
    pub(super) fn paper_data(&self, n: usize, work: &cite::Work<'_>) -> Value {
        let topics: Vec<&str> = self.library.papers[n]
            .topics
            .iter()
            .map(|score| self.library.topics[score.topic].topic.name.as_str())
            .collect();
        Value::safe_string(&json_ld_paper(work, &topics))
    }

    /// A paper of a list, for the button of a reference manager.
    pub(super) fn coins(&self, n: usize) -> Value {
        let entry = &self.library.papers[n];
        let url = self.absolute(&entry.paper.path());
        let item = cite::Item {
            url: url.as_deref(),
            ..bibliography::item(entry)
        };
        Value::safe_string(&cite::coins(&cite::Work::of(item)))
    }
}
