//! Order in the sitting on the screens: the chair's measures, and what whoever had to leave is told.

use super::scene::{Forms, Scene, blocked};
use super::words;
use crate::domain::law::Decider;
use crate::domain::majority::Outcome;
use crate::domain::meeting::event::{Event, Misconduct};
use crate::domain::meeting::{Command, Phase};
use crate::web::pages::act::Blocked;
use crate::web::pages::entry::Entry;
use crate::web::pages::next::Choice;

/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 300;

/// An entry about order in words. Its reason is for the minutes.
#[expect(clippy::wildcard_enum_match_arm, reason = "the timeline hands over what belongs here")]
pub fn entry(scene: Scene<'_>, event: &Event) -> String {
    match event {
        Event::OrderCalled(called) => format!("Ordnungsruf an {}.", scene.name(&called.seat)),
        Event::FloorWithdrawn(withdrawn) => format!("{} ist das Wort entzogen.", scene.name(&withdrawn.seat)),
        Event::MemberExpelled(expelled) => {
            let ground = match expelled.ground {
                Misconduct::Gross => "grobe Ungebühr",
                Misconduct::Repeated => "wiederholte Verstöße",
            };
            format!("{} ist aus der Sitzung verwiesen ({ground}).", scene.name(&expelled.seat))
        }
        Event::MemberExcluded(excluded) => {
            let sessions = words::count(excluded.sessions, "Sitzung", "Sitzungen");
            format!("{} ist für {sessions} ausgeschlossen.", scene.name(&excluded.seat))
        }
        Event::MembersBarred(barred) => {
            let names: Vec<String> = barred.seats.iter().map(|seat| scene.name(seat)).collect();
            format!("Durch eine frühere Sitzung von dieser ausgeschlossen: {}.", names.join(", "))
        }
        _ => String::new(),
    }
}

/// The chair's forms.
pub fn forms(forms: &mut Forms<'_, '_>) -> Vec<Entry> {
    let scene = forms.scene;
    if !scene.chairs() || !matches!(scene.meeting.phase, Phase::Sitting { .. }) {
        return Vec::new();
    }
    measures(forms).into_iter().chain(exclusion(forms)).collect()
}

fn measures(forms: &mut Forms<'_, '_>) -> Option<Entry> {
    let scene = forms.scene;
    let may = |seat: &&crate::domain::council::Seat| {
        scene.may(&Command::CallToOrder { seat: seat.id.clone(), reason: None }).is_ok()
    };
    let seats = choices(scene.seats().filter(may));
    if seats.is_empty() {
        return None;
    }
    let norm = scene.rules.order_expulsion.norm();
    let kinds = [
        ("ordnungsruf", "Ordnungsruf"),
        ("wortentzug", "Wort zu diesem Punkt entziehen"),
        ("verweis_grob", "Verweis aus der Sitzung: grobe Ungebühr"),
        ("verweis_wiederholt", "Verweis aus der Sitzung: wiederholte Verstöße"),
    ];
    let kinds = kinds.map(|(value, label)| Choice { value: value.into(), label: label.into() });
    let entry = Entry::new("more-ordnung", scene.to(), "ordnung", forms.id(), "Maßnahme festhalten");
    Some(
        entry
            .list("sitz", "Mitglied", seats)
            .list("art", "Maßnahme", kinds.into())
            .line("begruendung", "Anlass (freiwillig, steht in der Niederschrift)", REASON_CHARS_MAX)
            .note(format!(
                "Wer verwiesen ist, nimmt an dieser Sitzung nicht mehr teil; Zugeschaltete werden getrennt ({norm})."
            )),
    )
}

/// Only where something is on record against somebody.
fn exclusion(forms: &mut Forms<'_, '_>) -> Option<Entry> {
    let scene = forms.scene;
    let order = &scene.meeting.order;
    let noted = |seat: &&crate::domain::council::Seat| {
        (order.measures.contains_key(&seat.id) || order.expelled.contains_key(&seat.id))
            && seat.id != scene.meeting.chair
    };
    let seats: Vec<_> = scene.seats().filter(noted).collect();
    let first = seats.first()?.id.clone();
    let (rule, max) = (&scene.rules.order_exclusion_by, scene.rules.order_exclusion_max_sessions.get());
    let adopted = scene.meeting.results.iter().rev().find(|declared| declared.result.outcome == Outcome::Adopted);
    let ballot = adopted.map(|declared| declared.result.ballot.clone());
    let command = Command::ExcludeMember { seat: first, sessions: 1, ballot: ballot.clone() };
    let entry = Entry::new("more-ausschluss", scene.to(), "ausschliessen", forms.id(), "Ausschluss festhalten")
        .list("sitz", "Ausgeschlossenes Mitglied", choices(seats.into_iter()))
        .number("sitzungen", format!("Für so viele Sitzungen (höchstens {max})"), max);
    let mut entry = match (&ballot, adopted) {
        (Some(ballot), Some(declared)) if *rule.value() == Decider::Council => {
            let wording = scene.wording(&declared.result.item, &declared.wording);
            entry.with("abstimmung", ballot.to_string()).note(format!(
                "Das Gremium hat ihn beschlossen ({}): „{wording}“. Er gilt ab der nächsten Sitzung.",
                rule.norm()
            ))
        }
        _ => entry.note(format!("Er gilt ab der nächsten Sitzung ({}).", rule.norm())),
    };
    entry.blocked = scene.may(&command).err().map(blocked);
    Some(entry)
}

fn choices<'a>(seats: impl Iterator<Item = &'a crate::domain::council::Seat>) -> Vec<Choice> {
    seats.map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() }).collect()
}

/// What whoever had to leave is told at the own place.
pub fn told(scene: Scene<'_>) -> Option<Blocked> {
    let seat = scene.own_seat()?;
    let order = &scene.meeting.order;
    if order.barred.contains(seat) {
        let paragraph = scene.rules.order_exclusion_by.norm().into();
        return Some(Blocked { reason: "Sie sind von dieser Sitzung ausgeschlossen.".into(), paragraph });
    }
    let reason = "Sie sind aus der Sitzung verwiesen: Sie nehmen an ihr nicht mehr teil und stimmen nicht ab.";
    let paragraph = scene.rules.order_expulsion.norm().into();
    order.expelled.contains_key(seat).then(|| Blocked { reason: reason.into(), paragraph })
}
