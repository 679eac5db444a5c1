//! Fetching from services, simulated by a local server.

use crate::support::Site;
use crate::support::server::{Server, answer, ok};

fn site(sources: &str) -> Site {
    Site::new().settings(&format!("[topics]\ntaxonomy = \"none\"\n{sources}"))
}

fn atom(numbers: std::ops::Range<usize>) -> String {
    let entries: String = numbers
        .map(|n| {
            format!(
                "<entry><id>http://arxiv.org/abs/2503.{n:05}v1</id><title>Gears of Kind {n}</title>\
                 <summary>Gears turn.</summary><published>2025-03-13T00:00:00Z</published>\
                 <updated>2025-03-13T00:00:00Z</updated><author><name>Ann Author</name></author></entry>"
            )
        })
        .collect();
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link href=\"http://arxiv.org/api/query\"/>{entries}</feed>"
    )
}

fn arxiv(server: &Server) -> String {
    format!(
        "[[source]]\ntype = \"arxiv\"\ncategories = [\"cs.LG\"]\nquery = \"all:gears\"\nbase = \"{}\"\npace = 0.01\n",
        server.url
    )
}

#[test]
fn arxiv_is_queried_page_by_page_and_politely() {
    let server = Server::new(|asked, number| match number {
        0 => answer("429 Too Many Requests", "Retry-After: 0\r\n", ""),
        1 => ok("Rate exceeded."),
        _ if asked.path.contains("start=100") => ok(atom(100..103)),
        _ => ok(atom(0..100)),
    });
    let site = site(&arxiv(&server));
    let outcome = site.offprint(&["fetch", "--date", "2025-03-14"]).succeed();
    assert!(
        outcome
            .stdout
            .contains("arxiv: fetched, 103 papers in content/digests/2025-03-14-arxiv.xml"),
        "{}",
        outcome.stdout
    );
    let asked = server.asked();
    assert_eq!(asked.len(), 4, "{asked:?}");
    assert!(
        asked[0].headers.contains("user-agent: offprint/"),
        "{asked:?}"
    );
    assert!(
        asked[0]
            .path
            .contains("submittedDate%3A%5B202503110000+TO+202503142359%5D"),
        "{asked:?}"
    );
    let built = site.offprint(&["export"]).outcome();
    assert!(
        built.stdout.is_empty(),
        "nothing is imported before a build"
    );
    site.build().succeed();
    assert_eq!(
        site.offprint(&["export"]).succeed().stdout.lines().count(),
        103
    );
    // The next day, it asks for papers since this one.
    site.offprint(&["fetch", "--date", "2025-03-15"]).succeed();
    assert!(
        server.asked()[4]
            .path
            .contains("202503140000+TO+202503152359"),
        "{:?}",
        server.asked()[4]
    );
}

#[test]
fn an_interrupted_fetch_resumes_and_writes_nothing_before() {
    let server = Server::new(|asked, number| {
        if asked.path.contains("start=100") {
            // The second page fails four times and works on the second run.
            if number < 5 {
                answer("503 Service Unavailable", "Retry-After: 0\r\n", "")
            } else {
                ok(atom(100..101))
            }
        } else {
            ok(atom(0..100))
        }
    });
    let site = site(&arxiv(&server));
    let outcome = site.offprint(&["fetch", "--date", "2025-03-14"]).fail();
    assert!(outcome.stderr.contains("status 503"), "{}", outcome.stderr);
    assert!(!site.has("content/digests/2025-03-14-arxiv.xml"));
    let outcome = site.offprint(&["fetch", "--date", "2025-03-14"]).succeed();
    assert!(outcome.stdout.contains("101 papers"), "{}", outcome.stdout);
    let first = server
        .asked()
        .iter()
        .filter(|asked| asked.path.contains("start=0&"))
        .count();
    assert_eq!(first, 1, "the first page is not asked for again");
}

#[test]
fn hugging_face_and_openreview_are_queried() {
    let day = include_bytes!("../fixtures/formats/huggingface.json");
    let notes = include_bytes!("../fixtures/formats/openreview-v2.json");
    let server = Server::new(move |asked, _| match asked.path.as_str() {
        path if path.starts_with("/api/daily_papers?limit=100&p=0") => ok(day),
        path if path.starts_with("/api/daily_papers?week=2025-W11") => ok("[]"),
        path if path.starts_with("/notes?content.venueid=ORCHARD.cc%2F2026%2FConference") => {
            ok(notes)
        }
        _ => answer("404 Not Found", "", ""),
    });
    let url = &server.url;
    let site = site(&format!(
        "[[source]]\ntype = \"huggingface\"\nbase = \"{url}\"\npace = 0\n\
         [[source]]\ntype = \"huggingface\"\nname = \"weekly\"\nperiod = \"week\"\nbase = \"{url}\"\npace = 0\n\
         [[source]]\ntype = \"openreview\"\nvenue = \"ORCHARD.cc/2026/Conference\"\nbase = \"{url}\"\npace = 0\n"
    ));
    let outcome = site.offprint(&["fetch", "--date", "2025-03-14"]).succeed();
    // The date is when the papers were listed.
    assert!(
        outcome
            .stdout
            .contains("2 papers in content/digests/2025-03-13-huggingface.json"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.contains("weekly: nothing new"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome
            .stdout
            .contains("2025-03-14-orchard-cc-2026-conference.json"),
        "{}",
        outcome.stdout
    );
    site.build().succeed();
    assert_eq!(
        site.offprint(&["export"]).succeed().stdout.lines().count(),
        4
    );
}

#[test]
fn an_unchanged_feed_is_not_downloaded_again() {
    let feed = include_bytes!("../fixtures/formats/journal-atom.xml");
    let server = Server::new(move |asked, _| {
        if asked.headers.contains("if-none-match: \"v1\"") {
            answer("304 Not Modified", "", "")
        } else {
            answer("200 OK", "ETag: \"v1\"\r\n", feed)
        }
    });
    let site = site(&format!(
        "[[source]]\ntype = \"feed\"\nname = \"hedges\"\nurl = \"{}/feed\"\npace = 0\n",
        server.url
    ));
    let outcome = site.offprint(&["fetch", "--date", "2025-03-14"]).succeed();
    assert!(
        outcome.stdout.contains("hedges: fetched, 1 paper"),
        "{}",
        outcome.stdout
    );
    let outcome = site.offprint(&["fetch", "--date", "2025-03-15"]).succeed();
    assert!(
        outcome.stdout.contains("hedges: nothing new"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn existing_digests_survive_any_service_failure() {
    let page = "<!DOCTYPE html><html><body>Down for maintenance</body></html>";
    let server = Server::new(move |asked, _| {
        let path = asked.path.trim_start_matches('/').to_owned();
        match path.as_str() {
            "html" => ok(page),
            // The connection ends in the middle of the body.
            "half" => b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<feed>".to_vec(),
            "loop" => answer("302 Found", "Location: /loop\r\n", ""),
            "file" => answer("302 Found", "Location: file:///etc/passwd\r\n", ""),
            "error" => ok(include_bytes!("../fixtures/formats/arxiv-error.xml")),
            "long" => {
                let mut bytes = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
                bytes.resize(65 * 1024 * 1024, b' ');
                bytes
            }
            "garbage" => b"\x00\x01\x02 no http\r\n\r\n".to_vec(),
            "later" => answer("503 Service Unavailable", "Retry-After: 86400\r\n", ""),
            _ => answer("404 Not Found", "", ""),
        }
    });
    let names = [
        "html", "half", "loop", "file", "error", "long", "garbage", "later", "gone",
    ];
    let sources: String = names
        .iter()
        .map(|name| {
            format!(
                "[[source]]\ntype = \"url\"\nname = \"{name}\"\nurl = \"{}/{name}\"\npace = 0\n",
                server.url
            )
        })
        .collect();
    let site = site(&sources);
    for name in names {
        site.write(
            &format!("content/digests/2025-03-14-{name}.txt"),
            "A Title\n\nAn abstract.\n",
        );
    }
    let before = site.tree("content");
    let outcome = site.offprint(&["fetch", "--date", "2025-03-14"]).fail();
    for name in names {
        assert!(
            outcome.stdout.contains(&format!("{name}: failed")),
            "{name}\n{}",
            outcome.stdout
        );
        assert!(
            outcome
                .stderr
                .contains(&format!("`{name}` could not be fetched")),
            "{name}\n{}",
            outcome.stderr
        );
    }
    assert!(
        outcome.stderr.contains("web page") && outcome.stderr.contains("larger than 64 MB"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stderr.contains("wait 86400 seconds"),
        "{}",
        outcome.stderr
    );
    site.tree("content").assert_same(&before);
}

#[test]
fn source_errors_are_reported() {
    for (source, said) in [
        ("type = \"arxiv\"", "needs `query` or `categories`"),
        ("type = \"openreview\"", "needs `venue`"),
        (
            "type = \"feed\"\nulr = \"x\"\nurl = \"ftp://a.test/\"\npace = 0",
            "did you mean `url`",
        ),
        (
            "type = \"huggingface\"\nperiod = \"year\"",
            "cannot be `year`",
        ),
        (
            "type = \"url\"\nurl = \"ftp://a.test/\"",
            "not an http or https URL",
        ),
    ] {
        let site = site(&format!("[[source]]\n{source}\n"));
        let outcome = site.offprint(&["fetch", "--date", "2025-03-14"]).fail();
        assert!(
            outcome.stderr.contains(said),
            "{source}\n{}",
            outcome.stderr
        );
    }
    let outcome = site("").offprint(&["fetch"]).succeed();
    assert!(
        outcome.stderr.contains("no `[[source]]`"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn an_address_can_be_imported() {
    let bib = include_bytes!("../fixtures/formats/papers.bib");
    let server = Server::new(move |asked, _| match asked.path.as_str() {
        "/lists/papers.bib?x=1" => ok(bib),
        _ => answer("404 Not Found", "", ""),
    });
    let site = site("");
    let url = format!("{}/lists/papers.bib?x=1", server.url);
    let outcome = site.import(&url).date("2025-03-14").succeed();
    assert!(
        outcome.stdout.contains("(bibtex): 6 read, 5 new"),
        "{}",
        outcome.stdout
    );
    assert!(site.has("content/digests/papers.md"));
    let outcome = site
        .import(format!("{}/gone", server.url))
        .date("2025-03-14")
        .fail();
    assert!(outcome.stderr.contains("status 404"), "{}", outcome.stderr);
}

#[test]
fn papers_without_identifiers_are_looked_up_by_their_exact_titles() {
    let entry = |id: &str, title: &str, author: &str| {
        format!(
            "<entry><id>http://arxiv.org/abs/{id}v2</id><title>{title}</title><summary>Theirs.</summary>\
             <published>2024-02-01T00:00:00Z</published><updated>2024-03-01T00:00:00Z</updated>\
             <author><name>{author}</name></author></entry>"
        )
    };
    let entries = [
        entry("2402.00001", "Gears\n of Many Kinds", "Ann Author"),
        entry("2402.00002", "Gears of Many Kinds, Revisited", "Bo Else"),
        entry("2402.00003", "Springs of One Kind", "Ann Author"),
        entry("2402.00004", "Springs of one kind", "Bo Else"),
    ];
    let feed = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link href=\"http://arxiv.org/api/query\"/>{}</feed>",
        entries.concat()
    );
    let crowd: String = (0..60)
        .map(|n| entry(&format!("2401.{n:05}"), "Levers Here and There", "Cy"))
        .collect();
    let crowded = feed.replace("</feed>", &format!("{crowd}</feed>"));
    let server = Server::new(move |asked, _| match asked.path.as_str() {
        // Many results for one title would hide those for the others.
        path if path.contains("+OR+") => ok(&crowded),
        path if path.contains("ti%3A%22Levers") => ok(&crowded),
        path if path.contains("ti%3A") => ok(&feed),
        _ => ok(atom(0..0)),
    });
    let site = site(&arxiv(&server)).file(
        "content/digests/2025-03-14.txt",
        "Mar 14\n\nGears of Many Kinds\n\nOur gears turn and turn.\n\n\
         Springs of One Kind\n\nA spring is a spring, and it springs.\n\n\
         Levers: A Survey of Levers\n\nWe lift what there is to lift.\n\n\
         Preface\n\nA title that tells nothing.\n",
    );
    site.build().succeed();
    site.write(
        "content/digests/2025-03-13.txt",
        "Mar 13\n\nGears of Many Kinds\n\nOur gears turn and turn.\n",
    );
    let path = "content/papers/2025/gears-of-many-kinds.md";
    site.write(
        path,
        site.read(path)
            .replace("Our gears turn", "Edited gears turn"),
    );
    let run = || {
        site.write("offprint.toml", "[topics]\ntaxonomy = \"none\"\n");
        let base = format!(
            "[topics]\ntaxonomy = \"none\"\n[[source]]\ntype = \"arxiv\"\nquery = \"x\"\nbase = \"{}\"\npace = 0.01\n",
            server.url
        );
        site.write("offprint.toml", base);
        site.offprint(&["fetch", "--enrich", "--date", "2025-03-15"])
            .succeed()
    };
    let outcome = run();
    assert!(
        outcome
            .stdout
            .contains("4 papers without identifiers: 1 found, 1 not found, 2 ambiguous"),
        "{}",
        outcome.stdout
    );
    let asked = server.asked();
    let looked_up: Vec<&str> = asked
        .iter()
        .map(|asked| asked.path.as_str())
        .filter(|path| path.contains("ti%3A"))
        .collect();
    assert_eq!(looked_up.len(), 4, "{looked_up:?}");
    assert!(
        looked_up[0].contains("ti%3A%22Gears+of+Many+Kinds%22+OR+ti%3A%22"),
        "{looked_up:?}"
    );
    assert!(looked_up.iter().all(|path| !path.contains("Preface")));
    let page = site.read(path);
    assert!(page.contains("arxiv:2402.00001"), "{page}");
    assert!(page.contains("Ann Author"), "{page}");
    // The person's edit stays, and the paper is still listed where it was.
    assert!(page.contains("Edited gears turn"), "{page}");
    assert!(page.contains("date = 2025-03-13"), "{page}");
    assert!(
        !site
            .read("content/papers/2025/springs-of-one-kind.md")
            .contains("arxiv:")
    );
    // Papers that were found now have identifiers; the others are not retried yet.
    let before = server.asked().len();
    let again = run();
    assert!(
        again
            .stdout
            .contains("3 papers without identifiers: 0 found, 1 not found, 2 not found before"),
        "{}",
        again.stdout
    );
    assert!(
        server.asked()[before..]
            .iter()
            .all(|asked| !asked.path.contains("ti%3A"))
    );
    // Importing the same digest again does not change the result.
    site.import("content/digests/2025-03-14.txt").succeed();
    assert_eq!(site.read(path), page);
}
