//! Properties that hold for every text, however hostile: reading it never panics,
//! is fast, needs little stack, writes well-formed markup with few elements,
//! publishes no forbidden URL, and leaves plain words alone.
#![allow(
    clippy::unwrap_used,
    reason = "tests and examples may stop at the first surprise, and say so"
)]

use std::time::{Duration, Instant};

use offprint::prose::{
    Options, formula, key_sentence, math_html, math_plain, read_abstract, read_title,
};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Pieces for hostile abstracts.
const PIECES: &[&str] = &[
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "{",
    "}",
    "^",
    "_",
    "~",
    "`",
    "``",
    "''",
    "'",
    "\"",
    "-",
    "--",
    "---",
    "\\",
    "\\\\",
    "\\%",
    "\\$",
    "\\&",
    "&",
    "<",
    ">",
    "&lt;",
    "</p>",
    "<script>",
    "|",
    "#",
    "%",
    "*",
    "**",
    "_x_",
    "\\emph{",
    "\\textbf{",
    "\\textit",
    "{\\em ",
    "{\\bf",
    "\\url{",
    "\\href{",
    "\\cite{",
    "\\citet[",
    "\\footnote{",
    "\\texttt{",
    "\\begin{itemize}",
    "\\item",
    "\\end{itemize}",
    "\\begin{equation}",
    "\\end{equation}",
    "\\begin{align}",
    "\\left(",
    "\\right)",
    "\\left",
    "\\frac",
    "\\frac{",
    "\\sqrt",
    "\\sqrt{",
    "\\sqrt[",
    "\\hat",
    "\\mathcal",
    "\\mathcalO",
    "\\mathbb R",
    "\\def\\x{",
    "\\newcommand{\\x}[1]{#1}",
    "\\let",
    "\\x",
    "\\input{/etc/passwd}",
    "\\'",
    "\\\"",
    "\\^",
    "\\c",
    "\\v",
    "\\verb|",
    "\\color{red}",
    "\\ensuremath{",
    "\\text{",
    "\\operatorname{",
    "\\over",
    "\\choose",
    "\\not",
    "\\limits",
    "\\xrightarrow[",
    "\\SI{3}{\\metre}",
    "\\model",
    "\\par",
    "\u{8}eta",
    "\u{c}rac",
    "https://a.org/b_c",
    "http://[",
    "javascript:alert(1)",
    "a@b.org",
    "www.x.org).",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    ":",
    ";",
    "(1)",
    "(2)",
    "i)",
    "ii)",
    "Methods:",
    "Results:",
    "Purpose:",
    "e.g.",
    "et al.",
    "3times",
    "2downarrow",
    " sim ",
    "x2013",
    "us-ing",
    "L_2",
    "min_x",
    "10^-3",
    "langle",
    "(cid:173)",
    "ﬁ",
    "â€“",
    "Ã©",
    "é",
    "漢字",
    "🙂",
    "\u{202e}",
    "\u{0}",
    "\u{fffd}",
    "word",
    "We propose",
    "a",
    "1",
    "0.5",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\u{a0}",
    "\t",
];

/// The elements and attributes allowed in the output.
const ELEMENTS: &[&str] = &[
    "root", "p", "ol", "ul", "li", "em", "strong", "code", "a", "sup", "sub",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

/// A piece repeated many times, and perhaps its closing counterpart as often.
fn nested() -> impl Strategy<Value = String> {
    let depth = prop_oneof![1..80_usize, 400..20_000_usize];
    (
        piece(),
        piece(),
        piece(),
        depth,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(open, inside, close, depth, is_math, is_closed)| {
            let mut text = open.repeat(depth);
            text.push_str(&inside);
            if is_closed {
                text.push_str(&close.repeat(depth));
            }
            if is_math { format!("${text}$") } else { text }
        })
}

/// Reads the text on a small stack like a worker's, and checks the result.
fn check(text: &str) {
    let text = text.to_owned();
    std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(move || check_here(&text))
        .unwrap()
        .join()
        .unwrap();
}

fn check_here(text: &str) {
    let options = Options::default();
    let start = Instant::now();
    let reading = read_abstract(text, text, &options);
    let (html, plain) = (reading.html(), reading.plain());
    let key = key_sentence(&reading, text);
    let title = read_title(text, &options);
    let links = reading.links();
    let elapsed = start.elapsed();
    // Far more than needed, even for a debug build on a busy machine.
    let allowed = Duration::from_secs(5) + Duration::from_micros(200) * text.len() as u32;
    assert!(elapsed < allowed, "{elapsed:?} for {} bytes", text.len());

    let bound = 4_000 + 400 * text.len();
    assert!(html.len() < bound && plain.len() < bound, "{}", html.len());
    well_formed(&html);
    well_formed(&reading.inline_html());
    well_formed(&title.inline_html());
    if let Some(key) = key {
        well_formed(&key.html);
        assert!(key.plain.len() < bound);
    }
    for link in links {
        let scheme = link.url.split(':').next().unwrap_or_default();
        assert!(
            matches!(scheme, "http" | "https" | "mailto"),
            "{}",
            link.url
        );
    }
    assert!(!plain.contains('\u{0}'));
}

/// Whether the markup is well-formed and uses only the allowed elements.
fn well_formed(html: &str) {
    let whole = format!("<root>{html}</root>");
    let mut reader = Reader::from_str(&whole);
    reader.config_mut().check_end_names = true;
    let mut within_math = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(start)) => {
                let is_math = start.name().as_ref() == "math";
                if within_math == 0 && !is_math {
                    element(&start);
                }
                if within_math > 0 || is_math {
                    within_math += 1;
                }
                attributes(&start);
            }
            Ok(Event::Empty(start)) => {
                assert!(within_math > 0, "an empty element outside of math: {html}");
                attributes(&start);
            }
            Ok(Event::End(_)) => within_math = within_math.saturating_sub(1),
            Ok(Event::Text(text)) => {
                let text = text.as_ref().to_owned();
                assert!(!text.contains('>'), "{html}");
            }
            Ok(Event::GeneralRef(name)) => {
                let name = name.as_ref().to_owned();
                assert!(
                    matches!(name.as_str(), "amp" | "lt" | "gt" | "quot") || name.starts_with('#'),
                    "&{name}; in {html}"
                );
            }
            Ok(other) => panic!("{other:?} in {html}"),
            Err(error) => panic!("{error} in {html}"),
        }
    }
}

fn element(start: &BytesStart<'_>) {
    let name = start.name().as_ref().to_owned();
    assert!(ELEMENTS.contains(&name.as_str()), "<{name}>");
}

fn attributes(start: &BytesStart<'_>) {
    for attribute in start.attributes() {
        let attribute = attribute.unwrap();
        let name = attribute.key.as_ref().to_owned();
        let value = attribute.value.to_string();
        assert!(!name.starts_with("on") && name != "id", "{name}");
        if name == "style" {
            // The converter's alignment of table columns, independent of the text.
            let known = [
                "text-align",
                "margin-left",
                "padding-left",
                "padding-right",
                "padding-top",
                "padding-bottom",
                "border",
                "justify-items",
                "font-variant-caps",
                "width",
                "display",
                "math-style",
            ];
            for rule in value.split(';').filter(|rule| !rule.trim().is_empty()) {
                let (property, setting) = rule.split_once(':').unwrap();
                assert!(
                    known.iter().any(|known| property.trim().starts_with(known)),
                    "{value}"
                );
                assert!(!setting.contains(['(', '/', '\\']), "{value}");
            }
        }
        if name == "href" {
            let scheme = value.split(':').next().unwrap_or_default();
            assert!(matches!(scheme, "http" | "https" | "mailto"), "{value}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn hostile_texts_are_read(text in hostile()) {
        check(&text);
    }

    #[test]
    fn formulas_are_converted(tex in hostile(), display: bool) {
        let math = formula(&tex, display);
        well_formed(&math.html);
        prop_assert!(!math.html.contains("<merror"));
        prop_assert!(math_plain(&tex).len() <= 4_000 + 100 * tex.len());
    }

    #[test]
    fn plain_words_are_left_alone(words in prop::collection::vec("[a-z]{1,4}|[A-Z][a-z]{2,6}|[0-9]{1,3}", 1..40)) {
        let text = words.join(" ");
        let reading = read_abstract(&text, "", &Options::default());
        prop_assert_eq!(reading.plain(), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn deeply_nested_texts_are_read(text in nested()) {
        check(&text);
    }
}

#[test]
fn every_piece_is_read_at_any_depth() {
    for piece in PIECES {
        for depth in [30, 61, 800] {
            let deep = piece.repeat(depth);
            check(&deep);
            check(&format!("${deep}$"));
            let braced = format!(
                "\\({}x{}\\)",
                format!("{piece}{{").repeat(depth),
                "}".repeat(depth)
            );
            check(&braced);
        }
    }
}

#[test]
fn no_formula_writes_elements_of_its_own() {
    for inside in [
        "<img src=x onerror=alert(1)>",
        "<script>",
        "a<b",
        "a & b",
        "\"><svg/onload=x>",
    ] {
        for command in [
            "operatorname",
            "text",
            "mathrm",
            "mathbf",
            "mbox",
            "foo",
            "tag",
            "color",
            "href{x}",
        ] {
            for tex in [
                format!("\\{command}{{{inside}}}"),
                format!("\\{command} {inside}"),
            ] {
                let html = math_html(&tex, false);
                well_formed(&html);
                assert!(
                    !html.contains("<img") && !html.contains("<sc") && !html.contains("<sv"),
                    "{html}"
                );
            }
        }
    }
}

#[test]
fn formulas_too_deep_or_too_long_show_their_source() {
    for tex in [
        format!("{}x{}", "\\sqrt{".repeat(61), "}".repeat(61)),
        format!("{}x", "\\frac".repeat(61)),
        "x".repeat(2_001),
        "\\def\\x{\\x\\x}\\x".to_owned(),
    ] {
        let html = math_html(&tex, false);
        assert_eq!(html, format!("<code>{tex}</code>"));
    }
}
