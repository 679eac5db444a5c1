//! Identifiers as readers type and paste them: `2403.03507v2`, `doi:10.1145/…`, the
//! address of a paper at a registry or a publisher.

use super::cursor::{is_quote, is_space};
use super::field::REGISTRIES;
use crate::model::PaperId;

/// Endings of a publisher's address that are no part of the DOI in it.
const VIEWS: [&str; 8] = [
    "/abstract",
    "/full",
    "/pdf",
    "/epdf",
    "/meta",
    "/html",
    ".pdf",
    ".full",
];

/// What a run of text is, where it looks like an identifier.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// It names this paper.
    Id(PaperId),
    /// A registry's name, and behind it what is no identifier of that registry.
    Wrong,
    /// An address that names no paper.
    Address,
}

/// The longest run that is looked at, in bytes.
const MAX_RUN: usize = 2048;

/// What a sentence may write directly behind an identifier.
pub(super) const PUNCTUATION: [char; 8] = ['.', ',', ';', '?', '!', ':', '>', ']'];

/// The run of text that begins here and may be an identifier, without the
/// punctuation of the sentence it was taken from. DOIs have brackets in them.
pub(super) fn run(text: &str) -> &str {
    let ends = |c| is_space(c) || is_quote(c) || c == '^';
    let near = &text[..text.floor_char_boundary(MAX_RUN)];
    let mut run = match near.find(ends) {
        Some(end) => &near[..end],
        None if near.len() < text.len() => return "",
        None => near,
    };
    let count = |bracket: char| run.matches(bracket).count();
    let mut unopened = count(')').saturating_sub(count('('));
    while let Some(c) = run.chars().next_back() {
        if c == ')' && unopened > 0 {
            unopened -= 1;
        } else if !PUNCTUATION.contains(&c) {
            break;
        }
        run = &run[..run.len() - 1];
    }
    run
}

/// Tells what a run is; `None` for what is no identifier at all.
pub(super) fn typed(run: &str) -> Option<Typed> {
    if has_scheme(run) {
        return Some(of_address(run).map_or(Typed::Address, Typed::Id));
    }
    if let Some((name, value)) = run.split_once(':') {
        let name = name.to_ascii_lowercase();
        if REGISTRIES.contains(&name.as_str()) && !value.is_empty() {
            return Some(PaperId::new(&name, value).map_or(Typed::Wrong, Typed::Id));
        }
    }
    bare(run).or_else(|| of_address(run)).map(Typed::Id)
}

/// An identifier with a space behind its registry's name, as papers print it
/// (`arXiv: 2403.03507`), and how much of the text it takes.
pub(super) fn spaced(text: &str) -> Option<(PaperId, usize)> {
    let near = &text[..text.floor_char_boundary("arxiv:".len())];
    let (name, _) = near.split_once(':')?;
    let value = text[name.len() + 1..].trim_start_matches(is_space);
    let run = run(value);
    let id = match name.to_ascii_lowercase().as_str() {
        "arxiv" | "doi" => bare(run)?,
        "pmid" => PaperId::new("pmid", run)?,
        _ => return None,
    };
    Some((id, text.len() - value.len() + run.len()))
}

/// Reads the value of `id:`, which may be of any registry.
pub(super) fn value(run: &str) -> Option<PaperId> {
    match typed(run) {
        Some(Typed::Id(id)) => Some(id),
        Some(_) => None,
        None => PaperId::parse(run),
    }
}

/// An identifier that needs nothing before it to be told from a word.
fn bare(run: &str) -> Option<PaperId> {
    if let Some(rest) = run.strip_prefix("10.") {
        let registrant = rest.split('/').next().unwrap_or_default();
        let digits = registrant.bytes().take_while(u8::is_ascii_digit).count();
        return (digits >= 4).then(|| PaperId::new("doi", run)).flatten();
    }
    if is_anthology(run) {
        return PaperId::new("acl", run);
    }
    PaperId::new("arxiv", run)
}

/// `2024.acl-long.1` or `P19-1001`.
fn is_anthology(run: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = run.split('.').collect();
    if let [year, volume, number] = parts.as_slice() {
        let named = volume
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        return year.len() == 4 && digits(year) && digits(number) && named && volume.contains('-');
    }
    let bytes = run.as_bytes();
    bytes.len() == 8
        && bytes[0].is_ascii_uppercase()
        && bytes[3] == b'-'
        && [1, 2, 4, 5, 6, 7]
            .iter()
            .all(|at| bytes[*at].is_ascii_digit())
}

fn has_scheme(run: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        run.get(..scheme.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    })
}

/// The identifier that an address names, with or without its `https://`.
fn of_address(run: &str) -> Option<PaperId> {
    let rest = match has_scheme(run) {
        true => run.split_once("//")?.1,
        false => run,
    };
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if !host.contains('.') || !host.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let plain = path.split(['?', '#']).next().unwrap_or_default();
    let plain = percent_decoded(plain);
    let plain = plain.trim_end_matches('/');
    let last = plain.rsplit('/').next().unwrap_or_default();
    match host {
        "doi.org" | "dx.doi.org" | "doi.acm.org" => PaperId::new("doi", plain),
        "openreview.net" => {
            let id = path
                .split_once('?')?
                .1
                .split(['&', '#'])
                .find_map(|pair| pair.strip_prefix("id="))?;
            PaperId::new("openreview", id)
        }
        "aclanthology.org" | "aclweb.org" => {
            let id = last.trim_end_matches(".pdf").trim_end_matches(".bib");
            is_anthology(id).then(|| PaperId::new("acl", id)).flatten()
        }
        "pubmed.ncbi.nlm.nih.gov" => PaperId::new("pmid", last),
        "ncbi.nlm.nih.gov" => PaperId::new("pmid", plain.strip_prefix("pubmed/")?),
        "semanticscholar.org" => {
            let is_hash = last.len() == 40 && last.bytes().all(|b| b.is_ascii_hexdigit());
            is_hash.then(|| PaperId::new("s2", last)).flatten()
        }
        "nature.com" => PaperId::new(
            "doi",
            &format!("10.1038/{}", plain.strip_prefix("articles/")?),
        ),
        "arxiv.org" | "ar5iv.org" | "alphaxiv.org" | "huggingface.co" => arxiv(plain),
        _ if host.ends_with(".arxiv.org") => arxiv(plain),
        _ => of_publisher(plain),
    }
}

/// `abs/2403.03507v2`, `pdf/2403.03507.pdf`, `papers/2403.03507`.
fn arxiv(path: &str) -> Option<PaperId> {
    const VIEWS: [&str; 8] = [
        "abs", "pdf", "html", "format", "e-print", "src", "papers", "overview",
    ];
    let (view, id) = path.split_once('/')?;
    let id = id.strip_suffix(".pdf").unwrap_or(id);
    VIEWS
        .contains(&view)
        .then(|| PaperId::new("arxiv", id))
        .flatten()
}

/// The DOI within the path of a publisher's address.
fn of_publisher(path: &str) -> Option<PaperId> {
    let at = match path.starts_with("10.") {
        true => 0,
        false => path.find("/10.")? + 1,
    };
    let mut doi = &path[at..];
    while let Some(rest) = VIEWS.iter().find_map(|view| doi.strip_suffix(view)) {
        doi = rest;
    }
    // Preprint servers write a version behind it.
    if doi.starts_with("10.1101/")
        && let Some(at) = doi.rfind('v')
        && !doi[at + 1..].is_empty()
        && doi[at + 1..].bytes().all(|b| b.is_ascii_digit())
    {
        doi = &doi[..at];
    }
    bare(doi)
}

/// The text with `%2F` and its like as the characters that they stand for; as it
/// is where that gives no text.
fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let code = (byte == b'%')
            .then(|| behind.get(..2))
            .flatten()
            .filter(|pair| pair.iter().all(u8::is_ascii_hexdigit))
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = &behind[2..];
            }
            None => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
