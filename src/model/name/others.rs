//! "et al." and its equivalents: the words at the end of a name list that represent
//! people who are not named, in the languages and conventions of our sources.

/// The words, in lower case and without a final full stop.
const WORDS: [&str; 26] = [
    "et al",
    "et. al",
    "et.al",
    "et alii",
    "et alia",
    "et aliae",
    "et coll",
    "et autres",
    "and others",
    "and al",
    "and co-workers",
    "and coworkers",
    "and colleagues",
    "& others",
    "& al",
    "u. a",
    "u.a",
    "und andere",
    "y otros",
    "y cols",
    "e outros",
    "e altri",
    "i in",
    "и др",
    "и соавт",
    "others",
];

/// Their Chinese and Japanese equivalents, which need no space before them.
const EAST_ASIAN: [&str; 4] = ["等人", "等", "ほか", "他"];

/// Whether an entry in a list of names represents unnamed people.
pub fn is_others(text: &str) -> bool {
    let (rest, others) = without_others(text);
    others && rest.is_empty()
}

/// Removes the words for unnamed people from the end of a name or list, and reports
/// whether there were any.
pub fn without_others(text: &str) -> (&str, bool) {
    let mut named = text.trim();
    let mut others = false;
    // "et al. …", "et al., et al."
    while let Some(rest) = without_one(named) {
        debug_assert!(rest.len() < named.len(), "{named} does not end");
        named = rest;
        others = true;
    }
    (named, others)
}

/// The list without its last words for unnamed people, if it has any.
fn without_one(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_suffix('…').or_else(|| text.strip_suffix("...")) {
        return Some(ended(rest));
    }
    let bare = text.trim_end_matches(['.', ')', ']', ' ', '}', ',', ';']);
    for words in WORDS {
        let Some(rest) = stripped(bare, words) else {
            continue;
        };
        let begins = rest.is_empty() || rest.ends_with([' ', ',', ';', '(', '[', '.', '{', '|']);
        // "U. A." in capitals are initials.
        let is_lower = bare.ends_with(words) || !words.starts_with("u.");
        // "others" only counts alone or after a comma: otherwise it may end a
        // group's name.
        let is_part = words != "others" || rest.is_empty() || ended(rest).len() < rest.trim().len();
        if begins && is_lower && is_part {
            return Some(ended(rest));
        }
    }
    if let Some(rest) = counted(bare) {
        return Some(ended(rest));
    }
    // "+2 authors Ann Poe": the last author is still named.
    if let Some(rest) = counted_before(text) {
        return Some(rest.trim());
    }
    let rest = EAST_ASIAN
        .iter()
        .find_map(|words| bare.strip_suffix(words))?;
    if rest.is_empty() || rest.ends_with([' ', ',', '，', '、', ';']) {
        return Some(ended(rest));
    }
    // No personal name of four characters ends like this.
    let is_name = rest.chars().count() > 2 && rest.chars().all(super::words::is_east_asian);
    is_name.then_some(rest)
}

/// The text before the words, ignoring case.
fn stripped<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(words.len())?;
    let tail = text.get(at..)?;
    let is_equal = tail.eq_ignore_ascii_case(words);
    is_equal.then(|| &text[..at])
}

/// The text after a leading "+2 authors".
fn counted_before(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('+')?.trim_start_matches(' ');
    let rest = without_number(rest)?.strip_prefix(' ')?;
    let rest = rest.strip_prefix("more ").unwrap_or(rest);
    let rest = ["authors", "author", "others"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let begins = rest.is_empty() || rest.starts_with([' ', ',']);
    begins.then(|| rest.trim_start_matches([' ', ',']))
}

fn without_number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}

/// "Jane Doe and 12 others", "Jane Doe, +3 more", "Jane Doe, … +5".
fn counted(text: &str) -> Option<&str> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if let Some(rest) = before.strip_suffix('+')
        && before.len() < text.len()
        && (rest.is_empty() || rest.ends_with([' ', ',', ';', '…', '(']))
    {
        return Some(rest);
    }
    let rest = [
        "others",
        "more authors",
        "other authors",
        "more author",
        "other author",
        "more",
        "authors",
        "author",
    ]
    .iter()
    .find_map(|words| stripped(text, words))?;
    let rest = rest.strip_suffix(' ')?;
    let before = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    if before.len() == rest.len() {
        return None;
    }
    Some(before.trim_end_matches('+'))
}

/// The list without the separator that joined it to the words removed.
fn ended(text: &str) -> &str {
    let text = text.trim_end_matches([' ', ',', ';', '(', '[', '，', '、', '{', '|']);
    let text = text
        .strip_suffix(" and")
        .or(text.strip_suffix(" &"))
        .unwrap_or(text);
    match text {
        "and" | "&" => "",
        text => text.trim_end_matches([' ', ',', ';']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_are_not_named_are_told_in_every_form() {
        for (text, want) in [
            ("Jane Doe et al.", "Jane Doe"),
            ("Jane Doe, et al", "Jane Doe"),
            ("Jane Doe ET AL.", "Jane Doe"),
            ("Jane Doe [et al.]", "Jane Doe"),
            ("Jane Doe and others", "Jane Doe"),
            ("Doe, J., and others.", "Doe, J."),
            ("Jane Doe & al.", "Jane Doe"),
            ("Jane Doe u. a.", "Jane Doe"),
            ("Jane Doe, u.a.", "Jane Doe"),
            ("J Doe, R Roe…", "J Doe, R Roe"),
            ("J Doe, R Roe, ...", "J Doe, R Roe"),
            ("J Doe, R Roe and …", "J Doe, R Roe"),
            ("Jane Doe, others", "Jane Doe"),
            ("Jane Doe and 12 others", "Jane Doe"),
            ("Jane Doe, +3 more", "Jane Doe"),
            ("Jane Doe, +2 authors", "Jane Doe"),
            ("Jane Doe, +1 author", "Jane Doe"),
            ("Jane Doe and 3 more", "Jane Doe"),
            ("Jane Doe and 1 more author", "Jane Doe"),
            ("J. Doe, R. Roe, … +5", "J. Doe, R. Roe"),
            ("J. Doe, R. Roe, +5 more", "J. Doe, R. Roe"),
            ("J. Doe, R. Roe +5", "J. Doe, R. Roe"),
            ("+2 authors Ann Poe", "Ann Poe"),
            ("+12 more authors", ""),
            ("+5", ""),
            ("王小明等", "王小明"),
            ("王小明, 等", "王小明"),
            ("Иван Петров и др.", "Иван Петров"),
            ("others", ""),
            ("et al.", ""),
            ("…", ""),
            ("...", ""),
        ] {
            assert_eq!(without_others(text), (want, true), "{text}");
        }
        for text in [
            "Jane Doe",
            "Doe U. A.",
            "Al Doe",
            "Jane Al",
            "Mary Others",
            "Jane+5",
            "Two more authors",
            "Agent 47",
            "Friends of the Others",
            "王小明",
            "李等",
            "",
        ] {
            assert_eq!(without_others(text), (text, false), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_of_the_others_is_left(text in "([A-Za-zé]{1,4}|et al\\.|and others|…|\\.\\.\\.|[ ,;.]|等|明){0,9}") {
            let (rest, _) = without_others(&text);
            proptest::prop_assert!(text.contains(rest));
        }
    }
}
