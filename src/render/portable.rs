//! A portable page: one that opens from a disk or a stick, without a server. There a
//! folder is a folder and no page, and browsers load no modules.

use std::ops::Range;

use super::markdown::{Attribute, Item, items};

/// The file that a server shows for a folder.
const INDEX: &str = "index.html";

/// A page of the site with its links and scripts as they work without a server.
pub fn portable(html: &str) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for item in items(html) {
        let Item::Open {
            name, attributes, ..
        } = item
        else {
            continue;
        };
        match name.as_str() {
            "a" | "area" | "form" | "link" => {
                let links = attributes
                    .iter()
                    .filter(|attribute| matches!(attribute.name.as_str(), "href" | "action"));
                edits.extend(links.filter_map(|link| {
                    let file = file_of(&link.value)?;
                    Some((link.span.clone(), written(&link.name, &file)))
                }));
            }
            "script" => {
                let module = |a: &&Attribute| a.name == "type" && a.value == "module";
                let module = attributes.iter().find(module);
                edits.extend(module.map(|module| (module.span.clone(), "defer".to_owned())));
            }
            "meta" => edits.extend(meta(&attributes)),
            _ => {}
        }
    }
    let mut out = String::with_capacity(html.len() + edits.len() * INDEX.len());
    let mut at = 0;
    for (span, text) in edits {
        out.push_str(&html[at..span.start]);
        out.push_str(&text);
        at = span.end;
    }
    out.push_str(&html[at..]);
    out
}

/// A tag that sends on, or that says which scripts may run.
fn meta(attributes: &[Attribute]) -> Option<(Range<usize>, String)> {
    let find = |name: &str| attributes.iter().find(|attribute| attribute.name == name);
    let kind = find("http-equiv")?;
    let content = find("content")?;
    let value = match kind.value.to_ascii_lowercase().as_str() {
        "refresh" => {
            let (before, to) = content.value.split_once("url=")?;
            format!("{before}url={}", file_of(to)?)
        }
        // A file has no origin that `'self'` could mean.
        "content-security-policy" => content.value.replace("'self'", "'self' file:"),
        _ => return None,
    };
    Some((content.span.clone(), written("content", &value)))
}

/// An attribute between quotation marks, in which an apostrophe is itself.
fn written(name: &str, value: &str) -> String {
    let value = value
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;");
    format!("{name}=\"{value}\"")
}

/// The file that a link within the site leads to; `None` where it is one already, or
/// leads elsewhere.
fn file_of(link: &str) -> Option<String> {
    let end = link.find(['?', '#']).unwrap_or(link.len());
    let (path, rest) = link.split_at(end);
    let first = path.split('/').next().unwrap_or_default();
    if first.contains(':') || path.starts_with('/') {
        return None;
    }
    // A part or a query of this very page.
    if path.is_empty() {
        return link.is_empty().then(|| INDEX.to_owned());
    }
    match path.rsplit('/').next().unwrap_or_default() {
        "" => Some(format!("{path}{INDEX}{rest}")),
        "." | ".." => Some(format!("{path}/{INDEX}{rest}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_folder_leads_to_its_page() {
        for (link, want) in [
            ("", Some("index.html")),
            ("./", Some("./index.html")),
            ("..", Some("../index.html")),
            ("../topics/rag/", Some("../topics/rag/index.html")),
            ("../search/?q=a/b#c", Some("../search/index.html?q=a/b#c")),
            ("x/#top", Some("x/index.html#top")),
            ("#part", None),
            ("?q=x", None),
            ("paper.bib", None),
            ("a/b.html#c/", None),
            ("https://example.org/", None),
            ("mailto:ann@example.org", None),
            ("//example.org/", None),
            ("/root/", None),
        ] {
            assert_eq!(file_of(link).as_deref(), want, "{link}");
        }
    }

    #[test]
    fn links_scripts_and_policies_are_rewritten() {
        let page = "<meta http-equiv=\"refresh\" content=\"0; url=../a/\"><meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self'; img-src 'self' data:\"><script type=\"module\" src=\"x.js\"></script><!-- <a href=\"b/\"> --><a class=c href='../d/?x=1&amp;y=2'>d/</a><script>'<a href=\"e/\">'</script>";
        let want = "<meta http-equiv=\"refresh\" content=\"0; url=../a/index.html\"><meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self' file:; img-src 'self' file: data:\"><script defer src=\"x.js\"></script><!-- <a href=\"b/\"> --><a class=c href=\"../d/index.html?x=1&amp;y=2\">d/</a><script>'<a href=\"e/\">'</script>";
        assert_eq!(portable(page), want);
    }
}
