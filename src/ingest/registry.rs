//! Registries with globally unique identifiers, and how to recognise these in
//! arbitrary text.

use crate::model::PaperId;

/// Registries whose identifiers are unique.
pub(super) const SCHEMES: [&str; 7] = [
    "arxiv",
    "doi",
    "openreview",
    "acl",
    "pmid",
    "s2",
    "s2corpus",
];

/// The identifier of a known registry in a text of unknown kind: a URL,
/// `scheme:value`, a DOI, or an arXiv ID with a valid month.
pub(super) fn registered(text: &str) -> Option<PaperId> {
    let id = PaperId::parse(text).filter(|id| SCHEMES.contains(&id.scheme()))?;
    let value = id.value();
    let dated = || {
        let month = value.get(2..4).and_then(|m| m.parse().ok()).unwrap_or(0);
        value.contains('/') || (1..=12).contains(&month)
    };
    let bare_doi = || text.trim().starts_with("10.") || text.contains("doi");
    let plausible = match id.scheme() {
        "arxiv" => dated(),
        "doi" => bare_doi(),
        _ => true,
    };
    plausible.then_some(id)
}

/// The DOIs in a text, separated by commas or spaces.
pub(super) fn dois(text: &str) -> Vec<&str> {
    let begins = |rest: &str| {
        let digits = rest.bytes().skip(3).take_while(u8::is_ascii_digit).count();
        digits >= 4 && rest.as_bytes().get(3 + digits) == Some(&b'/')
    };
    // A longer text is not searched.
    if text.len() > 2000 {
        return vec![text];
    }
    let mut starts: Vec<usize> = Vec::new();
    for (at, _) in text.match_indices("10.") {
        let parted = text[..at]
            .rfind([',', ';', ' ', '|'])
            .is_some_and(|separator| {
                let between = text[separator + 1..at].trim().to_ascii_lowercase();
                between.is_empty()
                    || between.ends_with("doi:")
                    || between.ends_with("doi.org/") && between.starts_with("http")
            });
        if begins(&text[at..]) && (starts.is_empty() || parted) {
            starts.push(at);
        }
    }
    if starts.len() < 2 {
        return vec![text];
    }
    let ends = starts[1..].iter().copied().chain([text.len()]);
    let dois = starts.iter().zip(ends).map(|(start, end)| {
        let doi = text[*start..end].trim();
        // The text that introduces the next DOI is not part of this one.
        doi.split([' ', '|']).next().unwrap_or(doi)
    });
    dois.map(|doi| doi.trim_end_matches([',', ';', ' ']))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::dois;

    #[test]
    fn several_dois_are_told_from_one_with_a_comma() {
        for (text, want) in [
            ("10.1016/a.1, 10.1016/a.9", "10.1016/a.1|10.1016/a.9"),
            ("10.1016/a.1 10.1016/a.9", "10.1016/a.1|10.1016/a.9"),
            (
                "10.1016/a.1; https://doi.org/10.1016/a.9",
                "10.1016/a.1|10.1016/a.9",
            ),
            ("https://doi.org/10.1016/a,b", "https://doi.org/10.1016/a,b"),
            (
                "10.1007/978-3-031-19830-4 _38",
                "10.1007/978-3-031-19830-4 _38",
            ),
            ("10.5555/x-10.1000/y", "10.5555/x-10.1000/y"),
            ("doi", "doi"),
        ] {
            assert_eq!(dois(text).join("|"), want, "{text}");
        }
    }
}
