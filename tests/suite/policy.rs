//! The Content-Security-Policy of pages: nothing is loaded from other origins
//! unless the settings allow it, and violations in templates are reported.

use crate::support::Site;

/// Everything that has to be allowed for the site `plain`.
const SETTINGS: &str =
    "[site]\nbase_url = \"https://set.test/papers/\"\n[topics]\ntaxonomy = \"none\"\n";

fn site(settings: &str) -> Site {
    Site::new()
        .settings(&format!("{SETTINGS}{settings}"))
        .file(
            "content/papers/gears.md",
            "+++\ntitle = \"Gears\"\nids = [\"doi:10.1234/gears\"]\n+++\nThey turn.\n",
        )
        .file("content/about.md", "+++\ntitle = \"About\"\n+++\nText.\n")
}

/// The policy of a page.
fn policy(page: &str) -> &str {
    let (_, rest) = page
        .split_once("Content-Security-Policy\" content=\"")
        .unwrap();
    rest.split('"').next().unwrap()
}

#[test]
fn pages_allow_no_other_origins() {
    let site = site("");
    site.build().succeed().stderr_lacks("warning");
    for page in [
        "index.html",
        "papers/gears/index.html",
        "about/index.html",
        "404.html",
    ] {
        let page = site.read(&format!("public/{page}"));
        let policy = policy(&page);
        assert!(policy.contains("script-src 'self';"), "{policy}");
        assert!(!policy.contains("http"), "{policy}");
    }
}

// hugo-coder 898, blowfish 1167: a script added by a site is written and then
// blocked.
#[test]
fn a_script_in_a_template_runs_once_its_host_is_allowed() {
    let base = "{% extends \"theme/gazette/base.html\" %}\n\
                {% block head %}{{ super() }}<script async src=\"https://count.test/c.js\"></script>\n{% endblock %}\n";
    let site = site("").file("templates/base.html", base);
    site.build()
        .succeed()
        .stderr_contains("warning[blocked]")
        .stderr_contains("templates/base.html:2:")
        .stderr_contains("`scripts = [\"https://count.test\"]`");
    site.write(
        "offprint.toml",
        format!("{SETTINGS}[security]\nscripts = [\"https://count.test\"]\n"),
    );
    site.build().succeed().stderr_lacks("blocked");
    let page = site.read("public/about/index.html");
    assert!(
        policy(&page).contains("script-src 'self' https://count.test;"),
        "{page}"
    );
    assert!(page.contains("src=\"https://count.test/c.js\""), "{page}");
}

#[test]
fn scripts_of_the_settings_need_no_template() {
    let site = site(
        "[[script]]\nsrc = \"https://count.test/c.js\"\ndata-site = \"a\\\"b\"\n\
         [[script]]\nsrc = \"https://talk.test/t.js\"\nplace = \"end\"\npages = [\"paper\"]\ntarget = \"talk\"\n\
         [[script]]\nsrc = \"own.js\"\ntype = \"module\"\n",
    )
    .file("static/own.js", "export {};\n");
    site.build().succeed().stderr_lacks("warning");
    let paper = site.read("public/papers/gears/index.html");
    let about = site.read("public/about/index.html");
    for page in [&paper, &about] {
        let head = page.split("</head>").next().unwrap();
        assert!(
            head.contains(
                "<script src=\"https://count.test/c.js\" defer data-site=\"a&quot;b\"></script>"
            ),
            "{head}"
        );
        assert!(
            policy(page).contains("script-src 'self' https://count.test"),
            "{head}"
        );
    }
    assert!(
        paper.contains("<script src=\"../../own.js\" type=\"module\"></script>"),
        "{paper}"
    );
    assert!(paper.contains("<div id=\"talk\"></div>\n<script src=\"https://talk.test/t.js\" defer></script>\n</main>"), "{paper}");
    assert!(!about.contains("talk"), "{about}");
    assert!(
        policy(&paper).contains("default-src 'self' https://count.test https://talk.test data:")
    );
    site.offprint(&["check"]).succeed();
    site.rename("static/own.js", "static/other.js");
    site.build()
        .succeed()
        .stderr_contains("warning[no-script]")
        .stderr_contains("static/own.js");
    // As published: minified.
    site.offprint(&["build"]).succeed();
    let paper = site.read("public/papers/gears/index.html");
    assert!(
        paper.contains("<script src=https://talk.test/t.js defer></script>"),
        "{paper}"
    );
}

#[test]
fn a_template_without_the_policy_is_reported() {
    let blocks = [
        "title", "head", "styles", "header", "main", "aside", "footer",
    ];
    let blocks = blocks.map(|name| format!("{{% block {name} %}}{{% endblock %}}"));
    let own = format!(
        "<!doctype html>\n<html lang=\"en\"><body>{}</body></html>\n",
        blocks.concat()
    );
    let site = site("[security]\nframes = [\"https://f.test\"]\n").file("templates/base.html", own);
    site.build()
        .succeed()
        .stderr_contains("warning[no-policy]")
        .stderr_contains("`page.policy`");
}

#[test]
fn an_inline_script_is_reported() {
    let own = "{% extends \"theme/gazette/page.html\" %}\n{% block head %}<script>count()</script>{% endblock %}\n";
    let site = site("").file("templates/page.html", own);
    site.build()
        .succeed()
        .stderr_contains("templates/page.html:2:")
        .stderr_contains("static/");
}

#[test]
fn a_note_on_the_front_page_shows_its_pictures() {
    let site = site("").file(
        "content/digests/2025-03-14.md",
        "+++\ntitle = \"A day\"\ndate = 2025-03-14\npapers = [\"gears\"]\n+++\n![Gears](https://pictures.test/gears.png)\n",
    );
    site.build().succeed();
    let page = site.read("public/index.html");
    assert!(page.contains("https://pictures.test/gears.png"), "{page}");
    assert!(
        policy(&page).contains("img-src 'self' data: https://pictures.test;"),
        "{page}"
    );
}

#[test]
fn robots_and_security_files_follow_the_settings() {
    let site = site(
        "[security]\ncontact = \"mailto:safe@set.test\"\nexpires = 2027-06-30\n\
         [robots]\nindex = false\nai = \"deny\"\ndisallow = [\"/search/\"]\n",
    );
    site.build().succeed();
    let robots = site.read("public/robots.txt");
    assert!(
        robots.starts_with("User-agent: *\nDisallow: /papers/search/\n"),
        "{robots}"
    );
    assert!(
        robots.contains("User-agent: GPTBot\n") && !robots.contains("Sitemap"),
        "{robots}"
    );
    assert!(!site.has("public/sitemap.xml") && !site.has("public/llms.txt"));
    for page in ["index.html", "papers/gears/index.html"] {
        let page = site.read(&format!("public/{page}"));
        assert!(
            page.contains("<meta name=\"robots\" content=\"noindex\">"),
            "{page}"
        );
    }
    let security = site.read("public/.well-known/security.txt");
    assert!(
        security.contains("Expires: 2027-06-30T23:59:59Z\n"),
        "{security}"
    );
    // The site's own files win.
    site.write("static/robots.txt", "User-agent: *\nAllow: /\n");
    site.write(
        "static/.well-known/security.txt",
        "Contact: https://set.test/\nExpires: 2020-01-01T00:00:00Z\n",
    );
    site.build().succeed();
    assert_eq!(site.read("public/robots.txt"), "User-agent: *\nAllow: /\n");
    site.offprint(&["check"])
        .succeed()
        .stderr_contains("warning[expired]")
        .stderr_contains(".well-known/security.txt");
}

/// The report of a build.
fn said(site: &Site) -> Vec<String> {
    let report = site.offprint(&["build", "--json"]).succeed().json();
    let said = report["diagnostics"].as_array().unwrap();
    said.iter()
        .map(|said| said["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_site_without_base_url_is_told_what_is_missing() {
    let site = site("");
    site.write("offprint.toml", "[topics]\ntaxonomy = \"none\"\n");
    assert_eq!(said(&site), ["no-base-url"]);
    // A build with nothing to do reports it too and still does nothing, once the
    // files are old enough.
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert_eq!(said(&site), ["no-base-url"]);
    let report = site.offprint(&["build", "--json"]).succeed().json();
    let stages: Vec<&str> = report["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| stage["name"].as_str().unwrap())
        .collect();
    assert_eq!(stages, ["look"], "{report}");
    assert_eq!(said(&site), ["no-base-url"]);
    site.build()
        .succeed()
        .stderr_contains("base_url")
        .stderr_contains("--base-url");
    let page = site.read("public/index.html");
    assert!(
        !page.contains("feed.xml") && !page.contains("opml.xml"),
        "{page}"
    );
    site.write("offprint.toml", SETTINGS);
    assert!(said(&site).is_empty());
}

#[test]
fn feeds_are_linked_where_readers_look() {
    let site = site("").file(
        "content/topics/gears.md",
        "+++\nname = \"Gears\"\nmatch = 'gears^5'\n+++\n",
    );
    site.build().succeed();
    let body = |page: &str| {
        let page = site.read(&format!("public/{page}"));
        page.split_once("<body").unwrap().1.to_owned()
    };
    let front = body("index.html");
    for link in [
        "href=\"feed.xml\"",
        "href=\"feed.json\"",
        "href=\"opml.xml\"",
        ">Subscribe<",
    ] {
        assert!(front.contains(link), "{link}\n{front}");
    }
    let topic = body("topics/gears/index.html");
    assert!(
        topic.contains("href=\"../../topics/gears/feed.xml\"") && topic.contains(">Subscribe<"),
        "{topic}"
    );
    assert!(topic.contains("href=\"../../feed.xml\""), "{topic}");
    assert!(body("topics/index.html").contains("href=\"../opml.xml\""));
    assert!(!body("papers/gears/index.html").contains("feed.xml"));
}
