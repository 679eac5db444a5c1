//! Marks: what HTML, JATS and MathML put around the words of a title or of an
//! abstract. Whatever the source, the words stay and the marks go; what only looks
//! like a mark (`a < b`, `<b` without its end) was written by an author and stays.

use std::borrow::Cow;
use std::collections::HashMap;

/// The most tags that are looked at; a text with more stays as it is.
const MAX_TAGS: usize = 20_000;

/// The longest tag, in bytes.
const MAX_TAG: usize = 1_000;

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
    let tags = tags(text);
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
    let tags = tags(&text);
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

/// A tag of a known name that has its counterpart.
#[derive(Debug)]
struct Tag {
    start: usize,
    end: usize,
    name: &'static str,
    sort: Sort,
    /// Whether it closes an element.
    closes: bool,
    /// The place of its counterpart among the tags; its own where it needs none.
    other: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// It marks words.
    Inline,
    /// It is a paragraph or the like.
    Block,
    /// A break within a paragraph.
    Break,
    /// A part of a formula.
    Math,
    /// Nothing within it is meant to be read.
    Hidden,
}

/// The names that are known, without the prefix of their vocabulary.
const NAMES: &[(Sort, &str)] = &[
    (
        Sort::Inline,
        "i b em strong sub sup sc scp u small big tt font span a italic bold monospace roman sans-serif inf
         underline overline strike nobr emphasis styled-content named-content ext-link xref inline-formula
         disp-formula alternatives tex-math smallcaps cite-ref hsp",
    ),
    (
        Sort::Block,
        "p div sec section title section-title simple-para para abstract abstract-sec li ul ol list list-item
         def-list h1 h2 h3 h4 h5 h6 blockquote article body html head table tr",
    ),
    (Sort::Break, "br hr"),
    (
        Sort::Math,
        "math mrow mi mn mo ms mtext msup msub msubsup mfrac msqrt mroot mover munder munderover mstyle mspace
         mpadded mphantom menclose mfenced mtable mtr mtd semantics annotation annotation-xml mmultiscripts merror",
    ),
    (Sort::Hidden, "script style"),
];

fn known(name: &str) -> Option<(Sort, &'static str)> {
    NAMES.iter().find_map(|(sort, names)| {
        let found = names.split_whitespace().find(|known| *known == name)?;
        Some((*sort, found))
    })
}

/// The tags of a text that have their counterparts.
fn tags(text: &str) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut open: HashMap<String, Vec<usize>> = HashMap::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        at = start + 1;
        let Some((full, closes, end, is_empty)) = tag(text, start) else {
            continue;
        };
        let Some((sort, name)) = known(full.rsplit(':').next().unwrap_or_default()) else {
            continue;
        };
        if tags.len() == MAX_TAGS {
            return Vec::new();
        }
        at = end;
        let this = tags.len();
        let alone = is_empty || sort == Sort::Break;
        let mut other = usize::MAX;
        if alone {
            other = this;
        } else if !closes {
            open.entry(full).or_default().push(this);
        } else if let Some(opening) = open.get_mut(&full).and_then(Vec::pop) {
            tags[opening].other = this;
            other = opening;
        } else {
            continue;
        }
        tags.push(Tag {
            start,
            end,
            name,
            sort,
            closes,
            other,
        });
    }
    // HTML may leave a paragraph open.
    if let Some(first) = tags.first_mut()
        && first.start == 0
        && first.name == "p"
        && first.other == usize::MAX
    {
        first.other = 0;
    }
    tags
}

/// The name of the tag that begins at a byte, whether it closes, the byte behind
/// it, and whether it stands for an element without content.
fn tag(text: &str, start: usize) -> Option<(String, bool, usize, bool)> {
    let rest = &text[start + 1..];
    let closes = rest.starts_with('/');
    let rest = &rest[usize::from(closes)..];
    let length = rest
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-'))
        .count();
    let behind = &rest[length..];
    let is_name = rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && behind.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace());
    if !is_name {
        return None;
    }
    let near = &behind[..behind.floor_char_boundary(MAX_TAG)];
    let end = near
        .find(['>', '<'])
        .filter(|at| near[*at..].starts_with('>'))?;
    let is_empty = near[..end].ends_with('/');
    let end = start + 1 + usize::from(closes) + length + end + 1;
    Some((rest[..length].to_ascii_lowercase(), closes, end, is_empty))
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
