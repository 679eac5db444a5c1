//! The server: files of the live site below its base path, and an event stream for
//! browsers. Pages get a script that listens to it; neither is ever written to
//! disk.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream::{Stream, unfold};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::watch;

use super::hosts::Hosts;
use super::shown::Shown;
use super::stage::{Found, Stage};

/// The preview's own files, independent of the site's base path.
const LIVE: &str = "/__offprint/live.js";
const HUB: &str = "/__offprint/hub.js";
const EVENTS: &str = "/__offprint/events";

/// How long a connection may take to send a whole request.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

/// How soon a browser reconnects after losing the preview.
const RETRY: Duration = Duration::from_millis(500);

/// How long a page waits for related papers before it is shown without them.
const PATIENCE: Duration = Duration::from_secs(60);

/// The header with a page's hash, by which its script detects changes.
const PAGE: &str = "x-offprint-page";

/// What the server serves.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// The site.
    pub(super) stage: Arc<Stage>,
    /// The host names it answers to.
    pub(super) hosts: Hosts,
    /// Its own URL, for requests with another host name.
    pub(super) origin: String,
}

impl Server {
    /// Serves until Ctrl-C or a termination signal. Open connections are then
    /// dropped, since event streams never end.
    pub(super) async fn run(self, listener: TcpListener) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let app = Router::new().fallback(answer).with_state(Arc::new(self));
        tokio::select! {
            never = accept(listener, app) => match never {},
            () = told_to_stop() => Ok(()),
        }
    }
}

/// Serves every connection, and drops those that send no request.
async fn accept(listener: tokio::net::TcpListener, app: Router) -> Infallible {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(REQUEST_TIMEOUT);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // The client has gone, or too many files are open at the moment.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(app.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            // A browser going away breaks its connection; that is not an error.
            let _ = connection.await;
        });
    }
}

#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let mut response = if server.hosts.allow(request.uri(), request.headers()) {
        route(&server, request).await
    } else {
        let text = format!(
            "This preview only answers at the addresses it listens on. Open {}/ on this \
             machine, or start it with --host to use it from another one.\n",
            server.origin
        );
        (StatusCode::FORBIDDEN, text).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

async fn route(server: &Server, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let mut changes = server.stage.subscribe();
    let shown = changes.borrow_and_update().clone();
    let path = request.uri().path();
    match path {
        LIVE => return script(include_str!("live.js")),
        HUB => return script(include_str!("hub.js")),
        EVENTS => return events(server.stage.subscribe()).into_response(),
        _ => {}
    }
    let inner = match path.strip_prefix(&shown.base) {
        // An empty segment would turn a path into a host name.
        Some(inner) if !path.contains("//") => decoded(inner),
        None if path == "/" || format!("{path}/") == shown.base => {
            return Redirect::temporary(&shown.base).into_response();
        }
        _ => None,
    };
    let late = tokio::time::Instant::now() + PATIENCE;
    loop {
        let must = tokio::time::Instant::now() >= late;
        // No file has this name.
        let sought = inner.clone().unwrap_or_else(|| "404.html".to_owned());
        let stage = Arc::clone(&server.stage);
        let found = tokio::task::spawn_blocking(move || stage.at(&sought, must)).await;
        return match found {
            Ok(Found::Later) => {
                // Wait for a change or for the timeout.
                let _ = tokio::time::timeout_at(late, changes.changed()).await;
                continue;
            }
            Ok(Found::File(bytes)) => match &inner {
                Some(inner) => file(inner, bytes, &shown),
                None => missing(Some(&bytes), &shown),
            },
            Ok(Found::Folder) => {
                let query = request.uri().query();
                let query = query.map(|query| format!("?{query}")).unwrap_or_default();
                Redirect::temporary(&format!("{path}/{query}")).into_response()
            }
            Ok(Found::Missing(page)) => missing(page.as_deref(), &shown),
            Ok(Found::Fault) | Err(_) => {
                let mut response = page(&notice("This page has an error"), &shown);
                *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                response
            }
        };
    }
}

/// The path within the site that a URL asks for. `None` if no file can have that
/// name.
fn decoded(path: &str) -> Option<String> {
    let path = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .ok()?;
    let is_plain = |part: &str| part != "." && part != ".." && !part.contains(['\\', '\0']);
    path.split('/').all(is_plain).then(|| path.into_owned())
}

fn script(text: &'static str) -> Response {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        text,
    )
        .into_response()
}

/// A response with a file, complete and never cached.
fn file(path: &str, bytes: Vec<u8>, shown: &Shown) -> Response {
    let name = path.rsplit('/').next().unwrap_or_default();
    let guess = match name {
        "" => mime_guess::mime::TEXT_HTML,
        name => mime_guess::from_path(name).first_or_octet_stream(),
    };
    if guess == mime_guess::mime::TEXT_HTML {
        return page(&bytes, shown);
    }
    let media_type = match guess.type_() == mime_guess::mime::TEXT {
        true => format!("{guess}; charset=utf-8"),
        false => guess.to_string(),
    };
    ([(header::CONTENT_TYPE, media_type)], bytes).into_response()
}

/// A page, with the script that listens for changes.
fn page(html: &[u8], shown: &Shown) -> Response {
    let hash = blake3::hash(html).to_hex()[..16].to_owned();
    let html = with_live_script(html, shown, &hash);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (HeaderName::from_static(PAGE), hash),
    ];
    (headers, html).into_response()
}

/// The site's 404 page, or a generic one if nothing could be loaded yet; the script
/// shows the errors.
fn missing(own: Option<&[u8]>, shown: &Shown) -> Response {
    let mut response = match (own, &shown.problem) {
        (Some(own), _) => page(own, shown),
        (None, Some(_)) => page(&notice("The site has errors"), shown),
        (None, None) => page(&notice("There is no such page"), shown),
    };
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn notice(text: &str) -> Vec<u8> {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{text}</title>\n</head>\n<body>\n<p>{text}.</p>\n</body>\n</html>\n"
    )
    .into_bytes()
}

fn with_live_script(html: &[u8], shown: &Shown, hash: &str) -> Vec<u8> {
    let script = format!(
        "<script type=\"module\" src=\"{LIVE}?{}\"></script>\n",
        shown.query(hash)
    );
    let at = memchr::memmem::rfind(html, b"</head>").unwrap_or(html.len());
    let mut out = Vec::with_capacity(html.len() + script.len());
    out.extend_from_slice(&html[..at]);
    out.extend_from_slice(script.as_bytes());
    out.extend_from_slice(&html[at..]);
    out
}

/// The state now and after every change.
fn events(shown: watch::Receiver<Shown>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = unfold((shown, true), |(mut shown, is_first)| async move {
        if !is_first {
            shown.changed().await.ok()?;
        }
        let text = shown.borrow_and_update().event();
        let event = Event::default().retry(RETRY).data(text);
        Some((Ok(event), (shown, false)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_goes_into_the_head() {
        let shown = Shown::new("/repo/".to_owned());
        let html = with_live_script(b"<head></head><body></body>", &shown, "1f");
        let html = String::from_utf8(html).unwrap();
        let begin = "<head><script type=\"module\" src=\"/__offprint/live.js?";
        assert!(html.starts_with(begin), "{html}");
        assert!(html.contains("></script>\n</head>"), "{html}");
    }
}
