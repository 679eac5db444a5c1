//! Stop words: English function words, which carry grammar rather than subject
//! matter.

/// Whether the token is a stop word. Frequent words with a meaning of their own
/// (`model`, `few`, `all`) are not stop words.
pub fn is_stop_word(word: &str) -> bool {
    // Most words are told by their length and their first letter.
    let Some(letter) = word.bytes().next().filter(u8::is_ascii_lowercase) else {
        return false;
    };
    let letter = usize::from(letter - b'a');
    let of_letter = usize::from(STARTS[letter])..usize::from(STARTS[letter + 1]);
    word.len() <= LONGEST && STOP_WORDS[of_letter].binary_search(&word).is_ok()
}

/// The length of the longest stop word.
const LONGEST: usize = 12;

/// For each letter where the stop words that begin with it begin, and their number.
static STARTS: [u8; 27] = {
    let mut starts = [0; 27];
    let mut letter = 0;
    let mut at = 0;
    while letter < 27 {
        while at < STOP_WORDS.len() && STOP_WORDS[at].as_bytes()[0] < b'a' + letter as u8 {
            at += 1;
        }
        starts[letter] = at as u8;
        letter += 1;
    }
    starts
};

/// All stop words, sorted.
pub fn stop_words() -> &'static [&'static str] {
    STOP_WORDS
}

#[rustfmt::skip]
static STOP_WORDS: &[&str] = &[
    "a", "about", "above", "according", "across", "after", "against", "already", "also",
    "although", "always", "am", "among", "an", "and", "another", "any", "anything", "are",
    "around", "as", "at", "away", "be", "became", "because", "become", "becomes", "been",
    "before", "being", "below", "beside", "besides", "both", "but", "by", "can", "cannot",
    "could", "did", "do", "does", "doing", "done", "due", "during", "each", "eg", "either",
    "else", "enough", "etc", "even", "ever", "every", "everything", "for", "from", "further",
    "furthermore", "had", "has", "have", "having", "he", "hence", "her", "here", "hers", "him",
    "his", "how", "however", "i", "ie", "if", "in", "indeed", "instead", "into", "is", "it",
    "its", "itself", "just", "many", "may", "me", "might", "more", "moreover", "most", "much",
    "must", "my", "namely", "near", "neither", "nevertheless", "no", "nor", "not", "nothing",
    "now", "of", "off", "often", "on", "onto", "or", "other", "others", "otherwise", "our",
    "ours", "out", "per", "quite", "rather", "really", "same", "shall", "she", "should",
    "since", "so", "some", "something", "such", "than", "that", "the", "their", "theirs",
    "them", "themselves", "then", "there", "thereby", "therefore", "these", "they", "this",
    "those", "though", "through", "throughout", "thus", "to", "together", "too", "toward",
    "towards", "until", "up", "upon", "us", "very", "via", "was", "we", "well", "were", "what",
    "whatever", "when", "where", "whereas", "whereby", "whether", "which", "while", "who",
    "whom", "whose", "why", "will", "with", "within", "without", "would", "yet", "you", "your",
    "yours",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_without_repetition() {
        assert!(STOP_WORDS.is_sorted_by(|a, b| a < b));
        assert!(STOP_WORDS.iter().all(|word| is_stop_word(word)));
        for word in ["", "model", "z", "é", "The", "theme", "aa"] {
            assert!(!is_stop_word(word), "{word}");
        }
    }
}
