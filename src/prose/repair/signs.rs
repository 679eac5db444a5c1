//! The rule for signs that a publisher's database spells out: `/spl infin/` for
//! ∞, `/sub i/` and `/sup 2/` for what stands below and above the line.

use super::{Edit, Rule, Source};

pub(super) const SPELT_SIGNS: Rule = Rule {
    name: "spelt-signs",
    what: "`/spl infin/` becomes its character, `/sub i/` and `/sup 2/` an index and a power.",
    condition: "The word and its space between slashes, as bibliographic databases write them: after `spl` the name of a known sign, after `sub` and `sup` at most 24 characters without a space, and something directly before it.",
    example: (
        "an H/sub /spl infin// gain of O(n/sup 2/)",
        "an H_∞ gain of O(n²)",
    ),
    find: spelt_signs,
};

/// The longest index or power that is taken for one, in bytes.
const LONGEST: usize = 24;

fn spelt_signs(source: &Source<'_>) -> Vec<Edit> {
    if memchr::memmem::find(source.text.as_bytes(), b"/s").is_none() {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    for range in source.prose() {
        let (text, from) = (&source.text[..range.end], range.start);
        for at in memchr::memmem::find_iter(&text.as_bytes()[from..], b"/s") {
            let start = from + at;
            if edits.last().is_some_and(|last| start < last.range.end) {
                continue;
            }
            let is_free = text[..start].ends_with(char::is_whitespace) || start == 0;
            if let Some((len, shown)) = mark(&text[start..], is_free) {
                edits.push(Edit {
                    range: start..start + len,
                    text: shown,
                });
            }
        }
    }
    edits
}

/// The mark that a text begins with: its length and what it stands for. What
/// stands free is no index of anything.
fn mark(text: &str, is_free: bool) -> Option<(usize, String)> {
    if let Some((len, sign)) = spelt(text) {
        return Some((len, sign.to_owned()));
    }
    let is_above = text.starts_with("/sup ");
    if is_free || !is_above && !text.starts_with("/sub ") {
        return None;
    }
    let (mut body, mut at) = (String::new(), "/sub ".len());
    loop {
        let rest = text.get(at..)?;
        if body.len() > LONGEST {
            return None;
        }
        if let Some((len, sign)) = spelt(rest) {
            body.push_str(sign);
            at += len;
            continue;
        }
        let next = rest.chars().next()?;
        at += next.len_utf8();
        match next {
            '/' => break,
            '$' | '\\' | '{' | '}' | '_' | '^' => return None,
            c if c.is_whitespace() => return None,
            c => body.push(c),
        }
    }
    let shown = match body.as_str() {
        "" => return None,
        "TM" | "tm" if is_above => "™".to_owned(),
        "(R)" | "R" if is_above => "®".to_owned(),
        "st" | "nd" | "rd" | "th" | "++" if is_above => body,
        _ => {
            let sign = if is_above { '^' } else { '_' };
            let is_word = body.len() > 1 && body.bytes().all(|b| b.is_ascii_alphabetic());
            if is_word {
                format!("${sign}{{\\mathrm{{{body}}}}}$")
            } else {
                format!("${sign}{{{body}}}$")
            }
        }
    };
    Some((at, shown))
}

/// The named sign that a text begins with, and its length.
fn spelt(text: &str) -> Option<(usize, &'static str)> {
    let rest = text.strip_prefix("/spl ")?;
    let end = rest.bytes().take(9).position(|b| b == b'/')?;
    let at = SIGNS
        .binary_search_by(|(name, _)| (*name).cmp(&rest[..end]))
        .ok()?;
    Some(("/spl ".len() + end + 1, SIGNS[at].1))
}

/// The names, which are those of SGML's entities.
const SIGNS: [(&str, &str); 58] = [
    ("Delta", "Δ"),
    ("Gamma", "Γ"),
    ("Lambda", "Λ"),
    ("Omega", "Ω"),
    ("Oscr", "𝒪"),
    ("Phi", "Φ"),
    ("Pi", "Π"),
    ("Psi", "Ψ"),
    ("Sigma", "Σ"),
    ("Theta", "Θ"),
    ("alpha", "α"),
    ("ap", "≈"),
    ("beta", "β"),
    ("chi", "χ"),
    ("deg", "°"),
    ("delta", "δ"),
    ("divide", "÷"),
    ("epsi", "ε"),
    ("epsiv", "ε"),
    ("equiv", "≡"),
    ("eta", "η"),
    ("gamma", "γ"),
    ("ges", "≥"),
    ("infin", "∞"),
    ("isin", "∈"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("larr", "←"),
    ("les", "≤"),
    ("micro", "µ"),
    ("middot", "·"),
    ("mu", "µ"),
    ("nabla", "∇"),
    ("ne", "≠"),
    ("nu", "ν"),
    ("omega", "ω"),
    ("par", "∥"),
    ("part", "∂"),
    ("phi", "φ"),
    ("pi", "π"),
    ("plusmn", "±"),
    ("prime", "′"),
    ("psi", "ψ"),
    ("radic", "√"),
    ("rarr", "→"),
    ("reg", "®"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("sim", "∼"),
    ("sub", "⊂"),
    ("sum", "∑"),
    ("sup", "⊃"),
    ("tau", "τ"),
    ("theta", "θ"),
    ("times", "×"),
    ("trade", "™"),
    ("xi", "ξ"),
    ("zeta", "ζ"),
];
