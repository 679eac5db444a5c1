//! Atom (RFC 4287), with the archive links of RFC 5005.

use super::feed::{Category, Feed, FeedEntry, NO_DAY, moment, own_address};
use super::xml::Xml;
use crate::cite::{one_line, web_address};

/// The feed as an Atom document.
///
/// Atom requires an author of the feed if any entry has none. A feed without an
/// author uses its title.
pub fn atom(feed: &Feed<'_>) -> String {
    let mut xml = Xml::new();
    let mut attributes = vec![("xmlns", "http://www.w3.org/2005/Atom")];
    if feed.archive.current.is_some() {
        attributes.push(("xmlns:fh", "http://purl.org/syndication/history/1.0"));
    }
    if !one_line(feed.language).is_empty() {
        attributes.push(("xml:lang", feed.language));
    }
    xml.open("feed", &attributes);
    xml.line("id", &[], feed.id);
    xml.line("title", &[], feed.title);
    if !one_line(feed.subtitle).is_empty() {
        xml.line("subtitle", &[], feed.subtitle);
    }
    xml.line("updated", &[], &moment(feed.updated));
    person(&mut xml, feed.author.unwrap_or(feed.title));
    link(&mut xml, "self", feed.feed_url, "application/atom+xml");
    link(&mut xml, "alternate", feed.home_url, "text/html");
    link(
        &mut xml,
        "alternate",
        feed.json_url,
        "application/feed+json",
    );
    if let Some(hub) = feed.hub.and_then(web_address) {
        xml.empty("link", &[("rel", "hub"), ("href", &hub)]);
    }
    let archive = [
        ("current", feed.archive.current),
        ("prev-archive", feed.archive.previous),
        ("next-archive", feed.archive.next),
    ];
    for (rel, href) in archive {
        if let Some(href) = href {
            link(&mut xml, rel, href, "application/atom+xml");
        }
    }
    if feed.archive.current.is_some() {
        xml.empty("fh:archive", &[]);
    }
    xml.line("generator", &[], "Offprint");
    for category in feed.categories {
        write_category(&mut xml, category);
    }
    for entry in &feed.entries {
        write_entry(&mut xml, entry, feed.language);
    }
    xml.close("feed");
    xml.finish()
}

fn write_entry(xml: &mut Xml, entry: &FeedEntry, feed_language: &str) {
    match entry.language.as_deref() {
        Some(language) if language != feed_language => {
            xml.open("entry", &[("xml:lang", language)]);
        }
        _ => xml.open("entry", &[]),
    }
    xml.line("id", &[], &entry.id);
    match &entry.title_html {
        Some(html) => xml.line("title", &[("type", "html")], html),
        None => xml.line("title", &[], &entry.title),
    }
    if let Some(published) = entry.published {
        xml.line("published", &[], &moment(published));
    }
    xml.line("updated", &[], &moment(entry.updated.unwrap_or(NO_DAY)));
    for author in &entry.authors {
        person(xml, author);
    }
    link(xml, "alternate", &entry.url, "text/html");
    if let Some(external) = entry.external_url.as_deref().and_then(web_address) {
        xml.empty("link", &[("rel", "related"), ("href", &external)]);
    }
    for further in &entry.links {
        let Some(href) = web_address(&further.href) else {
            continue;
        };
        let mut attributes = vec![("rel", further.rel.as_str()), ("href", &href)];
        attributes.extend(further.media_type.as_deref().map(|media| ("type", media)));
        attributes.extend(further.title.as_deref().map(|title| ("title", title)));
        xml.empty("link", &attributes);
    }
    for category in &entry.categories {
        write_category(xml, category);
    }
    if !one_line(&entry.summary).is_empty() {
        xml.text("summary", &[], &entry.summary);
    }
    if !one_line(&entry.content_html).is_empty() {
        xml.text("content", &[("type", "html")], &entry.content_html);
    }
    xml.close("entry");
}

fn person(xml: &mut Xml, name: &str) {
    if !one_line(name).is_empty() {
        xml.open("author", &[]);
        xml.line("name", &[], name);
        xml.close("author");
    }
}

fn link(xml: &mut Xml, rel: &str, href: &str, media_type: &str) {
    let href = own_address(href);
    xml.empty(
        "link",
        &[("rel", rel), ("type", media_type), ("href", &href)],
    );
}

fn write_category(xml: &mut Xml, category: &Category) {
    let mut attributes = vec![("term", category.id.as_str())];
    attributes.extend(category.scheme.as_deref().map(|scheme| ("scheme", scheme)));
    attributes.push(("label", &category.label));
    xml.empty("category", &attributes);
}
