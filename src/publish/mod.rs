//! Publishing: sends a built site to where readers find it. It compares first, so
//! that only changes are sent and other people's files are left alone.

mod artifact;
mod branch;
mod changes;
mod folder;
mod program;
mod publisher;
mod report;
mod rsync;
mod store;
mod tree;

use std::path::{Path, PathBuf};

use crate::check::{self, CheckOptions};
use crate::config::{Destination, FILE_NAME, Settings, TargetSettings};
use crate::diagnostics::{self, Diagnostic, Diagnostics, count, nearest};
use crate::site::{Alone, BuildOptions, Progress, state};

pub use changes::FileChange;
pub use report::{Changed, PublishReport};

use changes::Changes;
use publisher::{Publisher, Sending};
use tree::Tree;

/// How often to compare again when a destination changes while sending.
const ATTEMPTS: usize = 4;

/// What to publish and where.
#[derive(Debug, Clone, Default)]
pub struct PublishOptions {
    /// The name of a target or a target type. If unset, the default target.
    pub target: Option<String>,
    /// Overrides the destination in the settings.
    pub to: Option<String>,
    /// Overrides the site's URL in the settings.
    pub base_url: Option<String>,
    /// Build and compare, but send nothing.
    pub dry_run: bool,
    /// Allow removing more pages than the target's `max_shrink`.
    pub allow_shrink: bool,
    /// Allow replacing files that somebody else put there.
    pub replace: bool,
    /// Send all files, whatever is known to be there.
    pub resend: bool,
    /// Skip checking the site first.
    pub unchecked: bool,
    /// Do not import new files in `content/digests/`.
    pub no_import: bool,
}

/// Publishes a site.
pub fn publish(site: &Path, options: &PublishOptions, progress: &dyn Progress) -> PublishReport {
    let mut report = PublishReport::default();
    if let Err(found) = run(site, options, progress, &mut report) {
        report.diagnostics.append(found);
    }
    report.diagnostics.sort();
    report
}

fn run(
    site: &Path,
    options: &PublishOptions,
    progress: &dyn Progress,
    report: &mut PublishReport,
) -> Result<(), Diagnostics> {
    let alone = Alone::wait(site, progress).map_err(|fault| Diagnostics::from(*fault))?;
    let settings = Settings::load(site)?;
    let target = choose(&settings, options).map_err(|fault| Diagnostics::from(*fault))?;
    report.target = target.name.clone();
    report.kind = target.destination.kind();
    report.dry_run = options.dry_run;
    let build = build_options(site, &settings, &target, options);
    report.base_url = build
        .base_url
        .clone()
        .unwrap_or_else(|| settings.base_url.clone());
    let publishing = Publishing {
        alone: &alone,
        target: &target,
        options,
        build: &build,
        progress,
    };
    let keep = state(site).join("publish").join(&target.name);
    let mut destination: Box<dyn Publisher + '_> = match &target.destination {
        Destination::Branch {
            remote,
            branch,
            folder,
            history,
        } => Box::new(branch::Branch::open(
            (site, &keep),
            remote,
            (branch, folder, *history),
        )?),
        Destination::Rsync { to } => Box::new(rsync::Rsync::open(site, to, options.dry_run)?),
        Destination::S3 {
            bucket,
            prefix,
            region,
            endpoint,
        } => Box::new(store::Store::open(
            site,
            (bucket, prefix),
            (region, endpoint.as_ref()),
            store::Manner {
                is_dry: options.dry_run,
                sends_all: options.resend,
            },
            progress,
        )?),
        Destination::Folder { to } => Box::new(folder::Folder::open(
            &alone,
            &site.join(to),
            options.dry_run,
        )?),
        // Archives are filled while pages are rendered and need no tree on disk.
        Destination::Artifact { file } => {
            return artifact::publish(&publishing, &site.join(file), report);
        }
    };
    report.to = diagnostics::without_secrets(&destination.place()).into_owned();
    let root = build.output.clone().unwrap_or_else(|| site.join("public"));
    let built = alone.build(&build, progress);
    report.pages = built.pages;
    report.files = built.paths.len();
    let failed = built.failed();
    report.take(built.diagnostics);
    if let Some(import) = built.import {
        report.take(import.diagnostics);
    }
    if failed {
        report.diagnostics.push(unbuilt());
        return Ok(());
    }
    let tree = Tree::of(root, built.paths);
    publishing.send(&tree, destination.as_mut(), report)
}

/// One run.
struct Publishing<'a> {
    alone: &'a Alone<'a>,
    target: &'a TargetSettings,
    options: &'a PublishOptions,
    build: &'a BuildOptions,
    progress: &'a dyn Progress,
}

impl Publishing<'_> {
    /// Compares the site with the destination and sends the differences.
    fn send(
        &self,
        tree: &Tree,
        destination: &mut dyn Publisher,
        report: &mut PublishReport,
    ) -> Result<(), Diagnostics> {
        for attempt in 1..=ATTEMPTS {
            self.progress.begin("comparing", None);
            let changes = destination.compare(tree);
            self.progress.end();
            let changes = changes?;
            report.tell(&changes, |path| tree.size(path));
            self.allow(&changes)?;
            report.diagnostics.extend(destination.notes(tree));
            if !changes.any() || (attempt == 1 && !self.check(report)) || self.options.dry_run {
                return Ok(());
            }
            match destination.send(tree, &changes, self.progress)? {
                Sending::Done => {
                    report.published = true;
                    return Ok(());
                }
                Sending::Contended => {
                    self.progress
                        .say("somebody else published meanwhile; comparing again");
                }
            }
        }
        Err(Diagnostic::error(
            "contended",
            "somebody else keeps publishing to the same destination",
        )
        .help("wait until they have finished, and publish again")
        .into())
    }

    /// Checks the site. Returns whether it may be published.
    fn check(&self, report: &mut PublishReport) -> bool {
        if self.options.unchecked {
            return true;
        }
        let options = CheckOptions {
            build: self.build.clone(),
            host: self.target.host,
            asking: None,
        };
        let checked = check::check_in(self.alone, &options, self.progress);
        self.allow_checked(checked, report)
    }

    /// Judges a check's results. Notes are only for `offprint check`.
    fn allow_checked(&self, checked: check::CheckReport, report: &mut PublishReport) -> bool {
        let failed = checked.failed();
        report.take(checked.diagnostics.without_notes());
        if failed {
            report.diagnostics.push(
                Diagnostic::error("unpublished", "the site has errors; nothing was published")
                    .help("correct them, or publish with --unchecked"),
            );
        }
        !failed
    }

    /// Refuses changes that are probably unintended.
    fn allow(&self, changes: &Changes) -> Result<(), Diagnostics> {
        let mut found = Diagnostics::new();
        if !self.options.replace {
            found.extend(changes.replaces());
        }
        if !self.options.allow_shrink {
            found.extend(changes.shrinks(self.target.max_shrink));
        }
        match found.has_errors() {
            true => Err(found),
            false => Ok(()),
        }
    }
}

/// The error for a site that cannot be built.
fn unbuilt() -> Diagnostic {
    Diagnostic::error(
        "unpublished",
        "the site was not built; nothing was published",
    )
    .help("correct its errors, and publish again")
}

/// How to build the site for a target. Each base URL gets its own output folder, so
/// that switching targets does not rewrite everything.
fn build_options(
    site: &Path,
    settings: &Settings,
    target: &TargetSettings,
    options: &PublishOptions,
) -> BuildOptions {
    let usual = settings.default_target().and_then(|target| target.host);
    let is_usual = target
        .base_url
        .as_ref()
        .is_none_or(|base| *base == settings.base_url)
        && (target.host == usual || usual.is_none());
    let folder = state(site).join("publish").join(&target.name).join("site");
    BuildOptions {
        base_url: options.base_url.clone().or_else(|| target.base_url.clone()),
        output: (!is_usual && options.base_url.is_none()).then_some(folder),
        no_import: options.no_import,
        host: target.host,
        ..BuildOptions::default()
    }
}

/// Finds the target.
fn choose(
    settings: &Settings,
    options: &PublishOptions,
) -> Result<TargetSettings, Box<Diagnostic>> {
    let names = || settings.targets.iter().map(|target| target.name.as_str());
    let mut target = match &options.target {
        None => settings
            .default_target()
            .cloned()
            .ok_or_else(|| Box::new(unnamed(names().collect())))?,
        Some(name) => match settings.targets.iter().find(|target| target.name == *name) {
            Some(target) => target.clone(),
            None => of_kind(settings, options, name)?,
        },
    };
    if let Some(to) = options.to.as_deref() {
        if let Some((message, help)) = TargetSettings::fault_of_place(to) {
            return Err(Box::new(Diagnostic::error("bad-value", message).help(help)));
        }
        match &mut target.destination {
            Destination::Branch { remote, .. } => {
                *remote = match Path::new(to).is_dir() {
                    true => here(to).display().to_string(),
                    false => to.to_owned(),
                }
            }
            Destination::Artifact { file } => *file = here(to),
            Destination::Folder { to: folder } => *folder = here(to),
            Destination::Rsync { to: folder } => *folder = rsync::here(to),
            Destination::S3 { bucket, .. } => *bucket = to.to_owned(),
        }
    }
    Ok(target)
}

/// A path from the command line, relative to the working directory. Those in the
/// settings are relative to the site.
fn here(to: &str) -> PathBuf {
    std::path::absolute(to).unwrap_or_else(|_| PathBuf::from(to))
}

/// A target that the settings do not define, given by its type.
fn of_kind(
    settings: &Settings,
    options: &PublishOptions,
    name: &str,
) -> Result<TargetSettings, Box<Diagnostic>> {
    let Some(kind) = TargetSettings::kinds().find(|kind| *kind == name) else {
        let mut known: Vec<&str> = TargetSettings::kinds().collect();
        known.extend(settings.targets.iter().map(|target| target.name.as_str()));
        known.sort_unstable();
        known.dedup();
        let said = Diagnostic::error("no-target", format!("there is no target `{name}`"));
        return Err(Box::new(match nearest(name, known.iter().copied()) {
            Some(near) => said.help(format!("did you mean `{near}`?")),
            None => said.help(format!("known are {}", known.join(", "))),
        }));
    };
    let of_its_kind = |target: &&TargetSettings| target.destination.kind() == kind;
    if let Some(target) = settings.targets.iter().find(of_its_kind) {
        return Ok(target.clone());
    }
    let found = match &options.to {
        Some(to) => Ok(TargetSettings::of_kind_to(kind, to)),
        None => TargetSettings::of_kind(kind),
    };
    found.map_err(|keys| {
        let said = Diagnostic::error(
            "no-target",
            format!("the destination for `{kind}` is unknown"),
        );
        Box::new(said.help(format!(
            "use --to, or add a table [[publish]] to {FILE_NAME}, with `type = \"{kind}\"` and \
             `{keys}`"
        )))
    })
}

fn unnamed(names: Vec<&str>) -> Diagnostic {
    match names.as_slice() {
        [] => Diagnostic::error("no-target", "no target is defined in the settings").help(format!(
            "name a type, such as `offprint publish github-pages`, or add a table \
                 [[publish]] with `type = \"github-pages\"` to {FILE_NAME}; the types are {}",
            TargetSettings::kinds().collect::<Vec<_>>().join(", ")
        )),
        names => Diagnostic::error(
            "no-target",
            format!(
                "the settings define {} but no default",
                count(names.len(), "target")
            ),
        )
        .help(format!(
            "name one of {}, or add `default = true` to one of them",
            names.join(", ")
        )),
    }
}
