//! Harvest: what there is for programs that keep a copy of the library.

use crate::config::Settings;
use crate::library::{Entry, Library};
use crate::render::escape_url_path;
use crate::syndicate::{Resource, resource_sync};

use super::bibliography::Bibliography;
use super::layout::Layout;

/// The lists of ResourceSync, where they are wanted and the site knows its address.
pub(super) fn lists(
    settings: &Settings,
    library: &Library,
    layout: Layout,
) -> Vec<(String, String)> {
    let base = &settings.base_url;
    if !settings.harvest.resourcesync || base.is_empty() {
        return Vec::new();
    }
    let papers = library.papers.iter();
    let resources: Vec<Resource> = papers
        .map(|entry| resource(entry, library, layout, base))
        .collect();
    resource_sync(&resources, base)
}

fn resource(entry: &Entry, library: &Library, layout: Layout, base: &str) -> Resource {
    let paper = &entry.paper;
    let url = format!("{base}{}", escape_url_path(&paper.path()));
    let listed = entry.digests.iter();
    let listed = listed.filter_map(|n| library.digests[*n].digest.date);
    let forms: &[Bibliography] = match layout.foot.has_files() {
        true => &Bibliography::ALL,
        false => &[],
    };
    let forms = forms
        .iter()
        .map(|form| (format!("{url}{}", form.paper_file()), form.media_type()));
    Resource {
        forms: forms.collect(),
        media_type: "text/html",
        created: paper.date.or_else(|| listed.min()),
        updated: paper.updated,
        url,
    }
}
