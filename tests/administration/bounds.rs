//! Who is not let in, what is not taken, and who stays.

use super::house::{House, fill, saved, send, value};
use super::town_kit::Place;
use super::town_kit::visitor::Visitor;
use futures_util::StreamExt as _;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

#[tokio::test(flavor = "multi_thread")]
async fn these_pages_are_for_administrators_only() {
    let house = House::open().await;
    let office = house.administrator().await;
    let stand = value(&office.get("/verwaltung/tun/person-neu").await.text, "stand");
    let pages = [
        "/verwaltung",
        "/verwaltung/gremium/gemeinderat",
        "/verwaltung/personen",
        "/verwaltung/hauptsatzung",
        "/verwaltung/verlauf",
        "/verwaltung/tun/person-neu",
        "/verwaltung/tun/mandat-beenden/gemeinderat/sitz-01",
    ];
    let stranger = Visitor::stranger(&house.place.url());
    for page in pages {
        assert_eq!(office.get(page).await.status, 200, "{page}");
        let told = stranger.get(page).await;
        assert!(told.status == 303 && told.headers["location"].to_str().unwrap().starts_with("/anmelden"), "{page}");
    }
    assert_eq!(send(&stranger, "person-neu", &stand, &[("name", "Eva Eindringling")]).await.status, 401);
    for name in ["blumenfeld", "nusszweig", "obstwiese", "mohnblum", "saalgeraet", "quittenhof"] {
        let visitor = house.visitor(name).await;
        assert!(!visitor.get("/").await.text.contains("href=\"/verwaltung\""), "{name}");
        for page in pages {
            visitor.get(page).await.refused(403, "Die Gemeinde verwaltet, wer die Aufgabe „Verwaltung“ hat");
        }
        send(&visitor, "person-neu", &stand, &[("name", "Eva Eindringling")]).await.refused(403, "Nicht für Sie");
        let invited = visitor.send(visitor.post("/verwaltung/einladen/mohnblum")).await.unwrap();
        invited.refused(403, "Nicht für Sie");
    }
    assert!(!office.get("/verwaltung/personen").await.text.contains("Eindringling"));
    assert!(house.place.letters().is_empty());
    for nowhere in [
        "gremium/nirgends",
        "tun/person/niemand",
        "tun/unsinn",
        "tun/mandat/gemeinderat/x",
        "tun/regelung-beenden/99999999999999999999",
    ] {
        let told = office.get(&format!("/verwaltung/{nowhere}")).await;
        told.refused(404, "Das gibt es nicht mehr");
    }
    assert_eq!(office.send(office.post("/verwaltung/einladen/niemand")).await.unwrap().status, 404);
    house.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_stays() {
    let house = House::open().await;
    let office = house.administrator().await;
    let role = "aufgabe-entziehen/gemeinderat/pfefferminz/verwaltung";
    let sentence = "Danach könnte niemand mehr die Gemeinde verwalten";
    fill(&office, role, &[]).await.refused(422, sentence);
    fill(&office, "person-entfernen/pfefferminz", &[]).await.refused(422, sentence);
    let without = [("name", "Paula Pfefferminz"), ("email", "")];
    fill(&office, "person/pfefferminz", &without).await.refused(422, sentence);
    // Somebody who never enrolled would lock the door from inside.
    saved(&fill(&office, "person-neu", &[("name", "Veit Vertretung"), ("email", "veit@example.org")]).await);
    saved(&fill(&office, "aufgabe-neu/gemeinderat", &[("aufgabe", "verwaltung"), ("person", "veit-vertretung")]).await);
    fill(&office, role, &[]).await.refused(422, sentence);
    saved(&fill(&office, "aufgabe-neu/ortschaftsrat", &[("aufgabe", "verwaltung"), ("person", "obstwiese")]).await);
    saved(&fill(&office, role, &[]).await);
    office.get("/verwaltung").await.refused(403, "Nicht für Sie");
    assert_eq!(house.visitor("obstwiese").await.get("/verwaltung").await.status, 200);
    house.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_told_beside_its_field_and_loses_nothing() {
    let house = House::at(Place::with_guests(1000 - 18), None).await;
    let office = house.administrator().await;
    let full = fill(&office, "person-neu", &[("name", "Die Tausendunderste"), ("email", "eine@example.org")]).await;
    full.refused(422, "Es sind zu viele Personen: höchstens 1000");
    assert!(full.text.contains("Die Tausendunderste") && full.text.contains("eine@example.org"));
    let page = office.get("/verwaltung/personen?suche=gast-97").await.text;
    assert!(page.contains("11 von 1000") && page.contains("Gast 979"), "a search finds");
    assert_eq!(office.get("/verwaltung/personen").await.status, 200, "all of them");
    for (name, email, sentence) in [
        ("", "a@example.org", "Der Name fehlt."),
        ("Anna\u{0}Null", "", "Steuerzeichen"),
        ("Anna\r\nBcc: x@example.org", "", "Steuerzeichen"),
        ("<b>Anna</b>", "anna(at)example.org", "Das ist keine E-Mail-Adresse"),
        ("Anna", "VERWALTUNG@example.org", "gehört schon Paula Pfefferminz"),
    ] {
        let wrong = fill(&office, "person/gast-1", &[("name", name), ("email", email)]).await;
        wrong.refused(422, sentence);
        let kept = name.replace('<', "&#60;").replace('>', "&#62;");
        assert!(wrong.text.contains(&kept) && wrong.text.contains(email), "{}", wrong.text);
        assert_eq!(wrong.text.matches(" autofocus").count(), 1, "the page opens at what is wrong");
        assert!(wrong.text.contains("aria-invalid=\"true\""));
    }
    let long = "x".repeat(121);
    fill(&office, "person/gast-1", &[("name", &long), ("email", "")]).await.refused(422, "höchstens 120 Zeichen");
    let mandate = [("fraktion", ""), ("von", "2026-02-30"), ("bis", "")];
    fill(&office, "mandat/gemeinderat/sitz-01", &mandate).await.refused(422, "kein Datum");
    let mandate = [("fraktion", ""), ("von", "2026-02-03"), ("bis", "2026-02-02")];
    fill(&office, "mandat/gemeinderat/sitz-01", &mandate).await.refused(422, "vor seinem ersten Tag");
    fill(&office, "aufgabe-neu/gemeinderat", &[("aufgabe", "kaiser"), ("person", "gast-1")])
        .await
        .refused(422, "wählen");
    fill(&office, "mandat-beenden/gemeinderat/sitz-00", &[("bis", "")]).await.refused(422, "fehlt");
    let stand = value(&office.get("/verwaltung/tun/person-neu").await.text, "stand");
    assert_eq!(stand, "1", "nothing of all this was saved");
    let huge = "x".repeat(40_000);
    send(&office, "person-neu", &stand, &[("name", &huge)]).await.refused(400, "nicht lesbar");
    let many: Vec<(String, &str)> = (0..80).map(|n| (format!("f{n}"), "")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    send(&office, "person-neu", &stand, &many).await.refused(400, "nicht lesbar");
    house.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_loses_a_task_loses_the_open_line_as_well() {
    let house = House::open().await;
    let (office, clerk, technician) =
        (house.administrator().await, house.visitor("nusszweig").await, house.visitor("obstwiese").await);
    let day = house.day(20);
    let form = [("gremium", "gemeinderat"), ("titel", "Sitzung"), ("ort", "Aula"), ("tag", &day), ("uhrzeit", "19:00")];
    let planned = clerk.send(clerk.post("/planung/neu").form(&form)).await.unwrap();
    let path = planned.headers["location"].to_str().unwrap().to_owned();
    let meeting = path.trim_start_matches("/sitzung/").trim_end_matches("/vorbereiten");
    let connect = async |view: &str| {
        let url = format!("{}/sitzung/{meeting}/live?ansicht={view}", technician.url.replace("http", "ws"));
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("cookie", technician.cookie.clone().unwrap().parse().unwrap());
        tokio_tungstenite::connect_async(request).await.map(|(socket, _)| socket)
    };
    let mut line = connect("technik").await.unwrap();
    saved(&fill(&office, "aufgabe-entziehen/gemeinderat/obstwiese/technik", &[]).await);
    let ended = async { while let Some(Ok(_)) = line.next().await {} };
    tokio::time::timeout(std::time::Duration::from_secs(20), ended).await.expect("the line ends");
    assert!(connect("technik").await.is_err(), "and does not come back");
    assert_eq!(technician.get("/").await.status, 200, "still signed in");
    house.shut().await;
}
