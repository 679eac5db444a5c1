//! Views of what changes over time: from the library to what templates see.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use tera::Value;

use crate::library::{Basis, Library, Period, Timeline, TopicEntry};

use super::chart;
use super::context_trends::{ChartRow, ChartView, NotedView};
use super::filters::format_day;

/// The words of the interface.
pub type Words = BTreeMap<String, String>;

/// From how many papers on a topic's most noted are named.
const NOTED_FROM: usize = 4;

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

/// The papers that most was counted for.
pub fn most_noted(library: &Library) -> Vec<NotedView> {
    crate::library::most_noted(library)
        .into_iter()
        .map(|(n, count)| noted_view(library, n, count))
        .collect()
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
        title_html: Value::safe_string(entry.title_html()),
        count,
        date: entry.paper.date.map(|date| date.to_string()),
    }
}

/// A chart of counts over time, from the period `first` on.
pub fn chart(
    id: &str,
    title: &str,
    timeline: &Timeline,
    counts: &[usize],
    first: usize,
    words: &Words,
) -> ChartView {
    let shown = || first..counts.len();
    let named: Vec<(String, usize)> = shown()
        .map(|period| (short_label(timeline, period, words), counts[period]))
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
        by: basis(timeline),
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

/// What a timeline counts by, as templates name it.
pub fn basis(timeline: &Timeline) -> &'static str {
    match timeline.basis {
        Basis::ListedDay => "day",
        Basis::ListedWeek => "week",
        Basis::ListedMonth => "month",
        Basis::ListedYear => "year",
        Basis::Published => "published",
    }
}

/// A period as a table names it.
pub fn label(timeline: &Timeline, period: usize, words: &Words) -> String {
    let text = match timeline.period_of(period) {
        Period::Day(date) => format_day(date, "long", words),
        Period::Week(date) => {
            word(words, "week_of").replace("{day}", &format_day(date, "long", words))
        }
        Period::Month(date) => format_day(date, "month", words),
        Period::Year(year) => year.to_string(),
    };
    if timeline.open && period == 0 {
        return word(words, "and_before").replace("{period}", &text);
    }
    text
}

/// Where a span of periods begins, or ends, in a sentence: of a week that is a day.
pub fn edge(timeline: &Timeline, period: usize, is_end: bool, words: &Words) -> String {
    match timeline.period_of(period) {
        Period::Week(monday) => {
            let day = if is_end {
                monday.saturating_add(6.days())
            } else {
                monday
            };
            format_day(day, "long", words)
        }
        _ => label(timeline, period, words),
    }
}

/// A period as a chart, or the head of a narrow column, names it.
pub fn short_label(timeline: &Timeline, period: usize, words: &Words) -> String {
    let mark = if timeline.open && period == 0 {
        "≤ "
    } else {
        ""
    };
    match timeline.period_of(period) {
        Period::Day(date) | Period::Week(date) => {
            format!("{mark}{}", format_day(date, "short", words))
        }
        Period::Month(date) => format!("{mark}{}-{:02}", date.year(), date.month()),
        Period::Year(year) => format!("{mark}{year}"),
    }
}

/// A word of the interface.
pub fn word(words: &Words, key: &str) -> String {
    words.get(key).cloned().unwrap_or_default()
}
