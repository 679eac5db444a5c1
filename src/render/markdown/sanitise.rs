//! Sanitising: HTML that a person wrote loses what runs or reaches out, while the
//! pieces that this program wrote pass it as marks.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What stands for the n-th piece of our own HTML until the rest is sanitised.
/// The character is one that cleaned text cannot contain.
pub(super) fn mark(n: usize) -> String {
    format!("\u{fdd1}{n}\u{fdd2}")
}

/// Puts the pieces in where their marks stand.
pub(super) fn place_pieces(html: &str, pieces: &[String]) -> String {
    let mut out = String::with_capacity(html.len() + pieces.iter().map(String::len).sum::<usize>());
    let mut rest = html;
    while let Some(start) = rest.find('\u{fdd1}') {
        out.push_str(&rest[..start]);
        let after = &rest[start + '\u{fdd1}'.len_utf8()..];
        let Some(end) = after.find('\u{fdd2}') else {
            rest = after;
            break;
        };
        if let Some(piece) = after[..end]
            .parse::<usize>()
            .ok()
            .and_then(|n| pieces.get(n))
        {
            out.push_str(piece);
        }
        rest = &after[end + '\u{fdd2}'.len_utf8()..];
    }
    out.push_str(rest);
    out
}

/// What a person's HTML may have, for whoever has to say what it may not.
pub(super) struct Policy {
    tags: HashSet<&'static str>,
    attributes: HashMap<&'static str, HashSet<&'static str>>,
    everywhere: HashSet<&'static str>,
}

impl Policy {
    /// Whether an element stays.
    pub(super) fn has_tag(&self, name: &str) -> bool {
        self.tags.contains(name)
    }

    /// Whether an attribute of an element stays.
    pub(super) fn has_attribute(&self, tag: &str, name: &str) -> bool {
        self.everywhere.contains(name)
            || self
                .attributes
                .get(tag)
                .is_some_and(|names| names.contains(name))
    }
}

/// The policy of [`sanitised`].
pub(super) static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let builder = builder();
    Policy {
        tags: builder.clone_tags(),
        attributes: builder.clone_tag_attributes(),
        everywhere: builder.clone_generic_attributes(),
    }
});

/// Text and its structure; no script, and of styles the alignment in tables alone.
fn builder() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tags(["section", "input"])
        .add_generic_attributes(["class", "id", "dir", "role", "aria-label", "aria-hidden"])
        .add_tag_attributes("a", ["rel", "target"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("div", ["align"])
        .add_tag_attributes("img", ["decoding", "loading"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("li", ["value"])
        .add_tag_attributes("ol", ["reversed", "type"])
        .add_tag_attributes("p", ["align"])
        .add_tag_attributes("td", ["style"])
        .add_tag_attributes("th", ["style"])
        .add_tag_attributes("time", ["datetime"])
        .filter_style_properties(HashSet::from(["text-align"]))
        .link_rel(None)
        .url_relative(ammonia::UrlRelative::PassThrough);
    builder
}

/// What a person's HTML may have: text and its structure, no script, no style.
pub(super) fn sanitised(html: &str) -> String {
    builder().clean(html).to_string()
}

/// Text of an attribute with its references resolved.
pub(super) fn decoded(value: &str) -> String {
    html_escape::decode_html_entities(value).into_owned()
}
