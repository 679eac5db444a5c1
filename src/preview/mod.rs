//! Preview: serves the site locally while people edit it. It holds the site in
//! memory, renders pages on request, watches the files, applies edits and notifies
//! the browser. Errors appear on top of the page while the last good version stays
//! up.

mod hosts;
mod server;
mod shown;
mod stage;
mod watch;

use std::cell::Cell;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::config::Settings;
use crate::content::Redirects;
use crate::site::{BuildOptions, BuildReport, Edit, Live, Silent};
use hosts::Hosts;
use stage::Stage;

/// How many further ports to try.
const PORTS: u16 = 100;

/// How to preview.
#[derive(Debug, Clone)]
pub struct PreviewOptions {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port to listen on; if it is busy, the next free one is used.
    pub port: u16,
    /// Whether to include drafts.
    pub drafts: bool,
}

/// Receives events for whoever started the preview.
pub trait Observer: Send + Sync {
    /// The server is listening. `busy` is the requested port if it was taken.
    fn listening(&self, address: &str, busy: Option<u16>);
    /// The site was loaded or an edit applied. `changed` are the files that a
    /// person changed; empty on first load. The report counts pages only if the
    /// whole site was loaded.
    fn ready(&self, changed: &[String], report: &BuildReport, seconds: f64);
    /// The preview stops.
    fn stopped(&self);
}

/// Previews a site until it is stopped by Ctrl-C or a signal.
///
/// # Errors
/// Fails if no port is free or the file system cannot be watched.
pub fn preview(site: &Path, options: &PreviewOptions, observer: &dyn Observer) -> io::Result<()> {
    let (listener, port, busy) = listen(options)?;
    let shown = if options.host.is_unspecified() {
        "127.0.0.1".to_owned()
    } else {
        SocketAddr::new(options.host, port).ip().to_string()
    };
    let shown = if shown.contains(':') {
        format!("[{shown}]")
    } else {
        shown
    };
    let origin = format!("http://{shown}:{port}");
    let base = base_path(&Settings::load(site).unwrap_or_default());
    let loader = Loader {
        site: site.to_owned(),
        drafts: options.drafts,
        origin: origin.clone(),
        stage: Stage::new(base.clone()),
        ledger: Cell::default(),
    };
    observer.listening(&format!("{origin}{base}"), busy);
    let mut changes = watch::watch(site)?;
    loader.load(&[], Instant::now(), observer);

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let server = server::Server {
        stage: Arc::clone(&loader.stage),
        hosts: Hosts::of(options.host),
        origin,
    };
    // The server runs in the runtime; loading runs on this thread, since it uses
    // all cores and would block requests there.
    let (stop, stopped) = std::sync::mpsc::channel();
    runtime.spawn(async move {
        let outcome = server.run(listener).await;
        let _ = stop.send(outcome);
    });
    let outcome = loop {
        if let Ok(outcome) = stopped.try_recv() {
            break outcome;
        }
        if let Some(changed) = changes.wait() {
            loader.take_up(&changed, observer);
        }
    };
    observer.stopped();
    runtime.shutdown_background();
    outcome
}

fn listen(options: &PreviewOptions) -> io::Result<(TcpListener, u16, Option<u16>)> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in options.port..=options.port.saturating_add(PORTS) {
        match TcpListener::bind((options.host, port)) {
            Ok(listener) => {
                let port = listener.local_addr()?.port();
                listener.set_nonblocking(true)?;
                let busy = (port != options.port && options.port != 0).then_some(options.port);
                return Ok((listener, port, busy));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// Loads the site, applies edits and notifies the browser.
struct Loader {
    site: PathBuf,
    drafts: bool,
    origin: String,
    stage: Arc<Stage>,
    /// The hash of the URL history after loading, to ignore our own writes to it.
    ledger: Cell<Option<blake3::Hash>>,
}

/// The base path from the base URL: `/`, `/repo/`.
fn base_path(settings: &Settings) -> String {
    url::Url::parse(&settings.base_url).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned())
}

impl Loader {
    /// Applies edits to some files.
    fn take_up(&self, changed: &[String], observer: &dyn Observer) {
        let start = Instant::now();
        let is_ours =
            |file: &String| *file == Redirects::file() && self.ledger.get() == self.read_ledger();
        if changed.iter().all(is_ours) {
            return;
        }
        match self.stage.edit(changed) {
            Edit::Done(diagnostics) => {
                let report = BuildReport {
                    diagnostics,
                    ..BuildReport::default()
                };
                observer.ready(changed, &report, start.elapsed().as_secs_f64());
            }
            Edit::Wide => self.load(changed, start, observer),
        }
    }

    fn read_ledger(&self) -> Option<blake3::Hash> {
        let text = std::fs::read(self.site.join(Redirects::file())).ok()?;
        Some(blake3::hash(&text))
    }

    fn load(&self, changed: &[String], start: Instant, observer: &dyn Observer) {
        // Without a base URL, use the preview's own, so that feeds can be inspected
        // too.
        let settings = Settings::load(&self.site).unwrap_or_default();
        let options = BuildOptions {
            // Nobody shares links to a local address.
            no_cards: settings.base_url.is_empty(),
            base_url: settings
                .base_url
                .is_empty()
                .then(|| format!("{}/", self.origin)),
            drafts: self.drafts,
            // People who view a page's source here are looking for their template.
            readable: true,
            ..BuildOptions::default()
        };
        let (live, report) = Live::load(&self.site, &options, &Silent);
        self.ledger.set(self.read_ledger());
        let before = match live {
            Some(live) => self.stage.show(live, base_path(&settings)),
            None => {
                let mut found = report.diagnostics.clone();
                if let Some(import) = &report.import {
                    found.append(import.diagnostics.clone());
                }
                self.stage.report(&found);
                None
            }
        };
        observer.ready(changed, &report, start.elapsed().as_secs_f64());
        drop(before);
    }
}
