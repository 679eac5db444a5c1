//! What every template sees.

use crate::config::{Engine, Settings, SubscribeProvider};
use crate::library::Library;
use crate::model::direction;
use crate::render::{Globals, MenuItem, SiteInfo, SubscribeForm, Theme};
use crate::site::output::GENERATOR;

pub(super) fn globals(
    settings: &Settings,
    library: &Library,
    theme: &Theme,
    on_disk: bool,
) -> Globals {
    let site = SiteInfo {
        title: settings.title.clone(),
        description: settings.description.clone(),
        base_url: settings.base_url.clone(),
        language: settings.language.clone(),
        dir: direction(&settings.language),
        curator: curator(settings, library),
        generator: GENERATOR.to_owned(),
        has_papers: !library.papers.is_empty(),
        has_authors: !library.authors.is_empty(),
        has_venues: !library.venues.is_empty(),
        papers: library.papers.len(),
        topics: library.live_topics().count(),
        digests: library.digests.len(),
        authors: library.authors.len(),
        venues: library.venues.len(),
        newest: library
            .digests
            .iter()
            .filter_map(|entry| entry.digest.date)
            .max()
            .map(|date| date.to_string()),
        menu: library
            .pages
            .iter()
            .filter(|page| page.menu && page.route.len() == 1)
            .map(|page| MenuItem {
                title: page.title.clone(),
                path: page.path(),
            })
            .collect(),
        search: settings.engine != Engine::None,
        subscribe: subscribe(settings),
        noted_by: library.metric,
        on_disk,
    };
    Globals {
        site,
        t: theme.words.clone(),
        theme: theme.plain_options(),
    }
}

/// The sign-up form. What stands in the query of its address becomes hidden
/// fields: a form that is posted to Listmonk or Mailchimp has to carry them.
fn subscribe(settings: &Settings) -> Option<SubscribeForm> {
    let mut action = url::Url::parse(&settings.subscribe_action).ok()?;
    let mut hidden: Vec<(String, String)> = action
        .query_pairs()
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let provider = settings.subscribe_provider;
    if provider == Some(SubscribeProvider::Buttondown) {
        hidden.push(("embed".to_owned(), "1".to_owned()));
    }
    // Mailchimp wants its user and list in the address.
    if provider == Some(SubscribeProvider::Mailchimp) {
        hidden.clear();
    } else {
        action.set_query(None);
    }
    Some(SubscribeForm {
        action: action.into(),
        field: match provider {
            Some(SubscribeProvider::Mailchimp) => "EMAIL",
            _ => "email",
        },
        hidden,
    })
}

/// Who puts the site together: as the settings say, else as its newest digest
/// does.
pub(super) fn curator(settings: &Settings, library: &Library) -> String {
    if settings.curator.is_empty() {
        let newest = library
            .digests
            .first()
            .and_then(|entry| entry.digest.curator.clone());
        return newest.unwrap_or_default();
    }
    settings.curator.clone()
}
