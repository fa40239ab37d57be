//! The chain of entries, and whether the parts beside them are the ones that were sealed.

use super::event::{self, DataDeleted};
use super::hash::{canonical, purposed};
use super::read::{Bundle, Class, Entry};
use super::report::{Failure, shown};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const NONE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Numbers 1 to n, every entry sealed to the one before, all of this meeting, no command torn apart.
///
/// # Errors
/// The first entry that does not fit.
pub fn check(bundle: &Bundle) -> Result<String, Failure> {
    let (mut previous, mut epoch, mut command) = (NONE, 0, "");
    let mut commands = BTreeSet::new();
    for (entry, number) in bundle.entries.iter().zip(1u64..) {
        let envelope = &entry.envelope;
        if envelope.number != number {
            return Err(
                entry.failure(format!("Hier müsste Eintrag {number} stehen: Einträge fehlen oder sind vertauscht."))
            );
        }
        if envelope.meeting != bundle.header.meeting {
            return Err(entry.failure("Dieser Eintrag gehört zu einer anderen Sitzung."));
        }
        if envelope.previous != previous {
            return Err(entry.failure("Dieser Eintrag schließt nicht an den vorigen an."));
        }
        if entry.digest != entry.computed {
            return Err(entry.failure("Der Inhalt dieses Eintrags passt nicht zu seiner Prüfsumme."));
        }
        if envelope.epoch < epoch {
            return Err(entry.failure("Diesen Eintrag schrieb jemand, der die Sitzung nicht mehr führte."));
        }
        if envelope.command != command && !commands.insert(envelope.command.as_str()) {
            return Err(entry.failure("Die Kennung des Vorgangs kommt schon früher vor."));
        }
        (previous, epoch, command) = (&entry.digest, envelope.epoch, &envelope.command);
    }
    match bundle.entries.last() {
        Some(last) => Ok(format!("{} Einträge, lückenlos verkettet", last.envelope.number)),
        None => Err(Failure::whole("Das Bündel enthält keinen Eintrag.")),
    }
}

/// What is no longer, or not, in the bundle.
#[derive(Default)]
pub struct Parts {
    /// Parts that are there and fit.
    pub present: usize,
    pub deleted: Vec<Deleted>,
    /// Entries whose non-public part is not in this bundle.
    pub withheld: Vec<u64>,
    /// Parts an entry says are deleted, and which are there all the same.
    pub undeleted: Vec<u64>,
}

/// A deleted part.
pub struct Deleted {
    pub number: u64,
    pub class: Class,
    /// The entry of the deletion and its time.
    pub by: u64,
    pub at: i64,
}

/// Every part against the digest in its entry; a part that is not there must have been deleted by an entry, or be
/// non-public.
///
/// # Errors
/// The first entry whose parts do not fit.
pub fn check_parts(bundle: &Bundle) -> Result<Parts, Failure> {
    let deletions = deletions(bundle)?;
    let mut parts = Parts::default();
    for entry in &bundle.entries {
        let number = entry.envelope.number;
        if !entry.parts.keys().eq(entry.envelope.parts.keys()) {
            return Err(entry.failure("Die Teile dieses Eintrags sind nicht die versiegelten."));
        }
        for (class, part) in &entry.parts {
            let sealed = entry.envelope.parts.get(class);
            let deletion = deletions.get(&(*class, number));
            match (part, deletion) {
                (Some(part), deleted) => {
                    let head = format!("{}\n{}\n", class.wire_name(), part.salt);
                    let digest = purposed("ratssaal part v1", &[&head, &part.payload]);
                    if Some(&digest) != sealed {
                        let what = format!("Der Inhalt (Klasse {}) passt nicht zu seiner Prüfsumme.", class.german());
                        return Err(entry.failure(what));
                    }
                    spelled(entry, &part.payload)?;
                    parts.present += 1;
                    parts.undeleted.extend(deleted.map(|_| number));
                }
                (None, Some((by, at))) => parts.deleted.push(Deleted { number, class: *class, by: *by, at: *at }),
                (None, None) if *class == Class::NonPublic || entry.is_withheld() => {
                    if parts.withheld.last() != Some(&number) {
                        parts.withheld.push(number);
                    }
                }
                (None, None) => {
                    let what = format!("Ein Teil fehlt (Klasse {}), ohne dass ein Eintrag ihn löscht.", class.german());
                    return Err(entry.failure(what));
                }
            }
        }
        let found = entry.parts.get(&Class::Finding).is_some_and(Option::is_some);
        if found == entry.parts.contains_key(&Class::ClosedFinding) {
            return Err(entry.failure("Die Feststellung fehlt; sie darf nie gelöscht werden."));
        }
    }
    Ok(parts)
}

fn spelled(entry: &Entry, payload: &str) -> Result<(), Failure> {
    let value: Option<Value> = serde_json::from_str(payload).ok().filter(Value::is_object);
    match value.as_ref().and_then(canonical) {
        Some(text) if text == payload => Ok(()),
        _ => Err(entry.failure("Der Inhalt steht nicht in der festgelegten Schreibweise.")),
    }
}

/// By class and entry: which entry deleted it, and when.
type Deletions = BTreeMap<(Class, u64), (u64, i64)>;

fn deletions(bundle: &Bundle) -> Result<Deletions, Failure> {
    let mut deletions = BTreeMap::new();
    for entry in bundle.entries.iter().filter(|entry| entry.envelope.name == "data.deleted") {
        let deleted: DataDeleted = event::finding(entry).map_err(|why| entry.failure(shown(&why)))?;
        let by = entry.envelope.number;
        for number in deleted.entries {
            if matches!(deleted.class, Class::Finding | Class::ClosedFinding) || number >= by {
                return Err(entry.failure("Diese Löschung ist unzulässig: Feststellungen und Späteres bleiben."));
            }
            deletions.entry((deleted.class, number)).or_insert((by, entry.envelope.recorded_at));
        }
    }
    Ok(deletions)
}
