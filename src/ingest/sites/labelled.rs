//! Pages of single papers in the ACL Anthology: title, names, perhaps the abstract,
//! then labelled values. A text may contain several such pages.

use serde_json::Value;

use super::super::page_text::Vocabulary;
use super::{Page, Row, bare_title, member, names};

/// The field for each label; empty if we do not use it.
const LABELS: [(&str, &str); 33] = [
    ("Anthology ID", "anthologyid"),
    ("Volume", "venue"),
    ("Month", "month"),
    ("Year", "year"),
    ("Address", ""),
    ("Editors", "editors"),
    ("Editor", "editors"),
    ("Venue", "series"),
    ("Venues", "series"),
    ("SIG", ""),
    ("SIGs", ""),
    ("Publisher", "publisher"),
    ("Note", "comment"),
    ("Pages", "pages"),
    ("Language", "language"),
    ("ISBN", "isbn"),
    ("URL", "url"),
    ("DOI", "doi"),
    ("Award", "award"),
    ("Awards", "award"),
    ("Bibkey", "citation_key"),
    ("Cite (ACL)", ""),
    ("Cite (Informal)", ""),
    ("Copy Citation", ""),
    ("PDF", "pdf"),
    ("Software", "code"),
    ("Code", "code"),
    ("Data", "dataset"),
    ("Dataset", "dataset"),
    ("Video", "video"),
    ("Attachment", ""),
    ("Presentation", ""),
    ("Poster", ""),
];

/// The field for a label and the value on its line: "Year:" and "Year: 2023".
fn label(text: &str) -> Option<(&'static str, &str)> {
    let (name, value) = text.split_once(':')?;
    let name = name.trim();
    LABELS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, field)| (*field, value.trim()))
        .or_else(|| is_attachment(name).then_some(("", value.trim())))
}

/// "Optional supplementary material", "Revised PDF".
fn is_attachment(name: &str) -> bool {
    ["Optional ", "Supplementary ", "Revis", "Erratum", "Retract"]
        .iter()
        .any(|word| name.starts_with(word))
        && name.split(' ').count() <= 4
}

/// Whether a paper's labels start at a row. A volume's ID has no number after its
/// name: `2023.acl-long`.
fn begins(rows: &[Row<'_>], at: usize) -> bool {
    let Some(value) = rows[at].text.strip_prefix("Anthology ID:").map(str::trim) else {
        return false;
    };
    let id = match value {
        "" => rows.get(at + 1).map_or("", |row| row.text),
        value => value,
    };
    let number = id.rsplit(['.', '-']).next().unwrap_or_default();
    let is_old = id.len() == 8 && id.as_bytes()[0].is_ascii_uppercase();
    !id.contains(' ')
        && (is_old || id.contains('.') && id.contains('-'))
        && number.bytes().all(|b| b.is_ascii_digit())
        && !number.is_empty()
}

/// How many rows are labels of papers.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    let Some(first) = (2..rows.len()).find(|at| begins(rows, *at)) else {
        return 0;
    };
    let labels = rows[first..].iter().filter(|row| label(row.text).is_some());
    match labels.count() {
        few if few < 4 => 0,
        many => many * 3,
    }
}

/// Whether a row belongs to the site rather than to a paper.
fn is_chrome(text: &str) -> bool {
    const WHOLE: [&str; 19] = [
        "ACL Anthology",
        "ACL Logo ACL Anthology",
        "News",
        "News(current)",
        "FAQ",
        "FAQ(current)",
        "Corrections",
        "Corrections(current)",
        "Submissions",
        "Submissions(current)",
        "Github",
        "GitHub",
        "Search",
        "Search...",
        "Cite",
        "Export citation",
        "Correct Metadata",
        "Fix data",
        "More options…",
    ];
    let button = |word: &str| {
        matches!(
            word,
            "PDF"
                | "Cite"
                | "Search"
                | "Video"
                | "Code"
                | "Data"
                | "Software"
                | "Poster"
                | "Slides"
                | "Fix"
                | "data"
                | "BibTeX"
                | "Markdown"
                | "MODS"
                | "XML"
                | "Endnote"
                | "More"
                | "options…"
                | "(full)"
        )
    };
    WHOLE.contains(&text)
        || text.split_whitespace().all(button)
        || text.starts_with("ACL materials are Copyright")
        || text.starts_with("Permission is granted to make copies")
        || text.starts_with("The ACL Anthology is managed")
        || text.starts_with("Site last built")
}

/// Reads the papers.
pub(super) fn read<'a>(rows: &[Row<'a>], _: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let starts: Vec<usize> = (0..rows.len()).filter(|at| begins(rows, *at)).collect();
    let mut from = 0;
    for start in starts {
        // The label may occur again among a paper's other labels.
        if start < from {
            continue;
        }
        let head: Vec<Row<'a>> = rows[from..start]
            .iter()
            .filter(|row| !is_chrome(row.text))
            .copied()
            .collect();
        let (labelled, end) = labelled(rows, start);
        from = end;
        match top(&head, &mut page) {
            Some((title, mut members)) => {
                members.extend(labelled);
                page.papers.push((title, members));
            }
            None => head.into_iter().for_each(|row| page.leave(row)),
        }
    }
    let rest = rows[from.min(rows.len())..].iter();
    rest.filter(|row| !is_chrome(row.text))
        .for_each(|row| page.leave(*row));
    page
}

/// Title, names and abstract, from the rows above the labels.
fn top<'a>(head: &[Row<'a>], page: &mut Page<'a>) -> Option<(Row<'a>, Vec<(String, Value)>)> {
    let (above, below) = match head.iter().position(|row| row.text == "Abstract") {
        Some(at) => (&head[..at], &head[at + 1..]),
        // The heading may be on the same line as its text.
        None => match head
            .iter()
            .position(|row| row.text.starts_with("Abstract "))
        {
            Some(at) => (&head[..at], &head[at..]),
            None => (head, &head[..0]),
        },
    };
    let [before @ .., title, people] = above else {
        return None;
    };
    before.iter().for_each(|row| page.leave(*row));
    let mut members = vec![
        member("title", bare_title(title.text)),
        member("authors", names(people.text.split([',', '|']))),
    ];
    let text: Vec<&str> = below.iter().map(|row| row.text).collect();
    let text = text.join(" ");
    let text = text.strip_prefix("Abstract ").unwrap_or(&text);
    if !text.is_empty() {
        members.push(member("abstract", text));
    }
    Some((*title, members))
}

/// The values of the labels from a row on, and the row after them.
fn labelled(rows: &[Row<'_>], start: usize) -> (Vec<(String, Value)>, usize) {
    let mut found: Vec<(&'static str, &str)> = Vec::new();
    let mut end = start;
    while let Some((field, value)) = rows.get(end).and_then(|row| label(row.text)) {
        end += 1;
        let value = match rows.get(end) {
            Some(next) if value.is_empty() && label(next.text).is_none() => {
                end += 1;
                next.text
            }
            _ => value,
        };
        // Further lines of a value: a list of URLs, a row of buttons.
        while rows.get(end).is_some_and(|next| {
            next.text.starts_with("http") || found.len() > 3 && is_chrome(next.text)
        }) {
            end += 1;
        }
        if !field.is_empty() && !value.is_empty() {
            found.push((field, value));
        }
    }
    let get = |name: &str| found.iter().find(|(field, _)| *field == name);
    let mut members = Vec::new();
    for (field, value) in &found {
        match *field {
            "editors" => members.push(member("editors", names(value.split([',', '|'])))),
            "venue" => members.extend(volume(value)),
            // The meeting's short name adds nothing to the volume.
            "series" if get("venue").is_none() => members.push(member("venue", *value)),
            "month" | "year" | "series" => {}
            field => members.push(member(field, *value)),
        }
    }
    let year = get("year").map(|(_, year)| *year);
    members.extend(match (get("month"), year) {
        (Some((_, month)), Some(year)) => Some(member("published", format!("{month} {year}"))),
        (None, Some(year)) => Some(member("year", year)),
        _ => None,
    });
    (members, end)
}

/// "Proceedings of …", or for journals "Computational Linguistics, Volume 49, Issue
/// 1 - March 2023".
fn volume(text: &str) -> Vec<(String, Value)> {
    let Some((journal, numbers)) = text.split_once(", Volume ") else {
        return vec![member("venue", text), member("kind", "inproceedings")];
    };
    let mut words = numbers.split(|c: char| !c.is_alphanumeric());
    let mut members = vec![member("venue", journal), member("kind", "article")];
    members.extend(words.next().map(|volume| member("volume", volume)));
    let issue = words
        .by_ref()
        .find(|word| word.eq_ignore_ascii_case("issue") || word.eq_ignore_ascii_case("number"));
    let number = issue.and_then(|_| words.find(|word| !word.is_empty()));
    members.extend(number.map(|number| member("number", number)));
    members
}
