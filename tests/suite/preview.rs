//! The preview over HTTP, without a browser: which hosts it answers to, what it
//! serves, and which changes it notices. Browser behaviour is tested in
//! `tests/browser/`.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use crate::support::Site;
use crate::support::preview::Preview;

fn site() -> Site {
    Site::new()
        .file(
            "content/about.md",
            "+++\ntitle = \"About\"\n+++\nAbout this.\n",
        )
        .file(
            "content/papers/secret.md",
            "+++\ntitle = \"Secret\"\ndraft = true\n+++\nNot yet.\n",
        )
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn only_known_host_names_are_answered() {
    let site = site();
    let preview = Preview::start(site.folder(), &["--drafts"]);
    let port = preview.address.rsplit(':').next().unwrap();
    for host in ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"] {
        for host in [host.to_owned(), format!("{host}:{port}")] {
            assert_eq!(
                status(&preview.get("/papers/secret/", &host)),
                "200",
                "{host}"
            );
        }
    }
    let paths = [
        "/",
        "/papers/secret/",
        "/assets/live/style.css",
        "/no/such/page/",
        "/__offprint/live.js",
        "/__offprint/events",
    ];
    for path in paths {
        for host in [
            "evil.example",
            "evil.example:80",
            "localhost.evil.example",
            "10.0.0.1",
            "0.0.0.0",
            "",
        ] {
            let answer = preview.get(path, host);
            assert!(
                matches!(status(&answer), "403" | "400"),
                "{host}{path}: {answer}"
            );
            assert!(!answer.contains("Secret"), "{answer}");
        }
    }
    for request in [
        // No host, two hosts, and two that contradict each other.
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ] {
        let answer = preview.send(request);
        assert!(
            matches!(status(&answer), "403" | "400"),
            "{request}: {answer}"
        );
    }
    let refused = preview.get("/", "evil.example");
    assert!(
        refused.contains(&format!("http://{}/", preview.address)),
        "{refused}"
    );
}

#[test]
fn a_public_preview_answers_to_addresses_but_not_to_any_name() {
    let site = site();
    let preview = Preview::start(site.folder(), &["--host", "0.0.0.0"]);
    for host in ["127.0.0.1", "192.168.7.7:4000", "[fe80::1]", "localhost"] {
        assert_eq!(status(&preview.get("/", host)), "200", "{host}");
    }
    assert_eq!(status(&preview.get("/", "evil.example")), "403");
}

#[test]
fn files_are_served_below_the_base_path_and_nothing_else() {
    let site = site().settings("[site]\nbase_url = \"https://example.org/repo/\"\n");
    site.write("static/notes.txt", "ü");
    site.write("static/folder/a b.json", "{}");
    let preview = Preview::start(site.folder(), &[]);
    let get = |path: &str| preview.get(path, &preview.address);
    for (path, want) in [
        ("/repo/", "200"),
        ("/repo/about/", "200"),
        ("/repo/notes.txt", "200"),
        ("/repo/folder/a%20b.json", "200"),
        ("/", "307"),
        ("/repo", "307"),
        ("/repo/about", "307"),
        // A link without the base path is broken here, as it will be once
        // published.
        ("/about/", "404"),
        ("/repo/nothing/", "404"),
        ("/repo/../offprint.toml", "404"),
        ("/repo/%2e%2e/%2e%2e/offprint.toml", "404"),
        ("/repo/..%2f..%2foffprint.toml", "404"),
        ("/repo/..%5c..%5coffprint.toml", "404"),
        ("/repo/%00", "404"),
        ("/repo/%ff", "404"),
        ("//evil.example/about", "404"),
        ("/repo//evil.example/..", "404"),
    ] {
        let answer = get(path);
        assert_eq!(status(&answer), want, "{path}: {answer}");
        assert!(!answer.contains("base_url"), "{path}: {answer}");
    }
    let redirect = get("/repo/about");
    assert!(
        redirect
            .to_lowercase()
            .contains("location: /repo/about/\r\n"),
        "{redirect}"
    );
    let page = get("/repo/about/");
    assert!(
        page.contains("<script type=\"module\" src=\"/__offprint/live.js?page="),
        "{page}"
    );
    assert!(
        page.to_lowercase()
            .contains("content-type: text/html; charset=utf-8"),
        "{page}"
    );
    let notes = get("/repo/notes.txt");
    assert!(
        notes
            .to_lowercase()
            .contains("content-type: text/plain; charset=utf-8"),
        "{notes}"
    );
    assert!(
        get("/repo/nothing/").contains("live.js"),
        "the page for what is missing listens too"
    );
    // Pages are never cached, and always sent as a whole.
    let part = preview.send(&format!(
        "GET /repo/about/ HTTP/1.1\r\nHost: {}\r\nRange: bytes=0-9\r\nIf-None-Match: *\r\nConnection: close\r\n\r\n",
        preview.address
    ));
    assert_eq!(status(&part), "200", "{part}");
    assert_eq!(
        status(&preview.send(&format!(
            "POST /repo/ HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            preview.address
        ))),
        "405"
    );
}

#[test]
fn an_idle_connection_is_dropped() {
    let site = site();
    let preview = Preview::start(site.folder(), &[]);
    let start = Instant::now();
    let mut silent = preview.connect();
    let mut slow = preview.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        .unwrap();
    for stream in [&mut silent, &mut slow] {
        let mut answer = Vec::new();
        stream
            .read_to_end(&mut answer)
            .expect("the connection is closed in time");
    }
    assert!(start.elapsed() < Duration::from_secs(25));
    assert_eq!(status(&preview.get("/", "localhost")), "200");
}

#[test]
fn the_stream_reports_the_state_and_each_change() {
    let site = site();
    let preview = Preview::start(site.folder(), &[]);
    let mut stream = preview.connect();
    write!(
        stream,
        "GET /__offprint/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
    )
    .unwrap();
    let mut heard = String::new();
    let mut wait_for = |text: &str| {
        let mut buffer = [0; 4096];
        let start = Instant::now();
        while !heard.contains(text) {
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "no {text}: {heard}"
            );
            let n = stream.read(&mut buffer).expect("it is said in time");
            assert!(n > 0, "the stream ended: {heard}");
            heard.push_str(&String::from_utf8_lossy(&buffer[..n]));
        }
        std::mem::take(&mut heard)
    };
    assert!(wait_for("\"problem\":null").contains("\"state\":"));
    site.write("content/about.md", "+++\ntitle = \n+++\n");
    assert!(wait_for("\"problem\":\"").contains("about.md:2"));
    site.write("content/about.md", "+++\ntitle = \"Anew\"\n+++\n");
    wait_for("\"problem\":null");
    assert!(preview.get("/about/", "localhost").contains("Anew"));
    // A changed base URL takes effect at once.
    site.write(
        "offprint.toml",
        "[site]\nbase_url = \"https://example.org/moved/\"\n",
    );
    wait_for("\"base\":\"/moved/\"");
    assert_eq!(status(&preview.get("/moved/about/", "localhost")), "200");
}

#[cfg(unix)]
#[test]
fn changes_behind_links_are_seen() {
    use std::os::unix::fs::symlink;

    let site = site();
    let write = |path: &str, title: &str| {
        site.write(path, format!("+++\ntitle = \"{title}\"\n+++\nText.\n"));
    };
    write("notes/about.md", "One");
    write("notes/papers/first.md", "First");
    write("notes/second.md", "Second");
    site.remove("content/about.md");
    // Links to a file, through another link, and to a folder.
    symlink("../notes/about.md", site.path("content/about.md")).unwrap();
    symlink("second.md", site.path("notes/link.md")).unwrap();
    symlink("../../notes/link.md", site.path("content/papers/second.md")).unwrap();
    symlink("../../notes/papers", site.path("content/papers/linked")).unwrap();
    let preview = Preview::start(site.folder(), &[]);
    // A page is rebuilt soon after its file changes.
    let shows = |path: &str, title: &str| {
        let start = Instant::now();
        loop {
            let page = preview.get(path, "localhost");
            if page.contains(title) {
                break;
            }
            let took = start.elapsed();
            assert!(
                took < Duration::from_secs(30),
                "{path} without {title}: {page}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    // The first build also writes to `content/`; this waits until its events are
    // over.
    write("content/settled.md", "Settled");
    shows("/settled/", "Settled");
    std::thread::sleep(Duration::from_millis(500));
    write("notes/about.md", "Two");
    shows("/about/", "Two");
    // As editors do: replace the file with a new one.
    write("notes/new.md", "Three");
    site.rename("notes/new.md", "notes/about.md");
    shows("/about/", "Three");
    write("notes/second.md", "Behind two links");
    shows("/papers/second/", "Behind two links");
    write("notes/papers/first.md", "In a linked folder");
    shows("/papers/first/", "In a linked folder");
    // A link created while the preview runs.
    write("elsewhere/late.md", "Late");
    symlink("../elsewhere/late.md", site.path("content/late.md")).unwrap();
    shows("/late/", "Late");
    write("elsewhere/late.md", "Later");
    shows("/late/", "Later");
    // Dangling links and loops stop a build, but nothing else.
    for target in ["..", "../..", "/", "nowhere"] {
        let link = site.path("content/papers/odd");
        symlink(target, &link).unwrap();
        preview.wait_for("has errors; ");
        std::fs::remove_file(&link).unwrap();
        preview.wait_for(" ready in ");
    }
    // If the settings allow it, a file may be outside the site.
    site.write("offprint.toml", "[site]\nsymlinks = \"anywhere\"\n");
    let outer = site.around().join("outer.md");
    std::fs::write(&outer, "+++\ntitle = \"Outer\"\n+++\n").unwrap();
    symlink(&outer, site.path("content/outer.md")).unwrap();
    shows("/outer/", "Outer");
    std::fs::write(&outer, "+++\ntitle = \"Outermost\"\n+++\n").unwrap();
    shows("/outer/", "Outermost");
}
