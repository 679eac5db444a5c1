//! Openings: how a sentence begins says what it is for in its abstract.

/// Openings that go on with what was said before.
const CONTINUES: &[&str] = &[
    "furthermore",
    "moreover",
    "additionally",
    "in addition",
    "finally",
    "besides",
    "second",
    "secondly",
    "third",
    "thirdly",
    "next",
    "then",
    "also",
    "lastly",
    "last",
    "we also",
    "we further",
    "we then",
    "we additionally",
    "we finally",
    "building on",
    "for this",
    "afterwards",
    "subsequently",
    "meanwhile",
    "after",
    "in this framework",
    "in this setting",
    "first",
    "firstly",
    "to begin",
    "to further",
    "in the end",
    "we start",
    "we begin",
];

/// Openings that say more of it, or what others did.
const DETAILS: &[&str] = &[
    "specifically",
    "in particular",
    "particularly",
    "for example",
    "for instance",
    "notably",
    "however",
    "unfortunately",
    "despite",
    "although",
    "while",
    "recently",
    "recent",
    "existing",
    "previous",
    "prior",
    "current",
    "yet",
    "as a result",
    "more specifically",
];

/// Openings that say what came out, or where it is to be had.
const REPORTS: &[&str] = &[
    "experiment",
    "extensive",
    "empirical",
    "comprehensive experiment",
    "results",
    "our results",
    "the results",
    "our experiment",
    "our empirical",
    "our extensive",
    "evaluation",
    "evaluations",
    "experimental",
    "code",
    "our code",
    "the code",
    "source code",
    "we hope",
    "we believe",
    "we expect",
    "we envision",
    "through extensive",
    "we conduct experiments",
    "we conduct extensive",
    "to the best",
    "numerical",
];

/// What the sentence's opening says: "In this paper" announces, "Furthermore"
/// continues, "Experiments show" reports.
pub(super) fn opening(lower: &str, words: &[&str]) -> i32 {
    let mut score = 0;
    let start = words[..words.len().min(8)].join(" ");
    if start.starts_with("in this ")
        && [
            "paper", "work", "study", "article", "survey", "report", "letter", "thesis", "primer",
            "research", "review",
        ]
        .iter()
        .any(|word| words.iter().take(5).any(|w| w == word))
    {
        score += 30;
    }
    if [
        "this paper",
        "this work",
        "this study",
        "this survey",
        "this article",
        "this review",
        "this thesis",
        "our work",
        "this research",
    ]
    .iter()
    .any(|opening| begins(&start, opening))
    {
        score += 14;
    }
    if [
        "here we",
        "to this end",
        "to address",
        "to overcome",
        "to tackle",
        "motivated by",
        "to bridge",
        "to mitigate",
        "to fill",
    ]
    .iter()
    .any(|opening| begins(&start, opening))
    {
        score += 10;
    }
    if CONTINUES
        .iter()
        .any(|opening| begins_with_words(&start, opening))
    {
        score -= 18;
    }
    if DETAILS
        .iter()
        .any(|opening| begins_with_words(&start, opening))
    {
        score -= 12;
    }
    // "For evaluation, we propose": a part of it. "(3) We": an item.
    if lower.starts_with('(')
        || (lower.starts_with("for ") && lower.find(',').is_some_and(|at| at < 30))
    {
        score -= 18;
    }
    if REPORTS.iter().any(|opening| begins(&start, opening)) {
        score -= 26;
    }
    if lower.contains("future work")
        || lower.contains("future research")
        || lower.contains("publicly available")
        || lower.contains("will be released")
    {
        score -= 14;
    }
    score
}

/// Whether the text begins so. The first letter mostly says that it does not.
fn begins(start: &str, opening: &str) -> bool {
    start.as_bytes().first() == opening.as_bytes().first() && start.starts_with(opening)
}

fn begins_with_words(start: &str, opening: &str) -> bool {
    begins(start, opening) && matches!(start.as_bytes().get(opening.len()), None | Some(b' '))
}
