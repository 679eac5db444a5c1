//! A format: one of the shapes in which a digest arrives.

use crate::model::Source;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The text of a web page, as copying it out of a browser gives it.
    PageText,
    /// Markdown: lists of links, headings that are links, tables.
    Markdown,
    /// Reference lists as papers print them.
    References,
    /// Pages of well-known sites, as they are copied out of a browser.
    SitePage,
    /// JSON, one object a line, one paper an object.
    Jsonl,
    /// JSON: a list of papers, or an object that holds one.
    Json,
    /// YAML: a list of papers, or a table that holds one.
    Yaml,
    /// A table with commas, semicolons or bars between its columns.
    Csv,
    /// A table with tabs between its columns.
    Tsv,
    /// BibTeX and BibLaTeX.
    Bibtex,
    /// RIS, of reference managers.
    Ris,
    /// MEDLINE, the tagged format of PubMed, also called nbib.
    Medline,
    /// The plain text of Web of Science.
    WebOfScience,
    /// The tagged format of EndNote and of refer.
    Endnote,
    /// PubMed's XML.
    PubmedXml,
    /// EndNote's XML.
    EndnoteXml,
    /// Zotero's RDF.
    ZoteroRdf,
    /// MODS, the XML of libraries.
    Mods,
    /// CSL-JSON, of Zotero, Pandoc and their like.
    CslJson,
    /// Hugging Face's Daily Papers, a list or one paper.
    HuggingFace,
    /// arXiv's API: Atom.
    ArxivApi,
    /// A feed: arXiv's daily ones, and any other RSS or Atom.
    Feed,
    /// arXiv's records over OAI-PMH, or another archive's in Dublin Core.
    Oai,
    /// arXiv's metadata as Kaggle and others hand it out.
    ArxivSnapshot,
    /// arXiv's listings and mails, as text.
    ArxivListing,
    /// OpenReview's API, both versions.
    OpenReview,
    /// Semantic Scholar's API.
    SemanticScholar,
    /// OpenAlex's API.
    OpenAlex,
    /// Crossref's API.
    Crossref,
    /// The files of daily-arXiv digests with summaries by a language model.
    DailyArxiv,
    /// The tables by topic of cv-arxiv-daily and its forks.
    CvArxivDaily,
    /// Paperlists of conferences.
    Paperlists,
}

/// What is known of a format.
struct Facts {
    format: Format,
    /// The name that `--format` takes and a digest's page records.
    name: &'static str,
    /// Other names by which people know it.
    others: &'static [&'static str],
    /// Suffixes of files, where they tell it.
    suffixes: &'static [&'static str],
    source: Source,
}

/// Every format, in the order in which a person would list them.
static FACTS: [Facts; 32] = [
    facts(
        Format::PageText,
        "page-text",
        &["pagetext", "text", "txt"],
        &["txt"],
        Source::TEXT,
    ),
    facts(
        Format::Markdown,
        "markdown",
        &["md", "awesome-list"],
        &[],
        Source::TEXT,
    ),
    facts(
        Format::References,
        "references",
        &["bibliography", "apa", "ieee", "vancouver"],
        &[],
        Source::TEXT,
    ),
    facts(
        Format::SitePage,
        "site-page",
        &["scholar", "acl-anthology", "dblp", "cvf", "pmlr"],
        &[],
        Source::TEXT,
    ),
    facts(
        Format::Jsonl,
        "jsonl",
        &["ndjson", "json-lines"],
        &["jsonl", "ndjson"],
        Source::JSONL,
    ),
    facts(Format::Json, "json", &[], &["json"], Source::fixed("json")),
    facts(
        Format::Yaml,
        "yaml",
        &["yml"],
        &["yaml", "yml"],
        Source::fixed("yaml"),
    ),
    facts(
        Format::Csv,
        "csv",
        &["table", "mini-conf"],
        &["csv"],
        Source::fixed("csv"),
    ),
    facts(
        Format::Tsv,
        "tsv",
        &["tab"],
        &["tsv", "tab"],
        Source::fixed("tsv"),
    ),
    facts(
        Format::Bibtex,
        "bibtex",
        &["bib", "biblatex"],
        &["bib", "bibtex"],
        Source::fixed("bibtex"),
    ),
    facts(Format::Ris, "ris", &[], &["ris"], Source::fixed("ris")),
    facts(
        Format::Medline,
        "medline",
        &["nbib", "pubmed"],
        &["nbib"],
        Source::fixed("pubmed"),
    ),
    facts(
        Format::WebOfScience,
        "web-of-science",
        &["wos", "isi"],
        &["isi", "ciw"],
        Source::fixed("web-of-science"),
    ),
    facts(
        Format::Endnote,
        "endnote",
        &["enw", "refer"],
        &["enw"],
        Source::fixed("endnote"),
    ),
    facts(
        Format::PubmedXml,
        "pubmed-xml",
        &["medline-xml"],
        &[],
        Source::fixed("pubmed"),
    ),
    facts(
        Format::EndnoteXml,
        "endnote-xml",
        &[],
        &[],
        Source::fixed("endnote"),
    ),
    facts(
        Format::ZoteroRdf,
        "zotero-rdf",
        &["rdf"],
        &["rdf"],
        Source::fixed("zotero"),
    ),
    facts(Format::Mods, "mods", &[], &["mods"], Source::fixed("mods")),
    facts(
        Format::CslJson,
        "csl-json",
        &["csl", "zotero"],
        &[],
        Source::fixed("csl"),
    ),
    facts(
        Format::HuggingFace,
        "huggingface",
        &["hf", "daily-papers"],
        &[],
        Source::fixed("huggingface"),
    ),
    facts(
        Format::ArxivApi,
        "arxiv-api",
        &["arxiv", "arxiv-atom"],
        &[],
        Source::fixed("arxiv"),
    ),
    facts(
        Format::Feed,
        "feed",
        &["rss", "atom"],
        &["rss", "atom"],
        Source::fixed("feed"),
    ),
    facts(Format::Oai, "oai-pmh", &["oai"], &[], Source::fixed("oai")),
    facts(
        Format::ArxivSnapshot,
        "arxiv-snapshot",
        &["kaggle"],
        &[],
        Source::fixed("arxiv"),
    ),
    facts(
        Format::ArxivListing,
        "arxiv-listing",
        &["listing", "arxiv-mail"],
        &[],
        Source::fixed("arxiv"),
    ),
    facts(
        Format::OpenReview,
        "openreview",
        &[],
        &[],
        Source::fixed("openreview"),
    ),
    facts(
        Format::SemanticScholar,
        "semantic-scholar",
        &["s2"],
        &[],
        Source::fixed("semantic-scholar"),
    ),
    facts(
        Format::OpenAlex,
        "openalex",
        &[],
        &[],
        Source::fixed("openalex"),
    ),
    facts(
        Format::Crossref,
        "crossref",
        &[],
        &[],
        Source::fixed("crossref"),
    ),
    facts(
        Format::DailyArxiv,
        "daily-arxiv",
        &[],
        &[],
        Source::fixed("arxiv"),
    ),
    facts(
        Format::CvArxivDaily,
        "cv-arxiv-daily",
        &[],
        &[],
        Source::fixed("arxiv"),
    ),
    facts(
        Format::Paperlists,
        "paperlists",
        &["papercopilot"],
        &[],
        Source::fixed("paperlists"),
    ),
];

const fn facts(
    format: Format,
    name: &'static str,
    others: &'static [&'static str],
    suffixes: &'static [&'static str],
    source: Source,
) -> Facts {
    Facts {
        format,
        name,
        others,
        suffixes,
        source,
    }
}

impl Format {
    /// Every format, in the order in which a person would list them.
    pub fn all() -> impl Iterator<Item = Self> {
        FACTS.iter().map(|facts| facts.format)
    }

    fn facts(self) -> &'static Facts {
        FACTS
            .iter()
            .find(|facts| facts.format == self)
            .expect("a test goes through all formats")
    }

    /// The name that `--format` takes and a digest's page records.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// The format of a name; the common other names of a format are understood
    /// as well.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        FACTS
            .iter()
            .find(|facts| facts.name == name || facts.others.contains(&name.as_str()))
            .map(|facts| facts.format)
    }

    /// The format that files of a suffix are of, where there is one.
    pub(super) fn from_suffix(suffix: &str) -> Option<Self> {
        FACTS
            .iter()
            .find(|facts| facts.suffixes.contains(&suffix))
            .map(|facts| facts.format)
    }

    /// The source that records of this format name.
    pub fn source(self) -> Source {
        self.facts().source.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_names() {
        let mut seen = std::collections::BTreeSet::new();
        for facts in &FACTS {
            assert_eq!(Format::from_name(facts.name), Some(facts.format));
            for name in facts.others.iter().chain([&facts.name]) {
                assert_eq!(Format::from_name(name), Some(facts.format));
                assert!(seen.insert(*name), "{name}");
            }
            // `facts` of each is found, as each variant stands in the table.
            assert_eq!(facts.format.name(), facts.name);
        }
        assert_eq!(Format::all().count(), Format::Paperlists as usize + 1);
        assert_eq!(Format::from_name(" TXT "), Some(Format::PageText));
        assert_eq!(Format::from_name("docx"), None);
    }
}
