//! Cited papers: the papers of a library that files of LaTeX cite, found by the
//! keys in them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::cite::{Mention, mentions};
use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, LineIndex, Place, nearest};
use crate::library::{Entry, Library};
use crate::model::PaperId;
use crate::text::title_key;

use super::bibliography::{self, Bibliography};

/// The most files that are followed.
const MAX_FILES: usize = 2_000;

/// The longest file, in bytes.
const MAX_BYTES: u64 = 50 * 1024 * 1024;

/// What files cite.
#[derive(Debug, Default)]
pub struct Cited {
    /// The keys in the order in which they are met first, and where.
    keys: Vec<(String, Place)>,
    /// Whether all of the bibliography is cited.
    all: bool,
}

impl Cited {
    /// Reads files of LaTeX, or the `.aux` files that it wrote, and the files they
    /// take in from their folders. What could not be read is said.
    pub fn read(files: &[PathBuf]) -> (Self, Diagnostics) {
        let mut reader = Reader::default();
        for file in files {
            let folder = file.parent().unwrap_or(Path::new("")).to_owned();
            reader.follow(file, &folder, None);
        }
        (reader.cited, reader.said)
    }
}

#[derive(Default)]
struct Reader {
    cited: Cited,
    said: Diagnostics,
    seen: HashSet<String>,
    files: HashSet<PathBuf>,
}

impl Reader {
    /// Reads a file and, in the order in which they are met, those it takes in.
    fn follow(&mut self, first: &Path, folder: &Path, place: Option<Place>) {
        let mut open = vec![(first.to_owned(), place)];
        while let Some((file, place)) = open.pop() {
            let known = fs::canonicalize(&file).unwrap_or_else(|_| file.clone());
            if self.files.len() >= MAX_FILES || !self.files.insert(known) {
                continue;
            }
            let shown = file.display().to_string();
            let text = match read_bounded(&file) {
                Ok(text) => text,
                Err(problem) => {
                    let said = match place {
                        Some(place) => Diagnostic::warning(
                            "uncited-file",
                            format!("{shown} was not read: {problem}"),
                        )
                        .at(place)
                        .help("what it cites is missing"),
                        None => {
                            Diagnostic::error("unreadable", format!("cannot be read: {problem}"))
                                .at(Place::file(shown))
                                .help("name a .tex or .aux file")
                        }
                    };
                    self.said.push(said);
                    continue;
                }
            };
            let lines = LineIndex::new(&text);
            let mut inner = Vec::new();
            for (what, at) in mentions(&text) {
                let place = || lines.place(shown.as_str(), &text, at.clone());
                match what {
                    Mention::All => self.cited.all = true,
                    Mention::Key(key) => {
                        if self.seen.insert(key.to_owned()) {
                            self.cited.keys.push((key.to_owned(), place()));
                        }
                    }
                    Mention::File(name) => match within(name, folder, &file) {
                        Some(path) => inner.push((path, Some(place()))),
                        None => self.said.push(
                            Diagnostic::warning(
                                "uncited-file",
                                format!("`{name}` is not in the folder of the file that was named, and was not read"),
                            )
                            .at(place())
                            .help("name it after --cited as well"),
                        ),
                    },
                }
            }
            open.extend(inner.into_iter().rev());
        }
    }
}

fn read_bounded(file: &Path) -> Result<String, String> {
    let about = fs::metadata(file).map_err(|error| error.to_string())?;
    if !about.is_file() {
        return Err("it is not a file".to_owned());
    }
    if about.len() > MAX_BYTES {
        return Err("it is larger than 50 MB".to_owned());
    }
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The file of a name, beside the main file or beside the one that takes it in;
/// nothing where that leads out of the folder.
fn within(name: &str, folder: &Path, from: &Path) -> Option<PathBuf> {
    let as_given = Path::new(name);
    let with_ending = match as_given.extension() {
        Some(_) => as_given.to_owned(),
        None => as_given.with_extension("tex"),
    };
    let beside = from.parent().unwrap_or(folder);
    let found = [folder, beside]
        .iter()
        .flat_map(|base| {
            // "chapter.1" has a dot and no ending.
            let longer = PathBuf::from(format!("{name}.tex"));
            [
                base.join(&with_ending),
                base.join(longer),
                base.join(as_given),
            ]
        })
        .find(|path| path.is_file());
    let path = found.unwrap_or_else(|| folder.join(&with_ending));
    let root = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let (Ok(root), Ok(real)) = (fs::canonicalize(root), fs::canonicalize(&path)) else {
        // It is missing, which is said where it is read.
        return (!as_given.is_absolute() && !name.contains("..")).then_some(path);
    };
    real.starts_with(root).then_some(path)
}

/// A paper and the key under which it is cited.
pub type Keyed<'a> = (&'a Entry, String);

/// The papers that are cited, of those given, each under the key that cites it, and
/// what was not found.
pub fn cited<'a>(
    library: &'a Library,
    papers: &[&'a Entry],
    cited: &Cited,
) -> (Vec<Keyed<'a>>, Diagnostics) {
    let keys = bibliography::keys(library);
    let finder = Finder::new(papers, &keys);
    let mut found: Vec<Keyed<'a>> = Vec::new();
    let mut missing = Diagnostics::new();
    for (key, place) in &cited.keys {
        match finder.find(key) {
            Some(entry) => found.push((entry, key.clone())),
            None => {
                let said = Diagnostic::warning(
                    "unknown-citation",
                    format!("no paper is cited as `{key}`"),
                )
                .at(place.clone());
                missing.push(match nearest(key, finder.given.keys().copied()) {
                    Some(near) => said.help(format!("did you mean `{near}`?")),
                    None => said
                        .help("import the paper, or cite it by its DOI or its identifier at arXiv"),
                });
            }
        }
    }
    if cited.all {
        let known: HashSet<&str> = found
            .iter()
            .map(|(entry, _)| entry.paper.slug.as_str())
            .collect();
        let rest: Vec<Keyed<'a>> = papers
            .iter()
            .filter(|entry| !known.contains(entry.paper.slug.as_str()))
            .map(|entry| (*entry, keys[entry.number].clone()))
            .collect();
        found.extend(rest);
    }
    (found, missing)
}

/// The papers in one of the forms, each under its own key here.
pub fn keyed_bibliography(settings: &Settings, papers: &[Keyed<'_>], form: Bibliography) -> String {
    let (entries, keys): (Vec<&Entry>, Vec<&str>) = papers
        .iter()
        .map(|(entry, key)| (*entry, key.as_str()))
        .unzip();
    bibliography::text(&settings.base_url, &entries, &keys, form)
}

/// Papers by all that one may cite them by.
struct Finder<'a, 'k> {
    /// By the key in the bibliography that a paper came from.
    by_source: HashMap<&'a str, &'a Entry>,
    /// By the key in the exports.
    given: BTreeMap<&'k str, &'a Entry>,
    /// By both, without regard to case.
    folded: HashMap<String, &'a Entry>,
    by_id: HashMap<&'a PaperId, &'a Entry>,
    /// By the letters of its title or of its short name, and by its slug.
    by_title: HashMap<String, &'a Entry>,
}

impl<'a, 'k> Finder<'a, 'k> {
    fn new(papers: &[&'a Entry], keys: &'k [String]) -> Self {
        let mut finder = Self {
            by_source: HashMap::new(),
            given: BTreeMap::new(),
            folded: HashMap::new(),
            by_id: HashMap::new(),
            by_title: HashMap::new(),
        };
        for entry in papers.iter().copied() {
            let paper = &entry.paper;
            let given = keys[entry.number].as_str();
            finder.given.insert(given, entry);
            if let Some(key) = paper.citation_key.as_deref() {
                // Of several papers with one key, that which keeps it in exports.
                if given == key {
                    finder.by_source.insert(key, entry);
                } else {
                    finder.by_source.entry(key).or_insert(entry);
                }
                finder.folded.entry(key.to_lowercase()).or_insert(entry);
            }
            finder.folded.entry(given.to_lowercase()).or_insert(entry);
            for id in &paper.ids {
                finder.by_id.entry(id).or_insert(entry);
            }
            let names = [entry.title.as_str(), paper.slug.as_str()];
            for name in names.into_iter().chain(entry.short.as_deref()) {
                let key = title_key(name);
                if !key.is_empty() {
                    finder.by_title.entry(key).or_insert(entry);
                }
            }
        }
        finder
    }

    fn find(&self, key: &str) -> Option<&'a Entry> {
        let by_key = self
            .by_source
            .get(key)
            .or_else(|| self.given.get(key))
            .copied();
        by_key
            .or_else(|| self.by_id.get(&identifier(key)?).copied())
            .or_else(|| self.folded.get(&key.to_lowercase()).copied())
            .or_else(|| self.by_title.get(&title_key(key)).copied())
    }
}

/// The identifier that a key is: `arXiv:2403.03507`, `10.1145/1.2`, an address, or
/// `DBLP:journals/corr/abs-2403-03507`.
fn identifier(key: &str) -> Option<PaperId> {
    let dblp = key
        .to_lowercase()
        .split_once("journals/corr/abs-")
        .and_then(|(_, number)| PaperId::new("arxiv", &number.replacen('-', ".", 1)));
    dblp.or_else(|| PaperId::parse(key))
}
