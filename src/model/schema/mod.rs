//! The schema: one table of all fields of a paper. Digest readers, front matter,
//! `[imported]`, merging, exports and `[import.columns]` are all driven by it. To
//! add a field, add it to [`Facts`] and add a row here; showing it on a page is
//! separate.

mod field_value;
mod slot;

use std::borrow::Cow;

use super::{Facts, LinkKind};
pub use field_value::FieldValue;
pub use slot::Slot;
use slot::slot;

/// The name under which the abstract is tracked. It is the page's body.
pub const BODY: &str = "body";

/// How a field's values are combined when several sources, or a source and a page,
/// state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// One value wins: a person's, else the preferred source's.
    Best,
    /// All values are kept.
    Gather,
    /// The earliest value wins.
    Earliest,
    /// Only people set it; no source does.
    People,
}

/// One field of a paper.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its key in front matter, including its table, for example `links.pdf`.
    pub name: &'static str,
    /// One sentence for the documentation.
    pub about: &'static str,
    /// Its type, and its place in [`Facts`].
    pub slot: Slot,
    /// Its names in tables and JSON, most likely first; matching ignores case and
    /// everything but letters and digits. Empty if it is never imported.
    pub inputs: &'static str,
    /// How several values are combined.
    pub merge: Merge,
    /// The CSV column.
    pub column: Option<&'static str>,
    /// The prefix for searching it in queries, without the colon.
    pub search: Option<&'static str>,
}

impl Field {
    /// Its table in front matter, and its key there.
    pub fn table(&self) -> (Option<&'static str>, &'static str) {
        match self.name.split_once('.') {
            Some((table, key)) => (Some(table), key),
            None => (None, self.name),
        }
    }

    /// Its value.
    pub fn get(&self, facts: &Facts) -> Option<FieldValue> {
        self.slot.get(facts)
    }

    /// Whether it holds the site's own fields, each with a value of its own.
    pub fn is_extra(&self) -> bool {
        matches!(self.slot, Slot::Extra)
    }

    const fn new(
        name: &'static str,
        about: &'static str,
        slot: Slot,
        inputs: &'static str,
    ) -> Self {
        Self {
            name,
            about,
            slot,
            inputs,
            merge: Merge::Best,
            column: None,
            search: None,
        }
    }

    const fn column(mut self, heading: &'static str) -> Self {
        self.column = Some(heading);
        self
    }

    const fn search(mut self, name: &'static str) -> Self {
        self.search = Some(name);
        self
    }

    const fn merge(mut self, merge: Merge) -> Self {
        self.merge = merge;
        self
    }
}

/// All fields, in the order in which pages list them.
#[rustfmt::skip]
pub const FIELDS: &[Field] = &[
    Field::new("title", "The title, on one line.", slot!(Line title), "title papertitle headline displayname name").column("title").search("title"),
    Field::new("ids", "Identifiers, such as `arxiv:2403.03507`.", slot!(Ids ids), "ids externalids identifiers").merge(Merge::Gather).column("ids"),
    Field::new("authors", "The authors, in the paper's order.", slot!(People authors), "authors author authornames authorlist creators creator dccreator").column("authors").search("author"),
    Field::new("editors", "The editors of the volume, or of the book itself.", slot!(People editors), "editors editor").column("editors"),
    Field::new("date", "The date it was first listed in a digest.", slot!(Date date), "listed listedon submittedondailyat").merge(Merge::Earliest).column("listed"),
    Field::new("published", "When it was first published: a day, a month, a season or a year.", slot!(Day published), "published publishedat publishedon publicationdate pubdate datepublished issued created createdat submitted").column("published"),
    Field::new("updated", "The date of its latest version.", slot!(Date updated), "updated updatedat updatedate datemodified modified").column("updated"),
    Field::new("year", "The year of publication, if stated separately.", slot!(Year year), "year publicationyear pubyear").column("year"),
    Field::new("accessed", "When its address was last visited.", slot!(Day accessed), "accessed accessdate dateaccessed urldate lastaccessed").column("accessed"),
    Field::new("digests", "The digests that list it.", slot!(Slugs digests), "").merge(Merge::Gather),
    Field::new("venue", "Where it was published, such as \"ICML 2024\".", slot!(Text venue), "venue conference journal booktitle containertitle publicationtitle journalref proceedings").column("venue").search("venue"),
    Field::new("keywords", "Keywords from the authors or the curator.", slot!(Words keywords), "keywords keyword tags aikeywords subjects").column("keywords").search("keyword"),
    Field::new("categories", "Registry categories, such as `cs.LG`.", slot!(Words categories), "categories category primaryarea primarycategory area fieldsofstudy subjectareas").column("categories").search("category"),
    Field::new("funding", "Funders and grant numbers.", slot!(Words funding), "funding funders funder grants sponsors sponsor").column("funding").search("funding"),
    Field::new("award", "A prize.", slot!(Text award), "award awards prize").column("award"),
    Field::new("status", "How it was accepted, such as \"Oral\".", slot!(Text status), "status decision presentation presentationtype").column("status"),
    Field::new("comment", "The authors' comment.", slot!(Text comment), "comment authorcomment").column("comment"),
    Field::new("license", "The licence, as a name or a URL.", slot!(Text license), "license licence rights").column("license"),
    Field::new("language", "The language of title and abstract, as a BCP 47 tag.", slot!(Text language), "language lang").column("language"),
    Field::new("summary", "A summary of a sentence or two, shown instead of the key sentence.", slot!(Text summary), "tldr aisummary shortsummary").column("tldr"),
    Field::new("short", "A short name, shown instead of the one taken from the title.", slot!(Text short), "").merge(Merge::People),
    Field::new("citation_key", "Its key in the source's bibliography.", slot!(Text citation_key), "citationkey citekey bibtexkey").column("citation_key"),
    Field::new("image", "A picture of it: an address, or a file beside its page.", slot!(Text image), "").merge(Merge::People),
    Field::new("image_alt", "What the picture shows, for those who cannot see it.", slot!(Text image_alt), "").merge(Merge::People),
    Field::new("topics", "Its topics; they override the rules.", slot!(Topics topics), "").merge(Merge::People).search("topic"),
    Field::new("withdrawn", "It was withdrawn; its page says so.", slot!(Flag withdrawn), "withdrawn retracted").column("withdrawn"),
    Field::new("draft", "It is left out of the site unless drafts are requested.", slot!(Flag draft), "").merge(Merge::People),
    Field::new("publication.kind", "The kind of publication.", slot!(Kind publication.kind), "type kind entrytype").column("kind"),
    Field::new("publication.volume", "The volume number.", slot!(Text publication.volume), "volume").column("volume"),
    Field::new("publication.number", "The issue number.", slot!(Text publication.number), "number issue").column("number"),
    Field::new("publication.pages", "The page range, such as \"1945–1953\".", slot!(Text publication.pages), "pages page").column("pages"),
    Field::new("publication.publisher", "Who published it.", slot!(Text publication.publisher), "publisher").column("publisher"),
    Field::new("publication.series", "The series the volume belongs to.", slot!(Text publication.series), "series").column("series"),
    Field::new("publication.edition", "The edition of a book, such as \"2\" or \"Second\".", slot!(Text publication.edition), "edition").column("edition"),
    Field::new("publication.isbn", "The book's ISBN.", slot!(Text publication.isbn), "isbn isbns").column("isbn"),
    Field::new("links.paper", "Its page elsewhere.", Slot::Link(LinkKind::Paper), "paperurl url link htmlurl absurl landingpageurl paperlink site").column("url"),
    Field::new("links.pdf", "The paper as a PDF file.", Slot::Link(LinkKind::Pdf), "pdfurl pdf pdflink openaccesspdf").column("pdf"),
    Field::new("links.code", "Source code.", Slot::Link(LinkKind::Code), "codeurl code github githubrepo githuburl githublink repourl repo repository").column("code"),
    Field::new("links.project", "The project's home page.", Slot::Link(LinkKind::Project), "projecturl projectpage project projectwebsite website homepage").column("project"),
    Field::new("links.model", "A trained model.", Slot::Link(LinkKind::Model), "modelurl model").column("model"),
    Field::new("links.dataset", "A data set.", Slot::Link(LinkKind::Dataset), "dataseturl dataset").column("dataset"),
    Field::new("links.demo", "Something to try.", Slot::Link(LinkKind::Demo), "demourl demo").column("demo"),
    Field::new("links.video", "A recording.", Slot::Link(LinkKind::Video), "videourl video youtube").column("video"),
    Field::new("links.discussion", "Where people talk about it.", Slot::Link(LinkKind::Discussion), "discussionurl discussion forumurl openreviewurl").column("discussion"),
    Field::new("metrics.upvotes", "Votes of readers.", Slot::Count("upvotes"), "upvotes votes likes").column("upvotes"),
    Field::new("metrics.stars", "Stars of the code's repository.", Slot::Count("stars"), "stars githubstars").column("stars"),
    Field::new("metrics.citations", "Papers that cite it.", Slot::Count("citations"), "citations citationcount citedbycount gscitation numcitations").column("citations"),
    Field::new("metrics.comments", "Remarks of readers.", Slot::Count("comments"), "numcomments commentcount comments").column("num_comments"),
    Field::new("extra", "Fields of your own.", Slot::Extra, "extra"),
    Field::new(BODY, "The abstract: the body of the page.", slot!(Line abstract_text), "abstract abstracttext abstractnote description abs").column("abstract").search("abstract"),
];

/// The name of a value: its field's, or `extra.` and the name the site chose.
pub type FieldName = Cow<'static, str>;

/// All values with their names, in table order.
pub fn values(facts: &Facts) -> Vec<(FieldName, FieldValue)> {
    let mut values = Vec::new();
    for field in FIELDS {
        if field.is_extra() {
            values.extend(facts.extra.iter().map(|(key, value)| {
                let name = format!("{}.{key}", field.name);
                (name.into(), FieldValue::Free(value.clone()))
            }));
        } else if let Some(value) = field.get(facts) {
            values.push((field.name.into(), value));
        }
    }
    values
}

/// The field a name belongs to.
pub fn field(name: &str) -> Option<&'static Field> {
    FIELDS
        .iter()
        .find(|field| field.name == name || (field.is_extra() && extra_key(name).is_some()))
}

/// One value, by name.
pub fn get(facts: &Facts, name: &str) -> Option<FieldValue> {
    match extra_key(name) {
        Some(key) => facts.extra.get(key).cloned().map(FieldValue::Free),
        None => field(name)?.get(facts),
    }
}

/// Sets a value by name. Unknown names and values of the wrong type are ignored;
/// [`values`] never returns any.
pub fn set(facts: &mut Facts, name: &str, value: FieldValue) {
    match (extra_key(name), value) {
        (Some(key), FieldValue::Free(value)) => {
            facts.extra.insert(key.to_owned(), value);
        }
        (_, value) => {
            if let Some(field) = field(name) {
                field.slot.set(facts, value);
            }
        }
    }
}

fn extra_key(name: &str) -> Option<&str> {
    name.strip_prefix("extra.")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::{Author, Day, PaperId, PublicationKind, Slug};

    /// Facts with every field filled in.
    fn full() -> Facts {
        let mut facts = Facts {
            title: "T".into(),
            ids: vec![PaperId::parse("arxiv:2403.03507").unwrap()],
            authors: vec![Author::named("Ada Apple")].into(),
            editors: vec![Author::named("et al.")].into(),
            date: "2024-01-02".parse().ok(),
            published: Day::parse("2024-01"),
            updated: "2024-01-03".parse().ok(),
            year: Some(2024),
            accessed: Day::parse("2024-05-06"),
            digests: vec![Slug::parse("d").unwrap()],
            keywords: vec!["k".into()],
            categories: vec!["c".into()],
            funding: vec!["f".into()],
            topics: Some(vec![Slug::parse("t").unwrap()]),
            withdrawn: true,
            draft: true,
            abstract_text: "A".into(),
            ..Facts::default()
        };
        facts.publication.kind = Some(PublicationKind::Book);
        facts.extra.insert("rating".into(), 5.into());
        for field in FIELDS {
            match field.slot {
                Slot::Text(_, slot) => *slot(&mut facts) = Some(field.name.to_owned()),
                Slot::Link(kind) => {
                    facts.links.insert(kind, "https://a.org".into());
                }
                Slot::Count(name) => {
                    facts.metrics.insert(name.into(), 3);
                }
                _ => {}
            }
        }
        facts
    }

    #[test]
    fn each_field_can_be_taken_out_and_put_back() {
        let full = full();
        let mut copy = Facts::default();
        assert!(values(&copy).is_empty());
        let said = values(&full);
        for field in FIELDS {
            let has = |(name, _): &(FieldName, FieldValue)| *name == field.name || field.is_extra();
            assert!(said.iter().any(has), "{}", field.name);
        }
        for (name, value) in said {
            set(&mut copy, &name, value.clone());
            assert_eq!(get(&copy, &name), Some(value), "{name}");
        }
        assert_eq!(copy, full);
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let mut seen = BTreeSet::new();
        for field in FIELDS {
            assert!(seen.insert(field.name), "{}", field.name);
        }
        let mut seen = BTreeSet::new();
        for field in FIELDS {
            for name in field.inputs.split_whitespace() {
                assert!(seen.insert(name), "{name}");
            }
        }
        let columns: Vec<&str> = FIELDS.iter().filter_map(|field| field.column).collect();
        let distinct: BTreeSet<&&str> = columns.iter().collect();
        assert_eq!(distinct.len(), columns.len());
    }
}
