//! Resolves the URLs in a page to targets within the site.

use percent_encoding::percent_decode_str;

/// Where a URL leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// To an anchor on the same page.
    Anchor(String),
    /// To a file of the site, perhaps with an anchor.
    File(String, Option<String>),
    /// Out of the site's root folder.
    Outside,
}

/// Where a URL in a page leads. `None` if it is on another site.
pub(super) fn target(page: &str, address: &str, base_url: &str) -> Option<Target> {
    let address = address.trim();
    let (before, anchor) = match address.split_once('#') {
        Some((before, anchor)) => (before, Some(decoded(anchor))),
        None => (address, None),
    };
    let path = before.split('?').next().unwrap_or_default();
    if before.is_empty() {
        return anchor.map(Target::Anchor);
    }
    if path.is_empty() {
        // The same page with another query.
        return Some(Target::File(page.to_owned(), anchor));
    }
    let steps = if let Some(own) = own_path(path, base_url) {
        resolved(Vec::new(), own)
    } else if has_scheme(path) || path.starts_with("//") {
        return None;
    } else if let Some(from_root) = path.strip_prefix('/') {
        // The site is at the server's root or in one of its folders.
        let mount = mount(base_url);
        match from_root.strip_prefix(mount.as_str()) {
            Some(own) => resolved(Vec::new(), own),
            None if format!("{from_root}/") == mount => Some(Vec::new()),
            None => None,
        }
    } else {
        let mut folder: Vec<&str> = page.split('/').collect();
        folder.pop();
        resolved(folder, path)
    };
    let Some(mut file) = steps.map(|steps| decoded(&steps.join("/"))) else {
        return Some(Target::Outside);
    };
    let is_folder = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
    if is_folder || file.is_empty() {
        if !file.is_empty() {
            file.push('/');
        }
        file.push_str("index.html");
    }
    Some(Target::File(file, anchor))
}

/// The path of an absolute URL of this site, relative to its base URL.
fn own_path<'a>(path: &'a str, base_url: &str) -> Option<&'a str> {
    if base_url.is_empty() {
        return None;
    }
    match path.strip_prefix(base_url) {
        Some(own) => Some(own),
        None => (path == base_url.trim_end_matches('/')).then_some(""),
    }
}

/// The server's folder that contains the site, for example `papers/`; empty for the
/// root.
fn mount(base_url: &str) -> String {
    url::Url::parse(base_url)
        .map(|url| url.path().trim_start_matches('/').to_owned())
        .unwrap_or_default()
}

/// Whether a URL starts with `https:` or another scheme.
fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

/// The segments of a path resolved relative to a folder. `None` if it leads above
/// the root.
fn resolved<'a>(mut folder: Vec<&'a str>, path: &'a str) -> Option<Vec<&'a str>> {
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                folder.pop()?;
            }
            part => folder.push(part),
        }
    }
    Some(folder)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files_of_the_site_or_elsewhere() {
        let base = "https://example.org/digest/";
        let page = "papers/a/index.html";
        let file = |file: &str| Some(Target::File(file.to_owned(), None));
        for (address, want) in [
            ("../b/", file("papers/b/index.html")),
            ("../b", file("papers/b")),
            ("../../", file("index.html")),
            ("../..", file("index.html")),
            ("./", file("papers/a/index.html")),
            ("?q=lora", file("papers/a/index.html")),
            ("../../style.css?v=1", file("style.css")),
            ("../caf%C3%A9/", file("papers/café/index.html")),
            ("/digest/topics/", file("topics/index.html")),
            ("/digest", file("index.html")),
            ("/other/", Some(Target::Outside)),
            ("../../../", Some(Target::Outside)),
            ("https://example.org/digest/feed.xml", file("feed.xml")),
            ("https://example.org/digest", file("index.html")),
            ("https://example.org/", None),
            ("//example.org/x", None),
            ("mailto:a@example.org", None),
            ("#abstract", Some(Target::Anchor("abstract".into()))),
            (
                "../b/#r%20x",
                Some(Target::File(
                    "papers/b/index.html".into(),
                    Some("r x".into()),
                )),
            ),
        ] {
            assert_eq!(target(page, address, base), want, "{address}");
        }
        assert_eq!(
            target("index.html", "/topics/", ""),
            file("topics/index.html")
        );
    }

    proptest::proptest! {
        #[test]
        fn any_address_is_followed(page in "[a-z/.]{0,12}", address in "\\PC{0,30}") {
            let _ = target(&page, &address, "https://example.org/x/");
        }
    }
}
