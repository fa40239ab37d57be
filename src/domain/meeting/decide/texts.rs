//! The clerk's texts on the items (`Niederschrift`, § 38 (1) GemO BW).

use super::super::command::Context;
use super::super::event::{Event, ItemTextWritten};
use super::super::state::{Meeting, Phase};
use crate::domain::id::ItemId;
use crate::domain::refusal::Refusal;
use crate::domain::text::Passage;

/// Texts that may be written on one item, corrections included.
const TIMES_MAX: u32 = 200;

/// A text on an item, from the opening on and also after the closing. `replaces` is the entry the writer has seen: who was
/// overtaken hears it and overwrites nobody unknowingly.
pub fn write(
    meeting: &Meeting,
    context: &Context,
    item: &ItemId,
    text: Option<&Passage>,
    replaces: u64,
) -> Result<Vec<Event>, Refusal> {
    if !context.actor.clerk {
        return Err(Refusal::misuse("clerk_only", "Das kann nur die Schriftführung."));
    }
    match meeting.phase {
        Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => {}
        Phase::Planned | Phase::Convened(_) => {
            return Err(Refusal::misuse("not_open", "Die Sitzung ist noch nicht eröffnet."));
        }
    }
    if meeting.item(item).is_none() {
        return Err(Refusal::misuse("no_item", "Diesen Tagesordnungspunkt gibt es nicht."));
    }
    let before = meeting.texts.get(item);
    if before.map_or(0, |before| before.number) != replaces {
        return Err(Refusal::conflict(
            "text_moved",
            "Zu diesem Punkt wurde inzwischen ein anderer Text eingetragen. Ihr Text ist nicht verloren.",
        ));
    }
    if before.and_then(|before| before.text.as_ref()) == text {
        return Err(Refusal::conflict("nothing", "Der Text steht schon so in der Niederschrift."));
    }
    if before.is_some_and(|before| before.times >= TIMES_MAX) {
        return Err(Refusal::misuse("texts_count", "Zu diesem Punkt wurde schon zu oft ein Text eingetragen."));
    }
    Ok(vec![Event::ItemTextWritten(ItemTextWritten { item: item.clone(), text: text.cloned() })])
}
