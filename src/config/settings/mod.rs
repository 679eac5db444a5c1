//! The settings: everything `offprint.toml` can say, with its defaults. A site
//! without the file has all the defaults.

mod harvest;
mod origin;
mod read;
mod robots;
mod script;
mod security;
mod source;
mod target;
mod value;

use std::collections::BTreeMap;

pub use harvest::HarvestSettings;
pub use robots::{AiUse, RobotsSettings};
pub use script::{ScriptPlace, ScriptSettings};
pub use security::SecuritySettings;
pub use target::{Destination, History, TargetSettings};
pub use value::base_url;

use super::node::Value;
use crate::model::Source;

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
    /// `[site] symlinks`: where links in the site's folders may lead.
    pub symlinks: Symlinks,
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
    /// `[meaning] vectors`: where the vectors of words come from.
    pub vectors: VectorSource,
    /// `[map] enabled`: whether a site of fifty papers or more has a map.
    pub map: bool,
    /// `[authors] min_papers`: author pages from this many papers on; by the size of
    /// the library where unset.
    pub author_min_papers: Option<usize>,
    /// `[paginate] size`: papers a page.
    pub page_size: usize,
    /// `[feeds] limit`: entries a feed.
    pub feed_limit: usize,
    /// `[feeds] authors`: whether authors have feeds.
    pub author_feeds: bool,
    /// `[feeds] hub`: the WebSub hub that tells feed readers of news; may be empty.
    pub feed_hub: String,
    /// `[citations] styles`: the styles in which references are offered, by name
    /// or as files of CSL; empty for the usual ones.
    pub citation_styles: Vec<String>,
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
    /// `[build] layout`: whether a site leaves out what its host does not take.
    pub fits_host: bool,
    /// `[[publish]]`: where the site can be published.
    pub targets: Vec<TargetSettings>,
    /// `[[publish]] cname`: the custom domain.
    pub cname: String,
    /// `[security]`: what pages may load from elsewhere, and whom to tell of a weakness.
    pub security: SecuritySettings,
    /// `[[script]]`: scripts that the site adds to its pages.
    pub scripts: Vec<ScriptSettings>,
    /// `[robots]`: which programs may read the site.
    pub robots: RobotsSettings,
    /// `[harvest]`: what there is for programs that take the whole library along.
    pub harvest: HarvestSettings,
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

/// Where links in `content/`, `static/`, `templates/` and `themes/` may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symlinks {
    /// To files of the site.
    Inside,
    /// To any file of the machine.
    Anywhere,
}

/// Where the vectors come from by which papers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VectorSource {
    /// From the table that ships, made for papers on computer science.
    BuiltIn,
    /// They are learned from the site's own papers.
    Corpus,
    /// There are none.
    None,
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
            symlinks: Symlinks::Inside,
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
            vectors: VectorSource::BuiltIn,
            map: true,
            author_min_papers: None,
            page_size: 50,
            feed_limit: 50,
            author_feeds: false,
            feed_hub: String::new(),
            citation_styles: Vec::new(),
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
            fits_host: true,
            targets: Vec::new(),
            cname: String::new(),
            security: SecuritySettings::default(),
            scripts: Vec::new(),
            robots: RobotsSettings::default(),
            harvest: HarvestSettings::default(),
            sources: Vec::new(),
        }
    }
}

impl Settings {
    /// The target that is meant where none is named: the one that says so, or the only
    /// one.
    pub fn default_target(&self) -> Option<&TargetSettings> {
        let chosen = self.targets.iter().find(|target| target.is_default);
        chosen.or(match &self.targets[..] {
            [only] => Some(only),
            _ => None,
        })
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

#[cfg(test)]
mod tests;
