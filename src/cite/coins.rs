//! COinS: a citation encoded in an empty `<span>`, so that reference managers can
//! import all papers of a list at once.

use super::plain::percent_encode;
use super::work::Work;
use crate::model::{PublicationKind, is_group};

/// The most authors to name. The format has no "et al.", and a list page with a few
/// large collaborations would be too big.
const MOST_AUTHORS: usize = 50;

/// The span for one work, as HTML. Unknown fields are left out.
pub fn coins(work: &Work<'_>) -> String {
    let mut pairs = Pairs(String::from("ctx_ver=Z39.88-2004"));
    match work.kind {
        PublicationKind::Thesis | PublicationKind::MastersThesis => {
            pairs.put("rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation");
            pairs.put("rft.title", &work.title);
            pairs.put("rft.inst", work.institution().unwrap_or_default());
        }
        PublicationKind::Report => {
            pairs.put("rft_val_fmt", "info:ofi/fmt:kev:mtx:book");
            pairs.put("rft.genre", "report");
            pairs.put("rft.btitle", &work.title);
            pairs.put("rft.pub", work.institution().unwrap_or_default());
        }
        PublicationKind::Book => {
            pairs.put("rft_val_fmt", "info:ofi/fmt:kev:mtx:book");
            pairs.put("rft.genre", "book");
            pairs.put("rft.btitle", &work.title);
            pairs.put("rft.pub", work.publisher.as_deref().unwrap_or_default());
        }
        PublicationKind::Chapter => {
            pairs.put("rft_val_fmt", "info:ofi/fmt:kev:mtx:book");
            pairs.put("rft.genre", "bookitem");
            pairs.put("rft.atitle", &work.title);
            pairs.put("rft.btitle", work.venue.as_deref().unwrap_or_default());
            pairs.put("rft.pub", work.publisher.as_deref().unwrap_or_default());
        }
        _ => {
            pairs.put("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal");
            pairs.put("rft.genre", genre(work.kind));
            pairs.put("rft.atitle", &work.title);
            pairs.put("rft.jtitle", container(work).unwrap_or_default());
            pairs.put("rft.volume", work.volume.as_deref().unwrap_or_default());
            pairs.put("rft.issue", work.number.as_deref().unwrap_or_default());
            pairs.put("rft.pub", work.publisher.as_deref().unwrap_or_default());
        }
    }
    if let Some(pages) = &work.pages {
        pairs.put("rft.spage", &pages.first);
        pairs.put("rft.epage", pages.last.as_deref().unwrap_or_default());
    }
    if let Some(name) = work.names.list.first().filter(|name| !name.is_literal()) {
        pairs.put("rft.aulast", name.surname());
        pairs.put("rft.aufirst", name.given());
        pairs.put("rft.ausuffix", name.suffix());
    }
    for name in work.names.list.iter().take(MOST_AUTHORS) {
        let is_corporate = name.is_literal() && is_group(name.as_str());
        let field = if is_corporate { "rft.aucorp" } else { "rft.au" };
        pairs.put(field, name.as_str());
    }
    pairs.put("rft.date", &work.date("-").unwrap_or_default());
    if let Some(doi) = work.doi {
        pairs.put("rft_id", &format!("info:doi/{doi}"));
    }
    if let Some(arxiv) = work.arxiv {
        pairs.put("rft_id", &format!("info:arxiv/{arxiv}"));
    }
    pairs.put("rft_id", work.address.as_deref().unwrap_or_default());
    format!("<span class=\"Z3988\" title=\"{}\"></span>", pairs.0)
}

fn genre(kind: PublicationKind) -> &'static str {
    match kind {
        PublicationKind::Article => "article",
        PublicationKind::Proceedings => "proceeding",
        PublicationKind::Preprint => "preprint",
        _ => "unknown",
    }
}

fn container<'a>(work: &'a Work<'_>) -> Option<&'a str> {
    match work.kind {
        PublicationKind::Preprint => work.repository,
        _ => work.venue.as_deref(),
    }
}

/// Key-value pairs for an attribute. After percent-encoding, only the `&` between
/// them needs escaping in HTML.
struct Pairs(String);

impl Pairs {
    fn put(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.push_str("&amp;");
            self.0.push_str(name);
            self.0.push('=');
            self.0.push_str(&percent_encode(value));
        }
    }
}
