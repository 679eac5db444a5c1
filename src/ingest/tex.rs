//! TeX as bibliographies use it for letters: accents, special letters and signs,
//! braces that protect capitals. Other TeX of titles and abstracts stays, since it
//! is read when the site is built. Names, venues and identifiers become plain
//! text, because papers and people are recognised by their letters.

use unicode_normalization::UnicodeNormalization;

use crate::text::{tex_accent, tex_letter, tex_symbol};

/// The longest argument of an accent, in bytes. It holds a letter, perhaps with
/// accents of its own; the bound keeps the reading linear.
const MAX_ACCENTED: usize = 80;

/// How many accents and groups may be stacked on a letter.
const MAX_STACKED: usize = 8;

/// Plain text: accents as letters, signs as characters, no braces, no commands.
pub(super) fn plain(text: &str) -> String {
    decoded(text, false)
}

/// Running text with its accents as letters and without the braces that protect
/// capitals. Math and other commands stay with what belongs to them.
pub(super) fn text(text: &str) -> String {
    decoded(text, true)
}

/// An address: escaped characters and every way to write a tilde become the
/// characters. `\url{…}`, `\href{…}{…}` and angle brackets around it go.
pub(super) fn address(text: &str) -> String {
    let text = text.trim();
    let inner = ["\\url", "\\href", "\\path", "\\nolinkurl"]
        .iter()
        .find_map(|command| {
            let at = text.find(command)? + command.len();
            let opened = text[at..].trim_start().strip_prefix('{')?;
            Some(group(opened).0)
        });
    let raw = inner.unwrap_or(text);
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '{' | '}' => {}
            '$' => {
                // `$\sim$` is an old way to write a tilde.
                if let Some(behind) = rest.strip_prefix("\\sim$") {
                    out.push('~');
                    rest = behind;
                } else {
                    out.push('$');
                }
            }
            '\\' => rest = address_command(rest, &mut out),
            c => out.push(c),
        }
    }
    one_address(&out)
}

fn address_command<'a>(text: &'a str, out: &mut String) -> &'a str {
    let (command, rest) = command_name(text);
    match command {
        "textasciitilde" | "sim" | "~" => out.push('~'),
        "textunderscore" => out.push('_'),
        "textasciicircum" => out.push('^'),
        "slash" => out.push('/'),
        "allowbreak" | "linebreak" | "-" | "/" | "" => {}
        _ if command.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            out.push_str(tex_symbol(command).unwrap_or_default());
        }
        _ => out.push_str(command),
    }
    if command.starts_with(|c: char| c.is_ascii_alphabetic()) {
        rest.trim_start_matches(' ')
    } else {
        rest
    }
}

/// The first address of a text. One that was broken over lines is put together.
fn one_address(text: &str) -> String {
    let text = text.trim().trim_start_matches('<').trim_end_matches('>');
    let mut words = text.split_whitespace();
    let mut out = words.next().unwrap_or_default().to_owned();
    let goes_on = |word: &str| {
        !word.contains("://") && !word.starts_with("www.") && !word.starts_with(['(', '<', '['])
    };
    if out.contains("://") && !out.ends_with([',', ';', '.']) {
        for word in words.take_while(|word| goes_on(word)) {
            out.push_str(word);
        }
    }
    out
}

fn decoded(text: &str, keeps: bool) -> String {
    if !text.contains(['\\', '{', '}', '~', '$', '-', '`', '\'']) {
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
                // The braces of `{\em word}` bound what the command does.
                let kept = keeps && (was_command || begins_with_command(rest));
                open.push(kept);
                if kept {
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
            '-' | '`' | '\'' if !keeps => rest = ligature(here, &mut out),
            c => out.push(c),
        }
    }
    out.nfc().collect()
}

/// Dashes and quotation marks that TeX puts together from signs. Running text is
/// read with them when the site is built.
fn ligature<'a>(text: &'a str, out: &mut String) -> &'a str {
    const LIGATURES: [(&str, &str); 4] = [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")];
    for (signs, character) in LIGATURES {
        if let Some(rest) = text.strip_prefix(signs) {
            out.push_str(character);
            return rest;
        }
    }
    out.push_str(&text[..1]);
    &text[1..]
}

/// Whether a group begins with a command that stays as it is.
fn begins_with_command(group: &str) -> bool {
    let Some(rest) = group.strip_prefix('\\') else {
        return false;
    };
    let (command, _) = command_name(rest);
    command.starts_with(|c: char| c.is_ascii_alphabetic())
        && character(command).is_none()
        && accent(command).is_none()
}

/// The name of a command, given without its backslash, and what is behind it.
fn command_name(text: &str) -> (&str, &str) {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let word = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    text.split_at(word.max(first))
}

fn character(command: &str) -> Option<&'static str> {
    tex_letter(command).or_else(|| tex_symbol(command))
}

/// The mark of an accent, also of those that only bibliographies write.
fn accent(command: &str) -> Option<char> {
    tex_accent(command).or(match command {
        "h" => Some('\u{309}'),
        "t" => Some('\u{361}'),
        "f" => Some('\u{311}'),
        "G" => Some('\u{30f}'),
        "textcommabelow" => Some('\u{326}'),
        _ => None,
    })
}

/// Reads what is behind a backslash, and gives what is left and whether the
/// command was kept.
fn command<'a>(text: &'a str, keeps: bool, out: &mut String) -> (&'a str, bool) {
    let (command, rest) = command_name(text);
    let Some(first) = command.chars().next() else {
        return (text, false);
    };
    if let Some(mark) = accent(command)
        && let Some((letter, left)) = accented(rest, 0)
    {
        push_accented(out, &letter, mark);
        return (left, false);
    }
    if let Some(letter) = character(command) {
        out.push_str(letter);
        return (behind_name(rest), false);
    }
    let is_word = first.is_ascii_alphabetic();
    match command {
        "&" | "," | "-" | "/" | "@" | " " | "\n" => {
            out.push_str(match command {
                "&" => "&",
                "-" | "/" | "@" => "",
                _ => " ",
            });
            return (rest, false);
        }
        "noopsort" | "protect" if !keeps => {
            let skipped = rest.strip_prefix('{').filter(|_| command == "noopsort");
            return (skipped.map_or(rest, |inner| group(inner).1), false);
        }
        _ => {}
    }
    if keeps {
        out.push('\\');
        out.push_str(command);
        return (rest, true);
    }
    match command {
        "textasciitilde" | "sim" => out.push('~'),
        "textbackslash" => out.push('\\'),
        "textdollar" => out.push('$'),
        "textunderscore" => out.push('_'),
        "textasciicircum" => out.push('^'),
        "textbraceleft" => out.push('{'),
        "textbraceright" => out.push('}'),
        "nobreakspace" | "space" | "quad" | "qquad" => out.push(' '),
        // An unknown word is left out, `\%` is the character itself.
        _ if is_word => return (rest.trim_start_matches(' '), false),
        // A line break, or an accent on nothing: `\~{}`.
        "\\" => out.push(' '),
        _ => {
            out.push(first);
            return (rest.strip_prefix("{}").unwrap_or(rest), false);
        }
    }
    (behind_name(rest), false)
}

/// What is behind the name of a command for a letter: the space or the empty
/// group that ends the name belongs to it.
fn behind_name(rest: &str) -> &str {
    rest.strip_prefix("{}")
        .unwrap_or_else(|| rest.trim_start_matches(' '))
}

/// The letters under an accent, and what is behind them: `e`, `{e}`, `\i`,
/// `{\i}`, `{\^e}`.
fn accented(text: &str, depth: usize) -> Option<(String, &str)> {
    if depth == MAX_STACKED {
        return None;
    }
    let text = text.trim_start_matches(' ');
    if let Some(opened) = text.strip_prefix('{') {
        let (inner, left) = short_group(opened)?;
        let (mut letters, behind) = accented(inner.trim(), depth + 1)?;
        letters.push_str(&decoded(behind, false));
        return Some((letters, left));
    }
    if let Some(rest) = text.strip_prefix('\\') {
        let (command, rest) = command_name(rest);
        if let Some(mark) = accent(command) {
            let (letters, left) = accented(rest, depth + 1)?;
            let mut out = String::new();
            push_accented(&mut out, &letters, mark);
            return Some((out, left));
        }
        let letter = tex_letter(command)?;
        return Some((undotted(letter).to_owned(), behind_name(rest)));
    }
    let letter = text.chars().next().filter(|c| c.is_alphabetic())?;
    let end = letter.len_utf8();
    Some((undotted(&text[..end]).to_owned(), &text[end..]))
}

/// An accent takes the place of the dot.
fn undotted(letter: &str) -> &str {
    match letter {
        "ı" => "i",
        "ȷ" => "j",
        letter => letter,
    }
}

/// Puts a mark on the first letter, behind the marks that it has already.
fn push_accented(out: &mut String, letters: &str, mark: char) {
    let first = letters.chars().next().map_or(0, char::len_utf8);
    let marks = letters[first..]
        .find(|c: char| !('\u{300}'..'\u{370}').contains(&c))
        .unwrap_or(letters.len() - first);
    let (letter, rest) = letters.split_at(first + marks);
    out.push_str(letter);
    out.push(mark);
    out.push_str(rest);
}

/// A group that is short enough to be the argument of an accent.
fn short_group(text: &str) -> Option<(&str, &str)> {
    let mut end = text.len().min(MAX_ACCENTED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (inner, behind) = group(&text[..end]);
    let is_closed = inner.len() + behind.len() < end;
    is_closed.then(|| (inner, &text[inner.len() + 1..]))
}

/// The inside of a group whose brace was opened, and what is behind it.
pub(super) fn group(text: &str) -> (&str, &str) {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' if depth == 0 => return (&text[..at], &text[at + 1..]),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_become_letters() {
        for (text, want) in [
            ("Djokovi\\'{c}", "Djoković"),
            ("Djokovi{\\'c}", "Djoković"),
            ("G{\\\"o}del", "Gödel"),
            ("G\\\"odel", "Gödel"),
            ("\\c{C}a\\u{g}lar", "Çağlar"),
            ("Mart\\'{\\i}n", "Martín"),
            ("na{\\\"\\i}ve", "naïve"),
            ("na\\\"{\\i}ve", "naïve"),
            ("\\v{c}\\v s\\.I\\.{z}", "čšİż"),
            (
                "{\\O}rsted \\aa{}se {\\AE}on {\\l}{\\L}{\\oe}",
                "Ørsted åse Æon łŁœ",
            ),
            ("Stra{\\ss}e", "Straße"),
            ("Fran\\c cois", "François"),
            ("Nguy{\\~{\\^e}}n", "Nguyễn"),
            ("Th{\\'{\\^e}} Th{\\`a}nh", "Thế Thành"),
            (
                "Tr{\\`{\\^a}}n D\\~{\\uhorn}ng Ph{\\d{\\^o}}",
                "Trần Dững Phộ",
            ),
            ("\\d{\\^o}\\^{\\d o}", "ộộ"),
            ("\\h{a}i", "ải"),
            ("J.~Doe", "J. Doe"),
            ("Barnes \\& Noble", "Barnes & Noble"),
            ("D{\\textquoteright}Souza", "D’Souza"),
            ("101{\\textendash}109", "101–109"),
            ("101--109", "101–109"),
            ("``A'' and O'Neil", "“A” and O'Neil"),
            ("\\foo{X}", "X"),
            ("\\LaTeX\\ and \\TeX{}", "LaTeX and TeX"),
            ("plain", "plain"),
            ("\\", ""),
            ("\\'", "'"),
        ] {
            assert_eq!(plain(text), want, "{text}");
        }
    }

    #[test]
    fn titles_keep_what_is_no_letter() {
        for (source, want) in [
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
            ("The {\\em old} {\\bf N}ew", "The {\\em old} {\\bf N}ew"),
            ("Children{\\textquoteright}s", "Children’s"),
            (
                "{\\textless}i{\\textgreater}in{\\textless}/i{\\textgreater}",
                "<i>in</i>",
            ),
            ("Search \\& rescue", "Search & rescue"),
            ("{\\alpha}s and {\\foo}s", "{\\alpha}s and {\\foo}s"),
        ] {
            assert_eq!(text(source), want, "{source}");
        }
    }

    #[test]
    fn addresses_lose_their_tex() {
        for (text, want) in [
            ("http://a.test/~smith/p.pdf", "http://a.test/~smith/p.pdf"),
            ("http://a.test/{\\textasciitilde}s/c", "http://a.test/~s/c"),
            ("http://a.test/\\~{}s", "http://a.test/~s"),
            ("http://a.test/$\\sim$s", "http://a.test/~s"),
            (
                "\\url{http://a.test/~u/x_y.html}",
                "http://a.test/~u/x_y.html",
            ),
            (
                "Available at \\href{http://a.test/x\\_y}{here}",
                "http://a.test/x_y",
            ),
            (
                "http://a.test/x\\_y\\%20z\\&w=1\\#f",
                "http://a.test/x_y%20z&w=1#f",
            ),
            ("<http://a.test/>", "http://a.test/"),
            ("http://a.test/a-\n  b", "http://a.test/a-b"),
            ("http://a.test/ http://b.test/", "http://a.test/"),
            ("10.1000/a\\_b", "10.1000/a_b"),
        ] {
            assert_eq!(address(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[\\\\{}'a-c~ \"éı$i^-]{0,30}") {
            let _ = (plain(&text), super::text(&text), address(&text));
        }
    }
}
