//! Prints what reading changes in abstracts without TeX, with surrounding words,
//! for a person to judge.

use offprint::prose::{self, BlockKind, Options};

use super::corpus::Paper;

/// How many words are shown around a change.
const AROUND: usize = 4;

/// Prints every change to the text, and every enumeration and labelled part.
pub(crate) fn print(papers: &[Paper]) {
    let options = Options::default();
    let (mut abstracts, mut changes, mut changed) = (0, 0, 0);
    let (mut lists, mut parted) = (0, 0);
    for (nth, paper) in papers.iter().enumerate() {
        let source = &paper.abstract_text;
        if source.contains(['\\', '$']) {
            continue;
        }
        abstracts += 1;
        let reading = prose::read_abstract(source, &paper.title, &options);
        let plain = reading.plain();
        let before: Vec<&str> = source.split_whitespace().collect();
        let after: Vec<&str> = plain.split_whitespace().collect();
        let found = differences(&before, &after);
        changed += usize::from(!found.is_empty());
        changes += found.len();
        let rules: Vec<&str> = reading.repairs().iter().map(|made| made.rule).collect();
        for change in found {
            println!("{} [{}]", nth + 1, rules.join(" "));
            println!("    - {}\n    + {}", change.before, change.after);
        }
        if reading.html().contains("<em>")
            || reading.html().contains("<strong>")
            || reading.html().contains("<code>")
        {
            for made in reading
                .repairs()
                .iter()
                .filter(|made| made.rule == "markdown")
            {
                println!("{} markdown: {} -> {}", nth + 1, made.before, made.after);
            }
        }
        for block in reading.blocks() {
            match &block.kind {
                BlockKind::Paragraph {
                    label: Some(label), ..
                } => {
                    parted += 1;
                    println!("{} label: {label}", nth + 1);
                }
                BlockKind::Paragraph { .. } => {}
                BlockKind::List { items, numbering } => {
                    lists += 1;
                    println!("{} {numbering:?}", nth + 1);
                    for item in items {
                        println!("    * {} {}", item.marker, shown(&item.content));
                    }
                }
            }
        }
    }
    println!(
        "{abstracts} abstracts without TeX; {changed} of them changed, {changes} changes; {lists} enumerations, {parted} labelled parts"
    );
}

fn shown(content: &[prose::Inline]) -> String {
    let text: String = content
        .iter()
        .map(|node| match node {
            prose::Inline::Text(text) => text.clone(),
            other => format!("{other:?}"),
        })
        .collect();
    text.chars().take(160).collect()
}

struct Change {
    before: String,
    after: String,
}

/// The runs of words that differ, found by the longest common subsequence.
fn differences(before: &[&str], after: &[&str]) -> Vec<Change> {
    let width = after.len() + 1;
    let mut common = vec![0_u32; (before.len() + 1) * width];
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            common[i * width + j] = if before[i] == after[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < before.len() || j < after.len() {
        if i < before.len() && j < after.len() && before[i] == after[j] {
            i += 1;
            j += 1;
            continue;
        }
        let (from_i, from_j) = (i, j);
        while (i < before.len() || j < after.len())
            && !(i < before.len() && j < after.len() && before[i] == after[j])
        {
            let drop_before = i < before.len()
                && (j == after.len() || common[(i + 1) * width + j] >= common[i * width + j + 1]);
            if drop_before {
                i += 1;
            } else {
                j += 1;
            }
        }
        changes.push(Change {
            before: around(before, from_i, i),
            after: around(after, from_j, j),
        });
    }
    changes
}

fn around(words: &[&str], from: usize, to: usize) -> String {
    words[from.saturating_sub(AROUND)..(to + AROUND).min(words.len())].join(" ")
}
