//! What is non-public stays there (§ 35 (2) GemO BW): marker words in the title and the motion of a non-public item, a real
//! server on loopback, and everybody without right who asks for everything. Members and the clerk do see the title.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "closed_titles/chamber.rs"]
mod chamber;
#[path = "closed_titles/house.rs"]
mod house;
mod town_kit;

use house::{House, Visitor};
use ratssaal::domain::meeting::{Actor, Command};

/// Stands in the title of the non-public item, and nowhere else.
pub const TITLE: &str = "Markergrundstueckstitel";
/// Stands in its motion, and nowhere else.
pub const MOTION: &str = "Markerbeschlussvorschlag";
/// Stands in a public title, so that a look at nothing is noticed.
pub const PUBLIC: &str = "Hangstrasse";

fn has_marker(text: &str) -> bool {
    text.contains(TITLE) || text.contains(MOTION)
}

/// Everything somebody without right can ask for, in this state of the meeting.
async fn nothing_leaks(house: &House, state: &str, visitor: &Visitor) {
    let who = visitor.name;
    for path in [
        "/",
        "/sitzung/gr-1",
        "/sitzung/gr-1/leitstand",
        "/sitzung/gr-1/platz",
        "/sitzung/gr-1/schriftfuehrung",
        "/sitzung/gr-1/niederschrift",
        "/sitzung/gr-1/niederschrift.pdf",
        "/sitzung/gr-1/beweis.jsonl",
        "/sitzung/gr-1/niederschrift?buch=nichtoeffentlich",
        "/sitzung/gr-1/niederschrift-nichtoeffentlich.pdf",
        "/sitzung/gr-1/beweis-nichtoeffentlich.jsonl",
        "/sitzung/gr-1/notizen",
        "/sitzung/gr-1/vorbereiten",
        "/sitzung/gr-1/einsicht",
        "/sitzung/gr-1/ladung",
        "/sitzung/gr-1/teilnahme",
        "/sitzung/gr-1/tagesordnung",
        "/oeffentlich/gr-1/bekanntmachung",
        "/oeffentlich/gr-1/gezeigt/0000000000000000000000000000000000000000000000000000000000000000",
        "/oeffentlich/gr-1",
        "/oeffentlich/gr-1/ergebnisse",
        "/api/v1/meetings/gr-1",
        "/sitzung/gr-2/leitstand",
        "/gibt-es-nicht",
    ] {
        let (status, text) = visitor.get(house, path).await;
        assert!(status != 429 && status < 500, "{state}, {who}, {path}: {status}");
        assert!(!has_marker(&text), "{state}, {who} reads it at {path}");
    }
    for form in [
        [("tun", "aufrufen"), ("punkt", "top-2"), ("kennung", "versuch")],
        [("tun", "befangen"), ("punkt", "top-2"), ("sitz", "sitz-01")],
        [("tun", "unsinn"), ("punkt", "top-2"), ("kennung", "versuch-2")],
    ] {
        let (_, text) = visitor.post(house, "/sitzung/gr-1/tun", &form).await;
        assert!(!has_marker(&text), "{state}, {who} reads it in an answer to {form:?}");
    }
    for to in ["text", "entwurf"] {
        let form = [("kennung", "versuch-3"), ("punkt", "top-2"), ("stand", "0"), ("text", "Was steht da?")];
        let (_, text) = visitor.post(house, &format!("/sitzung/gr-1/niederschrift/{to}"), &form).await;
        assert!(!has_marker(&text), "{state}, {who} reads it in an answer to a text");
    }
    for view in ["leitstand", "platz", "schriftfuehrung"] {
        let told = visitor.socket(house, view).await;
        assert!(!has_marker(&told), "{state}, {who} hears it on the line of {view}");
    }
    let events = visitor.events(house).await;
    assert!(events.contains("\"snapshot\":true") && !has_marker(&events), "{state}, {who} as spectator: {events}");
}

/// Who has the right sees the title; the papers leave it out for them too.
async fn members_see_it(house: &House, state: &str) {
    for (who, view) in [("blumenfeld", "leitstand"), ("apfelkern", "platz"), ("nusszweig", "schriftfuehrung")] {
        let member = house.visitor(who, "voll").await;
        let (status, page) = member.get(house, &format!("/sitzung/gr-1/{view}")).await;
        assert_eq!(status, 200, "{state}, {who}");
        assert!(page.contains(TITLE) || view == "schriftfuehrung", "{state}: {who} does not see the agenda");
        let told = member.socket(house, view).await;
        assert!(told.contains("\"snapshot\":true"), "{state}: {who} has no line: {told}");
        assert!(told.contains(TITLE) || view == "schriftfuehrung", "{state}: {who} does not hear the agenda");
        let (_, api) = member.get(house, "/api/v1/meetings/gr-1").await;
        assert!(api.contains(TITLE) && api.contains(MOTION), "{state}: {who} does not read what is planned");
        let (_, public) = member.get(house, "/oeffentlich/gr-1").await;
        assert!(public.contains(PUBLIC) && !has_marker(&public), "{state}: the public's page is the public's");
    }
    let member = house.visitor("apfelkern", "voll").await;
    let (status, bundle) = member.get(house, "/sitzung/gr-1/beweis.jsonl").await;
    assert!(status == 200 && bundle.contains(PUBLIC) && !has_marker(&bundle), "{state}: the public evidence");
    let (status, pdf) = member.bytes(house, "/sitzung/gr-1/niederschrift.pdf").await;
    assert_eq!(status, 200);
    let minutes = house::text_of_pdf(house, &pdf);
    assert!(minutes.contains(PUBLIC) && !has_marker(&minutes), "{state}: the public minutes\n{minutes}");
}

/// Behind closed doors members and clerk read what is moved and voted; who is recused reads nothing of it, and has no paper.
async fn the_body_reads_on(house: &House) {
    for (who, view, reads) in [
        ("blumenfeld", "leitstand", true),
        ("apfelkern", "platz", true),
        ("nusszweig", "schriftfuehrung", true),
        ("birnbaum", "platz", false),
    ] {
        let member = house.visitor(who, "voll").await;
        let (status, page) = member.get(house, &format!("/sitzung/gr-1/{view}")).await;
        let told = member.socket(house, view).await;
        let (_, api) = member.get(house, "/api/v1/meetings/gr-1").await;
        assert_eq!((status, page.contains(MOTION), told.contains(MOTION)), (200, reads, reads), "{who}");
        assert!(reads || !api.contains(MOTION), "{who}: {api}");
        assert!(page.contains("Nichtöffentlicher Teil"), "{who}");
    }
    let clerk = house.visitor("nusszweig", "voll").await;
    let (status, book) = clerk.get(house, "/sitzung/gr-1/niederschrift?buch=nichtoeffentlich").await;
    assert!(status == 200 && book.contains(MOTION) && book.contains(TITLE), "{book}");
    let (_, book) = clerk.get(house, "/sitzung/gr-1/niederschrift").await;
    assert!(book.contains(PUBLIC) && !has_marker(&book), "the public book: {book}");
    let member = house.visitor("apfelkern", "voll").await;
    let (status, early) = member.get(house, "/sitzung/gr-1/einsicht").await;
    assert!(status == 403 && early.contains("nach dem Schluss der Sitzung") && !has_marker(&early), "{early}");
    for path in ["niederschrift-nichtoeffentlich.pdf", "beweis-nichtoeffentlich.jsonl"] {
        let (status, text) = member.get(house, &format!("/sitzung/gr-1/{path}")).await;
        assert!(status == 403 && text.contains("§ 38 Abs. 2 Satz 2 GemO"), "{path}: {status}");
    }
}

/// Members inspect the minutes of the non-public part once the sitting is closed, and take no copy (W91, § 38 (2) s. 2 GemO);
/// who was recused reads nothing of that item.
async fn inspected(house: &House) {
    for (who, reads) in [("apfelkern", true), ("blumenfeld", true), ("birnbaum", false)] {
        let member = house.visitor(who, "voll").await;
        let (status, page) = member.get(house, "/sitzung/gr-1/einsicht").await;
        assert_eq!((status, page.contains(MOTION)), (200, reads), "{who}: {page}");
        assert!(page.contains("Niederschrift, nichtöffentlich") && page.contains("§ 38 Abs. 2 Satz 2 GemO"), "{who}");
        assert!(!page.contains("niederschrift-nichtoeffentlich.pdf") && !page.contains(" download"), "{who}: no file");
        assert_eq!(page.contains("Sie waren befangen"), !reads, "{who}");
        let (status, refused) = member.get(house, "/sitzung/gr-1/niederschrift-nichtoeffentlich.pdf").await;
        let chairs = who == "blumenfeld";
        assert!(chairs || (status == 403 && refused.contains("§ 38 Abs. 2 Satz 2 GemO")), "{who}: {status}");
    }
}

#[tokio::test]
async fn what_is_non_public_reaches_nobody_without_right() {
    let log = house::listen_to_the_log();
    let house = House::open().await;
    let mut without_right = vec![house.anonymous()];
    for (who, how) in [
        ("apfelkern", "link"),
        ("nusszweig", "link"),
        ("fremdling", "voll"),
        ("obstwiese", "voll"),
        ("pfefferminz", "voll"),
    ] {
        without_right.push(house.visitor(who, how).await);
    }
    for state in ["geplant", "eröffnet", "nichtöffentlich", "wieder öffentlich", "geschlossen"] {
        match state {
            "eröffnet" => house.open_and_decide().await,
            "nichtöffentlich" => {
                house.go_behind_doors().await;
                the_body_reads_on(&house).await;
            }
            "wieder öffentlich" => house.go_public_again().await,
            "geschlossen" => house.act(house::chair(), Command::Close).await,
            _ => {}
        }
        for visitor in &without_right {
            nothing_leaks(&house, state, visitor).await;
        }
        members_see_it(&house, state).await;
    }
    inspected(&house).await;
    let clerk = house.visitor("nusszweig", "voll").await;
    let (status, pdf) = clerk.bytes(&house, "/sitzung/gr-1/niederschrift-nichtoeffentlich.pdf").await;
    let minutes = house::text_of_pdf(&house, &pdf);
    assert!(
        status == 200 && minutes.contains(MOTION) && minutes.contains("Niederschrift, nichtöffentlich"),
        "{minutes}"
    );
    let (status, whole) = clerk.get(&house, "/sitzung/gr-1/beweis-nichtoeffentlich.jsonl").await;
    assert!(status == 200 && whole.contains(MOTION));
    for (bundle, notes) in
        [(whole, "0 vorenthalten"), (clerk.get(&house, "/sitzung/gr-1/beweis.jsonl").await.1, "vorenthalten")]
    {
        let report = ratssaal::audit::verify(bundle.as_bytes(), &ratssaal::audit::Outside::default());
        assert!(report.is_ok() && report.to_string().contains(notes), "{report}");
    }
    let refused = house.try_to(house::chair(), Command::CallItem { item: "top-2".parse().unwrap() }).await;
    assert!(refused.is_err_and(|why| !has_marker(&why.to_string())));
    let nobody = house.try_to(Actor::default(), Command::Open).await;
    assert!(nobody.is_err());

    house.state.people.accounts.invite(&"birnbaum".parse().unwrap()).await.unwrap();
    let room = house.room().await;
    assert!(room.contains(PUBLIC) && !has_marker(&room), "the room is told: {room}");
    let letters = house.letters();
    assert!(letters.contains("birnbaum") && letters.contains("7. Sitzung"), "an invitation and the head were mailed");
    assert!(!has_marker(&letters), "a letter says it");
    house.close().await;
    let log = log.text();
    assert!(log.contains("picture and sound"), "the log was listened to");
    let line = log.lines().find(|line| has_marker(line));
    assert!(line.is_none(), "the log says it: {line:?}");
}
