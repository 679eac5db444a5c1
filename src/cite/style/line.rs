//! References: corrects the CSL processor's output and writes it as HTML and plain
//! text.

use hayagriva::citationberg::{FontStyle, FontWeight};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatting};

use super::Citation;
use crate::model::People;

/// The maximum nesting of elements in a reference.
const MAX_DEPTH: usize = 60;

/// A reference under construction.
#[derive(Debug, Default)]
pub(super) struct Line {
    runs: Vec<Run>,
}

/// A run of text with one format.
#[derive(Debug, Default)]
struct Run {
    text: String,
    italic: bool,
    bold: bool,
}

impl Line {
    /// Adds the processor's output for an item.
    pub(super) fn push(&mut self, children: &ElemChildren) {
        self.children(children, 0);
    }

    fn children(&mut self, children: &ElemChildren, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for child in &children.0 {
            match child {
                ElemChild::Text(text) | ElemChild::Link { text, .. } => {
                    self.text(&text.text, text.formatting);
                }
                ElemChild::Markup(text) => self.text(text, Formatting::default()),
                ElemChild::Elem(elem) => {
                    if !is_number(elem) {
                        self.children(&elem.children, depth + 1);
                    }
                }
                ElemChild::Transparent { .. } => {}
            }
        }
    }

    fn text(&mut self, text: &str, look: Formatting) {
        let italic = look.font_style == FontStyle::Italic;
        let bold = look.font_weight == FontWeight::Bold;
        match self.runs.last_mut() {
            Some(run) if run.italic == italic && run.bold == bold => run.text.push_str(text),
            _ => self.runs.push(Run {
                text: text.to_owned(),
                italic,
                bold,
            }),
        }
    }

    /// The finished reference.
    pub(super) fn finish(mut self) -> Citation {
        self.join_others();
        self.nest_quotes();
        self.drop_stops();
        let mut citation = Citation::default();
        for run in &self.runs {
            citation.plain.push_str(&run.text);
            let marks = [(run.bold, "b"), (run.italic, "i")];
            let set = || {
                marks
                    .iter()
                    .filter(|(is_set, _)| *is_set && !run.text.is_empty())
            };
            for (_, mark) in set() {
                citation.html.push_str(&format!("<{mark}>"));
            }
            html_escape::encode_quoted_attribute_to_string(&run.text, &mut citation.html);
            for (_, mark) in set().collect::<Vec<_>>().into_iter().rev() {
                citation.html.push_str(&format!("</{mark}>"));
            }
        }
        citation.plain.truncate(citation.plain.trim_end().len());
        citation
    }

    /// CSL has no term for unnamed authors, so they are passed as a person called
    /// "et al." This removes the "and" before it.
    fn join_others(&mut self) {
        let others = People::OTHERS;
        for run in &mut self.runs {
            if !run.text.contains(others) {
                continue;
            }
            for joint in [", & ", ", and ", " & ", " and "] {
                let comma = if joint.starts_with(',') { ", " } else { " " };
                let (said, meant) = (format!("{joint}{others}"), format!("{comma}{others}"));
                run.text = run.text.replace(&said, &meant);
            }
            run.text = run.text.replace(&format!("{others}."), others);
        }
    }

    /// Makes inner quotation marks single; the processor leaves them as they are in
    /// the title.
    fn nest_quotes(&mut self) {
        if self.runs.iter().any(|run| run.text.contains(['„', '«'])) {
            return;
        }
        let mut depth = 0usize;
        let mut before = ' ';
        for run in &mut self.runs {
            if !run.text.contains(['“', '”', '"']) && depth == 0 {
                before = run.text.chars().next_back().unwrap_or(before);
                continue;
            }
            let mut out = String::with_capacity(run.text.len());
            for c in run.text.chars() {
                let opens =
                    before.is_whitespace() || matches!(before, '(' | '[' | '“' | '‘' | '—' | '–');
                out.push(match c {
                    '“' => {
                        depth += 1;
                        if depth > 1 { '‘' } else { '“' }
                    }
                    '”' => {
                        depth = depth.saturating_sub(1);
                        if depth > 0 { '’' } else { '”' }
                    }
                    '"' if depth > 0 => {
                        if opens {
                            '‘'
                        } else {
                            '’'
                        }
                    }
                    c => c,
                });
                before = c;
            }
            run.text = out;
        }
    }

    /// Removes the full stop after a title that ends in a question mark or the
    /// like.
    fn drop_stops(&mut self) {
        let mut ended = false;
        for run in &mut self.runs {
            let mut out = String::with_capacity(run.text.len());
            for c in run.text.chars() {
                match c {
                    '.' if ended => {
                        ended = false;
                        continue;
                    }
                    '?' | '!' => ended = true,
                    '”' | '’' | '»' => {}
                    _ => ended = false,
                }
                out.push(c);
            }
            run.text = out;
        }
    }
}

/// Whether an element is a reference's number in a list. A reference by itself has
/// none.
fn is_number(elem: &Elem) -> bool {
    matches!(elem.meta, Some(ElemMeta::CitationNumber))
}
