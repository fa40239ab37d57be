//! Schriftführung: who is in the room, what was counted there, what was heard, what can be taken away.

use super::people::presence;
use super::scene::{Forms, Scene, blocked};
use super::vote::CHOICES;
use super::{complaint, doors, leading, when, words};
use crate::domain::council::Seat;
use crate::domain::law::format::MeetingFormat;
use crate::domain::meeting::event::{Event, Method, Way};
use crate::domain::meeting::{Business, Cast, Command, OpenBallot, Phase, view};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::clerk::{
    Attendance, AttendanceRow, CountForm, Downloads, File, HallCount, Heard, HeardRow, PublicRoom,
};
use crate::web::pages::entry::Entry;

/// Part `attendance`.
pub fn attendance(forms: &mut Forms<'_, '_>) -> Attendance {
    let scene = forms.scene;
    let rows = scene.seats().map(|seat| attendance_row(forms, seat)).collect();
    let eldest = leading::eldest(forms);
    let (hindrances, complaint) = (leading::hindrances(forms), complaint::taken(forms, "attendance-ruege"));
    let (public_room, doors) = (public_room(forms), doors::confirmations(forms, "attendance"));
    Attendance { rows, public_room, doors, eldest, hindrances, complaint }
}

/// Presence can be attested from the convening to the closing.
const fn gathers(phase: &Phase) -> bool {
    match phase {
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => true,
        Phase::Planned | Phase::Closed(_) => false,
    }
}

fn attendance_row(forms: &mut Forms<'_, '_>, seat: &Seat) -> AttendanceRow {
    let scene = forms.scene;
    let presence = presence(scene, &seat.id);
    let present = !scene.meeting.is_in_room(&seat.id);
    let (verb, label) =
        if present { ("saal_anwesend", "Im Saal") } else { ("saal_abwesend", "Hat den Saal verlassen") };
    let command = Command::AttestRoom { seat: seat.id.clone(), present };
    let act = gathers(&scene.meeting.phase).then(|| {
        forms
            .act(format!("attendance-{}", seat.id), verb, label, &command)
            .about(seat.name.to_string())
            .tone(Tone::Quiet)
            .with("sitz", seat.id.to_string())
    });
    AttendanceRow {
        name: seat.name.to_string(),
        about: scene.about(seat),
        sense: presence.sense,
        since: presence.since(),
        word: presence.word,
        act,
    }
}

fn public_room(forms: &mut Forms<'_, '_>) -> PublicRoom {
    let scene = forms.scene;
    let word = |confirmed, word: String| PublicRoom { confirmed, word, act: None };
    let Some(convened) = scene.meeting.convened() else {
        return word(false, "Die Sitzung ist noch nicht einberufen.".into());
    };
    if convened.convening.format != MeetingFormat::Digital {
        return word(true, format!("Die Sitzung findet im Saal statt: {}.", scene.meeting.place));
    }
    let confirmed = convened.public_room_receives;
    let room = convened.convening.public_room.as_ref().unwrap_or(&scene.meeting.place);
    let at = scene.snapshot.recent.iter().rev().find(|entry| matches!(entry.event, Event::PublicRoomAttested(_)));
    let since = at.map_or_else(String::new, |entry| format!(" um {}", when::minute(entry.occurred_at)));
    let text = if confirmed {
        format!("Bestätigt{since}: Bild und Ton kommen im öffentlich zugänglichen Raum an ({room}).")
    } else {
        format!("Kommen Bild und Ton im öffentlich zugänglichen Raum an ({room})?")
    };
    let (label, value) = if confirmed { ("Kommt nicht mehr an", "0") } else { ("Ja, bestätigen", "1") };
    let note = scene.rules.format_public_room.norm();
    let command = Command::AttestPublicRoom { receives: !confirmed };
    let act = gathers(&scene.meeting.phase).then(|| {
        let act = forms.act("attendance-oeffentlichkeit", "oeffentlichkeit_bestaetigen", label, &command);
        act.with("ja", value).note(note)
    });
    PublicRoom { confirmed, word: text, act }
}

fn running(scene: Scene<'_>) -> Option<&OpenBallot> {
    match scene.meeting.business() {
        Some(Business::Ballot(ballot)) => Some(ballot),
        Some(Business::Between | Business::Item(_) | Business::Counting(_) | Business::Election(_)) | None => None,
    }
}

/// Part `count`.
pub fn hall_count(forms: &mut Forms<'_, '_>) -> HallCount {
    let scene = forms.scene;
    if let Some(ballot) = running(scene).filter(|ballot| ballot.method == Method::Papers) {
        return papers(forms, ballot);
    }
    let Some(ballot) = running(scene).filter(|ballot| ballot.method == Method::ShowOfHands) else {
        let idle = match scene.meeting.business() {
            Some(Business::Between | Business::Item(_)) => {
                "Bei einem Handzeichen tragen Sie hier Gegenstimmen und Enthaltungen ein."
            }
            Some(Business::Ballot(_) | Business::Counting(_) | Business::Election(_)) | None => "",
        };
        return HallCount { papers: None, form: None, idle: idle.into(), entered: None };
    };
    let in_room = scene.entitled_in_room(&ballot.item);
    let entered = ballot.hands.map(|hands| {
        let at = scene.snapshot.recent.iter().rev().find(|entry| matches!(entry.event, Event::HandsCounted(_)));
        let at = at.map_or_else(String::new, |entry| format!(" um {}", when::second(entry.occurred_at)));
        let no = words::count(hands.no, "Gegenstimme", "Gegenstimmen");
        let abstain = words::count(hands.abstain, "Enthaltung", "Enthaltungen");
        format!("Eingetragen{at}: {no}, {abstain}, {} dafür.", hands.yes)
    });
    if in_room == 0 {
        return HallCount { papers: None, form: None, idle: "Im Saal ist niemand stimmberechtigt.".into(), entered };
    }
    let unanimous = Command::CountHands { ballot: ballot.ballot.clone(), yes: in_room, no: 0, abstain: 0, none: 0 };
    let refusal = scene.may(&unanimous).err();
    let act = forms
        .act("count-einstimmig", "saal_zaehlung", "Einstimmig im Saal", &unanimous)
        .with("abstimmung", ballot.ballot.to_string())
        .with("gegenstimmen", "0")
        .with("enthaltungen", "0")
        .with("stimmberechtigte", in_room.to_string())
        .note(match in_room {
            1 => "Die eine Stimmberechtigung im Saal zählt als Ja.".to_owned(),
            _ => format!("Alle {in_room} Stimmberechtigten im Saal zählen als Ja."),
        });
    let form = CountForm {
        to: scene.to(),
        command: forms.id(),
        ballot: ballot.ballot.to_string(),
        motion: scene.wording(&ballot.item, &ballot.wording),
        entitled_in_room: in_room,
        unanimous: act,
        blocked: refusal.map(blocked),
    };
    HallCount { papers: None, form: Some(form), idle: String::new(), entered }
}

/// The papers of a secret ballot: sums, and nobody's name.
fn papers(forms: &mut Forms<'_, '_>, ballot: &OpenBallot) -> HallCount {
    let scene = forms.scene;
    let hall = scene.entitled_in_room(&ballot.item);
    let entry = Entry::new("count-papers", scene.to(), "stimmzettel_zaehlung", forms.id(), "Auszählung eintragen")
        .with("abstimmung", ballot.ballot.to_string())
        .number("ja", "Ja", hall)
        .number("nein", "Nein", hall)
        .number("leer", "Enthaltungen (leere Stimmzettel)", hall)
        .number("ungueltig", "Ungültig", hall)
        .number("nicht_abgegeben", "Nicht abgegeben", hall)
        .note(format!("Zusammen müssen es {hall} sein: so viele Stimmberechtigte sind im Saal."));
    let entered = ballot.hands.map(|papers| {
        let tally = words::tally(papers.yes, papers.no, papers.abstain);
        format!("Eingetragen: {tally}, {} ungültig, {} nicht abgegeben.", papers.invalid, papers.none)
    });
    HallCount { papers: Some(entry), form: None, idle: String::new(), entered }
}

/// Part `heard`: who may vote by name, and whether a vote is there. How it reads stays with the voter until closing.
pub fn heard(forms: &mut Forms<'_, '_>) -> Heard {
    let scene = forms.scene;
    let Some(ballot) = running(scene) else { return Heard { rows: Vec::new(), idle: String::new() } };
    if matches!(scene.meeting.phase, Phase::Interrupted { .. }) {
        return Heard { rows: Vec::new(), idle: "Die Abstimmung ruht, solange die Sitzung unterbrochen ist.".into() };
    }
    let entitled = scene.meeting.entitled(Some(&ballot.item));
    // In the order the names are called, so that the eye stays where the ear is.
    let order = view::call_order(scene.meeting);
    let place = |seat: &Seat| order.iter().position(|one| **one == seat.id);
    let mut seats: Vec<&Seat> = scene.seats().collect();
    seats.sort_by_key(|seat| place(seat));
    let waiting = view::missing(scene.meeting);
    let turn = order.iter().find(|seat| waiting.contains(*seat));
    let rows: Vec<HeardRow> = seats
        .into_iter()
        .filter(|seat| entitled.contains(&seat.id) && !scene.by_hand(ballot.method, &seat.id))
        .map(|seat| HeardRow {
            name: seat.name.to_string(),
            about: scene.about(seat),
            turn: turn.is_some_and(|turn| **turn == seat.id),
            cast: ballot.choices.get(&seat.id).map(cast),
            acts: heard_acts(forms, ballot, seat),
        })
        .collect();
    let idle = if rows.is_empty() { "Niemand stimmt in dieser Abstimmung mit Namen ab." } else { "" };
    Heard { rows, idle: idle.into() }
}

fn cast(cast: &Cast) -> String {
    let how = match cast.way {
        Way::Pressed => "selbst abgestimmt",
        Way::Heard => "gehört und eingetragen",
    };
    format!("{how}, {}", when::second(cast.at))
}

fn heard_acts(forms: &mut Forms<'_, '_>, ballot: &OpenBallot, seat: &Seat) -> Vec<Act> {
    let mut acts = Vec::new();
    for (value, _, choice) in CHOICES {
        let command = Command::EnterHeard { ballot: ballot.ballot.clone(), seat: seat.id.clone(), choice };
        // That this very choice already stands would tell how the member voted: it is no reason to block the button.
        let allowed = forms.scene.may(&command).or_else(standing);
        acts.push(
            forms
                .judged(format!("heard-{}-{value}", seat.id), "gehoert", words::choice(choice), allowed)
                .about(seat.name.to_string())
                .tone(Tone::Quiet)
                .with("abstimmung", ballot.ballot.to_string())
                .with("sitz", seat.id.to_string())
                .with("wahl", value),
        );
    }
    acts
}

fn standing(refusal: Refusal) -> Result<(), Refusal> {
    match refusal.kind {
        RefusalKind::Conflict => Ok(()),
        RefusalKind::Law | RefusalKind::Misuse => Err(refusal),
    }
}

/// Part `downloads`.
pub fn downloads(scene: Scene<'_>) -> Downloads {
    let id = &scene.meeting.id;
    let file = |name: &str, label: &str, detail: &str| File {
        href: format!("/sitzung/{id}/{name}"),
        label: label.into(),
        detail: detail.into(),
        made: true,
    };
    let files = match scene.meeting.phase {
        Phase::Closed(_) => vec![
            file("niederschrift.pdf", "Niederschrift", "PDF mit Siegel, zum Ausdrucken und Unterschreiben"),
            file("beweis.jsonl", "Beweisbündel", "prüfbar mit „ratssaal verify“"),
            File {
                href: "/siegel.pem".into(),
                label: "Zertifikat des Siegels".into(),
                detail: "PEM, zum Prüfen der Niederschrift".into(),
                made: false,
            },
        ],
        Phase::Planned | Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => Vec::new(),
    };
    let note = if files.is_empty() { String::new() } else { sealed(scene) };
    Downloads {
        files,
        note,
        idle: "Niederschrift und Beweisbündel stehen nach dem Schließen der Sitzung bereit.".into(),
    }
}

/// What the seal is, and what it is not.
fn sealed(scene: Scene<'_>) -> String {
    format!(
        "Das elektronische Siegel der Gemeinde macht jede Änderung an der Datei erkennbar. Es ist eine zusätzliche Sicherung \
         und ersetzt nicht das von Hand unterzeichnete Original ({}).",
        scene.rules.minutes_form.norm()
    )
}
