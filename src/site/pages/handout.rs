//! A handout's page.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::cite;
use crate::diagnostics::Diagnostic;
use crate::model::PAPER_LIST;
use crate::render::{
    Html, PageContext, PaperView, ROOT, StripPart, Template, list_views, strip, views,
};
use crate::site::bibliography;
use crate::site::handout::Choice;

use super::digest::digest_title;
use super::{Owner, Pages};

pub(in crate::site) const HANDOUT: Template<PageContext<HandoutContext>> = Template::new(
    "handout.html",
    "Papers in one file to send to somebody; `handout.css` beside it sees the same.",
);

/// `handout.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct HandoutContext {
    /// The handout.
    pub(super) handout: Handout,
}

/// `handout` in `handout.html`: papers in one file that needs nothing beside it.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(in crate::site) struct Handout {
    /// What kind of choice it is; empty where it is of all papers.
    pub(super) kicker: String,
    /// The topic's name, the digest's title or day, the query.
    pub(super) title: String,
    /// What falls under the topic; may be empty.
    pub(super) scope: String,
    /// What the papers were chosen by besides: a digest's title, a query.
    pub(super) within: Vec<String>,
    /// Who put the digest together.
    pub(super) curator: Option<String>,
    /// The mix of topics of the papers, for a band of tones.
    pub(super) strip: Vec<StripPart>,
    /// The topic's introduction or the digest's note as HTML.
    #[schemars(with = "Option<Html>")]
    pub(super) introduction_html: Option<Value>,
    /// Where the list, else the site, stands on the web.
    pub(super) url: Option<String>,
    /// The papers in full, as `paper.html` sees them. Paths within the site are of
    /// no use here.
    pub(super) papers: Vec<PaperView>,
}

impl Pages<'_> {
    /// Papers in one page that asks for nothing else.
    pub(in crate::site) fn handout(
        &self,
        choice: Choice<'_>,
        papers: &[usize],
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let handout = Handout {
            url: self.handout_address(choice),
            papers: papers.iter().map(|n| self.handout_paper(*n)).collect(),
            strip: strip::strip(
                self.library,
                &list_views::counted_topics(self.library, papers),
            ),
            ..self.handout_head(choice)
        };
        let mut info = self.page_info("handout", "", handout.title.clone(), String::new());
        info.canonical.clear();
        let root = self.settings.base_url.clone();
        let made = self.page(&HANDOUT, HandoutContext { handout }, info, root)?;
        Ok(made.into_bytes())
    }

    /// What is said at the head: of the choice that is widest known.
    fn handout_head(&self, choice: Choice<'_>) -> Handout {
        let digest = choice.digest.map(|n| {
            let entry = &self.library.digests[n];
            let title = digest_title(&views::digest_brief(entry), &self.theme.words);
            (n, title)
        });
        let query = choice.query.map(ToOwned::to_owned);
        if let Some(n) = choice.topic {
            let topic = &self.library.topics[n].topic;
            return Handout {
                kicker: self.word("topic"),
                title: topic.name.clone(),
                scope: topic.scope.clone(),
                introduction_html: self.introduction(Owner::Topic(n)),
                within: digest
                    .map(|(_, title)| title)
                    .into_iter()
                    .chain(query)
                    .collect(),
                ..Handout::default()
            };
        }
        if let Some((n, title)) = digest {
            let curator = self.library.digests[n].digest.curator.clone();
            return Handout {
                kicker: self.word("digest"),
                title,
                curator: curator
                    .or_else(|| Some(self.settings.curator.clone()))
                    .filter(|curator| !curator.is_empty()),
                introduction_html: self.introduction(Owner::Digest(n)),
                within: query.into_iter().collect(),
                ..Handout::default()
            };
        }
        match query {
            Some(query) => Handout {
                kicker: self.word("search"),
                title: query,
                ..Handout::default()
            },
            None => Handout {
                title: self.word("all_papers"),
                ..Handout::default()
            },
        }
    }

    /// Where the same list stands on the web, where it does.
    fn handout_address(&self, choice: Choice<'_>) -> Option<String> {
        match (choice.topic, choice.digest, choice.query) {
            (Some(n), None, None) => self.absolute(&self.library.topics[n].topic.path()),
            (None, Some(n), None) => self.absolute(&self.library.digests[n].digest.path()),
            (None, None, None) => self.absolute(PAPER_LIST),
            _ => self.absolute(""),
        }
    }

    fn handout_paper(&self, n: usize) -> PaperView {
        let entry = &self.library.papers[n];
        let url = self.absolute(&entry.paper.path());
        let item = cite::Item {
            url: url.as_deref(),
            ..bibliography::item(entry)
        };
        let view = self.paper_view(n, &cite::Work::of(item));
        PaperView {
            notes_html: self.portable(&view.notes_html),
            // A handout has nothing beside it, and is read for its texts.
            image_html: None,
            vignette: None,
            ..view
        }
    }

    fn introduction(&self, of: Owner) -> Option<Value> {
        let html = self.portable(&self.note(of));
        html.as_str()
            .is_some_and(|html| !html.is_empty())
            .then_some(html)
    }

    /// What a person wrote, fit to leave the site: pictures are left out, and
    /// links to pages of a site that does not know its own address.
    fn portable(&self, html: &Value) -> Value {
        let html = html.as_str().unwrap_or_default();
        let keeps_links = !self.settings.base_url.is_empty();
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        let mut is_dropped_link = false;
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            let end = tag_end(&rest[at..]);
            let tag = &rest[at..at + end];
            rest = &rest[at + end..];
            if tag.starts_with("<img") {
                continue;
            }
            if tag.starts_with("<a ") && !keeps_links && tag.contains(ROOT) {
                is_dropped_link = true;
                continue;
            }
            if tag == "</a>" && std::mem::take(&mut is_dropped_link) {
                continue;
            }
            out.push_str(tag);
        }
        out.push_str(rest);
        Value::safe_string(&out)
    }
}

/// The length of the tag that a text begins with. What is in quotation marks does
/// not end it.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, sign) in text.char_indices() {
        match (quote, sign) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(sign),
            (Some(open), sign) if open == sign => quote = None,
            _ => {}
        }
    }
    text.len()
}
