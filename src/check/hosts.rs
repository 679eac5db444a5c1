//! Checks host limits, so that you learn that a site is too large before uploading
//! it.

use super::at;
use crate::config::{HOSTS, Host};
use crate::diagnostics::{Diagnostic, Severity, thousands};

const MB: u64 = 1_000_000;

/// The longest path and file name that archives and most file systems accept, in
/// bytes.
const MOST_PATH: usize = 1_000;
const MOST_NAME: usize = 255;

/// Which hosts would not accept a site, given its files' paths and sizes. Problems
/// with the `chosen` host are errors; without one, all hosts are listed in notes.
pub(super) fn check<'a>(
    files: impl Iterator<Item = (&'a str, u64)> + Clone,
    chosen: Option<&'static Host>,
) -> Vec<Diagnostic> {
    let mut found = names(files.clone());
    let (mut number, mut bytes, mut largest) = (0, 0, ("", 0));
    for (path, size) in files {
        number += 1;
        bytes += size;
        if size > largest.1 {
            largest = (path, size);
        }
    }
    for host in &HOSTS {
        if chosen.is_some_and(|chosen| chosen != host) {
            continue;
        }
        let mut say = |message: String, help: &str| {
            let mut said = Diagnostic::note("host-limit", message)
                .help(help)
                .about(host.name);
            if chosen.is_some() {
                said.severity = Severity::Error;
            }
            found.push(said);
        };
        if let Some(most) = host.files.filter(|most| number > *most) {
            say(
                format!(
                    "the site has {} files; {} accepts {}",
                    thousands(number),
                    host.label,
                    thousands(most)
                ),
                "create fewer author pages with `[authors] min_papers`, or choose another host",
            );
        }
        if let Some(most) = host.bytes.filter(|most| bytes > *most) {
            say(
                format!(
                    "the site has {} MB; {} accepts {} MB",
                    bytes / MB,
                    host.label,
                    most / MB
                ),
                "set `[site] abstracts = \"summary\"`, or split the library",
            );
        }
        if let Some(most) = host.file_bytes.filter(|most| largest.1 > *most) {
            say(
                format!(
                    "`{}` has {} MB; {} accepts files of up to {}",
                    largest.0,
                    largest.1 / MB,
                    host.label,
                    size(most)
                ),
                "leave the file out, or split its content",
            );
        }
    }
    found
}

/// A limit in the units that hosts use.
fn size(bytes: u64) -> String {
    match bytes % (1 << 20) {
        0 => format!("{} MiB", bytes >> 20),
        _ => format!("{} MB", bytes / MB),
    }
}

/// Names that some host or file system cannot store.
fn names<'a>(files: impl Iterator<Item = (&'a str, u64)>) -> Vec<Diagnostic> {
    let faults = files.filter_map(|(path, _)| {
        let parts = || path.split('/');
        let is_long = path.len() > MOST_PATH || parts().any(|part| part.len() > MOST_NAME);
        let reason = if is_long {
            "is longer than archives and file systems allow"
        } else if path.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
            || path.chars().any(char::is_control)
        {
            "has a character that some hosts reject"
        } else if parts().any(|part| part.ends_with(['.', ' '])) {
            "ends with a full stop or a space, which Windows drops"
        } else if parts().any(is_reserved) {
            "is a name reserved by Windows"
        } else {
            return None;
        };
        let said = Diagnostic::warning("bad-name", format!("`{path}` {reason}"));
        Some(said.at(at(path, 0)).help("rename the file it comes from"))
    });
    faults.collect()
}

fn is_reserved(part: &str) -> bool {
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| (b'1'..=b'9').contains(&b)))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_told_for_the_host_that_was_chosen_or_for_all() {
        let many = || (0..21_000).map(|_| ("a.html", 50_000));
        let codes = |chosen| {
            let found = check(many(), chosen);
            let said = found.iter();
            said.map(|said| (said.subject.clone().unwrap(), said.severity))
                .collect::<Vec<_>>()
        };
        let note = |host: &str| (host.to_owned(), Severity::Note);
        assert_eq!(
            codes(None),
            [
                note("github-pages"),
                note("cloudflare-pages"),
                note("codeberg-pages")
            ]
        );
        let chosen = Host::named("cloudflare-pages");
        assert_eq!(
            codes(chosen),
            [("cloudflare-pages".to_owned(), Severity::Error)]
        );
        assert_eq!(codes(Host::named("gitlab-pages")), []);
        let large = check([("big.bin", 30 << 20)].into_iter(), chosen);
        assert!(large[0].message.contains("big.bin"), "{}", large[0].message);
    }

    #[test]
    fn names_that_cannot_be_stored_are_told() {
        for name in [
            "a:b",
            "a/con.txt",
            "x/COM1",
            "a.",
            "b /c",
            "a\\b",
            "q?.html",
        ] {
            assert_eq!(names([(name, 1)].into_iter()).len(), 1, "{name}");
        }
        let long = "a".repeat(256);
        assert_eq!(names([(long.as_str(), 1)].into_iter()).len(), 1);
        for name in [
            "a/index.html",
            ".well-known/x",
            "console/",
            "com10",
            "käse.html",
        ] {
            assert!(names([(name, 1)].into_iter()).is_empty(), "{name}");
        }
    }
}
