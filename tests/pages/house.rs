//! A house for the samples: serves the static files and the rendered pages under the real content security policy, and
//! keeps their live channels open.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::ws::{Message, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response, Sse, sse};
use axum::routing::{any, get, post};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Notify, broadcast};

const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; \
    media-src 'self' blob:; report-uri /csp";
const SNAPSHOT: &str = r#"{"seq":1,"snapshot":true,"parts":{}}"#;

/// A running house.
pub struct House {
    pub address: String,
    /// What the browser reported against the policy.
    pub reports: Arc<Mutex<Vec<String>>>,
    /// What is said to every live socket after the snapshot.
    pub live: broadcast::Sender<String>,
    /// Forms that arrived.
    pub forms: Arc<Mutex<Vec<String>>>,
    /// What the pages said on their live sockets.
    pub heard: Arc<Mutex<Vec<String>>>,
    /// Lets what takes a while come to its end.
    pub answer: Arc<Notify>,
}

#[derive(Clone)]
struct Shared {
    pages: Arc<BTreeMap<String, String>>,
    reports: Arc<Mutex<Vec<String>>>,
    live: broadcast::Sender<String>,
    forms: Arc<Mutex<Vec<String>>>,
    heard: Arc<Mutex<Vec<String>>>,
    answer: Arc<Notify>,
}

/// Opens it on a free port of loopback.
pub async fn open(pages: Vec<(String, String)>) -> House {
    let live = broadcast::channel(16).0;
    let shared = Shared {
        pages: Arc::new(pages.into_iter().collect()),
        reports: Arc::default(),
        live: live.clone(),
        forms: Arc::default(),
        heard: Arc::default(),
        answer: Arc::default(),
    };
    let (reports, forms, heard) = (shared.reports.clone(), shared.forms.clone(), shared.heard.clone());
    let answer = shared.answer.clone();
    let router = Router::new()
        .route("/seite/{name}", get(page))
        .route("/static/{*path}", get(file))
        .route("/csp", post(report))
        .route("/probe.js", get(async || ([(header::CONTENT_TYPE, "text/javascript")], include_str!("probe.js"))))
        .route("/sitzung/{id}/live", any(socket))
        .route("/sitzung/{id}/tun", post(form))
        .route("/sitzung/{id}/unterlage/{digest}", get(paper))
        .route("/sitzung/{id}/unterlage", post(upload).layer(DefaultBodyLimit::disable()))
        .route("/sitzung/{id}/niederschrift.pdf", get(slow_paper))
        .route("/sitzung/{id}/beweis.jsonl", get(async || StatusCode::SERVICE_UNAVAILABLE))
        .route("/oeffentlich/{id}/gezeigt/{digest}", get(paper))
        .route("/oeffentlich/{id}/live", get(events))
        .route("/media/{id}/{way}", post(async || std::future::pending::<()>().await))
        .with_state(shared);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("loopback has a free port");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    House { address, reports, live, forms, heard, answer }
}

async fn page(State(shared): State<Shared>, Path(name): Path<String>) -> Response {
    match shared.pages.get(&name) {
        Some(html) => (
            [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)],
            html.clone(),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn file(Path(path): Path<String>) -> Response {
    let kind = match path.rsplit('.').next() {
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match tokio::fs::read(format!("{}/static/{path}", env!("CARGO_MANIFEST_DIR"))).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Takes a file, and refuses it late.
async fn upload(State(shared): State<Shared>, _: axum::body::Bytes) -> Response {
    shared.answer.notified().await;
    let json = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::UNSUPPORTED_MEDIA_TYPE, json, r#"{"reason":"Das ist keine PDF-Datei.","paragraph":""}"#)
        .into_response()
}

async fn slow_paper(State(shared): State<Shared>) -> Response {
    shared.answer.notified().await;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"niederschrift.pdf\""),
    ];
    (headers, super::pdf_kit::pdf(&["Niederschrift"])).into_response()
}

/// A paper of two pages, or one that is none.
async fn paper(Path((_, digest)): Path<(String, String)>) -> Response {
    let bytes =
        if digest == "0a0a" { b"kaputt".to_vec() } else { super::pdf_kit::pdf(&["Vorlage Seite eins", "Seite zwei"]) };
    ([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response()
}

async fn report(State(shared): State<Shared>, body: String) {
    shared.reports.lock().expect("no test panics while holding it").push(body);
}

/// Refuses a vote with "nein" and counts everything else.
async fn form(State(shared): State<Shared>, body: String) -> Response {
    let refused = body.contains("wahl=nein");
    shared.forms.lock().expect("no test panics while holding it").push(body);
    let json = [(header::CONTENT_TYPE, "application/json")];
    if refused {
        let why =
            r#"{"reason":"Die Abstimmung ist schon geschlossen.","paragraph":"§ 37 Abs. 6 GemO","kennung":"k-neu"}"#;
        return (StatusCode::CONFLICT, json, why).into_response();
    }
    (json, r#"{"text":"Ihre Stimme ist gezählt.","kennung":"k-neu"}"#).into_response()
}

async fn socket(State(shared): State<Shared>, upgrade: WebSocketUpgrade) -> Response {
    let mut news = shared.live.subscribe();
    upgrade.on_upgrade(async move |mut socket| {
        let mut text = SNAPSHOT.to_owned();
        loop {
            if socket.send(Message::Text(text.into())).await.is_err() {
                return;
            }
            text = loop {
                tokio::select! {
                    next = news.recv() => match next {
                        Ok(next) if next == "hang up" => return,
                        Ok(next) => break next,
                        Err(_) => return,
                    },
                    said = socket.recv() => match said {
                        Some(Ok(Message::Text(said))) => shared.heard.lock().expect("no test panics while holding it").push(said.to_string()),
                        Some(Ok(_)) => {}
                        _ => return,
                    },
                }
            };
        }
    })
}

async fn events() -> impl IntoResponse {
    let first =
        futures_util::stream::once(async { Ok::<_, std::convert::Infallible>(sse::Event::default().data(SNAPSHOT)) });
    let rest = futures_util::stream::pending();
    Sse::new(futures_util::StreamExt::chain(first, rest))
        .keep_alive(sse::KeepAlive::new().interval(Duration::from_secs(5)))
}
