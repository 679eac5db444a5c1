//! The engine: the ES module that answers queries in the browser.
//!
//! Its source is the modules below, beside each other in the theme. They are put
//! one after the other, without their imports (all of which are from each other)
//! and, but for the last, without the word `export`; so their top-level names must
//! differ. Then the comments go.

use super::script::without_comments;

macro_rules! part {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/themes/gazette/static/search/",
                $name
            )),
        )
    };
}

/// The modules, each after those that it imports from.
const PARTS: [(&str, &str); 19] = [
    part!("../digits.js"),
    part!("text.js"),
    part!("posting.js"),
    part!("fields.js"),
    part!("names.js"),
    part!("identifier.js"),
    part!("query.js"),
    part!("numbers.js"),
    part!("cards.js"),
    part!("columns.js"),
    part!("details.js"),
    part!("meaning.js"),
    part!("elasticlunr.js"),
    part!("shards.js"),
    part!("near.js"),
    part!("rank.js"),
    part!("terms.js"),
    part!("strict.js"),
    part!("marks.js"),
];

/// The module whose exports are the engine's.
const ENTRY: (&str, &str) = part!("engine.js");

/// The source of `search/engine.js` as it is served: one ES module without
/// imports, which exports `openIndex`.
pub fn engine_module() -> String {
    let mut module = String::new();
    for (_, part) in PARTS {
        for line in part.lines().filter(|line| !is_import(line)) {
            module.push_str(line.strip_prefix("export ").unwrap_or(line));
            module.push('\n');
        }
    }
    for line in ENTRY.1.lines().filter(|line| !is_import(line)) {
        module.push_str(line);
        module.push('\n');
    }
    without_comments(&module)
}

/// Imports are on lines of their own.
fn is_import(line: &str) -> bool {
    line.starts_with("import ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_is_one_module() {
        let module = engine_module();
        assert!(!module.contains("import "), "an import is left");
        assert_eq!(module.matches("\nexport ").count(), 1);
        assert!(module.contains("\nexport async function openIndex(load, first) {\n"));
        assert!(!module.contains("/**"), "a comment is left");
    }

    #[test]
    fn parts_come_after_those_they_import_from() {
        let mut known: Vec<String> = Vec::new();
        for (name, part) in PARTS.into_iter().chain([ENTRY]) {
            for line in part.lines().filter(|line| is_import(line)) {
                let from = line
                    .split('\'')
                    .nth(1)
                    .map(|from| from.strip_prefix("./").unwrap_or(from));
                let from = from.unwrap_or_else(|| panic!("{name}: {line}"));
                assert!(known.iter().any(|part| part == from), "{name}: {line}");
            }
            known.push(name.to_owned());
        }
    }
}
