//! The independent checker (`Prüfung des Beweisbündels`): own reader, own hashing, own recount.
//!
//! It shares no code with the rest of the program, so that a mistake there does not hide itself here: only the wire
//! format of bundle and events is common to both. It reads bytes and answers with a [`Report`] a clerk can read; no
//! input makes it panic.
//!
//! What it proves: nothing in the bundle was changed, added or left out since the heads were signed, and every quorum
//! and tally follows from the recorded attendance, recusals and choices under the law pinned at the convening. What no
//! bundle can prove by itself is that it is the real one: that needs a head, a receipt or the public key from outside.

mod anchors;
mod attendance;
mod ballot;
mod chain;
mod circulation;
mod command;
mod election;
mod event;
mod hash;
mod heads;
mod law;
mod local;
mod read;
mod recount;
mod report;
mod second;
mod voice;

pub use anchors::{Outside, Receipt};
pub use command::{Paths, examine, run};
pub use read::{BYTES_MAX, LINES_MAX, NamedFile};
pub use report::{Check, Failure, Outcome, Report};

/// Checks a bundle against itself and against what is known from `outside`.
#[must_use]
pub fn verify(bundle: &[u8], outside: &Outside) -> Report {
    let mut report = Report::default();
    let bundle = match read::read(bundle) {
        Ok(bundle) => bundle,
        Err(failure) => {
            report.failed("Form", failure);
            for name in ["Kette", "Inhalte", "Unterschriften", "Nachzählung"] {
                report.skipped(name);
            }
            return report;
        }
    };
    report.bundle(&bundle);
    report.check("Form", read::check_end(&bundle));
    report.check("Kette", chain::check(&bundle));
    let parts = chain::check_parts(&bundle).map(|parts| report.parts(&parts));
    report.check("Inhalte", parts);
    report.check("Unterschriften", heads::check(&bundle));
    let counted = if circulation::is_one(&bundle) { circulation::recount(&bundle) } else { recount::recount(&bundle) };
    let recount = counted.map(|counted| report.counted(counted));
    report.check("Nachzählung", recount);
    anchors::check(&bundle, outside, &mut report);
    report
}
