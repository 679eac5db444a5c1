//! The plan of the published tree: every file that a site has, by its path. It is
//! known before the first is rendered, so that two that want one place are found
//! in time.

use std::collections::BTreeSet;
use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashMapExt};

use crate::config::{Engine, Settings};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::library::Library;
use crate::model::{Date, PAPER_LIST};
use crate::render::{Asset, CODE_STYLES, SEARCH_ENGINE, Theme, is_engine_part, list_views, views};
use crate::search::Built;

use super::bibliography::Bibliography;
use super::card::{self, Subject};
use super::chart::{self, Chart};
use super::foot::{Foot, SHEET};
use super::jobs::{DIGEST_PAGE_SIZE, INDEX_PAGE_SIZE, Job, Kind};
use super::layout::Layout;
use super::machines;
use super::pages::author::{AuthorPage, AuthorsPage};
use super::pages::digest::{DigestPage, DigestsPage, MonthPage};
use super::pages::dump::DUMP;
use super::pages::for_you::{self, ForYouPage};
use super::pages::free::FreePage;
use super::pages::front::FrontPage;
use super::pages::map::MapPage;
use super::pages::not_found::NotFoundPage;
use super::pages::paper::PaperPage;
use super::pages::papers::PapersPage;
use super::pages::removed::RemovedPage;
use super::pages::saved::SavedPage;
use super::pages::search::SearchPage;
use super::pages::sheet::SheetPage;
use super::pages::signposts::LINK_SET;
use super::pages::topic::{TopicPage, TopicsPage};
use super::pages::trends::TrendsPage;
use super::pages::venue::{VenuePage, VenuesPage};
use super::portable::{Bundles, SCRIPT};
use super::scope::{FeedForm, LetterForm, Scope, scopes};
use super::thrift::Thrift;

/// All files of a site, in the order of their paths within each kind. A portable one has
/// bundles of scripts.
pub(super) fn plan(
    settings: &Settings,
    library: &Library,
    theme: &Theme,
    index: &Built,
    (thrift, bundles, chart): (Thrift, Option<&Bundles>, Option<&Chart>),
) -> (Vec<Job>, Diagnostics) {
    let mut jobs = Vec::with_capacity(library.papers.len() + 256);
    let mut add = |path: String, kind: Kind| jobs.push(Job { path, kind });
    add("index.html".into(), Kind::of(FrontPage));
    for page in 1..=views::pages(library.papers.len(), settings.page_size) {
        add(
            file(&views::page_path(PAPER_LIST, page)),
            Kind::of(PapersPage { page }),
        );
    }
    add("topics/index.html".into(), Kind::of(TopicsPage));
    for (topic, entry) in library
        .topics
        .iter()
        .enumerate()
        .filter(|(_, entry)| !entry.papers.is_empty())
    {
        for page in 1..=views::pages(entry.papers.len(), settings.page_size) {
            add(
                file(&views::page_path(&entry.topic.path(), page)),
                Kind::of(TopicPage { topic, page }),
            );
        }
    }
    add("digests/index.html".into(), Kind::of(DigestsPage));
    for (digest, entry) in library.digests.iter().enumerate() {
        for page in 1..=views::pages(entry.papers.len(), DIGEST_PAGE_SIZE) {
            add(
                file(&views::page_path(&entry.digest.path(), page)),
                Kind::of(DigestPage { digest, page }),
            );
        }
    }
    let months: BTreeSet<Date> = library
        .digests
        .iter()
        .filter_map(|entry| Some(entry.digest.date?.first_of_month()))
        .collect();
    for month in months {
        add(file(&views::month_path(month)), Kind::of(MonthPage(month)));
    }
    groups(settings, library, &mut add);
    if !library.papers.is_empty() {
        add("trends/index.html".into(), Kind::of(TrendsPage));
        add("saved/index.html".into(), Kind::of(SavedPage));
    }
    let offers = for_you::offers(settings, library, theme);
    if !offers.is_empty() {
        add("for-you/index.html".into(), Kind::of(ForYouPage));
    }
    for offer in offers {
        add(offer.path(library, bundles.is_some()), Kind::Offer(offer));
    }
    if bundles.is_none() && chart::is_wanted(settings, library, theme) {
        add(format!("{}index.html", chart::FOLDER), Kind::of(MapPage));
        for (name, _) in chart.iter().flat_map(|chart| &chart.files) {
            let path = format!("{}{name}", chart::FOLDER);
            add(path, Kind::MapFile(name.clone()));
        }
    }
    for (n, page) in library.pages.iter().enumerate() {
        add(file(&page.path()), Kind::of(FreePage(n)));
    }
    if settings.engine != Engine::None {
        add("search/index.html".into(), Kind::of(SearchPage));
        if bundles.is_some() {
            add(SCRIPT.to_owned(), Kind::SearchScript);
        } else {
            add(theme.assets.published(SEARCH_ENGINE), Kind::SearchEngine);
            for (n, (path, _)) in index.files.iter().enumerate() {
                add(format!("search/{path}"), Kind::SearchFile(n));
            }
        }
    }
    for (n, paper) in library.removed.iter().enumerate() {
        add(file(&paper.path()), Kind::of(RemovedPage(n)));
    }
    if bundles.is_none() {
        add("404.html".into(), Kind::of(NotFoundPage));
    }
    let layout = Layout::of(theme, library, thrift);
    let made = (settings, library, layout);
    for (of, address) in scopes(settings, library) {
        forms(made, of, &address, &mut add);
    }
    let cards = card::subjects(settings, library, theme).into_iter();
    for subject in cards.filter(|of| bundles.is_none() || *of != Subject::Map) {
        add(subject.path(library), Kind::Card(subject));
    }
    for (path, asset) in &theme.statics {
        let is_script = theme.assets.has(path) && path.ends_with(".js");
        if is_engine_part(path, asset) || (is_script && bundles.is_some()) {
            continue;
        }
        let published = match theme.assets.has(path) {
            true => theme.assets.published(path),
            false => path.clone(),
        };
        add(published, Kind::Static(path.clone()));
    }
    for path in bundles.iter().flat_map(|bundles| bundles.keys()) {
        add(theme.assets.published(path), Kind::Bundle(path.clone()));
    }
    if !theme.statics.contains_key(CODE_STYLES) {
        add(theme.assets.published(CODE_STYLES), Kind::CodeStyles);
    }
    if settings.harvest.dump {
        add(DUMP.to_owned(), Kind::Dump);
        let (of, form) = (Scope::Site, Bibliography::Bibtex);
        add(form.file().to_owned(), Kind::Bibliography { of, form });
    }
    // A link set names what it is of by its full address.
    let has_link_sets = settings.harvest.linksets && !settings.base_url.is_empty();
    let foot = layout.foot;
    for (n, entry) in library.papers.iter().enumerate() {
        let address = entry.paper.path();
        add(file(&address), Kind::of(PaperPage(n)));
        if foot == Foot::Sheet {
            add(format!("{address}{SHEET}"), Kind::of(SheetPage(n)));
        }
        if has_link_sets {
            add(format!("{address}{LINK_SET}"), Kind::LinkSet(n));
        }
        if foot.has_files() {
            for form in Bibliography::ALL {
                let file = format!("{address}{}", form.paper_file());
                add(file, Kind::Citation { paper: n, form });
            }
        }
    }
    let mut found = Diagnostics::new();
    let mut machines = machines::files(settings, library, (theme, layout), &jobs);
    // Nobody but a person opens a site on a disk.
    machines.retain(|(path, _)| bundles.is_none() || !machines::is_for_hosts(path));
    for (path, text) in machines {
        match own_static(theme, &path) {
            None => jobs.push(Job {
                path,
                kind: Kind::Text(text),
            }),
            // The site's own file is published instead.
            Some(own) if path == machines::CNAME => found.extend(other_domain(own, &text)),
            Some(_) => {}
        }
    }
    // By a hash, since a large site has a hundred thousand paths.
    let hasher = FixedState::default();
    // Some file systems do not tell upper from lower case.
    let folded = |path: &str| hasher.hash_one(path.to_lowercase());
    let mut taken: HashMap<u64, usize> = HashMap::with_capacity(jobs.len());
    for (n, job) in jobs.iter().enumerate() {
        if let Some(other) = taken.insert(folded(&job.path), n)
            && jobs[other].path.to_lowercase() == job.path.to_lowercase()
        {
            let (one, two) = (&jobs[other].kind, &job.kind);
            let message = format!(
                "{} and {} both want to be `{}`",
                one.describe(library),
                two.describe(library),
                job.path
            );
            let diagnostic =
                Diagnostic::error("duplicate-path", message).help("rename one of them");
            found.push(match two.source(library).or_else(|| one.source(library)) {
                Some(file) => diagnostic.at(Place::file(file)),
                None => diagnostic,
            });
        }
    }
    // An old address gives way to a page that has taken it.
    let redirects = library
        .redirects
        .iter()
        .filter(|redirect| !taken.contains_key(&folded(&file(&redirect.from))));
    let redirects: Vec<Job> = redirects
        .filter(|redirect| taken.contains_key(&folded(&file(&redirect.to))))
        .map(|redirect| Job {
            path: file(&redirect.from),
            kind: Kind::Redirect {
                to: redirect.to.clone(),
            },
        })
        .collect();
    // Whoever subscribed to a topic by its old name goes on to get its papers: a
    // program that reads feeds follows no page.
    for (of, address) in scopes(settings, library) {
        for old in redirects.iter().filter_map(|job| match &job.kind {
            Kind::Redirect { to } if *to == address => job.path.strip_suffix("index.html"),
            _ => None,
        }) {
            subscriptions(made, of, old, &mut |path, kind| {
                jobs.push(Job { path, kind });
            });
        }
    }
    jobs.extend(redirects);
    (jobs, found)
}

/// The site's own file of a path that the program has a file for too. Some file
/// systems do not tell upper from lower case.
fn own_static<'a>(theme: &'a Theme, path: &str) -> Option<&'a Asset> {
    let statics = theme.statics.iter();
    statics
        .filter(|(own, _)| own.eq_ignore_ascii_case(path))
        .map(|(_, asset)| asset)
        .next()
}

/// Says that the site's own `CNAME` names another domain than its settings.
fn other_domain(own: &Asset, text: &str) -> Option<Diagnostic> {
    let (own_domain, domain) = (String::from_utf8_lossy(&own.bytes), text.trim());
    let own_domain = own_domain.trim();
    (!own_domain.eq_ignore_ascii_case(domain)).then(|| {
        let message = format!(
            "the file is published, and names `{own_domain}`; `publish.cname` names `{domain}`, and feeds and links take that one"
        );
        Diagnostic::warning("two-domains", message)
            .at(Place::file(own.origin.clone()))
            .help("let both name the same domain, or remove one of them")
    })
}

/// What people's programs ask for again and again: feeds and bibliographies.
fn subscriptions(
    (settings, library, layout): (&Settings, &Library, Layout),
    of: Scope,
    address: &str,
    add: &mut impl FnMut(String, Kind),
) {
    // A feed is read elsewhere and has to know where it comes from.
    if of.has_feeds(settings) {
        for form in FeedForm::ALL {
            add(format!("{address}{}", form.file()), Kind::Feed { of, form });
        }
    }
    for form in layout.bibliographies(of, of.count(library)) {
        let form = *form;
        add(
            format!("{address}{}", form.file()),
            Kind::Bibliography { of, form },
        );
    }
}

/// The other forms of what a scope holds: feeds, bibliographies, Markdown,
/// letters.
fn forms(
    made: (&Settings, &Library, Layout),
    of: Scope,
    address: &str,
    add: &mut impl FnMut(String, Kind),
) {
    let (settings, library, layout) = made;
    subscriptions(made, of, address, add);
    if of.has_feeds(settings) {
        for part in 1..=of.feed_parts(made).len() {
            add(
                format!("{address}{}", FeedForm::part_file(part)),
                Kind::FeedPart { of, part },
            );
        }
    }
    if layout.has_twin(of, of.count(library)) {
        add(format!("{address}index.md"), Kind::Twin(of));
    }
    if let Scope::Digest(digest) = of {
        for form in LetterForm::ALL {
            add(
                format!("{address}{}", form.file()),
                Kind::Letter { digest, form },
            );
        }
    }
}

/// The pages of authors and venues; none where there are none.
fn groups(settings: &Settings, library: &Library, add: &mut impl FnMut(String, Kind)) {
    let pages = |base: &str, total: usize, size: usize| {
        let base = base.to_owned();
        (1..=views::pages(total, size))
            .map(move |page| (file(&views::page_path(&base, page)), page))
    };
    let (authors, venues) = (&library.authors, &library.venues);
    if !authors.is_empty() {
        for (path, page) in pages("authors/", authors.len(), INDEX_PAGE_SIZE) {
            add(path, Kind::of(AuthorsPage { page }));
        }
    }
    for (author, entry) in authors.iter().enumerate() {
        for (path, page) in pages(&entry.path(), entry.papers.len(), settings.page_size) {
            add(path, Kind::of(AuthorPage { author, page }));
        }
    }
    if !venues.is_empty() {
        for (path, page) in pages("venues/", venues.len(), INDEX_PAGE_SIZE) {
            add(path, Kind::of(VenuesPage { page }));
        }
    }
    for (venue, entry) in venues.iter().enumerate() {
        let years = (0..entry.years.len()).map(Some);
        for year in std::iter::once(None).chain(years) {
            let base = list_views::venue_path(entry, year);
            let total = list_views::listed_papers(entry, year, settings.page_size).len();
            for (path, page) in pages(&base, total, settings.page_size) {
                add(path, Kind::of(VenuePage { venue, year, page }));
            }
        }
    }
}

/// The file of a page's address.
fn file(address: &str) -> String {
    format!("{address}index.html")
}
