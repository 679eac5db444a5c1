//! RIS, the tagged format that reference managers import.

use super::name::Names;
use super::work::Work;
use crate::model::{People, PublicationKind};

/// One record, with CRLF line ends as the format requires. Unknown fields are left
/// out.
pub fn ris(work: &Work<'_>) -> String {
    let mut record = Record(String::new());
    record.put("TY", reference_type(work.kind));
    record.put("TI", &work.title);
    record.put_people("AU", &work.names);
    record.put_people("A2", &work.editors);
    if let Some(year) = work.year {
        record.put("PY", &format!("{year:04}"));
    }
    if let Some(day) = work.day {
        // The fourth part of a date is free text: "2001///Summer".
        let day = match day.season() {
            Some(season) => format!("{:04}///{}", day.year(), season.key()),
            None => day.digits("/"),
        };
        record.put("DA", &day);
    }
    record.put_known("T2", container(work));
    if work.kind == PublicationKind::Proceedings {
        // T2 is the conference and C3 its proceedings. We use one name for both,
        // since styles print either.
        record.put_known("C3", container(work));
    }
    record.put_known("T3", work.series.as_deref());
    record.put_known("VL", work.volume.as_deref());
    let number_tag = match work.kind {
        PublicationKind::Report | PublicationKind::Patent => "SN",
        _ => "IS",
    };
    record.put_known(number_tag, work.number.as_deref());
    if let Some(pages) = &work.pages {
        record.put("SP", &pages.first);
        record.put_known("EP", pages.last.as_deref());
    }
    record.put_known("ET", work.edition.as_deref());
    record.put_known("SN", work.isbn.as_deref());
    record.put_known("PB", publisher(work));
    record.put_known("DO", work.doi);
    if let Some(arxiv) = work.arxiv {
        record.put("AN", &format!("arXiv:{arxiv}"));
    }
    record.put_known("UR", work.address.as_deref());
    if let Some(accessed) = work.accessed {
        record.put("Y2", &accessed.digits("/"));
    }
    record.put_known("L1", work.pdf.as_deref());
    for keyword in work.keywords() {
        record.put("KW", &keyword);
    }
    record.put_known("LA", work.language().as_deref());
    // Every program would take "et al." for an author.
    for (names, note) in [
        (&work.names, People::AUTHORS_CUT_OFF),
        (&work.editors, People::EDITORS_CUT_OFF),
    ] {
        if names.others {
            record.put("N1", note);
        }
    }
    record.line("ER", "");
    record.0
}

/// The records in the order given, separated by blank lines, without abstracts.
pub fn ris_file<'a, 'b: 'a>(works: impl IntoIterator<Item = &'a Work<'b>>) -> String {
    let mut file = String::new();
    for work in works {
        if !file.is_empty() {
            file.push_str("\r\n");
        }
        file.push_str(&ris(work));
    }
    file
}

/// RIS has no type for preprints. Reference managers export them as unpublished.
fn reference_type(kind: PublicationKind) -> &'static str {
    match kind {
        PublicationKind::Article => "JOUR",
        PublicationKind::Proceedings => "CONF",
        PublicationKind::Preprint => "UNPB",
        PublicationKind::Thesis | PublicationKind::MastersThesis => "THES",
        PublicationKind::Report => "RPRT",
        PublicationKind::Chapter => "CHAP",
        PublicationKind::Book => "BOOK",
        PublicationKind::Dataset => "DATA",
        PublicationKind::Software => "COMP",
        PublicationKind::Patent => "PAT",
        PublicationKind::WebPage => "ELEC",
        PublicationKind::Other => "GEN",
    }
}

fn container<'a>(work: &'a Work<'_>) -> Option<&'a str> {
    match work.kind {
        PublicationKind::Thesis | PublicationKind::MastersThesis | PublicationKind::Report => None,
        _ => work.venue.as_deref(),
    }
}

fn publisher<'a>(work: &'a Work<'_>) -> Option<&'a str> {
    match work.kind {
        PublicationKind::Thesis | PublicationKind::MastersThesis | PublicationKind::Report => {
            work.institution()
        }
        PublicationKind::Preprint => work.repository.or(work.publisher.as_deref()),
        _ => work.publisher.as_deref(),
    }
}

/// A record under construction.
struct Record(String);

impl Record {
    fn line(&mut self, tag: &str, value: &str) {
        self.0.push_str(tag);
        self.0.push_str("  - ");
        self.0.push_str(value);
        self.0.push_str("\r\n");
    }

    fn put(&mut self, tag: &str, value: &str) {
        if !value.is_empty() {
            self.line(tag, value);
        }
    }

    fn put_known(&mut self, tag: &str, value: Option<&str>) {
        self.put(tag, value.unwrap_or_default());
    }

    fn put_people(&mut self, tag: &str, names: &Names) {
        for name in &names.list {
            self.put(tag, &name.inverted());
        }
    }
}
