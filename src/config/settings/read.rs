//! Parses `offprint.toml` into settings, table by table, and reports all faults,
//! not just the first.

use std::path::Path;

use super::harvest::HarvestSettings;
use super::robots::RobotsSettings;
use super::script::read_script;
use super::security::SecuritySettings;
use super::source::read_source;
use super::value::{base_url, fault, fault_at, is_language, known_words, set, set_size};
use super::{
    Abstracts, Canonical, Engine, FILE_NAME, FIND_SITES, NETWORKS, Settings, SubscribeProvider,
    Symlinks,
};
use crate::config::bounds::is_theme_name;
use crate::config::fields::{Document, Fields};
use crate::config::node::Value;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{Source, is_publishable_url};

impl Settings {
    /// Reads the settings of the site in a folder.
    ///
    /// # Errors
    /// Returns all faults of the file, or why it cannot be read.
    pub fn load(site: &Path) -> Result<Self, Diagnostics> {
        let source = std::fs::read(site.join(FILE_NAME)).map_err(|error| {
            Diagnostic::error("unreadable", format!("cannot read the settings: {error}"))
                .at(Place::file(FILE_NAME))
                .help(
                    "run offprint in a folder created by `offprint new`, or name one with \
                    --site",
                )
        })?;
        let source = String::from_utf8(source).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            Diagnostic::error("not-utf8", "the settings are not UTF-8 text")
                .at(Place::span(FILE_NAME, &text, at..at + 1))
                .help("save the file as UTF-8")
        })?;
        let (settings, diagnostics) = Self::parse(&source);
        if diagnostics.has_errors() {
            Err(diagnostics)
        } else {
            Ok(settings)
        }
    }

    /// Parses settings from text. Faulty keys keep their defaults.
    pub fn parse(source: &str) -> (Self, Diagnostics) {
        let document = Document::toml(FILE_NAME, source, 0..source.len());
        let mut settings = Self::default();
        let root = document.fields();
        if let Some(site) = root.table("site") {
            settings.read_site(site);
        }
        if let Some(theme) = root.table("theme") {
            settings.theme_options = theme
                .entries()
                .iter()
                .map(|(k, n)| (k.name.clone(), n.value.clone()))
                .collect();
        }
        if let Some(import) = root.table("import") {
            settings.read_import(import);
        }
        if let Some(topics) = root.table("topics") {
            set(
                &mut settings.ai_taxonomy,
                topics.choice("taxonomy", &[("ai", true), ("none", false)]),
            );
            set_size(&mut settings.most_topics, topics.integer("most", 1..=20));
            topics.finish();
        }
        if let Some(authors) = root.table("authors") {
            settings.author_min_papers = authors
                .integer("min_papers", 1..=1_000_000)
                .and_then(|least| usize::try_from(least).ok());
            authors.finish();
        }
        if let Some(paginate) = root.table("paginate") {
            set_size(&mut settings.page_size, paginate.integer("size", 1..=1_000));
            paginate.finish();
        }
        if let Some(feeds) = root.table("feeds") {
            set_size(&mut settings.feed_limit, feeds.integer("limit", 1..=1_000));
            set(&mut settings.author_feeds, feeds.bool("authors"));
            settings.read_hub(&feeds);
            feeds.finish();
        }
        if let Some(citations) = root.table("citations") {
            set(&mut settings.citation_styles, citations.strings("styles"));
            citations.finish();
        }
        if let Some(search) = root.table("search") {
            let engines = [
                ("auto", Engine::Auto),
                ("elasticlunr", Engine::Elasticlunr),
                ("sharded", Engine::Sharded),
                ("none", Engine::None),
            ];
            set(&mut settings.engine, search.choice("engine", &engines));
            search.finish();
        }
        if let Some(share) = root.table("share") {
            set(
                &mut settings.networks,
                known_words(&share, "networks", &NETWORKS),
            );
            share.finish();
        }
        if let Some(find) = root.table("find") {
            set(
                &mut settings.find_sites,
                known_words(&find, "sites", &FIND_SITES),
            );
            find.finish();
        }
        if let Some(subscribe) = root.table("subscribe") {
            settings.read_subscribe(subscribe);
        }
        if let Some(cards) = root.table("cards") {
            set(&mut settings.cards.topics, cards.bool("topics"));
            set(&mut settings.cards.digests, cards.bool("digests"));
            set(&mut settings.cards.papers, cards.bool("papers"));
            cards.finish();
        }
        if let Some(build) = root.table("build") {
            let layouts = [("auto", true), ("all", false)];
            set(&mut settings.fits_host, build.choice("layout", &layouts));
            build.finish();
        }
        settings.read_targets(&root);
        if let Some(security) = root.table("security") {
            settings.security = SecuritySettings::read(security);
        }
        for script in root.tables("script") {
            settings.scripts.extend(read_script(script));
        }
        if let Some(robots) = root.table("robots") {
            settings.robots = RobotsSettings::read(robots);
        }
        if let Some(harvest) = root.table("harvest") {
            settings.harvest = HarvestSettings::read(harvest);
        }
        for source in root.tables("source") {
            settings.sources.extend(read_source(source));
        }
        root.finish();
        (settings, document.into_diagnostics())
    }

    fn read_site(&mut self, site: Fields<'_, '_>) {
        set(&mut self.title, site.string("title"));
        set(&mut self.description, site.string("description"));
        if let Some(language) = site.string("language") {
            if is_language(&language) {
                self.language = language;
            } else {
                let message = format!("`{language}` is not a language tag");
                fault(
                    &site,
                    "language",
                    message,
                    "use one such as en, de or pt-BR",
                );
            }
        }
        set(&mut self.curator, site.string("curator"));
        set(&mut self.theme, site.string("theme"));
        set(
            &mut self.canonical,
            site.choice(
                "canonical",
                &[
                    ("self", Canonical::Own),
                    ("arxiv", Canonical::Arxiv),
                    ("doi", Canonical::Doi),
                ],
            ),
        );
        set(
            &mut self.abstracts,
            site.choice(
                "abstracts",
                &[("full", Abstracts::Full), ("summary", Abstracts::Summary)],
            ),
        );
        set(
            &mut self.symlinks,
            site.choice(
                "symlinks",
                &[
                    ("inside", Symlinks::Inside),
                    ("anywhere", Symlinks::Anywhere),
                ],
            ),
        );
        if let Some(base) = site.string("base_url") {
            match base_url(&base) {
                Some(base) => self.base_url = base,
                None => fault(
                    &site,
                    "base_url",
                    format!("`{base}` is not a valid URL for a site"),
                    "write it as https://example.org/papers/",
                ),
            }
        }
        if !is_theme_name(&self.theme) {
            let theme = std::mem::replace(&mut self.theme, "gazette".to_owned());
            fault(
                &site,
                "theme",
                format!("`{theme}` is not the name of a folder in themes/"),
                "write only the folder's name",
            );
        }
        site.finish();
    }

    fn read_import(&mut self, import: Fields<'_, '_>) {
        if let Some(prefer) = import.strings("prefer") {
            self.prefer = prefer.into_iter().map(Source::named).collect();
        }
        set(&mut self.repairs_off, import.strings("repairs_off"));
        if let Some(columns) = import.table("columns") {
            for (key, node) in columns.entries() {
                if let Value::String(name) = &node.value {
                    self.columns.insert(key.name.clone(), name.clone());
                } else {
                    fault_at(
                        &columns,
                        node,
                        format!("`import.columns.{}` must be the name of a column", key.name),
                    );
                }
            }
        }
        import.finish();
    }

    fn read_subscribe(&mut self, subscribe: Fields<'_, '_>) {
        if let Some(action) = subscribe.string("action") {
            if action.is_empty() || (is_publishable_url(&action) && !action.starts_with("mailto:"))
            {
                self.subscribe_action = action;
            } else {
                fault(
                    &subscribe,
                    "action",
                    format!("`{action}` is not a URL that a form can be sent to"),
                    "write it as https://…",
                );
            }
        }
        let providers = [
            ("", None),
            ("buttondown", Some(SubscribeProvider::Buttondown)),
            ("mailchimp", Some(SubscribeProvider::Mailchimp)),
            ("listmonk", Some(SubscribeProvider::Listmonk)),
            ("custom", Some(SubscribeProvider::Custom)),
        ];
        set(
            &mut self.subscribe_provider,
            subscribe.choice("provider", &providers),
        );
        subscribe.finish();
    }

    fn read_hub(&mut self, feeds: &Fields<'_, '_>) {
        let Some(hub) = feeds.string("hub") else {
            return;
        };
        if hub.is_empty() || (is_publishable_url(&hub) && !hub.starts_with("mailto:")) {
            self.feed_hub = hub;
        } else {
            let message = format!("`{hub}` is not the URL of a hub");
            let help = "write it as https://…, such as https://pubsubhubbub.appspot.com/";
            fault(feeds, "hub", message, help);
        }
    }
}
