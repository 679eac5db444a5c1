//! Links: the addresses in a text, and what each of them leads to.

use crate::model::LinkKind;
use crate::text::sentences;

use super::flat::{Flat, paragraphs};
use super::plain::plain_of;
use super::tree::{FoundLink, Inline, Reading};

impl Reading {
    /// The links in the order of the text, each address once, with what they
    /// lead to: told by host and path, and by the words before them.
    pub fn links(&self) -> Vec<FoundLink> {
        let mut found: Vec<FoundLink> = Vec::new();
        for nodes in paragraphs(self) {
            if !nodes.iter().any(holds_link) {
                continue;
            }
            let mut before = String::new();
            collect(&nodes, &mut before, &mut found);
        }
        found
    }
}

fn holds_link(node: &Inline) -> bool {
    match node {
        Inline::Link { .. } => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Footnote(inner) => {
            inner.iter().any(holds_link)
        }
        _ => false,
    }
}

fn collect(nodes: &[Inline], before: &mut String, found: &mut Vec<FoundLink>) {
    for node in nodes {
        match node {
            Inline::Link { url, content } => {
                if !found.iter().any(|link| link.url == *url) {
                    let label = plain_of(content);
                    found.push(FoundLink {
                        kind: kind(url, &words_before(before), &label),
                        url: url.clone(),
                        label,
                    });
                }
                // Two links of one sentence: the second has its own words.
                before.push_str(" \u{1} ");
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Footnote(inner) => {
                collect(inner, before, found);
            }
            other => before.push_str(&Flat::new(std::slice::from_ref(other)).text),
        }
    }
}

/// The words that speak of a link: its sentence up to it, in lower case; where
/// that says nothing, as after "Code:", still that.
fn words_before(before: &str) -> String {
    let tail = before.rsplit('\u{1}').next().unwrap_or_default();
    let whole = if tail.trim().len() >= 8 { tail } else { before };
    let start = sentences(whole).last().map_or(0, |range| range.start);
    whole[start..].to_lowercase().replace('\u{1}', "")
}

/// What an address leads to.
fn kind(url: &str, words: &str, label: &str) -> LinkKind {
    let words = format!("{words} {}", label.to_lowercase());
    let (host, path) = host_and_path(url);
    let says = |list: &[&str]| list.iter().any(|word| has_word(&words, word));
    let says_code = says(&[
        "code",
        "codes",
        "source",
        "implementation",
        "implementations",
        "repository",
        "repo",
        "library",
        "toolkit",
        "package",
        "software",
    ]);
    let says_data = says(&[
        "dataset",
        "datasets",
        "data",
        "corpus",
        "corpora",
        "benchmark",
        "benchmarks",
        "splits",
        "annotations",
    ]);
    let says_model = says(&["model", "models", "checkpoint", "checkpoints", "weights"]);
    let says_video = says(&["video", "videos"]);
    let says_demo = says(&["demo", "demos", "playground", "leaderboard", "colab"]);
    let says_project = says(&["project", "page", "website", "webpage", "homepage", "site"]);

    match host.as_str() {
        "youtube.com" | "youtu.be" | "vimeo.com" | "bilibili.com" => return LinkKind::Video,
        "arxiv.org" | "doi.org" | "dx.doi.org" | "openreview.net" | "aclanthology.org"
        | "biorxiv.org" | "alphaxiv.org" => {
            return if path.starts_with("pdf") {
                LinkKind::Pdf
            } else {
                LinkKind::Paper
            };
        }
        "colab.research.google.com" => return LinkKind::Demo,
        "reddit.com"
        | "twitter.com"
        | "x.com"
        | "news.ycombinator.com"
        | "discord.gg"
        | "discord.com" => {
            return LinkKind::Discussion;
        }
        "huggingface.co" | "hf.co" => {
            return match path.split('/').next().unwrap_or_default() {
                "datasets" => LinkKind::Dataset,
                "spaces" => LinkKind::Demo,
                "papers" => LinkKind::Paper,
                _ if says_data && !says_model => LinkKind::Dataset,
                _ if says_demo && !says_model => LinkKind::Demo,
                _ => LinkKind::Model,
            };
        }
        "kaggle.com"
        | "physionet.org"
        | "dataverse.harvard.edu"
        | "figshare.com"
        | "ieee-dataport.org" => {
            return LinkKind::Dataset;
        }
        "github.com"
        | "gitlab.com"
        | "bitbucket.org"
        | "codeberg.org"
        | "anonymous.4open.science"
        | "pypi.org"
        | "sourceforge.net"
        | "gitee.com"
        | "gist.github.com" => {
            return if says_code {
                LinkKind::Code
            } else if says_project && !path.contains("/blob/") {
                LinkKind::Project
            } else if says_data && !says_model {
                LinkKind::Dataset
            } else {
                LinkKind::Code
            };
        }
        "zenodo.org" => {
            return if says_code && !says_data {
                LinkKind::Code
            } else {
                LinkKind::Dataset
            };
        }
        _ => {}
    }
    if path.ends_with(".pdf") {
        return LinkKind::Pdf;
    }
    let is_home_page = host.ends_with(".github.io") || host == "sites.google.com";
    if says_video && !says_code && !(is_home_page && says_project) {
        LinkKind::Video
    } else if says_demo && !says_code {
        LinkKind::Demo
    } else if is_home_page || (says_project && !says_code) {
        LinkKind::Project
    } else if says_code {
        LinkKind::Code
    } else if says_data {
        LinkKind::Dataset
    } else if says_model {
        LinkKind::Model
    } else {
        LinkKind::Project
    }
}

fn host_and_path(url: &str) -> (String, String) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (host, path.to_owned())
}

fn has_word(words: &str, word: &str) -> bool {
    words.match_indices(word).any(|(at, _)| {
        let free = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        free(words[..at].chars().next_back()) && free(words[at + word.len()..].chars().next())
    })
}
