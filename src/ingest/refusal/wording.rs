//! Wording: the words in which services refuse, by which an error is told from the
//! title of a paper.

/// What an error says from its first word to its last, a line each.
const WHOLE: &str = include_str!("whole.txt");

/// What an error begins with, whatever it goes on to say, a line each.
const BEGINNINGS: &str = include_str!("beginnings.txt");

/// The longest error that is told by how it begins, in words.
const MOST_WORDS: usize = 16;

/// Whether the words of a title are those of an error.
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
    // "Error 1020": some count on their own.
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

/// Whether a word is the number of an error of HTTP.
fn is_status(word: &str) -> bool {
    word.len() == 3
        && word.starts_with(['4', '5'])
        && word.bytes().all(|byte| byte.is_ascii_digit())
}
