//! Chicago, 18th edition, as an entry of a bibliography.

use super::line::{Line, join};
use super::link;
use crate::cite::name::Names;
use crate::cite::work::Work;
use crate::model::Kind;

/// The most authors that are all named.
const MOST_AUTHORS: usize = 6;

/// How many of a longer list are named.
const NAMED_OF_MORE: usize = 3;

pub(super) fn write(line: &mut Line, work: &Work<'_>) {
    if work.kind == Kind::Book && work.names.is_empty() && !work.editors.is_empty() {
        let is_one = work.editors.list.len() == 1 && !work.editors.others;
        line.push(&authors(&work.editors));
        line.push(if is_one { ", ed" } else { ", eds" });
    } else {
        line.push(&authors(&work.names));
    }
    line.stop();
    line.space();
    let year = match work.year {
        Some(year) => year.to_string(),
        None => "n.d.".to_owned(),
    };
    match work.kind {
        Kind::Article => article(line, work, &year),
        Kind::Proceedings | Kind::Chapter => proceedings(line, work, &year),
        Kind::Book => {
            line.italic(&work.title);
            imprint(line, work.publisher.as_deref(), &year);
        }
        Kind::Report => {
            line.italic(&work.title);
            if let Some(number) = &work.number {
                line.sentence(&format!("Report no. {number}"));
            }
            imprint(line, work.institution(), &year);
        }
        Kind::Thesis => thesis(line, work, "PhD diss.", &year),
        Kind::MastersThesis => thesis(line, work, "Master’s thesis", &year),
        Kind::Preprint => {
            line.quoted(&work.title, '.');
            line.sentence(&listed(&["Preprint", work.repository.unwrap_or(""), &year]));
        }
        Kind::Dataset | Kind::Software | Kind::WebPage | Kind::Other => {
            line.quoted(&work.title, '.');
            line.sentence(&listed(&[
                work.venue.as_deref().unwrap_or(""),
                work.publisher.as_deref().unwrap_or(""),
                &year,
            ]));
        }
    }
    line.stop();
    if let Some(link) = link(work) {
        line.sentence(link);
        line.stop();
    }
}

fn article(line: &mut Line, work: &Work<'_>, year: &str) {
    line.quoted(&work.title, '.');
    line.space();
    match &work.venue {
        Some(journal) => {
            line.italic(journal);
            if let Some(volume) = &work.volume {
                line.push(&format!(" {volume}"));
            }
            if let Some(number) = &work.number {
                line.push(&format!(", no. {number}"));
            }
            line.push(&format!(" ({year})"));
            if let Some(pages) = &work.pages {
                line.push(&format!(": {}", pages.joined("–")));
            }
        }
        None => line.push(year),
    }
}

fn proceedings(line: &mut Line, work: &Work<'_>, year: &str) {
    line.quoted(&work.title, '.');
    if let Some(proceedings) = &work.venue {
        line.stop();
        line.space();
        line.push("In ");
        line.italic(proceedings);
        if let Some(volume) = &work.volume {
            line.push(&format!(", vol. {volume}"));
        }
        if !work.editors.is_empty() {
            line.push(", edited by ");
            line.push(&in_order(&work.editors));
        }
        if let Some(pages) = &work.pages {
            line.push(&format!(", {}", pages.joined("–")));
        }
    }
    imprint(line, work.publisher.as_deref(), year);
}

fn thesis(line: &mut Line, work: &Work<'_>, what: &str, year: &str) {
    line.quoted(&work.title, '.');
    line.sentence(&listed(&[what, work.institution().unwrap_or(""), year]));
}

fn imprint(line: &mut Line, publisher: Option<&str>, year: &str) {
    line.sentence(&listed(&[publisher.unwrap_or(""), year]));
}

/// What is known of the parts, parted by commas.
fn listed(parts: &[&str]) -> String {
    let known: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
    known.join(", ")
}

fn authors(names: &Names) -> String {
    let is_cut = names.list.len() > MOST_AUTHORS;
    let shown = if is_cut {
        NAMED_OF_MORE
    } else {
        names.list.len()
    };
    let list: Vec<String> = names
        .list
        .iter()
        .take(shown)
        .enumerate()
        .map(|(at, name)| match at {
            0 => name.inverted(),
            _ => name.to_string(),
        })
        .collect();
    if list.is_empty() {
        String::new()
    } else if is_cut || names.others {
        format!("{}, et al.", list.join(", "))
    } else {
        join(&list, ", and ", ", and ")
    }
}

/// The names in the order in which one reads them.
fn in_order(names: &Names) -> String {
    let list: Vec<String> = names.list.iter().map(ToString::to_string).collect();
    if names.others || list.len() > MOST_AUTHORS {
        format!(
            "{} et al.",
            list[..list.len().min(NAMED_OF_MORE)].join(", ")
        )
    } else {
        join(&list, " and ", ", and ")
    }
}
