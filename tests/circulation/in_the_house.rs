//! The whole way over HTTP and mail: sent round by the clerk, answered by members, found by the chair; nobody else sees it.

use crate::town_kit::visitor::{Told, Visitor, fresh};
use crate::town_kit::{Keys, Place, enrol, until};
use axum::Router;
use ratssaal::audit::{Outside, verify};
use ratssaal::wire::town_hall_clock;
use reqwest::header::ACCEPT;
use tokio_util::sync::CancellationToken;

const WORDING: &str = "Der Vereinsraum wird dem Musikverein überlassen.";

async fn act(visitor: &Visitor, path: &str, verb: &str, more: &[(&str, &str)]) -> Told {
    let id = fresh();
    let fields: Vec<(&str, &str)> = [("tun", verb), ("kennung", &id)].into_iter().chain(more.iter().copied()).collect();
    visitor.send(visitor.post(&format!("{path}/tun")).header(ACCEPT, "application/json").form(&fields)).await.unwrap()
}

async fn signed_in(place: &Place, keys: &Keys, name: &str) -> Visitor {
    Visitor::sign_in(&place.url(), &keys[name]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_goes_round_and_one_member_objects() {
    let place = Place::new();
    let house = place.house().await;
    let today = town_hall_clock(house.clock.now()).date;
    let keys = enrol(&house).await;
    let members =
        house.state.people.accounts.town().body(&"gemeinderat".parse().unwrap()).unwrap().seats_on(today).count();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", place.port)).await.unwrap();
    let stop = CancellationToken::new();
    let stopped = stop.clone().cancelled_owned();
    let served = tokio::spawn(async move { house.open(listener, Router::new(), stopped).await.unwrap() });

    let (clerk, chair) = (signed_in(&place, &keys, "nusszweig").await, signed_in(&place, &keys, "blumenfeld").await);
    let (member, other) = (signed_in(&place, &keys, "mohnblum").await, signed_in(&place, &keys, "quittenhof").await);
    let public = Visitor::stranger(&place.url());
    assert_eq!(member.get("/umlauf/neu").await.status, 403, "members send nothing round");
    assert!(clerk.get("/umlauf/neu").await.text.contains("Gegenstand einfacher Art"));

    let (soon, later) = (today.plus_days(3).unwrap().to_string(), today.plus_days(9).unwrap().to_string());
    let open = async |last_day: &str, simple: bool| {
        let id = fresh();
        let mut fields = vec![
            ("tun", "umlauf"),
            ("kennung", id.as_str()),
            ("gremium", "gemeinderat"),
            ("titel", "Überlassung des Vereinsraums"),
            ("wortlaut", WORDING),
            ("begruendung", "Ein einzelner Abend."),
            ("tag", last_day),
        ];
        if simple {
            fields.push(("einfach", "ja"));
        }
        clerk.send(clerk.post("/umlauf/neu").form(&fields)).await.unwrap()
    };
    let heavy = open(&later, false).await;
    heavy.refused(422, "nur über Gegenstände einfacher Art");
    assert!(heavy.text.contains(WORDING), "what was typed stays");
    open(&soon, true).await.refused(422, "mindestens 7 ganze Tage");
    let sent = open(&later, true).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let path = sent.headers["location"].to_str().unwrap().to_owned();

    // Everybody with an address gets a letter, and nothing of the matter stands in it.
    until("the letters", || async { place.letters().len() >= members }).await;
    for letter in place.letters() {
        assert!(
            letter.contains("/umlauf/") && !letter.contains("Vereinsraum") && !letter.contains("Musikverein"),
            "{letter}"
        );
    }
    until("the record of the letters", || async {
        clerk.get(&path).await.text.matches("mit Mail gefragt").count() >= members
    })
    .await;

    let page = member.get(&path).await;
    assert!(page.text.contains(WORDING) && page.text.contains("Ich widerspreche"), "{}", page.text);
    assert!(!page.text.contains("mit Mail gefragt"), "who was asked how is for chair and clerk");
    for (who, status) in [(&other, 403), (&public, 303)] {
        assert_eq!(who.get(&path).await.status, status);
        assert!(!who.get("/oeffentlich/umlauf").await.text.contains("Vereinsraum"), "nothing is public yet");
    }
    assert!(member.get("/umlauf").await.text.contains("Ihre Antwort fehlt noch"));
    let due = clerk.get("/fristen").await.text;
    assert!(due.contains("Letzter Tag für einen Widerspruch: Überlassung des Vereinsraums"), "{due}");
    assert_eq!(member.get("/sitzung/".to_owned().as_str()).await.status, 404);
    assert_eq!(member.get(&path.replace("/umlauf/", "/sitzung/")).await.status, 404, "it is no meeting");

    assert_eq!(act(&member, &path, "feststellen", &[]).await.code(), "not_the_chair");
    assert_eq!(act(&chair, &path, "feststellen", &[]).await.code(), "objection_possible");
    assert_eq!(act(&member, &path, "zustimmen", &[]).await.status, 200);
    assert!(member.get(&path).await.text.contains("Sie stimmen zu."));
    let hidden = signed_in(&place, &keys, "distelfink").await;
    act(&hidden, &path, "befangen", &[]).await.receipt();
    let page = hidden.get(&path).await.text;
    assert!(page.contains("als befangen vermerkt") && !page.contains("Vereinsraum"), "{page}");
    assert_eq!(hidden.get(&format!("{path}/beweis.jsonl")).await.status, 403);

    act(&member, &path, "widersprechen", &[("begruendung", "Das gehört besprochen.")]).await.receipt();
    until("the letter to the chair", || async { place.letters().len() > members }).await;
    assert!(chair.get("/fristen").await.text.contains("Ergebnis feststellen: Überlassung"));
    act(&chair, &path, "feststellen", &[]).await.receipt();
    assert!(!chair.get("/fristen").await.text.contains("Überlassung"), "nothing is left to do");
    let page = chair.get(&path).await.text;
    assert!(page.contains("Nicht beschlossen: Es wurde widersprochen"), "{page}");
    let bundle = clerk.get(&format!("{path}/beweis.jsonl")).await;
    let report = verify(bundle.text.as_bytes(), &Outside::default());
    assert!(report.is_ok() && report.results[0].contains("Widerspruch 1, befangen 1"), "{report}");
    let minutes = clerk.client.get(format!("{}{path}/niederschrift.pdf", clerk.url));
    let minutes = minutes.header("cookie", clerk.cookie.clone().unwrap()).send().await.unwrap().bytes().await.unwrap();
    assert!(minutes.starts_with(b"%PDF-"));
    assert_eq!(report.files.len(), 1);
    assert!(!public.get("/oeffentlich/umlauf").await.text.contains("Vereinsraum"));

    stop.cancel();
    served.await.unwrap();
}
