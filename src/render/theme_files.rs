//! The files of a theme: those that ship with the program, and over them those
//! that a site has.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use rust_embed::RustEmbed;

use crate::config::SiteBounds;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};

/// The themes that come with the program.
#[derive(RustEmbed)]
#[folder = "themes/"]
#[exclude = "*~"]
struct Shipped;

/// The theme that has the fonts, which are made when the program is built.
const THEME_OF_FONTS: &str = "gazette";

/// The fonts by their paths within that theme.
const FONTS: [(&str, &[u8]); 3] = [
    (
        "static/fonts/serif-regular.woff2",
        include_bytes!(concat!(env!("OUT_DIR"), "/serif-regular.woff2")),
    ),
    (
        "static/fonts/serif-italic.woff2",
        include_bytes!(concat!(env!("OUT_DIR"), "/serif-italic.woff2")),
    ),
    (
        "static/fonts/serif-bold.woff2",
        include_bytes!(concat!(env!("OUT_DIR"), "/serif-bold.woff2")),
    ),
];

/// A file of a theme or of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where it comes from, as the user knows it.
    pub origin: String,
    /// What is in it.
    pub bytes: Cow<'static, [u8]>,
}

/// What some editors begin a file of UTF-8 with.
const MARK: &str = "\u{feff}";

impl Asset {
    /// The file without the mark that some editors begin it with.
    pub(super) fn without_mark(mut self) -> Self {
        if self.bytes.starts_with(MARK.as_bytes()) {
            self.bytes = self.bytes[MARK.len()..].to_vec().into();
        }
        self
    }
}

/// The text of a file, without the mark that some editors begin a file with.
pub(super) fn text_of(asset: &Asset, found: &mut Diagnostics) -> String {
    match std::str::from_utf8(&asset.bytes) {
        Ok(text) => text.strip_prefix(MARK).unwrap_or(text).to_owned(),
        Err(_) => {
            found.push(
                Diagnostic::error("not-utf8", "the file is not UTF-8 text")
                    .at(Place::file(asset.origin.clone()))
                    .help("save the file as UTF-8"),
            );
            String::new()
        }
    }
}

/// Names of the themes that ship with the program.
pub fn shipped() -> Vec<String> {
    let mut names: Vec<String> = Shipped::iter()
        .filter_map(|path| path.split_once('/').map(|(name, _)| name.to_owned()))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The files of a theme by their paths within it: those that ship, and over them
/// those that the site has.
pub(super) fn theme_files(
    bounds: &SiteBounds,
    site: &Path,
    name: &str,
    found: &mut Diagnostics,
) -> BTreeMap<String, Asset> {
    let mut files = BTreeMap::new();
    let prefix = format!("{name}/");
    for path in Shipped::iter() {
        if let Some(inner) = path.strip_prefix(&prefix)
            && let Some(file) = Shipped::get(&path)
        {
            let asset = Asset {
                origin: format!("themes/{path}"),
                bytes: file.data,
            };
            files.insert(inner.to_owned(), asset);
        }
    }
    if name == THEME_OF_FONTS {
        for (path, bytes) in FONTS {
            let asset = Asset {
                origin: format!("themes/{name}/{path}"),
                bytes: bytes.into(),
            };
            files.insert(path.to_owned(), asset);
        }
    }
    files.extend(files_below(
        bounds,
        &site.join("themes").join(name),
        &format!("themes/{name}"),
        found,
    ));
    files
}

/// All files below a folder by their paths within it.
pub(super) fn files_below(
    bounds: &SiteBounds,
    folder: &Path,
    label: &str,
    found: &mut Diagnostics,
) -> BTreeMap<String, Asset> {
    let mut files = BTreeMap::new();
    let (paths, faults) = bounds.files(folder);
    found.append(faults);
    for path in paths {
        let inner: Vec<_> = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let inner = inner.join("/");
        let name = inner.rsplit('/').next().unwrap_or_default();
        if name.ends_with('~')
            || name.starts_with(".#")
            || name == ".DS_Store"
            || name.ends_with(".swp")
        {
            continue;
        }
        let origin = format!("{label}/{inner}");
        match std::fs::read(&path) {
            Ok(bytes) => {
                files.insert(
                    inner,
                    Asset {
                        origin,
                        bytes: bytes.into(),
                    },
                );
            }
            Err(error) => found.push(
                Diagnostic::error("unreadable", format!("cannot be read: {error}"))
                    .at(Place::file(origin)),
            ),
        }
    }
    files
}

/// The themes that a site can use: those that ship and those in its `themes/`,
/// by name, with what each says of itself.
pub fn themes(site: &Path) -> BTreeMap<String, String> {
    let mut names = shipped();
    if let Ok(folders) = std::fs::read_dir(site.join("themes")) {
        names.extend(
            folders
                .filter_map(Result::ok)
                .filter(|folder| folder.path().is_dir())
                .map(|folder| folder.file_name().to_string_lossy().into_owned()),
        );
    }
    let bounds = SiteBounds::of(site);
    let describe = |name: String| {
        let mut found = Diagnostics::new();
        let manifest = theme_files(&bounds, site, &name, &mut found).remove("theme.toml");
        let text = manifest.map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned());
        let table: Option<toml::Table> = text.and_then(|text| text.parse().ok());
        let said = table
            .as_ref()
            .and_then(|table| table.get("description")?.as_str());
        (name, said.unwrap_or_default().to_owned())
    };
    names.into_iter().map(describe).collect()
}
