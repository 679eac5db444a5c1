//! Cards: what they say, and the pictures themselves.

use crate::diagnostics::{Diagnostic, Place};
use crate::map;
use crate::model::{Date, Day};
use crate::render::{self, CardLink, Print, Template, views};
use crate::site::card::Subject;
use crate::social::{HEIGHT, SocialImage, SocialImageContext, WIDTH, printable};

use super::digest::digest_title;
use super::words::filled;
use super::{Made, Pages};

/// How many papers a card names.
const NAMED_PAPERS: usize = 3;

/// How many authors a card names.
const NAMED_AUTHORS: usize = 3;

impl Pages<'_> {
    /// The card of a page, where it has one, with what it shows in words.
    pub(super) fn card_link(&self, of: Subject, title: &str) -> Option<CardLink> {
        if !of.is_wanted(self.settings, self.theme) {
            return None;
        }
        let alt = match of {
            Subject::Site => title.to_owned(),
            _ => format!("{title} – {}", self.settings.title),
        };
        Some(CardLink {
            url: self.absolute(&of.path(self.library))?,
            width: WIDTH,
            height: HEIGHT,
            alt,
        })
    }

    /// The picture of a card.
    pub(super) fn picture(&self, of: Subject) -> Result<Made, Box<Diagnostic>> {
        let context = SocialImageContext {
            card: self.card_view(of),
        };
        let template = of.template();
        let print = (self.prints).and_then(|_| self.kit.renderer.print(template, &context, ""));
        if print.is_some() && print == self.known {
            return Ok(Made::Same);
        }
        let picture = self.draw(template, &context)?;
        Ok(Made::Anew(
            print.unwrap_or_else(|| Print::of_bytes(&picture)),
            picture,
        ))
    }

    fn draw(
        &self,
        template: &Template<SocialImageContext>,
        context: &SocialImageContext,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let svg = self.kit.renderer.render(template, context, "")?;
        self.press.card(&svg).map_err(|fault| {
            let diagnostic =
                Diagnostic::error("card", format!("the card cannot be drawn: {fault}"))
                    .help("correct the template; it has to write a whole SVG");
            Box::new(match self.theme.template(template.name) {
                Some(asset) => diagnostic.at(Place::file(asset.origin.clone())),
                None => diagnostic,
            })
        })
    }

    fn card_view(&self, of: Subject) -> SocialImage {
        let site = printable(&self.settings.title).unwrap_or_else(|| self.host());
        let view = match of {
            Subject::Site => self.site_card(),
            Subject::Topic(n) => self.topic_card(n),
            Subject::Digest(n) => self.digest_card(n),
            Subject::Paper(n) => self.paper_card(n),
            Subject::Map => self.map_card(),
        };
        if view.title.is_empty() {
            return SocialImage {
                title: site.clone(),
                kicker: String::new(),
                site,
                ..view
            };
        }
        SocialImage { site, ..view }
    }

    fn site_card(&self) -> SocialImage {
        let newest = self.library.digests.first();
        SocialImage {
            motto: shown(&self.settings.description),
            strip: newest
                .map(|entry| render::strip::strip(self.library, &entry.topics))
                .unwrap_or_default(),
            papers: match newest {
                Some(entry) => self.names(entry.papers.iter().map(|(n, _)| *n)),
                None => self.names(0..self.library.papers.len()),
            },
            count: self.count(self.library.papers.len()),
            date: self.day(newest.and_then(|entry| entry.digest.date)),
            curator: shown(&super::globals::curator(self.settings, self.library)),
            ..SocialImage::default()
        }
    }

    fn topic_card(&self, n: usize) -> SocialImage {
        let entry = &self.library.topics[n];
        SocialImage {
            kicker: shown(&self.word("topic")),
            title: shown(&entry.topic.name),
            standfirst: shown(&entry.topic.scope),
            papers: self.names(entry.papers.iter().copied()),
            count: self.count(entry.papers.len()),
            date: self.day(
                entry
                    .papers
                    .first()
                    .and_then(|n| self.library.papers[*n].paper.date),
            ),
            curator: shown(&super::globals::curator(self.settings, self.library)),
            ..SocialImage::default()
        }
    }

    fn digest_card(&self, n: usize) -> SocialImage {
        let entry = &self.library.digests[n];
        let title = digest_title(&views::digest_brief(entry), &self.theme.words);
        let date = self.day(entry.digest.date);
        let curator = entry
            .digest
            .curator
            .as_ref()
            .unwrap_or(&self.settings.curator);
        SocialImage {
            kicker: shown(&self.word("digest")),
            strip: render::strip::strip(self.library, &entry.topics),
            title: printable(&title).unwrap_or_else(|| date.clone()),
            papers: self.names(entry.papers.iter().map(|(n, _)| *n)),
            count: self.count(entry.papers.len()),
            date,
            curator: shown(curator),
            ..SocialImage::default()
        }
    }

    fn paper_card(&self, n: usize) -> SocialImage {
        let entry = &self.library.papers[n];
        let topic = entry
            .topics
            .first()
            .map(|score| shown(&self.library.topics[score.topic].topic.name))
            .unwrap_or_default();
        let title = printable(&entry.title);
        let id = || {
            let id = entry.paper.ids.first()?;
            printable(&format!("{} {}", id.registry(), id.value()))
        };
        let venue = entry.paper.venue.as_deref().and_then(printable);
        SocialImage {
            // A topic that stands for the title is not said twice.
            kicker: if title.is_some() {
                topic.clone()
            } else {
                shown(&self.word("topic"))
            },
            byline: title.as_ref().map(|_| self.byline(n)).unwrap_or_default(),
            standfirst: title
                .as_ref()
                .map(|_| shown(&entry.summary))
                .unwrap_or_default(),
            title: title.unwrap_or(topic),
            count: venue.or_else(id).unwrap_or_default(),
            date: self.day(
                entry
                    .paper
                    .date
                    .or(entry.paper.published.and_then(Day::date)),
            ),
            ..SocialImage::default()
        }
    }

    fn map_card(&self) -> SocialImage {
        let chart = self.kit.chart(self.library);
        SocialImage {
            title: shown(&self.word("map")),
            dots: map::dots(&chart.atlas),
            count: self.count(chart.atlas.spots.len()),
            curator: shown(&super::globals::curator(self.settings, self.library)),
            ..SocialImage::default()
        }
    }

    /// The authors of a paper, where all that are named can be printed.
    fn byline(&self, n: usize) -> String {
        let authors = &self.library.papers[n].paper.authors;
        let named = if authors.len() == NAMED_AUTHORS + 1 {
            authors.len()
        } else {
            NAMED_AUTHORS
        };
        let names: Option<Vec<String>> = authors
            .iter()
            .take(named)
            .map(|author| printable(author.name.as_str()))
            .collect();
        let mut line = names.unwrap_or_default().join(", ");
        if let Some(more) = authors.len().checked_sub(named + 1)
            && !line.is_empty()
        {
            line.push(' ');
            line.push_str(&shown(&filled(&self.word("and_more"), more + 1, &[])));
        }
        line
    }

    /// The first of some papers that can be printed, by title.
    fn names(&self, papers: impl Iterator<Item = usize>) -> Vec<String> {
        papers
            .filter_map(|n| printable(&self.library.papers[n].title))
            .take(NAMED_PAPERS)
            .collect()
    }

    fn count(&self, papers: usize) -> String {
        let key = if papers == 1 {
            "paper_one"
        } else {
            "paper_many"
        };
        shown(&filled(&self.word(key), papers, &[]))
    }

    /// A day in words; in digits where the words cannot be printed.
    fn day(&self, date: Option<Date>) -> String {
        date.map(|date| {
            printable(&render::day(date, "long", &self.theme.words))
                .unwrap_or_else(|| date.to_string())
        })
        .unwrap_or_default()
    }

    fn host(&self) -> String {
        url::Url::parse(&self.settings.base_url)
            .ok()
            .and_then(|url| url.host_str().map(ToOwned::to_owned))
            .unwrap_or_default()
    }
}

/// A text, or nothing where it cannot be printed.
fn shown(text: &str) -> String {
    printable(text).unwrap_or_default()
}
