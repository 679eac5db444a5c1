//! Recognises lists of names: capitalised words that the page's running text never
//! writes in lower case.

use super::vocabulary::Vocabulary;

/// How certain we are that a line names people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) enum Names {
    /// It does not.
    No,
    /// Perhaps one person's name, perhaps a short title.
    One,
    /// At least two names.
    List,
}

/// The longest line of names, in bytes; some papers have thousands of authors.
const MAX_LENGTH: usize = 60_000;

/// Whether a line names people, and how many.
pub(in crate::ingest) fn names(text: &str, vocabulary: &Vocabulary) -> Names {
    if text.len() > MAX_LENGTH || !text.contains(char::is_alphabetic) {
        return Names::No;
    }
    let mut parts = Parts::default();
    for part in split(text) {
        parts.count(part, vocabulary);
    }
    let people = parts.full + parts.single;
    // A list may have a stray part; "Doe, Jane" and mononyms are single words.
    if parts.no * 5 > people || parts.full < parts.single || people == 0 {
        return Names::No;
    }
    if parts.plain * 4 > parts.words {
        return Names::No;
    }
    if people + parts.rest > 1 {
        Names::List
    } else {
        Names::One
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '·', '•', '|', '&', '、', '，'])
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_start_matches("and ").trim())
        .filter(|part| !part.is_empty())
}

#[derive(Default)]
struct Parts {
    /// Of two or more words.
    full: usize,
    /// Of one word.
    single: usize,
    /// "and 12 others", "et al.".
    rest: usize,
    /// Not names.
    no: usize,
    /// Words in names, excluding initials and particles.
    words: usize,
    /// Those that are plain words elsewhere.
    plain: usize,
}

impl Parts {
    fn count(&mut self, part: &str, vocabulary: &Vocabulary) {
        let part = without_brackets(part);
        let part = match part.trim_end_matches('.').strip_suffix(" et al") {
            Some(first) => {
                self.rest += 1;
                first
            }
            None => part,
        };
        if is_rest(part) {
            self.rest += 1;
            return;
        }
        let mut size = 0;
        let mut long = 0;
        for word in part.split_whitespace() {
            size += 1;
            if word.contains([':', '?', '!']) {
                self.no += 1;
                return;
            }
            let word = word.trim_matches(|c: char| !c.is_alphabetic() && c != '.');
            match kind(word) {
                Word::Name => {
                    long += 1;
                    self.words += 1;
                    self.plain += usize::from(vocabulary.is_plain(word));
                }
                Word::Initial | Word::Particle => {}
                Word::None => {
                    self.no += 1;
                    return;
                }
            }
        }
        match size {
            0 => {}
            1 if is_whole_name(part) => self.full += 1,
            // "J." by itself is half of "Doe, J.".
            1 => self.single += 1,
            2..=6 if long >= 1 => self.full += 1,
            _ => self.no += 1,
        }
    }
}

fn without_brackets(part: &str) -> &str {
    match part.find(['(', '[', '{']) {
        Some(at) if at > 0 => part[..at].trim_end(),
        _ => part,
    }
}

/// "et al.", "12 others", "+12 authors".
fn is_rest(part: &str) -> bool {
    let lower = part.to_lowercase();
    let bare = lower
        .trim_start_matches(['…', '.', ' '])
        .trim_start_matches('+')
        .trim_end_matches(['.', ')', '…'])
        .trim();
    let tail = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    matches!(
        tail,
        "et al" | "others" | "more" | "more authors" | "authors" | "additional authors" | ""
    )
}

/// Whether a word is a family and given name together, as in Chinese.
fn is_whole_name(word: &str) -> bool {
    (2..=4).contains(&word.chars().count())
        && word.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

enum Word {
    Name,
    Initial,
    Particle,
    None,
}

fn kind(word: &str) -> Word {
    const PARTICLES: [&str; 24] = [
        "de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den",
        "ter", "ten", "la", "le", "el", "al", "bin", "ibn", "y", "e", "zu",
    ];
    let Some(first) = word.chars().next() else {
        return Word::Initial;
    };
    if PARTICLES.contains(&word) {
        return Word::Particle;
    }
    // "alYahmadi" is a name; in scripts without capitals, any letter can start one.
    let inner = word.chars().skip(1).any(char::is_uppercase);
    if (first.is_lowercase() && !inner) || !first.is_alphabetic() {
        return Word::None;
    }
    if !word
        .chars()
        .all(|c| c.is_alphabetic() || "-'’.‐‑".contains(c))
    {
        return Word::None;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters <= 1 || word.contains('.') && letters <= 4 {
        return Word::Initial;
    }
    // "LLM" is not a name, but "LI" is one in lists set in capitals.
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if capitals == letters && letters == 3 {
        Word::None
    } else {
        Word::Name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_people_are_told_from_titles_with_commas() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.learn(
            "we train large language models with retrieval augmentation over knowledge graphs",
        );
        for (text, want) in [
            ("Jane Doe, John Roe", Names::List),
            ("Jane Doe and John Roe", Names::List),
            ("Jane Doe, John Roe, Ann Poe, and Ming Li", Names::List),
            ("J. Doe, R. S. Roe, Ludwig van Beethoven", Names::List),
            ("Jane Doe (MIT), John Roe (ETH)", Names::List),
            ("Jane Doe1, John Roe2*", Names::List),
            ("Jane Doe et al.", Names::List),
            ("Jane Doe, and 12 others", Names::List),
            ("Jane Doe, John Roe, … +5", Names::List),
            ("Jane Doe, John Roe, +2 authors, Ann Poe", Names::List),
            ("Zhang Wei; Li Ming", Names::List),
            ("张伟, 李明", Names::List),
            ("Jane Doe", Names::One),
            (
                "Large Language Models, Knowledge Graphs, and Retrieval Augmentation",
                Names::No,
            ),
            ("Attention, Memory, and Planning", Names::No),
            (
                "StdGEN: Semantic-Decomposed 3D Character Generation",
                Names::No,
            ),
            ("We train, and we test.", Names::No),
            ("", Names::No),
        ] {
            assert_eq!(names(text, &vocabulary), want, "{text}");
        }
    }
}
