//! Planning in the browser's forms: a meeting from nothing, its agenda with sub-items, two clerks at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "planning/resting.rs"]
mod resting;
#[path = "planning/ruled_out.rs"]
mod ruled_out;
#[path = "planning/second.rs"]
mod second;
mod town_kit;

use axum::Router;
use ratssaal::wire::town_hall_clock;
use tokio_util::sync::CancellationToken;
use town_kit::visitor::{Told, Visitor};
use town_kit::{Keys, Place, enrol};

struct House {
    place: Place,
    keys: Keys,
    now: ratssaal::domain::time::Instant,
    day: String,
    soon: String,
    today: String,
    long_ago: String,
    stop: CancellationToken,
    served: tokio::task::JoinHandle<()>,
}

impl House {
    async fn open() -> Self {
        Self::open_in(Place::new()).await
    }

    async fn open_in(place: Place) -> Self {
        let house = place.house().await;
        let now = house.clock.now();
        let today = town_hall_clock(now).date;
        let (day, soon) = (today.plus_days(20).unwrap().to_string(), today.plus_days(3).unwrap().to_string());
        let long_ago = today.plus_days(-20).unwrap().to_string();
        let keys = enrol(&house).await;
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", place.port)).await.unwrap();
        let stop = CancellationToken::new();
        let stopped = stop.clone().cancelled_owned();
        let served = tokio::spawn(async move { house.open(listener, Router::new(), stopped).await.unwrap() });
        Self { place, keys, now, day, soon, today: today.to_string(), long_ago, stop, served }
    }

    async fn visitor(&self, name: &str) -> Visitor {
        Visitor::sign_in(&self.place.url(), &self.keys[name]).await
    }

    /// Plans the 9th sitting: the page it is prepared on, and its id.
    async fn ninth(&self, who: &Visitor) -> (String, String) {
        let form = [
            ("gremium", "gemeinderat"),
            ("titel", "9. Sitzung"),
            ("ort", "Aula"),
            ("tag", &*self.day),
            ("uhrzeit", "19:00"),
        ];
        let path = to(&post(who, "/planung/neu", &form).await);
        let meeting = path.trim_start_matches("/sitzung/").trim_end_matches("/vorbereiten").to_owned();
        (path, meeting)
    }

    async fn shut(self) {
        self.stop.cancel();
        self.served.await.unwrap();
    }
}

async fn post(visitor: &Visitor, path: &str, form: &[(&str, &str)]) -> Told {
    visitor.send(visitor.post(path).form(form)).await.unwrap()
}

fn to(told: &Told) -> String {
    assert_eq!(told.status, 303, "{}", told.text);
    told.headers["location"].to_str().unwrap().to_owned()
}

/// The value of a field of a page.
fn value(page: &str, name: &str) -> String {
    let rest = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {page}")).1;
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_from_nothing_to_its_summons_and_two_clerks_at_once() {
    let house = House::open().await;
    let (clerk, chair, member) =
        (house.visitor("nusszweig").await, house.visitor("blumenfeld").await, house.visitor("mohnblum").await);
    assert!(clerk.get("/").await.text.contains("/planung/neu") && !member.get("/").await.text.contains("/planung/neu"));
    assert_eq!(member.get("/planung/neu").await.status, 403);
    let new = |day: &'static str| [("gremium", "gemeinderat"), ("titel", "9. Sitzung"), ("ort", "Aula"), ("tag", day)];
    let wrong = post(&clerk, "/planung/neu", &new("2026-02-30")).await;
    wrong.refused(422, "kein Datum");
    assert!(wrong.text.contains("9. Sitzung") && wrong.text.contains("Aula"), "what was typed stays");
    let elsewhere =
        [("gremium", "ortschaftsrat"), ("titel", "x"), ("ort", "y"), ("tag", &house.day), ("uhrzeit", "19:00")];
    post(&clerk, "/planung/neu", &elsewhere).await.refused(422, "Für dieses Gremium planen Sie keine Sitzungen");
    let (path, meeting) = house.ninth(&clerk).await;
    assert_eq!(clerk.act(&meeting, "einberufen", &[("format", "hybrid")]).await.code(), "no_agenda");
    assert_eq!(member.get(&path).await.status, 403);

    // Lines are added and moved without saving, and nothing typed is lost.
    let page = clerk.get(&path).await.text;
    let (first, second) = (value(&page, "kennung"), value(&chair.get(&path).await.text, "kennung"));
    let base = |command: &str, stand: &str, tun: &str| {
        [
            ("kennung", command),
            ("stand", stand),
            ("tun", tun),
            ("titel", "9. Sitzung"),
            ("ort", "Aula"),
            ("tag", &house.day),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into_iter()
        .chain([("uhrzeit".to_owned(), "19:00".to_owned())])
        .collect::<Vec<_>>()
    };
    let lines = |rows: &[(&str, &str, &str, &str)]| -> Vec<(String, String)> {
        let row = |(at, (number, title, kind, motion)): (usize, &(&str, &str, &str, &str))| {
            [("punkt", ""), ("nr", number), ("titel", title), ("art", kind), ("antrag", motion)]
                .map(|(name, value)| (format!("{name}.{at}"), value.to_owned()))
        };
        rows.iter().enumerate().flat_map(row).collect()
    };
    let send = async |who: &Visitor, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        post(who, &path, &fields).await
    };
    let rows = [
        ("5", "Kindergarten <b>am Bach</b>", "oeffentlich", "Der Kindergarten wird erweitert."),
        ("5.1", "Entwurf", "oeffentlich", ""),
        ("6", "Grundstück", "nichtoeffentlich", "Es wird gekauft."),
    ];
    let moved = send(&clerk, [base(&first, "1", "hoch.1"), lines(&rows)].concat()).await;
    assert_eq!(moved.status, 200);
    assert!(moved.text.find("Entwurf").unwrap() < moved.text.find("Kindergarten").unwrap());
    assert!(
        moved.text.contains("Kindergarten &#60;b&#62;am Bach")
            && moved.text.contains("Der Kindergarten wird erweitert.")
    );
    let more = send(&clerk, [base(&first, "1", "neu.1"), lines(&rows)].concat()).await.text;
    assert_eq!(value(&more, "nr.2"), "5.2", "the next sub-item");
    let nothing = clerk.look(&meeting).await;
    assert_eq!(nothing["agenda"].as_array().unwrap().len(), 0, "nothing is saved yet");

    let bad = [("fünf", "Kindergarten", "oeffentlich", "")];
    send(&clerk, [base(&first, "1", "speichern"), lines(&bad)].concat()).await.refused(422, "keine Nummer");
    let saved = send(&clerk, [base(&first, "1", "speichern"), lines(&rows)].concat()).await;
    assert!(to(&saved).ends_with("?nach=speichern"));
    let seen = clerk.look(&meeting).await;
    let numbers: Vec<_> = seen["agenda"].as_array().unwrap().iter().map(|item| item["number"].clone()).collect();
    assert_eq!(numbers, ["5", "5.1", "6"]);
    assert_eq!(seen["agenda"][2]["motion"], "Es wird gekauft.", "planned with its item, like those of the public ones");
    let stranger = Visitor::stranger(&clerk.url).get(&format!("/oeffentlich/{meeting}")).await.text;
    assert!(!stranger.contains("Es wird gekauft"), "and read by the body alone");

    // The chair edited the same version: both stand side by side, and neither is lost.
    let theirs = [("1", "Haushalt", "oeffentlich", "")];
    let conflict = send(&chair, [base(&second, "1", "speichern"), lines(&theirs)].concat()).await;
    conflict.refused(409, "Jemand anders hat die Planung inzwischen geändert");
    for needle in ["Haushalt", "Entwurf", "Grundstück", "Meine Fassung trotzdem speichern", "Diese Fassung übernehmen"]
    {
        assert!(conflict.text.contains(needle), "{needle} in {}", conflict.text);
    }
    let again = value(&conflict.text, "kennung");
    let stand = value(&conflict.text, "stand");
    to(&send(&chair, [base(&again, &stand, "speichern"), lines(&theirs)].concat()).await);
    assert_eq!(chair.look(&meeting).await["agenda"].as_array().unwrap().len(), 1);

    // Convened: the plan is closed, the notice and the sheets are there.
    assert_eq!(Visitor::stranger(&clerk.url).get(&format!("/oeffentlich/{meeting}/bekanntmachung")).await.status, 404);
    chair.act(&meeting, "einberufen", &[("format", "hybrid")]).await.receipt();
    chair.get(&path).await.refused(403, "schon einberufen");
    let notice = Visitor::stranger(&clerk.url).get(&format!("/oeffentlich/{meeting}/bekanntmachung")).await;
    assert!(notice.status == 200 && notice.text.contains("Haushalt") && notice.text.contains("§ 34 Abs. 1 Satz 7"));
    let late = [("nummer", "2"), ("text", "Geheimer Kauf"), ("ja", "nein")];
    chair.act(&meeting, "nachtragen", &late).await.receipt();
    let notice = Visitor::stranger(&clerk.url).get(&format!("/oeffentlich/{meeting}/bekanntmachung")).await.text;
    assert!(!notice.contains("Geheimer Kauf") && notice.contains("nichtöffentlicher Teil"));
    let printed = format!("/sitzung/{meeting}/tagesordnung");
    assert!(member.get(&printed).await.text.contains("Geheimer Kauf"));
    assert_eq!(house.visitor("quittenhof").await.get(&printed).await.status, 403);
    let roll = format!("/sitzung/{meeting}/anwesenheitsliste");
    assert!(clerk.get(&roll).await.text.contains("Moritz Mohnblum") && member.get(&roll).await.status == 403);

    // Moved to a day so near that the period is not kept: only with an emergency.
    let near = [("tag", house.soon.as_str()), ("uhrzeit", "19:00"), ("ort", "Aula"), ("begruendung", "Grippe")];
    let refused = chair.act(&meeting, "verlegen", &near).await;
    refused.refused(422, "nur im Notfall");
    assert!(refused.text.contains("§ 34 Abs. 1 Satz 1 GemO"));
    let urgent: Vec<_> = near.into_iter().chain([("notfall", "Hochwasser")]).collect();
    chair.act(&meeting, "verlegen", &urgent).await.receipt();
    house.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_members_ask_for_is_kept_judged_and_answered_once() {
    let house = House::open().await;
    let (clerk, chair, member) =
        (house.visitor("nusszweig").await, house.visitor("blumenfeld").await, house.visitor("mohnblum").await);
    member.get("/verlangen").await.refused(403, "Vorsitz und Schriftführung");
    post(&member, "/verlangen/neu", &[("gremium", "gemeinderat")]).await.refused(403, "Vorsitz und Schriftführung");
    let page = clerk.get("/verlangen/neu").await.text;
    for law in ["mindestens 3 von 12", "§ 34 Abs. 1 Satz 3 GemO", "mindestens 2 von 12 oder eine Fraktion"] {
        assert!(page.contains(law), "„{law}“ is missing in {page}");
    }
    assert!(!page.contains("Blumenfeld</label>"), "who convenes asks nobody");
    let kennung = value(&page, "kennung");
    let today = town_hall_clock(house.now).date.to_string();
    let of = |kennung: &str, more: &[(&str, &str)]| -> Vec<(String, String)> {
        let base =
            [("kennung", kennung), ("gremium", "gemeinderat"), ("gegenstand", "Der <Brunnen>"), ("eingang", &today)];
        base.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let send = async |form: Vec<(String, String)>| {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        post(&clerk, "/verlangen/neu", &form).await
    };

    // What is wrong is said, and what was typed stays.
    let (one, two) = (("sitz", "sitz-01"), ("sitz", "sitz-02"));
    let nobody = send(of(&kennung, &[("art", "punkt")])).await;
    nobody.refused(422, "wer es verlangt");
    assert!(nobody.text.contains("Der &#60;Brunnen&#62;") && value(&nobody.text, "kennung") == kennung);
    send(of(&kennung, &[("art", "punkt"), ("sitz", "sitz-00")])).await.refused(422, "dem Gremium");
    send(of(&kennung, &[("art", "alles"), one])).await.refused(422, "eine Sitzung oder ein Verhandlungsgegenstand");
    send(of(&kennung, &[("art", "punkt"), one, ("behandelt", "2126-01-01")])).await.refused(422, "vor dem Eingang");
    send(of(&kennung, &[("art", "punkt"), ("fraktion", "Die Erfundenen")])).await.refused(422, "Fraktion");
    let crowd: Vec<(&str, &str)> = std::iter::repeat_n(one, 400).collect();
    send(of(&kennung, &crowd)).await.refused(400, "nicht lesbar");

    // Sent twice, it is one request; too few is a request as well, with the reason why nothing follows from it.
    for _ in 0..2 {
        let told = send(of(&kennung, &[("art", "punkt"), one, two])).await;
        assert_eq!(to(&told), format!("/verlangen?nach=aufgenommen#{kennung}"));
    }
    let back = send(of(&kennung, &[("art", "sitzung"), one, two])).await;
    back.refused(409, "schon ein anderes Verlangen aufgenommen");
    assert!(value(&back.text, "kennung") != kennung, "sent again it is one of its own");
    to(&send(of("v-sitzung", &[("art", "sitzung"), one, two])).await);
    let page = clerk.get("/verlangen").await.text;
    assert_eq!(page.matches("Beantworten</summary>").count(), 2, "{page}");
    for needle in ["Zulässig: 2 verlangen es, nötig sind 2.", "Das verlangen 2 von 12; nötig sind 3."] {
        assert!(page.contains(needle), "„{needle}“ is missing in {page}");
    }
    assert!(page.contains("der übernächsten Sitzung; sie ist noch nicht geplant"), "{page}");
    let due = chair.get("/fristen").await.text;
    for needle in ["Offene Verlangen", "Auf die Tagesordnung nehmen: Der &#60;Brunnen&#62;", "Verlangen beantworten"] {
        assert!(due.contains(needle), "„{needle}“ is missing in {due}");
    }

    // The lawful one cannot be declined; it is met in a sitting that exists.
    let done = async |who: &Visitor, id: &str, form: &[(&str, &str)]| {
        post(who, &format!("/verlangen/{id}/erledigt"), form).await
    };
    let declined = done(&clerk, &kennung, &[("ergebnis", "abgelehnt"), ("dazu", "Nicht jetzt.")]).await;
    declined.refused(422, "ablehnen lässt es sich nicht. (§ 34 Abs. 1 Satz 4 GemO)");
    assert!(declined.text.contains("Nicht jetzt."), "what was typed stays");
    done(&clerk, &kennung, &[("ergebnis", "angesetzt"), ("sitzung", "gr-99")]).await.refused(422, "die Sitzung wählen");
    done(&member, &kennung, &[("ergebnis", "zurueckgenommen")]).await.refused(403, "Vorsitz und Schriftführung");
    done(&clerk, "v-0", &[("ergebnis", "zurueckgenommen")]).await.refused(404, "gibt es nicht");
    let new = [
        ("gremium", "gemeinderat"),
        ("titel", "9. Sitzung"),
        ("ort", "Aula"),
        ("tag", &house.day),
        ("uhrzeit", "19:00"),
    ];
    let path = to(&post(&clerk, "/planung/neu", &new).await);
    let meeting = path.trim_start_matches("/sitzung/").trim_end_matches("/vorbereiten").to_owned();
    to(&done(&chair, &kennung, &[("ergebnis", "angesetzt"), ("sitzung", &meeting)]).await);
    done(&clerk, &kennung, &[("ergebnis", "zurueckgenommen"), ("dazu", "Doch nicht.")])
        .await
        .refused(409, "inzwischen beantwortet");
    to(&done(&clerk, "v-sitzung", &[("ergebnis", "abgelehnt")]).await);
    let page = clerk.get("/verlangen").await.text;
    assert!(page.contains("kein Verlangen offen") && page.contains(&format!("href=\"/sitzung/{meeting}\"")), "{page}");
    assert!(!clerk.get("/fristen").await.text.contains("Offene Verlangen"));
    house.shut().await;
}
