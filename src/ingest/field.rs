//! A field: what a paper has one of, and the many names under which sources
//! give it. One table serves every format whose fields have names.

use std::collections::BTreeMap;

use crate::model::LinkKind;

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Title,
    Abstract,
    /// A summary, or the abstract where there is no other.
    Gist,
    Summary,
    Authors,
    Editors,
    /// The key in the bibliography it comes from.
    CitationKey,
    /// A table of people's own fields.
    Extra,
    /// Identifiers that name their registries.
    Ids,
    /// An identifier of a registry.
    Id(&'static str),
    /// An identifier that may be of any registry or of none.
    Key,
    Link(LinkKind),
    /// A table of links, with their kinds as keys.
    Links,
    /// The day it was listed, or published where there is no other.
    Day,
    Listed,
    Published,
    Updated,
    Year,
    Venue,
    Keywords,
    Categories,
    Award,
    Status,
    Comment,
    License,
    Language,
    Withdrawn,
    /// A field of the publication.
    Publication(&'static str),
    /// A table of such fields.
    Volume,
    /// A number that the source counted.
    Metric(&'static str),
    /// A table of such numbers.
    Metrics,
    /// What this program itself concludes and writes into its exports.
    Concluded,
}

/// The names of each field, the likeliest first; where a record has several of
/// them the first one holds. Case and all but letters and digits are left out
/// of account.
const NAMES: &[(Field, &str)] = &[
    (Field::Title, "title papertitle headline displayname name"),
    (
        Field::Abstract,
        "abstract abstracttext abstractnote description abs",
    ),
    (Field::Gist, "summary"),
    (Field::Summary, "tldr aisummary shortsummary"),
    (
        Field::Authors,
        "authors author authornames authorlist creators creator dccreator",
    ),
    (Field::Editors, "editors editor"),
    (Field::CitationKey, "citationkey citekey bibtexkey"),
    (Field::Extra, "extra"),
    (Field::Ids, "ids externalids identifiers"),
    (Field::Id("arxiv"), "arxivid arxiv eprint"),
    (Field::Id("doi"), "doi paperdoi"),
    (Field::Id("openreview"), "openreviewid openreview"),
    (Field::Id("acl"), "aclid anthologyid"),
    (Field::Id("pmid"), "pmid pubmedid"),
    (Field::Id("s2"), "s2id semanticscholarid"),
    (Field::Id("s2corpus"), "corpusid"),
    (Field::Key, "id paperid uid forum key identifier"),
    (
        Field::Link(LinkKind::Paper),
        "paperurl url link htmlurl absurl landingpageurl paperlink site",
    ),
    (
        Field::Link(LinkKind::Pdf),
        "pdfurl pdf pdflink openaccesspdf",
    ),
    (
        Field::Link(LinkKind::Code),
        "codeurl code github githubrepo githuburl githublink repourl repo repository",
    ),
    (
        Field::Link(LinkKind::Project),
        "projecturl projectpage project projectwebsite website homepage",
    ),
    (Field::Link(LinkKind::Model), "modelurl model"),
    (Field::Link(LinkKind::Dataset), "dataseturl dataset"),
    (Field::Link(LinkKind::Demo), "demourl demo"),
    (Field::Link(LinkKind::Video), "videourl video youtube"),
    (
        Field::Link(LinkKind::Discussion),
        "discussionurl discussion forumurl openreviewurl",
    ),
    (Field::Links, "links"),
    (Field::Day, "date"),
    (Field::Listed, "listed listedon submittedondailyat"),
    (
        Field::Published,
        "published publishedat publishedon publicationdate pubdate datepublished issued created createdat submitted",
    ),
    (
        Field::Updated,
        "updated updatedat updatedate datemodified modified",
    ),
    (Field::Year, "year publicationyear pubyear"),
    (
        Field::Venue,
        "venue conference journal booktitle containertitle publicationtitle journalref proceedings",
    ),
    (Field::Keywords, "keywords keyword tags aikeywords subjects"),
    (
        Field::Categories,
        "categories category primaryarea primarycategory area fieldsofstudy subjectareas",
    ),
    (Field::Award, "award awards prize"),
    (
        Field::Status,
        "status decision presentation presentationtype",
    ),
    (Field::Comment, "comment authorcomment"),
    (Field::License, "license licence rights"),
    (Field::Language, "language lang"),
    (Field::Withdrawn, "withdrawn retracted"),
    (Field::Publication("kind"), "type kind entrytype"),
    (Field::Publication("volume"), "volume"),
    (Field::Publication("number"), "number issue"),
    (Field::Publication("pages"), "pages page"),
    (Field::Publication("publisher"), "publisher"),
    (Field::Publication("series"), "series"),
    (Field::Volume, "publication"),
    (Field::Metric("upvotes"), "upvotes votes likes"),
    (Field::Metric("stars"), "stars githubstars"),
    (
        Field::Metric("citations"),
        "citations citationcount citedbycount gscitation numcitations",
    ),
    (
        Field::Metric("comments"),
        "numcomments commentcount comments",
    ),
    (Field::Metrics, "metrics"),
    (
        Field::Concluded,
        "slug short abstracthtml related topics digests",
    ),
];

/// Which column of a file holds which field, and how likely it is meant: of two
/// columns for one field that of the lower rank holds.
#[derive(Debug)]
pub(super) struct Columns {
    by_name: BTreeMap<String, (Field, usize)>,
    /// The fields that the settings name and that do not exist.
    pub(super) unknown: Vec<String>,
}

impl Columns {
    /// The known names, and before them those that the settings give: by the
    /// name of the field the name of the column.
    pub(super) fn new(settings: &BTreeMap<String, String>) -> Self {
        let mut by_name = BTreeMap::new();
        for (field, names) in NAMES {
            for (rank, name) in names.split(' ').enumerate() {
                by_name.insert(name.to_owned(), (*field, rank + 1));
            }
        }
        let mut unknown = Vec::new();
        let mut named = Vec::new();
        for (field, column) in settings {
            match by_name.get(&folded(field)) {
                Some((field, _)) => named.push((folded(column), (*field, 0))),
                None => unknown.push(field.clone()),
            }
        }
        by_name.extend(named);
        Self { by_name, unknown }
    }

    /// The field that a column holds, and its rank.
    pub(super) fn get(&self, column: &str) -> Option<(Field, usize)> {
        self.by_name.get(&folded(column)).copied()
    }
}

/// The field names that a person would write into the settings.
pub(super) fn usual_names() -> impl Iterator<Item = &'static str> {
    NAMES
        .iter()
        .filter_map(|(_, names)| names.split(' ').next())
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_every_spelling_and_stand_once() {
        let columns = Columns::new(&BTreeMap::new());
        for (name, want) in [
            ("Title", Some(Field::Title)),
            ("pdf_url", Some(Field::Link(LinkKind::Pdf))),
            ("publishedAt", Some(Field::Published)),
            ("container-title", Some(Field::Venue)),
            ("arxiv_id", Some(Field::Id("arxiv"))),
            ("zebra", None),
        ] {
            assert_eq!(columns.get(name).map(|(field, _)| field), want, "{name}");
        }
        let all: Vec<&str> = NAMES.iter().flat_map(|(_, n)| n.split(' ')).collect();
        assert_eq!(all.len(), columns.by_name.len());
    }

    #[test]
    fn the_settings_name_columns_and_win() {
        let settings = BTreeMap::from([
            ("abstract".to_owned(), "Zusammen-Fassung".to_owned()),
            ("titel".to_owned(), "x".to_owned()),
        ]);
        let columns = Columns::new(&settings);
        assert_eq!(columns.get("zusammen fassung"), Some((Field::Abstract, 0)));
        assert_eq!(columns.get("abstract"), Some((Field::Abstract, 1)));
        assert_eq!(columns.unknown, ["titel"]);
    }
}
