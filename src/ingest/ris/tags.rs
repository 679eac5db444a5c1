//! RIS tags, the two characters at the start of a line, in the spellings that
//! programs use.

use crate::ingest::lines::lines;

/// How a file writes its tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// According to the format: `TY  - JOUR`.
    Strict,
    /// With other spaces, or in lower case: `ty - JOUR`, `TY-JOUR`.
    Loose,
}

/// The style of the first `TY` tag, if the text starts like RIS.
pub(super) fn style(text: &str) -> Option<Style> {
    let first = lines(text)
        .filter(|line| !line.text.trim().is_empty())
        .take(8);
    let mut styles = first.filter_map(|line| {
        let is_type = |style| {
            tag(line.text, style)
                .is_some_and(|(tag, kind)| tag == "TY" && kind.len() <= 12 && !kind.contains(' '))
        };
        [Style::Strict, Style::Loose]
            .into_iter()
            .find(|style| is_type(*style))
    });
    styles.next()
}

/// A line's tag and value: two characters, two spaces, a hyphen.
pub(super) fn tag(line: &str, style: Style) -> Option<(String, &str)> {
    let line = line.trim_start_matches(['\u{feff}', ' ', '\t']);
    let (name, rest) = line.split_at_checked(2)?;
    let bytes = name.as_bytes();
    let is_name = bytes[0].is_ascii_alphabetic() && bytes[1].is_ascii_alphanumeric();
    let strict = || {
        let rest = rest
            .strip_prefix("  -")
            .or_else(|| rest.strip_prefix(" -"))?;
        (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(rest)
    };
    // Ordinary words can look like this, so only known tags are accepted.
    let loose = || {
        let rest = rest.trim_start().strip_prefix('-')?;
        let name = name.to_ascii_uppercase();
        let known = matches!(name.as_str(), "TY" | "ER") || KNOWN.contains(&name.as_str());
        known.then_some(rest)
    };
    let is_upper = !name.bytes().any(|b| b.is_ascii_lowercase());
    let value = match style {
        Style::Strict if is_upper => strict()?,
        Style::Strict => return None,
        Style::Loose => loose()?,
    };
    is_name.then(|| (name.to_ascii_uppercase(), value.trim()))
}

/// Tags that are understood, or irrelevant.
pub(super) const KNOWN: &[&str] = &[
    "TI", "T1", "CT", "AB", "N2", "JO", "JF", "T2", "BT", "JA", "J2", "DO", "VL", "IS", "SP", "EP",
    "PB", "T3", "LA", "PY", "Y1", "DA", "L1", "N1", "UR", "L2", "LK", "AN", "M1", "C7", "AU", "A1",
    "KW", "SN", "ID", "M3", "A2", "A3", "A4", "ED", "CY", "PP", "Y2", "DB", "DP", "ST", "C1", "C2",
    "C3", "RP", "L3", "L4", "ET", "CN", "AD", "OP", "RN", "SE", "TT", "U1", "U2", "U3", "U4", "U5",
    "VO", "AV", "H1", "H2", "RI", "YR", "AF", "C4", "C5", "C6", "C8", "A5", "A6", "LB", "NV", "OA",
    "SO", "RD", "SV", "TA", "WV", "WT",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_text() {
        let (strict, loose) = (Style::Strict, Style::Loose);
        for (line, style, want) in [
            ("TY  - JOUR", strict, Some(("TY", "JOUR"))),
            ("ER  -", strict, Some(("ER", ""))),
            ("  TY  - JOUR", strict, Some(("TY", "JOUR"))),
            ("A title - with a dash", strict, None),
            ("ty  - JOUR", strict, None),
            ("ty  - JOUR", loose, Some(("TY", "JOUR"))),
            ("TY - JOUR", loose, Some(("TY", "JOUR"))),
            ("TY- JOUR", loose, Some(("TY", "JOUR"))),
            ("AI - based methods", loose, None),
            ("in - depth", loose, None),
            ("é", loose, None),
        ] {
            let found = tag(line, style);
            let found = found.as_ref().map(|(tag, value)| (tag.as_str(), *value));
            assert_eq!(found, want, "{line}");
        }
        for (text, want) in [
            ("TY  - JOUR\nTI  - A\n", Some(strict)),
            ("\u{feff}TY  - JOUR\n", Some(strict)),
            ("ty - jour\nti - A\n", Some(loose)),
            ("A title\n\nAn abstract.", None),
            ("Ty - a name of two letters\n", None),
        ] {
            assert_eq!(super::style(text), want, "{text}");
        }
    }
}
