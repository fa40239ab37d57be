//! Ballots once more: who might choose, what was counted, what was declared.

use super::super::ballot::{Ballot, Tally};
use super::super::event::{About, BallotOpened, Complaint, Event, Method, Quorum};
use super::super::read::Entry;
use super::super::report::shown;
use super::{Business, Found, Meeting, NOT_QUORATE, Phase};

/// A result that stands.
pub struct Standing {
    ballot: String,
    item: String,
    /// It decides its item, unless it is none.
    main: bool,
    /// An adopted motion on procedure.
    procedure: bool,
    /// It was on procedure, adopted with the majority that admits an item.
    admits: bool,
    none: bool,
    /// A member has complained since the ballot began.
    complained: bool,
}

impl Standing {
    /// This ballot has admitted an item to the agenda.
    pub fn admits(&self, ballot: &str) -> bool {
        self.admits && self.ballot == ballot
    }
}

impl Meeting {
    #[expect(clippy::too_many_lines, reason = "one arm an event, as they lie in the ledger")]
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
                self.doubt_first(&opened)?;
                self.answered()?;
                self.compare_met(&opened.quorum, Some(&opened.item))?;
                if opened.method == Method::Papers {
                    self.secret(&opened.item)?;
                }
                if let Some(matter) = &opened.majority {
                    self.known_in_time(&opened.item, matter)?;
                }
                let BallotOpened { ballot, item, method, about, majority, motion, .. } = opened;
                let mut ballot = Ballot::open(ballot, item, method, about, majority);
                ballot.motion = motion;
                self.business = Business::Ballot(ballot);
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
                let any_remote = self.attendance.any_remote();
                self.ballot(&closed.ballot)?.close(&hall, any_remote)?;
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
                let motion = ballot.motion.clone();
                let doubt = self.is_doubt(motion.as_deref());
                self.declared.push(Standing {
                    ballot: declared.ballot.clone(),
                    item: declared.item.clone(),
                    main: ballot.about == About::Main,
                    procedure: ballot.about == About::Procedural && declared.outcome == "adopted" && !doubt,
                    admits: ballot.about == About::Procedural
                        && declared.outcome == "adopted"
                        && ballot.majority.as_deref() == Some("urgent_item"),
                    none,
                    complained: ballot.complained,
                });
                self.decide_anew();
                self.doubt_declared(motion.as_deref(), &declared);
                self.business = Business::Item(declared.item);
                Ok(())
            }
            Event::ResultStruck(struck) => {
                if !matches!(&self.business, Business::Item(item) if *item == struck.item) {
                    return Err("Der Punkt, dessen Ergebnis gestrichen wird, ist nicht aufgerufen.".into());
                }
                let place = self.declared.iter().position(|one| one.ballot == struck.ballot && one.item == struck.item);
                let standing =
                    self.declared.remove(place.ok_or("Dieses Ergebnis gibt es nicht oder es galt nicht mehr.")?);
                if struck.ground == "complaint" && !standing.complained {
                    return Err("Ohne Rüge war die Störung unbeachtlich.".into());
                }
                self.doubt_struck(&struck)?;
                self.counted.results.push(shown(&format!("Abstimmung {}: Ergebnis aufgehoben", struck.ballot)));
                self.outcomes.remove(&struck.ballot);
                self.decide_anew();
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

    /// Secretly only where the body has adopted a motion on procedure at this item, and only in the hall.
    fn secret(&self, item: &str) -> Found {
        let law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
        if !law.secret {
            return Err("Eine geheime Abstimmung war unzulässig.".into());
        }
        if !self.declared.iter().any(|one| one.procedure && one.item == item) {
            return Err("Geheim wurde abgestimmt, ohne dass es beschlossen war.".into());
        }
        if self.attendance.any_remote() {
            return Err("Geheim wurde abgestimmt, während jemand zugeschaltet war.".into());
        }
        Ok(())
    }

    /// The sitting goes on, and no fault of several members waits to be placed.
    pub(super) fn may_vote(&self) -> Found {
        if self.fault_open {
            return Err("Solange die Störung nicht geklärt war, durfte nicht abgestimmt werden.".into());
        }
        self.expect(Phase::Sitting)
    }

    /// A quorum that must stand, too.
    pub(super) fn compare_met(&mut self, recorded: &Quorum, item: Option<&str>) -> Found {
        self.compare(recorded, item)?;
        if recorded.met { Ok(()) } else { Err(NOT_QUORATE.into()) }
    }

    pub(super) fn compare(&mut self, recorded: &Quorum, item: Option<&str>) -> Found {
        let law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
        self.attendance.compare(recorded, law, item, false)?;
        self.counted.quorums += 1;
        Ok(())
    }

    /// Which items are decided by the results that stand.
    fn decide_anew(&mut self) {
        let those = |none: bool| {
            let main = self.declared.iter().filter(|one| one.main && one.none == none);
            main.map(|one| one.item.clone()).collect()
        };
        (self.decided, self.undecided) = (those(false), those(true));
    }

    /// A complaint concerns every vote that has begun. It is the member's own word, or chair or clerk took it on a way they
    /// name, and not before it was said.
    pub(super) fn complain(&mut self, entry: &Entry, complaint: &Complaint) -> Found {
        let actor = entry.envelope.actor.as_str();
        match &complaint.heard {
            None if actor.strip_prefix("seat:") != Some(complaint.seat.as_str()) => {
                return Err("Diese Rüge hat ein anderer erhoben.".into());
            }
            Some(_) if actor != "clerk" && !self.chairing.is_led_by(actor) => {
                return Err("Eine Rüge nehmen nur Vorsitz und Schriftführung entgegen.".into());
            }
            Some(heard) if heard.said_at > entry.envelope.occurred_at => {
                return Err("Die Rüge ist vermerkt, bevor sie erhoben wurde.".into());
            }
            None | Some(_) => {}
        }
        self.declared.iter_mut().for_each(|one| one.complained = true);
        if let Business::Ballot(ballot) | Business::Counting(ballot, _) = &mut self.business {
            ballot.complained = true;
        }
        Ok(())
    }
}
