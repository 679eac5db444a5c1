//! Derived data: what follows from one paper's page alone, its title and abstract
//! as readers see them and the sentence that says what it does. Nothing here
//! depends on another paper, so it is kept from one build to the next.

mod blocks;
mod cache;
mod frames;
mod phrases;
mod text_print;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::meaning::Vector;
use crate::model::{LinkKind, Links, Paper};
use crate::prose::{self, Options};

pub use blocks::{Blocks, divide};
pub use cache::{Cache, Scores};
pub use phrases::{Gist, Phrase, Span, gist, shared};
pub use text_print::TextPrint;

/// What follows from one paper's page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Derived {
    /// The title as plain text.
    pub title: String,
    /// The title as HTML, where that differs.
    title_markup: Option<Box<str>>,
    /// The name that the title defines, or that a person gave.
    pub short: Option<String>,
    /// The abstract as HTML blocks, where it is more than one paragraph of plain text.
    abstract_markup: Option<Box<str>>,
    /// The abstract as plain text.
    pub abstract_text: String,
    /// The sentence that says what the paper does, as plain text; empty where
    /// there is no abstract.
    pub summary: String,
    /// The same as HTML, where that differs.
    summary_markup: Option<Box<str>>,
    /// The comment of its authors as HTML, with the addresses in it as links; empty where
    /// there is none.
    pub comment_html: String,
    /// Links that the page gives and links found in the abstract and the comment, where
    /// any were found.
    links: Option<Links>,
    /// What the paper is about, by the table that ships.
    pub vector: Vector,
    /// What its title is about.
    pub title_vector: Vector,
    /// What it speaks of, by rising key.
    pub phrases: Box<[Phrase]>,
    /// The print of its title and abstract.
    pub print: TextPrint,
}

impl Derived {
    /// The title as HTML.
    pub fn title_html(&self) -> &str {
        self.title_markup.as_deref().unwrap_or(&self.title)
    }

    /// The key sentence as HTML.
    pub fn summary_html(&self) -> &str {
        self.summary_markup.as_deref().unwrap_or(&self.summary)
    }

    /// Links that the paper's page gives and links found in the abstract and the comment.
    pub fn links_of<'a>(&'a self, paper: &'a Paper) -> &'a Links {
        self.links.as_ref().unwrap_or(&paper.links)
    }

    /// The abstract as HTML blocks.
    pub fn abstract_html(&self) -> Cow<'_, str> {
        match &self.abstract_markup {
            Some(html) => Cow::Borrowed(html),
            None => Cow::Owned(paragraph(&self.abstract_text)),
        }
    }

    /// Whether there is an abstract to show.
    pub fn has_abstract(&self) -> bool {
        match &self.abstract_markup {
            Some(html) => !html.is_empty(),
            None => !self.abstract_text.is_empty(),
        }
    }
}

/// A line's HTML, if it differs from the text.
fn line_markup(html: String, text: &str) -> Option<Box<str>> {
    (html != text).then(|| html.into())
}

/// A text's HTML, if it does not follow from the text alone. For most abstracts it does,
/// and a large library should not hold them in memory twice.
fn markup(html: String, text: &str) -> Option<Box<str>> {
    (html != paragraph(text)).then(|| html.into())
}

/// A plain text as a paragraph, if it has one.
fn paragraph(text: &str) -> String {
    match text {
        "" => String::new(),
        text => {
            let mut html = String::with_capacity(text.len() + 16);
            html.push_str("<p>");
            prose::escape_into(&mut html, text);
            html.push_str("</p>");
            html
        }
    }
}

/// What a comment says of the paper itself. An article that it names is another one.
const IN_COMMENTS: [LinkKind; 6] = [
    LinkKind::Code,
    LinkKind::Project,
    LinkKind::Model,
    LinkKind::Dataset,
    LinkKind::Demo,
    LinkKind::Video,
];

/// A text without the room that it took to write it: a library holds it to the end.
fn fit(mut text: String) -> String {
    text.shrink_to_fit();
    text
}

/// Derives what follows from a paper's page.
pub fn derive(paper: &Paper, options: &Options) -> Derived {
    let title = prose::read_title(&paper.title, options);
    let reading = prose::read_abstract(&paper.abstract_text, &paper.title, options);
    let (summary, summary_html) = match &paper.summary {
        Some(given) => {
            let given = prose::read_title(given, options);
            (given.plain(), given.inline_html())
        }
        None => prose::key_sentence(&reading, &paper.title)
            .map(prose::KeySentence::plainly)
            .map_or_else(Default::default, |sentence| (sentence.plain, sentence.html)),
    };
    let mut links = paper.links.clone();
    for link in reading.links() {
        links.entry(link.kind).or_insert_with(|| link.url.clone());
    }
    let comment = paper.comment.as_deref();
    let comment = comment.map(|comment| prose::read_abstract(comment, "", options));
    let told = comment.iter().flat_map(prose::Reading::links);
    for link in told.filter(|link| IN_COMMENTS.contains(&link.kind)) {
        links.entry(link.kind).or_insert(link.url);
    }
    let plain = fit(title.plain());
    let abstract_text = fit(reading.plain());
    let gist = gist(&plain, &abstract_text);
    Derived {
        comment_html: comment.map_or_else(String::new, |comment| fit(comment.inline_html())),
        vector: gist.vector,
        title_vector: gist.title_vector,
        phrases: gist.phrases,
        print: TextPrint::of(&plain, &abstract_text),
        title_markup: line_markup(title.inline_html(), &plain),
        short: paper.short.clone().or_else(|| prose::short_name(&plain)),
        title: plain,
        abstract_markup: markup(reading.html(), &abstract_text),
        abstract_text,
        summary_markup: line_markup(summary_html, &summary),
        summary: fit(summary),
        links: (links != paper.links).then_some(links),
    }
}
