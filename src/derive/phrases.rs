//! Phrases: adjacent words that name a subject of a paper, so that the site can say what
//! two papers have in common. "Semantic segmentation" is a phrase, and so is the name
//! "GaLore"; "big" and "extensive experiments" are not.

use std::sync::{LazyLock, OnceLock};

use serde::{Deserialize, Serialize};

use crate::meaning::{self, Sum, Table, Vector};
use crate::text::{bare, is_stop_word, stem, words};
use crate::topics::plain;

/// A phrase of a paper: its position, and the key by which papers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The same for all ways to write it.
    pub key: u32,
    /// Its position.
    pub span: Span,
    /// How specific it is, at most 255: rare words and many words make it more so.
    pub worth: u8,
}

/// A part of a paper's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Span {
    /// Where it begins, in bytes.
    start: u16,
    length: u8,
    /// Whether it is in the title, else in the abstract.
    in_title: bool,
}

impl Span {
    /// The text at this position, as one writes it in the middle of a sentence.
    pub fn of<'a>(self, title: &'a str, text: &'a str) -> std::borrow::Cow<'a, str> {
        let whole = if self.in_title { title } else { text };
        let start = usize::from(self.start);
        let found = whole
            .get(start..start + usize::from(self.length))
            .unwrap_or_default();
        let before = whole.get(..start).unwrap_or_default().trim_end();
        let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':']);
        if self.in_title || begins {
            uncapitalised(found)
        } else {
            found.into()
        }
    }
}

/// The most words of a phrase.
const LONGEST: usize = 3;

/// The most phrases that are kept of a paper.
const MOST: usize = 24;

/// How much more specific a phrase in the title counts.
const IN_TITLE: u32 = 12;

/// A word that is in fewer of a large collection's papers than two to the power of half
/// of this tells something by itself; a commoner one only beside another …
const RARE: u8 = 14;

/// … or where it says much, as "pruning" does and "assistance" does not: its vector is
/// this long.
const TELLING: f64 = 1.5 * 16_384.0;

/// But no word that is commoner than this.
const COMMON: u8 = 20;

/// How much rarer a compound is than the rarest of its parts: "low-rank" tells more
/// than "rank".
const COMPOUND: u8 = 8;

/// How rare a word can be.
const RAREST: u8 = 30;

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Kind {
    class: u8,
    /// No phrase goes through it.
    is_break: bool,
    /// No phrase consists of such words.
    is_plain: bool,
    /// No phrase begins or ends with it.
    is_frame: bool,
    /// It says nothing by itself.
    is_half: bool,
    /// It says much.
    is_telling: bool,
}

impl Kind {
    fn of(word: &str, class: u8) -> Self {
        let stem = stem(word);
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            class,
            is_break: is_stop_word(word) || plain::is_reporting(word) || is_number,
            is_plain: plain::is_plain(&stem),
            is_frame: plain::is_frame(&stem) || plain::is_about_the_work(&stem),
            is_half: plain::is_half(&stem),
            is_telling: false,
        }
    }

    /// What is known of a word that the table does not have: of a compound, what its
    /// parts say.
    fn unknown(word: &str) -> Self {
        let parts = || word.split('-').filter(|part| !part.is_empty());
        if parts().nth(1).is_none() {
            return Self::of(word, 0);
        }
        let kinds: Vec<Self> = parts()
            .map(|part| {
                let number = Table::built_in().exact(part);
                number.map_or_else(|| Self::of(part, 0), kind_of)
            })
            .collect();
        let says_nothing = |kind: &Self| kind.is_break || kind.is_plain || kind.is_frame;
        Self {
            class: (kinds.iter().map(|kind| kind.class).min())
                .unwrap_or(0)
                .saturating_sub(COMPOUND),
            is_break: kinds.iter().all(says_nothing),
            is_plain: false,
            is_frame: false,
            is_half: false,
            is_telling: true,
        }
    }
}

/// The kinds of the words of the table that ships, by their numbers, as far as they were
/// asked for. All other words are rare.
static KINDS: LazyLock<Box<[OnceLock<Kind>]>> = LazyLock::new(|| {
    let words = 0..Table::built_in().len();
    words.map(|_| OnceLock::new()).collect()
});

/// The kind of a word of the table that ships.
fn kind_of(number: u32) -> Kind {
    let kind = || {
        let table = Table::built_in();
        let (word, class, row) = table.entry(number);
        let step = table.steps().get(usize::from(class)).copied().unwrap_or(0);
        let square: i32 = row.iter().map(|number| i32::from(*number).pow(2)).sum();
        Kind {
            is_telling: f64::from(square).sqrt() * f64::from(step) >= TELLING,
            ..Kind::of(word, class)
        }
    };
    *KINDS[number as usize].get_or_init(kind)
}

/// A word in its place.
struct Placed {
    start: usize,
    end: usize,
    hash: u64,
    kind: Kind,
    /// Whether it looks like a name: "LoRA", "GPT-4", "MRI".
    is_name: bool,
}

/// What the words of a paper say: what it is about, and what it speaks of. Both need each
/// word's entry in the table that ships, so one pass finds both.
#[derive(Debug, Clone, PartialEq)]
pub struct Gist {
    /// The direction of its title and abstract.
    pub vector: Vector,
    /// The direction of its title alone.
    pub title_vector: Vector,
    /// Its phrases, by rising key.
    pub phrases: Box<[Phrase]>,
}

/// Reads what the words of a paper say.
pub fn gist(title: &str, text: &str) -> Gist {
    let table = Table::built_in();
    let mut sum = Sum::of(table);
    let mut found: Vec<Phrase> = Vec::new();
    let mut title_vector = Vector::NONE;
    let mut lower = String::new();
    for (whole, in_title) in [(title, true), (text, false)] {
        let times = if in_title { meaning::IN_TITLE } else { 1 };
        let mut run: Vec<Placed> = Vec::new();
        for word in words(whole) {
            // Both are parts of the same text.
            let place = |part: &str| part.as_ptr() as usize - whole.as_ptr() as usize;
            let inner = bare(word);
            let start = place(inner);
            let end = start + inner.len();
            if start > place(word) {
                run.clear();
            }
            lower.clear();
            if inner.is_ascii() {
                lower.push_str(inner);
                lower.make_ascii_lowercase();
            } else {
                lower.extend(inner.chars().flat_map(char::to_lowercase));
            }
            let number = table.exact(&lower);
            if inner.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                // It is one word for the vector as well, as most are.
                if let Some(number) = number.or_else(|| table.other_form(&lower)) {
                    sum.add(number, times);
                }
            } else {
                sum.add_text(word, times);
            }
            let kind = number.map(kind_of);
            let kind = kind.unwrap_or_else(|| Kind::unknown(&lower));
            if kind.is_break || inner.is_empty() || u16::try_from(end).is_err() {
                run.clear();
                continue;
            }
            run.push(Placed {
                start,
                end,
                hash: hash(&lower),
                kind,
                is_name: is_name(inner),
            });
            for count in 1..=LONGEST.min(run.len()) {
                found.extend(phrase(&run[run.len() - count..], in_title));
            }
            if end < place(word) + word.len() {
                run.clear();
            }
        }
        if in_title {
            title_vector = sum.vector();
        }
    }
    Gist {
        vector: sum.vector(),
        title_vector,
        phrases: chosen(found),
    }
}

fn phrase(words: &[Placed], in_title: bool) -> Option<Phrase> {
    let (first, last) = (words.first()?, words.last()?);
    if first.kind.is_frame || last.kind.is_frame {
        return None;
    }
    if words.iter().all(|word| word.kind.is_plain && !word.is_name) {
        return None;
    }
    if let [word] = words {
        let is_rare = word.kind.class < RARE || (word.kind.is_telling && word.kind.class <= COMMON);
        let tells = is_rare && !word.kind.is_half && word.end - word.start > 2;
        if !(tells || word.is_name && word.kind.class < 2 * RARE) {
            return None;
        }
    }
    let rarity = |word: &Placed| u32::from(RAREST - word.kind.class.min(RAREST)) + 4;
    let worth = words.iter().map(rarity).sum::<u32>() + u32::from(in_title) * IN_TITLE;
    let key = words
        .iter()
        .fold(0_u64, |key, word| key.rotate_left(21) ^ word.hash);
    Some(Phrase {
        key: (key ^ key >> 32) as u32,
        span: Span {
            start: u16::try_from(first.start).ok()?,
            length: u8::try_from(last.end - first.start).ok()?,
            in_title,
        },
        worth: u8::try_from(worth).unwrap_or(u8::MAX),
    })
}

/// The phrases that tell most, each once.
fn chosen(mut found: Vec<Phrase>) -> Box<[Phrase]> {
    // Of one phrase the first place, that in the title before those in the abstract.
    found.sort_unstable_by_key(|one| (one.key, !one.span.in_title, one.span.start));
    found.dedup_by(|later, first| {
        let is_same = later.key == first.key;
        // A title may write everything with capitals.
        if is_same && first.span.in_title && !later.span.in_title {
            first.span = later.span;
        }
        is_same
    });
    if found.len() > MOST {
        found.select_nth_unstable_by_key(MOST - 1, |phrase| {
            (std::cmp::Reverse(phrase.worth), phrase.key)
        });
        found.truncate(MOST);
        found.sort_unstable_by_key(|phrase| phrase.key);
    }
    found.into()
}

/// A number for a word, whether it is one or many, and however its parts are joined.
fn hash(lower: &str) -> u64 {
    let single = match lower.strip_suffix('s') {
        Some(rest) if rest.len() > 3 && !rest.ends_with(['s', 'u', 'i']) => rest,
        _ => lower,
    };
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in single.bytes().filter(|byte| *byte != b'-') {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^ hash >> 29
}

/// Whether a word is written as names are: with a capital that is not its first letter.
fn is_name(word: &str) -> bool {
    let has_capital = match word.is_ascii() {
        true => word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()),
        false => word.chars().skip(1).any(char::is_uppercase),
    };
    has_capital && word.len() > 2 && !word.contains('-')
}

/// Words that only begin with a capital in lower case.
fn uncapitalised(text: &str) -> std::borrow::Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let begins = !before.is_alphanumeric();
        let follows_small = chars.peek().is_some_and(|next| next.is_lowercase());
        if begins && c.is_uppercase() && follows_small && has_one_capital(text, out.len()) {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        before = c;
    }
    if out == text { text.into() } else { out.into() }
}

/// Whether the word that begins at a place has no other capital.
fn has_one_capital(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let word = rest.split([' ', '-']).next().unwrap_or_default();
    word.chars()
        .skip(1)
        .all(|c| !c.is_uppercase() && !c.is_numeric())
}

/// What two papers have in common, most telling first: spans in the texts of the
/// first. None is a part of another.
pub fn shared(own: &[Phrase], other: &[Phrase], most: usize) -> Vec<Span> {
    let mut both: Vec<(u32, Phrase)> = Vec::new();
    let mut others = other.iter().peekable();
    for phrase in own {
        while others.next_if(|other| other.key < phrase.key).is_some() {}
        if let Some(other) = others.peek().filter(|other| other.key == phrase.key) {
            both.push((u32::from(phrase.worth) + u32::from(other.worth), *phrase));
        }
    }
    both.sort_by_key(|(worth, phrase)| (std::cmp::Reverse(*worth), phrase.key));
    let mut told: Vec<Span> = Vec::with_capacity(most);
    for (_, phrase) in &both {
        let span = phrase.span;
        let overlaps = |other: &Span| {
            other.in_title == span.in_title
                && other.start < span.start + u16::from(span.length)
                && span.start < other.start + u16::from(other.length)
        };
        if !told.iter().any(overlaps) {
            told.push(span);
            if told.len() == most {
                break;
            }
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(title: &str, text: &str) -> Vec<String> {
        let found = gist(title, text).phrases;
        found
            .iter()
            .map(|phrase| phrase.span.of(title, text).into_owned())
            .collect()
    }

    #[test]
    fn phrases_are_what_a_paper_speaks_of() {
        let found = told(
            "GaLore: Memory-Efficient Training",
            "We propose a novel method for semantic segmentation. Extensive experiments show \
             that the big model needs assistance, and GaLore helps.",
        );
        for phrase in ["semantic segmentation", "GaLore"] {
            assert!(found.iter().any(|one| one == phrase), "{phrase}: {found:?}");
        }
        for phrase in [
            "big",
            "assistance",
            "novel method",
            "extensive experiments",
            "method",
        ] {
            assert!(
                !found.iter().any(|one| one == phrase),
                "{phrase}: {found:?}"
            );
        }
    }

    #[test]
    fn what_two_papers_share_is_told_once_and_at_its_longest() {
        let one = ("On Graph Neural Networks", "We study protein folding.");
        let other = ("Folding", "A graph neural network for protein folding.");
        let of = |paper: (&str, &str)| gist(paper.0, paper.1).phrases;
        let shared = shared(&of(one), &of(other), 3);
        let told: Vec<_> = shared.iter().map(|span| span.of(one.0, one.1)).collect();
        assert!(told.contains(&"graph neural networks".into()), "{told:?}");
        assert!(told.contains(&"protein folding".into()), "{told:?}");
        assert_eq!(told.len(), 2, "{told:?}");
    }

    #[test]
    fn vectors_are_those_of_the_table() {
        let table = Table::built_in();
        let title = "GaLore: Memory-Efficient Training";
        let text =
            "We (propose) a naïve method’s low-rank trick, state-of-the-art; 3D İstanbul ﬁts.";
        let gist = gist(title, text);
        assert_eq!(gist.vector, table.paper(title, text));
        assert_eq!(gist.title_vector, table.query(title));
    }

    #[test]
    fn hostile_texts_give_phrases_or_none() {
        for text in [
            "",
            "–",
            "é".repeat(70_000).as_str(),
            "a-b ".repeat(40_000).as_str(),
            "İ İ İ",
        ] {
            assert!(gist(text, text).phrases.len() <= MOST);
        }
    }
}
