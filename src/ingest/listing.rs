//! arXiv's listings and mails: papers as blocks of labelled lines.

use serde_json::Value;

use super::ledger::Ledger;
use super::lines::{Line, lines};
use super::named::{Found, Members, Named};
use super::{Format, Request, tex};
use crate::diagnostics::Diagnostic;

/// The longest block, in lines.
const MAX_LINES: usize = 2_000;

/// Labels of lines, with the field that each gives.
const LABELS: [(&str, &str); 11] = [
    ("Title:", "title"),
    ("Authors:", "authors"),
    ("Author:", "authors"),
    ("Subjects:", "categories"),
    ("Categories:", "categories"),
    ("Comments:", "comment"),
    ("Journal-ref:", "venue"),
    ("DOI:", "doi"),
    ("License:", "license"),
    ("Date:", "published"),
    ("Abstract:", "abstract"),
];

/// Whether a text is such a listing or mail.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let all: Vec<&str> = lines(head)
        .map(|line| line.text.trim())
        .filter(|line| !line.is_empty())
        .take(400)
        .collect();
    let starts = all.iter().filter(|line| identifier(line).is_some()).count();
    let titles = all.iter().filter(|line| line.starts_with("Title:")).count();
    (starts > 0 && titles > 0 && starts <= titles * 3).then_some((
        Format::ArxivListing,
        "identifiers of arXiv with `Title:` below them",
    ))
}

/// The identifier on the line that begins a paper: `arXiv:2510.12345` with or
/// without a number before it, and nothing but small marks behind it.
fn identifier(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = match line.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.1.trim_start(),
        None => line,
    };
    let rest = rest.strip_prefix("arXiv:").or_else(|| {
        rest.strip_prefix("Paper: ")
            .map(|rest| rest.trim_start_matches("arXiv:"))
    })?;
    let end = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
    let (id, tail) = rest.split_at(end);
    let tail = tail.trim();
    let is_marks = tail.is_empty() || tail.starts_with(['[', '(']);
    (is_marks && id.len() >= 7 && id.bytes().any(|b| b.is_ascii_digit())).then_some(id)
}

/// Reads a decoded listing.
pub(super) fn read(request: &Request<'_>, text: &str, ledger: &mut Ledger) {
    let mut named = Named::new(request, ledger);
    let mut block: Vec<Line<'_>> = Vec::new();
    for line in lines(text) {
        if identifier(line.text).is_some() && !block.is_empty() {
            take(&mut named, ledger, &block);
            block.clear();
        }
        if !block.is_empty() || identifier(line.text).is_some() {
            if block.len() < MAX_LINES {
                block.push(line);
            } else if block.len() == MAX_LINES {
                let place = ledger.line(line.number, line.text);
                ledger.say(
                    Diagnostic::warning(
                        "block-too-long",
                        format!(
                            "a paper of more than {MAX_LINES} lines; the rest of it is left out"
                        ),
                    )
                    .at(place),
                );
                block.push(line);
            }
        }
    }
    if !block.is_empty() {
        take(&mut named, ledger, &block);
    }
    named.close(request, ledger, None);
}

fn take(named: &mut Named, ledger: &mut Ledger, block: &[Line<'_>]) {
    let first = block[0];
    let found = Found {
        source: ledger.reading.format.source(),
        line: first.number,
        text: first.text,
        members: members(block),
        unknown: Vec::new(),
    };
    named.take(ledger, found, |_| {});
}

fn members(block: &[Line<'_>]) -> Members {
    let id = identifier(block[0].text).unwrap_or_default();
    let mut fields: Vec<(&str, String)> = Vec::new();
    // In a mail the abstract stands between two lines of `\\`.
    let mut bars = 0;
    for line in &block[1..] {
        let text = line.text.trim();
        if text.starts_with("\\\\") {
            bars += 1;
            if bars == 1 {
                fields.push(("abstract", String::new()));
            }
            continue;
        }
        if bars > 1 || text.starts_with("-----") || text.starts_with("%%") {
            // What stands behind belongs to the mail.
            bars = bars.max(2);
            continue;
        }
        let label = LABELS
            .iter()
            .find_map(|(label, field)| Some((*field, text.strip_prefix(label)?)));
        match label {
            Some((field, value)) if bars == 0 => fields.push((field, value.trim().to_owned())),
            _ if is_foreign(text) && bars == 0 => fields.push(("", String::new())),
            // A value goes on over lines; the one of a listing may begin on the next.
            _ => {
                if let Some((field, value)) = fields.last_mut() {
                    let gap = if *field == "abstract" && line.text.starts_with("  ") && bars > 0 {
                        "\n\n"
                    } else {
                        " "
                    };
                    if !value.is_empty() && !text.is_empty() {
                        value.push_str(gap);
                    }
                    value.push_str(text);
                }
            }
        }
    }
    let mut members: Members = vec![("arxiv".to_owned(), Value::from(id))];
    for (field, value) in fields
        .into_iter()
        .filter(|(field, value)| !field.is_empty() && !value.is_empty())
    {
        let value = match field {
            "categories" => Value::from(categories(&value)),
            "authors" => Value::from(tex::name(&value)),
            "published" => Value::from(value.split(" (").next().unwrap_or_default()),
            "license" => Value::from(value.split_whitespace().next().unwrap_or_default()),
            _ => Value::from(value),
        };
        members.push((field.to_owned(), value));
    }
    members
}

/// A labelled line of a mail that gives no field: "Report-no: X", "MSC-class:".
fn is_foreign(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(label, _)| {
        matches!(
            label,
            "Report-no" | "MSC-class" | "ACM-class" | "replaced with revised version" | "Proxy"
        )
    })
}

/// `cs.LG cs.AI`, or `Machine Learning (cs.LG); Artificial Intelligence (cs.AI)`.
fn categories(text: &str) -> Vec<String> {
    if text.contains('(') {
        let inner = text
            .split('(')
            .skip(1)
            .filter_map(|part| part.split(')').next());
        return inner.map(|code| code.trim().to_owned()).collect();
    }
    text.split([' ', ';', ','])
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_begin_with_their_identifier() {
        assert_eq!(
            identifier("[1] arXiv:2510.12345 [pdf, html, other]"),
            Some("2510.12345")
        );
        assert_eq!(identifier("arXiv:2510.12345"), Some("2510.12345"));
        assert_eq!(identifier("arXiv:hep-th/9901001"), Some("hep-th/9901001"));
        assert_eq!(identifier("arXiv:2510.12345 shows that"), None);
        assert_eq!(identifier("Comments: arXiv:2510.12345"), None);
    }

    #[test]
    fn categories_are_codes() {
        assert_eq!(
            categories("Machine Learning (cs.LG); AI (cs.AI)"),
            ["cs.LG", "cs.AI"]
        );
        assert_eq!(categories("cs.LG cs.AI"), ["cs.LG", "cs.AI"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(arXiv:2510.12345|Title:|\\\\\\\\|[a-c \\n:\\[\\]()]){0,20}") {
            let _ = detect(&text);
            let all: Vec<Line<'_>> = lines(&text).collect();
            if let Some(at) = all.iter().position(|line| identifier(line.text).is_some()) {
                let _ = members(&all[at..]);
            }
        }
    }
}
