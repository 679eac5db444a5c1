//! Sources: each `[[source]]` of the settings, checked key by key, so that a key
//! that its kind does not read is found by every command and not by the next fetch.

use super::SourceSettings;
use super::value::fault;
use crate::config::fields::Fields;
use crate::config::node::{Node, Value};

/// The most papers a day that arXiv can be asked for.
const MOST_PAPERS: i64 = 2_000;

/// The longest time between two requests, in seconds.
const LONGEST_PACE: f64 = 60.0;

/// Reads one `[[source]]`; `None` where its type is not known.
pub(super) fn read_source(source: Fields<'_, '_>) -> Option<SourceSettings> {
    let kinds = ["arxiv", "huggingface", "openreview", "feed", "url"].map(|kind| (kind, kind));
    let kind = source.choice("type", &kinds);
    let Some(kind) = kind else {
        if source.node("type").is_none() {
            fault(
                &source,
                "type",
                "a [[source]] needs a type".to_owned(),
                "add a line such as type = \"arxiv\"",
            );
        }
        return None;
    };
    let texts: &[&'static str] = match kind {
        "arxiv" => &["name", "base", "query"],
        "huggingface" => &["name", "base"],
        "openreview" => &["name", "base", "venue"],
        _ => &["name", "url"],
    };
    let mut options: Vec<(String, Value)> = texts
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), Value::String(source.string(key)?))))
        .collect();
    if let Some(pace) = read_pace(&source) {
        options.push(("pace".to_owned(), Value::Float(pace)));
    }
    if kind == "arxiv" {
        if let Some(categories) = source.strings("categories") {
            let items = categories.into_iter().map(|category| Node {
                value: Value::String(category),
                span: source.span("categories"),
            });
            options.push(("categories".to_owned(), Value::Array(items.collect())));
        }
        if let Some(most) = source.integer("max", 1..=MOST_PAPERS) {
            options.push(("max".to_owned(), Value::Integer(most)));
        }
    }
    if kind == "huggingface"
        && let Some(period) = source.choice("period", &PERIODS.map(|period| (period, period)))
    {
        options.push(("period".to_owned(), Value::String(period.to_owned())));
    }
    source.finish();
    Some(SourceSettings {
        kind: kind.to_owned(),
        options,
    })
}

/// How much Hugging Face can be asked for.
const PERIODS: [&str; 3] = ["day", "week", "month"];

fn read_pace(source: &Fields<'_, '_>) -> Option<f64> {
    let pace = source.float("pace")?;
    if (0.0..=LONGEST_PACE).contains(&pace) {
        return Some(pace);
    }
    fault(
        source,
        "pace",
        format!("`source.pace` is {pace}, but must lie between 0 and {LONGEST_PACE} seconds"),
        "write a number within these bounds, or remove the key",
    );
    None
}
