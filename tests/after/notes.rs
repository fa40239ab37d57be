//! The chair's private notes: kept while they are typed, shown to nobody else, part of nothing.

use super::browser_kit::{Page, chromedriver};
use super::evening::{CLOSED_TITLE, DEPUTY, Evening, MEETING};
use super::town_kit::server::{CHAIR, CLERK};
use super::town_kit::until;
use super::town_kit::visitor::{Told, Visitor};
use reqwest::header::{ACCEPT, LOCATION, REFERER};
use std::process::Command;

/// Stands in a note, and nowhere else.
const NOTED: &str = "Markersprechzettel";

fn at(path: &str) -> String {
    format!("/sitzung/{MEETING}{path}")
}

async fn note(visitor: &Visitor, item: &str, text: &str) -> Told {
    let fields = [("punkt", item), ("text", text)];
    let request = visitor.post(&at("/notizen")).header(ACCEPT, "application/json").form(&fields);
    visitor.send(request).await.unwrap()
}

/// Everything anybody but the chair can look at.
async fn nobody_else_sees_it(evening: &Evening) {
    for who in [CLERK, DEPUTY, "apfelkern"] {
        let visitor = evening.of(who);
        for path in [
            "/leitstand",
            "/platz",
            "/schriftfuehrung",
            "/niederschrift",
            "/notizen",
            "/ladung",
            "/tagesordnung",
            "/niederschrift.pdf",
            "/beweis.jsonl",
        ] {
            let told = visitor.get(&at(path)).await;
            assert!(told.status < 500 && !told.text.contains(NOTED), "{who} reads it at {path}");
        }
        let told = note(visitor, "top-1", "Auch ich will etwas notieren.").await;
        assert_eq!(told.status, 403, "{who}: {}", told.text);
        assert!(!told.text.contains(NOTED));
    }
    let stranger = Visitor::stranger(&evening.url());
    for path in [at("/notizen"), format!("/oeffentlich/{MEETING}"), format!("/oeffentlich/{MEETING}/ergebnisse")] {
        assert!(!stranger.get(&path).await.text.contains(NOTED), "the public reads it at {path}");
    }
    assert_ne!(stranger.get(&at("/notizen")).await.status, 200);
    assert_ne!(note(&stranger, "top-1", "x").await.status, 200);
}

#[tokio::test]
async fn a_note_is_its_writer_s_alone_and_part_of_nothing() {
    let evening = Evening::sitting().await;
    let chair = evening.of(CHAIR);
    let text = format!("{NOTED}: erst Frau Apfelkern danken,\r\ndann <b>Kosten</b>.");
    let told = note(chair, "top-4", &text).await;
    assert!(told.status == 200 && told.text.contains("Gesichert um "), "{}", told.text);
    // On a non-public item, too: nobody but the chair reads it.
    assert_eq!(note(chair, "top-3", NOTED).await.status, 200);
    let plain = [("punkt", "top-2"), ("text", NOTED)];
    let form = chair.post(&at("/notizen")).header(REFERER, format!("{}{}", chair.url, at("/leitstand"))).form(&plain);
    let told = chair.send(form).await.unwrap();
    assert_eq!((told.status, told.headers[LOCATION].to_str().unwrap()), (303, at("/leitstand").as_str()));

    let all = evening.page(CHAIR, &at("/notizen")).await;
    assert!(
        all.contains(&format!(
            "\n{NOTED}: erst Frau Apfelkern danken,\ndann &#60;b&#62;Kosten&#60;/b&#62;.</textarea>"
        )),
        "{all}"
    );
    assert!(all.contains(CLOSED_TITLE), "the chair knows what the note is on");
    // Between two items the note on the next one lies ready, and on the called one while it is called.
    for item in ["top-2", "top-4"] {
        let desk = evening.page(CHAIR, &at("/leitstand")).await;
        assert_eq!(desk.matches(NOTED).count(), 1, "one note at a time");
        assert!(desk.contains(&format!("id=\"notiz-{item}\"")), "{item}");
        if item == "top-2" {
            evening.does(CHAIR, "aufrufen", &[("punkt", "top-4")]).await;
        }
    }
    nobody_else_sees_it(&evening).await;

    let evening = evening.restart().await;
    assert!(evening.page(CHAIR, &at("/leitstand")).await.contains(NOTED), "the server may end, the note stays");
    evening.does(CHAIR, "fortsetzen", &[]).await;
    assert_eq!(note(evening.of(CHAIR), "top-2", " \n").await.status, 200);
    let all = evening.page(CHAIR, &at("/notizen")).await;
    assert_eq!(all.matches(NOTED).count(), 2, "an emptied note is gone");
    evening.does(CHAIR, "punkt_abschliessen", &[("ergebnis", "ohne")]).await;
    evening.does(CHAIR, "schliessen", &[]).await;
    nobody_else_sees_it(&evening).await;
    let bundle = evening.file(CHAIR, &at("/beweis.jsonl")).await;
    assert!(!String::from_utf8_lossy(&bundle).contains(NOTED), "no part of the evidence, not even the chair's");
    let file = evening.place.folder.join("notiz.pdf");
    std::fs::write(&file, evening.file(CHAIR, &at("/niederschrift.pdf")).await).unwrap();
    let minutes = Command::new("pdftotext").arg(&file).arg("-").output().expect("poppler-utils");
    let minutes = String::from_utf8(minutes.stdout).unwrap();
    assert!(minutes.contains("Brunnen") && !minutes.contains(NOTED), "no part of the minutes");
    assert!(evening.place.letters().iter().all(|letter| !letter.contains(NOTED)), "in no letter");
    assert!(evening.page(CHAIR, &at("/notizen")).await.contains(NOTED), "still the chair's");
    evening.end().await;
}

#[tokio::test]
async fn what_cannot_be_noted_is_said() {
    let evening = Evening::planned().await;
    let chair = evening.of(CHAIR);
    note(chair, "top-9", "x").await.refused(403, "Diesen Tagesordnungspunkt gibt es nicht.");
    note(chair, "../x", "x").await.refused(403, "Diesen Tagesordnungspunkt gibt es nicht.");
    note(chair, "top-1", &"ä".repeat(20_001)).await.refused(403, "Die Notiz hat 20001 Zeichen, Platz ist für 20000.");
    assert_eq!(note(chair, "top-1", &"ä".repeat(20_000)).await.status, 200);
    let odd = [("punkt", "top-1"), ("text", "x"), ("person", CLERK)];
    chair.send(chair.post(&at("/notizen")).form(&odd)).await.unwrap().refused(403, "nicht lesbar");
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_in_mid_word_survives_the_next_item_and_a_closed_browser() {
    let Some(driver) = chromedriver().await else { return };
    let evening = Evening::sitting().await;
    evening.does(CHAIR, "aufrufen", &[("punkt", "top-2")]).await;
    let page = Page::signed_in(&driver, "chair", evening.of(CHAIR).cookie.as_deref()).await;
    page.open(&format!("{}{}", evening.url(), at("/leitstand"))).await;
    page.press("#notes-open summary").await;
    page.write("#notiz-top-2", "Die Linde ist ge").await;
    page.reads("#notiz-stand-top-2", "Gesichert um ").await;
    // The next words are typed when the item changes on another device: the part waits, and loses none of them.
    page.write("#notiz-top-2", "Die Linde ist gesund").await;
    evening.does(CHAIR, "punkt_abschliessen", &[("ergebnis", "ohne")]).await;
    page.until("document.querySelector('[data-part=next]').textContent.includes('TOP 4')").await;
    assert_eq!(page.value("document.activeElement.id").await, "notiz-top-2", "nobody is interrupted");
    page.web.execute("document.activeElement.blur()", vec![]).await.unwrap();
    page.until("document.querySelector('#notiz-top-4') !== null && document.querySelector('#notes-open').open").await;
    until("the note on the item before is kept", || async {
        evening.page(CHAIR, &at("/notizen")).await.contains("\nDie Linde ist gesund</textarea>")
    })
    .await;
    // And the window is closed before any pause.
    let more = "const field = document.querySelector('#notiz-top-4'); field.value = 'Dank an a'; \
                field.dispatchEvent(new Event('input', {bubbles: true}));";
    page.web.execute(more, vec![]).await.unwrap();
    page.web.goto("about:blank").await.unwrap();
    until("the note in mid-word is kept", || async {
        evening.page(CHAIR, &at("/leitstand")).await.contains("\nDank an a</textarea>")
    })
    .await;
    page.quit().await;
    evening.does(CHAIR, "schliessen", &[]).await;
    evening.end().await;
}
