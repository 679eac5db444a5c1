//! Writes discovered topics as topic pages.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use toml_edit::Array;

use crate::model::{Slug, Topic};

use super::FOLDER;

/// The column at which rules are wrapped.
const WIDTH: usize = 96;

/// Writes the page of a new topic and returns its path within the site. Fails with
/// `AlreadyExists` if there is one.
///
/// # Errors
/// Returns the file system's error.
pub fn write_topic(site: &Path, topic: &Topic) -> io::Result<String> {
    let file = format!("{FOLDER}/topics/{}.md", topic.id);
    let path = site.join(&file);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut out = fs::File::create_new(path)?;
    out.write_all(page(topic).as_bytes())?;
    Ok(file)
}

fn page(topic: &Topic) -> String {
    let text = |text: &str| toml_edit::Value::from(text).to_string();
    let mut out = format!("+++\nname = {}\n", text(&topic.name));
    if !topic.scope.is_empty() {
        let _ = writeln!(out, "scope = {}", text(&topic.scope));
    }
    if let Some(parent) = &topic.parent {
        let _ = writeln!(out, "parent = {}", text(parent.as_str()));
    }
    if !topic.rule.is_empty() {
        let _ = writeln!(out, "match = {}", rule(&topic.rule));
    }
    if let Some(threshold) = topic.threshold {
        let _ = writeln!(out, "threshold = {threshold:?}");
    }
    for (key, slugs) in [
        ("pinned", &topic.pinned),
        ("exclude", &topic.exclude),
        ("aliases", &topic.aliases),
    ] {
        if !slugs.is_empty() {
            let _ = writeln!(out, "{key} = {}", list(slugs));
        }
    }
    out.push_str("+++\n");
    if !topic.introduction.is_empty() {
        let _ = writeln!(out, "{}", topic.introduction);
    }
    out
}

/// A rule in quotation marks that do not clash with its own, wrapped to fit the
/// screen.
fn rule(rule: &str) -> String {
    if rule.contains("'''") || rule.chars().any(char::is_control) {
        return toml_edit::Value::from(rule).to_string();
    }
    let mut out = String::from("'''\n");
    let mut width = 0;
    for word in rule.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out.push_str("\n'''");
    out
}

/// A list, one name per line if there are several.
fn list(slugs: &[Slug]) -> String {
    let mut array = Array::from_iter(slugs.iter().map(Slug::as_str));
    if slugs.len() > 1 {
        for value in array.iter_mut() {
            value.decor_mut().set_prefix("\n    ");
        }
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    }
    array.to_string()
}

#[cfg(test)]
mod tests {
    use super::super::page_read;
    use super::*;

    #[test]
    fn a_page_that_is_written_reads_back() {
        let mut topic = Topic::new(Slug::parse("path-planning").unwrap(), "Path \"planning\"");
        topic.scope = "paths, planners".to_owned();
        topic.parent = Some(Slug::parse("robots").unwrap());
        let terms = vec!["\"path planning\""; 40];
        topic.rule = format!("({})^2.6", terms.join(" OR "));
        topic.threshold = Some(3.0);
        topic.pinned = vec![Slug::parse("a").unwrap(), Slug::parse("b").unwrap()];
        topic.introduction = "Of *paths*.".to_owned();
        let text = page(&topic);
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        let (read, found) = page_read::topic(&"topic.md".into(), topic.id.clone(), &text);
        assert!(found.is_empty(), "{text}");
        let mut read = read.unwrap().topic;
        read.rule = read.rule.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(read, topic);
    }
}
