//! The root: the first file of an index. It names the container and has the data that
//! every result needs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Container;
use super::build::File;
use super::names::hash;
use super::values::Gathered;

/// The version of the files' format. An engine refuses any other.
pub(super) const FORMAT: u32 = 1;

/// The beginning of the name of the root's file.
pub(super) const NAME: &str = "root.";

/// The file of a root, named by its content.
pub(super) fn file(root: &impl Serialize) -> File {
    let root = serde_json::to_vec(root).expect("strings and numbers are JSON");
    (format!("{NAME}{}.json", hash([root.as_slice()])), root)
}

/// The fields that the root has in both containers.
#[derive(Debug, Serialize)]
pub(super) struct Root<'a> {
    format: u32,
    container: &'static str,
    papers: usize,
    /// The text before and after the slug in the address of a page.
    url: [&'a str; 2],
    /// Id and name of each topic; cards have their numbers.
    topics: Vec<[&'a str; 2]>,
    /// The name of the first file for search by meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    meaning: Option<&'a str>,
}

impl<'a> Root<'a> {
    /// The root of an index of so many papers, from which this was gathered.
    pub(super) fn of(
        papers: usize,
        gathered: &'a Gathered<'_>,
        container: Container,
        meaning: Option<&'a str>,
    ) -> Self {
        let topics = gathered.topics.iter();
        Self {
            format: FORMAT,
            container: container.name(),
            papers,
            url: [&gathered.url[0], &gathered.url[1]],
            topics: topics.map(|(id, name)| [&**id, &**name]).collect(),
            meaning,
        }
    }

    /// The text around the slug in a page's address.
    pub(super) fn url(&self) -> [&'a str; 2] {
        self.url
    }

    /// The numbers that cards have for the topics, by id.
    pub(super) fn topic_numbers(&self) -> BTreeMap<&'a str, usize> {
        self.topics
            .iter()
            .enumerate()
            .map(|(number, [id, _])| (*id, number))
            .collect()
    }
}
