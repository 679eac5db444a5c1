//! Text prints: what the plain text of a title and an abstract is known by, so that
//! blocks made of many papers are found again without hashing all their texts.

use serde::{Deserialize, Serialize};

/// The print of a title and an abstract: others have another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextPrint([u8; 16]);

impl TextPrint {
    /// The print of a title and an abstract.
    pub fn of(title: &str, abstract_text: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&(title.len() as u64).to_le_bytes());
        hasher.update(title.as_bytes());
        hasher.update(abstract_text.as_bytes());
        let mut first = [0; 16];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(first)
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_texts_have_another_print() {
        let print = TextPrint::of("Gears", "They turn.");
        assert_eq!(print, TextPrint::of("Gears", "They turn."));
        for (title, text) in [
            ("Gears", "They turned."),
            ("Gear", "sThey turn."),
            ("GearsThey turn.", ""),
            ("", "GearsThey turn."),
        ] {
            assert_ne!(print, TextPrint::of(title, text), "{title} | {text}");
        }
    }
}
