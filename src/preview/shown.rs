//! The state that browsers compare with their page to see whether it is current.
//! Since it is a state rather than a list of events, browsers that connect late or
//! reconnect miss nothing.

use std::time::{SystemTime, UNIX_EPOCH};

/// What there is to see.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// The base path, with `/` at both ends.
    pub(super) base: String,
    /// Distinguishes this preview from an earlier one at the same URL.
    run: String,
    /// How many times pages may have changed.
    pages: u64,
    /// How many times only style sheets have changed.
    styles: u64,
    /// What is wrong with the site.
    pub(super) problem: Option<String>,
}

/// What an edit changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Update {
    /// Pages, or anything they may show.
    Pages,
    /// Only style sheets.
    Styles,
    /// Nothing, because the site has errors; here is the text.
    Problem(String),
}

impl Shown {
    /// The state before the first build.
    pub(super) fn new(base: String) -> Self {
        let started = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self {
            base,
            run: format!("{:x}", started.as_millis()),
            pages: 0,
            styles: 0,
            problem: None,
        }
    }

    /// Records a change.
    pub(super) fn note(&mut self, change: Update) {
        // If nothing could be built before, the placeholder page has to be replaced
        // too.
        let was_broken = self.problem.is_some();
        match change {
            Update::Problem(text) => {
                self.problem = Some(text);
                return;
            }
            Update::Styles if !was_broken => self.styles += 1,
            Update::Pages | Update::Styles => self.pages += 1,
        }
        self.problem = None;
    }

    /// Records that pages may have changed without an edit.
    pub(super) fn look_again(&mut self) {
        self.pages += 1;
    }

    /// The query with which a page's script says what the page shows, as an HTML
    /// attribute. `page` is the page's hash.
    pub(super) fn query(&self, page: &str) -> String {
        let base = url::form_urlencoded::byte_serialize(self.base.as_bytes());
        format!(
            "page={page}&amp;state={}.{}&amp;styles={}&amp;base={}",
            self.run,
            self.pages,
            self.styles,
            base.collect::<String>()
        )
    }

    /// The state as sent to browsers.
    pub(super) fn event(&self) -> String {
        serde_json::json!({
            "base": self.base,
            "state": format!("{}.{}", self.run, self.pages),
            "styles": self.styles,
            "problem": self.problem,
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_current_until_something_that_it_shows_changes() {
        let mut shown = Shown::new("/".to_owned());
        let first = shown.query("1f");
        shown.note(Update::Problem("no such field".to_owned()));
        assert_eq!(shown.query("1f"), first);
        assert!(shown.event().contains("no such field"));
        shown.note(Update::Styles);
        assert_ne!(shown.query("1f"), first);
        assert!(shown.event().contains("\"problem\":null"));
        assert!(shown.event().contains("\"styles\":0"));
        let mended = shown.query("1f");
        shown.note(Update::Styles);
        assert_eq!(shown.query("1f"), mended.replace("styles=0", "styles=1"));
    }
}
