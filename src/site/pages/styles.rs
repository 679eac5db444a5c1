//! Styles: those in which the site writes references, as its settings name them.

use std::path::{Component, Path};

use crate::cite::{DEFAULT_STYLES, Style, StyleError};
use crate::config::{Settings, place_of};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// Opens the styles that the settings name, or the usual ones.
///
/// # Errors
/// Gives every style that cannot be used.
pub(super) fn open(site: &Path, settings: &Settings) -> Result<Vec<Style>, Diagnostics> {
    if settings.citation_styles.is_empty() {
        let styles = DEFAULT_STYLES.iter().map(|name| {
            Style::open(name, site, &settings.language)
                .expect("a test opens each of the default styles")
        });
        return Ok(styles.collect());
    }
    let mut styles = Vec::new();
    let mut found = Diagnostics::new();
    for name in &settings.citation_styles {
        let opened = if is_inside(name) {
            Style::open(name, site, &settings.language)
        } else {
            Err(StyleError::Unreadable(
                "it lies outside of the site".to_owned(),
            ))
        };
        match opened {
            Ok(style) => styles.push(style),
            Err(error) => found.push(fault(site, name, &error)),
        }
    }
    match found.has_errors() {
        true => Err(found),
        false => Ok(styles),
    }
}

/// Whether a file of a style lies in the site.
fn is_inside(name: &str) -> bool {
    Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

fn fault(site: &Path, name: &str, error: &StyleError) -> Diagnostic {
    let help = match error {
        StyleError::Unknown {
            nearest: Some(nearest),
        } => format!("did you mean `{nearest}`?"),
        StyleError::Unknown { nearest: None } => {
            "use a name such as `apa` or `nature`, or the file of a style, such as `styles/house.csl`; docs/citations.md lists the names".to_owned()
        }
        StyleError::Unreadable(_) => {
            "give the path of a file in the site's folder, such as `styles/house.csl`".to_owned()
        }
        StyleError::Dependent { .. } => {
            "use the style that it is a variant of, by name or as a file".to_owned()
        }
        StyleError::WithoutAuthors => {
            "take a similar one, such as `american-medical-association`".to_owned()
        }
        _ => "take a style from https://www.zotero.org/styles that has a bibliography".to_owned(),
    };
    Diagnostic::error("citation-style", format!("`{name}`: {error}"))
        .at(place_of(site, "citations", "styles"))
        .field("citations.styles")
        .help(help)
}
