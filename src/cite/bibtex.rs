//! BibTeX entries that classic BibTeX, Biber and reference managers can read.

use super::name::Names;
use super::tex;
use super::work::Work;
use crate::model::{Day, Name, PublicationKind};

/// Month macros of the BibTeX styles.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// One entry with the given key, ending in a line break. Unknown fields are left
/// out; the key is written as it is.
pub fn bibtex(work: &Work<'_>, key: &str) -> String {
    let mut entry = Entry::new(entry_type(work.kind), key);
    entry.put("title", &tex::title(&work.title));
    entry.put("author", &people(&work.names));
    entry.put("editor", &people(&work.editors));
    match work.kind {
        PublicationKind::Article => entry.put_text("journal", work.venue.as_deref()),
        PublicationKind::Proceedings | PublicationKind::Chapter => {
            entry.put_text("booktitle", work.venue.as_deref());
        }
        PublicationKind::Thesis | PublicationKind::MastersThesis => {
            entry.put_text("school", work.institution())
        }
        PublicationKind::Report => entry.put_text("institution", work.institution()),
        PublicationKind::Book => {}
        PublicationKind::Patent => {
            // Patents have no field for the patent office.
            entry.put_text("howpublished", work.venue.as_deref());
            entry.put_text("holder", work.publisher.as_deref());
        }
        PublicationKind::Preprint
        | PublicationKind::Dataset
        | PublicationKind::Software
        | PublicationKind::WebPage
        | PublicationKind::Other => {
            entry.put_text("howpublished", how_published(work));
        }
    }
    entry.put_text("series", work.series.as_deref());
    entry.put_text("volume", work.volume.as_deref());
    entry.put_text("number", work.number.as_deref());
    if let Some(pages) = &work.pages {
        let (first, last) = (&pages.first, pages.last.as_deref());
        let range: Vec<String> = [Some(first.as_str()), last]
            .into_iter()
            .flatten()
            .map(tex::escape)
            .collect();
        entry.put("pages", &range.join("--"));
    }
    if !matches!(
        work.kind,
        PublicationKind::Thesis
            | PublicationKind::MastersThesis
            | PublicationKind::Report
            | PublicationKind::Preprint
            | PublicationKind::Patent
    ) {
        entry.put_text("publisher", work.publisher.as_deref());
    }
    entry.put_text("edition", work.edition.as_deref());
    entry.put_text("isbn", work.isbn.as_deref());
    if let Some(year) = work.year {
        entry.put("year", &year.to_string());
    }
    let month = work.day.and_then(Day::month);
    if let Some(month) = month.and_then(|m| MONTHS.get(usize::try_from(m - 1).ok()?)) {
        entry.put_macro("month", month);
    }
    if let Some(season) = work.day.and_then(Day::season) {
        entry.put("month", season.key());
    }
    if let Some(arxiv) = work.arxiv {
        entry.put("eprint", arxiv);
        entry.put("archivePrefix", "arXiv");
        entry.put("primaryClass", work.primary_class.unwrap_or_default());
    }
    if let Some(doi) = work.doi {
        entry.put("doi", &verbatim(doi));
    }
    // The DOI resolver's URL would only repeat the DOI.
    let url = match work.doi {
        Some(_) => work.page.as_deref(),
        None => work.address.as_deref(),
    };
    if let Some(url) = url.filter(|url| !url.contains("://doi.org/")) {
        entry.put("url", &verbatim(url));
    }
    if let Some(accessed) = work.accessed {
        entry.put("urldate", &accessed.digits("-"));
    }
    entry.finish()
}

/// A bibliography in the order given, with blank lines between entries and without
/// abstracts.
pub fn bibtex_file<'a, 'b: 'a>(works: impl IntoIterator<Item = (&'a Work<'b>, &'a str)>) -> String {
    let mut file = String::new();
    for (work, key) in works {
        if !file.is_empty() {
            file.push('\n');
        }
        file.push_str(&bibtex(work, key));
    }
    file
}

fn entry_type(kind: PublicationKind) -> &'static str {
    match kind {
        PublicationKind::Article => "article",
        PublicationKind::Proceedings => "inproceedings",
        PublicationKind::Thesis => "phdthesis",
        PublicationKind::MastersThesis => "mastersthesis",
        PublicationKind::Report => "techreport",
        PublicationKind::Chapter => "incollection",
        PublicationKind::Book => "book",
        // BibLaTeX types; BibTeX treats unknown types as "misc".
        PublicationKind::Dataset => "dataset",
        PublicationKind::Software => "software",
        PublicationKind::Patent => "patent",
        PublicationKind::WebPage => "online",
        PublicationKind::Preprint | PublicationKind::Other => "misc",
    }
}

/// How a preprint was published. arXiv papers use the eprint fields instead.
fn how_published<'a>(work: &'a Work<'_>) -> Option<&'a str> {
    let repository = work.repository.filter(|_| work.arxiv.is_none());
    work.venue.as_deref().or(match work.kind {
        PublicationKind::Preprint => repository,
        _ => None,
    })
}

fn people(names: &Names) -> String {
    let mut list: Vec<String> = names.list.iter().map(person).collect();
    if names.others && !list.is_empty() {
        list.push("others".to_owned());
    }
    list.join(" and ")
}

/// "Family, Jr., Given" for a person. A name without parts goes into braces, or its
/// last word would be read as a family name.
fn person(name: &Name) -> String {
    if name.is_literal() {
        return format!("{{{}}}", tex::escape(name.as_str()));
    }
    let mut family = name_part(name.family());
    let particle = name.particle();
    if particle.is_empty() {
        if name.family().contains(' ') && name.given().is_empty() {
            family = format!("{{{}}}", tex::escape(name.family()));
        }
    } else if particle
        .split(' ')
        .all(|word| word.starts_with(char::is_lowercase))
    {
        family = format!("{} {family}", name_part(particle));
    } else {
        // Only lower-case words are read as a particle.
        family = format!(
            "{{{} {}}}",
            tex::escape(particle),
            tex::escape(name.family())
        );
    }
    let mut parts = vec![family];
    if !name.suffix().is_empty() {
        parts.push(name_part(name.suffix()));
    }
    parts.push(name_part(name.given()));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// Protects a comma or an "and" within a part, which would otherwise end it.
fn name_part(part: &str) -> String {
    let spelled = tex::escape(part);
    let is_read_apart =
        part.contains(',') || part.split(' ').any(|word| word.eq_ignore_ascii_case("and"));
    if is_read_apart {
        format!("{{{spelled}}}")
    } else {
        spelled
    }
}

/// DOIs and URLs are written unescaped, as readers expect. Only characters that
/// would end the value are percent-encoded.
fn verbatim(text: &str) -> String {
    text.replace('\\', "%5C")
        .replace('{', "%7B")
        .replace('}', "%7D")
}

/// An entry under construction.
struct Entry(String);

impl Entry {
    fn new(entry_type: &str, key: &str) -> Self {
        Self(format!("@{entry_type}{{{key}"))
    }

    /// Adds a value that is already escaped for TeX.
    fn put(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.push_str(&format!(",\n  {name} = {{{value}}}"));
        }
    }

    fn put_text(&mut self, name: &str, value: Option<&str>) {
        self.put(name, &value.map(tex::escape).unwrap_or_default());
    }

    fn put_macro(&mut self, name: &str, value: &str) {
        self.0.push_str(&format!(",\n  {name} = {value}"));
    }

    fn finish(mut self) -> String {
        // The key must be followed by a comma even if there are no fields.
        if !self.0.contains(",\n") {
            self.0.push(',');
        }
        self.0.push_str("\n}\n");
        self.0
    }
}
