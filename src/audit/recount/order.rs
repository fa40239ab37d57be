//! Order in the sitting (§ 36 (3) GemO BW): who had to leave counts no more, and only the body excludes from coming sittings.

use super::super::event::Order;
use super::super::read::Entry;
use super::{Found, Meeting, Phase};
use std::collections::BTreeSet;

/// Measures so far.
#[derive(Default)]
pub struct Kept {
    measures: BTreeSet<String>,
    expelled: BTreeSet<String>,
    /// Seats that are excluded from coming sittings, and the ballots that decided it.
    excluded: BTreeSet<String>,
    ballots: BTreeSet<String>,
}

impl Meeting {
    pub(super) fn order(&mut self, entry: &Entry, event: Order) -> Found {
        if let Order::Barred(seats) = event {
            if entry.envelope.actor != "system" {
                return Err("Wen eine frühere Sitzung ausgeschlossen hat, trägt nur das Programm ein.".into());
            }
            return self.bar(seats);
        }
        self.expect(Phase::Sitting)?;
        let seat = match &event {
            Order::Barred(_) => return Ok(()),
            Order::Measure(seat) => seat,
            Order::Expelled(expelled) => &expelled.seat,
            Order::Excluded(excluded) => &excluded.seat,
        };
        self.attendance.known(seat)?;
        if self.leads(seat) {
            return Err("Wer die Sitzung leitet, wurde hier selbst zur Ordnung gerufen.".into());
        }
        match event {
            Order::Barred(_) => {}
            Order::Measure(seat) => {
                self.kept.measures.insert(seat);
            }
            Order::Expelled(expelled) => {
                // What happened behind closed doors may be missing from this bundle.
                let seen = self.counted.withheld_entries == 0;
                if seen && expelled.ground == "repeated" && !self.kept.measures.contains(&expelled.seat) {
                    return Err("Wiederholte Verstöße sind hier nicht festgehalten.".into());
                }
                if self.is_voting() || !self.kept.expelled.insert(expelled.seat.clone()) {
                    return Err("So konnte niemand aus der Sitzung verwiesen werden.".into());
                }
                self.attendance.send_out(expelled.seat);
            }
            Order::Excluded(excluded) => {
                let law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
                if excluded.sessions == 0 || law.exclusion.is_some_and(|(max, _)| excluded.sessions > max) {
                    return Err("Für so viele Sitzungen wird niemand ausgeschlossen.".into());
                }
                let seen = self.counted.withheld_entries == 0;
                let noted = self.kept.measures.contains(&excluded.seat) || self.kept.expelled.contains(&excluded.seat);
                if (seen && !noted) || !self.kept.excluded.insert(excluded.seat) {
                    return Err("Für diesen Ausschluss ist kein wiederholter Verstoß festgehalten.".into());
                }
                if law.exclusion.is_some_and(|(_, by_body)| by_body) {
                    let adopted = |ballot: &String| {
                        self.outcomes.get(ballot).is_some_and(|(_, outcome)| outcome == "adopted") || !seen
                    };
                    match excluded.ballot.filter(adopted) {
                        Some(ballot) if self.kept.ballots.insert(ballot.clone()) => {}
                        _ => return Err("Den Ausschluss hat das Gremium nicht beschlossen.".into()),
                    }
                }
            }
        }
        Ok(())
    }

    /// Whom an earlier sitting keeps away, before this one is opened.
    fn bar(&mut self, seats: Vec<String>) -> Found {
        self.expect(Phase::Convened)?;
        for seat in seats {
            self.attendance.known(&seat)?;
            if self.leads(&seat) {
                return Err("Wer die Sitzung leitet, wurde hier von ihr ausgeschlossen.".into());
            }
            self.attendance.send_out(seat);
        }
        Ok(())
    }
}
