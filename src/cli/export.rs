//! `offprint export`: writes papers in other formats.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use crate::diagnostics::{Diagnostic, Place, nearest};
use crate::library::{Entry, Library};
use crate::site::{self, Bibliography, Choice, Cited, Keyed};
use crate::topics::Query;

use super::arguments::{Export, ExportFormat};
use super::console::Console;

pub(super) fn run(command: &Export, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some(site) = console.site(site) else {
        return Ok(false);
    };
    let (loaded, found) = site::load(&site);
    console.diagnostics(&found, false);
    let Some((settings, library)) = loaded.filter(|_| !found.has_errors()) else {
        return Ok(false);
    };
    let papers = match chosen(command, &library) {
        Ok(papers) => papers,
        Err(diagnostic) => {
            console.diagnostics(&(*diagnostic).into(), false);
            return Ok(false);
        }
    };
    let (chosen, mut papers) = papers;
    let is_by_citation = !command.cited.is_empty();
    let format = command.format.unwrap_or(match is_by_citation {
        true => ExportFormat::Bibtex,
        false => ExportFormat::Jsonl,
    });
    let mut all_found = true;
    let mut keyed: Vec<Keyed<'_>> = Vec::new();
    if is_by_citation {
        let (cited, said) = Cited::read(&command.cited);
        console.diagnostics(&said, false);
        if said.has_errors() {
            return Ok(false);
        }
        let (found, missing) = site::cited(&library, &papers, &cited);
        console.diagnostics(&missing, false);
        all_found = said.is_empty() && missing.is_empty();
        let mut seen = HashSet::new();
        papers = found
            .iter()
            .map(|(entry, _)| *entry)
            .filter(|entry| seen.insert(entry.number))
            .collect();
        keyed = found;
    }
    let bibliography = |form| match is_by_citation {
        true => site::keyed_bibliography(&settings, &keyed, form),
        false => site::bibliography(&settings, &library, &papers, form),
    };
    let page = match format {
        ExportFormat::Html => match site::handout(&site, &settings, &library, chosen, &papers) {
            Ok(page) => Some(page),
            Err(found) => {
                console.diagnostics(&found, false);
                return Ok(false);
            }
        },
        _ => None,
    };
    // Create the file only once there is something to write.
    let sink: Box<dyn Write> = match &command.output {
        Some(path) => match File::create(path) {
            Ok(file) => Box::new(file),
            Err(error) => {
                let place = Place::file(path.display().to_string());
                let diagnostic =
                    Diagnostic::error("unwritable", format!("cannot be written: {error}"))
                        .at(place)
                        .help("choose a file in an existing folder");
                console.diagnostics(&diagnostic.into(), false);
                return Ok(false);
            }
        },
        None => Box::new(io::stdout().lock()),
    };
    let mut out = BufWriter::new(sink);
    match format {
        ExportFormat::Html => out.write_all(&page.unwrap_or_default())?,
        ExportFormat::Jsonl => {
            for entry in &papers {
                serde_json::to_writer(&mut out, &library.exported(entry, &settings.base_url))?;
                out.write_all(b"\n")?;
            }
        }
        ExportFormat::Bibtex => out.write_all(bibliography(Bibliography::Bibtex).as_bytes())?,
        // RIS has no keys, so a paper cited under two keys is written once.
        ExportFormat::Ris => out.write_all(
            site::bibliography(&settings, &library, &papers, Bibliography::Ris).as_bytes(),
        )?,
        ExportFormat::CslJson => out.write_all(bibliography(Bibliography::Csl).as_bytes())?,
        ExportFormat::Csv => library.write_csv(&papers, &mut out)?,
    }
    out.flush()?;
    Ok(all_found || !command.strict)
}

/// How papers were selected, and the papers.
type Chosen<'a> = (Choice<'a>, Vec<&'a Entry>);

fn chosen<'a>(command: &'a Export, library: &'a Library) -> Result<Chosen<'a>, Box<Diagnostic>> {
    let unknown = |what: &str, id: &str, known: Vec<&str>| {
        let diagnostic = Diagnostic::error("unknown-id", format!("there is no {what} `{id}`"));
        Box::new(match nearest(id, known.iter().copied()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("known are {}", known.join(", "))),
        })
    };
    let mut choice = Choice {
        query: command.query.as_deref(),
        ..Choice::default()
    };
    let mut papers: Vec<&Entry> = library.papers.iter().collect();
    if let Some(id) = &command.topic {
        let Some(topic) = library
            .topics
            .iter()
            .position(|entry| entry.topic.id.as_str() == id)
        else {
            return Err(unknown(
                "topic",
                id,
                library
                    .topics
                    .iter()
                    .map(|entry| entry.topic.id.as_str())
                    .collect(),
            ));
        };
        choice.topic = Some(topic);
        papers.retain(|entry| entry.topics.iter().any(|score| score.topic == topic));
    }
    if let Some(id) = &command.digest {
        let Some(digest) = library
            .digests
            .iter()
            .position(|entry| entry.digest.id.as_str() == id)
        else {
            return Err(unknown(
                "digest",
                id,
                library
                    .digests
                    .iter()
                    .map(|entry| entry.digest.id.as_str())
                    .collect(),
            ));
        };
        choice.digest = Some(digest);
        papers.retain(|entry| entry.digests.contains(&digest));
    }
    if let Some(text) = &command.query {
        let query = Query::parse(text).map_err(|error| {
            let place = Place::span("--query", text, error.span.clone());
            Box::new(error.diagnostic(place))
        })?;
        papers = library.asked_for(&query, papers);
    }
    Ok((choice, papers))
}
