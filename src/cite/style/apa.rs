//! APA, 7th edition.

use super::line::{Line, join};
use super::link;
use crate::cite::name::{self, Names};
use crate::cite::work::Work;
use crate::model::Kind;

/// The most authors that are all named.
const MOST_AUTHORS: usize = 20;

pub(super) fn write(line: &mut Line, work: &Work<'_>) {
    let year = match work.year {
        Some(year) => format!("({year})"),
        None => "(n.d.)".to_owned(),
    };
    // A book without authors is its editors'. Where nobody is named, the title
    // takes the author's place.
    if work.kind == Kind::Book && work.names.is_empty() && !work.editors.is_empty() {
        line.push(&authors(&work.editors));
        line.space();
        line.push(editors_mark(&work.editors));
        line.sentence(&year);
        line.stop();
        line.space();
        title(line, work);
    } else if work.names.is_empty() {
        title(line, work);
        line.sentence(&year);
    } else {
        line.push(&authors(&work.names));
        line.sentence(&year);
        line.stop();
        line.space();
        title(line, work);
    }
    line.stop();
    source(line, work);
    line.address(link(work));
}

fn title(line: &mut Line, work: &Work<'_>) {
    match work.kind {
        Kind::Article | Kind::Proceedings | Kind::Chapter => line.push(&work.title),
        _ => line.italic(&work.title),
    }
    match work.kind {
        Kind::Preprint => bracket(line, '(', preprint_number(work), ')'),
        Kind::Report => bracket(
            line,
            '(',
            work.number
                .as_ref()
                .map(|number| format!("Report No. {number}")),
            ')',
        ),
        Kind::Thesis => bracket(line, '[', Some(thesis("Doctoral dissertation", work)), ']'),
        Kind::MastersThesis => bracket(line, '[', Some(thesis("Master’s thesis", work)), ']'),
        Kind::Dataset => bracket(line, '[', Some("Data set".to_owned()), ']'),
        Kind::Software => bracket(line, '[', Some("Computer software".to_owned()), ']'),
        Kind::Article
        | Kind::Proceedings
        | Kind::Chapter
        | Kind::Book
        | Kind::WebPage
        | Kind::Other => {}
    }
}

fn bracket(line: &mut Line, open: char, text: Option<String>, close: char) {
    if let Some(text) = text {
        line.space();
        line.push(&format!("{open}{text}{close}"));
    }
}

fn preprint_number(work: &Work<'_>) -> Option<String> {
    work.arxiv.as_ref().map(|id| format!("arXiv:{id}"))
}

fn thesis(what: &str, work: &Work<'_>) -> String {
    match work.institution() {
        Some(school) => format!("{what}, {school}"),
        None => what.to_owned(),
    }
}

fn source(line: &mut Line, work: &Work<'_>) {
    match work.kind {
        Kind::Article => {
            let Some(journal) = &work.venue else {
                return;
            };
            line.space();
            line.italic(journal);
            if let Some(volume) = &work.volume {
                line.push(", ");
                line.italic(volume);
                if let Some(number) = &work.number {
                    line.push(&format!("({number})"));
                }
            }
            if let Some(pages) = &work.pages {
                line.push(&format!(", {}", pages.joined("–")));
            }
        }
        Kind::Proceedings | Kind::Chapter => {
            if let Some(proceedings) = &work.venue {
                line.space();
                line.push("In ");
                line.push(&editors(&work.editors));
                line.italic(proceedings);
                bracket(line, '(', volume_and_pages(work), ')');
            }
            line.sentence(work.publisher.as_deref().unwrap_or_default());
        }
        Kind::Preprint => line.sentence(work.repository.unwrap_or_default()),
        Kind::Report => line.sentence(work.institution().unwrap_or_default()),
        Kind::Thesis | Kind::MastersThesis => {}
        Kind::Book => line.sentence(work.publisher.as_deref().unwrap_or_default()),
        Kind::Dataset | Kind::Software | Kind::WebPage | Kind::Other => {
            line.sentence(work.venue.as_deref().unwrap_or_default());
            line.sentence(work.publisher.as_deref().unwrap_or_default());
        }
    }
}

fn volume_and_pages(work: &Work<'_>) -> Option<String> {
    let volume = work.volume.as_ref().map(|volume| format!("Vol. {volume}"));
    let pages = work.pages.as_ref().map(|pages| {
        let mark = if pages.is_range() { "pp." } else { "p." };
        format!("{mark} {}", pages.joined("–"))
    });
    let parts: Vec<String> = [volume, pages].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Up to twenty names; of more, the first nineteen and the last.
fn authors(names: &Names) -> String {
    let mut list: Vec<String> = names.list.iter().map(name::inverted_initials).collect();
    if names.others {
        return format!("{}, et al.", list.join(", "));
    }
    if list.len() > MOST_AUTHORS {
        let last = list.pop().unwrap_or_default();
        list.truncate(MOST_AUTHORS - 1);
        return format!("{}, . . . {last}", list.join(", "));
    }
    join(&list, ", & ", ", & ")
}

/// "A. Editor & B. Editor (Eds.), " before the title of a volume.
fn editors(names: &Names) -> String {
    if names.is_empty() {
        return String::new();
    }
    let list: Vec<String> = names.list.iter().map(name::initials_first).collect();
    let list = if names.others || list.len() > MOST_AUTHORS {
        format!("{} et al.", list[0])
    } else {
        join(&list, " & ", ", & ")
    };
    format!("{list} {}, ", editors_mark(names))
}

fn editors_mark(names: &Names) -> &'static str {
    if names.list.len() == 1 && !names.others {
        "(Ed.)"
    } else {
        "(Eds.)"
    }
}
