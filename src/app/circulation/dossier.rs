//! A circulation read from its ledger, and the papers made of it.

use crate::app::record::Unreadable;
use crate::domain::circulation::{Circulation, Event, Opened, apply, begin, wire};
use crate::domain::id::MeetingId;
use crate::domain::law::Rules;
use crate::domain::ledger::{Head, Sealed};
use crate::domain::time::Instant;
use std::sync::Arc;

/// A circulation with everything that happened in it.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub circulation: Circulation,
    /// The rules pinned when it was sent round.
    pub rules: Arc<Rules>,
    pub head: Head,
    pub entries: Vec<Entry>,
}

/// One entry, read.
#[derive(Debug, Clone)]
pub struct Entry {
    pub number: u64,
    pub at: Instant,
    /// `chair:<seat>`, `clerk`, `seat:<seat>`, `system`.
    pub actor: String,
    pub event: Event,
}

impl Dossier {
    /// Reads a ledger; `rules_of` gives the rules of an opening.
    ///
    /// # Errors
    /// The first entry that is none of a circulation, or that its rules are unreadable.
    pub(super) fn read(
        id: &MeetingId,
        ledger: &[Sealed],
        rules_of: impl FnOnce(&Opened) -> Result<Arc<Rules>, String>,
    ) -> Result<Self, Unreadable> {
        let entries = ledger.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        let wrong = |why: String| Unreadable { number: 1, why };
        let (first, rest) = entries.split_first().ok_or_else(|| wrong("leer".into()))?;
        let begun = begin(id.clone(), &first.event).ok_or_else(|| wrong("kein Umlaufverfahren".into()))?;
        let circulation = rest.iter().fold(begun, |circulation, entry| apply(circulation, &entry.event));
        let rules = rules_of(&circulation.opened).map_err(wrong)?;
        let head = ledger.last().map_or_else(
            || Head::start(id.clone()),
            |last| Head { meeting: id.clone(), number: last.envelope.number, digest: last.digest },
        );
        Ok(Self { circulation, rules, head, entries })
    }
}

fn entry(sealed: &Sealed) -> Result<Entry, Unreadable> {
    let envelope = &sealed.envelope;
    let parts = sealed.parts.iter().filter_map(|(class, part)| Some((*class, part.as_ref()?.payload.as_str())));
    let event = wire::from_parts(&envelope.name, envelope.version, parts)
        .map_err(|why| Unreadable { number: envelope.number, why })?;
    Ok(Entry { number: envelope.number, at: envelope.recorded_at, actor: envelope.actor.clone(), event })
}
