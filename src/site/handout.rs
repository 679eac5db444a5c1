//! Handouts: chosen papers in one file of HTML that needs nothing beside it, to be
//! sent to somebody, read anywhere and printed.

use std::path::Path;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::library::{Entry, Library};
use crate::render::Theme;
use crate::search::Built;
use crate::social::SocialImages;

use super::output::STATE;
use super::pages::handout::HANDOUT;
use super::pages::{Finish, Kit, Pages, Published};
use super::plan;
use super::thrift::Thrift;

/// What a handout is of, to be said at its head: the topic, the digest and the
/// query by which its papers were chosen. Numbers are those of the library.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice<'a> {
    /// The topic.
    pub topic: Option<usize>,
    /// The digest.
    pub digest: Option<usize>,
    /// The query.
    pub query: Option<&'a str>,
}

/// A handout of some papers, as the theme of a site writes it.
///
/// # Errors
/// Gives what is wrong with the theme, or with what people wrote.
pub fn handout(
    site: &Path,
    settings: &Settings,
    library: &Library,
    choice: Choice<'_>,
    papers: &[&Entry],
) -> Result<Vec<u8>, Diagnostics> {
    let theme = Theme::load(site, settings)?;
    let template = HANDOUT.name;
    if !theme.has_template(template) {
        let message = format!(
            "the theme `{}` has no template `{template}`",
            settings.theme
        );
        let file = format!("themes/{}/templates/{template}", settings.theme);
        return Err(Diagnostic::error("missing-template", message)
            .at(Place::file(file))
            .help("add the file, or build on a theme that has it with `extends = \"gazette\"` in theme.toml")
            .into());
    }
    let index = Built::none();
    let press = SocialImages::new(&site.join(STATE).join("cards"));
    let (jobs, _) = plan::plan(
        settings,
        library,
        &theme,
        &index,
        (Thrift::default(), None, None),
    );
    let published = Published { site, jobs: &jobs };
    let (kit, _, _) = Kit::open(published, settings, library, &theme, Finish::readable(true))?;
    let pages = Pages {
        settings,
        library,
        theme: &theme,
        index: &index,
        kit: &kit,
        press: &press,
        prints: None,
        known: None,
    };
    let mut numbers: Vec<usize> = papers.iter().map(|entry| entry.number).collect();
    if let Some(digest) = choice.digest {
        // A digest has an order of its own.
        let listed = &library.digests[digest].papers;
        numbers.sort_by_key(|n| listed.iter().position(|(other, _)| other == n));
    }
    pages
        .handout(choice, &numbers)
        .map_err(|fault| Diagnostics::from(*fault))
}
