//! `[robots]`: which crawlers may read the site.

use super::value::{fault, set};
use crate::config::fields::Fields;

/// Which crawlers may read the site.
#[derive(Debug, Clone, PartialEq)]
pub struct RobotsSettings {
    /// `index`: whether search engines may list the site's pages.
    pub index: bool,
    /// `ai`: what AI crawlers may do with it.
    pub ai: AiUse,
    /// `disallow`: paths that no crawler may read. Each starts with `/`, the root
    /// of the site.
    pub disallow: Vec<String>,
}

impl Default for RobotsSettings {
    fn default() -> Self {
        Self {
            index: true,
            ai: AiUse::Allow,
            disallow: Vec::new(),
        }
    }
}

/// What AI crawlers may do with the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AiUse {
    /// Anything.
    Allow,
    /// Use it to answer questions, but not for training.
    Search,
    /// Nothing.
    Deny,
}

impl RobotsSettings {
    pub(super) fn read(robots: Fields<'_, '_>) -> Self {
        let mut read = Self::default();
        set(&mut read.index, robots.bool("index"));
        let uses = [
            ("allow", AiUse::Allow),
            ("search", AiUse::Search),
            ("deny", AiUse::Deny),
        ];
        set(&mut read.ai, robots.choice("ai", &uses));
        for path in robots.strings("disallow").unwrap_or_default() {
            // In robots.txt, `#` starts a comment, and paths have no spaces.
            let fits =
                path.starts_with('/') && path.chars().all(|c| c.is_ascii_graphic() && c != '#');
            if fits {
                read.disallow.push(path);
            } else {
                fault(
                    &robots,
                    "disallow",
                    format!("`{path}` is not a path of the site"),
                    "write it relative to the site's root, such as /search/; encode non-ASCII \
                     letters, such as %C3%BC",
                );
            }
        }
        robots.finish();
        read
    }
}
