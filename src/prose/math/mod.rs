//! Math: one formula in TeX, shown as MathML Core or as a line of Unicode.
//!
//! Formulas come from strangers. Length and nesting are bounded before any
//! converter sees them, because the converters recurse and a stack that
//! overflows ends the process.

mod atom;
mod bounds;
mod dialect;
mod names;
mod plain;
mod private;
mod scripts;
mod sound;
mod symbols;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use pulldown_latex::{Parser, RenderConfig, Storage, config::DisplayMode};

use super::html::escape_into;

pub(crate) use bounds::{MAX_BYTES, command_name, is_bounded};
pub(crate) use names::{is_formula_command, is_math_command, is_symbol_name};
pub use plain::math_plain;
pub use scripts::raised;
pub(crate) use symbols::is_function as is_function_name;
pub(crate) use symbols::takes_argument;

/// A formula as HTML, and how well it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// `<math>…</math>`, or `<code>…</code>` with the source where no converter
    /// understood it.
    pub html: String,
    /// How well it went.
    pub outcome: Outcome,
}

/// How well a formula was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is MathML, and every command in it was known.
    Whole,
    /// It is MathML, and a command that nobody but its author knows is shown by
    /// its name, or one that cannot stand there is left out.
    Named,
    /// No converter understood it; its source is shown as code.
    Source,
}

/// How often a formula is offered again with one more unknown command
/// replaced by its name.
const MAX_RETRIES: usize = 24;

static CONVERTER: LazyLock<LatexToMathML> = LazyLock::new(|| {
    LatexToMathML::new(MathCoreConfig {
        macros: dialect::MACROS
            .iter()
            .map(|(name, body)| ((*name).to_owned(), (*body).to_owned()))
            .collect(),
        ..MathCoreConfig::default()
    })
    .expect("the macros are constants and a test parses them")
});

/// Shows a formula (without its delimiters) as HTML: MathML Core with the TeX
/// as annotation, or the escaped source in `<code>` where it is not TeX that
/// the converters understand. Never fails, takes bounded time and stack.
pub fn math_html(tex: &str, display: bool) -> String {
    formula(tex, display).html
}

/// Like [`math_html`], and tells whether the formula became MathML.
pub fn formula(tex: &str, display: bool) -> Formula {
    let tex = tex.trim();
    match mathml(tex, display).filter(|(inner, _)| sound::is_sound(inner)) {
        Some((inner, outcome)) => Formula {
            html: annotated(&inner, tex, display),
            outcome,
        },
        None => {
            let mut html = String::from("<code>");
            escape_into(&mut html, tex);
            html.push_str("</code>");
            Formula {
                html,
                outcome: Outcome::Source,
            }
        }
    }
}

/// What goes between `<math>` and `</math>`. The converters are tried from the
/// best output to the most lenient.
fn mathml(tex: &str, display: bool) -> Option<(String, Outcome)> {
    if !is_bounded(tex) || dialect::defines_commands(tex) {
        return None;
    }
    let source = dialect::prepare(tex);
    if let Ok(inner) = convert(&source, display) {
        return Some((inner, Outcome::Whole));
    }
    let known = private::name_private_commands(&source);
    if let Some(converted) = convert_naming_unknowns(known.clone(), display) {
        return Some(converted);
    }
    let closed = dialect::balance(&known);
    if closed != known
        && let Some(converted) = convert_naming_unknowns(closed, display)
    {
        return Some(converted);
    }
    second_converter(&known, display).map(|inner| (inner, Outcome::Whole))
}

fn convert(tex: &str, display: bool) -> Result<String, Box<math_core::LatexError>> {
    let style = if display {
        MathDisplay::Block
    } else {
        MathDisplay::Inline
    };
    let result = CONVERTER.convert_with_local_state(tex, style)?;
    Ok(inner_of(&result.mathml))
}

/// Converts; where the converter stops at a command it does not know, shows
/// that command by its name, upright, and goes on.
fn convert_naming_unknowns(mut tex: String, display: bool) -> Option<(String, Outcome)> {
    let mut outcome = Outcome::Whole;
    for _ in 0..MAX_RETRIES {
        let error = match convert(&tex, display) {
            Ok(inner) => return Some((inner, outcome)),
            Err(error) => error,
        };
        outcome = Outcome::Named;
        tex = dialect::name_command_at(&tex, error.0.start)?;
        if tex.len() > 2 * MAX_BYTES {
            return None;
        }
    }
    None
}

fn second_converter(tex: &str, display: bool) -> Option<String> {
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(tex, &storage) {
        events.push(event.ok()?);
    }
    let mut out = String::new();
    let config = RenderConfig {
        display_mode: if display {
            DisplayMode::Block
        } else {
            DisplayMode::Inline
        },
        ..RenderConfig::default()
    };
    let events = events.into_iter().map(Ok::<_, pulldown_latex::ParserError>);
    pulldown_latex::push_mathml(&mut out, events, config).ok()?;
    // This converter writes the operator `<` as it stands.
    Some(inner_of(&out).replace("<mo><</mo>", "<mo>&lt;</mo>"))
}

/// The content of the one `<math>` element that a converter wrote.
fn inner_of(mathml: &str) -> String {
    let start = mathml.find('>').map_or(0, |at| at + 1);
    let end = mathml.rfind("</math>").unwrap_or(mathml.len());
    // An entity of HTML alone; feeds are read as XML too.
    mathml
        .get(start..end)
        .unwrap_or_default()
        .replace("&nbsp;", "\u{a0}")
}

fn annotated(inner: &str, tex: &str, display: bool) -> String {
    let mut out = String::with_capacity(inner.len() + tex.len() + 120);
    out.push_str(if display {
        "<math display=\"block\"><semantics><mrow>"
    } else {
        "<math><semantics><mrow>"
    });
    out.push_str(inner);
    out.push_str("</mrow><annotation encoding=\"application/x-tex\">");
    escape_into(&mut out, tex);
    out.push_str("</annotation></semantics></math>");
    out
}
