//! Parts of a reference that do not describe the paper: access dates, publishers'
//! buttons, and words used instead of a year.

use super::year_of;

/// Link labels that publishers' pages put after references.
const BUTTONS: [&str; 24] = [
    "crossref full text",
    "pubmed abstract",
    "article",
    "ads",
    "book",
    "cas",
    "chapter",
    "crossref",
    "digital library",
    "direct link",
    "full text",
    "full text pdf",
    "google scholar",
    "jstor",
    "math",
    "mathscinet",
    "pubmed",
    "pubmed central",
    "scopus",
    "view article",
    "view in scopus",
    "web of science",
    "open url",
    "publisher",
];

/// Whether a line is nothing but such a label.
pub(super) fn is_button(text: &str) -> bool {
    let bare = text.trim_matches(['[', ']', '(', ')', ' ', '|', '.', '·', '↗']);
    let lower = bare.to_lowercase();
    let parts = || lower.split('|').map(str::trim);
    parts().all(|part| BUTTONS.contains(&part))
        || lower.starts_with("navigate to citation")
        || !bare.is_empty()
            && text.starts_with('[')
            && lower.split("] [").all(|part| BUTTONS.contains(&part))
}

/// Removes link labels after a reference: "[CrossRef] [Google Scholar]", "Article
/// CAS PubMed Google Scholar".
pub(super) fn without_buttons(text: &str) -> &str {
    let mut text = text.trim_end();
    let bracketed = |text: &str| {
        let inner = text.strip_suffix(']')?;
        let at = inner.rfind('[')?;
        is_button(&inner[at + 1..]).then_some(at)
    };
    while let Some(at) = bracketed(text) {
        text = text[..at].trim_end();
    }
    // Without brackets, at least the last label must be unambiguous.
    let sure = [
        "Google Scholar",
        "CAS",
        "PubMed Central",
        "PubMed",
        "CrossRef",
        "Crossref",
        "MathSciNet",
        "ADS",
        "MATH",
    ];
    let plain = ["Article", "Book", "Chapter"];
    let mut cut = text;
    let mut any = false;
    while let Some(bare) = sure.iter().chain(&plain).find_map(|name| {
        let bare = cut.strip_suffix(name)?;
        (bare.ends_with(' ') && (any || sure.contains(name))).then(|| bare.trim_end())
    }) {
        any = true;
        cut = bare;
    }
    if cut.ends_with(['.', ')', '/']) || cut.ends_with(|c: char| c.is_ascii_digit()) {
        cut
    } else {
        text
    }
}

/// Whether a URL or a DOI continues on the next line.
pub(super) fn goes_on(before: &str, next: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    let lower = last.to_lowercase();
    let begun = lower.contains("://")
        || lower.contains("doi.org/")
        || lower.starts_with("10.")
        || lower.starts_with("doi:10.");
    let first = next.split(' ').next().unwrap_or_default();
    let is_rest = first.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase());
    begun
        && is_rest
        && (last.ends_with(['.', '-', '_', '=', '&', '?'])
            || last.ends_with('/') && !first.is_empty())
}

/// Removes "Accessed 3 March 2021", "[cited 2021 Mar 3]", "Retrieved March 3, 2021,
/// from".
pub(super) fn without_visits(text: &str) -> String {
    const WORDS: [&str; 5] = ["accessed", "retrieved", "cited", "last visited", "viewed"];
    let mut text = text.to_owned();
    for word in WORDS {
        // Unicode lower-casing could change the length, so only ASCII is
        // lower-cased.
        let lower = text.to_ascii_lowercase();
        let Some(at) = lower
            .match_indices(word)
            .map(|(at, _)| at)
            .find(|at| stands_alone(&lower, *at, word))
        else {
            continue;
        };
        let rest = &text[at..];
        let before = text[..at].trim_end_matches(['(', '[', ' ']);
        let before = ["Last", "last", "Date", "date"]
            .iter()
            .find_map(|word| before.strip_suffix(word))
            .unwrap_or(before)
            .trim_end_matches(['(', '[', ' ']);
        let bracket = text[before.len()..]
            .trim_start()
            .chars()
            .next()
            .filter(|c| matches!(c, '(' | '['));
        // "cited" is also a word in titles.
        if bracket.is_none() && matches!(word, "cited" | "viewed") {
            continue;
        }
        let end = match bracket {
            Some('(') => rest.find(')').map(|end| end + 1),
            Some(_) => rest.find(']').map(|end| end + 1),
            None => visit_end(rest),
        };
        let Some(end) = end else { continue };
        let behind = rest[end..].trim_start_matches([',', '.', ' ']);
        let behind = behind.strip_prefix("from ").unwrap_or(behind);
        text = format!("{before} {behind}").trim().to_owned();
    }
    text
}

fn stands_alone(lower: &str, at: usize, word: &str) -> bool {
    let before = lower[..at].chars().next_back();
    let after = &lower[at + word.len()..];
    let near: String = after.chars().take(40).collect();
    !before.is_some_and(char::is_alphanumeric)
        && after.starts_with([' ', ':'])
        && (near.contains(" from ")
            || near
                .split(|c: char| !c.is_ascii_digit())
                .any(|word| year_of(word).is_some()))
}

/// The end of the access date, if nothing but a date follows the word.
fn visit_end(rest: &str) -> Option<usize> {
    let near = &rest[..rest.floor_char_boundary(60)];
    let start = near.find([' ', ':'])?;
    let mut end = start;
    for word in near[start..].split_inclusive(' ').take(6) {
        end += word.len();
        let bare = word.trim_matches([' ', '.', ',', ':', ')']);
        let is_date = bare.starts_with(|c: char| c.is_ascii_digit())
            || matches!(bare, "" | "on" | "at" | "from" | "of")
            || super::super::day::month(bare).is_some();
        if !is_date {
            return None;
        }
        // In "2021-03-03", the day follows the year.
        if bare == "from" || bare.get(..4).and_then(year_of).is_some() {
            return Some(end);
        }
    }
    None
}

/// Words used instead of an unknown or future year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoYear {
    /// "n.d."
    Never,
    /// "in press", "forthcoming".
    Later(&'static str),
}

/// Words in the place of the year: in brackets, or as a sentence.
pub(super) fn no_year(text: &str) -> Option<NoYear> {
    let lower = text
        .trim_matches(['(', ')', '[', ']', '.', ' ', ','])
        .to_lowercase();
    Some(match lower.as_str() {
        "n.d" | "n. d" | "no date" | "s.a" | "undated" => NoYear::Never,
        "in press" => NoYear::Later("in press"),
        "forthcoming" | "to appear" | "to be published" => NoYear::Later("forthcoming"),
        "submitted" | "under review" => NoYear::Later("submitted"),
        "accepted" => NoYear::Later("accepted"),
        _ => return None,
    })
}

/// A container without "in press" and the like, and what that said.
pub(super) fn without_status(text: &str) -> (String, Option<&'static str>) {
    const SAID: [(&str, &str); 8] = [
        ("in press", "in press"),
        ("forthcoming", "forthcoming"),
        ("to appear", "forthcoming"),
        ("to be published", "forthcoming"),
        ("under review", "submitted"),
        ("accepted for publication", "accepted"),
        ("early access", ""),
        ("advance online publication", ""),
    ];
    let lower = text.to_ascii_lowercase();
    for (words, status) in SAID {
        let Some(at) = lower.find(words) else {
            continue;
        };
        let (before, behind) = (&text[..at], &text[at + words.len()..]);
        let alone =
            !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric);
        if alone {
            let before = before.trim_end_matches([' ', '(', '[', ',']);
            let behind = behind.trim_start_matches([')', ']', ',', '.', ' ']);
            let joint = match (
                before.is_empty() || behind.is_empty(),
                before.ends_with('.'),
            ) {
                (true, _) => "",
                (_, true) => " ",
                (_, false) => ", ",
            };
            let status = (!status.is_empty()).then_some(status);
            return (format!("{before}{joint}{behind}"), status);
        }
    }
    (text.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_nothing_of_the_paper_goes() {
        for (text, want) in [
            (
                "Notes. Retrieved March 3, 2021, from https://a.org",
                "Notes. https://a.org",
            ),
            (
                "Notes. Accessed: Mar. 3, 2021. [Online]. X",
                "Notes. [Online]. X",
            ),
            ("Notes, 2019 (Accessed: 3 March 2021).", "Notes, 2019"),
            (
                "Lakeside; 2021 [cited 2021 Mar 3]. More",
                "Lakeside; 2021 More",
            ),
            ("Notes. Last accessed 2021/03/03", "Notes."),
            (
                "Most cited papers. J Gears 2020",
                "Most cited papers. J Gears 2020",
            ),
            ("Memory accessed twice", "Memory accessed twice"),
        ] {
            assert_eq!(without_visits(text), want, "{text}");
        }
        for (text, want) in [
            (
                "J. Gears 3 (2019). Article CAS Google Scholar",
                "J. Gears 3 (2019).",
            ),
            (
                "J. Gears 3 (2019). [CrossRef] [Google Scholar]",
                "J. Gears 3 (2019).",
            ),
            (
                "The History of Google Scholar",
                "The History of Google Scholar",
            ),
        ] {
            assert_eq!(without_buttons(text), want, "{text}");
        }
        assert!(goes_on("x https://doi.org/10.1234/a.", "0142"));
        assert!(goes_on("doi: 10.1234/a-", "b12."));
        assert!(!goes_on("x https://doi.org/10.1234/a.", "Birch, T."));
        assert!(!goes_on("in the cellar.", "0142"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "([a-cÄ .,\\[(\\])]|accessed |cited |in press| from |2021|Google Scholar){0,30}") {
            let _ = without_visits(&text);
            let _ = without_buttons(&text);
            let _ = without_status(&text);
        }
    }
}
