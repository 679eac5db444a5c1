//! Inheritance through `crossref` and `xdata`, following BibLaTeX's tables. Fields
//! that identify the other entry, or concern only it, are never inherited.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::blocks::Block;
use super::entry::{Entry, Piece};
use super::expand::{Excess, MAX_RECORD, Macros};

/// An entry's values by field name, as TeX.
pub(super) type EntryFields = BTreeMap<String, String>;

/// The most entries that one may inherit from, across all generations.
const MAX_PARENTS: usize = 32;

/// The entries of a file, by key.
#[derive(Debug, Default)]
pub(super) struct Shelf<'a> {
    items: Vec<Item<'a>>,
    by_key: HashMap<String, usize>,
    /// The keys named in `crossref` fields.
    referred: BTreeSet<String>,
}

#[derive(Debug)]
struct Item<'a> {
    block: usize,
    line: usize,
    kind: &'a str,
    entry: Entry<'a>,
}

/// An entry after inheritance.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    pub(super) fields: EntryFields,
    /// Fields that it has twice.
    pub(super) repeated: Vec<String>,
    /// Keys that it refers to and that do not exist.
    pub(super) missing: Vec<String>,
}

impl<'a> Shelf<'a> {
    /// Adds an entry and returns its number.
    pub(super) fn add(&mut self, n: usize, block: &'a Block<'a>, entry: Entry<'a>) -> usize {
        let number = self.items.len();
        let plain = |name: &str| {
            let (_, value) = entry.fields.iter().find(|(field, _)| field == name)?;
            match value[..] {
                [Piece::Text(text)] => Some(text),
                _ => None,
            }
        };
        if let Some(key) = plain("crossref") {
            self.referred.insert(folded(key));
        }
        let others = plain("ids").unwrap_or_default().split(',');
        for key in std::iter::once(entry.key).chain(others) {
            if !key.trim().is_empty() {
                self.by_key.entry(folded(key)).or_insert(number);
            }
        }
        self.items.push(Item {
            block: n,
            line: block.line,
            kind: &block.kind,
            entry,
        });
        number
    }

    /// The key of an entry.
    pub(super) fn key(&self, number: usize) -> &str {
        self.items[number].entry.key
    }

    /// Whether an entry is a volume that others refer to, rather than a paper.
    pub(super) fn is_volume(&self, number: usize) -> bool {
        let item = &self.items[number];
        let has_author = || item.entry.fields.iter().any(|(name, _)| name == "author");
        let is_volume = match item.kind {
            "proceedings" | "mvproceedings" | "collection" | "mvcollection" | "reference"
            | "mvreference" | "periodical" => true,
            "book" | "mvbook" => !has_author(),
            _ => false,
        };
        is_volume && self.referred.contains(&folded(item.entry.key))
    }

    /// An entry's fields after macro expansion and inheritance.
    pub(super) fn resolve(
        &self,
        number: usize,
        length: usize,
        macros: &mut Macros,
    ) -> Result<Resolved, Excess> {
        let room = macros.room(length);
        let mut walk = Walk {
            shelf: self,
            macros,
            room,
            parents: 0,
            path: Vec::new(),
            missing: Vec::new(),
        };
        let result = walk.fields(number);
        let (left, missing) = (walk.room, walk.missing);
        macros.grow((room - left).saturating_sub(length));
        match result {
            Ok((fields, repeated)) => Ok(Resolved {
                fields,
                repeated,
                missing,
            }),
            Err(Excess::Record) if room < MAX_RECORD => Err(Excess::File),
            Err(excess) => Err(excess),
        }
    }
}

fn folded(key: &str) -> String {
    key.trim().to_lowercase()
}

/// The path from an entry through those it inherits from.
struct Walk<'w, 'a> {
    shelf: &'w Shelf<'a>,
    macros: &'w mut Macros,
    room: usize,
    parents: usize,
    /// The entries on the path, to prevent cycles.
    path: Vec<usize>,
    missing: Vec<String>,
}

impl Walk<'_, '_> {
    fn fields(&mut self, number: usize) -> Result<(EntryFields, Vec<String>), Excess> {
        let item = &self.shelf.items[number];
        let mut fields = EntryFields::new();
        let mut repeated = Vec::new();
        for (name, value) in &item.entry.fields {
            let text = self
                .macros
                .expand(value, item.block, item.line, &mut self.room)?;
            match fields.get(name) {
                Some(first) if *first != text => repeated.push(name.clone()),
                Some(_) => {}
                None => {
                    fields.insert(name.clone(), text);
                }
            }
        }
        self.path.push(number);
        let keys = fields.get("xdata").cloned().unwrap_or_default();
        for key in keys.split(',').filter(|key| !key.trim().is_empty()) {
            if let Some((_, parent)) = self.parent(key)? {
                add(&mut fields, parent, |name| {
                    (!is_own(name)).then(|| name.to_owned())
                });
            }
        }
        let crossref = fields.get("crossref").cloned();
        if let Some(key) = crossref.filter(|key| !key.trim().is_empty())
            && let Some((kind, parent)) = self.parent(&key)?
        {
            let renamed: EntryFields = parent
                .iter()
                .filter_map(|(name, text)| {
                    Some((target(kind, item.kind, name)?.to_owned(), text.clone()))
                })
                .collect();
            add(&mut fields, parent, |name| {
                let stays = is_own(name) || is_of_volume(name);
                (!stays).then(|| name.to_owned())
            });
            add(&mut fields, renamed, |name| Some(name.to_owned()));
        }
        self.path.pop();
        Ok((fields, repeated))
    }

    /// The type and fields of the entry with this key. `None` if it does not exist
    /// or is already on the path.
    fn parent(&mut self, key: &str) -> Result<Option<(&'static str, EntryFields)>, Excess> {
        let Some(&number) = self.shelf.by_key.get(&folded(key)) else {
            self.missing.push(key.trim().chars().take(80).collect());
            return Ok(None);
        };
        if self.path.contains(&number) {
            return Ok(None);
        }
        self.parents += 1;
        if self.parents > MAX_PARENTS {
            return Err(Excess::Parents);
        }
        let (fields, _) = self.fields(number)?;
        Ok(Some((family(self.shelf.items[number].kind), fields)))
    }
}

/// Adds a parent's values under the child's names for them. The child's own values
/// win, and dates are only inherited as a whole.
fn add(fields: &mut EntryFields, parent: EntryFields, target: impl Fn(&str) -> Option<String>) {
    let is_date = |name: &str| matches!(name, "date" | "year" | "month" | "day");
    let dated = fields.keys().any(|name| is_date(name));
    for (name, text) in parent {
        if dated && is_date(&name) {
            continue;
        }
        if let Some(name) = target(&name) {
            fields.entry(name).or_insert(text);
        }
    }
}

/// The kind of volume that an entry type is.
fn family(kind: &str) -> &'static str {
    match kind {
        "mvbook" | "mvcollection" | "mvreference" | "mvproceedings" => "several",
        "periodical" => "periodical",
        _ => "volume",
    }
}

/// The child's name for a parent's field, if it differs.
fn target(parent: &str, child: &str, name: &str) -> Option<&'static str> {
    let in_journal = matches!(child, "article" | "suppperiodical");
    Some(match (parent, name) {
        ("several", "title") => "maintitle",
        ("several", "subtitle") => "mainsubtitle",
        ("periodical", "title") if in_journal => "journaltitle",
        ("periodical", "subtitle") if in_journal => "journalsubtitle",
        (_, "title") => "booktitle",
        (_, "subtitle") => "booksubtitle",
        (_, "author") if child == "inbook" => "bookauthor",
        _ => return None,
    })
}

/// Fields that are never inherited: names, identifiers, and fields that control
/// printing.
fn is_own(name: &str) -> bool {
    matches!(
        name,
        "crossref"
            | "xref"
            | "xdata"
            | "ids"
            | "key"
            | "entryset"
            | "entrysubtype"
            | "execute"
            | "label"
            | "options"
            | "presort"
            | "related"
            | "relatedoptions"
            | "relatedstring"
            | "relatedtype"
            | "shorthand"
            | "shorthandintro"
            | "sortkey"
            | "sortname"
            | "sorttitle"
            | "sortyear"
            | "doi"
            | "eprint"
            | "eprinttype"
            | "eprintclass"
            | "archiveprefix"
            | "primaryclass"
            | "arxivid"
            | "pmid"
            | "pmcid"
            | "url"
            | "urldate"
            | "howpublished"
            | "adsurl"
            | "biburl"
            | "bibsource"
            | "timestamp"
            | "pdf"
            | "file"
            | "code"
            | "github"
            | "project"
            | "video"
            | "dataset"
            | "demo"
            | "zblnumber"
            | "mrnumber"
            | "citation-key"
    )
}

/// Fields that concern the volume as a whole.
fn is_of_volume(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "subtitle"
            | "titleaddon"
            | "shorttitle"
            | "author"
            | "abstract"
            | "pages"
            | "pagetotal"
            | "numpages"
            | "note"
            | "addendum"
            | "annote"
            | "annotation"
            | "keywords"
            | "keyword"
            | "type"
            | "award"
            | "tldr"
    )
}
