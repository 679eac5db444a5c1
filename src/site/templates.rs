//! The templates that a site renders, each with the type of what it sees. The
//! reference for theme authors is read from here, and pages are rendered from here,
//! so the two cannot differ.

use crate::cards::PictureContext;
use crate::render::{
    AuthorContext, AuthorsContext, BareContext, CardContext, DigestContext, DigestsContext,
    FreeContext, HandoutContext, IndexContext, PageContext, PaperContext, PapersContext,
    SearchContext, Template, TemplateReference, TopicContext, TopicsContext, TrendsContext,
    VenueContext, VenuesContext,
};

/// Declares templates and gathers what they see.
macro_rules! templates {
    ($(#[doc = $about:literal] $name:ident: $context:ty = $file:literal;)+) => {
        $(
            #[doc = $about]
            pub(super) const $name: Template<$context> = Template::new($file, $about);
        )+

        /// What each template of a theme sees.
        #[must_use]
        pub fn templates() -> Vec<TemplateReference> {
            vec![$($name.reference()),+]
        }
    };
}

templates! {
    /// The front page.
    INDEX: PageContext<IndexContext> = "index.html";
    /// All papers.
    PAPERS: PageContext<PapersContext> = "papers.html";
    /// A paper.
    PAPER: PageContext<PaperContext> = "paper.html";
    /// A paper's sheet: how to cite it in every form, and where to pass it on.
    CITE: PageContext<PaperContext> = "cite.html";
    /// All topics.
    TOPICS: PageContext<TopicsContext> = "topics.html";
    /// A topic with its papers.
    TOPIC: PageContext<TopicContext> = "topic.html";
    /// All digests, or those of a month.
    DIGESTS: PageContext<DigestsContext> = "digests.html";
    /// A digest with its papers.
    DIGEST: PageContext<DigestContext> = "digest.html";
    /// All authors who have a page.
    AUTHORS: PageContext<AuthorsContext> = "authors.html";
    /// An author with their papers.
    AUTHOR: PageContext<AuthorContext> = "author.html";
    /// All venues.
    VENUES: PageContext<VenuesContext> = "venues.html";
    /// A venue, or one of its years, with its papers.
    VENUE: PageContext<VenueContext> = "venue.html";
    /// What changes over time.
    TRENDS: PageContext<TrendsContext> = "trends.html";
    /// A free page, which a person wrote.
    FREE: PageContext<FreeContext> = "page.html";
    /// The search.
    SEARCH: PageContext<SearchContext> = "search.html";
    /// The papers that a reader saved; they are in the browser.
    SAVED: PageContext<BareContext> = "saved.html";
    /// The page for addresses that lead nowhere.
    NOT_FOUND: PageContext<BareContext> = "404.html";
    /// A paper in a list: what comes of it is `card` there.
    CARD: CardContext = "card.html";
    /// A paper in a long list, without its key sentence and its topics.
    ROW: CardContext = "row.html";
    /// Papers in one file to send to somebody; `handout.css` beside it sees the same.
    HANDOUT: PageContext<HandoutContext> = "handout.html";
    /// The picture that stands for the front page where its link is passed on.
    HOME_PICTURE: PictureContext = "cards/home.svg";
    /// The picture that stands for a topic.
    TOPIC_PICTURE: PictureContext = "cards/topic.svg";
    /// The picture that stands for a digest.
    DIGEST_PICTURE: PictureContext = "cards/digest.svg";
    /// The picture that stands for a paper.
    PAPER_PICTURE: PictureContext = "cards/paper.svg";
}
