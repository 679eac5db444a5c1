//! The title key: a title reduced to what matters when comparing two records.

use unicode_normalization::UnicodeNormalization;

/// The title in compatibility form (NFKC) and lower case, letters and digits only.
/// Diacritics stay, since they distinguish names. A title of punctuation only has
/// an empty key, which identifies nothing.
pub fn title_key(title: &str) -> String {
    if title.is_ascii() {
        return title
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|b| char::from(b.to_ascii_lowercase()))
            .collect();
    }
    title
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_differ_in_dress_have_one_key() {
        for (text, want) in [
            (
                "GaLore: Memory-Efficient LLM Training",
                "galorememoryefficientllmtraining",
            ),
            (
                "  galore memory\tefficient LLM training!",
                "galorememoryefficientllmtraining",
            ),
            ("PanGu-π: x²", "panguπx2"),
            ("Cafe\u{301}", "café"),
            ("ＡＢＣ Ⅳ ﬁne", "abcivfine"),
            ("ΟΔΟΣ", "οδοσ"),
            ("强化学习！", "强化学习"),
            ("!!!", ""),
            ("", ""),
        ] {
            assert_eq!(title_key(text), want, "{text}");
        }
    }

    #[test]
    fn diacritics_tell_titles_apart() {
        assert_ne!(title_key("Über"), title_key("Uber"));
    }
}
