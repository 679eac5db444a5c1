//! Settings: every documented key has an effect, and every accepted key is
//! documented.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{Site, Tree};

const BASE: &str = "[site]\nbase_url = \"https://set.test/\"\n";
const PLAIN: &str = "[topics]\ntaxonomy = \"none\"\n";

/// For each documented key, two settings that differ only in it and must produce
/// different sites.
const ROWS: [(&str, &str, &str); 52] = [
    (
        "site.title",
        "[site]\ntitle = \"One\"",
        "[site]\ntitle = \"Two\"",
    ),
    (
        "site.description",
        "[site]\ndescription = \"One\"",
        "[site]\ndescription = \"Two\"",
    ),
    (
        "site.base_url",
        "[site]\nbase_url = \"https://one.test/\"",
        "[site]\nbase_url = \"https://two.test/\"",
    ),
    (
        "site.language",
        "[site]\nlanguage = \"en\"",
        "[site]\nlanguage = \"de\"",
    ),
    (
        "site.curator",
        "[site]\ncurator = \"Ada\"",
        "[site]\ncurator = \"Ben\"",
    ),
    (
        "site.theme",
        "[site]\ntheme = \"gazette\"",
        "[site]\ntheme = \"preprint\"",
    ),
    (
        "site.canonical",
        "[site]\nbase_url = \"https://set.test/\"\ncanonical = \"self\"",
        "[site]\nbase_url = \"https://set.test/\"\ncanonical = \"arxiv\"",
    ),
    (
        "site.abstracts",
        "[site]\nabstracts = \"full\"",
        "[site]\nabstracts = \"summary\"",
    ),
    (
        "site.symlinks",
        "[site]\nsymlinks = \"inside\"",
        "[site]\nsymlinks = \"anywhere\"",
    ),
    (
        "import.prefer",
        "[import]\nprefer = [\"bibtex\", \"jsonl\"]",
        "[import]\nprefer = [\"jsonl\", \"bibtex\"]",
    ),
    (
        "import.repairs_off",
        "[import]\nrepairs_off = []",
        "[import]\nrepairs_off = [\"ligatures\"]",
    ),
    (
        "import.columns.abstract",
        "",
        "[import.columns]\nabstract = \"Inhalt\"",
    ),
    (
        "topics.taxonomy",
        "[topics]\ntaxonomy = \"none\"",
        "[topics]\ntaxonomy = \"ai\"",
    ),
    (
        "topics.most",
        "[topics]\ntaxonomy = \"none\"\nmost = 1",
        "[topics]\ntaxonomy = \"none\"\nmost = 3",
    ),
    (
        "authors.min_papers",
        "[authors]\nmin_papers = 1",
        "[authors]\nmin_papers = 9",
    ),
    (
        "paginate.size",
        "[paginate]\nsize = 1",
        "[paginate]\nsize = 50",
    ),
    ("feeds.limit", "[feeds]\nlimit = 1", "[feeds]\nlimit = 50"),
    (
        "feeds.authors",
        "[authors]\nmin_papers = 1\n[feeds]\nauthors = false",
        "[authors]\nmin_papers = 1\n[feeds]\nauthors = true",
    ),
    (
        "citations.styles",
        "[citations]\nstyles = [\"apa\"]",
        "[citations]\nstyles = [\"nature\"]",
    ),
    (
        "search.engine",
        "[search]\nengine = \"sharded\"",
        "[search]\nengine = \"none\"",
    ),
    (
        "find.sites",
        "[find]\nsites = [\"arxiv\"]",
        "[find]\nsites = [\"openalex\"]",
    ),
    (
        "share.networks",
        "[share]\nnetworks = [\"x\"]",
        "[share]\nnetworks = [\"reddit\"]",
    ),
    (
        "subscribe.action",
        "[subscribe]\nprovider = \"custom\"\naction = \"https://one.test/\"",
        "[subscribe]\nprovider = \"custom\"\naction = \"https://two.test/\"",
    ),
    (
        "subscribe.provider",
        "[subscribe]\nprovider = \"mailchimp\"\naction = \"https://one.test/\"",
        "[subscribe]\nprovider = \"buttondown\"\naction = \"https://one.test/\"",
    ),
    (
        "cards.topics",
        "[cards]\ntopics = true",
        "[cards]\ntopics = false",
    ),
    (
        "cards.digests",
        "[cards]\ndigests = true",
        "[cards]\ndigests = false",
    ),
    (
        "cards.papers",
        "[cards]\npapers = true",
        "[cards]\npapers = false",
    ),
    (
        "build.layout",
        "[build]\nlayout = \"auto\"",
        "[build]\nlayout = \"all\"",
    ),
    (
        "publish",
        "[[publish]]\ncname = \"one.test\"",
        "[[publish]]\ncname = \"two.test\"",
    ),
    (
        "feeds.hub",
        "[feeds]\nhub = \"\"",
        "[feeds]\nhub = \"https://hub.test/\"",
    ),
    (
        "security.scripts",
        "[security]\nscripts = []",
        "[security]\nscripts = [\"https://other.test\"]",
    ),
    (
        "security.styles",
        "[security]\nstyles = []",
        "[security]\nstyles = [\"https://other.test\"]",
    ),
    (
        "security.fonts",
        "[security]\nfonts = []",
        "[security]\nfonts = [\"https://other.test\"]",
    ),
    (
        "security.images",
        "[security]\nimages = []",
        "[security]\nimages = [\"https://other.test\"]",
    ),
    (
        "security.media",
        "[security]\nmedia = []",
        "[security]\nmedia = [\"https://other.test\"]",
    ),
    (
        "security.frames",
        "[security]\nframes = []",
        "[security]\nframes = [\"https://other.test\"]",
    ),
    (
        "security.connect",
        "[security]\nconnect = []",
        "[security]\nconnect = [\"https://other.test\"]",
    ),
    (
        "security.contact",
        "[security]\nexpires = 2027-01-01\ncontact = \"mailto:one@set.test\"",
        "[security]\nexpires = 2027-01-01\ncontact = \"mailto:two@set.test\"",
    ),
    (
        "security.expires",
        "[security]\nexpires = 2027-01-01\ncontact = \"mailto:one@set.test\"",
        "[security]\nexpires = 2028-01-01\ncontact = \"mailto:one@set.test\"",
    ),
    (
        "robots.index",
        "[robots]\nindex = true",
        "[robots]\nindex = false",
    ),
    (
        "robots.ai",
        "[robots]\nai = \"allow\"",
        "[robots]\nai = \"search\"",
    ),
    (
        "robots.disallow",
        "[robots]\ndisallow = []",
        "[robots]\ndisallow = [\"/search/\"]",
    ),
    (
        "harvest.dump",
        "[harvest]\ndump = false",
        "[harvest]\ndump = true",
    ),
    (
        "harvest.resourcesync",
        "[harvest]\nresourcesync = false",
        "[harvest]\nresourcesync = true",
    ),
    (
        "harvest.linksets",
        "[harvest]\nlinksets = false",
        "[harvest]\nlinksets = true",
    ),
    (
        "theme.accent",
        "[theme]\naccent = \"ink\"",
        "[theme]\naccent = \"forest\"",
    ),
    (
        "theme.paper_foot",
        "[theme]\npaper_foot = \"all\"",
        "[theme]\npaper_foot = \"short\"",
    ),
    (
        "theme.density",
        "[theme]\ndensity = \"compact\"",
        "[theme]\ndensity = \"comfortable\"",
    ),
    (
        "theme.fonts",
        "[theme]\nfonts = \"own\"",
        "[theme]\nfonts = \"sans\"",
    ),
    (
        "map.enabled",
        "[map]\nenabled = true",
        "[map]\nenabled = false",
    ),
    (
        "meaning.vectors",
        "[meaning]\nvectors = \"built-in\"",
        "[meaning]\nvectors = \"none\"",
    ),
    (
        "theme.front_papers",
        "[theme]\nfront_papers = 1",
        "[theme]\nfront_papers = 2",
    ),
];

/// Everything that a site with these settings produces: its pages and output, or
/// that it cannot be built.
fn built(settings: &str) -> (bool, Tree, Tree) {
    let mut text = settings.to_owned();
    if !text.contains("[site]") {
        text.push_str(&format!("\n{BASE}"));
    }
    if !text.contains("[topics]") {
        text.push_str(&format!("\n{PLAIN}"));
    }
    let site = Site::new()
        .settings(&text)
        .file(
            "content/digests/2025-01-01.jsonl",
            "{\"title\": \"Pruning Large Language Models\", \"authors\": [\"Ada Apple\"], \"venue\": \"From Lines\", \"arxiv_id\": \"2501.00001\", \"abstract\": \"We prune e\u{fb03}ciently. It takes long. Then we measure.\"}\n\
             {\"title\": \"Ink for Quills\", \"authors\": [\"Ada Apple\"], \"Inhalt\": \"We mix ink. It dries.\"}\n",
        )
        .file(
            "content/digests/2024-12-31.bib",
            "@article{a, title = {Pruning Large Language Models}, author = {Ada Apple}, journal = {From BibTeX}, eprint = {2501.00001}, archiveprefix = {arXiv}}\n",
        )
        .file(
            "content/topics/pruning.md",
            "+++\nname = \"Pruning\"\nmatch = 'prun*^5'\n+++\n",
        )
        .file(
            "content/topics/models.md",
            "+++\nname = \"Models\"\nmatch = 'model*^5'\n+++\n",
        );
    #[cfg(unix)]
    if settings.contains("symlinks") {
        site.write(".git/config", "private");
        std::fs::create_dir_all(site.path("static")).unwrap();
        std::os::unix::fs::symlink("../.git/config", site.path("static/config")).unwrap();
    }
    let outcome = site.build().outcome();
    (
        outcome.status.success(),
        site.tree("content"),
        site.tree("public"),
    )
}

fn same(one: &Tree, two: &Tree) -> bool {
    one.differences(two).is_empty()
}

/// The keys in the TOML blocks of a page, with their tables.
fn documented() -> BTreeSet<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    let text = std::fs::read_to_string(page).unwrap();
    let mut keys = BTreeSet::new();
    for block in text.split("```toml\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let table: toml::Table = block.parse().unwrap();
        gather("", &table, &mut keys);
    }
    keys
}

fn gather(prefix: &str, table: &toml::Table, keys: &mut BTreeSet<String>) {
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => gather(&format!("{prefix}{key}."), inner, keys),
            _ => {
                keys.insert(format!("{prefix}{key}"));
            }
        }
    }
}

#[test]
fn every_documented_key_changes_something() {
    let rows: Vec<_> = ROWS.iter().collect();
    let tried: BTreeSet<String> = rows.iter().map(|(key, ..)| (*key).to_owned()).collect();
    assert_eq!(documented(), tried);
    let mut without_effect = Vec::new();
    for (key, one, two) in rows {
        if cfg!(not(unix)) && *key == "site.symlinks" {
            continue;
        }
        // It only matters for sites with tens of thousands of files.
        if *key == "build.layout" {
            continue;
        }
        // And this one for sites of fifty papers or more; `map.rs` tries it.
        if *key == "map.enabled" {
            continue;
        }
        let (one, two) = (built(one), built(two));
        assert!(one.0 || two.0, "{key}: neither could be built");
        if one.0 == two.0 && same(&one.1, &two.1) && same(&one.2, &two.2) {
            without_effect.push(key);
        }
    }
    assert!(without_effect.is_empty(), "{without_effect:?}");
}

#[test]
fn every_key_that_is_accepted_is_documented() {
    let documented = documented();
    for table in [
        "site",
        "import",
        "topics",
        "authors",
        "paginate",
        "feeds",
        "search",
        "share",
        "find",
        "subscribe",
        "cards",
        "build",
        "security",
        "robots",
        "harvest",
    ] {
        let outcome = Site::new()
            .settings(&format!("[{table}]\nqqqqqqqqqqqq = 1\n"))
            .build()
            .fail();
        let (_, known) = outcome
            .stderr
            .split_once("known keys are ")
            .unwrap_or_else(|| panic!("{table}: {outcome}"));
        for key in known.lines().next().unwrap().split(", ") {
            let name = format!("{table}.{key}");
            let is_table = documented
                .iter()
                .any(|key| key.starts_with(&format!("{name}.")));
            assert!(documented.contains(&name) || is_table, "{name}");
        }
    }
}

#[test]
fn every_key_of_a_target_is_documented() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/publish.md");
    let text = std::fs::read_to_string(page).unwrap();
    for target in [
        "type = \"github-pages\"",
        "type = \"artifact\"",
        "type = \"folder\"\nto = \"x\"",
        "type = \"rsync\"\nto = \"x\"",
        "type = \"s3\"\nbucket = \"abc\"",
    ] {
        let outcome = Site::new()
            .settings(&format!("[[publish]]\n{target}\nqqqqqqqqqqqq = 1\n"))
            .build()
            .fail();
        let (_, known) = outcome
            .stderr
            .split_once("known keys are ")
            .unwrap_or_else(|| panic!("{target}: {outcome}"));
        for key in known.lines().next().unwrap().split(", ") {
            assert!(text.contains(&format!("`{key}`")), "{key}");
        }
    }
}

#[test]
fn a_key_that_nothing_reads_is_an_error() {
    for settings in [
        "[publish]\nfolder = \"..\"",
        "[publish]\nmax_shrink = 2",
        "[build]\nlayout = \"some\"",
        "[[source]]\ntype = \"feed\"\nurl = \"https://a.test/\"\ncategories = [\"cs.LG\"]",
        "[[source]]\ntype = \"arxiv\"\nquery = \"x\"\nmax = 9223372036854775807",
        "[[source]]\ntype = \"arxiv\"\nquery = \"x\"\nmax = 0",
        "[[source]]\ntype = \"arxiv\"\nquery = \"x\"\npace = 1e9",
        "[[source]]\ntype = \"arxiv\"\nquery = \"x\"\npace = -1",
        "[paginate]\nsize = 9223372036854775807",
        "[feeds]\nlimit = 99999999999999999999999",
    ] {
        let outcome = Site::new().settings(settings).build().fail();
        let places = outcome.stderr.matches("offprint.toml:").count();
        assert!(
            places == 1 && outcome.stderr.contains("help:"),
            "{settings}\n{outcome}"
        );
    }
}
