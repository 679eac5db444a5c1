//! Zotero's RDF.

use roxmltree::Node;
use serde_json::Value;

use super::{
    Dialect, LocalName as _, Members, RecordFields, at, child, children, person, text, text_at,
};
use crate::ingest::Format;
use crate::ingest::isbn::isbn;

pub(super) const DIALECT: Dialect = Dialect {
    format: Format::ZoteroRdf,
    because: "RDF in Zotero's namespace",
    shows: |root, head| {
        root == "RDF"
            && (head.contains("zotero.org/namespaces") || head.contains("purl.org/net/biblio"))
    },
    // Items are children of the root. A book can be an item, or the host of a
    // chapter.
    is_record: |node| {
        node.parent()
            .is_some_and(|parent| parent.has_tag_name_local("RDF"))
    },
    separable: &[],
    members,
    known: &[],
};

fn members(item: &Node<'_, '_>) -> Option<Members> {
    let stated = text_at(item, &["itemType"]);
    let kind = kind(item.tag_name().name(), stated.as_deref())?;
    let host = host(item);
    let of_host = |name: &str| host.and_then(|host| text_at(&host, &[name]));
    let mut fields = RecordFields::default();
    fields.put("title", text_at(item, &["title"]));
    fields.put("abstract", text_at(item, &["abstract"]));
    let authors = people(item, "authors");
    let authors = if authors.is_empty() {
        people(item, "presenters")
    } else {
        authors
    };
    fields.put_list("authors", authors);
    fields.put_list("editors", people(item, "editors"));
    let meeting = at(item, &["presentedAt"])
        .and_then(|node| node.children().find(Node::is_element))
        .and_then(|node| text_at(&node, &["title"]));
    fields.put(
        "venue",
        of_host("title")
            .or(meeting)
            .or_else(|| text_at(item, &["repository"])),
    );
    fields.put("series", series(item));
    fields.put("publisher", publisher(item));
    let own_or_host = |name: &str| text_at(item, &[name]).or_else(|| of_host(name));
    fields.put("volume", own_or_host("volume"));
    fields.put("number", own_or_host("number"));
    fields.put("pages", text_at(item, &["pages"]));
    fields.put("published", text_at(item, &["date"]));
    fields.put("language", text_at(item, &["language"]));
    fields.put(
        "license",
        text_at(item, &["rights"]).filter(|text| text.contains("creativecommons")),
    );
    let kind = match (kind, text_at(item, &["type"])) {
        ("phdthesis", Some(sort)) if sort.to_lowercase().contains("master") => "mastersthesis",
        (kind, _) => kind,
    };
    fields.put("kind", Some(kind.to_owned()));
    let places: Vec<Node<'_, '_>> = std::iter::once(*item).chain(host).collect();
    let mut identifiers = places
        .iter()
        .flat_map(|node| children(node, "identifier").collect::<Vec<_>>());
    // For journals, Zotero puts the article's DOI on the host.
    let doi = identifiers.find_map(|node| text(&node)?.strip_prefix("DOI ").map(str::to_owned));
    fields.put("doi", doi);
    let mut identifiers = places
        .iter()
        .flat_map(|node| children(node, "identifier").collect::<Vec<_>>());
    let isbn = identifiers.find_map(|node| isbn(text(&node)?.strip_prefix("ISBN ")?));
    fields.put("isbn", isbn);
    fields.put("edition", own_or_host("edition"));
    fields.put("accessed", text_at(item, &["dateSubmitted"]));
    fields.put("url", address(item));
    put_extra(&mut fields, text_at(item, &["description"]).as_deref());
    let words: Vec<Value> = children(item, "subject")
        .filter_map(|node| text(&node))
        .map(Value::from)
        .collect();
    fields.put_list("keywords", words);
    Some(fields.0)
}

/// An item's kind. `None` for items that are not papers: notes, attachments,
/// journals.
fn kind(element: &str, stated: Option<&str>) -> Option<&'static str> {
    if let Some(stated) = stated {
        return Some(match stated {
            "journalArticle" | "magazineArticle" | "newspaperArticle" => "article",
            "conferencePaper" => "inproceedings",
            "preprint" | "manuscript" => "preprint",
            "thesis" => "phdthesis",
            "report" => "report",
            "book" => "book",
            "bookSection" | "encyclopediaArticle" | "dictionaryEntry" => "incollection",
            "dataset" => "dataset",
            "computerProgram" => "software",
            "patent" => "patent",
            "webpage" | "blogPost" | "forumPost" => "webpage",
            "attachment" | "note" | "annotation" => return None,
            _ => "misc",
        });
    }
    Some(match element {
        "Article" => "article",
        "BookSection" => "incollection",
        "Book" => "book",
        "Thesis" => "phdthesis",
        "Report" => "report",
        "Manuscript" => "preprint",
        "Document" => "webpage",
        _ => return None,
    })
}

/// What the item is part of: nested in it, or elsewhere in the document and linked
/// by URI.
fn host<'a, 'input>(item: &Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    let is_host = |node: &Node<'_, '_>| node.is_element() && !node.has_tag_name_local("Series");
    children(item, "isPartOf").find_map(|part| {
        match part.children().find(Node::is_element) {
            Some(inner) => Some(inner),
            None => elsewhere(&part),
        }
        .filter(is_host)
    })
}

/// The child of the root that a node refers to.
fn elsewhere<'a, 'input>(node: &Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    let named = |node: &Node<'_, '_>, key: &str| {
        node.attributes()
            .find(|attribute| attribute.name() == key)
            .map(|attribute| attribute.value().to_owned())
    };
    let address = named(node, "resource")?;
    // Zotero writes referenced nodes next to the item. Searching the whole file
    // would take quadratic time.
    let item = node.parent()?;
    item.next_siblings()
        .skip(1)
        .filter(Node::is_element)
        .take(NEAR)
        .find(|other| named(other, "about").as_deref() == Some(address.as_str()))
        .or_else(|| {
            item.prev_siblings()
                .skip(1)
                .filter(Node::is_element)
                .take(NEAR)
                .find(|other| named(other, "about").as_deref() == Some(address.as_str()))
        })
}

/// How many elements before and after an item to search.
const NEAR: usize = 500;

fn series(item: &Node<'_, '_>) -> Option<String> {
    let places = std::iter::once(*item).chain(host(item));
    places
        .flat_map(|node| children(&node, "isPartOf").collect::<Vec<_>>())
        .filter_map(|part| child(&part, "Series"))
        .find_map(|series| text_at(&series, &["title"]))
}

fn publisher(item: &Node<'_, '_>) -> Option<String> {
    let node = child(item, "publisher")?;
    let named = node
        .descendants()
        .find(|node| node.has_tag_name_local("name"));
    text(&named.unwrap_or(node))
}

fn people(item: &Node<'_, '_>, role: &str) -> Vec<Value> {
    let Some(list) = child(item, role) else {
        return Vec::new();
    };
    list.descendants()
        .filter(|node| node.has_tag_name_local("Person"))
        .filter_map(|node| {
            let given = text_at(&node, &["givenName"])
                .or_else(|| text_at(&node, &["givenname"]))
                .or_else(|| text_at(&node, &["firstName"]));
            let family = text_at(&node, &["surname"]).or_else(|| text_at(&node, &["familyName"]));
            person(family, given, None)
        })
        .collect()
}

/// The item's URL, else its identifying URI.
fn address(item: &Node<'_, '_>) -> Option<String> {
    let stated = children(item, "identifier").find_map(|node| text_at(&node, &["URI", "value"]));
    stated.or_else(|| {
        item.attributes()
            .find(|attribute| attribute.name() == "about")
            .map(|attribute| attribute.value().to_owned())
            .filter(|address| address.starts_with("http"))
    })
}

/// "Extra", where Zotero users keep what has no field: `arXiv:2403.03507 [cs]`,
/// `Citation Key: doe2020`.
fn put_extra(fields: &mut RecordFields, extra: Option<&str>) {
    let Some(extra) = extra else {
        return;
    };
    if let Some(id) = extra
        .split_whitespace()
        .find_map(|word| word.strip_prefix("arXiv:"))
    {
        fields.put("arxiv", Some(id.to_owned()));
    }
    if let Some((_, key)) = extra.split_once("Citation Key:") {
        fields.put(
            "citation_key",
            key.split_whitespace().next().map(str::to_owned),
        );
    }
    if let Some((_, id)) = extra.split_once("PMID:") {
        fields.put("pmid", id.split_whitespace().next().map(str::to_owned));
    }
}
