//! Export as a table: one row per paper, with headings that the import understands.

use std::io;

use crate::model::schema::{BODY, FIELDS, Field, Slot};
use crate::text::guard_formula;

use super::{Entry, Library};

impl Library {
    /// Writes papers as comma-separated values. A cell that a spreadsheet would
    /// interpret as a formula is prefixed with an apostrophe, which the import removes.
    ///
    /// # Errors
    /// Returns the errors of the sink.
    pub fn write_csv(&self, papers: &[&Entry], out: impl io::Write) -> io::Result<()> {
        let columns = || FIELDS.iter().filter(|field| field.column.is_some());
        let mut rows = csv::Writer::from_writer(out);
        let headings = columns().filter_map(|field| field.column);
        rows.write_record(headings.chain(["slug"]))?;
        for entry in papers {
            for field in columns() {
                rows.write_field(&*guard_formula(&cell(entry, field)))?;
            }
            rows.write_field(entry.paper.slug.as_str())?;
            rows.write_record(None::<&[u8]>)?;
        }
        rows.flush()
    }
}

/// The cell of a field: the paper's value, or a derived one.
fn cell(entry: &Entry, field: &Field) -> String {
    let paper = &entry.paper;
    let cell = match field.slot {
        Slot::Line(..) if field.name == BODY => Some(entry.abstract_text.clone()),
        Slot::Line(..) => Some(entry.title.clone()),
        Slot::Year(..) => paper.publication_year().map(|year| year.to_string()),
        Slot::Link(kind) => entry.links().get(&kind).cloned(),
        // A key sentence taken from the abstract can be found again; one written by
        // hand cannot.
        Slot::Text(..) if field.name == "summary" => {
            Some(entry.summary.clone()).filter(|text| !entry.abstract_text.contains(text))
        }
        _ => field.get(&paper.facts).map(|value| value.to_cell()),
    };
    cell.unwrap_or_default()
}
