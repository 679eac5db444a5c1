//! The tagged format of EndNote and refer, in `.enw` files.

use serde_json::{Value, json};

use super::{Dialect, Members, RecordFields, Role, Tags, person};
use crate::ingest::isbn::isbn;
use crate::ingest::{Format, marks};

pub(super) const DIALECT: Dialect = Dialect {
    format: Format::Endnote,
    because: "lines such as `%0 Journal Article`",
    tag,
    role,
    blank_line_ends: |tags| !tags.has("%0"),
    members,
    known: KNOWN,
};

/// A percent sign and one character, then a space or nothing.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.trim_start().split_at_checked(2)?;
    let is_tag = tag.starts_with('%')
        && !tag.ends_with(char::is_whitespace)
        && (value.is_empty() || value.starts_with([' ', '\t']));
    is_tag.then(|| (tag, value.trim()))
}

/// A record starts with its type. Files from refer have no types; a blank line
/// precedes each record.
fn role(tag: &str) -> Role {
    match tag {
        "%0" => Role::Begin,
        _ => Role::Value,
    }
}

fn members(tags: &Tags) -> Members {
    let mut fields = RecordFields::default();
    fields.put(
        "title",
        tags.first(&["%T"])
            .map(|title| marks::line(&title).into_owned()),
    );
    fields.put(
        "abstract",
        tags.prose("%X")
            .map(|text| marks::prose(&text).into_owned()),
    );
    fields.put_list(
        "authors",
        tags.all(&["%A"]).map(|name| author(&name)).collect(),
    );
    fields.put_list(
        "editors",
        tags.all(&["%E"]).map(|name| author(&name)).collect(),
    );
    fields.put("venue", tags.first(&["%J", "%B"]));
    fields.put("series", tags.first(&["%S"]));
    fields.put("publisher", tags.first(&["%I"]));
    fields.put("volume", tags.first(&["%V"]));
    let kind = kind(tags);
    // Patents have their number where books have their ISBN.
    let patent = || tags.first(&["%@"]).filter(|_| kind == Some("patent"));
    fields.put("number", tags.first(&["%N"]).or_else(patent));
    fields.put("pages", tags.first(&["%P"]));
    fields.put("edition", tags.first(&["%7"]));
    fields.put("isbn", tags.first(&["%@"]).and_then(|text| isbn(&text)));
    fields.put("accessed", tags.first(&["%["]));
    fields.put("published", date(tags));
    fields.put("year", tags.first(&["%D"]));
    fields.put("doi", tags.first(&["%R"]));
    fields.put("url", tags.first(&["%U"]));
    fields.put(
        "pdf",
        tags.first(&["%>"]).filter(|url| url.starts_with("http")),
    );
    fields.put("language", tags.first(&["%G"]));
    fields.put("comment", tags.first(&["%Z"]));
    fields.put("citation_key", tags.first(&["%F"]));
    fields.put("kind", kind.map(str::to_owned));
    let words: Vec<Value> = tags
        .lines(&["%K"])
        .flat_map(|line| line.split(';'))
        .map(|word| Value::from(word.trim()))
        .collect();
    fields.put_list("keywords", words);
    fields.0
}

/// A name. A comma at the end marks a group.
fn author(name: &str) -> Value {
    match name.strip_suffix(',') {
        Some(group) => json!({ "literal": group.trim() }),
        None => person(name),
    }
}

/// The date, if the record has one more precise than the year.
fn date(tags: &Tags) -> Option<String> {
    let day = tags.first(&["%8"])?;
    match tags.first(&["%D"]) {
        Some(year) if !day.contains(&year) => Some(format!("{day} {year}")),
        _ => Some(day),
    }
}

fn kind(tags: &Tags) -> Option<&'static str> {
    let stated = tags.first(&["%0"])?.to_lowercase();
    Some(match stated.as_str() {
        "journal article" | "magazine article" | "newspaper article" | "electronic article" => {
            "article"
        }
        "conference paper" | "conference proceedings" => "inproceedings",
        "book section" | "electronic book section" => "incollection",
        "book" | "edited book" | "electronic book" => "book",
        "thesis" => "phdthesis",
        "report" | "government document" => "report",
        "unpublished work" | "manuscript" => "preprint",
        "computer program" => "software",
        "dataset" => "dataset",
        "patent" => "patent",
        "web page" | "blog" | "online database" => "webpage",
        _ => return None,
    })
}

/// Tags that are read, or irrelevant.
const KNOWN: &[&str] = &[
    "%0", "%T", "%A", "%E", "%J", "%B", "%S", "%I", "%V", "%N", "%P", "%D", "%8", "%R", "%U", "%>",
    "%G", "%Z", "%F", "%X", "%K", "%@", "%C", "%M", "%L", "%~", "%9", "%7", "%6", "%[", "%+", "%1",
    "%2", "%3", "%4", "%#", "%$", "%]", "%&", "%(", "%)", "%!", "%?", "%Y", "%Q", "%H", "%O", "%^",
    "%<", "%W", "%*",
];
