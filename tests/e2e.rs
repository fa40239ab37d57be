//! The whole way in real browsers: headless Chromium with its fake camera and microphone against the real server, from
//! the letter with the link to the closed meeting, and a visit to the demonstration. Needs chromium, chromedriver and
//! axe-core; without them it says so, and fails when `CI=true`. `RATSSAAL_PICTURES=1` renews `tests/pictures`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

/// One test at a time: each has all the machine's browsers it can carry.
static MACHINE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

mod browser_kit;
#[path = "e2e/demo.rs"]
mod demo;
#[path = "e2e/evening.rs"]
mod evening;
#[path = "e2e/house.rs"]
mod house;

use browser_kit::Page;
use browser_kit::look::{Axe, look};
use std::path::{Path, PathBuf};

/// Where the pictures are put.
fn shots() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("target").join("e2e/shots")
}

/// Looks at all these pages in this state; what is wrong, in words. `tests/pages` lets axe-core look everywhere.
async fn look_at(state: &str, pages: &[(&str, &Page)]) -> Vec<String> {
    let folder = shots();
    let looks =
        pages.iter().map(async |(view, page)| look(page, &format!("{state}-{view}"), &folder, Axe::Twice).await);
    futures_util::future::join_all(looks).await.concat()
}
