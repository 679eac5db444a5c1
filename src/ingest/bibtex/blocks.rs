//! Splits a bibliography into blocks that start with `@`, so that a broken one does
//! not affect the others.

/// A part of the file that starts with `@`.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// The line where it starts.
    pub(super) line: usize,
    /// Its type in lower case: `article`, `string`.
    pub(super) kind: String,
    /// The whole text.
    pub(super) text: &'a str,
    /// The text between its outermost braces or brackets.
    pub(super) inner: &'a str,
    /// Whether it was closed.
    pub(super) is_closed: bool,
    /// Whether a backslash excludes a brace from counting.
    pub(super) escapes: bool,
    /// The text between this block and the next.
    pub(super) behind: &'a str,
}

impl Block<'_> {
    /// Its first line, for messages.
    pub(super) fn shown(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }

    /// The line number, the line's text and the offset on it, for a byte of
    /// `inner`.
    pub(super) fn place(&self, at: usize) -> (usize, &str, usize) {
        let at = self.inner.as_ptr() as usize - self.text.as_ptr() as usize + at;
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        let line = self.line + memchr::memchr_iter(b'\n', before).count();
        let shown = self.text.get(start..).unwrap_or_default();
        (line, shown.lines().next().unwrap_or_default(), at - start)
    }

    /// The line after this block that looks like a field, if there is one: a brace
    /// closed the block too early.
    pub(super) fn stray_field(&self) -> Option<(usize, &str)> {
        let first = self.line + self.text.matches('\n').count();
        let stray = |line: &str| {
            let name = line.trim_start();
            let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "-_+".contains(c)));
            let Some(value) = end
                .filter(|end| *end > 1)
                .and_then(|end| name[end..].trim_start().strip_prefix('='))
            else {
                return false;
            };
            value.trim_start().starts_with(['{', '"'])
        };
        let lines = self.behind.lines().enumerate();
        let mut found = lines.filter(|(_, line)| stray(line));
        found.next().map(|(n, line)| (first + n, line))
    }
}

/// The blocks of a file. A block with unbalanced braces ends where the next one
/// starts on its own line.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let (mut at, mut line, mut counted, mut closed) = (0, 1, 0, 0);
    while let Some(found) = memchr::memchr(b'@', &text.as_bytes()[at..]) {
        let start = at + found;
        let after = &text[start + 1..];
        let word = after
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let gap = after[word..].len() - after[word..].trim_start().len();
        let open = start + 1 + word + gap;
        let in_word = text[..start].ends_with(|c: char| c.is_alphanumeric());
        if word == 0 || in_word || !text[open..].starts_with(['{', '(']) {
            at = start + 1;
            continue;
        }
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..start]).count();
        counted = start;
        if let Some(last) = blocks.last_mut() {
            last.behind = &text[closed..start];
        }
        // BibTeX counts every brace. If that fails, a backslash may have been meant
        // to escape one.
        let (mut close, mut is_closed) = end(text, open, false);
        let mut escapes = false;
        if !is_closed {
            let escaped = end(text, open, true);
            if escaped.1 {
                (close, is_closed) = escaped;
                escapes = true;
            }
        }
        blocks.push(Block {
            line,
            kind: after[..word].to_ascii_lowercase(),
            text: &text[start..close],
            inner: &text[open + 1..close - usize::from(is_closed)],
            is_closed,
            escapes,
            behind: "",
        });
        (at, closed) = (close, close);
    }
    if let Some(last) = blocks.last_mut() {
        last.behind = &text[closed..];
    }
    blocks
}

/// The end of a block, and whether it was closed.
fn end(text: &str, open: usize, escapes: bool) -> (usize, bool) {
    let bytes = text.as_bytes();
    let paren = bytes[open] == b'(';
    let mut depth = 0usize;
    let mut at = open;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if escapes => at += 1,
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !paren {
                    return (at + 1, true);
                }
            }
            b')' if paren && depth == 0 => return (at + 1, true),
            b'\n' if begins_entry(&text[at + 1..]) => return (at + 1, false),
            _ => {}
        }
        at += 1;
    }
    (text.len(), false)
}

/// Whether a line starts an entry: `@type{key,`.
fn begins_entry(text: &str) -> bool {
    let Some(after) = text.strip_prefix('@') else {
        return false;
    };
    let word = after
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(after.len());
    word > 1 && after[word..].starts_with(['{', '('])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_entry_ends_where_the_next_begins() {
        let text = "@article{a, title = {A {B}\n}\n% note @x\n@misc{b, title = {C}}\n";
        let found = blocks(text);
        assert_eq!(found.len(), 2);
        assert!(!found[0].is_closed && found[1].is_closed);
        assert_eq!((found[1].line, found[1].inner), (4, "b, title = {C}"));
    }

    #[test]
    fn a_brace_that_a_backslash_precedes_counts_where_that_works_out() {
        for (text, escapes) in [
            ("@misc{a, title = {C:\\}}", false),
            ("@misc{a, title = {A \\} brace}}", false),
            ("@misc{a, title = {A \\{ brace}}", true),
        ] {
            let found = blocks(text);
            assert!(found[0].is_closed, "{text}");
            assert_eq!(found[0].escapes, escapes, "{text}");
        }
    }

    #[test]
    fn fields_outside_of_any_entry_are_noticed() {
        let text =
            "@misc{a, title = {A}} and C},\n  year = {2000}\n}\n@misc{b, title = {B}}\n(x = y)";
        let found = blocks(text);
        assert_eq!(found[0].stray_field(), Some((2, "  year = {2000}")));
        assert_eq!(found[1].stray_field(), None);
    }
}
