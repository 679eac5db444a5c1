//! Shown: what there is to see at present, by which a browser tells whether its
//! page is current. It is a state and not a list of messages, so whoever comes
//! late, was away or lost the connection knows as much as anybody.

use std::time::{SystemTime, UNIX_EPOCH};

/// What there is to see.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Where the site begins, with `/` at both ends.
    pub(super) base: String,
    /// Tells this preview from an earlier one at the same address.
    run: String,
    /// How often pages may have changed.
    pages: u64,
    /// How often style sheets alone have changed.
    styles: u64,
    /// What is wrong with the site.
    pub(super) problem: Option<String>,
}

/// What a build changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Pages, or anything that they may show.
    Pages,
    /// Style sheets alone.
    Styles,
    /// Nothing: the site has errors, and the text says which.
    Problem(String),
}

impl Shown {
    /// What there is before the first build.
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

    /// Takes note of a change.
    pub(super) fn note(&mut self, change: Change) {
        // Where nothing could be built, the page in its place goes as well.
        let was_broken = self.problem.is_some();
        match change {
            Change::Problem(text) => {
                self.problem = Some(text);
                return;
            }
            Change::Styles if !was_broken => self.styles += 1,
            Change::Pages | Change::Styles => self.pages += 1,
        }
        self.problem = None;
    }

    /// Pages may have changed without anybody's edit.
    pub(super) fn look_again(&mut self) {
        self.pages += 1;
    }

    /// The query by which a page's script knows what the page shows, as an
    /// attribute of HTML. `page` is the hash of the page itself.
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

    /// The state as a browser gets it.
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
        shown.note(Change::Problem("no such field".to_owned()));
        assert_eq!(shown.query("1f"), first);
        assert!(shown.event().contains("no such field"));
        shown.note(Change::Styles);
        assert_ne!(shown.query("1f"), first);
        assert!(shown.event().contains("\"problem\":null"));
        assert!(shown.event().contains("\"styles\":0"));
        let mended = shown.query("1f");
        shown.note(Change::Styles);
        assert_eq!(shown.query("1f"), mended.replace("styles=0", "styles=1"));
    }
}
