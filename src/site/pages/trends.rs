//! The page of trends.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::diagnostics::Diagnostic;
use crate::library::{LEAST_PAPERS, Library, Linked, Rising, Timeline, TopicTrend, Trends};
use crate::render::trend_views::Words;
use crate::render::{
    ChartView, NotedView, PageContext, Svg, Template, TopicBrief, chart, trend_views, views,
};
use crate::site::jobs::{Job, root_of};

use super::{Made, Page, Pages};

pub(in crate::site) const TRENDS: Template<PageContext<TrendsContext>> =
    Template::new("trends.html", "What changes over time.");

/// `trends.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct TrendsContext {
    /// What changes over time.
    pub(super) trends: TrendsView,
}

/// `trends` in `trends.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct TrendsView {
    /// Papers in an order that weighs their upvotes against their age; empty where
    /// no source counted upvotes.
    pub(super) trending: Vec<NotedView>,
    /// The papers that most was counted for; empty where papers trend.
    pub(super) noted: Vec<NotedView>,
    /// What is counted for `noted`: `upvotes`, `citations`, `stars`, `comments`.
    pub(super) noted_by: Option<&'static str>,
    /// Papers over time; absent where no two papers stand apart in time.
    pub(super) papers: Option<ChartView>,
    /// The topics with the most papers.
    pub(super) topics: Vec<TopicTrendView>,
    /// The topics by week, or by longer periods; absent where no two papers stand apart
    /// in time.
    pub(super) heat: Option<HeatView>,
    /// The words that rise; absent where there are too few papers to tell.
    pub(super) rising: Option<RisingView>,
    /// How many papers there have to be, recent and earlier, to tell.
    pub(super) least_papers: usize,
    /// Repositories that several papers link to.
    pub(super) repositories: Vec<LinkedView>,
    /// Hosts that papers link to.
    pub(super) hosts: Vec<LinkedView>,
}

/// A topic over time.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct TopicTrendView {
    /// The topic.
    #[serde(flatten)]
    pub(super) brief: TopicBrief,
    /// Its papers over time, or their number, as SVG without words.
    #[schemars(with = "Svg")]
    pub(super) svg: Value,
    /// Its papers in each of the periods that `trends.papers.rows` names; empty
    /// where there are none.
    pub(super) counts: Vec<usize>,
}

/// A table of topics over time, whose cells are tinted by their numbers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct HeatView {
    /// What its columns are: `day`, `week`, `month`, `year` or `published`.
    pub(super) by: &'static str,
    /// The periods in short, the newest last; no more than fit.
    pub(super) columns: Vec<String>,
    /// The topics with the most papers.
    pub(super) rows: Vec<HeatRow>,
}

/// A topic in a heat table.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct HeatRow {
    /// The topic.
    #[serde(flatten)]
    pub(super) brief: TopicBrief,
    /// A cell for each of the columns.
    pub(super) cells: Vec<HeatCell>,
}

/// A cell of a heat table.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(in crate::site) struct HeatCell {
    /// How many papers.
    pub(super) count: usize,
    /// How many that is for this topic: from 0, none, to 5, the most of its periods.
    pub(super) level: usize,
}

/// How many columns a heat table has: the weeks of a quarter.
const HEAT_COLUMNS: usize = 13;

/// How many topics it has.
const HEAT_ROWS: usize = 12;

/// Words that rise.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct RisingView {
    /// Where the recent periods begin.
    pub(super) from: String,
    /// Where they end.
    pub(super) to: String,
    /// How many papers they have.
    pub(super) recent: usize,
    /// How many papers the periods before have.
    pub(super) earlier: usize,
    /// The words, those that rise most surely first.
    pub(super) words: Vec<RisingWord>,
}

/// A word that rises.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct RisingWord {
    /// The word.
    pub(super) word: String,
    /// The two words side by side that it mostly stands in, if any.
    pub(super) phrase: Option<String>,
    /// Its share of the recent and of the earlier papers, as SVG without words.
    #[schemars(with = "Svg")]
    pub(super) svg: Value,
    /// How many recent papers use it.
    pub(super) recent: u32,
    /// The same as part of them, in percent with one decimal.
    pub(super) recent_share: String,
    /// How many earlier papers use it.
    pub(super) earlier: u32,
    /// The same as part of them, in percent with one decimal.
    pub(super) earlier_share: String,
}

/// What papers link to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct LinkedView {
    /// What to call it.
    pub(super) name: String,
    /// Its address.
    pub(super) url: String,
    /// How many papers link to it.
    pub(super) count: usize,
    /// The same as SVG without words.
    #[schemars(with = "Svg")]
    pub(super) svg: Value,
}

/// What changes over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct TrendsPage;

impl Page for TrendsPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.trends(job)
    }

    fn compares_papers(&self) -> bool {
        true
    }
}

impl Pages<'_> {
    fn trends(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "trends",
            "trends/",
            self.word("trends"),
            self.word("trends_description")
                .replace("{site}", &self.settings.title),
        );
        let trends = trends_view(
            self.library,
            self.kit.trends(self.library),
            &self.theme.words,
        );
        self.page(&TRENDS, TrendsContext { trends }, info, root)
    }
}

/// The trends of a library.
fn trends_view(library: &Library, trends: &Trends, words: &Words) -> TrendsView {
    let timeline = trends.timeline.as_ref();
    let largest = trends
        .topics
        .first()
        .map_or(0, |topic| library.topics[topic.topic].papers.len());
    let topic = |trend: &TopicTrend| {
        let brief = views::topic_brief(&library.topics[trend.topic]);
        // Each on a scale of its own: what is asked is how it changes.
        let svg = match timeline {
            Some(_) => chart::spark(&trend.counts),
            None => chart::bar(brief.count, largest),
        };
        TopicTrendView {
            brief,
            svg: Value::safe_string(&svg),
            counts: trend.counts.clone(),
        }
    };
    let trending = trend_views::trending(library);
    TrendsView {
        noted: match trending.is_empty() {
            true => trend_views::most_noted(library),
            false => Vec::new(),
        },
        trending,
        noted_by: library.metric,
        papers: timeline.map(|timeline| {
            let title = trend_views::word(words, "trends_papers");
            trend_views::chart("papers", &title, timeline, &trends.papers, 0, words)
        }),
        topics: trends.topics.iter().map(topic).collect(),
        heat: heat(library, trends, words),
        rising: timeline
            .zip(trends.rising.as_ref())
            .map(|(timeline, rising)| rising_view(library, timeline, rising, words)),
        least_papers: LEAST_PAPERS,
        repositories: linked(&trends.repositories),
        hosts: linked(&trends.hosts),
    }
}

/// The topics by week where weeks are told apart, else by the periods of the page.
fn heat(library: &Library, trends: &Trends, words: &Words) -> Option<HeatView> {
    let timeline = trends.weeks.as_ref().or(trends.timeline.as_ref())?;
    let first = timeline.len().saturating_sub(HEAT_COLUMNS);
    let row = |trend: &TopicTrend| {
        let counts = match trends.weeks {
            Some(_) => &trend.weekly,
            None => &trend.counts,
        };
        let shown = &counts[first..];
        let highest = shown.iter().copied().max().unwrap_or(0);
        let cell = |count: &usize| HeatCell {
            count: *count,
            level: chart::level(*count, highest),
        };
        HeatRow {
            brief: views::topic_brief(&library.topics[trend.topic]),
            cells: shown.iter().map(cell).collect(),
        }
    };
    Some(HeatView {
        by: trend_views::basis(timeline),
        columns: (first..timeline.len())
            .map(|period| trend_views::short_label(timeline, period, words))
            .collect(),
        rows: trends.topics.iter().take(HEAT_ROWS).map(row).collect(),
    })
}

fn rising_view(
    library: &Library,
    timeline: &Timeline,
    rising: &Rising,
    words: &Words,
) -> RisingView {
    // Shares in parts of a thousand, so that no page depends on how a machine
    // rounds.
    let share = |uses: u32, all: usize| (uses as usize * 1000 + all / 2) / all.max(1);
    let point = trend_views::word(words, "decimal_separator");
    let percent = |share: usize| format!("{}{point}{} %", share / 10, share % 10);
    let highest = rising
        .words
        .iter()
        .map(|word| share(word.recent, rising.recent))
        .max()
        .unwrap_or(0);
    RisingView {
        from: trend_views::edge(timeline, rising.from, false, words),
        to: trend_views::edge(timeline, timeline.len() - 1, true, words),
        recent: rising.recent,
        earlier: rising.earlier,
        words: rising
            .words
            .iter()
            .map(|word| {
                let recent = share(word.recent, rising.recent);
                RisingWord {
                    word: library.terms().word(word.term).to_owned(),
                    phrase: word.phrase.clone(),
                    svg: Value::safe_string(&chart::bar(recent, highest)),
                    recent: word.recent,
                    recent_share: percent(recent),
                    earlier: word.earlier,
                    earlier_share: percent(share(word.earlier, rising.earlier)),
                }
            })
            .collect(),
    }
}

fn linked(targets: &[Linked]) -> Vec<LinkedView> {
    let highest = targets.first().map_or(0, |target| target.papers);
    targets
        .iter()
        .map(|target| LinkedView {
            name: target.name.clone(),
            url: target.url.clone(),
            count: target.papers,
            svg: Value::safe_string(&chart::bar(target.papers, highest)),
        })
        .collect()
}
