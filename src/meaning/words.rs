//! Words: what a text is cut into to be looked up in a table, and the forms under
//! which a word may be in it. The search box has a twin of both
//! (`themes/gazette/static/search/meaning.js`).

/// Calls `f` with each word of a text: runs of letters and digits, in lower case.
pub fn for_each_word(text: &str, f: &mut dyn FnMut(&str)) {
    let mut lower = String::new();
    let runs = text.split(|c: char| !c.is_alphanumeric());
    for run in runs.filter(|run| !run.is_empty()) {
        if run
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        {
            f(run);
            continue;
        }
        lower.clear();
        lower.push_str(run);
        if run.is_ascii() {
            lower.make_ascii_lowercase();
            f(&lower);
        } else {
            // A letter may become a letter and a mark, which is not a letter.
            let folded = run.to_lowercase();
            for part in folded.split(|c: char| !c.is_alphanumeric()) {
                if !part.is_empty() {
                    f(part);
                }
            }
        }
    }
}

/// An ending, and what replaces it in another form of the word.
const ENDINGS: [(&str, &str); 15] = [
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("er", ""),
    ("er", "e"),
    ("ly", ""),
    ("ness", ""),
    ("ers", ""),
    ("ers", "e"),
    ("r", ""),
    ("est", ""),
];

/// The fewest characters that are left of a word without its ending.
const LEAST: usize = 3;

/// Other forms of a word, the likeliest first: "running" may be "runn", "run", "runne".
pub fn endings(word: &str) -> impl Iterator<Item = String> + '_ {
    ENDINGS.iter().flat_map(|(ending, instead)| {
        let base = word.strip_suffix(ending).map(|rest| {
            let mut base = String::with_capacity(rest.len() + instead.len());
            base.push_str(rest);
            base.push_str(instead);
            base
        });
        let base = base.filter(|base| base.chars().nth(LEAST - 1).is_some());
        let single = base.as_deref().and_then(|base| {
            let mut back = base.chars().rev();
            let doubled = back.next().is_some_and(|last| back.next() == Some(last));
            let is_long = base.chars().nth(LEAST).is_some();
            (doubled && is_long).then(|| {
                let mut single = base.to_owned();
                single.pop();
                single
            })
        });
        base.into_iter().chain(single)
    })
}
