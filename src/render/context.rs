//! Contexts: what templates see. Each type here is one variable or a part of
//! one; its documentation is the documentation that theme authors read.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use super::markup::Html;
use super::strip::StripPart;

/// `site`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SiteInfo {
    /// The site's title.
    pub title: String,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// Where it is published, with `/` at the end; empty where nobody said.
    pub base_url: String,
    /// Its language as BCP 47 has it.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Who puts it together; may be empty.
    pub curator: String,
    /// The program and its version.
    pub generator: String,
    /// Whether it has papers. Unlike their number it says the same after each digest,
    /// so that pages that ask for it stay as they are; so do the next two.
    pub has_papers: bool,
    /// Whether it has a page that ranks new papers for its reader.
    pub for_you: bool,
    /// Whether any author has a page.
    pub has_authors: bool,
    /// Whether it has venues.
    pub has_venues: bool,
    /// How many papers it has.
    pub papers: usize,
    /// How many topics have papers.
    pub topics: usize,
    /// How many digests it has.
    pub digests: usize,
    /// How many authors have a page.
    pub authors: usize,
    /// How many venues it has.
    pub venues: usize,
    /// The day of the newest digest.
    pub newest: Option<String>,
    /// The free pages that the menu shows.
    pub menu: Vec<MenuItem>,
    /// Whether the site can be searched.
    pub search: bool,
    /// Whether it has a map of its papers.
    pub map: bool,
    /// The sign-up form for letters, where the settings name one.
    pub subscribe: Option<SubscribeForm>,
    /// What most papers are noted by: `upvotes`, `citations`, `stars`, `comments`.
    pub noted_by: Option<&'static str>,
    /// Whether it is to be opened from a disk, without a server.
    pub on_disk: bool,
}

/// `site.subscribe`: a form that a mailing service takes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SubscribeForm {
    /// Where it is sent.
    pub action: String,
    /// The name of the field for the address.
    pub field: &'static str,
    /// Fields that the reader does not see: pairs of name and value.
    pub hidden: Vec<(String, String)>,
}

/// An entry of `site.menu`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MenuItem {
    /// What to show.
    pub title: String,
    /// The page's path within the site.
    pub path: String,
}

/// What every template sees.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Globals {
    /// The site.
    pub site: SiteInfo,
    /// The words of the interface in the site's language.
    pub t: BTreeMap<String, String>,
    /// The options of the theme, as its `theme.toml` and the site's settings have them.
    pub theme: BTreeMap<String, serde_json::Value>,
}

/// `page`: the page that is rendered.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct PageInfo {
    /// What kind of page: `index`, `paper`, `topic` …
    pub kind: &'static str,
    /// Its path within the site.
    pub path: String,
    /// Its title, without that of the site.
    pub title: String,
    /// A sentence for previews and search engines.
    pub description: String,
    /// Its full address; empty without a base URL.
    pub url: String,
    /// The address that counts as the true one; empty without a base URL.
    pub canonical: String,
    /// Its feeds and other forms.
    pub alternates: Vec<FeedLink>,
    /// Search engines are asked to leave it out.
    pub noindex: bool,
    /// `article` for a paper, else `website`.
    pub og_type: &'static str,
    /// The day it was published, for previews.
    pub published: Option<String>,
    /// The address that citations of it should use; for papers that have one.
    pub cite_as: Option<String>,
    /// Where else it leads, for programs; for papers and the front page.
    pub signposts: Vec<SignpostView>,
    /// Where it can be passed on, on pages that people share.
    pub share: Vec<ShareLink>,
    /// Whether there is more of that on a sheet of its own, `cite.html` beside the page.
    pub more_share: bool,
    /// `citation_…` tags: pairs of name and content.
    pub citation: Vec<(String, String)>,
    /// Its social image, which chats and networks show with its link.
    pub card: Option<CardLink>,
    /// Whether it shows code that wants the style sheet `code.css`.
    pub has_code: bool,
    /// The origins of pictures that its Markdown shows from elsewhere, such as
    /// `https://example.org`; its security policy has to allow them.
    pub picture_origins: Vec<String>,
    /// Its security policy: what a browser may load for it.
    #[schemars(with = "Html")]
    pub policy: Option<Value>,
    /// The scripts that `[[script]]` adds to its head; may be empty.
    #[schemars(with = "Html")]
    pub head_html: Option<Value>,
    /// What `[[script]]` adds at the end of what it is about; may be empty.
    #[schemars(with = "Html")]
    pub end_html: Option<Value>,
    /// The page's structured data, safe within a script element; may be empty.
    #[schemars(with = "Option<String>")]
    pub json_ld: Option<Value>,
}

/// `page.card`: a picture of the page, for where its link is passed on.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CardLink {
    /// Its full address.
    pub url: String,
    /// How wide it is.
    pub width: u32,
    /// How tall it is.
    pub height: u32,
    /// What it shows, in words.
    pub alt: String,
}

/// An entry of `page.share`: a plain link to where a page can be passed on.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShareLink {
    /// `mastodon`, `bluesky` … or `email`.
    pub network: String,
    /// The network's name; empty for `email`, which is a word of the interface.
    pub label: &'static str,
    /// The address.
    pub url: String,
}

/// An entry of `page.signposts`: what a page leads to, for programs (signposting.org).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SignpostView {
    /// What that is to the page: `author`, `item`, `license`, `linkset`, `resourcesync`,
    /// `type`.
    pub rel: &'static str,
    /// Its address, which counts from the page.
    pub href: String,
    /// Its media type, where it is known.
    pub media_type: Option<&'static str>,
}

/// Another form of a page: a feed, a bibliography.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FeedLink {
    /// What it is of, for programs: "Retrieval – Papers".
    pub title: String,
    /// What it is, for readers: "Atom feed".
    pub label: String,
    /// Whether it is a feed.
    pub is_feed: bool,
    /// Its media type.
    pub media_type: &'static str,
    /// Its path within the site.
    pub path: String,
}

/// A paper in short: `paper` in `card.html` and `row.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Brief {
    /// The name of its page.
    pub slug: String,
    /// The path of its page.
    pub path: String,
    /// The title as plain text.
    pub title: String,
    /// The title as HTML.
    #[schemars(with = "Html")]
    pub title_html: Value,
    /// The short name, where it has one.
    pub short: Option<String>,
    /// The first authors' names.
    pub authors: Vec<String>,
    /// How many authors there are beyond those.
    pub more_authors: usize,
    /// The day it was first listed.
    pub date: Option<String>,
    /// The sentence that says what it does, as HTML, without "In this paper, we"; may be
    /// empty.
    #[schemars(with = "Html")]
    pub summary_html: Value,
    /// Its topics, most telling first.
    pub topics: Vec<TopicLink>,
    /// Where it appeared.
    pub venue: Option<String>,
    /// The year of publication.
    pub year: Option<i16>,
    /// Where it appeared and in which year, as far as known: `ICRA 2012`.
    pub appeared: Option<String>,
    /// A prize.
    pub award: Option<String>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// What papers of this site are noted by, where a source counted it.
    pub noted: Option<u64>,
    /// What that is: `upvotes`, `citations`, `stars`, `comments`.
    pub noted_by: Option<&'static str>,
    /// The address of its PDF.
    pub pdf: Option<String>,
    /// The address of its code.
    pub code: Option<String>,
    /// Upvotes, where a source counted them.
    pub upvotes: Option<u64>,
}

/// A topic beside a paper. It has no count of papers, so that a paper's page stays as
/// it is when another paper joins the topic.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TopicLink {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The path of its page.
    pub path: String,
    /// What falls under it, in a line; may be empty.
    pub scope: String,
}

/// A topic where it is only named.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TopicBrief {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The path of its page.
    pub path: String,
    /// How many papers it has.
    pub count: usize,
    /// What falls under it; may be empty.
    pub scope: String,
}

/// A digest where it is only named.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DigestBrief {
    /// Its id.
    pub id: String,
    /// The path of its page.
    pub path: String,
    /// Its title, where somebody gave one.
    pub title: Option<String>,
    /// Its day.
    pub date: Option<String>,
    /// How many papers it lists.
    pub count: usize,
}

/// `digest` in `digest.html` and `index.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DigestView {
    /// What a list shows too.
    #[serde(flatten)]
    pub brief: DigestBrief,
    /// Who put it together.
    pub curator: Option<String>,
    /// A curator's note as HTML; may be empty.
    #[schemars(with = "Html")]
    pub note_html: Value,
    /// The digest before it in time.
    pub earlier: Option<DigestBrief>,
    /// The digest after it in time.
    pub later: Option<DigestBrief>,
    /// The topics of its papers with how many of them it has.
    pub topics: Vec<TopicBrief>,
    /// The mix of its topics, for a band of tones.
    pub strip: Vec<StripPart>,
    /// Its number, counted from the oldest digest of the site.
    pub number: usize,
    /// How many of its papers an earlier digest listed.
    pub seen_before: usize,
    /// The file it came from, where one is known.
    pub source: Option<String>,
    /// Whether its day was a Saturday or Sunday, on which most services list nothing.
    pub weekend: bool,
}

/// `pager` in lists that go over several pages.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Pager {
    /// The present page, from 1.
    pub current: usize,
    /// How many there are.
    pub last: usize,
    /// The path of the first page; page n is at `base` + `page/n/`.
    pub base: String,
    /// The path of the page before.
    pub previous: Option<String>,
    /// The path of the page after.
    pub next: Option<String>,
    /// How many papers there are on all pages.
    pub total: usize,
    /// The number of the first paper on this page, from 1.
    pub first_item: usize,
    /// The number of the last paper on this page.
    pub last_item: usize,
}
