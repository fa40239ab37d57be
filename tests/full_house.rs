//! A council of sixty in the browser: an evening of thirty items, and the longest agenda of a real council, on every screen.
//! Nothing wider than the screen, nothing too small to hit, nothing for axe-core to find, and the page stands quickly beside
//! an empty one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

mod browser_kit;
#[allow(dead_code, reason = "each of its users uses its part")]
#[path = "crash/process.rs"]
mod process;
#[allow(dead_code, reason = "each of its users uses its part")]
#[path = "bench/town.rs"]
mod town;
mod town_kit;

use browser_kit::look::{Axe, look};
use browser_kit::{Page, chromedriver};
use std::path::Path;
use town::{HYBRID_MEETING, LONG_MEETING, Setup};
use town_kit::MEETING;

#[tokio::test(flavor = "multi_thread")]
async fn sixty_members_and_their_longest_agenda_fit_every_screen() {
    let Some(driver) = chromedriver().await else { return };
    let setup = Setup::start().await;
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/target/full-house"));
    let (chair, member, clerk) = (
        Page::signed_in(&driver, "chair", setup.chair().cookie.as_deref()).await,
        Page::signed_in(&driver, "member", setup.members[7].cookie.as_deref()).await,
        Page::signed_in(&driver, "clerk", setup.clerk.cookie.as_deref()).await,
    );
    let mut wrong = Vec::new();
    for (name, page, path) in [
        ("leitstand", &chair, format!("/sitzung/{MEETING}/leitstand")),
        ("leitstand-lang", &chair, format!("/sitzung/{LONG_MEETING}/leitstand")),
        ("leitstand-hybrid", &chair, format!("/sitzung/{HYBRID_MEETING}/leitstand")),
        ("schrift", &clerk, format!("/sitzung/{MEETING}/schriftfuehrung")),
        ("schrift-lang", &clerk, format!("/sitzung/{LONG_MEETING}/schriftfuehrung")),
        ("platz", &member, format!("/sitzung/{MEETING}/platz")),
        ("platz-lang", &member, format!("/sitzung/{LONG_MEETING}/platz")),
        ("platz-hybrid", &member, format!("/sitzung/{HYBRID_MEETING}/platz")),
        ("tagesordnung-lang", &member, format!("/sitzung/{LONG_MEETING}/tagesordnung")),
        ("oeffentlich-lang", &member, format!("/oeffentlich/{LONG_MEETING}")),
        ("niederschrift-lang", &clerk, format!("/sitzung/{LONG_MEETING}/niederschrift")),
    ] {
        page.open(&format!("{}{path}", setup.url)).await;
        page.until("document.readyState === 'complete'").await;
        let timing = "(([entry]) => [Math.round(entry.domContentLoadedEventEnd), Math.round(entry.loadEventEnd), \
            document.querySelectorAll('*').length])(performance.getEntriesByType('navigation'))";
        println!("{name}: [content ms, loaded ms, elements] {}", page.value(timing).await);
        wrong.extend(look(page, name, folder, Axe::Twice).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    tokio::join!(chair.quit(), member.quit(), clerk.quit());
    setup.end();
}
