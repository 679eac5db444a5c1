//! Letters: a digest as an e-mail, with as many papers as fit and a count of the
//! rest.

use crate::cite::{one_line, web_address};

/// The size limit of a letter in bytes. Mail services cut off longer ones and hide
/// the rest behind a link.
pub const MAX_LETTER_BYTES: usize = 100_000;

/// A digest as an e-mail. All texts are plain; all URLs are absolute, and missing
/// if the site does not know its own.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// The digest's title.
    pub title: &'a str,
    /// The site's title.
    pub site: &'a str,
    /// The formatted date; may be empty.
    pub day: &'a str,
    /// The curator's note, with blank lines between paragraphs; may be empty.
    pub note: &'a str,
    /// The digest's page.
    pub url: Option<&'a str>,
    /// The language as a BCP 47 tag.
    pub language: &'a str,
    /// The papers, in the digest's order.
    pub papers: Vec<LetterPaper<'a>>,
    /// The surrounding text.
    pub words: &'a LetterWords,
}

/// One paper in a letter.
#[derive(Debug, Clone)]
pub struct LetterPaper<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page on the site.
    pub url: Option<&'a str>,
    /// Its authors on one line; may be empty.
    pub authors: &'a str,
    /// Where it was published; may be empty.
    pub venue: &'a str,
    /// A sentence or two; may be empty.
    pub summary: &'a str,
    /// Its topics.
    pub topics: Vec<LetterLink<'a>>,
}

/// A name and perhaps its page.
#[derive(Debug, Clone, Copy)]
pub struct LetterLink<'a> {
    /// The name.
    pub label: &'a str,
    /// Its page.
    pub url: Option<&'a str>,
}

/// A letter's own text, in the language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterWords {
    /// The text below a letter that leaves out papers; `{n}` is replaced by their
    /// number.
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
    /// The text that says how many papers were left out.
    pub(super) fn more(&self, count: usize) -> String {
        one_line(&self.more).replace("{n}", &count.to_string())
    }
}

/// Limits for each text, in characters. They keep the frame plus any single paper
/// well below the size limit, so that a letter always holds at least one paper.
pub(super) const MAX_TITLE: usize = 500;
pub(super) const MAX_AUTHORS: usize = 300;
pub(super) const MAX_SUMMARY: usize = 1_200;
pub(super) const MAX_NOTE: usize = 3_000;
pub(super) const MAX_TOPICS: usize = 5;

/// The longest URL on this site, in bytes.
const MAX_ADDRESS: usize = 500;

/// The text on one line, cut between words if it exceeds `max` characters.
pub(super) fn cut(text: &str, max: usize) -> String {
    // Enough for `max` characters unless the text is mostly white space.
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

/// The paragraphs of a note, cut to a total of [`MAX_NOTE`].
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

/// A URL that may be published and is not longer than [`MAX_ADDRESS`].
pub(super) fn address(url: Option<&str>) -> Option<String> {
    url.and_then(web_address)
        .filter(|url| url.len() <= MAX_ADDRESS)
}

/// Assembles a letter: as many papers, in order, as fit between head and foot. The
/// foot depends on how many papers are left out.
pub(super) fn fit(
    head: String,
    papers: &[LetterPaper<'_>],
    write: impl Fn(&LetterPaper<'_>) -> String,
    foot: impl Fn(usize) -> String,
) -> String {
    // The foot is longest if papers are left out.
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
