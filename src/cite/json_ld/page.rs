//! JSON-LD for pages other than papers: lists of papers, the site, and breadcrumbs.

use std::borrow::Cow;

use serde::Serialize;

use super::{CONTEXT, Thing, line, script, web_address};

/// One breadcrumb.
pub type Crumb<'a> = Thing<'a>;

/// A page that lists papers.
#[derive(Debug, Clone, Copy)]
pub struct Collection<'a> {
    /// Its title in plain text.
    pub name: &'a str,
    /// Its description in plain text; may be empty.
    pub description: &'a str,
    /// Its absolute URL, if known.
    pub url: Option<&'a str>,
    /// The site's language, as a BCP 47 tag.
    pub language: &'a str,
    /// The total number of papers, of which the page may show a part.
    pub total: usize,
    /// The position of the first item of [`Self::items`], starting at 1.
    pub first: usize,
    /// The papers on the page, in order.
    pub items: &'a [Thing<'a>],
}

/// The site.
#[derive(Debug, Clone, Copy)]
pub struct Website<'a> {
    /// Its title in plain text.
    pub name: &'a str,
    /// Its description in plain text; may be empty.
    pub description: &'a str,
    /// The absolute URL of its front page.
    pub url: &'a str,
    /// Its language, as a BCP 47 tag.
    pub language: &'a str,
    /// The absolute URL of its search page, which takes the query as `q`. `None` if
    /// the site has no search.
    pub search: Option<&'a str>,
}

/// What list pages and the site have in common.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    node_type: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: Cow<'a, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    in_language: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity: Option<List<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    potential_action: Option<Search>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'a> {
    #[serde(rename = "@type")]
    node_type: &'static str,
    number_of_items: usize,
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    node_type: &'static str,
    position: usize,
    name: Cow<'a, str>,
    /// The URL, for an entry of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The URL, for a breadcrumb.
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
}

#[derive(Serialize)]
struct Search {
    #[serde(rename = "@type")]
    node_type: &'static str,
    target: EntryPoint,
    #[serde(rename = "query-input")]
    query_input: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryPoint {
    #[serde(rename = "@type")]
    node_type: &'static str,
    url_template: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Way<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    node_type: &'static str,
    item_list_element: Vec<ListItem<'a>>,
}

/// JSON-LD for a page that lists papers: a topic, digest, author or venue.
pub fn json_ld_collection(collection: &Collection<'_>) -> String {
    let url = collection.url.and_then(web_address);
    let items = collection.items.iter().enumerate();
    script(&Page {
        context: CONTEXT,
        node_type: "CollectionPage",
        id: url.as_deref(),
        name: line(collection.name),
        description: line(collection.description),
        url: url.as_deref(),
        in_language: line(collection.language),
        main_entity: Some(List {
            node_type: "ItemList",
            number_of_items: collection.total,
            item_list_element: items
                .map(|(at, item)| ListItem {
                    url: item.url.and_then(web_address),
                    ..ListItem::new(collection.first + at, item)
                })
                .collect(),
        }),
        potential_action: None,
    })
}

/// JSON-LD for the front page.
pub fn json_ld_website(website: &Website<'_>) -> String {
    let url = web_address(website.url);
    let search = website.search.and_then(web_address);
    script(&Page {
        context: CONTEXT,
        node_type: "WebSite",
        id: url.as_deref(),
        name: line(website.name),
        description: line(website.description),
        url: url.as_deref(),
        in_language: line(website.language),
        main_entity: None,
        potential_action: search.map(|search| Search {
            node_type: "SearchAction",
            target: EntryPoint {
                node_type: "EntryPoint",
                url_template: format!("{search}?q={{search_term_string}}"),
            },
            query_input: "required name=search_term_string",
        }),
    })
}

/// JSON-LD for the breadcrumbs from the front page to this one, which comes last.
pub fn json_ld_breadcrumbs(crumbs: &[Crumb<'_>]) -> String {
    let steps = crumbs.iter().enumerate();
    script(&Way {
        context: CONTEXT,
        node_type: "BreadcrumbList",
        item_list_element: steps
            .map(|(at, crumb)| ListItem {
                item: crumb.url.and_then(web_address),
                ..ListItem::new(at + 1, crumb)
            })
            .collect(),
    })
}

impl<'a> ListItem<'a> {
    fn new(position: usize, thing: &Thing<'a>) -> Self {
        Self {
            node_type: "ListItem",
            position,
            name: line(thing.name),
            url: None,
            item: None,
        }
    }
}
