//! List markers: the number or bullet of a list item.

/// A list marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListMarker {
    /// "1.", "[1]", "#1", "12)".
    Number(u32),
    /// A dash, an asterisk, a dot.
    Bullet,
}

/// The marker at the start of a line, and the rest.
pub(super) fn list_marker(text: &str) -> Option<(ListMarker, &str)> {
    bullet(text).or_else(|| number(text))
}

fn bullet(text: &str) -> Option<(ListMarker, &str)> {
    const BULLETS: [char; 17] = [
        '-', '*', '+', '•', '–', '—', '▪', '‣', '◦', '●', '○', '■', '□', '➤', '→', '▸', '∙',
    ];
    let rest = text.strip_prefix(BULLETS)?;
    let rest = match rest.strip_prefix(char::is_whitespace) {
        Some(rest) => rest,
        // Round bullets are also pasted without a space.
        None if text.starts_with(['•', '▪', '‣', '●', '■', '▸', '➤']) => rest,
        None => return None,
    };
    let rest = rest.trim_start();
    rest.contains(char::is_alphanumeric)
        .then_some((ListMarker::Bullet, rest))
}

fn number(text: &str) -> Option<(ListMarker, &str)> {
    let (text, close, hash) = match text.chars().next()? {
        '[' => (&text[1..], Some("]"), false),
        '(' => (&text[1..], Some(")"), false),
        '#' => (&text[1..], None, true),
        c if c.is_ascii_digit() => (text, None, false),
        _ => return None,
    };
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    if !(1..=4).contains(&end) {
        return None;
    }
    let number = text[..end].parse().ok()?;
    let rest = &text[end..];
    let rest = match close {
        Some(close) => rest.strip_prefix(close)?,
        None => match rest.strip_prefix([')', '.', ']']) {
            Some(rest) => rest.strip_prefix('.').unwrap_or(rest),
            // "#1 A title"
            None if hash && rest.starts_with(char::is_whitespace) => rest,
            None => return None,
        },
    };
    let rest = rest.strip_prefix(['.', ':']).unwrap_or(rest);
    // "2.5D" and "3.14" are not markers; "3.A title" starts with one.
    let parted = rest.is_empty()
        || rest.starts_with(char::is_whitespace)
        || rest.starts_with(char::is_uppercase);
    parted.then(|| (ListMarker::Number(number), rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_bullets_are_told_from_the_text() {
        for (text, want) in [
            ("1. A title", Some((ListMarker::Number(1), "A title"))),
            ("[12] A title", Some((ListMarker::Number(12), "A title"))),
            ("#3 A title", Some((ListMarker::Number(3), "A title"))),
            ("12) A title", Some((ListMarker::Number(12), "A title"))),
            ("(4) A title", Some((ListMarker::Number(4), "A title"))),
            ("5). A title", Some((ListMarker::Number(5), "A title"))),
            ("6.A title", Some((ListMarker::Number(6), "A title"))),
            ("7.", Some((ListMarker::Number(7), ""))),
            ("[8]", Some((ListMarker::Number(8), ""))),
            ("- A title", Some((ListMarker::Bullet, "A title"))),
            ("• A title", Some((ListMarker::Bullet, "A title"))),
            ("•A title", Some((ListMarker::Bullet, "A title"))),
            ("— A title", Some((ListMarker::Bullet, "A title"))),
            ("3D Gaussian Splatting", None),
            ("2.5D Views", None),
            ("1.58 Bits", None),
            ("-based methods", None),
            ("- - -", None),
            ("10,000 GPUs", None),
            ("100 Papers", None),
            ("#", None),
            ("[a] b", None),
            ("", None),
        ] {
            assert_eq!(list_marker(text), want, "{text}");
        }
    }
}
