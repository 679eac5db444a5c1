//! The context of a paper's page.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use super::context::{Brief, DigestBrief};
use super::markup::{Html, Svg};

/// A paper in full: `paper` in `paper.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PaperView {
    /// What a card shows too.
    #[serde(flatten)]
    pub brief: Brief,
    /// What it is about, in the digits of the search index, for the browser to rank other
    /// papers by; absent where that is not known.
    pub meaning: Option<String>,
    /// The authors, of whom there may be thousands: the first.
    pub people: Vec<PersonView>,
    /// How many authors there are beyond those.
    pub more_people: usize,
    /// Whether there are more whom the source does not name: "et al."
    pub others: bool,
    /// The path of the page of its venue, in its year where that is known.
    pub venue_path: Option<String>,
    /// The abstract as HTML blocks; may be empty.
    #[schemars(with = "Html")]
    pub abstract_html: Value,
    /// Whether only the key sentence may be shown.
    pub summary_only: bool,
    /// A person's notes as HTML; may be empty.
    #[schemars(with = "Html")]
    pub notes_html: Value,
    /// When it was published: `2025-03-14`, or `2025-03`, `2025-summer`, `2025`
    /// where no more is known. The filter `day` takes all of them.
    pub published: Option<String>,
    /// When its latest version appeared.
    pub updated: Option<String>,
    /// Identifiers with their addresses.
    pub ids: Vec<IdLink>,
    /// Where it, its code, its data can be had.
    pub links: Vec<LinkView>,
    /// Where to look for it, where no address is known.
    pub find: Vec<FindLink>,
    /// Fields of people's own: what the page has under `extra`.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// A registry's categories.
    pub categories: Vec<String>,
    /// Who paid for it.
    pub funding: Vec<String>,
    /// Who edited the volume it is in, or the book it is.
    pub editors: Vec<String>,
    /// How it was accepted.
    pub status: Option<String>,
    /// The authors' remark.
    pub comment: Option<String>,
    /// The same as HTML, with the addresses in it as links.
    #[schemars(with = "Option<Html>")]
    pub comment_html: Option<Value>,
    /// The licence, a name or an address.
    pub license: Option<String>,
    /// Whether `license` is an address.
    pub license_is_url: bool,
    /// The paper's language, where it differs from the site's.
    pub language: Option<String>,
    /// How its title and abstract are written: `ltr` or `rtl`.
    pub dir: &'static str,
    /// What a source counted: pairs of name and number.
    pub metrics: Vec<(String, u64)>,
    /// The digests that list it, newest first.
    pub digests: Vec<DigestBrief>,
    /// The path of the digest of its `date`, where no other lists it.
    pub listed_in: Option<String>,
    /// Whether there is more to say of it than its head does: identifiers, year,
    /// status, keywords, counts …
    pub has_details: bool,
    /// Papers about the same, the nearest first.
    pub related: Vec<RelatedView>,
    /// Later papers of its authors, the newest first; empty on a large site.
    pub later: Vec<RelatedView>,
    /// Its picture, which its page names under `image`.
    #[schemars(with = "Option<Html>")]
    pub image_html: Option<Value>,
    /// A drawing, if it has no picture; absent on a large site.
    #[schemars(with = "Option<Svg>")]
    pub vignette: Option<Value>,
    /// Its number on the map, which `map/?paper=` takes; absent if the site has no map or
    /// is large.
    pub map_number: Option<String>,
    /// What the map has around it, as SVG without words.
    #[schemars(with = "Option<Svg>")]
    pub map_svg: Option<Value>,
    /// How to cite it.
    pub cite: Cite,
    /// The paper before it in its digest.
    pub previous: Option<BesideView>,
    /// The paper after it in its digest.
    pub next: Option<BesideView>,
}

/// A paper beside another in a digest: `paper.previous`, `paper.next`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BesideView {
    /// The name of its page: `../` and this lead there from another paper's.
    pub slug: String,
    /// Its title.
    pub title: String,
}

/// A paper beside another: an entry of `paper.related` or `paper.later`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RelatedView {
    /// The name of its page: `../` and this lead there from another paper's.
    pub slug: String,
    /// The path of its page.
    pub path: String,
    /// Its title as HTML.
    #[schemars(with = "Html")]
    pub title_html: Value,
    /// Its authors: two, or the first of more.
    pub authors: Vec<String>,
    /// How many authors there are beyond those.
    pub more_authors: usize,
    /// The year of publication.
    pub year: Option<i16>,
    /// Phrases that both have, most telling first.
    pub terms: Vec<String>,
    /// Whether the two seem to be versions of one text, or have nearly one title.
    pub near_duplicate: bool,
    /// Where it appeared, else the day it was listed: tells papers of one title
    /// apart.
    pub of: Option<String>,
}

/// An author.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PersonView {
    /// The name.
    pub name: String,
    /// The path of the author's page, where there is one.
    pub path: Option<String>,
    /// The address of the ORCID record.
    pub orcid: Option<String>,
    /// The institution.
    pub affiliation: Option<String>,
}

/// An identifier.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IdLink {
    /// The registry's name.
    pub registry: String,
    /// The identifier within it.
    pub value: String,
    /// Where the registry shows the paper.
    pub url: Option<String>,
}

/// A link of a paper.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LinkView {
    /// `paper`, `pdf`, `code` …
    pub kind: &'static str,
    /// The address.
    pub url: String,
    /// The site it leads to, such as `github.com`.
    pub host: String,
}

/// Where to look for a paper.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FindLink {
    /// The site's name.
    pub label: String,
    /// The address that searches for the title.
    pub url: String,
}

/// How to cite a paper.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Cite {
    /// The reference as text, by style; on the sheet, and on the page where it has no
    /// sheet and its foot is whole.
    pub references: Vec<Reference>,
    /// The names of the styles that the sheet has.
    pub styles: Vec<String>,
    /// The BibTeX entry.
    pub bibtex: String,
    /// The RIS record; empty where the foot of the page is short.
    pub ris: String,
    /// The CSL-JSON item; empty where the foot of the page is short.
    pub csl: String,
    /// Whether the paper has a sheet, `cite.html` beside its page, that says all of it.
    pub sheet: bool,
    /// The citation as files.
    pub files: Vec<CiteFile>,
}

/// A paper's citation as a file: an entry of `paper.cite.files`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CiteFile {
    /// What readers call its form: "BibTeX".
    pub label: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its name beside the paper's page.
    pub name: &'static str,
    /// Its path within the site.
    pub path: String,
}

/// A reference as text: an entry of `paper.cite.references`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Reference {
    /// The style's name, such as "APA".
    pub style: String,
    /// The style's name in the settings, without a folder and `.csl`: `apa`.
    pub key: String,
    /// The reference as HTML.
    #[schemars(with = "Html")]
    pub html: Value,
}
