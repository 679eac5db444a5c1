//! `[[publish]]`: where and how the site is published.

use std::path::{Path, PathBuf};

use url::Url;

use super::Settings;
use super::value::{base_url, fault, set};
use crate::config::fields::Fields;
use crate::config::host::{HOSTS, Host};
use crate::config::node::Value;

/// One `[[publish]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetSettings {
    /// `name`: the name used on the command line; by default the type.
    pub name: String,
    /// The destination: its `type` and that type's keys.
    pub destination: Destination,
    /// `default`: whether it is used if no target is named.
    pub is_default: bool,
    /// `base_url`: the site's URL at this target, if it differs from `[site]`.
    pub base_url: Option<String>,
    /// `host`: whose limits apply.
    pub host: Option<&'static Host>,
    /// `max_shrink`: the share of pages that a publish may remove, from 0 to 1.
    pub max_shrink: f64,
}

/// Where a site goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A branch of a Git repository, as used by GitHub Pages and similar hosts.
    Branch {
        /// The repository: the name of a remote, or a URL.
        remote: String,
        /// The branch.
        branch: String,
        /// The folder of the branch that holds the site; empty for the root.
        folder: String,
        /// What happens to earlier commits.
        history: History,
    },
    /// An archive for GitHub Pages workflows.
    Artifact {
        /// The file.
        file: PathBuf,
    },
    /// A local folder.
    Folder {
        /// The folder.
        to: PathBuf,
    },
    /// A folder reached by rsync, usually over SSH.
    Rsync {
        /// The folder in rsync's notation, for example `user@host:/srv/papers`.
        to: String,
    },
    /// A bucket of an S3-compatible store.
    S3 {
        /// The bucket.
        bucket: String,
        /// The prefix of all object names; may be empty.
        prefix: String,
        /// The region.
        region: String,
        /// The store's URL; `None` for Amazon.
        endpoint: Option<Url>,
    },
}

/// What happens to a branch's earlier commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// They are kept.
    Keep,
    /// Each publish replaces the branch's only commit.
    One,
}

/// The default of `max_shrink`.
const MAX_SHRINK: f64 = 0.2;

/// The default region. Stores without regions accept it.
const REGION: &str = "us-east-1";

/// The types, each with its default host.
const TYPES: [(&str, Option<&str>); 5] = [
    ("github-pages", Some("github-pages")),
    ("artifact", Some("github-pages")),
    ("folder", None),
    ("rsync", None),
    ("s3", None),
];

impl Destination {
    /// The name of its type.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Branch { .. } => "github-pages",
            Self::Artifact { .. } => "artifact",
            Self::Folder { .. } => "folder",
            Self::Rsync { .. } => "rsync",
            Self::S3 { .. } => "s3",
        }
    }
}

impl TargetSettings {
    /// The names of all types.
    pub fn kinds() -> impl Iterator<Item = &'static str> {
        TYPES.iter().map(|(name, _)| *name)
    }

    /// What is wrong with a target's destination and what to do about it, if
    /// anything is.
    pub fn fault_of_place(to: &str) -> Option<(String, &'static str)> {
        if to.trim().is_empty() {
            return Some((
                "the destination is empty".to_owned(),
                "name a folder, a file, a repository or a bucket",
            ));
        }
        if to.starts_with('-') {
            return Some((
                format!("`{to}` begins with a hyphen, like a command-line option"),
                "write ./ before the folder's name",
            ));
        }
        to.starts_with('~').then(|| {
            (
                format!("`{to}` begins with a tilde, which only a shell expands"),
                "write the full path",
            )
        })
    }

    /// A target of a type, with default settings.
    ///
    /// # Errors
    /// Returns the keys of `[[publish]]` that have to be set first.
    pub fn of_kind(kind: &'static str) -> Result<Self, &'static str> {
        let destination = match kind {
            "github-pages" => Destination::Branch {
                remote: "origin".to_owned(),
                branch: "gh-pages".to_owned(),
                folder: String::new(),
                history: History::Keep,
            },
            "artifact" => Destination::Artifact {
                file: PathBuf::from("artifact.tar"),
            },
            "folder" => return Err("to = \"../site\""),
            "rsync" => return Err("to = \"user@host:/srv/papers\""),
            _ => return Err("bucket = \"papers\""),
        };
        Ok(Self::named(kind, destination))
    }

    /// A target with the destination given on the command line.
    pub fn of_kind_to(kind: &'static str, to: &str) -> Self {
        let destination = match kind {
            "folder" => Destination::Folder {
                to: PathBuf::from(to),
            },
            "rsync" => Destination::Rsync { to: to.to_owned() },
            "s3" => Destination::S3 {
                bucket: to.to_owned(),
                prefix: String::new(),
                region: REGION.to_owned(),
                endpoint: None,
            },
            kind => match Self::of_kind(kind) {
                Ok(target) => return target,
                Err(_) => Destination::Folder {
                    to: PathBuf::from(to),
                },
            },
        };
        Self::named(kind, destination)
    }

    fn named(kind: &'static str, destination: Destination) -> Self {
        let host = TYPES.iter().find(|(name, _)| *name == kind);
        Self {
            name: kind.to_owned(),
            destination,
            is_default: false,
            base_url: None,
            host: host.and_then(|(_, host)| Host::named((*host)?)),
            max_shrink: MAX_SHRINK,
        }
    }
}

impl Settings {
    /// Reads `[[publish]]`. A single target may also be written as `[publish]`.
    pub(super) fn read_targets(&mut self, root: &Fields<'_, '_>) {
        let tables = match root.node("publish").map(|node| &node.value) {
            Some(Value::Table(_)) => root.table("publish").into_iter().collect(),
            Some(_) => root.tables("publish"),
            None => Vec::new(),
        };
        for table in tables {
            self.read_cname(&table);
            let Some(target) = read_target(&table) else {
                continue;
            };
            if self.targets.iter().any(|other| other.name == target.name) {
                let message = format!("two targets are named `{}`", target.name);
                fault(&table, "name", message, "give each a different `name`");
            } else if target.is_default && self.targets.iter().any(|other| other.is_default) {
                let message = "two targets are marked as default".to_owned();
                fault(
                    &table,
                    "default",
                    message,
                    "remove `default` from one of them",
                );
            } else {
                self.targets.push(target);
            }
            table.finish();
        }
    }

    fn read_cname(&mut self, table: &Fields<'_, '_>) {
        let Some(cname) = table.string("cname") else {
            return;
        };
        let fits = cname.len() <= 253
            && cname
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
        if !fits {
            let message = format!("`{cname}` is not a domain name");
            let help = "write only the name, such as papers.example.org";
            return fault(table, "cname", message, help);
        }
        if !self.cname.is_empty() && self.cname != cname {
            let message = format!("another target already has the domain `{}`", self.cname);
            let help = "a site has one domain; give the other target a `base_url`";
            return fault(table, "cname", message, help);
        }
        // A custom domain implies the site's URL.
        if self.base_url.is_empty() && !cname.is_empty() {
            self.base_url = format!("https://{cname}/");
        }
        self.cname = cname;
    }
}

/// Reads one target. `None` if it is unusable, which is reported.
fn read_target(table: &Fields<'_, '_>) -> Option<TargetSettings> {
    let kinds = TYPES.map(|(name, _)| (name, name));
    let kind = match table.node("type") {
        Some(_) => table.choice("type", &kinds)?,
        // Early versions supported only GitHub Pages.
        None => "github-pages",
    };
    let destination = match kind {
        "github-pages" => read_branch(table),
        "artifact" => Some(Destination::Artifact {
            file: file_name(table)?,
        }),
        "folder" => needed(table, "to", "../site").map(|to| Destination::Folder {
            to: PathBuf::from(to),
        }),
        "rsync" => needed(table, "to", "user@host:/srv/papers").map(|to| Destination::Rsync { to }),
        _ => read_bucket(table),
    };
    let mut target = TargetSettings::named(kind, destination?);
    if let Some(name) = table.string("name") {
        let fits = !name.is_empty()
            && name.len() <= 60
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        match fits {
            true => target.name = name,
            false => {
                let message = format!("`{name}` is not a valid name for a target");
                fault(
                    table,
                    "name",
                    message,
                    "use lower-case letters, digits and hyphens",
                );
            }
        }
    }
    set(&mut target.is_default, table.bool("default"));
    if let Some(text) = table.string("base_url") {
        match base_url(&text) {
            Some(base) => target.base_url = Some(base),
            None => fault(
                table,
                "base_url",
                format!("`{text}` is not a valid URL for a site"),
                "write it as https://example.org/papers/",
            ),
        }
    }
    let hosts = HOSTS.each_ref().map(|host| (host.name, host));
    if let Some(host) = table.choice("host", &hosts) {
        target.host = Some(host);
    }
    if let Some(share) = table.float("max_shrink") {
        match (0.0..=1.0).contains(&share) {
            true => target.max_shrink = share,
            false => fault(
                table,
                "max_shrink",
                format!("`publish.max_shrink` is {share}, but must be between 0 and 1"),
                "write the share of pages that a publish may remove, such as 0.2 for a fifth",
            ),
        }
    }
    Some(target)
}

fn read_branch(table: &Fields<'_, '_>) -> Option<Destination> {
    let word = |key, default: &str| match table.string(key) {
        Some(text) if !text.is_empty() => match TargetSettings::fault_of_place(&text) {
            Some((message, help)) => {
                fault(table, key, message, help);
                None
            }
            None => Some(text),
        },
        _ => Some(default.to_owned()),
    };
    let branch = word("branch", "gh-pages")?;
    if !is_branch(&branch) {
        let message = format!("`{branch}` is not a valid branch name");
        fault(
            table,
            "branch",
            message,
            "write only the name, such as gh-pages",
        );
        return None;
    }
    let folder = table.string("folder").unwrap_or_default();
    let folder = folder.trim_matches('/').to_owned();
    if !folder.is_empty() && !folder.split('/').all(is_folder_name) {
        let message = format!("`{folder}` is not a valid folder in a branch");
        fault(
            table,
            "folder",
            message,
            "write it relative to the branch's root, such as docs",
        );
        return None;
    }
    Some(Destination::Branch {
        remote: word("remote", "origin")?,
        branch,
        folder,
        history: table
            .choice("history", &[("keep", History::Keep), ("one", History::One)])
            .unwrap_or(History::Keep),
    })
}

fn read_bucket(table: &Fields<'_, '_>) -> Option<Destination> {
    let bucket = needed(table, "bucket", "papers")?;
    let fits = (3..=63).contains(&bucket.len())
        && bucket
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    if !fits {
        let message = format!("`{bucket}` is not a valid bucket name");
        fault(table, "bucket", message, "write only the name");
        return None;
    }
    let prefix = table.string("prefix").unwrap_or_default();
    let prefix = prefix.trim_matches('/');
    if !prefix.is_empty() && !prefix.split('/').all(is_folder_name) {
        let message = format!("`{prefix}` is not a valid prefix for object names");
        fault(table, "prefix", message, "write it as folder/folder");
        return None;
    }
    let endpoint = match table.string("endpoint") {
        Some(text) if !text.is_empty() => {
            let url = Url::parse(&text).ok().filter(|url| {
                matches!(url.scheme(), "http" | "https")
                    && url.host_str().is_some()
                    && url.username().is_empty()
                    && url.password().is_none()
                    && url.query().is_none()
            });
            if url.is_none() {
                let message = format!("`{text}` is not the URL of a store");
                let help = "write it as https://s3.example.org, without a bucket or a key";
                fault(table, "endpoint", message, help);
                return None;
            }
            url
        }
        _ => None,
    };
    let mut region = REGION.to_owned();
    set(
        &mut region,
        table.string("region").filter(|region| !region.is_empty()),
    );
    Some(Destination::S3 {
        bucket,
        prefix: match prefix {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        },
        region,
        endpoint,
    })
}

/// The file name of an archive.
fn file_name(table: &Fields<'_, '_>) -> Option<PathBuf> {
    let file = table.string("file").filter(|file| !file.is_empty());
    let file = PathBuf::from(file.unwrap_or_else(|| "artifact.tar".to_owned()));
    if file.extension().is_none_or(|ending| ending != "tar") {
        let message = format!("`{}` does not end in .tar", Path::new(&file).display());
        fault(
            table,
            "file",
            message,
            "the archive is an uncompressed tar file",
        );
        return None;
    }
    Some(file)
}

/// A required text.
fn needed(table: &Fields<'_, '_>, key: &'static str, example: &str) -> Option<String> {
    match table.string(key) {
        Some(text) if !text.trim().is_empty() => {
            let text = text.trim().to_owned();
            match TargetSettings::fault_of_place(&text) {
                Some((message, help)) => {
                    fault(table, key, message, help);
                    None
                }
                None => Some(text),
            }
        }
        _ => {
            let message = format!("a target of this type needs `{key}`");
            fault(
                table,
                key,
                message,
                &format!("add a line such as {key} = \"{example}\""),
            );
            None
        }
    }
}

fn is_folder_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && !name.contains(['\\', '\0', ':'])
        && !name.chars().any(char::is_control)
}

/// Whether Git accepts a text as a branch name.
fn is_branch(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['-', '/'])
        && !name.ends_with(['/', '.'])
        && !name.contains("..")
        && !name.contains("//")
        && !name.contains("@{")
        && !name
            .split('/')
            .any(|part| part.starts_with('.') || part.ends_with(".lock"))
        && !name
            .chars()
            .any(|c| c.is_control() || matches!(c, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Settings, Vec<String>) {
        let (settings, found) = Settings::parse(text);
        (
            settings,
            found.into_iter().map(|said| said.message).collect(),
        )
    }

    #[test]
    fn a_table_is_a_single_target() {
        let (settings, found) =
            read("[publish]\nbranch = \"pages\"\ncname = \"papers.example.org\"\nmax_shrink = 0.5");
        assert_eq!(found, [""; 0]);
        let target = settings.default_target().unwrap();
        assert_eq!(
            (target.name.as_str(), target.max_shrink),
            ("github-pages", 0.5)
        );
        assert_eq!(settings.base_url, "https://papers.example.org/");
        assert_eq!(target.host.map(|host| host.name), Some("github-pages"));
    }

    #[test]
    fn targets_have_names_and_one_may_be_the_default() {
        let (settings, found) = read(
            "[[publish]]\ntype = \"rsync\"\nto = \"a@b:/srv\"\n\n[[publish]]\nname = \"store\"\ntype = \"s3\"\nbucket = \"papers\"\nprefix = \"/x/\"\ndefault = true\nhost = \"cloudflare-pages\"",
        );
        assert_eq!(found, [""; 0]);
        assert_eq!(settings.default_target().unwrap().name, "store");
        let Destination::S3 {
            prefix, endpoint, ..
        } = &settings.targets[1].destination
        else {
            panic!("{:?}", settings.targets[1]);
        };
        assert_eq!((prefix.as_str(), endpoint), ("x/", &None));
    }

    #[test]
    fn what_programs_would_misread_is_refused() {
        for text in [
            "type = \"rsync\"\nto = \"-e sh\"",
            "remote = \"--upload-pack=sh\"",
            "branch = \"a..b\"",
            "folder = \"../x\"",
            "folder = \".git\"",
            "type = \"s3\"\nbucket = \"a/b\"",
            "type = \"s3\"\nbucket = \"abc\"\nendpoint = \"https://key:secret@a.test\"",
            "type = \"s3\"\nbucket = \"abc\"\nprefix = \"a/../b\"",
            "type = \"folder\"",
            "type = \"ftp\"",
            "type = \"artifact\"\nfile = \"a.zip\"",
            "max_shrink = 2",
            "colour = 1",
        ] {
            let (_, found) = read(&format!("[[publish]]\n{text}\n"));
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(!found[0].contains("secret"), "{found:?}");
        }
        let (_, found) = read("[[publish]]\n[[publish]]\n");
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
