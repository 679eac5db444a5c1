//! Bounds: what a formula may be before a converter sees it.

/// The longest formula that is converted, in bytes.
pub(crate) const MAX_BYTES: usize = 2_000;

/// The deepest nesting that is converted. Groups, `\left`, `\begin` and commands
/// that follow each other directly (`\hat\hat\hat x`) all count, since each may
/// be one level of recursion.
pub(crate) const MAX_DEPTH: usize = 60;

/// Whether a formula is short and flat enough for the converters' recursion.
pub(crate) fn is_bounded(tex: &str) -> bool {
    if tex.len() > MAX_BYTES {
        return false;
    }
    let bytes = tex.as_bytes();
    let (mut open, mut paired, mut chain) = (0_usize, 0_usize, 0_usize);
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => open += 1,
            b'}' | b']' => {
                open = open.saturating_sub(1);
                chain = 0;
            }
            b'\\' => {
                let name = command_name(&tex[at + 1..]);
                at += name.len();
                match name {
                    "left" | "begin" | "bigl" | "Bigl" => paired += 1,
                    "right" | "end" | "bigr" | "Bigr" => paired = paired.saturating_sub(1),
                    _ => chain += 1,
                }
                if name.is_empty() {
                    // An escaped character: it is no bracket.
                    at += 1;
                }
            }
            b'^' | b'_' | b' ' => {}
            _ => chain = 0,
        }
        if open + paired + chain > MAX_DEPTH {
            return false;
        }
        at += 1;
    }
    true
}

/// The letters of a command's name at the start of `rest`, which follows the
/// backslash. Empty for `\{`, `\,` and the like.
pub(crate) fn command_name(rest: &str) -> &str {
    let end = rest
        .bytes()
        .position(|b| !b.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    &rest[..end]
}
