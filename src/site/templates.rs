//! The templates that a site renders: the reference for theme authors is read from
//! the very constants that pages are rendered from, so the two cannot differ.

use crate::render::TemplateReference;

use super::card;
use super::pages::{
    author, digest, for_you, free, front, handout, listed, map, not_found, paper, papers, saved,
    search, sheet, topic, trends, venue,
};

/// What each template of a theme sees.
#[must_use]
pub fn templates() -> Vec<TemplateReference> {
    vec![
        front::INDEX.reference(),
        papers::PAPERS.reference(),
        paper::PAPER.reference(),
        sheet::CITE.reference(),
        topic::TOPICS.reference(),
        topic::TOPIC.reference(),
        digest::DIGESTS.reference(),
        digest::DIGEST.reference(),
        author::AUTHORS.reference(),
        author::AUTHOR.reference(),
        venue::VENUES.reference(),
        venue::VENUE.reference(),
        trends::TRENDS.reference(),
        map::MAP.reference(),
        free::FREE.reference(),
        search::SEARCH.reference(),
        saved::SAVED.reference(),
        for_you::FOR_YOU.reference(),
        not_found::NOT_FOUND.reference(),
        listed::CARD.reference(),
        listed::ROW.reference(),
        handout::HANDOUT.reference(),
        card::HOME_PICTURE.reference(),
        card::TOPIC_PICTURE.reference(),
        card::DIGEST_PICTURE.reference(),
        card::PAPER_PICTURE.reference(),
        card::MAP_PICTURE.reference(),
    ]
}
