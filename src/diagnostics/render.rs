//! The one place where diagnostics become text: message, file, line, column,
//! the line itself with a caret, and the remedy.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};

/// How the text is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// For a terminal that shows colours.
    Colour,
    /// For a pipe, a log, a test.
    Plain,
}

/// One diagnostic as text, without a line break at its end.
pub fn render(diagnostic: &Diagnostic, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = printable(&diagnostic.message);
    let mut group = Group::with_title(level.primary_title(message).id(diagnostic.code));
    if let Some(place) = &diagnostic.place {
        group = match place.line {
            Some(line) => {
                let (text, span) = visible(&place.text, place.span.clone());
                group.element(
                    Snippet::source(text)
                        .line_start(line)
                        .path(place.file.to_string())
                        .annotation(AnnotationKind::Primary.span(span)),
                )
            }
            None => group.element(Origin::path(place.file.to_string())),
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let renderer = match style {
        Style::Colour => Renderer::styled(),
        Style::Plain => Renderer::plain(),
    };
    renderer.render(&[group])
}

/// All diagnostics, an empty line between them; no more than `most` of one
/// code, since the thousandth of a kind helps nobody.
pub fn render_all(diagnostics: &Diagnostics, style: Style, most: usize) -> String {
    let mut out = String::new();
    let mut seen: std::collections::BTreeMap<(Severity, &str), usize> =
        std::collections::BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        let n = seen
            .entry((diagnostic.severity, diagnostic.code))
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

/// A line as it can be shown: what would move the cursor becomes a space, and
/// the span moves along.
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
        out.push(if c.is_control() || is_invisible(c) {
            ' '
        } else {
            c
        });
    }
    if span.start >= text.len() {
        start = out.len();
    }
    if span.end >= text.len() {
        end = out.len();
    }
    (out, start..end.max(start))
}

fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if (c.is_control() && c != '\n') || is_invisible(c) {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// Characters that change the direction of what follows, or show nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
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

    proptest::proptest! {
        #[test]
        fn any_place_renders(source in "(?s).{0,300}", a in 0usize..320, b in 0usize..320) {
            let diagnostic = Diagnostic::error("x", "y").at(Place::span("f", &source, a..b));
            let text = render(&diagnostic, Style::Plain);
            proptest::prop_assert!(text.chars().all(|c| !c.is_control() || c == '\n'));
        }
    }
}
