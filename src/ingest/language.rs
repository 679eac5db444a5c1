//! Converts library language codes and English language names to BCP 47.

/// Three-letter library codes, English names, and BCP 47 tags.
const LANGUAGES: [(&str, &str, &str); 29] = [
    ("eng", "english", "en"),
    ("ger deu", "german", "de"),
    ("fre fra", "french", "fr"),
    ("spa", "spanish", "es"),
    ("ita", "italian", "it"),
    ("por", "portuguese", "pt"),
    ("chi zho", "chinese", "zh"),
    ("jpn", "japanese", "ja"),
    ("kor", "korean", "ko"),
    ("rus", "russian", "ru"),
    ("pol", "polish", "pl"),
    ("dut nld", "dutch", "nl"),
    ("tur", "turkish", "tr"),
    ("ara", "arabic", "ar"),
    ("cze ces", "czech", "cs"),
    ("dan", "danish", "da"),
    ("fin", "finnish", "fi"),
    ("gre ell", "greek", "el"),
    ("heb", "hebrew", "he"),
    ("hun", "hungarian", "hu"),
    ("nor", "norwegian", "no"),
    ("swe", "swedish", "sv"),
    ("ukr", "ukrainian", "uk"),
    ("per fas", "persian", "fa"),
    ("rum ron", "romanian", "ro"),
    ("hin", "hindi", "hi"),
    ("vie", "vietnamese", "vi"),
    ("ind", "indonesian", "id"),
    ("cat", "catalan", "ca"),
];

/// The tag for a code or name. `None` if it is unknown or already a BCP 47 tag.
pub(super) fn tag(said: &str) -> Option<&'static str> {
    let said = said.trim().to_lowercase();
    let known = |(codes, name, _): &&(&str, &str, &str)| {
        *name == said || codes.split(' ').any(|code| code == said)
    };
    LANGUAGES.iter().find(known).map(|(_, _, tag)| *tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_become_tags() {
        for (said, want) in [
            ("eng", Some("en")),
            ("ger", Some("de")),
            ("DEU", Some("de")),
            ("English", Some("en")),
            ("en-US", None),
            ("tlh", None),
        ] {
            assert_eq!(tag(said), want, "{said}");
        }
    }
}
