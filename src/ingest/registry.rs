//! Registries: whose identifiers tell one paper from all others, and which of
//! them a text of which nothing is known names.

use crate::model::PaperId;

/// The registries whose identifiers are known to be unique.
pub(super) const SCHEMES: [&str; 7] = [
    "arxiv",
    "doi",
    "openreview",
    "acl",
    "pmid",
    "s2",
    "s2corpus",
];

/// The identifier of a known registry in a text of which nothing is known: an
/// address, `scheme:value`, a DOI, an arXiv identifier with a possible month.
pub(super) fn registered(text: &str) -> Option<PaperId> {
    let id = PaperId::parse(text).filter(|id| SCHEMES.contains(&id.scheme()))?;
    let value = id.value();
    let dated = || {
        let month = value.get(2..4).and_then(|m| m.parse().ok()).unwrap_or(0);
        value.contains('/') || (1..=12).contains(&month)
    };
    let bare_doi = || text.trim().starts_with("10.") || text.contains("doi");
    let plausible = match id.scheme() {
        "arxiv" => dated(),
        "doi" => bare_doi(),
        _ => true,
    };
    plausible.then_some(id)
}
