//! Finds a paper's title in a line, and what comes before and after it.

use super::super::page_text::{Shape, chrome, only_addresses, shape};
use super::blocks::{Piece, text};
use super::entry::without_place;
use crate::model::LinkKind;
use crate::text::clean_line;

/// The title that a block starts with.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Head {
    pub(super) title: String,
    /// The title's link.
    pub(super) link: Option<String>,
    /// The text before it: a date, a venue, authors.
    pub(super) lead: String,
    /// The text after it.
    pub(super) rest: Vec<Piece>,
    /// Whether it is a complete title with its own link, even as an item below a
    /// paper.
    pub(super) is_whole: bool,
    /// Whether it may be a sentence that contains a link.
    pub(super) is_weak: bool,
}

impl Head {
    /// The head of a block without links.
    pub(super) fn plain(pieces: &[Piece]) -> Self {
        let all = text(pieces);
        let (title, rest) = split_plain(&all);
        Self {
            title: title.to_owned(),
            rest: vec![Piece {
                text: rest.to_owned(),
                ..Piece::default()
            }],
            ..Self::default()
        }
    }
}

/// A URL that leads off the page.
pub(super) fn outside(piece: &Piece) -> Option<&str> {
    let link = piece.link.as_deref()?;
    (link.starts_with("http://") || link.starts_with("https://")).then_some(link)
}

/// The kind of link named by its text, if that is not a title: "paper", "Code",
/// "arXiv 2024", "project page".
pub(super) fn role(shown: &str) -> Option<Option<LinkKind>> {
    let shown = clean_line(shown);
    let bare = shown.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return Some(None);
    }
    if only_addresses(bare).is_some() {
        return Some(None);
    }
    let mut kind = None;
    let words: Vec<String> = bare
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.len() > 4 {
        return None;
    }
    let mut known = false;
    for word in &words {
        let said = match word.as_str() {
            "paper" | "abs" | "abstract" | "arxiv" | "link" | "openreview" | "acl" | "cvf"
            | "ieee" | "acm" | "springer" | "nature" | "publication" | "preprint" | "doi"
            | "proceedings" | "article" => Some(LinkKind::Paper),
            "pdf" => Some(LinkKind::Pdf),
            "code" | "github" | "repo" | "repository" | "source" | "implementation"
            | "official" | "pytorch" | "tensorflow" | "jax" | "gitlab" => Some(LinkKind::Code),
            "project" | "website" | "homepage" | "page" | "webpage" | "site" | "web" | "blog"
            | "post" => Some(LinkKind::Project),
            "model" | "models" | "weights" | "checkpoint" | "checkpoints" | "huggingface"
            | "hf" | "hugging" => Some(LinkKind::Model),
            "dataset" | "datasets" | "data" | "benchmark" => Some(LinkKind::Dataset),
            "demo" | "colab" | "space" | "spaces" => Some(LinkKind::Demo),
            "video" | "talk" | "slides" | "youtube" | "poster" | "presentation" => {
                Some(LinkKind::Video)
            }
            "tweet" | "thread" | "discussion" | "twitter" | "reviews" => Some(LinkKind::Discussion),
            "html" | "bib" | "bibtex" | "supp" | "supplementary" | "supplement" | "material"
            | "appendix" | "url" | "here" | "full" | "text" | "version" | "the" | "our" | "and"
            | "on" | "face" | "star" | "stars" | "citation" | "cite" | "read" | "view"
            | "online" | "access" | "open" => None,
            digits if digits.bytes().all(|b| b.is_ascii_digit()) => continue,
            _ => return None,
        };
        known = true;
        kind = kind.or(said);
    }
    (known
        || words
            .iter()
            .all(|word| word.bytes().all(|b| b.is_ascii_digit())))
    .then_some(kind)
}

fn is_title(shown: &str) -> bool {
    says_something(shown) && chrome(shown).is_none()
}

/// Whether a text can be a title when its link or formatting suggests so, even if
/// it consists of menu words: "Related Work".
fn says_something(shown: &str) -> bool {
    let letters = shown.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && role(shown).is_none()
}

/// Whether a link leads to a paper registry.
fn leads_to_paper(piece: &Piece) -> bool {
    outside(piece).is_some_and(|url| crate::model::PaperId::from_url(url).is_some())
}

/// The head of a block that starts with a linked title.
pub(super) fn head(pieces: &[Piece]) -> Option<Head> {
    let strong = strong_run(pieces);
    let link = pieces.iter().position(|piece| {
        outside(piece).is_some()
            && (is_title(&piece.text) || leads_to_paper(piece) && says_something(&piece.text))
    });
    let any = pieces.iter().position(|piece| outside(piece).is_some())?;
    if let Some((start, end)) = strong {
        let shown = text(&pieces[start..end]);
        let words = shown.trim_end_matches(':').split_whitespace().count();
        let inner = pieces[start..end].iter().find_map(outside);
        let before_link = link.is_none_or(|link| start <= link);
        // "**Name**: [The whole title](…)"
        let named = link.filter(|link| *link >= end && words <= 2);
        if let (Some(link), true) = (named, before_link) {
            let between = text(&pieces[end..link]);
            let joins = shown.ends_with(':') || between.starts_with(':');
            let whole = clean_line(&pieces[link].text);
            let name = shown.trim_end_matches(':');
            let title = if joins && between.trim_matches([':', ' ']).is_empty() && !is_place(name) {
                format!("{name}: {whole}")
            } else {
                whole
            };
            return found(pieces, start, link, link + 1, title, outside(&pieces[link]));
        }
        if before_link && !is_place(&shown) {
            let title = shown.trim_end_matches([':', '.']).to_owned();
            return found(pieces, start, start, end, title, inner);
        }
    }
    if let Some(at) = link {
        let title = clean_line(&pieces[at].text);
        return found(pieces, at, at, at + 1, title, outside(&pieces[at]));
    }
    plain_head(pieces, any)
}

/// Whether a text is a year or a venue rather than a paper.
fn is_place(text: &str) -> bool {
    super::venue_year::venue_year(text).is_some()
}

fn found(
    pieces: &[Piece],
    first: usize,
    start: usize,
    end: usize,
    title: String,
    link: Option<&str>,
) -> Option<Head> {
    let lead = text(&pieces[..first]);
    let is_sentence = !lead.is_empty() && !is_place(&lead) && !may_be_names(&lead);
    if is_sentence && lead.split_whitespace().nth(2).is_some() {
        return None;
    }
    let rest = pieces[end..].to_vec();
    let behind = rest
        .first()
        .map(|piece| piece.text.as_str())
        .unwrap_or_default();
    let runs_on = behind
        .trim_start_matches(' ')
        .starts_with(|c: char| c.is_lowercase() && !behind.trim_start().starts_with("by "));
    let whole = link.is_some() && title.split_whitespace().nth(3).is_some();
    Some(Head {
        is_whole: whole,
        is_weak: is_sentence || runs_on || start != first && lead.is_empty(),
        title,
        link: link.map(str::to_owned),
        lead,
        rest,
    })
}

/// Capitalised words, initials, and words that join names.
fn may_be_names(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.starts_with(char::is_uppercase)
            || matches!(
                bare,
                "" | "and" | "et" | "al" | "de" | "van" | "von" | "der" | "den" | "la" | "di"
            )
    })
}

/// The first run of bold pieces with real content.
fn strong_run(pieces: &[Piece]) -> Option<(usize, usize)> {
    let mut at = 0;
    while at < pieces.len() {
        if !pieces[at].is_strong || pieces[at].text.trim().is_empty() {
            at += 1;
            continue;
        }
        let start = at;
        while at < pieces.len() && (pieces[at].is_strong || pieces[at].is_code && at > start) {
            at += 1;
        }
        let led = pieces[start..at].iter().any(leads_to_paper);
        let shown = text(&pieces[start..at]);
        if is_title(&shown) || led && says_something(&shown) {
            return Some((start, at));
        }
    }
    None
}

/// A title without formatting, before the first link: "A Title [[paper](…)]".
fn plain_head(pieces: &[Piece], any: usize) -> Option<Head> {
    if role(&pieces[any].text) == Some(None) && pieces[any].text.eq_ignore_ascii_case("here") {
        return None;
    }
    // The link may come first as well: "[[paper](…)] A Title".
    let before = text(&pieces[..any]);
    let before = before.trim_end_matches([' ', '[', '(', '|', '-', ':', ',']);
    // "Ropes, Nature 2021" is a title with its venue.
    let (bare, behind) = without_place(before);
    let has_place = behind.is_some() && bare.contains(char::is_alphabetic) && !is_place(bare);
    let is_before = has_place || before.split_whitespace().nth(1).is_some() && !is_place(before);
    let (shown, rest) = if is_before {
        (before.to_owned(), pieces[any..].to_vec())
    } else {
        let behind: Vec<Piece> = pieces[any..]
            .iter()
            .filter(|piece| piece.link.is_none())
            .cloned()
            .collect();
        let text = text(&behind);
        let text = text.trim_start_matches([' ', ']', ')', '[', '(', '|', '-', ':', ',']);
        let links = pieces[any..].iter().filter(|piece| piece.link.is_some());
        (text.to_owned(), links.cloned().collect())
    };
    let (title, tail) = match split_plain(&shown) {
        // "A Title, ICML 2024".
        (title, "") => match without_place(title) {
            (bare, Some(_)) => (bare.trim_end_matches([',', ' ', '.']), &title[bare.len()..]),
            (_, None) => (title, ""),
        },
        both => both,
    };
    let is_prose = shape(title) == Shape::Prose;
    let is_short = title.split_whitespace().nth(2).is_none() && !(has_place && is_before);
    if is_short || is_prose || !is_title(title) {
        return None;
    }
    let mut pieces = vec![Piece {
        text: tail.to_owned(),
        ..Piece::default()
    }];
    pieces.extend(rest);
    Some(Head {
        title: title.to_owned(),
        rest: pieces,
        is_weak: true,
        lead: if is_before {
            String::new()
        } else {
            before.to_owned()
        },
        ..Head::default()
    })
}

/// Splits a title off the start of a text: quoted text, else up to a full stop or
/// dash.
fn split_plain(text: &str) -> (&str, &str) {
    let text = text.trim();
    for (open, close) in [('"', '"'), ('“', '”')] {
        if let Some(inner) = text.strip_prefix(open)
            && let Some((title, rest)) = inner.split_once(close)
            && title.split_whitespace().nth(1).is_some()
        {
            return (title.trim().trim_end_matches([',', '.']), rest.trim());
        }
    }
    let ends = [". ", " — ", " – ", " -- ", " - ", " | ", " by "];
    let end = ends
        .iter()
        .filter_map(|end| Some((text.find(end)?, end.len())))
        .filter(|(at, _)| text[..*at].split_whitespace().nth(1).is_some())
        .min();
    match end {
        Some((at, length)) => (text[..at].trim(), text[at + length..].trim()),
        None => (text.trim_end_matches('.'), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;
    use super::*;

    #[test]
    fn titles_are_told_from_links_to_other_things() {
        for (line, want) in [
            ("- [A Title of It](https://a.org/x)", Some("A Title of It")),
            (
                "- **A Title of It** [[paper](https://a.org)]",
                Some("A Title of It"),
            ),
            (
                "- **[A Title of It](https://a.org)** (ICML 2024)",
                Some("A Title of It"),
            ),
            (
                "- **Name**: [A Title of It](https://a.org)",
                Some("Name: A Title of It"),
            ),
            (
                "- **NeurIPS 2023** [A Title of It](https://a.org)",
                Some("A Title of It"),
            ),
            (
                "- (2024.03) [A Title of It](https://a.org)",
                Some("A Title of It"),
            ),
            (
                "- A Title of It [[paper](https://a.org)]",
                Some("A Title of It"),
            ),
            (
                "- \"A Title of It\", Jane Doe [pdf](https://a.org)",
                Some("A Title of It"),
            ),
            (
                "- [[pdf](https://a.org)] A Title of It",
                Some("A Title of It"),
            ),
            (
                "- Moss on It, *arXiv 2024*, [[paper](https://a.org)]",
                Some("Moss on It"),
            ),
            (
                "- Ropes, *Nature 2021*, [[paper](https://a.org)]",
                Some("Ropes"),
            ),
            (
                "- Old Rope and New, arXiv, [[paper](https://a.org)]",
                Some("Old Rope and New"),
            ),
            (
                "- Teeth That Bite, **CVPR 2024 (Oral)**, [[pdf](https://a.org)]",
                Some("Teeth That Bite"),
            ),
            ("- Nature, 2021, [[paper](https://a.org)]", None),
            ("- [paper](https://a.org) [code](https://b.org)", None),
            ("- [Surveys](#surveys)", None),
            ("- [License](LICENSE)", None),
            ("- We use the tool [Foo](https://a.org) for all of it", None),
        ] {
            let all = blocks(line);
            let got = head(&all[0].pieces).map(|head| head.title);
            assert_eq!(got.as_deref(), want, "{line}");
        }
    }
}
