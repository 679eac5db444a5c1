//! Infers a paper's publication kind when its source does not state it.

use super::plain::line;
use crate::model::{Paper, PublicationKind};

/// The kind of a paper: as stated, else inferred from its venue and identifiers,
/// else [`PublicationKind::Other`]. We do not assume a conference paper merely because most
/// are.
pub(super) fn kind_of(paper: &Paper) -> PublicationKind {
    if let Some(kind) = paper
        .publication
        .kind
        .filter(|kind| *kind != PublicationKind::Other)
    {
        return kind;
    }
    let venue = paper.venue.as_deref().map(line).unwrap_or_default();
    if !venue.is_empty() {
        return of_venue(&venue, paper);
    }
    if let Some(id) = paper.id("acl") {
        return of_acl_id(id.value());
    }
    if repository(paper).is_some() {
        return PublicationKind::Preprint;
    }
    PublicationKind::Other
}

/// The preprint repository of a paper, according to an identifier or its venue.
pub(super) fn repository(paper: &Paper) -> Option<&'static str> {
    if paper.id("arxiv").is_some() {
        return Some("arXiv");
    }
    if let Some(venue) = paper.venue.as_deref().map(line)
        && let Some(name) = repository_name(&venue)
    {
        return Some(name);
    }
    paper.id("openreview").map(|_| "OpenReview")
}

/// The repository that a venue names.
pub(super) fn repository_name(venue: &str) -> Option<&'static str> {
    let word = venue
        .split([' ', ':', '.', ','])
        .find(|word| !word.is_empty())?;
    REPOSITORIES
        .iter()
        .find(|(listed, _)| listed.eq_ignore_ascii_case(word))
        .map(|(_, name)| *name)
}

/// Preprint repositories: how venues spell them, and their names.
const REPOSITORIES: [(&str, &str); 9] = [
    ("arxiv", "arXiv"),
    ("biorxiv", "bioRxiv"),
    ("chemrxiv", "ChemRxiv"),
    ("corr", "arXiv"),
    ("medrxiv", "medRxiv"),
    ("openreview", "OpenReview"),
    ("psyarxiv", "PsyArXiv"),
    ("ssrn", "SSRN"),
    ("techrxiv", "TechRxiv"),
];

fn of_venue(venue: &str, paper: &Paper) -> PublicationKind {
    if repository_name(venue).is_some() {
        return PublicationKind::Preprint;
    }
    let words = || venue.split(|c: char| !c.is_alphanumeric());
    let any = |list: &[&str]| {
        words().any(|word| list.iter().any(|listed| listed.eq_ignore_ascii_case(word)))
    };
    if any(CONFERENCE_WORDS) {
        return PublicationKind::Proceedings;
    }
    // An issue within a volume means a journal, even for an academy's
    // "Proceedings"; conferences only number volumes.
    if any(JOURNAL_WORDS)
        || (paper.publication.volume.is_some() && paper.publication.number.is_some())
    {
        return PublicationKind::Article;
    }
    if any(&["proceedings", "proc"]) {
        return PublicationKind::Proceedings;
    }
    let acronym = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let numbered = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    // "ICML", "NeurIPS 2024", "CVPR Oral": typical conference names.
    match venue.split(' ').next() {
        Some(first) if acronym(first) => PublicationKind::Proceedings,
        Some(_) if venue.split(' ').next_back().is_some_and(numbered) => {
            PublicationKind::Proceedings
        }
        _ => PublicationKind::Other,
    }
}

/// ACL Anthology IDs contain the volume: `2024.acl-long.1`, with `tacl` and `cl`
/// for the two journals. IDs before 2020 start with a letter; `Q` and `J` are the
/// journals.
fn of_acl_id(id: &str) -> PublicationKind {
    let volume = id.split('.').nth(1).unwrap_or(id);
    let journal = ["tacl-", "cl-", "Q", "J"]
        .iter()
        .any(|prefix| volume.starts_with(prefix));
    if journal {
        PublicationKind::Article
    } else {
        PublicationKind::Proceedings
    }
}

const CONFERENCE_WORDS: &[&str] = &[
    "conference",
    "conferences",
    "congress",
    "colloquium",
    "findings",
    "interspeech",
    "meeting",
    "siggraph",
    "summit",
    "symposium",
    "symposia",
    "workshop",
    "workshops",
];

const JOURNAL_WORDS: &[&str] = &[
    "annals",
    "archives",
    "bulletin",
    "ijcv",
    "jair",
    "jmlr",
    "journal",
    "letters",
    "magazine",
    "nature",
    "pami",
    "pnas",
    "quarterly",
    "ral",
    "review",
    "reviews",
    "science",
    "surveys",
    "tacl",
    "tip",
    "tkde",
    "tmlr",
    "tnnls",
    "tog",
    "tpami",
    "transactions",
    "zeitschrift",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PaperId, Slug};

    fn paper(kind: &str, venue: &str, id: &str) -> Paper {
        let mut paper = Paper::new(Slug::parse("x").unwrap(), "X");
        paper.publication.kind = PublicationKind::parse(kind);
        paper.venue = (!venue.is_empty()).then(|| venue.to_owned());
        paper.ids.extend(PaperId::parse(id));
        paper
    }

    #[test]
    fn the_kind_follows_from_what_is_stated() {
        use PublicationKind::*;
        for (kind, venue, id, want) in [
            ("journal-article", "", "", Article),
            ("Conference Paper", "", "", Proceedings),
            ("phdthesis", "", "", Thesis),
            ("posted-content", "", "", Preprint),
            ("misc", "ICML 2024", "", Proceedings),
            ("", "NeurIPS", "arxiv:2403.03507", Proceedings),
            ("", "Journal of Machine Learning Research", "", Article),
            ("", "TMLR", "", Article),
            (
                "",
                "Proceedings of the ACM on Programming Languages",
                "",
                Proceedings,
            ),
            ("", "arXiv preprint arXiv:2403.03507", "", Preprint),
            ("", "CoRR", "", Preprint),
            ("", "Some Place", "", Other),
            ("", "Eurographics 2023", "", Proceedings),
            ("", "", "arxiv:2403.03507", Preprint),
            ("", "", "openreview:r16u6i_Xz", Preprint),
            ("", "", "acl:2024.acl-long.1", Proceedings),
            ("", "", "acl:2024.tacl-1.3", Article),
            ("", "", "acl:Q18-1001", Article),
            ("", "", "10.1000/xyz", Other),
            ("", "", "", Other),
        ] {
            assert_eq!(
                kind_of(&paper(kind, venue, id)),
                want,
                "{kind}/{venue}/{id}"
            );
        }
    }

    #[test]
    fn a_volume_with_an_issue_is_a_journal() {
        let mut paper = paper("", "Patterns", "");
        paper.publication.volume = Some("3".to_owned());
        paper.publication.number = Some("7".to_owned());
        assert_eq!(kind_of(&paper), PublicationKind::Article);
    }
}
