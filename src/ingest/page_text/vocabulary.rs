//! The vocabulary of a page. Words that it also writes in lower case are plain
//! words and hardly ever names; words that occur more than once are complete.

use std::collections::BTreeMap;

use crate::text::is_stop_word;

/// The most different words kept. A language has fewer, but a hostile file can have
/// any number.
const MAX_WORDS: usize = 200_000;

/// How much of a page is examined, in bytes. Its language does not change after
/// that.
const MAX_LEARNED: usize = 8 * 1024 * 1024;

/// Longer words are not kept.
const MAX_LENGTH: usize = 40;

/// The words of a page.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Vocabulary {
    words: BTreeMap<String, Seen>,
    learned: usize,
}

/// How a word was written.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    count: u32,
    in_lower_case: bool,
}

impl Vocabulary {
    /// Adds the words of a text.
    pub(in crate::ingest) fn learn(&mut self, text: &str) {
        if self.learned > MAX_LEARNED {
            return;
        }
        self.learned += text.len();
        let mut lower = String::new();
        // URLs spell names in lower case: `github.com/jane/roe`.
        let parts = text
            .split_whitespace()
            .filter(|part| !part.contains("://") && !part.starts_with("www."));
        for word in parts
            .flat_map(words)
            .filter(|word| word.len() <= MAX_LENGTH)
        {
            let plain = word.chars().all(char::is_lowercase);
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            if !self.words.contains_key(&lower) {
                if self.words.len() >= MAX_WORDS {
                    continue;
                }
                self.words.insert(lower.clone(), Seen::default());
            }
            if let Some(seen) = self.words.get_mut(&lower) {
                seen.count = seen.count.saturating_add(1);
                seen.in_lower_case |= plain;
            }
        }
    }

    /// Whether the word is a plain one, here or in papers in general.
    pub(in crate::ingest) fn is_plain(&self, word: &str) -> bool {
        if word.len() > MAX_LENGTH * 2 {
            return false;
        }
        let lower = word.to_lowercase();
        let plain = |word: &str| {
            is_common(word) || self.words.get(word).is_some_and(|seen| seen.in_lower_case)
        };
        plain(&lower) || (lower.contains('-') && lower.split('-').any(plain))
    }

    /// Whether a word of the page is known to be complete: it occurs twice, or is
    /// common in papers.
    pub(super) fn is_whole(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        is_common(&lower) || self.words.get(&lower).is_some_and(|seen| seen.count > 1)
    }

    /// Whether the page has a longer word that starts with this one.
    pub(super) fn has_longer(&self, beginning: &str) -> bool {
        let lower = beginning.to_lowercase();
        self.words
            .range(lower.clone()..)
            .take_while(|(word, _)| word.starts_with(&lower))
            .take(2)
            .any(|(word, _)| word.len() > lower.len())
    }
}

/// The words of a text without punctuation around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1)
}

fn is_common(word: &str) -> bool {
    is_stop_word(word) || COMMON.binary_search(&word).is_ok()
}

/// Common words of paper titles, for pages that contain only titles.
#[rustfmt::skip]
static COMMON: &[&str] = &[
    "adaptation", "adaptive", "agent", "agents", "aligned", "alignment", "analysis", "approach",
    "architecture", "architectures", "assessment", "attention", "augmentation", "automated",
    "automatic", "autonomous", "based", "bayesian", "benchmark", "benchmarking", "benchmarks",
    "better", "beyond", "building", "challenge", "classification", "clustering", "code",
    "communication", "compression", "computer", "computing", "contrastive", "control",
    "convolutional", "data", "dataset", "datasets", "decoding", "deep", "defense", "dense",
    "design", "detection", "diffusion", "discovery", "distillation", "distributed", "domain",
    "dynamic", "dynamics", "editing", "efficient", "embedding", "embeddings", "end", "enhanced",
    "estimation", "evaluating", "evaluation", "experts", "explainable", "exploration", "fast",
    "feature", "features", "federated", "feedback", "few", "fine", "flow", "foundation",
    "framework", "from", "fusion", "generalization", "generation", "generative", "graph",
    "graphs", "guided", "hierarchical", "high", "human", "identification", "image", "images",
    "improved", "improving", "inference", "information", "instruction", "intelligence",
    "interaction", "interpretable", "knowledge", "language", "large", "latent", "learned",
    "learning", "linear", "local", "long", "machine", "matching", "medical", "memory", "mining",
    "mixture", "model", "modeling", "modelling", "models", "multi", "multilingual", "multimodal",
    "network", "networks", "neural", "object", "online", "open", "optimal", "optimization",
    "parallel", "perception", "performance", "personalized", "planning", "policies", "policy",
    "prediction", "preference", "pretraining", "privacy", "probabilistic", "processing", "prompt",
    "prompting", "pruning", "quantization", "question", "reasoning", "recognition",
    "reconstruction", "reduction", "regression", "reinforcement", "representation",
    "representations", "retrieval", "review", "reward", "robot", "robotic", "robotics", "robust",
    "robustness", "safe", "safety", "sampling", "scalable", "scale", "scaling", "scene", "search",
    "security", "segmentation", "self", "semantic", "sequence", "sequential", "shot",
    "simulation", "single", "social", "sparse", "spatial", "speech", "state", "statistical",
    "strategies", "structure", "structured", "study", "supervised", "survey", "synthesis",
    "synthetic", "system", "systems", "task", "tasks", "temporal", "test", "text", "theory",
    "time", "toward", "towards", "tracking", "training", "transfer", "transformer",
    "transformers", "translation", "tree", "trees", "tuning", "understanding", "unified",
    "universal", "unsupervised", "user", "using", "variational", "via", "video", "view", "vision",
    "visual", "weak", "with", "world", "zero",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_without_repetition() {
        assert!(COMMON.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn plain_words_and_whole_words_are_known() {
        let mut vocabulary = Vocabulary::default();
        vocabulary
            .learn("Jane Doe achieved what Ann Poe has not achieved with zebras; they achiev");
        assert!(vocabulary.is_plain("Zebras") && vocabulary.is_plain("Model"));
        assert!(!vocabulary.is_plain("Jane"));
        assert!(vocabulary.is_whole("achieved") && !vocabulary.is_whole("achiev"));
        assert!(vocabulary.has_longer("achiev") && !vocabulary.has_longer("zebras"));
    }
}
