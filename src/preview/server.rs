//! The server: the built files under the site's base path, and a stream of
//! events for the browsers that show them.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, KeepAliveStream, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use tokio::sync::mpsc::UnboundedReceiver;

use super::files::{LIVE_SCRIPT, Target, media_type, resolve, with_live_script};
use super::listeners::{Listeners, Message};

/// Where the browser listens.
const EVENTS: &str = "__offprint/events";

/// What the server serves.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// The folder of the built site.
    pub(super) root: PathBuf,
    /// Where the site begins, with `/` at both ends.
    pub(super) base: String,
    pub(super) listeners: Arc<Listeners>,
}

impl Server {
    /// Serves until Ctrl-C or a signal to end. Connections that are open then
    /// are dropped: what they carry is a stream without end.
    pub(super) async fn run(self, listener: TcpListener) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let app = Router::new().fallback(answer).with_state(Arc::new(self));
        tokio::select! {
            outcome = axum::serve(listener, app) => outcome,
            () = told_to_stop() => Ok(()),
        }
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
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path();
    let Some(inner) = path.strip_prefix(&server.base) else {
        return Redirect::temporary(&server.base).into_response();
    };
    match inner {
        LIVE_SCRIPT => {
            let script =
                include_str!("live.js").replace("{events}", &format!("{}{EVENTS}", server.base));
            (
                [
                    (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
                    (header::CACHE_CONTROL, "no-store"),
                ],
                script,
            )
                .into_response()
        }
        EVENTS => events(&server.listeners).into_response(),
        _ => file(&server, inner, path).await,
    }
}

async fn file(server: &Server, inner: &str, path: &str) -> Response {
    match resolve(&server.root, inner) {
        Target::File(file) => content(server, &file, StatusCode::OK).await,
        Target::Folder => Redirect::temporary(&format!("{path}/")).into_response(),
        Target::Nothing => {
            let page = server.root.join("404.html");
            if page.is_file() {
                return content(server, &page, StatusCode::NOT_FOUND).await;
            }
            page_without_site(server)
        }
    }
}

async fn content(server: &Server, file: &std::path::Path, status: StatusCode) -> Response {
    let Ok(bytes) = tokio::task::block_in_place(|| std::fs::read(file)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let media_type = media_type(file);
    let bytes = if media_type.starts_with("text/html") {
        with_live_script(&bytes, &server.base)
    } else {
        bytes
    };
    let mut response = (status, bytes).into_response();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&media_type) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What is shown where nothing could be built yet; the script shows the errors.
fn page_without_site(server: &Server) -> Response {
    let title = if server.listeners.has_error() {
        "The site has errors"
    } else {
        "There is no such page"
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n<p>{title}.</p>\n</body>\n</html>\n"
    );
    let html = with_live_script(html.as_bytes(), &server.base);
    (
        StatusCode::NOT_FOUND,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        html,
    )
        .into_response()
}

fn events(listeners: &Listeners) -> Sse<KeepAliveStream<Events>> {
    Sse::new(Events(listeners.join())).keep_alive(KeepAlive::default())
}

/// The messages to one browser as events.
struct Events(UnboundedReceiver<Message>);

impl futures_core::Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|message| {
            message.map(|message| {
                Ok(match message {
                    Message::Reload => Event::default().event("reload").data("reload"),
                    Message::Styles => Event::default().event("styles").data("styles"),
                    Message::Error(text) => Event::default().event("problem").data(text),
                })
            })
        })
    }
}
