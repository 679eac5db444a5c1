//! What of a site is immutable: files whose names change with their content, so that
//! caches may keep them for ever.

use crate::render::{ASSETS, ASSETS_HASH};

/// How many characters the hashes in names have.
const HASH: usize = ASSETS_HASH;

/// Whether the content of a published file can be told from its name: browsers may keep
/// it for ever.
pub fn is_immutable(path: &str) -> bool {
    if let Some(inner) = path.strip_prefix(ASSETS) {
        return inner.split_once('/').is_some_and(|(hash, _)| is_hash(hash));
    }
    let Some(inner) = path.strip_prefix("search/") else {
        return false;
    };
    let Some(name) = inner.strip_suffix(".json") else {
        return false;
    };
    match name.split_once('/') {
        // What follows the hash is the file's place among those that share it.
        Some((_, name)) => name.get(..HASH).is_some_and(is_hash),
        None => name.rsplit_once('.').is_some_and(|(_, hash)| is_hash(hash)),
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == HASH
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_by_its_content_may_be_kept() {
        for path in [
            "assets/0123456789/style.css",
            "assets/0123456789/search/engine.js",
            "search/root.0123456789.json",
            "search/t/012345678907.json",
        ] {
            assert!(is_immutable(path), "{path}");
        }
        for path in [
            "index.html",
            "assets/live/style.css",
            "assets/0123456789",
            "search/index.html",
            "search/root.json",
            "style.css",
            "papers/0123456789/index.html",
        ] {
            assert!(!is_immutable(path), "{path}");
        }
    }
}
