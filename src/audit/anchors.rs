//! What is known from elsewhere: a head, receipts, the public key. Only this tells the real record from a rewritten one.

use super::hash::unhex;
use super::heads;
use super::read::Bundle;
use super::report::{Failure, Report, shown};
use p256::ecdsa::VerifyingKey;
use p256::pkcs8::DecodePublicKey as _;
use serde::Deserialize;

/// What somebody brought along from another source than the bundle.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// Digest of an entry, as shown on the screens and printed in the minutes: 64 hexadecimal digits, spaces allowed.
    pub head: Option<String>,
    /// Receipts of commands.
    pub receipts: Vec<Receipt>,
    /// The instance's public key: SEC1 compressed in hexadecimal digits, or PEM (`SubjectPublicKeyInfo`).
    pub key: Option<String>,
}

/// What the sender of a command was given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    pub meeting: String,
    pub command: String,
    /// Number of the command's first entry.
    pub first: u64,
    /// Number of its last entry, whose digest `head` is.
    pub last: u64,
    pub head: String,
    /// Milliseconds since 1970; not part of what is compared.
    pub recorded_at: i64,
}

/// Compares the bundle with what is known from outside, and notes how far that reaches.
pub fn check(bundle: &Bundle, outside: &Outside, report: &mut Report) {
    if let Some(head) = &outside.head {
        report.anchor("Stand von außen", check_head(bundle, head));
    }
    for receipt in &outside.receipts {
        report.anchor("Quittung", check_receipt(bundle, receipt));
    }
    if let Some(key) = &outside.key {
        report.anchor("Schlüssel von außen", check_key(bundle, key));
    }
}

/// The number up to which the bundle is bound, and what to say.
type Bound = Result<(u64, String), Failure>;

fn check_head(bundle: &Bundle, head: &str) -> Bound {
    let digest: String = head.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    if unhex::<32>(&digest).is_none() {
        return Err(Failure::whole("Der angegebene Stand ist keine Prüfsumme aus 64 Ziffern (0–9, a–f)."));
    }
    match bundle.entries.iter().find(|entry| entry.computed == digest) {
        Some(entry) => {
            let number = entry.envelope.number;
            Ok((number, format!("ist Eintrag {number} dieses Protokolls")))
        }
        None => {
            Err(Failure::whole("Der angegebene Stand kommt nicht vor: Dies ist nicht das Protokoll, zu dem er gehört."))
        }
    }
}

fn check_receipt(bundle: &Bundle, receipt: &Receipt) -> Bound {
    let command = shown(&receipt.command);
    if receipt.meeting != bundle.header.meeting {
        return Err(Failure::whole(format!("Die Quittung {command} gehört zu einer anderen Sitzung.")));
    }
    let of_command: Vec<_> = bundle.entries.iter().filter(|entry| entry.envelope.command == receipt.command).collect();
    let (Some(first), Some(last)) = (of_command.first(), of_command.last()) else {
        return Err(Failure::whole(format!("Der Vorgang der Quittung {command} kommt nicht vor.")));
    };
    if (first.envelope.number, last.envelope.number) != (receipt.first, receipt.last) || last.computed != receipt.head {
        return Err(last.failure(format!("Der Vorgang {command} steht anders im Protokoll, als quittiert wurde.")));
    }
    Ok((receipt.last, format!("{command} steht wie quittiert in Eintrag {} bis {}", receipt.first, receipt.last)))
}

fn check_key(bundle: &Bundle, given: &str) -> Bound {
    let given = given.trim();
    let wanted = if given.contains("-----BEGIN") {
        VerifyingKey::from_public_key_pem(given).ok()
    } else {
        heads::key(&given.to_ascii_lowercase())
    };
    let Some(wanted) = wanted else {
        return Err(Failure::whole("Der angegebene Schlüssel ist kein öffentlicher P-256-Schlüssel."));
    };
    if heads::key(&bundle.header.key) != Some(wanted) {
        return Err(Failure::at_line(
            1,
            "Das Bündel ist mit einem anderen Schlüssel unterschrieben als dem angegebenen.",
        ));
    }
    let signed = bundle.heads.last().map_or(0, |signed| signed.head.number);
    Ok((signed, format!("ist der des Bündels; unterschrieben bis Eintrag {signed}")))
}
