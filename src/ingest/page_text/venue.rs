//! Venues on a line of their own, with how the paper was accepted.

/// A venue with its year, as in "ICLR 2025 Poster", and how the paper was accepted
/// there.
pub(in crate::ingest) fn venue(text: &str) -> Option<(String, Option<String>)> {
    const AROUND: [&str; 14] = [
        "conference",
        "workshop",
        "workshops",
        "track",
        "findings",
        "main",
        "proceedings",
        "of",
        "the",
        "on",
        "in",
        "submission",
        "datasets",
        "benchmarks",
    ];
    const STATUS: [&str; 10] = [
        "poster",
        "oral",
        "spotlight",
        "accept",
        "accepted",
        "notable",
        "highlight",
        "reject",
        "rejected",
        "withdrawn",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > 8 {
        return None;
    }
    let (mut name, mut status) = (Vec::new(), Vec::new());
    let (mut year, mut acronym) = (false, false);
    for word in &words {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        if bare.len() == 4
            && (bare.starts_with("19") || bare.starts_with("20"))
            && bare.bytes().all(|b| b.is_ascii_digit())
        {
            year = true;
            name.push(*word);
        } else if STATUS.contains(&lower.as_str()) {
            status.push(bare);
        } else if AROUND.contains(&lower.as_str()) || lower.is_empty() {
            name.push(*word);
        } else if is_acronym(bare) {
            acronym = true;
            name.push(*word);
        } else {
            return None;
        }
    }
    let name = name
        .join(" ")
        .trim_end_matches([',', ':', '-', ' '])
        .to_owned();
    let status = (!status.is_empty()).then(|| status.join(" "));
    (year && acronym).then_some((name, status))
}

fn is_acronym(word: &str) -> bool {
    word.len() <= 12
        && word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '/' | '-' | '*'))
        && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn venues_have_a_year_and_an_acronym() {
        for (text, want) in [
            ("ICLR 2025 Poster", Some(("ICLR 2025", Some("Poster")))),
            ("NeurIPS 2024", Some(("NeurIPS 2024", None))),
            (
                "Findings of the ACL, 2023",
                Some(("Findings of the ACL, 2023", None)),
            ),
            ("CVPR 2023 (Oral)", Some(("CVPR 2023", Some("Oral")))),
            ("SemEval 2024 Task 3: Emotions", None),
            ("GPT-4 in 2024", None),
            ("Poster", None),
        ] {
            let got = venue(text);
            let got = got
                .as_ref()
                .map(|(name, status)| (name.as_str(), status.as_deref()));
            assert_eq!(got, want, "{text}");
        }
    }
}
