//! Strangers' text on terminals and in spreadsheets: no control sequences, no
//! formulas.

use serde_json::json;

use crate::support::{Outcome, Site, digest, record};

/// Text that a terminal would act on, or display misleadingly.
const EVIL: [&str; 9] = [
    "\u{1b}[31m",
    "\u{9b}2J",
    "\r",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{e0041}",
    "\u{85}",
];

#[track_caller]
fn assert_tame(outcome: &Outcome) {
    for text in [&outcome.stdout, &outcome.stderr] {
        for evil in EVIL {
            assert!(!text.contains(evil), "{evil:?} from {outcome}");
        }
    }
}

#[cfg(unix)]
#[test]
fn strangers_text_cannot_control_the_terminal() {
    for evil in EVIL {
        let name = format!("a{evil}b");
        let site = Site::new()
            .file(
                &format!("content/{name}.md"),
                format!("+++\ntitle = \"x\"\n+++\n[a](/{evil}nope/) <x{evil}y>\n"),
            )
            .file("content/about.md", format!("+++\ntitle = \"x\"\n+++\n[a](/n{evil}ope/) ![{evil}](b{evil}.png) <b y{evil}=1>x</b>\n"))
            .file(&format!("in/{name}.jsonl"), digest(&[record(&format!("T{evil}itle"))]))
            .file(&format!("themes/{name}/theme.toml"), format!("description = \"d\"\n[opt{name}]\n"))
            .file(
                "content/topics/t.md",
                "+++\nname = \"T\"\nmatch = \"title\"\n+++\n",
            );
        assert_tame(&site.build().outcome());
        assert_tame(&site.build().arg("--json").outcome());
        site.remove(&format!("content/{name}.md"));
        for arguments in [
            &["import", "--date", "2025-01-01"][..],
            &["import", "--date", "2025-01-01", "--json"],
        ] {
            assert_tame(
                &site
                    .offprint(arguments)
                    .arg(format!("in/{name}.jsonl"))
                    .outcome(),
            );
        }
        assert_tame(&site.build().outcome());
        for command in [
            &["topics", "list"][..],
            &["topics", "suggest"],
            &["theme", "list"],
            &["topics", "list", "--json"],
        ] {
            assert_tame(&site.offprint(command).outcome());
        }
        assert_tame(&site.offprint(&["topics", "explain", &name]).outcome());
    }
}

#[test]
fn an_escaped_report_says_the_same() {
    let site = Site::new().file(
        "content/about.md",
        "+++\ntitle = \"x\"\n+++\n[a](/no-\u{3164}-way/)\n",
    );
    let outcome = site.build().arg("--json").succeed();
    assert!(!outcome.stdout.contains('\u{3164}'), "{outcome}");
    let report = outcome.json();
    let all = report["diagnostics"].as_array().unwrap();
    let dead = all.iter().find(|d| d["code"] == "dead-link").unwrap();
    assert!(
        dead["message"].as_str().unwrap().contains('\u{3164}'),
        "{dead}"
    );
}

#[test]
fn exported_cells_are_not_formulas_and_survive_a_round_trip() {
    let titles = [
        "=1+1 of All Sums",
        "+1 for Everyone",
        "-2 of a Kind",
        "@home Computing",
        "＝1+1 in Full Width",
        "＋1 in Full Width",
        "－1 in Full Width",
        "＠home in Full Width",
        "'=quoted Already",
        "''＝quoted Twice",
        "'Tis a Title",
    ];
    let records: Vec<_> = titles
        .iter()
        .enumerate()
        .map(|(n, title)| {
            let mut paper = record(title);
            paper["abstract"] = json!(format!("{title}, and more of the same."));
            paper["ids"] = json!([format!("arxiv:2501.{n:05}")]);
            paper
        })
        .collect();
    let site = Site::new().file("a.jsonl", digest(&records));
    site.import("a.jsonl").date("2025-01-01").succeed();
    let table = site
        .offprint(&["export", "--format", "csv"])
        .succeed()
        .stdout;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    for row in rows.records() {
        for cell in &row.unwrap() {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
                "{cell}"
            );
        }
    }
    let again = Site::new().file("b.csv", &table);
    again.import("b.csv").date("2025-01-01").succeed();
    let titles = |site: &Site| {
        let lines = site
            .offprint(&["export", "--format", "jsonl"])
            .succeed()
            .stdout;
        let mut titles: Vec<String> = lines
            .lines()
            .map(|line| {
                let paper: serde_json::Value = serde_json::from_str(line).unwrap();
                format!("{} | {}", paper["title"], paper["abstract"])
            })
            .collect();
        titles.sort();
        titles
    };
    assert_eq!(titles(&again), titles(&site));
}

#[test]
fn an_address_with_a_password_is_refused() {
    for base in [
        "https://user:secret@example.org/",
        "https://user@example.org/x/",
    ] {
        let site = Site::new().settings(&format!("[site]\nbase_url = \"{base}\"\n"));
        let said = site.build().fail().stderr;
        assert!(said.contains("offprint.toml:2:"), "{said}");
        assert!(!site.has("public/index.html"));
        Site::new().build().arg("--base-url").arg(base).fail();
    }
}

#[test]
fn a_letter_and_a_redirect_load_and_run_nothing() {
    let site = Site::fixture("orchard");
    site.build().succeed();
    let letter = site.read("public/digests/2025-03-01/email.html");
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">";
    assert!(letter.contains(policy), "{letter}");
    let tree = site.tree("public");
    let redirect = tree
        .pages()
        .find(|(_, text)| text.contains("http-equiv=\"refresh\""))
        .expect("the orchard has an old address");
    assert!(
        redirect.1.contains("content=\"default-src 'none'"),
        "{}",
        redirect.1
    );
}
