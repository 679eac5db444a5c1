//! The settings: everything `offprint.toml` can say, with its defaults. A site
//! without the file has all the defaults.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{Source, is_publishable_url};

use super::fields::{Document, Fields};
use super::node::{Node, Value};

/// The name of the settings file. The folder that holds it is the site.
pub const FILE_NAME: &str = "offprint.toml";

/// Everything the settings file can say.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `[site] title`: the name of the site.
    pub title: String,
    /// `[site] description`: what it is, in a sentence.
    pub description: String,
    /// `[site] base_url`: where it is published, with `/` at its end; empty
    /// where nobody said. Only feeds, sitemap, canonical links and social tags
    /// need it.
    pub base_url: String,
    /// `[site] language`: the language of its pages, as BCP 47 has it.
    pub language: String,
    /// `[site] curator`: who puts the digests together, unless a digest says.
    pub curator: String,
    /// `[site] theme`: the folder in `themes/`.
    pub theme: String,
    /// `[site] canonical`: which address a paper's page calls the true one.
    pub canonical: Canonical,
    /// `[site] abstracts`: how much of an abstract is republished.
    pub abstracts: Abstracts,
    /// `[theme]`: the options that the theme declares.
    pub theme_options: BTreeMap<String, Value>,
    /// `[import] prefer`: which source wins a field, best first.
    pub prefer: Vec<Source>,
    /// `[import.columns]`: other names of fields in tables and JSON.
    pub columns: BTreeMap<String, String>,
    /// `[import] repairs_off`: names of repairs of damaged abstracts that are
    /// not wanted.
    pub repairs_off: Vec<String>,
    /// `[topics] taxonomy`: the taxonomy that ships for AI papers, or none.
    pub ai_taxonomy: bool,
    /// `[topics] most`: how many topics a paper has at most.
    pub most_topics: usize,
    /// `[authors] min_papers`: author pages from this many papers on.
    pub author_min_papers: usize,
    /// `[paginate] size`: papers a page.
    pub page_size: usize,
    /// `[feeds] limit`: entries a feed.
    pub feed_limit: usize,
    /// `[feeds] authors`: whether authors have feeds.
    pub author_feeds: bool,
    /// `[search] engine`: the container of the search index.
    pub engine: Engine,
    /// `[share] networks`: where share links lead.
    pub networks: Vec<String>,
    /// `[find] sites`: where a paper without address is looked for.
    pub find_sites: Vec<String>,
    /// `[subscribe] action`: the address a sign-up form posts to.
    pub subscribe_action: String,
    /// `[subscribe] provider`: whose form it is.
    pub subscribe_provider: Option<SubscribeProvider>,
    /// `[cards]`: what has a picture for where its link is passed on.
    pub cards: CardSettings,
    /// `[publish] branch`: the branch that `offprint publish` pushes to.
    pub publish_branch: String,
    /// `[publish] cname`: the custom domain.
    pub cname: String,
    /// `[publish] max_shrink`: the share of pages that may vanish at once.
    pub max_shrink: f64,
    /// `[[source]]`: what `offprint fetch` pulls.
    pub sources: Vec<SourceSettings>,
}

/// Which address a paper's page calls the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Canonical {
    /// The page itself.
    Own,
    /// arXiv's page, where the paper has one.
    Arxiv,
    /// The DOI, where the paper has one.
    Doi,
}

/// How much of an abstract is republished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abstracts {
    /// All of it.
    Full,
    /// Only the key sentence.
    Summary,
}

/// The container of the search index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// By size.
    Auto,
    /// One file that elasticlunr can load.
    Elasticlunr,
    /// Many small files, of which a query loads a few.
    Sharded,
    /// No search.
    None,
}

/// Whose sign-up form the site shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscribeProvider {
    /// buttondown.com
    Buttondown,
    /// mailchimp.com
    Mailchimp,
    /// A listmonk of one's own.
    Listmonk,
    /// Any form with a field `email`.
    Custom,
}

/// What has a picture for where its link is passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardSettings {
    /// `topics`: pages of topics.
    pub topics: bool,
    /// `digests`: pages of digests.
    pub digests: bool,
    /// `papers`: pages of papers.
    pub papers: bool,
}

impl CardSettings {
    /// Nothing has a picture.
    pub const NONE: Self = Self {
        topics: false,
        digests: false,
        papers: false,
    };
}

/// One `[[source]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceSettings {
    /// `type`: `arxiv`, `huggingface`, `openreview`, `feed` or `url`.
    pub kind: String,
    /// The other keys, which each kind reads for itself.
    pub options: Vec<(String, Value)>,
}

/// The networks that `[share]` can name.
const NETWORKS: [&str; 7] = [
    "mastodon",
    "bluesky",
    "x",
    "linkedin",
    "reddit",
    "hackernews",
    "email",
];

/// The sites that `[find]` can name.
const FIND_SITES: [&str; 4] = ["arxiv", "semantic-scholar", "google-scholar", "openalex"];

impl Default for Settings {
    fn default() -> Self {
        let words = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        Self {
            title: "Papers".to_owned(),
            description: String::new(),
            base_url: String::new(),
            language: "en".to_owned(),
            curator: String::new(),
            theme: "gazette".to_owned(),
            canonical: Canonical::Own,
            abstracts: Abstracts::Full,
            theme_options: BTreeMap::new(),
            prefer: [
                "hand",
                "openreview",
                "arxiv",
                "crossref",
                "bibtex",
                "semantic-scholar",
                "openalex",
                "huggingface",
                "text",
            ]
            .into_iter()
            .map(Source::fixed)
            .collect(),
            columns: BTreeMap::new(),
            repairs_off: Vec::new(),
            ai_taxonomy: true,
            most_topics: 3,
            author_min_papers: 3,
            page_size: 50,
            feed_limit: 50,
            author_feeds: false,
            engine: Engine::Auto,
            networks: words(&NETWORKS),
            find_sites: words(&FIND_SITES),
            subscribe_action: String::new(),
            subscribe_provider: None,
            cards: CardSettings {
                topics: true,
                digests: true,
                papers: false,
            },
            publish_branch: "gh-pages".to_owned(),
            cname: String::new(),
            max_shrink: 0.2,
            sources: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the settings of the site in a folder.
    ///
    /// # Errors
    /// Gives all faults of the file, or that it cannot be read.
    pub fn load(site: &Path) -> Result<Self, Diagnostics> {
        let source = std::fs::read(site.join(FILE_NAME)).map_err(|error| {
            Diagnostic::error("unreadable", format!("cannot read the settings: {error}"))
                .at(Place::file(FILE_NAME))
                .help("run offprint in a folder that `offprint new` made, or name one with --site")
        })?;
        let source = String::from_utf8(source).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            Diagnostic::error("not-utf8", "the settings are not UTF-8 text")
                .at(Place::span(FILE_NAME, &text, at..at + 1))
                .help("save the file as UTF-8")
        })?;
        let (settings, diagnostics) = Self::parse(&source);
        if diagnostics.has_errors() {
            Err(diagnostics)
        } else {
            Ok(settings)
        }
    }

    /// Reads settings from text. Faulty keys keep their defaults.
    pub fn parse(source: &str) -> (Self, Diagnostics) {
        let document = Document::toml(FILE_NAME, source, 0..source.len());
        let mut settings = Self::default();
        let root = document.fields();
        if let Some(site) = root.table("site") {
            settings.read_site(site);
        }
        if let Some(theme) = root.table("theme") {
            settings.theme_options = theme
                .entries()
                .iter()
                .map(|(k, n)| (k.name.clone(), n.value.clone()))
                .collect();
        }
        if let Some(import) = root.table("import") {
            settings.read_import(import);
        }
        if let Some(topics) = root.table("topics") {
            set(
                &mut settings.ai_taxonomy,
                topics.choice("taxonomy", &[("ai", true), ("none", false)]),
            );
            set_size(&mut settings.most_topics, topics.integer("most", 1..=20));
            topics.finish();
        }
        if let Some(authors) = root.table("authors") {
            set_size(
                &mut settings.author_min_papers,
                authors.integer("min_papers", 1..=1_000_000),
            );
            authors.finish();
        }
        if let Some(paginate) = root.table("paginate") {
            set_size(&mut settings.page_size, paginate.integer("size", 1..=1_000));
            paginate.finish();
        }
        if let Some(feeds) = root.table("feeds") {
            set_size(&mut settings.feed_limit, feeds.integer("limit", 1..=1_000));
            set(&mut settings.author_feeds, feeds.bool("authors"));
            feeds.finish();
        }
        if let Some(search) = root.table("search") {
            let engines = [
                ("auto", Engine::Auto),
                ("elasticlunr", Engine::Elasticlunr),
                ("sharded", Engine::Sharded),
                ("none", Engine::None),
            ];
            set(&mut settings.engine, search.choice("engine", &engines));
            search.finish();
        }
        if let Some(share) = root.table("share") {
            set(
                &mut settings.networks,
                known_words(&share, "networks", &NETWORKS),
            );
            share.finish();
        }
        if let Some(find) = root.table("find") {
            set(
                &mut settings.find_sites,
                known_words(&find, "sites", &FIND_SITES),
            );
            find.finish();
        }
        if let Some(subscribe) = root.table("subscribe") {
            settings.read_subscribe(subscribe);
        }
        if let Some(cards) = root.table("cards") {
            set(&mut settings.cards.topics, cards.bool("topics"));
            set(&mut settings.cards.digests, cards.bool("digests"));
            set(&mut settings.cards.papers, cards.bool("papers"));
            cards.finish();
        }
        if let Some(publish) = root.table("publish") {
            settings.read_publish(publish);
        }
        for source in root.tables("source") {
            settings.sources.extend(read_source(&source));
        }
        root.finish();
        (settings, document.into_diagnostics())
    }

    fn read_site(&mut self, site: Fields<'_, '_>) {
        set(&mut self.title, site.string("title"));
        set(&mut self.description, site.string("description"));
        if let Some(language) = site.string("language") {
            if is_language(&language) {
                self.language = language;
            } else {
                let message = format!("`{language}` is no language tag");
                fault(
                    &site,
                    "language",
                    message,
                    "write one such as en, de or pt-BR",
                );
            }
        }
        set(&mut self.curator, site.string("curator"));
        set(&mut self.theme, site.string("theme"));
        set(
            &mut self.canonical,
            site.choice(
                "canonical",
                &[
                    ("self", Canonical::Own),
                    ("arxiv", Canonical::Arxiv),
                    ("doi", Canonical::Doi),
                ],
            ),
        );
        set(
            &mut self.abstracts,
            site.choice(
                "abstracts",
                &[("full", Abstracts::Full), ("summary", Abstracts::Summary)],
            ),
        );
        if let Some(base) = site.string("base_url") {
            match base_url(&base) {
                Some(base) => self.base_url = base,
                None => fault(
                    &site,
                    "base_url",
                    format!("`{base}` is no address that a site can have"),
                    "write it as https://example.org/papers/",
                ),
            }
        }
        if self.theme.is_empty() || self.theme.contains(['/', '\\']) || self.theme.starts_with('.')
        {
            let theme = std::mem::replace(&mut self.theme, "gazette".to_owned());
            fault(
                &site,
                "theme",
                format!("`{theme}` is no name of a folder in themes/"),
                "write the folder's name alone",
            );
        }
        site.finish();
    }

    fn read_import(&mut self, import: Fields<'_, '_>) {
        if let Some(prefer) = import.strings("prefer") {
            self.prefer = prefer.into_iter().map(Source::named).collect();
        }
        set(&mut self.repairs_off, import.strings("repairs_off"));
        if let Some(columns) = import.table("columns") {
            for (key, node) in columns.entries() {
                if let Value::String(name) = &node.value {
                    self.columns.insert(key.name.clone(), name.clone());
                } else {
                    fault_at(
                        &columns,
                        node,
                        format!("`import.columns.{}` must be the name of a column", key.name),
                    );
                }
            }
        }
        import.finish();
    }

    fn read_subscribe(&mut self, subscribe: Fields<'_, '_>) {
        if let Some(action) = subscribe.string("action") {
            if action.is_empty() || (is_publishable_url(&action) && !action.starts_with("mailto:"))
            {
                self.subscribe_action = action;
            } else {
                fault(
                    &subscribe,
                    "action",
                    format!("`{action}` is no address a form can be sent to"),
                    "write it as https://…",
                );
            }
        }
        let providers = [
            ("", None),
            ("buttondown", Some(SubscribeProvider::Buttondown)),
            ("mailchimp", Some(SubscribeProvider::Mailchimp)),
            ("listmonk", Some(SubscribeProvider::Listmonk)),
            ("custom", Some(SubscribeProvider::Custom)),
        ];
        set(
            &mut self.subscribe_provider,
            subscribe.choice("provider", &providers),
        );
        subscribe.finish();
    }

    fn read_publish(&mut self, publish: Fields<'_, '_>) {
        set(&mut self.publish_branch, publish.string("branch"));
        if let Some(cname) = publish.string("cname") {
            let fits = cname.len() <= 253
                && cname
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
            if fits {
                self.cname = cname;
            } else {
                fault(
                    &publish,
                    "cname",
                    format!("`{cname}` is no domain name"),
                    "write the bare name, such as papers.example.org",
                );
            }
        }
        if let Some(share) = publish.float("max_shrink") {
            if (0.0..=1.0).contains(&share) {
                self.max_shrink = share;
            } else {
                fault(
                    &publish,
                    "max_shrink",
                    format!("`publish.max_shrink` is {share}, but must lie between 0 and 1"),
                    "0.2 lets a fifth of the pages go at once",
                );
            }
        }
        publish.finish();
    }

    /// How much a source's word counts; less is more. Sources that the settings
    /// do not rank come last, all alike.
    pub fn rank(&self, source: &Source) -> usize {
        self.prefer
            .iter()
            .position(|s| s == source)
            .unwrap_or(self.prefer.len())
    }
}

/// The address of a site with `/` at its end; `None` where it is no address.
/// Empty stays empty.
pub fn base_url(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return Some(String::new());
    }
    let url = url::Url::parse(text).ok()?;
    let fits = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some()
        && url.query().is_none()
        && url.fragment().is_none();
    fits.then(|| format!("{}/", url.as_str().trim_end_matches('/')))
}

fn read_source(source: &Fields<'_, '_>) -> Option<SourceSettings> {
    let kinds = ["arxiv", "huggingface", "openreview", "feed", "url"].map(|kind| (kind, kind));
    let kind = source.choice("type", &kinds);
    if kind.is_none() && source.node("type").is_none() {
        fault(
            source,
            "type",
            "a [[source]] needs a type".to_owned(),
            "add a line such as type = \"arxiv\"",
        );
    }
    let options = source.entries().iter().filter(|(k, _)| k.name != "type");
    Some(SourceSettings {
        kind: kind?.to_owned(),
        options: options
            .map(|(k, n)| (k.name.clone(), n.value.clone()))
            .collect(),
    })
}

fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

fn set_size(slot: &mut usize, value: Option<i64>) {
    set(slot, value.and_then(|n| usize::try_from(n).ok()));
}

fn known_words(
    fields: &Fields<'_, '_>,
    key: &'static str,
    known: &[&'static str],
) -> Option<Vec<String>> {
    let words = fields.strings(key)?;
    for word in &words {
        if !known.contains(&word.as_str()) {
            let help = match crate::diagnostics::nearest(word, known.iter().copied()) {
                Some(name) => format!("did you mean `{name}`? known are {}", known.join(", ")),
                None => format!("known are {}", known.join(", ")),
            };
            fault(fields, key, format!("`{word}` is not known here"), &help);
        }
    }
    Some(words)
}

/// Whether a text has the form of a language tag (BCP 47): parts of letters and
/// digits, the first of two or three letters.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

fn fault(fields: &Fields<'_, '_>, key: &'static str, message: String, help: &str) {
    let span = fields
        .node(key)
        .map_or(fields.key_span(key), |node| node.span.clone());
    fields.document().report(
        Diagnostic::error("bad-value", message)
            .field(key)
            .help(help),
        span,
    );
}

fn fault_at(fields: &Fields<'_, '_>, node: &Node, message: String) {
    fields
        .document()
        .report(Diagnostic::error("bad-value", message), node.span.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(source: &str) -> Vec<(String, Option<usize>, Option<String>)> {
        let (_, found) = Settings::parse(source);
        found
            .into_iter()
            .map(|d| (d.code.to_owned(), d.place.and_then(|p| p.line), d.help))
            .collect()
    }

    #[test]
    fn a_language_is_a_tag() {
        for good in ["en", "de-AT", "zh-Hant-TW", "haw"] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["", "4", "xx-!", "english", "en_US", "en-", "-en"] {
            assert!(!is_language(bad), "{bad}");
        }
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
branch = "gh-pages"
cname = ""
max_shrink = 0.2
[[source]]
type = "arxiv"
query = "cat:cs.CL"
"#;
        let (settings, found) = Settings::parse(source);
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(settings.columns["abstract"], "Summary");
        assert_eq!(settings.sources[0].kind, "arxiv");
        let defaults = Settings {
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
    fn a_base_url_has_one_form() {
        for (text, want) in [
            ("https://a.org", Some("https://a.org/")),
            ("https://a.org/repo", Some("https://a.org/repo/")),
            ("https://a.org/repo//", Some("https://a.org/repo/")),
            ("", Some("")),
            ("a.org", None),
            ("ftp://a.org", None),
            ("https://a.org/?x", None),
        ] {
            assert_eq!(base_url(text).as_deref(), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_settings_or_faults(source in "(?s).{0,300}") {
            let _ = Settings::parse(&source);
        }
    }
}
