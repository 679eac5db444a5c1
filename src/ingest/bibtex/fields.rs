//! Maps BibTeX fields to field names shared by all formats.

use serde_json::Value;

use super::inherit::EntryFields;
use super::{date, journals, names};
use crate::ingest::named::Members;
use crate::ingest::registry::registered;
use crate::ingest::{marks, tex};
use crate::model::PublicationKind;

/// An entry's values by field name, and the names of fields that are not
/// understood.
pub(super) fn members(kind: &str, key: &str, fields: &EntryFields) -> (Members, Vec<String>) {
    let mut members = Members::new();
    let get = |name: &str| fields.get(name).filter(|text| !text.trim().is_empty());
    let first = |names: &[&str]| names.iter().find_map(|name| get(name));
    let mut put = |field: &str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            members.push((field.to_owned(), Value::from(text)));
        }
    };
    let plain = |names: &[&str]| first(names).map(|raw| line(raw));
    let address = |names: &[&str]| first(names).map(|raw| tex::address(raw));
    put(
        "title",
        titled(fields, "title", "subtitle").map(|title| marks::line(&title).into_owned()),
    );
    put("abstract", get("abstract").map(|raw| tex::text(raw)));
    eprint(fields, &mut put);
    // Some write it into the note.
    let noted = || {
        get("note")
            .filter(|note| is_doi(note))
            .map(|note| tex::address(note))
    };
    put("doi", address(&["doi"]).or_else(noted));
    let journal = journal(fields);
    let is_preprint = journal.as_deref().is_some_and(is_repository);
    if let Some(journal) = journal.as_deref().filter(|name| is_repository(name)) {
        let id = journal.split_whitespace().find_map(registered);
        let id = id.or_else(|| registered(&get("volume")?.trim().replace("abs/", "arxiv:")));
        put("ids", id.map(|id| id.to_string()));
    }
    let journal = journal.filter(|name| !is_repository(name));
    let howpublished =
        get("howpublished").filter(|how| how.contains("http") || how.contains("www."));
    let volume_title = titled(fields, "booktitle", "booksubtitle").map(|title| line(&title));
    let venue = journal.clone().or_else(|| volume_title.clone());
    let institution = || plain(&["institution"]).filter(|_| kind.contains("thesis"));
    let elsewhere = || {
        let how = plain(&["howpublished"]).filter(|_| howpublished.is_none());
        how.filter(|how| !is_medium(how))
    };
    put(
        "venue",
        venue
            .or_else(|| plain(&["maintitle", "eventtitle", "school"]))
            .or_else(institution)
            .or_else(elsewhere)
            .or_else(|| plain(&["venue"]).filter(|_| get("eventdate").is_none())),
    );
    let (field, date) = date::of(fields);
    put(field, date);
    let url = address(&["url"]).or_else(|| howpublished.map(|how| tex::address(&from_http(how))));
    put("url", url.or_else(|| address(&["html", "adsurl"])));
    // Sites that are made from a bibliography also name files of their own here.
    let mut files = Vec::new();
    for (field, name) in [
        ("pdf", "pdf"),
        ("code", "code"),
        ("github", "github"),
        ("project", "project"),
        ("project", "website"),
        ("video", "video"),
        ("dataset", "dataset"),
        ("demo", "demo"),
    ] {
        match address(&[name]) {
            Some(file) if is_file(&file) => files.push(name.to_owned()),
            other => put(field, other),
        }
    }
    put("keywords", plain(&["keywords", "keyword"]));
    put("categories", plain(&["primaryclass", "eprintclass"]));
    let notes = ["note", "addendum"].iter().filter_map(|name| get(name));
    let notes: Vec<String> = notes.map(|raw| line(raw).trim().to_owned()).collect();
    put("comment", Some(notes.join("; ")));
    put("language", plain(&["langid", "language"]));
    put("license", plain(&["license", "copyright"]));
    put("award", plain(&["award"]));
    put("tldr", get("tldr").map(|raw| tex::text(raw)));
    // Journals without page numbers have article numbers.
    put("pages", plain(&["pages", "eid", "articleno"]));
    if !is_preprint {
        put("volume", plain(&["volume"]));
        put("number", plain(&["number", "issue"]));
    }
    // The institution behind a report.
    let of_report = || plain(&["institution"]).filter(|_| matches!(kind, "techreport" | "report"));
    put(
        "publisher",
        plain(&["publisher", "organization", "holder"]).or_else(of_report),
    );
    put("series", plain(&["series"]));
    put("edition", plain(&["edition"]));
    put("isbn", plain(&["isbn"]));
    put(
        "accessed",
        plain(&["urldate", "lastchecked", "lastaccessed"]),
    );
    let kind = if is_preprint && volume_title.is_none() {
        Some("preprint".to_owned())
    } else {
        kind_of(kind, fields)
    };
    put("kind", kind);
    put("citation_key", Some(key.to_owned()));
    for (field, name) in [("authors", "author"), ("editors", "editor")] {
        let people = get(name).map(|raw| names::people(raw));
        if let Some(people) = people.filter(|people| !people.is_empty()) {
            members.push((field.to_owned(), Value::Array(people)));
        }
    }
    let unknown = fields
        .keys()
        .filter(|name| !KNOWN.contains(&name.as_str()))
        .cloned()
        .chain(files);
    (members, unknown.collect())
}

/// A one-line text in plain characters.
fn line(raw: &str) -> String {
    marks::line(&tex::plain(raw)).into_owned()
}

/// A title with its subtitle, unless it already contains it.
fn titled(fields: &EntryFields, title: &str, subtitle: &str) -> Option<String> {
    let get = |name: &str| fields.get(name).filter(|text| !text.trim().is_empty());
    let title = tex::text(get(title)?);
    Some(match get(subtitle).map(|raw| tex::text(raw)) {
        Some(subtitle) if !title.contains(subtitle.trim()) => format!("{title}: {subtitle}"),
        _ => title,
    })
}

fn journal(fields: &EntryFields) -> Option<String> {
    let raw = ["journaltitle", "journal", "shortjournal"]
        .iter()
        .find_map(|name| fields.get(*name).filter(|text| !text.trim().is_empty()))?;
    Some(journals::in_field(raw).map_or_else(|| line(raw), str::to_owned))
}

/// Whether a note is nothing but a DOI.
fn is_doi(note: &str) -> bool {
    let note = note.trim().to_ascii_lowercase();
    !note.contains(' ')
        && ["doi:10.", "https://doi.org/10.", "http://dx.doi.org/10."]
            .iter()
            .any(|head| note.starts_with(head))
}

/// Whether `howpublished` only names the medium.
fn is_medium(how: &str) -> bool {
    let how = how.trim_matches(|c: char| !c.is_alphanumeric());
    let known = [
        "online",
        "web",
        "web page",
        "webpage",
        "web site",
        "website",
        "internet",
        "electronic",
        "available online",
        "unpublished",
        "accessed",
        "blog",
        "blog post",
        "video",
        "podcast",
        "arxiv",
        "arxiv preprint",
        "preprint",
        "github",
        "self-published",
    ];
    known.iter().any(|medium| medium.eq_ignore_ascii_case(how))
}

/// Whether a journal is a repository: "arXiv preprint arXiv:2403.03507" is really
/// an ID.
fn is_repository(journal: &str) -> bool {
    let journal = journal.trim();
    journal.eq_ignore_ascii_case("corr")
        || journal
            .get(..5)
            .is_some_and(|head| head.eq_ignore_ascii_case("arxiv"))
}

/// Puts an archive identifier into its field.
fn eprint(fields: &EntryFields, put: &mut impl FnMut(&str, Option<String>)) {
    let get = |name: &str| {
        let text = fields.get(name).map(|raw| tex::address(raw));
        text.filter(|text| !text.is_empty())
    };
    let archive = get("eprinttype")
        .or_else(|| get("archiveprefix"))
        .unwrap_or_default()
        .to_ascii_lowercase();
    put("pmid", get("pmid"));
    let named = ["eprint", "arxivid", "arxiv"]
        .iter()
        .find_map(|name| get(name));
    let Some(eprint) = named else {
        return;
    };
    if eprint.contains("://") {
        // ACM puts a PDF's URL here.
        let is_pdf = eprint.ends_with(".pdf") || eprint.contains("/pdf/");
        put(if is_pdf { "pdf" } else { "url" }, Some(eprint));
        return;
    }
    match archive.as_str() {
        "pubmed" => put("pmid", Some(eprint)),
        "hal" | "jstor" | "googlebooks" | "hdl" => {}
        // The bare number of an old arXiv ID, with "hep-th" as its class.
        _ => {
            let class = get("primaryclass").or_else(|| get("eprintclass"));
            let section = Some(archive)
                .filter(|archive| !archive.is_empty() && archive != "arxiv")
                .or(class)
                .unwrap_or_default();
            let section = section.split('.').next().unwrap_or_default();
            let is_old = eprint.len() == 7 && eprint.bytes().all(|b| b.is_ascii_digit());
            let id = if is_old {
                format!("{section}/{eprint}")
            } else {
                eprint
            };
            put("arxiv", Some(id));
        }
    }
}

/// The text from a URL on, or from a command that contains one.
fn from_http(text: &str) -> String {
    let command = ["\\url", "\\href"].iter().find_map(|name| text.find(name));
    let at = command
        .or_else(|| text.find("http"))
        .or_else(|| text.find("www."));
    text[at.unwrap_or(0)..].to_owned()
}

/// The kind of an entry, if its type says so.
fn kind_of(kind: &str, fields: &EntryFields) -> Option<String> {
    let says = |word: &str| {
        fields
            .get("type")
            .is_some_and(|text| text.to_lowercase().contains(word))
    };
    let has = |name: &str| fields.contains_key(name);
    let kind = match kind {
        "thesis" | "phdthesis" if says("master") || says("mathesis") => "mastersthesis",
        // Here, the whole volume rather than a paper.
        "proceedings" | "mvproceedings" => "proceedingsvolume",
        "online" | "electronic" | "www" if has("eprint") || has("arxivid") => "preprint",
        kind => kind,
    };
    PublicationKind::parse(kind).map(|_| kind.to_owned())
}

/// Fields that are understood, or irrelevant.
const KNOWN: &[&str] = &[
    "title",
    "subtitle",
    "abstract",
    "author",
    "eprint",
    "eprinttype",
    "archiveprefix",
    "arxivid",
    "arxiv",
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
    "website",
    "html",
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
    "holder",
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
    "lastchecked",
    "lastaccessed",
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
    "adsurl",
    "adsnote",
    "maintitle",
    "mainsubtitle",
    "journalsubtitle",
    "bookauthor",
    "issuetitle",
    "issuesubtitle",
    "titleaddon",
    "booktitleaddon",
    "eventtitleaddon",
    "citation-key",
    "origdate",
    "part",
    "volumes",
    "zblnumber",
    "mrnumber",
    "pmcid",
    "hal_id",
    "hal_version",
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
    "openalex",
    "supp",
];

/// Whether a link is the name of a file, such as `paper.pdf` or `pdf/paper.pdf`, and not
/// an address.
fn is_file(link: &str) -> bool {
    let has_host = link.contains("://")
        || link
            .split_once('/')
            .is_some_and(|(host, _)| host.contains('.') && host != "." && host != "..");
    !has_host && link.to_ascii_lowercase().ends_with(".pdf")
}
