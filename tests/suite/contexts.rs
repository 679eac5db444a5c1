//! Template contexts: the reference matches what templates really get, the
//! documentation page matches the reference, and the command prints it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use offprint::render::{Field, Kind, TemplateReference, TypeReference};
use offprint::site::templates;
use serde_json::Value;

use crate::support::{Run, Site};

/// A template that consists of `name` and this prints its context.
const PROBE: &str = "{{ __tera_context | safe }}";

/// Parses what [`PROBE`] printed: JSON, except for missing values and the
/// placeholder for the root path.
fn context(written: &str) -> Value {
    let text = written
        .replace("\": ,", "\": null,")
        .replace("\": }", "\": null}")
        .replace("\\u{fdd0}", "");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Compares a value with the reference and returns the differences.
fn compare(value: &Value, kind: &Kind, of: &TemplateReference, at: &str, wrong: &mut Vec<String>) {
    let fits = match (kind, value) {
        (Kind::Text | Kind::Html | Kind::Svg, Value::String(_))
        | (Kind::Number, Value::Number(_))
        | (Kind::Flag, Value::Bool(_))
        | (Kind::Any, _) => true,
        (Kind::List(of_items), Value::Array(items)) => {
            for item in items {
                compare(item, of_items, of, &format!("{at}[]"), wrong);
            }
            true
        }
        (Kind::Tuple(kinds), Value::Array(items)) => {
            for (kind, item) in kinds.iter().zip(items) {
                compare(item, kind, of, &format!("{at}[]"), wrong);
            }
            kinds.len() == items.len()
        }
        (Kind::Map(of_values), Value::Object(entries)) => {
            for (name, value) in entries {
                compare(value, of_values, of, &format!("{at}.{name}"), wrong);
            }
            true
        }
        (Kind::Named(name), Value::Object(_)) => {
            let found = of.types.iter().find(|t| t.name == *name);
            let found = found.unwrap_or_else(|| panic!("{at}: there is no type {name}"));
            compare_fields(value, &found.fields, of, at, wrong);
            true
        }
        _ => false,
    };
    if !fits {
        wrong.push(format!("{at}: no {kind}: {value}"));
    }
}

fn compare_fields(
    value: &Value,
    fields: &[Field],
    of: &TemplateReference,
    at: &str,
    wrong: &mut Vec<String>,
) {
    let entries = value.as_object().unwrap();
    for name in entries.keys() {
        if !fields.iter().any(|field| field.name == *name) {
            wrong.push(format!("{at}.{name}: not in the reference"));
        }
    }
    for field in fields {
        let at = format!("{at}.{}", field.name);
        match entries.get(&field.name) {
            None => wrong.push(format!("{at}: not there")),
            Some(Value::Null) if field.is_optional => {}
            Some(value) => compare(value, &field.kind, of, &at, wrong),
        }
    }
}

/// Compares a printed context with the reference.
fn differences(of: &TemplateReference, written: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    compare_fields(&context(written), &of.variables, of, of.name, &mut wrong);
    wrong
}

/// Social images are left out, since their templates are rendered to pixels.
#[test]
fn every_template_matches_its_reference() {
    let (site, lists) = (Site::fixture("orchard"), Site::fixture("orchard"));
    let all = templates();
    let (site, lists) = all.iter().filter(|of| of.name.ends_with(".html")).fold(
        (site, lists),
        |(site, lists), of| {
            let path = format!("templates/{}", of.name);
            let probe = format!("{}\n{PROBE}\n", of.name);
            match of.name {
                "card.html" | "row.html" => (site, lists.file(&path, &probe)),
                _ => (site.file(&path, &probe), lists),
            }
        },
    );
    let list = "{% for paper in papers %}{{ paper.card }}\n{% endfor %}";
    let lists = lists
        .file("templates/index.html", list)
        .file("templates/author.html", list);
    // Few of its authors wrote more than one paper, and the author list has several
    // pages.
    let settings = "size = 3\n\n[authors]\nmin_papers = 1";
    for site in [&site, &lists] {
        site.replace("offprint.toml", "size = 3", settings);
        site.build().succeed();
    }
    let handout = site
        .offprint(&["export", "--format", "html", "--topic", "grafting"])
        .succeed()
        .stdout;
    let tree = site.tree("public");
    let pages = tree.pages().map(|(_, text)| text);
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for text in pages.chain([handout.as_str()]) {
        // Redirects and e-mails do not come from templates.
        let Some((name, written)) = text.split_once('\n') else {
            continue;
        };
        if let Some(of) = all.iter().find(|of| of.name == name) {
            wrong.extend(differences(of, written));
            seen.insert(of.name);
        }
    }
    for (name, page) in [
        ("card.html", "index.html"),
        ("row.html", "authors/dora-discovery/index.html"),
    ] {
        let page = lists.read(&format!("public/{page}"));
        let of = all.iter().find(|of| of.name == name).unwrap();
        for text in page.split(&format!("{name}\n")).skip(1) {
            wrong.extend(differences(of, text));
            seen.insert(of.name);
        }
    }
    // Only a site of many papers has a map.
    let of = all.iter().find(|of| of.name == "map.html").unwrap();
    let mill = super::map::mill(60).file("templates/map.html", format!("map.html\n{PROBE}\n"));
    mill.build().succeed();
    let page = mill.read("public/map/index.html");
    let (_, written) = page.split_once('\n').unwrap();
    wrong.extend(differences(of, written));
    seen.insert(of.name);
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let expected: BTreeSet<&str> = all
        .iter()
        .map(|of| of.name)
        .filter(|name| name.ends_with(".html"))
        .collect();
    assert_eq!(seen, expected);
}

/// Templates are declared where they are rendered, and collected by hand.
#[test]
fn the_reference_has_every_template_that_is_rendered() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site");
    let mut declared = Vec::new();
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let names = text.split("Template::new(").skip(1);
            declared.extend(names.map(|rest| rest.split('"').nth(1).unwrap().to_owned()));
        }
    }
    let listed: Vec<&str> = templates().iter().map(|of| of.name).collect();
    let once: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(listed.len(), once.len(), "a template is listed twice");
    let declared: BTreeSet<&str> = declared.iter().map(String::as_str).collect();
    assert_eq!(declared, once);
}

#[test]
fn everything_in_the_reference_is_described() {
    for of in templates() {
        assert!(!of.about.is_empty(), "{}", of.name);
        let types = of.types.iter().map(|t| (t.name.as_str(), &t.fields));
        for (name, fields) in types.chain([(of.name, &of.variables)]) {
            for field in fields {
                assert!(!field.about.is_empty(), "{name}: {}", field.name);
                assert!(
                    field.kind != Kind::Any,
                    "{name}: {} has no type",
                    field.name
                );
            }
        }
        for t in &of.types {
            assert!(!t.about.is_empty(), "{}", t.name);
        }
    }
}

/// What every page gets, taken from the error page, which has nothing of its own.
fn common(all: &[TemplateReference]) -> &[Field] {
    let bare = all.iter().find(|of| of.name == "404.html").unwrap();
    &bare.variables
}

fn cell(kind: &Kind) -> String {
    match kind.named() {
        Some(name) => kind
            .to_string()
            .replace(name, &format!("[{name}](#{})", name.to_lowercase())),
        None => kind.to_string(),
    }
}

fn table<'a>(out: &mut String, head: &str, fields: impl Iterator<Item = &'a Field>) {
    writeln!(out, "| {head} | is | |\n|---|---|---|").unwrap();
    for field in fields {
        let optional = if field.is_optional { " or none" } else { "" };
        let (name, kind) = (&field.name, cell(&field.kind));
        writeln!(out, "| `{name}` | {kind}{optional} | {} |", field.about).unwrap();
    }
    out.push('\n');
}

/// The page of the documentation.
fn markdown(all: &[TemplateReference]) -> String {
    let mut out = String::from(
        "# Template variables\n\n\
         Generated from the types that templates receive; `offprint theme context paper.html` prints the same for\n\
         one template. [Themes](themes.md) explains how to change them.\n\n\
         *HTML* and *SVG* are written as they are; other text is escaped. Test for values that may be *none* with\n\
         `{% if paper.award %}`. Empty lists and texts count as false too. Dates are written `2025-03-14`,\n\
         for use with the filter `day`. Templates that are extended or included see the same variables.\n\n\
         ## On every page\n\n",
    );
    let common = common(all);
    table(&mut out, "variable", common.iter());
    out.push_str("## By template\n\n");
    let mut types: Vec<&TypeReference> = Vec::new();
    for of in all {
        writeln!(out, "### `{}`\n\n{}\n", of.name, of.about).unwrap();
        let mut own = of
            .variables
            .iter()
            .filter(|field| !common.contains(field))
            .peekable();
        if own.peek().is_some() {
            table(&mut out, "variable", own);
        }
        let lacks: Vec<String> = common
            .iter()
            .filter(|field| !of.variables.contains(field))
            .map(|field| format!("`{}`", field.name))
            .collect();
        if !lacks.is_empty() {
            writeln!(out, "Not available: {}.\n", lacks.join(", ")).unwrap();
        }
        for t in &of.types {
            match types.iter().find(|known| known.name == t.name) {
                Some(known) => assert_eq!(*known, t, "two types of one name"),
                None => types.push(t),
            }
        }
    }
    out.push_str("## Types\n\n");
    types.sort_by(|a, b| a.name.cmp(&b.name));
    for t in types {
        writeln!(out, "### {}\n\n{}\n", t.name, t.about).unwrap();
        table(&mut out, "field", t.fields.iter());
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[test]
fn the_documentation_matches_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/contexts.md");
    let written = markdown(&templates());
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, &written).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == written,
        "docs/contexts.md does not match the code; regenerate it with\n    \
         INSTA_UPDATE=always cargo test --test suite contexts"
    );
}

#[test]
fn the_command_describes_template_variables() {
    // It needs no site.
    let folder = tempfile::tempdir().unwrap();
    let context = |args: &[&str]| Run::new(folder.path(), [&["theme", "context"], args].concat());
    let listed = context(&[]).succeed().stdout;
    for of in templates() {
        assert!(listed.contains(of.name), "{listed}");
    }
    let told = context(&["topic.html"]).succeed().stdout;
    for line in [
        "topic.html: A topic with its papers.\n  topic   TopicView ",
        "\nTopicView: ",
        "  introduction_html  HTML                An introduction",
        "  parent             TopicBrief or none  The topic above it.",
        "  children           list of TopicBrief  ",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    context(&["templates/topic.html"])
        .succeed()
        .stdout_contains("TopicView");
    context(&["topik.html"])
        .fail()
        .stderr_contains("did you mean `topic.html`?");
    context(&["base.html"])
        .fail()
        .stderr_contains("see the same variables");
}

#[test]
fn an_error_names_the_available_variables() {
    let site = Site::fixture("orchard").file("templates/topics.html", "{{ topic.name }}");
    site.build()
        .fail()
        .stderr_contains("in scope are topics, page, root, site, t, theme")
        .stderr_contains("offprint theme context topics.html");
}
