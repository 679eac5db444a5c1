//! Removes HTML, JATS and MathML markup from titles and abstracts, keeping the
//! words. What only looks like markup (`a < b`, an unclosed `<b`) was written by an
//! author and stays.

mod tag;

use std::borrow::Cow;

use tag::{Sort, Tag, tags};

/// A one-line text without markup, with character references resolved.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    unmarked(text, false)
}

/// A text with paragraphs, without markup and with character references resolved.
/// Block elements become paragraphs. A heading that only says "Abstract" is
/// dropped.
pub(super) fn prose(text: &str) -> Cow<'_, str> {
    match unmarked(text, true) {
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        borrowed => borrowed,
    }
}

fn unmarked(text: &str, paragraphs: bool) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let text = resolved(text);
    let tags = tags(&text, !paragraphs);
    if tags.is_empty() {
        return Cow::Owned(text);
    }
    let mut writer = Writer {
        text: &text,
        tags: &tags,
        paragraphs,
        out: String::with_capacity(text.len()),
    };
    writer.write();
    Cow::Owned(writer.out)
}

/// Resolves character references, even double-escaped ones: `&amp;lt;`.
fn resolved(text: &str) -> String {
    let once = html_escape::decode_html_entities(text);
    if text.contains("&amp;") && once.contains('&') {
        return html_escape::decode_html_entities(&once).into_owned();
    }
    once.into_owned()
}

struct Writer<'a> {
    text: &'a str,
    tags: &'a [Tag],
    paragraphs: bool,
    out: String,
}

impl Writer<'_> {
    fn write(&mut self) {
        let (mut at, mut n) = (0, 0);
        // Where headings start in the output.
        let mut headings: Vec<usize> = Vec::new();
        while let Some(tag) = self.tags.get(n) {
            n += 1;
            if tag.other == usize::MAX || tag.start < at {
                continue;
            }
            self.out.push_str(&self.text[at..tag.start]);
            at = tag.end;
            let is_element = !tag.closes && tag.other != n - 1;
            let last = is_element.then(|| &self.tags[tag.other]);
            match (tag.sort, last) {
                (Sort::Hidden | Sort::Math, Some(last)) | (Sort::Inline, Some(last))
                    if tag.sort != Sort::Inline
                        || matches!(tag.name, "alternatives" | "tex-math" | "sup") =>
                {
                    let inside = n..tag.other;
                    match tag.name {
                        "alternatives" => self.alternative(inside),
                        "tex-math" => self.tex(&self.text[tag.end..last.start]),
                        "sup" if !self.power(tag.end..last.start) => continue,
                        "sup" => {}
                        _ if tag.sort == Sort::Math => self.formula(tag, last.start, inside),
                        _ => {}
                    }
                    at = last.end;
                    n = tag.other + 1;
                }
                (Sort::Inline | Sort::Math | Sort::Hidden | Sort::Void, _) => {}
                (Sort::Break, _) => self.out.push(if self.paragraphs { '\n' } else { ' ' }),
                (Sort::Block, _) => {
                    if matches!(
                        tag.name,
                        "title" | "section-title" | "h1" | "h2" | "h3" | "h4"
                    ) {
                        if !tag.closes {
                            headings.push(self.out.len());
                        } else if let Some(start) = headings.pop()
                            && matches!(
                                self.out[start..].trim().to_lowercase().as_str(),
                                "abstract" | "summary"
                            )
                        {
                            self.out.truncate(start);
                        }
                    }
                    self.out
                        .push_str(if self.paragraphs { "\n\n" } else { " " });
                }
            }
        }
        self.out.push_str(&self.text[at..]);
    }

    /// Writes an exponent in superscript digits, since "10<sup>-3</sup>" would
    /// otherwise become another number. Other superscripts are left as they are.
    fn power(&mut self, range: std::ops::Range<usize>) -> bool {
        const PLAIN: &str = "0123456789+-−–";
        const RAISED: [char; 14] = [
            '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁺', '⁻', '⁻', '⁻',
        ];
        let text = self.text[range].trim();
        let is_power = self.out.ends_with(|c: char| c.is_ascii_digit())
            && text.chars().count() <= 6
            && text.chars().any(|c| c.is_ascii_digit());
        let raised: Option<String> = text
            .chars()
            .map(|c| {
                PLAIN
                    .chars()
                    .position(|plain| plain == c)
                    .map(|at| RAISED[at])
            })
            .collect();
        match raised.filter(|_| is_power) {
            Some(raised) => {
                self.out.push_str(&raised);
                true
            }
            None => false,
        }
    }

    /// Chooses one of several forms of a formula: TeX if there is any, else the
    /// first.
    fn alternative(&mut self, inside: std::ops::Range<usize>) {
        let elements = || {
            inside
                .clone()
                .filter(|n| !self.tags[*n].closes && self.tags[*n].other != usize::MAX)
        };
        let is = |n: &usize, name: &str| self.tags[*n].name == name;
        let tex = elements().find(|n| is(n, "tex-math"));
        let Some(n) = tex.or_else(|| elements().find(|n| is(n, "math"))) else {
            return;
        };
        let tag = &self.tags[n];
        let end = self.tags[tag.other].start.max(tag.end);
        match tag.name {
            "tex-math" => self.tex(&self.text[tag.end..end]),
            _ => self.formula(tag, end, n + 1..tag.other.max(n + 1)),
        }
    }

    /// Writes a TeX formula, perhaps taken from a document of its own.
    fn tex(&mut self, text: &str) {
        let inner = text
            .split_once("\\begin{document}")
            .map_or(text, |(_, rest)| rest);
        let inner = inner
            .split_once("\\end{document}")
            .map_or(inner, |(inner, _)| inner);
        let inner = inner
            .trim()
            .trim_start_matches("\\(")
            .trim_end_matches("\\)")
            .trim_start_matches("\\[")
            .trim_end_matches("\\]")
            .trim_matches('$')
            .trim();
        if !inner.is_empty() {
            self.out.push_str(&format!("${inner}$"));
        }
    }

    /// Writes a MathML formula up to a byte: its TeX if included, else its
    /// characters with the structure expressed in TeX.
    fn formula(&mut self, whole: &Tag, end: usize, inside: std::ops::Range<usize>) {
        let range = whole.end..end;
        for n in inside.clone() {
            let tag = &self.tags[n];
            let has_end = !tag.closes && tag.other != usize::MAX && tag.other > n;
            if tag.name == "annotation" && has_end && is_tex(&self.text[tag.start..tag.end]) {
                return self.tex(&self.text[tag.end..self.tags[tag.other].start]);
            }
        }
        if let Some(tex) = alternative_text(&self.text[whole.start..whole.end]) {
            return self.tex(tex);
        }
        let mut math = String::new();
        let mut at = range.start;
        // The open elements: name, number of children so far, and the text to write
        // at the end.
        let mut open: Vec<(&str, usize, &str)> = vec![("", 0, "")];
        let mut built = false;
        for n in inside {
            let tag = &self.tags[n];
            if tag.other == usize::MAX || tag.start < at {
                continue;
            }
            math.push_str(self.text[at..tag.start].trim());
            at = tag.end;
            if tag.closes {
                if open.len() > 1
                    && let Some((_, _, after)) = open.pop()
                {
                    math.push_str(after);
                }
                continue;
            }
            let (mut before, mut after) = ("", "");
            if let Some((name, children, _)) = open.last_mut() {
                *children += 1;
                (before, after) = match (*name, *children) {
                    ("msup" | "mover", 2) | ("msubsup" | "munderover", 3) => ("^{", "}"),
                    ("msub" | "munder" | "msubsup" | "munderover", 2) => ("_{", "}"),
                    ("mfrac", 1) => ("\\frac{", "}"),
                    ("mfrac", 2) => ("{", "}"),
                    ("msqrt", 1) => ("\\sqrt{", "}"),
                    _ => ("", ""),
                };
            }
            built |= !before.is_empty();
            math.push_str(before);
            if tag.other == n {
                math.push_str(after);
            } else if matches!(tag.name, "annotation" | "annotation-xml") {
                // Skip another form of the same formula.
                at = self.tags[tag.other].start;
                open.push((tag.name, 0, after));
            } else {
                open.push((tag.name, 0, after));
            }
        }
        math.push_str(self.text[at.min(range.end)..range.end].trim());
        if built {
            self.out.push_str(&format!("${math}$"));
        } else {
            self.out.push_str(&math);
        }
    }
}

/// Whether an annotation's tag declares TeX: `application/x-tex`, `LaTeX`.
fn is_tex(tag: &str) -> bool {
    let lower = tag.to_ascii_lowercase();
    [
        "x-tex",
        "x-latex",
        "\"tex\"",
        "'tex'",
        "\"latex\"",
        "'latex'",
        "text/tex",
    ]
    .iter()
    .any(|name| lower.contains(name))
}

/// The TeX that converters put next to a formula: `<math alttext="\alpha">`. Spoken
/// text does not count.
fn alternative_text(tag: &str) -> Option<&str> {
    let (_, rest) = tag.split_once("alttext=")?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (tex, _) = rest[1..].split_once(quote)?;
    tex.contains(['\\', '^', '_', '{']).then_some(tex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_marks_go() {
        for (text, want) in [
            (
                "Growth of <i>E. coli</i> &amp; CO<sub>2</sub>",
                "Growth of E. coli & CO2",
            ),
            (
                "<span class=\"nocase\">mRNA</span> and <scp>DNA</scp>",
                "mRNA and DNA",
            ),
            ("a &amp;lt; b &amp;amp; c", "a < b & c"),
            ("a < b and <b", "a < b and <b"),
            ("a <b> c", "a <b> c"),
            ("Vec<T> and <think>x</think>", "Vec<T> and <think>x</think>"),
            ("10<sup>-3</sup> of Ca<sup>2+</sup>", "10⁻³ of Ca2+"),
            ("<jats:italic>x</jats:italic>y", "xy"),
            ("&lt;i&gt;x&lt;/i&gt;", "x"),
            ("<I>x</I>", "x"),
            ("<i><b>x</i></b>", "x"),
            (
                "<alternatives><tex-math>$$a^2$$</tex-math><mml:math><mml:mi>a</mml:mi></mml:math></alternatives>!",
                "$a^2$!",
            ),
            (
                "<mml:math><mml:msup><mml:mi>a</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>",
                "$a^{2}$",
            ),
            ("<math><mi>a</mi><mo>=</mo><mn>2</mn></math>", "a=2"),
            (
                "of <math alttext=\"\\alpha_{1}\"><msub><mi>α</mi><mn>1</mn></msub></math>",
                "of $\\alpha_{1}$",
            ),
            ("<math alttext=\"alpha one\"><mi>α</mi></math>", "α"),
            (
                "<math><semantics><mi>a</mi><annotation encoding=\"text/plain\">letter a</annotation></semantics></math>",
                "a",
            ),
            (
                "<mml:math><mml:semantics><mml:mi>a</mml:mi><mml:annotation encoding='LaTeX'>\\(a_1\\)</mml:annotation></mml:semantics></mml:math>",
                "$a_1$",
            ),
            (
                "<math><semantics><mi>a</mi><annotation encoding=\"application/x-tex\">\\alpha</annotation></semantics></math>",
                "$\\alpha$",
            ),
        ] {
            assert_eq!(line(text), want, "{text}");
        }
        assert_eq!(
            prose("<jats:title>Abstract</jats:title><jats:p>A.</jats:p><jats:p>B<br/>c.</jats:p>")
                .trim(),
            "A.\n\n\n\nB\nc."
        );
        for (text, want) in [
            (
                "<j:title>Abstract</j:title><j:p>A &amp; <j:italic>b</j:italic>.</j:p><j:p>C.</j:p>",
                "A & b.\n\n\n\nC.",
            ),
            ("a < b and c > d", "a < b and c > d"),
            ("<p>x<br>y</p>", "x\ny"),
            (
                "x <a href=\"https://a.org\">y</a> <img src=\"z.png\"> z",
                "x y  z",
            ),
            ("<p>One.<p>Two.<p>Three.", "One.\n\nTwo.\n\nThree."),
            ("<script>alert(1)</script>x", "x"),
            ("x<script>alert(1)", "x"),
            ("a &lt;b&gt; c", "a <b> c"),
            ("<", "<"),
            ("<a", "<a"),
        ] {
            assert_eq!(prose(text), want, "{text}");
        }
        assert_eq!(prose("<p>A <script>x()</script>b."), "A b.");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(<|>|/|&|;|i|sup|p|math|mml:mi|msup|alternatives|tex-math|annotation| |é|2){0,60}") {
            let _ = line(&text);
            let _ = prose(&text);
        }
    }
}
