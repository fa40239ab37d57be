//! The members' chat: opened and closed by the chair, kept apart from the ledger, bounded, and gone with the meeting.

use super::town_kit::server::{CHAIR, CLERK, REMOTE, Running, seat};
use super::town_kit::visitor::{Told, Visitor, fresh};
use super::town_kit::{MEETING, Place, until};
use super::{part, place, public};

async fn send(visitor: &Visitor, fields: &[(&str, &str)]) -> Told {
    let request = visitor.post(&format!("/sitzung/{MEETING}/raum")).header("accept", "application/json");
    visitor.send(request.form(fields)).await.unwrap()
}

async fn say(visitor: &Visitor, text: &str) -> Told {
    send(visitor, &[("tun", "chat_schreiben"), ("kennung", &fresh()), ("text", text)]).await
}

async fn lead(visitor: &Visitor, verb: &str) -> Told {
    send(visitor, &[("tun", verb), ("kennung", &fresh())]).await
}

async fn room_of(visitor: &Visitor, view: &str) -> String {
    part(&visitor.get(&format!("/sitzung/{MEETING}/{view}")).await.text)
}

/// The room is told a moment after the act.
async fn told_so_far(running: &Running) {
    let url = running.place.url();
    until("the call of the item", || async { public(&url).await.contains("ist aufgerufen") }).await;
}

/// Everything on the disk of the database, as it would be found by whoever has the file.
fn on_disk(running: &Running) -> String {
    let files = std::fs::read_dir(&running.place.folder).unwrap().flatten();
    let database = files.filter(|file| file.file_name().to_string_lossy().starts_with("ratssaal.sqlite"));
    database.map(|file| String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn members_and_clerk_write_everybody_reads_and_the_closing_deletes_it() {
    let running = Running::start_at(Place::with_chat(), &[]).await;
    let (url, council) = (running.place.url(), &running.council);
    let (chair, member, clerk) = (council.chair(), council.of("apfelkern"), council.of(CLERK));
    told_so_far(&running).await;
    let height = chair.look(MEETING).await["head"]["number"].clone();
    say(member, "Zu früh").await.refused(409, "Der Chat ist geschlossen");
    lead(member, "chat_oeffnen").await.refused(403, "nur der Vorsitz");
    lead(clerk, "chat_oeffnen").await.refused(403, "nur der Vorsitz");
    assert_eq!(lead(chair, "chat_oeffnen").await.status, 200);
    for visitor in [council.of("quittenhof"), council.of("saalgeraet")] {
        say(visitor, "Von nebenan").await.refused(403, "nur die Mitglieder und die Schriftführung");
    }
    let anonymous = say(&Visitor::stranger(&url), "Von draußen").await;
    assert!(anonymous.status == 401 || anonymous.status == 303, "{}", anonymous.status);
    assert_eq!(say(member, "  Welches <b>Haushaltsjahr</b>? Quittenkompott  ").await.status, 200);
    assert_eq!(say(clerk, "2027.").await.status, 200);
    for room in [
        public(&url).await,
        room_of(chair, "leitstand").await,
        room_of(member, "platz").await,
        room_of(council.of(REMOTE[0]), "platz").await,
        room_of(clerk, "schriftfuehrung").await,
    ] {
        let newest = place(&room, "2027.");
        let line = place(&room, "Welches &#60;b&#62;Haushaltsjahr&#60;/b&#62;? Quittenkompott");
        assert!(newest < line && line < place(&room, "ist aufgerufen: Brunnen"), "newest first");
        assert!(
            room.contains("room__author")
                && room.contains("<time class=\"room__at\">")
                && room.contains("§ 12 Geschäftsordnung")
        );
        assert!(!room.contains("Zu früh") && !room.contains("Von "), "{room}");
    }
    let page = member.get(&format!("/sitzung/{MEETING}/platz")).await.text;
    assert!(page.contains("value=\"chat_schreiben\"") && !page.contains("value=\"chat_schliessen\""));
    let public_page = Visitor::stranger(&url).get(&format!("/oeffentlich/{MEETING}")).await.text;
    assert!(!public_page.contains("chat_schreiben"), "the public reads only");
    assert_eq!(lead(chair, "chat_schliessen").await.status, 200);
    say(member, "Noch etwas").await.refused(409, "Der Chat ist geschlossen");
    assert_eq!(chair.look(MEETING).await["head"]["number"], height, "nothing of it is in the ledger");
    assert!(on_disk(&running).contains("Quittenkompott"), "it was stored");

    lead(chair, "chat_oeffnen").await;
    chair.act(MEETING, "punkt_abschliessen", &[("ergebnis", "ohne")]).await.receipt();
    chair.act(MEETING, "punkt_streichen", &[("punkt", "top-2"), ("ergebnis", "abgesetzt")]).await.receipt();
    chair.act(MEETING, "schliessen", &[]).await.receipt();
    say(member, "Danach").await.refused(403, "während die Sitzung läuft");
    lead(chair, "chat_oeffnen").await.refused(403, "während die Sitzung läuft");
    until("what was said is gone", || async {
        let room = public(&url).await;
        room.contains("Die Sitzung ist geschlossen: ") && !room.contains("Quittenkompott")
    })
    .await;
    assert!(!room_of(member, "platz").await.contains("2027."));
    let minutes = clerk.get(&format!("/sitzung/{MEETING}/beweis.jsonl")).await;
    assert!(minutes.status == 200 && !minutes.text.contains("Quittenkompott"));
    running.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_recused_neither_reads_nor_writes_until_the_item_ends() {
    let running = Running::start_at(Place::with_chat(), &[]).await;
    let council = &running.council;
    let (chair, recused, other) = (council.chair(), council.of("birnbaum"), council.of("apfelkern"));
    told_so_far(&running).await;
    lead(chair, "chat_oeffnen").await;
    chair.act(MEETING, "befangen", &[("punkt", "top-1"), ("sitz", &seat("birnbaum"))]).await.receipt();
    say(recused, "Ich noch").await.refused(422, "§ 18");
    assert_eq!(say(other, "Unter uns gesagt").await.status, 200);
    let room = room_of(recused, "platz").await;
    assert!(
        !room.contains("Unter uns gesagt") && room.contains("befangen") && room.contains("ist aufgerufen"),
        "{room}"
    );
    assert!(room_of(other, "platz").await.contains("Unter uns gesagt"));
    assert!(public(&running.place.url()).await.contains("Unter uns gesagt"), "deliberation in public is public");
    chair.act(MEETING, "punkt_abschliessen", &[("ergebnis", "ohne")]).await.receipt();
    assert!(room_of(recused, "platz").await.contains("Unter uns gesagt"));
    assert_eq!(say(recused, "Ich bin zurück").await.status, 200);
    running.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn giants_rubbish_and_floods_are_refused_and_the_room_goes_on() {
    let running = Running::start_at(Place::with_chat(), &[]).await;
    let council = &running.council;
    let (chair, member) = (council.chair(), council.of("apfelkern"));
    lead(chair, "chat_oeffnen").await;
    let (giant, exact) = ("ß".repeat(10_000), "ß".repeat(500));
    for (text, sentence) in [
        (giant.as_str(), "500"),
        (&"x".repeat(501), "500"),
        ("Steuer\u{1b}[31mzeichen", "Steuerzeichen"),
        ("null\0", "Steuerzeichen"),
        ("   \n ", "fehlt"),
        ("", "fehlt"),
    ] {
        say(member, text).await.refused(403, sentence);
    }
    for fields in [
        &[][..],
        &[("tun", "eroeffnen"), ("kennung", "k-1")],
        &[("tun", "chat_schreiben"), ("text", "ohne Kennung")],
        &[("tun", "chat_schreiben"), ("kennung", "../k"), ("text", "x")],
        &[("tun", "chat_schreiben"), ("kennung", "k-1"), ("text", "x"), ("als", "vorsitz")],
    ] {
        assert_eq!(send(member, fields).await.status, 403, "{fields:?}");
    }
    assert_eq!(say(member, &exact).await.status, 200, "as long as may be");

    // The same thing sent again stands once; a flood ends after six in a minute, for this one only.
    let again = [("tun", "chat_schreiben"), ("kennung", "k-doppelt"), ("text", "Einmal")];
    for _ in 0..3 {
        assert_eq!(send(member, &again).await.status, 200);
    }
    let flood: Vec<_> = (0..30)
        .map(|number| {
            let member = member.clone();
            tokio::spawn(async move { say(&member, &format!("Flut {number}")).await })
        })
        .collect();
    let mut kept = 0;
    for told in flood {
        let told = told.await.unwrap();
        match told.status {
            200 => kept += 1,
            // The door's own measure against floods.
            429 => {}
            _ => told.refused(409, "in dieser Minute"),
        }
    }
    assert_eq!(kept, 4, "six in a minute with the two before");
    assert_eq!(say(council.of(CHAIR), "Ruhe bitte").await.status, 200);
    let room = public(&running.place.url()).await;
    assert_eq!(room.matches("Einmal").count(), 1);
    assert_eq!(room.matches("Flut ").count(), 4);
    assert!(room.contains("Ruhe bitte"));
    running.end().await;
}
