//! Publishes the site as a single archive, as used by GitHub Pages workflows. Pages
//! are added as they are rendered and never exist as files of their own.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use rayon::prelude::*;

use super::changes::{Changes, There};
use super::report::PublishReport;
use super::{Publishing, unbuilt};
use crate::check::{self, CheckOptions};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::site::{self, Edition, Record};

/// How many files are rendered while the previous batch is written.
const BATCH: usize = 512;

/// What files of two archives are compared by: size and hash.
type Content = (u64, blake3::Hash);

/// Publishes to an archive.
pub(super) fn publish(
    publishing: &Publishing<'_>,
    file: &Path,
    report: &mut PublishReport,
) -> Result<(), Diagnostics> {
    let shown = file.strip_prefix(".").unwrap_or(file);
    report.to = shown.display().to_string();
    let earlier = earlier(publishing, file).map_err(|fault| Diagnostics::from(*fault))?;
    let (edition, built) =
        Edition::load_in(publishing.alone, publishing.build, publishing.progress);
    if let Some(import) = built.import {
        report.take(import.diagnostics);
    }
    let Some(edition) = edition else {
        report.take(built.diagnostics);
        report.diagnostics.push(unbuilt());
        return Ok(());
    };
    report.pages = built.pages;
    report.files = edition.paths().len();
    if !publishing.options.unchecked {
        let options = CheckOptions {
            host: publishing.target.host,
            ..CheckOptions::default()
        };
        let checked =
            check::check_loaded(&edition, &options, built.diagnostics, publishing.progress);
        if !publishing.allow_checked(checked, report) {
            return Ok(());
        }
    } else {
        report.take(built.diagnostics);
    }
    let fault = |error: &io::Error| {
        Diagnostics::from(
            Diagnostic::error("unwritable", format!("cannot be written: {error}"))
                .at(Place::file(file.display().to_string()))
                .help("check permissions and free space, and publish again"),
        )
    };
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // The old archive stays until the new one is complete.
    let beside = folder.join(format!(
        ".{}.part",
        file.file_name().unwrap_or_default().to_string_lossy()
    ));
    let (mut new, mut nowhere);
    let sink: &mut (dyn Write + Send) = if publishing.options.dry_run {
        nowhere = io::sink();
        &mut nowhere
    } else {
        fs::create_dir_all(folder).map_err(|error| fault(&error))?;
        new = hold(&beside).map_err(|error| fault(&error))?;
        &mut new
    };
    let contents = write(&edition, sink, publishing, &fault).map_err(|mut found| {
        found.push(unbuilt());
        found
    })?;
    let told = tell(&earlier, &contents, publishing, report);
    if publishing.options.dry_run {
        return told;
    }
    if told.is_err() || report.changes.is_empty() {
        let _ = fs::remove_file(&beside);
        return told;
    }
    fs::rename(&beside, file).map_err(|error| fault(&error))?;
    report.published = true;
    Ok(())
}

/// Opens and locks a file to fill. Another site may be publishing to the same
/// archive. Leftovers of a killed run are dropped.
fn hold(path: &Path) -> io::Result<fs::File> {
    if fs::symlink_metadata(path).is_ok_and(|file| file.is_symlink()) {
        fs::remove_file(path)?;
    }
    loop {
        let mut open = fs::OpenOptions::new();
        let file = open.create(true).truncate(false).write(true).open(path)?;
        file.lock()?;
        // The previous holder has usually moved the file away.
        if is_at(&file, path) {
            file.set_len(0)?;
            return Ok(file);
        }
    }
}

/// Whether an open file is the one at a path.
fn is_at(file: &fs::File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (Ok(open), Ok(there)) = (file.metadata(), fs::metadata(path)) else {
            return false;
        };
        (open.dev(), open.ino()) == (there.dev(), there.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

/// What the previous archive holds. Refuses a file that must not be overwritten:
/// one of the site's own, or something that is not such an archive.
fn earlier(
    publishing: &Publishing<'_>,
    file: &Path,
) -> Result<BTreeMap<String, Content>, Box<Diagnostic>> {
    let place = || Place::file(file.display().to_string());
    if file.extension().is_none_or(|ending| ending != "tar") {
        let message = format!("`{}` does not end in .tar", file.display());
        let said = Diagnostic::error("bad-value", message).at(place());
        return Err(Box::new(
            said.help("the archive is an uncompressed tar file"),
        ));
    }
    if let Some(refusal) = site::refuse(publishing.alone.site(), file) {
        let help = "choose a file elsewhere, such as artifact.tar";
        return Err(Box::new(refusal.help(help)));
    }
    let earlier = read(file);
    let is_other = file.exists() && !earlier.contains_key(Record::FILE);
    if is_other && !publishing.options.replace {
        let said = Diagnostic::error("foreign-files", "exists and is not an archive of a site");
        return Err(Box::new(said.at(place()).help(
            "check that this is the file you mean; if so, publish with --replace",
        )));
    }
    Ok(earlier)
}

/// Writes all files of a site, in the order of its plan.
fn write(
    edition: &Edition,
    sink: &mut (dyn Write + Send),
    publishing: &Publishing<'_>,
    fault: &(dyn Fn(&io::Error) -> Diagnostics + Sync),
) -> Result<BTreeMap<String, Content>, Diagnostics> {
    let paths: Vec<&str> = edition.paths().collect();
    let progress = publishing.progress;
    progress.begin("writing", Some(paths.len()));
    let mut archive = tar::Builder::new(BufWriter::with_capacity(1 << 20, sink));
    let mut contents = BTreeMap::new();
    let render = |from: usize| -> Result<Vec<Vec<u8>>, Diagnostics> {
        let to = (from + BATCH).min(paths.len());
        let made: Result<Vec<_>, _> = (from..to)
            .into_par_iter()
            .map(|n| edition.make(n))
            .collect();
        made.map_err(|fault| Diagnostics::from(*fault))
    };
    let mut ahead = render(0)?;
    let mut at = 0;
    while at < paths.len() {
        let batch = ahead;
        let next = at + batch.len();
        let add = || -> io::Result<()> {
            for (path, bytes) in paths[at..next].iter().zip(&batch) {
                append(&mut archive, path, bytes)?;
                contents.insert((*path).to_owned(), content(bytes));
                progress.step();
            }
            Ok(())
        };
        // One thread writes while the others render.
        let (rendered, added) = rayon::join(|| render(next), add);
        added.map_err(|error| fault(&error))?;
        ahead = rendered?;
        at = next;
    }
    let record = edition.record().text();
    let ended = append(&mut archive, Record::FILE, record.as_bytes())
        .and_then(|()| archive.into_inner())
        .and_then(|mut sink| sink.flush());
    contents.insert(Record::FILE.to_owned(), content(record.as_bytes()));
    progress.end();
    ended.map_err(|error| fault(&error))?;
    Ok(contents)
}

/// Adds a file. The same site always gives the same archive: no times, no user
/// names.
fn append<W: Write>(archive: &mut tar::Builder<W>, path: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_mtime(0);
    header.set_entry_type(tar::EntryType::Regular);
    archive.append_data(&mut header, path, bytes)
}

fn content(bytes: &[u8]) -> Content {
    (bytes.len() as u64, blake3::hash(bytes))
}

/// The files of the previous archive; empty if it is missing or incomplete.
fn read(file: &Path) -> BTreeMap<String, Content> {
    let Ok(archive) = fs::File::open(file) else {
        return BTreeMap::new();
    };
    let mut archive = tar::Archive::new(io::BufReader::with_capacity(1 << 20, archive));
    let mut files = BTreeMap::new();
    let Ok(entries) = archive.entries() else {
        return files;
    };
    for entry in entries {
        let Ok(mut entry) = entry else {
            return BTreeMap::new();
        };
        let Ok(path) = entry.path().map(|path| path.to_string_lossy().into_owned()) else {
            continue;
        };
        let mut bytes = Vec::new();
        if entry.read_to_end(&mut bytes).is_err() {
            return BTreeMap::new();
        }
        files.insert(path, content(&bytes));
    }
    files
}

/// Reports how the new archive differs from the previous one.
fn tell(
    earlier: &BTreeMap<String, Content>,
    contents: &BTreeMap<String, Content>,
    publishing: &Publishing<'_>,
    report: &mut PublishReport,
) -> Result<(), Diagnostics> {
    let mut changes = Changes::default();
    for (path, content) in contents {
        changes.add(
            path,
            match earlier.get(path) {
                None => There::No,
                Some(there) if there == content => There::Same,
                Some(_) => There::Other,
            },
        );
    }
    for path in earlier.keys().filter(|path| !contents.contains_key(*path)) {
        changes.remove(path);
    }
    let changes = changes.sorted();
    report.tell(&changes, |path| contents.get(path).map_or(0, |file| file.0));
    publishing.allow(&changes)
}
