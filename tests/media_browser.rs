//! The chamber's media engine with two Chromium pages and their fake devices. Needs `chromium` and `chromedriver`:
//! `cargo test --release --test media_browser -- --ignored`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::{get, post};
use ratssaal::adapters::media::{MediaConfig, start};
use ratssaal::app::ports::media::{MediaCommand, MediaEngine, MediaEvent};
use ratssaal::domain::id::{EndpointId, MeetingId};
use ratssaal::domain::presence::Observation;
use serde_json::Value;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;
use tokio::sync::mpsc;

const PATIENCE: Duration = Duration::from_secs(40);

const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><title>Kammer</title><body><script>
const post = async (what, name, offer) => {
  const reply = await fetch(`/${what}/${name}`, { method: 'POST', body: offer });
  const text = await reply.text();
  if (!reply.ok) throw new Error(text);
  return text;
};
async function publish(name, only) {
  const media = await navigator.mediaDevices.getUserMedia(
    { audio: true, video: { width: 320, height: 180, frameRate: 10 } });
  const pc = new RTCPeerConnection();
  for (const track of media.getTracks()) {
    const line = pc.addTransceiver(track, { direction: 'sendonly', streams: [media] });
    if (only && track.kind === 'video')
      line.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs.filter((codec) => codec.mimeType === only));
  }
  await pc.setLocalDescription();
  await pc.setRemoteDescription({ type: 'answer', sdp: await post('publish', name, pc.localDescription.sdp) });
  window.out = pc; window.media = media;
}
async function receive(name, slots) {
  const pc = new RTCPeerConnection();
  pc.ontrack = (event) => {
    const id = event.streams[0].id;
    if (document.getElementById(id)) return;
    const video = document.createElement('video');
    Object.assign(video, { id, autoplay: true, muted: true, playsInline: true, srcObject: event.streams[0] });
    document.body.append(video);
  };
  // Without this an offer for sixty slots is larger than the engine takes.
  const codecs = RTCRtpReceiver.getCapabilities('video').codecs.filter((codec) =>
    codec.mimeType === 'video/VP8' || (codec.mimeType === 'video/H264' &&
      /packetization-mode=1/.test(codec.sdpFmtpLine) && /profile-level-id=42/.test(codec.sdpFmtpLine)));
  for (let slot = 0; slot < slots; slot++) {
    pc.addTransceiver('video', { direction: 'recvonly' }).setCodecPreferences(codecs);
    pc.addTransceiver('audio', { direction: 'recvonly' });
  }
  await pc.setLocalDescription();
  await pc.setRemoteDescription({ type: 'answer', sdp: await post('receive', name, pc.localDescription.sdp) });
  window.inn = pc;
}
async function stats(pc) { return [...(await pc.getStats()).values()]; }
</script>"#;

#[derive(Clone)]
struct Door(MediaEngine);

fn meeting() -> MeetingId {
    "sitzung".parse().expect("an identifier")
}

async fn connect(
    State(Door(engine)): State<Door>,
    Path((what, name)): Path<(String, String)>,
    offer: String,
) -> (StatusCode, String) {
    let endpoint: EndpointId = name.parse().expect("an identifier");
    let command = match what.as_str() {
        "publish" => MediaCommand::Publish { chamber: meeting(), endpoint, offer },
        _ => MediaCommand::Receive { chamber: meeting(), endpoint, offer },
    };
    match engine.ask(command).await {
        Ok(answer) => (StatusCode::OK, answer),
        Err(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, refusal.to_string()),
    }
}

struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn page(driver_port: u16, address: SocketAddr) -> WebDriver {
    let mut caps = DesiredCapabilities::chrome();
    for flag in [
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
    ] {
        caps.add_arg(flag).expect("a flag");
    }
    let url = format!("http://127.0.0.1:{driver_port}");
    let began = tokio::time::Instant::now();
    let driver = loop {
        match WebDriver::new(&url, caps.clone()).await {
            Ok(driver) => break driver,
            Err(error) if began.elapsed() > PATIENCE => panic!("no browser: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    };
    driver.goto(format!("http://{address}/")).await.expect("the page");
    driver
}

async fn run(page: &WebDriver, call: &str) {
    let script = format!("const done = arguments[0]; {call}.then(() => done('ok'), (e) => done(String(e)));");
    let outcome = page.execute_async(script, vec![]).await.expect("it ran");
    assert_eq!(outcome.json(), &Value::from("ok"), "{call}");
}

/// One kind of statistics of a page's connection.
async fn stats(page: &WebDriver, connection: &str, kind: &str) -> Vec<Value> {
    let script = format!("const done = arguments[0]; stats(window.{connection}).then(done);");
    let all = page.execute_async(script, vec![]).await.expect("it ran");
    let all = all.json().as_array().cloned().unwrap_or_default();
    all.into_iter().filter(|one| one["type"] == kind).collect()
}

/// Waits until what a page receives fits.
async fn received(page: &WebDriver, what: &str, fits: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let began = tokio::time::Instant::now();
    loop {
        let inbound = stats(page, "inn", "inbound-rtp").await;
        if fits(&inbound) {
            return inbound;
        }
        assert!(began.elapsed() < PATIENCE, "never: {what}: {inbound:#?}");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

fn number(streams: &[Value], kind: &str, name: &str) -> f64 {
    streams.iter().filter(|one| one["kind"] == kind).filter_map(|one| one[name].as_f64()).sum()
}

async fn second(
    events: &mut mpsc::Receiver<MediaEvent>,
    name: &str,
    fits: impl Fn(&Observation) -> bool,
) -> Observation {
    let waited = tokio::time::timeout(PATIENCE, async {
        let mut last = None;
        while let Some(event) = events.recv().await {
            let MediaEvent::Measured { observations, .. } = event else { continue };
            last = observations.into_iter().find(|one| one.endpoint.as_str() == name);
            if let Some(found) = last.as_ref().filter(|one| fits(one)) {
                return found.clone();
            }
        }
        panic!("the engine is gone; last: {last:?}")
    });
    waited.await.expect("a second that fits")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs chromium and chromedriver"]
async fn two_pages_decode_each_other() {
    rustls::crypto::ring::default_provider().install_default().expect("the first provider of this process");
    let bind = SocketAddr::from(([127, 0, 0, 1], 0));
    let (engine, mut events, _) = start(MediaConfig::at(bind)).expect("the engine starts");
    let routes = Router::new()
        .route("/", get(|| async { Html(PAGE) }))
        .route("/{what}/{name}", post(connect))
        .with_state(Door(engine));
    let listener = tokio::net::TcpListener::bind(bind).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let free = std::net::TcpListener::bind(bind).and_then(|listener| listener.local_addr()).expect("a port").port();
    let child = Command::new("chromedriver").arg(format!("--port={free}")).stdout(Stdio::null()).spawn();
    let _driver = Driver(child.expect("chromedriver"));

    let (anna, bert) = (page(free, address).await, page(free, address).await);
    run(&anna, "publish('anna')").await;
    run(&bert, "publish('bert', 'video/VP8')").await;
    run(&anna, "receive('anna', 12)").await;
    run(&bert, "receive('bert', 12)").await;
    for (page, codec) in [(&anna, "video/VP8"), (&bert, "video/H264")] {
        received(page, "twenty pictures and sound", |streams| {
            number(streams, "video", "framesDecoded") > 20.0
                && number(streams, "audio", "totalSamplesReceived") > 48_000.0
        })
        .await;
        let synced = received(page, "a playout time for both", |streams| {
            ["video", "audio"].iter().all(|kind| number(streams, kind, "estimatedPlayoutTimestamp") > 0.0)
        })
        .await;
        let skew = number(&synced, "video", "estimatedPlayoutTimestamp")
            - number(&synced, "audio", "estimatedPlayoutTimestamp");
        assert!(skew.abs() < 500.0, "picture and sound play {skew} ms apart");
        let transport = stats(page, "inn", "transport").await;
        assert!(transport[0]["srtpCipher"].as_str().is_some_and(|name| name.contains("GCM")), "{transport:?}");
        let codecs = stats(page, "inn", "codec").await;
        assert!(codecs.iter().any(|one| one["mimeType"] == codec), "{codecs:#?}");
        println!("picture and sound play {skew} ms apart");
    }
    let whole = second(&mut events, "anna", |one| {
        one.sound.packets >= 45
            && one.picture.frames >= 7
            && one.receive.connected
            && one.receive.report_age_ms.is_some()
    })
    .await;
    println!("{whole:?}");

    // A muted microphone still sends: no fault.
    run(&anna, "(async () => { window.media.getAudioTracks()[0].enabled = false; })()").await;
    for _ in 0..3 {
        let muted = second(&mut events, "anna", |_| true).await;
        assert!(muted.sound.packets >= 40, "{muted:?}");
    }
    run(&anna, "(async () => { window.media.getVideoTracks()[0].stop(); })()").await;
    let stopped = second(&mut events, "anna", |one| one.picture.frames == 0).await;
    assert!(stopped.sound.packets >= 40, "{stopped:?}");
    for page in [anna, bert] {
        page.quit().await.expect("the page closes");
    }
}
