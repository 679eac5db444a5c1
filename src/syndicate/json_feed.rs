//! JSON Feed, version 1.1.

use serde_json::{Map, Value, json};

use super::feed::{Feed, FeedEntry, clean, moment, own_address};
use crate::cite::{one_line, web_address};

/// The feed as a JSON Feed document, one item per line.
pub fn json_feed(feed: &Feed<'_>) -> String {
    let mut head = Fields::default();
    head.put("version", "https://jsonfeed.org/version/1.1");
    head.put("title", &one_line(feed.title));
    head.put("home_page_url", &own_address(feed.home_url));
    head.put("feed_url", &own_address(feed.json_url));
    head.put("description", &one_line(feed.subtitle));
    head.put("language", &one_line(feed.language));
    head.list(
        "authors",
        feed.author.and_then(person).into_iter().collect(),
    );
    let hub = feed.hub.and_then(web_address);
    let hub = hub.map(|url| json!({ "type": "WebSub", "url": url }));
    head.list("hubs", hub.into_iter().collect());
    let older = feed.archive.previous_json.map(own_address);
    head.put("next_url", &older.unwrap_or_default());
    // One item per line, for readable diffs.
    let items: Vec<String> = feed
        .entries
        .iter()
        .map(|entry| item(entry, feed.language).to_string())
        .collect();
    let mut document = Value::Object(head.0).to_string();
    document.pop();
    if items.is_empty() {
        document.push_str(",\"items\":[]}\n");
    } else {
        document.push_str(",\"items\":[\n");
        document.push_str(&items.join(",\n"));
        document.push_str("\n]}\n");
    }
    document
}

fn item(entry: &FeedEntry, feed_language: &str) -> Value {
    let mut item = Fields::default();
    item.put("id", &one_line(&entry.id));
    item.put("url", &own_address(&entry.url));
    let external = entry.external_url.as_deref().and_then(web_address);
    item.put("external_url", &external.unwrap_or_default());
    item.put("title", &one_line(&entry.title));
    let content = clean(&entry.content_html);
    let summary = clean(&entry.summary);
    if content.trim().is_empty() {
        // One of the two contents is required, even if empty.
        item.0
            .insert("content_text".to_owned(), summary.clone().into());
    } else {
        item.put("content_html", &content);
    }
    item.put("summary", &summary);
    let published = entry.published.map(moment).unwrap_or_default();
    item.put("date_published", &published);
    let modified = entry.updated.map(moment).unwrap_or_default();
    item.put("date_modified", &modified);
    item.list(
        "authors",
        entry
            .authors
            .iter()
            .filter_map(|name| person(name))
            .collect(),
    );
    let tags = entry
        .categories
        .iter()
        .map(|category| one_line(&category.label));
    item.list("tags", tags.map(Value::from).collect());
    let language = entry.language.as_deref().filter(|l| *l != feed_language);
    item.put("language", &one_line(language.unwrap_or_default()));
    item.list("attachments", attachments(entry));
    Value::Object(item.0)
}

fn person(name: &str) -> Option<Value> {
    let name = one_line(name);
    (!name.is_empty()).then(|| json!({ "name": name }))
}

fn attachments(entry: &FeedEntry) -> Vec<Value> {
    entry
        .links
        .iter()
        .filter(|link| link.rel == "enclosure")
        .filter_map(|link| {
            let media_type = one_line(link.media_type.as_deref()?);
            let mut attachment = Fields::default();
            attachment.put("url", &web_address(&link.href)?);
            attachment.put("mime_type", &media_type);
            attachment.put(
                "title",
                &one_line(link.title.as_deref().unwrap_or_default()),
            );
            Some(Value::Object(attachment.0))
        })
        .collect()
}

/// An object under construction.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Fields {
    fn put(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.insert(name.to_owned(), value.into());
        }
    }

    fn list(&mut self, name: &str, list: Vec<Value>) {
        if !list.is_empty() {
            self.0.insert(name.to_owned(), Value::Array(list));
        }
    }
}
