//! Views of what changes over time: from the library to what templates see.

use std::collections::BTreeMap;

use tera::Value;

use crate::library::{Basis, LEAST_PAPERS, Library, Linked, Rising, Timeline, TopicEntry, Trends};
use crate::model::Date;

use super::chart;
use super::context_trends::{
    ChartRow, ChartView, LinkedView, NotedView, RisingView, RisingWord, TopicTrendView, TrendsView,
};
use super::filters::format_day;
use super::views::topic_brief;

/// The words of the interface.
type Words = BTreeMap<String, String>;

/// From how many papers on a topic's most noted are named.
const NOTED_FROM: usize = 4;

/// The trends of a library.
pub fn trends(library: &Library, trends: &Trends, words: &Words) -> TrendsView {
    let timeline = trends.timeline.as_ref();
    let highest = trends.topics.iter().flat_map(|topic| &topic.counts).max();
    let largest = trends
        .topics
        .first()
        .map_or(0, |topic| library.topics[topic.topic].papers.len());
    let topic = |trend: &crate::library::TopicTrend| {
        let brief = topic_brief(&library.topics[trend.topic]);
        let svg = match highest {
            Some(highest) => chart::spark(&trend.counts, *highest),
            None => chart::bar(brief.count, largest),
        };
        TopicTrendView {
            brief,
            svg: Value::safe_string(&svg),
            counts: trend.counts.clone(),
        }
    };
    TrendsView {
        trending: trending(library),
        noted_by: library.metric,
        papers: timeline.map(|timeline| {
            let title = word(words, "trends_papers");
            chart("papers", &title, timeline, &trends.papers, 0, words)
        }),
        topics: trends.topics.iter().map(topic).collect(),
        rising: timeline
            .zip(trends.rising.as_ref())
            .map(|(timeline, rising)| rising_view(library, timeline, rising, words)),
        least_papers: LEAST_PAPERS,
        repositories: linked(&trends.repositories),
        hosts: linked(&trends.hosts),
    }
}

/// The years of a topic's papers; absent where they are all of one.
pub fn years(timeline: &Timeline, entry: &TopicEntry, words: &Words) -> Option<ChartView> {
    let counts = timeline.counts(entry.papers.iter().copied());
    let first = counts.iter().position(|count| *count > 0)?;
    if counts[first + 1..].iter().all(|count| *count == 0) {
        return None;
    }
    let title = word(words, "topic_years").replace("{name}", &entry.topic.name);
    Some(chart("years", &title, timeline, &counts, first, words))
}

/// The most noted papers of a topic.
pub fn noted(library: &Library, entry: &TopicEntry) -> Vec<NotedView> {
    let Some(metric) = library.metric.filter(|_| entry.papers.len() >= NOTED_FROM) else {
        return Vec::new();
    };
    let view = |n: &usize| {
        let count = *library.papers[*n].paper.metrics.get(metric)?;
        Some(noted_view(library, *n, count))
    };
    entry.noted.iter().filter_map(view).collect()
}

/// The papers that trend.
pub fn trending(library: &Library) -> Vec<NotedView> {
    crate::library::trending(library)
        .into_iter()
        .map(|(n, count)| noted_view(library, n, count))
        .collect()
}

fn noted_view(library: &Library, n: usize, count: u64) -> NotedView {
    let entry = &library.papers[n];
    NotedView {
        path: entry.paper.path(),
        title_html: Value::safe_string(&entry.title_html),
        count,
        date: entry.paper.date.map(|date| date.to_string()),
    }
}

/// A chart of counts over time, from the period `first` on.
fn chart(
    id: &str,
    title: &str,
    timeline: &Timeline,
    counts: &[usize],
    first: usize,
    words: &Words,
) -> ChartView {
    let shown = || first..counts.len();
    let named: Vec<(String, usize)> = shown()
        .map(|period| (short_label(timeline, period), counts[period]))
        .collect();
    let rows: Vec<ChartRow> = shown()
        .map(|period| ChartRow {
            label: label(timeline, period, words),
            count: counts[period],
        })
        .collect();
    let description = describe(&rows, words);
    ChartView {
        svg: Value::safe_string(&chart::bars(id, title, &description, &named)),
        by: match timeline.basis {
            Basis::ListedMonth => "month",
            Basis::ListedYear => "year",
            Basis::Published => "published",
        },
        rows,
    }
}

/// What a chart shows, in a sentence.
fn describe(rows: &[ChartRow], words: &Words) -> String {
    // Of several that are as high the oldest counts.
    let most = rows.iter().rev().max_by_key(|row| row.count);
    let (Some(first), Some(last), Some(most)) = (rows.first(), rows.last(), most) else {
        return String::new();
    };
    let mut text = word(words, "chart_text");
    for (name, row) in [("first", first), ("last", last), ("most", most)] {
        text = text
            .replace(&format!("{{{name}}}"), &row.label)
            .replace(&format!("{{{name}_n}}"), &row.count.to_string());
    }
    text
}

/// A period as a table names it.
fn label(timeline: &Timeline, period: usize, words: &Words) -> String {
    let (year, month) = timeline.start(period);
    let part = |number: i32| i8::try_from(number).ok();
    let date = month.and_then(|month| Date::new(i16::try_from(year).ok()?, part(month)?, 1).ok());
    let text = date.map_or_else(|| year.to_string(), |date| format_day(date, "month", words));
    if timeline.open && period == 0 {
        return word(words, "and_before").replace("{period}", &text);
    }
    text
}

/// A period as a chart names it.
fn short_label(timeline: &Timeline, period: usize) -> String {
    let mark = if timeline.open && period == 0 {
        "≤ "
    } else {
        ""
    };
    match timeline.start(period) {
        (year, Some(month)) => format!("{mark}{year}-{month:02}"),
        (year, None) => format!("{mark}{year}"),
    }
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
    let percent = |share: usize| format!("{}.{} %", share / 10, share % 10);
    let highest = rising
        .words
        .iter()
        .map(|word| share(word.recent, rising.recent))
        .max()
        .unwrap_or(0);
    RisingView {
        from: label(timeline, rising.from, words),
        to: label(timeline, timeline.len() - 1, words),
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

fn word(words: &Words, key: &str) -> String {
    words.get(key).cloned().unwrap_or_default()
}
