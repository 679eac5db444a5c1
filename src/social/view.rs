//! The template context of social images.

use schemars::JsonSchema;
use serde::Serialize;

/// `card` in `cards/*.svg`. All texts are plain and printable; those with letters
/// that the fonts lack are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SocialImage {
    /// The site's title, or its host if the title cannot be printed.
    pub site: String,
    /// The site's description, on the front page's image.
    pub motto: String,
    /// The kind of page, or a paper's first topic.
    pub kicker: String,
    /// A topic's name, a digest's title or date, or a paper's title. If it cannot
    /// be printed, the paper's topic, else the site.
    pub title: String,
    /// A paper's authors.
    pub byline: String,
    /// A topic's scope, or a paper's summary.
    pub standfirst: String,
    /// The first papers of a digest; on the front page, of the newest digest.
    pub papers: Vec<String>,
    /// The number of papers, in words, or a paper's venue.
    pub count: String,
    /// The date of the digest or of the newest paper.
    pub date: String,
    /// Who compiles the site or the digest.
    pub curator: String,
    /// The papers on the map, as the path of an SVG that is 1000 wide and high and whose
    /// strokes have round ends; empty elsewhere.
    pub dots: String,
    /// The mix of topics of a digest, and of the newest one on the front page, for a
    /// band of tones.
    pub strip: Vec<crate::render::StripPart>,
}

/// `cards/*.svg`. The image is independent of pages, so it gets no page data and no
/// root path.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SocialImageContext {
    /// What the picture says.
    pub card: SocialImage,
}

impl crate::render::TemplateContext for SocialImageContext {}
