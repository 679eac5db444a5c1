//! Pages of well-known sites, copied from a browser. Each site shows papers in
//! characteristic lines, by which it is recognised.

mod anthology;
mod dblp;
mod hugging_face;
mod labelled;
mod open_review;
mod scholar;
mod semantic;
mod single;
mod tails;

use serde_json::{Value, json};

use super::day::Day;
use super::lines::lines;
use super::named::{Found, Members, Named};
use super::page_text::Vocabulary;
use super::tally::ImportTally;
use super::{Format, Request, dating};
use crate::diagnostics::Diagnostic;
use crate::model::{Date, People, without_others};

/// A non-empty line.
#[derive(Debug, Clone, Copy)]
struct Row<'a> {
    number: usize,
    text: &'a str,
}

/// What was read from a page.
#[derive(Debug, Default)]
struct Page<'a> {
    papers: Vec<(Row<'a>, Members)>,
    /// Longer lines that were not used.
    left: Vec<Row<'a>>,
    /// The page's date, and the row with it.
    day: Option<(Day, Row<'a>)>,
}

/// A known site.
struct Site {
    /// The reason for detection, for `--explain`.
    because: &'static str,
    /// How many papers the lines show, counted by the site's characteristic lines.
    signs: fn(&[Row<'_>]) -> usize,
    read: for<'a> fn(&[Row<'a>], &Vocabulary) -> Page<'a>,
}

const PAPER_IN_PROCEEDINGS: &str = "a paper's page in proceedings";

const SITES: [Site; 10] = [
    Site {
        because: "Hugging Face papers",
        signs: hugging_face::signs,
        read: hugging_face::read,
    },
    Site {
        because: "Google Scholar results",
        signs: scholar::signs,
        read: scholar::read,
    },
    Site {
        because: "Semantic Scholar results",
        signs: semantic::signs,
        read: semantic::read,
    },
    Site {
        because: "an ACL Anthology volume",
        signs: anthology::signs,
        read: anthology::read,
    },
    Site {
        because: "a DBLP list",
        signs: dblp::signs,
        read: dblp::read,
    },
    Site {
        because: "an OpenReview list",
        signs: open_review::signs,
        read: open_review::read,
    },
    Site {
        because: "proceedings with links below each paper",
        signs: tails::signs,
        read: tails::read,
    },
    Site {
        because: "NeurIPS proceedings",
        signs: tails::neurips_signs,
        read: tails::read_neurips,
    },
    Site {
        because: "a paper's page in the ACL Anthology",
        signs: labelled::signs,
        read: labelled::read,
    },
    Site {
        because: PAPER_IN_PROCEEDINGS,
        signs: single::signs,
        read: single::read,
    },
];

fn site(rows: &[Row<'_>]) -> Option<&'static Site> {
    SITES
        .iter()
        .map(|site| ((site.signs)(rows), site))
        .filter(|(signs, _)| *signs > 0)
        .max_by_key(|(signs, _)| *signs)
        .filter(|(signs, _)| signs * 12 >= rows.len())
        .map(|(_, site)| site)
}

fn rows(text: &str) -> Vec<Row<'_>> {
    lines(text)
        .map(|line| Row {
            number: line.number,
            text: line.text.trim(),
        })
        .filter(|row| !row.text.is_empty())
        .collect()
}

/// Whether a text is such a page.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let site = site(&rows(head))?;
    Some((Format::SitePage, site.because))
}

/// Whether a text is the page of a single paper that includes its BibTeX entry. Do
/// not read it as a bibliography, since the page has the abstract.
pub(super) fn detect_with_entry(head: &str) -> Option<(Format, &'static str)> {
    let has_abstract = head.lines().any(|line| line.trim() == "Abstract");
    if !has_abstract || head.trim_start().starts_with(['@', '%', '<', '{', '[']) {
        return None;
    }
    let site = site(&rows(head))?;
    (site.because == PAPER_IN_PROCEEDINGS).then_some((Format::SitePage, site.because))
}

/// Reads a decoded page.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut named = Named::new(request, tally);
    let rows = rows(text);
    let mut vocabulary = Vocabulary::default();
    rows.iter().for_each(|row| vocabulary.learn(row.text));
    let Some(site) = site(&rows) else {
        let said = Diagnostic::error("no-papers", "this is not a page of a known site");
        tally.say(
            said.at(tally.whole())
                .help("import it as page text: `--format page-text`"),
        );
        named.close(request, tally, None);
        return;
    };
    let page = (site.read)(&rows, &vocabulary);
    let found = page
        .day
        .map(|(day, row)| (day, tally.line(row.number, row.text)));
    let date = named.settle(request, tally, found);
    for (row, mut members) in page.papers {
        for (name, value) in &mut members {
            if name == "published" {
                dated(value, date);
            }
        }
        let found = Found {
            source: tally.reading.format.source(),
            line: row.number,
            text: row.text,
            members,
            unknown: Vec::new(),
        };
        named.take(tally, found, |_| {});
    }
    for row in page.left {
        let said = Diagnostic::note("left-out", "not part of any paper");
        tally.say(said.at(tally.line(row.number, row.text)));
    }
    named.finish(tally);
    tally.reading.date = date;
}

/// Completes a date without a year so that it is closest to the page's date.
fn dated(value: &mut Value, date: Option<Date>) {
    let Some(day) = value.as_str().and_then(Day::parse) else {
        return;
    };
    let full = day.full().or_else(|| dating::nearest(day, date?));
    *value = full.map_or(Value::Null, |date| Value::from(date.to_string()));
}

/// Report unused lines with at least this many words.
const SPOKEN_OF: usize = 12;

impl<'a> Page<'a> {
    fn leave(&mut self, row: Row<'a>) {
        if row.text.split_whitespace().nth(SPOKEN_OF).is_some() {
            self.left.push(row);
        }
    }
}

/// A member.
fn member(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

/// Names as a list, keeping the numbers that distinguish namesakes.
fn names(parts: impl Iterator<Item = impl AsRef<str>>) -> Value {
    let mut others = false;
    let mut list = Vec::new();
    for part in parts {
        let (name, more) = without_others(part.as_ref());
        others |= more;
        let name = name.trim_end_matches([',', ' ']);
        if name.chars().any(char::is_alphabetic) {
            list.push(json!({ "name": name }));
        }
    }
    if others {
        list.push(Value::from(People::OTHERS));
    }
    Value::Array(list)
}

fn year_of(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (is_year && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
}

/// A title without a bracketed prefix: "[PDF] A title".
fn bare_title(text: &str) -> &str {
    match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((kind, rest)) if kind.len() <= 10 && !rest.trim().is_empty() => rest.trim(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characteristic lines of the sites, and some others.
    const LINES: &str = "Anthology ID: 2023\\.acl-long\\.1|Anthology ID:|2023\\.acl-long\\.1|Year: 2023|Pages:|Volume: V|\
        pdf bib abs|Abstract|Related Material|\\[pdf\\] \\[supp\\]|@misc\\{a, title = \\{A Title of It\\}\\}|\
        Jane Doe, John Roe; Proceedings of it, 2024, pp\\. 1-10|\
        Part of Advances in Neural Information Processing Systems 36 \\(NeurIPS 2023\\)|Bibtex Paper|Authors|\
        J Doe, R Roe - Journal of It, 2019 - it\\.org|Save Cite Cited by 12|Save|Alert|\\+2 authors|\
        Hugging Face|Submitted by|Published on Mar 12|· Submitted by|on Mar 14|Upvote|12 authors|35|\
        Published: 16 Jan 2024, Last Modified: 05 Mar 2024|ICLR 2024 poster|Readers: Everyone|PDF|\
        Jane Doe, John Roe|A Title of It|We look at it, and we say what there is to be seen of it by night\\.";

    proptest::proptest! {
        /// Every site's reader handles lines in any order.
        #[test]
        fn any_lines_are_read(lines in proptest::collection::vec(LINES, 0..24)) {
            let text = lines.join("\n");
            let rows = rows(&text);
            let mut vocabulary = Vocabulary::default();
            rows.iter().for_each(|row| vocabulary.learn(row.text));
            for site in &SITES {
                let signs = (site.signs)(&rows);
                if signs > 0 {
                    let page = (site.read)(&rows, &vocabulary);
                    proptest::prop_assert!(page.papers.len() <= rows.len());
                }
            }
        }
    }
}
