//! Learning: a table from the papers themselves, for fields whose words the built-in
//! table does not know.
//!
//! Words that occur together get similar vectors: the singular vectors of the largest
//! singular values of the papers' weighted words (latent semantic analysis), found by
//! subspace iteration from a fixed start. All sums are taken in a fixed order, whatever
//! the number of threads.

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

use super::table::{Row, Table};
use super::vector::DIMS;
use super::words::for_each_word;
use crate::text::is_stop_word;

/// How many directions are computed: the first reflects how common words are and is
/// left out, and the last are inaccurate.
const WIDTH: usize = DIMS + 8;

/// How often the directions are improved.
const ROUNDS: usize = 2;

/// The most words that get a vector; the most common ones are kept.
const MOST_WORDS: usize = 40_000;

/// From this many papers on, a word must be in [`LEAST`] of them.
const MANY: usize = 2_000;
const LEAST: u32 = 5;

/// The step of the rarest words, and how fast steps decrease, as in the built-in table.
const STEP: f64 = 1.6;
const FALL: f64 = 0.45;
const ONE: f64 = 16_384.0;

/// How many classes of words there are, by how common they are.
const CLASSES: u8 = 34;

/// The size of the collection that those classes refer to.
const COLLECTION: f64 = 83_169.0;

/// A matrix of rows of [`WIDTH`].
type Matrix = Vec<[f32; WIDTH]>;

/// A square matrix of that width.
type Square = Vec<[f64; WIDTH]>;

/// Papers as weights of words, by paper and by word.
struct Weights {
    of_papers: Vec<Vec<(u32, f32)>>,
    of_words: Vec<Vec<(u32, f32)>>,
}

/// Learns a table from papers: `text` gives title and abstract by number.
pub(super) fn learn<'a>(papers: usize, text: impl Fn(usize) -> (&'a str, &'a str) + Sync) -> Table {
    let (words, frequencies, weights) = read(papers, text);
    if words.is_empty() {
        return Table::default();
    }
    let right = directions(&weights, &words);
    let scale = {
        let squares: f64 = right.iter().map(|row| square(&row[..])).sum();
        (words.len() as f64 / squares.max(f64::MIN_POSITIVE)).sqrt()
    };
    let steps: Vec<u32> = (0..CLASSES)
        .map(|class| (STEP * (-FALL * f64::from(class) / 2.0).exp2() * ONE).round() as u32)
        .collect();
    let mut classes = Vec::with_capacity(words.len());
    let mut rows: Vec<Row> = Vec::with_capacity(words.len());
    for (row, frequency) in right.iter().zip(&frequencies) {
        let share = f64::from(*frequency) / papers as f64 * COLLECTION;
        let class = ((share + 3.0).log2() * 2.0).round();
        let class = (class as u8).min(CLASSES - 1);
        let factor = scale * rarity(*frequency, papers) / 4.0 * ONE
            / f64::from(steps[usize::from(class)].max(1));
        let mut numbers = [0; DIMS];
        for (number, value) in numbers.iter_mut().zip(row) {
            *number = (f64::from(*value) * factor).round().clamp(-127.0, 127.0) as i8;
        }
        classes.push(class);
        rows.push(numbers);
    }
    Table::new(words, rows, classes, steps)
}

/// How rare a word is, in steps of a quarter.
fn rarity(frequency: u32, papers: usize) -> f64 {
    let rarity = (papers as f64 / f64::from(frequency.max(1))).ln().max(0.0);
    (rarity * 4.0).round() / 4.0
}

/// The words that get vectors, in order, with the number of papers that have each, and
/// the papers' weights.
fn read<'a>(
    papers: usize,
    text: impl Fn(usize) -> (&'a str, &'a str) + Sync,
) -> (Vec<Box<str>>, Vec<u32>, Weights) {
    let counted: Vec<HashMap<Box<str>, u32>> = (0..papers)
        .into_par_iter()
        .map(|paper| {
            let mut counts: HashMap<Box<str>, u32> = HashMap::new();
            let (title, body) = text(paper);
            for (part, times) in [(title, 2), (body, 1)] {
                for_each_word(part, &mut |word| match counts.get_mut(word) {
                    Some(count) => *count += times,
                    None => {
                        counts.insert(word.into(), times);
                    }
                });
            }
            counts
        })
        .collect();
    let mut frequencies: HashMap<&str, u32> = HashMap::new();
    for word in counted.iter().flat_map(HashMap::keys) {
        *frequencies.entry(word).or_default() += 1;
    }
    let least = if papers < MANY { 2 } else { LEAST };
    let mut chosen: Vec<(&str, u32)> = frequencies
        .into_iter()
        .filter(|(word, count)| *count >= least && is_told(word))
        .collect();
    chosen.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    chosen.truncate(MOST_WORDS);
    chosen.sort_unstable_by(|a, b| a.0.cmp(b.0));
    let numbers: HashMap<&str, (u32, u32)> = (0..)
        .zip(&chosen)
        .map(|(number, (word, frequency))| (*word, (number, *frequency)))
        .collect();
    let of_papers: Vec<Vec<(u32, f32)>> = counted
        .par_iter()
        .map(|counts| {
            let mut row: Vec<(u32, f64)> = counts
                .iter()
                .filter_map(|(word, count)| {
                    let (number, frequency) = numbers.get(&**word)?;
                    let times = ((1.0 + f64::from(*count).ln()) * 64.0).round() / 64.0;
                    Some((*number, times * rarity(*frequency, papers)))
                })
                .filter(|(_, weight)| *weight > 0.0)
                .collect();
            row.sort_unstable_by_key(|(number, _)| *number);
            let length = row
                .iter()
                .map(|(_, weight)| weight * weight)
                .sum::<f64>()
                .sqrt();
            row.into_iter()
                .map(|(number, weight)| (number, (weight / length) as f32))
                .collect()
        })
        .collect();
    let mut of_words: Vec<Vec<(u32, f32)>> = vec![Vec::new(); chosen.len()];
    for (paper, row) in (0..).zip(&of_papers) {
        for (word, weight) in row {
            of_words[*word as usize].push((paper, *weight));
        }
    }
    let frequencies = chosen.iter().map(|(_, count)| *count).collect();
    let words = chosen.iter().map(|(word, _)| (*word).into()).collect();
    let weights = Weights {
        of_papers,
        of_words,
    };
    (words, frequencies, weights)
}

/// Whether a word may indicate what a paper is about.
fn is_told(word: &str) -> bool {
    !is_stop_word(word)
        && word.chars().nth(1).is_some()
        && !word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Each word's position along the directions in which papers differ most, the strongest
/// first, without the very first.
fn directions(weights: &Weights, words: &[Box<str>]) -> Vec<[f32; DIMS]> {
    let mut right: Matrix = words.iter().map(|word| beginning(word)).collect();
    let mut left = Matrix::new();
    for _ in 0..=ROUNDS {
        left = times(&weights.of_papers, &right);
        straighten(&mut left);
        right = times(&weights.of_words, &left);
        if left.len() < WIDTH || right.len() < WIDTH {
            break;
        }
    }
    drop(left);
    let gram = gram(&right);
    let turned = strongest(gram);
    right
        .par_iter()
        .map(|row| {
            let mut out = [0.0; DIMS];
            for (number, direction) in out.iter_mut().zip(&turned[1..]) {
                let sum: f64 = row
                    .iter()
                    .zip(&direction.0)
                    .map(|(a, b)| f64::from(*a) * b)
                    .sum();
                // Otherwise the strength of a direction would count twice: in the word
                // and in the paper that it is added to.
                *number = (sum / direction.1.max(1e-9)) as f32;
            }
            out
        })
        .collect()
}

/// Numbers of 1 and -1, derived from a word.
fn beginning(word: &str) -> [f32; WIDTH] {
    let mut state = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut row = [0.0; WIDTH];
    for number in &mut row {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        *number = if (mixed >> 40) & 1 == 0 { 1.0 } else { -1.0 };
    }
    row
}

/// Sums of rows, weighted.
fn times(weights: &[Vec<(u32, f32)>], rows: &Matrix) -> Matrix {
    weights
        .par_iter()
        .map(|list| {
            let mut sum = [0.0_f32; WIDTH];
            for (number, weight) in list {
                for (sum, part) in sum.iter_mut().zip(&rows[*number as usize]) {
                    *sum += weight * part;
                }
            }
            sum
        })
        .collect()
}

/// The products of all columns with each other.
fn gram(rows: &Matrix) -> Square {
    let parts: Vec<Square> = rows
        .par_chunks(2048)
        .map(|chunk| {
            let mut sum = vec![[0.0; WIDTH]; WIDTH];
            for row in chunk {
                for (a, line) in row.iter().zip(&mut sum) {
                    for (b, cell) in row.iter().zip(line.iter_mut()) {
                        *cell += f64::from(a * b);
                    }
                }
            }
            sum
        })
        .collect();
    let mut whole = vec![[0.0; WIDTH]; WIDTH];
    for part in parts {
        for (line, other) in whole.iter_mut().zip(&part) {
            for (cell, other) in line.iter_mut().zip(other) {
                *cell += other;
            }
        }
    }
    whole
}

/// Makes columns orthonormal (by Cholesky decomposition).
fn straighten(rows: &mut Matrix) {
    let mut lower = gram(rows);
    for i in 0..WIDTH {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = lower[i][j] - dot;
            lower[i][j] = if i == j {
                // A column that depends on the others is left out.
                if rest > 1e-9 {
                    rest.sqrt()
                } else {
                    f64::INFINITY
                }
            } else {
                rest / lower[j][j]
            };
        }
    }
    rows.par_iter_mut().for_each(|row| {
        let mut out = [0.0_f64; WIDTH];
        for i in 0..WIDTH {
            let dot: f64 = (0..i).map(|k| lower[i][k] * out[k]).sum();
            out[i] = (f64::from(row[i]) - dot) / lower[i][i];
        }
        *row = out.map(|number| number as f32);
    });
}

/// The eigenvectors of a symmetric matrix and their eigenvalues, the largest first (by
/// Jacobi rotations).
fn strongest(mut matrix: Square) -> Vec<(Vec<f64>, f64)> {
    let mut vectors: Square = (0..WIDTH)
        .map(|i| {
            let mut line = [0.0; WIDTH];
            line[i] = 1.0;
            line
        })
        .collect();
    for _ in 0..12 {
        for p in 0..WIDTH {
            for q in p + 1..WIDTH {
                if matrix[p][q].abs() < 1e-12 {
                    continue;
                }
                let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
                let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
                let sine = tangent * cosine;
                let turned = |a: f64, b: f64| (cosine * a - sine * b, sine * a + cosine * b);
                for line in matrix.iter_mut().chain(&mut vectors) {
                    (line[p], line[q]) = turned(line[p], line[q]);
                }
                let (upper, lower) = matrix.split_at_mut(q);
                for (a, b) in upper[p].iter_mut().zip(&mut lower[0]) {
                    (*a, *b) = turned(*a, *b);
                }
            }
        }
    }
    let mut found: Vec<(Vec<f64>, f64)> = (0..WIDTH)
        .map(|i| {
            let column: Vec<f64> = vectors.iter().map(|line| line[i]).collect();
            (column, matrix[i][i].max(0.0).sqrt())
        })
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    // Chooses the sign in which the largest number is positive.
    for (column, _) in &mut found {
        let largest = column.iter().fold(
            0.0_f64,
            |most, x| if x.abs() > most.abs() { *x } else { most },
        );
        if largest < 0.0 {
            column.iter_mut().for_each(|x| *x = -*x);
        }
    }
    found
}

fn square(row: &[f32]) -> f64 {
    row.iter().map(|x| f64::from(*x).powi(2)).sum()
}
