//! Services that answer with something other than papers, redirect to forbidden
//! places or never finish, and URLs that contain a password.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::Site;
use crate::support::server::{Server, answer, ok};

fn site(url: &str) -> Site {
    source(&format!(
        "type = \"url\"\nname = \"s\"\nurl = \"{url}\"\npace = 0\n"
    ))
}

fn source(settings: &str) -> Site {
    Site::new().settings(&format!(
        "[topics]\ntaxonomy = \"none\"\n[[source]]\n{settings}"
    ))
}

/// Fetches, and expects this error and no leftovers.
#[track_caller]
fn refused(site: &Site, said: &str, what: &str) {
    let outcome = site.offprint(&["fetch", "--date", "2025-03-14"]).fail();
    assert!(outcome.stdout.contains(": failed"), "{what}\n{outcome}");
    assert!(
        outcome.stderr.contains(said),
        "no “{said}” for {what}\n{outcome}"
    );
    assert_eq!(site.tree("content/digests").len(), 0, "{what}");
    assert_eq!(site.tree(".offprint/fetch").len(), 0, "{what}");
}

/// Responses with status 200 that are not papers.
const ERRORS: &[&str] = &[
    "<!-- cached --><html><body><h1>Hello</h1><p>Please log in.</p></body></html>",
    "<head><title>Login Page</title></head><body><p>Your name, please.</p></body>",
    "\u{feff}<!DOCTYPE html>\n<title>Sign in</title>",
    "<!--a--><!--b-->\n<!doctype HTML><p>x",
    "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>",
    "<title>Just a moment...</title><script>go()</script>",
    "<div><h2>Subscription needed</h2><p>This list is for members.</p></div>",
    "Warning: cannot connect in /srv/list.php on line 3<br />\n<html><body>x</body></html>",
    "{\"title\":\"Unauthorized\",\"status\":401}",
    "{\"type\":\"about:blank\",\"title\":\"Members only\",\"status\":403,\"detail\":\"This list is for members.\"}",
    "[{\"title\":\"Unauthorized\",\"status\":\"401\"}]",
    "{\"title\":\"Login required\",\"url\":\"https://a.test/login\"}",
    "{\"papers\":[{\"title\":\"403 Forbidden\"}]}",
    "{\"papers\":[],\"error\":\"the token has expired\"}",
    "{\"message\":\"Forbidden\"}",
    "{\"error\":{\"code\":429,\"message\":\"Slow down\"}}",
    "{\"errors\":[{\"title\":\"Not Found\",\"detail\":\"No such list\"}]}",
    "{\"title\":\"Unauthorized\",\"status\":401}\n{\"title\":\"Unauthorized\",\"status\":401}\n",
    "title,abstract\nAccess denied,You may not read this list.\n",
    "- title: Unauthorized\n  status: 401\n",
    "@misc{error, title = {Internal Server Error}}",
    "TY  - GEN\nTI  - Service Unavailable\nER  - \n",
    "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
    "<?xml version=\"1.0\"?><error><message>No such key</message></error>",
    "<rss><channel><title>x</title><item><title>Unauthorized</title><description>Log in.</description></item></channel></rss>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>Error</title><summary>No such feed</summary></entry></feed>",
    "Unauthorized",
    "403 Forbidden\n\nYou do not have permission to access this list.\n",
    "Error: quota exceeded\n",
    "Your subscription ended on 3 May.\n\nWrite to the office to go on reading.\n",
    "",
];

#[test]
fn service_errors_never_become_papers() {
    for text in ERRORS {
        for status in ["200 OK", "203 Non-Authoritative Information"] {
            let server = Server::new(move |_, _| answer(status, "", text));
            let site = site(&server.url);
            let outcome = site.offprint(&["fetch", "--date", "2025-03-14"]).outcome();
            assert_eq!(site.tree("content").len(), 0, "{text}\n{outcome}");
            if !text.is_empty() {
                assert_eq!(outcome.status.code(), Some(1), "{text}\n{outcome}");
                assert!(
                    outcome.stderr.contains("`s` could not be fetched"),
                    "{text}\n{outcome}"
                );
            }
        }
    }
}

#[test]
fn saved_service_errors_are_not_imported() {
    for text in ERRORS
        .iter()
        .filter(|text| !text.starts_with("Your sub") && !text.is_empty())
    {
        let site = Site::new().file("saved.txt", text);
        let outcome = site.import("saved.txt").date("2025-03-14").fail();
        assert_eq!(site.tree("content/papers").len(), 0, "{text}\n{outcome}");
    }
}

#[test]
fn an_error_among_papers_is_left_out_and_reported() {
    let site = Site::new().file(
        "a.jsonl",
        "{\"title\":\"Gears of Many Kinds\",\"abstract\":\"They turn.\"}\n\
         {\"title\":\"Unauthorized\",\"status\":401}\n\
         {\"title\":\"Forbidden\",\"authors\":[\"Ann Lee\"]}\n",
    );
    let outcome = site.import("a.jsonl").date("2025-03-14").succeed();
    assert!(
        outcome.stdout.contains("3 read, 2 new, 1 rejected"),
        "{outcome}"
    );
    assert!(outcome.stderr.contains("a.jsonl:2"), "{outcome}");
}

#[test]
fn redirects_stay_on_the_site_or_the_public_web() {
    let other = Server::new(|_, _| ok("{\"title\":\"Inside\",\"authors\":[\"Ann Lee\"]}"));
    let inside = other.url.clone();
    let host = other.url.trim_start_matches("http://").to_owned();
    let server = Server::new(move |asked, _| {
        let to = match asked.path.as_str() {
            "/port" => inside.clone(),
            "/name" => inside.replace("127.0.0.1", "localhost"),
            "/private" => "http://10.1.2.3/".to_owned(),
            "/mapped" => "http://[::ffff:127.0.0.1]:1/".to_owned(),
            "/number" => "http://2130706433/".to_owned(),
            "/user" => format!("http://ann:secret@{host}/"),
            "/file" => "file:///etc/passwd".to_owned(),
            "/chain" => "/port".to_owned(),
            "/circle" => "/circle".to_owned(),
            "/good" => "/papers?x=1#y".to_owned(),
            _ => return ok("{\"title\":\"Gears\",\"authors\":[\"Ann Lee\"]}"),
        };
        answer("302 Found", &format!("Location: {to}\r\n"), "")
    });
    for (path, said) in [
        ("port", "only this machine or its network"),
        ("name", "only this machine or its network"),
        ("private", "only this machine or its network"),
        ("mapped", "only this machine or its network"),
        ("number", "only this machine or its network"),
        ("chain", "only this machine or its network"),
        ("user", "a user name or a password"),
        ("file", "not an http or https URL"),
        ("circle", "too many times"),
    ] {
        let start = Instant::now();
        refused(&site(&format!("{}/{path}", server.url)), said, path);
        assert!(start.elapsed() < Duration::from_secs(10), "{path}");
    }
    assert!(other.asked().is_empty(), "{:?}", other.asked());
    let good = site(&format!("{}/good", server.url));
    good.offprint(&["fetch", "--date", "2025-03-14"]).succeed();
    assert!(good.has("content/digests/2025-03-14-s.json"));
    // A URL from the command line may not redirect there either.
    let outcome = good
        .import(format!("{}/port", server.url))
        .date("2025-03-14")
        .fail();
    assert!(outcome.stderr.contains("only this machine"), "{outcome}");
}

#[test]
fn decompression_bombs_from_services_are_refused() {
    let packed = |bytes: usize| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let spaces = vec![b' '; 1 << 20];
        for _ in 0..bytes >> 20 {
            packer.write_all(&spaces).unwrap();
        }
        packer.finish().unwrap()
    };
    let flood = packed(300 << 20);
    let coded = flood.clone();
    let server = Server::new(move |asked, _| match asked.path.as_str() {
        "/coded" => answer("200 OK", "Content-Encoding: gzip\r\n", &coded),
        _ => ok(&flood),
    });
    refused(
        &site(&format!("{}/papers.gz", server.url)),
        "decompresses to more",
        "a packed file",
    );
    refused(
        &site(&format!("{}/coded", server.url)),
        "larger than 64 MB",
        "a packed answer",
    );
}

#[test]
fn the_total_of_all_pages_is_bounded() {
    let note = format!("{{\"title\":\"{}\"}}", "x".repeat(200_000));
    let server = Server::new(move |asked, _| {
        let notes = vec![note.as_str(); 99].join(",");
        ok(format!(
            "{{\"notes\":[{notes},{{\"id\":\"{}\"}}]}}",
            asked.path
        ))
    });
    let site = source(&format!(
        "type = \"openreview\"\nvenue = \"V\"\nbase = \"{}\"\npace = 0\n",
        server.url
    ));
    refused(&site, "larger than 128 MB", "many large pages");
    let asked = server.asked().len();
    assert!((6..10).contains(&asked), "{asked}");
}

#[test]
fn pages_of_earlier_queries_are_deleted() {
    let full = |n: usize| vec![format!("{{\"id\":\"{n}\"}}"); 100].join(",");
    let server = Server::new(move |asked, number| match asked.path.contains("offset=0") {
        true => ok(format!("{{\"notes\":[{}]}}", full(number))),
        false => answer("404 Not Found", "", ""),
    });
    let site = source(&format!(
        "type = \"openreview\"\nname = \"r\"\nvenue = \"V\"\nbase = \"{}\"\npace = 0\n",
        server.url
    ));
    for day in ["2025-03-14", "2025-03-15", "2025-03-16"] {
        site.offprint(&["fetch", "--date", day]).fail();
        assert_eq!(site.tree(".offprint/fetch").len(), 1, "{day}");
    }
}

/// Sends a byte now and then, as long as the client listens.
fn drip(mut stream: &TcpStream) {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    if stream.write_all(head).is_err() {
        return;
    }
    for _ in 0..1000 {
        if stream.write_all(b" ").is_err() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_slow_service_is_given_up() {
    let server = Server::writing(|asked, _, stream| match asked.path.as_str() {
        "/drip" => drip(stream),
        // Nothing at all, and then the end.
        _ => std::thread::sleep(Duration::from_millis(1_500)),
    });
    for path in ["drip", "silent"] {
        let site = source(&format!(
            "type = \"url\"\nname = \"s\"\nurl = \"{}/{path}\"\npace = 0\ntimeout = 1\n",
            server.url
        ));
        let start = Instant::now();
        refused(&site, "took longer than 1 second", path);
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "{path}: {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn leftovers_of_an_interrupted_fetch_are_removed() {
    let server = Server::new(|_, _| ok("{\"title\":\"Gears\",\"authors\":[\"Ann Lee\"]}"));
    let site = site(&server.url);
    site.write("content/digests/.fetch-old.part", "half");
    site.write("content/digests/.fetch-new.part", "half");
    let old = std::time::SystemTime::now() - Duration::from_secs(3600);
    let file = std::fs::File::options()
        .write(true)
        .open(site.path("content/digests/.fetch-old.part"))
        .unwrap();
    file.set_modified(old).unwrap();
    site.offprint(&["fetch", "--date", "2025-03-14"]).succeed();
    assert!(!site.has("content/digests/.fetch-old.part"));
    // Another fetch may be writing this one right now.
    assert!(site.has("content/digests/.fetch-new.part"));
}

#[test]
fn a_password_in_an_address_is_sent_and_never_shown() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/papers.json" | "/" => ok("{\"title\":\"Gears\",\"authors\":[\"Ann Lee\"]}"),
        "/moved" => answer("302 Found", "Location: /papers.json\r\n", ""),
        "/away" => answer("302 Found", "Location: http://bob:hunter2@a.test/\r\n", ""),
        "/error" => ok("Error: http://ann:s3cr3t@127.0.0.1/ may not be read"),
        _ => answer("404 Not Found", "", ""),
    });
    let with = |path: &str| server.url.replace("http://", "http://ann:s3cr3t@") + path;
    let silent = |site: &Site, outcome: &crate::support::Outcome| {
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        for secret in ["s3cr3t", "hunter2"] {
            assert!(!said.contains(secret), "{outcome}");
            for folder in ["content", "public", ".offprint"] {
                let tree = site.tree(folder);
                for (path, bytes) in tree.iter() {
                    assert!(!path.contains(secret), "{path}");
                    let text = String::from_utf8_lossy(bytes);
                    assert!(!text.contains(secret), "{folder}/{path}: {text}");
                }
            }
        }
    };
    for path in [
        "/papers.json",
        "/",
        "",
        "/moved",
        "/away",
        "/error",
        "/none",
    ] {
        for json in [
            &["fetch", "--date", "2025-03-14"][..],
            &["fetch", "--date", "2025-03-14", "--json"],
        ] {
            let site = site(&with(path));
            silent(&site, &site.offprint(json).outcome());
            let site = Site::new();
            let import = site.import(with(path)).date("2025-03-14");
            silent(&site, &import.outcome());
            let import = site.import(with(path)).date("2025-03-14").arg("--json");
            silent(&site, &import.outcome());
            silent(&site, &site.build().outcome());
        }
    }
    // `ann:s3cr3t` as an HTTP header, on every request within the site.
    let asked = server.asked();
    assert!(!asked.is_empty());
    for asked in asked {
        assert!(
            asked
                .headers
                .contains("authorization: basic yw5uonmzy3izda=="),
            "{asked:?}"
        );
    }
    // Errors in the settings do not show it either.
    for settings in [
        "[site]\nbase_url = \"https://ann:s3cr3t@example.org/\"\n",
        "[[source]]\ntype = \"url\"\nurl = \"ftp://ann:s3cr3t@a.test/\"\n",
        "[[source]]\ntype = \"url\"\nurl = \"https://ann:s3cr3t@a.test/\n",
        "[[source]]\ntype = \"url\"\nurl = \"https://ann:s3/cr3t@a.test/\"\n",
        "[[source]]\ntype = \"https://ann:s3cr3t@a.test/\"\n",
    ] {
        let site = Site::new().settings(settings);
        for command in ["build", "fetch"] {
            silent(&site, &site.offprint(&[command]).outcome());
        }
    }
    let site = Site::new();
    silent(
        &site,
        &site
            .offprint(&["build", "--base-url", "https://ann:s3cr3t@a.test/"])
            .outcome(),
    );
    silent(
        &site,
        &site
            .offprint(&["build", "https://ann:s3cr3t@a.test/"])
            .outcome(),
    );
}
