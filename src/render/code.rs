//! Code: program text becomes HTML with a class for each kind of token, and two
//! style sheets give the classes their colours in light and in dark.

use std::sync::LazyLock;

use syntect::highlighting::ThemeSet;
use syntect::html::{ClassStyle, ClassedHTMLGenerator, css_for_theme_with_class_style};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use super::escape::escape;

/// What all classes begin with, so that they meet no others.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "s-" };

/// Longer code is shown without colours, in bytes. Colouring takes some 150 µs a
/// line; a dump of a megabyte would hold up the build.
const MAX_BYTES: usize = 100_000;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// A block of code as HTML. `language` is what stands behind the fence; the part
/// before a comma or a space names the language.
pub fn highlight(code: &str, language: &str) -> String {
    let name = language.split([',', ' ', '{']).next().unwrap_or_default();
    let body = (!name.is_empty() && code.len() <= MAX_BYTES)
        .then(|| classed(code, name))
        .flatten();
    let class = if name.is_empty() {
        String::new()
    } else {
        format!(" class=\"language-{}\"", escape(name))
    };
    let body = body.unwrap_or_else(|| escape(code));
    format!("<pre tabindex=\"0\"><code{class}>{body}</code></pre>\n")
}

fn classed(code: &str, name: &str) -> Option<String> {
    let syntax = SYNTAXES.find_syntax_by_token(name)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, STYLE);
    for line in LinesWithEndings::from(code) {
        generator
            .parse_html_for_line_which_includes_newline(line)
            .ok()?;
    }
    Some(generator.finalize())
}

/// Whether HTML holds code that wants [`style_sheet`].
pub fn is_coloured(html: &str) -> bool {
    html.contains("<code class=\"language-")
}

/// The style sheet for all classes: colours for a light page, and for readers
/// who prefer a dark one those for it.
pub fn style_sheet() -> String {
    let themes = ThemeSet::load_defaults();
    let css = |name: &str| {
        let css = themes
            .themes
            .get(name)
            .and_then(|theme| css_for_theme_with_class_style(theme, STYLE).ok());
        // The page has a background of its own.
        css.unwrap_or_default()
            .lines()
            .filter(|line| !line.trim_start().starts_with("background-color"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let light = css("InspiredGitHub");
    let dark = css("base16-ocean.dark");
    format!("{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_are_coloured_and_all_code_is_escaped() {
        let html = highlight("fn main() { let x = \"<b>\"; }\n", "rust,ignore");
        assert!(
            html.contains("class=\"language-rust\"") && html.contains("s-"),
            "{html}"
        );
        assert!(!html.contains("<b>"));
        let plain = highlight("<script>", "no-such-language");
        assert_eq!(
            plain,
            "<pre tabindex=\"0\"><code class=\"language-no-such-language\">&lt;script&gt;</code></pre>\n"
        );
    }

    #[test]
    fn the_style_sheet_has_both_colours() {
        let css = style_sheet();
        assert!(css.contains(".s-keyword") && css.contains("prefers-color-scheme: dark"));
    }
}
