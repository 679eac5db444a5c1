//! Social images: the pictures shown with links to pages.

use crate::support::Site;

const EVIL: &str = "</script><script>alert(1)</script> & \"quotes\" 'and' <b>";

/// A paper with one topic, optionally listed in a digest.
fn paper(title: &str, rest: &str) -> String {
    format!("+++\ntitle = {title:?}\ntopics = [\"ink\"]\n{rest}+++\nWe propose ink.\n")
}

/// A site with two papers, a topic and a digest.
fn press(settings: &str) -> Site {
    Site::new()
        .settings(&format!(
            "[site]\ntitle = \"The Press\"\ndescription = \"Papers on paper\"\n\
             base_url = \"https://press.test/p/\"\n[topics]\ntaxonomy = \"none\"\n{settings}"
        ))
        .file(
            "content/topics/ink.md",
            "+++\nname = \"Ink & <i>Paper</i>\"\nmatch = 'ink^5'\n+++\n",
        )
        .file("content/papers/evil.md", paper(EVIL, "date = 2025-03-06\n"))
        .file(
            "content/papers/plain.md",
            paper(
                "Ink of Iron",
                "date = 2025-03-06\nauthors = [\"Ada Apple\"]\n",
            ),
        )
        .file(
            "content/digests/2025-03-06.md",
            "+++\ndate = 2025-03-06\npapers = [\"evil\", \"plain\"]\n+++\n",
        )
}

/// Reads an image, and checks that it is complete and has the expected size.
#[track_caller]
fn picture(site: &Site, path: &str) -> Vec<u8> {
    let bytes = std::fs::read(site.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes))
        .read_info()
        .unwrap();
    assert_eq!((reader.info().width, reader.info().height), (1200, 630));
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    assert!(bytes.len() < 60_000, "{path}: {}", bytes.len());
    bytes
}

/// The social images of a built site.
fn cards(site: &Site) -> Vec<String> {
    let tree = site.tree("public");
    let paths = tree.iter().map(|(path, _)| path.to_string());
    paths.filter(|path| path.ends_with("card.png")).collect()
}

#[test]
fn pages_link_their_images_by_absolute_urls() {
    let site = press("[cards]\npapers = true\n");
    site.build().succeed();
    for (page, card, alt) in [
        ("", "card.png", "The Press"),
        (
            "topics/ink/",
            "topics/ink/card.png",
            "Ink &amp; &lt;i&gt;Paper&lt;/i&gt; – The Press",
        ),
        (
            "digests/2025-03-06/",
            "digests/2025-03-06/card.png",
            "6 March 2025 – The Press",
        ),
        (
            "papers/evil/",
            "papers/evil/card.png",
            "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot; &#39;and&#39; &lt;b&gt; – The Press",
        ),
    ] {
        picture(&site, &format!("public/{card}"));
        let html = site.read(&format!("public/{page}index.html"));
        for tag in [
            format!("<meta property=\"og:image\" content=\"https://press.test/p/{card}\">"),
            "<meta property=\"og:image:type\" content=\"image/png\">".to_owned(),
            "<meta property=\"og:image:width\" content=\"1200\">".to_owned(),
            "<meta property=\"og:image:height\" content=\"630\">".to_owned(),
            format!("<meta property=\"og:image:alt\" content=\"{alt}\">"),
            "<meta name=\"twitter:card\" content=\"summary_large_image\">".to_owned(),
        ] {
            assert!(html.contains(&tag), "{tag}\n{html}");
        }
    }
    let search = site.read("public/search/index.html");
    assert!(!search.contains("og:image"), "{search}");
    // The search page has no image.
    assert!(!search.contains("twitter:card"));
}

#[test]
fn settings_choose_which_pages_have_images() {
    for (settings, expected) in [
        (
            "",
            vec![
                "card.png",
                "digests/2025-03-06/card.png",
                "topics/ink/card.png",
            ],
        ),
        (
            "[cards]\ndigests = false\n",
            vec!["card.png", "topics/ink/card.png"],
        ),
        ("[cards]\ntopics = false\ndigests = false\n", vec![]),
    ] {
        let site = press(settings);
        site.build().succeed();
        assert_eq!(cards(&site), expected, "{settings}");
        let page = site.read("public/papers/plain/index.html");
        assert!(!page.contains("og:image"), "{page}");
    }
}

#[test]
fn a_site_without_base_url_has_no_images() {
    let site = press("");
    site.replace(
        "offprint.toml",
        "base_url = \"https://press.test/p/\"\n",
        "",
    );
    site.build().succeed();
    assert_eq!(cards(&site), Vec::<String>::new());
    assert!(!site.read("public/index.html").contains("og:image"));
    assert!(!site.has(".offprint/cards"));
}

#[test]
fn an_image_is_rendered_again_only_when_it_changes() {
    let site = press("[cards]\npapers = true\n");
    site.build().succeed();
    let first = site.tree("public");
    let kept = || site.tree(".offprint/cards").iter().count();
    assert_eq!(kept(), 5);
    assert_eq!(site.build().report()["written"], 0);

    // The cache only saves time; images are identical wherever they are rendered.
    site.remove_folder(".offprint/cards");
    site.build().succeed();
    site.tree("public").assert_same(&first);

    site.replace("content/papers/plain.md", "Ada Apple", "Ben Birch");
    site.build().succeed();
    let second = site.tree("public");
    for (path, bytes) in first.iter().filter(|(path, _)| path.ends_with("card.png")) {
        let (_, now) = second.iter().find(|(other, _)| *other == path).unwrap();
        assert_eq!(bytes != now, path == "papers/plain/card.png", "{path}");
    }
    assert_eq!(kept(), 5);
    picture(&site, "public/papers/plain/card.png");
}

#[test]
fn every_title_fits() {
    let long = "On the Unreasonable Persistence of Long Titles: ".repeat(7);
    let mut site = press("[cards]\npapers = true\n");
    for (slug, title) in [
        ("long", &long[..300]),
        ("wide", "W".repeat(300).as_str()),
        ("signs", "🚀 & <svg onload=x> ]]> &amp; \u{1d49c}"),
        (
            "many",
            "Größe, Θεωρία, практика: naïve façades – “quoted” ½",
        ),
    ] {
        let text = paper(title, "date = 2025-03-06\n");
        site = site.file(&format!("content/papers/{slug}.md"), text);
    }
    site.build().succeed();
    for slug in ["long", "wide", "signs", "many"] {
        picture(&site, &format!("public/papers/{slug}/card.png"));
    }
}

/// Text that the fonts cannot print must not appear as empty boxes: a paper falls
/// back on topic and date, a topic on the site's name.
#[test]
fn unprintable_titles_fall_back_on_topic_and_date() {
    let site = press("[cards]\npapers = true\n")
        .file(
            "content/papers/one.md",
            paper("大规模语言模型", "date = 2025-03-01\n"),
        )
        .file(
            "content/papers/two.md",
            paper("Qwen 技术报告", "date = 2025-03-01\n"),
        )
        .file(
            "content/papers/three.md",
            paper("检索增强生成", "date = 2025-03-02\n"),
        )
        .file("content/topics/rare.md", "+++\nname = \"检索\"\n+++\n")
        .file(
            "content/papers/four.md",
            "+++\ntitle = \"Four\"\ntopics = [\"rare\"]\n+++\nWe do.\n",
        );
    site.build().succeed();
    let card = |slug: &str| picture(&site, &format!("public/papers/{slug}/card.png"));
    assert_eq!(card("one"), card("two"));
    assert_ne!(card("one"), card("three"));
    picture(&site, "public/topics/rare/card.png");
    let page = site.read("public/papers/one/index.html");
    assert!(
        page.contains("content=\"大规模语言模型 – The Press\""),
        "{page}"
    );
}

#[test]
fn a_site_with_unprintable_titles_has_images_too() {
    let site = press("");
    site.replace(
        "offprint.toml",
        "\"The Press\"",
        "\"论文\"\nlanguage = \"zh\"",
    );
    site.build().succeed();
    for path in cards(&site) {
        picture(&site, &format!("public/{path}"));
    }
}

#[test]
fn a_site_can_override_image_templates() {
    let site = press("");
    site.build().succeed();
    let theirs = picture(&site, "public/topics/ink/card.png");
    let digest = picture(&site, "public/digests/2025-03-06/card.png");
    site.write(
        "templates/cards/topic.svg",
        "{% extends \"theme/gazette/cards/topic.svg\" %}\n\
         {% block foot %}<text x=\"72\" y=\"588\" font-size=\"24\">Only {{ card.title }}</text>{% endblock %}\n",
    );
    site.build().succeed();
    assert_ne!(picture(&site, "public/topics/ink/card.png"), theirs);
    assert_eq!(picture(&site, "public/digests/2025-03-06/card.png"), digest);
}

#[test]
fn an_image_error_leaves_the_site_unchanged() {
    for (template, told) in [
        (
            "<svg>{{ card.nothing }}</svg>",
            "templates/cards/topic.svg:1:",
        ),
        ("<svg>{% if %}</svg>", "templates/cards/topic.svg:1:"),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\">{{ fit(text=card.title, size=20, width=9, height=9, face=\"gothic\") }}</svg>",
            "there is no typeface `gothic`",
        ),
        ("no picture", "the card cannot be drawn"),
    ] {
        let site = press("");
        site.build().succeed();
        let before = site.tree("public");
        site.write("templates/cards/topic.svg", template);
        site.build()
            .fail()
            .stderr_contains("templates/cards/topic.svg")
            .stderr_contains(told);
        site.tree("public").assert_same(&before);
    }
}

/// An image can only show what it is given, not files of the machine.
#[test]
fn an_image_reads_no_files() {
    let site = press("");
    let template = |href: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">\
             <image href=\"{href}\" width=\"600\" height=\"600\"/></svg>"
        )
    };
    site.write(
        "black.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>",
    );
    let path = site.path("black.svg");
    site.write(
        "templates/cards/topic.svg",
        template(&path.to_string_lossy()),
    );
    site.build().succeed();
    let one = picture(&site, "public/topics/ink/card.png");
    site.write("templates/cards/topic.svg", template("nothing.svg"));
    site.build().succeed();
    assert_eq!(picture(&site, "public/topics/ink/card.png"), one);
}

#[test]
fn a_hand_made_image_is_kept() {
    let site = press("").file("static/topics/ink/card.png", "mine");
    site.build().succeed();
    assert_eq!(site.read("public/topics/ink/card.png"), "mine");
    let page = site.read("public/topics/ink/index.html");
    assert!(
        page.contains("content=\"https://press.test/p/topics/ink/card.png\""),
        "{page}"
    );
    picture(&site, "public/card.png");
}

#[test]
fn all_pages_of_a_list_share_its_image() {
    let site = press("[paginate]\nsize = 1\n");
    site.build().succeed();
    let page = site.read("public/topics/ink/page/2/index.html");
    assert!(
        page.contains("content=\"https://press.test/p/topics/ink/card.png\""),
        "{page}"
    );
}
