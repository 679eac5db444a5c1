//! Files for machines: the sitemap, `robots.txt`, `security.txt`, the list of all
//! feeds, `llms.txt`, and what hosts look for. Each is of the site as a whole, and small.

use crate::config::{AiUse, Settings};
use crate::library::Library;
use crate::render::{Theme, escape_url_path};
use crate::syndicate::{
    AiRobots, LlmsLink, LlmsSection, Outline, OutlineGroup, Robots, SECURITY_TXT, llms_txt, opml,
    robots, security_txt, sitemap,
};

use super::harvest;
use super::jobs::Job;
use super::layout::Layout;
use super::pages::Page;

/// The file that says what programs may read, and the one that stops another program of
/// GitHub's.
const ROBOTS: &str = "robots.txt";
const NO_JEKYLL: &str = ".nojekyll";

/// The file that names a site's domain to hosts.
pub(super) const CNAME: &str = "CNAME";

/// Whether only hosts, and programs that ask them, look for a file.
pub(super) fn is_for_hosts(path: &str) -> bool {
    matches!(path, ROBOTS | NO_JEKYLL | CNAME | SECURITY_TXT)
}

/// The paths and texts of all of them. What needs the site's own address is left
/// out where nobody said it.
pub(super) fn files(
    settings: &Settings,
    library: &Library,
    (theme, layout): (&Theme, Layout),
    jobs: &[Job],
) -> Vec<(String, String)> {
    let base = settings.base_url.as_str();
    let known = (!base.is_empty()).then_some(base);
    let is_listed = settings.robots.index;
    let is_read = settings.robots.ai != AiUse::Deny;
    let told = Robots {
        ai: match settings.robots.ai {
            AiUse::Allow => AiRobots::Welcome,
            AiUse::Search => AiRobots::LookUp,
            AiUse::Deny => AiRobots::Unwelcome,
        },
        disallow: &settings.robots.disallow,
        base_url: known,
        has_sitemap: is_listed,
    };
    let mut files = vec![
        (ROBOTS.to_owned(), robots(&told)),
        // Without it GitHub Pages leaves out what begins with an underscore.
        (NO_JEKYLL.to_owned(), String::new()),
    ];
    if !settings.cname.is_empty() {
        files.push((CNAME.to_owned(), format!("{}\n", settings.cname)));
    }
    let security = &settings.security;
    if let Some(expires) = security.expires.filter(|_| !security.contact.is_empty()) {
        let text = security_txt(&security.contact, expires, &settings.language, known);
        files.push((SECURITY_TXT.to_owned(), text));
    }
    // It is an invitation.
    if is_read {
        files.push(("llms.txt".to_owned(), llms(settings, library, theme)));
    }
    if known.is_some() {
        if is_listed {
            files.extend(pages(base, library, jobs));
        }
        files.extend(harvest::lists(settings, library, layout));
        files.push(("opml.xml".to_owned(), feeds(settings, library, theme)));
    }
    files
}

/// The sitemap: the pages of the site with the day on which each last changed.
fn pages(base: &str, library: &Library, jobs: &[Job]) -> Vec<(String, String)> {
    let told = jobs.iter().filter_map(|job| {
        let page = job.kind.page()?;
        (page.is_counted() && page.is_in_sitemap()).then_some((job, page))
    });
    let told: Vec<_> = told.collect();
    let url = |(job, page): &(&Job, &dyn Page)| {
        let address = escape_url_path(job.address());
        (format!("{base}{address}"), page.day(library))
    };
    sitemap(&told, url, base)
}

/// All feeds, for a reader to subscribe to at once.
fn feeds(settings: &Settings, library: &Library, theme: &Theme) -> String {
    let base = &settings.base_url;
    let outline = |title: &str, description: &str, path: &str| Outline {
        title: title.to_owned(),
        description: description.to_owned(),
        feed_url: format!("{base}{}feed.xml", escape_url_path(path)),
        home_url: format!("{base}{}", escape_url_path(path)),
    };
    let site = OutlineGroup {
        title: String::new(),
        outlines: vec![outline(&settings.title, &settings.description, "")],
    };
    let topics = OutlineGroup {
        title: theme.words.get("topics").cloned().unwrap_or_default(),
        outlines: library
            .live_topics()
            .map(|entry| outline(&entry.topic.name, &entry.topic.scope, &entry.topic.path()))
            .collect(),
    };
    opml(&settings.title, &[site, topics])
}

fn llms(settings: &Settings, library: &Library, theme: &Theme) -> String {
    let word = |key: &str| theme.words.get(key).cloned().unwrap_or_default();
    let url = |path: &str| format!("{}{}", settings.base_url, escape_url_path(path));
    let topics = library
        .live_topics()
        .map(|entry| LlmsLink {
            title: entry.topic.name.clone(),
            url: url(&entry.topic.path()),
            note: entry.topic.scope.clone(),
        })
        .collect();
    let digests = library
        .digests
        .iter()
        .take(50)
        .map(|entry| LlmsLink {
            title: entry
                .digest
                .title
                .clone()
                .unwrap_or_else(|| entry.digest.id.to_string()),
            url: url(&entry.digest.path()),
            note: String::new(),
        })
        .collect();
    let sections = [
        LlmsSection {
            title: word("topics"),
            links: topics,
        },
        LlmsSection {
            title: word("digests"),
            links: digests,
        },
    ];
    llms_txt(&settings.title, &settings.description, &[], &sections)
}
