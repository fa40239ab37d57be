//! The live connection: foreign pages, garbage, giants and floods.

use super::town_kit::server::{CHAIR, REMOTE, Running};
use super::town_kit::visitor::Visitor;
use super::town_kit::{MEETING, until};
use super::{Noise, assert_no_panic, watch_for_panics};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn connect(visitor: &Visitor, view: &str, extra: &[(&'static str, &str)]) -> Result<Socket, u16> {
    let url = format!("{}/sitzung/{MEETING}/live?ansicht={view}", visitor.url.replace("http", "ws"));
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert("cookie", visitor.cookie.clone().unwrap_or_default().parse().unwrap());
    for (name, value) in extra {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    match tokio_tungstenite::connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(other) => panic!("{other}"),
    }
}

/// Hears the socket to its end, and with which number it was closed.
async fn ended(mut socket: Socket) -> Option<u16> {
    let patience = std::time::Duration::from_secs(20);
    let end = async {
        let mut code = None;
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Close(Some(frame)) = message {
                code = Some(u16::from(frame.code));
            }
        }
        code
    };
    tokio::time::timeout(patience, end).await.expect("the server ends the line")
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_and_wrong_openings_are_refused() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let chair = running.council.chair();
    let foreign = [("origin", "https://boese.example.org")];
    assert_eq!(connect(chair, "leitstand", &foreign).await.err(), Some(403));
    assert_eq!(connect(chair, "leitstand", &[("origin", "null")]).await.err(), Some(403));
    assert_eq!(connect(chair, "leitstand", &[("sec-fetch-site", "cross-site")]).await.err(), Some(403));
    assert_eq!(connect(chair, "schriftfuehrung", &[]).await.err(), Some(403), "not the chair's screen");
    assert_eq!(connect(running.council.of("quittenhof"), "platz", &[]).await.err(), Some(403));
    assert!(connect(&Visitor::stranger(&chair.url), "leitstand", &[]).await.is_err());
    let live = format!("/sitzung/{MEETING}/live");
    chair.get(&format!("{live}?ansicht=leitstand")).await.refused(400, "nicht lesbar");
    chair.get(&live).await.refused(400, "nicht lesbar");
    assert!(connect(chair, "leitstand", &[]).await.is_ok());
    running.end().await;
    assert_no_panic();
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_giants_and_floods_end_only_their_own_line() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let chair = running.council.of(CHAIR);
    let mut noise = Noise(11);

    let mut giant = connect(chair, "leitstand", &[]).await.unwrap();
    giant.send(Message::Text("x".repeat(100_000).into())).await.unwrap();
    ended(giant).await;

    let mut flood = connect(chair, "leitstand", &[]).await.unwrap();
    for _ in 0..2_000 {
        if flood.send(Message::Text("{}".into())).await.is_err() {
            break;
        }
    }
    ended(flood).await;

    // A continuation of nothing, a reserved opcode, a control frame that is too long.
    for (opcode, length) in
        [(OpCode::Data(Data::Continue), 5), (OpCode::Data(Data::Reserved(3)), 5), (OpCode::Control(Control::Ping), 200)]
    {
        let mut socket = connect(chair, "leitstand", &[]).await.unwrap();
        let frame = Frame::message(noise.bytes(length), opcode, true);
        let _ = socket.send(Message::Frame(frame)).await;
        ended(socket).await;
    }

    // Bytes that are no frame at all.
    for round in 0..10 {
        let mut raw = TcpStream::connect(("127.0.0.1", running.place.port)).await.unwrap();
        let opening = format!(
            "GET /sitzung/{MEETING}/live?ansicht=leitstand HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\n\
             Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            running.place.port,
            chair.cookie.as_ref().unwrap()
        );
        raw.write_all(opening.as_bytes()).await.unwrap();
        let mut first = [0; 12];
        raw.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 101", "round {round}");
        // An unmasked frame of the greatest length, then noise.
        let _ = raw.write_all(&[0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).await;
        let _ = raw.write_all(&noise.bytes(3_000)).await;
        let patience = std::time::Duration::from_secs(20);
        let mut rest = Vec::new();
        let read = tokio::time::timeout(patience, raw.read_to_end(&mut rest)).await;
        read.expect("the server ends the line").ok();
    }
    running.end().await;
    assert_no_panic();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_ends_when_the_seat_is_taken_elsewhere_and_when_its_session_is_ended() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let member = running.council.of(REMOTE[0]);
    let first = connect(member, "platz", &[]).await.unwrap();
    let second = connect(member, "platz", &[]).await.unwrap();
    assert_eq!(ended(first).await, Some(4001), "one person, one seat: the newer line has it");
    let present = running.council.chair().look(MEETING).await["figures"]["present"].as_u64();
    assert_eq!(member.send(member.post("/ueberall-abmelden")).await.unwrap().status, 303);
    assert_eq!(ended(second).await, Some(4003), "nobody is signed in there any more");
    assert_eq!(connect(member, "platz", &[]).await.err(), Some(303));
    let patience = std::time::Instant::now();
    while running.council.chair().look(MEETING).await["figures"]["present"].as_u64() == present {
        assert!(patience.elapsed().as_secs() < 20, "who is signed out is not in the chamber");
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    running.shut().await;
    assert_no_panic();
}

/// A spectator's line.
struct Spectating {
    answer: reqwest::Response,
    heard: Vec<u8>,
}

impl Spectating {
    async fn begin(url: &str) -> Self {
        let answer = reqwest::get(format!("{url}/oeffentlich/{MEETING}/live")).await.unwrap();
        Self { answer, heard: Vec::new() }
    }

    /// The next message that is no sign of life.
    async fn next(&mut self) -> serde_json::Value {
        let patience = std::time::Duration::from_secs(20);
        let next = async {
            loop {
                if let Some(end) = self.heard.windows(2).position(|two| two == b"\n\n") {
                    let event: Vec<u8> = self.heard.drain(..end + 2).collect();
                    let message = serde_json::from_slice(event.strip_prefix(b"data: ").unwrap()).unwrap();
                    if message != serde_json::json!({}) {
                        return message;
                    }
                } else {
                    self.heard.extend_from_slice(&self.answer.chunk().await.unwrap().expect("the line goes on"));
                }
            }
        };
        tokio::time::timeout(patience, next).await.expect("in time")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn spectators_hear_the_same_and_who_comes_late_begins_with_the_whole() {
    let running = Running::start(&[]).await;
    let url = running.place.url();
    // The room is told a moment after the act; here it is told everything before anybody looks.
    let told = async |what: &str| {
        let stranger = Visitor::stranger(&url);
        let path = format!("/oeffentlich/{MEETING}");
        until(what, || async { stranger.get(&path).await.text.contains(what) }).await;
    };
    told("ist aufgerufen: Brunnen").await;
    let (mut early, mut other) = (Spectating::begin(&url).await, Spectating::begin(&url).await);
    let (first, whole) = (early.next().await, other.next().await);
    assert_eq!((&first["snapshot"], &whole["snapshot"]), (&true.into(), &true.into()));
    running.council.open_ballot("b-1").await;
    let (heard, same) = (early.next().await, other.next().await);
    assert_eq!(heard, same);
    assert_eq!(heard["seq"].as_u64(), first["seq"].as_u64().map(|seq| seq + 1));
    assert!(heard["parts"]["ballot"].is_string() && heard["parts"]["agenda"].is_string(), "{heard}");
    told("Abstimmung zu TOP 1: Der Brunnen").await;
    let (room, same) = (early.next().await, other.next().await);
    assert_eq!(room, same);
    assert!(room["parts"]["room"].as_str().unwrap().contains("Abstimmung zu TOP 1"), "{room}");
    let mut late = Spectating::begin(&url).await;
    let begins = late.next().await;
    assert_eq!((&begins["snapshot"], &begins["seq"]), (&true.into(), &room["seq"]));
    assert_eq!(begins["parts"]["ballot"], heard["parts"]["ballot"]);
    assert_eq!(begins["parts"]["people"], first["parts"]["people"], "what has not changed is told to the late one too");
    running.council.chair().act(MEETING, "abstimmung_verwerfen", &[("abstimmung", "b-1")]).await.receipt();
    let (heard, begins) = (early.next().await, late.next().await);
    assert_eq!(heard, begins, "from here on they hear the same");
    drop((early, other, late));
    running.end().await;
}
