//! Checks whether the built-in fonts can print a text.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::faces::Face;
use crate::prose::raised;

/// How long an exponent may be that is raised, in characters.
const LONGEST_EXPONENT: usize = 12;

/// A text on one line as social images can show it. `None` if it has letters that
/// the fonts lack. Other symbols, such as emoji, are dropped, since the text says
/// the same without them.
pub fn printable(text: &str) -> Option<String> {
    let text = with_exponents(text);
    let mut out = String::with_capacity(text.len());
    for sign in text.nfc() {
        if sign.is_whitespace() {
            out.push(' ');
        } else if has(sign) {
            out.push(sign);
        } else {
            // Mathematical and full-width letters count as letters.
            let plain: String = sign.nfkc().collect();
            if plain.chars().all(has) {
                out.push_str(&plain);
            } else if sign.is_alphanumeric() {
                return None;
            }
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    let text = words.join(" ");
    text.contains(char::is_alphanumeric).then_some(text)
}

/// Exponents between brackets, as plain text writes what Unicode cannot raise as a whole,
/// raised part by part: "n^(3/2)" is set as "n³⁄²". One that the faces lack stays.
fn with_exponents(text: &str) -> Cow<'_, str> {
    let mut parts = text.split("^(");
    let first = parts.next().unwrap_or_default();
    let mut out = String::from(first);
    for part in parts {
        let exponent = part.split_once(')').and_then(|(inner, rest)| {
            if inner.is_empty() || inner.chars().count() > LONGEST_EXPONENT {
                return None;
            }
            let sides: Option<Vec<String>> = inner.split('/').map(raised).collect();
            let set = sides?.join("⁄");
            set.chars().all(has).then_some((set, rest))
        });
        match exponent {
            Some((set, rest)) => {
                out.push_str(&set);
                out.push_str(rest);
            }
            None => {
                out.push_str("^(");
                out.push_str(part);
            }
        }
    }
    if out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

fn has(sign: char) -> bool {
    !is_unseen(sign) && Face::ALL.into_iter().all(|face| face.has(sign))
}

/// Invisible characters, some of which would reorder the text.
fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(sign, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn letters_that_no_face_has_make_a_text_unprintable() {
        for (text, shown) in [
            ("Retrieval & RAG", Some("Retrieval & RAG")),
            ("Größe,  Κλίμακα,\nМасштаб", Some("Größe, Κλίμακα, Масштаб")),
            ("Launch 🚀 day", Some("Launch day")),
            ("\u{1d49c} lemma", Some("A lemma")),
            ("大规模语言模型", None),
            ("Qwen 技术报告", None),
            ("بسم الله", None),
            ("🚀 …", None),
            ("\u{202e}Ink\u{200b} & \u{7}<b>", Some("Ink & <b>")),
            ("", None),
            ("Sorting in O(n^(3/2)) time", Some("Sorting in O(n³⁄²) time")),
            ("n^(2+1), n^(", Some("n²⁺¹, n^(")),
            ("x^(q) and y^()", Some("x^(q) and y^()")),
        ] {
            assert_eq!(printable(text).as_deref(), shown, "{text}");
        }
    }
}
