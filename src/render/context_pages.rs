//! What each template sees of its own. The variables of a template are the fields
//! of one type here, so none reaches a template that its reference does not tell of.

use schemars::JsonSchema;
use serde::Serialize;
use tera::{Context, Value};

use super::context::{
    Brief, DigestBrief, DigestView, Month, PageInfo, Pager, TopicBrief, TopicView,
};
use super::context_handout::Handout;
use super::context_lists::{AuthorBrief, AuthorView, VenueBrief, VenueView};
use super::context_paper::PaperView;
use super::context_trends::{NotedView, TrendsView};
use super::markup::Html;
use super::template::TemplateContext;

/// A page: what its template sees of its own, and what that of every page sees.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageContext<T> {
    /// What the page shows.
    #[serde(flatten)]
    pub own: T,
    /// The page that is rendered.
    pub page: PageInfo,
    /// The way to the site's root: write `{{ root }}papers/`.
    pub root: String,
}

impl<T: Serialize + JsonSchema> TemplateContext for PageContext<T> {
    // What is flattened is copied once more for nothing, on every page.
    fn variables(&self) -> tera::TeraResult<Context> {
        let mut variables = Context::from_serialize(&self.own)?;
        variables.insert("page", &self.page);
        variables.insert("root", &self.root);
        Ok(variables)
    }
}

impl TemplateContext for CardContext {}

/// `card.html` and `row.html`. Many pages show the result, so it gets no page data.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CardContext {
    /// The paper.
    pub paper: Brief,
    /// The way to the site's root: write `{{ root }}papers/`.
    pub root: &'static str,
}

/// A page that shows nothing of the site's.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BareContext {}

/// `index.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IndexContext {
    /// The first papers of the newest digest; of all papers where there is none.
    pub papers: Vec<ListItem>,
    /// Whether the most noted of them stand first.
    pub by_count: bool,
    /// What papers are noted by: `upvotes`, `citations`, `stars`, `comments`.
    pub noted_by: Option<&'static str>,
    /// The newest digest.
    pub digest: Option<DigestView>,
    /// All topics that have papers, those with the most first.
    pub topics: Vec<TopicBrief>,
    /// The newest digests, newest first.
    pub digests: Vec<DigestBrief>,
    /// Papers in an order that weighs their counts against their age; empty where
    /// there is only one digest.
    pub trending: Vec<NotedView>,
}

/// A paper in a list: an entry of `papers`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ListItem {
    /// Its HTML: from `row.html` in lists of all papers, of an author and of a venue,
    /// elsewhere from `card.html`.
    #[schemars(with = "Html")]
    pub card: Value,
    /// The path of its page.
    pub path: String,
    /// Its title as plain text.
    pub title: String,
    /// Whether an earlier digest listed it.
    pub seen: bool,
    /// Its citation for reference managers (COinS), an element without words; in
    /// lists that they may be asked to take along.
    #[schemars(with = "Option<Html>")]
    pub coins: Option<Value>,
}

/// `papers.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PapersContext {
    /// The papers of this page.
    pub papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub rows: bool,
    /// The pages that the list goes over.
    pub pager: Pager,
}

/// `paper.html` and `cite.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperContext {
    /// The paper in full.
    pub paper: PaperView,
}

/// `topics.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TopicsContext {
    /// All topics that have papers, by name.
    pub topics: Vec<TopicBrief>,
}

/// `topic.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TopicContext {
    /// The topic.
    pub topic: TopicView,
    /// Its papers that are on this page.
    pub papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub rows: bool,
    /// The pages that the list goes over.
    pub pager: Pager,
}

/// `digests.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DigestsContext {
    /// The digests by month, newest first; on the page of a month that one alone.
    pub months: Vec<Month>,
}

/// `digest.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DigestContext {
    /// The digest.
    pub digest: DigestView,
    /// Its papers that are on this page.
    pub papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub rows: bool,
    /// The pages that the list goes over.
    pub pager: Pager,
}

/// `authors.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuthorsContext {
    /// The authors of this page.
    pub authors: Vec<AuthorBrief>,
    /// How many papers an author has to have for a page.
    pub min_papers: usize,
    /// The pages that the list goes over.
    pub pager: Pager,
}

/// `author.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuthorContext {
    /// The author.
    pub author: AuthorView,
    /// Their papers that are on this page.
    pub papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub rows: bool,
    /// The pages that the list goes over.
    pub pager: Pager,
}

/// `venues.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VenuesContext {
    /// The venues of this page.
    pub venues: Vec<VenueBrief>,
    /// The pages that the list goes over.
    pub pager: Pager,
}

/// `venue.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VenueContext {
    /// The venue, or one of its years.
    pub venue: VenueView,
    /// Its papers that are on this page.
    pub papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub rows: bool,
    /// The pages that the list goes over.
    pub pager: Pager,
}

/// `trends.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TrendsContext {
    /// What changes over time.
    pub trends: TrendsView,
}

/// `page.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FreeContext {
    /// The title.
    pub title: String,
    /// The day that its file names.
    pub date: Option<String>,
    /// The text as HTML.
    #[schemars(with = "Html")]
    pub body: Value,
}

/// `search.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SearchContext {
    /// All topics that have papers, in the order of the site.
    pub topics: Vec<TopicBrief>,
}

/// `handout.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HandoutContext {
    /// The handout.
    pub handout: Handout,
}
