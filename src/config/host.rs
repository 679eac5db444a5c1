//! Hosts: where static sites are published, and their limits.

/// A static-site host and its limits, where it has any.
#[derive(Debug, PartialEq, Eq)]
pub struct Host {
    /// The name used in settings.
    pub name: &'static str,
    /// The display name.
    pub label: &'static str,
    /// The most files a site may have.
    pub files: Option<usize>,
    /// The most bytes a site may have in total.
    pub bytes: Option<u64>,
    /// The most bytes a single file may have.
    pub file_bytes: Option<u64>,
}

const MB: u64 = 1_000_000;
const MIB: u64 = 1 << 20;

/// All hosts whose limits are documented.
pub const HOSTS: [Host; 4] = [
    Host {
        name: "github-pages",
        label: "GitHub Pages",
        files: None,
        bytes: Some(1_000 * MB),
        file_bytes: Some(100 * MIB),
    },
    Host {
        name: "cloudflare-pages",
        label: "Cloudflare Pages",
        files: Some(20_000),
        bytes: None,
        file_bytes: Some(25 * MIB),
    },
    Host {
        name: "gitlab-pages",
        label: "GitLab Pages",
        files: Some(200_000),
        bytes: Some(1_024 * MIB),
        file_bytes: None,
    },
    Host {
        name: "codeberg-pages",
        label: "Codeberg Pages",
        files: None,
        bytes: Some(750 * MIB),
        file_bytes: None,
    },
];

impl Host {
    /// The host with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        HOSTS.iter().find(|host| host.name == name)
    }
}
