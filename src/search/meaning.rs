//! Search by meaning: the vectors of words and of papers, in files of which a query
//! loads a few.
//!
//! A query's vector is the sum of its words' vectors, which lie in ranges of words
//! (`v/`). Papers are in clusters (`m/`); the query is compared with their centres,
//! and then with the papers of the nearest clusters. `docs/search.md` has the format.

use rayon::prelude::*;
use serde::Serialize;

use super::Papers;
use super::build::File;
use super::names::{hash, in_groups};
use super::numbers::{push_digit, push_number};
use super::sharded::start;
use crate::derive::Blocks;
use crate::meaning::{Clusters, DIMS, Table, Vector, centres, landmarks, size};

/// How many words are in a file.
const WORDS: usize = 160;

/// How many files share a hash.
const GROUP: usize = 16;

/// A number of a paper's vector, whose length is one, is stored in so many steps to
/// one: coarse enough to pack well, fine enough to find what the whole would find.
const STEPS: f64 = 20.0;

/// A digit below this is so many zeros and one more; see [`push_row`].
const ZEROS: u8 = 32;

/// The largest number that takes one digit.
const FAR: i32 = 15;

/// The file with which search by meaning begins.
#[derive(Serialize)]
struct First {
    /// How many numbers a vector has.
    width: usize,
    /// The steps of the classes of words.
    steps: Vec<u32>,
    words: WordNames,
    /// How many papers each cluster has.
    sizes: Vec<usize>,
    clusters: Names,
    /// The centres of the clusters, in the steps of papers.
    centres: String,
}

#[derive(Serialize)]
struct WordNames {
    /// How each file of words begins, a space between them.
    starts: String,
    #[serde(flatten)]
    names: Names,
}

/// How files are called.
#[derive(Serialize)]
struct Names {
    group: usize,
    hashes: String,
}

/// A file of words. All three are in the same order.
#[derive(Serialize)]
struct Words {
    /// The words, a space between them.
    words: String,
    /// The class of each, one digit.
    classes: String,
    /// Their vectors.
    rows: String,
}

/// A cluster.
#[derive(Serialize)]
struct Cluster {
    /// The numbers of its papers, as distances from one to the next.
    papers: String,
    /// Their vectors, in the same order.
    rows: String,
}

/// The files, and the name of the first of them; none where no paper has a vector or
/// words have none.
pub(super) fn files(
    papers: &dyn Papers,
    table: Option<&Table>,
    known: &Blocks,
) -> (Vec<File>, Option<String>) {
    let vectors: Vec<Vector> = (0..papers.count())
        .map(|number| papers.vector(papers.place(number)))
        .collect();
    let Some(table) = table.filter(|_| vectors.iter().any(|vector| !vector.is_none())) else {
        return (Vec::new(), None);
    };
    let (word_files, starts) = words(table);
    let (mut files, hashes) = in_groups("v", word_files, GROUP);
    let names = Names {
        group: GROUP,
        hashes,
    };
    let words = WordNames { starts, names };
    let titles = titles(papers, &vectors);
    // More papers have more clusters, so that a query does not load more.
    let clusters = size(vectors.len()).isqrt();
    let centres: Vec<Vector> = known.of("centres", &inputs(&titles, clusters), || {
        centres(&titles, clusters)
    });
    known.tidy("centres");
    let kept = known.of(
        "clusters",
        &inputs(titles.iter().chain(&vectors), clusters),
        || kept(centres, &vectors),
    );
    let (cluster_files, hashes) = in_groups("m", kept.files, GROUP);
    files.extend(cluster_files);
    known.tidy("clusters");
    let first = First {
        width: DIMS,
        steps: table.steps().to_vec(),
        words,
        sizes: kept.sizes,
        clusters: Names {
            group: GROUP,
            hashes,
        },
        centres: kept.centres,
    };
    let first = serde_json::to_vec(&first).expect("strings and numbers are JSON");
    let name = hash([first.as_slice()]);
    files.push((format!("m/{name}.json"), first));
    (files, Some(name))
}

/// The words of a table in ranges, and how each range begins.
fn words(table: &Table) -> (Vec<Vec<u8>>, String) {
    let mut entries: Vec<(&str, u8, &[i8; DIMS])> = table.entries().collect();
    // As JavaScript sorts.
    entries.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    let files = entries
        .par_chunks(WORDS)
        .map(|range| {
            let mut rows = String::new();
            let mut classes = String::new();
            for (_, class, row) in range {
                push_digit(&mut classes, *class);
                push_row(&mut rows, &row.map(i32::from));
            }
            let words: Vec<&str> = range.iter().map(|(word, ..)| *word).collect();
            let words = words.join(" ");
            let file = Words {
                words,
                classes,
                rows,
            };
            serde_json::to_vec(&file).expect("strings are JSON")
        })
        .collect();
    let mut starts = String::new();
    let mut before = "";
    for range in entries.chunks(WORDS) {
        if !before.is_empty() {
            starts.push(' ');
        }
        starts.push_str(start(before, range[0].0));
        before = range[range.len() - 1].0;
    }
    (files, starts)
}

/// The vectors of the landmarks' titles; if no word of a title is known, that of the text.
fn titles(papers: &dyn Papers, vectors: &[Vector]) -> Vec<Vector> {
    let known: Vec<(usize, &Vector)> = (vectors.iter().enumerate())
        .filter(|(_, vector)| !vector.is_none())
        .collect();
    known[..landmarks(known.len())]
        .iter()
        .map(|(number, vector)| papers.title_vector(papers.place(*number)).or(**vector))
        .collect()
}

/// What is made of the papers' vectors, and kept for the next build.
#[derive(Serialize, serde::Deserialize)]
struct Kept {
    files: Vec<Vec<u8>>,
    sizes: Vec<usize>,
    centres: String,
}

fn inputs<'a>(vectors: impl IntoIterator<Item = &'a Vector>, clusters: usize) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(clusters as u64).to_le_bytes());
    for vector in vectors {
        hasher.update(&vector.numbers().map(i8::cast_unsigned));
    }
    hasher.finalize()
}

fn kept(centres: Vec<Vector>, vectors: &[Vector]) -> Kept {
    let clusters = Clusters::of(centres, vectors);
    let mut papers: Vec<Vec<u32>> = vec![Vec::new(); clusters.centres.len()];
    for (paper, cluster) in (0..).zip(&clusters.of) {
        if let Some(cluster) = cluster {
            papers[*cluster as usize].push(paper);
        }
    }
    // One without papers would be looked into for nothing.
    let (centres, papers): (Vec<Vector>, Vec<Vec<u32>>) = clusters
        .centres
        .into_iter()
        .zip(papers)
        .filter(|(_, papers)| !papers.is_empty())
        .unzip();
    let mut text = String::new();
    for centre in &centres {
        push_row(&mut text, &steps(centre.numbers()));
    }
    let files = papers
        .par_iter()
        .map(|papers| {
            let mut file = Cluster {
                papers: String::new(),
                rows: String::new(),
            };
            let mut next = 0;
            for paper in papers {
                push_number(&mut file.papers, paper - next);
                next = paper + 1;
                push_row(&mut file.rows, &steps(vectors[*paper as usize].numbers()));
            }
            serde_json::to_vec(&file).expect("strings are JSON")
        })
        .collect();
    Kept {
        files,
        sizes: papers.iter().map(Vec::len).collect(),
        centres: text,
    }
}

/// A direction in the steps of papers.
fn steps(numbers: &[i8; DIMS]) -> [i32; DIMS] {
    let square: i32 = numbers.iter().map(|number| i32::from(*number).pow(2)).sum();
    let length = f64::from(square).sqrt().max(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no part is longer than the whole"
    )]
    numbers.map(|number| (f64::from(number) / length * STEPS).round() as i32)
}

/// Stores a row of small numbers. Of the 64 digits 32 are so many zeros and one more,
/// 30 are the numbers from -15 to -1 and 1 to 15, and the last two take 15 from what
/// comes next, or add 15 to it.
pub(super) fn push_row(out: &mut String, row: &[i32]) {
    let mut zeros = 0_u8;
    for number in row {
        if *number == 0 && zeros < ZEROS {
            zeros += 1;
            continue;
        }
        if zeros > 0 {
            push_digit(out, zeros - 1);
            zeros = 0;
        }
        if *number == 0 {
            zeros = 1;
            continue;
        }
        let mut rest = *number;
        while rest.abs() > FAR {
            push_digit(out, ZEROS + 30 + u8::from(rest > 0));
            rest -= FAR * rest.signum();
        }
        let place = rest + FAR - i32::from(rest > 0);
        push_digit(out, ZEROS + u8::try_from(place).unwrap_or(0));
    }
    if zeros > 0 {
        push_digit(out, zeros - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::super::numbers::DIGITS;
    use super::super::papers::Given;
    use super::*;

    /// Reads a row, as the engine does.
    fn read(text: &str) -> Vec<i32> {
        let mut row = Vec::new();
        let mut ahead = 0;
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|one| *one == byte).unwrap() as i32;
            match digit {
                0..32 => row.extend(std::iter::repeat_n(0, digit as usize + 1)),
                32..47 => row.push(ahead + digit - 47),
                47..62 => row.push(ahead + digit - 46),
                62 => ahead -= 15,
                _ => ahead += 15,
            }
            if (32..62).contains(&digit) {
                ahead = 0;
            }
        }
        row
    }

    #[test]
    fn rows_are_read_as_they_were_stored() {
        let mut row = [0; DIMS];
        let mut text = String::new();
        push_row(&mut text, &row);
        assert_eq!(read(&text), row);
        assert_eq!(text.len(), 4);
        for (at, number) in [
            (3, 1),
            (4, -1),
            (50, 15),
            (51, -15),
            (52, 16),
            (53, -127),
            (127, 31),
        ] {
            row[at] = number;
        }
        text.clear();
        push_row(&mut text, &row);
        assert_eq!(read(&text), row);
    }

    #[test]
    fn papers_without_a_vector_are_in_no_cluster() {
        let table = Table::built_in();
        let known = table.query("robots fold laundry");
        let given = |vectors: &[Vector]| {
            let documents = vectors.iter();
            Given(
                documents
                    .map(|vector| (Document::default(), *vector))
                    .collect(),
            )
        };
        let papers = given(&[known, Vector::NONE]);
        let (files, name) = files(&papers, Some(table), &Blocks::none());
        let name = name.unwrap();
        let first = files
            .iter()
            .find(|(path, _)| *path == format!("m/{name}.json"));
        let first: serde_json::Value = serde_json::from_slice(&first.unwrap().1).unwrap();
        assert_eq!(first["sizes"], serde_json::json!([1]));
        assert_eq!(
            super::files(&given(&[Vector::NONE]), Some(table), &Blocks::none()).1,
            None
        );
        assert_eq!(super::files(&papers, None, &Blocks::none()).1, None);
    }
}
