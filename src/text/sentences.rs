//! Sentence splitting, based on punctuation and the words around it.
//!
//! A sentence cut in two reads worse than two left together, so when in doubt we do
//! not split.

use std::ops::Range;

use super::abbreviation::Abbreviation;
use super::stop::is_stop_word;

/// The byte ranges of the sentences of `text`, in order, without surrounding white
/// space. Together they cover everything but white space. A blank line always ends
/// a sentence; a single line break counts as a space.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut words = Words { text, at: 0 }.peekable();
    let mut start = None;
    while let Some(word) = words.next() {
        let begin = start.get_or_insert(word.range.start);
        let shown = &text[word.range.clone()];
        if !word.is_plain {
            for end in ends_within(shown) {
                let end = word.range.start + end;
                sentences.push(*begin..end);
                *begin = end;
            }
        }
        let begin = *begin;
        let ended = match words.peek() {
            None => true,
            Some(next) => {
                let after = &text[next.range.clone()];
                next.opens_paragraph
                    || (next.opens_line && opens_item(shown, after))
                    || (!word.is_plain && ends_sentence(&text[begin..word.range.end], shown, after))
            }
        };
        if begin == word.range.end {
            start = None;
        } else if ended {
            sentences.push(begin..word.range.end);
            start = None;
        }
    }
    sentences
}

/// A run of text between white space.
struct Word {
    range: Range<usize>,
    /// Whether it has only ASCII letters, digits, commas and hyphens, as most words
    /// do. Such a word never ends a sentence.
    is_plain: bool,
    opens_line: bool,
    opens_paragraph: bool,
}

/// The words of a text, split at white space.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    Words { text, at: 0 }.map(|word| &text[word.range])
}

/// A word without its surrounding punctuation.
pub(crate) fn bare(word: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = word.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) {
        return word;
    }
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let bytes = self.text.as_bytes();
        let (mut start, mut breaks) = (self.at, 0);
        while let Some(length) = space_at(self.text, start) {
            breaks += usize::from(bytes[start] == b'\n');
            start += length;
        }
        let (mut end, mut is_plain) = (start, true);
        while let Some(&byte) = bytes.get(end) {
            let class = CLASSES[usize::from(byte)];
            if class == PLAIN {
                end += 1;
            } else if class == OTHER {
                is_plain = false;
                end += 1;
            } else if space_at(self.text, end).is_some() {
                break;
            } else {
                is_plain = false;
                end += self.text[end..].chars().next().map_or(1, char::len_utf8);
            }
        }
        self.at = end;
        (end > start).then_some(Word {
            range: start..end,
            is_plain,
            opens_line: breaks > 0,
            opens_paragraph: breaks > 1,
        })
    }
}

/// What a byte says of the word that it is in: every text is looked through several times.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = b'!';
    while byte.is_ascii() {
        let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b',' | b'-');
        classes[byte as usize] = if is_plain { PLAIN } else { OTHER };
        byte += 1;
    }
    classes
};

/// Letters, digits, commas and hyphens.
const PLAIN: u8 = 1;

/// Other ASCII characters but white space and control characters.
const OTHER: u8 = 2;

/// The length of the white-space character at `at`, if there is one.
#[inline]
fn space_at(text: &str, at: usize) -> Option<usize> {
    match *text.as_bytes().get(at)? {
        b' ' | 9..=13 => Some(1),
        byte if byte.is_ascii() => None,
        _ => {
            let c = text[at..].chars().next()?;
            c.is_whitespace().then(|| c.len_utf8())
        }
    }
}

/// Whether a line that begins with `word` is a list item. A dash only starts an
/// item after a complete line.
fn opens_item(before: &str, word: &str) -> bool {
    word.starts_with('•')
        || (matches!(word, "-" | "*" | "–") && before.ends_with(['.', ':', ';', '!', '?']))
}

/// Whether the sentence so far, whose last word is `word`, ends before `next`.
fn ends_sentence(sentence: &str, word: &str, next: &str) -> bool {
    let closed = word.trim_end_matches(is_closer);
    let Some(mark) = closed.chars().next_back() else {
        return false;
    };
    if !is_end_mark(mark) || next.chars().all(|c| is_end_mark(c) || is_closer(c)) {
        return false;
    }
    let bare = closed
        .trim_end_matches(is_end_mark)
        .trim_start_matches(is_opener);
    let next = next.trim_start_matches(is_opener);
    if begins_lower(next) {
        return false;
    }
    if mark != '.' || closed.ends_with("..") {
        return true;
    }
    if sentence.len() == word.len() && is_enumerator(bare) {
        return false;
    }
    // "from 1 to 2. 5 metres": a decimal number with a stray space.
    let is_digits = bare.bytes().all(|b| b.is_ascii_digit()) && (1..=2).contains(&bare.len());
    if is_digits && next.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    match Abbreviation::of(bare) {
        None => true,
        Some(Abbreviation::Open) => false,
        Some(Abbreviation::Numbered) => !is_number(next),
        Some(Abbreviation::Either) => begins_with_opener(next),
        Some(Abbreviation::Enumeration) => begins_capitalised(next),
    }
}

/// "1", "12", "b", "iv": an item number, if a sentence begins with it.
fn is_enumerator(bare: &str) -> bool {
    let bare = bare.trim_end_matches(is_closer);
    (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit())
        || bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic())
        || (1..=4).contains(&bare.len()) && bare.bytes().all(|b| b"IVXivx".contains(&b))
}

/// "3", "S1", "IV", "$k$": what follows "Fig." and the like.
fn is_number(next: &str) -> bool {
    let mut chars = next.chars();
    match chars.next() {
        Some(c) if c.is_numeric() || matches!(c, '$' | '\\' | '#') => true,
        Some(c) => c.is_uppercase() && !chars.next().is_some_and(char::is_lowercase),
        None => false,
    }
}

/// Whether the word is lower case, which no sentence starts with. "iPhone" and
/// "t-SNE" are exceptions.
fn begins_lower(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase) && !word.chars().any(char::is_uppercase)
}

/// "Unlike", "A", but not an acronym or a name with inner capitals.
fn begins_capitalised(next: &str) -> bool {
    let end = next
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(next.len());
    let mut letters = next[..end].chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

/// Whether the word is a common sentence opener: a function word, an adverb, or one
/// of a few others. Names seldom look like these.
fn begins_with_opener(next: &str) -> bool {
    let end = next
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(next.len());
    let (word, after) = next.split_at(end);
    if !word.starts_with(char::is_uppercase) || after.starts_with('.') {
        return false;
    }
    let word = word.to_lowercase();
    is_stop_word(&word)
        || (word.len() > 4 && word.ends_with("ly"))
        || OPENERS.contains(&word.as_str())
}

static OPENERS: &[&str] = &[
    "code",
    "compared",
    "despite",
    "existing",
    "experimental",
    "experiments",
    "extensive",
    "first",
    "given",
    "motivated",
    "next",
    "overall",
    "previous",
    "recent",
    "results",
    "second",
    "several",
    "third",
    "unlike",
    "using",
];

/// Sentence ends inside a word: after Chinese and Japanese full stops, which need
/// no space, and where a space is missing.
fn ends_within(word: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    if word.is_ascii() && !word.contains('.') {
        return ends;
    }
    let is_address = word.contains(['/', '@', '\\']) || word.starts_with("www.");
    let last = word.trim_end_matches([',', ':', ';']).len();
    let mut chars = word.char_indices().peekable();
    // The start of the run of letters before the current character.
    let mut letters = 0;
    while let Some((at, c)) = chars.next() {
        if is_wide_end_mark(c) {
            while chars
                .next_if(|&(_, c)| is_wide_end_mark(c) || is_wide_closer(c))
                .is_some()
            {}
            let end = chars.peek().map_or(word.len(), |&(at, _)| at);
            ends.push(end);
            letters = end;
        } else if c == '.' {
            if !is_address
                && forgot_space(
                    &word[..letters],
                    &word[letters..at],
                    &word[at + 1..last.max(at + 1)],
                )
            {
                ends.push(at + 1);
            }
            letters = at + 1;
        } else if !c.is_alphabetic() {
            letters = at + c.len_utf8();
        }
    }
    ends
}

/// Whether the full stop between `run` (preceded by `before`) and `after` ends a
/// sentence: it does in "agents.We", but not in "Node.js", "U.S.A" or
/// "torch.nn.Module".
fn forgot_space(before: &str, run: &str, after: &str) -> bool {
    let mut letters = after.chars();
    let is_capitalised = letters.next().is_some_and(char::is_uppercase)
        && letters.all(|c| c.is_lowercase() || c == '-');
    if !is_capitalised {
        return false;
    }
    let is_lower = run.chars().all(char::is_lowercase);
    if begins_with_opener(after) {
        let closed = run.is_empty() && before.ends_with([')', ']', '$', '%']);
        return closed || (is_lower && run.len() > 1 && !before.ends_with('.'));
    }
    is_lower && run.len() > 3 && (before.is_empty() || before.ends_with('-'))
}

fn is_end_mark(c: char) -> bool {
    // Including Arabic, Urdu, Armenian and Devanagari punctuation.
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '\u{61F}'
            | '\u{6D4}'
            | '\u{589}'
            | '\u{964}'
            | '\u{965}'
    ) || is_wide_end_mark(c)
}

fn is_wide_end_mark(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | ')' | ']' | '}' | '»' | '”' | '’' | '›' | '*'
    ) || is_wide_closer(c)
}

fn is_wide_closer(c: char) -> bool {
    matches!(c, '」' | '』' | '）' | '】' | '》' | '〉' | '”' | '’')
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '('
            | '['
            | '{'
            | '«'
            | '“'
            | '‘'
            | '‹'
            | '„'
            | '*'
            | '「'
            | '『'
            | '（'
            | '【'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` marks the expected ends of sentences.
    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for marked in [
            "We train. | We test.",
            "One sentence without a full stop",
            "Methods, e.g. GANs, fail. | We do not, i.e. Ours works.",
            "It helps in games, films, etc. | Unlike others, it is small.",
            "Data, code, etc. are public, on GPUs, TPUs, etc. AND more.",
            "Following Vaswani et al. (2017) we train. | Good.",
            "As in Vaswani et al. Transformer layers are used.",
            "This was shown by Vaswani et al. | We extend it.",
            "See Fig. 3 and Eq. (5) in Sec. IV. | Then stop.",
            "It took 5 sec. | We were glad.",
            "The answer is no. | Number No. 5 is alive.",
            "Adam vs. SGD w.r.t. Loss is compared. | Adam wins.",
            "Precision and recall are 0.9 resp. 0.8. | Fine.",
            "J. Smith and J.-P. Serre agree. | So do A. B. Carter and I.",
            "Dr. Who met Prof. Moriarty. | They talked.",
            "Accuracy rises by 2.5 points. | Version v2.0. | Next v3.1 is out.",
            "Wait... what? | No! | Really?! | Yes.",
            "And so on... | We stop.",
            "He said \"stop.\" | We stopped. | (It was late.) | Bye.",
            "Code is at https://github.com/a/b.We/c.html. | Enjoy.",
            "Visit www.example.org. | Node.js and Vue.Js are used in the U.S.A. since 1999.",
            "It was made in the U.S. | We bought it in the U.S. Capitol.",
            "They are neighboring agents.|We study them. | End.",
            "We call torch.nn.Module there. | Done.",
            "第一句。| 第二句！| 「第三句。」| 第四句",
            "¿Qué? | Sí.",
            "First line\nwraps here. | Second.",
            "A heading\n\n| A paragraph",
            "We list:\n| - one\n- two",
            "In 2023. | We were 3. | Four came from 1 to 2. 5 metres. | In 2023. | 3D came.",
            "It runs in 256 ms. | This is fast. | Ms. Smith, Adam etc. | Finally, stop.",
            "1. We propose models. | 2. We show Y.",
            "We use t-SNE. | t-SNE is good. | iPhones are not.",
            "Samples are i.i.d. | We assume it. | They are i.i.d. Gaussian.",
            "It ends . | Another . | Last",
            "We use Adam [3]. | [4] uses SGD.",
            "Let $x$ be given. | $y$ follows.",
            "Vitamin C. | We like it. | Hepatitis B. Virus is bad.",
            "",
            "   ",
            "....",
            "هل هذا صحيح؟ | نعم.",
            "यह वाक्य है। | दूसरा वाक्य।",
        ] {
            let text = marked.replace("| ", "").replace('|', "");
            let found: Vec<_> = sentences(&text).into_iter().map(|r| &text[r]).collect();
            let want: Vec<_> = marked
                .split('|')
                .map(str::trim)
                .filter(|s| !s.is_empty())
                .collect();
            assert_eq!(found, want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn sentences_hold_everything_but_white_space(
            text in "([A-Za-z]{1,3}|[.!?。！ \\n\"')(]|et al|Fig|\\PC){0,60}"
        ) {
            let found = sentences(&text);
            let mut at = 0;
            for range in &found {
                proptest::prop_assert!(text[at..range.start].trim().is_empty());
                let sentence = &text[range.clone()];
                proptest::prop_assert!(!sentence.is_empty() && sentence.trim() == sentence);
                at = range.end;
            }
            proptest::prop_assert!(text[at..].trim().is_empty());
        }
    }
}
