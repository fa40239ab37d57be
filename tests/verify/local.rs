//! The body's own law under the independent checker: what was planned with, and nothing the statute does not leave to it.

use super::forge::Forged;
use super::sitting::key;
use super::{WHOLE, check, fails, number, passes};
use ratssaal::domain::ledger::Digest;
use serde_json::Value;

const TEN_DAYS: &str = "[[local]]\nkey = \"notice.days\"\nvalue = 10\ninstrument = \"geschaeftsordnung\"\n\
                        reference = \"§ 9 Geschäftsordnung\"\ndecided_on = 2026-03-12\nfrom = 2026-04-01";

/// A bundle that says it was planned with this local law, and pinned the other one, everything sealed and signed anew.
fn bundle(planned: &str, pinned: &str) -> (String, Option<u64>) {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("meeting.planned", 0);
    forged.payload(line, "finding", |plan| plan["local"] = planned.into());
    let line = forged.find("meeting.convened", 0);
    let entry = number(&forged.0[line]);
    forged.payload(line, "finding", |convened| {
        let statute = convened["law"]["text"].as_str().unwrap().trim_end();
        let text = format!("{statute}\n\n{pinned}\n");
        convened["law"]["digest"] = Digest::sha256(text.as_bytes()).to_string().into();
        convened["law"]["text"] = Value::String(text);
        convened["notice"]["needed"] = 10.into();
    });
    (forged.reseal().resign(&key()).text(), entry)
}

#[test]
fn local_law_within_the_statute_is_accepted() {
    passes(&check(&bundle(TEN_DAYS, TEN_DAYS).0));
}

#[test]
fn local_law_that_was_widened_is_named() {
    for (old, new, says) in [
        ("value = 10", "value = 6", "geht weiter, als das Gesetz zulässt"),
        ("notice.days", "quorum.share", "was das Gesetz nicht offen lässt"),
        ("notice.days", "quorum.half", "sagt das Gesetz nichts"),
        ("notice.days", "election.digital", "geht weiter, als das Gesetz zulässt"),
        ("from = 2026-04-01", "from = 2026-01-01", "vor seinem Beschluss"),
        ("\"geschaeftsordnung\"", "\"beschluss\"", "weder in der Hauptsatzung noch in der Geschäftsordnung"),
        ("key = \"notice.days\"\nvalue = 10", "key = \"presence.picture\"\nvalue = false", "nur in der Hauptsatzung"),
    ] {
        let wider = TEN_DAYS.replace(old, new);
        let (bundle, entry) = bundle(&wider, &wider);
        fails(&check(&bundle), entry, says);
    }
}

#[test]
fn local_law_changed_after_the_planning_is_named() {
    let eleven = TEN_DAYS.replace("10", "11");
    for (planned, pinned) in [(TEN_DAYS, eleven.as_str()), (eleven.as_str(), TEN_DAYS), (TEN_DAYS, "")] {
        let (bundle, entry) = bundle(planned, pinned);
        fails(&check(&bundle), entry, "nicht das Ortsrecht, mit dem die Sitzung geplant ist");
    }
}
