//! Packed: the file format of the built-in table, as `scripts/pack-vectors` writes it.
//!
//! Decompressed with xz, it contains (numbers are little-endian):
//!
//! * a line with its name,
//! * how many numbers a vector has and how many classes there are (two bytes each),
//!   and how many words (four),
//! * for each class the step between its numbers (four bytes), in parts of 2¹⁴,
//! * the words in order, each as the prefix that it shares with the one before and the
//!   rest (one byte each for both lengths),
//! * the class of each word (one byte),
//! * the vectors of the words of the last class, then of the one before, and so on,
//!   within a class in the order of the words; 0, -1, 1, -2 … are written as 0, 1, 2, 3
//!   …

use std::io::Read;

use lzma_rust2::XzReader;

use super::DIMS;
use super::table::{Row, Table};

/// What the file begins with.
const HEAD: &[u8] = b"offprint words 1\n";

/// Why a file is not a valid table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damaged;

/// Reads the table in a packed file.
pub(super) fn read(packed: &[u8]) -> Result<Table, Damaged> {
    let mut bytes = Vec::new();
    XzReader::new(packed, false)
        .read_to_end(&mut bytes)
        .map_err(|_| Damaged)?;
    let mut rest = Rest(&bytes);
    if rest.take(HEAD.len())? != HEAD || usize::from(rest.short()?) != DIMS {
        return Err(Damaged);
    }
    let classes = usize::from(rest.short()?);
    let count = rest.long()? as usize;
    let steps = (0..classes)
        .map(|_| rest.long())
        .collect::<Result<Vec<u32>, Damaged>>()?;
    // Each takes at least two bytes, so a wrong number is found at once.
    let mut words: Vec<Box<str>> = Vec::with_capacity(count.min(bytes.len()));
    let mut word = Vec::new();
    for _ in 0..count {
        let (common, length) = (usize::from(rest.byte()?), usize::from(rest.byte()?));
        if common > word.len() {
            return Err(Damaged);
        }
        word.truncate(common);
        word.extend_from_slice(rest.take(length)?);
        words.push(std::str::from_utf8(&word).map_err(|_| Damaged)?.into());
    }
    let of = rest.take(count)?;
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|word| std::cmp::Reverse(of[*word]));
    let mut rows = vec![[0; DIMS]; count];
    for word in order {
        rows[word] = row(rest.take(DIMS)?);
    }
    if rest.0.is_empty() {
        Ok(Table::new(words, rows, of.to_vec(), steps))
    } else {
        Err(Damaged)
    }
}

/// Eight numbers at a time: there are millions, and every run of the program reads them.
fn row(bytes: &[u8]) -> Row {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut row = [0; DIMS];
    let eights = bytes.as_chunks::<8>().0.iter();
    for (numbers, bytes) in row.as_chunks_mut::<8>().0.iter_mut().zip(eights) {
        let bytes = u64::from_le_bytes(*bytes);
        let halves = bytes >> 1 & (ONES * 0x7f);
        // An odd byte stands for a negative number: all its bits are inverted.
        let odd = (bytes & ONES) * 0xff;
        *numbers = (halves ^ odd).to_le_bytes().map(u8::cast_signed);
    }
    row
}

/// The part of a file that is not read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Damaged> {
        self.take(N)?.try_into().map_err(|_| Damaged)
    }

    fn byte(&mut self) -> Result<u8, Damaged> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    fn short(&mut self) -> Result<u16, Damaged> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    fn long(&mut self) -> Result<u32, Damaged> {
        Ok(u32::from_le_bytes(self.array()?))
    }
}
