//! `Chat` of the members beside the sitting: who may write when. Only where the body's Geschäftsordnung allows it
//! (§ 36 (2) GemO BW: the body orders its own course). What is said is part of the deliberation: the public reads it in
//! the public part, it is never in the ledger, and it is deleted when the meeting is closed.

use crate::app::sitting::Snapshot;
use crate::app::town::Chat;
use crate::domain::meeting::{Actor, Business, Item, Phase};
use crate::domain::refusal::Refusal;

/// The item at which this actor is recused, while it is called.
#[must_use]
pub fn recused_at<'a>(snapshot: &'a Snapshot, actor: &Actor) -> Option<&'a Item> {
    let meeting = &snapshot.meeting;
    let seat = actor.seat.as_ref()?;
    called(snapshot).filter(|item| meeting.is_recused(&item.id, seat))
}

/// Who has a chat at all.
///
/// # Errors
/// Where the Geschäftsordnung allows none.
pub fn allowed(chat: Option<&Chat>) -> Result<&Chat, Refusal> {
    chat.ok_or_else(|| {
        Refusal::misuse("no_chat", "In diesem Gremium gibt es keinen Chat: Die Geschäftsordnung sieht ihn nicht vor.")
    })
}

/// Whether the actor may write now, the chat being open.
///
/// # Errors
/// Why not.
pub fn may_write(snapshot: &Snapshot, actor: &Actor) -> Result<(), Refusal> {
    if actor.seat.is_none() && !actor.clerk {
        let only = "Im Chat schreiben nur die Mitglieder und die Schriftführung.";
        return Err(Refusal::misuse("chat_not_member", only));
    }
    if !actor.strong {
        let factors = "Im Chat schreibt nur, wer sich mit Passwort und Einmalcode angemeldet hat.";
        return Err(Refusal::misuse("chat_weak", factors));
    }
    in_sitting(snapshot)?;
    if let Some(item) = recused_at(snapshot, actor) {
        let sentence = format!(
            "Sie sind zu TOP {} befangen und wirken an der Beratung nicht mit; der Chat gehört zu ihr.",
            item.number
        );
        return Err(Refusal::law("recused", snapshot.rules.recusal_leaves.norm(), sentence));
    }
    if !snapshot.meeting.publicity.doors.is_open() {
        return Err(Refusal::misuse(
            "chat_closed_item",
            "Solange die Öffentlichkeit ausgeschlossen ist, ruht der Chat.",
        ));
    }
    Ok(())
}

/// Whether the actor may open and close the chat now.
///
/// # Errors
/// Why not.
pub fn may_lead(snapshot: &Snapshot, actor: &Actor) -> Result<(), Refusal> {
    if actor.seat.as_ref() != Some(&snapshot.meeting.chair) || !actor.strong {
        return Err(Refusal::misuse("chat_not_chair", "Den Chat öffnet und schließt nur der Vorsitz."));
    }
    in_sitting(snapshot)
}

fn in_sitting(snapshot: &Snapshot) -> Result<(), Refusal> {
    match snapshot.meeting.phase {
        Phase::Sitting { .. } | Phase::Interrupted { .. } => Ok(()),
        Phase::Planned | Phase::Convened(_) | Phase::Closed(_) => {
            Err(Refusal::misuse("chat_no_sitting", "Den Chat gibt es nur, während die Sitzung läuft."))
        }
    }
}

fn called(snapshot: &Snapshot) -> Option<&Item> {
    snapshot.meeting.item(snapshot.meeting.business().and_then(Business::item)?)
}
