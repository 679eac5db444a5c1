//! Diagnostics: what went wrong or looks wrong, as data. Every room gathers
//! them; [`render`] alone turns them into text, so that all of them read alike
//! and none is lost on the way.

mod code;
mod place;
mod printable;
mod render;
mod secret;
mod suggest;

pub use code::Code;
pub use place::{LineIndex, Place};
pub use printable::{printable, printable_json, printable_line};
pub use render::{Style, render, render_all};
pub use secret::without_secrets;
pub use suggest::nearest;

use serde::Serialize;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// What was asked for cannot be done.
    Error,
    /// It was done, but a person should look.
    Warning,
    /// Worth knowing.
    Note,
}

/// One thing that a person should know, where it is and what to do about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name for this kind of diagnostic, such as `unknown-key`.
    pub code: Code,
    /// What is the matter, in one sentence without a full stop.
    pub message: String,
    /// Where in which file.
    pub place: Option<Place>,
    /// The front-matter field, column or key concerned.
    pub field: Option<String>,
    /// What to do next.
    pub help: Option<String>,
    /// What it is about, such as the name of a page, for those who decide by it.
    pub subject: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note.
    pub fn note(code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self {
            severity,
            code: code.into(),
            message: shown(message.into()),
            place: None,
            field: None,
            help: None,
            subject: None,
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says which field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(shown(field.into()));
        self
    }

    /// Says what it is about, as data.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shown(help.into()));
        self
    }
}

/// A text as it is kept, to be printed, stored or published later.
fn shown(text: String) -> String {
    match without_secrets(&text) {
        std::borrow::Cow::Borrowed(_) => text,
        std::borrow::Cow::Owned(text) => text,
    }
}

/// The gathered diagnostics of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another gathering.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Leaves out what is not to be said.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// Whether any is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that are more than notes.
    pub fn without_notes(mut self) -> Self {
        self.retain(|said| said.severity != Severity::Note);
        self
    }

    /// All of them, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Puts them in the order of their files and lines, errors of one line
    /// first, so that two runs say the same whatever ran in parallel.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            let key = |d: &Diagnostic| d.place.as_ref().map(|p| (p.file.clone(), p.line, p.column));
            key(a)
                .cmp(&key(b))
                .then(a.severity.cmp(&b.severity))
                .then_with(|| a.code.cmp(&b.code))
                .then_with(|| a.message.cmp(&b.message))
        });
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, iter: T) {
        self.0.extend(iter);
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let place = self.place.as_ref();
        let mut out = serializer.serialize_struct("Diagnostic", 8)?;
        out.serialize_field("severity", &self.severity)?;
        out.serialize_field("code", &self.code)?;
        out.serialize_field("file", &place.map(|p| &p.file))?;
        out.serialize_field("line", &place.and_then(|p| p.line))?;
        out.serialize_field("column", &place.and_then(|p| p.column))?;
        out.serialize_field("field", &self.field)?;
        out.serialize_field("message", &self.message)?;
        out.serialize_field("help", &self.help)?;
        out.end()
    }
}

impl Serialize for Diagnostics {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A whole number with its noun: "1 paper", "1,204 papers".
pub fn count(n: usize, noun: &str) -> String {
    let plural = if n == 1 {
        noun.to_owned()
    } else if let Some(stem) = noun
        .strip_suffix('y')
        .filter(|s| !s.ends_with(['a', 'e', 'o', 'u']))
    {
        format!("{stem}ies")
    } else if noun.ends_with(['s', 'x']) {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    };
    format!("{} {plural}", thousands(n))
}

/// A whole number with commas between its thousands.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(1, "paper"), "1 paper");
        assert_eq!(count(0, "entry"), "0 entries");
        assert_eq!(count(83_271, "paper"), "83,271 papers");
        assert_eq!(count(2, "day"), "2 days");
        assert_eq!(thousands(1_000_000), "1,000,000");
    }
}
