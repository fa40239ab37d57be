//! Papers of items before a real server: who may file and read them, versions, late ones, and files that are none.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

mod pdf_kit;
mod town_kit;

use pdf_kit::pdf;
use reqwest::header::CONTENT_TYPE;
use std::io::{Read as _, Write as _};
use town_kit::server::{REMOTE, Running, seat};
use town_kit::visitor::{Told, Visitor, fresh};
use town_kit::{MEETING, Place};

const BOUNDARY: &str = "sechzehnkiloblatt";

/// A form as a browser sends it (RFC 7578).
fn form(fields: &[(&str, &str)], file: Option<&[u8]>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    if let Some(file) = file {
        let head =
            "Content-Disposition: form-data; name=\"datei\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf";
        body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").into_bytes());
        body.extend(file);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

async fn send(visitor: &Visitor, body: Vec<u8>) -> Told {
    let request = visitor.post(&format!("/sitzung/{MEETING}/unterlage"));
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    visitor.send(request.header(CONTENT_TYPE, kind).body(body)).await.unwrap()
}

async fn file(visitor: &Visitor, item: &str, name: &str, of: &str, bytes: &[u8]) -> Told {
    let id = fresh();
    let fields = [("kennung", id.as_str()), ("punkt", item), ("name", name), ("fassung_von", of)];
    send(visitor, form(&fields, Some(bytes))).await
}

/// Addresses of papers on a page, in their order.
fn addresses(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|href| href.contains("/unterlage/")).map(str::to_owned).collect()
}

async fn with_small_papers() -> Running {
    let place = Place::new();
    let text = place.text() + "[papers]\nmax_megabytes = 1\n";
    std::fs::write(place.config(), text).unwrap();
    Running::start_at(place, &[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_are_read_by_those_who_may_and_every_version_stays() {
    let running = with_small_papers().await;
    let council = &running.council;
    let (clerk, member) = (council.of("nusszweig"), council.of(REMOTE[0]));
    let (first, second) = (pdf(&["Eins"]), pdf(&["Eins", "Zwei"]));

    assert_eq!(file(clerk, "top-1", "Vorlage 17", "", &first).await.status, 303);
    let page = member.get(&format!("/sitzung/{MEETING}/platz")).await.text;
    assert!(page.contains("Vorlage 17") && page.contains("1 Seite") && page.contains("Nachgereicht am"), "{page}");
    let address = addresses(&page).remove(0);
    let told = member.client.get(format!("{}{address}", member.url)).header("cookie", member.cookie.clone().unwrap());
    let answer = told.send().await.unwrap();
    assert_eq!(answer.headers()[CONTENT_TYPE], "application/pdf");
    assert_eq!(answer.bytes().await.unwrap(), first);

    // The next version; the first one stays readable.
    let desk = clerk.get(&format!("/sitzung/{MEETING}/ladung")).await.text;
    let paper = desk.split("value=\"vorlage-").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(file(clerk, "top-1", "Vorlage 17", &format!("vorlage-{paper}"), &second).await.status, 303);
    let again = file(clerk, "top-1", "Vorlage 17", &format!("vorlage-{paper}"), &second).await;
    again.refused(409, "Genau diese Datei liegt schon vor");
    let page = member.get(&format!("/sitzung/{MEETING}/platz")).await.text;
    assert!(page.contains("2 Seiten") && page.contains("Fassung 2") && page.contains("Frühere Fassung 1"), "{page}");
    assert_eq!(addresses(&page).len(), 2);
    assert!(addresses(&page).contains(&address) && member.get(&address).await.status == 200);

    // Sent by our script: told as JSON, where to go and what is wrong.
    let ask = |name: &str, bytes: &[u8]| {
        let id = fresh();
        let body = form(&[("kennung", &id), ("punkt", "top-1"), ("name", name), ("fassung_von", "")], Some(bytes));
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = clerk.post(&format!("/sitzung/{MEETING}/unterlage")).header(CONTENT_TYPE, kind);
        clerk.send(request.header("accept", "application/json").body(body))
    };
    let told = ask("Kein Papier", b"nichts").await.unwrap();
    assert!(told.status == 415 && told.json()["reason"].as_str().is_some_and(|why| why.contains("keine PDF-Datei")));
    let told = ask("Vorlage 18", &pdf(&["Achtzehn"])).await.unwrap();
    assert_eq!((told.status, told.json()["weiter"].as_str().unwrap()), (200, "/sitzung/gr-7/ladung"));

    // Nobody else: not the public, not a stranger, not a member of another body; and only the clerk files.
    assert_eq!(Visitor::stranger(&member.url).get(&address).await.status, 303);
    assert_eq!(council.of("quittenhof").get(&address).await.status, 404);
    let page = Visitor::stranger(&member.url).get(&format!("/oeffentlich/{MEETING}")).await.text;
    assert!(!page.contains("Vorlage 17"));
    file(member, "top-1", "Von mir", "", &first).await.refused(403, "nur Vorsitz und Schriftführung");
    assert_eq!(member.get(&format!("/sitzung/{MEETING}/unterlage/{}", "0".repeat(64))).await.status, 404);

    // Whoever is recused reads nothing of the item while it is called (§ 18 (5)).
    clerk.act(MEETING, "befangen", &[("punkt", "top-1"), ("sitz", &seat(REMOTE[0]))]).await.receipt();
    member.get(&address).await.refused(403, "§ 18 Abs. 5 GemO");
    assert!(!member.get(&format!("/sitzung/{MEETING}/platz")).await.text.contains("Vorlage 17"));
    assert_eq!(council.of(REMOTE[1]).get(&address).await.status, 200);
    clerk.act(MEETING, "befangen_aufheben", &[("punkt", "top-1"), ("sitz", &seat(REMOTE[0]))]).await.receipt();
    assert_eq!(member.get(&address).await.status, 200);
    running.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_paper_is_refused_with_a_sentence_and_nothing_is_kept() {
    let running = with_small_papers().await;
    let clerk = running.council.of("nusszweig");
    let good = pdf(&["Eins"]);
    file(clerk, "top-1", "Bild", "", b"\x89PNG\r\n\x1a\n0000").await.refused(415, "keine PDF-Datei");
    file(clerk, "top-1", "Leer", "", b"").await.refused(422, "Die Datei fehlt");
    file(clerk, "top-1", "Kaputt", "", b"%PDF-1.7\nnichts weiter").await.refused(415, "beschädigt");
    file(clerk, "top-1", "Abgeschnitten", "", &good[..good.len() / 2]).await.refused(415, "beschädigt");
    file(clerk, "top-1", "Ohne Seiten", "", &pdf(&[])).await.refused(415, "keine Seiten");
    file(clerk, "top-99", "Wohin", "", &good).await.refused(403, "gibt es nicht");
    file(clerk, "top-1", " ", "", &good).await.refused(422, "Bezeichnung");
    file(clerk, "top-1", &"x".repeat(121), "", &good).await.refused(422, "121 Zeichen");
    file(clerk, "top-1", &"x".repeat(3000), "", &good).await.refused(400, "nicht lesbar");
    send(clerk, b"--kein formular".to_vec()).await.refused(400, "nicht lesbar");
    send(clerk, form(&[("punkt", "top-1")], None)).await.refused(422, "Bezeichnung");
    let mut large = good.clone();
    large.resize(1024 * 1024 + 1, b' ');
    file(clerk, "top-1", "Zu groß", "", &large).await.refused(413, "zu groß");

    // Two gigabytes are refused before they are sent.
    let mut line = std::net::TcpStream::connect(("127.0.0.1", running.place.port)).unwrap();
    let cookie = clerk.cookie.clone().unwrap();
    let head = format!(
        "POST /sitzung/{MEETING}/unterlage HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {cookie}\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: 2147483648\r\n\r\n",
        running.place.port
    );
    line.write_all(head.as_bytes()).unwrap();
    line.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    let mut answer = [0; 64];
    let read = line.read(&mut answer).unwrap();
    assert!(String::from_utf8_lossy(&answer[..read]).starts_with("HTTP/1.1 413"), "at once");

    let page = clerk.get(&format!("/sitzung/{MEETING}/ladung")).await.text;
    assert!(addresses(&page).is_empty(), "nothing was kept");
    running.end().await;
}
