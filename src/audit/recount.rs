//! The meeting once more: who was there, who was recused, which ballot ran. Every recorded quorum is found again.

mod agenda;
mod before;
mod doors;
mod doubt;
mod election;
mod filming;
mod leading;
mod notice;
mod order;
mod pinned;
mod second;
mod switch;
mod voices;
mod vote;

use super::attendance::Attendance;
use super::ballot::Ballot;
use super::election::{Election, Round};
use super::event::{Event, Perception, Planned, Quorum, event};
use super::law::Law;
use super::read::{Bundle, Entry};
use super::report::{Failure, shown};
use doors::Stand;
use leading::Chairing;
use second::Instead;
use std::collections::{BTreeMap, BTreeSet};
use vote::Standing;

/// Seats a body may have; real ones have up to about a hundred.
const SEATS_MAX: usize = 1000;

/// What was recounted.
#[derive(Default)]
pub struct Counted {
    /// Meeting as people name it.
    pub meeting: String,
    /// Quorum findings that were found again.
    pub quorums: usize,
    /// Results that were counted again, one German line each.
    pub results: Vec<String>,
    /// Entries that are withheld from this bundle, and results among them.
    pub withheld_entries: usize,
    pub withheld: usize,
    /// Declared choices whose single entry is deleted: taken from the result.
    pub taken_from_result: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Planned,
    Convened,
    Sitting,
    Interrupted,
    Closed,
}

/// What the sitting is doing.
enum Business {
    Between,
    Item(String),
    Ballot(Ballot),
    /// Closed, not declared, with the quorum found at closing.
    Counting(Ballot, Quorum),
    Election(Round),
}

struct Meeting {
    planned: Planned,
    items: BTreeSet<String>,
    law: Option<Law>,
    phase: Phase,
    business: Business,
    attendance: Attendance,
    called: BTreeSet<String>,
    decided: BTreeSet<String>,
    /// Items with ballots of which none came to a decision.
    undecided: BTreeSet<String>,
    /// Members of one fault at once, and nobody has yet found where it lies.
    fault_open: bool,
    /// The chair chose to repeat the open ballot: the next entry must void it.
    must_void: bool,
    /// Everybody is remote.
    digital: bool,
    /// The chair is in the room, and others may be remote.
    hybrid: bool,
    chairing: Chairing,
    /// As convened.
    format: String,
    /// Connection was ruled out with the convening.
    ruled_out: bool,
    kept: order::Kept,
    elections: BTreeMap<String, Election>,
    doors: Stand,
    /// What is called behind the doors cannot be seen in this bundle.
    blind: bool,
    /// Item and outcome of every declared ballot.
    outcomes: BTreeMap<String, (String, String)>,
    /// Results that stand.
    declared: Vec<Standing>,
    /// What the mayor decides in the council's place.
    instead: Instead,
    counted: Counted,
    switches: switch::Switches,
    filmed: filming::Filmed,
    doubts: doubt::Doubts,
    told: notice::Told,
}

type Found = Result<(), String>;

const NOT_QUORATE: &str = "Ohne Beschlussfähigkeit durfte das nicht geschehen.";

/// Goes through the whole meeting.
///
/// # Errors
/// The first entry that does not follow from those before it; the last one if the meeting was not closed.
pub fn recount(bundle: &Bundle) -> Result<Counted, Failure> {
    let Some((first, rest)) = bundle.entries.split_first() else {
        return Err(Failure::whole("Das Bündel enthält keinen Eintrag."));
    };
    let mut meeting = match event(first) {
        Ok(Event::Planned(planned)) if planned.seats.len() > SEATS_MAX => {
            return Err(first.failure(format!("Ein Gremium hat höchstens {SEATS_MAX} Sitze.")));
        }
        Ok(Event::Planned(planned)) => Meeting::begin(planned),
        Ok(_) => return Err(first.failure("Der erste Eintrag ist nicht die Planung der Sitzung.")),
        Err(why) => return Err(first.failure(shown(&why))),
    };
    for entry in rest {
        let taken = event(entry).and_then(|event| meeting.take(entry, event));
        taken.map_err(|why| entry.failure(shown(&why)))?;
    }
    let last = rest.last().unwrap_or(first);
    if meeting.phase == Phase::Closed {
        let Planned { municipality, body_name, title, day, .. } = &meeting.planned;
        meeting.counted.meeting = shown(&format!("{title} · {body_name}, {municipality}, {day}"));
        Ok(meeting.counted)
    } else {
        Err(last.failure("Die Aufzeichnung bricht hier ab: Der Schluss der Sitzung fehlt."))
    }
}

impl Meeting {
    fn begin(planned: Planned) -> Self {
        let mut attendance = Attendance::of(planned.seats.iter().map(|seat| seat.id.clone()));
        attendance.statutory = planned.statutory;
        attendance.committee = matches!(planned.kind.as_deref(), Some("deciding_committee" | "advisory_committee"));
        Self {
            attendance,
            items: planned.agenda.iter().map(|item| item.id.clone()).collect(),
            chairing: Chairing::of(&planned),
            planned,
            law: None,
            phase: Phase::Planned,
            business: Business::Between,
            called: BTreeSet::new(),
            decided: BTreeSet::new(),
            undecided: BTreeSet::new(),
            fault_open: false,
            must_void: false,
            digital: false,
            hybrid: false,
            format: String::new(),
            ruled_out: false,
            kept: order::Kept::default(),
            elections: BTreeMap::new(),
            doors: Stand::Open,
            blind: false,
            outcomes: BTreeMap::new(),
            declared: Vec::new(),
            instead: Instead::default(),
            counted: Counted::default(),
            switches: switch::Switches::default(),
            filmed: filming::Filmed::default(),
            doubts: doubt::Doubts::default(),
            told: notice::Told::default(),
        }
    }

    fn take(&mut self, entry: &Entry, event: Event) -> Found {
        self.still_filmed(&entry.envelope.name)?;
        self.step(entry, event)?;
        self.watch_filming()
    }

    #[expect(clippy::too_many_lines, reason = "one arm an event, as they lie in the ledger")]
    fn step(&mut self, entry: &Entry, event: Event) -> Found {
        if std::mem::take(&mut self.must_void) && !matches!(event, Event::BallotVoided(_)) {
            return Err("Die Abstimmung sollte wiederholt werden, wurde hier aber nicht verworfen.".into());
        }
        self.seat_of_chair();
        self.doubt_is_followed(matches!(event, Event::Doubt(_)))?;
        let at = entry.envelope.occurred_at;
        self.led(entry)?;
        match event {
            Event::Planned(_) => Err("Die Sitzung ist schon geplant.".into()),
            Event::Convened(convened) => {
                (self.digital, self.hybrid) = (convened.format == "digital", convened.format == "hybrid");
                self.attendance.second.noticed = convened.second_notice;
                self.format.clone_from(&convened.format);
                self.rule_out(&convened)?;
                self.find_voices(&convened)?;
                convened.excluded.into_iter().for_each(|seat| self.attendance.send_out(seat));
                self.convene(&convened.law)?;
                self.summon(convened.notice.as_ref())
            }
            Event::RoomAttested(attested) => {
                self.not_over()?;
                let seat = attested.seat.clone();
                self.attendance.attest(attested)?;
                self.came_in(&seat);
                if let Business::Ballot(ballot) = &mut self.business {
                    ballot.hall_changed();
                }
                Ok(())
            }
            Event::PresenceFound(found) => {
                self.not_over()?;
                self.connectable()?;
                if let Business::Ballot(ballot) = &mut self.business
                    && found.perception == Perception::Absent
                    && !self.attendance.is_in_room(&found.seat)
                {
                    ballot.lost(&found.seat, found.since);
                }
                self.attendance.find(found)
            }
            Event::Opened(quorum) => {
                self.expect(Phase::Convened)?;
                self.compare_met(&quorum, None)?;
                self.phase = Phase::Sitting;
                // What suffices for a second sitting says nothing of matters dealt with for the first time.
                let second = self.law.as_ref().and_then(|law| law.second.as_ref());
                self.attendance.found_once = second.is_none_or(|second| second.norm != quorum.norm);
                Ok(())
            }
            Event::ItemCalled(item) => {
                self.expect(Phase::Sitting)?;
                self.callable(&item)?;
                if !self.items.contains(&item) || !self.called.insert(item.clone()) {
                    return Err("Dieser Punkt steht nicht auf der Tagesordnung oder war schon aufgerufen.".into());
                }
                match self.business {
                    Business::Between => {
                        self.unbiased(entry, Some(&item))?;
                        self.business = Business::Item(item);
                        Ok(())
                    }
                    _ => Err("Der Punkt davor ist noch nicht beendet.".into()),
                }
            }
            Event::ItemSettled(settled) => {
                self.chairing.ended(&settled.item);
                if !matches!(&self.business, Business::Item(item) if *item == settled.item) {
                    return Err("Dieser Punkt ist nicht aufgerufen.".into());
                }
                self.settled_in_doubt(&settled)?;
                if let Some(over) = self.elected(&settled.item) {
                    if over != (settled.disposal == "decided") {
                        return Err("Ob zu diesem Punkt gewählt wurde, ist falsch festgehalten.".into());
                    }
                    self.business = Business::Between;
                    return Ok(());
                }
                self.settles_instead(&settled)?;
                let free = self.undecided.contains(&settled.item) && !self.decided.contains(&settled.item);
                if !free && (settled.disposal == "decided") != self.is_decided(&settled.item) {
                    return Err("Ob über diesen Punkt abgestimmt wurde, ist falsch festgehalten.".into());
                }
                self.business = Business::Between;
                Ok(())
            }
            Event::ItemAdded(..) | Event::ItemDropped(_) | Event::ItemReopened(_) => self.change_agenda(event),
            Event::RecusalRecorded(recusal) => {
                self.recusable(&recusal.item, &recusal.seat)?;
                self.may_be_recused(&recusal.item)?;
                self.doubt_noted(&recusal)?;
                self.attendance.recuse(recusal);
                Ok(())
            }
            Event::RecusalLifted(recusal) => {
                self.recusable(&recusal.item, &recusal.seat)?;
                self.doubt_noted(&recusal)?;
                self.attendance.lift(&recusal)
            }
            Event::Interrupted(interrupted) => {
                self.expect(Phase::Sitting)?;
                self.phase = Phase::Interrupted;
                self.instead.stands_still(&interrupted.cause);
                if interrupted.cause == "municipal_system" {
                    self.attendance.lose_everybody();
                    if matches!(self.doors, Stand::Clearing | Stand::Closed) {
                        self.attendance.shut_out(true);
                    }
                }
                Ok(())
            }
            Event::Resumed(resumed) => {
                self.expect(Phase::Interrupted)?;
                self.phase = Phase::Sitting;
                if self.blind {
                    return Ok(());
                }
                let ballot_is_open = matches!(self.business, Business::Ballot(_));
                if ballot_is_open != resumed.ballot_goes_on.is_some() {
                    return Err("Was aus der offenen Abstimmung wird, ist falsch festgehalten.".into());
                }
                self.must_void = resumed.ballot_goes_on == Some(false);
                let item = self.item().map(str::to_owned);
                self.compare(&resumed.quorum, item.as_deref())?;
                let law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
                // At one item recusals may leave too few; the sitting itself must be quorate to go on.
                if self.attendance.is_quorate(law) { Ok(()) } else { Err(NOT_QUORATE.into()) }
            }
            Event::Closed => {
                match (self.phase, &self.business) {
                    (Phase::Sitting | Phase::Interrupted, Business::Between) => {}
                    _ => return Err("Hier kann die Sitzung nicht geschlossen werden.".into()),
                }
                self.phase = Phase::Closed;
                Ok(())
            }
            Event::Deleted => self.expect(Phase::Closed),
            Event::Fault { open } => {
                self.fault_open = open;
                self.not_over()
            }
            Event::Text(item) => match self.phase {
                _ if !self.items.contains(&item) => Err("Dieser Punkt steht nicht auf der Tagesordnung.".into()),
                Phase::Sitting | Phase::Interrupted | Phase::Closed => Ok(()),
                Phase::Planned | Phase::Convened => Err("Vor der Eröffnung gibt es nichts niederzuschreiben.".into()),
            },
            Event::Election(event) => self.elect(event),
            Event::Chair(event) => self.chair(entry, event),
            Event::Order(event) => self.order(entry, event),
            Event::Filming(event) => self.film(event),
            Event::Doors(event) => self.doors(event),
            Event::Second(event) => self.second(entry, event),
            Event::Switch(event) => self.switch(event),
            Event::Doubt(event) => self.doubt(event),
            Event::Withheld => self.withheld(entry),
            Event::Complaint(complaint) => {
                self.not_over()?;
                self.complain(entry, &complaint)
            }
            Event::Other => self.not_over(),
            Event::Before(before) => self.before(before),
            Event::BallotOpened(_)
            | Event::ChoiceCast(..)
            | Event::ChoiceStruck(_)
            | Event::HandsCounted(_)
            | Event::BallotClosed(_)
            | Event::ResultDeclared(_)
            | Event::ResultStruck(_)
            | Event::BallotVoided(_) => {
                self.unbiased(entry, self.item())?;
                self.vote(event, at)
            }
        }
    }

    fn expect(&self, phase: Phase) -> Found {
        if self.phase == phase { Ok(()) } else { Err("Dieses Ereignis passt nicht zum Stand der Sitzung.".into()) }
    }

    fn not_over(&self) -> Found {
        match self.phase {
            Phase::Convened | Phase::Sitting | Phase::Interrupted => Ok(()),
            Phase::Planned | Phase::Closed => Err("Dieses Ereignis passt nicht zum Stand der Sitzung.".into()),
        }
    }

    fn item(&self) -> Option<&str> {
        match &self.business {
            Business::Between => None,
            Business::Item(item) => Some(item),
            Business::Ballot(ballot) | Business::Counting(ballot, _) => Some(&ballot.item),
            Business::Election(round) => Some(&round.opened.item),
        }
    }

    fn ballot(&mut self, id: &str) -> Result<&mut Ballot, String> {
        match &mut self.business {
            Business::Ballot(ballot) if ballot.id == id => Ok(ballot),
            _ => Err("Diese Abstimmung ist hier nicht offen.".into()),
        }
    }
}
