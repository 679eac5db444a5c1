//! "Did you mean": finds the known name closest to a mistyped one.

/// The known name closest to `word`, if it is close enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    known
        .into_iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&folded, &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, name)| *distance <= 1 + name.len().max(word.len()) / 4)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names_the_likeliest_and_only_a_likely_one() {
        let keys = ["title", "base_url", "theme"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("baseurl", keys), Some("base_url"));
        assert_eq!(nearest("Theme", keys), Some("theme"));
        assert_eq!(nearest("zebra", keys), None);
    }
}
