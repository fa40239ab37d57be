//! The room beside the picture in the invented town: empty before the meeting, long in a debate, with and without chat.

use super::speech::Eyes;
use super::town::{State, act};
use ratssaal::web::pages::act::{Blocked, Tone};
use ratssaal::web::pages::entry::Entry;
use ratssaal::web::pages::room::{Chat, Room, RoomLine};

const OPEN: &str = "Der Chat der Mitglieder ist geöffnet (§ 12 Geschäftsordnung). Er steht nicht in der Niederschrift und \
    wird mit dem Schließen der Sitzung gelöscht.";
const SHUT: &str = "Der Chat der Mitglieder ist geschlossen (§ 12 Geschäftsordnung).";

/// The body's Geschäftsordnung allows a chat.
const fn chats(state: State) -> bool {
    matches!(state, State::Recused | State::Ballot | State::Interrupted)
}

fn told(at: &str, text: impl Into<String>) -> RoomLine {
    RoomLine { at: at.into(), author: None, text: text.into() }
}

fn said(at: &str, author: &str, text: &str) -> RoomLine {
    RoomLine { at: at.into(), author: Some(author.into()), text: text.into() }
}

pub fn room(state: State) -> Room {
    let mut newest = vec![
        told("19:21", "Abstimmung zu TOP 3 über einen Änderungsantrag: In Satz 2 wird „2027“ durch „2028“ ersetzt."),
        told("19:19", "Das Wort hat Ingrid Namenlos-Erfunden."),
        told("19:12", "TOP 3 ist aufgerufen: Erweiterung des Kindergartens am Mühlbach"),
        told(
            "19:11",
            "TOP 2 – angenommen (11 Ja, 1 Nein, 1 Enthaltung): Die Satzung wird in der vorliegenden Fassung beschlossen.",
        ),
        told("19:04", "Die Tagesordnung ist ergänzt um TOP 9: Sturmschaden an der Turnhalle"),
        told("19:02", "Die Sitzung ist eröffnet: 7. Sitzung des Gemeinderats"),
    ];
    let mut older = Vec::new();
    match state {
        State::Planned => newest.clear(),
        State::Closed => {
            newest.insert(0, told("21:40", "Die Sitzung ist geschlossen: 7. Sitzung des Gemeinderats"));
            newest.truncate(5);
            older = (1..=42).map(|n| told("20:00", format!("TOP {n} ist aufgerufen: Ein Punkt von vielen"))).collect();
        }
        State::Interrupted => {
            newest.insert(0, told("19:24", "Die Sitzung ist unterbrochen: Störung im Bereich der Gemeinde."));
            newest.insert(
                1,
                said("19:23", "Hanno Musterhans", "Hört ihr mich noch? https://rat.example.org/".repeat(7).as_str()),
            );
        }
        State::Ballot => {
            newest.insert(0, said("19:22", "Carla Exempel", "Meint der Antrag das Haushaltsjahr oder das Baujahr?"));
            newest.insert(0, said("19:22", "Martha Mitschrift", "Das Haushaltsjahr. Die Vorlage liegt bei TOP 3."));
            older.push(told("18:58", "Die Sitzung beginnt gleich."));
        }
        _ => {}
    }
    let word = match state {
        State::Recused => {
            "Sie sind zu TOP 3 befangen. Was die anderen im Chat schreiben, sehen Sie wieder, wenn der Punkt abgeschlossen ist."
        }
        State::Interrupted => SHUT,
        State::Ballot => OPEN,
        _ => "",
    };
    Room { with_chat: chats(state), word: word.into(), newest, older }
}

pub fn chat(state: State, eyes: Eyes) -> Option<Chat> {
    let open = state != State::Interrupted;
    let mut write = Entry::new("chat-schreiben", "/sitzung/gr-2026-07/raum", "chat_schreiben", "k-77", "Senden")
        .line("text", "Nachricht, höchstens 500 Zeichen", 500)
        .note("Auch die Öffentlichkeit liest mit.");
    write.blocked = (state == State::Recused && eyes == Eyes::Member).then(|| Blocked {
        reason: "Sie sind zu TOP 3 befangen und wirken an der Beratung nicht mit; der Chat gehört zu ihr.".into(),
        paragraph: "§ 18 Abs. 5 GemO".into(),
    });
    let (id, verb, label) = if open {
        ("chat-schliessen", "chat_schliessen", "Chat schließen")
    } else {
        ("chat-oeffnen", "chat_oeffnen", "Chat öffnen")
    };
    chats(state).then(|| Chat {
        word: if open { "" } else { SHUT }.into(),
        write: open.then_some(write),
        acts: if eyes == Eyes::Chair { vec![act(id, verb, label).tone(Tone::Quiet)] } else { Vec::new() },
    })
}
