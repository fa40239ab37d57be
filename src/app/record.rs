//! Between the ledger's entries and the meeting's events.

use crate::app::ports::chance::Entropy;
use crate::app::town::Town;
use crate::domain::id::{BodyId, CommandId, MeetingId};
use crate::domain::law::{RulePack, Rules, packs};
use crate::domain::ledger::{Class, Envelope, Head, Salt, Sealed, seal};
use crate::domain::meeting::event::PinnedLaw;
use crate::domain::meeting::{Event, Meeting, Recorded, apply, begin, wire};
use crate::domain::text::Passage;
use crate::domain::time::{Date, Instant};
use std::collections::BTreeMap;

/// The ledger holds something that is not a meeting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Eintrag {number}: {why}")]
pub struct Unreadable {
    pub number: u64,
    pub why: String,
}

/// The event of an entry, from the parts that still exist.
///
/// # Errors
/// If the entry is not a known event.
pub fn read(sealed: &Sealed) -> Result<Recorded, Unreadable> {
    let envelope = &sealed.envelope;
    let parts = sealed.parts.iter().filter_map(|(class, part)| Some((*class, part.as_ref()?.payload.as_str())));
    let event = wire::from_parts(&envelope.name, envelope.version, parts)
        .map_err(|error| Unreadable { number: envelope.number, why: error.to_string() })?;
    Ok(Recorded {
        number: envelope.number,
        occurred_at: envelope.occurred_at,
        recorded_at: envelope.recorded_at,
        classes: sealed.parts.iter().filter(|(_, part)| part.is_some()).map(|(class, _)| *class).collect(),
        event,
    })
}

/// All events of a ledger, and the meeting they make.
///
/// # Errors
/// If an entry is unreadable or the ledger does not begin with a planned meeting.
pub fn replay(id: &MeetingId, ledger: &[Sealed]) -> Result<(Meeting, Vec<Recorded>), Unreadable> {
    let events = ledger.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let wrong = || Unreadable { number: 1, why: "keine geplante Sitzung".into() };
    let (first, rest) = events.split_first().ok_or_else(wrong)?;
    let begun = begin(id.clone(), first).ok_or_else(wrong)?;
    let meeting = rest.iter().fold(begun, apply);
    Ok((meeting, events))
}

/// The rules of a meeting, and nobody finds them otherwise: the pinned ones from the convening on, before that the bundled
/// pack of the day with the body's own Hauptsatzung and Geschäftsordnung behind it.
///
/// # Errors
/// In words people read, if there is no pack for the Land or none for the day, or if local law goes beyond the law.
pub fn rules_of(meeting: &Meeting) -> Result<Rules, String> {
    match meeting.convened() {
        Some(convened) => rules_pinned(&meeting.land, &convened.convening.law, meeting.day),
        None => on(&pack_of(&meeting.land, meeting.local.as_ref())?, meeting.day),
    }
}

/// The rules of a day from the pinned law; what that did not know yet comes from the bundled pack.
///
/// # Errors
/// As [`rules_of`].
pub(super) fn rules_pinned(land: &str, law: &PinnedLaw, day: Date) -> Result<Rules, String> {
    on(&RulePack::parse_pinned(&law.text, bundled(land)?).map_err(|why| why.to_string())?, day)
}

fn on(pack: &RulePack, day: Date) -> Result<Rules, String> {
    pack.on(day).map_err(|error| error.to_string())
}

fn bundled(land: &str) -> Result<&'static RulePack, String> {
    packs::pack(land).map_err(|why| why.to_string())
}

/// The rules of a body on a day, where no meeting is asked: the pack of the Land with the body's own law behind it.
///
/// # Errors
/// As [`rules_of`].
pub fn rules_on(town: &Town, body: &BodyId, day: Date) -> Result<Rules, String> {
    let local = town.local_law_of(body).map_err(|why| why.to_string())?;
    on(&pack_of(town.land().as_str(), local.as_ref())?, day)
}

/// The pack of a Land with a body's own law behind it.
fn pack_of(land: &str, local: Option<&Passage>) -> Result<RulePack, String> {
    bundled(land)?.with_local(local.map_or("", Passage::as_str)).map_err(|why| format!("Ortsrecht des Gremiums: {why}"))
}

/// The law as it is pinned when a meeting is convened: the pack and the body's own law, one text with one digest.
///
/// # Errors
/// As [`rules_of`].
pub fn law_of(meeting: &Meeting) -> Result<PinnedLaw, String> {
    law_with(&meeting.land, meeting.local.as_ref())
}

/// The pack of a Land with this local law behind it.
///
/// # Errors
/// As [`rules_of`].
pub fn law_with(land: &str, local: Option<&Passage>) -> Result<PinnedLaw, String> {
    let pack = pack_of(land, local)?;
    Ok(PinnedLaw { land: pack.land().to_owned(), digest: pack.digest().parse()?, text: pack.text().to_owned() })
}

/// The pack of a Land alone, for a body without law of its own.
///
/// # Errors
/// As [`rules_of`].
pub fn law_to_pin(land: &str) -> Result<PinnedLaw, String> {
    law_with(land, None)
}

/// What every entry of one command has in common.
#[derive(Debug, Clone)]
pub struct Stamp<'a> {
    pub command: &'a CommandId,
    pub actor: &'a str,
    pub epoch: u64,
    pub recorded_at: Instant,
}

/// Seals an event behind `head`; `behind_doors` as [`is_behind_doors`] says of the meeting before it.
///
/// [`is_behind_doors`]: crate::domain::meeting::doors::is_behind_doors
///
/// # Errors
/// If the event cannot be written canonically, which none of ours brings about.
pub fn write(
    head: &Head,
    stamp: &Stamp<'_>,
    event: &Event,
    behind_doors: bool,
    entropy: &dyn Entropy,
) -> Result<Sealed, Unreadable> {
    let wrong = |why: String| Unreadable { number: head.number + 1, why };
    let parts = wire::parts(event, behind_doors).map_err(|error| wrong(error.to_string()))?;
    let kind = (event.wire_name(), wire::VERSION, occurred_at(event, stamp.recorded_at));
    sealed(head, stamp, kind, parts, entropy)
}

/// Seals parts behind `head` as an entry of this frozen name, version and time of occurrence.
pub(super) fn sealed(
    head: &Head,
    stamp: &Stamp<'_>,
    (name, version, occurred_at): (&str, u16, Instant),
    parts: BTreeMap<Class, serde_json::Value>,
    entropy: &dyn Entropy,
) -> Result<Sealed, Unreadable> {
    let number = head.number + 1;
    let envelope = Envelope {
        meeting: head.meeting.clone(),
        number,
        previous: head.digest,
        command: stamp.command.clone(),
        actor: stamp.actor.to_owned(),
        epoch: stamp.epoch,
        occurred_at,
        recorded_at: stamp.recorded_at,
        name: name.to_owned(),
        version,
        parts: BTreeMap::new(),
    };
    let salted = parts.into_iter().map(|(class, value)| (class, (Salt::from_bytes(entropy.bytes()), value))).collect();
    seal(envelope, salted).map_err(|error| Unreadable { number, why: error.to_string() })
}

/// What is found afterwards is entered afterwards (`nachgetragen`): it occurred when it occurred.
fn occurred_at(event: &Event, now: Instant) -> Instant {
    match event {
        Event::PresenceFound(found) => found.since.min(now),
        Event::Interrupted(interrupted) => interrupted.since.min(now),
        _ => now,
    }
}
