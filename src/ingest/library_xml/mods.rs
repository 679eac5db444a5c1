//! MODS, the Library of Congress's XML, as exported by libraries and the ACL
//! Anthology.

use roxmltree::Node;
use serde_json::{Value, json};

use super::{
    Dialect, LocalName as _, Members, RecordFields, at, child, children, person, text, text_at,
    with,
};
use crate::ingest::Format;

pub(super) const DIALECT: Dialect = Dialect {
    format: Format::Mods,
    because: "an element `mods`",
    shows: |root, _| matches!(root, "mods" | "modsCollection"),
    is_record: |node| node.tag_name().name() == "mods",
    separable: &["mods"],
    members,
    known: &[
        "titleInfo",
        "name",
        "typeOfResource",
        "genre",
        "originInfo",
        "language",
        "physicalDescription",
        "abstract",
        "tableOfContents",
        "targetAudience",
        "note",
        "subject",
        "classification",
        "relatedItem",
        "identifier",
        "location",
        "accessCondition",
        "part",
        "extension",
        "recordInfo",
    ],
};

fn members(record: &Node<'_, '_>) -> Option<Members> {
    let related = |kind: &str| {
        children(record, "relatedItem").find(|node| node.attribute("type") == Some(kind))
    };
    let host = related("host");
    let places: Vec<Node<'_, '_>> = std::iter::once(*record).chain(host).collect();
    let first = |path: &[&str]| places.iter().find_map(|node| text_at(node, path));
    let mut fields = RecordFields::default();
    fields.put("title", title(record));
    let paragraphs: Vec<String> = children(record, "abstract")
        .filter_map(|node| text(&node))
        .collect();
    fields.put("abstract", Some(paragraphs.join("\n\n")));
    fields.put_list(
        "authors",
        people(record, &["author", "aut", "creator", "cre"]),
    );
    let editors = people(record, EDITORS);
    let editors = match host {
        Some(host) if editors.is_empty() => people(&host, EDITORS),
        _ => editors,
    };
    fields.put_list("editors", editors);
    fields.put("venue", host.and_then(|host| title(&host)));
    fields.put(
        "series",
        related("series").and_then(|series| title(&series)),
    );
    fields.put("publisher", first(&["originInfo", "publisher"]));
    fields.put("published", date(&places));
    let part = |kind: &str| {
        places
            .iter()
            .flat_map(|node| children(node, "part").collect::<Vec<_>>())
            .flat_map(|part| children(&part, "detail").collect::<Vec<_>>())
            .find(|detail| detail.attribute("type") == Some(kind))
            .and_then(|detail| text_at(&detail, &["number"]))
    };
    fields.put("volume", part("volume"));
    fields.put("number", part("issue").or_else(|| part("number")));
    match pages(&places) {
        Some((first, last)) => fields.put_pages(Some(first), last),
        None => fields.put("pages", part("page")),
    }
    fields.put("language", text_at(record, &["language", "languageTerm"]));
    let identifier = |kind: &str| {
        children(record, "identifier")
            .find(|node| {
                node.attribute("type")
                    .is_some_and(|stated| stated.eq_ignore_ascii_case(kind))
            })
            .and_then(|node| text(&node))
    };
    let of_host = |kind: &str| {
        let node = children(&host?, "identifier").find(|node| node.attribute("type") == Some(kind));
        node.and_then(|node| text(&node))
    };
    fields.put("isbn", identifier("isbn").or_else(|| of_host("isbn")));
    fields.put("edition", first(&["originInfo", "edition"]));
    fields.put("doi", identifier("doi"));
    fields.put("arxiv", identifier("arxiv"));
    fields.put("pmid", identifier("pmid").or_else(|| identifier("pubmed")));
    fields.put("citation_key", identifier("citekey"));
    fields.put(
        "url",
        text_at(record, &["location", "url"]).or_else(|| identifier("uri")),
    );
    fields.put("kind", kind(record, host).map(str::to_owned));
    fields.put(
        "license",
        text_at(record, &["accessCondition"]).filter(|text| text.contains("creativecommons")),
    );
    let words: Vec<Value> = children(record, "subject")
        .flat_map(|subject| {
            children(&subject, "topic")
                .filter_map(|node| text(&node))
                .collect::<Vec<_>>()
        })
        .map(Value::from)
        .collect();
    fields.put_list("keywords", words);
    Some(fields.0)
}

const EDITORS: &[&str] = &["editor", "edt"];

/// The main title, with its leading article and, after a colon, its subtitle.
fn title(node: &Node<'_, '_>) -> Option<String> {
    let info = children(node, "titleInfo").find(|info| info.attribute("type").is_none())?;
    let title = text_at(&info, &["title"])?;
    let article = text_at(&info, &["nonSort"]);
    let title = match article {
        Some(article) if article.ends_with(['\'', '’']) => format!("{article}{title}"),
        Some(article) => format!("{article} {title}"),
        None => title,
    };
    Some(match text_at(&info, &["subTitle"]) {
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    })
}

/// People and groups with one of some roles. Without a role, they are authors.
fn people(node: &Node<'_, '_>, roles: &[&str]) -> Vec<Value> {
    let plays = |name: &Node<'_, '_>| {
        let stated: Vec<String> = name
            .descendants()
            .filter(|node| node.has_tag_name_local("roleTerm"))
            .filter_map(|node| text(&node))
            .map(|role| role.to_lowercase())
            .collect();
        if stated.is_empty() {
            return roles.contains(&"author");
        }
        stated.iter().any(|role| roles.contains(&role.as_str()))
    };
    children(node, "name")
        .filter(plays)
        .filter_map(|name| author(&name))
        .collect()
}

fn author(name: &Node<'_, '_>) -> Option<Value> {
    let part = |kind: &str| {
        let parts: Vec<String> = children(name, "namePart")
            .filter(|part| part.attribute("type") == Some(kind))
            .filter_map(|part| text(&part))
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let whole = || {
        children(name, "namePart")
            .find(|part| part.attribute("type").is_none())
            .and_then(|part| text(&part))
    };
    let found = if name.attribute("type") == Some("corporate") {
        json!({ "literal": whole().or_else(|| part("family"))? })
    } else {
        match person(part("family"), part("given"), part("termsOfAddress")) {
            Some(person) => person,
            None => match super::super::tagged::person(&whole()?) {
                Value::String(name) => json!({ "name": name }),
                person => person,
            },
        }
    };
    let orcid = children(name, "nameIdentifier")
        .find(|id| id.attribute("type") == Some("orcid"))
        .and_then(|id| text(&id));
    Some(with(
        with(found, "orcid", orcid),
        "affiliation",
        text_at(name, &["affiliation"]),
    ))
}

fn date(places: &[Node<'_, '_>]) -> Option<String> {
    const PATHS: [&[&str]; 4] = [
        &["originInfo", "dateIssued"],
        &["part", "date"],
        &["originInfo", "copyrightDate"],
        &["originInfo", "dateCreated"],
    ];
    PATHS
        .iter()
        .find_map(|path| places.iter().find_map(|node| text_at(node, path)))
}

fn pages(places: &[Node<'_, '_>]) -> Option<(String, Option<String>)> {
    places
        .iter()
        .filter_map(|node| at(node, &["part", "extent"]))
        .find_map(|extent| {
            let listed = || text_at(&extent, &["list"]).map(|list| (list, None));
            match text_at(&extent, &["start"]) {
                Some(first) => Some((first, text_at(&extent, &["end"]))),
                None => listed(),
            }
        })
}

fn kind(record: &Node<'_, '_>, host: Option<Node<'_, '_>>) -> Option<&'static str> {
    let places = std::iter::once(*record).chain(host);
    let genres: Vec<String> = places
        .flat_map(|node| {
            children(&node, "genre")
                .filter_map(|node| text(&node))
                .collect::<Vec<_>>()
        })
        .map(|genre| genre.to_lowercase())
        .collect();
    let says = |word: &str| genres.iter().any(|genre| genre.contains(word));
    Some(if says("thesis") {
        if says("master") {
            "mastersthesis"
        } else {
            "phdthesis"
        }
    } else if says("conference") || says("proceeding") {
        "inproceedings"
    } else if says("journal") || says("periodical") || says("academic journal") {
        "article"
    } else if says("report") {
        "report"
    } else if says("preprint") {
        "preprint"
    } else if says("book") {
        if host.is_some() {
            "incollection"
        } else {
            "book"
        }
    } else if child(record, "typeOfResource")
        .and_then(|node| text(&node))
        .as_deref()
        == Some("software, multimedia")
    {
        "software"
    } else {
        return None;
    })
}
