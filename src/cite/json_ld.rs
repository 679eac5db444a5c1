//! JSON-LD: what a page is about, in the words of schema.org, for search
//! engines. Every function gives the content of a
//! `<script type="application/ld+json">`, spelled so that nothing in it can end
//! the script.

use serde_json::{Map, Value, json};

use super::item::Item;
use super::kind::Kind;
use super::name::{Name, Names, is_group};
use super::plain::{one_line, orcid_address, web_address};
use super::work::Work;
use crate::model::{Author, LinkKind};

/// The longest headline that search engines show, in characters.
const MAX_HEADLINE: usize = 110;

/// Something with a name that has a page: a topic, a paper of a list.
#[derive(Debug, Clone, Copy)]
pub struct Thing<'a> {
    /// Its name in plain text.
    pub name: &'a str,
    /// The absolute address of its page, where the site knows its own address.
    pub url: Option<&'a str>,
}

/// One step of the way from the site's first page to this one.
pub type Crumb<'a> = Thing<'a>;

/// A page that lists papers.
#[derive(Debug, Clone, Copy)]
pub struct Collection<'a> {
    /// Its title in plain text.
    pub name: &'a str,
    /// What it is of, in plain text; may be empty.
    pub description: &'a str,
    /// Its absolute address, where known.
    pub url: Option<&'a str>,
    /// The site's language as BCP 47 has it.
    pub language: &'a str,
    /// How many papers there are in all, where the page shows a part of them.
    pub total: usize,
    /// The position of the first of [`Self::items`], from 1.
    pub first: usize,
    /// The papers that the page shows, in its order.
    pub items: &'a [Thing<'a>],
}

/// The site as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Website<'a> {
    /// Its title in plain text.
    pub name: &'a str,
    /// What it is of, in plain text; may be empty.
    pub description: &'a str,
    /// The absolute address of its first page.
    pub url: &'a str,
    /// Its language as BCP 47 has it.
    pub language: &'a str,
    /// The absolute address of its search page, where it has a search; the page
    /// takes the query as `q`.
    pub search: Option<&'a str>,
}

/// A paper's page. `topics` are those it is listed under.
pub fn json_ld_paper(item: &Item<'_>, topics: &[Thing<'_>]) -> String {
    let paper = item.paper;
    let work = Work::of(item);
    let own = item.url.and_then(web_address);
    let mut node = Node::new(match work.kind {
        Kind::Thesis | Kind::MastersThesis => "Thesis",
        Kind::Report => "Report",
        _ => "ScholarlyArticle",
    });
    node.text("@id", own.as_deref().or(work.address.as_deref()));
    let headline = headline(&work.title);
    node.text("headline", Some(&headline));
    if headline != work.title {
        node.text("name", Some(&work.title));
    }
    node.text("description", item.summary.map(one_line).as_deref());
    node.list("author", paper.authors.iter().filter_map(person).collect());
    let published = match (work.day, work.year) {
        (Some(day), _) => Some(day.to_string()),
        (None, year) => year.map(|year| format!("{year:04}")),
    };
    node.text("datePublished", published.as_deref());
    node.text(
        "dateModified",
        paper.updated.map(|day| day.to_string()).as_deref(),
    );
    node.list("identifier", identifiers(&work));
    node.list("sameAs", addresses(item, &work));
    node.text("url", own.as_deref());
    node.value("isPartOf", container(&work));
    if let Some(publisher) = &work.publisher {
        node.value("publisher", Some(organization(publisher)));
    }
    node.text(
        "pagination",
        work.pages.as_ref().map(|p| p.joined("-")).as_deref(),
    );
    let keywords: Vec<String> = paper.keywords.iter().map(|k| one_line(k)).collect();
    node.text("keywords", Some(&keywords.join(", ")));
    let about = topics.iter().map(|topic| thing("DefinedTerm", topic));
    node.list("about", about.collect());
    node.text(
        "inLanguage",
        paper.language.as_deref().map(one_line).as_deref(),
    );
    node.value("license", paper.license.as_deref().and_then(license));
    node.value("encoding", work.pdf.as_ref().map(|pdf| {
        json!({ "@type": "MediaObject", "contentUrl": pdf, "encodingFormat": "application/pdf" })
    }));
    let code = paper
        .links
        .get(&LinkKind::Code)
        .and_then(|url| web_address(url));
    node.value(
        "subjectOf",
        code.map(|code| json!({ "@type": "SoftwareSourceCode", "codeRepository": code })),
    );
    node.value(
        "interactionStatistic",
        paper.metrics.get("upvotes").map(|upvotes| {
            json!({
                "@type": "InteractionCounter",
                "interactionType": "https://schema.org/LikeAction",
                "userInteractionCount": upvotes,
            })
        }),
    );
    node.script()
}

/// A page that lists papers: a topic's, a digest's, an author's, a venue's.
pub fn json_ld_collection(collection: &Collection<'_>) -> String {
    let mut node = Node::new("CollectionPage");
    let url = collection.url.and_then(web_address);
    node.text("@id", url.as_deref());
    node.text("name", Some(&one_line(collection.name)));
    node.text("description", Some(&one_line(collection.description)));
    node.text("url", url.as_deref());
    node.text("inLanguage", Some(&one_line(collection.language)));
    let items: Vec<Value> = collection
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| list_item(collection.first + at, "url", item))
        .collect();
    node.value(
        "mainEntity",
        Some(json!({
            "@type": "ItemList",
            "numberOfItems": collection.total,
            "itemListElement": items,
        })),
    );
    node.script()
}

/// The site's first page.
pub fn json_ld_website(website: &Website<'_>) -> String {
    let mut node = Node::new("WebSite");
    let url = web_address(website.url);
    node.text("@id", url.as_deref());
    node.text("name", Some(&one_line(website.name)));
    node.text("description", Some(&one_line(website.description)));
    node.text("url", url.as_deref());
    node.text("inLanguage", Some(&one_line(website.language)));
    node.value(
        "potentialAction",
        website.search.and_then(web_address).map(|search| {
            json!({
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": format!("{search}?q={{search_term_string}}"),
                },
                "query-input": "required name=search_term_string",
            })
        }),
    );
    node.script()
}

/// The way from the site's first page to this one, which comes last.
pub fn json_ld_breadcrumbs(crumbs: &[Crumb<'_>]) -> String {
    let mut node = Node::new("BreadcrumbList");
    let items = crumbs
        .iter()
        .enumerate()
        .map(|(at, crumb)| list_item(at + 1, "item", crumb));
    node.list("itemListElement", items.collect());
    node.script()
}

/// JSON spelled for the inside of a `<script>`: without `<`, `>` and `&`, and
/// without the two line ends that JavaScript knows and JSON does not.
pub fn json_for_script(value: &Value) -> String {
    let json = value.to_string();
    let mut script = String::with_capacity(json.len() + json.len() / 16);
    // Outside strings JSON has none of these, so that each may be replaced by
    // its escape wherever it stands.
    for c in json.chars() {
        match c {
            '<' => script.push_str("\\u003c"),
            '>' => script.push_str("\\u003e"),
            '&' => script.push_str("\\u0026"),
            '\u{2028}' => script.push_str("\\u2028"),
            '\u{2029}' => script.push_str("\\u2029"),
            c => script.push(c),
        }
    }
    script
}

fn headline(title: &str) -> String {
    if title.chars().count() <= MAX_HEADLINE {
        return title.to_owned();
    }
    let cut: String = title.chars().take(MAX_HEADLINE - 1).collect();
    let whole_words = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..whole_words].trim_end())
}

fn person(author: &Author) -> Option<Value> {
    let names = Names::of(std::slice::from_ref(author));
    let name = names.list.into_iter().next()?;
    let mut node = Map::new();
    let mut put = |key: &str, value: Value| node.insert(key.to_owned(), value);
    let is_group = matches!(&name, Name::Whole(name) if is_group(name));
    let person_type = if is_group { "Organization" } else { "Person" };
    put("@type", person_type.into());
    if let Some(orcid) = author.orcid.as_deref().and_then(orcid_address) {
        put("@id", orcid.into());
    }
    put("name", name.in_order().into());
    if let Name::Person { family, given, .. } = name {
        put("givenName", given.into());
        put("familyName", family.into());
    }
    let affiliation = author
        .affiliation
        .as_deref()
        .map(one_line)
        .unwrap_or_default();
    if !affiliation.is_empty() {
        put("affiliation", organization(&affiliation));
    }
    Some(Value::Object(node))
}

fn organization(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

fn identifiers(work: &Work) -> Vec<Value> {
    [("doi", &work.doi), ("arXiv", &work.arxiv)]
        .into_iter()
        .filter_map(|(registry, value)| {
            let value = value.as_ref()?;
            Some(json!({ "@type": "PropertyValue", "propertyID": registry, "value": value }))
        })
        .collect()
}

/// Where else the paper has a page: at its registries and at its publisher.
fn addresses(item: &Item<'_>, work: &Work) -> Vec<Value> {
    let mut addresses: Vec<String> = item
        .paper
        .ids
        .iter()
        .filter_map(|id| id.url())
        .filter_map(|url| web_address(&url))
        .chain(work.page.clone())
        .collect();
    addresses.sort();
    addresses.dedup();
    addresses.into_iter().map(Value::from).collect()
}

fn container(work: &Work) -> Option<Value> {
    let venue = work.venue.as_deref()?;
    let part_type = match work.kind {
        Kind::Article => "Periodical",
        Kind::Proceedings => "PublicationVolume",
        _ => return None,
    };
    let mut part = json!({ "@type": part_type, "name": venue });
    if let Some(volume) = &work.volume {
        part["volumeNumber"] = volume.as_str().into();
    }
    if let Some(number) = &work.number {
        part["issueNumber"] = number.as_str().into();
    }
    Some(part)
}

fn license(license: &str) -> Option<Value> {
    if let Some(address) = web_address(license) {
        return Some(address.into());
    }
    let name = one_line(license);
    (!name.is_empty()).then(|| json!({ "@type": "CreativeWork", "name": name }))
}

fn thing(thing_type: &str, thing: &Thing<'_>) -> Value {
    let name = one_line(thing.name);
    match thing.url.and_then(web_address) {
        Some(url) => json!({ "@type": thing_type, "name": name, "url": url }),
        None => json!({ "@type": thing_type, "name": name }),
    }
}

fn list_item(position: usize, link: &str, thing: &Thing<'_>) -> Value {
    let mut item = json!({
        "@type": "ListItem",
        "position": position,
        "name": one_line(thing.name),
    });
    if let Some(url) = thing.url.and_then(web_address) {
        item[link] = url.into();
    }
    item
}

/// A node that is being written.
struct Node(Map<String, Value>);

impl Node {
    fn new(node_type: &str) -> Self {
        let mut map = Map::new();
        map.insert("@context".to_owned(), "https://schema.org".into());
        map.insert("@type".to_owned(), node_type.into());
        Self(map)
    }

    fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.0.insert(key.to_owned(), text.into());
        }
    }

    fn value(&mut self, key: &str, value: Option<Value>) {
        if let Some(value) = value {
            self.0.insert(key.to_owned(), value);
        }
    }

    fn list(&mut self, key: &str, list: Vec<Value>) {
        if !list.is_empty() {
            self.0.insert(key.to_owned(), Value::Array(list));
        }
    }

    fn script(self) -> String {
        json_for_script(&Value::Object(self.0))
    }
}
