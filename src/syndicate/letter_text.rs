//! Letters as plain text, with lines short enough for every e-mail program.

use super::letter::{
    Letter, LetterPaper, MAX_AUTHORS, MAX_SUMMARY, MAX_TITLE, MAX_TOPICS, address, cut, fit,
    paragraphs,
};

/// The longest line, in characters. URLs are not broken.
const WIDTH: usize = 72;

/// The letter as plain text of at most
/// [`MAX_LETTER_BYTES`](super::MAX_LETTER_BYTES) bytes.
pub fn email_txt(letter: &Letter<'_>) -> String {
    fit(head(letter), &letter.papers, paper, |left_out| {
        foot(letter, left_out)
    })
}

fn head(letter: &Letter<'_>) -> String {
    let mut text = String::new();
    push_wrapped(&mut text, &cut(letter.site, MAX_TITLE));
    push_wrapped(&mut text, &cut(letter.title, MAX_TITLE));
    push_wrapped(&mut text, &cut(letter.day, 100));
    for paragraph in paragraphs(letter.note) {
        text.push('\n');
        push_wrapped(&mut text, &paragraph);
    }
    text
}

fn paper(paper: &LetterPaper<'_>) -> String {
    let mut text = format!("\n{}\n\n", "-".repeat(WIDTH));
    push_wrapped(&mut text, &cut(paper.title, MAX_TITLE));
    push_wrapped(&mut text, &cut(paper.authors, MAX_AUTHORS));
    push_wrapped(&mut text, &cut(paper.venue, MAX_AUTHORS));
    let summary = cut(paper.summary, MAX_SUMMARY);
    if !summary.is_empty() {
        text.push('\n');
        push_wrapped(&mut text, &summary);
    }
    let topics: Vec<String> = paper
        .topics
        .iter()
        .take(MAX_TOPICS)
        .map(|topic| cut(topic.label, 100))
        .collect();
    let url = address(paper.url);
    if url.is_some() || !topics.is_empty() {
        text.push('\n');
    }
    push_wrapped(&mut text, &topics.join(", "));
    if let Some(url) = url {
        text.push_str(&url);
        text.push('\n');
    }
    text
}

fn foot(letter: &Letter<'_>, left_out: usize) -> String {
    let mut text = format!("\n{}\n", "-".repeat(WIDTH));
    if left_out > 0 {
        text.push('\n');
        push_wrapped(&mut text, &letter.words.more(left_out));
    }
    if let Some(url) = address(letter.url) {
        text.push('\n');
        push_wrapped(
            &mut text,
            &format!("{}:", cut(&letter.words.on_the_web, 200)),
        );
        text.push_str(&url);
        text.push('\n');
    }
    text
}

/// Wraps a text at [`WIDTH`] characters; writes nothing for an empty one. Longer
/// words get a line of their own.
fn push_wrapped(out: &mut String, line: &str) {
    let mut width = 0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            out.push('\n');
            width = 0;
        }
        if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    if width > 0 {
        out.push('\n');
    }
}
