//! Rendering: Markdown and code become HTML, and what the library knows becomes
//! pages through the templates of a theme.

mod budget;
mod chart;
pub mod code;
mod context;
mod context_handout;
mod context_lists;
mod context_pages;
mod context_paper;
mod context_trends;
mod escape;
mod filters;
pub mod list_views;
mod markdown;
mod markup;
mod metered;
mod print;
mod reference;
mod squeeze;
mod template;
mod templates;
mod theme;
mod theme_files;
mod theme_manifest;
pub mod trend_views;
pub mod views;

pub use context::{
    Brief, CardLink, DigestBrief, DigestView, FeedLink, Globals, MenuItem, Month, PageInfo, Pager,
    ShareLink, SiteInfo, SubscribeForm, TopicBrief, TopicLink, TopicView,
};
pub use context_handout::Handout;
pub use context_lists::{AuthorBrief, AuthorView, VenueBrief, VenueView, YearBrief};
pub use context_pages::{
    AuthorContext, AuthorsContext, BareContext, CardContext, DigestContext, DigestsContext,
    FreeContext, HandoutContext, IndexContext, ListItem, PageContext, PaperContext, PapersContext,
    SearchContext, TopicContext, TopicsContext, TrendsContext, VenueContext, VenuesContext,
};
pub use context_paper::{
    BesideView, Cite, CiteFile, FindLink, IdLink, LinkView, PaperView, PersonView, Reference,
    RelatedView,
};
pub use context_trends::{
    ChartRow, ChartView, LinkedView, NotedView, RisingView, RisingWord, TopicTrendView, TrendsView,
};
pub use escape::{escape, escape_url_path};
pub use filters::format_day as day;
pub use markdown::{Destinations, Fault, FaultKind, Links, RESERVED, Rendered, markdown};
pub use print::Print;
pub use reference::{Field, Kind, TemplateReference, TypeReference};
pub use template::{Template, TemplateContext};
pub use templates::{ROOT, Renderer};
pub use theme::Theme;
pub use theme_files::{Asset, shipped as shipped_themes, themes};
