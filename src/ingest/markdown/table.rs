//! Reads Markdown tables, one paper per row, with columns determined by their
//! headings.

use super::super::columns::ColumnContent;
use super::super::named::{Found, Named};
use super::super::page_text::{Names, Shape, Vocabulary, names, only_addresses, shape};
use super::super::tally::ImportTally;
use super::blocks::{Piece, Row, text};
use super::entry::Entry;
use super::head::{Head, head, outside, role};
use super::venue_year::venue_year;
use crate::diagnostics::Diagnostic;
use crate::model::LinkKind;

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
enum Column {
    Title,
    Links(Option<LinkKind>),
    When,
    Venue,
    Nothing,
    /// The field with this name.
    Named(String),
}

/// The columns of a table, from its headings. `None` if none holds titles.
fn columns(rows: &[Row], known: impl Fn(&str) -> Option<ColumnContent>) -> Option<Vec<Column>> {
    let (heading, body) = rows.split_first()?;
    if heading
        .cells
        .iter()
        .all(|cell| text(cell).trim().is_empty())
    {
        return unheaded(heading.cells.len(), body);
    }
    let mut columns: Vec<Column> = heading
        .cells
        .iter()
        .map(|cell| column(&text(cell), &known))
        .collect();
    if columns.contains(&Column::Title) {
        return Some(columns);
    }
    // "Paper" columns hold titles as often as links.
    let longer = |n: usize| {
        let cells = body.iter().filter_map(|row| row.cells.get(n));
        let long = cells.filter(|cell| is_long(cell)).count();
        long * 2 > body.len()
    };
    let mut papers = (0..columns.len()).filter(|n| {
        let heading = text(&heading.cells[*n]).to_lowercase();
        matches!(
            heading.trim(),
            "paper" | "papers" | "article" | "publication"
        )
    });
    if let Some(n) = papers.clone().find(|n| longer(*n)) {
        columns[n] = Column::Title;
        return Some(columns);
    }
    // Short titles, if they are neither links nor venues.
    let shorter = papers.find(|n| {
        let cells = body.iter().filter_map(|row| row.cells.get(*n));
        cells.filter(|cell| is_name(cell)).count() * 2 > body.len()
    });
    // The column whose cells look like titles: linked or bold, with several words.
    let titles = |n: usize| {
        let cells = body.iter().filter_map(|row| row.cells.get(n));
        cells.filter(|cell| is_title(cell)).count()
    };
    let best = (0..columns.len()).max_by_key(|n| (titles(*n), usize::MAX - n))?;
    let best = Some(best).filter(|n| titles(*n) * 2 > body.len());
    best.or(shorter).map(|n| {
        columns[n] = Column::Title;
        columns
    })
}

/// The columns of a table without headings, from their content.
fn unheaded(count: usize, body: &[Row]) -> Option<Vec<Column>> {
    let mostly = |n: usize, is: &dyn Fn(&[Piece], &str) -> bool| {
        let cells = body.iter().filter_map(|row| row.cells.get(n));
        let filled: Vec<bool> = cells
            .map(|cell| (cell, text(cell)))
            .filter(|(cell, said)| !said.trim().is_empty() || cell.iter().any(|p| p.link.is_some()))
            .map(|(cell, said)| is(cell, said.trim()))
            .collect();
        let fits = filled.iter().filter(|fits| **fits).count();
        fits > 0 && fits * 2 > filled.len()
    };
    let leads = |cell: &[Piece], said: &str| {
        cell.iter().any(|piece| outside(piece).is_some()) || only_addresses(said).is_some()
    };
    if !(0..count).any(|n| mostly(n, &leads)) {
        return None;
    }
    let vocabulary = Vocabulary::default();
    let mut columns: Vec<Column> = (0..count)
        .map(|n| {
            if mostly(n, &|cell, said| {
                is_title(cell)
                    || words(said) >= 3
                        && shape(said) != Shape::Prose
                        && names(said, &vocabulary) == Names::No
                        && only_addresses(said).is_none()
                        && venue_year(said).is_none()
            }) {
                Column::Title
            } else if mostly(n, &leads) {
                Column::Links(None)
            } else if mostly(n, &|_, said| venue_year(said).is_some()) {
                Column::Venue
            } else if mostly(n, &|_, said| names(said, &vocabulary) != Names::No) {
                Column::Named("authors".to_owned())
            } else if mostly(n, &|_, said| words(said) > 12) {
                Column::Named("abstract".to_owned())
            } else {
                Column::Nothing
            }
        })
        .collect();
    let first = columns.iter().position(|column| *column == Column::Title)?;
    // If there are several, the first holds the title.
    for column in &mut columns[first + 1..] {
        if *column == Column::Title {
            *column = Column::Named("comment".to_owned());
        }
    }
    Some(columns)
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a cell has several words and is neither a link label nor a venue.
fn is_long(cell: &[Piece]) -> bool {
    let said = text(cell);
    said.split_whitespace().nth(2).is_some() && role(&said).is_none() && venue_year(&said).is_none()
}

/// Whether a cell is neither a link label nor a venue.
fn is_name(cell: &[Piece]) -> bool {
    let said = text(cell);
    let letters = said.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && role(&said).is_none() && venue_year(&said).is_none()
}

fn is_title(cell: &[Piece]) -> bool {
    let long = text(cell).split_whitespace().nth(2).is_some();
    let marked = cell
        .iter()
        .any(|piece| (piece.is_strong || outside(piece).is_some()) && role(&piece.text).is_none());
    long && marked && text(cell).len() < 600
}

fn column(heading: &str, known: &impl Fn(&str) -> Option<ColumnContent>) -> Column {
    let lower = heading.to_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    match lower {
        "title" | "paper title" | "title & authors" | "title and authors" | "name" | "work" => {
            Column::Title
        }
        "date" | "year" | "time" | "publish date" | "published" | "month" | "release"
        | "pub date" => Column::When,
        "venue" | "conference" | "journal" | "publication" | "pub" | "pub." | "where"
        | "source" => Column::Venue,
        "notes" | "note" | "remark" | "remarks" => Column::Named("comment".to_owned()),
        // Such a heading is for row numbers.
        "" | "no" | "id" | "nr" => Column::Nothing,
        "links" | "link" | "url" | "resources" | "resource" => Column::Links(None),
        _ => match (role(lower), known(lower)) {
            (Some(_), Some(field)) if is_prose_or_list(field) => Column::Named(lower.to_owned()),
            (None, Some(_)) => Column::Named(lower.to_owned()),
            (Some(kind), _) => Column::Links(kind),
            _ => Column::Named(heading.to_owned()),
        },
    }
}

/// Whether a column holds prose or lists, where links are incidental.
fn is_prose_or_list(field: ColumnContent) -> bool {
    field == ColumnContent::Gist
        || ["body", "authors", "keywords", "categories"]
            .iter()
            .any(|name| field.is(name))
}

/// How many papers a table holds, without the column names in the settings.
pub(super) fn titles(rows: &[Row]) -> usize {
    let known = super::super::columns::Columns::new(&std::collections::BTreeMap::new());
    let known = |name: &str| known.get(name).map(|(field, _)| field);
    let leads = |row: &&Row| {
        row.cells
            .iter()
            .flatten()
            .any(|piece| outside(piece).is_some() || piece.text.contains("://"))
    };
    match columns(rows, known) {
        Some(_) => rows.iter().skip(1).filter(leads).count(),
        None => 0,
    }
}

/// Reads a table and returns the number of papers in it.
pub(super) fn read(
    rows: &[Row],
    vocabulary: &Vocabulary,
    named: &mut Named,
    tally: &mut ImportTally,
) -> usize {
    let known = |name: &str| named.columns().get(name).map(|(field, _)| field);
    let Some(columns) = columns(rows, known) else {
        return 0;
    };
    let mut read = 0;
    for row in &rows[1..] {
        let shown = shown(row);
        if !shown.contains(char::is_alphanumeric) {
            continue;
        }
        read += 1;
        if row.written > rows[0].cells.len() {
            let message = "this row has more cells than the table has columns; the last ones were not \
                 read";
            let said = Diagnostic::warning("too-many-cells", message);
            let help = "write a bar within a cell as `\\|`";
            tally.say(said.at(tally.line(row.line, &shown)).help(help));
        }
        take(row, &columns, &shown, vocabulary, named, tally);
    }
    read
}

/// A row on one line.
pub(super) fn shown(row: &Row) -> String {
    let cells: Vec<String> = row.cells.iter().map(|cell| text(cell)).collect();
    cells.join(" | ")
}

/// A cell's pieces before and after its first line break.
fn first_line(cell: &[Piece]) -> (Vec<Piece>, Vec<Piece>) {
    let Some(at) = cell.iter().position(|piece| piece.text.contains('\n')) else {
        return (cell.to_vec(), Vec::new());
    };
    let (mut title, mut rest) = (cell[..at].to_vec(), cell[at..].to_vec());
    if let Some((before, behind)) = cell[at].text.split_once('\n') {
        title.push(Piece {
            text: before.to_owned(),
            ..cell[at].clone()
        });
        rest[0].text = behind.to_owned();
    }
    (title, rest)
}

fn take(
    row: &Row,
    columns: &[Column],
    shown: &str,
    vocabulary: &Vocabulary,
    named: &mut Named,
    tally: &mut ImportTally,
) {
    let title = columns.iter().position(|column| *column == Column::Title);
    let cell = title
        .and_then(|n| row.cells.get(n))
        .map_or(&[][..], Vec::as_slice);
    let first = head(cell).unwrap_or_else(|| {
        let (title, rest) = first_line(cell);
        Head {
            title: text(&title),
            link: title.iter().find_map(outside).map(str::to_owned),
            rest,
            ..Head::default()
        }
    });
    let mut entry = Entry::new(&first, vocabulary);
    let mut members = Vec::new();
    for (cell, column) in row.cells.iter().zip(columns) {
        let said = text(cell);
        let is_empty = !said.contains(char::is_alphanumeric)
            || matches!(
                said.to_lowercase().as_str(),
                "n/a" | "none" | "null" | "tbd" | "no"
            );
        if *column == Column::Title || (is_empty && !cell.iter().any(|p| p.link.is_some())) {
            continue;
        }
        match column {
            Column::Links(kind) => entry.links_of(cell, *kind),
            Column::When | Column::Venue => match venue_year(&said) {
                Some(found) => {
                    entry.links_of(cell, None);
                    entry.place(found);
                }
                None if matches!(said.to_lowercase().as_str(), "arxiv" | "preprint") => {}
                None => {
                    let name = if *column == Column::When {
                        "date"
                    } else {
                        "venue"
                    };
                    members.push((name.to_owned(), serde_json::Value::from(said)));
                }
            },
            Column::Named(name) => {
                entry.links_of(cell, None);
                // "et.al." does not end a name.
                let said = said.replace("et.al", "et al");
                members.push((name.clone(), serde_json::Value::from(said)));
            }
            Column::Title | Column::Nothing => {}
        }
    }
    let (mut all, spare) = entry.finish();
    all.extend(members);
    let found = Found {
        source: tally.reading.format.source(),
        line: row.line,
        text: shown,
        members: all,
        unknown: Vec::new(),
    };
    named.take(tally, found, |_| {});
    for url in spare {
        let message = format!("an additional link of the same kind was left out: {url}");
        let said = Diagnostic::note("second-link", message).field("links");
        tally.say(said.at(tally.line(row.line, shown)));
    }
}
