//! Signposts: where the page of a paper, or the front page, leads, for programs that do
//! not read pages.

use crate::model::{LinkKind, is_publishable_url};
use crate::render::{SignpostView, escape_url_path, list_views, views};
use crate::site::bibliography::Bibliography;
use crate::syndicate::{CAPABILITY_LIST, LINK_SET_TYPE, Signpost, link_set};

use super::{Made, Pages};

/// The file of a paper's link set, beside its page.
pub(in crate::site) const LINK_SET: &str = "linkset.json";

/// How many authors are named. Programs want those of a paper, not of an experiment.
const MOST_AUTHORS: usize = 20;

impl Pages<'_> {
    /// The links of a page's head that it does not have otherwise. A large site leaves
    /// them out, as it does other forms of what the page says.
    pub(super) fn signposts_in_head(&self, n: usize) -> Vec<SignpostView> {
        let mut links = Vec::new();
        if self.settings.harvest.linksets && !self.settings.base_url.is_empty() {
            links.push(SignpostView {
                rel: "linkset",
                href: LINK_SET.to_owned(),
                media_type: Some(LINK_SET_TYPE),
            });
        }
        if self.kit.layout.is_paper_told() {
            let all = self.signposts(n).into_iter();
            let new = all.filter(|link| !matches!(link.rel, "cite-as" | "describedby"));
            links.extend(new.map(|link| SignpostView {
                rel: link.rel,
                href: link.href,
                media_type: link.media_type,
            }));
        }
        links
    }

    /// Where the front page leads. A program that knows the site and not its host has no
    /// other way to the lists.
    pub(super) fn signposts_of_site(&self) -> Vec<SignpostView> {
        let has_lists = self.settings.harvest.resourcesync && !self.settings.base_url.is_empty();
        let lists = SignpostView {
            rel: "resourcesync",
            href: CAPABILITY_LIST.to_owned(),
            media_type: Some("application/xml"),
        };
        has_lists.then_some(lists).into_iter().collect()
    }

    /// Everything that a paper's page leads to.
    fn signposts(&self, n: usize) -> Vec<Signpost> {
        let entry = &self.library.papers[n];
        let paper = &entry.paper;
        let mut links = Vec::new();
        let mut add = |rel, href: String, media_type| {
            links.push(Signpost {
                rel,
                href,
                media_type,
            });
        };
        if let Some(url) = self.cite_as(n) {
            add("cite-as", url, None);
        }
        for kind in ["AboutPage", "ScholarlyArticle"] {
            add("type", format!("https://schema.org/{kind}"), None);
        }
        let authors = paper
            .authors
            .iter()
            .filter_map(|author| author.orcid.as_deref());
        for orcid in authors.take(MOST_AUTHORS) {
            add("author", list_views::orcid_url(orcid), None);
        }
        let pdf = views::links(entry)
            .into_iter()
            .find(|link| link.kind == LinkKind::Pdf.key());
        if let Some(pdf) = pdf {
            add("item", pdf.url, Some("application/pdf"));
        }
        if let Some(license) = paper
            .license
            .clone()
            .filter(|text| is_publishable_url(text))
        {
            add("license", license, None);
        }
        let base = &self.settings.base_url;
        if self.kit.layout.foot.has_files() {
            for form in Bibliography::ALL {
                let path = format!("{}{}", escape_url_path(&paper.path()), form.paper_file());
                add(
                    "describedby",
                    format!("{base}{path}"),
                    Some(form.media_type()),
                );
            }
        }
        links
    }

    /// The address that citations of a paper should use.
    pub(super) fn cite_as(&self, n: usize) -> Option<String> {
        let paper = &self.library.papers[n].paper;
        ["doi", "arxiv"]
            .iter()
            .find_map(|registry| paper.id(registry)?.url())
    }

    /// A paper's link set as a file.
    pub(super) fn link_set(&self, n: usize) -> Made {
        self.file_of(
            LINK_SET,
            |prints| prints.own(n),
            || {
                let page = self.absolute(&self.library.papers[n].paper.path());
                link_set(&page.unwrap_or_default(), &self.signposts(n))
            },
        )
    }
}
