//! RSS: arXiv's daily feeds, and other journals' and blogs' feeds.

use serde_json::Value;

use super::super::registry::registered;
use super::super::{journal_ref, signatures, tex};
use super::tree::Node;
use super::{Taken, plain, prose, unknown};

/// An item of a feed.
pub(super) fn item(item: &Node, _feed: &str) -> Taken {
    let mut taken = Taken::default();
    let mut put = |field: &str, value: Option<String>| {
        if let Some(value) = value {
            taken.members.push((field.to_owned(), Value::from(value)));
        }
    };
    let guid = item.get("guid").unwrap_or_default();
    let link = item
        .get("link")
        .or_else(|| item.attribute("rdf:about").map(str::to_owned));
    let arxiv = [
        guid.trim_start_matches("oai:arXiv.org:"),
        link.as_deref().unwrap_or_default(),
    ]
    .into_iter()
    .find_map(|text| registered(text).filter(|id| id.scheme() == "arxiv"));
    let text = ["encoded", "description"]
        .into_iter()
        .filter_map(|name| item.child(name))
        .map(|node| prose(node, arxiv.is_none()))
        .find(|text| !text.trim().is_empty());
    let title = item.child("title").map(|title| prose(title, true));
    put("title", title.map(|title| without_tail(&title).to_owned()));
    if arxiv.is_some() {
        let (_, text) = announcement(&text.unwrap_or_default());
        put("abstract", Some(text).filter(|text| !text.is_empty()));
    } else {
        put("abstract", text);
    }
    if let Some(id) = &arxiv {
        put("arxiv", Some(id.value().to_owned()));
    }
    let names: Vec<String> = item
        .all("creator")
        .map(|node| plain(&node.whole()))
        .collect();
    let names = match names.as_slice() {
        [] => item
            .get("author")
            .filter(|author| !author.contains('@'))
            .map(|names| signatures::authors(&plain(&names))),
        [one] => Some(signatures::authors(one)),
        many => Some(
            many.iter()
                .map(|one| Value::from(tex::plain(one)))
                .collect(),
        ),
    };
    // arXiv's announcement date is not a publication date.
    let day = item.get("pubDate").or_else(|| item.get("date"));
    put(
        if arxiv.is_some() {
            "listed"
        } else {
            "published"
        },
        day,
    );
    let doi = item.get("DOI").or_else(|| item.get("doi")).or_else(|| {
        item.get("identifier")
            .filter(|text| text.starts_with("doi:") || text.starts_with("10."))
    });
    put(
        "doi",
        doi.map(|text| text.trim_start_matches("doi:").to_owned()),
    );
    put("venue", item.get("publicationName"));
    put("volume", item.get("volume"));
    put(
        "license",
        item.get("rights")
            .filter(|text| text.contains("creativecommons")),
    );
    put("url", link);
    let categories: Vec<String> = item
        .all("category")
        .map(|node| node.whole().trim().to_owned())
        .collect();
    if !categories.is_empty() {
        let field = if arxiv.is_some() {
            "categories"
        } else {
            "keywords"
        };
        taken
            .members
            .push((field.to_owned(), Value::from(categories)));
    }
    if let Some(names) = names {
        taken.members.push(("authors".to_owned(), names));
    }
    // arXiv gives the journal of a published paper.
    if let Some(text) = item.get("journal_reference") {
        let members = journal_ref::members(&text).into_iter();
        taken
            .members
            .extend(members.map(|(field, value)| (field.to_owned(), value)));
    }
    if let Some(kind) = item.get("announce_type") {
        taken.is_left_out = matches!(kind.as_str(), "replace" | "replace-cross");
    }
    taken.unknown = unknown(item, KNOWN);
    taken
}

/// Old arXiv feeds append "(arXiv:2403.03507v1 [cs.LG])" to titles.
fn without_tail(title: &str) -> &str {
    match title.rfind("(arXiv:") {
        Some(at) if title.ends_with(')') => title[..at].trim_end().trim_end_matches('.'),
        _ => title,
    }
}

/// Splits "arXiv:2609.13795v1 Announce Type: new\nAbstract: …" into the type of
/// announcement and the abstract.
pub(super) fn announcement(text: &str) -> (Option<&str>, String) {
    let kind = text
        .split_once("Announce Type:")
        .map(|(_, rest)| rest.split_whitespace().next().unwrap_or_default());
    let begins = text.trim_start().starts_with("arXiv:") || kind.is_some();
    let body = match text.split_once("Abstract:") {
        Some((_, body)) if begins => body,
        _ => text,
    };
    (kind, plain(body.trim()))
}

const KNOWN: &[&str] = &[
    "guid",
    "link",
    "title",
    "description",
    "encoded",
    "creator",
    "author",
    "pubDate",
    "date",
    "DOI",
    "doi",
    "identifier",
    "publicationName",
    "volume",
    "rights",
    "category",
    "announce_type",
    "comments",
    "source",
    "enclosure",
    "number",
    "startingPage",
    "endingPage",
    "issn",
    "publisher",
    "thumbnail",
    "content",
    "group",
    "updated",
    "journal_reference",
    "type",
    "language",
    "subject",
    "format",
    "coverDate",
    "section",
    "url",
    "publicationDate",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announcements_are_taken_apart() {
        let (kind, text) =
            announcement("arXiv:2609.13795v1 Announce Type: new\nAbstract: We <i>x</i>.");
        assert_eq!((kind, text.as_str()), (Some("new"), "We x."));
        assert_eq!(announcement("Abstract: kept").1, "Abstract: kept");
        assert_eq!(
            without_tail("A Title. (arXiv:2403.03507v1 [cs.LG])"),
            "A Title"
        );
    }
}
