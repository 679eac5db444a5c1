//! A line: a reference that is being written, as HTML and as plain text at once.

use super::Citation;

/// A reference that is being written.
#[derive(Debug, Default)]
pub(super) struct Line {
    citation: Citation,
}

impl Line {
    /// Writes text as it is.
    pub(super) fn push(&mut self, text: &str) {
        self.citation.plain.push_str(text);
        self.push_html(text);
    }

    /// Writes text in italics.
    pub(super) fn italic(&mut self, text: &str) {
        if !text.is_empty() {
            self.citation.html.push_str("<i>");
            self.citation.plain.push_str(text);
            self.push_html(text);
            self.citation.html.push_str("</i>");
        }
    }

    /// Writes a title in quotation marks, with the mark that ends it within them
    /// as American style has it, unless the title brings its own. Quotation
    /// marks in the title become single ones.
    pub(super) fn quoted(&mut self, title: &str, end: char) {
        if title.is_empty() {
            return;
        }
        self.push("“");
        self.push(&single_quotes(title));
        if !title.ends_with(['.', '?', '!', '…']) {
            self.push(end.encode_utf8(&mut [0; 4]));
        }
        self.push("”");
    }

    /// Ends a sentence: a full stop, unless one or its like is there already.
    pub(super) fn stop(&mut self) {
        let written = self.citation.plain.trim_end_matches(['”', '’']);
        if !written.is_empty() && !written.ends_with(['.', '?', '!', '…']) {
            self.push(".");
        }
    }

    /// Writes a space where something stands before.
    pub(super) fn space(&mut self) {
        if !self.citation.plain.is_empty() && !self.citation.plain.ends_with(' ') {
            self.push(" ");
        }
    }

    /// Ends the sentence before and writes the next.
    pub(super) fn sentence(&mut self, text: &str) {
        if !text.is_empty() {
            self.stop();
            self.space();
            self.push(text);
        }
    }

    /// Ends the sentence before and writes an address, which takes no full stop
    /// after it: it would be copied along.
    pub(super) fn address(&mut self, address: Option<&str>) {
        self.stop();
        if let Some(address) = address {
            self.space();
            self.push(address);
        }
    }

    /// The reference.
    pub(super) fn finish(self) -> Citation {
        self.citation
    }

    fn push_html(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.citation.html.push_str("&amp;"),
                '<' => self.citation.html.push_str("&lt;"),
                '>' => self.citation.html.push_str("&gt;"),
                '"' => self.citation.html.push_str("&quot;"),
                '\'' => self.citation.html.push_str("&#39;"),
                c => self.citation.html.push(c),
            }
        }
    }
}

/// Double quotation marks within double ones become single.
fn single_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut opens = true;
    for c in text.chars() {
        match c {
            '“' => out.push('‘'),
            '”' => out.push('’'),
            '"' if opens => out.push('‘'),
            '"' => out.push('’'),
            c => out.push(c),
        }
        opens = c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '—' | '–');
    }
    out
}

/// The names joined as a list: "a", "a`last`b", "a, b`last`c".
pub(super) fn join(names: &[String], two: &str, last: &str) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first}{two}{second}"),
        [init @ .., end] => format!("{}{last}{end}", init.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_within_a_quoted_title_become_single() {
        let mut line = Line::default();
        line.quoted("\"Why\" and (“how”)?", '.');
        assert_eq!(line.finish().plain, "“‘Why’ and (‘how’)?”");
    }

    #[test]
    fn a_sentence_is_ended_once() {
        for (text, want) in [("a", "a. b"), ("a.", "a. b"), ("a?", "a? b"), ("", "b")] {
            let mut line = Line::default();
            line.push(text);
            line.sentence("b");
            assert_eq!(line.finish().plain, want);
        }
    }
}
