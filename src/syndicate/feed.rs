//! Feeds: the newest papers of the site, a topic or an author, in terms that Atom
//! and JSON Feed share.

use std::ops::Range;

use crate::cite::{is_plain_char, one_line, web_address};
use crate::model::Date;

/// A feed, or one part of its archive. All URLs are absolute.
#[derive(Debug, Clone)]
pub struct Feed<'a> {
    /// The feed's permanent ID, a URL.
    pub id: &'a str,
    /// Its title in plain text.
    pub title: &'a str,
    /// Its description in plain text; may be empty.
    pub subtitle: &'a str,
    /// The page it belongs to.
    pub home_url: &'a str,
    /// The URL of this document as Atom.
    pub feed_url: &'a str,
    /// The URL of this document as JSON Feed.
    pub json_url: &'a str,
    /// Its language as a BCP 47 tag; may be empty.
    pub language: &'a str,
    /// The date of its last change.
    pub updated: Date,
    /// Who compiles it.
    pub author: Option<&'a str>,
    /// The WebSub hub that announces changes; set only in the document that readers
    /// subscribe to.
    pub hub: Option<&'a str>,
    /// What it is about.
    pub categories: &'a [Category],
    /// Its entries, newest first.
    pub entries: Vec<&'a FeedEntry>,
    /// Links to older and newer entries.
    pub archive: Archive<'a>,
}

/// Links between the documents of a feed's archive (RFC 5005, section 4). A
/// complete feed has none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Archive<'a> {
    /// The document that readers subscribe to. Set only in archive documents.
    pub current: Option<&'a str>,
    /// The document with the next older entries, as Atom.
    pub previous: Option<&'a str>,
    /// The same as JSON Feed.
    pub previous_json: Option<&'a str>,
    /// The document with the next newer entries, as Atom. Unset in the newest one.
    pub next: Option<&'a str>,
}

/// How to archive a feed with `total` entries in documents of `limit` entries.
/// Returns ranges of entries counted from the oldest; the first range is the
/// oldest.
///
/// Counting from the oldest entry keeps documents from changing. A new entry goes
/// to the feed itself, which holds the newest `limit` entries. From time to time a
/// new archive document is added, which the feed then links to. Both may overlap,
/// as RFC 5005 allows. A complete feed has no archive, nor does one without a limit
/// (0).
pub fn archive_parts(total: usize, limit: usize) -> Vec<Range<usize>> {
    if limit == 0 || total <= limit {
        return Vec::new();
    }
    (0..total / limit)
        .map(|part| part * limit..(part + 1) * limit)
        .collect()
}

/// One paper in a feed. All URLs are absolute, including those in
/// [`Self::content_html`].
#[derive(Debug, Clone, PartialEq)]
pub struct FeedEntry {
    /// The entry's permanent ID, a URL. It must not change when the page moves, or
    /// feed readers would show the paper as new.
    pub id: String,
    /// The paper's page on this site.
    pub url: String,
    /// The URL of the paper itself, if known.
    pub external_url: Option<String>,
    /// The title in plain text.
    pub title: String,
    /// The title as HTML, if it has markup or math.
    pub title_html: Option<String>,
    /// When the paper appeared on the site.
    pub published: Option<Date>,
    /// When the entry last changed, if known.
    pub updated: Option<Date>,
    /// The names of its authors, in order.
    pub authors: Vec<String>,
    /// A plain-text summary; may be empty.
    pub summary: String,
    /// The abstract as HTML; may be empty.
    pub content_html: String,
    /// Its topics.
    pub categories: Vec<Category>,
    /// More links: PDF, code, citation.
    pub links: Vec<EntryLink>,
    /// The language of title and abstract, if it differs from the feed's.
    pub language: Option<String>,
}

impl FeedEntry {
    /// An entry with only the required fields.
    pub fn new(
        id: impl Into<String>,
        url: impl Into<String>,
        title: impl Into<String>,
        updated: impl Into<Option<Date>>,
    ) -> Self {
        Self {
            id: id.into(),
            url: url.into(),
            external_url: None,
            title: title.into(),
            title_html: None,
            published: None,
            updated: updated.into(),
            authors: Vec::new(),
            summary: String::new(),
            content_html: String::new(),
            categories: Vec::new(),
            links: Vec::new(),
            language: None,
        }
    }
}

/// A topic in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The topic's id.
    pub id: String,
    /// Its display name.
    pub label: String,
    /// The URL of the list that the ID comes from.
    pub scheme: Option<String>,
}

/// An additional link of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLink {
    /// Its relation to the entry: `enclosure` for a file, `related`, `via` …
    pub rel: String,
    /// The address.
    pub href: String,
    /// The media type; required for an `enclosure` to appear in a JSON Feed.
    pub media_type: Option<String>,
    /// Its display name.
    pub title: Option<String>,
}

/// A URL on this site. It is always written, since feeds require it.
pub(super) fn own_address(url: &str) -> String {
    web_address(url).unwrap_or_else(|| one_line(url))
}

/// The date used if Atom requires one and none is known. It must never change: feed
/// readers would treat the entry as new.
pub const NO_DAY: Date = Date::constant(1970, 1, 1);

/// A date as a timestamp: midnight UTC.
pub(super) fn moment(day: Date) -> String {
    format!("{}T00:00:00Z", w3c_date(day))
}

/// A date in RFC 3339 format. Dates before year 0 cannot be written that way; they
/// are always mistakes, so any valid date will do.
pub(super) fn w3c_date(day: Date) -> String {
    let year = day.year().max(0);
    format!("{year:04}-{:02}-{:02}", day.month(), day.day())
}

/// Text that may span lines, without characters that XML does not allow, and with
/// `\n` line ends.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            '\r' => out.push('\n'),
            '\n' if after_return => {}
            '\n' | '\t' => out.push(c),
            c if is_plain_char(c) => out.push(c),
            _ => {}
        }
        after_return = c == '\r';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_first_moment() {
        assert_eq!(moment(Date::constant(2025, 3, 4)), "2025-03-04T00:00:00Z");
        assert_eq!(w3c_date(Date::constant(-1, 1, 1)), "0000-01-01");
    }

    #[test]
    fn cleaning_keeps_lines_and_nothing_that_xml_forbids() {
        assert_eq!(
            clean("a\r\nb\rc\n\td\u{0}\u{b}\u{FFFF}\u{85}e"),
            "a\nb\nc\n\tde"
        );
    }
}
