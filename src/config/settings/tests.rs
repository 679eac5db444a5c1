//! Tests of the settings file as a whole.

use super::*;

fn faults(source: &str) -> Vec<(String, Option<usize>, Option<String>)> {
    let (_, found) = Settings::parse(source);
    found
        .into_iter()
        .map(|d| (d.code.to_string(), d.place.and_then(|p| p.line), d.help))
        .collect()
}

/// Expects one fault, on a line, with a certain help.
fn assert_fault(lines: &str, line: usize, help: &str) {
    let found = faults(lines);
    let [(_, at, said)] = &found[..] else {
        panic!("{lines}: {found:?}");
    };
    assert_eq!(*at, Some(line), "{lines}");
    assert!(
        said.as_deref().is_some_and(|said| said.contains(help)),
        "{lines}: {said:?}"
    );
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
hub = ""
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
[security]
scripts = []
styles = []
fonts = []
images = []
media = []
frames = []
connect = []
contact = []
[robots]
index = true
ai = "allow"
disallow = []
[harvest]
dump = false
resourcesync = false
linksets = false
[[source]]
type = "arxiv"
query = "cat:cs.CL"
"#;
    let (settings, found) = Settings::parse(source);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(settings.columns["abstract"], "Summary");
    assert_eq!(settings.sources[0].kind, "arxiv");
    let defaults = Settings {
        // If unset, it depends on the size of the library.
        author_min_papers: Some(3),
        theme_options: settings.theme_options.clone(),
        columns: settings.columns.clone(),
        sources: settings.sources.clone(),
        // An empty table is a target with all defaults.
        targets: TargetSettings::of_kind("github-pages")
            .into_iter()
            .collect(),
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
            "bad-value",
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

#[test]
fn a_script_is_read_with_what_it_needs() {
    let (settings, found) = Settings::parse(
        r#"
[[script]]
src = "https://plausible.io/js/script.js"
defer = true
data-domain = "papers.example.org"
[[script]]
src = "https://giscus.app/client.js"
place = "end"
pages = ["paper"]
target = "comments"
integrity = "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"
data-repo-id = 12
[[script]]
src = "visits.js"
type = "module"
"#,
    );
    assert!(found.is_empty(), "{found:?}");
    let [counter, comments, own] = settings.scripts.try_into().unwrap();
    assert_eq!(counter.origin.as_deref(), Some("https://plausible.io"));
    let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        counter.attributes,
        [
            attribute("defer", ""),
            attribute("data-domain", "papers.example.org")
        ]
    );
    assert_eq!(comments.place, ScriptPlace::End);
    assert_eq!(comments.pages, ["paper"]);
    assert_eq!(
        comments.attributes[2..],
        [
            attribute("crossorigin", "anonymous"),
            attribute("data-repo-id", "12")
        ]
    );
    assert_eq!(own.origin, None);
}

#[test]
fn a_script_that_cannot_be_loaded_is_a_fault() {
    for (lines, line, help) in [
        ("defer = true", 1, "src ="),
        ("src = \"http://a.org/x.js\"", 2, "https://"),
        ("src = \"//a.org/x.js\"", 2, "https://"),
        ("src = \"../x.js\"", 2, "static/"),
        ("src = \"data:text/javascript,alert(1)\"", 2, "static/"),
        ("src = \"https://a.org/\\\"onload=x\"", 2, "https://"),
        ("src = \"x.js\"\nonload = \"alert(1)\"", 3, "known keys"),
        ("src = \"x.js\"\ndata-A = \"x\"", 3, "known keys"),
        ("src = \"x.js\"\npages = [\"papper\"]", 3, "`paper`"),
        ("src = \"x.js\"\nintegrity = \"abc\"", 3, "sha384"),
        ("src = \"x.js\"\ntarget = \"x\"", 3, "place"),
        (
            "src = \"x.js\"\nplace = \"end\"\ntarget = \"a b\"",
            4,
            "letters",
        ),
        ("src = \"x.js\"\ntype = \"text/javascript\"", 3, "module"),
    ] {
        assert_fault(&format!("[[script]]\n{lines}\n"), line, help);
    }
}

#[test]
fn what_robots_and_reporters_are_told_is_checked() {
    for (lines, line, help) in [
        (
            "[security]\ncontact = \"a@b.org\"\nexpires = 2027-01-01",
            2,
            "mailto:a@b.org",
        ),
        ("[security]\ncontact = \"mailto:a@b.org\"", 2, "expires ="),
        (
            "[security]\ncontact = \"https://b.org/a\\nX: y\"\nexpires = 2027-01-01",
            2,
            "https://",
        ),
        ("[security]\nexpires = \"soon\"", 2, "2025-03-14"),
        ("[security]\nscripts = [\"'unsafe-inline'\"]", 2, "static/"),
        (
            "[security]\nstyles = [\"https://a.org; x\"]",
            2,
            "https://example.org",
        ),
        ("[security]\nscript = []", 2, "`scripts`"),
        ("[robots]\ndisallow = [\"search/\"]", 2, "/search/"),
        ("[robots]\ndisallow = [\"/a\\nAllow: /\"]", 2, "/search/"),
        ("[robots]\nai = \"never\"", 2, "`deny`"),
        ("[feeds]\nhub = \"hub\"", 2, "https://"),
        ("[harvest]\ndumps = true", 2, "`dump`"),
    ] {
        assert_fault(lines, line, help);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_settings_or_faults(source in "(?s).{0,300}") {
        let _ = Settings::parse(&source);
    }
}
