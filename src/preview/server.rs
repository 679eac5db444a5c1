//! The server: the built files below the site's base path, and a stream of
//! events for the browsers that show them. Pages get a script on their way out
//! that listens to it; nothing of this is ever on disk.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream::{Stream, unfold};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::watch;
use tower_http::services::ServeDir;

use super::hosts::Hosts;
use super::shown::Shown;

/// Where the preview's own files are, whatever the site's base path is.
const LIVE: &str = "/__offprint/live.js";
const HUB: &str = "/__offprint/hub.js";
const EVENTS: &str = "/__offprint/events";

/// How long a connection may be open before it has sent a whole request.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

/// How soon a browser tries again when the preview is gone.
const RETRY: Duration = Duration::from_millis(500);

/// The largest page that gets the script, in bytes. One that is larger goes out
/// as it is.
const MAX_PAGE: u64 = 64 * 1024 * 1024;

/// What the server serves.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// The folder of the built site.
    pub(super) root: PathBuf,
    /// The names it answers to.
    pub(super) hosts: Hosts,
    /// Its address, for who came by another name.
    pub(super) origin: String,
    /// What there is to see.
    pub(super) shown: watch::Receiver<Shown>,
}

impl Server {
    /// Serves until Ctrl-C or a signal to end. Connections that are open then
    /// are dropped: what they carry is a stream without end.
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
            // Whoever it was has gone, or too many files are open for the moment.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(app.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            // A browser that goes away breaks its connection; that is no fault.
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
            "This preview answers only by the addresses that it listens on. Open {}/ on this machine, \
             or start it with --host to see it from another one.\n",
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
    let shown = server.shown.borrow().clone();
    let path = request.uri().path();
    match path {
        LIVE => return script(include_str!("live.js")),
        HUB => return script(include_str!("hub.js")),
        EVENTS => return events(server.shown.clone()).into_response(),
        _ => {}
    }
    let inner = match path.strip_prefix(&shown.base) {
        // An empty part would make of a path the name of a host.
        Some(inner) if !path.contains("//") => inner,
        None if path == "/" || format!("{path}/") == shown.base => {
            return Redirect::temporary(&shown.base).into_response();
        }
        _ => return missing(server, &shown).await,
    };
    let query = request.uri().query();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let response = file(server, &shown.base, &format!("/{inner}{query}")).await;
    if response.status() == StatusCode::NOT_FOUND {
        return missing(server, &shown).await;
    }
    with_script(response, &shown).await
}

fn script(text: &'static str) -> Response {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        text,
    )
        .into_response()
}

/// A file of the site. It is given as a whole and always anew: a page that gets
/// the script has neither the length nor the age of its file.
async fn file(server: &Server, base: &str, path: &str) -> Response {
    let Ok(uri) = path.parse::<Uri>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri;
    let prefix = base.trim_end_matches('/');
    let mut files = ServeDir::new(&server.root).redirect_path_prefix(prefix);
    match files.try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A response whose text says in which encoding it is, and whose page has the
/// script that listens for changes.
async fn with_script(response: Response, shown: &Shown) -> Response {
    let (mut parts, body) = response.into_parts();
    for name in [header::LAST_MODIFIED, header::ETAG, header::ACCEPT_RANGES] {
        parts.headers.remove(name);
    }
    let media_type = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    if media_type.starts_with("text/")
        && !media_type.contains("charset")
        && let Ok(value) = HeaderValue::from_str(&format!("{media_type}; charset=utf-8"))
    {
        parts.headers.insert(header::CONTENT_TYPE, value);
    }
    let length = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if !media_type.starts_with("text/html") || length.is_none_or(|length| length > MAX_PAGE) {
        return Response::from_parts(parts, body);
    }
    let Ok(html) = axum::body::to_bytes(body, MAX_PAGE as usize).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(with_live_script(&html, shown)))
}

/// The site's page for an address that leads nowhere, or a page that says so
/// where nothing could be built yet; the script shows the errors.
async fn missing(server: &Server, shown: &Shown) -> Response {
    let page = file(server, "/", "/404.html").await;
    let mut response = if page.status() == StatusCode::OK {
        with_script(page, shown).await
    } else {
        let title = match shown.problem {
            Some(_) => "The site has errors",
            None => "There is no such page",
        };
        let html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n<p>{title}.</p>\n</body>\n</html>\n"
        );
        (
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            with_live_script(html.as_bytes(), shown),
        )
            .into_response()
    };
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// A page with the script that listens for changes.
fn with_live_script(html: &[u8], shown: &Shown) -> Vec<u8> {
    let script = format!(
        "<script type=\"module\" src=\"{LIVE}?{}\"></script>\n",
        shown.query()
    );
    let at = memchr::memmem::rfind(html, b"</head>").unwrap_or(html.len());
    let mut out = Vec::with_capacity(html.len() + script.len());
    out.extend_from_slice(&html[..at]);
    out.extend_from_slice(script.as_bytes());
    out.extend_from_slice(&html[at..]);
    out
}

/// What there is to see, at once and whenever it changes.
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
        let html = with_live_script(b"<head></head><body></body>", &shown);
        let html = String::from_utf8(html).unwrap();
        let begin = "<head><script type=\"module\" src=\"/__offprint/live.js?";
        assert!(html.starts_with(begin), "{html}");
        assert!(html.contains("></script>\n</head>"), "{html}");
    }
}
