//! A councillor's picture and sound in Chromium. Run with `--ignored`; needs `chromium` and `chromedriver`.

use crate::plan;
use ratssaal::play::peer::Line;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};

/// Answers the offer when all candidates are gathered and plays whatever comes.
const ANSWER: &str = r"
    const [offer, done] = arguments;
    const pc = window.pc = new RTCPeerConnection();
    pc.ontrack = ({ track }) => {
        const player = document.body.appendChild(document.createElement(track.kind));
        player.srcObject = new MediaStream([track]);
        player.play();
    };
    (async () => {
        await pc.setRemoteDescription({ type: 'offer', sdp: offer });
        await pc.setLocalDescription();
        while (pc.iceGatheringState !== 'complete') await new Promise(r => setTimeout(r, 20));
        done(pc.localDescription.sdp);
    })().catch(error => done('failed: ' + error));
";

/// What the browser says of its two streams, and the picture's middle as it is drawn.
const LOOK: &str = r"
    const done = arguments[0];
    (async () => {
        const seen = {};
        for (const s of (await window.pc.getStats()).values()) {
            if (s.type === 'inbound-rtp') seen[s.kind] = s;
            if (s.type === 'transport') seen.srtp = s.srtpCipher;
        }
        const canvas = document.createElement('canvas');
        canvas.width = 320; canvas.height = 180;
        const pen = canvas.getContext('2d');
        const video = document.querySelector('video');
        if (video) pen.drawImage(video, 0, 0, 320, 180);
        seen.pixels = Array.from(pen.getImageData(5, 5, 1, 1).data);
        done(seen);
    })().catch(error => done('failed: ' + error));
";

struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn browser() -> (Driver, WebDriver) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = Command::new("chromedriver");
    command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
    let driver = Driver(command.spawn().expect("chromedriver"));
    let mut wishes = DesiredCapabilities::chrome();
    let network = "--allow-loopback-in-peer-connection";
    let sound = "--autoplay-policy=no-user-gesture-required";
    for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", network, sound] {
        wishes.add_arg(flag).unwrap();
    }
    let url = format!("http://127.0.0.1:{port}");
    for _ in 0..50 {
        match WebDriver::new(&url, wishes.clone()).await {
            Ok(web) => return (driver, web),
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
    panic!("no session with chromedriver");
}

async fn look(web: &WebDriver) -> Value {
    web.execute_async(LOOK, vec![]).await.unwrap().json().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Chromium"]
async fn chromium_sees_and_hears_a_councillor() {
    let (_driver, web) = browser().await;
    let page = web.clone();
    let exchange = move |_url, offer: String| {
        let page = page.clone();
        async move {
            let answer = page.execute_async(ANSWER, vec![json!(offer)]).await.map_err(|error| error.to_string())?;
            answer.json().as_str().map(str::to_owned).ok_or_else(|| "no answer".to_owned())
        }
    };
    let mut line = Line::new(plan(1, 0), Arc::new(exchange));
    line.unmute();
    line.reconnect().await.unwrap();

    // More than two rounds of the loop, so that the restart has been decoded too.
    let mut seen = Value::Null;
    for _ in 0..40 {
        seen = look(&web).await;
        if seen["video"]["framesDecoded"].as_u64() > Some(90) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert!(seen["video"]["framesDecoded"].as_u64() > Some(90));
    assert!(seen["video"]["keyFramesDecoded"].as_u64() >= Some(3));
    assert!(seen["video"]["framesDropped"].as_u64() <= Some(2));
    assert_eq!(seen["video"]["frameWidth"], 320);
    let energy = seen["audio"]["totalAudioEnergy"].as_f64();
    assert!(energy > Some(0.0001), "the tune is heard: {energy:?}");
    assert!(seen["srtp"].as_str().unwrap().contains("GCM"));
    let background = seen["pixels"].as_array().unwrap();
    assert!(background[1].as_u64() > background[0].as_u64(), "seat 1 sits before green");
    line.drop_line().await;
    web.quit().await.unwrap();
}
