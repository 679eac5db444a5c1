//! Bare addresses: `https://…` or `www.…` in running text becomes a link. They are
//! looked for in what was written, since dashes and quotes are prettier in text.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::model::is_publishable_url;

/// Signs of East Asian text that end an address.
const ENDS: [char; 14] = [
    '，', '。', '；', '：', '、', '！', '？', '）', '】', '」', '』', '》', '”', '’',
];

/// A run of text, piece by piece, each with where it is in the source.
pub(super) type Run<'e> = [(CowStr<'e>, Range<usize>)];

/// A run of text as events, with its addresses as links.
pub(super) fn linked<'e>(run: &Run<'e>, source: &str) -> Vec<Event<'e>> {
    let written: Vec<&str> = run
        .iter()
        .map(|(text, range)| written(text, &source[range.clone()]))
        .collect();
    let whole = written.concat();
    let found = addresses(&whole);
    if found.is_empty() {
        return run
            .iter()
            .map(|(text, _)| Event::Text(text.clone()))
            .collect();
    }
    let mut events = Vec::with_capacity(run.len() + found.len() * 3);
    let mut found = found.into_iter().peekable();
    let mut at = 0;
    for ((text, _), written) in run.iter().zip(&written) {
        let end = at + written.len();
        let mut from = at;
        let plain = |range: Range<usize>, events: &mut Vec<Event<'e>>| {
            if range.len() == written.len() {
                events.push(Event::Text(text.clone()));
            } else if !range.is_empty() {
                events.push(Event::Text(written[range].to_owned().into()));
            }
        };
        while let Some((span, url)) = found.peek() {
            if span.start >= end {
                break;
            }
            if span.start >= from {
                plain(from - at..span.start - at, &mut events);
                events.push(Event::Start(Tag::Link {
                    link_type: LinkType::Autolink,
                    dest_url: url.clone().into(),
                    title: "".into(),
                    id: "".into(),
                }));
                events.push(Event::Text(whole[span.clone()].to_owned().into()));
                events.push(Event::End(TagEnd::Link));
            }
            from = span.end.min(end);
            if span.end > end {
                break;
            }
            found.next();
        }
        if from < end {
            plain(from - at..end - at, &mut events);
        }
        at = end;
    }
    events
}

/// A piece of text as a person wrote it: `--` where the text has a dash, but `&`
/// where they had to write `&amp;`.
fn written<'p>(text: &'p str, source: &'p str) -> &'p str {
    if matches!(source, "'" | "\"" | "--" | "---" | "...") {
        source
    } else {
        text
    }
}

fn addresses(text: &str) -> Vec<(Range<usize>, String)> {
    if !text.contains("://") && !text.contains("www.") {
        return Vec::new();
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    finder
        .links(text)
        .filter_map(|link| {
            let shown = link.as_str();
            let shown = shown.find(ENDS).map_or(shown, |end| &shown[..end]);
            let lower = shown.get(..8).unwrap_or(shown).to_ascii_lowercase();
            let url = if lower.starts_with("http://") || lower.starts_with("https://") {
                shown.to_owned()
            } else if lower.starts_with("www.") {
                format!("https://{shown}")
            } else {
                return None;
            };
            let span = link.start()..link.start() + shown.len();
            is_publishable_url(&url).then_some((span, url))
        })
        .collect()
}
