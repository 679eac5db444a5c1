//! Text direction: whether a language is written left to right or right to left.

/// Languages written from right to left, unless their tag names another script.
const RIGHT_TO_LEFT: [&str; 28] = [
    "ar", "arc", "arz", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks",
    "lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd", "sdh", "syr", "ug", "ur", "uzs", "yi", "ydd",
];

/// Scripts written from right to left.
const SCRIPTS: [&str; 12] = [
    "adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi",
];

/// `rtl` or `ltr` for a language tag such as `ar`, `az-Arab` or `ar-Latn`.
pub fn direction(language: &str) -> &'static str {
    let mut parts = language.split(['-', '_']).map(str::to_ascii_lowercase);
    let primary = parts.next().unwrap_or_default();
    let script =
        parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_rtl = match script {
        Some(script) => SCRIPTS.contains(&script.as_str()),
        None => RIGHT_TO_LEFT.contains(&primary.as_str()),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_counts_for_more_than_a_language() {
        for (language, want) in [
            ("ar", "rtl"),
            ("AR-eg", "rtl"),
            ("he-IL", "rtl"),
            ("az-Arab", "rtl"),
            ("ku_Arab_IQ", "rtl"),
            ("ar-Latn", "ltr"),
            ("sd-Deva-IN", "ltr"),
            ("en", "ltr"),
            ("arn", "ltr"),
            ("", "ltr"),
        ] {
            assert_eq!(direction(language), want, "{language}");
        }
    }
}
