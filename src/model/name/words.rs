//! Words in names: particles, suffixes, initials, and words only groups use.

/// Words between given and family name that belong to neither.
pub(super) fn is_particle(word: &str) -> bool {
    const PARTICLES: [&str; 42] = [
        "'t", "af", "al", "auf", "aus", "av", "ben", "bin", "bint", "da", "das", "de", "degli",
        "dei", "del", "dela", "della", "delle", "dello", "den", "der", "des", "di", "do", "dos",
        "du", "el", "het", "ibn", "la", "las", "le", "los", "op", "ten", "ter", "van", "vom",
        "von", "zu", "zum", "zur",
    ];
    PARTICLES.contains(&word)
}

pub(super) fn is_suffix(word: &str) -> bool {
    matches!(
        word,
        "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV" | "2nd" | "3rd" | "4th"
    )
}

/// Whether a word consists of initials only: "J", "JA", "J.", "J.-P.", "J.A.".
pub(super) fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let rest = |c: char| c.is_uppercase() || matches!(c, '.' | '-' | '\u{2010}' | '\u{2011}');
    (1..=3).contains(&letters) && word.chars().all(rest) && word.starts_with(char::is_uppercase)
}

/// Whether a word is more than initials.
pub(super) fn is_spelled_out(word: &str) -> bool {
    word.chars().any(char::is_lowercase)
}

/// Whether a name is a group's.
pub fn is_group(name: &str) -> bool {
    let mut words = name
        .split([' ', ',', '-', '/', '(', ')'])
        .filter(|word| !word.is_empty());
    let Some(first) = words.next() else {
        return false;
    };
    first.eq_ignore_ascii_case("the")
        // "Ai" is a family name, but "AI" is not; "Of" can be one, but "of" cannot.
        || words.any(|word| {
            matches!(word, "AI" | "of" | "for" | "and" | "&")
                || GROUP_WORDS.iter().any(|group| group.eq_ignore_ascii_case(word))
        })
}

/// Words that, unless they come first, occur only in group names.
const GROUP_WORDS: [&str; 37] = [
    "academy",
    "agency",
    "alliance",
    "association",
    "center",
    "centre",
    "collaboration",
    "committee",
    "community",
    "company",
    "consortium",
    "contributors",
    "corporation",
    "corp",
    "corp.",
    "council",
    "department",
    "foundation",
    "gmbh",
    "group",
    "inc",
    "inc.",
    "initiative",
    "institute",
    "lab",
    "laboratory",
    "labs",
    "llc",
    "ltd",
    "ltd.",
    "ministry",
    "network",
    "project",
    "research",
    "society",
    "team",
    "university",
];

/// Scripts that put the family name first without a space, so the last word is not
/// the family name.
pub(super) fn is_east_asian(c: char) -> bool {
    matches!(u32::from(c),
        0x3005 | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}
