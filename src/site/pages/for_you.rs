//! "For you": the page that ranks the newest papers by what a reader saved, and the files
//! that it ranks. All ranking is done in the browser; `docs/for-you.md` has the format of
//! the files and how they are ranked.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Span;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::config::{Settings, VectorSource};
use crate::diagnostics::Diagnostic;
use crate::library::{Entry, Library};
use crate::render::{DigestBrief, PageContext, Template, Theme, views};
use crate::search::{SHORT_DIMS, short_row};
use crate::site::jobs::{Job, root_of};

use super::{Made, Page, Pages};

pub(in crate::site) const FOR_YOU: Template<PageContext<ForYouContext>> = Template::new(
    "for-you.html",
    "The newest papers, which the browser ranks by what its reader saved.",
);

/// The most digests that are offered, and for how many days before the newest.
const MOST_DIGESTS: usize = 14;
const DAYS: i64 = 31;

/// The most bytes of a file. A digest that has more papers is cut.
const MOST_BYTES: usize = 60_000;

/// No file has room for more papers than this, and no more are looked at.
const MOST_PAPERS: usize = 1_500;

/// What a file has beside its papers, with room to spare for the names of topics.
const ROOM: usize = 300;

/// How much is told of a paper, the most first: the longest key sentence, in bytes, how
/// many authors, and whether the venue is named. All papers of a file are told the same.
const DETAILS: [Details; 5] = [
    (320, 3, true),
    (160, 3, true),
    (0, 3, true),
    LEAST_DETAILS,
    (0, 0, false),
];

/// What is told of the papers of a digest that has to be cut.
const LEAST_DETAILS: Details = (0, 1, false);

type Details = (usize, usize, bool);

/// The longest title and the longest name, in characters.
const LONGEST_TITLE: usize = 300;
const LONGEST_NAME: usize = 80;

/// The most topics of a paper that are told.
const MOST_TOPICS: usize = 5;

/// `for-you.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct ForYouContext {
    /// The newest digests, newest first; a site without digests offers its newest papers.
    pub(super) offers: Vec<OfferView>,
}

/// A file of papers that can be ranked.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct OfferView {
    /// The digest; absent where the site has none.
    pub(super) digest: Option<DigestBrief>,
    /// The file, from the folder of the page.
    pub(super) file: String,
}

/// What can be ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum Offer {
    /// A digest, by its number.
    Digest(usize),
    /// The newest papers of a site without digests.
    Newest,
}

impl Offer {
    /// Its file below the page, without an ending.
    fn stem(self, library: &Library) -> Cow<'_, str> {
        match self {
            Self::Digest(n) => library.digests[n].digest.id.as_str().into(),
            Self::Newest => "newest".into(),
        }
    }

    /// Its file, by its path in the site. On a disk, where browsers read no data, it is a
    /// script.
    pub(in crate::site) fn path(self, library: &Library, is_script: bool) -> String {
        format!("for-you/{}", self.file(library, is_script))
    }

    fn file(self, library: &Library, is_script: bool) -> String {
        let ending = if is_script { "js" } else { "json" };
        format!("{}.{ending}", self.stem(library))
    }

    /// Its papers in their order, without those that were withdrawn.
    fn papers(self, library: &Library) -> Vec<usize> {
        let all: Vec<usize> = match self {
            Self::Digest(n) => library.digests[n].papers.iter().map(|(n, _)| *n).collect(),
            Self::Newest => (0..library.papers.len()).collect(),
        };
        let offered = all.into_iter();
        offered
            .filter(|n| !library.papers[*n].paper.withdrawn)
            .collect()
    }
}

/// What a site offers: nothing where papers have no vectors, or where the theme has no
/// page for it.
pub(in crate::site) fn offers(settings: &Settings, library: &Library, theme: &Theme) -> Vec<Offer> {
    let is_none = settings.vectors == VectorSource::None || library.papers.is_empty();
    if is_none || theme.template(FOR_YOU.name).is_none() {
        return Vec::new();
    }
    if library.digests.is_empty() {
        return vec![Offer::Newest];
    }
    let newest = library.digests.iter().find_map(|entry| entry.digest.date);
    let oldest = newest.and_then(|day| day.checked_sub(Span::new().days(DAYS)).ok());
    let digests = library.digests.iter().enumerate();
    digests
        .filter(|(_, entry)| !entry.papers.is_empty())
        .filter(|(_, entry)| entry.digest.date.is_none() || entry.digest.date >= oldest)
        .take(MOST_DIGESTS)
        .map(|(n, _)| Offer::Digest(n))
        .collect()
}

/// The row of a paper for its own page. Where vectors are learned from the site's papers,
/// all of them change with each that comes, so pages do without.
pub(super) fn row(settings: &Settings, library: &Library, paper: usize) -> Option<String> {
    let is_lasting = settings.vectors == VectorSource::BuiltIn;
    let row = is_lasting.then(|| short_row(&library.vector(paper)));
    row.filter(|row| !row.is_empty())
}

/// The page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct ForYouPage;

impl Page for ForYouPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.for_you(job)
    }

    fn is_in_sitemap(&self) -> bool {
        false
    }
}

impl Pages<'_> {
    fn for_you(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let mut info = self.page_info("for-you", "for-you/", self.word("for_you"), String::new());
        info.noindex = true;
        let is_script = self.kit.bundles.is_some();
        let offers = offers(self.settings, self.library, self.theme).into_iter();
        let own = ForYouContext {
            offers: offers
                .map(|offer| OfferView {
                    digest: match offer {
                        Offer::Digest(n) => Some(views::digest_brief(&self.library.digests[n])),
                        Offer::Newest => None,
                    },
                    file: offer.file(self.library, is_script),
                })
                .collect(),
        };
        self.page(&FOR_YOU, own, info, root)
    }

    /// The file of the newest papers that can be ranked.
    pub(super) fn newest_offer(&self) -> Option<String> {
        let offers = offers(self.settings, self.library, self.theme);
        let newest = offers.first()?;
        Some(newest.file(self.library, self.kit.bundles.is_some()))
    }

    /// The papers of an offer, so that a browser can rank them.
    pub(super) fn offer(&self, offer: Offer) -> Made {
        let library = self.library;
        let is_script = self.kit.bundles.is_some();
        let mut papers = offer.papers(library);
        let total = papers.len();
        papers.truncate(MOST_PAPERS);
        let rows: Vec<String> = papers
            .iter()
            .map(|n| match short_row(&library.vector(*n)) {
                row if row.is_empty() => NO_ROW.to_owned(),
                row => row,
            })
            .collect();
        self.bytes_of(
            "for-you",
            |prints| {
                let listed = papers.iter().map(|n| prints.listed(*n));
                (total, listed.collect::<Vec<_>>(), &rows, is_script)
            },
            || {
                let json = file(self.settings, library, total, &papers, &rows);
                match is_script {
                    false => json.into_bytes(),
                    true => {
                        let name = json!(offer.file(library, true));
                        format!("(globalThis.offprintForYou??={{}})[{name}]={json};\n").into_bytes()
                    }
                }
            },
        )
    }
}

/// The row of a paper of which nothing is known: 64 zeros, 32 to a digit.
const NO_ROW: &str = "ff";

/// The file, with as many of the papers and as much of each as it has room for.
fn file(
    settings: &Settings,
    library: &Library,
    total: usize,
    papers: &[usize],
    rows: &[String],
) -> String {
    let topics = Topics::of(library, papers);
    let room = MOST_BYTES.saturating_sub(ROOM + topics.bytes);
    let pieces = |details: Details| -> Vec<String> {
        papers
            .iter()
            .map(|paper| piece(library, &library.papers[*paper], &topics, details).to_string())
            .collect()
    };
    let mut whole = DETAILS.into_iter().map(&pieces);
    let whole = whole.find(|told| told.len() == total && fitting(told, rows, room) == total);
    let told = whole.unwrap_or_else(|| {
        let mut told = pieces(LEAST_DETAILS);
        told.truncate(fitting(&told, rows, room));
        told
    });
    let vectors = match settings.vectors {
        VectorSource::Corpus => "corpus",
        VectorSource::BuiltIn | VectorSource::None => "built-in",
    };
    format!(
        "{{\"format\":1,\"vectors\":\"{vectors}\",\"width\":{SHORT_DIMS},\"total\":{total},\"topics\":{},\"papers\":[{}],\"rows\":\"{}\"}}\n",
        topics.json,
        told.join(",\n"),
        rows[..told.len()].concat(),
    )
}

/// How many bytes a paper takes, with what parts it from the next.
fn bytes_of((told, row): (&String, &String)) -> usize {
    told.len() + row.len() + 2
}

/// How many of some papers fit.
fn fitting(told: &[String], rows: &[String], room: usize) -> usize {
    let sums = told.iter().zip(rows).scan(0, |sum, one| {
        *sum += bytes_of(one);
        Some(*sum)
    });
    sums.take_while(|sum| *sum <= room).count()
}

/// The topics of some papers, each once.
struct Topics {
    /// Their places, by their numbers in the library.
    places: BTreeMap<usize, usize>,
    json: String,
    bytes: usize,
}

impl Topics {
    fn of(library: &Library, papers: &[usize]) -> Self {
        let mut places = BTreeMap::new();
        let mut named = Vec::new();
        let mut bytes = 0;
        for paper in papers {
            for score in library.papers[*paper].topics.iter().take(MOST_TOPICS) {
                let topic = &library.topics[score.topic].topic;
                let pair = json!([topic.id.as_str(), cut(&topic.name, LONGEST_NAME)]);
                let more = pair.to_string().len() + 1;
                // A site may have thousands of topics; its papers need the room.
                if places.contains_key(&score.topic) || bytes + more > MOST_BYTES / 6 {
                    continue;
                }
                bytes += more;
                places.insert(score.topic, named.len());
                named.push(pair);
            }
        }
        let json = Value::Array(named).to_string();
        Self {
            places,
            json,
            bytes,
        }
    }
}

/// What is told of a paper: title, slug, topics, authors, how many more of them, venue,
/// key sentence. What is empty at the end is left out, and one of a list stands alone.
fn piece(
    library: &Library,
    entry: &Entry,
    topics: &Topics,
    (sentence, authors, has_venue): Details,
) -> Value {
    let paper = &entry.paper;
    let title = cut(&entry.title, LONGEST_TITLE);
    let places = entry.topics.iter().take(MOST_TOPICS);
    let places = places.filter_map(|score| topics.places.get(&score.topic));
    let names = paper.authors.iter().take(authors);
    let names: Vec<Value> = names
        .map(|author| cut(&author.name.to_string(), LONGEST_NAME).into())
        .collect();
    let more = match authors {
        0 => 0,
        _ => paper.authors.len() - names.len(),
    };
    let venue = match entry.venue {
        _ if !has_venue => "",
        Some(appearance) => library.venues[appearance.venue].name.as_str(),
        None => paper.venue.as_deref().unwrap_or_default(),
    };
    let mut parts = vec![
        Value::from(title),
        slug(title, paper.slug.as_str()),
        one_or_all(places.map(|place| json!(place)).collect()),
        one_or_all(names),
        match more {
            0 => Value::Null,
            more => more.into(),
        },
        text(cut(venue, LONGEST_NAME)),
        text(whole_sentence(&entry.summary, sentence)),
    ];
    while parts.last().is_some_and(Value::is_null) {
        parts.pop();
    }
    Value::Array(parts)
}

fn text(text: &str) -> Value {
    match text {
        "" => Value::Null,
        text => text.into(),
    }
}

fn one_or_all(mut all: Vec<Value>) -> Value {
    match all.len() {
        0 => Value::Null,
        1 => all.remove(0),
        _ => Value::Array(all),
    }
}

/// A slug beside the title that it most often follows from: 0 where it is the whole
/// title, so many bytes where it is the beginning of that, else itself. The browser has
/// the twin of this.
fn slug(title: &str, slug: &str) -> Value {
    let mut whole = String::with_capacity(title.len());
    for byte in title.bytes() {
        match byte.to_ascii_lowercase() {
            byte @ (b'a'..=b'z' | b'0'..=b'9') => whole.push(byte.into()),
            _ if whole.ends_with('-') || whole.is_empty() => {}
            _ => whole.push('-'),
        }
    }
    let whole = whole.trim_end_matches('-');
    match whole.strip_prefix(slug) {
        Some("") => 0.into(),
        Some(rest) if rest.starts_with('-') => slug.len().into(),
        _ => slug.into(),
    }
}

/// The first characters of a text.
fn cut(text: &str, most: usize) -> &str {
    text.char_indices()
        .nth(most)
        .map_or(text, |(at, _)| &text[..at])
}

/// A sentence that is not too long; half a sentence says less than none.
fn whole_sentence(text: &str, most: usize) -> &str {
    if text.len() <= most { text } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_told_by_its_title() {
        for (title, own, told) in [
            ("Cheap, Fast: Attention", "cheap-fast-attention", json!(0)),
            ("Cheap, Fast: Attention!", "cheap-fast", json!(10)),
            (
                "Cheap, Fast: Attention",
                "cheap-fast-attention-2f",
                json!("cheap-fast-attention-2f"),
            ),
            ("Étude", "etude", json!("etude")),
            ("Cheapest", "cheap", json!("cheap")),
        ] {
            assert_eq!(slug(title, own), told, "{title}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_between_characters() {
        assert_eq!(cut("äöü", 2), "äö");
        assert_eq!(cut("äö", 2), "äö");
        assert_eq!(whole_sentence("One sentence.", 5), "");
    }

    #[test]
    fn papers_fit_or_are_left_out() {
        let told = vec!["x".repeat(10); 5];
        let rows = vec!["y".repeat(8); 5];
        assert_eq!(fitting(&told, &rows, 60), 3);
        assert_eq!(fitting(&told, &rows, 59), 2);
        assert_eq!(fitting(&told, &rows, 1000), 5);
    }
}
