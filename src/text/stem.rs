//! Stems: keys shared by a word's inflected forms.
//!
//! A light stemmer for English. It handles plurals, `-ing` and `-ed`, the final `e`
//! and `y` they displace, and British and American spellings. Derivations are left
//! alone, so `universal`, `university` and `universe`, or `general` and
//! `generalization`, stay distinct. A stem is a key and need not be a word.

use std::borrow::Cow;

/// The stem of a folded token. Tokens shorter than four letters, or with characters
/// other than `a` to `z`, are their own stems.
pub fn stem(word: &str) -> Cow<'_, str> {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if let Some(stem) = irregular(word) {
        return Cow::Borrowed(stem);
    }
    let singular = singular(word);
    if singular.len() < word.len()
        && let Some(stem) = irregular(singular)
    {
        return Cow::Borrowed(stem);
    }
    if let Some(root) = singular.strip_suffix("isation") {
        return Cow::Owned(format!("{root}ization"));
    }
    if let Some(root) = word
        .strip_suffix("eses")
        .filter(|root| root.len() > 1 && !root.ends_with('e'))
    {
        return Cow::Owned(format!("{root}esis"));
    }
    let base = without_verb_ending(singular);
    if base.len() < singular.len() {
        if let Some(single) = undoubled(base) {
            return finish(single, true);
        }
        if is_short(base) {
            return Cow::Owned(format!("{base}e"));
        }
        // The rest may itself end in a silent e: "seeing", "agreeing".
        return finish(without_silent_e(base), true);
    }
    let base = without_silent_e(singular);
    finish(base, base.len() < singular.len())
}

/// Unifies spellings that must share a key. `inflected` says whether an ending was
/// removed.
fn finish(base: &str, inflected: bool) -> Cow<'_, str> {
    let end = base.len();
    match base.as_bytes() {
        [_, _, .., before, b'y'] if !b"aeiou".contains(before) => {
            Cow::Owned(format!("{}i", &base[..end - 1]))
        }
        // optimise, optimize; analyse, analyze. Nouns in -is are not inflected.
        [_, .., before, b'i' | b'y', b's'] if inflected && !is_vowel(*before) => {
            Cow::Owned(format!("{}z", &base[..end - 1]))
        }
        // modelling, modeling; distill, distil. One-syllable words keep both
        // letters: call.
        [.., b'l', b'l'] if vowel_groups(base) > 1 => Cow::Borrowed(&base[..end - 1]),
        // behaviour, behavior. Short words such as hour and flour are different.
        [_, _, _, .., b'o', b'u', b'r'] => Cow::Owned(format!("{}or", &base[..end - 3])),
        _ => Cow::Borrowed(base),
    }
}

/// Removes a plural `s`. Words in `-ss`, `-ias`, `-is` and `-us` are not plurals,
/// except four-letter acronyms in the latter two: "gpus", "rois".
fn singular(word: &str) -> &str {
    let Some(root) = word.strip_suffix('s') else {
        return word;
    };
    let is_singular = root.ends_with('s')
        || root.ends_with("ia")
        || (root.len() > 3 && root.ends_with(['i', 'u']));
    if is_singular { word } else { root }
}

/// Removes `-ing` or `-ed` if the rest can be a verb.
fn without_verb_ending(word: &str) -> &str {
    let base = match word.strip_suffix("ing") {
        Some(base) => base,
        None if word.ends_with("eed") => return word,
        None => match word.strip_suffix("ed") {
            Some(base) => base,
            None => return word,
        },
    };
    if base.len() >= 2 && base.bytes().any(is_vowel) {
        base
    } else {
        word
    }
}

/// Removes a consonant doubled by an ending: "planning" comes from "plan". Letters
/// that verbs double on their own stay: "pass", "stuff", "buzz", "call".
fn undoubled(base: &str) -> Option<&str> {
    let bytes = base.as_bytes();
    match bytes {
        [.., a, b] if bytes.len() > 3 && a == b && !is_vowel(*b) && !b"flsz".contains(b) => {
            Some(&base[..base.len() - 1])
        }
        _ => None,
    }
}

/// Removes a final `e`, unless it makes the preceding vowel long ("plane" is not
/// "plan") or is the word's only vowel.
fn without_silent_e(word: &str) -> &str {
    match word.strip_suffix('e') {
        Some(base) if word.len() > 3 && !is_short(base) && has_closed_syllable(base) => base,
        _ => word,
    }
}

/// Whether the base is one short syllable, as in "us(e)", "cod(e)", "typ(e)":
/// consonants, one vowel, one consonant other than `w` and `x`.
fn is_short(base: &str) -> bool {
    let Some((&last, rest)) = base.as_bytes().split_last() else {
        return false;
    };
    let Some((&vowel, onset)) = rest.split_last() else {
        return false;
    };
    !is_vowel(last)
        && !matches!(last, b'w' | b'x')
        && is_vowel(vowel)
        && !onset.iter().any(|&b| is_vowel(b))
}

/// Whether a consonant follows a vowel somewhere.
fn has_closed_syllable(base: &str) -> bool {
    base.as_bytes()
        .windows(2)
        .any(|pair| is_vowel(pair[0]) && !is_vowel(pair[1]))
}

fn vowel_groups(word: &str) -> usize {
    let mut groups = 0;
    let mut in_group = false;
    for byte in word.bytes() {
        let vowel = is_vowel(byte);
        groups += usize::from(vowel && !in_group);
        in_group = vowel;
    }
    groups
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn irregular(word: &str) -> Option<&'static str> {
    IRREGULAR
        .binary_search_by_key(&word, |&(form, _)| form)
        .ok()
        .map(|at| IRREGULAR[at].1)
}

/// Irregular plurals, and words that only look inflected; sorted.
static IRREGULAR: &[(&str, &str)] = &[
    ("agreed", "agre"),
    ("analysis", "analyz"),
    ("appendices", "appendix"),
    ("atlas", "atlas"),
    ("axes", "axis"),
    ("axis", "axis"),
    ("canvas", "canvas"),
    ("chaos", "chaos"),
    ("children", "child"),
    ("corpora", "corpus"),
    ("criteria", "criterion"),
    ("embed", "embed"),
    ("flies", "fly"),
    ("focussed", "focus"),
    ("focussing", "focus"),
    ("gases", "gas"),
    ("guaranteed", "guarante"),
    ("indices", "index"),
    ("iris", "iris"),
    ("lens", "lens"),
    ("locale", "locale"),
    ("matrices", "matrix"),
    ("mice", "mouse"),
    ("morale", "morale"),
    ("news", "news"),
    ("onus", "onus"),
    ("opus", "opus"),
    ("paste", "paste"),
    ("pasted", "paste"),
    ("pasting", "paste"),
    ("phenomena", "phenomenon"),
    ("plus", "plus"),
    ("queued", "queue"),
    ("queuing", "queue"),
    ("rationale", "rationale"),
    ("relus", "relu"),
    ("silicone", "silicone"),
    ("suite", "suite"),
    ("this", "this"),
    ("thus", "thus"),
    ("tied", "tie"),
    ("tried", "try"),
    ("tries", "try"),
    ("united", "united"),
    ("vertices", "vertex"),
    ("women", "woman"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_have_one_stem() {
        for family in [
            "code codes coded coding",
            "plan plans planned planning",
            "plane planes",
            "policy policies",
            "embed embeds embedded embedding embeddings",
            "scale scales scaled scaling",
            "model models modeled modeling modelled modelling",
            "optimize optimizes optimized optimizing optimise optimises optimised optimising",
            "quantization quantisation quantizations",
            "behavior behaviors behaviour behaviours",
            "analysis analyses analyze analyzed analyzing analyse analysing",
            "hypothesis hypotheses",
            "bias biases biased biasing",
            "matrix matrices",
            "loss losses",
            "class classes",
            "box boxes boxed",
            "cache caches cached caching",
            "use uses used using",
            "study studies studied studying",
            "train trains trained training",
            "size sizes sized sizing",
            "gpu gpus",
            "roi rois",
            "imu imus",
            "try tried tries",
            "queue queues queued queuing",
            "map maps mapped mapping",
            "call calls called calling",
            "pass passes passed passing",
            "focus focuses focused focusing",
            "solve solves solved solving",
            "sample samples sampled sampling",
            "noise noises noised noising",
            "type types typed typing",
            "fix fixes fixed fixing",
            "movie movies",
            "database databases",
            "agree agrees agreed agreeing",
            "value values valued valuing",
            "distill distil distills distilled distilling",
            "survey surveys surveyed",
            "index indexes indices indexed indexing",
            "apply applies applied applying",
        ] {
            let stems: Vec<_> = family.split(' ').map(|word| (word, stem(word))).collect();
            assert!(
                stems.iter().all(|(_, stem)| *stem == stems[0].1),
                "{stems:?}"
            );
        }
    }

    #[test]
    fn different_words_keep_different_stems() {
        for words in [
            "universal university universe universally",
            "general generalization generate",
            "organ organization organize",
            "new news",
            "police policy",
            "plane plan",
            "code cod",
            "theme them",
            "rational rationale",
            "hope hop",
            "site sit",
            "united unit",
            "suite suit",
            "plus plu",
            "axis axi",
            "speed sped",
            "string str",
            "king k",
            "need ne",
        ] {
            let mut stems: Vec<_> = words.split(' ').map(stem).collect();
            let all = stems.len();
            stems.sort();
            stems.dedup();
            assert_eq!(stems.len(), all, "{words}: {stems:?}");
        }
    }

    #[test]
    fn the_irregular_forms_are_sorted() {
        assert!(IRREGULAR.is_sorted_by(|a, b| a.0 < b.0));
    }
}
