//! `llms.txt`: an overview of the site in Markdown, for language models and for
//! people who prefer it.

use crate::cite::one_line;

/// A list of links under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LlmsSection {
    /// The heading.
    pub title: String,
    /// Its links.
    pub links: Vec<LlmsLink>,
}

/// One link in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LlmsLink {
    /// The link text.
    pub title: String,
    /// The URL, absolute or relative to the front page.
    pub url: String,
    /// A note; may be empty.
    pub note: String,
}

/// The file: the site's title, a one-sentence description, notes with a paragraph
/// each, and the lists. All texts are plain. Sections without links are left out.
pub fn llms_txt(title: &str, summary: &str, notes: &[&str], sections: &[LlmsSection]) -> String {
    let mut file = format!("# {}\n", markdown(title));
    let summary = markdown(summary);
    if !summary.is_empty() {
        file.push_str(&format!("\n> {summary}\n"));
    }
    for note in notes.iter().map(|note| markdown(note)) {
        if !note.is_empty() {
            file.push_str(&format!("\n{note}\n"));
        }
    }
    for section in sections.iter().filter(|section| !section.links.is_empty()) {
        file.push_str(&format!("\n## {}\n\n", markdown(&section.title)));
        for link in &section.links {
            file.push_str(&line(link));
        }
    }
    file
}

fn line(link: &LlmsLink) -> String {
    let title = markdown(&link.title);
    let url = destination(&link.url);
    let note = markdown(&link.note);
    if note.is_empty() {
        format!("- [{title}]({url})\n")
    } else {
        format!("- [{title}]({url}): {note}\n")
    }
}

/// Escapes plain text for Markdown. Since the text stays within one line, escaping
/// every character that could start markup is enough.
pub(super) fn markdown(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    for (at, c) in line.char_indices() {
        let begins_block = at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | '.' | ')');
        if begins_block
            || matches!(
                c,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '$'
            )
        {
            out.push('\\');
        }
        out.push(c);
    }
    // "1. x" would start a list.
    let digits = out.len() - out.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    out
}

/// A URL as a link destination.
fn destination(url: &str) -> String {
    one_line(url)
        .chars()
        .map(|c| match c {
            ' ' => "%20".to_owned(),
            '(' => "%28".to_owned(),
            ')' => "%29".to_owned(),
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '\\' => "%5C".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::samples::HOSTILE;

    fn sections(title: &str) -> Vec<LlmsSection> {
        vec![
            LlmsSection {
                title: "Topics".into(),
                links: vec![
                    LlmsLink {
                        title: title.into(),
                        url: "https://a.org/topics/x (1)/".into(),
                        note: "1. Note".into(),
                    },
                    LlmsLink {
                        title: "Plain".into(),
                        url: "topics/plain/".into(),
                        note: String::new(),
                    },
                ],
            },
            LlmsSection {
                title: "Empty".into(),
                links: Vec::new(),
            },
        ]
    }

    #[test]
    fn the_file_is_markdown_that_shows_its_texts_as_they_are() {
        let notes = ["- note", " "];
        let file = llms_txt("Papers & [more]", "# One\nline", &notes, &sections(HOSTILE));
        insta::assert_snapshot!(file);
    }

    proptest::proptest! {
        #[test]
        fn any_text_reads_back_from_markdown(text in "\\PC{1,40}") {
            use pulldown_cmark::{Event, Parser, Tag};
            let file = llms_txt("T", "", &[], &sections(&text));
            let mut read = String::new();
            let mut inside = false;
            let mut links = 0;
            for event in Parser::new(&file) {
                match event {
                    Event::Start(Tag::Link { .. }) => {
                        links += 1;
                        inside = links == 1;
                    }
                    Event::End(pulldown_cmark::TagEnd::Link) => inside = false,
                    Event::Text(text) if inside => read.push_str(&text),
                    event if inside => proptest::prop_assert!(false, "{:?}", event),
                    _ => {}
                }
            }
            proptest::prop_assert_eq!(read, one_line(&text));
        }
    }
}
