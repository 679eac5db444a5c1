//! Layout: how a page marks the start of a paper. The most reliable marker used
//! throughout wins: a label, a number, a bullet, an empty line, or only the shape
//! of the text.

use super::form::Form;
use super::labels::Label;
use super::list_marker::ListMarker;
use super::names::{Names, names};
use super::paragraphs::Paragraph;
use super::shape::Shape;
use super::vocabulary::Vocabulary;

/// The marker that starts an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// "Title: …".
    Label,
    /// "1.", "[2]", "#3".
    Number,
    /// A dash or a dot, at this indentation.
    Bullet(usize),
    /// The first line of a group of lines.
    Group,
    /// Only the appearance of a title.
    Shape,
}

/// How a page is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// How entries start.
    pub(super) sign: Sign,
    /// Whether entries have a line of names after the title, so that a single name
    /// there is an author.
    pub(super) names: bool,
    /// Whether most entries have an abstract.
    pub(super) abstracts: bool,
}

impl Layout {
    /// Examines all paragraphs.
    pub(super) fn of(paragraphs: &[Paragraph], vocabulary: &Vocabulary) -> Self {
        let pairs = Pairs::of(paragraphs, vocabulary);
        Self {
            sign: sign(paragraphs, &pairs),
            names: pairs.named >= 2 && pairs.named >= 2 * pairs.bare,
            abstracts: pairs.prose * 2 >= pairs.titles,
        }
    }

    /// Whether a paragraph has the marker.
    pub(super) fn opens(&self, paragraph: &Paragraph, first_of_all: bool) -> bool {
        match self.sign {
            Sign::Label => matches!(paragraph.form, Form::Label(Label::Title, _)),
            Sign::Number => matches!(paragraph.mark, Some(ListMarker::Number(_))),
            Sign::Bullet(indent) => {
                paragraph.mark == Some(ListMarker::Bullet)
                    && paragraph.indent <= indent
                    && paragraph.is_plain()
            }
            Sign::Group => {
                (paragraph.gap > 0 || first_of_all)
                    && paragraph.is_plain()
                    && paragraph.shape != Shape::Prose
            }
            Sign::Shape => false,
        }
    }
}

/// How titles, names and prose follow each other, regardless of markers.
#[derive(Debug, Default)]
struct Pairs {
    /// Paragraphs that look like titles, excluding names.
    titles: usize,
    /// Runs of prose.
    prose: usize,
    /// Unmarked titles directly followed by prose.
    bare: usize,
    /// Titles with a line of names, followed by prose or the end of the group.
    named: usize,
}

impl Pairs {
    fn of(paragraphs: &[Paragraph], vocabulary: &Vocabulary) -> Self {
        let mut pairs = Self::default();
        let plain: Vec<&Paragraph> = paragraphs.iter().filter(|p| p.is_plain()).collect();
        let mut before = (Shape::Prose, Names::No);
        for (at, paragraph) in plain.iter().enumerate() {
            let people = match paragraph.shape {
                Shape::Prose => Names::No,
                _ => names(&paragraph.text, vocabulary),
            };
            let next = plain.get(at + 1);
            let then_prose = next.is_some_and(|next| next.shape == Shape::Prose);
            let ends_group = next.is_none_or(|next| next.gap > 0) && paragraph.gap == 0;
            let after_title = before.0 != Shape::Prose && before.1 == Names::No;
            match (paragraph.shape, people) {
                (Shape::Prose, _) => pairs.prose += usize::from(before.0 != Shape::Prose),
                (_, Names::List) if after_title => pairs.named += 1,
                (_, Names::One) if after_title && (then_prose || ends_group) => pairs.named += 1,
                _ => {
                    pairs.titles += 1;
                    pairs.bare += usize::from(then_prose && paragraph.mark.is_none());
                }
            }
            before = (paragraph.shape, people);
        }
        pairs
    }
}

fn sign(paragraphs: &[Paragraph], pairs: &Pairs) -> Sign {
    let labelled = paragraphs
        .iter()
        .filter(|p| matches!(p.form, Form::Label(Label::Title, _)))
        .count();
    if labelled > 0 && labelled >= pairs.bare {
        return Sign::Label;
    }
    if is_numbered(paragraphs, pairs) {
        return Sign::Number;
    }
    if let Some(indent) = bulleted(paragraphs, pairs) {
        return Sign::Bullet(indent);
    }
    if is_grouped(paragraphs) {
        return Sign::Group;
    }
    Sign::Shape
}

/// Whether numbers count entries: consecutive, before titles or identifiers, and
/// not the items of an enumeration in an abstract.
fn is_numbered(paragraphs: &[Paragraph], pairs: &Pairs) -> bool {
    let mut numbered = 0;
    let mut titles = 0;
    let mut steps = 0;
    let mut restarts = 0;
    let mut last = None;
    for paragraph in paragraphs {
        let Some(ListMarker::Number(number)) = paragraph.mark else {
            continue;
        };
        numbered += 1;
        titles += usize::from(!paragraph.is_plain() || paragraph.shape != Shape::Prose);
        steps += usize::from(last.is_some_and(|last| number == last + 1));
        restarts += usize::from(last.is_some() && number == 1);
        last = Some(number);
    }
    let counts = (steps + restarts) * 10 >= (numbered.max(1) - 1) * 8 && restarts * 3 <= numbered;
    // Newsletters put title and text in one paragraph.
    let opens = titles * 10 >= numbered * 7 || (restarts == 0 && pairs.bare * 2 <= numbered);
    numbered >= 2 && counts && opens && numbered >= pairs.bare
}

/// The indentation of bullets that start entries, if they do.
fn bulleted(paragraphs: &[Paragraph], pairs: &Pairs) -> Option<usize> {
    let bullets = || {
        paragraphs
            .iter()
            .filter(|p| p.mark == Some(ListMarker::Bullet) && p.is_plain())
    };
    let indent = bullets().map(|p| p.indent).min()?;
    let outer = bullets().filter(|p| p.indent <= indent + 1);
    let (mut all, mut titles) = (0, 0);
    for bullet in outer {
        all += 1;
        titles += usize::from(bullet.shape != Shape::Prose);
    }
    (all >= 2 && titles * 10 >= all * 7 && pairs.bare * 3 <= all).then_some(indent + 1)
}

/// Whether empty lines separate entries: most groups of lines start with a title
/// and continue after it.
fn is_grouped(paragraphs: &[Paragraph]) -> bool {
    let (mut groups, mut opened, mut longest) = (0_usize, 0_usize, 0_usize);
    let mut at = 0;
    while at < paragraphs.len() {
        let rest = paragraphs[at + 1..].iter();
        let size = 1 + rest.take_while(|p| p.gap == 0).count();
        let first = &paragraphs[at];
        let follows = paragraphs[at + 1..at + size]
            .iter()
            .any(|p| p.is_plain() || matches!(p.form, Form::Label(..)));
        groups += 1;
        opened += usize::from(first.is_plain() && first.shape != Shape::Prose && follows);
        longest = longest.max(size);
        at += size;
    }
    // A page without empty lines is a single group, which says nothing.
    opened >= 2 && opened * 10 >= groups * 7 && longest <= 40
}
