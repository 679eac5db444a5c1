//! Export: papers as the program sees them, in a uniform format for other programs.

use serde_json::{Map, Value as Json, json};

use super::{Entry, Library};
use crate::model::schema::{BODY, FIELDS, Slot};

/// A paper as `export --format jsonl` writes it. Unknown values are left out.
pub type Exported = Map<String, Json>;

/// Two digits are significant; the rest is noise.
fn two_digits(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

impl Library {
    /// A paper as other programs read it: the fields of the schema and derived values,
    /// which replace fields of the same name. Its address is prefixed with `base_url`;
    /// if that is empty, it is relative to the site.
    pub fn exported(&self, entry: &Entry, base_url: &str) -> Exported {
        let paper = &entry.paper;
        let mut out = Exported::new();
        put(&mut out, "slug", paper.slug.as_str().into());
        put(
            &mut out,
            "url",
            format!("{base_url}{}", paper.path()).into(),
        );
        for field in FIELDS {
            let value = match field.name {
                "title" => entry.title.as_str().into(),
                "year" => paper.publication_year().into(),
                "short" => entry.short.as_deref().into(),
                "digests" => self.digests_of(entry),
                "topics" => self.topics_of(entry),
                "summary" => entry.summary.as_str().into(),
                "draft" | BODY => continue,
                _ => match field.slot {
                    // They include those that the abstract names.
                    Slot::Link(kind) => entry.links().get(&kind).map(String::as_str).into(),
                    _ => field
                        .get(&paper.facts)
                        .map_or(Json::Null, |value| value.to_json()),
                },
            };
            match field.table() {
                (None, key) => put(&mut out, key, value),
                (Some(table), key) if !is_empty(&value) => {
                    let table = out.entry(table).or_insert_with(|| json!({}));
                    if let Json::Object(table) = table {
                        table.insert(key.to_owned(), value);
                    }
                }
                _ => {}
            }
        }
        put(&mut out, "abstract", entry.abstract_text.as_str().into());
        put(&mut out, "abstract_html", entry.abstract_html().into());
        put(&mut out, "related", self.related_of(entry));
        out
    }

    fn digests_of(&self, entry: &Entry) -> Json {
        let id = |digest: &usize| self.digests[*digest].digest.id.as_str();
        entry.digests.iter().map(id).collect()
    }

    fn topics_of(&self, entry: &Entry) -> Json {
        let topics = entry.topics.iter().map(|score| {
            json!({
                "id": self.topics[score.topic].topic.id.as_str(),
                "score": two_digits(score.score),
            })
        });
        topics.collect()
    }

    fn related_of(&self, entry: &Entry) -> Json {
        let neighbours = self.related().of_paper(entry.number).iter();
        let related = neighbours.map(|neighbour| {
            let shared = self.shared(entry.number, neighbour);
            let mut related = json!({
                "slug": self.papers[neighbour.paper].paper.slug.as_str(),
                "score": two_digits(f64::from(neighbour.score)),
                "terms": shared.collect::<Vec<_>>(),
            });
            if neighbour.is_near_duplicate {
                related["near_duplicate"] = true.into();
            }
            related
        });
        related.collect()
    }
}

fn put(out: &mut Exported, key: &str, value: Json) {
    if !is_empty(&value) {
        out.insert(key.to_owned(), value);
    }
}

/// Whether there is nothing to say.
fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        Json::Bool(_) | Json::Number(_) => false,
    }
}
