//! The sitemap (sitemaps.org, version 0.9): the URLs of all pages, for search
//! engines.

use rayon::prelude::*;

use super::feed::w3c_date;
use crate::cite::web_address;
use crate::model::Date;

/// The most URLs in one file.
const MAX_URLS: usize = 50_000;

/// The most bytes in one file: 50 MB as the protocol counts them.
const MAX_BYTES: usize = 52_428_800;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const XMLNS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// How many entries are written at a time, and wait in memory to be added to a file.
const WINDOW: usize = 4096;

/// The files of the sitemap, by name. `url` gives the absolute URL of each of the
/// `pages`, with the date of its last change if known; invalid ones are left out. The
/// result is a single `sitemap.xml` if the protocol's limits allow; otherwise
/// `sitemap-1.xml` and so on, with `sitemap.xml` as their index. `base` is the site's
/// URL, ending in `/`.
pub fn sitemap<P: Sync>(
    pages: &[P],
    url: impl Fn(&P) -> (String, Option<Date>) + Sync,
    base: &str,
) -> Vec<(String, String)> {
    split(pages, url, base, (MAX_URLS, MAX_BYTES))
}

fn split<P: Sync>(
    pages: &[P],
    url: impl Fn(&P) -> (String, Option<Date>) + Sync,
    base: &str,
    (max_urls, max_bytes): (usize, usize),
) -> Vec<(String, String)> {
    let mut parts = vec![Part::new()];
    for window in pages.chunks(WINDOW) {
        let lines = window.par_iter().filter_map(|page| {
            let (url, day) = url(page);
            Some((entry("url", &web_address(&url)?, day), day))
        });
        for (line, day) in lines.collect::<Vec<_>>() {
            let is_full = parts.last().is_none_or(|part| {
                part.count == max_urls || part.body.len() + line.len() + TAIL.len() > max_bytes
            });
            if is_full {
                parts.push(Part::new());
            }
            if let Some(part) = parts.last_mut() {
                part.body.push_str(&line);
                part.count += 1;
                part.newest = part.newest.max(day);
            }
        }
    }
    match <[Part; 1]>::try_from(parts) {
        Ok([only]) => vec![("sitemap.xml".to_owned(), only.finish())],
        Err(parts) => index(parts, base),
    }
}

/// The parts, preceded by their index.
fn index(parts: Vec<Part>, base: &str) -> Vec<(String, String)> {
    let mut index = format!("{HEAD}<sitemapindex xmlns=\"{XMLNS}\">\n");
    let mut files = Vec::with_capacity(parts.len() + 1);
    for (at, part) in parts.into_iter().enumerate() {
        let name = format!("sitemap-{}.xml", at + 1);
        index.push_str(&entry("sitemap", &format!("{base}{name}"), part.newest));
        files.push((name, part.finish()));
    }
    index.push_str("</sitemapindex>\n");
    files.insert(0, ("sitemap.xml".to_owned(), index));
    files
}

const TAIL: &str = "</urlset>\n";

/// A file under construction.
struct Part {
    body: String,
    count: usize,
    newest: Option<Date>,
}

impl Part {
    fn new() -> Self {
        Self {
            body: format!("{HEAD}<urlset xmlns=\"{XMLNS}\">\n"),
            count: 0,
            newest: None,
        }
    }

    fn finish(mut self) -> String {
        self.body.push_str(TAIL);
        // It waits to be written.
        self.body.shrink_to_fit();
        self.body
    }
}

/// In a normalised URL, only `&` needs escaping in XML.
fn entry(element: &str, address: &str, day: Option<Date>) -> String {
    let address = quick_xml::escape::escape(address);
    let day = day
        .map(|day| format!("<lastmod>{}</lastmod>", w3c_date(day)))
        .unwrap_or_default();
    format!("<{element}><loc>{address}</loc>{day}</{element}>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(count: i8) -> Vec<(String, Option<Date>)> {
        (1..=count)
            .map(|n| {
                let url = format!("https://a.org/p/{n}/?x=1&y=ü");
                (url, (n != 2).then(|| Date::constant(2025, 3, n)))
            })
            .collect()
    }

    #[test]
    fn a_small_site_has_one_file() {
        let files = sitemap(&urls(2), Clone::clone, "https://a.org/");
        assert_eq!(files.len(), 1);
        insta::assert_snapshot!(files[0].1);
    }

    #[test]
    fn a_large_site_has_an_index_of_files() {
        let files = split(&urls(5), Clone::clone, "https://a.org/", (2, MAX_BYTES));
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "sitemap.xml",
                "sitemap-1.xml",
                "sitemap-2.xml",
                "sitemap-3.xml"
            ]
        );
        insta::assert_snapshot!(files[0].1);
        assert_eq!(files[3].1.matches("<url>").count(), 1);
    }

    #[test]
    fn no_file_exceeds_the_limit_of_bytes() {
        let files = split(&urls(9), Clone::clone, "https://a.org/", (100, 400));
        assert!(files.len() > 3);
        assert!(files[1..].iter().all(|(_, file)| file.len() <= 400));
        let listed: usize = files[1..]
            .iter()
            .map(|(_, f)| f.matches("<url>").count())
            .sum();
        assert_eq!(listed, 9);
    }

    #[test]
    fn a_site_at_the_limit_is_not_split() {
        let url = ("https://a.org/".to_owned(), None);
        let files = sitemap(&vec![url.clone(); MAX_URLS], Clone::clone, "https://a.org/");
        assert_eq!(files.len(), 1);
        let files = sitemap(&vec![url; MAX_URLS + 1], Clone::clone, "https://a.org/");
        assert_eq!(files.len(), 3);
    }

    #[test]
    fn what_is_no_address_is_left_out() {
        let urls = [("javascript:alert(1)".to_owned(), None)];
        assert!(
            !sitemap(&urls, Clone::clone, "https://a.org/")[0]
                .1
                .contains("<loc>")
        );
    }
}
