//! The wording of error messages, to tell them from titles of papers.

/// Complete error messages, one per line.
const WHOLE: &str = include_str!("whole.txt");

/// Beginnings of error messages, one per line.
const BEGINNINGS: &str = include_str!("beginnings.txt");

/// The longest message recognised by its beginning, in words.
const MOST_WORDS: usize = 16;

/// Whether a title is worded as an error.
pub(super) fn is_error_title(title: &str) -> bool {
    if title.len() > 400 {
        return false;
    }
    let lower = title.trim().to_lowercase();
    if lower.starts_with("error: ") || lower.starts_with("fatal: ") {
        return true;
    }
    // "Forbidden | Example", "Login – Example".
    let first = lower.split(['|', '–', '—', '·']).next().unwrap_or_default();
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    is_error_wording(&words(&lower)) || is_error_wording(&words(first))
}

fn is_error_wording(words: &[String]) -> bool {
    // "Error 404 (Not Found)", "HTTP Status 401 – Unauthorized", "403: Forbidden".
    // In "Error 1020" the number is the service's own.
    let is_name = |word: &str| matches!(word, "http" | "error" | "status" | "code");
    let is_number = |word: &str| word.len() <= 5 && word.bytes().all(|b| b.is_ascii_digit());
    let named = words.iter().take_while(|word| is_name(word)).count();
    let numbered = words[named..]
        .iter()
        .take_while(|word| is_status(word) || (named > 0 && is_number(word)))
        .count();
    let has_status = numbered > 0;
    let labels = named + numbered;
    let (whole, rest) = (words.join(" "), words[labels..].join(" "));
    if has_status && rest.is_empty() {
        return true;
    }
    let begins = |text: &str, phrases: &str| {
        phrases.lines().any(|phrase| {
            text.strip_prefix(phrase)
                .is_some_and(|more| more.is_empty() || more.starts_with(' '))
        })
    };
    [whole, rest].iter().any(|text| {
        WHOLE.lines().any(|phrase| phrase == text)
            || (words.len() <= MOST_WORDS
                && (begins(text, BEGINNINGS) || (has_status && begins(text, WHOLE))))
    })
}

/// Whether a word is an HTTP error status.
fn is_status(word: &str) -> bool {
    word.len() == 3
        && word.starts_with(['4', '5'])
        && word.bytes().all(|byte| byte.is_ascii_digit())
}
