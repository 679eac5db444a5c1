//! Cards: the social images that chats and networks show with links to pages.

use crate::config::Settings;
use crate::library::Library;
use crate::render::{Template, Theme};
use crate::social::SocialImageContext;

use super::chart;

/// The file of a card, next to its page.
pub(super) const FILE: &str = "card.png";

pub(super) const HOME_PICTURE: Template<SocialImageContext> =
    Template::new("cards/home.svg", "The social image of the front page.");

pub(super) const TOPIC_PICTURE: Template<SocialImageContext> =
    Template::new("cards/topic.svg", "The social image of a topic.");

pub(super) const DIGEST_PICTURE: Template<SocialImageContext> =
    Template::new("cards/digest.svg", "The social image of a digest.");

pub(super) const PAPER_PICTURE: Template<SocialImageContext> =
    Template::new("cards/paper.svg", "The social image of a paper.");

pub(super) const MAP_PICTURE: Template<SocialImageContext> =
    Template::new("cards/map.svg", "The social image of the map.");

/// The subject of a card. Numbers are those of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Site,
    Topic(usize),
    Digest(usize),
    Paper(usize),
    Map,
}

impl Subject {
    /// The template that it is drawn from.
    pub(super) fn template(self) -> &'static Template<SocialImageContext> {
        match self {
            Self::Site => &HOME_PICTURE,
            Self::Topic(_) => &TOPIC_PICTURE,
            Self::Digest(_) => &DIGEST_PICTURE,
            Self::Paper(_) => &PAPER_PICTURE,
            Self::Map => &MAP_PICTURE,
        }
    }

    /// What it is of, as a number.
    pub(super) fn shape(self) -> u32 {
        match self {
            Self::Site => 0,
            Self::Topic(_) => 1,
            Self::Digest(_) => 2,
            Self::Paper(_) => 3,
            Self::Map => 4,
        }
    }

    /// The path of its file.
    pub(super) fn path(self, library: &Library) -> String {
        let page = match self {
            Self::Site => String::new(),
            Self::Topic(n) => library.topics[n].topic.path(),
            Self::Digest(n) => library.digests[n].digest.path(),
            Self::Paper(n) => library.papers[n].paper.path(),
            Self::Map => chart::FOLDER.to_owned(),
        };
        format!("{page}{FILE}")
    }

    /// Whether the site has it. A card is asked for by its full address, so a
    /// site that does not know its own has none; nor has one whose theme does not
    /// say how it looks.
    pub(super) fn is_wanted(self, settings: &Settings, theme: &Theme) -> bool {
        let cards = settings.cards;
        let asked = match self {
            Self::Site | Self::Map => cards.topics || cards.digests || cards.papers,
            Self::Topic(_) => cards.topics,
            Self::Digest(_) => cards.digests,
            Self::Paper(_) => cards.papers,
        };
        asked && !settings.base_url.is_empty() && theme.has_template(self.template().name)
    }
}

/// All cards of a site that are to be drawn. A picture that a person made and put
/// in the place of one stands.
pub(super) fn subjects(settings: &Settings, library: &Library, theme: &Theme) -> Vec<Subject> {
    let has_map = chart::is_wanted(settings, library, theme);
    let topics = (0..library.topics.len()).filter(|n| !library.topics[*n].papers.is_empty());
    std::iter::once(Subject::Site)
        .chain(topics.map(Subject::Topic))
        .chain((0..library.digests.len()).map(Subject::Digest))
        .chain((0..library.papers.len()).map(Subject::Paper))
        .chain(has_map.then_some(Subject::Map))
        .filter(|subject| subject.is_wanted(settings, theme))
        .filter(|subject| !theme.statics.contains_key(&subject.path(library)))
        .collect()
}
