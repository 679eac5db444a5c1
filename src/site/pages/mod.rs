//! Pages: each job's bytes. A page's context is built when it is rendered and
//! gone when it is written; only cards, which many pages show, are kept.

pub(super) mod author;
mod cards;
mod destinations;
pub(super) mod digest;
pub(super) mod dump;
mod feeds;
pub(super) mod for_you;
pub(super) mod free;
pub(super) mod front;
mod globals;
pub(super) mod handout;
mod kit;
mod letters;
pub(super) mod listed;
pub(super) mod map;
pub(super) mod not_found;
mod note_faults;
mod notes;
mod page;
pub(super) mod paper;
mod paper_prints;
pub(super) mod papers;
mod policy;
mod redirect;
pub(super) mod removed;
pub(super) mod saved;
mod scripts;
pub(super) mod search;
pub(super) mod sheet;
mod shelf;
pub(super) mod signposts;
mod structured;
mod styles;
pub(super) mod topic;
pub(super) mod trends;
pub(super) mod venue;
mod words;

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::config::{ScriptPlace, ScriptSettings, Settings};
use crate::diagnostics::{Diagnostic, Place};
use crate::library::Library;
use crate::render::{self, PageContext, PageInfo, Print, ShareLink, Template, Theme};
use crate::search::{Built, engine_module};
use crate::social::SocialImages;
use crate::syndicate::{NETWORKS, share_url};

use super::jobs::{Job, Kind};
use super::portable;
pub(super) use kit::{Finish, Kit, Published};
pub(super) use notes::Notes;
pub(super) use page::Page;
pub(super) use paper_prints::PaperPrints;

/// Everything that pages are rendered from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pages<'a> {
    pub(super) settings: &'a Settings,
    pub(super) library: &'a Library,
    pub(super) theme: &'a Theme,
    /// The search index; empty where its files are not asked for.
    pub(super) index: &'a Built,
    pub(super) kit: &'a Kit,
    /// What draws the pictures of pages.
    pub(super) press: &'a SocialImages,
    /// The prints of papers, where it matters what a file is made of.
    pub(super) prints: Option<&'a PaperPrints>,
    /// The print of the file that is there already.
    pub(super) known: Option<Print>,
}

/// A file of the site, made.
#[derive(Debug)]
pub(super) enum Made {
    /// It is the one whose print is known, and was not made again.
    Same,
    /// Its bytes, and what they come of.
    Anew(Print, Vec<u8>),
}

impl Made {
    /// Its bytes; none where it was not made.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Same => Vec::new(),
            Self::Anew(_, bytes) => bytes,
        }
    }

    /// A file whose bytes are made in any case.
    fn of(bytes: Vec<u8>, known: Option<Print>) -> Self {
        let print = Print::of_bytes(&bytes);
        match known == Some(print) {
            true => Self::Same,
            false => Self::Anew(print, bytes),
        }
    }
}

/// What a rendered Markdown text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Paper(usize),
    /// The picture of a paper.
    Picture(usize),
    Topic(usize),
    Digest(usize),
    Free(usize),
}

impl<'a> Pages<'a> {
    /// The bytes of a job's file.
    ///
    /// # Errors
    /// Gives what is wrong with the template.
    pub(super) fn render(&self, job: &Job) -> Result<Vec<u8>, Box<Diagnostic>> {
        let anew = Self {
            known: None,
            ..*self
        };
        Ok(anew.make(job)?.into_bytes())
    }

    /// A job's file, unless it is the one whose print is [`known`](Self::known).
    ///
    /// # Errors
    /// Gives what is wrong with the template.
    pub(super) fn make(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let made = |bytes| Made::of(bytes, self.known);
        match &job.kind {
            Kind::Page(page) => page.make(self, job),
            Kind::Redirect { to } => Ok(made(self.redirect(job, to))),
            Kind::Card(of) => self.picture(*of),
            Kind::Static(path) => Ok(made(
                self.theme
                    .statics
                    .get(path)
                    .map(|asset| asset.bytes.to_vec())
                    .unwrap_or_default(),
            )),
            Kind::Beside(path) => std::fs::read(path).map(made).map_err(|error| {
                let fault = Diagnostic::error("unreadable", format!("cannot be read: {error}"))
                    .at(Place::file(format!(
                        "{}/{}",
                        crate::content::FOLDER,
                        job.path
                    )))
                    .help("check the file and its permissions");
                Box::new(fault)
            }),
            Kind::CodeStyles => Ok(made(render::code::style_sheet().into_bytes())),
            Kind::Feed { of, form } => Ok(self.feed(*of, *form)),
            Kind::FeedPart { of, part } => Ok(self.feed_part(*of, *part)),
            Kind::Twin(of) => Ok(self.twin(*of)),
            Kind::Letter { digest, form } => Ok(self.letter(*digest, *form)),
            Kind::Bibliography { of, form } => Ok(self.bibliography(*of, *form)),
            Kind::Citation { paper, form } => Ok(self.citation(*paper, *form)),
            Kind::Dump => Ok(self.dump()),
            Kind::Offer(offer) => Ok(self.offer(*offer)),
            Kind::LinkSet(n) => Ok(self.link_set(*n)),
            Kind::SearchEngine => Ok(made(engine_module().into_bytes())),
            Kind::SearchFile(n) => Ok(made(self.index.files[*n].1.clone())),
            Kind::MapFile(name) => {
                let chart = self.kit.chart(self.library);
                Ok(made(chart.file(name).unwrap_or_default().to_vec()))
            }
            Kind::Bundle(path) => Ok(made(
                (self.kit.bundles.as_ref())
                    .and_then(|bundles| bundles.get(path))
                    .map(|bundle| bundle.clone().into_bytes())
                    .unwrap_or_default(),
            )),
            Kind::SearchScript => {
                let page = Job {
                    path: "search/index.html".to_owned(),
                    kind: Kind::of(search::SearchPage),
                };
                let page = self.render(&page)?;
                let page = String::from_utf8_lossy(&page);
                Ok(made(portable::script(&page, self.index)))
            }
            Kind::Text(text) => Ok(made(text.clone().into_bytes())),
        }
    }

    /// Files whose contexts differ in which parts they have: rendering these
    /// shows what is wrong with a template before anything is written.
    pub(super) fn samples(&self, jobs: &[Job]) -> Vec<usize> {
        let mut seen = std::collections::HashSet::new();
        let mut samples = Vec::new();
        for (n, job) in jobs.iter().enumerate() {
            let shape = match &job.kind {
                Kind::Page(page) => (Some(page.kind()), page.shape(self.library)),
                Kind::Card(of) => (None, of.shape()),
                _ => continue,
            };
            if seen.insert(shape) {
                samples.push(n);
            }
        }
        samples
    }

    fn page_info(
        &self,
        kind: &'static str,
        address: &str,
        title: String,
        description: String,
    ) -> PageInfo {
        let url = self.absolute(address).unwrap_or_default();
        // Search engines and chats show something; better ours than a guess.
        let description = if description.is_empty() {
            self.word("description")
        } else {
            description
        };
        PageInfo {
            kind,
            path: address.to_owned(),
            title,
            description,
            canonical: url.clone(),
            url,
            og_type: "website",
            ..PageInfo::default()
        }
    }

    /// The full address of a page, where the site knows its own.
    fn absolute(&self, address: &str) -> Option<String> {
        let base = &self.settings.base_url;
        (!base.is_empty()).then(|| format!("{base}{}", render::escape_url_path(address)))
    }

    /// Where a page can be passed on. Nothing where it does not know its own
    /// address.
    fn share(&self, title: &str, url: &str) -> Vec<ShareLink> {
        self.share_on(title, url, |_| true)
    }

    /// The same on some of the networks.
    fn share_on(&self, title: &str, url: &str, is_on: impl Fn(&str) -> bool) -> Vec<ShareLink> {
        if url.is_empty() {
            return Vec::new();
        }
        let networks = self.settings.networks.iter();
        networks
            .filter(|network| is_on(network))
            .filter_map(|network| {
                let known = NETWORKS.iter().find(|(key, _)| key == network);
                Some(ShareLink {
                    url: share_url(network, title, url)?,
                    label: known.map_or("", |(_, label)| label),
                    network: network.clone(),
                })
            })
            .collect()
    }

    /// On how many networks a page can be passed on.
    fn share_count(&self, url: &str) -> usize {
        if url.is_empty() {
            return 0;
        }
        let is_known = |network: &&String| {
            *network == "email" || NETWORKS.iter().any(|(key, _)| key == network)
        };
        self.settings.networks.iter().filter(is_known).count()
    }

    /// Adds to a page what the settings ask for on all pages, or on those of its kind.
    fn equip(&self, page: &mut PageInfo, root: &str) {
        let scripts = self.settings.scripts.iter();
        let is_for = |script: &&ScriptSettings| {
            script.pages.is_empty() || script.pages.iter().any(|kind| kind == page.kind)
        };
        let scripts: Vec<&ScriptSettings> = scripts.filter(is_for).collect();
        let pictures = &page.picture_origins;
        let policy = policy::policy(&self.settings.security, &scripts, pictures);
        page.policy = Some(Value::safe_string(&policy));
        let html = |place| Some(Value::safe_string(&scripts::html(&scripts, place, root)));
        page.head_html = html(ScriptPlace::Head);
        page.end_html = html(ScriptPlace::End);
        page.noindex |= !self.settings.robots.index;
    }

    /// A page whose context is quickly made: its print is that of the context.
    fn page<T: Serialize + JsonSchema>(
        &self,
        template: &Template<PageContext<T>>,
        own: T,
        mut page: PageInfo,
        root: String,
    ) -> Result<Made, Box<Diagnostic>> {
        self.equip(&mut page, &root);
        let context = PageContext { own, page, root };
        let renderer = &self.kit.renderer;
        let print = (self.prints)
            .and_then(|_| renderer.print(template, &(&context.own, &context.page), &context.root));
        if print.is_some() && print == self.known {
            return Ok(Made::Same);
        }
        self.rendered(template, &context, print)
    }

    /// A page whose context takes longer to make than to say what it is made of, which
    /// is what `inputs` gives. The settings and the words of the interface count too.
    fn page_of<T, I>(
        &self,
        template: &Template<PageContext<T>>,
        root: String,
        inputs: impl FnOnce(&'a PaperPrints) -> I,
        make: impl FnOnce() -> Result<(T, PageInfo), Box<Diagnostic>>,
    ) -> Result<Made, Box<Diagnostic>>
    where
        T: Serialize + JsonSchema,
        I: Serialize,
    {
        let renderer = &self.kit.renderer;
        let print = self
            .prints
            .and_then(|prints| renderer.print(template, &(prints.site, inputs(prints)), &root));
        if print.is_some() && print == self.known {
            return Ok(Made::Same);
        }
        let (own, mut page) = make()?;
        self.equip(&mut page, &root);
        self.rendered(template, &PageContext { own, page, root }, print)
    }

    fn rendered<T: Serialize + JsonSchema>(
        &self,
        template: &Template<PageContext<T>>,
        context: &PageContext<T>,
        print: Option<Print>,
    ) -> Result<Made, Box<Diagnostic>> {
        let bytes = (self.kit.renderer).render(template, context, &context.root)?;
        Ok(Made::Anew(
            print.unwrap_or_else(|| Print::of_bytes(&bytes)),
            bytes,
        ))
    }

    /// A file that no template writes. `kind` and `inputs` say what it is made of; the
    /// settings and the words of the interface count too.
    fn file_of<I: Serialize>(
        &self,
        kind: &str,
        inputs: impl FnOnce(&'a PaperPrints) -> I,
        make: impl FnOnce() -> String,
    ) -> Made {
        self.bytes_of(kind, inputs, || make().into_bytes())
    }

    /// The same of a file that is no text.
    fn bytes_of<I: Serialize>(
        &self,
        kind: &str,
        inputs: impl FnOnce(&'a PaperPrints) -> I,
        make: impl FnOnce() -> Vec<u8>,
    ) -> Made {
        let Some(prints) = self.prints else {
            return Made::of(make(), self.known);
        };
        let print = Print::of(&(kind, prints.site, inputs(prints)));
        match self.known == Some(print) {
            true => Made::Same,
            false => Made::Anew(print, make()),
        }
    }
}
