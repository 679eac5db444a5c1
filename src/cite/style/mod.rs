//! A style: a manual's way of writing a reference as text.
//!
//! The four here follow APA (7th edition), MLA (9th), the bibliography entries
//! of Chicago (18th) and the IEEE reference guide, for the handful of kinds that
//! papers have. Titles keep the capitals they were published with: to lower them
//! would take knowing which words are names.

mod apa;
mod chicago;
mod ieee;
mod line;
mod mla;

use super::work::Work;
use line::Line;

/// A way of writing a reference as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// Author and date, of the American Psychological Association.
    Apa,
    /// Of the Modern Language Association.
    Mla,
    /// Notes and bibliography, of the Chicago Manual of Style.
    Chicago,
    /// Numbered, of the IEEE.
    Ieee,
}

impl Style {
    /// All styles, in the order in which a page offers them.
    pub const ALL: [Self; 4] = [Self::Apa, Self::Mla, Self::Chicago, Self::Ieee];

    /// The name readers know it by.
    pub fn label(self) -> &'static str {
        match self {
            Self::Apa => "APA",
            Self::Mla => "MLA",
            Self::Chicago => "Chicago",
            Self::Ieee => "IEEE",
        }
    }

    /// The name in attributes and file names.
    pub fn key(self) -> &'static str {
        match self {
            Self::Apa => "apa",
            Self::Mla => "mla",
            Self::Chicago => "chicago",
            Self::Ieee => "ieee",
        }
    }
}

/// A reference as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citation {
    /// As HTML: everything escaped, `<i>` the only tag.
    pub html: String,
    /// As plain text on one line.
    pub plain: String,
}

/// Writes the reference to a work in a style. What is not known is left out; a
/// missing year is "(n.d.)" in APA and "n.d." in Chicago, which ask for it, and
/// nothing in MLA and IEEE, which do not.
pub fn text(work: &Work<'_>, style: Style) -> Citation {
    let mut line = Line::default();
    match style {
        Style::Apa => apa::write(&mut line, work),
        Style::Mla => mla::write(&mut line, work),
        Style::Chicago => chicago::write(&mut line, work),
        Style::Ieee => ieee::write(&mut line, work),
    }
    line.finish()
}

/// What leads to the work: a DOI's or another address.
fn link<'a>(work: &'a Work<'_>) -> Option<&'a str> {
    work.address.as_deref()
}

#[cfg(test)]
mod tests;
