//! The waiting room: who has no second factor at hand waits before the real server, the technician recognises the person, and
//! that holds for this one stay only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

mod browser_kit;
mod town_kit;

use browser_kit::{Page, chromedriver};
use serde_json::json;
use town_kit::server::{Running, seat};
use town_kit::visitor::{Told, Visitor, cookie, fresh};
use town_kit::{MEETING, OTHER_MEETING, until};

const TECHNICIAN: &str = "obstwiese";
const WAITS: &str = "lindenblatt";
const DOOR: &str = "/sitzung/gr-7/warteraum";

async fn knock(url: &str, meeting: &str, email: &str, password: &str) -> (Visitor, Told) {
    let mut visitor = Visitor::stranger(url);
    let form = [("email", email), ("password", password)];
    let told = visitor.send(visitor.post(&format!("/sitzung/{meeting}/warteraum")).form(&form)).await.unwrap();
    visitor.cookie = cookie(&told);
    (visitor, told)
}

/// The tickets on the technician's list, oldest first.
async fn tickets(technician: &Visitor) -> Vec<String> {
    let page = technician.get("/sitzung/gr-7/technik").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let link = format!("href=\"{DOOR}/");
    page.text.split(&link).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn state(told: &Told) -> String {
    told.json()["state"].as_str().unwrap_or_else(|| panic!("{} {}", told.status, told.text)).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_alone_opens_nothing_until_the_technician_recognises_the_person() {
    let running = Running::start(&[]).await;
    let (url, keys) = (running.place.url(), &running.keys);
    let who = &keys[WAITS];
    let technician = Visitor::sign_in(&url, &keys[TECHNICIAN]).await;

    knock(&url, MEETING, &who.email, "falsches Passwort 1").await.1.refused(422, "Passwort stimmen nicht");
    let clerk = &keys["nusszweig"];
    knock(&url, MEETING, &clerk.email, &clerk.password).await.1.refused(403, "nur Mitglieder dieses Gremiums");
    knock(&url, OTHER_MEETING, &who.email, &who.password).await.1.refused(409, "nicht geöffnet");
    assert_eq!(knock(&url, "gibt-es-nicht", &who.email, &who.password).await.1.status, 404);

    let (waiting, told) = knock(&url, MEETING, &who.email, &who.password).await;
    assert_eq!((told.status, told.headers["location"].to_str().unwrap()), (303, DOOR), "{}", told.text);
    assert!(waiting.get(DOOR).await.text.contains("Sie sind im Warteraum, Luise Lindenblatt"));
    let stand = format!("{DOOR}/stand");
    assert_eq!(state(&waiting.get(&stand).await), "waiting");
    running.council.open_ballot("b-1").await;
    for closed in ["", "/platz", "/teilnahme", "/niederschrift", "/beweis.jsonl", "/technik"] {
        let told = waiting.get(&format!("/sitzung/gr-7{closed}")).await;
        assert_eq!((told.status, told.headers.get("location").unwrap().to_str().unwrap()), (303, DOOR), "{closed}");
    }
    assert_eq!(waiting.vote(MEETING, &fresh(), "b-1", "nein").await.unwrap().status, 303);
    assert!(waiting.line(MEETING, 70).reconnect().await.is_err(), "the chamber stays shut");
    assert!(!waiting.get("/").await.text.contains("/sitzung/gr-7/platz"), "no door but the waiting room");
    // Ending everybody's sessions is more than a password may do.
    waiting.send(waiting.post("/ueberall-abmelden")).await.unwrap();
    running.council.of(WAITS).vote(MEETING, &fresh(), "b-1", "ja").await.unwrap().receipt();

    // The first stay was signed out by that; somebody with the same password waits anew, twice.
    let (waiting, _) = knock(&url, MEETING, &who.email, &who.password).await;
    let (other, _) = knock(&url, MEETING, &who.email, &who.password).await;
    let list = tickets(&technician).await;
    assert_eq!(list.len(), 3, "{list:?}");
    knock(&url, MEETING, &who.email, &who.password).await.1.refused(503, "kein Platz");
    let (ticket, place) = (list[1].as_str(), seat(WAITS));
    let talk = technician.get(&format!("{DOOR}/{ticket}")).await;
    assert!(talk.text.contains("Ist das Luise Lindenblatt?") && talk.text.contains("Soziales Forum"), "{}", talk.text);
    assert_eq!(running.council.chair().get(&format!("{DOOR}/{ticket}")).await.status, 403);
    assert_eq!(technician.get(&format!("{DOOR}/w-nirgends")).await.status, 404);
    let found = [("sitz", place.as_str()), ("marke", ticket), ("weg", "bild")];
    running.council.chair().act(MEETING, "identitaet_feststellen", &found).await.refused(403, "technische Moderation");
    technician
        .act(MEETING, "identitaet_feststellen", &[("sitz", &place), ("marke", "W 1"), ("weg", "bild")])
        .await
        .refused(403, "Marke");
    technician.act(MEETING, "identitaet_feststellen", &found).await.receipt();
    technician.act(MEETING, "identitaet_feststellen", &found).await.refused(409, "schon so vermerkt");

    assert_eq!(state(&waiting.get(&stand).await), "recognised");
    assert_eq!(state(&other.get(&stand).await), "waiting", "for this stay only");
    assert_eq!(other.vote(MEETING, &fresh(), "b-1", "nein").await.unwrap().status, 303);
    let inside = waiting.get("/sitzung/gr-7").await;
    assert_eq!(inside.headers["location"], "/sitzung/gr-7/platz");
    assert_eq!(waiting.get("/sitzung/gr-7/platz").await.status, 200);
    waiting.vote(MEETING, &fresh(), "b-1", "nein").await.unwrap().receipt();

    // A mistake is corrected by an entry: the choice does not stand, and the door is shut again.
    let before = running.council.chair().look(MEETING).await["figures"]["cast"].clone();
    technician.act(MEETING, "identitaet_zuruecknehmen", &found).await.receipt();
    let after = running.council.chair().look(MEETING).await["figures"]["cast"].clone();
    assert_eq!((before, after), (json!(1), json!(0)));
    assert_eq!(waiting.vote(MEETING, &fresh(), "b-1", "nein").await.unwrap().status, 303);
    let list = tickets(&technician).await;
    assert_eq!(
        technician.send(technician.post(&format!("{DOOR}/{}", list[1])).form(&[("", "")])).await.unwrap().status,
        303
    );
    assert_eq!(state(&waiting.get(&stand).await), "dismissed");
    assert!(waiting.get(DOOR).await.text.contains("Sie wurden nicht eingelassen"));

    let clerk = running.council.of("nusszweig").get("/sitzung/gr-7/schriftfuehrung").await.text;
    for entry in [
        "Identität von Luise Lindenblatt im Bild festgestellt",
        "Feststellung der Identität von Luise Lindenblatt zurückgenommen",
    ] {
        assert!(clerk.contains(entry), "{entry}");
    }
    running.council.chair().act(MEETING, "abstimmung_verwerfen", &[("abstimmung", "b-1")]).await.receipt();
    running.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_of_the_door_see_each_other_and_the_way_in_opens_by_itself() {
    let Some(driver) = chromedriver().await else { return };
    let running = Running::start(&[]).await;
    let (url, keys) = (running.place.url(), &running.keys);
    let technician = Visitor::sign_in(&url, &keys[TECHNICIAN]).await;
    let desk = Page::signed_in(&driver, "technician", technician.cookie.as_deref()).await;
    desk.open(&format!("{url}/sitzung/gr-7/technik")).await;
    desk.reads("[data-part=waiting]", "Niemand wartet").await;

    let member = Page::new(&driver, "member").await;
    member.open(&format!("{url}/anmelden?weiter=/sitzung/gr-7/platz")).await;
    member.press("a[href='/sitzung/gr-7/warteraum']").await;
    member.until("location.pathname.endsWith('/warteraum')").await;
    member.write("#email", &keys[WAITS].email).await;
    member.write("#password", &keys[WAITS].password).await;
    member.press("form.door__form button").await;
    member.until("document.querySelector('[data-waits]') !== null").await;

    // The list came by the live channel; nobody loaded the page again.
    desk.reads("[data-part=waiting]", "Luise Lindenblatt").await;
    desk.press(".waiting__way").await;
    desk.until("location.pathname.includes('/warteraum/w-')").await;
    for page in [&desk, &member] {
        page.until("document.querySelector('[data-other-tile] video')?.videoWidth > 0").await;
        let at = "document.querySelector('[data-other-tile] video').getVideoPlaybackQuality().totalVideoFrames";
        let before = page.value(at).await.as_u64().unwrap();
        page.until(&format!("{at} > {before} + 5")).await;
    }
    desk.press("#waiting-bild").await;
    desk.until("location.pathname.endsWith('/technik')").await;
    desk.reads("[data-part=waiting]", "Ohne Code hereingelassen: 1").await;
    member.until("location.pathname.endsWith('/platz')").await;
    // She had consented at her other device, so nothing is asked again.
    member.until("document.querySelector('[data-chamber]')?.dataset.way === 'both'").await;
    let council = &running.council;
    until("she is present from home", || async {
        let people = council.chair().look(MEETING).await["figures"]["present"].clone();
        people == 13
    })
    .await;

    // Taken back, the line ends and she stands before the door again.
    desk.value("document.querySelector('#waiting-known').open = true").await;
    desk.press(&format!("#waiting-back-{}", seat(WAITS))).await;
    member.until("location.pathname.endsWith('/warteraum')").await;
    tokio::join!(desk.quit(), member.quit());
    running.shut().await;
}
