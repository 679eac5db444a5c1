//! Markdown twins: a list page as Markdown, for pasting into notes and for programs
//! that prefer it to HTML.

use super::llms::markdown;
use crate::cite::web_address;

/// A page as Markdown. All texts are plain.
#[derive(Debug, Clone)]
pub struct Twin<'a> {
    /// The page's title.
    pub title: &'a str,
    /// Its description in a sentence; may be empty.
    pub description: &'a str,
    /// Its absolute URL, if the site knows its own.
    pub url: Option<&'a str>,
    /// Its papers in their order.
    pub papers: Vec<TwinPaper<'a>>,
}

/// One paper in a twin.
#[derive(Debug, Clone)]
pub struct TwinPaper<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its URL, absolute or relative to the twin's.
    pub url: String,
    /// Its authors on one line; may be empty.
    pub authors: &'a str,
    /// Where and when it was published; may be empty.
    pub facts: &'a str,
    /// A sentence or two; may be empty.
    pub summary: &'a str,
}

/// The Markdown: heading, description, URL, and a list with a paragraph per paper.
pub fn twin(page: &Twin<'_>) -> String {
    let mut text = format!("# {}\n", markdown(page.title));
    let description = markdown(page.description);
    if !description.is_empty() {
        text.push_str(&format!("\n> {description}\n"));
    }
    if let Some(url) = page.url.and_then(web_address) {
        text.push_str(&format!("\n<{url}>\n"));
    }
    if !page.papers.is_empty() {
        text.push('\n');
    }
    for paper in &page.papers {
        text.push_str(&entry(paper));
    }
    text
}

fn entry(paper: &TwinPaper<'_>) -> String {
    let title = markdown(paper.title);
    // Parentheses and spaces would end the URL.
    let url = paper
        .url
        .replace('(', "%28")
        .replace(')', "%29")
        .replace(' ', "%20");
    let mut text = format!("- [{title}]({url})");
    for line in [paper.authors, paper.facts].map(markdown) {
        if !line.is_empty() {
            text.push_str(&format!(" · {line}"));
        }
    }
    text.push('\n');
    let summary = markdown(paper.summary);
    if !summary.is_empty() {
        text.push_str(&format!("  {summary}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_cannot_leave_their_line() {
        let page = Twin {
            title: "A\n# B",
            description: "<script>",
            url: Some("https://a.test/"),
            papers: vec![TwinPaper {
                title: "](javascript:x)\n\n# C",
                url: "../../papers/a(b)/".to_owned(),
                authors: "D\nE",
                facts: "",
                summary: "* F",
            }],
        };
        assert_eq!(
            twin(&page),
            "# A # B\n\n> \\<script>\n\n<https://a.test/>\n\n\
             - [\\](javascript:x) # C](../../papers/a%28b%29/) · D E\n  \\* F\n"
        );
    }
}
