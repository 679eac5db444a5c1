//! Checks citation tags, the `meta` elements that Google Scholar and reference
//! managers read.

use super::at;
use super::page::Meta;
use crate::diagnostics::Diagnostic;

/// What is wrong with a page's citation tags. A page without any is not a paper's.
pub(super) fn check(path: &str, meta: &[Meta]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let tags = || {
        meta.iter()
            .filter(|(name, ..)| name.starts_with("citation_"))
    };
    let Some((.., first)) = tags().next() else {
        return found;
    };
    let mut fault = |line: u64, message: String| {
        found.push(
            Diagnostic::error("bad-citation-tag", message)
                .at(at(path, line))
                .help("Google Scholar will skip the paper; correct the template or the page"),
        );
    };
    let titles: Vec<&Meta> = tags()
        .filter(|(name, ..)| name == "citation_title")
        .collect();
    match titles[..] {
        [] => fault(
            *first,
            "the citation tags have no `citation_title`".to_owned(),
        ),
        [_] => {}
        [_, (.., line), ..] => fault(*line, "`citation_title` occurs twice".to_owned()),
    }
    for (name, content, line) in tags() {
        let is_sound = match name.as_str() {
            "citation_publication_date" | "citation_online_date" | "citation_date" => {
                is_date(content)
            }
            "citation_doi" => content.starts_with("10.") && content.contains('/'),
            _ if name.ends_with("_url") => {
                content.starts_with("https://") || content.starts_with("http://")
            }
            _ => !content.trim().is_empty(),
        };
        if !is_sound {
            fault(*line, format!("`{name}` must not be `{content}`"));
        }
    }
    found
}

/// Whether a date is written as `2025`, `2025/03` or `2025/03/14`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    let is_number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let (year, rest) = parts.split_first().unwrap_or((&"", &[]));
    is_number(year, 4..=4) && rest.len() <= 2 && rest.iter().all(|part| is_number(part, 1..=2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_what_scholar_reads() {
        let title = ("citation_title", "A");
        for (tags, want) in [
            (vec![title], 0),
            (vec![], 0),
            (vec![("description", "x")], 0),
            (vec![("citation_author", "Ann Lee")], 1),
            (vec![title, title], 1),
            (vec![title, ("citation_author", " ")], 1),
            (vec![title, ("citation_publication_date", "2025/03/14")], 0),
            (vec![title, ("citation_publication_date", "March 2025")], 1),
            (vec![title, ("citation_doi", "10.1/x")], 0),
            (vec![title, ("citation_doi", "https://doi.org/10.1/x")], 1),
            (vec![title, ("citation_pdf_url", "a.pdf")], 1),
        ] {
            let meta: Vec<Meta> = tags
                .iter()
                .map(|(name, content)| ((*name).to_owned(), (*content).to_owned(), 1))
                .collect();
            assert_eq!(check("a.html", &meta).len(), want, "{tags:?}");
        }
    }
}
