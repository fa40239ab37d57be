//! What an append must be before the database sees it. The store trusts nobody: what is written here stays for ever.

use super::fault::refused;
use crate::app::ports::ledger::{Append, ENTRIES_PER_COMMAND_MAX, LedgerError};
use crate::domain::ledger::{Digest, Salt, Sealed};

/// Longest payload of one part, in bytes of canonical JSON.
pub(super) const PAYLOAD_BYTES_MAX: usize = 1 << 20;
/// Longest notice, in bytes.
pub(super) const NOTICE_BYTES_MAX: usize = 1 << 18;
/// Notices one command may leave.
pub(super) const NOTICES_MAX: usize = 512;

/// Checks everything that can be checked without the database.
pub(super) fn append(append: &Append) -> Result<(), LedgerError> {
    let count = append.entries.len();
    if !(1..=ENTRIES_PER_COMMAND_MAX).contains(&count) {
        return Err(refused(format!("{count} Einträge in einem Befehl")));
    }
    if append.expected.meeting != append.owner.meeting {
        return Err(refused("der erwartete Stand gehört zu einer anderen Sitzung"));
    }
    let mut previous = (append.expected.number, append.expected.digest);
    for sealed in &append.entries {
        entry(append, previous, sealed).map_err(|why| refused(format!("Nr. {}: {why}", sealed.envelope.number)))?;
        previous = (sealed.envelope.number, sealed.digest);
    }
    heads(append).and_then(|()| redactions(append)).and_then(|()| notices(append)).map_err(refused)
}

fn entry(append: &Append, previous: (u64, Digest), sealed: &Sealed) -> Result<(), String> {
    let envelope = &sealed.envelope;
    must(envelope.meeting == append.owner.meeting, "andere Sitzung")?;
    must(envelope.command == append.command, "anderer Befehl")?;
    must(envelope.epoch == append.owner.epoch, "andere Epoche")?;
    must(Some(envelope.number) == previous.0.checked_add(1), "Nummer schließt nicht an")?;
    must(envelope.previous == previous.1, "Vorgänger stimmt nicht")?;
    must(envelope.digest().is_ok_and(|digest| digest == sealed.digest), "Prüfsumme stimmt nicht")?;
    must(envelope.parts.keys().eq(sealed.parts.keys()), "Teile fehlen oder sind zu viel")?;
    for ((class, part), digest) in sealed.parts.iter().zip(envelope.parts.values()) {
        let name = class.wire_name();
        let part = part.as_ref().ok_or_else(|| format!("Teil {name} fehlt"))?;
        must(salted(&part.salt), "Salz hat nicht 32 Ziffern")?;
        must(part.payload.len() <= PAYLOAD_BYTES_MAX, "Teil ist zu lang")?;
        must(part.digest(*class) == *digest, "Prüfsumme eines Teils stimmt nicht")?;
    }
    Ok(())
}

fn heads(append: &Append) -> Result<(), String> {
    for signed in &append.heads {
        let known = append.entries.iter().any(|sealed| {
            signed.head.meeting == sealed.envelope.meeting
                && signed.head.number == sealed.envelope.number
                && signed.head.digest == sealed.digest
        });
        must(known, "unterschriebener Stand ist keiner dieser Einträge")?;
        must(signature(&signed.signature), "Unterschrift hat nicht 128 Ziffern")?;
    }
    Ok(())
}

fn redactions(append: &Append) -> Result<(), String> {
    for (number, class) in &append.redact {
        must(class.deletable(), "Feststellungen werden nicht gelöscht")?;
        must(*number <= append.expected.number, "gelöscht wird nur, was schon aufgezeichnet ist")?;
    }
    Ok(())
}

fn notices(append: &Append) -> Result<(), String> {
    must(append.outbox.len() <= NOTICES_MAX, "zu viele Nachrichten")?;
    for notice in &append.outbox {
        must(notice.content.len() <= NOTICE_BYTES_MAX, "Nachricht ist zu lang")?;
        must(serde_json::from_str::<serde_json::Value>(&notice.content).is_ok(), "Nachricht ist kein JSON")?;
    }
    Ok(())
}

/// 32 lower-case hexadecimal digits.
pub(super) fn salted(salt: &Salt) -> bool {
    hexadecimal(salt.as_str(), 32)
}

/// 128 lower-case hexadecimal digits.
pub(super) fn signature(text: &str) -> bool {
    hexadecimal(text, 128)
}

fn hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn must(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}
