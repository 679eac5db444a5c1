//! The root: the first file of an index. It names the container and has the data that
//! every result needs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::build::File;
use super::names::hash;
use super::{Container, Document};

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
    /// The root of an index of these documents.
    pub(super) fn of(
        documents: &'a [Document<'_>],
        container: Container,
        meaning: Option<&'a str>,
    ) -> Self {
        Self {
            format: FORMAT,
            container: container.name(),
            papers: documents.len(),
            url: url_frame(documents),
            topics: topics_of(documents),
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

/// The text around the slug in the first address; cards whose address differs have it
/// in full.
fn url_frame<'a>(documents: &'a [Document<'_>]) -> [&'a str; 2] {
    documents
        .iter()
        .find_map(|document| {
            let at = document.url.rfind(&*document.slug)?;
            let after = at + document.slug.len();
            (!document.slug.is_empty()).then(|| [&document.url[..at], &document.url[after..]])
        })
        .unwrap_or(["", ""])
}

/// All topics by id. A topic has one name; if papers disagree, the newest one's is
/// used.
fn topics_of<'a>(documents: &'a [Document<'_>]) -> Vec<[&'a str; 2]> {
    let mut topics = BTreeMap::new();
    for (id, name) in documents.iter().flat_map(|document| &document.topics) {
        topics.entry(&**id).or_insert(&**name);
    }
    topics.into_iter().map(|(id, name)| [id, name]).collect()
}
