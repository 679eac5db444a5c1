//! Publication kinds, and the name of each in the vocabularies we read and write.

use serde::{Deserialize, Serialize};

/// The kind of publication a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PublicationKind {
    /// A journal article.
    Article,
    /// A paper in conference or workshop proceedings.
    Proceedings,
    /// A chapter of a book or an entry in an encyclopedia.
    Chapter,
    /// A book, or a complete proceedings volume.
    Book,
    /// A doctoral thesis, or a thesis of unknown degree.
    Thesis,
    /// A master's thesis.
    MastersThesis,
    /// A technical report or a standard.
    Report,
    /// A preprint or an unpublished paper.
    Preprint,
    /// A data set.
    Dataset,
    /// A program.
    Software,
    /// A patent or a patent application.
    Patent,
    /// A web page.
    WebPage,
    /// Anything else, or unknown.
    Other,
}

impl PublicationKind {
    /// All kinds.
    pub const ALL: [Self; 13] = [
        Self::Article,
        Self::Proceedings,
        Self::Chapter,
        Self::Book,
        Self::Thesis,
        Self::MastersThesis,
        Self::Report,
        Self::Preprint,
        Self::Dataset,
        Self::Software,
        Self::Patent,
        Self::WebPage,
        Self::Other,
    ];

    /// The spelling used in front matter and exports.
    pub fn key(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Proceedings => "inproceedings",
            Self::Chapter => "chapter",
            Self::Book => "book",
            Self::Thesis => "phdthesis",
            Self::MastersThesis => "mastersthesis",
            Self::Report => "report",
            Self::Preprint => "preprint",
            Self::Dataset => "dataset",
            Self::Software => "software",
            Self::Patent => "patent",
            Self::WebPage => "webpage",
            Self::Other => "other",
        }
    }

    /// Parses the name of a kind in BibTeX, BibLaTeX, RIS, CSL, Crossref, OpenAlex,
    /// schema.org, DataCite or plain English. Ignores case and everything but
    /// letters.
    pub fn parse(text: &str) -> Option<Self> {
        let word: String = text
            .chars()
            .filter(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .take(60)
            .collect();
        // schema.org types are URLs.
        let word = ["httpschemaorg", "httpsschemaorg", "schema"]
            .iter()
            .find_map(|prefix| word.strip_prefix(prefix))
            .unwrap_or(&word);
        SPELLINGS
            .iter()
            .find(|(_, words)| words.split_whitespace().any(|known| known == word))
            .map(|(kind, _)| *kind)
    }
}

impl std::fmt::Display for PublicationKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}

/// The accepted names of each kind, folded.
const SPELLINGS: [(PublicationKind, &str); 13] = [
    (
        PublicationKind::Article,
        "article journal journalarticle articlejournal articlemagazine articlenewspaper jour jfull ejour mgzn
         news abst inpr review reviewbook bookreview letter letters editorial erratum retraction paratext
         scholarlyarticle newsarticle magazinearticle suppperiodical periodical peerreview",
    ),
    (
        PublicationKind::Proceedings,
        "inproceedings conference proceedings conferencepaper paperconference proceedingsarticle conf
         cpaper workshop workshoppaper conferenceproceeding conferenceproceedings conferenceabstract
         proceedingspaper proceedingpaper meetingabstract",
    ),
    (
        PublicationKind::Chapter,
        "incollection inbook suppcollection suppbook bookinbook bookchapter chapter chap echap booksection
         bookpart booktrack entry entrydictionary entryencyclopedia referenceentry inreference dict ency",
    ),
    (
        PublicationKind::Book,
        "book mvbook booklet collection mvcollection proceedingsvolume mvproceedings reference mvreference
         edbook ebook edited editedbook monograph referencebook bookset bookseries conferenceproceedingsvolume
         ser manual pamphlet classic",
    ),
    (
        PublicationKind::Thesis,
        "phdthesis thesis phd dissertation doctoralthesis doctoraldissertation phddissertation thes
         bachelorsthesis bachelorthesis",
    ),
    (
        PublicationKind::MastersThesis,
        "mastersthesis masterthesis mathesis mscthesis masters",
    ),
    (
        PublicationKind::Report,
        "report techreport technicalreport researchreport rprt reportseries reportcomponent workingpaper
         standard stand govdoc white whitepaper",
    ),
    (
        PublicationKind::Preprint,
        "preprint postedcontent eprint unpb unpublished manuscript submitted",
    ),
    (
        PublicationKind::Dataset,
        "dataset data database datapaper datacatalog aggr",
    ),
    (
        PublicationKind::Software,
        "software comp softwaresourcecode softwareapplication computationalnotebook computerprogram mobileapp",
    ),
    (
        PublicationKind::Patent,
        "patent pat patents patentapplication grantedpatent patentgranted",
    ),
    (
        PublicationKind::WebPage,
        "webpage online electronic www elec website webcontent blog postweblog blogpost blogposting post
         techarticle socialmediaposting",
    ),
    (
        PublicationKind::Other,
        "other misc document component creativework unknown text journalissue journalvolume gen
         hear bill stat legislation regulation",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vocabulary_is_understood() {
        use PublicationKind::*;
        for kind in PublicationKind::ALL {
            assert_eq!(PublicationKind::parse(kind.key()), Some(kind));
        }
        for (text, want) in [
            ("journal-article", Article),
            ("Conference Paper", Proceedings),
            ("paper-conference", Proceedings),
            ("CHAP", Chapter),
            ("incollection", Chapter),
            ("article-journal", Article),
            ("posted-content", Preprint),
            ("https://schema.org/ScholarlyArticle", Article),
            ("Dataset", Dataset),
            ("COMP", Software),
            ("post-weblog", WebPage),
            ("PAT", Patent),
            ("patent application", Patent),
            ("misc", Other),
        ] {
            assert_eq!(PublicationKind::parse(text), Some(want), "{text}");
        }
        assert_eq!(PublicationKind::parse("Journal of Things"), None);
        assert_eq!(PublicationKind::parse(""), None);
    }

    #[test]
    fn no_word_names_two_kinds() {
        let mut all: Vec<&str> = SPELLINGS
            .iter()
            .flat_map(|(_, w)| w.split_whitespace())
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
