//! Settings: everything `offprint.toml` can say, with defaults. A site without the
//! file uses the defaults.

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

/// The name of the settings file. The folder that contains it is the site.
pub const FILE_NAME: &str = "offprint.toml";

/// Everything the settings file can say.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `[site] title`: the name of the site.
    pub title: String,
    /// `[site] description`: one sentence about the site.
    pub description: String,
    /// `[site] base_url`: where the site is published, ending in `/`; empty if not
    /// set. Only feeds, the sitemap, canonical links and social tags need it.
    pub base_url: String,
    /// `[site] language`: the language of its pages, as a BCP 47 tag.
    pub language: String,
    /// `[site] curator`: who compiles the digests, unless a digest names somebody
    /// else.
    pub curator: String,
    /// `[site] theme`: the folder in `themes/`.
    pub theme: String,
    /// `[site] canonical`: which URL a paper's page declares canonical.
    pub canonical: Canonical,
    /// `[site] abstracts`: how much of each abstract is republished.
    pub abstracts: Abstracts,
    /// `[site] symlinks`: where symbolic links in the site's folders may lead.
    pub symlinks: Symlinks,
    /// `[theme]`: the options that the theme declares.
    pub theme_options: BTreeMap<String, Value>,
    /// `[import] prefer`: which source wins a field, best first.
    pub prefer: Vec<Source>,
    /// `[import.columns]`: additional names for fields in tables and JSON.
    pub columns: BTreeMap<String, String>,
    /// `[import] repairs_off`: repairs of damaged abstracts to turn off.
    pub repairs_off: Vec<String>,
    /// `[topics] taxonomy`: whether to use the built-in taxonomy for AI papers.
    pub ai_taxonomy: bool,
    /// `[topics] most`: the most topics a paper can have.
    pub most_topics: usize,
    /// `[authors] min_papers`: how many papers an author needs to get a page. If
    /// unset, it depends on the size of the library.
    pub author_min_papers: Option<usize>,
    /// `[paginate] size`: papers per page.
    pub page_size: usize,
    /// `[feeds] limit`: entries per feed.
    pub feed_limit: usize,
    /// `[feeds] authors`: whether authors have feeds.
    pub author_feeds: bool,
    /// `[feeds] hub`: the WebSub hub that notifies feed readers; may be empty.
    pub feed_hub: String,
    /// `[citations] styles`: citation styles offered, by name or as CSL files;
    /// empty for the default ones.
    pub citation_styles: Vec<String>,
    /// `[search] engine`: the format of the search index.
    pub engine: Engine,
    /// `[share] networks`: where share links lead.
    pub networks: Vec<String>,
    /// `[find] sites`: where to search for papers whose URL is unknown.
    pub find_sites: Vec<String>,
    /// `[subscribe] action`: the URL a sign-up form posts to.
    pub subscribe_action: String,
    /// `[subscribe] provider`: the newsletter service.
    pub subscribe_provider: Option<SubscribeProvider>,
    /// `[cards]`: which pages get a social image.
    pub cards: CardSettings,
    /// `[build] layout`: whether to leave out files the host does not accept.
    pub fits_host: bool,
    /// `[[publish]]`: where the site can be published.
    pub targets: Vec<TargetSettings>,
    /// `[[publish]] cname`: the custom domain.
    pub cname: String,
    /// `[security]`: what pages may load from other origins, and whom to contact
    /// about vulnerabilities.
    pub security: SecuritySettings,
    /// `[[script]]`: scripts that the site adds to its pages.
    pub scripts: Vec<ScriptSettings>,
    /// `[robots]`: which crawlers may read the site.
    pub robots: RobotsSettings,
    /// `[harvest]`: bulk data for programs that copy the whole library.
    pub harvest: HarvestSettings,
    /// `[[source]]`: the sources that `offprint fetch` reads.
    pub sources: Vec<SourceSettings>,
}

/// Which URL a paper's page declares canonical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Canonical {
    /// The page itself.
    Own,
    /// The paper's arXiv page, if it has one.
    Arxiv,
    /// The paper's DOI, if it has one.
    Doi,
}

/// How much of each abstract is republished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abstracts {
    /// All of it.
    Full,
    /// Only the key sentence.
    Summary,
}

/// Where symbolic links in `content/`, `static/`, `templates/` and `themes/` may
/// lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symlinks {
    /// To files within the site.
    Inside,
    /// To any file on the machine.
    Anywhere,
}

/// The format of the search index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chosen by the size of the library.
    Auto,
    /// A single file that elasticlunr can load.
    Elasticlunr,
    /// Many small files; each query loads a few.
    Sharded,
    /// No search.
    None,
}

/// The service behind the site's sign-up form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscribeProvider {
    /// buttondown.com
    Buttondown,
    /// mailchimp.com
    Mailchimp,
    /// A self-hosted listmonk.
    Listmonk,
    /// Any form with a field named `email`.
    Custom,
}

/// Which pages get a social image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardSettings {
    /// `topics`: topic pages.
    pub topics: bool,
    /// `digests`: digest pages.
    pub digests: bool,
    /// `papers`: paper pages.
    pub papers: bool,
}

impl CardSettings {
    /// No social images.
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
    /// The other keys; each type of source reads its own.
    pub options: Vec<(String, Value)>,
}

/// The networks that `[share]` accepts.
const NETWORKS: [&str; 7] = [
    "mastodon",
    "bluesky",
    "x",
    "linkedin",
    "reddit",
    "hackernews",
    "email",
];

/// The sites that `[find]` accepts.
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
    /// The target used if none is named: the one marked as default, or the only
    /// one.
    pub fn default_target(&self) -> Option<&TargetSettings> {
        let chosen = self.targets.iter().find(|target| target.is_default);
        chosen.or(match &self.targets[..] {
            [only] => Some(only),
            _ => None,
        })
    }

    /// The rank of a source; lower is better. Sources that the settings do not rank
    /// come last, all equal.
    pub fn rank(&self, source: &Source) -> usize {
        self.prefer
            .iter()
            .position(|s| s == source)
            .unwrap_or(self.prefer.len())
    }
}

#[cfg(test)]
mod tests;
