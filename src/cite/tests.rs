use biblatex::{Bibliography, ChunksExt};
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

use super::samples::{HOSTILE, Sample, samples};
use super::*;
use crate::model::{Author, Paper, PaperId, PublicationKind, Slug};

fn all(write: impl Fn(&Work<'_>, &str) -> String) -> String {
    let samples = samples();
    let works: Vec<Work<'_>> = samples.iter().map(|(_, sample)| sample.work()).collect();
    let keys = keys(&works);
    let written: Vec<String> = works
        .iter()
        .zip(&keys)
        .map(|(work, key)| write(work, key))
        .collect();
    written.join("\n")
}

#[test]
fn bibtex_of_each_kind() {
    insta::assert_snapshot!(all(bibtex));
}

#[test]
fn ris_of_each_kind() {
    let written = all(|work, _| ris(work));
    assert_eq!(
        written.matches("\r\n").count(),
        written.matches('\n').count() - 6
    );
    insta::assert_snapshot!(written.replace('\r', ""));
}

#[test]
fn csl_json_of_each_kind() {
    insta::assert_snapshot!(all(|work, key| {
        let json: serde_json::Value = serde_json::from_str(&csl_json(work, key)).unwrap();
        serde_json::to_string_pretty(&json).unwrap()
    }));
}

#[test]
fn highwire_tags_of_each_kind() {
    insta::assert_snapshot!(all(|work, _| {
        let tags = highwire(work);
        let lines = tags
            .iter()
            .map(|(name, content)| format!("{name}: {content}\n"));
        lines.collect()
    }));
}

#[test]
fn coins_of_each_kind() {
    insta::assert_snapshot!(all(|work, _| coins(work)));
}

#[test]
fn json_ld_of_each_kind() {
    insta::assert_snapshot!(all(|work, _| json_ld_paper(work, &["Retrieval & RAG"])));
}

#[test]
fn json_ld_of_lists_and_of_the_site() {
    let items = [
        Thing {
            name: HOSTILE,
            url: Some("https://site.example.org/papers/x/"),
        },
        Thing {
            name: "No address",
            url: None,
        },
    ];
    let collection = json_ld_collection(&Collection {
        name: "Retrieval & RAG",
        description: "",
        url: Some("https://site.example.org/topics/retrieval/page/2/"),
        language: "en",
        total: 52,
        first: 51,
        items: &items,
    });
    let website = json_ld_website(&Website {
        name: HOSTILE,
        description: "Papers.",
        url: "https://site.example.org/",
        language: "en",
        search: Some("https://site.example.org/search/"),
    });
    insta::assert_snapshot!([collection, website, json_ld_breadcrumbs(&items)].join("\n"));
}

#[test]
fn files_hold_the_items_in_the_order_given() {
    let samples = samples();
    let works: Vec<Work<'_>> = samples.iter().map(|(_, sample)| sample.work()).collect();
    let keys = keys(&works);
    let pairs = || works.iter().zip(keys.iter().map(String::as_str));
    let bib = Bibliography::parse(&bibtex_file(pairs())).unwrap();
    let found: Vec<&str> = bib.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(found, keys);
    let csl: Vec<serde_json::Value> = serde_json::from_str(&csl_file(pairs())).unwrap();
    let found: Vec<&str> = csl.iter().filter_map(|item| item["id"].as_str()).collect();
    assert_eq!(found, keys);
    let ris = ris_file(&works);
    assert_eq!(ris.matches("TY  - ").count(), works.len());
    assert!(ris.lines().filter(|line| *line == "ER  - ").count() == works.len());
    assert_eq!(csl_file([]), "[]\n");
    assert_eq!(
        (bibtex_file([]), ris_file([])),
        (String::new(), String::new())
    );
}

/// A field's text as a TeX parser reads it back.
fn read(entry: &biblatex::Entry, field: &str) -> String {
    entry
        .get(field)
        .map(|chunks| chunks.format_verbatim())
        .unwrap_or_default()
}

#[test]
fn every_sample_reads_back_from_bibtex() {
    for (name, sample) in samples() {
        let Sample { paper, .. } = &sample;
        let bib = Bibliography::parse(&bibtex(&sample.work(), "k")).unwrap();
        let entry = bib.get("k").unwrap();
        assert_eq!(read(entry, "title"), one_line(&paper.title), "{name}");
        let authors = entry.author().unwrap_or_default();
        assert_eq!(authors.len(), paper.authors.names().count(), "{name}");
    }
}

#[test]
fn addresses_of_a_hostile_paper_stay_in_their_values() {
    let samples = samples();
    let hostile = samples.iter().find(|(name, _)| *name == "hostile").unwrap();
    let bib = Bibliography::parse(&bibtex(&hostile.1.work(), "k")).unwrap();
    let entry = bib.get("k").unwrap();
    assert_eq!(read(entry, "url"), "https://a.org/%7B%7D%3Cb%3E%22%27/&x");
    assert_eq!(read(entry, "doi"), "10.1000/%7B%7D%5C%<b>\"'&#");
}

#[test]
fn nothing_in_json_ld_can_end_its_script() {
    for (_, sample) in samples() {
        let json = json_ld_paper(&sample.work(), &[HOSTILE]);
        assert!(!json.contains(['<', '>', '&']));
        serde_json::from_str::<serde_json::Value>(&json).unwrap();
    }
}

fn paper(title: &str, authors: &[String], venue: &str) -> Paper {
    let mut paper = Paper::new(Slug::parse("x").unwrap(), title);
    paper.authors = authors.iter().map(Author::named).collect();
    paper.venue = Some(venue.to_owned());
    paper.ids = vec![PaperId::parse("arxiv:2403.03507").unwrap()];
    paper
}

proptest! {
    #[test]
    fn any_title_and_venue_read_back_from_bibtex(
        title in any::<String>(),
        venue in any::<String>(),
        kind in "article|inproceedings|misc|phdthesis|techreport",
    ) {
        let mut paper = paper(&title, &[], &venue);
        paper.publication.kind = PublicationKind::parse(&kind);
        let written = bibtex(&Work::of(Item::new(&paper, &title)), "k");
        let bib = Bibliography::parse(&written).unwrap();
        let entry = bib.get("k").unwrap();
        prop_assert_eq!(read(entry, "title"), one_line(&title));
        if kind == "article" {
            prop_assert_eq!(read(entry, "journal"), one_line(&venue));
        }
    }

    // Biber's extended name format would split a name that contains "=", however it
    // is spelled.
    #[test]
    fn any_authors_read_back_from_bibtex(
        authors in proptest::collection::vec("[^=\\p{C}]{0,30}", 0..5)
    ) {
        let paper = paper("x", &authors, "");
        let names = super::name::Names::of(&paper.authors);
        let written = bibtex(&Work::of(Item::new(&paper, "x")), "k");
        let bib = Bibliography::parse(&written).unwrap();
        let found = bib.get("k").unwrap().author().unwrap_or_default();
        let others = usize::from(names.others && !names.list.is_empty());
        prop_assert_eq!(found.len(), names.list.len() + others, "{}", written);
    }

    #[test]
    fn any_person_keeps_family_and_given_name(
        given in "\\p{Lu}\\p{Ll}{1,6}( \\p{Lu}\\.)?", family in "(van |de la )?\\p{Lu}\\p{Ll}{1,8}"
    ) {
        let name = format!("{given} {family}");
        let paper = paper("x", std::slice::from_ref(&name), "");
        let written = bibtex(&Work::of(Item::new(&paper, "x")), "k");
        let bib = Bibliography::parse(&written).unwrap();
        let found = bib.get("k").unwrap().author().unwrap().remove(0);
        let joined = format!("{} {} {}", found.given_name, found.prefix, found.name);
        prop_assert_eq!(one_line(&joined), name);
    }

    #[test]
    fn any_text_stays_on_its_line_of_ris(title in any::<String>(), venue in any::<String>()) {
        let paper = paper(&title, std::slice::from_ref(&title), &venue);
        let record = ris(&Work::of(Item::new(&paper, &title)));
        prop_assert!(record.ends_with("ER  - \r\n"));
        for line in record.split_terminator("\r\n") {
            prop_assert!(line.is_char_boundary(6) && &line[2..6] == "  - ");
            prop_assert!(!line.contains(['\r', '\n']));
        }
    }

    #[test]
    fn any_text_reads_back_from_json(title in any::<String>(), venue in any::<String>()) {
        let paper = paper(&title, std::slice::from_ref(&title), &venue);
        let work = Work::of(Item::new(&paper, &title));
        let csl: serde_json::Value = serde_json::from_str(&csl_file([(&work, "k")])).unwrap();
        let want = one_line(&title);
        prop_assert_eq!(csl[0]["title"].as_str().unwrap_or_default(), want.as_str());
        let json = json_ld_paper(&work, &[]);
        let dangerous = ['<', '>', '&', '\u{2028}', '\u{2029}'];
        prop_assert!(!json.contains(dangerous));
        let ld: serde_json::Value = serde_json::from_str(&json).unwrap();
        let name = ld.get("name").or(ld.get("headline")).and_then(|n| n.as_str());
        prop_assert_eq!(name.unwrap_or_default(), want.as_str());
    }

    #[test]
    fn any_text_stays_in_the_attribute_of_coins(title in any::<String>()) {
        let paper = paper(&title, std::slice::from_ref(&title), &title);
        let span = coins(&Work::of(Item::new(&paper, &title)));
        let value = span
            .strip_prefix("<span class=\"Z3988\" title=\"")
            .and_then(|rest| rest.strip_suffix("\"></span>"))
            .unwrap();
        prop_assert!(value.is_ascii() && !value.contains(['"', '<', '>', '\'']));
    }
}
