//! The short name: what a title calls its method, model or data set.

/// The name that a title defines: "GaLore" of "GaLore: Memory-Efficient …".
/// `None` unless it is quite certain to be a name.
pub fn short_name(title: &str) -> Option<String> {
    let title = title.trim();
    if let Some((head, rest)) = title.split_once(':')
        && !rest.trim().is_empty()
        && let Some(name) = name_before_colon(head.trim())
    {
        return Some(name.to_owned());
    }
    // "MechGPT, a language-based strategy for …"
    let (head, rest) = title.split_once(", ")?;
    let describes = rest.starts_with("a ") || rest.starts_with("an ") || rest.starts_with("the ");
    (describes && !head.contains(' ') && is_coined(head)).then(|| head.to_owned())
}

/// A name is one word that looks like one; two where the second is a version or
/// both are coined.
fn name_before_colon(head: &str) -> Option<&str> {
    let words: Vec<&str> = head.split_whitespace().collect();
    match words.as_slice() {
        [word] => is_name(word).then_some(head),
        [word, version] => {
            let is_version = version.starts_with(|c: char| c.is_ascii_digit())
                && version.len() <= 5
                && version
                    .chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, '.' | 'D' | 'd' | 'B' | 'K'))
                || version.starts_with(['v', 'V'])
                    && version[1..].starts_with(|c: char| c.is_ascii_digit());
            let is_pair = is_coined(word) && is_coined(version);
            ((is_version && is_name(word)) || is_pair).then_some(head)
        }
        _ => None,
    }
}

/// One word, capitalised, that is not what kind of paper it is.
fn is_name(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2
        || word.chars().count() > 30
        || word.contains(['?', '!', '/', '(', '"', '“', '`', '$', '\\', ','])
    {
        return false;
    }
    if is_coined(word) {
        return true;
    }
    word.starts_with(char::is_uppercase) && !is_common(word) && !word.contains('-')
}

/// Spelled as no ordinary word is: a capital, a digit or a Greek letter within.
fn is_coined(word: &str) -> bool {
    let mut chars = word.chars();
    let _ = chars.next();
    let odd = word.chars().count() >= 2
        && (chars.any(|c| c.is_uppercase() || c.is_ascii_digit() || ('α'..='ω').contains(&c)));
    // "Multi-Agent", "Chain-of-Thought": hyphened words, each an ordinary one.
    let hyphened = word.contains('-')
        && word
            .split('-')
            .all(|part| part.chars().skip(1).all(|c| c.is_lowercase()) && !part.is_empty());
    odd && !hyphened
        && !word.contains(['?', '!', '(', ')', '"', '“', '`', '$', '\\', ',', '/', '\''])
}

/// Words that open a title before a colon without being a name.
fn is_common(word: &str) -> bool {
    const COMMON: [&str; 92] = [
        "abstract",
        "addendum",
        "alignment",
        "analysis",
        "approximation",
        "attention",
        "automl",
        "autonomous",
        "backpropagation",
        "bandits",
        "benchmarking",
        "beyond",
        "bias",
        "clustering",
        "comment",
        "commentary",
        "communication",
        "comparison",
        "compositionality",
        "compression",
        "computation",
        "control",
        "coordination",
        "correction",
        "corrigendum",
        "creativity",
        "curiosity",
        "datasets",
        "deepfakes",
        "demo",
        "demonstration",
        "depth",
        "diffusion",
        "discussion",
        "diversity",
        "dropout",
        "editorial",
        "efficiency",
        "embeddings",
        "emergence",
        "ensembles",
        "erratum",
        "evaluation",
        "evolution",
        "explainability",
        "exploration",
        "fairness",
        "finetuning",
        "foreword",
        "forgetting",
        "generalization",
        "grokking",
        "hallucination",
        "imagination",
        "intelligence",
        "interpretability",
        "introduction",
        "invited",
        "keynote",
        "language",
        "learning",
        "memory",
        "metalearning",
        "models",
        "navigation",
        "note",
        "optimization",
        "overfitting",
        "overview",
        "panel",
        "perspective",
        "planning",
        "position",
        "preface",
        "privacy",
        "prompting",
        "pruning",
        "quantization",
        "reasoning",
        "recommendation",
        "regularization",
        "reply",
        "report",
        "review",
        "robustness",
        "scaling",
        "summary",
        "supervision",
        "survey",
        "training",
        "transformers",
        "tutorial",
    ];
    COMMON.binary_search(&word.to_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_define_short_names() {
        for (title, name) in [
            ("GaLore: Memory-Efficient LLM Training", Some("GaLore")),
            ("SWIFT:A Scalable lightWeight Infrastructure", Some("SWIFT")),
            ("SeaLLMs 3: Open Foundation", Some("SeaLLMs 3")),
            ("PanGu-π: Enhancing Language Models", Some("PanGu-π")),
            (
                "MechGPT, a language-based strategy for mechanics",
                Some("MechGPT"),
            ),
            ("LLM-Pruner: On the Structural Pruning", Some("LLM-Pruner")),
            ("Bone: Block Affine Transformation", Some("Bone")),
            ("Control LLM: Controlled Evolution", None),
            ("LLM in a flash: Efficient Inference", None),
            ("Alice in Wonderland: Simple Tasks", None),
            ("Reasoning Language Models: A Blueprint", None),
            ("Quantization: A Survey", None),
            ("A Survey of Large Language Models", None),
            ("Chain-of-Thought: A Study", None),
            ("", None),
            (":", None),
        ] {
            assert_eq!(short_name(title).as_deref(), name, "{title}");
        }
    }
}
