//! Bundles: the scripts of a theme are ES modules; a portable site has one classic script
//! for each that a page loads, with all modules that this one needs.
//!
//! A module becomes a function that fills an object with what it exports. Imports and
//! exports have to be at the beginning of a line, each on a line of its own, as those
//! of the themes that ship do.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Place};
use crate::render::{SEARCH_ENGINE, Theme, is_engine_part};
use crate::search::engine_module;

/// The scripts of a portable site by their paths among the assets.
pub(in crate::site) type Bundles = BTreeMap<String, String>;

/// What begins a bundle: modules that another script of the page brought are kept.
const HEAD: &str = "\
(() => {
globalThis.offprintOnDisk = true;
const here = document.currentScript.src;
const base = (path) => new URL(path, here.slice(0, here.lastIndexOf(\"/\") + 1)).href;
const made = (globalThis.offprintMade ??= {});
const modules = (globalThis.offprintModules ??= {});
const need = (name) => {
if (!made[name]) modules[name]((made[name] = {}));
return made[name];
};
";

/// A module, taken apart.
struct Module {
    /// The modules that it imports or may import.
    needs: BTreeSet<String>,
    /// Its text as the body of a function of `exported`.
    body: String,
}

/// The bundles of a theme's scripts: one for each that no other script imports.
///
/// # Errors
/// Gives imports and exports that cannot be read.
pub(in crate::site) fn bundles(theme: &Theme) -> Result<Bundles, Vec<Diagnostic>> {
    let mut modules: BTreeMap<String, Module> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut take = |path: &str, origin: &str, text: &str| match module(path, text) {
        Ok(module) => {
            modules.insert(path.to_owned(), module);
        }
        Err((line, what)) => faults.push(
            Diagnostic::error("unbundled", format!("a portable site cannot have `{what}`"))
                .at(Place {
                    line: Some(line),
                    ..Place::file(origin)
                })
                .help("write imports and exports of names, each on a line of its own"),
        ),
    };
    for (path, asset) in &theme.statics {
        if !path.ends_with(".js") || !theme.assets.has(path) || is_engine_part(path, asset) {
            continue;
        }
        let text = String::from_utf8_lossy(&asset.bytes);
        take(path, &asset.origin, &text);
    }
    take(SEARCH_ENGINE, SEARCH_ENGINE, &engine_module());
    if !faults.is_empty() {
        return Err(faults);
    }
    let needed: BTreeSet<&str> = modules
        .values()
        .flat_map(|module| module.needs.iter().map(String::as_str))
        .collect();
    let entries = modules
        .keys()
        .filter(|path| !needed.contains(path.as_str()) && *path != SEARCH_ENGINE);
    Ok(entries
        .map(|entry| (entry.clone(), bundle(entry, &modules)))
        .collect())
}

/// One script with a module and all that it needs.
fn bundle(entry: &str, modules: &BTreeMap<String, Module>) -> String {
    let mut names = BTreeSet::new();
    let mut waiting = vec![entry];
    while let Some(name) = waiting.pop() {
        if names.insert(name) {
            let module = modules.get(name);
            waiting.extend(
                module
                    .iter()
                    .flat_map(|module| module.needs.iter().map(String::as_str)),
            );
        }
    }
    let mut out = String::from(HEAD);
    for name in names {
        let Some(module) = modules.get(name) else {
            continue;
        };
        out.push_str(&format!("modules[\"{name}\"] ??= (exported) => {{\n"));
        out.push_str(&module.body);
        out.push_str("};\n");
    }
    out.push_str(&format!("need(\"{entry}\");\n}})();\n"));
    out
}

/// Takes a module apart; a line that cannot be read is given with its number.
fn module(path: &str, text: &str) -> Result<Module, (usize, String)> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let resolve = |from: &str| -> Option<String> {
        let inner = from.strip_prefix("./")?;
        Some(match folder {
            "" => inner.to_owned(),
            folder => format!("{folder}/{inner}"),
        })
    };
    let mut needs = BTreeSet::new();
    let mut exports = Vec::new();
    let mut body = String::with_capacity(text.len() + 256);
    for (n, line) in text.lines().enumerate() {
        let fault = || (n + 1, line.trim().to_owned());
        if let Some(import) = line.strip_prefix("import ") {
            let (names, from) = match import.split_once(" from ") {
                Some((names, from)) => (names.trim(), from),
                None => ("", import),
            };
            let from = quoted(from).and_then(resolve).ok_or_else(fault)?;
            if names.is_empty() {
                body.push_str(&format!("need(\"{from}\");\n"));
            } else if names.starts_with('{') && names.ends_with('}') {
                let names = names.replace(" as ", ": ");
                body.push_str(&format!("const {names} = need(\"{from}\");\n"));
            } else {
                return Err(fault());
            }
            needs.insert(from);
            continue;
        }
        let rest = match line.strip_prefix("export ") {
            None => line,
            Some(rest) => {
                let rest_of = |word: &str| rest.strip_prefix(word);
                let name = rest_of("async function ")
                    .or_else(|| rest_of("function* "))
                    .or_else(|| rest_of("function "))
                    .or_else(|| rest_of("const "))
                    .or_else(|| rest_of("let "))
                    .or_else(|| rest_of("class "))
                    .map(|after| {
                        let end =
                            after.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$'));
                        &after[..end.unwrap_or(after.len())]
                    });
                exports.push(
                    name.filter(|name| !name.is_empty())
                        .ok_or_else(fault)?
                        .to_owned(),
                );
                rest
            }
        };
        let mut rest = rest.replace("import.meta.url", &format!("base(\"{path}\")"));
        while let Some(at) = rest.find("import(\"").or_else(|| rest.find("import('")) {
            let inner = &rest[at + "import(".len()..];
            let end = inner.find(')').ok_or_else(fault)?;
            // Types are told in comments.
            let Some(from) = quoted(&inner[..end]).and_then(resolve) else {
                return Err(fault());
            };
            let is_comment = rest.trim_start().starts_with(['*', '/']);
            let call = match is_comment {
                true => from.clone(),
                false => {
                    needs.insert(from.clone());
                    format!("Promise.resolve().then(() => need(\"{from}\"))")
                }
            };
            rest.replace_range(at..at + "import(".len() + end + 1, &call);
        }
        body.push_str(&rest);
        body.push('\n');
    }
    // A name that is exported may change until the module has run.
    for name in exports {
        body.push_str(&format!("exported.{name} = {name};\n"));
    }
    Ok(Module { needs, body })
}

/// The text between quotation marks.
fn quoted(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches(';').trim();
    let inner = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .or_else(|| {
            text.strip_prefix('\'')
                .and_then(|rest| rest.strip_suffix('\''))
        })?;
    (!inner.contains(['"', '\'', '\\'])).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_becomes_a_function() {
        let text = "import { a, b as c } from \"./x.js\";\nimport './y.js';\nexport const d = 1;\nexport async function e() {\n  return import(\"./z.js\").then(({ f }) => f(new URL(\"./\", import.meta.url)));\n}\n";
        let module = module("m.js", text).unwrap();
        assert_eq!(
            module.body,
            "const { a, b: c } = need(\"x.js\");\nneed(\"y.js\");\nconst d = 1;\nasync function e() {\n  return Promise.resolve().then(() => need(\"z.js\")).then(({ f }) => f(new URL(\"./\", base(\"m.js\"))));\n}\nexported.d = d;\nexported.e = e;\n"
        );
        assert_eq!(
            module.needs.into_iter().collect::<Vec<_>>(),
            ["x.js", "y.js", "z.js"]
        );
    }

    #[test]
    fn what_cannot_be_bundled_is_told_with_its_line() {
        for text in [
            "import x from \"./x.js\";",
            "import { x } from \"https://a.test/x.js\";",
            "export default 1;",
            "export { a };",
            "import(\"/x.js\")",
        ] {
            let line = module("m.js", &format!("\n{text}\n"))
                .err()
                .map(|(line, _)| line);
            assert_eq!(line, Some(2), "{text}");
        }
    }
}
