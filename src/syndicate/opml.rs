//! OPML 2.0: a list of all feeds, for importing them into a feed reader.

use super::xml::Xml;
use crate::cite::one_line;

/// One feed in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its name.
    pub title: String,
    /// Its description; may be empty.
    pub description: String,
    /// The absolute URL of the feed.
    pub feed_url: String,
    /// The absolute URL of the page it belongs to.
    pub home_url: String,
}

/// A group of feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineGroup {
    /// The group's name. Feeds of an unnamed group are at the top level.
    pub title: String,
    /// Its feeds.
    pub outlines: Vec<Outline>,
}

/// The list as an OPML document. Groups without feeds are left out.
pub fn opml(title: &str, groups: &[OutlineGroup]) -> String {
    let mut xml = Xml::new();
    xml.open("opml", &[("version", "2.0")]);
    xml.open("head", &[]);
    xml.line("title", &[], title);
    xml.close("head");
    xml.open("body", &[]);
    for group in groups.iter().filter(|group| !group.outlines.is_empty()) {
        let is_named = !one_line(&group.title).is_empty();
        if is_named {
            xml.open("outline", &[("text", &group.title)]);
        }
        for outline in &group.outlines {
            write_outline(&mut xml, outline);
        }
        if is_named {
            xml.close("outline");
        }
    }
    xml.close("body");
    xml.close("opml");
    xml.finish()
}

fn write_outline(xml: &mut Xml, outline: &Outline) {
    let mut attributes = vec![
        ("type", "rss"),
        ("text", outline.title.as_str()),
        ("title", &outline.title),
        ("xmlUrl", &outline.feed_url),
        ("htmlUrl", &outline.home_url),
    ];
    if !one_line(&outline.description).is_empty() {
        attributes.push(("description", &outline.description));
    }
    xml.empty("outline", &attributes);
}
