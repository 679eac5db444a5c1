//! `[[source]]`: sources for `offprint fetch`. Every key is checked here, so that
//! all commands report a wrong key, not just the next fetch.

use super::SourceSettings;
use super::value::fault;
use crate::config::fields::Fields;
use crate::config::node::{Node, Value};

/// The most papers to request from arXiv per day.
const MOST_PAPERS: i64 = 2_000;

/// The bounds of values in seconds: the pause between requests, and the timeout.
const SECONDS: [(&str, (f64, f64)); 2] = [("pace", (0.0, 60.0)), ("timeout", (1.0, 600.0))];

/// Reads one `[[source]]`. `None` if its type is unknown.
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
    for (key, bounds) in SECONDS {
        if let Some(seconds) = read_seconds(&source, key, bounds) {
            options.push((key.to_owned(), Value::Float(seconds)));
        }
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

/// The periods that Hugging Face accepts.
const PERIODS: [&str; 3] = ["day", "week", "month"];

fn read_seconds(
    source: &Fields<'_, '_>,
    key: &'static str,
    (least, most): (f64, f64),
) -> Option<f64> {
    let seconds = source.float(key)?;
    if (least..=most).contains(&seconds) {
        return Some(seconds);
    }
    fault(
        source,
        key,
        format!("`source.{key}` is {seconds}, but must be between {least} and {most} seconds"),
        "write a number in this range, or remove the key",
    );
    None
}
