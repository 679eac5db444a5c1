//! Tests of the settings file as a whole.

use super::*;

fn faults(source: &str) -> Vec<(String, Option<usize>, Option<String>)> {
    let (_, found) = Settings::parse(source);
    found
        .into_iter()
        .map(|d| (d.code.to_string(), d.place.and_then(|p| p.line), d.help))
        .collect()
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let (settings, found) = Settings::parse("");
    assert!(found.is_empty());
    assert_eq!(settings, Settings::default());
}

#[test]
fn every_key_of_the_contract_is_known() {
    let source = r#"
[site]
title = "Papers"
description = ""
base_url = ""
language = "en"
curator = ""
theme = "gazette"
canonical = "self"
abstracts = "full"
symlinks = "inside"
[theme]
accent = "red"
[import]
prefer = ["hand", "openreview", "arxiv", "crossref", "bibtex", "semantic-scholar", "openalex", "huggingface", "text"]
[import.columns]
abstract = "Summary"
[topics]
taxonomy = "ai"
most = 3
[authors]
min_papers = 3
[paginate]
size = 50
[feeds]
limit = 50
authors = false
[search]
engine = "auto"
[share]
networks = ["mastodon", "bluesky", "x", "linkedin", "reddit", "hackernews", "email"]
[find]
sites = ["arxiv", "semantic-scholar", "google-scholar", "openalex"]
[subscribe]
action = ""
provider = ""
[cards]
topics = true
digests = true
papers = false
[publish]
cname = ""
[[source]]
type = "arxiv"
query = "cat:cs.CL"
"#;
    let (settings, found) = Settings::parse(source);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(settings.columns["abstract"], "Summary");
    assert_eq!(settings.sources[0].kind, "arxiv");
    let defaults = Settings {
        // Unset, it follows from the size of the library.
        author_min_papers: Some(3),
        theme_options: settings.theme_options.clone(),
        columns: settings.columns.clone(),
        sources: settings.sources.clone(),
        ..Settings::default()
    };
    assert_eq!(settings, defaults);
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    let found = faults(
        "[site]\ntitel = \"x\"\n[paginate]\nsize = 10\nsise = 3\n[serach]\nengine = \"auto\"\n",
    );
    assert_eq!(
        found,
        [
            (
                "unknown-key".to_owned(),
                Some(2),
                Some("did you mean `title`?".to_owned())
            ),
            (
                "unknown-key".to_owned(),
                Some(5),
                Some("did you mean `size`?".to_owned())
            ),
            (
                "unknown-key".to_owned(),
                Some(6),
                Some("did you mean `search`?".to_owned())
            ),
        ]
    );
}

#[test]
fn all_faults_are_found_not_the_first_one() {
    let codes: Vec<String> = faults(
        "[site]\ntitle = [1]\nbase_url = \"nowhere\"\ntheme = \"../x\"\ncanonical = \"selfe\"\n[paginate]\nsize = 0\n[publish]\nmax_shrink = 3\ncname = \"a b\"\n[[source]]\nquery = \"x\"\n",
    )
    .into_iter()
    .map(|(code, ..)| code)
    .collect();
    assert_eq!(
        codes,
        [
            "wrong-type",
            "unknown-value",
            "bad-value",
            "bad-value",
            "out-of-bounds",
            "bad-value",
            "unknown-key",
            "bad-value"
        ]
    );
}

#[test]
fn broken_toml_is_placed_and_the_rest_still_read() {
    let found = faults("[site]\ntitle = \"x\nlanguage = \"de\"\ntitel = 1\n");
    assert!(
        found
            .iter()
            .any(|(code, line, _)| code == "toml" && *line == Some(2)),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|(code, line, _)| code == "unknown-key" && *line == Some(4)),
        "{found:?}"
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_settings_or_faults(source in "(?s).{0,300}") {
        let _ = Settings::parse(&source);
    }
}
