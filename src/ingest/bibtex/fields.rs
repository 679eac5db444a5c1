//! Fields: what an entry says of its paper, under the names that every format
//! shares.

use serde_json::Value;

use super::blocks::Fields;
use crate::ingest::named::Members;
use crate::ingest::registry::registered;
use crate::ingest::tex;

/// The values under the names of fields, and the names of those that are not
/// understood.
pub(super) fn members(
    kind: &str,
    fields: &Fields,
    parent: Option<&Fields>,
) -> (Members, Vec<String>) {
    let mut members = Members::new();
    let get = |name: &str| fields.get(name).filter(|text| !text.trim().is_empty());
    let inherited = |name: &str| get(name).or_else(|| parent?.get(name));
    let mut put = |field: &str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            members.push((field.to_owned(), Value::from(text)));
        }
    };
    let text = |name: &str| inherited(name).map(|raw| tex::text(raw));
    let line = |name: &str| inherited(name).map(|raw| tex::name(raw));
    let title = get("title").map(|title| match get("subtitle") {
        Some(subtitle) => format!("{}: {}", tex::text(title), tex::text(subtitle)),
        None => tex::text(title),
    });
    put("title", title);
    put("abstract", get("abstract").map(|raw| tex::text(raw)));
    put("authors", get("author").map(|raw| names(raw)));
    let eprint = get("eprint").map(|raw| raw.trim().to_owned());
    let archive = line("eprinttype")
        .or_else(|| line("archiveprefix"))
        .unwrap_or_default();
    let is_arxiv = archive.is_empty() || archive.eq_ignore_ascii_case("arxiv");
    put(
        "arxiv",
        eprint
            .clone()
            .filter(|_| is_arxiv)
            .or_else(|| line("arxivid")),
    );
    put(
        "pmid",
        eprint
            .filter(|_| archive.eq_ignore_ascii_case("pubmed"))
            .or_else(|| line("pmid")),
    );
    put("doi", line("doi"));
    let journal = text("journaltitle").or_else(|| text("journal"));
    // "arXiv preprint arXiv:2403.03507" is an address and no journal.
    let preprint = journal.as_deref().is_some_and(|name| {
        name.to_lowercase().starts_with("arxiv") || name.eq_ignore_ascii_case("corr")
    });
    if preprint {
        let id = journal
            .iter()
            .flat_map(|name| name.split_whitespace())
            .find_map(registered);
        let id = id.or_else(|| registered(&line("volume")?.replace("abs/", "arxiv:")));
        put("ids", id.map(|id| id.to_string()));
    }
    let volume_title = get("booktitle").cloned().or_else(|| {
        parent?
            .get("booktitle")
            .or_else(|| parent?.get("title"))
            .cloned()
    });
    let venue = journal
        .filter(|_| !preprint)
        .or_else(|| volume_title.map(|raw| tex::text(&raw)));
    put(
        "venue",
        venue
            .or_else(|| text("eventtitle"))
            .or_else(|| text("school"))
            .or_else(|| text("institution").filter(|_| kind.contains("thesis"))),
    );
    put("date", line("date"));
    put("year", line("year"));
    put(
        "url",
        line("url").or_else(|| line("howpublished").and_then(|how| address(&how))),
    );
    for name in [
        "pdf", "code", "github", "project", "video", "dataset", "demo",
    ] {
        put(name, line(name));
    }
    put("keywords", line("keywords").or_else(|| line("keyword")));
    put(
        "categories",
        line("primaryclass").or_else(|| line("eprintclass")),
    );
    put(
        "comment",
        get("note")
            .or_else(|| get("addendum"))
            .map(|raw| tex::text(raw)),
    );
    put("language", line("langid").or_else(|| line("language")));
    put("license", line("license").or_else(|| line("copyright")));
    put("award", line("award"));
    put("tldr", text("tldr"));
    let pages = line("pages").map(|pages| pages.replace("---", "–").replace("--", "–"));
    put("pages", pages);
    if !preprint {
        put("volume", line("volume"));
        put("number", line("number").or_else(|| line("issue")));
    }
    put(
        "publisher",
        line("publisher").or_else(|| line("organization")),
    );
    put("series", text("series"));
    let kind = if preprint {
        Some("preprint")
    } else {
        kind_of(kind, fields)
    };
    put("kind", kind.map(str::to_owned));
    let unknown = fields
        .keys()
        .filter(|name| !KNOWN.contains(&name.as_str()))
        .cloned();
    (members, unknown.collect())
}

/// Authors: parted by "and", a group in braces is one name.
fn names(raw: &str) -> String {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    let flat = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    for (at, c) in flat.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 && flat[at..].to_ascii_lowercase().starts_with(" and ") => {
                names.push(&flat[start..at]);
                start = at + 5;
            }
            _ => {}
        }
    }
    names.push(flat.get(start..).unwrap_or_default());
    let names = names
        .into_iter()
        .map(str::trim)
        .filter(|name| !name.is_empty() && *name != "others");
    let names: Vec<String> = names
        .map(|name| {
            let is_group = name.starts_with('{')
                && name.ends_with('}')
                && !name[1..name.len() - 1].contains(['{', '}']);
            let plain = tex::name(name).replace(';', ",");
            // A comma within a group's name parts no family from a given name.
            if is_group {
                plain.replace(',', "")
            } else {
                plain
            }
        })
        .collect();
    names.join("; ")
}

/// The address in `\url{…}` or alone.
fn address(text: &str) -> Option<String> {
    let at = text.find("http")?;
    let end = text[at..]
        .find(|c: char| c.is_whitespace() || c == '}')
        .unwrap_or(text.len() - at);
    Some(text[at..at + end].to_owned())
}

fn kind_of(kind: &str, fields: &Fields) -> Option<&'static str> {
    let says = |word: &str| {
        fields
            .get("type")
            .is_some_and(|text| text.to_lowercase().contains(word))
    };
    Some(match kind {
        "article" => "article",
        "inproceedings" | "conference" | "incollection" => "inproceedings",
        "mastersthesis" => "mastersthesis",
        "thesis" if says("master") || says("mathesis") => "mastersthesis",
        "phdthesis" | "thesis" => "phdthesis",
        "techreport" | "report" => "report",
        "unpublished" | "online" => "preprint",
        _ => return None,
    })
}

/// Fields that are understood, or that say nothing of a paper.
const KNOWN: &[&str] = &[
    "title",
    "subtitle",
    "abstract",
    "author",
    "eprint",
    "eprinttype",
    "archiveprefix",
    "arxivid",
    "pmid",
    "doi",
    "journaltitle",
    "journal",
    "volume",
    "booktitle",
    "eventtitle",
    "school",
    "institution",
    "date",
    "year",
    "url",
    "howpublished",
    "pdf",
    "code",
    "github",
    "project",
    "video",
    "dataset",
    "demo",
    "keywords",
    "keyword",
    "primaryclass",
    "eprintclass",
    "note",
    "addendum",
    "langid",
    "language",
    "license",
    "copyright",
    "award",
    "tldr",
    "pages",
    "number",
    "issue",
    "publisher",
    "organization",
    "series",
    "type",
    "crossref",
    "month",
    "day",
    "editor",
    "address",
    "location",
    "issn",
    "isbn",
    "file",
    "urldate",
    "timestamp",
    "biburl",
    "bibsource",
    "owner",
    "groups",
    "annote",
    "annotation",
    "shorttitle",
    "shortjournal",
    "key",
    "pagetotal",
    "numpages",
    "articleno",
    "issue_date",
    "venue",
    "eventdate",
    "pubstate",
    "edition",
    "chapter",
    "mendeley-groups",
    "mendeley-tags",
    "date-added",
    "date-modified",
    "bdsk-url-1",
    "bdsk-url-2",
    "bdsk-file-1",
    "langidopts",
    "options",
    "ids",
    "xdata",
    "xref",
    "related",
    "version",
    "eid",
    "booksubtitle",
    "translator",
    "library",
    "creationdate",
    "modificationdate",
    "priority",
    "ranking",
    "readstatus",
    "rights",
    "copyright",
    "openalex",
    "supp",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stay_whole() {
        assert_eq!(
            names("Doe, Jane and {Gemini Team, Google} and Ana Garc{\\'i}a and others"),
            "Doe, Jane; Gemini Team Google; Ana García"
        );
    }
}
