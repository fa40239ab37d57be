//! The pages in a real browser: nothing for axe-core to find, nothing wider than the screen, pictures of all of them,
//! and the modules at work. Needs chromium and chromedriver; without them it says so, and fails when `CI=true`.

use super::house::{self, House};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;

const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCREENS: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];

/// A driver process that ends with its owner.
pub struct Chromedriver {
    process: Child,
    address: String,
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts the driver, or explains why this test cannot be made here.
pub async fn chromedriver() -> Option<Chromedriver> {
    let port = std::net::TcpListener::bind(("127.0.0.1", 0))
        .and_then(|free| free.local_addr())
        .expect("loopback has a free port")
        .port();
    let started =
        Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let missing = match (&started, Path::new(AXE).exists()) {
        (Err(_), _) => "chromedriver (apt-get install chromium chromium-driver)",
        (_, false) => "axe-core (npm ci)",
        _ => "",
    };
    if !missing.is_empty() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "missing: {missing}");
        eprintln!("NOT LOOKED AT: the pages were not checked in a browser, missing: {missing}");
        if let Ok(mut process) = started {
            let _ = process.kill();
            let _ = process.wait();
        }
        return None;
    }
    let driver = Chromedriver { process: started.ok()?, address: format!("http://127.0.0.1:{port}") };
    let listens = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), listens).await.expect("chromedriver listens");
    Some(driver)
}

/// A browser window of this size and colour scheme.
pub async fn window(driver: &Chromedriver, (width, height): (u32, u32), dark: bool) -> WebDriver {
    let mut wanted = DesiredCapabilities::chrome();
    let scheme =
        if dark { "--blink-settings=preferredColorScheme=0" } else { "--blink-settings=preferredColorScheme=1" };
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        scheme,
    ] {
        wanted.add_arg(argument).expect("an argument is a text");
    }
    let metrics = json!({"deviceMetrics": {"width": width, "height": height, "pixelRatio": 1.0, "touch": false, "mobile": false}});
    wanted.add_experimental_option("mobileEmulation", metrics).expect("an option is JSON");
    // The client inside wants a provider even where nothing is encrypted; a second installation is none.
    let _ = rustls::crypto::ring::default_provider().install_default();
    WebDriver::new(&driver.address, wanted).await.expect("a browser opens")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible_on_every_screen() {
    let Some(driver) = chromedriver().await else { return };
    let axe = std::fs::read_to_string(AXE).expect("axe-core is installed");
    let only = std::env::var("PAGES").unwrap_or_default();
    let tall = std::env::var("PAGES_TALL").is_ok();
    let pages: Vec<_> = super::every_page().into_iter().filter(|(name, _)| name.contains(&only)).collect();
    let names: Vec<_> = pages.iter().map(|(name, _)| name.clone()).collect();
    let house = house::open(pages).await;
    let mut wrong = Vec::new();
    for size in SCREENS {
        let size = if tall { (size.0, 2400) } else { size };
        let in_scheme = async |dark| {
            let browser = window(&driver, size, dark).await;
            let mut wrong = Vec::new();
            for name in &names {
                let seen = look(&browser, &house, &axe, name, size.0, dark).await;
                wrong.extend(seen.into_iter().map(|fault| format!("{name} {} {}: {fault}", size.0, scheme(dark))));
            }
            browser.quit().await.expect("a browser closes");
            wrong
        };
        let (light, dark) = tokio::join!(in_scheme(false), in_scheme(true));
        wrong.extend(light.into_iter().chain(dark));
    }
    let reports = house.reports.lock().expect("nobody panicked with it");
    assert!(wrong.is_empty() && reports.is_empty(), "{}\n{reports:?}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_look_finds_what_it_looks_for() {
    let Some(driver) = chromedriver().await else { return };
    let axe = std::fs::read_to_string(AXE).expect("axe-core is installed");
    let bad = "<!doctype html><html lang=\"de\"><head><title>x</title></head><body><main><h1>x</h1><img src=\"/static/mark.svg\" width=\"2000\">\
        <button style=\"color: #ccc\">klein</button></main></body></html>";
    let house = house::open(vec![("kaputt".into(), bad.into())]).await;
    let browser = window(&driver, SCREENS[0], false).await;
    let found = look(&browser, &house, &axe, "kaputt", 1440, false).await.join("\n");
    browser.quit().await.expect("a browser closes");
    for expected in ["image-alt", "wider than the screen", "below 44 px"] {
        assert!(found.contains(expected), "{expected} is not in {found}");
    }
    assert!(house.reports.lock().expect("nobody panicked with it")[0].contains("style-src"), "the policy reports");
}

const fn scheme(dark: bool) -> &'static str {
    if dark { "dark" } else { "light" }
}

/// Opens a page, waits until it is drawn, takes its picture and says what is wrong with it.
async fn look(browser: &WebDriver, house: &House, axe: &str, name: &str, width: u32, dark: bool) -> Vec<String> {
    browser.goto(format!("{}/seite/{name}", house.address)).await.expect("the page is there");
    if name.ends_with("getrennt") {
        browser.query(By::Css("#alarm:not(:empty)")).first().await.expect("the lost connection is told");
    }
    let drawn = "const done = arguments[0]; document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
    browser.execute_async(drawn, vec![]).await.expect("it is drawn");
    let folder = Path::new(super::OUT).join("shots");
    std::fs::create_dir_all(&folder).expect("target can be written");
    let picture = folder.join(format!("{name}-{width}-{}.png", scheme(dark)));
    browser.screenshot(&picture).await.expect("a picture is taken");

    let mut wrong = Vec::new();
    let state = "const page = document.scrollingElement; return { over: page.scrollWidth - innerWidth, \
        dark: matchMedia('(prefers-color-scheme: dark)').matches, font: document.fonts.check('600 16px \"Fira Sans\"'), \
        small: [...document.querySelectorAll('button, a.kern-btn, summary, select, input:not([type=hidden])')] \
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5).map((one) => one.id || one.textContent) }";
    let state: Value = browser.execute(state, vec![]).await.expect("it answers").convert().expect("as JSON");
    if state["over"].as_i64() > Some(0) {
        wrong.push(format!("{} px wider than the screen", state["over"]));
    }
    if state["dark"] != json!(dark) || state["font"] != json!(true) {
        wrong.push(format!("drawn in another way than asked: {state}"));
    }
    if state["small"] != json!([]) {
        wrong.push(format!("targets below 44 px: {}", state["small"]));
    }
    browser.execute(axe, vec![]).await.expect("axe-core loads");
    let run = "const done = arguments[1]; axe.run({ runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'] }).then(({ violations }) => \
        done(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`)))";
    let found = browser.execute_async(run, vec![json!(TAGS)]).await.expect("axe-core runs");
    wrong.extend(found.convert::<Vec<String>>().expect("a list of texts"));
    wrong
}
