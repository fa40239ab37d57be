//! Browsers: one chromedriver, one Chromium a person, and everything a person does with a page. Needs chromium,
//! chromedriver and axe-core; without them it says so, and fails when `CI=true`.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a kit several tests share: each uses a part of it, and says what is wrong by failing"
)]

pub mod look;

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

pub const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");
/// How long anything may take before something is wrong.
pub const PATIENCE: Duration = Duration::from_secs(40);
const EVERY: Duration = Duration::from_millis(100);
/// Keeps the page's connections, so that their statistics can be read.
const KEEP_CONNECTIONS: &str = "window.connections = []; window.RTCPeerConnection = class extends RTCPeerConnection { \
    constructor(...how) { super(...how); connections.push(this); } };";

/// A process that ends in good order with its owner: SIGTERM lets chromedriver close its browsers.
pub struct Process(pub Child);

impl Process {
    /// Asks it to end; whether it ended well.
    pub fn end(&mut self) -> bool {
        let asked = Command::new("kill").arg(self.0.id().to_string()).status().is_ok_and(|status| status.success());
        let until = Instant::now() + Duration::from_secs(15);
        while asked && Instant::now() < until {
            match self.0.try_wait() {
                Ok(Some(status)) => return status.success(),
                Ok(None) => std::thread::sleep(Duration::from_millis(20)),
                Err(_) => break,
            }
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(None)) {
            self.end();
        }
    }
}

/// The running driver.
pub struct Chromedriver {
    _process: Process,
    address: String,
}

/// Starts the driver, or explains why this test cannot be made here.
pub async fn chromedriver() -> Option<Chromedriver> {
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
    let port = free.local_addr().expect("it is bound").port();
    drop(free);
    let mut command = Command::new("chromedriver");
    command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
    let started = command.spawn().map(Process);
    let missing = match (&started, Path::new(AXE).exists()) {
        (Err(_), _) => "chromedriver (apt-get install chromium chromium-driver)",
        (_, false) => "axe-core (npm ci)",
        _ => "",
    };
    if !missing.is_empty() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "missing: {missing}");
        eprintln!("NOT TRIED: nothing was looked at in a browser, missing: {missing}");
        return None;
    }
    let driver = Chromedriver { _process: started.ok()?, address: format!("http://127.0.0.1:{port}") };
    let listens = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, listens).await.expect("chromedriver listens");
    // The client inside wants a provider even where nothing is encrypted; a second installation is none.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Some(driver)
}

/// One person's browser with one page.
pub struct Page {
    pub name: &'static str,
    pub web: WebDriver,
    commands: String,
    http: reqwest::Client,
}

impl Page {
    pub async fn new(driver: &Chromedriver, name: &'static str) -> Self {
        let mut wanted = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--allow-loopback-in-peer-connection",
            "--window-size=1440,900",
        ] {
            wanted.add_arg(argument).expect("an argument is a text");
        }
        let web = WebDriver::new(&driver.address, wanted).await.expect("a browser opens");
        let commands = format!("{}/session/{}/goog/cdp/execute", driver.address, web.session_id());
        let page = Self { name, web, commands, http: reqwest::Client::new() };
        page.devtools("Emulation.setFocusEmulationEnabled", json!({"enabled": true})).await;
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": KEEP_CONNECTIONS})).await;
        page
    }

    /// A browser in which somebody is signed in: with the session cookie `name=value` of a server on loopback.
    pub async fn signed_in(driver: &Chromedriver, name: &'static str, cookie: Option<&str>) -> Self {
        let page = Self::new(driver, name).await;
        let (key, value) = cookie.and_then(|cookie| cookie.split_once('=')).expect("somebody is signed in");
        // As if it came over https, which a cookie of this name must: loopback is as good.
        let session = json!({"name": key, "value": value, "domain": "127.0.0.1", "path": "/", "secure": true, "sourceScheme": "Secure"});
        page.devtools("Network.setCookie", session).await;
        page
    }

    /// A command to the browser itself.
    pub async fn devtools(&self, command: &str, with: Value) {
        let asked = self.http.post(&self.commands).json(&json!({"cmd": command, "params": with})).send().await;
        let answer = asked.expect("chromedriver answers");
        assert!(answer.status().is_success(), "{command}: {:?}", answer.text().await);
    }

    pub async fn open(&self, url: &str) {
        self.web.goto(url).await.unwrap_or_else(|why| panic!("{}: {url}: {why}", self.name));
    }

    /// What an expression of JavaScript is worth in the page.
    pub async fn value(&self, expression: &str) -> Value {
        self.ask(expression).await.unwrap_or_else(|why| panic!("{}: {expression}: {why}", self.name))
    }

    async fn ask(&self, expression: &str) -> WebDriverResult<Value> {
        Ok(self.web.execute(format!("return ({expression})"), vec![]).await?.json().clone())
    }

    /// Waits until the expression is true, or says what stands on the page instead.
    pub async fn until(&self, expression: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            // While a page is being replaced there is nobody to ask.
            let answer = self.ask(expression).await;
            if answer.as_ref().is_ok_and(|value| *value == Value::Bool(true)) {
                return;
            }
            if Instant::now() > until {
                let text = self.ask("document.body.innerText").await;
                panic!("{} waited in vain for: {expression}\n{answer:?}\nthe page: {text:#?}", self.name);
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Waits until an element holds this text.
    pub async fn reads(&self, css: &str, text: &str) {
        self.until(&format!("Boolean(document.querySelector({css:?})?.textContent.includes({text:?}))")).await;
    }

    /// Presses a button as soon as it can be pressed.
    pub async fn press(&self, css: &str) {
        let ready = format!("{css}:not([aria-disabled])");
        let until = Instant::now() + PATIENCE;
        loop {
            // A live part may be replaced between finding and pressing; then the press has not happened.
            // Into the middle first: at the edge it may lie under the numbers that stay in place.
            let pressed = async {
                let button = self.web.find(By::Css(&ready)).await?;
                self.web.execute("arguments[0].scrollIntoView({block: 'center'})", vec![button.to_json()?]).await?;
                button.click().await
            };
            let Err(why) = pressed.await else { return };
            if Instant::now() > until {
                let text = self.ask("document.body.innerText").await;
                panic!("{} cannot press {css}: {why}\nthe page: {text:#?}", self.name);
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Types into a field.
    pub async fn write(&self, css: &str, text: &str) {
        let field = self.web.query(By::Css(css)).first().await.expect("the field is there");
        field.clear().await.expect("a field can be emptied");
        field.send_keys(text).await.expect("a field takes keys");
    }

    /// By seat: pictures shown in a tile so far, and how far its time has run, in milliseconds.
    pub async fn tiles(&self) -> Vec<(String, i64, i64)> {
        const TILES: &str = "[...document.querySelectorAll('[data-seat] video')].map((video) => [video.closest('[data-seat]').dataset.seat, \
            video.getVideoPlaybackQuality().totalVideoFrames, Math.round(video.currentTime * 1000)])";
        serde_json::from_value(self.value(TILES).await).expect("a list of tiles")
    }

    /// Waits until at least `many` tiles move: ten more pictures than before, and time goes on.
    pub async fn sees_moving(&self, many: usize) {
        let until = Instant::now() + PATIENCE;
        let mut first: std::collections::BTreeMap<String, (i64, i64)> = std::collections::BTreeMap::new();
        loop {
            let now = self.tiles().await;
            for (seat, frames, time) in &now {
                let began = first.entry(seat.clone()).or_insert((*frames, *time));
                // A new connection counts from nothing again.
                if *frames < began.0 {
                    *began = (*frames, *time);
                }
            }
            let moves = |(seat, frames, time): &&(String, i64, i64)| {
                first.get(seat).is_some_and(|began| *frames >= began.0 + 10 && *time > began.1)
            };
            let moving = now.iter().filter(moves).count();
            if moving >= many {
                eprintln!("{} sees {moving} tiles move", self.name);
                return;
            }
            assert!(Instant::now() < until, "{} sees {moving} of {many} tiles move: {first:?}, {now:?}", self.name);
            tokio::time::sleep(EVERY).await;
        }
    }

    /// What the statistics of all open connections say under a name, of one kind (`transport`, `codec`, …).
    pub async fn statistics(&self, kind: &str, name: &str) -> Vec<Value> {
        const ASK: &str = "const [kind, name, done] = arguments; \
            Promise.all(connections.filter((one) => one.connectionState === 'connected').map((one) => one.getStats())) \
            .then((all) => done(all.flatMap((report) => [...report.values()]).filter((one) => one.type === kind) \
                .map((one) => one[name])))";
        let found = self.web.execute_async(ASK, vec![kind.into(), name.into()]).await.expect("the page answers");
        found.convert().expect("a list")
    }

    pub async fn quit(self) {
        self.web.quit().await.expect("a browser closes");
    }
}
