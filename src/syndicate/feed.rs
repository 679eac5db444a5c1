//! A feed: the newest papers of the site, of a topic or of an author, in the
//! terms that Atom and JSON Feed share.

use std::ops::Range;

use crate::cite::{is_plain_char, one_line, web_address};
use crate::model::Date;

/// A feed, or one part of its archive. All addresses are absolute.
#[derive(Debug, Clone)]
pub struct Feed<'a> {
    /// An address that names the feed for ever.
    pub id: &'a str,
    /// Its title in plain text.
    pub title: &'a str,
    /// What it is of, in plain text; may be empty.
    pub subtitle: &'a str,
    /// The page it belongs to.
    pub home_url: &'a str,
    /// Where this document is, as Atom.
    pub feed_url: &'a str,
    /// Where it is as JSON Feed.
    pub json_url: &'a str,
    /// Its language as BCP 47 has it; may be empty.
    pub language: &'a str,
    /// The day on which something in it last changed.
    pub updated: Date,
    /// Who puts it together.
    pub author: Option<&'a str>,
    /// The WebSub hub that tells of news in it; only where it is the document that
    /// readers subscribe to.
    pub hub: Option<&'a str>,
    /// What it is about.
    pub categories: &'a [Category],
    /// Its entries, newest first.
    pub entries: Vec<&'a Entry>,
    /// Where older and newer entries are.
    pub archive: Archive<'a>,
}

/// The neighbours of a document in a feed's archive (RFC 5005, section 4). A
/// feed that holds all there is has none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Archive<'a> {
    /// The document that readers subscribe to. Set in the parts of the archive,
    /// and only there.
    pub current: Option<&'a str>,
    /// The part with the next older entries, as Atom.
    pub previous: Option<&'a str>,
    /// The same as JSON Feed.
    pub previous_json: Option<&'a str>,
    /// The part with the next newer entries, as Atom; not in the newest part.
    pub next: Option<&'a str>,
}

/// How a feed of `total` entries is archived in documents of `limit` each, as
/// ranges of entries counted from the oldest; the first part is the oldest.
///
/// Parts are counted from that end so that they never change: a new entry fills
/// the feed itself, which holds the newest `limit` entries, and now and then
/// makes a new part, which the feed then names as its previous one. The two may
/// overlap, which RFC 5005 allows. A feed that holds everything has no parts,
/// and neither has one without limit (0).
pub fn archive_parts(total: usize, limit: usize) -> Vec<Range<usize>> {
    if limit == 0 || total <= limit {
        return Vec::new();
    }
    (0..total / limit)
        .map(|part| part * limit..(part + 1) * limit)
        .collect()
}

/// One paper in a feed. All addresses are absolute, those within
/// [`Self::content_html`] included.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// An address that names the entry for ever. It must not change when the
    /// page moves, lest readers show the paper as new.
    pub id: String,
    /// The paper's page on this site.
    pub url: String,
    /// The paper itself, where its address is known.
    pub external_url: Option<String>,
    /// The title in plain text.
    pub title: String,
    /// The title as HTML, where it has markup or mathematics.
    pub title_html: Option<String>,
    /// When the paper appeared on the site.
    pub published: Option<Date>,
    /// When its entry last changed, where that is known.
    pub updated: Option<Date>,
    /// The names of its authors in order.
    pub authors: Vec<String>,
    /// A summary in plain text; may be empty.
    pub summary: String,
    /// The abstract as HTML; may be empty.
    pub content_html: String,
    /// Its topics.
    pub categories: Vec<Category>,
    /// Further links: its PDF, its code, its citation.
    pub links: Vec<FeedLink>,
    /// The language of title and abstract, where it is not the feed's.
    pub language: Option<String>,
}

impl Entry {
    /// An entry of which only what every entry has is known.
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

/// A topic as feeds name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The topic's id.
    pub id: String,
    /// Its name for readers.
    pub label: String,
    /// The address of the list that the id is from.
    pub scheme: Option<String>,
}

/// A link of an entry beside its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLink {
    /// What it is to the entry: `enclosure` for a file, `related`, `via` …
    pub rel: String,
    /// The address.
    pub href: String,
    /// The media type of what is there; required of an `enclosure` that is to
    /// appear in a JSON Feed.
    pub media_type: Option<String>,
    /// Its name for readers.
    pub title: Option<String>,
}

/// The address of something of this site, which is written whatever it is, for a
/// feed needs it.
pub(super) fn own_address(url: &str) -> String {
    web_address(url).unwrap_or_else(|| one_line(url))
}

/// The day that Atom is given where it wants one and nobody knows it. It must not
/// change: a reader's program takes an entry with another day for a new one.
pub const NO_DAY: Date = Date::constant(1970, 1, 1);

/// A day as feeds write a moment: its first one, in universal time.
pub(super) fn moment(day: Date) -> String {
    format!("{}T00:00:00Z", w3c_date(day))
}

/// A day as W3C and RFC 3339 write it. Days before the year 0 have no such
/// spelling; the only ones to carry one are mistakes, and they stay in form.
pub(super) fn w3c_date(day: Date) -> String {
    let year = day.year().max(0);
    format!("{year:04}-{:02}-{:02}", day.month(), day.day())
}

/// Text that may have several lines: what no XML may hold is gone, line ends are
/// `\n`.
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
