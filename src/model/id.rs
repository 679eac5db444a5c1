//! Paper identifiers such as `arxiv:2403.03507`, `doi:10.1000/xyz` and
//! `openreview:r16u6i_Xz`. Two papers that share an identifier are the same paper,
//! so each identifier has exactly one spelling here.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// A normalised identifier, `scheme:value`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PaperId(String);

impl PaperId {
    /// Parses `scheme:value` as in front matter, a bare DOI, a bare arXiv ID, or
    /// the URL of either.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(id) = Self::from_url(text) {
            return Some(id);
        }
        if let Some((scheme, value)) = text.split_once(':') {
            let scheme = scheme.trim().to_ascii_lowercase();
            let plain = !scheme.is_empty()
                && scheme.len() <= 20
                && scheme
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if plain && scheme != "http" && scheme != "https" {
                return Self::new(&scheme, value);
            }
        }
        Self::new("doi", text).or_else(|| Self::new("arxiv", text))
    }

    /// An identifier of a known scheme, normalised: arXiv IDs lose their version,
    /// DOIs their resolver and upper case. `None` if the value is not valid for the
    /// scheme.
    pub fn new(scheme: &str, value: &str) -> Option<Self> {
        let value = value.trim();
        match scheme {
            "arxiv" => arxiv(value).map(|v| Self(format!("arxiv:{v}"))),
            "doi" => {
                let doi = doi(value)?;
                match doi.strip_prefix("10.48550/arxiv.") {
                    Some(rest) => arxiv(rest).map(|v| Self(format!("arxiv:{v}"))),
                    None => Some(Self(format!("doi:{doi}"))),
                }
            }
            "pmid" | "s2corpus" => (!value.is_empty()
                && value.len() <= 20
                && value.bytes().all(|b| b.is_ascii_digit()))
            .then(|| Self(format!("{scheme}:{value}"))),
            _ => {
                let fits = !value.is_empty()
                    && value.len() <= 200
                    && !value.chars().any(|c| c.is_whitespace() || c.is_control());
                fits.then(|| Self(format!("{scheme}:{value}")))
            }
        }
    }

    /// The identifier in a URL of a known registry.
    pub fn from_url(url: &str) -> Option<Self> {
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"))?;
        let (host, path) = rest.split_once('/')?;
        let host = host.to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        let plain = path.split(['?', '#']).next().unwrap_or_default();
        match host {
            "arxiv.org" | "export.arxiv.org" => {
                let id = ["abs/", "pdf/", "html/"]
                    .iter()
                    .find_map(|p| plain.strip_prefix(p))?;
                Self::new("arxiv", id.strip_suffix(".pdf").unwrap_or(id))
            }
            "huggingface.co" | "alphaxiv.org" => {
                let id = ["papers/", "abs/"]
                    .iter()
                    .find_map(|p| plain.strip_prefix(p))?;
                Self::new("arxiv", id)
            }
            "doi.org" | "dx.doi.org" => Self::new("doi", plain),
            "openreview.net" => {
                let query = path.split_once('?')?.1;
                let id = query.split('&').find_map(|pair| pair.strip_prefix("id="))?;
                Self::new("openreview", id.split('#').next().unwrap_or(id))
            }
            "aclanthology.org" => {
                let id = plain.trim_end_matches('/').trim_end_matches(".pdf");
                (!id.contains('/')).then(|| Self::new("acl", id)).flatten()
            }
            "pubmed.ncbi.nlm.nih.gov" => Self::new("pmid", plain.trim_end_matches('/')),
            _ => plain
                .find("10.")
                .filter(|_| plain.contains("/doi/") || plain.starts_with("doi/"))
                .and_then(|at| Self::new("doi", &plain[at..])),
        }
    }

    /// The scheme, for example `arxiv`.
    pub fn scheme(&self) -> &str {
        self.0.split_once(':').map_or("", |(scheme, _)| scheme)
    }

    /// The identifier within its registry, for example `2403.03507`.
    pub fn value(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, value)| value)
    }

    /// The year encoded in an arXiv identifier (`2403.03507`, `hep-th/9901001`).
    /// `None` for other registries.
    pub fn year(&self) -> Option<i16> {
        if self.scheme() != "arxiv" {
            return None;
        }
        let value = self.value();
        let digits = value.rsplit('/').next().unwrap_or_default();
        let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
        let (year, month) = (number(0..2)?, number(2..4)?);
        let century = match (value.contains('/'), year) {
            // arXiv started in August 1991; its old-style identifiers ended in
            // March 2007.
            (true, 91..) => 1900,
            (true, ..=7) | (false, 7..=90) => 2000,
            _ => return None,
        };
        (1..=12).contains(&month).then_some(century + year)
    }

    /// The identifier as text, `scheme:value`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The paper's URL at the registry, if it can be built from the identifier.
    pub fn url(&self) -> Option<String> {
        let value = self.value();
        Some(match self.scheme() {
            "arxiv" => format!("https://arxiv.org/abs/{value}"),
            "doi" => format!("https://doi.org/{}", encoded(value)),
            "openreview" => format!("https://openreview.net/forum?id={value}"),
            "acl" => format!("https://aclanthology.org/{value}/"),
            "pmid" => format!("https://pubmed.ncbi.nlm.nih.gov/{value}/"),
            _ => return None,
        })
    }

    /// The registry's display name.
    pub fn registry(&self) -> &str {
        match self.scheme() {
            "arxiv" => "arXiv",
            "doi" => "DOI",
            "openreview" => "OpenReview",
            "acl" => "ACL Anthology",
            "pmid" => "PubMed",
            "s2" | "s2corpus" => "Semantic Scholar",
            other => other,
        }
    }
}

impl fmt::Display for PaperId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `YYMM.NNNN(N)` or `archive(.SC)/YYMMNNN`, without its version.
fn arxiv(text: &str) -> Option<String> {
    let text = text.trim();
    let text = match text.get(..6) {
        Some(head) if head.eq_ignore_ascii_case("arxiv:") => text[6..].trim(),
        _ => text,
    };
    let base = match text.rfind('v') {
        Some(at)
            if at > 0
                && !text[at + 1..].is_empty()
                && text[at + 1..].bytes().all(|b| b.is_ascii_digit()) =>
        {
            &text[..at]
        }
        _ => text,
    };
    let digits = |s: &str, sizes: std::ops::RangeInclusive<usize>| {
        sizes.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
    };
    if let Some((month, number)) = base.split_once('.')
        && digits(month, 4..=4)
        && digits(number, 4..=5)
    {
        return Some(base.to_owned());
    }
    let (archive, number) = base.split_once('/')?;
    let archive_fits = !archive.is_empty()
        && archive.len() <= 20
        && archive
            .bytes()
            .all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'.');
    (archive_fits && digits(number, 7..=7)).then(|| base.to_owned())
}

/// Longest text searched for a DOI, in bytes.
const MAX_TEXT: usize = 2000;

/// A DOI in lower case, without resolver, prefix or stray spaces, and fully
/// percent-decoded.
fn doi(text: &str) -> Option<String> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let mut text = std::borrow::Cow::Borrowed(text);
    while let Some(decoded) = decoded(&text) {
        text = std::borrow::Cow::Owned(decoded);
    }
    let start = text.find("10.")?;
    let head = text[..start].to_ascii_lowercase();
    let introduced =
        head.is_empty() || head.ends_with('/') || head.ends_with(':') || head.ends_with(' ');
    if !introduced {
        return None;
    }
    let doi: String = text[start..]
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let doi = doi.trim_end_matches(['.', ',', ';']).to_lowercase();
    let (registrant, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
    let fits = !registrant.is_empty()
        && registrant.len() <= 20
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty()
        && doi.len() <= 300
        && !doi.chars().any(char::is_control);
    fits.then_some(doi)
}

/// Decodes percent-encoding once. `None` if there is none or the result is not
/// UTF-8.
fn decoded(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    (decoded != text).then(|| decoded.into_owned())
}

/// A DOI encoded for use in a URL.
fn encoded(doi: &str) -> String {
    // What a path cannot hold; DOIs contain neither spaces nor control characters.
    const UNSAFE: &AsciiSet = &CONTROLS
        .add(b'%')
        .add(b'#')
        .add(b'?')
        .add(b'<')
        .add(b'>')
        .add(b'"')
        .add(b'{')
        .add(b'}')
        .add(b'|')
        .add(b'\\')
        .add(b'^')
        .add(b'`');
    utf8_percent_encode(doi, UNSAFE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_identifier_meet_in_one_form() {
        for (text, want) in [
            ("arxiv:2403.03507", "arxiv:2403.03507"),
            ("arXiv:2403.03507v3", "arxiv:2403.03507"),
            ("2403.03507v12", "arxiv:2403.03507"),
            ("http://arxiv.org/abs/2403.03507v1", "arxiv:2403.03507"),
            ("https://arxiv.org/pdf/2403.03507.pdf", "arxiv:2403.03507"),
            (
                "https://huggingface.co/papers/2607.21557",
                "arxiv:2607.21557",
            ),
            ("10.48550/arXiv.2403.03507", "arxiv:2403.03507"),
            ("hep-th/9901001v2", "arxiv:hep-th/9901001"),
            (
                "10.1007/978-3-031-19772-7_25",
                "doi:10.1007/978-3-031-19772-7_25",
            ),
            ("https://doi.org/10.1145/ABC.Def", "doi:10.1145/abc.def"),
            ("doi: 10.1145/ABC. Def", "doi:10.1145/abc.def"),
            (
                "https://doi.org/10.1007%2Fs10569-019",
                "doi:10.1007/s10569-019",
            ),
            ("https://doi.org/10.1007%252Fs1%253C2", "doi:10.1007/s1<2"),
            ("https://doi.org/https://doi.org/10.1/x", "doi:10.1/x"),
            ("DOI: doi:10.1/x", "doi:10.1/x"),
            ("https://link.springer.com/doi/10.1007/x", "doi:10.1007/x"),
            (
                "https://openreview.net/forum?id=r16u6i_Xz",
                "openreview:r16u6i_Xz",
            ),
            (
                "https://aclanthology.org/2024.acl-long.1/",
                "acl:2024.acl-long.1",
            ),
            ("s2:abcdef", "s2:abcdef"),
        ] {
            assert_eq!(
                PaperId::parse(text).map(|id| id.to_string()).as_deref(),
                Some(want),
                "{text}"
            );
        }
    }

    #[test]
    fn the_address_of_a_doi_is_encoded_once() {
        let id = PaperId::parse("10.1577/1548(1981)110%3C446:E%3E2.0.CO;2").unwrap();
        assert_eq!(id.as_str(), "doi:10.1577/1548(1981)110<446:e>2.0.co;2");
        let url = id.url().unwrap();
        assert_eq!(
            url,
            "https://doi.org/10.1577/1548(1981)110%3C446:e%3E2.0.co;2"
        );
        assert_eq!(PaperId::parse(&url), Some(id));
    }

    #[test]
    fn arxiv_says_the_year() {
        for (text, want) in [
            ("2403.03507", Some(2024)),
            ("0704.0001", Some(2007)),
            ("hep-th/9901001", Some(1999)),
            ("math/0211159", Some(2002)),
            ("2413.03507", None),
            ("doi:10.1000/2403", None),
        ] {
            assert_eq!(
                PaperId::parse(text).and_then(|id| id.year()),
                want,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_identifier_is_none() {
        for text in [
            "",
            "hello",
            "arxiv:hello",
            "doi:11.1/x",
            "10.1000",
            "https://example.org/x",
            "a b:c d",
            "pmid:12x",
        ] {
            assert_eq!(PaperId::parse(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_an_id_that_reads_back(text in "\\PC{0,40}") {
            if let Some(id) = PaperId::parse(&text) {
                proptest::prop_assert_eq!(PaperId::parse(id.as_str()), Some(id));
            }
        }
    }
}
