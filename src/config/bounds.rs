//! Bounds: which files a site may read. A symbolic link in a site's folder can
//! point anywhere on the machine, and anybody who contributes to a site can add
//! one. Links are therefore followed only within the site, unless the settings
//! allow more.

use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::{Settings, Symlinks};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};

/// Which files a site may read.
#[derive(Debug, Clone)]
pub struct SiteBounds {
    /// The site's path as given.
    site: PathBuf,
    /// The site's canonical path; `None` if links may lead anywhere.
    root: Option<PathBuf>,
}

impl SiteBounds {
    /// The bounds of the site in a folder. If its settings cannot be read, no link
    /// may leave it.
    pub fn of(site: &Path) -> Self {
        let free =
            Settings::load(site).is_ok_and(|settings| settings.symlinks == Symlinks::Anywhere);
        let root = (!free).then(|| site.canonicalize().unwrap_or_else(|_| site.to_owned()));
        Self {
            site: site.to_owned(),
            root,
        }
    }

    /// Explains why a path of the site must not be read: a link on the way leads
    /// out of the site, or into a private folder. Missing paths are not refused;
    /// reading them fails anyway.
    pub fn refuse(&self, path: &Path) -> Option<Diagnostic> {
        let root = self.root.as_ref()?;
        let real = path.canonicalize().ok()?;
        let where_to = match real.strip_prefix(root) {
            Ok(inner) if is_private(inner) => "into a folder that is never published",
            Ok(_) => return None,
            Err(_) => "out of the site",
        };
        Some(
            Diagnostic::error("outside", format!("a link leads {where_to}"))
                .at(Place::file(self.name(path)))
                .help(
                    "put a copy of the file here, or set `symlinks = \"anywhere\"` under \
                     `[site]` if you trust every link in this site",
                ),
        )
    }

    /// All files below a folder of the site, sorted by path. Links are followed
    /// within the bounds; other links and unreadable files are reported as errors.
    /// A missing folder has no files.
    pub fn files(&self, folder: &Path) -> (Vec<PathBuf>, Diagnostics) {
        let (mut files, mut found) = (Vec::new(), Diagnostics::new());
        if !folder.is_dir() {
            // Unlike a missing folder, a file or a broken link in its place is an
            // error.
            if folder.symlink_metadata().is_ok() {
                found.push(
                    Diagnostic::error("no-folder", "not a folder, or a link that leads nowhere")
                        .at(Place::file(self.name(folder)))
                        .help("remove it, or create a folder in its place"),
                );
            }
            return (files, found);
        }
        if let Some(diagnostic) = self.refuse(folder) {
            found.push(diagnostic);
            return (files, found);
        }
        let mut walk = WalkDir::new(folder).follow_links(true).into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                // Some editors mark open files with a dangling link.
                Err(error) if error.path().is_some_and(is_editor_lock) => continue,
                Err(error) => {
                    found.push(self.unreadable(folder, &error));
                    continue;
                }
            };
            if entry.path_is_symlink()
                && entry.depth() > 0
                && let Some(diagnostic) = self.refuse(entry.path())
            {
                found.push(diagnostic);
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            } else if entry.file_type().is_file() {
                files.push(entry.into_path());
            }
        }
        // Compare bytes: comparing paths component by component takes ten times as
        // long.
        files.sort_unstable_by(|a, b| {
            let (a, b) = (a.as_os_str(), b.as_os_str());
            a.as_encoded_bytes().cmp(b.as_encoded_bytes())
        });
        (files, found)
    }

    fn unreadable(&self, folder: &Path, error: &walkdir::Error) -> Diagnostic {
        let path = error.path().unwrap_or(folder);
        let (message, help) = match (error.loop_ancestor(), error.io_error()) {
            (Some(ancestor), _) => (
                format!("a link leads in a circle, to {}", self.name(ancestor)),
                "remove the link",
            ),
            (None, Some(io)) => (
                format!("cannot be read: {io}"),
                "check the file and its permissions; a link must lead to an existing file",
            ),
            (None, None) => ("cannot be read".to_owned(), "check the file"),
        };
        Diagnostic::error("unreadable", message)
            .at(Place::file(self.name(path)))
            .help(help)
    }

    /// A path as the user knows it: relative to the site, with `/` on all systems.
    fn name(&self, path: &Path) -> String {
        let inner = path.strip_prefix(&self.site).unwrap_or(path);
        let parts: Vec<_> = inner
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    }
}

fn is_editor_lock(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with(".#"))
}

/// Folders that are never published: version control, which can hold credentials,
/// and Offprint's own.
fn is_private(inner: &Path) -> bool {
    let is = |part: Component<'_>, name: &str| part.as_os_str().eq_ignore_ascii_case(name);
    inner.components().any(|part| is(part, ".git"))
        || inner
            .components()
            .next()
            .is_some_and(|part| is(part, ".offprint"))
}

/// Whether a text can name a theme: a folder directly in `themes/`.
pub fn is_theme_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0'])
}

#[cfg(unix)]
#[cfg(test)]
mod tests {

    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_within_the_site_only() {
        let outer = tempfile::tempdir().unwrap();
        let site = outer.path().join("site");
        let folder = site.join("static");
        fs::create_dir_all(folder.join("a")).unwrap();
        fs::create_dir_all(site.join(".git")).unwrap();
        fs::create_dir_all(outer.path().join("elsewhere")).unwrap();
        for file in ["site/.git/config", "elsewhere/secret", "site/shared.css"] {
            fs::write(outer.path().join(file), "x").unwrap();
        }
        symlink(site.join("shared.css"), folder.join("good.css")).unwrap();
        symlink("../../elsewhere/secret", folder.join("file")).unwrap();
        symlink(outer.path().join("elsewhere"), folder.join("folder")).unwrap();
        symlink("../.git/config", folder.join("config")).unwrap();
        symlink("../a", folder.join("a/ring")).unwrap();
        symlink("nothing", folder.join("nothing")).unwrap();

        let files = |bounds: &SiteBounds| {
            let (files, found) = bounds.files(&folder);
            let files: Vec<String> = files
                .iter()
                .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
                .collect();
            let mut found: Vec<String> = found
                .into_iter()
                .map(|d| format!("{} {}", d.code, d.place.unwrap().file))
                .collect();
            found.sort();
            (files, found)
        };
        fs::write(site.join("offprint.toml"), "").unwrap();
        assert_eq!(
            files(&SiteBounds::of(&site)),
            (
                vec!["good.css".to_owned()],
                [
                    "outside static/config",
                    "outside static/file",
                    "outside static/folder",
                    "unreadable static/a/ring",
                    "unreadable static/nothing",
                ]
                .map(str::to_owned)
                .to_vec()
            )
        );
        fs::write(
            site.join("offprint.toml"),
            "[site]\nsymlinks = \"anywhere\"\n",
        )
        .unwrap();
        assert_eq!(
            files(&SiteBounds::of(&site)).0,
            ["config", "file", "secret", "good.css"]
        );
    }

    #[test]
    fn a_folder_that_is_a_link_out_is_refused_as_a_whole() {
        let outer = tempfile::tempdir().unwrap();
        let site = outer.path().join("site");
        fs::create_dir_all(&site).unwrap();
        fs::create_dir_all(outer.path().join("elsewhere/deep")).unwrap();
        fs::write(outer.path().join("elsewhere/deep/x"), "x").unwrap();
        fs::write(site.join("offprint.toml"), "").unwrap();
        symlink("../elsewhere", site.join("static")).unwrap();
        for folder in ["static", "static/deep"] {
            let (files, found) = SiteBounds::of(&site).files(&site.join(folder));
            assert!(files.is_empty() && found.has_errors(), "{folder}");
        }
    }

    #[test]
    fn a_theme_is_a_folder_and_no_path() {
        for good in ["gazette", "my theme", "a.b", "ü"] {
            assert!(is_theme_name(good), "{good}");
        }
        for bad in ["", ".", "..", "../x", "/x", "a/b", "a\\b", "C:x", ".git"] {
            assert!(!is_theme_name(bad), "{bad}");
        }
    }
}
