//! Views: from the library to what templates see.

use std::borrow::Cow;

use tera::Value;

use crate::config::Settings;
use crate::library::{DigestEntry, Entry, Library, TopicEntry};
use crate::model::{Date, LinkKind, Paper, PaperId, People};

use super::context::{Brief, DigestBrief, Pager, TopicBrief, TopicLink};
use super::context_paper::{IdLink, LinkView, PersonView, RelatedView};

/// How many authors a card names.
const CARD_AUTHORS: usize = 3;

/// How many papers stand beside a paper: each repeats a title and an address.
pub const RELATED: usize = 4;

/// How many later papers of its authors stand beside a paper.
const LATER: usize = 3;

/// How many authors a paper beside another is named with; of more, the first.
const RELATED_AUTHORS: usize = 2;

/// How many words say why a paper stands there.
pub const TERMS: usize = 2;

/// How many authors a paper's page names, and names to machines. Collaborations
/// have thousands; the files of its citation have all.
pub const MOST_PEOPLE: usize = 50;

/// A paper in short.
pub fn brief(library: &Library, entry: &Entry) -> Brief {
    let paper = &entry.paper;
    let more = paper.authors.len().saturating_sub(CARD_AUTHORS);
    // "et al." says already that there are others.
    let others = (paper.authors.others && more == 0).then(|| People::OTHERS.to_owned());
    let noted = library
        .metric
        .and_then(|metric| paper.metrics.get(metric).copied());
    Brief {
        slug: paper.slug.to_string(),
        path: paper.path(),
        title: entry.title.clone(),
        title_html: Value::safe_string(entry.title_html()),
        short: entry.short.clone(),
        authors: paper
            .authors
            .iter()
            .take(CARD_AUTHORS)
            .map(|author| author.name.to_string())
            .chain(others)
            .collect(),
        more_authors: more,
        date: paper.date.map(|date| date.to_string()),
        summary_html: Value::safe_string(entry.summary_html()),
        topics: entry
            .topics
            .iter()
            .map(|score| topic_link(&library.topics[score.topic]))
            .collect(),
        venue: paper.venue.clone(),
        year: paper.publication_year(),
        appeared: appeared(paper),
        award: paper.award.clone(),
        withdrawn: paper.withdrawn,
        noted,
        noted_by: library.metric.filter(|_| noted.is_some()),
        pdf: pdf(entry).map(Cow::into_owned),
        code: entry.links().get(&LinkKind::Code).cloned(),
        upvotes: paper.metrics.get("upvotes").copied(),
    }
}

/// Where a paper appeared and in which year. Many sources give the year with the
/// name of the venue, and it is not repeated.
fn appeared(paper: &Paper) -> Option<String> {
    let year = paper.publication_year().map(|year| year.to_string());
    match (&paper.venue, year) {
        (Some(venue), Some(year)) if !has_year(venue) => Some(format!("{venue} {year}")),
        (Some(venue), _) => Some(venue.clone()),
        (None, year) => year,
    }
}

/// Whether a name has a year in it, such as "CVPR 2025".
fn has_year(venue: &str) -> bool {
    let mut numbers = venue.split(|c: char| !c.is_ascii_digit());
    numbers
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

/// A topic beside a paper.
fn topic_link(entry: &TopicEntry) -> TopicLink {
    TopicLink {
        id: entry.topic.id.to_string(),
        name: entry.topic.name.clone(),
        path: entry.topic.path(),
        scope: entry.topic.scope.clone(),
    }
}

/// A topic where it is only named.
pub fn topic_brief(entry: &TopicEntry) -> TopicBrief {
    TopicBrief {
        id: entry.topic.id.to_string(),
        name: entry.topic.name.clone(),
        path: entry.topic.path(),
        count: entry.papers.len(),
        scope: entry.topic.scope.clone(),
    }
}

/// A digest where it is only named.
pub fn digest_brief(entry: &DigestEntry) -> DigestBrief {
    DigestBrief {
        id: entry.digest.id.to_string(),
        path: entry.digest.path(),
        title: entry.digest.title.clone(),
        date: entry.digest.date.map(|date| date.to_string()),
        count: entry.papers.len(),
    }
}

/// The path of the page of a month's digests.
pub fn month_path(day: Date) -> String {
    format!("digests/month/{:04}-{:02}/", day.year(), day.month())
}

/// The links of a paper: those it has, and the addresses that follow from its
/// identifiers where no link says otherwise.
pub fn links(entry: &Entry) -> Vec<LinkView> {
    let mut links = entry.links().clone();
    if !links.contains_key(&LinkKind::Paper)
        && let Some(url) = ["arxiv", "openreview", "acl", "doi", "pmid"]
            .iter()
            .find_map(|scheme| entry.paper.id(scheme)?.url())
    {
        links.insert(LinkKind::Paper, url);
    }
    if !links.contains_key(&LinkKind::Pdf)
        && let Some(url) = pdf(entry)
    {
        links.insert(LinkKind::Pdf, url.into_owned());
    }
    links
        .into_iter()
        .map(|(kind, url)| LinkView {
            kind: kind.key(),
            host: host(&url),
            url,
        })
        .collect()
}

/// The address of a paper's PDF: the one it has, or the one that follows from its
/// identifier at arXiv.
pub fn pdf(entry: &Entry) -> Option<Cow<'_, str>> {
    if let Some(url) = entry.links().get(&LinkKind::Pdf) {
        return Some(url.as_str().into());
    }
    let id = entry.paper.id("arxiv")?;
    Some(format!("https://arxiv.org/pdf/{}", id.value()).into())
}

fn host(url: &str) -> String {
    let without = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    // Taking an address apart takes longer, and nearly all are plain.
    if let Some(host) = crate::model::plain_host(url) {
        return without(host);
    }
    let parsed = url::Url::parse(url).ok();
    let host = parsed.as_ref().and_then(url::Url::host_str);
    without(host.unwrap_or_default())
}

/// Whether a paper's own address is known, so that nobody has to look for it.
pub fn has_address(links: &[LinkView]) -> bool {
    links
        .iter()
        .any(|link| matches!(link.kind, "paper" | "pdf"))
}

/// The identifiers of a paper.
pub fn ids(entry: &Entry) -> Vec<IdLink> {
    let link = |id: &PaperId| IdLink {
        registry: id.registry().to_owned(),
        value: id.value().to_owned(),
        url: id.url(),
    };
    entry.paper.ids.iter().map(link).collect()
}

/// The authors of a paper, the first [`MOST_PEOPLE`] of them.
pub fn people(library: &Library, entry: &Entry) -> Vec<PersonView> {
    entry
        .paper
        .authors
        .iter()
        .zip(&entry.authors)
        .take(MOST_PEOPLE)
        .map(|(author, number)| PersonView {
            name: author.name.to_string(),
            path: number.map(|number| library.authors[number].path()),
            orcid: author.orcid.as_deref().map(super::list_views::orcid_url),
            affiliation: author.affiliation.clone(),
        })
        .collect()
}

/// The papers beside a paper.
pub fn related(library: &Library, entry: &Entry) -> Vec<RelatedView> {
    library
        .related()
        .of_paper(entry.number)
        .iter()
        .take(RELATED)
        .map(|neighbour| {
            let shared = library.shared(entry.number, neighbour);
            RelatedView {
                terms: shared.take(TERMS).map(Cow::into_owned).collect(),
                near_duplicate: neighbour.is_near_duplicate,
                ..beside(&library.papers[neighbour.paper])
            }
        })
        .collect()
}

/// A paper beside another, without what makes the two related.
fn beside(other: &Entry) -> RelatedView {
    let authors = &other.paper.authors;
    let named = if authors.len() > RELATED_AUTHORS {
        1
    } else {
        authors.len()
    };
    RelatedView {
        slug: other.paper.slug.to_string(),
        path: other.paper.path(),
        title_html: Value::safe_string(other.title_html()),
        authors: (authors.iter().take(named))
            .map(|author| author.name.to_string())
            .collect(),
        more_authors: authors.len() - named,
        year: other.paper.publication_year(),
        terms: Vec::new(),
        near_duplicate: false,
        of: other
            .paper
            .venue
            .clone()
            .or_else(|| other.paper.date.map(|date| date.to_string())),
    }
}

/// The numbers of later papers by the authors of one, the newest first, without those
/// that stand beside it anyway.
pub fn later(library: &Library, entry: &Entry) -> Vec<usize> {
    let when = |entry: &Entry| {
        let paper = &entry.paper;
        let published = paper.published.map(|day| day.digits("-"));
        published.or_else(|| paper.publication_year().map(|year| format!("{year:04}")))
    };
    let Some(own) = when(entry) else {
        return Vec::new();
    };
    let related = library.related().of_paper(entry.number);
    let mut later: Vec<(String, usize)> = entry
        .authors
        .iter()
        .flatten()
        .flat_map(|author| &library.authors[*author].papers)
        .filter(|n| related.iter().take(RELATED).all(|near| near.paper != **n))
        .filter(|n| **n != entry.number && !library.papers[**n].paper.withdrawn)
        .filter_map(|n| Some((when(&library.papers[*n])?, *n)))
        // A year alone is later than no day within it.
        .filter(|(day, _)| {
            let known = day.len().min(own.len());
            day[..known] > own[..known]
        })
        .collect();
    later.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    later.dedup();
    later.truncate(LATER);
    later.into_iter().map(|(_, n)| n).collect()
}

/// Papers beside another, by number.
pub fn besides(library: &Library, papers: &[usize]) -> Vec<RelatedView> {
    papers.iter().map(|n| beside(&library.papers[*n])).collect()
}

/// What a paper is known by, whatever becomes of the name of its page: its first
/// identifier, where it has one.
pub fn identity(entry: &Entry) -> String {
    match entry.paper.ids.first() {
        Some(id) => format!("{}:{}", id.scheme(), id.value()),
        None => entry.paper.slug.to_string(),
    }
}

/// The drawing that stands for a paper without a picture.
pub fn vignette(library: &Library, entry: &Entry) -> Value {
    let topic = entry.topics.first();
    let topic = topic.map_or("", |score| library.topics[score.topic].topic.id.as_str());
    Value::safe_string(&super::vignette(topic, &identity(entry)))
}

/// The pages of a list of `total` items.
pub fn pager(base: &str, current: usize, total: usize, size: usize) -> Pager {
    let last = pages(total, size);
    let path = |n: usize| page_path(base, n);
    Pager {
        current,
        last,
        base: base.to_owned(),
        previous: (current > 1).then(|| path(current - 1)),
        next: (current < last).then(|| path(current + 1)),
        total,
        first_item: if total == 0 {
            0
        } else {
            (current - 1) * size + 1
        },
        last_item: (current * size).min(total),
    }
}

/// How many pages a list of `total` items takes; an empty list takes one.
pub fn pages(total: usize, size: usize) -> usize {
    total.div_ceil(size.max(1)).max(1)
}

/// The path of a page of a list.
pub fn page_path(base: &str, n: usize) -> String {
    if n == 1 {
        base.to_owned()
    } else {
        format!("{base}page/{n}/")
    }
}

/// Whether the settings let whole abstracts be shown.
pub fn summary_only(settings: &Settings) -> bool {
    settings.abstracts == crate::config::Abstracts::Summary
}
