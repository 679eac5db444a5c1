//! Authors and venues: who gets a page, which papers are on it, and what links to
//! it.

use crate::support::crawl::crawl;
use crate::support::outline::outline;
use crate::support::{Outcome, Site};

/// A site with three papers by one name, two by an ORCID iD with that name, venues
/// in several spellings, and hostile names.
fn guild(settings: &str) -> Site {
    let paper = |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\n{more}\n+++\nText.\n");
    Site::new()
        .settings(&format!(
            "[site]\nbase_url = \"https://guild.test/\"\n[topics]\ntaxonomy = \"none\"\n{settings}"
        ))
        .file(
            "content/topics/wood.md",
            "+++\nname = \"Wood\"\nmatch = 'wood^3'\n+++\n",
        )
        .file(
            "content/papers/oak.md",
            paper(
                "Oak Wood",
                "date = 2025-03-01\nauthors = [\"Ada Apple\", \"Ben Birch\"]\nvenue = \"JOINERY 2024\"",
            ),
        )
        .file(
            "content/papers/elm.md",
            paper(
                "Elm Wood",
                "date = 2025-03-02\nauthors = [\"Apple, Ada\", \"Ben Birch\", \"et al.\"]\nvenue = \"Joinery 2025 poster\"",
            ),
        )
        .file(
            "content/papers/ash.md",
            paper(
                "Ash",
                "date = 2025-03-03\npublished = 2025-01-01\nauthors = [\"Ada Apple\", \"Ada Apple\", \"Anonymous\"]\nvenue = \"Joinery\"\nyear = 2025",
            ),
        )
        .file(
            "content/papers/yew.md",
            paper(
                "Yew",
                "date = 2025-03-04\nauthors = [{ name = \"Ada Apple\", orcid = \"0000-0002-1825-0097\" }, \"../../<b>evil</b>\", \"Anonymous\", \"et al.\"]\nvenue = \"../<script>alert(1)</script> 2024\"",
            ),
        )
        .file(
            "content/papers/fir.md",
            paper(
                "Fir",
                "date = 2025-03-05\nauthors = [{ name = \"Ada M. Apple\", orcid = \"0000-0002-1825-0097\" }, \"../../<b>evil</b>\", \"Anonymous\", \"et al.\"]\nvenue = \"con\"",
            ),
        )
}

fn built(settings: &str) -> (Site, Outcome) {
    let site = guild(settings);
    let outcome = site.build().succeed();
    (site, outcome)
}

/// The papers listed on a page, in order.
fn listed(site: &Site, path: &str) -> Vec<String> {
    let page = site.read(&format!("public/{path}index.html"));
    let rows = page.split_once("<ol class=\"list rows\">");
    let rows = rows.and_then(|(_, rest)| rest.split_once("</ol>"));
    let (list, mark) = match rows {
        Some((rows, _)) => (rows, "<li><a href=\""),
        None => (&*page, "<h3 class=\"headline\"><a href=\""),
    };
    list.split(mark)
        .skip(1)
        .map(|rest| {
            let address = rest.split('"').next().unwrap();
            let (_, slug) = address.trim_end_matches('/').rsplit_once('/').unwrap();
            slug.to_owned()
        })
        .collect()
}

#[test]
fn authors_are_grouped_by_orcid_and_otherwise_by_name() {
    let (site, _) = built("[authors]\nmin_papers = 2\n");
    assert_eq!(listed(&site, "authors/ada-apple/"), ["ash", "elm", "oak"]);
    assert_eq!(listed(&site, "authors/ada-apple-0097/"), ["fir", "yew"]);
    assert_eq!(listed(&site, "authors/ben-birch/"), ["elm", "oak"]);
    let by_name = site.read("public/authors/ada-apple/index.html");
    assert!(by_name.contains("Matched by name; may include namesakes"));
    assert!(by_name.contains("href=\"../../authors/ada-apple-0097/\""));
    let by_orcid = site.read("public/authors/ada-apple-0097/index.html");
    assert!(!by_orcid.contains("Matched by name; may include namesakes"));
    assert!(by_orcid.contains("https://orcid.org/0000-0002-1825-0097"));
    let tree = site.tree("public");
    let pages: Vec<&str> = tree
        .paths()
        .filter(|path| path.starts_with("authors/"))
        .collect();
    // Nobody is called "Anonymous" or "et al."
    assert_eq!(
        pages,
        [
            "authors/ada-apple-0097/index.html",
            "authors/ada-apple/index.html",
            "authors/b-evil-b/index.html",
            "authors/ben-birch/index.html",
            "authors/index.html",
        ]
    );
}

#[test]
fn author_pages_need_as_many_papers_as_configured() {
    let (site, _) = built("");
    assert!(site.has("public/authors/ada-apple/index.html"));
    assert!(!site.has("public/authors/ben-birch"));
    let paper = site.read("public/papers/oak/index.html");
    assert!(paper.contains("<a href=\"../../authors/ada-apple/\">Ada Apple</a>, Ben Birch"));
    let (site, _) = built("[authors]\nmin_papers = 4\n");
    assert!(!site.has("public/authors"));
    assert!(!site.read("public/index.html").contains("authors/"));
}

#[test]
fn venues_have_pages_for_their_years() {
    let (site, _) = built("");
    assert_eq!(listed(&site, "venues/joinery/"), ["ash", "elm", "oak"]);
    assert_eq!(listed(&site, "venues/joinery/2025/"), ["ash", "elm"]);
    assert_eq!(listed(&site, "venues/joinery/2024/"), ["oak"]);
    assert_eq!(listed(&site, "venues/con-venue/"), ["fir"]);
    let paper = site.read("public/papers/elm/index.html");
    assert!(paper.contains("<a href=\"../../venues/joinery/2025/\">Joinery 2025 poster</a>"));
    let paper = site.read("public/papers/fir/index.html");
    assert!(paper.contains("<a href=\"../../venues/con-venue/\">con</a>"));
}

#[test]
fn lists_are_paged_and_all_links_work() {
    let (site, _) = built("[authors]\nmin_papers = 1\n[paginate]\nsize = 2\n");
    assert_eq!(listed(&site, "authors/ada-apple/page/2/"), ["oak"]);
    // The papers of a venue that has several pages of them are on the pages of its years.
    assert_eq!(listed(&site, "venues/joinery/"), ["ash", "elm"]);
    assert!(!site.has("public/venues/joinery/page/2/index.html"));
    assert_eq!(listed(&site, "venues/joinery/2024/"), ["oak"]);
    let tree = site.tree("public");
    for mount in ["/", "/repo/"] {
        let found = crawl(&tree, mount);
        found.assert_sound();
        let orphans: Vec<&String> = found.orphans.iter().collect();
        assert!(orphans.is_empty(), "no page leads to {orphans:?}");
    }
    let sitemap = site.read("public/sitemap.xml");
    for path in ["authors/", "authors/ada-apple/", "venues/joinery/2024/"] {
        assert!(
            sitemap.contains(&format!("<loc>https://guild.test/{path}</loc>")),
            "{path}"
        );
    }
    for (path, text) in tree.pages() {
        assert!(!text.contains("<b>evil"), "{path}");
        assert!(!text.contains("<script>alert"), "{path}");
    }
}

#[test]
fn authors_have_feeds_if_configured() {
    let (site, _) = built("");
    assert!(!site.has("public/authors/ada-apple/feed.xml"));
    let (site, _) = built("[feeds]\nauthors = true\n");
    let feed = site.read("public/authors/ada-apple/feed.xml");
    assert!(feed.contains("<title>Ada Apple – Papers</title>"));
    assert_eq!(feed.matches("<entry>").count(), 3);
    let page = site.read("public/authors/ada-apple/index.html");
    assert!(page.contains("href=\"../../authors/ada-apple/feed.xml\""));
    assert!(site.has("public/authors/ada-apple/feed.json"));
}

/// A new author never takes over an existing URL.
#[test]
fn urls_stay_when_namesakes_are_added() {
    let (site, _) = built("[authors]\nmin_papers = 1\n");
    let before: Vec<String> = site.tree("public").paths().map(ToOwned::to_owned).collect();
    site.write(
        "content/papers/newer.md",
        "+++\ntitle = \"Newer\"\ndate = 2025-04-01\nauthors = [\"Ben, Birch\", \"Ada-Apple\", { name = \"Ada Apple\", orcid = \"0000-0001-5109-3700\" }]\nvenue = \"Join-ery 2026\"\n+++\nText.\n",
    );
    site.build().succeed();
    for path in before.iter().filter(|path| path.ends_with("/index.html")) {
        assert!(site.has(&format!("public/{path}")), "{path} is gone");
    }
    assert_eq!(listed(&site, "authors/ada-apple-3700/"), ["newer"]);
}

#[test]
fn renamed_and_merged_topics_redirect() {
    let site = guild("")
        .file(
            "content/topics/timber.md",
            "+++\nname = \"Timber\"\nmatch = 'wood^3'\naliases = [\"planks\", \"boards\"]\n+++\n",
        )
        .file(
            "content/papers/old.md",
            "+++\ntitle = \"Old\"\ntopics = [\"planks\"]\n+++\nText.\n",
        );
    site.build().succeed();
    for alias in ["planks", "boards"] {
        let page = site.read(&format!("public/topics/{alias}/index.html"));
        assert!(page.contains("url=../../topics/timber/"), "{page}");
        assert!(page.contains("noindex"));
        // People subscribed under the old name still get the papers.
        for file in ["papers.bib", "papers.ris", "papers.json"] {
            assert_eq!(
                site.read(&format!("public/topics/{alias}/{file}")),
                site.read(&format!("public/topics/timber/{file}"))
            );
        }
    }
    site.build()
        .arg("--base-url")
        .arg("https://guild.test/")
        .succeed();
    let feed = site.read("public/topics/timber/feed.xml");
    assert_eq!(site.read("public/topics/planks/feed.xml"), feed);
    assert!(!feed.contains("planks/"), "{feed}");
    assert!(listed(&site, "topics/timber/").contains(&"old".to_owned()));
    assert!(!site.read("public/sitemap.xml").contains("topics/planks/"));
}

#[test]
fn a_built_in_topic_can_be_renamed() {
    let site = Site::new()
        .settings("[topics]\ntaxonomy = \"ai\"\n")
        .file(
            "content/topics/shrinking.md",
            "+++\nname = \"Shrinking Models\"\nmatch = 'quantization^3'\naliases = [\"compression\"]\n+++\n",
        )
        .file(
            "content/papers/q.md",
            "+++\ntitle = \"Quantization of Language Models\"\n+++\nQuantization, pruning, distillation.\n",
        );
    site.build().succeed();
    let old = site.read("public/topics/compression/index.html");
    assert!(old.contains("url=../../topics/shrinking/"), "{old}");
    assert_eq!(listed(&site, "topics/shrinking/"), ["q"]);
}

#[test]
fn list_pages_match_their_outlines() {
    let (site, _) = built("[authors]\nmin_papers = 2\n");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter("assets/[0-9a-f]{10}/", "assets/[hash]/");
    settings.bind(|| {
        for (name, path) in [
            ("authors", "authors/index.html"),
            ("author", "authors/ada-apple/index.html"),
            ("venues", "venues/index.html"),
            ("venue", "venues/joinery/index.html"),
            ("venue-year", "venues/joinery/2024/index.html"),
        ] {
            insta::assert_snapshot!(name, outline(&site.read(&format!("public/{path}"))));
        }
    });
}
