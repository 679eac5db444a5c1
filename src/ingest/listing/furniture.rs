//! What arXiv's pages contain besides papers: section headings, counts, page
//! numbers, footers.

use super::super::day::Day;
use crate::model::Date;

/// Whether a line belongs to the page itself. It always ends a paper.
pub(super) fn is_furniture(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_start_matches(['[', ' ']);
    let counts = lower.contains("entries") && lower.chars().any(|c| c.is_ascii_digit());
    const SECTIONS: [&str; 8] = [
        "new submissions",
        "new listings",
        "cross submissions",
        "cross-lists",
        "cross lists",
        "cross-listings",
        "replacement submissions",
        "replacements",
    ];
    const FOOT: [&str; 14] = [
        "about",
        "help",
        "contact",
        "copyright",
        "privacy policy",
        "web accessibility assistance",
        "arxiv operational status",
        "disable mathjax (what is mathjax?)",
        "subscribe",
        "click here to subscribe",
        "click here to contact arxiv",
        "see recent articles",
        "see today's new changes",
        "fewer | more | all",
    ];
    let section = SECTIONS.iter().any(|name| {
        lower.strip_prefix(name).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with("for ") || rest.starts_with('(') && counts
        })
    });
    section
        || FOOT.contains(&lower)
        || lower.starts_with("total of ") && counts
        || lower.contains("listings for ") && lower.len() < 80
        || lower.starts_with("showing ") && (counts || lower.contains("listings"))
        || (lower.contains("(showing") || lower.contains("(continued")) && counts
        || lower.starts_with("contact arxiv")
        || lower.starts_with("links to: ")
        || lower.starts_with("arxiv operational status")
        || is_page_numbers(lower)
        || Day::parse(text).is_some()
}

/// The date in a heading.
pub(super) fn day(text: &str) -> Option<Date> {
    let near = text.len() <= 200 && is_furniture(text);
    near.then(|| Day::find(text)).flatten()?.full()
}

/// Text that MathJax leaves behind while rendering.
pub(super) fn is_noise(text: &str) -> bool {
    [
        "Loading [MathJax]",
        "Processing math:",
        "Typesetting math:",
        "[MathJax]/",
    ]
    .iter()
    .any(|before| text.starts_with(before))
}

/// `1-25 26-50 51-75`, `[ 1-25 | 26-50 ]`.
fn is_page_numbers(text: &str) -> bool {
    let marks = text
        .chars()
        .all(|c| c.is_ascii_digit() || " -–|,[].…".contains(c));
    marks && text.matches(['-', '–']).count() >= 2 && text.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_page_are_told_from_those_of_papers() {
        for (text, want) in [
            ("Cross submissions (showing 3 of 3 entries)", true),
            ("New submissions (showing 123 of 123 entries)", true),
            (
                "Replacement submissions (showing first 100 of 200 entries)",
                true,
            ),
            ("Total of 45 entries", true),
            ("Total of 45 entries : 1-25 26-45", true),
            (
                "Showing up to 2000 entries per page: fewer | more | all",
                true,
            ),
            ("Showing new listings for Friday, 14 March 2025", true),
            ("Fri, 14 Mar 2025 (showing first 25 of 123 entries )", true),
            (
                "Fri, 14 Mar 2025 (continued, showing last 3 of 123 entries )",
                true,
            ),
            ("Thu, 13 Mar 2025", true),
            ("Cross-lists for Fri, 14 Mar 25", true),
            ("[ total of 45 entries ]", true),
            ("[ 1-25 | 26-50 | 51-75 ]", true),
            ("About", true),
            ("Showing that entries of matrices matter", false),
            ("Replacements of parts in old cars are studied.", false),
            ("We show 3 results in total.", false),
            ("In total of 45 entries we count 3.", false),
            ("2048-bit", false),
        ] {
            assert_eq!(is_furniture(text), want, "{text}");
        }
        assert_eq!(
            day("Fri, 14 Mar 2025 (showing first 25 of 123 entries )").map(|d| d.to_string()),
            Some("2025-03-14".to_owned())
        );
    }
}
