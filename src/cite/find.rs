//! "Find this paper": links that search for a paper by title, for papers without a
//! known URL.

use super::plain::{one_line, percent_encode};

/// A link that searches for a paper on one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindLink {
    /// The site, as named in `[find] sites`.
    pub site: &'static str,
    /// Its display name.
    pub label: &'static str,
    /// The URL of the search results.
    pub url: String,
}

/// Each site's ID, display name, and URL before and after the query.
const SITES: [(&str, &str, &str, &str); 4] = [
    (
        "arxiv",
        "arXiv",
        "https://arxiv.org/search/?query=",
        "&searchtype=title",
    ),
    (
        "semantic-scholar",
        "Semantic Scholar",
        "https://www.semanticscholar.org/search?q=",
        "&sort=relevance",
    ),
    (
        "google-scholar",
        "Google Scholar",
        "https://scholar.google.com/scholar?q=",
        "",
    ),
    (
        "openalex",
        "OpenAlex",
        "https://openalex.org/works?filter=default.search:",
        "",
    ),
];

/// The longest query, in characters. Sites truncate or refuse longer ones.
const MAX_QUERY: usize = 300;

/// Links that search for a title on the given sites, in their order. Unknown sites,
/// and titles without letters, yield no links.
pub fn find_links(title: &str, sites: &[String]) -> Vec<FindLink> {
    let query = percent_encode(&query(title)).replace("%20", "+");
    if query.is_empty() {
        return Vec::new();
    }
    sites
        .iter()
        .filter_map(|name| SITES.iter().find(|(site, ..)| site == name))
        .map(|(site, label, before, after)| FindLink {
            site,
            label,
            url: format!("{before}{query}{after}"),
        })
        .collect()
}

/// The words of a title. Drops punctuation, since search fields take some of it for
/// operators and none of them match it. Hyphens, apostrophes and dots within words
/// stay ("GPT-3.5", "Schelling's").
fn query(title: &str) -> String {
    let line = one_line(title);
    let chars: Vec<char> = line.chars().take(4 * MAX_QUERY).collect();
    let mut query = String::new();
    let mut length = 0;
    let mut gap = false;
    for (at, &c) in chars.iter().enumerate() {
        let is_word = |at: Option<usize>| {
            at.and_then(|at| chars.get(at))
                .is_some_and(|c| c.is_alphanumeric())
        };
        let is_inner = matches!(c, '-' | '\'' | '’' | '.')
            && is_word(at.checked_sub(1))
            && is_word(Some(at + 1));
        // A combining accent belongs to its letter.
        let is_mark = !gap && unicode_normalization::char::is_combining_mark(c);
        if c.is_alphanumeric() || is_inner || is_mark {
            if gap && !query.is_empty() {
                if length >= MAX_QUERY {
                    break;
                }
                query.push(' ');
            }
            gap = false;
            query.push(c);
            length += 1;
        } else {
            gap = true;
        }
        if length >= 2 * MAX_QUERY {
            break;
        }
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<String> {
        SITES.iter().map(|(site, ..)| (*site).to_owned()).collect()
    }

    #[test]
    fn every_site_is_asked_for_the_title() {
        let links = find_links("GPT-3.5: R&D, 100% \"done\"?", &all());
        let urls: Vec<&str> = links.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(
            urls,
            [
                "https://arxiv.org/search/?query=GPT-3.5+R+D+100+done&searchtype=title",
                "https://www.semanticscholar.org/search?q=GPT-3.5+R+D+100+done&sort=relevance",
                "https://scholar.google.com/scholar?q=GPT-3.5+R+D+100+done",
                "https://openalex.org/works?filter=default.search:GPT-3.5+R+D+100+done",
            ]
        );
    }

    #[test]
    fn the_settings_choose_and_order_the_sites() {
        let sites = ["openalex", "nowhere", "arxiv"].map(str::to_owned);
        let found: Vec<&str> = find_links("x", &sites).iter().map(|l| l.site).collect();
        assert_eq!(found, ["openalex", "arxiv"]);
        assert_eq!(find_links("?!", &all()), []);
    }

    #[test]
    fn an_endless_title_is_cut() {
        for title in ["word ".repeat(100_000), "x".repeat(1_000_000)] {
            assert!(find_links(&title, &all())[0].url.len() < 1_000);
        }
    }
}
