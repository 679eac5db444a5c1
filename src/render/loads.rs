//! Loads: what a template makes a browser load from other sites, as far as its text
//! says so.

use std::ops::Range;

use super::markdown::{Item, items};

/// Something that is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// What it is.
    pub kind: LoadKind,
    /// Where it comes from, such as `https://example.org`; empty for what stands in the
    /// template itself.
    pub origin: String,
    /// The tag that loads it, in bytes of the template.
    pub span: Range<usize>,
}

/// What is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadKind {
    /// A script.
    Script,
    /// A script that stands in the page itself.
    ScriptInPage,
    /// A style sheet.
    Style,
    /// A picture.
    Image,
    /// A page within the page.
    Frame,
}

/// What a template loads from other sites, and the scripts that stand in it. An address
/// that the template puts together is not seen.
pub fn loads(template: &str) -> Vec<Load> {
    let bare = without_remarks(template);
    let mut loads = Vec::new();
    for item in items(&bare) {
        let Item::Open {
            name,
            span,
            attributes,
        } = item
        else {
            continue;
        };
        let value = |name: &str| {
            let attribute = attributes.iter().find(|attribute| attribute.name == name);
            attribute.map(|attribute| attribute.value.as_str())
        };
        let (kind, address) = match name.as_str() {
            "script" => match value("src") {
                Some(src) => (LoadKind::Script, src),
                // Data are no script, whatever the element is called.
                None if value("type")
                    .is_none_or(|kind| matches!(kind, "" | "module" | "text/javascript")) =>
                {
                    (LoadKind::ScriptInPage, "")
                }
                None => continue,
            },
            "link" if value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet")) => {
                (LoadKind::Style, value("href").unwrap_or_default())
            }
            "img" => (LoadKind::Image, value("src").unwrap_or_default()),
            "iframe" => (LoadKind::Frame, value("src").unwrap_or_default()),
            _ => continue,
        };
        if kind == LoadKind::ScriptInPage {
            let origin = String::new();
            loads.push(Load { kind, origin, span });
        } else if let Some(origin) = origin(address) {
            loads.push(Load { kind, origin, span });
        }
    }
    loads
}

/// The origin of an address of another site.
fn origin(address: &str) -> Option<String> {
    let address = address.trim();
    let whole = match address.starts_with("//") {
        true => format!("https:{address}"),
        false => address.to_owned(),
    };
    let (scheme, rest) = whole.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    let fits = matches!(scheme, "http" | "https") && !host.is_empty() && host.chars().all(is_plain);
    fits.then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

/// The text with spaces in place of what nobody sees, so that places stay.
fn without_remarks(template: &str) -> String {
    let mut bare = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{#") {
        bare.push_str(&rest[..start]);
        let end = rest[start..]
            .find("#}")
            .map_or(rest.len(), |at| start + at + 2);
        bare.extend(std::iter::repeat_n(' ', end - start));
        rest = &rest[end..];
    }
    bare.push_str(rest);
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_elsewhere_is_seen() {
        let template = r#"{# <script src="https://no.org/x.js"></script> #}
<script async src="https://A.org/x.js?{{ site.title }}"></script>
<script>let x = "<img src='https://no.org/'>";</script>
<script type="application/ld+json">{}</script>
<script src="{{ root }}site.js"></script><script src="https://{{ host }}/x.js"></script>
<link rel="stylesheet" href="//fonts.org/css"><link rel="canonical" href="https://no.org/">
<img src="http://p.org/p.png" alt=""><img src="{{ root }}p.png" alt="">
<!-- <iframe src="https://no.org/"></iframe> --><iframe src="https://f.org"></iframe>
{% if a < b %}<a href="https://no.org/">x</a>{% endif %}"#;
        let found: Vec<String> = loads(template)
            .into_iter()
            .map(|load| {
                assert!(template[load.span].starts_with('<'));
                format!("{:?} {}", load.kind, load.origin)
            })
            .collect();
        assert_eq!(
            found,
            [
                "Script https://a.org",
                "ScriptInPage ",
                "Style https://fonts.org",
                "Image http://p.org",
                "Frame https://f.org",
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_looked_at(text in "(?s).{0,200}") {
            for load in loads(&text) {
                proptest::prop_assert!(text.get(load.span).is_some());
            }
        }
    }
}
