//! `offprint export`: papers for other programs.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use crate::diagnostics::{Diagnostic, Place, nearest};
use crate::library::{Entry, Library};
use crate::site::{self, Bibliography};
use crate::topics::{Filter, Query};

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
    let mut out = BufWriter::new(io::stdout().lock());
    match command.format {
        ExportFormat::Jsonl => {
            for entry in papers {
                serde_json::to_writer(&mut out, &library.exported(entry, &settings.base_url))?;
                out.write_all(b"\n")?;
            }
        }
        ExportFormat::Bibtex => out.write_all(
            site::bibliography(&settings, &library, &papers, Bibliography::Bibtex).as_bytes(),
        )?,
        ExportFormat::Ris => out.write_all(
            site::bibliography(&settings, &library, &papers, Bibliography::Ris).as_bytes(),
        )?,
        ExportFormat::CslJson => out.write_all(
            site::bibliography(&settings, &library, &papers, Bibliography::Csl).as_bytes(),
        )?,
        ExportFormat::Csv => library.write_csv(&papers, &mut out)?,
    }
    out.flush()?;
    Ok(true)
}

fn chosen<'a>(command: &Export, library: &'a Library) -> Result<Vec<&'a Entry>, Box<Diagnostic>> {
    let unknown = |what: &str, id: &str, known: Vec<&str>| {
        let diagnostic = Diagnostic::error("unknown-id", format!("there is no {what} `{id}`"));
        Box::new(match nearest(id, known.iter().copied()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("known are {}", known.join(", "))),
        })
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
        papers.retain(|entry| entry.digests.contains(&digest));
    }
    if let Some(text) = &command.query {
        let query = Query::parse(text).map_err(|error| {
            let place = Place::span("--query", text, error.span.clone());
            Box::new(error.diagnostic(place))
        })?;
        let mut filter = Filter::new(&query);
        papers.retain(|entry| library.is_asked_for(entry, &mut filter));
    }
    Ok(papers)
}
