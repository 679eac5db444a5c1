//! PubMed's XML: articles and book chapters from its API and its files.

use roxmltree::Node;
use serde_json::{Value, json};

use super::{Dialect, Members, RecordFields, at, child, children, person, text, text_at, with};
use crate::ingest::Format;

pub(super) const DIALECT: Dialect = Dialect {
    format: Format::PubmedXml,
    because: "an element `PubmedArticle`",
    shows: |root, head| {
        matches!(
            root,
            "PubmedArticleSet" | "PubmedArticle" | "PubmedBookArticle"
        ) || root == "MedlineCitationSet" && head.contains("<MedlineCitation")
    },
    is_record: |node| {
        let is = |name: &str| node.tag_name().name() == name;
        is("PubmedArticle")
            || is("PubmedBookArticle")
            || is("MedlineCitation")
                && node
                    .parent()
                    .is_none_or(|node| node.tag_name().name() != "PubmedArticle")
    },
    separable: &["PubmedArticle", "PubmedBookArticle"],
    members,
    known: &[],
};

fn members(record: &Node<'_, '_>) -> Option<Members> {
    let name = record.tag_name().name();
    if name == "PubmedBookArticle" {
        return Some(book(&child(record, "BookDocument")?));
    }
    let citation = match name {
        "MedlineCitation" => *record,
        _ => child(record, "MedlineCitation")?,
    };
    let article = child(&citation, "Article")?;
    let journal = child(&article, "Journal");
    let issue = journal.and_then(|journal| child(&journal, "JournalIssue"));
    let of_issue = |name: &str| issue.and_then(|issue| text_at(&issue, &[name]));
    let mut fields = RecordFields::default();
    fields.put("title", title(&article));
    fields.put(
        "abstract",
        child(&article, "Abstract").and_then(|node| abstract_text(&node)),
    );
    fields.put_list("authors", people(&article, "AuthorList"));
    fields.put(
        "venue",
        journal.and_then(|journal| {
            text_at(&journal, &["Title"]).or_else(|| text_at(&journal, &["ISOAbbreviation"]))
        }),
    );
    fields.put("volume", of_issue("Volume"));
    fields.put("number", of_issue("Issue"));
    put_pages(&mut fields, &article);
    fields.put(
        "published",
        issue
            .and_then(|issue| child(&issue, "PubDate"))
            .and_then(|date| day(&date))
            .or_else(|| child(&article, "ArticleDate").and_then(|date| day(&date))),
    );
    fields.put("pmid", text_at(&citation, &["PMID"]));
    fields.put("doi", doi(record, &article));
    fields.put("language", text_at(&article, &["Language"]));
    let kinds: Vec<String> = child(&article, "PublicationTypeList")
        .map(|list| {
            children(&list, "PublicationType")
                .filter_map(|kind| text(&kind))
                .collect()
        })
        .unwrap_or_default();
    let is = |name: &str| kinds.iter().any(|kind| kind.eq_ignore_ascii_case(name));
    fields.put(
        "kind",
        Some(
            if is("Preprint") {
                "preprint"
            } else {
                "article"
            }
            .to_owned(),
        ),
    );
    if is("Retracted Publication") {
        fields.put("withdrawn", Some("true".to_owned()));
    }
    fields.put_list("keywords", keywords(&citation));
    Some(fields.0)
}

fn book(document: &Node<'_, '_>) -> Members {
    let mut fields = RecordFields::default();
    let book = child(document, "Book");
    let of_book = |path: &[&str]| book.and_then(|book| text_at(&book, path));
    let chapter = title(document);
    let has_chapter = chapter.is_some();
    fields.put("title", chapter.or_else(|| of_book(&["BookTitle"])));
    fields.put(
        "abstract",
        child(document, "Abstract").and_then(|node| abstract_text(&node)),
    );
    let authors = people(document, "AuthorList");
    let of_whole = |kind: &str| -> Vec<Value> {
        let Some(book) = book else {
            return Vec::new();
        };
        children(&book, "AuthorList")
            .filter(|list| list.attribute("Type").unwrap_or("authors") == kind)
            .flat_map(|list| {
                children(&list, "Author")
                    .filter_map(|node| author(&node))
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    fields.put_list(
        "authors",
        if authors.is_empty() {
            of_whole("authors")
        } else {
            authors
        },
    );
    fields.put_list("editors", of_whole("editors"));
    if has_chapter {
        fields.put("venue", of_book(&["BookTitle"]));
    }
    fields.put("publisher", of_book(&["Publisher", "PublisherName"]));
    fields.put(
        "published",
        book.and_then(|book| child(&book, "PubDate"))
            .and_then(|date| day(&date)),
    );
    put_pages(&mut fields, document);
    fields.put("pmid", text_at(document, &["PMID"]));
    fields.put(
        "kind",
        Some(if has_chapter { "incollection" } else { "book" }.to_owned()),
    );
    fields.put_list("keywords", keywords(document));
    fields.0
}

/// The title without the full stop that PubMed adds, and without brackets, which
/// mark a translation.
fn title(article: &Node<'_, '_>) -> Option<String> {
    let title =
        text_at(article, &["ArticleTitle"]).or_else(|| text_at(article, &["VernacularTitle"]))?;
    Some(super::super::tagged::pubmed_title(&title))
}

/// The parts of an abstract as paragraphs, each preceded by its label.
fn abstract_text(node: &Node<'_, '_>) -> Option<String> {
    let parts: Vec<String> = children(node, "AbstractText")
        .filter_map(|part| {
            let said = text(&part)?;
            Some(
                match part
                    .attribute("Label")
                    .filter(|label| *label != "UNLABELLED")
                {
                    Some(label) => format!("{label}: {said}"),
                    None => said,
                },
            )
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn people(node: &Node<'_, '_>, list: &'static str) -> Vec<Value> {
    let mut people = Vec::new();
    for list in children(node, list) {
        people.extend(children(&list, "Author").filter_map(|node| author(&node)));
        if list.attribute("CompleteYN") == Some("N") && !people.is_empty() {
            people.push(Value::from("et al."));
        }
    }
    people
}

fn author(node: &Node<'_, '_>) -> Option<Value> {
    if node.attribute("ValidYN") == Some("N") {
        return None;
    }
    if let Some(group) = text_at(node, &["CollectiveName"]) {
        return Some(json!({ "literal": group }));
    }
    let given = text_at(node, &["ForeName"])
        .or_else(|| text_at(node, &["FirstName"]))
        .or_else(|| text_at(node, &["Initials"]));
    let person = person(
        text_at(node, &["LastName"]),
        given,
        text_at(node, &["Suffix"]),
    )?;
    let orcid = children(node, "Identifier")
        .find(|id| id.attribute("Source") == Some("ORCID"))
        .and_then(|id| text(&id));
    let places: Vec<String> = children(node, "AffiliationInfo")
        .filter_map(|place| text_at(&place, &["Affiliation"]))
        .collect();
    let places = (!places.is_empty()).then(|| places.join("; "));
    Some(with(with(person, "orcid", orcid), "affiliation", places))
}

fn put_pages(fields: &mut RecordFields, article: &Node<'_, '_>) {
    let Some(pages) = child(article, "Pagination") else {
        return;
    };
    match text_at(&pages, &["MedlinePgn"]) {
        Some(pages) => fields.put("pages", Some(super::super::tagged::whole_pages(&pages))),
        None => fields.put_pages(
            text_at(&pages, &["StartPage"]),
            text_at(&pages, &["EndPage"]),
        ),
    }
}

fn doi(record: &Node<'_, '_>, article: &Node<'_, '_>) -> Option<String> {
    let listed = at(record, &["PubmedData", "ArticleIdList"]).and_then(|list| {
        children(&list, "ArticleId")
            .find(|id| id.attribute("IdType") == Some("doi"))
            .and_then(|id| text(&id))
    });
    listed.or_else(|| {
        children(article, "ELocationID")
            .find(|id| {
                id.attribute("EIdType") == Some("doi") && id.attribute("ValidYN") != Some("N")
            })
            .and_then(|id| text(&id))
    })
}

/// "2018 Jul 3", or a substitute such as "2018 Jul-Aug" or "2018 Spring".
fn day(date: &Node<'_, '_>) -> Option<String> {
    if let Some(written) = text_at(date, &["MedlineDate"]) {
        return Some(written);
    }
    let year = text_at(date, &["Year"])?;
    let rest = match (
        text_at(date, &["Month"]),
        text_at(date, &["Day"]),
        text_at(date, &["Season"]),
    ) {
        (Some(month), Some(day), _) => format!(" {month} {day}"),
        (Some(month), None, _) => format!(" {month}"),
        (None, _, Some(season)) => format!(" {season}"),
        (None, _, None) => String::new(),
    };
    Some(format!("{year}{rest}"))
}

/// The authors' keywords, else the subject headings.
fn keywords(citation: &Node<'_, '_>) -> Vec<Value> {
    let given: Vec<Value> = children(citation, "KeywordList")
        .flat_map(|list| {
            children(&list, "Keyword")
                .filter_map(|node| text(&node))
                .collect::<Vec<_>>()
        })
        .map(Value::from)
        .collect();
    if !given.is_empty() {
        return given;
    }
    let Some(list) = child(citation, "MeshHeadingList") else {
        return Vec::new();
    };
    children(&list, "MeshHeading")
        .filter_map(|heading| text_at(&heading, &["DescriptorName"]))
        .map(Value::from)
        .collect()
}
