//! `offprint check`: a sound site produces no messages, and each planted fault is
//! found in the right place.

use serde_json::Value;

use crate::support::server::Server;
use crate::support::{Site, Tree};

/// Where to plant a fault.
enum Plant<'a> {
    /// In every paper's page, through a template.
    Page(&'a str),
    /// In a paper's note.
    Note(&'a str),
    /// As a file.
    File(&'a str, &'a str),
    /// In a paper's front matter.
    Front(&'a str),
}
use Plant::{File, Front, Note, Page};

const PAPER: &str = "content/papers/2025/pruning-in-may-a-field-study.md";
const PUBLISHED: &str = "papers/pruning-in-may-a-field-study/index.html";

/// All faults, each with its code and part of its message.
const FAULTS: [(Plant<'_>, &str, &str); 44] = [
    // Links.
    (
        Page("<a href=\"../nope/\">x</a>"),
        "dead-link",
        "papers/nope/index.html",
    ),
    (
        Page("<a href=\"../../nope.pdf\">x</a>"),
        "dead-link",
        "nope.pdf",
    ),
    (
        Page("<a href=\"https://orchard.test/papers/gone/\">x</a>"),
        "dead-link",
        "gone/index.html",
    ),
    (
        Page("<a href=\"/papers/topics/none/\">x</a>"),
        "dead-link",
        "topics/none/index.html",
    ),
    (
        Page("<a href=\"../../topics\">x</a>"),
        "no-slash",
        "topics/",
    ),
    (
        Page("<a href=\"../../../up/\">x</a>"),
        "outside",
        "../../../up/",
    ),
    (
        Page("<a href=\"/elsewhere/\">x</a>"),
        "outside",
        "/elsewhere/",
    ),
    (Page("<a href=\"#nowhere\">x</a>"), "dead-anchor", "nowhere"),
    (
        Page("<a href=\"../../topics/#nowhere\">x</a>"),
        "dead-anchor",
        "nowhere",
    ),
    (
        Page("<a href=\"javascript:alert(1)\">x</a>"),
        "script-link",
        "script",
    ),
    (
        Page("<form action=\"../../find/\"></form>"),
        "dead-link",
        "find/index.html",
    ),
    (Page("<area href=\"../nope/\">"), "dead-link", "papers/nope"),
    // Files used by a page.
    (
        Page("<link rel=stylesheet href=\"../../own.css\">"),
        "dead-link",
        "own.css",
    ),
    (
        Page("<script src=\"../../own.js\"></script>"),
        "dead-link",
        "own.js",
    ),
    (
        Page("<img alt=\"A tree\" src=\"tree.png\">"),
        "dead-link",
        "tree.png",
    ),
    (
        Page("<img alt=\"A tree\" srcset=\"../../code.css 1x, tree2.png 2x\">"),
        "dead-link",
        "tree2.png",
    ),
    (
        Page("<iframe src=\"frame.html\"></iframe>"),
        "dead-link",
        "frame.html",
    ),
    (
        Page("<video poster=\"still.png\"></video>"),
        "dead-link",
        "still.png",
    ),
    (Page("<audio src=\"a.mp3\"></audio>"), "dead-link", "a.mp3"),
    (
        Page("<object data=\"a.svg\"></object>"),
        "dead-link",
        "a.svg",
    ),
    (
        Page("<meta property=\"og:image\" content=\"https://orchard.test/papers/no.png\">"),
        "dead-link",
        "no.png",
    ),
    // Page content.
    (
        Page("<p id=fault></p><p id=fault></p>"),
        "id-twice",
        "fault",
    ),
    (Page("<img src=\"../../code.css\">"), "no-alt", "code.css"),
    (
        Page("<script type=\"application/ld+json\">{\"@type\": }</script>"),
        "bad-json-ld",
        "JSON-LD",
    ),
    (
        Page("<script type=\"application/ld+json\">{\"@type\": \"Thing\"}</script>"),
        "bad-json-ld",
        "@context",
    ),
    (
        Page("<meta name=citation_title content=\"Another\">"),
        "bad-citation-tag",
        "twice",
    ),
    (
        Page("<meta name=citation_publication_date content=\"March 2025\">"),
        "bad-citation-tag",
        "March 2025",
    ),
    (
        Page("<meta name=citation_pdf_url content=\"a.pdf\">"),
        "bad-citation-tag",
        "citation_pdf_url",
    ),
    (
        Page("<meta name=citation_doi content=\"doi.org/10.1/x\">"),
        "bad-citation-tag",
        "citation_doi",
    ),
    // Files for machines.
    (File("static/own.xml", "<a><b></a>"), "bad-feed", "own.xml"),
    (
        File(
            "static/own.xml",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>a</id><title>A</title></feed>",
        ),
        "bad-feed",
        "updated",
    ),
    (
        File(
            "static/own.xml",
            "<urlset><url><loc>https://example.com/</loc></url></urlset>",
        ),
        "bad-feed",
        "example.com",
    ),
    (
        File("static/own.xml", "<opml><body><outline/></body></opml>"),
        "bad-feed",
        "text",
    ),
    (
        File("static/own.json", "{\"a\": 1,}"),
        "bad-feed",
        "own.json",
    ),
    (
        File("static/own/feed.json", "{\"version\": \"1\"}"),
        "bad-feed",
        "JSON Feed",
    ),
    // Names that hosts reject.
    (File("static/aux.txt", "x"), "bad-name", "aux.txt"),
    (File("static/a name.", "x"), "bad-name", "a name."),
    // Content.
    (Note("See [this](/papers/nope/)."), "dead-link", "nope"),
    (Note("![A tree](tree.png)"), "dead-picture", "tree.png"),
    (Note("See [below](#nowhere)."), "dead-anchor", "nowhere"),
    (Front("ids = [\"doi:10.55/x\"]\n"), "bad-doi", "10.55/x"),
    (Front("topics = [\"storage\"]\n"), "unused-pin", "gears"),
    (
        File(
            "content/topics/empty.md",
            "+++\nname = \"Quinces\"\nmatch = 'quinces'\n+++\n",
        ),
        "empty-topic",
        "Quinces",
    ),
    (
        File(
            "content/papers/2025/late.md",
            "+++\ntitle = \"Late\"\ndate = 2031-01-01\n+++\nIt is late.\n",
        ),
        "future-date",
        "2031-01-01",
    ),
];

/// A sound site.
fn sound() -> Site {
    let site = Site::fixture("orchard").file(
        "content/papers/2025/gears.md",
        "+++\ntitle = \"Gears\"\ndate = 2025-03-01\ndigests = [\"2025-03-01\"]\n+++\nThey turn.\n",
    );
    // Its raw HTML is meant to be dropped.
    site.write(
        "content/guide/reading.md",
        "# How to read\n\nBegin at the end.\n",
    );
    // A fault in a topic's page needs a paper of that topic.
    site.replace(
        "content/topics/pruning.md",
        "match =",
        "pinned = [\"gears\"]\nmatch =",
    );
    site
}

/// What a check reports, without notes.
fn said(report: &Value) -> Vec<String> {
    let found = report["diagnostics"].as_array().unwrap();
    found
        .iter()
        .filter(|said| said["severity"] != "note")
        .map(|said| format!("{} {} {}", said["code"], said["file"], said["message"]))
        .collect()
}

#[test]
fn a_sound_site_has_no_messages() {
    let site = sound().file(
        "content/papers/2024/gears-as-a-preprint.md",
        "+++\ntitle = \"Gears\"\ndate = 2024-11-01\ndigests = [\"2025-03-01\"]\n+++\nThey may turn.\n",
    );
    let report = site.offprint(&["check"]).report();
    assert_eq!(said(&report), [""; 0]);
    site.build().succeed();
    let tree = site.tree("public");
    assert_eq!(
        report["files"],
        tree.iter().count() - 1,
        "the list of files is not in the plan"
    );
    assert!(report["links"].as_u64().unwrap() > 500);
    let notes = report.to_string();
    for code in ["near-duplicate", "no-abstract"] {
        assert!(notes.contains(code), "{code}: {notes}");
    }
}

#[test]
fn each_planted_fault_is_found() {
    let mut missed = Vec::new();
    for (plant, code, word) in &FAULTS {
        let site = sound();
        match plant {
            Page(html) => site.write(
                "templates/paper.html",
                format!(
                    "{{% extends \"theme/gazette/paper.html\" %}}{{% block footer %}}{html}{{% include \"footer.html\" %}}{{% endblock %}}"
                ),
            ),
            Note(text) => {
                let page = site.read(PAPER);
                site.write(PAPER, format!("{page}\n<!-- notes -->\n\n{text}\n"));
            }
            File(path, text) => site.write(path, text),
            Front(line) => {
                site.replace("content/papers/2025/gears.md", "date =", &format!("{line}date ="));
            }
        }
        let outcome = site.offprint(&["check", "--json"]).outcome();
        let report = outcome.json();
        let found = said(&report);
        let mut own = found
            .iter()
            .filter(|said| said.starts_with(&format!("\"{code}\"")));
        if !own.clone().any(|said| said.contains(word)) {
            missed.push(format!("{code} {word}: {found:?}"));
        }
        match plant {
            Page(_) => {
                // Every paper's page has it, and is reported with its line.
                let of_paper = own.find(|said| said.contains(PUBLISHED));
                assert!(of_paper.is_some(), "{code} {word}: {found:?}");
            }
            Note(_) => assert_eq!(own.count(), 1, "it is reported once: {found:?}"),
            File(..) | Front(_) => {}
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn limits_of_the_chosen_host_are_errors() {
    let site = sound();
    let large = site.path("static/large.bin");
    std::fs::create_dir_all(large.parent().unwrap()).unwrap();
    let file = std::fs::File::create(&large).unwrap();
    file.set_len(26 << 20).unwrap();
    let all = site.offprint(&["check"]).report();
    assert_eq!(said(&all), [""; 0]);
    assert!(
        all.to_string()
            .contains("Cloudflare Pages accepts files of up to 25 MiB"),
        "{all}"
    );
    site.offprint(&["check", "--host", "cloudflare-pages"])
        .fail()
        .stderr_contains("error[host-limit]");
    site.offprint(&["check", "--host", "github-pages"])
        .succeed();
    site.offprint(&["check", "--host", "geocities"])
        .misuse()
        .stderr_contains("cloudflare-pages");
}

#[test]
fn a_check_writes_nothing_but_its_cache() {
    let site = Site::fixture("orchard").file(
        "content/digests/2025-04-01.txt",
        "A Title\n\nAn abstract, at length.\n",
    );
    let before = site.tree(".");
    site.offprint(&["check"])
        .succeed()
        .stderr_contains("1 digest in content/digests/ left out");
    let after = site.tree(".");
    let files = |tree: &Tree| -> Vec<(String, Vec<u8>)> {
        let theirs = tree
            .iter()
            .filter(|(path, _)| !path.starts_with(".offprint/"));
        theirs
            .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
            .collect()
    };
    assert!(files(&before) == files(&after), "a file was written");
}

#[test]
fn sarif_names_the_place_of_each_finding() {
    let site = sound();
    site.write("static/own.xml", "<a>\n<b></a>");
    let outcome = site.offprint(&["check", "--sarif"]).fail();
    let log: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let own = results
        .iter()
        .find(|result| result["ruleId"] == "bad-feed")
        .unwrap();
    assert_eq!(own["level"], "error");
    let place = &own["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "own.xml");
    assert_eq!(place["region"]["startLine"], 2);
}

/// Answers like all kinds of hosts, and like an archive.
fn hosts() -> Server {
    Server::new(|asked, number| {
        let answer = |status: &str, more: &str, body: &str| {
            format!(
                "HTTP/1.1 {status}\r\n{more}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            )
            .into_bytes()
        };
        match asked.path.split('?').next().unwrap() {
            "/moved" => answer("301 Moved Permanently", "location: /there\r\n", ""),
            "/sent-on" => answer("302 Found", "location: /there\r\n", ""),
            "/round" => answer("302 Found", "location: /round\r\n", ""),
            "/gone" => answer("404 Not Found", "", ""),
            "/shy" => answer("403 Forbidden", "", ""),
            "/busy" if number % 2 == 0 => {
                answer("503 Service Unavailable", "retry-after: 0\r\n", "")
            }
            "/closed" => answer("429 Too Many Requests", "retry-after: 900\r\n", ""),
            "/archive" => answer(
                "200 OK",
                "",
                "{\"archived_snapshots\": {\"closest\": {\"available\": true, \"url\": \"https://archive.test/gone\", \"timestamp\": \"20190102030405\"}}}",
            ),
            _ => answer("200 OK", "", ""),
        }
    })
}

#[test]
fn external_links_are_checked_once_and_remembered() {
    let server = hosts();
    let links = |names: &[&str]| -> String {
        let links = names
            .iter()
            .map(|name| format!("- [{name}]({}/{name})\n", server.url));
        links.collect()
    };
    let names = ["there", "moved", "sent-on", "round", "gone", "shy", "busy"];
    let site = Site::new().file("content/about.md", format!("# About\n\n{}", links(&names)));
    let archive = format!("{}/archive", server.url);
    let arguments = [
        "check",
        "--external",
        "--pace",
        "0.01",
        "--archive",
        archive.as_str(),
    ];
    // Strangers' URLs must not make us request this machine.
    let refused = site.offprint(&arguments).report();
    assert_eq!(server.asked().len(), 0);
    assert!(
        refused.to_string().contains("only from this machine"),
        "{refused}"
    );
    site.remove_folder(".offprint");

    let private = [&arguments[..], &["--private"]].concat();
    let report = site.offprint(&private).report();
    let said: Vec<String> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|said| {
            let address = said["message"]
                .as_str()
                .unwrap()
                .split('`')
                .nth(1)
                .unwrap_or_default();
            let name = address.rsplit('/').next().unwrap();
            format!(
                "{} {} {}:{}",
                said["severity"].as_str().unwrap(),
                said["code"].as_str().unwrap(),
                name,
                said["line"]
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "note moved moved:4",
            "note unclear-address round:6",
            "warning dead-address gone:7",
            "note unclear-address shy:8",
        ]
    );
    assert!(
        report.to_string().contains("https://archive.test/gone"),
        "{report}"
    );
    assert_eq!(report["asked"], names.len());

    // A second run only asks about unclear results, and not on the same day.
    let asked = server.asked().len();
    let again = site.offprint(&private).report();
    assert_eq!(again["diagnostics"], report["diagnostics"]);
    assert_eq!(server.asked().len(), asked);

    // Only the one new URL is requested.
    site.write(
        "content/more.md",
        format!("# More\n\n{}", links(&["closed", "there"])),
    );
    let more = site.offprint(&private).report();
    let new: Vec<String> = server.asked()[asked..]
        .iter()
        .map(|asked| asked.path.clone())
        .collect();
    assert_eq!(new, ["/closed"]);
    assert!(more.to_string().contains("1 address not checked"), "{more}");
}
