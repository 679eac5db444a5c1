//! Scripts: JavaScript as it is served, without its comments.

/// The script without comments, blank lines and leading or trailing spaces. Line breaks
/// between code are kept, so that the meaning does not change.
///
/// Strings, template literals and regular expressions are skipped. The meaning of `/`
/// is decided by what precedes it, as far as that is possible without a parser: after
/// `)` it divides, after `}` it begins a regular expression.
pub(super) fn without_comments(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut scanner = Scanner {
        script,
        at: 0,
        templates: Vec::new(),
    };
    while let Some(piece) = scanner.next_piece() {
        match piece {
            Piece::Code(code) => {
                for (i, line) in code.split('\n').enumerate() {
                    if i > 0 {
                        end_line(&mut out);
                        out.push_str(line.trim_start_matches([' ', '\t']));
                    } else {
                        out.push_str(line);
                    }
                }
            }
            Piece::Literal(literal) => out.push_str(literal),
            // A comment over several lines separates statements as a line break does.
            Piece::Comment(comment) if comment.contains('\n') => end_line(&mut out),
            Piece::Comment(_) => {
                if !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
        }
    }
    end_line(&mut out);
    out
}

/// Ends a line; a blank one is dropped.
fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches([' ', '\t', '\r']).len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

enum Piece<'a> {
    Code(&'a str),
    Literal(&'a str),
    Comment(&'a str),
}

struct Scanner<'a> {
    script: &'a str,
    at: usize,
    /// For each template literal that is open here, how many braces are open in its
    /// current `${…}`.
    templates: Vec<u32>,
}

impl<'a> Scanner<'a> {
    fn next_piece(&mut self) -> Option<Piece<'a>> {
        let start = self.at;
        if start >= self.script.len() {
            return None;
        }
        let bytes = self.script.as_bytes();
        let kind: fn(&'a str) -> Piece<'a> = match bytes[start] {
            b'/' if bytes.get(start + 1) == Some(&b'/') => {
                self.at = self.find(start, "\n", 0);
                Piece::Comment
            }
            b'/' if bytes.get(start + 1) == Some(&b'*') => {
                self.at = self.find(start + 2, "*/", 2);
                Piece::Comment
            }
            b'/' if self.is_regex(start) => {
                self.at = self.regex_end(start);
                Piece::Literal
            }
            quote @ (b'"' | b'\'') => {
                self.at = self.string_end(start, quote);
                Piece::Literal
            }
            b'`' => {
                self.at = self.template_end(start + 1);
                Piece::Literal
            }
            b'}' if self.templates.last() == Some(&0) => {
                self.templates.pop();
                self.at = self.template_end(start + 1);
                Piece::Literal
            }
            brace @ (b'{' | b'}') => {
                if let Some(depth) = self.templates.last_mut() {
                    *depth = if brace == b'{' {
                        *depth + 1
                    } else {
                        *depth - 1
                    };
                }
                self.at += 1;
                Piece::Code
            }
            _ => {
                self.at += 1;
                while self.at < bytes.len() && !b"/\"'`{}".contains(&bytes[self.at]) {
                    self.at += 1;
                }
                Piece::Code
            }
        };
        Some(kind(&self.script[start..self.at]))
    }

    /// The position of `needle` at or after `from`, plus `further` bytes; or the end.
    fn find(&self, from: usize, needle: &str, further: usize) -> usize {
        self.script
            .get(from..)
            .and_then(|rest| rest.find(needle))
            .map_or(self.script.len(), |at| from + at + further)
    }

    /// The end of a literal that `closes` terminates, with escapes skipped.
    fn literal_end(&self, from: usize, mut closes: impl FnMut(u8) -> bool) -> usize {
        let bytes = self.script.as_bytes();
        let mut at = from;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 2,
                byte if closes(byte) => return at + 1,
                _ => at += 1,
            }
        }
        bytes.len()
    }

    fn string_end(&self, start: usize, quote: u8) -> usize {
        self.literal_end(start + 1, |byte| byte == quote || byte == b'\n')
    }

    fn regex_end(&self, start: usize) -> usize {
        let mut in_class = false;
        self.literal_end(start + 1, |byte| {
            match byte {
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' => return !in_class,
                b'\n' => return true,
                _ => {}
            }
            false
        })
    }

    /// The end of a template's text: after its backtick, or after `${`.
    fn template_end(&mut self, from: usize) -> usize {
        let mut before = 0;
        let mut nested = false;
        let end = self.literal_end(from, |byte| {
            nested = byte == b'{' && before == b'$';
            before = byte;
            nested || byte == b'`'
        });
        if nested {
            self.templates.push(0);
        }
        end
    }

    /// Whether the `/` here begins a regular expression.
    fn is_regex(&self, at: usize) -> bool {
        let before = self.script[..at].trim_end();
        let word: &str = {
            let start = before
                .rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')
                .map_or(0, |at| {
                    at + before[at..].chars().next().map_or(1, char::len_utf8)
                });
            &before[start..]
        };
        if !word.is_empty() {
            return matches!(
                word,
                "return"
                    | "typeof"
                    | "case"
                    | "in"
                    | "of"
                    | "delete"
                    | "void"
                    | "throw"
                    | "else"
                    | "do"
                    | "await"
                    | "yield"
            );
        }
        !before.ends_with([')', ']', '"', '\'', '`'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_code_stays() {
        for (script, want) in [
            ("a // b\nc\n", "a\nc\n"),
            (
                "/** doc\n * more */\nfunction f() {}\n",
                "function f() {}\n",
            ),
            ("a /* b */ + c\n", "a  + c\n"),
            ("a/**/b", "a b\n"),
            ("a /* one\ntwo */ b", "a\n b\n"),
            ("  // only\n\n\n  x;  \n", "x;\n"),
            ("const u = 'https://x'; // y", "const u = 'https://x';\n"),
            (
                r#"const s = "a\"// no"; // yes"#,
                "const s = \"a\\\"// no\";\n",
            ),
            (
                "const r = /[/*]\\/\\/[^/]/g; // yes",
                "const r = /[/*]\\/\\/[^/]/g;\n",
            ),
            ("const d = a / b / c; // yes", "const d = a / b / c;\n"),
            ("x = (a) / 2; // yes '", "x = (a) / 2;\n"),
            ("x = a[0] / 2 // yes", "x = a[0] / 2\n"),
            ("return /'/.test(s) // yes", "return /'/.test(s)\n"),
            (
                "const t = `// no ${a /* yes */ + `${'}'}/* no */`} // no`; // yes",
                "const t = `// no ${a  + `${'}'}/* no */`} // no`;\n",
            ),
            (
                "const t = `a\n\n  // no\n`; // yes",
                "const t = `a\n\n  // no\n`;\n",
            ),
            ("`${ {a: {}} }// no`// yes", "`${ {a: {}} }// no`\n"),
            ("`$` + '{'; // yes", "`$` + '{';\n"),
            ("", ""),
            ("// ü", ""),
            ("'ü' / 2 // ü", "'ü' / 2\n"),
            ("a('", "a('\n"),
            ("a(`\\", "a(`\\\n"),
            ("/* open", ""),
        ] {
            assert_eq!(without_comments(script), want, "{script}");
        }
    }
}
