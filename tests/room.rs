//! The room beside the picture, over HTTP: what the meeting tells everybody, and the members' chat where the
//! Geschäftsordnung allows it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "room/announcements.rs"]
mod announcements;
#[path = "room/chat.rs"]
mod chat;
mod meeting_kit;
mod town_kit;

use town_kit::MEETING;
use town_kit::visitor::Visitor;

/// The room as a page shows it: the part, without what stands around it.
fn part(page: &str) -> String {
    let start = page.find("data-part=\"room\"").expect("the page has the room");
    page[start..].split("</section>").next().unwrap().to_owned()
}

async fn public(url: &str) -> String {
    part(&Visitor::stranger(url).get(&format!("/oeffentlich/{MEETING}")).await.text)
}

/// The place of something in a text; it has to be there.
#[track_caller]
fn place(text: &str, what: &str) -> usize {
    text.find(what).unwrap_or_else(|| panic!("„{what}“ is missing in {text}"))
}
