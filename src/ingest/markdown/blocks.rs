//! Flattens a Markdown document to a list of headings, list items, paragraphs and
//! tables, each with its text in pieces.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::super::marks;
use crate::text::clean_line;

/// The kind of block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A heading, with its level.
    Heading(u8),
    /// The start of a list item.
    Item,
    /// Any other text.
    Paragraph,
    /// Code, which is ignored.
    Code,
    /// A table, header row first.
    Table(Vec<Row>),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    /// The line where it starts.
    pub(super) line: usize,
    pub(super) cells: Vec<Vec<Piece>>,
    /// How many cells were written, including those beyond the table's columns.
    pub(super) written: usize,
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// The list nesting depth.
    pub(super) depth: usize,
    /// The list item it belongs to, numbered consecutively; 0 for none.
    pub(super) item: usize,
    /// The list, numbered consecutively.
    pub(super) list: usize,
    /// The line where it starts, starting at 1.
    pub(super) line: usize,
    pub(super) pieces: Vec<Piece>,
}

impl Block {
    /// Its text on one line.
    pub(super) fn text(&self) -> String {
        text(&self.pieces)
    }
}

/// The text of pieces on one line.
pub(super) fn text(pieces: &[Piece]) -> String {
    let all: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    clean_line(&all)
}

/// A run of text with the same formatting.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Its link target.
    pub(super) link: Option<String>,
    pub(super) is_strong: bool,
    pub(super) is_emphasis: bool,
    pub(super) is_code: bool,
}

/// The most blocks of a document; bounds the cost of a hostile file.
const MAX_BLOCKS: usize = 2_000_000;

/// Splits a document into blocks.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut maker = Maker {
        text,
        counted: 0,
        line: 1,
        out: Vec::new(),
        open: None,
        items: Vec::new(),
        lists: Vec::new(),
        next_item: 0,
        next_list: 0,
        strong: 0,
        emphasis: 0,
        link: None,
        image: 0,
        skip: 0,
        rows: None,
        html: None,
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if maker.out.len() >= MAX_BLOCKS {
            break;
        }
        maker.take(event, range);
    }
    maker.flush();
    maker.out
}

struct Maker<'a> {
    text: &'a str,
    counted: usize,
    line: usize,
    out: Vec<Block>,
    open: Option<Block>,
    items: Vec<usize>,
    lists: Vec<usize>,
    next_item: usize,
    next_list: usize,
    strong: usize,
    emphasis: usize,
    link: Option<String>,
    image: usize,
    /// Nesting depth within metadata, which is skipped.
    skip: usize,
    rows: Option<Vec<Row>>,
    html: Option<(usize, String)>,
}

impl Maker<'_> {
    fn line_of(&mut self, at: usize) -> usize {
        if at > self.counted {
            let new = &self.text.as_bytes()[self.counted..at];
            self.line += memchr::memchr_iter(b'\n', new).count();
            self.counted = at;
        }
        self.line
    }

    fn flush(&mut self) {
        if let Some(mut block) = self.open.take()
            && (!block.pieces.is_empty() || matches!(block.kind, Kind::Table(_)))
        {
            block.pieces = with_bare_links(std::mem::take(&mut block.pieces));
            self.out.push(block);
        }
    }

    fn begin(&mut self, kind: Kind, at: usize) {
        // The first paragraph of an item is the item's own.
        let is_head = kind == Kind::Paragraph
            && self
                .open
                .as_ref()
                .is_some_and(|open| open.kind == Kind::Item && open.pieces.is_empty());
        if is_head {
            return;
        }
        self.flush();
        let line = self.line_of(at);
        self.open = Some(Block {
            kind,
            depth: self.lists.len(),
            item: self.items.last().copied().unwrap_or(0),
            list: self.lists.last().copied().unwrap_or(0),
            line,
            pieces: Vec::new(),
        });
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        let at = range.start;
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            _ if self.skip > 0 => {}
            Event::Text(text) => self.push(&text, at),
            Event::Code(text) => {
                let piece = self.piece(&text);
                self.add(
                    Piece {
                        is_code: true,
                        ..piece
                    },
                    at,
                );
            }
            Event::SoftBreak | Event::HardBreak => {
                let within = self.link.is_some() || self.image > 0;
                self.push(if within { " " } else { "\n" }, at);
            }
            Event::Html(html) => match &mut self.html {
                Some((_, text)) => text.push_str(&html),
                None => self.html = Some((at, html.into_string())),
            },
            Event::InlineHtml(html) => self.inline(&html, at),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let at = range.start;
        match tag {
            Tag::Heading { level, .. } => self.begin(Kind::Heading(number(level)), at),
            Tag::Paragraph => self.begin(Kind::Paragraph, at),
            Tag::CodeBlock(kind) => {
                let inside = matches!(kind, CodeBlockKind::Fenced(_));
                self.begin(if inside { Kind::Code } else { Kind::Paragraph }, at);
            }
            Tag::List(_) => {
                self.flush();
                self.next_list += 1;
                self.lists.push(self.next_list);
            }
            Tag::Item => {
                self.next_item += 1;
                self.items.push(self.next_item);
                self.begin(Kind::Item, at);
            }
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.into_string()),
            Tag::Image { .. } => self.image += 1,
            Tag::Table(_) => {
                self.flush();
                self.rows = Some(Vec::new());
                let line = self.line_of(at);
                self.open = Some(Block {
                    kind: Kind::Table(Vec::new()),
                    depth: self.lists.len(),
                    item: self.items.last().copied().unwrap_or(0),
                    list: 0,
                    line,
                    pieces: Vec::new(),
                });
            }
            Tag::TableHead | Tag::TableRow => {
                let line = self.line_of(at);
                let written = cells(&self.text[range]);
                if let Some(rows) = &mut self.rows {
                    rows.push(Row {
                        line,
                        cells: Vec::new(),
                        written,
                    });
                }
            }
            Tag::TableCell => {
                if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
                    row.cells.push(Vec::new());
                }
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some((at, String::new()));
            }
            Tag::MetadataBlock(_) => self.skip += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock => self.flush(),
            TagEnd::Item => {
                self.flush();
                self.items.pop();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => {
                // For a badge, an image in a link, the link counts.
                if let Some(link) = self.link.take() {
                    let shown = self.pieces().is_some_and(|pieces| {
                        let last = pieces.last().and_then(|piece| piece.link.as_ref());
                        last == Some(&link)
                    });
                    if !shown {
                        let piece = Piece {
                            link: Some(link),
                            ..Piece::default()
                        };
                        self.add(piece, self.counted);
                    }
                }
            }
            TagEnd::Image => self.image = self.image.saturating_sub(1),
            TagEnd::Table => {
                let rows = self.rows.take().unwrap_or_default();
                if let Some(open) = &mut self.open {
                    open.kind = Kind::Table(rows);
                }
                self.flush();
            }
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::MetadataBlock(_) => self.skip = self.skip.saturating_sub(1),
            _ => {}
        }
    }

    /// Reads an HTML block: its text and links.
    fn html_block(&mut self) {
        let Some((at, html)) = self.html.take() else {
            return;
        };
        let text = marks::prose(&html).into_owned();
        if text.trim().is_empty() {
            return;
        }
        self.begin(Kind::Paragraph, at);
        self.push(text.trim(), at);
        self.flush();
    }

    /// Reads inline HTML: line breaks, bold, links.
    fn inline(&mut self, html: &str, at: usize) {
        let name: String = html
            .trim_start_matches('<')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect::<String>()
            .to_ascii_lowercase();
        match name.as_str() {
            "br" | "br/" | "p" | "/p" => self.push("\n", at),
            "b" | "strong" => self.strong += 1,
            "/b" | "/strong" => self.strong = self.strong.saturating_sub(1),
            "i" | "em" => self.emphasis += 1,
            "/i" | "/em" => self.emphasis = self.emphasis.saturating_sub(1),
            "a" => self.link = attribute(html, "href"),
            "/a" => self.link = None,
            _ => {}
        }
    }

    fn piece(&self, text: &str) -> Piece {
        Piece {
            text: text.to_owned(),
            link: self.link.clone(),
            is_strong: self.strong > 0,
            is_emphasis: self.emphasis > 0,
            is_code: false,
        }
    }

    fn push(&mut self, text: &str, at: usize) {
        if self.image == 0 {
            let piece = self.piece(text);
            self.add(piece, at);
        }
    }

    fn pieces(&mut self) -> Option<&mut Vec<Piece>> {
        match &mut self.rows {
            Some(rows) => rows.last_mut()?.cells.last_mut(),
            None => self.open.as_mut().map(|open| &mut open.pieces),
        }
    }

    fn add(&mut self, piece: Piece, at: usize) {
        if self.open.is_none() && self.rows.is_none() {
            // Text after a nested list within an item.
            self.begin(Kind::Paragraph, at);
        }
        let Some(pieces) = self.pieces() else { return };
        match pieces.last_mut() {
            Some(last)
                if last.link == piece.link
                    && last.is_strong == piece.is_strong
                    && last.is_emphasis == piece.is_emphasis
                    && last.is_code == piece.is_code
                    && (piece.link.is_none() || !last.text.is_empty()) =>
            {
                last.text.push_str(&piece.text);
            }
            _ => pieces.push(piece),
        }
    }
}

/// Turns bare URLs into links.
fn with_bare_links(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if piece.link.is_some() || !piece.text.contains("://") {
            out.push(piece);
            continue;
        }
        let mut from = 0;
        for link in linkify::LinkFinder::new().links(&piece.text) {
            if *link.kind() != linkify::LinkKind::Url {
                continue;
            }
            for (text, target) in [
                (&piece.text[from..link.start()], None),
                (link.as_str(), Some(link.as_str().to_owned())),
            ] {
                out.push(Piece {
                    text: text.to_owned(),
                    link: target,
                    ..piece.clone()
                });
            }
            from = link.end();
        }
        out.push(Piece {
            text: piece.text[from..].to_owned(),
            ..piece
        });
    }
    out.retain(|piece| piece.link.is_some() || !piece.text.is_empty());
    out
}

/// How many cells a row has as written.
fn cells(row: &str) -> usize {
    let row = row.lines().next().unwrap_or_default().trim();
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let escaped = inner.matches("\\|").count();
    1 + inner.matches('|').count() - escaped
}

/// The value of a tag's attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!("{name}="))? + name.len() + 1;
    let quote = tag[at..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))?;
    let value = tag[at + 1..].split(quote).next()?;
    Some(html_escape::decode_html_entities(value).into_owned())
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
