//! Symbolic links in content/ that lead out of the site are not followed unless the
//! settings allow it.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::path::Path;

use crate::support::Site;

const SECRET: &str = "token-4711";

/// A site, and a folder outside it with a page, a digest and a folder.
fn site_and_outside() -> (Site, tempfile::TempDir) {
    let outside = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("page.md", format!("# Us\n\n{SECRET}\n")),
        (
            "digest.txt",
            format!("{SECRET} of Papers\n\nAbout {SECRET}, at length and with care.\n"),
        ),
        ("folder/us.md", format!("# Us\n\n{SECRET}\n")),
    ] {
        let path = outside.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    (Site::new().file("content/note.md", "# Note\n"), outside)
}

fn link(site: &Site, at: &str, target: &Path) {
    let path = site.path(at);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    symlink(target, path).unwrap();
}

fn published(site: &Site) -> bool {
    site.tree("public")
        .iter()
        .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(SECRET))
}

#[test]
fn a_link_out_of_the_site_is_refused() {
    for (at, target) in [
        ("content/about.md", "page.md"),
        ("content/digests/2025-01-01.txt", "digest.txt"),
        ("content/papers", "folder"),
        ("content/group", "folder"),
        ("content/urls.tsv", "page.md"),
    ] {
        let (site, outside) = site_and_outside();
        link(&site, at, &outside.path().join(target));
        let said = site.build().fail();
        assert!(said.stderr.contains("error[outside]"), "{at}: {said}");
        assert!(said.stderr.contains(at), "{at}: {said}");
        assert!(
            said.stderr.contains("symlinks = \"anywhere\""),
            "{at}: {said}"
        );
        assert!(!site.has("content/papers/2025"), "{at} was imported");
        assert!(!published(&site), "{at} was published");
    }
}

#[test]
fn a_link_into_a_hidden_folder_of_the_site_is_refused() {
    let site = Site::new().file(".git/config", format!("[{SECRET}]\n"));
    link(&site, "content/about.md", Path::new("../.git/config"));
    site.build().fail().stderr_contains("error[outside]");
    assert!(!published(&site));
}

#[test]
fn links_within_the_site_or_allowed_by_settings_are_followed() {
    let (site, outside) = site_and_outside();
    site.write("shared/us.md", format!("# Us\n\n{SECRET}\n"));
    link(&site, "content/about.md", Path::new("../shared/us.md"));
    site.build().succeed();
    assert!(site.read("public/about/index.html").contains(SECRET));

    link(&site, "content/group", &outside.path().join("folder"));
    site.build().fail();
    let site = site.settings("[site]\nsymlinks = \"anywhere\"\n[topics]\ntaxonomy = \"none\"\n");
    site.build().succeed();
    assert!(site.read("public/group/us/index.html").contains(SECRET));
}

#[test]
fn content_that_is_not_a_folder_is_an_error() {
    let site = Site::new();
    link(&site, "content", Path::new("nowhere"));
    site.build()
        .fail()
        .stderr_contains("not a folder, or a link that leads nowhere");
}
