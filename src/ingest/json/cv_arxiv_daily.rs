//! cv-arxiv-daily: for each topic, a table of Markdown rows keyed by arXiv ID.

use serde_json::Value;

use super::super::named::Members;
use super::split::parts;

/// Whether a table's values are such rows.
pub(super) fn is_table(table: &str) -> bool {
    let found = parts(table, 0);
    let Some((_, value)) = found.values.first() else {
        return false;
    };
    let value = &table[value.clone()];
    value.starts_with("\"|") || value.starts_with("\"- ")
}

/// The papers of one topic, `"topic": {"2310.10637": "|**2023-10-16**|…"}`, each
/// with the byte where its row starts.
pub(super) fn rows(piece: &str) -> Vec<(Members, usize)> {
    let Some(brace) = piece.find('{') else {
        return Vec::new();
    };
    let topic: Option<String> =
        serde_json::from_str(piece[..brace].trim().trim_end_matches(':').trim()).ok();
    let table = parts(piece, brace);
    table
        .values
        .into_iter()
        .map(|(key, value)| {
            let start = value.start;
            let text = |range| serde_json::from_str::<String>(&piece[range]).unwrap_or_default();
            let id = key.map(text).unwrap_or_default();
            (members(&id, topic.as_deref(), &text(value)), start)
        })
        .collect()
}

fn members(id: &str, topic: Option<&str>, row: &str) -> Members {
    let row = row.trim();
    let cells: Vec<String> = match row.strip_prefix('|') {
        Some(row) => row.split('|').map(bare).collect(),
        None => row.trim_start_matches("- ").split(", ").map(bare).collect(),
    };
    let mut members: Members = vec![("arxiv".into(), Value::from(without_version(id)))];
    let mut put = |field: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !matches!(value.as_str(), "" | "null")) {
            members.push((field.to_owned(), Value::from(value)));
        }
    };
    let cell = |n: usize| cells.get(n).cloned();
    put("published", cell(0));
    put("title", cell(1));
    put(
        "authors",
        cell(2).map(|names| names.replace("et.al.", "et al.")),
    );
    put("url", cell(3).and_then(|cell| address(&cell)));
    put("code", cell(4).and_then(|cell| address(&cell)));
    put("keywords", topic.map(str::to_owned));
    members
}

/// A cell without emphasis.
fn bare(cell: &str) -> String {
    cell.trim().trim_matches('*').trim().to_owned()
}

/// The URL of a Markdown link.
fn address(cell: &str) -> Option<String> {
    let (_, rest) = cell.split_once("](")?;
    rest.split_once(')').map(|(url, _)| url.to_owned())
}

fn without_version(id: &str) -> &str {
    match id.rsplit_once('v') {
        Some((id, version))
            if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) =>
        {
            id
        }
        _ => id,
    }
}
