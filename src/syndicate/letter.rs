//! A letter: a digest as an e-mail. As many papers as fit, then how many there
//! are besides.

use crate::cite::{one_line, web_address};

/// The most bytes that a letter may have. Mail services cut longer ones off and
/// hide the rest behind a link.
pub const MAX_LETTER_BYTES: usize = 100_000;

/// A digest as a letter. All texts are plain; all addresses are absolute, and
/// absent where the site does not know its own.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// The digest's title.
    pub title: &'a str,
    /// The site's title.
    pub site: &'a str,
    /// The day it is of, as its readers write it; may be empty.
    pub day: &'a str,
    /// The curator's note; may be empty. An empty line parts paragraphs.
    pub note: &'a str,
    /// The digest's page.
    pub url: Option<&'a str>,
    /// The language of the letter as BCP 47 has it.
    pub language: &'a str,
    /// The papers, in the digest's order.
    pub papers: Vec<LetterPaper<'a>>,
    /// The words around them.
    pub words: &'a LetterWords,
}

/// One paper of a letter.
#[derive(Debug, Clone)]
pub struct LetterPaper<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page on the site.
    pub url: Option<&'a str>,
    /// Its authors, as one line; may be empty.
    pub authors: &'a str,
    /// Where it appeared; may be empty.
    pub venue: &'a str,
    /// A sentence or two; may be empty.
    pub summary: &'a str,
    /// Its topics.
    pub topics: Vec<LetterLink<'a>>,
}

/// A name with a page.
#[derive(Debug, Clone, Copy)]
pub struct LetterLink<'a> {
    /// The name.
    pub label: &'a str,
    /// Its page.
    pub url: Option<&'a str>,
}

/// What a letter says of its own, in the language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterWords {
    /// What stands below a letter that does not hold all papers; `{n}` is
    /// replaced by the number of those left out.
    pub more: String,
    /// The link to the digest's page.
    pub on_the_web: String,
}

impl Default for LetterWords {
    fn default() -> Self {
        Self {
            more: "and {n} more".to_owned(),
            on_the_web: "Read this digest on the web".to_owned(),
        }
    }
}

impl LetterWords {
    /// The words that say how many papers were left out.
    pub(super) fn more(&self, count: usize) -> String {
        one_line(&self.more).replace("{n}", &count.to_string())
    }
}

/// The most characters of each text. Together they keep the frame and any one
/// paper well below the limit, so that a letter never holds no paper at all.
pub(super) const MAX_TITLE: usize = 500;
pub(super) const MAX_AUTHORS: usize = 300;
pub(super) const MAX_SUMMARY: usize = 1_200;
pub(super) const MAX_NOTE: usize = 3_000;
pub(super) const MAX_TOPICS: usize = 5;

/// The most bytes of an address of this site.
const MAX_ADDRESS: usize = 500;

/// The text on one line, cut between words where it is longer than `max`
/// characters.
pub(super) fn cut(text: &str, max: usize) -> String {
    // Enough for any text of `max` characters that is not mostly white space.
    let head: String = text.chars().take(8 * max).collect();
    let line = one_line(&head);
    let is_whole = head.len() == text.len() && line.chars().count() <= max;
    if is_whole {
        return line;
    }
    let start: String = line.chars().take(max.saturating_sub(1)).collect();
    let end = match start.rfind(' ') {
        Some(end) if end > start.len() / 2 => end,
        _ => start.len(),
    };
    format!("{}…", start[..end].trim_end())
}

/// The paragraphs of a note, together no longer than [`MAX_NOTE`].
pub(super) fn paragraphs(note: &str) -> Vec<String> {
    let note = super::feed::clean(note);
    let mut room = MAX_NOTE;
    let mut paragraphs = Vec::new();
    for block in note.split("\n\n") {
        let paragraph = cut(block, room);
        if !paragraph.is_empty() && paragraph != "…" {
            room = room.saturating_sub(paragraph.chars().count());
            paragraphs.push(paragraph);
        }
        if room == 0 {
            break;
        }
    }
    paragraphs
}

/// An address that may be published and is no longer than [`MAX_ADDRESS`].
pub(super) fn address(url: Option<&str>) -> Option<String> {
    url.and_then(web_address)
        .filter(|url| url.len() <= MAX_ADDRESS)
}

/// Puts a letter together from its parts: as many of the papers, in their order,
/// as fit between head and foot, which is written for the number of those left
/// out.
pub(super) fn fit(
    head: String,
    papers: &[LetterPaper<'_>],
    write: impl Fn(&LetterPaper<'_>) -> String,
    foot: impl Fn(usize) -> String,
) -> String {
    // The foot is longest where something is left out.
    let room = MAX_LETTER_BYTES - foot(papers.len()).len();
    let mut letter = head;
    let mut written = 0;
    for paper in papers {
        let text = write(paper);
        if letter.len() + text.len() > room {
            break;
        }
        letter.push_str(&text);
        written += 1;
    }
    letter.push_str(&foot(papers.len() - written));
    letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(cut("one  two\nthree", 20), "one two three");
        assert_eq!(cut("one two three", 10), "one two…");
        assert_eq!(cut("endless", 4), "end…");
        assert_eq!(cut("", 4), "");
    }

    #[test]
    fn a_note_keeps_its_paragraphs_within_bounds() {
        assert_eq!(paragraphs("a\nb\r\n\r\nc\n\n\n"), ["a b", "c"]);
        let long = paragraphs(&"word word\n\n".repeat(10_000));
        let size: usize = long.iter().map(|p| p.chars().count()).sum();
        assert!(size <= MAX_NOTE, "{size}");
    }
}
