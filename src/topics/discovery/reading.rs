//! A reading: the papers as runs of words that may make phrases. A run ends at
//! punctuation, at a stop word, and at a word of reporting ("propose", "based").

use std::collections::HashMap;

use super::plain;
use crate::text::{is_stop_word, stem, tokens};
use crate::topics::Evidence;

/// A stem's number within a reading.
pub(super) type StemId = u32;

/// A word of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) stem: StemId,
    /// How it is written there; a hyphen behind it belongs to it.
    surface: u32,
}

/// The parts of a paper in which terms count differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    Keywords,
    Abstract,
}

impl Part {
    pub(super) const ALL: [Self; 3] = [Self::Title, Self::Keywords, Self::Abstract];
}

/// The runs of one paper, by part.
#[derive(Debug, Default)]
struct Runs([Vec<Vec<Word>>; 3]);

/// The papers, read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    stems: Vec<Box<str>>,
    /// For each stem whether papers of every field use it.
    plain: Vec<bool>,
    surfaces: Vec<Box<str>>,
    papers: Vec<Runs>,
    /// For each paper the BLAKE3 hash of its slug.
    hashes: Vec<[u8; 32]>,
}

impl Reading {
    pub(super) fn of(papers: &[Evidence<'_>]) -> Self {
        let mut reader = Reader::default();
        for paper in papers {
            let mut runs = Runs::default();
            reader.read(paper.title, &mut runs.0[Part::Title as usize]);
            for keyword in &paper.paper.keywords {
                reader.read(keyword, &mut runs.0[Part::Keywords as usize]);
            }
            reader.read(paper.abstract_text, &mut runs.0[Part::Abstract as usize]);
            reader.reading.papers.push(runs);
            let hash = blake3::hash(paper.paper.slug.as_str().as_bytes());
            reader.reading.hashes.push(hash.into());
        }
        reader.reading
    }

    pub(super) fn papers(&self) -> usize {
        self.papers.len()
    }

    /// What stands for a paper where something shall seem to be left to chance.
    pub(super) fn hash(&self, paper: u32) -> &[u8; 32] {
        &self.hashes[paper as usize]
    }

    /// The runs of a part of a paper.
    pub(super) fn runs(&self, paper: usize, part: Part) -> &[Vec<Word>] {
        &self.papers[paper].0[part as usize]
    }

    pub(super) fn stem(&self, id: StemId) -> &str {
        &self.stems[id as usize]
    }

    /// Whether papers of every field use the word.
    pub(super) fn is_plain(&self, id: StemId) -> bool {
        self.plain[id as usize]
    }

    /// How words side by side are written in one place.
    pub(super) fn written(&self, words: &[Word]) -> String {
        let mut out = String::new();
        for word in words {
            if !out.is_empty() && !out.ends_with('-') {
                out.push(' ');
            }
            out.push_str(&self.surfaces[word.surface as usize]);
        }
        out.trim_end_matches('-').to_owned()
    }
}

/// The longest word that may name anything, in bytes.
const LONGEST: usize = 40;

#[derive(Debug, Default)]
struct Reader {
    reading: Reading,
    stems: HashMap<Box<str>, StemId>,
    surfaces: HashMap<Box<str>, u32>,
}

impl Reader {
    fn read(&mut self, text: &str, runs: &mut Vec<Vec<Word>>) {
        let mut run = Vec::new();
        let mut end = |run: &mut Vec<Word>| {
            if !run.is_empty() {
                runs.push(std::mem::take(run));
            }
        };
        let mut rest = text;
        loop {
            let start = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
            let gap = &rest[..start];
            if !gap.chars().all(char::is_whitespace) && !is_joint(gap) {
                end(&mut run);
            }
            rest = &rest[start..];
            if rest.is_empty() {
                break;
            }
            let length = word_length(rest);
            let (word, behind) = rest.split_at(length);
            let hyphen = behind.starts_with('-') && is_joint(&behind[..1]);
            rest = behind;
            match self.word(word, hyphen) {
                Some(word) => run.push(word),
                None => end(&mut run),
            }
        }
        end(&mut run);
    }

    /// A word that can be part of a phrase.
    fn word(&mut self, text: &str, hyphen: bool) -> Option<Word> {
        if text.chars().nth(1).is_none()
            || text.len() > LONGEST
            || text.bytes().all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let tokens = tokens(text);
        let [token] = &tokens[..] else {
            return None;
        };
        // “Low” says little; the “low” of “low-rank” names something.
        let in_compound = hyphen && matches!(token.as_ref(), "low" | "high" | "long" | "few");
        if !in_compound && (is_stop_word(token) || plain::is_reporting(token)) {
            return None;
        }
        let mut surface = surface(text);
        if hyphen {
            surface.push('-');
        }
        Some(Word {
            stem: self.stem(&stem(token)),
            surface: self.surface(surface),
        })
    }

    fn stem(&mut self, stem: &str) -> StemId {
        if let Some(id) = self.stems.get(stem) {
            return *id;
        }
        let id = number(self.stems.len());
        self.stems.insert(stem.into(), id);
        self.reading.stems.push(stem.into());
        self.reading.plain.push(plain::is_plain(stem));
        id
    }

    fn surface(&mut self, text: String) -> u32 {
        if let Some(id) = self.surfaces.get(&*text) {
            return *id;
        }
        let id = number(self.surfaces.len());
        let text: Box<str> = text.into();
        self.reading.surfaces.push(text.clone());
        self.surfaces.insert(text, id);
        id
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("four billion words are no library")
}

/// Whether what stands between two words joins them: "low-rank", "and/or".
fn is_joint(gap: &str) -> bool {
    matches!(gap, "-" | "/" | "‐" | "‑")
}

/// The length of the word at the beginning of a text. An apostrophe belongs to
/// it where letters follow.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner =
            matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, c)| c.is_alphanumeric());
        if !c.is_alphanumeric() && !inner {
            return at;
        }
    }
    text.len()
}

/// The word as a name would have it: without the capital that only its place
/// gave it, without a possessive.
fn surface(text: &str) -> String {
    let text = text
        .strip_suffix("'s")
        .or(text.strip_suffix("’s"))
        .unwrap_or(text);
    let strange = text.chars().skip(1).any(|c| !c.is_lowercase());
    if strange {
        text.to_owned()
    } else {
        text.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Paper, Slug};

    #[test]
    fn runs_end_where_no_phrase_goes_on() {
        let paper = Paper::new(Slug::parse("a").unwrap(), "");
        let evidence = Evidence {
            paper: &paper,
            title: "Low-Rank Adaptation of LLMs: we propose Kalman's Filters, path/motion planning (3 2D maps)",
            abstract_text: "",
            ..Evidence::of(&paper)
        };
        let reading = Reading::of(&[evidence]);
        let runs: Vec<String> = reading
            .runs(0, Part::Title)
            .iter()
            .map(|run| reading.written(run))
            .collect();
        let want = [
            "low-rank adaptation",
            "LLMs",
            "kalman filters",
            "path motion planning",
            "2D maps",
        ];
        assert_eq!(runs, want);
    }
}
