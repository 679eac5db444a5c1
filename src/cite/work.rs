//! Works: a paper's bibliographic data, cleaned and resolved once for all formats.
//! Everything but the title is optional.

use std::borrow::Cow;

use super::item::Item;
use super::kind::{kind_of, repository, repository_name};
use super::name::Names;
use super::plain::{field, line, one_line, web_address};
use crate::model::{Author, Day, LinkKind, Paper, PublicationKind};

/// A paper resolved for citation. All formats are written from it, so they cannot
/// contradict each other.
#[derive(Debug, Clone)]
pub struct Work<'a> {
    pub(super) item: Item<'a>,
    pub(super) kind: PublicationKind,
    /// Empty if the source's title was only white space.
    pub(super) title: Cow<'a, str>,
    pub(super) names: Names,
    /// The editors of the volume or book.
    pub(super) editors: Names,
    /// The year of publication. The date of listing in a digest says nothing about
    /// it and is ignored.
    pub(super) year: Option<i16>,
    /// The publication date, perhaps only to the month or season. Only set if it
    /// falls in that year and is not merely the day a published paper's preprint
    /// was posted.
    pub(super) day: Option<Day>,
    /// The journal, proceedings or school. Repositories are in [`Self::repository`]
    /// instead.
    pub(super) venue: Option<Cow<'a, str>>,
    /// The preprint repository.
    pub(super) repository: Option<&'static str>,
    pub(super) volume: Option<Cow<'a, str>>,
    pub(super) number: Option<Cow<'a, str>>,
    pub(super) pages: Option<Pages>,
    pub(super) publisher: Option<Cow<'a, str>>,
    pub(super) series: Option<Cow<'a, str>>,
    pub(super) edition: Option<Cow<'a, str>>,
    pub(super) isbn: Option<Cow<'a, str>>,
    /// When the URL was last visited.
    pub(super) accessed: Option<Day>,
    pub(super) doi: Option<&'a str>,
    pub(super) arxiv: Option<&'a str>,
    /// The primary arXiv category.
    pub(super) primary_class: Option<&'a str>,
    /// The best URL for the paper: its DOI, arXiv, the publisher's page, another
    /// registry, a file, or else its page on this site.
    pub(super) address: Option<String>,
    /// Its own page elsewhere, as given by a source.
    pub(super) page: Option<String>,
    pub(super) pdf: Option<String>,
    /// Its page on this site.
    pub(super) own: Option<String>,
}

/// The page range of a work within its volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    /// The first page, or the whole text if it is not a simple range.
    pub(super) first: String,
    pub(super) last: Option<String>,
}

impl Pages {
    fn parse(text: &str) -> Option<Self> {
        let text = one_line(text);
        let text = text
            .trim_start_matches("pages")
            .trim_start_matches("pp.")
            .trim_start_matches("p.")
            .trim();
        let mut parts = text
            .split(is_dash)
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let first = parts.next()?;
        match (parts.next(), parts.next()) {
            (Some(last), None) if !text.contains(',') => Some(Self {
                first: first.to_owned(),
                last: Some(last.to_owned()),
            }),
            (None, _) => Some(Self {
                first: first.to_owned(),
                last: None,
            }),
            _ => Some(Self {
                first: text.to_owned(),
                last: None,
            }),
        }
    }

    /// The range, joined with the given dash.
    pub(super) fn joined(&self, dash: &str) -> String {
        match &self.last {
            Some(last) => format!("{}{dash}{last}", self.first),
            None => self.first.clone(),
        }
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// How many authors to put into a page's metadata. Collaborations have thousands;
/// the citation files list them all.
const MOST_IN_HEAD: usize = 50;

impl<'a> Work<'a> {
    /// The authors to put into a page's metadata: the first of them, if there are
    /// thousands.
    pub(super) fn people_in_head(&self) -> &'a [Author] {
        let authors = &self.item.paper.authors;
        &authors[..authors.len().min(MOST_IN_HEAD)]
    }

    /// Resolves an item.
    pub fn of(item: Item<'a>) -> Self {
        let paper = item.paper;
        let publication = &paper.publication;
        let kind = kind_of(paper);
        let venue = field(paper.venue.as_ref());
        let year = year(paper, kind, venue.as_deref());
        let page = paper
            .links
            .get(&LinkKind::Paper)
            .and_then(|u| web_address(u));
        let pdf = item
            .pdf
            .or(paper.links.get(&LinkKind::Pdf).map(String::as_str))
            .and_then(web_address);
        let own = item.url.and_then(web_address);
        let repository = repository(paper);
        let is_published = matches!(
            kind,
            PublicationKind::Article | PublicationKind::Proceedings
        );
        let day = paper
            .published
            .filter(|day| Some(day.year()) == year && !(is_published && repository.is_some()));
        Self {
            item,
            kind,
            title: line(item.title),
            names: Names::of(&paper.authors),
            editors: Names::of(&paper.editors),
            year,
            day,
            venue: venue.filter(|venue| repository_name(venue).is_none()),
            repository,
            volume: field(publication.volume.as_ref()),
            number: field(publication.number.as_ref()),
            pages: publication.pages.as_deref().and_then(Pages::parse),
            publisher: field(publication.publisher.as_ref()),
            series: field(publication.series.as_ref()),
            edition: field(publication.edition.as_ref()),
            isbn: field(publication.isbn.as_ref()),
            accessed: paper.accessed,
            doi: paper.id("doi").map(|id| id.value()),
            arxiv: paper.id("arxiv").map(|id| id.value()),
            primary_class: primary_class(paper),
            address: address(paper, page.as_deref(), pdf.as_deref(), own.as_deref()),
            page,
            pdf,
            own,
        }
    }

    /// The publication date as precisely as known: `2024-03-06`, `2024-03` or
    /// `2024`, with the given separator.
    pub(super) fn date(&self, separator: &str) -> Option<String> {
        let day = self.day.or(self.year.map(Day::of_year))?;
        Some(day.digits(separator))
    }

    /// The keywords, each cleaned for one line.
    pub(super) fn keywords(&self) -> impl Iterator<Item = Cow<'a, str>> {
        self.item
            .paper
            .keywords
            .iter()
            .map(|keyword| line(keyword))
            .filter(|keyword| !keyword.is_empty())
    }

    /// The language of the paper.
    pub(super) fn language(&self) -> Option<Cow<'a, str>> {
        field(self.item.paper.language.as_ref())
    }

    /// The institution behind a thesis or a report.
    pub(super) fn institution(&self) -> Option<&str> {
        self.publisher.as_deref().or(self.venue.as_deref())
    }
}

/// A year in the venue ("ICML 2024") wins over the date the paper was first posted,
/// which for most conference papers is the preprint's.
fn year(paper: &Paper, kind: PublicationKind, venue: Option<&str>) -> Option<i16> {
    let of_venue = || {
        matches!(
            kind,
            PublicationKind::Article | PublicationKind::Proceedings
        )
        .then(|| venue.and_then(stated_year))
        .flatten()
    };
    paper
        .year
        .or_else(of_venue)
        .or_else(|| paper.publication_year())
}

/// The year in a text, if there is exactly one.
fn stated_year(text: &str) -> Option<i16> {
    let mut years = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
        .filter_map(|word| word.parse().ok());
    let year = years.next()?;
    years.all(|other: i16| other == year).then_some(year)
}

/// An old arXiv ID contains its archive. Otherwise the first of the paper's
/// categories that looks like an arXiv category.
fn primary_class(paper: &Paper) -> Option<&str> {
    let id = paper.id("arxiv")?;
    if let Some((archive, _)) = id.value().split_once('/') {
        return Some(archive);
    }
    paper
        .categories
        .iter()
        .map(|category| category.trim())
        .find(|category| is_arxiv_category(category))
}

fn is_arxiv_category(text: &str) -> bool {
    const ARCHIVES: [&str; 20] = [
        "astro-ph", "cond-mat", "cs", "econ", "eess", "gr-qc", "hep-ex", "hep-lat", "hep-ph",
        "hep-th", "math", "math-ph", "nlin", "nucl-ex", "nucl-th", "physics", "q-bio", "q-fin",
        "quant-ph", "stat",
    ];
    let (archive, class) = text.split_once('.').unwrap_or((text, "xx"));
    ARCHIVES.contains(&archive)
        && (2..=12).contains(&class.len())
        && class.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
}

fn address(
    paper: &Paper,
    page: Option<&str>,
    pdf: Option<&str>,
    own: Option<&str>,
) -> Option<String> {
    let registry = |scheme| {
        paper
            .id(scheme)
            .and_then(|id| id.url())
            .and_then(|url| web_address(&url))
    };
    let given = |url: Option<&str>| url.map(str::to_owned);
    registry("doi")
        .or_else(|| registry("arxiv"))
        .or_else(|| given(page))
        .or_else(|| registry("acl"))
        .or_else(|| registry("openreview"))
        .or_else(|| registry("pmid"))
        .or_else(|| given(pdf))
        .or_else(|| given(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, PaperId, Slug};

    #[test]
    fn pages_are_split_at_any_dash() {
        for (text, first, last) in [
            ("1945–1953", "1945", Some("1953")),
            ("pp. 1 -- 9", "1", Some("9")),
            ("e123", "e123", None),
            ("1-5, 7-9", "1-5, 7-9", None),
            ("12", "12", None),
        ] {
            let pages = Pages::parse(text).unwrap();
            assert_eq!((pages.first.as_str(), pages.last.as_deref()), (first, last));
        }
        assert_eq!(Pages::parse(" – "), None);
    }

    #[test]
    fn the_day_of_listing_is_no_date_of_publication() {
        let mut paper = Paper::new(Slug::parse("x").unwrap(), "X");
        paper.date = Some(Date::constant(2025, 3, 14));
        let work = Work::of(Item::new(&paper, "X"));
        assert_eq!((work.year, work.day), (None, None));
    }

    #[test]
    fn a_venue_that_names_its_year_outweighs_the_preprint_s() {
        let mut paper = Paper::new(Slug::parse("x").unwrap(), "X");
        paper.published = Some(Date::constant(2023, 12, 1).into());
        paper.venue = Some("ICML 2024".to_owned());
        let work = Work::of(Item::new(&paper, "X"));
        assert_eq!((work.year, work.day), (Some(2024), None));
        paper.venue = None;
        let work = Work::of(Item::new(&paper, "X"));
        assert_eq!((work.year, work.day), (Some(2023), paper.published));
    }

    #[test]
    fn the_best_address_comes_first_and_this_site_s_own_last() {
        let mut paper = Paper::new(Slug::parse("x").unwrap(), "X");
        let mut item = Item::new(&paper, "X");
        item.url = Some("https://site.org/papers/x/");
        assert_eq!(Work::of(item).address.as_deref(), item.url);
        paper
            .links
            .insert(LinkKind::Paper, "https://pub.org/x".into());
        paper.ids = vec![PaperId::parse("arxiv:2403.03507").unwrap()];
        let work = Work::of(Item::new(&paper, "X"));
        assert_eq!(
            work.address.as_deref(),
            Some("https://arxiv.org/abs/2403.03507")
        );
        paper.ids.push(PaperId::parse("10.1000/xyz").unwrap());
        let work = Work::of(Item::new(&paper, "X"));
        assert_eq!(work.address.as_deref(), Some("https://doi.org/10.1000/xyz"));
    }

    #[test]
    fn the_primary_class_has_the_shape_of_an_arxiv_category() {
        let mut paper = Paper::new(Slug::parse("x").unwrap(), "X");
        paper.ids = vec![PaperId::parse("arxiv:2403.03507").unwrap()];
        paper.categories = vec!["Computer Vision".into(), "cs.LG".into(), "cs.AI".into()];
        assert_eq!(primary_class(&paper), Some("cs.LG"));
        paper.ids = vec![PaperId::parse("hep-th/9901001").unwrap()];
        assert_eq!(primary_class(&paper), Some("hep-th"));
    }
}
