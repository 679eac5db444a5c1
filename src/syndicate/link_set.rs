//! Link sets (RFC 9264) following the Signposting conventions: where a paper's page
//! leads, for programs that do not parse HTML.

use serde_json::{Map, Value, json};

/// A link from a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signpost {
    /// The relation: `author`, `cite-as`, `describedby`, `item`, `license` or
    /// `type`.
    pub rel: &'static str,
    /// The absolute URL.
    pub href: String,
    /// The media type, if known.
    pub media_type: Option<&'static str>,
}

/// The media type of a link set.
pub const LINK_SET_TYPE: &str = "application/linkset+json";

/// The link set of a page. Resources that describe the page link back to it.
pub fn link_set(page: &str, signposts: &[Signpost]) -> String {
    let mut own = Map::new();
    own.insert("anchor".to_owned(), page.into());
    for signpost in signposts {
        let links = own.entry(signpost.rel).or_insert_with(|| json!([]));
        if let Value::Array(links) = links {
            links.push(target(&signpost.href, signpost.media_type));
        }
    }
    let describing = signposts.iter().filter(|link| link.rel == "describedby");
    let describing = describing.map(|link| {
        json!({
            "anchor": link.href,
            "describes": [target(page, Some("text/html"))],
        })
    });
    let sets: Vec<Value> = std::iter::once(Value::Object(own))
        .chain(describing)
        .collect();
    format!("{}\n", json!({ "linkset": sets }))
}

fn target(href: &str, media_type: Option<&str>) -> Value {
    let mut target = json!({ "href": href });
    if let Some(media_type) = media_type {
        target["type"] = media_type.into();
    }
    target
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_one_kind_stand_together() {
        let link = |rel, href: &str, media_type| Signpost {
            rel,
            href: href.to_owned(),
            media_type,
        };
        let page = "https://a.org/papers/x/";
        let text = link_set(
            page,
            &[
                link("cite-as", "https://doi.org/10.1/x", None),
                link("author", "https://orcid.org/1", None),
                link("author", "https://orcid.org/2", None),
                link(
                    "describedby",
                    "https://a.org/papers/x/paper.bib",
                    Some("application/x-bibtex"),
                ),
            ],
        );
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            read,
            json!({ "linkset": [
                {
                    "anchor": page,
                    "cite-as": [{ "href": "https://doi.org/10.1/x" }],
                    "author": [{ "href": "https://orcid.org/1" }, { "href": "https://orcid.org/2" }],
                    "describedby": [{
                        "href": "https://a.org/papers/x/paper.bib",
                        "type": "application/x-bibtex",
                    }],
                },
                {
                    "anchor": "https://a.org/papers/x/paper.bib",
                    "describes": [{ "href": page, "type": "text/html" }],
                },
            ] })
        );
    }
}
