//! Escapes plain text for TeX, such that BibTeX, Biber and TeX read it back
//! unchanged.

use super::plain::one_line;

/// Escapes a text for a braced BibTeX value. Unicode stays; TeX commands and
/// ligatures are spelled out. Braces become commands rather than `\{`, because
/// BibTeX counts braces even after a backslash.
pub(super) fn escape(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    push_escaped(&mut out, &line);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    let mut previous = '\0';
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            // In TeX's old font encoding these produce other characters.
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            // Two hyphens would become a dash, two apostrophes a quotation mark.
            '-' | '\'' if previous == c => {
                out.push_str("{}");
                out.push(c);
            }
            c => out.push(c),
        }
        previous = c;
    }
}

/// Escapes a title like [`escape`], and puts braces around words whose capitals a
/// bibliography style must keep.
///
/// These are words with inner capitals (GaLore, LLM, 3D), single letters
/// (Q-learning), and names used as terms (Bayesian). In a sentence-case title,
/// every capitalised word but the first is a name.
pub(super) fn title(text: &str) -> String {
    let line = one_line(text);
    let sentence_case = is_sentence_case(&line);
    let mut out = String::with_capacity(line.len() + 32);
    let mut first = true;
    let mut rest = line.as_str();
    while !rest.is_empty() {
        let word_end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        if !word.is_empty() {
            let before = line[..line.len() - rest.len()].chars().next_back();
            let is_alone = is_gap(before) && is_gap(after.chars().next());
            if keeps_capitals(word, first, is_alone, sentence_case) {
                out.push('{');
                out.push_str(word);
                out.push('}');
            } else {
                out.push_str(word);
            }
        }
        let gap_end = after.find(char::is_alphanumeric).unwrap_or(after.len());
        let (gap, next) = after.split_at(gap_end);
        push_escaped(&mut out, gap);
        first = (first && word.is_empty()) || starts_sentence(gap);
        rest = next;
    }
    out
}

fn is_gap(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || matches!(c, ':' | ',' | '.' | '?' | '!' | ';'))
}

/// Whether the text after this gap starts a sentence or a subtitle.
fn starts_sentence(gap: &str) -> bool {
    gap.contains([':', '?', '!', '—', '–'])
        || gap.contains(". ")
        || gap.contains(" - ")
        || gap.contains(" -- ")
}

fn keeps_capitals(word: &str, first: bool, is_alone: bool, sentence_case: bool) -> bool {
    let mut letters = word.chars();
    let Some(initial) = letters.next() else {
        return false;
    };
    if letters.clone().any(char::is_uppercase) {
        return true;
    }
    if !initial.is_uppercase() {
        return false;
    }
    if letters.next().is_none() {
        return !(word == "A" && is_alone);
    }
    (sentence_case && !first) || EPONYMS.binary_search(&word).is_ok()
}

/// Whether most words that could be capitalised are not.
fn is_sentence_case(line: &str) -> bool {
    let (mut lower, mut upper) = (0usize, 0usize);
    let mut first = true;
    for word in line.split(' ') {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        let counts = !first
            && letters().nth(3).is_some()
            && !letters().skip(1).any(char::is_uppercase)
            && !LITTLE_WORDS.iter().any(|little| {
                let lowered = letters().flat_map(char::to_lowercase);
                lowered.eq(little.chars())
            });
        if counts {
            if letters().next().is_some_and(char::is_uppercase) {
                upper += 1;
            } else {
                lower += 1;
            }
        }
        first = word.ends_with([':', '?', '!', '—', '–']);
    }
    lower >= 2 && lower >= 2 * upper
}

/// Words that stay lower-case in title case.
const LITTLE_WORDS: [&str; 16] = [
    "against", "among", "beyond", "between", "from", "into", "over", "than", "that", "through",
    "under", "upon", "versus", "with", "within", "without",
];

/// Names used as terms in this field's titles. Sorted.
const EPONYMS: [&str; 67] = [
    "African",
    "American",
    "Arabic",
    "Banach",
    "Bayes",
    "Bayesian",
    "Bellman",
    "Bernoulli",
    "Boltzmann",
    "Boolean",
    "Bregman",
    "Carlo",
    "Cauchy",
    "Chebyshev",
    "Chinese",
    "Dirichlet",
    "English",
    "Euclidean",
    "European",
    "Fisher",
    "Fourier",
    "French",
    "Frobenius",
    "Gauss",
    "Gaussian",
    "Gaussians",
    "German",
    "Gibbs",
    "Greek",
    "Hadamard",
    "Hamiltonian",
    "Hessian",
    "Hilbert",
    "Hindi",
    "Hopfield",
    "Indian",
    "Jacobian",
    "Japanese",
    "Kalman",
    "Koopman",
    "Korean",
    "Kronecker",
    "Lagrangian",
    "Langevin",
    "Laplace",
    "Laplacian",
    "Latin",
    "Lie",
    "Lipschitz",
    "Lyapunov",
    "Markov",
    "Markovian",
    "Monte",
    "Nash",
    "Newton",
    "Pareto",
    "Poisson",
    "Riemannian",
    "Russian",
    "Schrödinger",
    "Shannon",
    "Shapley",
    "Sinkhorn",
    "Spanish",
    "Stein",
    "Turing",
    "Wasserstein",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tex_would_take_for_a_command_is_spelled_out() {
        for (text, want) in [
            ("R&D 100% $x$ #1 a_b", "R\\&D 100\\% \\$x\\$ \\#1 a\\_b"),
            (
                "{x}\\y~z^2",
                "\\textbraceleft{}x\\textbraceright{}\\textbackslash{}y\\textasciitilde{}z\\textasciicircum{}2",
            ),
            ("a--b ''", "a-{}-b '{}'"),
            ("Müller\nπ", "Müller π"),
        ] {
            assert_eq!(escape(text), want);
        }
    }

    #[test]
    fn capitals_are_protected_word_by_word() {
        for (text, want) in [
            (
                "GaLore: Memory-Efficient LLM Training",
                "{GaLore}: Memory-Efficient {LLM} Training",
            ),
            ("A Deep Q-Learning Approach", "A Deep {Q}-Learning Approach"),
            (
                "Toward A Theory of A* Search",
                "Toward A Theory of {A}* Search",
            ),
            ("3D Gaussian Splatting", "{3D} {Gaussian} Splatting"),
            (
                "Learning to walk in the streets of Paris",
                "Learning to walk in the streets of {Paris}",
            ),
            (
                "GPT-4's limits: Measuring reasoning across languages",
                "{GPT}-4's limits: Measuring reasoning across languages",
            ),
            ("PanGu-π", "{PanGu}-π"),
            ("$100 Question", "\\$100 Question"),
        ] {
            assert_eq!(title(text), want);
        }
    }

    #[test]
    fn lists_are_sorted_for_the_search() {
        assert!(EPONYMS.is_sorted());
    }

    proptest::proptest! {
        #[test]
        fn braces_balance_whatever_the_text(text in proptest::prelude::any::<String>()) {
            for spelled in [escape(&text), title(&text)] {
                let mut depth = 0i32;
                for c in spelled.chars() {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    proptest::prop_assert!(depth >= 0);
                }
                proptest::prop_assert_eq!(depth, 0);
            }
        }
    }
}
