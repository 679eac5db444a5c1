//! Abbreviations, classified by whether their full stop can end a sentence.

/// What an abbreviation says about its full stop.
pub(super) enum Abbreviation {
    /// Never ends a sentence.
    Open,
    /// A number follows; otherwise it is an ordinary word at the end of a sentence.
    Numbered,
    /// May end a sentence; it does if a capitalised function word follows.
    Either,
    /// Closes an enumeration, as in "gaming, etc."; within a sentence, what follows
    /// is hardly ever a capitalised word.
    Enumeration,
}

impl Abbreviation {
    /// `bare` is the word without its full stop and closing punctuation.
    pub(super) fn of(bare: &str) -> Option<Self> {
        let label_start = bare
            .char_indices()
            .rev()
            .take(MAX_LABEL_CHARS)
            .take_while(|&(_, c)| c.is_alphanumeric() || c == '.')
            .last()
            .map(|(at, _)| at)?;
        let label = &bare[label_start..];
        let folded = label.to_lowercase();
        let alone = label_start == 0 || bare[..label_start].ends_with(".-");
        if folded == "etc" {
            Some(Self::Enumeration)
        } else if (is_initial(label) && alone)
            || is_dotted(label) && !OPEN.contains(&folded.as_str())
            || EITHER.contains(&folded.as_str())
        {
            Some(Self::Either)
        } else if OPEN.contains(&folded.as_str()) || TITLES.contains(&label) {
            Some(Self::Open)
        } else if NUMBERED.contains(&folded.as_str()) {
            Some(Self::Numbered)
        } else {
            None
        }
    }
}

/// The longest abbreviation.
const MAX_LABEL_CHARS: usize = 12;

static OPEN: &[&str] = &[
    "a.k.a", "approx", "c.f", "ca", "cf", "e.g", "eg", "esp", "i.e", "ie", "incl", "s.t", "v.s",
    "viz", "vs", "w.r.t", "wrt",
];

/// Personal titles. In lower case, "ms" is a unit.
static TITLES: &[&str] = &["Dr", "Mr", "Mrs", "Ms", "Prof", "St"];

static NUMBERED: &[&str] = &[
    "alg", "algs", "app", "apr", "art", "aug", "ch", "chap", "cor", "dec", "def", "defs", "eq",
    "eqn", "eqns", "eqs", "ex", "exs", "feb", "fig", "figs", "jan", "lem", "no", "nos", "nov",
    "oct", "p", "para", "pp", "prop", "ref", "refs", "sec", "secs", "sect", "sept", "tab", "tabs",
    "thm", "thms", "ver", "vers", "vol", "vols",
];

static EITHER: &[&str] = &[
    "al", "co", "corp", "dept", "ed", "eds", "est", "inc", "jr", "ltd", "resp", "sr", "univ",
];

/// "U.S", "Ph.D", "i.i.d": short parts between full stops.
fn is_dotted(label: &str) -> bool {
    label.contains('.')
        && label
            .split('.')
            .all(|part| (1..=2).contains(&part.len()) && part.chars().all(char::is_alphabetic))
}

fn is_initial(label: &str) -> bool {
    let mut chars = label.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}
