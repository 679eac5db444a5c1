//! Labelled values, as in "Authors: …".

use crate::ingest::day::Day;
use crate::ingest::value::count;

/// The meaning of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Label {
    Title,
    Authors,
    Abstract,
    Keywords,
    Summary,
    Venue,
    Comment,
    Categories,
    /// A link or an identifier on the next line.
    Address,
    Published,
    License,
    /// Something a record has no field for.
    Other,
}

/// The longest label.
const MAX_LABEL: usize = 24;

/// The label at the start of a line, and its value. Labels that titles commonly
/// begin with count only if the value fits; without a colon, they must be alone on
/// the line.
pub(in crate::ingest) fn label(text: &str) -> Option<(Label, &str)> {
    let colon = text
        .char_indices()
        .take(MAX_LABEL + 1)
        .find(|(_, c)| matches!(c, ':' | '：'));
    let Some((at, colon)) = colon else {
        let label = (text.len() <= MAX_LABEL).then(|| known(text)).flatten()?;
        let alone = matches!(label, Label::Abstract | Label::Authors | Label::Keywords)
            || text.eq_ignore_ascii_case("tl;dr");
        return alone.then_some((label, ""));
    };
    let label = known(text[..at].trim())?;
    let value = text[at + colon.len_utf8()..].trim();
    let fits = match label {
        // Labelled URLs are recognised on their own.
        Label::Address => value.is_empty(),
        Label::Comment => count(value).is_none(),
        Label::Published => Day::find(value).is_some(),
        Label::Other => value.split_whitespace().count() <= 30,
        _ => true,
    };
    fits.then_some((label, value))
}

fn known(name: &str) -> Option<Label> {
    Some(match name.to_lowercase().as_str() {
        "title" | "paper title" => Label::Title,
        "author" | "authors" | "author(s)" | "by" => Label::Authors,
        "abstract" | "summary" | "paper abstract" => Label::Abstract,
        "keywords" | "keyword" | "key words" | "index terms" | "tags" => Label::Keywords,
        "tl;dr" | "tldr" | "tl; dr" | "one-sentence summary" => Label::Summary,
        "venue" | "published in" | "journal-ref" | "journal ref" | "journal reference"
        | "conference" | "journal" | "appeared in" => Label::Venue,
        "comments" | "comment" => Label::Comment,
        "subjects" | "subject" | "categories" | "primary area" | "subject areas" => {
            Label::Categories
        }
        "doi" | "arxiv" | "arxiv id" | "url" | "link" | "links" | "paper" | "pdf" | "code"
        | "github" | "project" | "project page" | "website" | "homepage" | "demo" | "video"
        | "dataset" | "data" | "model" | "models" | "tweet" | "repo" | "cite as" | "openreview"
        | "paper link" | "code link" | "related doi" => Label::Address,
        "date" | "published" | "submitted" | "announced" | "published on" | "publication date"
        | "submission date" => Label::Published,
        "license" | "licence" => Label::License,
        "affiliation" | "affiliations" | "institution" | "institutions" | "organization"
        | "presenter" | "speaker" | "report-no" | "report number" | "msc-class" | "acm-class"
        | "msc class" | "acm class" | "readers" | "rating" | "score" | "topic" => Label::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_titles_with_a_colon() {
        for (text, want) in [
            ("Title: A Study", Some((Label::Title, "A Study"))),
            ("ABSTRACT: We do.", Some((Label::Abstract, "We do."))),
            ("Abstract", Some((Label::Abstract, ""))),
            ("Authors:", Some((Label::Authors, ""))),
            ("TL;DR: short", Some((Label::Summary, "short"))),
            ("Code:", Some((Label::Address, ""))),
            ("Comments: 3", None),
            ("Comments: 3 pages", Some((Label::Comment, "3 pages"))),
            (
                "Published: 22 Jan 2025, Last Modified: 11 Feb 2025",
                Some((Label::Published, "22 Jan 2025, Last Modified: 11 Feb 2025")),
            ),
            ("Code: A Language for Machines", None),
            ("Paper: A Thin History", None),
            ("StdGEN: Semantic Decomposition", None),
            ("Code", None),
            ("Summary", Some((Label::Abstract, ""))),
        ] {
            assert_eq!(label(text), want, "{text}");
        }
    }
}
