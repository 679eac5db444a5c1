//! Checks the source against the project's rules: which module may use which, the
//! size of files, module docs, and no panics or printing in the library.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests and examples may stop at the first surprise, and say so"
)]

use std::collections::BTreeMap;
use std::path::Path;

/// The top-level modules ("rooms") in order. Each may use only those before it.
const ROOMS: [&str; 20] = [
    // base
    "model",
    "diagnostics",
    "text",
    "config",
    // in
    "ingest",
    "content",
    "fetch",
    // mind
    "prose",
    "topics",
    "derive",
    "library",
    // out
    "render",
    "cite",
    "search",
    "syndicate",
    "social",
    // whole
    "site",
    "preview",
    "check",
    "publish",
];

/// The module above all others.
const TOP: &str = "cli";

/// The most lines in a file, without its tests. A file holds one concept, short or
/// long; a longer file probably holds more than one.
const MAX_LINES: usize = 600;

/// The source files by path below `src/`, with `/` as separator.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&root) {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|e| e == "rs") {
            let inner = entry.path().strip_prefix(&root).unwrap();
            let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            sources.insert(parts.join("/"), text);
        }
    }
    assert!(sources.len() > 50, "the source was not found");
    sources
}

/// A room's position; the top one comes last.
fn rank(room: &str) -> Option<usize> {
    if room == TOP {
        return Some(ROOMS.len());
    }
    ROOMS.iter().position(|name| *name == room)
}

/// The text without line comments; doc comments may name any room.
fn without_comments(text: &str) -> String {
    text.lines()
        .map(|line| match line.trim_start().starts_with("//") {
            true => "",
            false => line.split(" // ").next().unwrap_or_default(),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The file without its unit tests.
fn without_tests(text: &str) -> &str {
    let end = text
        .match_indices("#[cfg(test)]\n")
        .find(|(at, mark)| text[at + mark.len()..].starts_with("mod "))
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The source that ends up in the program: leaves out unit tests and modules
/// declared under `#[cfg(test)]`.
fn program() -> BTreeMap<String, String> {
    let sources = sources();
    let mut tests = Vec::new();
    for (path, text) in &sources {
        let folder = match path.strip_suffix("mod.rs") {
            Some(folder) => folder.to_owned(),
            None => format!("{}/", path.trim_end_matches(".rs")),
        };
        for (at, mark) in text.match_indices("#[cfg(test)]\n") {
            let rest = text[at + mark.len()..]
                .trim_start_matches("pub(super) ")
                .trim_start_matches("pub(crate) ");
            if let Some(rest) = rest.strip_prefix("mod ")
                && let Some((name, _)) = rest.split_once(';')
                && name == identifier(name)
            {
                tests.push(format!("{folder}{name}"));
            }
        }
    }
    let is_test = |path: &str| {
        let stem = path.trim_end_matches(".rs");
        tests
            .iter()
            .any(|test| stem == test || path.starts_with(&format!("{test}/")))
    };
    sources
        .into_iter()
        .filter(|(path, _)| !is_test(path))
        .map(|(path, text)| (path, without_tests(&text).to_owned()))
        .collect()
}

/// The rooms that a file names as `crate::…`, including in groups, with their
/// lines.
fn rooms_used(text: &str) -> Vec<(usize, String)> {
    let text = without_comments(text);
    let mut used = Vec::new();
    for (at, mark) in text.match_indices("crate::") {
        let line = text[..at].matches('\n').count() + 1;
        let rest = &text[at + mark.len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(first_names(group).into_iter().map(|name| (line, name))),
            None => used.push((line, identifier(rest))),
        }
    }
    used
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The first name of each path in a group's braces.
fn first_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut begins) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && c.is_alphabetic() => {
                names.push(identifier(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

/// Messages for every use of a room that is not allowed.
fn wrong_arrows(path: &str, text: &str) -> Vec<String> {
    let room = path.split('/').next().unwrap_or_default();
    let Some(here) = rank(room).filter(|_| path.contains('/')) else {
        return match path {
            "lib.rs" | "main.rs" => Vec::new(),
            _ => vec![format!("{path} is in no room that is known")],
        };
    };
    let mut wrong = Vec::new();
    for (line, name) in rooms_used(text) {
        if name == room {
            continue;
        }
        match rank(&name) {
            Some(there) if there < here => {}
            Some(_) => wrong.push(format!("src/{path}:{line}: {room} may not use {name}")),
            // Nothing at the crate's root belongs to a room.
            None => wrong.push(format!("src/{path}:{line}: `crate::{name}` is no room")),
        }
    }
    // A path through `super` would hide a dependency.
    let depth = path.matches('/').count() + usize::from(!path.ends_with("mod.rs"));
    let leaving = "super::".repeat(depth);
    for (at, line) in without_comments(without_tests(text)).lines().enumerate() {
        if line.contains(&leaving) {
            wrong.push(format!(
                "src/{path}:{}: leaves its room by `super`; write `crate::`",
                at + 1
            ));
        }
    }
    wrong
}

#[test]
fn rooms_use_only_rooms_before_them() {
    let wrong: Vec<String> = sources()
        .iter()
        .flat_map(|(path, text)| wrong_arrows(path, text))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_forbidden_dependency_is_caught() {
    for (path, text) in [
        ("model/paper.rs", "use crate::config::Settings;"),
        ("text/mod.rs", "use crate::cli;"),
        ("content/a.rs", "fn f() { crate::site::build(); }"),
        ("ingest/a.rs", "use crate::{model::Date, library::Library};"),
        (
            "ingest/a.rs",
            "use crate::{\n    model::{Date, Slug},\n    prose,\n};",
        ),
        ("config/mod.rs", "use super::library::Library;"),
        (
            "config/a/b.rs",
            "use super::super::super::library::Library;",
        ),
        (
            "prose/a.rs",
            "#[cfg(test)]\nmod tests {\n    use crate::topics::Taxonomy;\n}",
        ),
        ("content/a.rs", "use crate::fetch::Source;"),
        ("content/a.rs", "use crate::run;"),
        ("attic/a.rs", "use crate::model::Date;"),
        ("loose.rs", ""),
    ] {
        assert_eq!(wrong_arrows(path, text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn an_allowed_dependency_is_not() {
    for (path, text) in [
        ("cli/mod.rs", "use crate::site;\nuse crate::model::Date;"),
        ("content/a.rs", "use crate::ingest::{Format, ParsedFile};"),
        ("content/a.rs", "use crate::{model::Date, text};"),
        ("content/a.rs", "use crate::content::Content;"),
        ("content/a.rs", "use super::merge::Rules;"),
        (
            "content/a.rs",
            "//! Not for [`crate::site`].\nlet x = 1; // crate::cli knows",
        ),
        (
            "content/mod.rs",
            "#[cfg(test)]\nmod tests {\n    use super::*;\n}",
        ),
        ("main.rs", "fn main() { offprint::cli::run() }"),
    ] {
        assert_eq!(wrong_arrows(path, text), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn no_file_is_too_long() {
    let mut wrong = Vec::new();
    for (path, text) in program() {
        let lines = text.lines().count();
        if lines > MAX_LINES {
            wrong.push(format!(
                "src/{path} has {lines} lines; {MAX_LINES} are allowed"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_starts_with_module_docs() {
    for (path, text) in program() {
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! "),
            "src/{path} begins with {first:?}"
        );
    }
}

#[test]
fn nothing_unwraps_outside_of_tests() {
    for (path, text) in program() {
        for (at, line) in without_comments(&text).lines().enumerate() {
            assert!(
                !line.contains(".unwrap()"),
                "src/{path}:{}: say with `expect` why it cannot fail",
                at + 1
            );
        }
    }
}

#[test]
fn the_library_prints_nothing() {
    for (path, text) in program() {
        for (at, line) in without_comments(&text).lines().enumerate() {
            for word in ["println!(", "eprintln!(", "print!(", "dbg!("] {
                let begins = line.find(word).is_some_and(|at| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                });
                assert!(!begins, "src/{path}:{}: {word}", at + 1);
            }
        }
    }
}
