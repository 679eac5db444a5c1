//! Tables: words with their vectors.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::vector::{DIMS, Vector};
use super::wide;
use super::words::{endings, for_each_word};
use super::{learn, packed};

/// A word's vector, in steps of its class. How long it is says how much the word
/// tells.
pub(super) type Row = [i8; DIMS];

/// The largest number of a vector, in whatever unit steps are.
const LARGEST: i32 = i16::MAX as i32;

/// The most words of a text that are added up: a sum of so many rows has room in 32
/// bits, whatever they are.
const MOST_WORDS: u32 = 1 << 16;

/// A word of a title counts as often as this in the vector of a paper.
pub const IN_TITLE: u32 = 2;

/// The table that ships.
static BUILT_IN: LazyLock<Table> = LazyLock::new(|| {
    packed::read(include_bytes!("table.xz")).expect("the table is whole: a test reads it")
});

/// Words with their vectors.
#[derive(Debug, Default)]
pub struct Table {
    words: Vec<Box<str>>,
    rows: Vec<Row>,
    /// For each word how common it is: twice the logarithm, to the base of two, of
    /// the papers of a large collection that have it.
    classes: Vec<u8>,
    /// The steps of the words of each class. The commoner a word, the finer they are.
    steps: Vec<u32>,
    numbers: HashMap<Box<str>, u32>,
}

impl Table {
    /// A table of words in their order. A word of a class that has no step says
    /// nothing.
    pub(super) fn new(
        words: Vec<Box<str>>,
        mut rows: Vec<Row>,
        classes: Vec<u8>,
        steps: Vec<u32>,
    ) -> Self {
        let mut numbers = HashMap::with_capacity(words.len());
        numbers.extend(words.iter().cloned().zip(0..));
        for (row, class) in rows.iter_mut().zip(&classes) {
            let step = steps.get(usize::from(*class)).map_or(0, |step| *step);
            let most = LARGEST / i32::try_from(step.max(1)).unwrap_or(i32::MAX);
            let most = match step {
                0 => 0,
                _ => i8::try_from(most).unwrap_or(i8::MAX),
            };
            // Rarely needed, and there are millions of numbers.
            if most < i8::MAX {
                for number in row {
                    *number = (*number).clamp(-most, most);
                }
            }
        }
        Self {
            words,
            rows,
            classes,
            steps,
            numbers,
        }
    }

    /// The table that ships with the program. It is unpacked when it is asked for
    /// first.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// A table learned from papers: `text` gives title and abstract by number.
    pub fn learned<'a>(papers: usize, text: impl Fn(usize) -> (&'a str, &'a str) + Sync) -> Self {
        learn::learn(papers, text)
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words in order, each with its class and its vector in the steps of the class.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (&str, u8, &[i8; DIMS])> {
        let words = self.words.iter().zip(&self.classes).zip(&self.rows);
        words.map(|((word, class), row)| (&**word, *class, row))
    }

    /// The word that has a number, with its class and its vector.
    ///
    /// # Panics
    /// When no word has this number.
    pub fn entry(&self, number: u32) -> (&str, u8, &[i8; DIMS]) {
        let number = number as usize;
        let (class, row) = (self.classes[number], &self.rows[number]);
        (&self.words[number], class, row)
    }

    /// The steps of the classes.
    pub fn steps(&self) -> &[u32] {
        &self.steps
    }

    /// The number of a word, or of the form of it that the table has.
    pub fn number(&self, word: &str) -> Option<u32> {
        self.exact(word).or_else(|| self.other_form(word))
    }

    /// The number of a word in just this form.
    pub fn exact(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The number of another form of a word.
    pub fn other_form(&self, word: &str) -> Option<u32> {
        endings(word).find_map(|form| self.exact(&form))
    }

    /// Whether it has a word or a form of it.
    pub fn knows(&self, word: &str) -> bool {
        self.number(word).is_some()
    }

    /// In how many of a large collection's papers a word is, roughly; none where the
    /// table does not have it.
    pub fn commonness(&self, word: &str) -> Option<u8> {
        self.number(word)
            .and_then(|number| self.classes.get(number as usize).copied())
    }

    /// The vector of a paper. The words of its title count twice.
    pub fn paper(&self, title: &str, text: &str) -> Vector {
        let mut sum = Sum::of(self);
        sum.add_text(title, IN_TITLE);
        sum.add_text(text, 1);
        sum.vector()
    }

    /// The vector of a query, or of any text without a title.
    pub fn query(&self, text: &str) -> Vector {
        let mut sum = Sum::of(self);
        sum.add_text(text, 1);
        sum.vector()
    }
}

/// Words whose vectors are added up.
#[derive(Debug)]
pub struct Sum<'a> {
    table: &'a Table,
    /// Each word that the table has, with how often it counts.
    words: Vec<(u32, u32)>,
    count: u32,
}

impl<'a> Sum<'a> {
    /// No words of a table.
    pub fn of(table: &'a Table) -> Self {
        Self {
            table,
            words: Vec::new(),
            count: 0,
        }
    }

    /// Adds the words of a text, each `times` times.
    pub fn add_text(&mut self, text: &str, times: u32) {
        for_each_word(text, &mut |word| {
            if let Some(number) = self.table.number(word) {
                self.add(number, times);
            }
        });
    }

    /// Adds a word of the table by its number.
    pub fn add(&mut self, number: u32, times: u32) {
        let times = times.min(MOST_WORDS - self.count);
        if times > 0 {
            self.words.push((number, times));
            self.count += times;
        }
    }

    /// The direction of the sum of the words so far.
    pub fn vector(&self) -> Vector {
        let table = self.table;
        let mut sum = [0_i32; DIMS];
        wide(
            #[inline(always)]
            || {
                for (number, times) in &self.words {
                    let number = *number as usize;
                    let step = table.steps.get(usize::from(table.classes[number]));
                    // No more than 2^16 words, no number larger than 2^15.
                    let times = i32::try_from(times * step.unwrap_or(&0)).unwrap_or(0);
                    for (sum, part) in sum.iter_mut().zip(&table.rows[number]) {
                        *sum += i32::from(*part) * times;
                    }
                }
            },
        );
        Vector::of_sum(&sum)
    }
}

/// A table as it is kept from one build to the next.
#[derive(Serialize, Deserialize)]
struct Kept {
    words: Vec<Box<str>>,
    rows: Vec<u8>,
    classes: Vec<u8>,
    steps: Vec<u32>,
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.rows.iter().flatten();
        let kept = Kept {
            words: self.words.clone(),
            rows: rows.map(|number| number.cast_unsigned()).collect(),
            classes: self.classes.clone(),
            steps: self.steps.clone(),
        };
        kept.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Table {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kept = Kept::deserialize(deserializer)?;
        let (rows, rest) = kept.rows.as_chunks::<DIMS>();
        let words = kept.words.len();
        if !rest.is_empty() || rows.len() != words || kept.classes.len() != words {
            return Err(D::Error::custom("a table that is cut off"));
        }
        let rows = rows.iter().map(|row| row.map(u8::cast_signed)).collect();
        Ok(Self::new(kept.words, rows, kept.classes, kept.steps))
    }
}
