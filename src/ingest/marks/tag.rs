//! Finds HTML, JATS and MathML tags and their counterparts.

use std::collections::HashMap;

/// The most tags to handle; a text with more is left as it is.
const MAX_TAGS: usize = 200_000;

/// The longest tag, in bytes.
const MAX_TAG: usize = 1_000;

/// A known tag that has a counterpart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) name: &'static str,
    pub(super) sort: Sort,
    /// Whether it closes an element.
    pub(super) closes: bool,
    /// The index of its counterpart; its own if it needs none.
    pub(super) other: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Marks up words.
    Inline,
    /// A paragraph or similar block.
    Block,
    /// A break within a paragraph.
    Break,
    /// Has no content and shows no text.
    Void,
    /// Part of a formula.
    Math,
    /// Nothing in it is meant to be read.
    Hidden,
}

/// The known names, without namespace prefixes.
const NAMES: &[(Sort, &str)] = &[
    (
        Sort::Inline,
        "i b em strong sub sup sc scp u small big tt font span a italic bold monospace roman sans-serif inf
         underline overline strike nobr emphasis styled-content named-content ext-link xref inline-formula
         disp-formula alternatives tex-math smallcaps cite-ref hsp abbr acronym mark del ins cite
         code kbd samp var time svg picture noscript",
    ),
    (
        Sort::Block,
        "p div sec section title section-title simple-para para abstract abstract-sec li ul ol list list-item
         def-list h1 h2 h3 h4 h5 h6 blockquote article body html head table tr td th thead tbody tfoot
         caption dl dt dd pre figure figcaption header footer main nav aside center address",
    ),
    (Sort::Break, "br hr"),
    (Sort::Void, "img wbr input source meta link embed"),
    (
        Sort::Math,
        "math mrow mi mn mo ms mtext msup msub msubsup mfrac msqrt mroot mover munder munderover mstyle mspace
         mpadded mphantom menclose mfenced mtable mtr mtd semantics annotation annotation-xml mmultiscripts merror",
    ),
    (Sort::Hidden, "script style iframe"),
];

fn known(name: &str) -> Option<(Sort, &'static str)> {
    NAMES.iter().find_map(|(sort, names)| {
        let found = names.split_whitespace().find(|known| *known == name)?;
        Some((*sort, found))
    })
}

/// The tags of a text that have counterparts. Scripts and styles are recognised
/// only in pages; in a line such as a title, the author wrote them as text.
pub(super) fn tags(text: &str, is_line: bool) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut open: HashMap<String, Vec<usize>> = HashMap::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        at = start + 1;
        let Some((full, closes, end, is_empty)) = tag(text, start) else {
            continue;
        };
        let Some((sort, name)) = known(full.rsplit(':').next().unwrap_or_default()) else {
            continue;
        };
        if is_line && sort == Sort::Hidden {
            continue;
        }
        if tags.len() == MAX_TAGS {
            return Vec::new();
        }
        at = end;
        let this = tags.len();
        let alone = is_empty || matches!(sort, Sort::Break | Sort::Void);
        let mut other = usize::MAX;
        if alone {
            other = this;
        } else if !closes {
            open.entry(full).or_default().push(this);
        } else if let Some(opening) = open.get_mut(&full).and_then(Vec::pop) {
            tags[opening].other = this;
            other = opening;
        } else {
            continue;
        }
        tags.push(Tag {
            start,
            end,
            name,
            sort,
            closes,
            other,
        });
    }
    // HTML allows unclosed paragraphs. A single one within a text was written by an
    // author.
    for name in ["p", "li", "dt", "dd", "tr", "td", "th"] {
        let unclosed = open.get(name).map_or(&[][..], Vec::as_slice);
        let is_first = |at: &usize| tags[*at].start == 0;
        if !is_line && (unclosed.len() > 1 || unclosed.iter().any(is_first)) {
            for at in unclosed {
                tags[*at].other = *at;
            }
        }
    }
    // After an unclosed script, nothing is meant to be read.
    let hidden = tags
        .iter()
        .position(|tag| tag.sort == Sort::Hidden && !tag.closes && tag.other == usize::MAX);
    if let Some(at) = hidden {
        let (end, other) = (text.len(), tags.len());
        tags[at].other = other;
        tags.push(Tag {
            start: end,
            end,
            closes: true,
            other: at,
            ..tags[at]
        });
    }
    tags
}

/// The name of the tag at a byte, whether it is a closing tag, where it ends, and
/// whether it is self-closing.
fn tag(text: &str, start: usize) -> Option<(String, bool, usize, bool)> {
    let rest = &text[start + 1..];
    let closes = rest.starts_with('/');
    let rest = &rest[usize::from(closes)..];
    let length = rest
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-'))
        .count();
    let behind = &rest[length..];
    let is_name = rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && behind.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace());
    if !is_name {
        return None;
    }
    let near = &behind[..behind.floor_char_boundary(MAX_TAG)];
    let end = near
        .find(['>', '<'])
        .filter(|at| near[*at..].starts_with('>'))?;
    let is_empty = near[..end].ends_with('/');
    let end = start + 1 + usize::from(closes) + length + end + 1;
    Some((rest[..length].to_ascii_lowercase(), closes, end, is_empty))
}
