//! Cards: what a search result shows about a paper.
//!
//! A file of cards is one JSON object with a list for each field, all of the same
//! length. That costs the field's name once, and titles beside titles compress
//! better than titles beside dates.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Document;
use super::root::Root;

/// The most authors on a card; the others are only counted.
const AUTHORS: usize = 4;

/// The longest sentence on a card, in characters.
const SENTENCE: usize = 200;

/// Makes cards of documents.
pub(super) struct CardMaker<'a> {
    url: [&'a str; 2],
    topics: BTreeMap<&'a str, usize>,
}

/// The cards of consecutive papers.
#[derive(Debug, Serialize)]
struct Cards<'a> {
    slug: Vec<&'a str>,
    title: Vec<&'a str>,
    short: Vec<Option<&'a str>>,
    authors: Vec<Vec<&'a str>>,
    /// How many authors the paper has.
    #[serde(rename = "authorCount")]
    author_count: Vec<usize>,
    date: Vec<Option<String>>,
    year: Vec<Option<i16>>,
    venue: Vec<Option<&'a str>>,
    topics: Vec<Vec<usize>>,
    has: Vec<&'a [&'static str]>,
    text: Vec<String>,
    /// Rare properties are stored by the card's index: an award, a withdrawal, and a
    /// source's count.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    award: BTreeMap<usize, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    withdrawn: Vec<usize>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    noted: BTreeMap<usize, u64>,
    /// Addresses of what readers open from a list.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pdf: BTreeMap<usize, &'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    code: BTreeMap<usize, &'a str>,
    /// The lists that each is in, if no column has them.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    lists: Option<Vec<Vec<String>>>,
    /// The addresses that cannot be derived from the slug, by the card's index.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    url: BTreeMap<usize, &'a str>,
}

impl<'a> CardMaker<'a> {
    /// For cards below this root.
    pub(super) fn new(root: &Root<'a>) -> Self {
        Self {
            url: root.url(),
            topics: root.topic_numbers(),
        }
    }

    /// The JSON of the cards of these documents, in their order. A container without
    /// columns, where filters can read only the cards, gives the lists that each is in.
    pub(super) fn json(
        &self,
        documents: &[Document<'_>],
        lists: Option<Vec<Vec<String>>>,
    ) -> Vec<u8> {
        let all = || documents.iter();
        let cards = Cards {
            slug: all().map(|d| &*d.slug).collect(),
            title: all().map(|d| &*d.title).collect(),
            short: all().map(|d| d.short.as_deref()).collect(),
            authors: all()
                .map(|d| d.authors.iter().take(AUTHORS).map(|name| &**name).collect())
                .collect(),
            author_count: all().map(|d| d.authors.len()).collect(),
            date: all().map(|d| d.date.map(|date| date.to_string())).collect(),
            year: all().map(|d| d.year).collect(),
            venue: all().map(|d| d.venue.as_deref()).collect(),
            topics: all().map(|d| self.topic_numbers(d)).collect(),
            has: all().map(|d| &*d.has).collect(),
            text: all()
                .map(|d| shortened(&d.key_sentence, SENTENCE))
                .collect(),
            award: sparse(all().map(|d| d.award.as_deref())),
            withdrawn: sparse(all().map(|d| d.withdrawn.then_some(())))
                .into_keys()
                .collect(),
            noted: sparse(all().map(|d| d.noted)),
            pdf: sparse(all().map(|d| d.pdf.as_deref())),
            code: sparse(all().map(|d| d.code.as_deref())),
            lists,
            url: all()
                .enumerate()
                .filter(|(_, d)| !self.is_usual(d))
                .map(|(place, d)| (place, &*d.url))
                .collect(),
        };
        serde_json::to_vec(&cards).expect("lists of strings and numbers are JSON")
    }

    fn topic_numbers(&self, document: &Document<'_>) -> Vec<usize> {
        document
            .topics
            .iter()
            .filter_map(|(id, _)| self.topics.get(&**id).copied())
            .collect()
    }

    fn is_usual(&self, document: &Document<'_>) -> bool {
        let [before, after] = self.url;
        document
            .url
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|slug| slug == document.slug)
    }
}

/// A property that some cards have, by the card's index.
fn sparse<T>(values: impl Iterator<Item = Option<T>>) -> BTreeMap<usize, T> {
    let placed = values.enumerate();
    placed
        .filter_map(|(place, value)| Some((place, value?)))
        .collect()
}

/// The text, cut after a word where it is longer than `most` characters.
fn shortened(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let whole = text[..cut].rfind(char::is_whitespace).unwrap_or(cut);
    let kept = text[..whole].trim_end_matches(|c: char| !c.is_alphanumeric());
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_after_a_word() {
        assert_eq!(shortened("short", 10), "short");
        assert_eq!(shortened("one two, three", 10), "one two…");
        assert_eq!(shortened("強化学習強化学習", 4), "強化学習…");
        assert_eq!(shortened("", 4), "");
    }
}
