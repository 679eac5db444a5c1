//! Highwire tags: `citation_*` meta tags for Google Scholar, Zotero and others.

use super::plain::one_line;
use super::work::Work;
use crate::model::{Name, PublicationKind};

/// The tags of a paper's page, as names and contents in order. Institution and
/// ORCID follow their author. Contents are plain text and must be escaped when
/// written. The page's own URL is left out, since it is the canonical link.
pub fn highwire(work: &Work<'_>) -> Vec<(&'static str, String)> {
    let mut tags = Tags(Vec::new());
    tags.put("citation_title", Some(&work.title));
    for author in work.people_in_head() {
        let name = Name::inverted(&super::name::plain(&author.name));
        if name.is_empty() {
            continue;
        }
        tags.put("citation_author", Some(&name));
        let institution = author.affiliation.as_deref().map(one_line);
        tags.put("citation_author_institution", institution.as_deref());
        let orcid = author
            .orcid
            .as_deref()
            .and_then(super::plain::orcid_address);
        tags.put("citation_author_orcid", orcid.as_deref());
    }
    tags.put("citation_publication_date", work.date("/").as_deref());
    match work.kind {
        PublicationKind::Article => tags.put("citation_journal_title", work.venue.as_deref()),
        PublicationKind::Proceedings => {
            tags.put("citation_conference_title", work.venue.as_deref())
        }
        PublicationKind::Thesis | PublicationKind::MastersThesis => {
            tags.put("citation_dissertation_institution", work.institution());
        }
        PublicationKind::Report => {
            tags.put("citation_technical_report_institution", work.institution());
            tags.put("citation_technical_report_number", work.number.as_deref());
        }
        PublicationKind::Chapter => tags.put("citation_inbook_title", work.venue.as_deref()),
        _ => {}
    }
    tags.put("citation_volume", work.volume.as_deref());
    if work.kind != PublicationKind::Report {
        tags.put("citation_issue", work.number.as_deref());
    }
    if let Some(pages) = &work.pages {
        tags.put("citation_firstpage", Some(&pages.first));
        tags.put("citation_lastpage", pages.last.as_deref());
    }
    tags.put("citation_publisher", publisher(work));
    tags.put("citation_doi", work.doi);
    tags.put("citation_arxiv_id", work.arxiv);
    let pmid = work.item.paper.id("pmid").map(|id| id.value());
    tags.put("citation_pmid", pmid);
    tags.put("citation_pdf_url", work.pdf.as_deref());
    for keyword in work.keywords() {
        tags.put("citation_keywords", Some(&keyword));
    }
    tags.put("citation_language", work.language().as_deref());
    tags.0
}

fn publisher<'a>(work: &'a Work<'_>) -> Option<&'a str> {
    match work.kind {
        PublicationKind::Preprint => work.repository,
        PublicationKind::Thesis | PublicationKind::MastersThesis | PublicationKind::Report => None,
        _ => work.publisher.as_deref(),
    }
}

struct Tags(Vec<(&'static str, String)>);

impl Tags {
    fn put(&mut self, name: &'static str, content: Option<&str>) {
        if let Some(content) = content.filter(|content| !content.is_empty()) {
            self.0.push((name, content.to_owned()));
        }
    }
}
