//! Future dates: a date far after the newest digest is probably a mistake, and would
//! put its paper at the top of every list. The newest digest's date is used as today,
//! since builds do not read the clock.

use std::path::Path;

use jiff::Span;

use super::dangling::locate;
use crate::content::{DigestPage, PaperPage};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Day, Paper};

/// The most days after the newest digest at which a paper may be listed.
const LISTED: i32 = 31;

/// The most days after it at which a paper may be published: journals date issues
/// ahead.
const PUBLISHED: i32 = 366;

/// Corrects future dates of papers, and reports them.
pub(super) fn correct(
    site: &Path,
    digests: &[DigestPage],
    papers: &mut [PaperPage],
) -> Diagnostics {
    let mut found = Diagnostics::new();
    let Some(newest) = digests.iter().filter_map(|page| page.digest.date).max() else {
        return found;
    };
    let after = |days: i32| newest.saturating_add(Span::new().days(days));
    let (listed, published) = (after(LISTED), after(PUBLISHED));
    for page in papers {
        let mut warn = |key: &str, said: String, what: String| {
            let message =
                format!("`{key}` is {said}, but the newest digest is of {newest}; {what}");
            found.push(
                Diagnostic::warning("future-date", message)
                    .at(locate(site, &page.file, key))
                    .field(key.to_owned())
                    .help("correct the date"),
            );
        };
        let paper = &mut page.paper;
        let days = |paper: &Paper| (paper.date, paper.published, paper.updated, paper.year);
        let said = days(paper);
        if let Some(date) = paper.date.filter(|date| *date > listed) {
            warn(
                "date",
                date.to_string(),
                format!("the paper is listed as of {newest}"),
            );
            paper.date = Some(newest);
        }
        let left_out = || "it is left out".to_owned();
        if let Some(day) = paper.published.take_if(|day| *day > Day::from(published)) {
            warn("published", day.to_string(), left_out());
        }
        if let Some(day) = paper.updated.take_if(|day| *day > published) {
            warn("updated", day.to_string(), left_out());
        }
        if let Some(year) = paper.year.take_if(|year| *year > published.year()) {
            warn("year", year.to_string(), left_out());
        }
        if days(paper) != said {
            // The page differs from its file now.
            page.origin = None;
        }
    }
    found
}
