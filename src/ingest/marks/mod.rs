//! Marks: what HTML, JATS and MathML put around the words of a title or of an
//! abstract. Whatever the source, the words stay and the marks go; what only looks
//! like a mark (`a < b`, `<b` without its end) was written by an author and stays.

mod tag;

use std::borrow::Cow;

use tag::{Sort, Tag, tags};

/// A text of one line without marks, character references resolved.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    unmarked(text, false)
}

/// A text of paragraphs without marks, character references resolved.
pub(super) fn prose(text: &str) -> Cow<'_, str> {
    unmarked(text, true)
}

/// A text in which formulas are in one form, and all else is as it was.
pub(super) fn formulas(text: &str) -> Cow<'_, str> {
    let has_formulas = ["math>", "math ", "alternatives>"]
        .iter()
        .any(|mark| text.contains(mark));
    if !has_formulas {
        return Cow::Borrowed(text);
    }
    let tags = tags(text, false);
    let mut writer = Writer {
        text,
        tags: &tags,
        paragraphs: true,
        only_formulas: true,
        out: String::with_capacity(text.len()),
    };
    writer.write();
    Cow::Owned(writer.out)
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
        only_formulas: false,
        out: String::with_capacity(text.len()),
    };
    writer.write();
    Cow::Owned(writer.out)
}

/// The text with character references resolved, also where they were escaped
/// twice: `&amp;lt;`.
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
    /// Whether all other tags stay.
    only_formulas: bool,
    out: String,
}

impl Writer<'_> {
    fn write(&mut self) {
        let (mut at, mut n) = (0, 0);
        // Where headings begin in what was written.
        let mut headings: Vec<usize> = Vec::new();
        while let Some(tag) = self.tags.get(n) {
            n += 1;
            if tag.other == usize::MAX || tag.start < at {
                continue;
            }
            let is_formula =
                tag.sort == Sort::Math || matches!(tag.name, "alternatives" | "tex-math");
            if self.only_formulas && !is_formula {
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
                        "tex-math" => self.tex(tag.end..last.start),
                        "sup" if !self.power(tag.end..last.start) => continue,
                        "sup" => {}
                        _ if tag.sort == Sort::Math => self.formula(tag.end..last.start, inside),
                        _ => {}
                    }
                    at = last.end;
                    n = tag.other + 1;
                }
                (Sort::Inline | Sort::Math | Sort::Hidden, _) => {}
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

    /// A power of ten or the like, in raised digits: without them "10<sup>-3</sup>"
    /// would be another number. Other raised letters are left where they are.
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

    /// One of several forms of a formula: TeX where there is any, else the first.
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
        let range = tag.end..self.tags[tag.other].start.max(tag.end);
        match tag.name {
            "tex-math" => self.tex(range),
            _ => self.formula(range, n + 1..tag.other.max(n + 1)),
        }
    }

    /// A formula in TeX, perhaps within a document of its own.
    fn tex(&mut self, range: std::ops::Range<usize>) {
        let text = &self.text[range];
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
            .trim_matches('$')
            .trim();
        if !inner.is_empty() {
            self.out.push_str(&format!("${inner}$"));
        }
    }

    /// A formula in MathML: its TeX where it brings that along, else its letters,
    /// with the structure in TeX.
    fn formula(&mut self, range: std::ops::Range<usize>, inside: std::ops::Range<usize>) {
        for n in inside.clone() {
            let tag = &self.tags[n];
            let is_tex = tag.name == "annotation"
                && !tag.closes
                && tag.other != usize::MAX
                && tag.other > n
                && self.text[tag.start..tag.end]
                    .to_ascii_lowercase()
                    .contains("tex");
            if is_tex {
                return self.tex(tag.end..self.tags[tag.other].start);
            }
        }
        let mut math = String::new();
        let mut at = range.start;
        // The open elements: their names, how many children they had, and what is
        // to be written where they end.
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
                // Another form of the same formula.
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
        assert_eq!(
            formulas("<p>a &lt; <i>b</i> <math><mi>c</mi></math></p>"),
            "<p>a &lt; <i>b</i> c</p>"
        );
        assert_eq!(prose("<p>A <script>x()</script>b.").trim(), "A b.");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(<|>|/|&|;|i|sup|p|math|mml:mi|msup|alternatives|tex-math|annotation| |é|2){0,60}") {
            let _ = line(&text);
            let _ = prose(&text);
        }
    }
}
