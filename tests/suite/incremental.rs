//! Incremental builds produce the same result as clean builds, whatever was edited
//! in between.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::preview::Preview;
use crate::support::run::diagnostics;
use crate::support::{Site, Tree, digest};

/// A reproducible random number generator.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

const WORDS: [&str; 12] = [
    "pruning",
    "orchards",
    "language",
    "models",
    "quantization",
    "of",
    "gradients",
    "robots",
    "retrieval",
    "$O(n^2)$",
    "low-rank",
    "attention",
];

const PEOPLE: [&str; 5] = [
    "Ada Apple",
    "Bea Birch",
    "Carl Cedar",
    "Dora Date",
    "Émile Elm",
];

struct Edited {
    site: Site,
    dice: Dice,
    papers: BTreeSet<String>,
    /// How many papers and digests were created so far.
    made: usize,
}

impl Edited {
    fn new(papers: usize) -> Self {
        let site = Site::new().settings(
            "[site]\ntitle = \"Orchard\"\ntheme = \"own\"\nbase_url = \"https://example.org/o/\"\n[paginate]\nsize = 20\n[cards]\ntopics = false\ndigests = false\n",
        );
        site.write(
            "themes/own/theme.toml",
            "name = \"Own\"\nextends = \"gazette\"\n",
        );
        site.write(
            "content/topics/shears.md",
            "+++\nname = \"Shears\"\nmatch = 'pruning'\n+++\n",
        );
        let mut edited = Self {
            site,
            dice: Dice(0x2545_F491_4F6C_DD1D),
            papers: BTreeSet::new(),
            made: 0,
        };
        for _ in 0..papers {
            edited.add();
        }
        edited
    }

    fn text(&mut self, words: usize) -> String {
        let words: Vec<&str> = (0..words).map(|_| *self.dice.one(&WORDS)).collect();
        words.join(" ")
    }

    fn add(&mut self) {
        self.made += 1;
        let slug = format!("paper-{}", self.made);
        self.write(&slug);
        self.papers.insert(slug);
    }

    fn write(&mut self, slug: &str) {
        let (title, text) = (self.text(5), self.text(40));
        let authors: Vec<&str> = (0..=self.dice.roll(3))
            .map(|_| *self.dice.one(&PEOPLE))
            .collect();
        let day = 1 + self.dice.roll(27);
        let venue = self
            .dice
            .one(&["ICML 2024", "Orchards", "Journal of Gears"]);
        let front = format!(
            "title = \"{title}\"\nauthors = {}\ndate = 2025-0{}-{day:02}\nvenue = \"{venue}\"\n",
            json!(authors),
            1 + self.dice.roll(6)
        );
        self.page(slug, &front, &text);
    }

    fn page(&self, slug: &str, front: &str, text: &str) {
        let page = format!("+++\n{front}+++\n\n{text}\n");
        self.site.write(&format!("content/papers/{slug}.md"), page);
    }

    /// Makes an edit and describes it.
    fn edit(&mut self) -> String {
        let slugs: Vec<String> = self.papers.iter().cloned().collect();
        let slug = self.dice.one(&slugs).clone();
        let file = format!("content/papers/{slug}.md");
        let old = self.site.read(&file);
        let line = |key: &str| {
            let lines = old.lines();
            let found = lines
                .clone()
                .find(|line| line.starts_with(&format!("{key} =")));
            found.unwrap_or_default().to_owned()
        };
        let kind = self.dice.roll(20);
        match kind {
            0 => {
                let title = format!("title = \"{}\"", self.text(6));
                self.site
                    .write(&file, old.replacen(&line("title"), &title, 1));
            }
            1..=3 => {
                let text = self.text(50);
                self.site.write(&file, format!("{old}\n{text}\n"));
            }
            4 => {
                let authors = format!("authors = [\"{}\"]", self.dice.one(&PEOPLE));
                self.site
                    .write(&file, old.replacen(&line("authors"), &authors, 1));
            }
            5 => {
                let date = format!("date = 2025-03-{:02}", 1 + self.dice.roll(27));
                self.site
                    .write(&file, old.replacen(&line("date"), &date, 1));
            }
            6 => {
                let venue = format!("venue = \"{} 2023\"", self.text(2).replace('$', ""));
                self.site
                    .write(&file, old.replacen(&line("venue"), &venue, 1));
            }
            7 => self.site.write(
                &file,
                old.replacen(
                    "+++\n",
                    "+++\ntopics = [\"shears\"]\n",
                    usize::from(!old.contains("topics =")),
                ),
            ),
            8 => {
                let rule =
                    self.dice
                        .one(&["pruning", "robots OR attention", "\"language models\""]);
                let introduction = self.text(8).replace('$', "");
                self.site.write(
                    "content/topics/shears.md",
                    format!("+++\nname = \"Shears\"\nmatch = '{rule}'\n+++\n{introduction}\n"),
                );
            }
            9 => self.site.write(
                "content/topics/pinned.md",
                format!("+++\nname = \"Pinned\"\npinned = [\"{slug}\"]\n+++\n"),
            ),
            10 => {
                let is_draft = old.contains("draft =");
                let new = if is_draft {
                    old.replacen("draft = true\n", "", 1)
                } else {
                    old.replacen("+++\n", "+++\ndraft = true\n", 1)
                };
                self.site.write(&file, new);
            }
            11 if self.papers.len() > 20 => {
                self.site.remove(&file);
                self.papers.remove(&slug);
                self.forget_pins();
            }
            12 => {
                self.made += 1;
                let new = format!("renamed-{}", self.made);
                self.site.rename(&file, &format!("content/papers/{new}.md"));
                self.papers.remove(&slug);
                self.papers.insert(new);
                self.forget_pins();
            }
            13 => self.add(),
            14 => {
                self.made += 1;
                let records = [
                    json!({"title": self.text(7).replace('$', ""), "abstract": self.text(30), "authors": ["Fay Fig"]}),
                ];
                self.site.write(
                    &format!(
                        "content/digests/2025-04-{:02}-{}.jsonl",
                        1 + self.made % 28,
                        self.made
                    ),
                    digest(&records),
                );
            }
            15 => {
                let old = self.site.read("offprint.toml");
                let from = old.lines().find(|line| line.starts_with("size =")).unwrap();
                let to = format!("size = {}", 10 + self.dice.roll(20));
                self.site.write("offprint.toml", old.replacen(from, &to, 1));
            }
            16 => {
                let text = self.text(4);
                self.site.write(
                    "templates/footer.html",
                    format!("<footer>{text} {{{{ site.title }}}} {{{{ site.papers }}}}</footer>\n"),
                );
            }
            17 => {
                let width = self.dice.roll(90);
                self.site
                    .write("static/own.css", format!("p {{ width: {width}px }}\n"));
            }
            18 => {
                let text = self.text(9).replace('$', "");
                self.site.write(
                    "content/about.md",
                    format!("# About\n\n{text} [one](/papers/)\n"),
                );
            }
            _ => {
                let word = self.text(2).replace(['$', '\\'], "");
                self.site
                    .write("themes/own/i18n/en.toml", format!("related = \"{word}\"\n"));
            }
        }
        format!("edit {kind} of {slug}")
    }

    /// A pin to a missing paper would be an error.
    fn forget_pins(&self) {
        if self.site.has("content/topics/pinned.md") {
            self.site.remove("content/topics/pinned.md");
        }
    }

    /// The same site, built from scratch elsewhere.
    fn clean(&self) -> Tree {
        self.clean_with(&["--readable"])
    }

    fn clean_with(&self, args: &[&str]) -> Tree {
        let fresh = Site::new();
        for folder in ["content", "templates", "static", "themes"] {
            if self.site.has(folder) {
                for (path, bytes) in self.site.tree(folder).iter() {
                    fresh.write(&format!("{folder}/{path}"), bytes);
                }
            }
        }
        fresh.write("offprint.toml", self.site.read("offprint.toml"));
        let args: Vec<&str> = ["build"].iter().chain(args).copied().collect();
        fresh.offprint(&args).succeed();
        fresh.tree("public")
    }
}

/// The number of edits; `OFFPRINT_EDITS` overrides it.
fn edits() -> usize {
    let asked = std::env::var("OFFPRINT_EDITS").ok();
    asked.map_or(1_000, |n| n.parse().expect("OFFPRINT_EDITS is a number"))
}

#[test]
fn incremental_and_clean_builds_agree() {
    let mut edited = Edited::new(60);
    edited.site.build().succeed();
    let mut left = edits();
    let mut kept = 0;
    while left > 0 {
        // Sometimes one edit at a time, otherwise several between two builds.
        let together = (1 + edited.dice.roll(19)).min(left);
        left -= together;
        let said: Vec<String> = (0..together).map(|_| edited.edit()).collect();
        let report = edited.site.build().report();
        kept += report["unchanged"].as_u64().unwrap();
        let differences = edited.site.tree("public").differences(&edited.clean());
        assert!(differences.is_empty(), "{said:?}: {differences:#?}");
    }
    assert!(kept > 0, "nothing was ever kept");
    let report = edited
        .site
        .offprint(&["build", "--readable", "--verify"])
        .report();
    assert_eq!(diagnostics(&report, "untrue-record"), [""; 0]);
}

/// A page with the names of assets and index as in the preview, where they do not
/// depend on the content.
fn without_hashes(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("assets/") {
        let end = after.find('/').unwrap_or(0);
        out.push_str(before);
        out.push_str("assets/live");
        rest = &after[end..];
    }
    out.push_str(rest);
    match out.split_once("data-index=\"root.") {
        Some((before, after)) => {
            let end = after.find('"').unwrap_or(0);
            format!("{before}data-index=\"root.json{}", &after[end..])
        }
        None => out,
    }
}

/// What the preview serves at a path, without the script it adds.
fn previewed(preview: &Preview, path: &str) -> String {
    let address = path.strip_suffix("index.html").unwrap_or(path);
    let answer = preview.get(&format!("/o/{address}"), "localhost");
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let body = &without_hashes(body);
    let begin = "<script type=\"module\" src=\"/__offprint/live.js";
    match body.split_once(begin) {
        Some((before, rest)) => {
            let after = rest.split_once("</script>\n").unwrap().1;
            format!("{before}{after}")
        }
        None => body.to_owned(),
    }
}

#[test]
fn preview_and_clean_build_agree() {
    let mut edited = Edited::new(30);
    // The first import happens before the preview starts.
    edited.site.build().succeed();
    let preview = Preview::start(edited.site.folder(), &[]);
    for _ in 0..25 {
        let said = edited.edit();
        let clean = edited.clean_with(&["--readable"]);
        let all: Vec<&str> = clean
            .paths()
            .filter(|path| path.ends_with(".html") || path.ends_with(".xml"))
            .collect();
        let mut paths: Vec<&str> = (0..12).map(|_| *edited.dice.one(&all)).collect();
        paths.extend(["index.html", "trends/index.html"]);
        for path in paths {
            let want = without_hashes(&String::from_utf8_lossy(clean.get(path).unwrap()));
            let start = std::time::Instant::now();
            loop {
                let got = previewed(&preview, path);
                if got == want {
                    break;
                }
                assert!(
                    start.elapsed().as_secs() < 20,
                    "{said}: {path}\n{got}\n--- a build gives ---\n{want}"
                );
                std::thread::sleep(std::time::Duration::from_millis(30));
            }
        }
    }
}

#[test]
fn a_build_without_edits_writes_nothing_and_repairs_damaged_output() {
    let edited = Edited::new(30);
    let first = edited.site.build().report();
    let second = edited.site.build().report();
    assert_eq!(second["written"], 0);
    assert_eq!(second["unchanged"], first["written"]);
    assert_eq!(second["bytes"], first["bytes"]);
    // Nor is anything read, once the files are old enough.
    std::thread::sleep(std::time::Duration::from_millis(200));
    edited.site.build().succeed();
    let third = edited.site.build().report();
    assert_eq!(third["stages"][0]["name"], "look");
    assert_eq!(third["stages"].as_array().unwrap().len(), 1);
    assert_eq!(third["pages"], first["pages"]);
    assert_eq!(third["unchanged"], first["written"]);
    assert_eq!(third["bytes"], first["bytes"]);
    // A modified output file is repaired.
    let page = "public/papers/paper-1/index.html";
    let whole = edited.site.read(page);
    edited.site.write(page, "mine");
    assert_eq!(edited.site.build().report()["written"], 1);
    assert_eq!(edited.site.read(page), whole);
    // So is a deleted one.
    edited.site.remove(page);
    assert_eq!(edited.site.build().report()["written"], 1);
    edited
        .site
        .offprint(&["build", "--readable", "--verify"])
        .succeed();
}

#[test]
fn a_damaged_or_foreign_cache_costs_only_time() {
    let edited = Edited::new(25);
    edited.site.build().succeed();
    let whole = edited.site.tree("public");
    // Everything is recorded once the files are old enough.
    std::thread::sleep(std::time::Duration::from_millis(200));
    edited.site.build().succeed();
    let mut kept: Vec<String> = edited
        .site
        .tree(".offprint/cache")
        .paths()
        .map(|path| format!(".offprint/cache/{path}"))
        .collect();
    kept.sort_by_key(|file| !file.ends_with(".whole"));
    let [note, rest @ ..] = kept.as_slice() else {
        panic!("nothing was kept")
    };
    assert!(rest.len() == 7 && note.ends_with(".whole"), "{kept:?}");
    for file in &kept {
        let bytes = std::fs::read(edited.site.path(file)).unwrap();
        let halves = [0, 1, 3, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1];
        for at in halves {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x10;
            for damaged in [flipped, bytes[..at].to_vec()] {
                edited.site.write(file, damaged);
                if file != note && edited.site.has(note) {
                    edited.site.remove(note);
                }
                edited.site.build().succeed();
                edited.site.tree("public").assert_same(&whole);
            }
        }
        edited
            .site
            .write(file, b"offprint papers 0.0.1 0000000000000000\nzzz");
        edited.site.build().succeed();
        edited.site.tree("public").assert_same(&whole);
    }
    // If the cache cannot be written, that is reported, and the site is built.
    edited.site.remove_folder(".offprint/cache");
    edited.site.write(".offprint/cache", "a file");
    let report = edited.site.build().report();
    assert_eq!(diagnostics(&report, "cache-unwritable").len(), 1);
    edited.site.tree("public").assert_same(&whole);
}
