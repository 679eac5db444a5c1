//! Page metadata for citing, sharing and subscribing, and for machines.

use serde_json::Value;

use crate::support::Site;

const EVIL: &str = "</script><script>alert(1)</script> & \"quotes\" 'and' <b>";

/// Enough papers for a feed archive, in one digest and one topic.
fn press(settings: &str) -> Site {
    let mut site = Site::new()
        .settings(&format!(
            "[site]\ntitle = \"The Press\"\nbase_url = \"https://press.test/\"\n\
             [topics]\ntaxonomy = \"none\"\n[feeds]\nlimit = 2\n{settings}"
        ))
        .file(
            "content/topics/ink.md",
            "+++\nname = \"Ink & <i>Paper</i>\"\nmatch = 'ink^5'\n+++\n",
        )
        .file(
            "content/papers/evil.md",
            format!(
                "+++\ntitle = {EVIL:?}\ndate = 2025-03-06\nauthors = [{EVIL:?}]\n\
                 topics = [\"ink\"]\n+++\n{EVIL}\n"
            ),
        );
    for n in 1..=5 {
        site = site.file(
            &format!("content/papers/ink-{n}.md"),
            format!(
                "+++\ntitle = \"Ink of Kind {n}\"\ndate = 2025-03-0{n}\nids = [\"arxiv:2503.0000{n}\"]\n\
                 authors = [\"Ada Apple\", \"Ben Birch\"]\nyear = 2025\n+++\nWe propose ink number {n}.\n"
            ),
        );
    }
    site.file(
        "content/digests/2025-03-06.md",
        "+++\ndate = 2025-03-06\npapers = [\"evil\", \"ink-5\", \"ink-4\", \"ink-3\", \"ink-2\", \"ink-1\"]\n+++\n",
    )
}

/// A page's structured data.
fn data(page: &str) -> Value {
    let (_, rest) = page
        .split_once("<script type=\"application/ld+json\">")
        .expect("structured data");
    let (json, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(json).unwrap()
}

#[test]
fn a_paper_can_be_cited_in_every_form_without_script() {
    const FORMS: [&str; 7] = [
        "<dt>APA</dt><dd>Apple, A., &amp; Birch, B. (2025).",
        "<dt>MLA</dt>",
        "<dt>Chicago</dt>",
        "<dt>IEEE</dt>",
        "apple2025ink",
        "TY  - ",
        "&quot;type&quot;",
    ];
    let site = press("");
    site.build().succeed();
    let page = site.read("public/papers/ink-3/index.html");
    for part in [
        "@misc{apple2025ink",
        "<a href=\"cite.html\">APA, MLA, Chicago, IEEE, RIS, CSL JSON</a>",
        "<link rel=\"cite-as\" href=\"https://arxiv.org/abs/2503.00003\">",
        "<link rel=\"describedby alternate\" type=\"application/x-bibtex\" href=\"paper.bib\">",
        "type=\"application/x-research-info-systems\" href=\"paper.ris\">",
        "type=\"application/vnd.citationstyles.csl+json\" href=\"paper.json\">",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let sheet = site.read("public/papers/ink-3/cite.html");
    for part in FORMS {
        assert!(sheet.contains(part), "{part}\n{sheet}");
    }
    // Sharing or finding an extra page should lead to the paper.
    for part in [
        "<link rel=\"canonical\" href=\"https://press.test/papers/ink-3/\">",
        "<meta name=\"robots\" content=\"noindex\">",
        "https://bsky.app/",
        "href=\"mailto:",
    ] {
        assert!(sheet.contains(part), "{part}\n{sheet}");
    }
    assert!(!site.read("public/sitemap.xml").contains("cite.html"));
    assert!(
        site.read("public/papers/ink-3/paper.bib")
            .starts_with("@misc{apple2025ink")
    );
    assert!(
        site.read("public/papers/ink-3/paper.ris")
            .starts_with("TY  - ")
    );
    let csl: Value = serde_json::from_str(&site.read("public/papers/ink-3/paper.json")).unwrap();
    assert!(csl[0]["id"].as_str().unwrap().starts_with("apple2025ink"));
    assert_eq!(data(&page)["@type"], "ScholarlyArticle");
    assert_eq!(data(&page)["about"][0]["name"], "Ink & <i>Paper</i>");
    // Everything can also be on the page itself.
    let site = press("[theme]\npaper_foot = \"all\"\n");
    site.build().succeed();
    let page = site.read("public/papers/ink-3/index.html");
    for part in FORMS.into_iter().chain(["https://bsky.app/"]) {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!site.has("public/papers/ink-3/cite.html"));
}

#[test]
fn a_paper_with_thousands_of_authors_shows_the_first() {
    let names: Vec<String> = (1..=3_000).map(|n| format!("\"Person N{n}\"")).collect();
    let site = Site::new().file(
        "content/papers/crowd.md",
        format!(
            "+++\ntitle = \"A Crowd\"\nauthors = [{}]\nyear = 2025\n+++\nWe are many.\n",
            names.join(", ")
        ),
    );
    site.build().succeed();
    let page = site.read("public/papers/crowd/index.html");
    assert!(page.len() < 15_000, "{}", page.len());
    assert!(
        page.contains("Person N50 <span>and 2,950 more</span>"),
        "{page}"
    );
    assert!(!page.contains("Person N51"), "{page}");
    let all = site.read("public/papers/crowd/paper.bib");
    assert!(all.contains("Person") && all.contains("N3000"), "{all}");
    assert!(site.read("public/papers/crowd/cite.html").contains("N3000"));
}

#[test]
fn large_sites_can_have_a_short_foot() {
    let site = press("[theme]\npaper_foot = \"short\"\n");
    site.build().succeed();
    let page = site.read("public/papers/ink-3/index.html");
    assert!(page.contains("apple2025ink"));
    for part in ["class=\"references\"", "TY  - ", "CSL JSON", "bsky.app"] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(!site.has("public/papers/ink-3/cite.html"));
    assert!(!site.has("public/papers/ink-3/paper.bib"));
}

#[test]
fn list_pages_describe_their_items() {
    let site = press("[paginate]\nsize = 4\n");
    site.build().succeed();
    let home = data(&site.read("public/index.html"));
    assert_eq!(home["@type"], "WebSite");
    assert!(home["potentialAction"].to_string().contains("search/?q="));
    let second = site.read("public/topics/ink/page/2/index.html");
    let list = data(&second);
    assert_eq!(list[0]["@type"], "CollectionPage");
    assert_eq!(list[0]["mainEntity"]["itemListElement"][0]["position"], 5);
    assert_eq!(list[1]["itemListElement"].as_array().unwrap().len(), 3);
    assert_eq!(second.matches("class=\"Z3988\"").count(), 2);
    let all = site.read("public/papers/index.html");
    assert_eq!(data(&all)[0]["mainEntity"]["numberOfItems"], 6);
    assert_eq!(
        data(&all)[1]["itemListElement"].as_array().unwrap().len(),
        2
    );
    assert_eq!(all.matches("class=\"Z3988\"").count(), 4);
    let author = site.read("public/authors/ada-apple/index.html");
    assert_eq!(data(&author)[0]["mainEntity"]["numberOfItems"], 5);
    assert_eq!(author.matches("class=\"Z3988\"").count(), 4);
    let digest = site.read("public/digests/2025-03-06/index.html");
    assert_eq!(data(&digest)[0]["mainEntity"]["numberOfItems"], 6);
    assert!(
        digest.contains("content=\"6 papers, among them: "),
        "{digest}"
    );
}

#[test]
fn share_links_are_plain_links() {
    let site = press("[share]\nnetworks = [\"email\", \"bluesky\"]\n");
    site.build().succeed();
    for path in ["topics/ink/", "digests/2025-03-06/", "papers/evil/"] {
        let page = site.read(&format!("public/{path}index.html"));
        let address = format!("https%3A%2F%2Fpress.test%2F{}", path.replace('/', "%2F"));
        assert!(page.contains("href=\"mailto:?subject="), "{page}");
        assert!(page.contains("href=\"https://bsky.app/"), "{page}");
        assert!(page.contains(&address), "{address}\n{page}");
        assert!(!page.contains("reddit.com"), "{path}");
    }
    // Share links need a base URL.
    let site = Site::new().file("content/papers/a.md", "+++\ntitle = \"A\"\n+++\n");
    site.build().succeed();
    assert!(!site.read("public/papers/a/index.html").contains("mailto:"));
}

#[test]
fn digests_have_emails_and_lists_have_markdown() {
    let site = press("");
    site.build().succeed();
    let html = site.read("public/digests/2025-03-06/email.html");
    assert!(
        html.contains("href=\"https://press.test/papers/ink-5/\""),
        "{html}"
    );
    assert!(
        html.contains("6 March 2025") && !html.contains("<script"),
        "{html}"
    );
    let text = site.read("public/digests/2025-03-06/email.txt");
    assert!(
        text.contains("Ink of Kind 5") && text.contains(EVIL),
        "{text}"
    );
    for path in ["topics/ink/", "digests/2025-03-06/"] {
        let twin = site.read(&format!("public/{path}index.md"));
        assert!(
            twin.contains("[Ink of Kind 1](../../papers/ink-1/)"),
            "{twin}"
        );
        assert_eq!(twin.matches("\n- [").count(), 6, "{twin}");
        assert!(twin.contains("[\\</script>\\<script>"), "{twin}");
    }
}

#[test]
fn feed_archives_lead_back_to_the_start() {
    let site = press("");
    site.build().succeed();
    for base in ["", "topics/ink/"] {
        let mut seen = Vec::new();
        let mut path = format!("{base}feed.xml");
        loop {
            let feed = site.read(&format!("public/{path}"));
            let ids = feed.split("<entry").skip(1).map(|entry| {
                let (_, rest) = entry.split_once("<id>").unwrap();
                rest.split_once("</id>").unwrap().0.to_owned()
            });
            seen.extend(ids);
            let Some((_, rest)) = feed.split_once("rel=\"prev-archive\"") else {
                break;
            };
            let (_, rest) = rest.split_once("href=\"https://press.test/").unwrap();
            rest.split_once('"').unwrap().0.clone_into(&mut path);
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 6, "{seen:?}");
    }
    let part = site.read("public/feed/1.xml");
    assert!(
        part.contains("rel=\"current\"") && part.contains("fh:archive"),
        "{part}"
    );
    // The oldest archive document does not change when papers are added.
    let before = site.read("public/feed/1.xml");
    let site = site.file(
        "content/papers/new.md",
        "+++\ntitle = \"New Ink\"\ndate = 2025-04-01\n+++\nNew.\n",
    );
    site.build().succeed();
    assert_eq!(site.read("public/feed/1.xml"), before);
}

#[test]
fn a_sign_up_form_is_shown_if_configured() {
    let site = press(
        "[subscribe]\naction = \"https://list.test/subscription/form?l=a%20b\"\nprovider = \"listmonk\"\n",
    );
    site.build().succeed();
    for path in ["", "digests/2025-03-06/"] {
        let page = site.read(&format!("public/{path}index.html"));
        assert!(
            page.contains("action=\"https://list.test/subscription/form\""),
            "{page}"
        );
        assert!(page.contains("name=\"l\" value=\"a b\""), "{page}");
        assert!(page.contains("type=\"email\" name=\"email\""), "{page}");
    }
    let site = press("");
    site.build().succeed();
    assert!(
        !site
            .read("public/index.html")
            .contains("<form class=\"sign-up\"")
    );
}

#[test]
fn nothing_from_strangers_is_executed() {
    let site = press("");
    site.build().succeed();
    let root = site.path("public");
    for entry in walkdir::WalkDir::new(&root) {
        let entry = entry.unwrap();
        let suffix = entry.path().extension().unwrap_or_default();
        if ["html", "xml"].iter().any(|known| suffix == *known) {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            assert!(
                !text.contains("<script>alert"),
                "{}",
                entry.path().display()
            );
        }
    }
}

#[test]
fn a_site_that_shows_summaries_publishes_no_abstract() {
    let site = press("").file(
        "content/papers/long.md",
        "+++\ntitle = \"Long Ink\"\ndate = 2025-03-07\n+++\nWe propose a long ink. \
         The quick vermilion sentence behind it belongs to its authors.\n",
    );
    let settings = site
        .read("offprint.toml")
        .replace("[site]\n", "[site]\nabstracts = \"summary\"\n");
    site.write("offprint.toml", settings);
    site.build().succeed();
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(site.path("public")) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let text = String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned();
            assert!(
                !text.contains("quick vermilion"),
                "{}",
                entry.path().display()
            );
            seen += usize::from(text.contains("roposes a long ink"));
        }
    }
    assert!(seen > 3, "the summary is shown in {seen} files");
}

/// A paper's entry in a feed.
fn entry<'a>(feed: &'a str, title: &str) -> &'a str {
    let (before, after) = feed.split_once(&format!("<title>{title}</title>")).unwrap();
    let start = before.rfind("<entry>").unwrap();
    let end = before.len() + after.find("</entry>").unwrap();
    &feed[start..end]
}

#[test]
fn a_feed_entry_without_a_date_is_stable() {
    let site = Site::new()
        .settings("[site]\nbase_url = \"https://orchard.test/\"\n[topics]\ntaxonomy = \"none\"\n")
        .file(
            "content/papers/pears.md",
            "+++\ntitle = \"Pears\"\n+++\nWe count.\n",
        )
        .file(
            "content/papers/plums.md",
            "+++\ntitle = \"Plums\"\ndate = 2025-01-01\n+++\nWe count.\n",
        );
    site.build().succeed();
    let before = site.read("public/feed.xml");
    site.write(
        "content/papers/quinces.md",
        "+++\ntitle = \"Quinces\"\ndate = 2025-06-01\n+++\nWe count.\n",
    );
    site.build().succeed();
    let after = site.read("public/feed.xml");
    assert_ne!(before, after);
    for title in ["Pears", "Plums"] {
        assert_eq!(entry(&before, title), entry(&after, title));
    }
}
