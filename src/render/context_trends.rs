//! Contexts of charts and trends.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use super::context::TopicBrief;
use super::markup::{Html, Svg};

/// A chart with its numbers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChartView {
    /// The chart as SVG.
    #[schemars(with = "Svg")]
    pub svg: Value,
    /// What it counts by: `month` or `year` of listing, or `published`, the year
    /// of publication.
    pub by: &'static str,
    /// The same as numbers, oldest first.
    pub rows: Vec<ChartRow>,
}

/// A row of the table beside a chart.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChartRow {
    /// The month or year.
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

/// `trends` in `trends.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TrendsView {
    /// Papers in an order that weighs their counts against their age; empty where
    /// no source counted anything.
    pub trending: Vec<NotedView>,
    /// What is counted: `upvotes`, `citations`, `stars`, `comments`.
    pub noted_by: Option<&'static str>,
    /// Papers over time; absent where no two papers stand apart in time.
    pub papers: Option<ChartView>,
    /// The topics with the most papers.
    pub topics: Vec<TopicTrendView>,
    /// The words that rise; absent where there are too few papers to tell.
    pub rising: Option<RisingView>,
    /// How many papers there have to be, recent and earlier, to tell.
    pub least_papers: usize,
    /// Repositories that several papers link to.
    pub repositories: Vec<LinkedView>,
    /// Hosts that papers link to.
    pub hosts: Vec<LinkedView>,
}

/// A topic over time.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TopicTrendView {
    /// The topic.
    #[serde(flatten)]
    pub brief: TopicBrief,
    /// Its papers over time, or their number, as SVG without words.
    #[schemars(with = "Svg")]
    pub svg: Value,
    /// Its papers in each of the periods that `trends.papers.rows` names; empty
    /// where there are none.
    pub counts: Vec<usize>,
}

/// Words that rise.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RisingView {
    /// The first of the recent periods.
    pub from: String,
    /// The last of them.
    pub to: String,
    /// How many papers they have.
    pub recent: usize,
    /// How many papers the periods before have.
    pub earlier: usize,
    /// The words, those that rise most surely first.
    pub words: Vec<RisingWord>,
}

/// A word that rises.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RisingWord {
    /// The word.
    pub word: String,
    /// The two words side by side that it mostly stands in, if any.
    pub phrase: Option<String>,
    /// Its share of the recent and of the earlier papers, as SVG without words.
    #[schemars(with = "Svg")]
    pub svg: Value,
    /// How many recent papers use it.
    pub recent: u32,
    /// The same as part of them, in percent with one decimal.
    pub recent_share: String,
    /// How many earlier papers use it.
    pub earlier: u32,
    /// The same as part of them, in percent with one decimal.
    pub earlier_share: String,
}

/// What papers link to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LinkedView {
    /// What to call it.
    pub name: String,
    /// Its address.
    pub url: String,
    /// How many papers link to it.
    pub count: usize,
    /// The same as SVG without words.
    #[schemars(with = "Svg")]
    pub svg: Value,
}
