//! A paper shown by who has the floor: to everybody who may see it, on every screen, and only as long as it belongs there.

use super::browser_kit::{Page, chromedriver};
use super::evening::{Evening, MEETING};
use super::pdf_kit::pdf;
use super::town_kit::server::{CHAIR, CLERK, seat};
use super::town_kit::until;
use super::town_kit::visitor::{Told, Visitor, fresh};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde_json::json;

const NAME: &str = "Gutachten zur Linde";
const BOUNDARY: &str = "lindenblatt";

fn at(view: &str) -> String {
    format!("/sitzung/{MEETING}/{view}")
}

/// Files a paper of two pages; its digest.
async fn filed(evening: &Evening, item: &str, name: &str) -> String {
    let clerk = evening.of(CLERK);
    let (id, bytes) = (fresh(), pdf(&[&format!("{name} eins"), &format!("{name} zwei")]));
    let mut body = Vec::new();
    for (field, value) in [("kennung", id.as_str()), ("punkt", item), ("name", name)] {
        let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let head = "Content-Disposition: form-data; name=\"datei\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf";
    body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").into_bytes());
    body.extend(&bytes);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let told = clerk.send(clerk.post(&at("unterlage")).header(CONTENT_TYPE, kind).body(body)).await.unwrap();
    assert_eq!(told.status, 303, "{}", told.text);
    ratssaal::domain::ledger::Digest::sha256(&bytes).to_string()
}

async fn show(visitor: &Visitor, digest: &str, page: &str) -> Told {
    let fields = [("tun", "zeigen"), ("kennung", "k-1"), ("unterlage", digest), ("seite", page)];
    visitor.send(visitor.post(&at("zeigen")).header(ACCEPT, "application/json").form(&fields)).await.unwrap()
}

async fn end(visitor: &Visitor) -> Told {
    let fields = [("tun", "zeigen_beenden"), ("kennung", "k-2")];
    visitor.send(visitor.post(&at("zeigen")).header(ACCEPT, "application/json").form(&fields)).await.unwrap()
}

/// Which page of what this screen shows, as the part of it says.
fn sheet(page: &str) -> Option<String> {
    let start = page.find("data-part=\"shown\"").expect("the screen has the part");
    let part = page[start..].split("</section>").next().unwrap();
    let word = part.split("class=\"shown__word\">").nth(1)?.split('<').next()?;
    Some(word.to_owned())
}

/// What chair, two members, clerk and the public see; all of them at once.
async fn screens(evening: &Evening) -> Vec<Option<String>> {
    let public = Visitor::stranger(&evening.url()).get(&format!("/oeffentlich/{MEETING}")).await.text;
    let mut seen = Vec::new();
    for (who, view) in [(CHAIR, "leitstand"), ("apfelkern", "platz"), ("birnbaum", "platz"), (CLERK, "schriftfuehrung")]
    {
        seen.push(sheet(&evening.page(who, &at(view)).await));
    }
    seen.push(sheet(&public));
    seen
}

async fn all_see(evening: &Evening, word: Option<&str>) {
    let seen = screens(evening).await;
    assert!(seen.iter().all(|one| one.as_deref() == word), "{word:?}: {seen:?}");
}

/// TOP 2 is called, with a paper; somebody has the floor.
async fn debate() -> (Evening, String) {
    let evening = Evening::sitting().await;
    let digest = filed(&evening, "top-2", NAME).await;
    evening.does(CHAIR, "aufrufen", &[("punkt", "top-2")]).await;
    evening.does(CHAIR, "wort_erteilen", &[("sitz", &seat("apfelkern"))]).await;
    (evening, digest)
}

#[tokio::test]
async fn who_has_the_floor_shows_a_paper_and_it_ends_with_what_it_belongs_to() {
    let (evening, digest) = debate().await;
    let (speaker, other) = (evening.of("apfelkern"), evening.of("birnbaum"));
    all_see(&evening, None).await;
    show(other, &digest, "1").await.refused(403, "wer das Wort hat");
    assert_eq!(show(speaker, &digest, "2").await.status, 200);
    let told = "Seite 2 von 2, gezeigt von ";
    let seen = screens(&evening).await;
    assert!(seen.iter().all(|one| one.as_deref().is_some_and(|word| word.starts_with(told))), "{seen:?}");

    // By hand; by the clerk for who speaks; and with the speech.
    end(other).await.refused(403, "wer das Wort hat");
    assert_eq!(end(speaker).await.status, 200);
    all_see(&evening, None).await;
    assert_eq!(show(evening.of(CLERK), &digest, "").await.status, 200);
    assert!(screens(&evening).await[4].as_deref().is_some_and(|word| word.starts_with("Seite 1 von 2")));
    evening.does("apfelkern", "rede_beenden", &[]).await;
    all_see(&evening, None).await;

    // The chair's goes on whoever speaks, and ends with an interruption, a ballot, the item. It does not come back.
    let chair = evening.of(CHAIR);
    assert_eq!(show(chair, &digest, "1").await.status, 200);
    evening.does(CHAIR, "wort_erteilen", &[("sitz", &seat("birnbaum"))]).await;
    let by_chair = Some("Seite 1 von 2, gezeigt vom Vorsitz");
    all_see(&evening, by_chair).await;
    evening.does(CHAIR, "unterbrechen", &[("grund", "vorsitz")]).await;
    all_see(&evening, None).await;
    show(chair, &digest, "1").await.refused(403, "über keinen Punkt beraten");
    evening.does(CHAIR, "fortsetzen", &[]).await;
    all_see(&evening, None).await;
    assert_eq!(show(chair, &digest, "1").await.status, 200);
    let ballot = ("abstimmung", "b-2");
    evening.does(CHAIR, "abstimmung_oeffnen", &[ballot, ("art", "handzeichen"), ("wortlaut", "So ist es.")]).await;
    all_see(&evening, None).await;
    evening.does(CHAIR, "abstimmung_verwerfen", &[ballot]).await;
    all_see(&evening, None).await;
    assert_eq!(show(chair, &digest, "1").await.status, 200);
    all_see(&evening, by_chair).await;

    // A server that begins anew shows nothing, on any screen.
    let evening = evening.restart().await;
    all_see(&evening, None).await;
    evening.does(CHAIR, "fortsetzen", &[]).await;
    all_see(&evening, None).await;
    evening.end().await;
}

#[tokio::test]
async fn what_is_shown_obeys_recusal_and_is_read_by_the_public_only_while_it_is_shown() {
    let (evening, digest) = debate().await;
    let stranger = Visitor::stranger(&evening.url());
    let open = format!("/oeffentlich/{MEETING}/gezeigt/{digest}");
    assert_eq!(stranger.get(&open).await.status, 404);
    assert_eq!(show(evening.of("apfelkern"), &digest, "1").await.status, 200);
    let told = stranger.get(&open).await;
    assert_eq!((told.status, told.headers[CONTENT_TYPE].to_str().unwrap()), (200, "application/pdf"));
    assert_eq!(stranger.get(&format!("/oeffentlich/{MEETING}/gezeigt/{}", "0".repeat(64))).await.status, 404);

    // Who is recused sees nothing on the own screen and reads no file, and shows none.
    evening.does(CLERK, "befangen", &[("punkt", "top-2"), ("sitz", &seat("birnbaum"))]).await;
    let page = evening.page("birnbaum", &at("platz")).await;
    assert!(sheet(&page).is_none() && !page.contains(NAME), "nothing of it");
    evening.of("birnbaum").get(&at(&format!("unterlage/{digest}"))).await.refused(403, "§ 18 Abs. 5 GemO");
    assert!(sheet(&evening.page(CHAIR, &at("leitstand")).await).is_some());
    evening.does(CLERK, "befangen", &[("punkt", "top-2"), ("sitz", &seat("apfelkern"))]).await;
    all_see(&evening, None).await;
    assert_eq!(stranger.get(&open).await.status, 404, "the speech has ended with the recusal");
    show(evening.of("apfelkern"), &digest, "1").await.refused(403, "wer das Wort hat");
    evening.does(CLERK, "befangen", &[("punkt", "top-2"), ("sitz", &seat("blumenfeld"))]).await;
    show(evening.of(CHAIR), &digest, "1").await.refused(422, "Befangenheit");
    evening.end().await;
}

#[tokio::test]
async fn only_a_page_of_a_paper_of_the_called_item_is_shown() {
    let (evening, digest) = debate().await;
    let other = filed(&evening, "top-4", "Anfrage").await;
    let closed = filed(&evening, "top-3", "Markerkaufvertrag").await;
    let chair = evening.of(CHAIR);
    for paper in [other.as_str(), closed.as_str(), &"0".repeat(64)] {
        show(chair, paper, "1").await.refused(403, "Zum aufgerufenen Punkt gibt es diese Unterlage nicht.");
    }
    show(chair, "unsinn", "1").await.refused(403, "Diese Unterlage gibt es nicht.");
    for page in ["0", "3", "99999999"] {
        show(chair, &digest, page).await.refused(403, "Die Unterlage hat die Seiten 1 bis 2.");
    }
    for page in ["-1", "drei", "99999999999999999999"] {
        show(chair, &digest, page).await.refused(403, "Die Seite ist eine Zahl");
    }
    let odd = [("tun", "zeigen"), ("unterlage", digest.as_str()), ("an", "alle")];
    chair.send(chair.post(&at("zeigen")).form(&odd)).await.unwrap().refused(403, "nicht lesbar");
    let stranger = Visitor::stranger(&evening.url());
    assert_ne!(show(&stranger, &digest, "1").await.status, 200);
    all_see(&evening, None).await;
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_drawn_on_every_screen_and_follows() {
    let Some(driver) = chromedriver().await else { return };
    let (evening, digest) = debate().await;
    let public = Page::new(&driver, "public").await;
    public.open(&format!("{}/oeffentlich/{MEETING}", evening.url())).await;
    let desk = Page::signed_in(&driver, "chair", evening.of(CHAIR).cookie.as_deref()).await;
    desk.open(&format!("{}{}", evening.url(), at("leitstand"))).await;

    assert_eq!(show(evening.of("apfelkern"), &digest, "1").await.status, 200);
    let text = |page: &str| {
        format!("document.querySelector('[data-shown][data-drawn] .sr')?.textContent.includes('{NAME} {page}')")
    };
    for page in [&public, &desk] {
        page.until(&text("eins")).await;
    }
    // The chair turns the page by a button; everybody's page is turned.
    desk.press("#shown-weiter").await;
    for page in [&public, &desk] {
        page.until(&text("zwei")).await;
    }
    assert_eq!(desk.value("location.pathname").await, at("leitstand").as_str(), "the desk is not left");
    desk.press("#shown-ende").await;
    for page in [&public, &desk] {
        page.until("!document.querySelector('[data-shown]')").await;
    }
    until("the public's part is hidden", || async {
        public.value("document.querySelector('[data-part=shown]').hidden").await == json!(true)
    })
    .await;
    public.quit().await;
    desk.quit().await;
    evening.end().await;
}
