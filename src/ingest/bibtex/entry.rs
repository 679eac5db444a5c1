//! Parses an entry into key and fields. Values are still sequences of strings,
//! numbers and macro names, as in `"A" # jan # {B}`.

use super::blocks::Block;

/// A piece of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text in braces or quotation marks, or a number.
    Text(&'a str),
    /// A macro name.
    Macro(&'a str),
}

/// The pieces of a value.
pub(super) type Value<'a> = Vec<Piece<'a>>;

/// The content of an entry.
#[derive(Debug, Default)]
pub(super) struct Entry<'a> {
    /// The citation key.
    pub(super) key: &'a str,
    /// The fields in order, with names in lower case.
    pub(super) fields: Vec<(String, Value<'a>)>,
    /// Missing punctuation that could be guessed, with its position.
    pub(super) mended: Vec<SyntaxError>,
}

/// A syntax error in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// The byte offset within the block's content.
    pub(super) at: usize,
    pub(super) what: String,
}

/// Reads the fields of a block.
pub(super) fn entry<'a>(block: &Block<'a>) -> Result<Entry<'a>, SyntaxError> {
    let mut reader = Reader {
        text: block.inner,
        at: 0,
        escapes: block.escapes,
    };
    let mut entry = Entry::default();
    reader.key(&mut entry);
    reader.fields(&mut entry)?;
    Ok(entry)
}

/// Parses the macros in a `@string` block.
pub(super) fn definitions<'a>(block: &Block<'a>) -> Result<Vec<(String, Value<'a>)>, SyntaxError> {
    let mut reader = Reader {
        text: block.inner,
        at: 0,
        escapes: block.escapes,
    };
    let mut entry = Entry::default();
    reader.fields(&mut entry)?;
    Ok(entry.fields)
}

/// Parses the value of a `@preamble` block.
pub(super) fn preamble<'a>(block: &Block<'a>) -> Result<Value<'a>, SyntaxError> {
    let mut reader = Reader {
        text: block.inner,
        at: 0,
        escapes: block.escapes,
    };
    reader.value()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    escapes: bool,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Skips white space, and comments between fields.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            if self.peek() != Some('%') {
                return;
            }
            let rest = self.rest();
            self.at += memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        }
    }

    fn fault(&self, at: usize, what: impl Into<String>) -> SyntaxError {
        SyntaxError {
            at,
            what: what.into(),
        }
    }

    /// The key: the text before the first comma. If that looks like a field, the
    /// key or its comma is missing.
    fn key(&mut self, entry: &mut Entry<'a>) {
        self.skip();
        let rest = self.rest();
        let end = rest.find([',', '=', '{', '"']).unwrap_or(rest.len());
        let found = rest[..end].trim();
        if !rest[end..].starts_with(['=', '{', '"']) {
            entry.key = found;
            if found.is_empty() {
                entry
                    .mended
                    .push(self.fault(self.at, "the entry has no key"));
            }
            self.at += end;
            if self.peek() == Some(',') {
                self.at += 1;
            }
            return;
        }
        if let Some((key, _)) = found.split_once(char::is_whitespace) {
            entry.key = key;
            self.at += key.len();
        }
        let fault = self.fault(self.at, "the entry's key or the comma after it is missing");
        entry.mended.push(fault);
    }

    fn fields(&mut self, entry: &mut Entry<'a>) -> Result<(), SyntaxError> {
        loop {
            self.skip();
            match self.peek() {
                None => return Ok(()),
                Some(',') => self.at += 1,
                Some(_) => self.field(entry)?,
            }
        }
    }

    fn field(&mut self, entry: &mut Entry<'a>) -> Result<(), SyntaxError> {
        let start = self.at;
        let name = self.word();
        if name.is_empty() {
            return Err(self.fault(start, "a field name is expected here"));
        }
        self.skip();
        match self.peek() {
            Some('=') => self.at += 1,
            Some('{' | '"') => {
                let fault = self.fault(start, format!("`=` is missing after `{}`", shown(name)));
                entry.mended.push(fault);
            }
            _ => {
                return Err(self.fault(start, format!("`=` is missing after `{}`", shown(name))));
            }
        }
        let value = self.value()?;
        if !value.is_empty() {
            entry.fields.push((name.to_lowercase(), value));
        }
        self.skip();
        if !matches!(self.peek(), None | Some(',')) {
            let fault = self.fault(
                self.at,
                format!("a comma is missing after `{}`", shown(name)),
            );
            entry.mended.push(fault);
        }
        Ok(())
    }

    /// A word: a field name, a macro name or a number.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || "={}\"#,%".contains(c))
            .unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Pieces joined by `#`. No piece at all makes an empty value.
    fn value(&mut self) -> Result<Value<'a>, SyntaxError> {
        let mut value = Value::new();
        loop {
            self.skip();
            match self.peek() {
                Some('{') => value.push(Piece::Text(self.enclosed(b'}', "brace")?)),
                Some('"') => value.push(Piece::Text(self.enclosed(b'"', "quotation mark")?)),
                _ => {
                    let word = self.word();
                    let is_number = word.bytes().all(|b| b.is_ascii_digit());
                    if !word.is_empty() {
                        value.push(if is_number {
                            Piece::Text(word)
                        } else {
                            Piece::Macro(word)
                        });
                    }
                }
            }
            self.skip();
            if self.peek() != Some('#') {
                return Ok(value);
            }
            self.at += 1;
        }
    }

    /// A text up to its closing delimiter, outside all braces.
    fn enclosed(&mut self, close: u8, called: &str) -> Result<&'a str, SyntaxError> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let (mut at, mut depth) = (start, 0usize);
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if self.escapes => at += 1,
                // An escaped quotation mark is part of the text, although BibTeX
                // itself would stop there.
                b'\\' if close == b'"' && bytes.get(at + 1) == Some(&b'"') => at += 1,
                byte if byte == close && depth == 0 => {
                    self.at = at + 1;
                    return Ok(&self.text[start..at]);
                }
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
        Err(self.fault(
            start - 1,
            format!("the {called} that opens here is never closed"),
        ))
    }
}

fn shown(name: &str) -> String {
    name.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;
    use super::*;

    fn read(text: &str) -> Result<Entry<'_>, SyntaxError> {
        entry(&blocks(text)[0])
    }

    #[test]
    fn values_are_texts_numbers_and_macros() {
        use Piece::{Macro, Text};
        let text = "@article(k:1, Title = \"A {\"}B{\"} C\" # { D},\n % remark\n month = \"13~\" # jan, year=2001 , Note = , x = {a, {b}},)";
        let entry = read(text).unwrap();
        assert_eq!(entry.key, "k:1");
        assert!(entry.mended.is_empty(), "{:?}", entry.mended);
        let want = [
            ("title", vec![Text("A {\"}B{\"} C"), Text(" D")]),
            ("month", vec![Text("13~"), Macro("jan")]),
            ("year", vec![Text("2001")]),
            ("x", vec![Text("a, {b}")]),
        ];
        let got: Vec<(&str, Value<'_>)> = entry
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn what_can_be_guessed_is_mended_and_said() {
        for (text, key, fields, mended) in [
            ("@misc{a, title = {A} year = 2000}", "a", 2, 1),
            ("@misc{a title = {A}, year = 2000}", "a", 2, 1),
            ("@misc{title = {A}}", "", 1, 1),
            ("@misc{, title = {A}}", "", 1, 1),
            ("@misc{\n author = {A}, title = {B},\n}", "", 2, 1),
            ("@misc{a, title {A}}", "a", 1, 1),
            ("@misc{a,, title = {A},, }", "a", 1, 0),
            ("@misc{a}", "a", 0, 0),
        ] {
            let entry = read(text).unwrap();
            assert_eq!(
                (entry.key, entry.fields.len(), entry.mended.len()),
                (key, fields, mended),
                "{text}"
            );
        }
        assert!(read("@misc{a, title}").is_err());
        assert_eq!(read("@misc{a, title = \"A}").unwrap_err().at, 11);
    }
}
