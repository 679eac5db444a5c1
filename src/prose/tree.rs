//! The tree: an abstract or a title as it was read.

use crate::model::LinkKind;

use super::repair::Applied;

/// A stretch of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text, not escaped; white space is single spaces.
    Text(String),
    /// Emphasised.
    Emphasis(Vec<Inline>),
    /// Strongly emphasised.
    Strong(Vec<Inline>),
    /// Code, not escaped.
    Code(String),
    /// A formula in TeX, without its delimiters.
    Math {
        /// The TeX.
        tex: String,
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// A link whose address may be published.
    Link {
        /// Where it leads.
        url: String,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// A citation: the keys into a bibliography that is not here. Not shown.
    Citation(String),
    /// A footnote, shown in brackets where it is called.
    Footnote(Vec<Inline>),
    /// Raised text, such as the `th` of `4th`.
    Raised(String),
    /// Lowered text.
    Lowered(String),
}

impl Inline {
    /// How long its text is at least, in bytes.
    fn text_len(&self) -> usize {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Raised(text) | Self::Lowered(text) => {
                text.len()
            }
            Self::Math { tex, .. } => tex.len(),
            Self::Emphasis(inner)
            | Self::Strong(inner)
            | Self::Footnote(inner)
            | Self::Link { content: inner, .. } => inner.iter().map(Self::text_len).sum(),
            Self::Citation(_) => 0,
        }
    }
}

/// How the items of an enumeration are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// `1`, `2`, `3`
    Decimal,
    /// `a`, `b`, `c`
    Letters,
    /// `i`, `ii`, `iii`
    Roman,
    /// No numbers.
    Bullets,
}

/// One item of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number as the source spells it, such as `(1)` or `ii)`.
    pub marker: String,
    /// What the item says.
    pub content: Vec<Inline>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph; where the abstract has labelled parts, with its label
    /// (`Purpose`), without the colon.
    Paragraph {
        /// The label of the part that begins here.
        label: Option<String>,
        /// The text.
        content: Vec<Inline>,
    },
    /// An enumeration.
    List {
        /// How its items are numbered.
        numbering: Numbering,
        /// The items.
        items: Vec<Item>,
    },
}

/// A paragraph or an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Whether it goes on in the source's paragraph, as an enumeration within a
    /// sentence does. Plain text then has no paragraph break before it.
    pub continues: bool,
}

/// A text as it was read: the tree, and what was repaired on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    pub(super) blocks: Vec<Block>,
    pub(super) repairs: Vec<Applied>,
}

/// A link found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLink {
    /// What it leads to, as far as address and words tell.
    pub kind: LinkKind,
    /// The address; always one that may be published.
    pub url: String,
    /// The words shown for it, or the address again.
    pub label: String,
}

impl Reading {
    /// The blocks in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// What was repaired, in the order of the rules.
    pub fn repairs(&self) -> &[Applied] {
        &self.repairs
    }

    /// How long the text of its blocks is at least, in bytes.
    pub(super) fn text_len(&self) -> usize {
        let of = |nodes: &[Inline]| -> usize { nodes.iter().map(Inline::text_len).sum() };
        self.blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Paragraph { label, content } => {
                    label.as_ref().map_or(0, String::len) + 2 + of(content)
                }
                BlockKind::List { items, .. } => items
                    .iter()
                    .map(|item| item.marker.len() + 2 + of(&item.content))
                    .sum(),
            })
            .sum()
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}
