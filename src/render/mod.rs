//! Rendering: Markdown and code become HTML, and what the library knows becomes
//! pages through the templates of a theme.

mod assets;
mod budget;
pub mod chart;
pub mod code;
mod constants;
mod context;
mod context_lists;
mod context_page;
mod context_paper;
mod context_trends;
mod escape;
mod filters;
pub mod list_views;
mod loads;
mod markdown;
mod markup;
mod metered;
mod portable;
mod print;
mod reference;
mod squeeze;
pub mod strip;
mod template;
mod templates;
mod theme;
mod theme_files;
mod theme_manifest;
pub mod trend_views;
pub mod views;
mod vignette;

pub use assets::{ASSETS, ASSETS_HASH, Assets, CODE_STYLES, SEARCH_ENGINE, is_engine_part};
pub use context::{
    Brief, CardLink, DigestBrief, DigestView, FeedLink, Globals, MenuItem, PageInfo, Pager,
    ShareLink, SignpostView, SiteInfo, SubscribeForm, TopicBrief, TopicLink,
};
pub use context_lists::{AuthorBrief, TimelineView, VenueBrief, YearBrief};
pub use context_page::{BareContext, ListItem, PageContext};
pub use context_paper::{
    BesideView, Cite, CiteFile, FindLink, IdLink, LinkView, PaperView, PersonView, Reference,
    RelatedView,
};
pub use context_trends::{ChartRow, ChartView, NotedView};
pub use escape::{escape, escape_url_path};
pub use filters::format_day as day;
pub use loads::{Load, LoadKind, loads};
pub use markdown::{Destinations, Fault, FaultKind, Links, RESERVED, Rendered, markdown};
pub use markup::{Html, Svg};
pub use portable::portable;
pub use print::Print;
pub use reference::{Field, Kind, TemplateReference, TypeReference};
pub use strip::StripPart;
pub use template::{Template, TemplateContext};
pub use templates::{ROOT, Renderer};
pub use theme::Theme;
pub use theme_files::{Asset, shipped as shipped_themes, themes};
pub use vignette::vignette;
