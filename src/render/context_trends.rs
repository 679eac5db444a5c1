//! Contexts of charts and of papers that much was counted for.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use super::markup::{Html, Svg};

/// A chart with its numbers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChartView {
    /// The chart as SVG.
    #[schemars(with = "Svg")]
    pub svg: Value,
    /// What it counts by: `day`, `week`, `month` or `year` of listing, or `published`,
    /// the year of publication.
    pub by: &'static str,
    /// The same as numbers, oldest first.
    pub rows: Vec<ChartRow>,
}

/// A row of the table beside a chart.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChartRow {
    /// The day, week, month or year.
    pub label: String,
    /// How many papers.
    pub count: usize,
}

/// A paper that a source counted much for: an entry of `topic.noted`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NotedView {
    /// The path of its page.
    pub path: String,
    /// Its title as HTML.
    #[schemars(with = "Html")]
    pub title_html: Value,
    /// What the source counted.
    pub count: u64,
    /// The day on which it was first listed.
    pub date: Option<String>,
}
