//! What is said of the faults of a person's Markdown, each with its place in the
//! file they wrote.

use std::path::Path;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, LineIndex, Place, count, thousands};
use crate::render::{Fault, FaultKind};
use crate::text::{clean, uncleaned};

use super::destinations::Tree;

/// For how many dead links of a build the one that was probably meant is looked for:
/// it takes a look at every page.
const MOST_GUESSES: usize = 100;

/// A text with faults.
pub(super) struct Faulty<'a> {
    /// Its file, relative to the site.
    pub(super) file: &'a str,
    /// The text, which is the end of the file.
    pub(super) text: &'a str,
    pub(super) faults: Vec<Fault>,
}

/// The faults of all texts as diagnostics.
pub(super) fn diagnostics(site: &Path, tree: &Tree<'_>, texts: Vec<Faulty<'_>>) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut guesses = MOST_GUESSES;
    for Faulty { file, text, faults } in texts {
        let cleaned = clean(text);
        let whole = std::fs::read_to_string(site.join(file)).unwrap_or_default();
        let index = LineIndex::new(&whole);
        let start = start_of(&whole, text);
        for fault in faults {
            let at = |at: usize| Some(start? + uncleaned(text, &cleaned, at));
            let place = match (at(fault.span.start), at(fault.span.end)) {
                (Some(from), Some(to)) => index.place(file.to_owned(), &whole, from..to),
                _ => Place::file(file.to_owned()),
            };
            let mut near = |sought: &str| {
                guesses = guesses.checked_sub(1)?;
                tree.near(sought)
            };
            found.push(diagnostic(fault.kind, &mut near).at(place));
        }
    }
    found
}

/// Where a text begins that is the end of a file.
fn start_of(whole: &str, text: &str) -> Option<usize> {
    let end = whole.trim_end();
    if end.ends_with(text) {
        return Some(end.len() - text.len());
    }
    whole.rfind(text)
}

fn diagnostic(kind: FaultKind, near: &mut dyn FnMut(&str) -> Option<String>) -> Diagnostic {
    match kind {
        FaultKind::DeadLink { url, sought } => {
            let message = format!("a link leads to `{url}`, which the site does not have");
            let diagnostic = Diagnostic::warning(Code::DEAD_LINK, message).about(sought.clone());
            match near(&sought) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(
                    "correct the link; files that lie beside the page or in static/ can be linked to",
                ),
            }
        }
        FaultKind::DeadPicture { url, sought } => {
            let message = format!("a picture is `{url}`, which the site does not have");
            let diagnostic = Diagnostic::warning(Code::DEAD_PICTURE, message).about(sought.clone());
            match near(&sought) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("put the picture beside the page, or into static/"),
            }
        }
        FaultKind::DeadAnchor { anchor, near } => {
            let message = format!("a link leads to `#{anchor}`, which the page does not have");
            let diagnostic = Diagnostic::warning(Code::DEAD_ANCHOR, message).about(anchor.clone());
            match near {
                Some(near) => diagnostic.help(format!("did you mean `#{near}`?")),
                None => diagnostic.help("link to a heading of the page by its text: `#its-text`"),
            }
        }
        FaultKind::NoAddress(url) => Diagnostic::warning(
            "no-address",
            if url.trim().is_empty() {
                "a link or picture has no address, so its text alone is shown".to_owned()
            } else {
                format!("`{url}` cannot be published as an address, so its text alone is shown")
            },
        )
        .help("write an address that begins with https://, http:// or mailto:, or the path of a page or file"),
        FaultKind::Hidden(url) => Diagnostic::warning(
            "hidden-file",
            format!("`{url}` lies beside the page, but the site has another file at that address, which is published"),
        )
        .help("rename one of the two"),
        FaultKind::Element(name) => {
            Diagnostic::warning("removed-html", format!("`<{name}>` is left out of the page"))
                .help(instead_of(&name))
        }
        FaultKind::Attribute(tag, name) => Diagnostic::warning(
            "removed-html",
            format!("the attribute `{name}` of `<{tag}>` is left out of the page"),
        )
        .help(if name == "style" {
            "give it a `class`, and say how it looks in a style sheet of static/"
        } else {
            "remove the attribute"
        }),
        FaultKind::Markup => Diagnostic::warning("removed-html", "this markup is left out of the page")
            .help("remove it, or write `&lt;` for a `<` that is to be seen"),
        FaultKind::Misplaced(name) => Diagnostic::warning(
            "removed-html",
            format!("a `<{name}>` cannot be where it is, and is left out of the page"),
        )
        .help("put it into the element that it belongs to, such as a cell into a table's row"),
        FaultKind::Id(id) => Diagnostic::warning(
            "removed-html",
            format!("the id `{id}` is left out: the page has it already, or the theme keeps it for itself"),
        )
        .help("choose another id; those that begin with `op-` are the theme's"),
        FaultKind::UnusedFootnote(name) => Diagnostic::warning(
            "unused-footnote",
            format!("nothing refers to the footnote `{name}`; it is put at the end without a number"),
        )
        .help(format!("write `[^{name}]` where it belongs, or remove it")),
        FaultKind::NoFootnote(name) => Diagnostic::warning(
            "no-footnote",
            format!("`[^{name}]` refers to a footnote that has no text"),
        )
        .help(format!("add a line `[^{name}]: …`, or write `\\[` for a bracket that is to be seen")),
        FaultKind::SecondFootnote(name) => Diagnostic::warning(
            "second-footnote",
            format!("there is another footnote `{name}`; this one is put at the end without a number"),
        )
        .help("give it a name of its own"),
        FaultKind::TooLong(end) => Diagnostic::warning(
            "too-long",
            format!("the text is too long for a page; what comes after its first {} is left out", count(end, "byte")),
        )
        .help("make several pages of it"),
        FaultKind::More(n) => Diagnostic::warning(
            "more-faults",
            format!("this page has {} more faults", thousands(n)),
        )
        .help("mend the others first"),
    }
}

/// What to write in place of an element that is left out.
fn instead_of(name: &str) -> &'static str {
    match name {
        "script" => {
            "scripts belong into static/ and a template of the site; pages run none of their own"
        }
        "style" => "styles belong into a style sheet in static/",
        "iframe" | "embed" | "object" | "video" | "audio" | "picture" | "source" => {
            "link to it instead; a picture is written `![what it shows](file.png)`"
        }
        "svg" => "save it as a file beside the page, and show it as `![what it shows](file.svg)`",
        _ => "say it in Markdown, or write `&lt;` for a `<` that is to be seen",
    }
}
