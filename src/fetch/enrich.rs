//! Enrichment: looks up papers known only by title at arXiv. A paper is found if
//! exactly one result has its title, ignoring case and punctuation, and the first
//! authors agree if both are known. Nothing is guessed.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;

use super::client::{Client, TIMEOUT};
use super::error::FetchError;
use super::pages::expect_xml;
use super::source::{FetchSource, SourceKind};
use crate::config::Settings;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::ingest::{self, Request};
use crate::model::{Date, Record};
use crate::text::title_key;

/// A paper to look up.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// The title.
    pub title: &'a str,
    /// The folded family name of the first author, if known.
    pub author: Option<&'a str>,
}

/// The outcome of a lookup.
#[derive(Debug, Default, Serialize)]
pub struct EnrichReport {
    /// Papers without an identifier.
    pub without_id: usize,
    /// Papers found.
    pub found: usize,
    /// Papers searched for but not found.
    pub not_found: usize,
    /// Papers skipped because a recent search did not find them.
    pub asked_before: usize,
    /// Titles that match more than one paper.
    pub ambiguous: usize,
    /// Messages for the user.
    #[serde(skip)]
    pub diagnostics: Diagnostics,
}

/// Titles per request.
const TITLES: usize = 10;

/// The most characters of titles per request, since URLs are limited in length.
const CHARACTERS: usize = 1_200;

/// The most results per request.
const ANSWERS: usize = 60;

/// The most bytes of a title to search for.
const LONGEST: usize = 200;

/// How many days to wait before searching again for a title that was not found.
const REST_DAYS: i32 = 30;

/// Looks papers up. Returns the index and record of each paper found. `say` is
/// called with the number of papers searched so far.
///
/// If the service fails, the search ends, and what was found so far counts.
pub fn look_up(
    site: &Path,
    settings: &Settings,
    today: Date,
    sought: &[Sought<'_>],
    say: impl Fn(usize),
) -> (Vec<(usize, Record)>, EnrichReport) {
    let (base, pace) = service(settings);
    let mut report = EnrichReport {
        without_id: sought.len(),
        ..EnrichReport::default()
    };
    let mut missed = Missed::read(site);
    let mut waiting: Vec<usize> = Vec::new();
    for (at, paper) in sought.iter().enumerate() {
        if !is_telling(paper) {
            report.not_found += 1;
        } else if missed.is_fresh(&title_key(paper.title), today) {
            report.asked_before += 1;
        } else {
            waiting.push(at);
        }
    }
    let mut client = Client::new();
    let mut found = Vec::new();
    let mut asked = 0;
    let mut batches = VecDeque::from(batches(&waiting, sought));
    while let Some(batch) = batches.pop_front() {
        let titles: Vec<&str> = batch.iter().map(|at| sought[*at].title).collect();
        let records = match ask(&base, pace, &titles, &mut client) {
            // Many results for one title may have crowded out the others'.
            Ok(records) if records.len() >= ANSWERS && batch.len() > 1 => {
                for at in batch.into_iter().rev() {
                    batches.push_front(vec![at]);
                }
                continue;
            }
            Ok(records) => records,
            Err(fault) => {
                report.diagnostics.push(
                    Diagnostic::error("enrich", format!("arXiv could not be searched: {fault}"))
                        .at(Place::file(crate::config::FILE_NAME))
                        .help("what was found is kept; the next run looks for the rest"),
                );
                break;
            }
        };
        let is_cut = records.len() >= ANSWERS;
        for at in batch {
            match fitting(&sought[at], &records) {
                // Results are missing, so we know neither whether there is a match
                // nor whether it is the only one.
                Fit::One(_) | Fit::None if is_cut => {
                    report.ambiguous += 1;
                    missed.add(&title_key(sought[at].title), today);
                }
                Fit::One(record) => {
                    report.found += 1;
                    found.push((at, *record));
                }
                Fit::None => {
                    report.not_found += 1;
                    missed.add(&title_key(sought[at].title), today);
                }
                Fit::Several(n) => {
                    report.ambiguous += 1;
                    missed.add(&title_key(sought[at].title), today);
                    report.diagnostics.push(
                        Diagnostic::note(
                            "ambiguous",
                            format!("{n} papers at arXiv have the title “{}”", sought[at].title),
                        )
                        .help("if it is one of them, add that identifier to the page's `ids`"),
                    );
                }
            }
            asked += 1;
        }
        say(asked);
        missed.write();
    }
    (found, report)
}

/// The service's URL and pace: those of the first arXiv source, which may be a
/// mirror.
fn service(settings: &Settings) -> (String, Duration) {
    FetchSource::all(settings)
        .0
        .into_iter()
        .find_map(|source| match source.kind {
            SourceKind::Arxiv { base, .. } => Some((base, source.pace)),
            _ => None,
        })
        .unwrap_or_else(|| {
            (
                "https://export.arxiv.org".to_owned(),
                Duration::from_secs(3),
            )
        })
}

fn batches(waiting: &[usize], sought: &[Sought<'_>]) -> Vec<Vec<usize>> {
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut length = 0;
    for &at in waiting {
        let title = words(sought[at].title).len();
        match batches.last_mut() {
            Some(batch) if batch.len() < TITLES && length + title <= CHARACTERS => {
                batch.push(at);
                length += title;
            }
            _ => {
                batches.push(vec![at]);
                length = title;
            }
        }
    }
    batches
}

/// The words of a title; the service's index has nothing else.
fn words(title: &str) -> String {
    let bare: String = title
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let mut words = String::new();
    for word in bare.split_whitespace() {
        // Do not cut inside a word: it would become another word.
        if words.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

fn ask(
    base: &str,
    pace: Duration,
    titles: &[&str],
    client: &mut Client,
) -> Result<Vec<Record>, FetchError> {
    let parts: Vec<String> = titles
        .iter()
        .map(|title| words(title))
        .filter(|words| !words.is_empty())
        .map(|words| format!("ti:\"{words}\""))
        .collect();
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let query = Serializer::new(String::new())
        .append_pair("search_query", &parts.join(" OR "))
        .append_pair("start", "0")
        .append_pair("max_results", &ANSWERS.to_string())
        .finish();
    client.begin(TIMEOUT);
    let answer = client.get(&format!("{base}/api/query?{query}"), pace)?;
    expect_xml(&String::from_utf8_lossy(&answer.bytes))?;
    let reading = ingest::read(&Request {
        name: "arxiv.xml",
        bytes: &answer.bytes,
        format: None,
        date: None,
        earlier: None,
        columns: &BTreeMap::new(),
    });
    let refused = reading
        .diagnostics
        .iter()
        .find(|said| said.code == Code::SERVICE_ERROR);
    if let Some(said) = refused {
        return Err(FetchError::Answer(said.message.clone()));
    }
    Ok(reading.records)
}

/// Whether a title is specific enough: one or two words match many papers, unless
/// the author is known too.
fn is_telling(sought: &Sought<'_>) -> bool {
    sought.author.is_some() || sought.title.split_whitespace().count() > 2
}

enum Fit {
    One(Box<Record>),
    None,
    Several(usize),
}

/// The one record that is the paper, if there is one.
fn fitting(sought: &Sought<'_>, records: &[Record]) -> Fit {
    let key = title_key(sought.title);
    let agrees = |record: &&Record| {
        let author = record
            .authors
            .first()
            .map(|author| title_key(author.family()));
        match (sought.author, &author) {
            (Some(one), Some(other)) => one == other,
            _ => sought.title.split_whitespace().count() > 2,
        }
    };
    let mut fitting: Vec<&Record> = records
        .iter()
        .filter(|record| !record.ids.is_empty() && title_key(&record.title) == key)
        .filter(agrees)
        .collect();
    fitting.sort_by(|one, other| one.ids.cmp(&other.ids));
    fitting.dedup_by(|one, other| one.ids == other.ids);
    match fitting.as_slice() {
        [] => Fit::None,
        [record] => {
            let mut record = (*record).clone();
            // The digest listed it, not the service.
            record.date = None;
            Fit::One(Box::new(record))
        }
        several => Fit::Several(several.len()),
    }
}

/// Titles that were not found, with the date of the last search.
struct Missed {
    file: PathBuf,
    titles: BTreeMap<String, Date>,
}

#[derive(Serialize, Deserialize, Default)]
struct Kept(BTreeMap<String, Date>);

impl Missed {
    fn read(site: &Path) -> Self {
        let file = site.join(".offprint/fetch/not-found.json");
        let Kept(titles) = fs::read_to_string(&file)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        Self { file, titles }
    }

    fn is_fresh(&self, key: &str, today: Date) -> bool {
        self.titles.get(key).is_some_and(|day| {
            today
                .since(*day)
                .is_ok_and(|span| (0..REST_DAYS).contains(&span.get_days()))
        })
    }

    fn add(&mut self, key: &str, today: Date) {
        self.titles.insert(key.to_owned(), today);
    }

    /// If this cannot be saved, it only costs another request.
    fn write(&self) {
        if let Some(folder) = self.file.parent()
            && let Ok(text) = serde_json::to_string(&Kept(self.titles.clone()))
        {
            let _ = fs::create_dir_all(folder);
            let _ = fs::write(&self.file, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Author, PaperId, Source as Origin};

    fn record(title: &str, author: &str, id: &str) -> Record {
        let mut record = Record::new(Origin::TEXT, 1, title);
        record.authors.push(Author::named(author));
        record.ids.extend(PaperId::parse(id));
        record
    }

    #[test]
    fn only_the_whole_title_and_one_paper_fit() {
        let records = [
            record("Gears of Many Kinds", "Ann Author", "arxiv:2503.00001"),
            record("Gears of Many Kinds, Revisited", "Bo", "arxiv:2503.00002"),
            record("Preface", "Ann Author", "arxiv:2503.00003"),
            record("Springs of one kind", "Ann", "arxiv:2503.00004"),
            record("Springs of One Kind", "Bo", "arxiv:2503.00005"),
        ];
        let fit = |title, author| match fitting(&Sought { title, author }, &records) {
            Fit::One(record) => record.ids[0].to_string(),
            Fit::None => "none".to_owned(),
            Fit::Several(n) => format!("{n} of them"),
        };
        assert_eq!(fit("GEARS of many kinds!", None), "arxiv:2503.00001");
        assert_eq!(
            fit("Gears of Many Kinds", Some("author")),
            "arxiv:2503.00001"
        );
        assert_eq!(fit("Gears of Many Kinds", Some("other")), "none");
        assert_eq!(fit("Gears of Many", None), "none");
        assert_eq!(fit("Preface", None), "none");
        assert_eq!(fit("Preface", Some("author")), "arxiv:2503.00003");
        assert_eq!(fit("Springs of One Kind", None), "2 of them");
        assert_eq!(fit("Springs of One Kind", Some("bo")), "arxiv:2503.00005");
    }

    #[test]
    fn a_request_is_no_longer_than_an_address_may_be() {
        let long = "x".repeat(5_000);
        let sought: Vec<Sought<'_>> = (0..25)
            .map(|_| Sought {
                title: &long,
                author: None,
            })
            .collect();
        let all: Vec<usize> = (0..25).collect();
        let batches = batches(&all, &sought);
        assert!(batches.iter().all(|batch| batch.len() <= 10));
        assert_eq!(words(&long), "");
        assert_eq!(batches.concat(), all);
        assert_eq!(words("A “B”: C-D (2nd)"), "A B C D 2nd");
    }
}
