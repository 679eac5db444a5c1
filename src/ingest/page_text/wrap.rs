//! Unwraps lines. Pages pasted from e-mail or PDF break lines at a fixed width; if
//! the next word would still have fitted, the break was intended.

use std::collections::BTreeSet;

use super::form::{Form, form};
use super::labels::Label;
use super::list_marker::list_marker;
use super::names::{Names, names};
use super::rows::Row;
use super::shape::{Ending, begins_lower, ending};
use super::titles::continued;
use super::vocabulary::Vocabulary;
use crate::text::is_stop_word;

/// How the lines of a page are wrapped.
#[derive(Debug)]
pub(super) struct Wrapping<'a> {
    vocabulary: &'a Vocabulary,
    /// The length at which a row plus the next word counts as full.
    full: Option<usize>,
    /// The longest wrapped row.
    longest: usize,
    /// Whether lower-case rows are rare, so that one continues the row before.
    lower_is_rare: bool,
    /// Lines that continue a block of text surrounded by empty lines.
    in_blocks: BTreeSet<usize>,
    /// Lines that continue a title.
    in_titles: BTreeSet<usize>,
}

/// The maximum width for a small wrapped page, in characters.
const SMALL_WIDTH: usize = 110;

/// The largest wrapping width, in characters.
const MAX_WIDTH: usize = 200;

/// The smallest wrapping width; a shorter row was ended on purpose.
const MIN_WIDTH: usize = 20;

/// How far to follow a run of full rows.
const LOOK_AHEAD: usize = 6;

impl<'a> Wrapping<'a> {
    /// Examines all rows. A row that starts in lower case continues the one before,
    /// which therefore shows the width.
    pub(super) fn of(rows: &[Row<'_>], vocabulary: &'a Vocabulary) -> Self {
        let mut sums = [0_usize; 2 * MAX_WIDTH];
        let mut pairs = 0;
        let mut lower = 0;
        let mut longest = 0;
        for pair in rows.windows(2) {
            let [row, next] = pair else { continue };
            if !begins_lower(&next.text) {
                continue;
            }
            lower += 1;
            let length = length(&row.text);
            let as_wide = (MIN_WIDTH..=MAX_WIDTH).contains(&length);
            if next.gap > 0 || !as_wide || list_marker(&next.text).is_some() {
                continue;
            }
            let sum = (length + 1 + first_word(&next.text)).min(sums.len() - 1);
            sums[sum] += 1;
            pairs += 1;
            longest = longest.max(length);
        }
        let wrapped = pairs >= 3 && pairs * 12 >= rows.len();
        let mut below = 0;
        let full = sums.iter().position(|n| {
            below += n;
            below * 20 > pairs
        });
        let full = full.filter(|_| wrapped).or_else(|| small_width(rows));
        if full.is_some() && !wrapped {
            longest = full.unwrap_or_default();
        }
        let in_titles = continued(rows, vocabulary);
        Self {
            vocabulary,
            full,
            longest,
            lower_is_rare: lower * 5 < rows.len(),
            in_blocks: in_blocks(rows, vocabulary, &in_titles),
            in_titles,
        }
    }

    /// Whether a row continues the paragraph formed by the rows before it. `ahead`
    /// starts with the row in question.
    pub(super) fn continues(&self, paragraph: &[Row<'_>], ahead: &[Row<'_>]) -> bool {
        let (Some(row), Some(next)) = (paragraph.last(), ahead.first()) else {
            return false;
        };
        if next.gap > 0 {
            return false;
        }
        if self.in_blocks.contains(&next.number) || self.in_titles.contains(&next.number) {
            return true;
        }
        // A comma continues the names after a label.
        let named = matches!(&form(&paragraph[0].text), Form::Label(Label::Authors, value) if !value.is_empty());
        if named && row.text.ends_with([',', ';']) && form(&next.text) == Form::Plain {
            return true;
        }
        let open = matches!(ending(&row.text), Ending::None | Ending::Open);
        let full = self.is_full(row, next);
        if list_marker(&next.text).is_some() && !(full && open && paragraph.len() > 1) {
            return false;
        }
        if !self.may_hang_together(paragraph, row, next, full && open) {
            return false;
        }
        let labelled = matches!(form(&paragraph[0].text), Form::Label(..));
        if labelled && paragraph.len() == 1 && next.indent > row.indent {
            return true;
        }
        if begins_lower(&next.text) {
            let short = length(&row.text).max(length(&next.text)) <= MAX_WIDTH * 2 / 3;
            return match self.full {
                Some(_) => full || (open && length(&row.text) <= self.longest),
                None => self.lower_is_rare && open && short,
            };
        }
        full && self.same_paragraph(paragraph, row, ahead)
    }

    /// Whether the next word would not have fitted.
    fn is_full(&self, row: &Row<'_>, next: &Row<'_>) -> bool {
        let length = length(&row.text);
        self.full.is_some_and(|full| {
            length <= self.longest + 2 && length + 1 + first_word(&next.text) >= full
        })
    }

    /// Whether both rows are of kinds that occur in one paragraph.
    fn may_hang_together(
        &self,
        paragraph: &[Row<'_>],
        row: &Row<'_>,
        next: &Row<'_>,
        full_and_open: bool,
    ) -> bool {
        match form(&row.text) {
            Form::Plain => {}
            Form::Label(label, _) => {
                let long = matches!(
                    label,
                    Label::Abstract
                        | Label::Title
                        | Label::Authors
                        | Label::Comment
                        | Label::Summary
                        | Label::Keywords
                );
                if !long || row.text.ends_with(':') {
                    return false;
                }
            }
            _ if paragraph.len() < 2 => return false,
            _ => {}
        }
        match form(&next.text) {
            Form::Plain => true,
            // A URL at the end of an abstract is part of its sentence.
            Form::Addresses(_) => {
                let last = row.text.rsplit(' ').next().unwrap_or_default();
                full_and_open && (paragraph.len() > 2 || is_stop_word(last) || last.ends_with(':'))
            }
            Form::Rule | Form::Label(..) | Form::Day(_) => false,
            Form::Facts(_) | Form::Chrome(_) => full_and_open && paragraph.len() > 2,
        }
    }

    /// Decides for a full row followed by one that starts with a capital.
    fn same_paragraph(&self, paragraph: &[Row<'_>], row: &Row<'_>, ahead: &[Row<'_>]) -> bool {
        let next = &ahead[0];
        let people = |row: &Row<'_>| names(&row.text, self.vocabulary);
        if people(row) == Names::List {
            let list_goes_on = row.text.ends_with([',', ';']) || people(next) == Names::List;
            return list_goes_on && people(next) != Names::No;
        }
        match ending(&row.text) {
            Ending::Stop | Ending::Address => !self.title_begins(row, ahead),
            Ending::Question | Ending::Open => true,
            Ending::None if in_capitals(&row.text) == Some(true) => {
                let title = paragraph
                    .iter()
                    .all(|row| in_capitals(&row.text) != Some(false));
                !title || in_capitals(&next.text) != Some(false)
            }
            Ending::None => {
                let word = next.text.split_whitespace().next().unwrap_or_default();
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                let sentence_begins = self.vocabulary.is_plain(word);
                paragraph.len() > 1 || !sentence_begins || in_capitals(&next.text) == Some(true)
            }
        }
    }

    /// Whether a title starts after a row that ends a sentence: the title has no
    /// final full stop, and the text after it starts on its own row.
    fn title_begins(&self, row: &Row<'_>, ahead: &[Row<'_>]) -> bool {
        if in_capitals(&row.text) == Some(false)
            && in_capitals(&ahead[0].text) == Some(true)
            && ahead[0].text.split_whitespace().count() > 3
        {
            return true;
        }
        for pair in ahead.windows(2).take(LOOK_AHEAD) {
            let [row, next] = pair else { break };
            let ends_here = next.gap > 0 || !self.is_full(row, next);
            if ends_here {
                return ending(&row.text) == Ending::None;
            }
        }
        false
    }
}

/// The lines that continue a block: a title on its own between empty lines, then
/// several rows ending with a full stop, each of them full or continuing in lower
/// case. Small pages have too few rows to show their width in another way.
fn in_blocks(
    rows: &[Row<'_>],
    vocabulary: &Vocabulary,
    in_titles: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut starts: Vec<usize> = (0..rows.len())
        .filter(|&at| at == 0 || rows[at].gap > 0)
        .collect();
    starts.push(rows.len());
    for ends in starts.windows(3) {
        let (before, block) = (&rows[ends[0]..ends[1]], &rows[ends[1]..ends[2]]);
        let is_one = |title: &[Row<'_>]| {
            title
                .iter()
                .skip(1)
                .all(|row| in_titles.contains(&row.number))
        };
        if let ([title, ..], [_, rest @ ..]) = (before, block)
            && is_one(before)
            && is_bare_title(title)
            && is_wrapped_text(block, vocabulary)
        {
            found.extend(rest.iter().map(|row| row.number));
        }
    }
    found
}

/// The width of a page with few rows: no row is longer than a line of e-mail, and
/// wherever a row starts in lower case, its first word would have made the row
/// before it the longest.
fn small_width(rows: &[Row<'_>]) -> Option<usize> {
    let longest = rows.iter().map(|row| length(&row.text)).max()?;
    if !(MIN_WIDTH..=SMALL_WIDTH).contains(&longest) {
        return None;
    }
    let mut pairs = 0;
    for pair in rows.windows(2) {
        let next = &pair[1];
        if next.gap > 0 || !begins_lower(&next.text) {
            continue;
        }
        pairs += 1;
        if length(&pair[0].text) + 1 + first_word(&next.text) <= longest {
            return None;
        }
    }
    (pairs > 0).then_some(longest + 1)
}

fn is_bare_title(row: &Row<'_>) -> bool {
    form(&row.text) == Form::Plain && matches!(ending(&row.text), Ending::None | Ending::Question)
}

fn is_wrapped_text(block: &[Row<'_>], vocabulary: &Vocabulary) -> bool {
    let longest = block
        .iter()
        .map(|row| length(&row.text))
        .max()
        .unwrap_or_default();
    let ends = block.last().map(|row| ending(&row.text));
    let is_text = |row: &Row<'_>| {
        list_marker(&row.text).is_none()
            && matches!(form(&row.text), Form::Plain | Form::Addresses(_))
            && names(&row.text, vocabulary) != Names::List
    };
    block.len() > 1
        && longest <= MAX_WIDTH
        && matches!(ends, Some(Ending::Stop | Ending::Address))
        && in_capitals(&block[0].text) != Some(true)
        && form(&block[0].text) == Form::Plain
        && block.iter().all(is_text)
        && block
            .windows(2)
            .all(|pair| begins_lower(&pair[1].text) || length(&pair[0].text) * 4 >= longest * 3)
}

fn length(text: &str) -> usize {
    if text.len() > 4 * MAX_WIDTH {
        return text.len();
    }
    text.chars().count()
}

fn first_word(text: &str) -> usize {
    let word = text.split_whitespace().next().unwrap_or_default();
    length(word).min(MAX_WIDTH)
}

/// Whether most long words of a row are capitalised, as in titles; `None` if there
/// are too few to tell.
fn in_capitals(text: &str) -> Option<bool> {
    let mut long = 0;
    let mut capital = 0;
    for word in text.split_whitespace().take(60) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.len() > 3 && word.starts_with(char::is_alphabetic) {
            long += 1;
            capital += usize::from(word.starts_with(char::is_uppercase));
        }
    }
    (long >= 2).then_some(capital * 10 >= long * 7)
}
