//! The IEEE's reference guide.

use super::line::{Line, join};
use crate::cite::name::{self, Names};
use crate::cite::work::Work;
use crate::model::Kind;

/// The most authors that are all named.
const MOST_AUTHORS: usize = 6;

pub(super) fn write(line: &mut Line, work: &Work<'_>) {
    let parts = parts(work);
    let by_editors = work.kind == Kind::Book && work.names.is_empty();
    let mut authors = authors(if by_editors {
        &work.editors
    } else {
        &work.names
    });
    if by_editors && !authors.is_empty() {
        authors.push_str(editors_mark(&work.editors));
    }
    if !authors.is_empty() {
        line.push(&authors);
        line.push(", ");
    }
    // The comma after the title stands before something or not at all.
    let end = if parts.0.is_empty() { '.' } else { ',' };
    if matches!(work.kind, Kind::Report | Kind::Book) && !work.title.is_empty() {
        line.italic(&work.title);
        line.push(end.encode_utf8(&mut [0; 4]));
    } else {
        line.quoted(&work.title, end);
    }
    for (at, part) in parts.0.iter().enumerate() {
        if at > 0 {
            line.push(",");
        }
        line.space();
        line.push(part.before);
        if part.is_italic {
            line.italic(&part.text);
        } else {
            line.push(&part.text);
        }
    }
    line.stop();
    // A DOI or an arXiv number says where; an address is given only for want of
    // both, and takes no full stop.
    let says_where = work.doi.is_some() || (work.kind == Kind::Preprint && work.arxiv.is_some());
    if let Some(address) = work.address.as_ref().filter(|_| !says_where) {
        line.sentence(&format!("[Online]. Available: {address}"));
    }
}

/// What follows the title, to be parted by commas.
fn parts(work: &Work<'_>) -> Parts {
    let mut parts = Parts(Vec::new());
    match work.kind {
        Kind::Article => {
            parts.italic("", work.venue.as_deref());
            parts.volume(work);
            parts.pages(work);
            parts.year(work);
        }
        Kind::Proceedings | Kind::Chapter => {
            parts.italic("in ", work.venue.as_deref());
            parts.editors(work);
            parts.volume(work);
            parts.put("", work.publisher.as_deref());
            parts.year(work);
            parts.pages(work);
        }
        Kind::Preprint => {
            parts.year(work);
            match &work.arxiv {
                Some(id) => parts.put("arXiv:", Some(id)),
                None => parts.put("", work.repository),
            }
        }
        Kind::Thesis => parts.thesis(work, "Ph.D. dissertation"),
        Kind::MastersThesis => parts.thesis(work, "M.S. thesis"),
        Kind::Report => {
            parts.put("", work.institution());
            parts.put("Rep. ", work.number.as_deref());
            parts.year(work);
        }
        Kind::Book => {
            parts.put("", work.publisher.as_deref());
            parts.year(work);
        }
        Kind::Dataset | Kind::Software | Kind::WebPage | Kind::Other => {
            parts.put("", work.venue.as_deref());
            parts.put("", work.publisher.as_deref());
            parts.year(work);
        }
    }
    parts.put("doi: ", work.doi);
    parts
}

/// One part of what follows the title.
struct Part {
    before: &'static str,
    text: String,
    is_italic: bool,
}

struct Parts(Vec<Part>);

impl Parts {
    fn put(&mut self, before: &'static str, text: Option<&str>) {
        self.0.extend(text.map(|text| Part {
            before,
            text: text.to_owned(),
            is_italic: false,
        }));
    }

    fn italic(&mut self, before: &'static str, text: Option<&str>) {
        self.0.extend(text.map(|text| Part {
            before,
            text: text.to_owned(),
            is_italic: true,
        }));
    }

    fn volume(&mut self, work: &Work<'_>) {
        self.put("vol. ", work.volume.as_deref());
        self.put("no. ", work.number.as_deref());
    }

    fn editors(&mut self, work: &Work<'_>) {
        if !work.editors.is_empty() {
            let names = format!("{}{}", authors(&work.editors), editors_mark(&work.editors));
            self.put("", Some(&names));
        }
    }

    fn pages(&mut self, work: &Work<'_>) {
        if let Some(pages) = &work.pages {
            let mark = if pages.is_range() { "pp. " } else { "p. " };
            self.put(mark, Some(&pages.joined("–")));
        }
    }

    fn year(&mut self, work: &Work<'_>) {
        self.put("", work.year.map(|year| year.to_string()).as_deref());
    }

    fn thesis(&mut self, work: &Work<'_>, what: &str) {
        self.put("", Some(what));
        self.put("", work.institution());
        self.year(work);
    }
}

/// Up to six names; of more, the first.
fn authors(names: &Names) -> String {
    let list: Vec<String> = names.list.iter().map(name::initials_first).collect();
    match list.as_slice() {
        [] => String::new(),
        [first, ..] if names.others || list.len() > MOST_AUTHORS => format!("{first} et al."),
        list => join(list, " and ", ", and "),
    }
}

fn editors_mark(names: &Names) -> &'static str {
    if names.list.len() == 1 && !names.others {
        ", Ed."
    } else {
        ", Eds."
    }
}
