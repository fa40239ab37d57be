//! Forms and addresses that say nothing, too much, or something else.

use super::town_kit::MEETING;
use super::town_kit::server::Running;
use super::town_kit::visitor::{Visitor, fresh};
use super::{assert_no_panic, watch_for_panics};

#[tokio::test(flavor = "multi_thread")]
async fn forms_that_cannot_be_meant_are_refused_and_record_nothing() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let chair = running.council.chair();
    let before = chair.look(MEETING).await;
    let long = "x".repeat(100_000);
    let text = "y".repeat(20_000);
    let refused: [(&[(&str, &str)], &str); 17] = [
        (&[], "fehlt"),
        (&[("tun", "")], "fehlt"),
        (&[("tun", "eroeffnen")], "Die Kennung fehlt"),
        (&[("kennung", "a b"), ("tun", "schliessen")], "keine gültige Kennung"),
        (&[("kennung", "../k"), ("tun", "schliessen")], "keine gültige Kennung"),
        (&[("kennung", &long), ("tun", "schliessen")], "keine gültige Kennung"),
        (&[("kennung", "k-1"), ("tun", "sprengen")], "kann man hier nicht tun"),
        (&[("kennung", "k-1"), ("tun", &long)], "kann man hier nicht tun"),
        (&[("kennung", "k-1"), ("tun", "aufrufen")], "fehlt"),
        (&[("kennung", "k-1"), ("tun", "aufrufen"), ("punkt", "top-99")], "gibt es auf der Tagesordnung nicht"),
        (&[("kennung", "k-1"), ("tun", "aufrufen"), ("punkt", "../top-1")], "keine gültige Kennung"),
        (&[("kennung", "k-1"), ("tun", "schliessen"), ("tun", "eroeffnen")], "doppelt"),
        (&[("kennung", "k-1"), ("tun", "schliessen"), ("geheim", "1")], "gibt es hier nicht"),
        (&[("kennung", "k-1"), ("tun", "unterbrechen"), ("grund", "kaffee")], "keine der Möglichkeiten"),
        (
            &[
                ("kennung", "k-1"),
                ("tun", "saal_zaehlung"),
                ("abstimmung", "b"),
                ("stimmberechtigte", "-1"),
                ("gegenstimmen", "0"),
                ("enthaltungen", "0"),
            ],
            "Die Zahl",
        ),
        (&[("kennung", "k-1"), ("tun", "stoerung_melden"), ("text", &text)], "Zeichen"),
        (
            &[
                ("kennung", "k-1"),
                ("tun", "abstimmung_oeffnen"),
                ("abstimmung", "b"),
                ("art", "zuruf"),
                ("wortlaut", "W"),
            ],
            "keine der Möglichkeiten",
        ),
    ];
    for (fields, sentence) in refused {
        chair.form(MEETING, fields).await.unwrap().refused(403, sentence);
        // As a page, too.
        let page = chair.send(chair.post(&format!("/sitzung/{MEETING}/tun")).form(fields)).await.unwrap();
        page.refused(403, "Das ist jetzt nicht möglich");
    }
    let many: Vec<(String, &str)> = (0..200).map(|number| (format!("feld{number}"), "1")).collect();
    let to = format!("/sitzung/{MEETING}/tun");
    chair.send(chair.post(&to).form(&many)).await.unwrap().refused(403, "zu viele Felder");
    let bodies: [(&str, Vec<u8>); 5] = [
        ("application/x-www-form-urlencoded", b"tun=schliessen&kennung=%ff%fe".to_vec()),
        ("application/x-www-form-urlencoded", vec![0xff, 0xfe, 0x26, 0x3d]),
        ("application/json", b"{\"tun\":\"schliessen\"}".to_vec()),
        ("text/plain", b"tun=schliessen&kennung=k-9".to_vec()),
        ("application/x-www-form-urlencoded", vec![b'a'; 900_000]),
    ];
    for (kind, body) in bodies {
        let told = chair.send(chair.post(&to).header("content-type", kind).body(body)).await.unwrap();
        assert!((400..500).contains(&told.status), "{kind}: {} {}", told.status, told.text);
        told.refused(told.status, "Das ist jetzt nicht möglich");
    }
    assert_eq!(chair.look(MEETING).await["head"], before["head"], "nothing was recorded");
    running.end().await;
    assert_no_panic();
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_lead_nowhere_are_told_so() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let chair = running.council.chair();
    let long = "x".repeat(3_000);
    for id in ["gibtesnicht", "GR-7", "..%2f..%2fetc", "gr-7%00", "gr 7", "gr-7%27--", &long] {
        for path in [
            format!("/sitzung/{id}/leitstand"),
            format!("/oeffentlich/{id}"),
            format!("/api/v1/meetings/{id}"),
            format!("/oeffentlich/{id}/live"),
            format!("/sitzung/{id}/beweis.jsonl"),
        ] {
            chair.get(&path).await.refused(404, "gibt es nicht");
        }
        chair.act(id, "schliessen", &[]).await.refused(404, "gibt es nicht");
    }
    chair.get("/sitzung/%ff/leitstand").await.refused(400, "nicht lesbar");
    chair.get("/nirgends").await.refused(404, "Diese Seite gibt es nicht");
    chair.get(&format!("/sitzung/{MEETING}/tun")).await.refused(405, "nicht aufgerufen");
    let stranger = Visitor::stranger(&running.place.url());
    for fields in [&[("email", "a@b.de")][..], &[("email", "a"), ("email", "b"), ("password", "x"), ("code", "1")], &[]]
    {
        stranger.send(stranger.post("/anmelden").form(fields)).await.unwrap().refused(422, "nicht lesbar");
    }
    let huge = "p".repeat(14_000);
    let wrong = [("email", "a@b.de"), ("password", huge.as_str()), ("code", "000000")];
    let told = stranger.send(stranger.post("/anmelden").form(&wrong)).await.unwrap();
    assert!(told.text.contains("stimmen nicht"), "{}", told.text);
    let huger = "p".repeat(100_000);
    let wrong = [("email", "a@b.de"), ("password", huger.as_str()), ("code", "000000")];
    stranger.send(stranger.post("/anmelden").form(&wrong)).await.unwrap().refused(413, "zu lang");

    // Who asks for a kind of answer nobody knows gets a page.
    let id = fresh();
    for accept in ["application/vnd.oparl+json", "image/avif;q=x", "\u{fc}", "*/*"] {
        let fields = [("tun", "sprengen"), ("kennung", id.as_str())];
        let Ok(accept) = reqwest::header::HeaderValue::from_bytes(accept.as_bytes()) else { continue };
        let request = chair.post(&format!("/sitzung/{MEETING}/tun")).header("accept", accept).form(&fields);
        chair.send(request).await.unwrap().refused(403, "<!doctype html>");
    }
    running.end().await;
    assert_no_panic();
}

/// Whoever is refused by the law reads why and where it stands, on the page as in the answer to a program.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_the_law_shows_sentence_and_paragraph() {
    let running = Running::start(&[]).await;
    let chair = running.council.chair();
    let told = chair.act(MEETING, "oeffentlichkeit_ausschliessen", &[]).await;
    assert_eq!(told.status, 422, "{}", told.text);
    let json: serde_json::Value = serde_json::from_str(&told.text).unwrap();
    let (sentence, paragraph) = (json["reason"].as_str().unwrap(), json["paragraph"].as_str().unwrap());
    let id = fresh();
    let fields = [("tun", "oeffentlichkeit_ausschliessen"), ("kennung", id.as_str())];
    let page = chair.send(chair.post(&format!("/sitzung/{MEETING}/tun")).form(&fields)).await.unwrap();
    page.refused(422, sentence);
    page.refused(422, paragraph);
    insta::assert_snapshot!(format!("{}\n{sentence}\n{paragraph}", json["code"]), @r#"
    "public_stays"
    Es wartet kein nichtöffentlicher Punkt. Ohne einen solchen bleibt die Sitzung öffentlich.
    § 35 Abs. 1 Satz 2 GemO
    "#);
    running.end().await;
}
