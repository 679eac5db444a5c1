//! The page of the map.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::diagnostics::Diagnostic;
use crate::map::{self, SIZE};
use crate::render::{PageContext, Svg, Template, TopicBrief, escape, views};
use crate::site::card::Subject;
use crate::site::chart::{self, Chart, FOLDER};
use crate::site::jobs::{Job, root_of};

use super::{Made, Page, Pages};

pub(in crate::site) const MAP: Template<PageContext<MapContext>> =
    Template::new("map.html", "The map of the papers.");

/// `map.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct MapContext {
    /// The map of the papers.
    pub(super) map: MapView,
}

/// `map` in `map.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct MapView {
    /// The file from which a script draws the map, from the folder of this page. Its
    /// name has a hash of its content.
    pub(super) root: String,
    /// How many papers are on the map.
    pub(super) papers: usize,
    /// How many are not: none of their words is known.
    pub(super) absent: usize,
    /// The map as a picture, for those who run no scripts.
    #[schemars(with = "Svg")]
    pub(super) svg: Value,
    /// The topics of the papers, those with the most papers first.
    pub(super) topics: Vec<TopicBrief>,
    /// The names of the largest regions with how many papers each has.
    pub(super) regions: Vec<RegionView>,
    /// The first and the last year of the papers; absent where there is no more than
    /// one.
    pub(super) years: Option<[i32; 2]>,
    /// What papers are noted by: `upvotes`, `citations`, `stars`, `comments`.
    pub(super) noted_by: Option<&'static str>,
}

/// A region of the map.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct RegionView {
    /// What it is called.
    pub(super) name: String,
    /// The path of the topic that it is, if it is one.
    pub(super) path: Option<String>,
    /// How many papers it has.
    pub(super) count: usize,
}

/// The name of the file with which a map begins that is drawn when it is first asked
/// for.
pub(in crate::site) const PREVIEW_ROOT: &str = "root.json";

/// In a site of more papers than this their pages lead to the map and show none of it.
const MOST_PICTURED: usize = 500;

/// How many regions the page names.
const REGIONS: usize = 24;

/// The map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct MapPage;

impl Page for MapPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.map(job)
    }

    fn compares_papers(&self) -> bool {
        true
    }
}

impl Pages<'_> {
    fn map(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let mut info = self.page_info(
            "map",
            FOLDER,
            self.word("map"),
            self.word("map_description")
                .replace("{site}", &self.settings.title),
        );
        info.card = self.card_link(Subject::Map, &info.title);
        let map = self.map_view(self.kit.chart(self.library));
        self.page(&MAP, MapContext { map }, info, root)
    }

    fn map_view(&self, chart: &Chart) -> MapView {
        let papers = chart.atlas.spots.len();
        let regions = chart.atlas.regions.iter().take(REGIONS);
        let years = [chart.years.first(), chart.years.last()];
        MapView {
            // A preview finds it under a name that does not change.
            root: match self.kit.is_drawn_on_request() {
                true => PREVIEW_ROOT.to_owned(),
                false => chart.root.clone(),
            },
            papers,
            absent: self.library.papers.len() - papers,
            svg: Value::safe_string(&picture(chart)),
            topics: (chart.topics.iter())
                .map(|(topic, _)| views::topic_brief(&self.library.topics[*topic]))
                .collect(),
            regions: regions
                .map(|region| RegionView {
                    name: region.name.clone(),
                    path: region.topic.map(|n| self.library.topics[n].topic.path()),
                    count: region.papers,
                })
                .collect(),
            years: match years {
                [Some(first), Some(last)] if first < last => Some([*first, *last]),
                _ => None,
            },
            noted_by: self.library.metric,
        }
    }

    /// What the map has around a paper, as a picture, where pages show it. It is a tenth
    /// of a page.
    pub(super) fn map_near(&self, paper: usize) -> Option<String> {
        if !self.kit.has_map || self.library.papers.len() > MOST_PICTURED {
            return None;
        }
        let chart = self.kit.chart(self.library);
        map::neighbourhood(&chart.atlas, &chart.near, paper)
    }

    /// The number of a paper on the map. Unlike its place, it stays the same when the text
    /// of another paper changes, and with it the page.
    pub(super) fn map_number(&self, paper: usize) -> Option<String> {
        let is_on_map = self.kit.has_map && !self.library.vector(paper).is_none();
        (is_on_map && !self.kit.layout.is_large())
            .then(|| chart::number(self.library, paper).to_string())
    }
}

/// The map as an SVG.
fn picture(chart: &Chart) -> String {
    let dots = map::dots(&chart.atlas);
    // Few papers are drawn larger.
    let width = (300 / (chart.atlas.spots.len() + 1).isqrt()).clamp(4, 12);
    let mut svg = format!(
        "<svg class=\"map-picture\" viewBox=\"0 0 {SIZE} {SIZE}\" aria-hidden=\"true\"><path d=\"{dots}\" stroke-width=\"{width}\"/>"
    );
    for label in map::labels(&chart.atlas) {
        svg.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\">{}</text>",
            label.x,
            label.y,
            label.size,
            escape(&label.text)
        ));
    }
    svg.push_str("</svg>");
    svg
}
