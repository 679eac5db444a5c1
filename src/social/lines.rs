//! Line breaking for social images. Widths are relative to the font size, so they
//! apply to any size.

use super::faces::Face;

/// A unit that is never broken: a word, or a part of one ending in a hyphen.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    text: &'a str,
    pub(super) width: f64,
    /// The space before it, if it begins a word.
    space: f64,
}

pub(super) fn pieces(text: &str, face: Face, at_hyphens: bool) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let mut end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        // Do not end a line with a single character such as "&".
        if rest[..end].chars().nth(1).is_none()
            && let Some(next) = rest[end..].find(|sign: char| !sign.is_whitespace())
        {
            let from = end + next;
            let word = rest[from..].find(char::is_whitespace);
            end = word.map_or(rest.len(), |length| from + length);
        }
        let (word, after) = rest.split_at(end);
        let mut space = face.width(" ");
        let parts = if at_hyphens { parts(word) } else { vec![word] };
        for part in parts {
            pieces.push(Piece {
                text: part,
                width: face.width(part),
                space,
            });
            space = 0.0;
        }
        rest = after.trim_start();
    }
    pieces
}

/// Parts up to this many bytes, including the hyphen, do not end a line.
const LEAST_PART: usize = 3;

/// Splits a word after hyphens and the like between two letters.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut before = ' ';
    for (at, sign) in word.char_indices() {
        let after = at + sign.len_utf8();
        if matches!(sign, '-' | '–' | '—' | '/')
            && before.is_alphanumeric()
            && after - from > LEAST_PART
            && word[after..].starts_with(char::is_alphanumeric)
        {
            parts.push(&word[from..after]);
            from = after;
        }
        before = sign;
    }
    parts.push(&word[from..]);
    parts
}

/// Breaks pieces into lines of at most this width. Each line is given by the index
/// after its last piece.
pub(super) fn broken(pieces: &[Piece<'_>], width: f64) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut used = 0.0;
    for (n, piece) in pieces.iter().enumerate() {
        let begins_line = n == 0 || ends.last() == Some(&n);
        let more = if begins_line {
            piece.width
        } else {
            piece.space + piece.width
        };
        if !begins_line && used + more > width {
            ends.push(n);
            used = piece.width;
        } else {
            used += more;
        }
    }
    if !pieces.is_empty() {
        ends.push(pieces.len());
    }
    ends
}

/// The same number of lines, made as narrow as possible so that they are about
/// equally long.
pub(super) fn balanced(pieces: &[Piece<'_>], width: f64, lines: Vec<usize>) -> Vec<usize> {
    let widest = pieces.iter().map(|piece| piece.width).fold(0.0, f64::max);
    let (mut narrow, mut wide) = (widest, width);
    let mut best = lines;
    for _ in 0..12 {
        let middle = f64::midpoint(narrow, wide);
        let tried = broken(pieces, middle);
        if tried.len() <= best.len() {
            best = tried;
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    best
}

pub(super) fn written(pieces: &[Piece<'_>], ends: &[usize]) -> Vec<String> {
    let mut from = 0;
    ends.iter()
        .map(|&end| {
            let line = joined(&pieces[from..end]);
            from = end;
            line
        })
        .collect()
}

fn joined(pieces: &[Piece<'_>]) -> String {
    let mut line = String::new();
    for piece in pieces {
        if !line.is_empty() && piece.space > 0.0 {
            line.push(' ');
        }
        line.push_str(piece.text);
    }
    line
}

/// As much as fits, with an ellipsis at the end. A word too long for a line is
/// broken.
pub(super) fn cut(
    pieces: &[Piece<'_>],
    face: Face,
    width: f64,
    room: usize,
) -> (Vec<String>, bool) {
    if room == 0 || pieces.is_empty() {
        return (Vec::new(), !pieces.is_empty());
    }
    let mut short: Vec<Piece<'_>> = Vec::new();
    for piece in pieces {
        let (mut rest, mut space) = (piece.text, piece.space);
        while !rest.is_empty() {
            let end = longest(rest, face, width);
            let (part, after) = rest.split_at(end);
            short.push(Piece {
                text: part,
                width: face.width(part),
                space,
            });
            (rest, space) = (after, 0.0);
        }
    }
    let ends = broken(&short, width);
    if ends.len() <= room {
        return (written(&short, &ends), false);
    }
    let mut lines = written(&short, &ends[..room]);
    let last = lines.last_mut().expect("there is room for a line");
    while face.width(last) + face.width("…") > width {
        let kept = last.rfind(' ').unwrap_or_else(|| {
            let end = last.char_indices().next_back();
            end.map_or(0, |(at, _)| at)
        });
        last.truncate(kept);
    }
    let kept = last
        .trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != ')')
        .len();
    last.truncate(kept);
    last.push('…');
    (lines, true)
}

/// The longest prefix of a word that fits a line, at least one letter.
fn longest(word: &str, face: Face, width: f64) -> usize {
    let mut used = 0.0;
    for (at, sign) in word.char_indices() {
        used += face.width(sign.encode_utf8(&mut [0; 4]));
        if used > width && at > 0 {
            return at;
        }
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_parted_where_both_sides_are_long_enough() {
        for word in ["on-device", "e-mail", "</script>", "3-"] {
            assert_eq!(parts(word), [word]);
        }
        assert_eq!(parts("text-to-image"), ["text-", "to-image"]);
    }
}
