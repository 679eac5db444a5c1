//! TeX as bibliographies use it for letters: accents, special letters, braces
//! that protect capitals. Other TeX of titles and abstracts stays, for it is read
//! when the site is built; but papers and people are recognised by their letters,
//! which have one spelling.

use unicode_normalization::UnicodeNormalization;

use crate::text::{tex_accent, tex_letter};

/// A name with its accents as letters, without braces and other commands.
pub(super) fn name(text: &str) -> String {
    decoded(text, false)
}

/// A text with its accents as letters and without the braces that protect
/// capitals. Math and commands stay with what belongs to them.
pub(super) fn text(text: &str) -> String {
    decoded(text, true)
}

fn decoded(text: &str, keeps: bool) -> String {
    if !text.contains(['\\', '{', '}', '~']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    // For each brace that is open, whether it was kept.
    let mut open: Vec<bool> = Vec::new();
    let mut after_command = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let here = rest;
        rest = &rest[c.len_utf8()..];
        let was_command = std::mem::take(&mut after_command);
        match c {
            '$' if keeps => {
                let end = rest.find('$').map_or(rest.len(), |at| at + 1);
                out.push_str(&here[..1 + end]);
                rest = &rest[end..];
            }
            '{' => {
                open.push(was_command);
                if was_command {
                    out.push('{');
                }
            }
            '}' => {
                if open.pop().unwrap_or(false) {
                    out.push('}');
                    // A second argument.
                    after_command = rest.starts_with('{');
                }
            }
            '~' => out.push(' '),
            '\\' => {
                let (left, kept) = command(rest, keeps, &mut out);
                rest = left;
                after_command = kept;
            }
            c => out.push(c),
        }
    }
    out.nfc().collect()
}

/// Reads what stands behind a backslash, and gives what is left and whether the
/// command was kept.
fn command<'a>(text: &'a str, keeps: bool, out: &mut String) -> (&'a str, bool) {
    let Some(first) = text.chars().next() else {
        return (text, false);
    };
    let word = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len())
        .max(first.len_utf8());
    let (command, rest) = text.split_at(word);
    if let Some(accent) = tex_accent(command)
        && let Some((letter, left)) = accented(rest)
    {
        out.push(letter);
        out.push(accent);
        return (left, false);
    }
    if let Some(letter) = tex_letter(command) {
        out.push_str(letter);
        return (rest.strip_prefix(' ').unwrap_or(rest), false);
    }
    match (first.is_ascii_alphabetic(), keeps) {
        (_, true) => {
            out.push('\\');
            out.push_str(command);
            (rest, true)
        }
        // An unknown word is left out, `\&` is the character itself.
        (true, false) => (rest, false),
        (false, false) => {
            out.push(first);
            (rest, false)
        }
    }
}

/// The letter under an accent, and what stands behind it: `e`, `{e}`, `\i`,
/// `{\i}`.
fn accented(text: &str) -> Option<(char, &str)> {
    let text = text.trim_start_matches(' ');
    let (inner, braced) = match text.strip_prefix('{') {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    // The accent takes the place of the dot.
    let inner = inner.strip_prefix('\\').unwrap_or(inner);
    let letter = inner.chars().next().filter(|c| c.is_alphabetic())?;
    let left = &inner[letter.len_utf8()..];
    match braced {
        true => Some((letter, left.strip_prefix('}').unwrap_or(left))),
        false => Some((letter, left)),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn accents_become_letters() {
        for (text, want) in [
            ("Djokovi\\'{c}", "Djoković"),
            ("Djokovi{\\'c}", "Djoković"),
            ("G{\\\"o}del", "Gödel"),
            ("G\\\"odel", "Gödel"),
            ("\\c{C}a\\u{g}lar", "Çağlar"),
            ("Mart\\'{\\i}n", "Martín"),
            ("{\\O}rsted", "Ørsted"),
            ("Stra{\\ss}e", "Straße"),
            ("Fran\\c cois", "François"),
            ("J.~Doe", "J. Doe"),
            ("Barnes \\& Noble", "Barnes & Noble"),
            ("\\foo{X}", "X"),
            ("plain", "plain"),
            ("\\", ""),
            ("\\'", "'"),
        ] {
            assert_eq!(name(text), want, "{text}");
        }
    }

    #[test]
    fn titles_keep_what_is_no_letter() {
        for (text, want) in [
            (
                "{GaLore}: {M}emory for {\\'E}tudes",
                "GaLore: Memory for Études",
            ),
            (
                "On $O(n^{2})$ and \\emph{more} {LLM}s",
                "On $O(n^{2})$ and \\emph{more} LLMs",
            ),
            ("50\\% of \\href{a}{b}", "50\\% of \\href{a}{b}"),
            ("an $unclosed {a}", "an $unclosed {a}"),
        ] {
            assert_eq!(super::text(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[\\\\{}'a-c~ \"éı]{0,30}") {
            let _ = (name(&text), super::text(&text));
        }
    }
}
