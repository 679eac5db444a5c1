//! The place of an output: a folder that is not, does not hold and does not lie
//! within what the site is made from. A build there would mix pages into the
//! sources, or publish the site into itself again and again.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use crate::diagnostics::{Diagnostic, Place};

use super::STATE;

/// What a site is made from, by the folders below its own, and the folders that
/// are not for publishing.
const SOURCES: [&str; 6] = ["content", "static", "templates", "themes", ".git", STATE];

/// The folder within that of the program where sites are built that have another
/// address than usual.
const PUBLISH: &str = "publish";

/// How many links are followed on the way to a folder.
const MOST_LINKS: usize = 40;

/// Says why a site must not be built into a folder, if so.
pub(super) fn refuse(site: &Path, output: &Path) -> Option<Diagnostic> {
    let (site, real) = (resolve(site), resolve(output));
    let why = reason(&site, &real)?;
    Some(
        Diagnostic::error(
            "output-in-sources",
            format!("a site cannot be built into `{}`: {why}", output.display()),
        )
        .at(Place::file(output.display().to_string()))
        .help("name a folder that holds nothing else, such as --output public"),
    )
}

fn reason(site: &Path, output: &Path) -> Option<String> {
    if output == site {
        return Some("it is the site's own folder".to_owned());
    }
    if site.starts_with(output) {
        return Some("the site lies within it".to_owned());
    }
    if output
        .components()
        .any(|part| part.as_os_str().eq_ignore_ascii_case(".git"))
    {
        return Some("it lies in .git, which belongs to git".to_owned());
    }
    // A name that differs in case only is the same folder on many systems.
    if let Ok(inner) = output.strip_prefix(site)
        && inner.starts_with(Path::new(STATE).join(PUBLISH))
    {
        return None;
    }
    if let Ok(inner) = output.strip_prefix(site)
        && let Some(first) = inner.components().next()
        && let Some(name) = SOURCES
            .iter()
            .find(|name| first.as_os_str().to_string_lossy().to_lowercase() == **name)
    {
        return Some(match inner.components().count() {
            1 => format!("it is the site's {name}/"),
            _ => format!("it lies in the site's {name}/"),
        });
    }
    // A folder of sources, or one in it such as a theme, may be a link.
    for name in SOURCES {
        let folder = site.join(name);
        let within = std::fs::read_dir(&folder).into_iter().flatten();
        let links = within
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink()))
            .map(|entry| entry.path());
        for source in std::iter::once(folder.clone()).chain(links) {
            let real = resolve(&source);
            let shown = source.strip_prefix(site).unwrap_or(&source).display();
            if output.starts_with(&real) && real != *site {
                return Some(format!("{shown} is a link that leads to it"));
            }
            if real.starts_with(output) {
                return Some(format!("it holds what {shown} leads to"));
            }
        }
    }
    None
}

/// A path without links and `..`, also where its last parts do not exist yet.
pub(super) fn resolve(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut ahead: VecDeque<OsString> = parts(&path);
    let mut done = PathBuf::new();
    let mut links = 0;
    while let Some(part) = ahead.pop_front() {
        if part == ".." {
            done.pop();
            continue;
        }
        let next = done.join(&part);
        match std::fs::read_link(&next) {
            Ok(target) if links < MOST_LINKS => {
                links += 1;
                for part in parts(&target).into_iter().rev() {
                    ahead.push_front(part);
                }
            }
            _ => done = next,
        }
    }
    // What exists has one spelling on systems that do not tell upper from lower
    // case.
    let mut rest = Vec::new();
    let mut there = done.as_path();
    loop {
        if let Ok(mut real) = there.canonicalize() {
            real.extend(rest.iter().rev());
            return real;
        }
        match (there.parent(), there.file_name()) {
            (Some(parent), Some(name)) => {
                rest.push(name);
                there = parent;
            }
            _ => return done.clone(),
        }
    }
}

/// The parts of a path; a root takes the place of all before it when joined.
fn parts(path: &Path) -> VecDeque<OsString> {
    path.components()
        .filter(|part| *part != Component::CurDir)
        .map(|part| part.as_os_str().to_owned())
        .collect()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {

    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_path_is_resolved_whether_it_exists_or_not() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("a/b")).unwrap();
        symlink("a/b", root.join("link")).unwrap();
        symlink("a/new", root.join("dangling")).unwrap();
        symlink(root.join("link"), root.join("a/absolute")).unwrap();
        symlink("ring", root.join("ring")).unwrap();
        for (path, want) in [
            ("a/b", "a/b"),
            ("link/x", "a/b/x"),
            ("link/../x", "a/x"),
            ("dangling/y", "a/new/y"),
            ("a/absolute/../..", ""),
            ("new/../link/./z", "a/b/z"),
        ] {
            let resolved = resolve(&root.join(path));
            assert_eq!(
                resolved,
                root.join(want).components().collect::<PathBuf>(),
                "{path}"
            );
        }
        // No end is found, and none is waited for.
        resolve(&root.join("ring/x"));
    }
}
