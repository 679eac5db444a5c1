//! Structure: paragraphs, labelled parts and enumerations, found in running
//! text.

mod enumeration;
mod labels;

use super::nodes::{push_text, trimmed};
use super::tex::Piece;
use super::tree::{Block, BlockKind, Inline, Item, Numbering};
use enumeration::enumerate;
use labels::{labels, part};

/// Makes blocks of what the reader of TeX found.
pub(super) fn blocks(pieces: Vec<Piece>) -> Vec<Block> {
    let mut builder = Builder::default();
    for piece in pieces {
        builder.take(piece);
    }
    builder.close_paragraph();
    builder.close_list();
    let blocks = builder.blocks;
    let labels = labels(&blocks);
    let parted = if labels.is_empty() {
        blocks
    } else {
        part(blocks, &labels)
    };
    parted.into_iter().flat_map(enumerate).collect()
}

/// Makes one paragraph of everything, for a title.
pub(super) fn line(pieces: Vec<Piece>) -> Vec<Block> {
    let mut content: Vec<Inline> = Vec::new();
    for piece in pieces {
        if !content.is_empty() {
            push_text(&mut content, " ");
        }
        if let Piece::Run(run) = piece {
            for node in run {
                match node {
                    Inline::Text(text) => push_text(&mut content, &text),
                    other => content.push(other),
                }
            }
        }
    }
    let content = trimmed(content);
    if content.is_empty() {
        return Vec::new();
    }
    vec![paragraph(None, content, false)]
}

fn paragraph(label: Option<String>, content: Vec<Inline>, continues: bool) -> Block {
    Block {
        kind: BlockKind::Paragraph { label, content },
        continues,
    }
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    run: Vec<Inline>,
    list: Option<(bool, Vec<Item>)>,
    /// Whether the next block goes on in a paragraph.
    continues: bool,
}

impl Builder {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Run(run) => self.run.extend(run),
            Piece::Paragraph if self.list.is_some() => self.run.push(Inline::Text(" ".to_owned())),
            Piece::Paragraph => {
                self.close_paragraph();
                self.continues = false;
            }
            Piece::ListStart(numbered) => {
                self.close_paragraph();
                self.list.get_or_insert((numbered, Vec::new()));
            }
            Piece::Item => {
                let (_, items) = self.list.get_or_insert((false, Vec::new()));
                if items.is_empty() {
                    // What stands before the first item belongs to no item.
                    let lead = trimmed(std::mem::take(&mut self.run));
                    if !lead.is_empty() {
                        self.blocks.push(paragraph(None, lead, self.continues));
                    }
                    self.continues = !self.blocks.is_empty();
                } else {
                    Self::close_item(items, &mut self.run);
                }
                items.push(Item {
                    marker: String::new(),
                    content: Vec::new(),
                });
            }
            Piece::ListEnd => self.close_list(),
        }
    }

    fn close_item(items: &mut [Item], run: &mut Vec<Inline>) {
        if let Some(item) = items.last_mut() {
            item.content = trimmed(std::mem::take(run));
        }
    }

    fn close_paragraph(&mut self) {
        if self.list.is_some() {
            return;
        }
        let content = trimmed(std::mem::take(&mut self.run));
        if !content.is_empty() {
            self.blocks.push(paragraph(None, content, self.continues));
            self.continues = true;
        }
    }

    fn close_list(&mut self) {
        let Some((numbered, mut items)) = self.list.take() else {
            return;
        };
        Self::close_item(&mut items, &mut self.run);
        items.retain(|item| !item.content.is_empty());
        for (at, item) in items.iter_mut().enumerate() {
            item.marker = if numbered {
                format!("({})", at + 1)
            } else {
                "•".to_owned()
            };
        }
        if !items.is_empty() {
            self.blocks.push(Block {
                kind: BlockKind::List {
                    numbering: if numbered {
                        Numbering::Decimal
                    } else {
                        Numbering::Bullets
                    },
                    items,
                },
                continues: self.continues,
            });
            self.continues = true;
        }
    }
}
