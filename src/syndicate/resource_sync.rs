//! ResourceSync (ANSI/NISO Z39.99, version 1.1): what the site has and what
//! changed, for programs that keep a copy. All files are extended sitemaps.

use super::feed::{NO_DAY, moment};
use super::xml::Xml;
use crate::model::Date;

/// The folder of the lists.
const FOLDER: &str = "resourcesync/";

/// The path of the capability list.
pub const CAPABILITY_LIST: &str = "resourcesync/capabilitylist.xml";

/// The well-known path at which programs start.
const DESCRIPTION: &str = ".well-known/resourcesync";

/// The most entries in one file.
const MAX_ENTRIES: usize = 50_000;

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const TERMS: &str = "http://www.openarchives.org/rs/terms/";

/// A resource of the site. Its URL is absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The address.
    pub url: String,
    /// Its media type.
    pub media_type: &'static str,
    /// The date it was added to the site.
    pub created: Option<Date>,
    /// The date of its last change, if it changed.
    pub updated: Option<Date>,
    /// Other representations: URL and media type.
    pub forms: Vec<(String, &'static str)>,
}

impl Resource {
    fn modified(&self) -> Option<Date> {
        self.updated.max(self.created)
    }
}

/// The files, by path. `base` is the site's URL, ending in `/`.
///
/// Each list states when it was valid. Builds do not look at the clock, so this is
/// the date of the last change.
pub fn resource_sync(resources: &[Resource], base: &str) -> Vec<(String, String)> {
    split(resources, base, MAX_ENTRIES)
}

fn split(resources: &[Resource], base: &str, most: usize) -> Vec<(String, String)> {
    let days = resources.iter().filter_map(Resource::modified);
    let at = moment(days.max().unwrap_or(NO_DAY));
    let days = resources.iter().filter_map(|resource| resource.created);
    let from = moment(days.min().unwrap_or(NO_DAY));
    let mut files = vec![
        (DESCRIPTION.to_owned(), description(base)),
        (CAPABILITY_LIST.to_owned(), capabilities(base)),
    ];
    let list = List {
        name: "resourcelist",
        time: ("at", &at),
        base,
    };
    files.extend(list.files(resources, most, write_resource));
    let list = List {
        name: "changelist",
        time: ("from", &from),
        base,
    };
    files.extend(list.files(&changes(resources), most, write_change));
    files
}

fn begin(element: &str) -> Xml {
    let mut xml = Xml::new();
    xml.open(element, &[("xmlns", SITEMAP), ("xmlns:rs", TERMS)]);
    xml
}

fn finish(mut xml: Xml, element: &str) -> String {
    xml.close(element);
    xml.finish()
}

fn link(xml: &mut Xml, rel: &str, href: &str) {
    xml.empty("rs:ln", &[("rel", rel), ("href", href)]);
}

/// The source description, which links to the capability list.
fn description(base: &str) -> String {
    let mut xml = begin("urlset");
    link(&mut xml, "describedby", base);
    xml.empty("rs:md", &[("capability", "description")]);
    write_capability(&mut xml, base, "capabilitylist");
    finish(xml, "urlset")
}

/// The capability list.
fn capabilities(base: &str) -> String {
    let mut xml = begin("urlset");
    link(&mut xml, "describedby", base);
    link(&mut xml, "up", &format!("{base}{DESCRIPTION}"));
    xml.empty("rs:md", &[("capability", "capabilitylist")]);
    write_capability(&mut xml, base, "resourcelist");
    write_capability(&mut xml, base, "changelist");
    finish(xml, "urlset")
}

fn write_capability(xml: &mut Xml, base: &str, name: &str) {
    xml.open("url", &[]);
    xml.line("loc", &[], &format!("{base}{FOLDER}{name}.xml"));
    xml.empty("rs:md", &[("capability", name)]);
    xml.close("url");
}

/// One of the lists.
struct List<'a> {
    name: &'static str,
    /// The list's timestamp, and the name of its attribute.
    time: (&'static str, &'a str),
    base: &'a str,
}

impl List<'_> {
    /// The list's files: a single one, or an index and its parts.
    fn files<T>(
        &self,
        entries: &[T],
        most: usize,
        write: fn(&mut Xml, &T),
    ) -> Vec<(String, String)> {
        let Self { name, base, .. } = self;
        if entries.len() <= most {
            let only = self.file(entries, None, write);
            return vec![(format!("{FOLDER}{name}.xml"), only)];
        }
        let mut index = begin("sitemapindex");
        self.write_head(&mut index);
        let mut files = Vec::new();
        for (n, part) in entries.chunks(most).enumerate() {
            let path = format!("{FOLDER}{name}-{}.xml", n + 1);
            index.open("sitemap", &[]);
            index.line("loc", &[], &format!("{base}{path}"));
            index.empty("rs:md", &[self.time]);
            index.close("sitemap");
            let whole = format!("{base}{FOLDER}{name}.xml");
            files.push((path, self.file(part, Some(&whole), write)));
        }
        files.insert(
            0,
            (format!("{FOLDER}{name}.xml"), finish(index, "sitemapindex")),
        );
        files
    }

    fn file<T>(&self, entries: &[T], index: Option<&str>, write: fn(&mut Xml, &T)) -> String {
        let mut xml = begin("urlset");
        if let Some(index) = index {
            link(&mut xml, "index", index);
        }
        self.write_head(&mut xml);
        for entry in entries {
            write(&mut xml, entry);
        }
        finish(xml, "urlset")
    }

    fn write_head(&self, xml: &mut Xml) {
        link(xml, "up", &format!("{}{CAPABILITY_LIST}", self.base));
        xml.empty("rs:md", &[("capability", self.name), self.time]);
    }
}

fn write_resource(xml: &mut Xml, resource: &Resource) {
    xml.open("url", &[]);
    xml.line("loc", &[], &resource.url);
    if let Some(day) = resource.modified() {
        xml.line("lastmod", &[], &moment(day));
    }
    xml.empty("rs:md", &[("type", resource.media_type)]);
    for (url, media_type) in &resource.forms {
        let attributes = [("rel", "describedby"), ("href", url), ("type", media_type)];
        xml.empty("rs:ln", &attributes);
    }
    xml.close("url");
}

/// What happened to a resource on a day.
struct Change<'a> {
    resource: &'a Resource,
    what: &'static str,
    day: Date,
}

/// All known changes, oldest first.
fn changes(resources: &[Resource]) -> Vec<Change<'_>> {
    let of = |resource, what, day: Option<Date>| {
        day.map(|day| Change {
            resource,
            what,
            day,
        })
    };
    let mut changes: Vec<Change<'_>> = resources
        .iter()
        .flat_map(|resource| {
            let updated = resource.updated.filter(|day| Some(*day) > resource.created);
            [
                of(resource, "created", resource.created),
                of(
                    resource,
                    "updated",
                    updated.filter(|_| resource.created.is_some()),
                ),
            ]
        })
        .flatten()
        .collect();
    changes.sort_by(|a, b| (a.day, &a.resource.url).cmp(&(b.day, &b.resource.url)));
    changes
}

fn write_change(xml: &mut Xml, change: &Change<'_>) {
    let day = moment(change.day);
    xml.open("url", &[]);
    xml.line("loc", &[], &change.resource.url);
    xml.line("lastmod", &[], &day);
    let attributes = [
        ("change", change.what),
        ("datetime", &day),
        ("type", change.resource.media_type),
    ];
    xml.empty("rs:md", &attributes);
    xml.close("url");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resources() -> Vec<Resource> {
        (1..=3)
            .map(|n| Resource {
                url: format!("https://a.org/papers/{n}/"),
                media_type: "text/html",
                created: Some(Date::constant(2025, 3, 4 - n)),
                updated: (n == 2).then(|| Date::constant(2025, 6, 1)),
                forms: match n {
                    1 => vec![(
                        "https://a.org/papers/1/paper.bib".to_owned(),
                        "application/x-bibtex",
                    )],
                    _ => Vec::new(),
                },
            })
            .collect()
    }

    #[test]
    fn a_small_site_has_one_list_of_each_kind() {
        let files = resource_sync(&resources(), "https://a.org/");
        let all: Vec<String> = files
            .iter()
            .map(|(path, text)| format!("{path}\n{text}"))
            .collect();
        insta::assert_snapshot!(all.join("\n"));
    }

    #[test]
    fn a_large_site_has_indexes() {
        let files = split(&resources(), "https://a.org/", 2);
        let names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(
            names[2..],
            [
                "resourcesync/resourcelist.xml",
                "resourcesync/resourcelist-1.xml",
                "resourcesync/resourcelist-2.xml",
                "resourcesync/changelist.xml",
                "resourcesync/changelist-1.xml",
                "resourcesync/changelist-2.xml",
            ]
        );
        insta::assert_snapshot!(format!("{}\n{}", files[2].1, files[4].1));
    }

    #[test]
    fn what_has_no_day_is_listed_and_has_no_history() {
        let undated = [Resource {
            created: None,
            updated: None,
            ..resources().remove(0)
        }];
        let files = resource_sync(&undated, "https://a.org/");
        assert!(files[2].1.contains("papers/1/") && !files[2].1.contains("lastmod"));
        assert!(!files[3].1.contains("papers/1/"));
    }
}
