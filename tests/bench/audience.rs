//! Sixty members by WebSocket and a thousand spectators by server-sent events, each saying when a ballot came.

use super::town_kit::MEETING;
use super::town_kit::visitor::Visitor;
use futures_util::StreamExt as _;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

/// Stands in every ballot's wording, with the round behind it.
const MARK: &str = "Probebeschluss Nummer ";
/// As long as a mark with its number may be.
const OVERLAP: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Member,
    Spectator,
}

type Seen = (Kind, usize, Instant);

pub struct Audience {
    seen: mpsc::UnboundedReceiver<Seen>,
    tell: mpsc::UnboundedSender<Seen>,
    connections: Vec<JoinHandle<()>>,
}

impl Default for Audience {
    fn default() -> Self {
        let (tell, seen) = mpsc::unbounded_channel();
        Self { seen, tell, connections: Vec::new() }
    }
}

impl Drop for Audience {
    fn drop(&mut self) {
        for connection in &self.connections {
            connection.abort();
        }
    }
}

pub fn wording(round: usize) -> String {
    format!("{MARK}{round}.")
}

impl Audience {
    pub async fn member(&mut self, url: &str, member: &Visitor, screen: &str) {
        let address = format!("{}/sitzung/{MEETING}/live?ansicht={screen}", url.replacen("http", "ws", 1));
        let mut request = address.into_client_request().unwrap();
        request.headers_mut().insert("cookie", member.cookie.as_ref().unwrap().parse().unwrap());
        request.headers_mut().insert("origin", url.parse().unwrap());
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let mut ear = Ear::new(Kind::Member, self.tell.clone());
        self.connections.push(tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                ear.hear(&message.into_data());
            }
        }));
    }

    pub async fn spectator(&mut self, url: &str) {
        let host = url.strip_prefix("http://").unwrap().to_owned();
        let mut line = TcpStream::connect(&host).await.unwrap();
        let ask =
            format!("GET /oeffentlich/{MEETING}/live HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n");
        line.write_all(ask.as_bytes()).await.unwrap();
        let mut ear = Ear::new(Kind::Spectator, self.tell.clone());
        self.connections.push(tokio::spawn(async move {
            let mut room = vec![0; 32 * 1024];
            while let Ok(read @ 1..) = line.read(&mut room).await {
                ear.hear(&room[..read]);
            }
        }));
    }

    /// Waits until the ballot of this round is on every connection; how long each one took.
    pub async fn all_saw(&mut self, round: usize, began: Instant) -> Vec<(Kind, Duration)> {
        let mut seen = Vec::with_capacity(self.connections.len());
        while seen.len() < self.connections.len() {
            let patience = tokio::time::timeout(Duration::from_secs(30), self.seen.recv()).await;
            let Ok(Some((kind, heard, at))) = patience else {
                panic!("round {round} came to {} of {} connections", seen.len(), self.connections.len())
            };
            if heard == round {
                seen.push((kind, at.duration_since(began)));
            }
        }
        seen
    }
}

/// Looks for the newest mark in what arrives, wherever the pieces were cut.
struct Ear {
    kind: Kind,
    tell: mpsc::UnboundedSender<Seen>,
    rest: Vec<u8>,
    newest: Option<usize>,
}

impl Ear {
    const fn new(kind: Kind, tell: mpsc::UnboundedSender<Seen>) -> Self {
        Self { kind, tell, rest: Vec::new(), newest: None }
    }

    fn hear(&mut self, piece: &[u8]) {
        let at = Instant::now();
        self.rest.extend_from_slice(piece);
        let text = String::from_utf8_lossy(&self.rest);
        for found in text.split(MARK).skip(1) {
            let Some((number, _)) = found.split_once('.') else { continue };
            let Ok(number) = number.parse() else { continue };
            if self.newest.is_none_or(|newest| newest < number) {
                self.newest = Some(number);
                // The benchmark is over when nobody listens.
                let _ = self.tell.send((self.kind, number, at));
            }
        }
        let keep = self.rest.len().saturating_sub(OVERLAP);
        self.rest.drain(..keep);
    }
}
