//! Ballots once more: who might choose, what was counted, what was declared.

use super::super::ballot::{Ballot, Tally};
use super::super::event::{About, Event};
use super::super::report::shown;
use super::{Business, Found, Meeting, Phase};

impl Meeting {
    pub(super) fn vote(&mut self, event: Event, at: i64) -> Found {
        // While the sitting stands still, or a fault of several members is not yet placed, choices and ballots can only be
        // taken away, never given.
        match event {
            Event::ChoiceStruck(_) | Event::BallotVoided(_) => self.not_over()?,
            _ => self.may_vote()?,
        }
        match event {
            Event::BallotOpened(opened) => {
                if !matches!(&self.business, Business::Item(item) if *item == opened.item) {
                    return Err("Der Punkt, über den abgestimmt wird, ist nicht aufgerufen.".into());
                }
                self.compare_met(&opened.quorum, Some(&opened.item))?;
                self.business = Business::Ballot(Ballot::open(opened.ballot, opened.item, opened.method, opened.about));
                Ok(())
            }
            Event::ChoiceCast(cast, choice) => {
                let item = self.ballot(&cast.ballot)?.item.clone();
                if !self.attendance.is_entitled(&cast.seat, Some(&item)) {
                    return Err(format!("Sitz {} war hier nicht anwesend oder nicht stimmberechtigt.", cast.seat));
                }
                let in_room = self.attendance.is_in_room(&cast.seat);
                self.ballot(&cast.ballot)?.cast(cast.seat, choice, at, in_room)
            }
            Event::ChoiceStruck(struck) => self.ballot(&struck.ballot)?.strike(&struck.seat, struck.absent_since),
            Event::HandsCounted(counted) => {
                let item = self.ballot(&counted.ballot)?.item.clone();
                let hall = self.attendance.entitled_in_hall(&item);
                self.ballot(&counted.ballot)?.count_hands(counted.hands, &hall)
            }
            Event::BallotClosed(closed) => {
                let item = self.ballot(&closed.ballot)?.item.clone();
                let hall = self.attendance.entitled_in_hall(&item);
                self.ballot(&closed.ballot)?.close(&hall)?;
                self.compare(&closed.quorum, Some(&item))?;
                if let Business::Ballot(ballot) = std::mem::replace(&mut self.business, Business::Between) {
                    self.business = Business::Counting(ballot, closed.quorum);
                }
                Ok(())
            }
            Event::ResultDeclared(declared) => {
                let Business::Counting(ballot, quorum) = &self.business else {
                    return Err("Hier ist kein Ergebnis offen.".into());
                };
                let law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
                let Tally { line, taken_from_result } = ballot.recount(&declared, quorum, law)?;
                self.outcomes.insert(declared.ballot.clone(), (declared.item.clone(), declared.outcome.clone()));
                let item = self.planned.agenda.iter().find(|item| item.id == declared.item);
                let number = item.map_or("", |item| item.number.as_str());
                self.counted.results.push(shown(&format!("TOP {number}, Abstimmung {line}")));
                self.counted.taken_from_result += taken_from_result;
                let none = declared.outcome == "no_decision";
                if ballot.about == About::Main {
                    if none { &mut self.undecided } else { &mut self.decided }.insert(declared.item.clone());
                }
                self.business = Business::Item(declared.item);
                Ok(())
            }
            Event::BallotVoided(voided) => {
                let item = match &self.business {
                    Business::Ballot(ballot) | Business::Counting(ballot, _) if ballot.id == voided.ballot => {
                        ballot.item.clone()
                    }
                    _ => return Err("Diese Abstimmung ist hier nicht offen.".into()),
                };
                self.business = Business::Item(item);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The sitting goes on, and no fault of several members waits to be placed.
    pub(super) fn may_vote(&self) -> Found {
        if self.fault_open {
            return Err("Solange die Störung nicht geklärt war, durfte nicht abgestimmt werden.".into());
        }
        self.expect(Phase::Sitting)
    }
}
