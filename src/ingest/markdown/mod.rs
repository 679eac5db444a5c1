//! Reads Markdown lists of papers, as on GitHub and in plain-text newsletters: link
//! lists, linked headings, tables.

mod blocks;
mod entry;
mod head;
mod table;
mod venue_year;

use super::day::Day;
use super::named::{Found, Named};
use super::page_text::{Vocabulary, curator};
use super::tally::ImportTally;
use super::{Format, Request};
use crate::diagnostics::{Diagnostic, count};
use blocks::{Block, Kind, blocks};
use entry::Entry;
use head::{Head, head};

/// Whether a text is such a list.
pub(super) fn detect(text: &str) -> Option<(Format, &'static str)> {
    let is_table = text.contains("--|") || text.contains("-:|") || text.contains("-- |");
    if !text.contains("](") && !text.contains("][") && !is_table {
        return None;
    }
    let all = blocks(text);
    if all.iter().any(|block| match &block.kind {
        Kind::Table(rows) => table::titles(rows) > 0,
        _ => false,
    }) {
        return Some((Format::Markdown, "a Markdown table of papers"));
    }
    let plan = Plan::of(&all);
    let openers = plan.heads.iter().filter(|head| head.is_some()).count();
    let others = all
        .iter()
        .filter(|block| block.depth == 0 && matches!(block.kind, Kind::Paragraph | Kind::Item))
        .count();
    (openers > 0 && openers * 5 >= others).then_some((Format::Markdown, "a Markdown list of links"))
}

/// Reads decoded Markdown.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut named = Named::new(request, tally);
    let mut vocabulary = Vocabulary::default();
    super::lines::lines(text).for_each(|line| vocabulary.learn(line.text));
    let all = blocks(text);
    let plan = Plan::of(&all);
    let mut open: Option<(Entry, &Block)> = None;
    let mut sections: Vec<&Block> = Vec::new();
    let mut found = 0;
    for (at, block) in all.iter().enumerate() {
        if let Kind::Table(rows) = &block.kind {
            close(&mut named, tally, open.take());
            let read = table::read(rows, &vocabulary, &mut named, tally);
            found += read;
            if read == 0 {
                let shown = rows.first().map(table::shown).unwrap_or_default();
                let said = Diagnostic::note("left-out", "a table without paper titles");
                tally.say(said.at(tally.line(block.line, &shown)));
            }
            continue;
        }
        if let Some(head) = &plan.heads[at] {
            close(&mut named, tally, open.take());
            found += 1;
            open = Some((Entry::new(head, &vocabulary), block));
            continue;
        }
        if matches!(block.kind, Kind::Heading(_)) {
            close(&mut named, tally, open.take());
            sections.push(block);
            continue;
        }
        match &mut open {
            Some((entry, opener))
                if belongs(opener, block)
                    || plan.lone.contains(&opener.list) && is_loose(block) =>
            {
                entry.detail(&block.pieces, &vocabulary);
            }
            _ => {
                close(&mut named, tally, open.take());
                let text = block.text();
                if found == 0 && tally.reading.curator.is_none() {
                    tally.reading.curator = curator(&text).map(str::to_owned);
                }
                // Links within the page or the repository form its table of
                // contents.
                let leads_off = block
                    .pieces
                    .iter()
                    .any(|piece| head::outside(piece).is_some());
                if leads_off || text.split_whitespace().nth(LEFT_OUT).is_some() {
                    say_left_out(block, "not part of any paper", tally);
                }
            }
        }
    }
    close(&mut named, tally, open.take());
    let day = sections
        .first()
        .and_then(|first| Day::find(&first.text()))
        .and_then(Day::full);
    // The first heading is the page's title.
    if let Some(first) = sections.first().filter(|first| first.line < TOP) {
        tally.reading.title = Some(first.text()).filter(|title| !title.is_empty());
        sections.remove(0);
    }
    if let Some(first) = sections.first() {
        let shown = first.text();
        let message = format!(
            "{} read as part of the page and not as papers, the first on this line",
            count(sections.len(), "heading")
        );
        tally.say(Diagnostic::note("headings", message).at(tally.line(first.line, &shown)));
    }
    if found == 0 {
        let said = Diagnostic::warning("no-papers", "no paper was found in this text");
        tally.say(said.at(tally.whole()));
    }
    named.close(request, tally, day);
}

/// Report unused texts with at least this many words.
const LEFT_OUT: usize = 8;

/// A heading within this many lines of the top is the page's title.
const TOP: usize = 20;

fn say_left_out(block: &Block, what: &'static str, tally: &mut ImportTally) {
    let said = Diagnostic::note("left-out", what);
    tally.say(said.at(tally.line(block.line, &block.text())));
}

fn close(named: &mut Named, tally: &mut ImportTally, entry: Option<(Entry, &Block)>) {
    let Some((entry, block)) = entry else { return };
    let shown = block.text();
    let (members, spare) = entry.finish();
    let found = Found {
        source: tally.reading.format.source(),
        line: block.line,
        text: &shown,
        members,
        unknown: Vec::new(),
    };
    named.take(tally, found, |_| {});
    for url in spare {
        let message = format!("an additional link of the same kind was left out: {url}");
        let said = Diagnostic::note("second-link", message).field("links");
        tally.say(said.at(tally.line(block.line, &shown)));
    }
}

/// Whether a block belongs to the paper that another block started.
fn belongs(opener: &Block, block: &Block) -> bool {
    match opener.kind {
        // Everything up to the next heading.
        Kind::Heading(_) => true,
        // Everything in the same item and below it.
        Kind::Item => block.item == opener.item || block.depth > opener.depth,
        // After a linked line, the paragraphs that follow.
        _ => block.depth >= opener.depth && !matches!(block.kind, Kind::Item),
    }
}

/// Whether a paragraph is outside all lists.
fn is_loose(block: &Block) -> bool {
    block.kind == Kind::Paragraph && block.depth == 0
}

/// Which blocks start papers.
struct Plan {
    heads: Vec<Option<Head>>,
    /// Lists with a single item. If the text below each number is not indented,
    /// every item is a list by itself and owns the following paragraphs.
    lone: std::collections::BTreeSet<usize>,
}

impl Plan {
    fn of(all: &[Block]) -> Self {
        let mut heads: Vec<Option<Head>> = all
            .iter()
            .map(|block| match block.kind {
                Kind::Heading(_) | Kind::Item | Kind::Paragraph => head(&block.pieces),
                Kind::Code | Kind::Table(_) => None,
            })
            .collect();
        let mut plan_open: Option<usize> = None;
        for at in 0..all.len() {
            let block = &all[at];
            let Some(head) = &heads[at] else {
                if matches!(block.kind, Kind::Heading(_)) {
                    plan_open = None;
                }
                continue;
            };
            let within = plan_open.is_some_and(|open| {
                let opener = &all[open];
                opener.kind != Kind::Paragraph
                    && belongs(opener, block)
                    && !matches!(block.kind, Kind::Heading(_))
            });
            // An item below a paper is about it, unless it has a complete title.
            if (within && !head.is_whole) || head.is_weak && block.kind == Kind::Paragraph {
                heads[at] = None;
            } else {
                plan_open = Some(at);
            }
        }
        plain_headings(all, &mut heads);
        plain_items(all, &mut heads);
        let mut sizes: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
        for block in all.iter().filter(|block| block.kind == Kind::Item) {
            *sizes.entry(block.list).or_default() += 1;
        }
        let lone = sizes.into_iter().filter(|(_, size)| *size == 1);
        Self {
            heads,
            lone: lone.map(|(list, _)| list).collect(),
        }
    }
}

/// A heading without a link is a title if the text below describes one paper
/// (authors, an abstract, a link to it) and is not a list of papers.
fn plain_headings(all: &[Block], heads: &mut [Option<Head>]) {
    for at in 0..all.len() {
        if !matches!(all[at].kind, Kind::Heading(_)) || heads[at].is_some() {
            continue;
        }
        let end = (at + 1..all.len())
            .find(|next| matches!(all[*next].kind, Kind::Heading(_)))
            .unwrap_or(all.len());
        let below = at + 1..end;
        let is_paper = !below
            .clone()
            .any(|next| heads[next].is_some() || matches!(all[next].kind, Kind::Table(_)))
            && below
                .clone()
                .any(|next| entry::tells_of_a_paper(&all[next].pieces));
        if is_paper {
            heads[at] = Some(Head::plain(&all[at].pieces));
        }
    }
}

/// An item without a link is a paper too if its neighbours have links.
fn plain_items(all: &[Block], heads: &mut [Option<Head>]) {
    let mut lists: std::collections::BTreeMap<usize, (usize, usize)> =
        std::collections::BTreeMap::new();
    for (at, block) in all.iter().enumerate() {
        if block.kind == Kind::Item {
            let list = lists.entry(block.list).or_default();
            list.0 += usize::from(heads[at].is_some());
            list.1 += 1;
        }
    }
    for at in 0..all.len() {
        let block = &all[at];
        let in_list = lists
            .get(&block.list)
            .is_some_and(|(heads, all)| heads * 2 > *all);
        let long = block.text().split_whitespace().nth(3).is_some();
        let leads_off = block.pieces.iter().any(|piece| piece.link.is_some());
        if block.kind == Kind::Item && heads[at].is_none() && in_list && long && !leads_off {
            heads[at] = Some(Head::plain(&block.pieces));
        }
    }
}
