//! URLs and identifiers found next to a paper on a page.

use crate::ingest::address;
use crate::model::{LinkKind, PaperId};

/// What was found on a line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::ingest) struct Found {
    /// Identifiers, in order.
    pub(in crate::ingest) ids: Vec<PaperId>,
    /// Links, in order.
    pub(in crate::ingest) links: Vec<(LinkKind, String)>,
    /// arXiv categories, for example `cs.LG`.
    pub(in crate::ingest) categories: Vec<String>,
}

impl Found {
    fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.links.is_empty()
    }

    /// Takes one word if it is a URL or identifier. `kind` comes from the word
    /// before it.
    fn take(&mut self, word: &str, kind: Option<LinkKind>) -> bool {
        if let Some(id) = identifier(word) {
            self.add_id(id);
            return true;
        }
        let full = word.contains("://") || word.starts_with("www.");
        let bare = || word.contains('/') && !word.starts_with('/');
        let Some(url) = (full || bare()).then(|| address::link(word)).flatten() else {
            return false;
        };
        let kind = kind.unwrap_or_else(|| address::kind(&url));
        let of_paper = matches!(kind, LinkKind::Paper | LinkKind::Pdf | LinkKind::Discussion);
        if let Some(id) = PaperId::from_url(&url).filter(|_| of_paper) {
            self.add_id(id);
        }
        self.links.push((kind, url));
        true
    }

    fn add_id(&mut self, id: PaperId) {
        if !self.ids.contains(&id) {
            self.ids.push(id);
        }
    }
}

/// An identifier as written on pages: `arXiv:2503.10001v2`, `2503.10001`,
/// `doi:10.1000/x`.
fn identifier(word: &str) -> Option<PaperId> {
    if word.contains("://") {
        return None;
    }
    let lower = word.get(..6).unwrap_or_default().to_ascii_lowercase();
    let named = lower.starts_with("arxiv:") || lower.starts_with("doi:");
    if named || word.starts_with("10.") {
        return PaperId::parse(word);
    }
    let month = word.get(2..4).and_then(|m| m.parse::<u8>().ok());
    let dated = word.get(4..5) == Some(".") && month.is_some_and(|m| (1..=12).contains(&m));
    dated.then(|| PaperId::new("arxiv", word)).flatten()
}

/// The kind of link that a word announces, if the word can occur next to URLs at
/// all.
fn link_word(word: &str) -> Option<Option<LinkKind>> {
    Some(match word.to_ascii_lowercase().as_str() {
        "paper" | "abs" | "abstract" | "arxiv" | "link" => Some(LinkKind::Paper),
        "pdf" => Some(LinkKind::Pdf),
        "code" | "github" | "repo" | "repository" => Some(LinkKind::Code),
        "project" | "website" | "homepage" | "page" => Some(LinkKind::Project),
        "model" | "models" | "weights" | "checkpoints" => Some(LinkKind::Model),
        "dataset" | "data" => Some(LinkKind::Dataset),
        "demo" => Some(LinkKind::Demo),
        "video" | "talk" | "slides" => Some(LinkKind::Video),
        "tweet" | "thread" | "discussion" => Some(LinkKind::Discussion),
        "html" | "other" | "ps" | "doi" | "bibtex" | "cross-list" | "from" | "and" | "url"
        | "replaced" | "view" | "read" | "full" | "text" | "format" | "version" | "available"
        | "at" | "here" => None,
        _ => return None,
    })
}

/// Whether a word is an arXiv category.
pub(super) fn is_category(word: &str) -> bool {
    const ARCHIVES: [&str; 19] = [
        "cs", "math", "stat", "eess", "physics", "q-bio", "q-fin", "econ", "astro-ph", "cond-mat",
        "nlin", "hep-th", "hep-ph", "hep-ex", "hep-lat", "quant-ph", "gr-qc", "nucl-th", "math-ph",
    ];
    match word.split_once('.') {
        Some((archive, class)) => {
            ARCHIVES.contains(&archive)
                && (2..=8).contains(&class.len())
                && class.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
        }
        None => word.contains('-') && ARCHIVES.contains(&word),
    }
}

const AROUND: [char; 10] = ['(', ')', '[', ']', '{', '}', ',', ';', '|', '·'];

/// What is on a line that contains nothing but URLs, identifiers and words that
/// announce them.
pub(in crate::ingest) fn only_addresses(text: &str) -> Option<Found> {
    let mut found = Found::default();
    let mut kind = None;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches(AROUND);
        let name = bare.trim_end_matches(':');
        // "arXiv: 2503.10001"
        let glued = (bare.ends_with(':') && words.peek().is_some())
            .then(|| {
                words
                    .peek()
                    .map(|next| format!("{bare}{}", next.trim_matches(AROUND)))
            })
            .flatten()
            .and_then(|glued| identifier(&glued));
        if let Some(id) = glued {
            found.add_id(id);
            words.next();
        } else if found.take(bare, kind) {
            kind = None;
        } else if let Some(said) = link_word(name) {
            kind = said.or(kind);
        } else if is_category(bare) {
            found.categories.push(bare.to_owned());
        } else if name.contains(char::is_alphanumeric) {
            return None;
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Splits URLs and identifiers off the end of a title, and unwraps a Markdown link.
/// What is left is never empty.
pub(super) fn split_title(text: &str) -> (String, Found) {
    let mut found = Found::default();
    let mut title = text;
    let mut owned = String::new();
    if let Some((shown, target, rest)) = markdown_link(text)
        && found.take(target, None)
    {
        owned = format!("{shown}{rest}");
        title = &owned;
    }
    loop {
        let trimmed = title.trim_end_matches(|c: char| c.is_whitespace() || "-–—|:,(".contains(c));
        let last = trimmed
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let before = trimmed[..trimmed.len() - last.len()].trim_end();
        let word = last.trim_matches(AROUND);
        let evident = word.contains("://")
            || word
                .get(..6)
                .is_some_and(|w| w.eq_ignore_ascii_case("arxiv:"));
        if before.is_empty() || !evident || !found.take(word, None) {
            break;
        }
        title = before;
    }
    let title = if found.is_empty() {
        text
    } else {
        title.trim_end_matches(|c: char| c.is_whitespace() || "-–—|:,([".contains(c))
    };
    let title = if title.is_empty() { text } else { title };
    let title = title.to_owned();
    drop(owned);
    (title, found)
}

/// `[shown](target) rest`
fn markdown_link(text: &str) -> Option<(&str, &str, &str)> {
    let inner = text.strip_prefix('[')?;
    let (shown, rest) = inner.split_once("](")?;
    let (target, rest) = rest.split_once(')')?;
    (!shown.trim().is_empty()).then_some((shown, target, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: Option<Found>) -> String {
        let Some(found) = found else {
            return "-".to_owned();
        };
        let ids = found.ids.iter().map(ToString::to_string);
        let links = found
            .links
            .iter()
            .map(|(kind, url)| format!("{}={url}", kind.key()));
        ids.chain(links)
            .chain(found.categories.iter().cloned())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn lines_of_addresses_are_recognised() {
        for (text, want) in [
            ("arXiv:2503.10001", "arxiv:2503.10001"),
            ("arXiv: 2503.10001v2", "arxiv:2503.10001"),
            ("2503.10001", "arxiv:2503.10001"),
            ("arXiv:2503.10001 [pdf, html, other]", "arxiv:2503.10001"),
            (
                "arXiv:2503.10001 (cross-list from cs.CL) [pdf]",
                "arxiv:2503.10001 cs.CL",
            ),
            (
                "https://arxiv.org/abs/2503.10001",
                "arxiv:2503.10001 paper=https://arxiv.org/abs/2503.10001",
            ),
            (
                "Paper: https://a.org/x | Code: https://github.com/a/b",
                "paper=https://a.org/x code=https://github.com/a/b",
            ),
            ("github.com/a/b", "code=https://github.com/a/b"),
            ("10.1145/abc", "doi:10.1145/abc"),
            ("A title https://a.org", "-"),
            ("TCP/IP", "-"),
            ("and/or", "-"),
            ("2025", "-"),
            ("pdf html", "-"),
            ("9999.10001", "-"),
        ] {
            assert_eq!(shown(only_addresses(text)), want, "{text}");
        }
    }

    #[test]
    fn addresses_leave_the_end_of_a_title() {
        for (text, title, want) in [
            ("A Title", "A Title", ""),
            (
                "A Title https://a.org/x",
                "A Title",
                "paper=https://a.org/x",
            ),
            ("A Title (arXiv:2503.10001)", "A Title", "arxiv:2503.10001"),
            (
                "A Title - https://github.com/a/b, https://a.org/x",
                "A Title",
                "paper=https://a.org/x code=https://github.com/a/b",
            ),
            (
                "[A Title](https://a.org/x)",
                "A Title",
                "paper=https://a.org/x",
            ),
            ("[A] Title", "[A] Title", ""),
            ("https://a.org/x", "https://a.org/x", ""),
        ] {
            let (got, found) = split_title(text);
            let mut words: Vec<String> = shown(Some(found)).split(' ').map(str::to_owned).collect();
            words.sort_by(|a, b| b.cmp(a));
            assert_eq!(
                (got.as_str(), words.join(" ").as_str()),
                (title, want),
                "{text}"
            );
        }
    }
}
