//! MLA, 9th edition: one template, in which each element that is known follows
//! the one before.

use super::line::Line;
use super::link;
use crate::cite::name::Names;
use crate::cite::work::Work;
use crate::model::Kind;

pub(super) fn write(line: &mut Line, work: &Work<'_>) {
    if work.kind == Kind::Book && work.names.is_empty() && !work.editors.is_empty() {
        let is_one = work.editors.list.len() == 1 && !work.editors.others;
        line.push(&authors(&work.editors));
        line.push(if is_one { ", editor" } else { ", editors" });
    } else {
        line.push(&authors(&work.names));
    }
    line.stop();
    line.space();
    let stands_alone = matches!(
        work.kind,
        Kind::Thesis
            | Kind::MastersThesis
            | Kind::Report
            | Kind::Book
            | Kind::Dataset
            | Kind::Software
    );
    if stands_alone {
        line.italic(&work.title);
        line.stop();
    } else {
        line.quoted(&work.title, '.');
    }
    let mut elements = Elements {
        line,
        started: false,
    };
    match work.kind {
        Kind::Thesis => thesis(&mut elements, work, "PhD dissertation"),
        Kind::MastersThesis => thesis(&mut elements, work, "Master’s thesis"),
        _ => container(&mut elements, work),
    }
    line.stop();
}

fn thesis(elements: &mut Elements<'_>, work: &Work<'_>, what: &str) {
    elements.put(work.year.map(|year| year.to_string()));
    if elements.started {
        elements.line.stop();
        elements.started = false;
    }
    elements.put(work.institution().map(str::to_owned));
    elements.put(Some(what.to_owned()));
    elements.put(link(work).map(str::to_owned));
}

fn container(elements: &mut Elements<'_>, work: &Work<'_>) {
    let title = match work.kind {
        Kind::Preprint => work.repository.or(work.venue.as_deref()),
        Kind::Report => None,
        _ => work.venue.as_deref(),
    };
    if let Some(title) = title {
        elements.next();
        elements.line.italic(title);
    }
    if work.kind != Kind::Book && !work.editors.is_empty() {
        elements.put(Some(format!("edited by {}", editors(&work.editors))));
    }
    elements.marked("vol.", work.volume.as_deref());
    elements.marked("no.", work.number.as_deref());
    let publisher = match work.kind {
        Kind::Report => work.institution(),
        // A journal's publisher is left out, as is a repository's.
        Kind::Article | Kind::Preprint => None,
        _ => work.publisher.as_deref(),
    };
    elements.put(publisher.map(str::to_owned));
    elements.put(work.year.map(|year| year.to_string()));
    if let Some(pages) = &work.pages {
        let mark = if pages.is_range() { "pp." } else { "p." };
        elements.marked(mark, Some(&pages.joined("–")));
    }
    elements.put(link(work).map(str::to_owned));
}

/// The elements after the title, parted by commas.
struct Elements<'a> {
    line: &'a mut Line,
    started: bool,
}

impl Elements<'_> {
    fn next(&mut self) {
        if self.started {
            self.line.push(", ");
        } else {
            self.line.space();
        }
        self.started = true;
    }

    /// An element behind an abbreviation, which is capitalised where it begins a
    /// sentence.
    fn marked(&mut self, mark: &str, element: Option<&str>) {
        let Some(element) = element else {
            return;
        };
        let mut mark = mark.to_owned();
        if !self.started {
            mark[..1].make_ascii_uppercase();
        }
        self.put(Some(format!("{mark} {element}")));
    }

    fn put(&mut self, element: Option<String>) {
        if let Some(element) = element {
            self.next();
            self.line.push(&element);
        }
    }
}

/// One or two names; of more, the first.
fn authors(names: &Names) -> String {
    match names.list.as_slice() {
        [] => String::new(),
        [first] if !names.others => first.inverted(),
        [first, second] if !names.others => {
            format!("{}, and {}", first.inverted(), second)
        }
        [first, ..] => format!("{}, et al.", first.inverted()),
    }
}

/// One or two names; of more, the first.
fn editors(names: &Names) -> String {
    match names.list.as_slice() {
        [] => String::new(),
        [first] if !names.others => first.to_string(),
        [first, second] if !names.others => format!("{first} and {second}"),
        [first, ..] => format!("{first} et al."),
    }
}
