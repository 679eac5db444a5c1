//! Files: what a request asks for, and how a page is changed on its way to the
//! browser. Nothing of this is ever on disk.

use std::path::{Path, PathBuf};

/// The script that listens for changes, as a page names it.
pub(super) const LIVE_SCRIPT: &str = "__offprint/live.js";

/// What an address leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A file.
    File(PathBuf),
    /// A folder without the slash at the end of its address.
    Folder,
    /// Nothing.
    Nothing,
}

/// What the path of a request, below the site's base, leads to. It cannot lead
/// out of the root.
pub(super) fn resolve(root: &Path, path: &str) -> Target {
    let Ok(decoded) = percent_encoding::percent_decode_str(path).decode_utf8() else {
        return Target::Nothing;
    };
    let mut file = root.to_owned();
    for part in decoded.split('/').filter(|part| !part.is_empty()) {
        if part == "." || part == ".." || part.contains(['\\', '\0', ':']) {
            return Target::Nothing;
        }
        file.push(part);
    }
    if decoded.is_empty() || decoded.ends_with('/') {
        file.push("index.html");
    }
    if file.is_file() {
        Target::File(file)
    } else if file.join("index.html").is_file() {
        Target::Folder
    } else {
        Target::Nothing
    }
}

/// The media type of a file by its name.
pub(super) fn media_type(file: &Path) -> String {
    let guess = mime_guess::from_path(file).first_or_octet_stream();
    match guess.type_() {
        mime_guess::mime::TEXT => format!("{guess}; charset=utf-8"),
        _ => guess.to_string(),
    }
}

/// A page with the script that listens for changes.
pub(super) fn with_live_script(html: &[u8], base: &str) -> Vec<u8> {
    let script = format!("<script type=\"module\" src=\"{base}{LIVE_SCRIPT}\"></script>\n");
    let at = memchr::memmem::rfind(html, b"</head>").unwrap_or(html.len());
    let mut out = Vec::with_capacity(html.len() + script.len());
    out.extend_from_slice(&html[..at]);
    out.extend_from_slice(script.as_bytes());
    out.extend_from_slice(&html[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_a_file_and_never_out_of_the_root() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("root");
        std::fs::create_dir_all(root.join("papers/ü")).unwrap();
        std::fs::write(root.join("papers/ü/index.html"), "x").unwrap();
        std::fs::write(outer.path().join("secret"), "x").unwrap();
        assert_eq!(
            resolve(&root, "papers/%C3%BC/"),
            Target::File(root.join("papers/ü/index.html"))
        );
        assert_eq!(resolve(&root, "papers/%C3%BC"), Target::Folder);
        for path in [
            "../secret",
            "%2e%2e/secret",
            "papers/..%2f..%2fsecret",
            "..%5csecret",
            "%00",
            "%ff",
            "nothing",
        ] {
            assert_eq!(resolve(&root, path), Target::Nothing, "{path}");
        }
    }

    #[test]
    fn the_script_goes_into_the_head() {
        let html = with_live_script(b"<head></head><body></body>", "/repo/");
        assert!(
            String::from_utf8(html)
                .unwrap()
                .starts_with("<head><script type=\"module\" src=\"/repo/__offprint/live.js\">")
        );
    }

    proptest::proptest! {
        #[test]
        fn any_path_stays_below_the_root(path in "\\PC{0,60}") {
            if let Target::File(file) = resolve(Path::new("/nowhere"), &path) {
                proptest::prop_assert!(file.starts_with("/nowhere"));
            }
        }
    }
}
