//! Sample papers for the tests of every format: one with all fields, a conference
//! paper, one with only a title, and a hostile one.

use super::{Item, Work};
use crate::model::{Author, Date, LinkKind, Paper, PaperId, People, PublicationKind, Slug};

/// A title that tries to break out of every format.
pub(crate) const HOSTILE: &str =
    "</script><script>alert(1)</script> & \"quotes\" 'and' <b> ]]> {x} \\y %z $a_b^c~d #e --";

/// A sample paper and the derived data for its citation item.
pub(crate) struct Sample {
    pub(crate) paper: Paper,
    short: Option<&'static str>,
    summary: Option<&'static str>,
    url: Option<&'static str>,
}

impl Sample {
    pub(crate) fn work(&self) -> Work<'_> {
        Work::of(Item {
            short: self.short,
            summary: self.summary,
            url: self.url,
            ..Item::new(&self.paper, &self.paper.title)
        })
    }
}

/// The samples, by name.
pub(crate) fn samples() -> Vec<(&'static str, Sample)> {
    vec![
        ("article", article()),
        ("proceedings", proceedings()),
        ("preprint", preprint()),
        ("thesis", thesis()),
        ("report", report()),
        ("minimal", minimal()),
        ("hostile", hostile()),
    ]
}

fn paper(slug: &str, title: &str) -> Paper {
    Paper::new(Slug::parse(slug).unwrap(), title)
}

fn authors(names: &[&str]) -> People {
    names.iter().copied().map(Author::named).collect()
}

fn article() -> Sample {
    let mut paper = paper("bayes", "A Bayesian View of R&D: Is It “Optimal”?");
    paper.authors = authors(&["Sammy Davis Jr.", "Jean-Paul van der Berg", "Ada Müller"]);
    paper.authors[2].orcid = Some("0000-0002-1825-0097".into());
    paper.authors[2].affiliation = Some("Example University".into());
    paper.ids = vec![PaperId::parse("10.1000/a_b(c)").unwrap()];
    paper.published = Some(Date::constant(2021, 7, 9).into());
    paper.updated = Some(Date::constant(2022, 1, 2));
    paper.date = Some(Date::constant(2025, 3, 14));
    paper.venue = Some("Journal of Examples".into());
    paper.keywords = vec!["priors".into(), "search & rescue".into()];
    paper.license = Some("https://creativecommons.org/licenses/by/4.0/".into());
    paper.language = Some("en".into());
    paper.publication.volume = Some("12".into());
    paper.publication.number = Some("3".into());
    paper.publication.pages = Some("1945–1953".into());
    paper.publication.publisher = Some("Example Press".into());
    let link = "https://press.example.org/12/3/1945";
    paper.links.insert(LinkKind::Paper, link.into());
    paper.links.insert(LinkKind::Pdf, format!("{link}.pdf"));
    paper
        .links
        .insert(LinkKind::Code, "https://code.example.org/x".into());
    paper.metrics.insert("upvotes".into(), 31);
    Sample {
        paper,
        short: None,
        summary: Some("Priors matter."),
        url: Some("https://site.example.org/papers/bayes/"),
    }
}

fn proceedings() -> Sample {
    let mut paper = paper("galore", "GaLore: Memory-Efficient LLM Training");
    paper.authors = authors(&[
        "Jiawei Zhao",
        "Ann Two",
        "Bob Three",
        "Cy Four",
        "Di Five",
        "Ed Six",
        "Flo Seven",
    ]);
    paper.ids = vec![PaperId::parse("arxiv:2403.03507").unwrap()];
    paper.categories = vec!["cs.LG".into()];
    paper.published = Some(Date::constant(2024, 3, 6).into());
    paper.venue = Some("ICML 2024".into());
    paper.publication.volume = Some("235".into());
    paper.publication.pages = Some("61121-61143".into());
    Sample {
        paper,
        short: Some("GaLore"),
        summary: None,
        url: None,
    }
}

fn preprint() -> Sample {
    let mut paper = paper("gemini", "Gemini: a family of highly capable models");
    paper.authors = authors(&["Gemini Team", "王小明", "et al."]);
    paper.ids = vec![PaperId::parse("arxiv:2312.11805").unwrap()];
    paper.published = Some(Date::constant(2023, 12, 19).into());
    paper.categories = vec!["cs.CL".into(), "cs.AI".into()];
    Sample {
        paper,
        short: Some("Gemini"),
        summary: None,
        url: Some("https://site.example.org/papers/gemini/"),
    }
}

fn thesis() -> Sample {
    let mut paper = paper("thesis", "On Learning");
    paper.authors = authors(&["Ada Müller"]);
    paper.year = Some(2020);
    paper.publication.kind = Some(PublicationKind::Thesis);
    paper.publication.publisher = Some("Example University".into());
    Sample {
        paper,
        short: None,
        summary: None,
        url: None,
    }
}

fn report() -> Sample {
    let mut paper = paper("report", "A Report");
    paper.authors = authors(&["Ada Müller", "Bob Three"]);
    paper.year = Some(2019);
    paper.publication.kind = Some(PublicationKind::Report);
    paper.publication.publisher = Some("Example Labs".into());
    paper.publication.number = Some("7".into());
    Sample {
        paper,
        short: None,
        summary: None,
        url: Some("https://site.example.org/papers/report/"),
    }
}

fn minimal() -> Sample {
    let mut paper = paper("minimal", "What Is Left?");
    paper.date = Some(Date::constant(2025, 3, 14));
    Sample {
        paper,
        short: None,
        summary: None,
        url: None,
    }
}

fn hostile() -> Sample {
    let mut paper = paper("hostile", HOSTILE);
    paper.authors = authors(&[
        "Rob', \"); DROP TABLE --",
        "<b>Al</b> and\u{0} {Co}",
        HOSTILE,
    ]);
    paper.year = Some(2025);
    paper.venue = Some("Workshop on <i>Things</i>\r\nER  - & \u{202e}more".into());
    paper.keywords = vec!["</script>".into(), "a\u{1b}[31m".into()];
    paper.language = Some("\"><script>".into());
    paper.license = Some("javascript:alert(1)".into());
    paper.publication.pages = Some("1\n2--\u{b}9".into());
    paper.publication.publisher = Some("@article{x, title={y}}".into());
    paper.ids = vec![PaperId::parse("doi:10.1000/{}\\%<b>\"'&#").unwrap()];
    paper
        .links
        .insert(LinkKind::Paper, "https://a.org/{}<b>\"'\\&x".into());
    paper
        .links
        .insert(LinkKind::Pdf, "javascript:alert(1)".into());
    Sample {
        paper,
        short: Some("<b>"),
        summary: Some(HOSTILE),
        url: Some("https://site.example.org/papers/hostile/"),
    }
}
