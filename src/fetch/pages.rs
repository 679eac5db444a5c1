//! Paged responses: fetches all pages of a result and joins them into one file.
//! Pages are kept until all have arrived, so that an interrupted fetch can resume.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;
use url::form_urlencoded::Serializer;

use super::client::{Client, Known};
use super::error::FetchError;
use super::source::{FetchSource, Period, SourceKind};
use crate::ingest;
use crate::model::Date;

/// Papers per page.
const PAGE: usize = 100;

/// The most pages per source.
const MAX_PAGES: usize = 200;

/// How many days to go back on the first fetch from arXiv.
const FIRST_DAYS: i64 = 3;

/// All that a source returned.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) bytes: Vec<u8>,
    /// The suffix of its file.
    pub(super) suffix: &'static str,
    /// Whether there may be more than was asked for.
    pub(super) is_cut: bool,
    /// Validators of the response, for the next request.
    known: Option<Known>,
}

/// Asks a source what is new. `None` if there is nothing new.
pub(super) fn collect(
    site: &Path,
    source: &FetchSource,
    since: Option<Date>,
    today: Date,
    client: &mut Client,
) -> Result<Option<Collected>, FetchError> {
    match &source.kind {
        SourceKind::Plain { url } => plain(site, source, url, client),
        SourceKind::Arxiv {
            base,
            query,
            categories,
            most,
        } => {
            let search = arxiv_search(query, categories, since, today);
            let (pages, is_cut) = paged(
                site,
                source,
                &search,
                client,
                |n| {
                    let ask = Serializer::new(String::new())
                        .append_pair("search_query", &search)
                        .append_pair("sortBy", "submittedDate")
                        .append_pair("sortOrder", "descending")
                        .append_pair("start", &(n * PAGE).to_string())
                        .append_pair("max_results", &PAGE.min(most - n * PAGE).to_string())
                        .finish();
                    (n * PAGE < *most).then(|| format!("{base}/api/query?{ask}"))
                },
                |text| expect_xml(text).map(|()| text.matches("<entry").count()),
            )?;
            Ok(Some(whole(join_atom(&pages), "xml", is_cut)))
        }
        SourceKind::HuggingFace { base, period } => {
            let ask = match period {
                Period::Day => String::new(),
                Period::Week => format!("week={}&", week(today)),
                Period::Month => format!("month={}-{:02}&", today.year(), today.month()),
            };
            let (pages, is_cut) = paged(
                site,
                source,
                &format!("{ask}{today}"),
                client,
                |n| Some(format!("{base}/api/daily_papers?{ask}limit={PAGE}&p={n}")),
                |text| list_of(text, None).map(|list| list.len()),
            )?;
            let list = join_lists(&pages, None)?;
            Ok(list.map(|list| whole(list, "json", is_cut)))
        }
        SourceKind::OpenReview { base, venue } => {
            let (pages, is_cut) = paged(
                site,
                source,
                &format!("{venue} {today}"),
                client,
                |n| {
                    let ask = Serializer::new(String::new())
                        .append_pair("content.venueid", venue)
                        .append_pair("limit", &PAGE.to_string())
                        .append_pair("offset", &(n * PAGE).to_string())
                        .finish();
                    Some(format!("{base}/notes?{ask}"))
                },
                |text| list_of(text, Some("notes")).map(|list| list.len()),
            )?;
            let list = join_lists(&pages, Some("notes"))?;
            Ok(list.map(|list| whole(format!("{{\"notes\":{list}}}"), "json", is_cut)))
        }
    }
}

/// Deletes a source's kept pages once its digest is written, and saves the
/// validators for the next request.
pub(super) fn done(site: &Path, source: &FetchSource, answer: &Collected) {
    let folder = folder(site, source);
    // If this fails, it only costs another request.
    let _ = fs::remove_dir_all(&folder);
    if let Some(known) = &answer.known
        && let Ok(text) = serde_json::to_string(known)
    {
        let _ = fs::create_dir_all(&folder);
        let _ = fs::write(folder.join("known.json"), text);
    }
}

fn whole(text: String, suffix: &'static str, is_cut: bool) -> Collected {
    Collected {
        bytes: text.into_bytes(),
        suffix,
        is_cut,
        known: None,
    }
}

fn folder(site: &Path, source: &FetchSource) -> PathBuf {
    site.join(".offprint/fetch").join(&source.name)
}

fn plain(
    site: &Path,
    source: &FetchSource,
    url: &str,
    client: &mut Client,
) -> Result<Option<Collected>, FetchError> {
    let known: Known = fs::read_to_string(folder(site, source).join("known.json"))
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let Some(answer) = client.get_if_new(url, source.pace, &known)? else {
        return Ok(None);
    };
    let head = answer.bytes.trim_ascii_start();
    let suffix = match head.first() {
        Some(b'<') => "xml",
        Some(b'{' | b'[') => "json",
        Some(b'@' | b'%') => "bib",
        _ => "txt",
    };
    Ok(Some(Collected {
        bytes: answer.bytes,
        suffix,
        is_cut: false,
        known: Some(Known {
            etag: answer.etag,
            modified: answer.modified,
        }),
    }))
}

/// All pages of a result, and whether there may be more. Pages from an interrupted
/// run are reused. `question` identifies the request; another one starts afresh.
fn paged(
    site: &Path,
    source: &FetchSource,
    question: &str,
    client: &mut Client,
    address: impl Fn(usize) -> Option<String>,
    count: impl Fn(&str) -> Result<usize, FetchError>,
) -> Result<(Vec<String>, bool), FetchError> {
    let name = &blake3::hash(question.as_bytes()).to_hex()[..16];
    let all = folder(site, source);
    let kept = all.join(name);
    forget_others(&all, name);
    let result = pages(&kept, source, client, address, count);
    if matches!(result, Err(FetchError::TooLarge(_))) {
        // It would be too large on the next run as well.
        let _ = fs::remove_dir_all(&kept);
    }
    result
}

fn pages(
    folder: &Path,
    source: &FetchSource,
    client: &mut Client,
    address: impl Fn(usize) -> Option<String>,
    count: impl Fn(&str) -> Result<usize, FetchError>,
) -> Result<(Vec<String>, bool), FetchError> {
    let mut pages: Vec<String> = Vec::new();
    for n in 0..MAX_PAGES {
        let Some(url) = address(n) else {
            break;
        };
        let kept = folder.join(format!("{n}.page"));
        let text = match read_kept(&kept) {
            Some(text) if count(&text).is_ok() => {
                client.count(text.len())?;
                text
            }
            _ => {
                let answer = client.get(&url, source.pace)?;
                let text = String::from_utf8(answer.bytes)
                    .map_err(|_| FetchError::Answer("the response is not text".to_owned()))?;
                count(&text)?;
                keep(&kept, &text);
                text
            }
        };
        let papers = count(&text)?;
        // A service without paging returns everything each time.
        let is_repeated = pages.last() == Some(&text);
        if !is_repeated {
            pages.push(text);
        }
        if papers < PAGE || is_repeated {
            return Ok((pages, false));
        }
    }
    Ok((pages, true))
}

/// A page kept by an earlier run, unless it is too large to be one.
fn read_kept(path: &Path) -> Option<String> {
    let size = fs::metadata(path).ok()?.len();
    (size <= super::client::MAX_SUM).then(|| fs::read_to_string(path).ok())?
}

/// Deletes pages kept for other questions; nobody will ask those again.
fn forget_others(folder: &Path, name: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() && entry.file_name() != name {
            // Leftovers only take up space.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Keeps a page for a later run. If that fails, it is fetched again.
fn keep(path: &Path, text: &str) {
    let write = || {
        let folder = path.parent()?;
        fs::create_dir_all(folder).ok()?;
        let mut file = tempfile::NamedTempFile::new_in(folder).ok()?;
        std::io::Write::write_all(&mut file, text.as_bytes()).ok()?;
        file.persist(path).ok()
    };
    let _ = write();
}

/// The search query: the source's query and categories, since the day of the last
/// digest.
fn arxiv_search(query: &str, categories: &[String], since: Option<Date>, today: Date) -> String {
    let mut parts = Vec::new();
    if !categories.is_empty() {
        let all: Vec<String> = categories
            .iter()
            .map(|category| format!("cat:{category}"))
            .collect();
        parts.push(format!("({})", all.join(" OR ")));
    }
    if !query.is_empty() {
        parts.push(format!("({query})"));
    }
    let first = today
        .checked_sub(jiff::Span::new().days(FIRST_DAYS))
        .unwrap_or(today);
    let from = since.unwrap_or(first).min(today);
    let day = |day: Date| format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
    parts.push(format!(
        "submittedDate:[{}0000 TO {}2359]",
        day(from),
        day(today)
    ));
    parts.join(" AND ")
}

/// The first feed, with the entries of all pages.
fn join_atom(pages: &[String]) -> String {
    let Some((first, rest)) = pages.split_first() else {
        return String::new();
    };
    let mut text = first.clone();
    for page in rest {
        let entries = match (page.find("<entry"), page.rfind("</entry>")) {
            (Some(start), Some(end)) if start < end => &page[start..end + "</entry>".len()],
            _ => continue,
        };
        let at = text.rfind("</feed>").unwrap_or(text.len());
        text.insert_str(at, &format!("{entries}\n"));
    }
    text
}

pub(super) fn expect_xml(text: &str) -> Result<(), FetchError> {
    if let Some(title) = ingest::web_page(text) {
        return Err(web_page(&title));
    }
    match text.trim_start().starts_with('<') && text.trim_end().ends_with('>') {
        true => Ok(()),
        false => Err(FetchError::Answer(
            "the response is not XML, or is truncated".to_owned(),
        )),
    }
}

/// The papers of all pages in one list. `None` if there are none.
fn join_lists(pages: &[String], key: Option<&str>) -> Result<Option<String>, FetchError> {
    let mut all = String::new();
    for page in pages {
        for paper in list_of(page, key)? {
            all.push(if all.is_empty() { '[' } else { ',' });
            all.push_str(paper.get());
        }
    }
    if all.is_empty() {
        return Ok(None);
    }
    all.push(']');
    Ok(Some(all))
}

/// The list in a response, or under one of its keys. Its items are not parsed,
/// which would take many times the memory.
fn list_of<'a>(text: &'a str, key: Option<&str>) -> Result<Vec<&'a RawValue>, FetchError> {
    if let Some(title) = ingest::web_page(text) {
        return Err(web_page(&title));
    }
    let broken = |error: serde_json::Error| {
        FetchError::Answer(format!(
            "the response is not JSON, or is truncated: {error}"
        ))
    };
    let whole: &RawValue = serde_json::from_str(text).map_err(broken)?;
    let list = match key {
        None => Some(whole),
        Some(key) if whole.get().starts_with('{') => {
            let mut fields: BTreeMap<String, &RawValue> =
                serde_json::from_str(whole.get()).map_err(broken)?;
            fields.remove(key)
        }
        Some(_) => None,
    };
    match list.filter(|list| list.get().starts_with('[')) {
        Some(list) => serde_json::from_str(list.get()).map_err(broken),
        None => Err(match ingest::service_error(text) {
            Some(said) => FetchError::Answer(format!("the service answered with an error: {said}")),
            None => FetchError::Answer("the response has no list of papers".to_owned()),
        }),
    }
}

pub(super) fn web_page(title: &str) -> FetchError {
    let title = match title {
        "" => String::new(),
        title => format!(", “{title}”"),
    };
    FetchError::Answer(format!("the service answered with a web page{title}"))
}

/// The ISO week of a day, for example `2025-W38`.
fn week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{}-W{:02}", week.year(), week.week())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_asks_since_the_last_digest() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(
            arxiv_search(
                "all:gears",
                &["cs.LG".to_owned(), "cs.CL".to_owned()],
                Some(day("2025-03-12")),
                day("2025-03-14")
            ),
            "(cat:cs.LG OR cat:cs.CL) AND (all:gears) AND submittedDate:[202503120000 TO 202503142359]"
        );
        assert!(arxiv_search("x", &[], None, day("2025-03-14")).contains("[202503110000 TO"));
        assert_eq!(week(day("2025-09-15")), "2025-W38");
    }

    #[test]
    fn pages_of_atom_become_one() {
        let page = |n: u8| format!("<feed><title>x</title><entry>{n}</entry></feed>");
        assert_eq!(
            join_atom(&[page(1), page(2), "<feed></feed>".to_owned()]),
            "<feed><title>x</title><entry>1</entry><entry>2</entry>\n</feed>"
        );
    }
}
