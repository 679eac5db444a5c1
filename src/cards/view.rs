//! What the template of a card sees.

use schemars::JsonSchema;
use serde::Serialize;

/// `card` in `cards/*.svg`. Every text of it is plain, and can be printed: what
/// is written in letters that the faces lack is empty here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CardView {
    /// The site's title; its host where the title cannot be printed.
    pub site: String,
    /// The site's description, on the card of the front page.
    pub motto: String,
    /// What kind of thing it is of, or a paper's first topic.
    pub kicker: String,
    /// What it is of: a topic's name, a digest's title or day, a paper's title.
    /// Where that cannot be printed, a paper's topic stands for it, else the site.
    pub title: String,
    /// Who wrote a paper.
    pub byline: String,
    /// What falls under a topic, what a paper does.
    pub standfirst: String,
    /// The first papers of a digest, and of the newest one on the front page.
    pub papers: Vec<String>,
    /// How many papers there are, in words; where a paper appeared.
    pub count: String,
    /// The day of the digest, or of the newest paper.
    pub date: String,
    /// Who puts the site or the digest together.
    pub curator: String,
    /// The mix of topics of a digest, and of the newest one on the front page, for a
    /// band of tones.
    pub strip: Vec<crate::render::StripPart>,
}

/// `cards/*.svg`. A picture stands by itself, so it is told neither of the page nor
/// of the way to the site's root.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PictureContext {
    /// What the picture says.
    pub card: CardView,
}

impl crate::render::TemplateContext for PictureContext {}
