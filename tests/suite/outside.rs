//! Outside files: a site reads only its own files, whatever links and names it
//! contains, unless its settings allow more.
#![cfg(unix)]

use std::os::unix::fs::symlink;

use crate::support::Site;

const SECRET: &str = "token-of-this-machine";

/// A site in a folder next to a secret.
fn site() -> Site {
    Site::new()
        .file("outer/secret.txt", SECRET)
        .file("outer/secret/static/secret.txt", SECRET)
        .file("outer/secret/templates/card.html", SECRET)
        .file("outer/site/.git/config", SECRET)
        .file("outer/site/.offprint/kept", SECRET)
        .file("outer/site/offprint.toml", "")
        .file(
            "outer/site/content/about.md",
            "+++\ntitle = \"About\"\n+++\n",
        )
}

/// Whether any published file contains the secret.
fn tells(site: &Site) -> bool {
    let tree = site.tree("outer/site/public");
    tree.iter()
        .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(SECRET))
}

#[test]
fn links_that_leave_the_site_are_refused_unless_the_settings_allow_them() {
    for (link, target) in [
        ("static/file.txt", "../../secret.txt"),
        ("static/deep/folder", "../../../secret"),
        ("static", "../secret"),
        ("static/environment", "/proc/self/environ"),
        ("static/config", "../.git/config"),
        ("static/git", "../.git"),
        ("static/kept", "../.offprint/kept"),
        ("templates/card.html", "../../secret.txt"),
        ("templates", "../secret/templates"),
        ("themes/own", "../../secret"),
        ("themes/own/static", "../../../secret/static"),
        ("themes", "../secret"),
    ] {
        let site = site();
        let at = site.path(&format!("outer/site/{link}"));
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        symlink(target, at).unwrap();
        let theme = if link == "themes" {
            "static"
        } else if link.starts_with("themes") {
            "own"
        } else {
            "gazette"
        };
        site.write(
            "outer/site/offprint.toml",
            format!("[site]\ntheme = \"{theme}\"\n"),
        );
        let build = || site.offprint(&["build", "--site", "outer/site"]);
        build()
            .fail()
            .stderr_contains("error[outside]")
            .stderr_contains("symlinks = \"anywhere\"")
            .stderr_lacks(SECRET);
        assert!(!site.has("outer/site/public"), "{link}");

        site.write(
            "outer/site/offprint.toml",
            format!("[site]\ntheme = \"{theme}\"\nsymlinks = \"anywhere\"\n"),
        );
        build().outcome().stderr_lacks("error[outside]");
    }
}

#[test]
fn a_link_within_the_site_is_followed() {
    let site = site().file("outer/site/shared/a.css", "p {}\n");
    std::fs::create_dir_all(site.path("outer/site/static")).unwrap();
    symlink("../shared/a.css", site.path("outer/site/static/one.css")).unwrap();
    symlink("../shared", site.path("outer/site/static/all")).unwrap();
    // Some editors mark open files with a dangling link.
    symlink("me@here.1", site.path("outer/site/static/.#one.css")).unwrap();
    let build = || site.offprint(&["build", "--site", "outer/site"]);
    build().succeed();
    assert_eq!(site.read("outer/site/public/one.css"), "p {}\n");
    assert_eq!(site.read("outer/site/public/all/a.css"), "p {}\n");
    // The site itself may be reached through a link.
    symlink("outer/site", site.path("by-link")).unwrap();
    site.offprint(&["build", "--site", "by-link"]).succeed();
    assert!(!tells(&site));
}

#[test]
fn a_theme_extends_only_folders_of_themes() {
    let absolute = site().path("outer/secret");
    let absolute = absolute.to_str().unwrap();
    for name in [
        "../../secret",
        "../../../secret",
        absolute,
        "..",
        ".",
        "gazette/../../secret",
        "..\\secret",
    ] {
        let site = site()
            .file("outer/site/offprint.toml", "[site]\ntheme = \"own\"\n")
            .file(
                "outer/site/themes/own/theme.toml",
                format!("name = \"Own\"\nextends = '{name}'\n"),
            );
        site.offprint(&["build", "--site", "outer/site"])
            .fail()
            .stderr_contains("themes/own/theme.toml:2:11")
            .stderr_contains("is not a valid name for a folder in themes/");
        assert!(!tells(&site));
    }
}

#[test]
fn a_long_chain_of_themes_is_not_a_cycle() {
    let chain = |length: usize, last: &str| {
        let mut site = Site::new().settings("[site]\ntheme = \"t1\"\n");
        for n in 1..=length {
            let next = if n == length {
                last.to_owned()
            } else {
                format!("t{}", n + 1)
            };
            site = site.file(
                &format!("themes/t{n}/theme.toml"),
                format!("name = \"T{n}\"\nextends = \"{next}\"\n"),
            );
        }
        site
    };
    chain(9, "gazette").build().succeed();
    chain(20, "gazette")
        .build()
        .fail()
        .stderr_contains("error[theme-chain]")
        .stderr_lacks("which builds on it");
    chain(3, "t2")
        .build()
        .fail()
        .stderr_contains("the theme `t3` builds on `t2`, which builds on it");
    chain(2, "gazete")
        .build()
        .fail()
        .stderr_contains("did you mean `gazette`?");
}

#[test]
fn a_byte_order_mark_is_ignored() {
    let site = Site::new()
        .file("offprint.toml", "\u{feff}[site]\ntheme = \"own\"\n")
        .file(
            "themes/own/theme.toml",
            "\u{feff}name = \"Own\"\nextends = \"gazette\"\n",
        )
        .file("themes/own/i18n/en.toml", "\u{feff}papers = \"Scrolls\"\n")
        .file(
            "themes/own/templates/papers.html",
            "\u{feff}{% extends \"theme/gazette/papers.html\" %}\n",
        )
        .file(
            "templates/index.html",
            "\u{feff}{% extends \"theme/gazette/index.html\" %}\n{% block main %}{{ t.papers }}{% endblock %}\n",
        );
    site.build().succeed();
    let home = site.read("public/index.html");
    assert!(home.contains("Scrolls") && !home.contains('\u{feff}'));
    site.write("templates/index.html", "\u{feff}{{ t.papers }}{% if %}\n");
    site.build()
        .fail()
        .stderr_contains("templates/index.html:1:");
}

#[test]
fn theme_options_are_bounded() {
    for value in ["9223372036854775807", "-1", "0", "25"] {
        Site::new()
            .settings(&format!("[theme]\nfront_papers = {value}\n"))
            .build()
            .fail()
            .stderr_contains("offprint.toml:2:16")
            .stderr_contains("must be between 1 and 24");
    }
    for (option, said) in [
        ("max = 5, default = 9", "must be between"),
        ("choices = [\"a\"], default = \"b\"", "it can be a"),
        ("min = 1", "needs a default"),
        ("default = 1, most = 3", "unknown key `options.width.most`"),
    ] {
        Site::new()
            .settings("[site]\ntheme = \"own\"\n")
            .file(
                "themes/own/theme.toml",
                format!("extends = \"gazette\"\n[options]\nwidth = {{ {option} }}\n"),
            )
            .build()
            .fail()
            .stderr_contains(said);
    }
    // A theme without options gets exactly the settings every program reads.
    let own = |value: &str| {
        Site::new()
            .settings(&format!(
                "[site]\ntheme = \"own\"\n[theme]\nwidth = {value}\n"
            ))
            .file(
                "themes/own/theme.toml",
                "extends = \"gazette\"\n[options]\nwidth = { default = 3 }\n",
            )
    };
    own("9223372036854775807")
        .build()
        .fail()
        .stderr_contains("out-of-bounds");
    own("1000000").build().succeed();
}
