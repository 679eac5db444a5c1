//! An author: one name in a paper's list of names, as the source spells it.

/// One author of a paper.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Author {
    /// The name in reading order, "Given Family".
    pub name: String,
    /// The ORCID iD as `0000-0000-0000-0000`, where a source gave one.
    pub orcid: Option<String>,
    /// The institution, where a source gave one.
    pub affiliation: Option<String>,
}

impl Author {
    /// An author of whom only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Whether only the name is known, so that front matter can write it as a
    /// plain string.
    pub fn is_plain(&self) -> bool {
        self.orcid.is_none() && self.affiliation.is_none()
    }

    /// The family name, as far as it can be told without knowing the culture:
    /// what stands before a comma, else the last word with the particles
    /// ("van", "de la") that belong to it. A name of one word is all family.
    pub fn family(&self) -> &str {
        let name = self.name.trim();
        if let Some((family, _)) = name.split_once(',') {
            return family.trim();
        }
        let words: Vec<&str> = name.split_whitespace().collect();
        let mut first = words.len().saturating_sub(1);
        if first > 1 && is_suffix(words[first]) {
            first -= 1;
        }
        // A name that begins with a particle has no given name: "van Gogh".
        while first > 0 && is_particle(words[first - 1]) {
            first -= 1;
        }
        match words.get(first) {
            Some(word) => {
                let start = word.as_ptr() as usize - name.as_ptr() as usize;
                &name[start..]
            }
            None => name,
        }
    }

    /// The given names: what is left of the name without [`Self::family`].
    pub fn given(&self) -> &str {
        let name = self.name.trim();
        if let Some((_, given)) = name.split_once(',') {
            return given.trim();
        }
        name[..name.len() - self.family().len()].trim()
    }
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van"
            | "von"
            | "der"
            | "den"
            | "de"
            | "del"
            | "della"
            | "di"
            | "da"
            | "dos"
            | "du"
            | "la"
            | "le"
            | "ten"
            | "ter"
            | "bin"
            | "ibn"
            | "al"
            | "el"
    )
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_name_keeps_its_particles_and_suffix() {
        for (name, family, given) in [
            ("Jiawei Zhao", "Zhao", "Jiawei"),
            ("Laurens van der Maaten", "van der Maaten", "Laurens"),
            ("Maria de la Cruz", "de la Cruz", "Maria"),
            ("Sammy Davis Jr.", "Davis Jr.", "Sammy"),
            ("Goulet, Nicolas", "Goulet", "Nicolas"),
            ("Plato", "Plato", ""),
            ("van Gogh", "van Gogh", ""),
            ("", "", ""),
        ] {
            let author = Author::named(name);
            assert_eq!((author.family(), author.given()), (family, given), "{name}");
        }
    }
}
