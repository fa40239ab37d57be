//! The signed heads: by whom, of what, and whether they stand where they must.

use super::hash::unhex;
use super::read::{Bundle, SignedHead};
use super::report::Failure;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use std::collections::BTreeMap;

/// After these a head must be signed.
const SIGNED: [&str; 3] = ["meeting.opened", "result.declared", "meeting.closed"];

/// The public key of 66 hexadecimal digits (SEC1 compressed).
pub fn key(text: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_sec1_bytes(&unhex::<33>(text)?).ok()
}

/// Every head signs the entry before it with the key of the header, and none is missing at opening, declarations and
/// closing.
///
/// # Errors
/// The first head that does not, or the first entry without its head.
pub fn check(bundle: &Bundle) -> Result<String, Failure> {
    let key = key(&bundle.header.key)
        .ok_or_else(|| Failure::at_line(1, "Der öffentliche Schlüssel im Kopf ist kein P-256-Schlüssel."))?;
    let mut heads: BTreeMap<u64, &SignedHead> = BTreeMap::new();
    for signed in &bundle.heads {
        heads.insert(signed.head.number, signed);
    }
    let mut found = 0;
    for entry in &bundle.entries {
        let Some(signed) = heads.remove(&entry.envelope.number).filter(|signed| signed.line == entry.line + 1) else {
            if SIGNED.contains(&entry.envelope.name.as_str()) {
                return Err(entry.failure("Nach diesem Eintrag fehlt der unterschriebene Stand."));
            }
            continue;
        };
        let wrong = |what: &str| Failure { line: Some(signed.line), ..entry.failure(what) };
        if signed.head.digest != entry.digest || signed.head.meeting != entry.envelope.meeting {
            return Err(wrong("Der unterschriebene Stand gehört nicht zu diesem Eintrag."));
        }
        if !is_signed(&key, signed) {
            return Err(wrong("Die Unterschrift unter dem Stand nach diesem Eintrag ist falsch."));
        }
        found += 1;
    }
    match bundle.heads.iter().find(|signed| heads.contains_key(&signed.head.number)) {
        _ if found == bundle.heads.len() => {
            Ok(format!("{found} Stände, alle mit dem Schlüssel aus dem Kopf unterschrieben"))
        }
        Some(stray) => Err(Failure::at_line(stray.line, "Dieser unterschriebene Stand gehört zu keinem Eintrag.")),
        None => Err(Failure::whole("Ein unterschriebener Stand kommt mehrfach vor.")),
    }
}

fn is_signed(key: &VerifyingKey, signed: &SignedHead) -> bool {
    let head = &signed.head;
    let text = format!("ratssaal head v1\n{}\n{}\n{}\n", head.meeting, head.number, head.digest);
    unhex::<64>(&signed.signature)
        .and_then(|bytes| Signature::from_slice(&bytes).ok())
        .is_some_and(|signature| key.verify(text.as_bytes(), &signature).is_ok())
}
