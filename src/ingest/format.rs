//! The formats in which digests arrive.

use crate::model::Source;

/// The supported formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The text of a web page, copied from a browser.
    PageText,
    /// Markdown: link lists, linked headings, tables.
    Markdown,
    /// Reference lists as printed in papers.
    References,
    /// Pages of well-known sites, copied from a browser.
    SitePage,
    /// JSON Lines, one paper per line.
    Jsonl,
    /// JSON: a list of papers, or an object that contains one.
    Json,
    /// YAML: a list of papers, or a mapping that contains one.
    Yaml,
    /// A table separated by commas, semicolons or bars.
    Csv,
    /// A table separated by tabs.
    Tsv,
    /// BibTeX and BibLaTeX.
    Bibtex,
    /// RIS, used by reference managers.
    Ris,
    /// MEDLINE, PubMed's tagged format, also called nbib.
    Medline,
    /// Web of Science's plain text.
    WebOfScience,
    /// The tagged format of EndNote and refer.
    Endnote,
    /// PubMed's XML.
    PubmedXml,
    /// EndNote's XML.
    EndnoteXml,
    /// Zotero's RDF.
    ZoteroRdf,
    /// MODS, an XML format of libraries.
    Mods,
    /// CSL-JSON, used by Zotero, Pandoc and others.
    CslJson,
    /// Hugging Face's Daily Papers, a list or a single paper.
    HuggingFace,
    /// arXiv's API (Atom).
    ArxivApi,
    /// A feed: arXiv's daily ones, or any other RSS or Atom.
    Feed,
    /// OAI-PMH records from arXiv, or in Dublin Core from another archive.
    Oai,
    /// arXiv's metadata dump, as distributed on Kaggle and elsewhere.
    ArxivSnapshot,
    /// arXiv's listings and e-mails, as text.
    ArxivListing,
    /// OpenReview's API, both versions.
    OpenReview,
    /// Semantic Scholar's API.
    SemanticScholar,
    /// OpenAlex's API.
    OpenAlex,
    /// Crossref's API.
    Crossref,
    /// daily-arXiv files, with summaries by a language model.
    DailyArxiv,
    /// cv-arxiv-daily's tables by topic, and its forks.
    CvArxivDaily,
    /// Paperlists, the papers of a conference.
    Paperlists,
}

/// The properties of a format.
struct Facts {
    format: Format,
    /// The name used for `--format` and on digest pages.
    name: &'static str,
    /// Other common names.
    others: &'static [&'static str],
    /// File suffixes that indicate it.
    suffixes: &'static [&'static str],
    source: Source,
}

/// Every format, in display order.
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
    /// Every format, in display order.
    pub fn all() -> impl Iterator<Item = Self> {
        FACTS.iter().map(|facts| facts.format)
    }

    fn facts(self) -> &'static Facts {
        FACTS
            .iter()
            .find(|facts| facts.format == self)
            .expect("a test goes through all formats")
    }

    /// The name used for `--format` and on digest pages.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// Parses a format's name, including common alternatives.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        FACTS
            .iter()
            .find(|facts| facts.name == name || facts.others.contains(&name.as_str()))
            .map(|facts| facts.format)
    }

    /// The format indicated by a file suffix.
    pub(super) fn from_suffix(suffix: &str) -> Option<Self> {
        FACTS
            .iter()
            .find(|facts| facts.suffixes.contains(&suffix))
            .map(|facts| facts.format)
    }

    /// The source recorded for this format.
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
            // Each variant has its own row in the table.
            assert_eq!(facts.format.name(), facts.name);
        }
        assert_eq!(Format::all().count(), Format::Paperlists as usize + 1);
        assert_eq!(Format::from_name(" TXT "), Some(Format::PageText));
        assert_eq!(Format::from_name("docx"), None);
    }
}
