//! Soundness: whether what a converter wrote is well-formed MathML and nothing
//! else. The converters are not trusted with the text of strangers: one that
//! forgets to escape a character would let it write elements of its own.

/// The elements of MathML that a formula may have.
const ELEMENTS: [&str; 31] = [
    "maction",
    "maligngroup",
    "malignmark",
    "menclose",
    "merror",
    "mfenced",
    "mfrac",
    "mi",
    "mlabeledtr",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// The elements of HTML that a text within a formula may have.
const TEXT_ELEMENTS: [&str; 4] = ["b", "code", "i", "span"];

/// Whether the content of a `<math>` element is well-formed: elements of MathML,
/// each closed where it was opened, harmless attributes, references where signs
/// of markup are meant.
pub(super) fn is_sound(mathml: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = mathml;
    while let Some(at) = rest.find(['<', '>', '&']) {
        let sign = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match sign {
            b'&' => {
                let Some(end) = rest.bytes().take(12).position(|b| b == b';') else {
                    return false;
                };
                let name = rest[..end].strip_prefix('#').unwrap_or(&rest[..end]);
                if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
                    return false;
                }
            }
            b'<' => {
                let Some(end) = rest.find('>') else {
                    return false;
                };
                let tag = &rest[..end];
                rest = &rest[end + 1..];
                if let Some(name) = tag.strip_prefix('/') {
                    if open.pop() != Some(name) {
                        return false;
                    }
                    continue;
                }
                let closed = tag.ends_with('/');
                let tag = tag.trim_end_matches('/').trim_end();
                let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
                let is_text = TEXT_ELEMENTS.contains(&name)
                    && open
                        .last()
                        .is_some_and(|last| *last == "mtext" || TEXT_ELEMENTS.contains(last));
                if !(is_text || ELEMENTS.binary_search(&name).is_ok()) || !are_harmless(attributes)
                {
                    return false;
                }
                if !closed {
                    open.push(name);
                }
            }
            // A bare `>` is no error, but no converter writes one.
            _ => return false,
        }
    }
    open.is_empty()
}

/// Whether attributes are quoted, say nothing twice as ours would, and neither
/// run nor load anything.
fn are_harmless(attributes: &str) -> bool {
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let Some((name, value)) = rest.split_once("=\"") else {
            return false;
        };
        let Some(end) = value.find('"') else {
            return false;
        };
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let is_active = name.starts_with("on") || matches!(name, "href" | "src" | "id");
        if !is_name || is_active || value[..end].contains(['<', '&', '(']) {
            return false;
        }
        rest = value[end + 1..].trim_start();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_elements_are_sorted_for_the_search() {
        assert!(ELEMENTS.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn only_mathml_is_sound() {
        for sound in [
            "",
            "<mi>x</mi>",
            "<mrow><mo stretchy=\"false\" lspace=\"0\">(</mo><mspace width=\"1em\"/></mrow>",
            "<mo>&lt;</mo><mi>&#x3c;</mi>",
            "<mtext><b><i>x</i></b></mtext>",
        ] {
            assert!(is_sound(sound), "{sound}");
        }
        for unsound in [
            "<mo><</mo>",
            "<mo><img src=x onerror=alert(1)></mo>",
            "<mo><script>alert(1)</script></mo>",
            "<mi onclick=\"x\">x</mi>",
            "<mi href=\"x\">x</mi>",
            "<mi style=\"background:url(x)\">x</mi>",
            "<mi>x",
            "<mi>x</mo>",
            "x</mi>",
            "<mo>a & b</mo>",
            "<mo>></mo>",
            "<math></math>",
            "<mi><b>x</b></mi>",
            "<mtext><a>x</a></mtext>",
        ] {
            assert!(!is_sound(unsound), "{unsound}");
        }
    }
}
