//! Labels: "Background:", "Methods." and their like name the parts of an
//! abstract, in running text.

use std::ops::Range;

use super::paragraph;
use crate::prose::flat::Flat;
use crate::prose::nodes::trimmed;
use crate::prose::tree::{Block, BlockKind};

/// Where a labelled part begins.
pub(super) struct Label {
    block: usize,
    /// From the label to the text behind it, in the block's flat text.
    range: Range<usize>,
    name: String,
}

/// Finds the labels of an abstract's parts. They count only together: two of
/// them if the abstract begins with one, otherwise three.
pub(super) fn labels(blocks: &[Block]) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut full_stops = false;
    for (at, block) in blocks.iter().enumerate() {
        let BlockKind::Paragraph { content, .. } = &block.kind else {
            continue;
        };
        let flat = Flat::new(content);
        let mut start = 0;
        for mark in marks(&flat.text) {
            let phrase = &flat.text[start..mark];
            let name = phrase.trim();
            let is_sentence_end = flat.text[mark + 1..].starts_with([' ', '\u{a0}']);
            if name.len() <= 40 && is_label(name) && is_sentence_end {
                let is_colon = flat.text[mark..].starts_with(':');
                full_stops |= !is_colon;
                labels.push(Label {
                    block: at,
                    range: start + (phrase.len() - phrase.trim_start().len())..mark + 1,
                    name: name.to_owned(),
                });
            }
            if is_sentence_end {
                start = mark + 1;
            }
        }
    }
    let begins = labels
        .first()
        .is_some_and(|label| label.block == 0 && label.range.start == 0);
    let enough = if begins && !full_stops { 2 } else { 3 };
    if labels.len() < enough {
        labels.clear();
    }
    labels
}

/// Where a label could end: the colons and the ends of sentences.
fn marks(text: &str) -> Vec<usize> {
    let mut marks: Vec<usize> = memchr::memchr3_iter(b':', b'.', b'?', text.as_bytes()).collect();
    let before = marks.len();
    marks.extend(memchr::memchr_iter(b'!', text.as_bytes()));
    if marks.len() > before {
        marks.sort_unstable();
    }
    marks
}

/// The usual names of an abstract's parts.
fn is_label(name: &str) -> bool {
    if !name.starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    matches!(
        name.to_lowercase().as_str(),
        "purpose"
            | "background"
            | "introduction"
            | "motivation"
            | "context"
            | "objective"
            | "objectives"
            | "aim"
            | "aims"
            | "goal"
            | "goals"
            | "problem"
            | "problem statement"
            | "significance"
            | "importance"
            | "rationale"
            | "background and objective"
            | "background and objectives"
            | "background & objective"
            | "background and purpose"
            | "background and aim"
            | "aim and objective"
            | "purpose and background"
            | "question"
            | "design"
            | "setting"
            | "participants"
            | "data"
            | "materials"
            | "approach"
            | "method"
            | "methods"
            | "methodology"
            | "material and methods"
            | "materials and methods"
            | "material and method"
            | "methods and materials"
            | "methods and results"
            | "methods and findings"
            | "data and methods"
            | "experimental design"
            | "experiments"
            | "evaluation"
            | "measurements"
            | "main outcome measures"
            | "results"
            | "result"
            | "main results"
            | "key results"
            | "findings"
            | "results and discussion"
            | "results and conclusion"
            | "results and conclusions"
            | "discussion"
            | "discussion and conclusion"
            | "discussion and conclusions"
            | "conclusion"
            | "conclusions"
            | "conclusion and significance"
            | "summary"
            | "interpretation"
            | "implications"
            | "limitations"
            | "contribution"
            | "contributions"
            | "clinical relevance"
            | "clinical impact"
            | "clinical significance"
            | "novelty"
            | "impact"
            | "outlook"
            | "availability"
            | "availability and implementation"
            | "supplementary information"
            | "contact"
            | "data availability"
            | "code availability"
            | "keywords"
            | "key words"
    )
}

/// Parts paragraphs at their labels.
pub(super) fn part(blocks: Vec<Block>, labels: &[Label]) -> Vec<Block> {
    let mut out = Vec::new();
    for (at, block) in blocks.into_iter().enumerate() {
        let here: Vec<&Label> = labels.iter().filter(|label| label.block == at).collect();
        let (BlockKind::Paragraph { content, .. }, false) = (&block.kind, here.is_empty()) else {
            out.push(block);
            continue;
        };
        let flat = Flat::new(content);
        let before = trimmed(flat.slice(0..here[0].range.start));
        if !before.is_empty() {
            out.push(paragraph(None, before, block.continues));
        }
        for (nth, label) in here.iter().enumerate() {
            let end = here
                .get(nth + 1)
                .map_or(flat.text.len(), |next| next.range.start);
            let content = trimmed(flat.slice(label.range.end..end));
            out.push(paragraph(Some(label.name.clone()), content, false));
        }
    }
    out
}
