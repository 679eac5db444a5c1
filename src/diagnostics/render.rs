//! Renders diagnostics as text: message, file, line, column, the line itself with a
//! caret, and the help.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::printable::{is_unprintable, printable_line};
use super::{Diagnostic, Diagnostics, Severity};

/// How to format the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With colours, for a terminal.
    Colour,
    /// Without colours, for pipes, logs and tests.
    Plain,
}

/// One diagnostic as text, without a final line break.
pub fn render(diagnostic: &Diagnostic, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = message(&diagnostic.message);
    let mut group = Group::with_title(level.primary_title(title).id(diagnostic.code.as_str()));
    if let Some(place) = &diagnostic.place {
        group = match place.line {
            Some(line) => {
                let (text, span) = visible(&place.text, place.span.clone());
                group.element(
                    Snippet::source(text)
                        .line_start(line)
                        .path(printable_line(&place.file).into_owned())
                        .annotation(AnnotationKind::Primary.span(span)),
                )
            }
            None => group.element(Origin::path(printable_line(&place.file).into_owned())),
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(message(help)));
    }
    let renderer = match style {
        Style::Colour => Renderer::styled(),
        Style::Plain => Renderer::plain(),
    };
    renderer.render(&[group])
}

/// All diagnostics, separated by blank lines. Shows at most `most` of each code;
/// nobody needs the thousandth of a kind.
pub fn render_all(diagnostics: &Diagnostics, style: Style, most: usize) -> String {
    let mut out = String::new();
    let mut seen: std::collections::BTreeMap<(Severity, &str), usize> =
        std::collections::BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        let n = seen
            .entry((diagnostic.severity, diagnostic.code.as_str()))
            .or_default();
        *n += 1;
        if *n <= most {
            out.push_str(&render(diagnostic, style));
            out.push_str("\n\n");
        }
    }
    for ((_, code), n) in seen {
        if n > most {
            out.push_str(&format!(
                "… and {} more of `{code}` (all of them with --json)\n\n",
                super::thousands(n - most)
            ));
        }
    }
    out
}

/// A line as it can be shown: characters that move the cursor become spaces, and
/// the span is adjusted.
fn visible(text: &str, span: std::ops::Range<usize>) -> (String, std::ops::Range<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if at == span.start {
            start = out.len();
        }
        if at == span.end {
            end = out.len();
        }
        out.push(if is_unprintable(c) { ' ' } else { c });
    }
    if span.start >= text.len() {
        start = out.len();
    }
    if span.end >= text.len() {
        end = out.len();
    }
    (out, start..end.max(start))
}

/// A message on one line: a line break in quoted text could fake another message.
fn message(text: &str) -> String {
    printable_line(&text.replace(['\n', '\t'], " ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;

    #[test]
    fn a_diagnostic_shows_place_caret_and_remedy() {
        let source = "[site]\ntitel = \"x\"\n";
        let diagnostic = Diagnostic::error("unknown-key", "unknown key `titel`")
            .at(Place::span("offprint.toml", source, 7..12))
            .help("did you mean `title`?");
        insta::assert_snapshot!(render(&diagnostic, Style::Plain));
    }

    #[test]
    fn a_file_as_a_whole_has_no_line() {
        let diagnostic =
            Diagnostic::warning("empty-file", "nothing in it").at(Place::file("a.txt"));
        insta::assert_snapshot!(render(&diagnostic, Style::Plain));
    }

    #[test]
    fn nothing_of_a_diagnostic_moves_the_terminal() {
        let source = "a \u{202e}b\u{1b}[2J\n";
        let diagnostic = Diagnostic::error("x", "m\u{9b}2J\nerror: forged")
            .at(Place::span("\u{202e}f\r\n.md", source, 2..6))
            .help("h\u{1b}]0;t\u{7}");
        let text = render(&diagnostic, Style::Plain);
        assert!(
            !text.chars().any(|c| c != '\n' && is_unprintable(c)),
            "{text:?}"
        );
        assert!(text.contains("\\u{202e}f\\u{d}\\u{a}.md:1:3"), "{text}");
        assert!(!text.contains("\nerror: forged"), "{text}");
    }

    proptest::proptest! {
        #[test]
        fn any_place_renders(source in "(?s).{0,300}", a in 0usize..320, b in 0usize..320) {
            let diagnostic = Diagnostic::error("x", "y").at(Place::span("f", &source, a..b));
            let text = render(&diagnostic, Style::Plain);
            proptest::prop_assert!(text.chars().all(|c| !c.is_control() || c == '\n'));
        }
    }
}
