//! Undoes TeX escapes in URLs.

use super::{command_name, group};
use crate::text::tex_symbol;

/// A URL without TeX: escaped characters and all spellings of a tilde become plain
/// characters; `\url{…}`, `\href{…}{…}` and angle brackets are removed.
pub(in crate::ingest) fn address(text: &str) -> String {
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

/// The first URL of a text, joined if it was broken over lines.
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
