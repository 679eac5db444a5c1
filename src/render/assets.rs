//! Assets: the style sheets, scripts and pictures of a theme, published below a folder
//! whose name is a hash of all of them. So a browser never mixes two builds and may keep
//! each file for ever. They name each other by relative paths, which the folder keeps.

use std::collections::BTreeMap;

use super::code;
use super::theme_files::Asset;

/// The folder of all assets, with `/` at its end.
pub const ASSETS: &str = "assets/";

/// How many characters the hash has.
pub const ASSETS_HASH: usize = 10;

/// The style sheet of code, where the theme has none.
pub const CODE_STYLES: &str = "code.css";

/// The search engine, which is put together of the scripts below `search/`.
pub const SEARCH_ENGINE: &str = "search/engine.js";

/// The assets of a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assets {
    /// The folder, with `/` at its end.
    folder: String,
    /// Their paths within it.
    paths: Vec<String>,
}

impl Assets {
    /// The assets among the static files of a theme and of its site: those whose paths
    /// the theme has. All others are the site's own and keep their names.
    pub(super) fn of(statics: &BTreeMap<String, Asset>, files: &BTreeMap<String, Asset>) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut paths = vec![CODE_STYLES.to_owned(), SEARCH_ENGINE.to_owned()];
        let mut add = |path: &str, bytes: &[u8]| {
            hasher.update(&(path.len() as u64).to_le_bytes());
            hasher.update(path.as_bytes());
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        let of_theme = files.keys().filter_map(|file| file.strip_prefix("static/"));
        for path in of_theme {
            let Some(asset) = statics.get(path) else {
                continue;
            };
            add(path, &asset.bytes);
            if !is_engine_part(path, asset) {
                paths.push(path.to_owned());
            }
        }
        if !statics.contains_key(CODE_STYLES) {
            add(CODE_STYLES, code::style_sheet().as_bytes());
        }
        paths.sort_unstable();
        paths.dedup();
        let hash = hasher.finalize().to_hex();
        Self {
            folder: format!("{ASSETS}{}/", &hash[..ASSETS_HASH]),
            paths,
        }
    }

    /// Gives the folder a name that stays the same while the assets are edited.
    pub fn keep_name(&mut self) {
        self.folder = format!("{ASSETS}live/");
    }

    /// The folder, with `/` at its end.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Whether a static file is one of them.
    pub fn has(&self, path: &str) -> bool {
        self.paths
            .binary_search_by(|own| own.as_str().cmp(path))
            .is_ok()
    }

    /// Their paths within the folder.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Where one of them is published.
    pub fn published(&self, path: &str) -> String {
        format!("{}{path}", self.folder)
    }
}

/// The theme has the search engine's source in parts; it is published as one
/// module.
pub fn is_engine_part(path: &str, asset: &Asset) -> bool {
    path.starts_with("search/") && path.ends_with(".js") && asset.origin.starts_with("themes/")
}
