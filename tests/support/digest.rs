//! Digests for tests: JSON Lines that state exactly the fields a test is about.

use serde_json::{Value, json};

/// A paper with a title and an abstract; tests set further fields.
pub fn record(title: &str) -> Value {
    json!({ "title": title, "abstract": format!("We look into {}.", title.to_lowercase()) })
}

/// A digest with these papers.
pub fn digest(records: &[Value]) -> String {
    let mut text = String::new();
    for record in records {
        text.push_str(&record.to_string());
        text.push('\n');
    }
    text
}

/// A digest with many invented papers, each with an identifier, for building a
/// large site without real text.
pub fn many(n: usize) -> String {
    let things = [
        "Gears", "Lamps", "Rivers", "Sails", "Orchards", "Clocks", "Kilns",
    ];
    let records: Vec<Value> = (0..n)
        .map(|i| {
            json!({
                "title": format!("{} and {}: Study {i}", things[i % 7], things[(i / 7) % 7]),
                "abstract": format!("Study {i} measures what it says.\n\nIt was done {} times.", i % 9 + 1),
                "ids": [format!("arxiv:2501.{i:05}")],
                "authors": [format!("Ann Author{}", i % 40), format!("Ben Builder{}", i % 23)],
            })
        })
        .collect();
    digest(&records)
}
