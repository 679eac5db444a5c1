//! Edits: adds a sentence to a paper's abstract, as a person would.

use std::fs;
use std::path::{Path, PathBuf};

/// The end of the abstract in a paper's file.
const NOTES: &str = "\n<!-- notes -->";

/// A paper to edit.
#[derive(Debug)]
pub(crate) struct Subject {
    /// Its file.
    file: PathBuf,
    /// Its page, relative to the site's root.
    pub(crate) page: String,
}

impl Subject {
    /// Some papers below a folder of Markdown files, spread evenly.
    pub(crate) fn some(folder: &Path, count: usize) -> Vec<Self> {
        let files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(walkdir::DirEntry::into_path)
            .collect();
        let count = count.min(files.len());
        (0..count)
            .filter_map(|n| {
                let file = files[n * files.len() / count].clone();
                let slug = file.file_stem()?.to_str()?;
                let page = format!("papers/{slug}/");
                Some(Self { file, page })
            })
            .collect()
    }

    /// Adds a sentence to the abstract.
    pub(crate) fn add(&self, sentence: &str) -> Result<(), String> {
        let fault = |error: std::io::Error| format!("{}: {error}", self.file.display());
        let mut text = fs::read_to_string(&self.file).map_err(fault)?;
        let end = text.find(NOTES).unwrap_or(text.len());
        let end = text[..end].trim_end().len();
        text.insert_str(end, &format!(" {sentence}"));
        fs::write(&self.file, text).map_err(fault)
    }
}
