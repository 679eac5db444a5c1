//! People: the authors who have a page, which the search box suggests as a reader
//! types. They are spread over buckets by the first letters of the words of their
//! names, so that one small file is loaded whatever the number of authors.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::build::File;
use super::identifiers::hash;
use super::names::in_groups;
use crate::text::tokens;

/// Roughly how many entries are in a bucket.
const BUCKET: usize = 160;

/// How many buckets share a hash in their names.
const GROUP: usize = 64;

/// How many letters of a word determine its bucket.
const LETTERS: usize = 2;

/// The most entries in one bucket. Some family names are very common; those with the
/// most papers are suggested.
const MOST: usize = 1_000;

/// An author who has a page.
#[derive(Debug, Clone, Default)]
pub struct Person<'a> {
    /// The name.
    pub name: Cow<'a, str>,
    /// The page, relative to the site's root.
    pub url: Cow<'a, str>,
    /// How many papers the page lists.
    pub papers: usize,
}

/// The location of the people.
#[derive(Serialize)]
pub(super) struct PeopleNames {
    /// How many buckets there are.
    buckets: usize,
    group: usize,
    hashes: String,
}

/// A bucket, those with the most papers first.
#[derive(Default, Serialize)]
struct Bucket<'a> {
    names: Vec<&'a str>,
    urls: Vec<&'a str>,
    papers: Vec<usize>,
}

/// The files of buckets.
pub(super) fn people_files(people: &[Person<'_>]) -> (Vec<File>, PeopleNames) {
    let mut sorted: Vec<&Person<'_>> = people.iter().collect();
    sorted.sort_by(|a, b| {
        let key = |one: &Person<'_>| (std::cmp::Reverse(one.papers), one.url.to_string());
        key(a).cmp(&key(b))
    });
    let keyed: Vec<(BTreeSet<String>, &Person<'_>)> = sorted
        .into_iter()
        .map(|person| (beginnings(&person.name), person))
        .collect();
    let entries: usize = keyed.iter().map(|(keys, _)| keys.len()).sum();
    let buckets = entries.div_ceil(BUCKET);
    let mut contents: Vec<Bucket<'_>> = Vec::new();
    contents.resize_with(buckets, Bucket::default);
    for (keys, person) in keyed {
        let places: BTreeSet<usize> = keys
            .iter()
            .map(|key| hash(key) as usize % buckets)
            .collect();
        for place in places {
            let bucket = &mut contents[place];
            if bucket.names.len() < MOST {
                bucket.names.push(&person.name);
                bucket.urls.push(&person.url);
                bucket.papers.push(person.papers);
            }
        }
    }
    let contents = contents
        .iter()
        .map(|bucket| serde_json::to_vec(bucket).expect("strings and numbers are JSON"))
        .collect();
    let (files, hashes) = in_groups("a", contents, GROUP);
    let names = PeopleNames {
        buckets,
        group: GROUP,
        hashes,
    };
    (files, names)
}

/// The first letters of the words of a name.
fn beginnings(name: &str) -> BTreeSet<String> {
    let words = tokens(name);
    words
        .iter()
        .map(|word| word.chars().take(LETTERS).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_each_of_its_words() {
        let begins: Vec<String> = beginnings("Ana García-Lopez").into_iter().collect();
        assert_eq!(begins, ["an", "ga", "lo"]);
        assert!(beginnings("").is_empty());
        assert!(beginnings("李明").contains("李明"));
    }

    #[test]
    fn those_with_the_most_papers_come_first() {
        let person = |name: &'static str, papers| Person {
            name: name.into(),
            url: format!("authors/{papers}/").into(),
            papers,
        };
        let people = [person("Bo Li", 3), person("Bo Lin", 9)];
        let (files, names) = people_files(&people);
        assert_eq!((files.len(), names.buckets), (1, 1));
        let text = String::from_utf8(files[0].1.clone()).unwrap();
        assert!(
            text.starts_with("{\"names\":[\"Bo Lin\",\"Bo Li\"]"),
            "{text}"
        );
        assert_eq!(people_files(&[]).1.buckets, 0);
    }
}
