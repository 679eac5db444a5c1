//! The most linked repositories and hosts.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::super::Entry;
use crate::model::LinkKind;

/// How many of each are shown.
const MOST: usize = 15;

/// How many papers must link to a repository or a host before it is shown.
const LEAST: usize = 2;

/// The hosts whose addresses begin with an owner and a name.
const FORGES: [&str; 6] = [
    "github.com",
    "gitlab.com",
    "huggingface.co",
    "bitbucket.org",
    "codeberg.org",
    "gitee.com",
];

/// Something that papers link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// Its name: `owner/name` on GitHub, else prefixed with its host.
    pub name: String,
    /// Its address.
    pub url: String,
    /// How many papers link to it.
    pub papers: usize,
}

/// The repositories and the hosts that most papers link to. Links to a paper itself,
/// and to discussions of it, are ignored.
pub(super) fn linked(papers: &[Entry]) -> (Vec<Linked>, Vec<Linked>) {
    let mut repositories = Tally::default();
    let mut hosts = Tally::default();
    for entry in papers {
        // Two links of one paper to the same target count once.
        let mut seen: BTreeSet<Target> = BTreeSet::new();
        for (kind, address) in entry.links() {
            if matches!(kind, LinkKind::Paper | LinkKind::Pdf | LinkKind::Discussion) {
                continue;
            }
            let Some((host, repository)) = targets(address) else {
                continue;
            };
            seen.extend(repository.map(Target::Repository));
            seen.insert(Target::Host(host));
        }
        for target in seen {
            match target {
                Target::Repository(name) => repositories.add(name),
                Target::Host(name) => hosts.add(name),
            }
        }
    }
    let repositories = repositories.most(LEAST, |name| {
        name.strip_prefix("github.com/").unwrap_or(name).to_owned()
    });
    (repositories, hosts.most(LEAST, ToOwned::to_owned))
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Repository(String),
    Host(String),
}

/// Papers by link target: by the folded name, with the first spelling.
#[derive(Default)]
struct Tally(BTreeMap<String, (String, usize)>);

impl Tally {
    fn add(&mut self, name: String) {
        let entry = self.0.entry(name.to_lowercase()).or_insert((name, 0));
        entry.1 += 1;
    }

    fn most(self, least: usize, call: impl Fn(&str) -> String) -> Vec<Linked> {
        let mut found: Vec<(String, usize)> = self
            .0
            .into_values()
            .filter(|(_, papers)| *papers >= least)
            .collect();
        // They are sorted by name, and the stable sort keeps that order among equals.
        found.sort_by_key(|(_, papers)| std::cmp::Reverse(*papers));
        found.truncate(MOST);
        found
            .into_iter()
            .map(|(name, papers)| Linked {
                url: format!("https://{name}"),
                name: call(&name),
                papers,
            })
            .collect()
    }
}

/// The host of an address, and its repository if the host has them.
fn targets(address: &str) -> Option<(String, Option<String>)> {
    let url = Url::parse(address).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
    let repository = FORGES.contains(&host.as_str()).then(|| {
        let mut parts = url.path_segments()?.filter(|part| !part.is_empty());
        let first = parts.next()?;
        let (kind, owner) = match first {
            "datasets" | "spaces" if host == "huggingface.co" => {
                (format!("{first}/"), parts.next()?)
            }
            "collections" | "papers" | "docs" | "blog" | "orgs" | "topics" => return None,
            owner => (String::new(), owner),
        };
        let name = parts.next()?;
        let name = name.strip_suffix(".git").unwrap_or(name);
        (!name.is_empty()).then(|| format!("{host}/{kind}{owner}/{name}"))
    });
    Some((host, repository.flatten()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_its_owner_and_its_name() {
        for (address, want) in [
            ("https://github.com/a/b/tree/main/x", Some("github.com/a/b")),
            ("https://www.github.com/a/b.git", Some("github.com/a/b")),
            (
                "https://huggingface.co/datasets/a/b",
                Some("huggingface.co/datasets/a/b"),
            ),
            ("https://github.com/a", None),
            ("https://huggingface.co/papers/2403.03507", None),
            ("https://a.github.io/b/c", None),
        ] {
            let (_, found) = targets(address).unwrap();
            assert_eq!(found.as_deref(), want, "{address}");
        }
        assert_eq!(targets("mailto:a@b.test"), None);
        assert_eq!(targets("no address"), None);
    }
}
