//! What people, measurement and machine do next, by chance: mostly what fits, sometimes what does not.

use super::before;
use super::checks::{too_few, way_out};
use super::dice::Dice;
use super::meeting_kit::{
    Stage, add_item, administrator, ballot, chair, change, clause, clerk, hall_change, item, member, planned, seat,
};
use ratssaal::app::record::law_of;
use ratssaal::domain::id::{BallotId, SeatId};
use ratssaal::domain::law::format::{Clause, MeetingFormat};
use ratssaal::domain::ledger::Class;
use ratssaal::domain::meeting::command::{HallChange, Summons};
use ratssaal::domain::meeting::event::{Choice, IdentityWay, InterruptionCause, Method, MotionKind, PinnedLaw, Sphere};
use ratssaal::domain::meeting::{Actor, Business, Command, Item, ItemState, Phase, Place};
use ratssaal::domain::presence::Perception;
use ratssaal::domain::time::Instant;

const CHOICES: [Choice; 3] = [Choice::Yes, Choice::No, Choice::Abstain];
const SPHERES: [Sphere; 4] = [Sphere::Municipality, Sphere::Member, Sphere::Third, Sphere::Unknown];
const CAUSES: [InterruptionCause; 4] = [
    InterruptionCause::Chair,
    InterruptionCause::Municipality,
    InterruptionCause::Quorum,
    InterruptionCause::MunicipalSystem,
];

/// A council in its meeting.
pub struct Council {
    pub stage: Stage,
    pub(super) seats: usize,
    pub(super) items: usize,
    ballots: u32,
    format: MeetingFormat,
    law: PinnedLaw,
    /// Nearly everybody is recused at nearly everything.
    wide_bias: bool,
}

pub(super) type Deed = (Actor, Command);

fn technician() -> Actor {
    Actor { technician: true, strong: true, ..Actor::default() }
}

/// A member who came without a second factor, recognised or not.
fn waiting(number: usize) -> Actor {
    Actor { ticket: Some(format!("w-{number}").parse().unwrap()), ..member(number) }
}

fn recognition(dice: &mut Dice, seats: usize) -> Command {
    let number = dice.below(seats);
    let ticket = format!("w-{}{number}", dice.pick(&["", "", "x"])).parse().unwrap();
    let way = dice.pick(&[IdentityWay::Picture, IdentityWay::InPerson]);
    Command::AttestIdentity { seat: seat(number), ticket, way, confirmed: dice.percent(60) }
}

impl Council {
    pub fn plan(dice: &mut Dice) -> Self {
        let seats = 3 + dice.below(11);
        let items = 2 + dice.below(4);
        let mut plan = planned(seats);
        // The last item is non-public, now and then the first one too.
        let closed_first = dice.percent(40);
        for number in 1..=items {
            add_item(&mut plan, &number.to_string(), "Gegenstand", number != items && (number > 1 || !closed_first));
        }
        plan.clauses = vec![clause(Clause::Remote), clause(Clause::Digital)];
        if dice.percent(70) {
            plan.clauses.push(clause(Clause::RemoteInClosedPart));
        }
        if dice.percent(60) {
            plan.clauses.push(clause(Clause::ExcludeRemote));
        }
        plan.deputies = Self::deputies(dice, seats);
        before::town_law(&mut plan, dice);
        super::land::another(&mut plan, dice);
        before::some_kind(&mut plan, dice);
        let stage = Stage::plan(&plan, Instant(1_795_708_800_000)).unwrap();
        let law = law_of(&stage.meeting).unwrap();
        let format =
            dice.pick(&[MeetingFormat::InPerson, MeetingFormat::Hybrid, MeetingFormat::Hybrid, MeetingFormat::Digital]);
        let format = super::land::possible(&stage, format);
        Self { stage, seats, items, ballots: 0, law, wide_bias: dice.percent(11), format }
    }

    /// Who does what next, the chair's changes apart.
    pub(super) fn step(&mut self, dice: &mut Dice) -> Deed {
        let early = matches!(self.stage.meeting.phase, Phase::Planned | Phase::Convened(_));
        if dice.percent(if early { 30 } else { 3 }) {
            return before::step(&self.stage, self.seats, self.items, &self.law, dice);
        }
        match dice.below(100) {
            0..14 => self.anything(dice),
            14..36 => self.measured(dice),
            36..38 => {
                let last_alive = self.stage.now.plus_millis(-dice.between(0, 20_000));
                (Actor::system(), Command::Recover { last_alive })
            }
            _ => self.fitting(dice),
        }
    }

    fn fitting(&mut self, dice: &mut Dice) -> Deed {
        if self.stage.meeting.convened().is_some_and(|convened| convened.open_fault.is_some()) && dice.percent(60) {
            return (chair(), Command::FindFault { sphere: dice.pick(&SPHERES) });
        }
        if let Some(deed) = self.at_a_question(dice).filter(|_| dice.percent(65)) {
            return deed;
        }
        match (self.stage.meeting.phase.clone(), self.stage.meeting.business().cloned()) {
            (Phase::Planned, _) if dice.percent(10) => {
                before::step(&self.stage, self.seats, self.items, &self.law, dice)
            }
            (Phase::Planned, _) if self.format == MeetingFormat::InPerson && dice.percent(40) => {
                (chair(), before::ruled_out(self.convene(self.format), dice))
            }
            (Phase::Planned, _) => (chair(), self.convene(self.format)),
            (Phase::Convened(_), _) if dice.percent(25) => (chair(), Command::Open),
            (Phase::Convened(_), _) if dice.percent(1) => (chair(), Command::FindNoQuorum),
            (Phase::Convened(_), _) => self.arriving(dice),
            (Phase::Interrupted { .. }, business) => match dice.below(10) {
                0..3 => self.arriving(dice),
                3 if dice.percent(50) => (chair(), Command::FindNoQuorum),
                3 => (chair(), self.void(business.as_ref())),
                _ => {
                    let open = matches!(business, Some(Business::Ballot(_)));
                    (chair(), Command::Resume { ballot_goes_on: open.then(|| dice.percent(50)) })
                }
            },
            (Phase::Sitting { .. } | Phase::Closed(_), _) if dice.percent(4) => (clerk(), self.text(dice)),
            (Phase::Sitting { .. }, Some(Business::Between)) if dice.percent(80) => match self.at_the_doors(dice) {
                Some(deed) => deed,
                None => self.business(dice, &Business::Between),
            },
            (Phase::Sitting { .. }, Some(Business::Item(_)))
                if !self.stage.meeting.unannounced().is_empty()
                    && self.stage.meeting.publicity.doors.is_closed()
                    && dice.percent(50) =>
            {
                (chair(), Command::ReadmitPublic)
            }
            (Phase::Sitting { .. }, Some(business)) => self.business(dice, &business),
            (Phase::Sitting { .. } | Phase::Closed(_), _) => self.anything(dice),
        }
    }

    fn business(&mut self, dice: &mut Dice, business: &Business) -> Deed {
        match business {
            Business::Between if dice.percent(85) => (chair(), self.call(dice)),
            Business::Between => self.arriving(dice),
            Business::Item(item) if self.stage.meeting.election(item).is_some() && dice.percent(40) => {
                self.electing(dice)
            }
            Business::Item(item) if self.stage.meeting.lacking(item).is_some() && dice.percent(40) => {
                before::instead(&self.stage, self.seats, item, dice)
            }
            Business::Item(item) if self.wide_bias && dice.percent(70) => {
                before::biased(&self.stage, self.seats, item, dice)
            }
            Business::Item(_) => match dice.below(20) {
                10..20 => {
                    let actors = [chair(), chair(), clerk(), member(dice.below(self.seats))];
                    (dice.pick(&actors), self.on_the_floor(dice))
                }
                0..4 => (chair(), self.open_ballot(dice)),
                4..6 => self.electing(dice),
                6 if dice.percent(50) => (chair(), self.strike(dice)),
                6 => (chair(), before::settling(dice)),
                7 if dice.percent(25) => (chair(), Command::FindNoQuorum),
                7 => (chair(), self.call(dice)),
                8 => (clerk(), self.recusal(dice)),
                _ => self.arriving(dice),
            },
            Business::Ballot(open) => match dice.below(20) {
                0..11 => {
                    let choice = dice.pick(&CHOICES);
                    (member(dice.below(self.seats)), Command::Cast { ballot: open.ballot.clone(), choice })
                }
                11 => {
                    let (seat, choice) = (seat(dice.below(self.seats)), dice.pick(&CHOICES));
                    (clerk(), Command::EnterHeard { ballot: open.ballot.clone(), seat, choice })
                }
                12..15 if open.method == Method::Papers => (clerk(), self.papers(dice, &open.ballot)),
                12..15 => (clerk(), self.count(dice, &open.ballot)),
                15 | 16 if !open.choices.is_empty() => {
                    let voters: Vec<&SeatId> = open.choices.keys().collect();
                    let lost = self.change(dice.pick(&voters).clone(), false).into_iter().collect();
                    (Actor::system(), Command::ReportPresence { changes: lost, hall: None })
                }
                15..18 => (chair(), Command::CloseBallot { ballot: open.ballot.clone() }),
                18 => (chair(), Command::Interrupt { cause: dice.pick(&CAUSES) }),
                _ if dice.percent(30) => (chair(), self.void(Some(business))),
                _ => self.arriving(dice),
            },
            Business::Election(round) => self.in_round(dice, round),
            Business::Counting(closed) => match dice.below(10) {
                0..8 => (chair(), Command::DeclareResult { ballot: closed.ballot.clone() }),
                8 => (chair(), self.void(Some(business))),
                _ => (chair(), Command::Interrupt { cause: dice.pick(&CAUSES) }),
            },
        }
    }

    fn convene(&self, format: MeetingFormat) -> Command {
        let digital = format == MeetingFormat::Digital;
        Command::Convene {
            format,
            ground: digital.then(|| "natural_disaster".into()),
            reason: digital.then(|| "Hochwasser".parse().unwrap()),
            public_room: digital.then(|| "Turnhalle".parse().unwrap()),
            law: self.law.clone(),
            summons: Summons { second_notice: self.seats.is_multiple_of(2), ..before::today() },
        }
    }

    /// Somebody comes, mostly; the clerk looks into the public room.
    fn arriving(&mut self, dice: &mut Dice) -> Deed {
        match dice.below(10) {
            0 => (clerk(), Command::AttestPublicRoom { receives: dice.percent(85) }),
            1 => self.complaint(dice),
            2 => (clerk(), self.recusal(dice)),
            3..6 => {
                let number = if dice.percent(40) { 0 } else { dice.below(self.seats) };
                (clerk(), Command::AttestRoom { seat: seat(number), present: dice.percent(80) })
            }
            _ => self.measured(dice),
        }
    }

    fn call(&self, dice: &mut Dice) -> Command {
        let meeting = &self.stage.meeting;
        let public = !meeting.publicity.doors.is_closed();
        let waits = |item: &&Item| item.state == ItemState::Pending && item.public == public;
        let pending: Vec<_> = meeting.items.iter().filter(waits).collect();
        match pending.is_empty() || dice.percent(5) {
            true if dice.percent(20) => Command::Close,
            true => Command::CallItem { item: item(&(1 + dice.below(self.items + 1)).to_string()) },
            false => Command::CallItem { item: pending[dice.below(pending.len())].id.clone() },
        }
    }

    /// Now and then an id that was used before.
    pub(super) fn fresh_ballot(&mut self, dice: &mut Dice) -> BallotId {
        self.ballots += u32::from(self.ballots == 0 || dice.percent(95));
        ballot(&format!("a{}", self.ballots))
    }

    fn open_ballot(&mut self, dice: &mut Dice) -> Command {
        let ballot = self.fresh_ballot(dice);
        // Once the body has resolved it, mostly secretly.
        let secret = self.stage.meeting.results.last().is_some_and(|last| last.about == MotionKind::Procedural);
        let method = if secret && dice.percent(60) { Method::Papers } else { dice.pick(&super::elections::METHODS) };
        Command::OpenBallot {
            ballot,
            method,
            wording: "Der Vorlage wird zugestimmt.".parse().unwrap(),
            motion: self.waiting_motion(dice),
            terms: super::elections::terms(dice),
        }
    }

    fn void(&self, business: Option<&Business>) -> Command {
        Command::VoidBallot {
            ballot: match business {
                Some(Business::Ballot(open)) => open.ballot.clone(),
                Some(Business::Counting(closed)) => closed.ballot.clone(),
                Some(Business::Between | Business::Item(_) | Business::Election(_)) | None => ballot("a0"),
            },
        }
    }

    /// The hall counted rightly, mostly.
    fn count(&self, dice: &mut Dice, ballot: &BallotId) -> Command {
        let meeting = &self.stage.meeting;
        let item = meeting.business().and_then(Business::item);
        let hall = meeting.entitled(item).into_iter().filter(|seat| meeting.is_in_room(seat)).count();
        let (yes, no) = (dice.below(hall + 1), dice.below(3));
        let no = no.min(hall - yes.min(hall));
        let abstain = dice.below(hall - yes - no + 1);
        let none = hall - yes - no - abstain + usize::from(dice.percent(10));
        let small = |n: usize| u32::try_from(n).unwrap();
        Command::CountHands {
            ballot: ballot.clone(),
            yes: small(yes),
            no: small(no),
            abstain: small(abstain),
            none: small(none),
        }
    }

    /// What a tracker would find: losses begin as disturbances and end as absence from the same second.
    fn measured(&self, dice: &mut Dice) -> Deed {
        let many = if dice.percent(12) { self.seats } else { 1 + dice.below(3) };
        let healing = dice.percent(55);
        let mut numbers: Vec<usize> = (0..self.seats).collect();
        dice.shuffle(&mut numbers);
        let changes = numbers.into_iter().take(many).filter_map(|number| self.change(seat(number), healing)).collect();
        (Actor::system(), Command::ReportPresence { changes, hall: self.hall(dice) })
    }

    /// The hall comes early and is lost seldom.
    fn hall(&self, dice: &mut Dice) -> Option<HallChange> {
        let now = self.stage.now;
        let there = self.stage.meeting.hall_is_perceptible();
        let changes = self.stage.meeting.hall_takes_part() && dice.percent(if there { 4 } else { 50 });
        changes.then(|| hall_change(if there { Perception::Disturbed } else { Perception::Perceptible }, now))
    }

    fn change(&self, seat: SeatId, healing: bool) -> Option<ratssaal::domain::meeting::command::PresenceChange> {
        let run_began = self.stage.now.plus_millis(-7000);
        match self.stage.meeting.attendance.places.get(&seat) {
            Some(Place::Room { .. }) => None,
            Some(Place::Remote { perception: Perception::Perceptible, .. }) => {
                (!healing).then(|| change(seat, Perception::Disturbed, run_began))
            }
            Some(Place::Remote { perception: Perception::Disturbed, since, .. }) => {
                Some(change(seat, if healing { Perception::Perceptible } else { Perception::Absent }, *since))
            }
            Some(Place::Remote { perception: Perception::Absent, .. }) | None => {
                healing.then(|| change(seat, Perception::Perceptible, run_began))
            }
        }
    }

    /// Anybody tries anything, with names that exist and names that do not.
    fn anything(&mut self, dice: &mut Dice) -> Deed {
        let weak = Actor { strong: false, ..member(dice.below(self.seats)) };
        let stranger = Actor { seat: Some("sitz-99".parse().unwrap()), strong: true, ..Actor::default() };
        let actors = [
            chair(),
            clerk(),
            member(dice.below(self.seats)),
            administrator(),
            Actor::default(),
            weak,
            stranger,
            Actor::system(),
            technician(),
            waiting(dice.below(self.seats)),
        ];
        let actor = dice.pick(&actors);
        let some_seat = if dice.percent(85) { seat(dice.below(self.seats)) } else { "sitz-99".parse().unwrap() };
        let some_item = item(&dice.below(self.items + 3).to_string());
        let some_ballot = ballot(&format!("a{}", dice.below(9)));
        let command = match dice.below(42) {
            0 => {
                let formats = [MeetingFormat::InPerson, MeetingFormat::Hybrid, MeetingFormat::Digital];
                let convene = self.convene(dice.pick(&formats));
                if dice.percent(30) { before::ruled_out(convene, dice) } else { convene }
            }
            1 => Command::AttestRoom { seat: some_seat, present: dice.percent(50) },
            2 => Command::AttestPublicRoom { receives: dice.percent(50) },
            // Only the platform measures; what it says is plausible.
            3 if !actor.system => Command::ReportPresence {
                changes: vec![change(some_seat, Perception::Perceptible, self.stage.now)],
                hall: None,
            },
            4 => Command::Open,
            5 => Command::CallItem { item: some_item },
            6 => before::settling(dice),
            7 => Command::Recuse { item: some_item, seat: some_seat },
            8 => Command::LiftRecusal { item: some_item, seat: some_seat },
            9 => self.open_ballot(dice),
            10 | 11 => Command::Cast { ballot: some_ballot, choice: dice.pick(&CHOICES) },
            12 => Command::EnterHeard { ballot: some_ballot, seat: some_seat, choice: dice.pick(&CHOICES) },
            13 => Command::CountHands { ballot: some_ballot, yes: u32::MAX, no: u32::MAX, abstain: 1, none: 0 },
            14 => Command::CloseBallot { ballot: some_ballot },
            15 => Command::DeclareResult { ballot: some_ballot },
            16 => Command::VoidBallot { ballot: some_ballot },
            17 => self.complaint(dice).1,
            18 => Command::FindFault { sphere: dice.pick(&SPHERES) },
            19 => Command::Interrupt { cause: dice.pick(&CAUSES) },
            20 => Command::Resume { ballot_goes_on: dice.pick(&[None, Some(true), Some(false)]) },
            21 if dice.percent(8) => Command::Close,
            21 => self.any_election(dice),
            // What happens on the floor the clerk enters; others try as well.
            22..36 if dice.percent(40) => return (clerk(), self.on_the_floor(dice)),
            22..36 => self.on_the_floor(dice),
            36 => return (technician(), recognition(dice, self.seats)),
            37..40 => self.somewhere_at_the_doors(dice),
            _ if dice.percent(40) => self.text(dice),
            _ => Command::Delete { class: dice.pick(&Class::ALL), ground: "Löschfrist abgelaufen".parse().unwrap() },
        };
        (actor, command)
    }

    /// Opens the meeting if it never was, and closes it.
    pub fn lead_to_its_end(&mut self) {
        for (actor, command) in way_out(&self.stage) {
            self.stage.now = self.stage.now.plus_millis(1000);
            let outcome = self.stage.act(&actor, &command);
            if outcome.as_ref().is_err_and(|refusal| too_few(&self.stage.meeting, refusal)) {
                return assert!(self.stage.act(&actor, &Command::FindNoQuorum).is_ok(), "{command:?}");
            }
            assert!(outcome.is_ok(), "{command:?}: {outcome:?}");
        }
    }
}
