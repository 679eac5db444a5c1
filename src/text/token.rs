//! Tokens: words as topics, related papers and search compare them.

use super::chars::{is_unspaced, is_word};
use super::fold::fold;

/// The longest token, in characters. Longer words are cut; a joined compound that
/// would be longer is dropped.
pub const MAX_TOKEN_CHARS: usize = 40;

/// The most words joined into a compound. Anything longer is a list or a path,
/// which nobody types as one word.
const MAX_JOINED_WORDS: usize = 4;

/// Calls `f` with each token of `text`, in order, including stop words.
pub fn for_each_token(text: &str, f: &mut dyn FnMut(&str)) {
    for_each_positioned_token(text, &mut |_, token| f(token));
}

/// Calls `f` with each token and its position. Positions count words from 0; a
/// compound's joined form comes after its words and has the position of the first.
pub fn for_each_positioned_token(text: &str, f: &mut dyn FnMut(u32, &str)) {
    let folded = fold(text);
    Scanner {
        text: &folded,
        at: 0,
        position: 0,
        word: String::new(),
        joined: String::new(),
        emit: f,
    }
    .run();
}

/// The tokens of `text`, in order, including stop words.
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for_each_token(text, &mut |token| tokens.push(token.to_owned()));
    tokens
}

/// The tokens of `text` with their positions, for phrases.
pub fn positioned_tokens(text: &str) -> Vec<(u32, String)> {
    let mut tokens = Vec::new();
    for_each_positioned_token(text, &mut |position, token| {
        tokens.push((position, token.to_owned()));
    });
    tokens
}

/// Scans folded text once.
struct Scanner<'a> {
    text: &'a str,
    /// The byte offset of the next character.
    at: usize,
    /// The position of the next word.
    position: u32,
    /// A buffer for a word that is not a slice of the text.
    word: String,
    /// The compound so far, joined.
    joined: String,
    emit: &'a mut dyn FnMut(u32, &str),
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(c) = self.char_at(self.at) {
            if is_word(c) || self.at_dot_net() {
                self.compound();
            } else if !c.is_ascii() && is_unspaced(c) {
                self.unspaced_run();
            } else {
                self.at += c.len_utf8();
            }
        }
    }

    #[inline]
    fn char_at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(&byte) if byte.is_ascii() => Some(byte.into()),
            Some(_) => self.text[at..].chars().next(),
            None => None,
        }
    }

    fn byte_at(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    fn is_word_at(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(is_word)
    }

    /// Whether the platform `.net` is here. `..net` and `.network` are not.
    fn at_dot_net(&self) -> bool {
        self.text.as_bytes()[self.at..].starts_with(b".net")
            && (self.at == 0 || self.byte_at(self.at - 1) != b'.')
            && !self.is_word_at(self.at + 4)
    }

    /// Emits the words joined by single connectors from here, then their joined
    /// form.
    fn compound(&mut self) {
        if self.lone_word() {
            return;
        }
        let first = self.position;
        let mut words = 0;
        self.joined.clear();
        loop {
            let glued = self.word();
            words += 1;
            if glued && self.is_word_at(self.at) {
                continue;
            }
            if is_connector(self.byte_at(self.at)) && self.is_word_at(self.at + 1) {
                self.at += 1;
                continue;
            }
            break;
        }
        if (2..=MAX_JOINED_WORDS).contains(&words)
            && char_cut(&self.joined, MAX_TOKEN_CHARS) == self.joined.len()
        {
            (self.emit)(first, &self.joined);
        }
    }

    /// Emits the word here if nothing is joined to it, which is the common case.
    /// Returns false for part of a compound, or if there is an apostrophe or a
    /// sign.
    fn lone_word(&mut self) -> bool {
        let (start, end) = (self.at, self.word_end(self.at));
        let is_lone = end > start
            && match self.byte_at(end) {
                b'\'' | b'+' | b'#' => false,
                byte => !(is_connector(byte) && self.is_word_at(end + 1)),
            };
        if is_lone {
            let text = self.text;
            self.at = end;
            self.emit_alone(cut(&text[start..end]));
        }
        is_lone
    }

    /// Emits the word here and adds it to the compound. Returns true after `c++`
    /// and `c#`, which a word may follow without a connector (`c++17`).
    fn word(&mut self) -> bool {
        let start = self.at;
        if self.byte_at(start) == b'.' {
            self.at += 4;
            self.emit_word(start, self.at);
            return false;
        }
        let mut end = self.word_end(start);
        if let Some(sign) = self.language_sign(start, end) {
            self.at = end + sign;
            self.emit_word(start, self.at);
            return true;
        }
        if !(self.byte_at(end) == b'\'' && self.is_word_at(end + 1)) {
            self.at = end;
            self.emit_word(start, end);
            return false;
        }
        // Drops apostrophes within words and a possessive 's at the end.
        let mut word = std::mem::take(&mut self.word);
        word.clear();
        word.push_str(&self.text[start..end]);
        while self.byte_at(end) == b'\'' && self.is_word_at(end + 1) {
            let segment = end + 1;
            end = self.word_end(segment);
            let last = !(self.byte_at(end) == b'\'' && self.is_word_at(end + 1));
            if !(last && &self.text[segment..end] == "s") {
                word.push_str(&self.text[segment..end]);
            }
        }
        self.at = end;
        self.emit_text(&word);
        self.word = word;
        false
    }

    #[inline]
    fn word_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = start;
        loop {
            while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
                end += 1;
            }
            match self.char_at(end).filter(|c| !c.is_ascii() && is_word(*c)) {
                Some(c) => end += c.len_utf8(),
                None => return end,
            }
        }
    }

    /// The length of a `++` or `#` that turns a single letter into the name of a
    /// language.
    fn language_sign(&self, start: usize, end: usize) -> Option<usize> {
        if end - start != 1 || !self.byte_at(start).is_ascii_lowercase() {
            return None;
        }
        let sign = match (self.byte_at(end), self.byte_at(end + 1)) {
            (b'#', _) => 1,
            (b'+', b'+') => 2,
            _ => return None,
        };
        (!matches!(self.byte_at(end + sign), b'+' | b'#')).then_some(sign)
    }

    fn emit_word(&mut self, start: usize, end: usize) {
        let text = self.text;
        self.emit_text(&text[start..end]);
    }

    fn emit_text(&mut self, word: &str) {
        let word = cut(word);
        self.emit_alone(word);
        // No need to gather more than can be emitted.
        if self.joined.len() <= 4 * MAX_TOKEN_CHARS {
            self.joined.push_str(word);
        }
    }

    fn emit_alone(&mut self, word: &str) {
        (self.emit)(self.position, word);
        self.position = self.position.saturating_add(1);
    }

    /// Emits overlapping pairs of characters, or a single one by itself.
    fn unspaced_run(&mut self) {
        let mut start = self.at;
        let mut pairs = 0;
        let mut middle = start;
        while let Some(c) = self.char_at(self.at).filter(|&c| is_unspaced(c)) {
            let end = self.at + c.len_utf8();
            if middle > start {
                let text = self.text;
                self.emit_alone(&text[start..end]);
                pairs += 1;
                start = middle;
            }
            middle = end;
            self.at = end;
        }
        if pairs == 0 {
            let text = self.text;
            self.emit_alone(&text[start..self.at]);
        }
    }
}

/// A character that joins two words into a compound.
fn is_connector(byte: u8) -> bool {
    matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b'@' | b'&' | b'^')
}

/// The word, cut to the longest allowed token.
#[inline]
fn cut(word: &str) -> &str {
    &word[..char_cut(word, MAX_TOKEN_CHARS)]
}

/// The byte length of the first `max` characters.
#[inline]
fn char_cut(text: &str, max: usize) -> usize {
    if text.len() <= max {
        return text.len();
    }
    text.char_indices()
        .nth(max)
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spaced(text: &str) -> String {
        tokens(text).join(" ")
    }

    #[test]
    fn compounds_stand_apart_and_joined() {
        for (text, want) in [
            ("low-rank adaptation", "low rank lowrank adaptation"),
            ("GPT-4", "gpt 4 gpt4"),
            ("L_0", "l 0 l0"),
            ("N:M 2:4 2.17 v1.5", "n m nm 2 4 24 2 17 217 v1 5 v15"),
            ("state-of-the-art", "state of the art stateoftheart"),
            ("a/b/c/d/e", "a b c d e"),
            ("C++ C# C++17 F# .NET", "c++ c# c++ 17 c++17 f# .net"),
            ("C/C++-based", "c c++ based cc++based"),
            ("ASP.NET .network ..net x", "asp net aspnet network net x"),
            ("β-VAE π", "β vae βvae π"),
            ("强化学习 王", "强化 化学 学习 王"),
            ("GPT模型", "gpt 模型"),
            (
                "don't Schelling's models' O'Brien’s",
                "dont schelling models obrien",
            ),
            ("José Schrödinger", "jose schrodinger"),
            ("🙂 👩‍💻 -- ...", ""),
            ("pass@1 R^2 Q&A", "pass 1 pass1 r 2 r2 q a qa"),
        ] {
            assert_eq!(spaced(text), want, "{text}");
        }
    }
}
