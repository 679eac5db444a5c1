//! Preview: the site on this machine while people edit it. It builds, serves,
//! watches, builds again and tells the browser. An error shows over the page
//! while the last good site stays up.

mod hosts;
mod server;
mod shown;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Instant;

use tokio::sync::watch::Sender;

use crate::config::Settings;
use crate::site::{self, BuildOptions, BuildReport, Silent};
use hosts::Hosts;
use shown::{Change, Shown};

/// The folder of a site into which the preview is built, so that `public/`
/// stays as the last build left it.
const FOLDER: &str = ".offprint/preview";

/// How many ports after the one that was asked for are tried.
const PORTS: u16 = 100;

/// How to preview.
#[derive(Debug, Clone)]
pub struct PreviewOptions {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port to listen on; the next free one is taken where it is busy.
    pub port: u16,
    /// Whether drafts belong to the site.
    pub drafts: bool,
}

/// What the preview tells whoever started it.
pub trait Observer: Send + Sync {
    /// It listens. `busy` is the port that was asked for and taken by somebody.
    fn listening(&self, address: &str, busy: Option<u16>);
    /// It built. `changed` are files of the site that a person changed; empty
    /// for the first build.
    fn built(&self, changed: &[String], report: &BuildReport, seconds: f64);
    /// It stops.
    fn stopped(&self);
}

/// Previews a site until it is told to stop, by Ctrl-C or a signal.
///
/// # Errors
/// When no port is free or the file system cannot be watched.
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
    let builder = Builder {
        site: site.to_owned(),
        root: site.join(FOLDER),
        drafts: options.drafts,
        origin: origin.clone(),
        shown: Sender::new(Shown::new(base.clone())),
    };
    observer.listening(&format!("{origin}{base}"), busy);
    let mut changes = watch::watch(site)?;
    builder.build(&[], observer);

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let server = server::Server {
        root: builder.root.clone(),
        hosts: Hosts::of(options.host),
        origin,
        shown: builder.shown.subscribe(),
    };
    // The server lives in the runtime, building in this thread: a build takes
    // all cores and would hold requests up there.
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
            builder.build(&changed, observer);
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

/// Builds the preview and tells the browser what became of it.
struct Builder {
    site: PathBuf,
    root: PathBuf,
    drafts: bool,
    origin: String,
    shown: Sender<Shown>,
}

/// Where the site begins, as its base URL says: `/`, `/repo/`.
fn base_path(settings: &Settings) -> String {
    url::Url::parse(&settings.base_url).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned())
}

impl Builder {
    fn build(&self, changed: &[String], observer: &dyn Observer) {
        let start = Instant::now();
        // Without an address of its own the site is where the preview is, so
        // that feeds can be looked at too.
        let settings = Settings::load(&self.site).unwrap_or_default();
        let options = BuildOptions {
            // Nobody passes on an address of this machine.
            no_cards: settings.base_url.is_empty(),
            base_url: settings
                .base_url
                .is_empty()
                .then(|| format!("{}/", self.origin)),
            output: Some(self.root.clone()),
            drafts: self.drafts,
            // Whoever looks at the source of a page here looks for their template.
            readable: true,
            is_preview: true,
            ..BuildOptions::default()
        };
        let report = site::build(&self.site, &options, &Silent);
        observer.built(changed, &report, start.elapsed().as_secs_f64());
        if report.failed() {
            let mut found = report.diagnostics.clone();
            if let Some(import) = &report.import {
                found.append(import.diagnostics.clone());
            }
            let text = crate::diagnostics::render_all(&found, crate::diagnostics::Style::Plain, 20);
            self.shown
                .send_modify(|shown| shown.note(Change::Problem(text)));
            return;
        }
        let only_styles = !changed.is_empty() && changed.iter().all(|file| file.ends_with(".css"));
        let change = if only_styles {
            Change::Styles
        } else {
            Change::Pages
        };
        self.shown.send_if_modified(|shown| {
            let base = base_path(&settings);
            let is_news = report.written + report.removed > 0
                || shown.problem.is_some()
                || shown.base != base;
            if is_news {
                shown.base = base;
                shown.note(change);
            }
            is_news
        });
    }
}
