//! Topic rules: mistakes are shown at their place in the file.

use serde_json::Value;

use crate::support::Site;

/// A site with one topic; `matching` is its rule as written in the file.
fn site(matching: &str) -> Site {
    Site::new()
        .file(
            "content/topics/x.md",
            // The name and the comment contain characters that are special in
            // rules.
            format!("+++\nname = \"OR titel: pear (\" # match = ''\nmatch = {matching}\n+++\n"),
        )
        .file(
            "content/papers/pears.md",
            "+++\ntitle = \"Pears\"\n+++\nA pear.\n",
        )
}

/// What is reported about a rule: the code, and what is underlined.
#[track_caller]
fn pointed_at(matching: &str) -> (String, String) {
    let site = site(matching);
    let run = site.offprint(&["topics", "list"]).outcome();
    let lines: Vec<&str> = run.stderr.lines().collect();
    let caret = lines
        .iter()
        .position(|line| line.contains("| ") && line.trim_end().ends_with('^'))
        .unwrap_or_else(|| panic!("no caret for {matching}: {run}"));
    let from = lines[caret].find('^').unwrap();
    let width = lines[caret].matches('^').count();
    let shown: String = lines[caret - 1].chars().skip(from).take(width).collect();
    // The reported position matches what is shown.
    let arrow = lines.iter().find(|line| line.contains("--> ")).unwrap();
    let column = from - lines[caret].find('|').unwrap() - 1;
    assert!(
        arrow.ends_with(&format!("content/topics/x.md:3:{column}")),
        "{run}"
    );
    let code = lines[0].split(['[', ']']).nth(1).unwrap();
    (code.to_owned(), shown)
}

#[test]
fn each_mistake_is_shown_at_its_place() {
    let mistakes = [
        ("'pear OR \"low rank'", "query-unclosed-phrase", "\""),
        ("'pear OR \"\"'", "query-empty-phrase", "\"\""),
        ("'pear OR titel:pear'", "query-unknown-field", "titel"),
        ("'title:'", "query-missing-value", "title:"),
        ("'topic:pear'", "query-topic-in-rule", "topic"),
        (
            "'pear year:2025..2023'",
            "query-reversed-range",
            "2025..2023",
        ),
        ("'pear year:20x'", "query-bad-range", "20x"),
        ("'date:2024-13'", "query-bad-range", "2024-13"),
        ("'has:codes'", "query-unknown-part", "codes"),
        ("'id:nonsense'", "query-bad-id", "nonsense"),
        ("'pear OR (apple'", "query-unclosed-bracket", "("),
        ("'pear OR apple)'", "query-stray-bracket", ")"),
        ("'pear OR ()'", "query-empty-brackets", "()"),
        ("'pear OR'", "query-dangling-operator", "OR"),
        ("'OR pear'", "query-dangling-operator", "OR"),
        ("'pear AND OR apple'", "query-dangling-operator", "AND"),
        ("'pear NOT'", "query-dangling-operator", "NOT"),
        ("'pear^x'", "query-bad-weight", "^x"),
        ("'pear^200'", "query-bad-weight", "^200"),
        ("'p*r'", "query-star", "*"),
        ("'C+ OR +'", "rule-wordless-term", "+"),
        ("'pear OR pears OR pearson'", "rule-repeated-term", "pears"),
        ("'-pear'", "rule-without-terms", "-pear"),
        ("''", "rule-empty", "match"),
        // Two-byte letters, and strings with escapes.
        ("'Bäume OR apple)'", "query-stray-bracket", ")"),
        (
            r#""\"low rank\" OR titel:pear""#,
            "query-unknown-field",
            "titel",
        ),
        (r#""pear OR \"low""#, "query-unclosed-phrase", "\\\""),
        // The rule is escaped in the file, so the key is underlined.
        (
            r#""\u0070ear OR (apple""#,
            "query-unclosed-bracket",
            "match",
        ),
    ];
    for (matching, code, shown) in mistakes {
        let got = pointed_at(matching);
        assert_eq!(got, (code.to_owned(), shown.to_owned()), "{matching}");
    }
}

#[test]
fn a_mistake_in_a_multiline_rule_is_shown_on_its_line() {
    let site = site("'''\npear OR\n  titel:apple\n'''");
    let report = site.offprint(&["topics", "list"]).arg("--json").outcome();
    report.stderr_contains("content/topics/x.md:5:3");
}

#[test]
fn a_missing_parent_is_shown_at_its_key() {
    let site = Site::new().file(
        "content/topics/trees.md",
        "+++\nname = \"Trees\"\nmatch = 'tree'\nparent = \"ree\"\n+++\n",
    );
    let report: Value = site.build().arg("--json").fail().json();
    let all = report["diagnostics"].as_array().unwrap();
    let error = all.iter().find(|d| d["code"] == "unknown-parent").unwrap();
    assert_eq!((&error["line"], &error["column"]), (&4.into(), &11.into()));
}
