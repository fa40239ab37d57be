//! Real roll calls put through the very decisions a sitting of today meets: convened in person, opened, every item
//! called, every choice cast by its own seat, closed and declared. Nothing is counted here; what is shown is what the
//! core declared.

mod sheet;

pub use sheet::{BALLOTS_MAX, Mark, NotASheet, SHEET_BYTES_MAX, Sheet};

use crate::domain::council::{Function, Seat};
use crate::domain::id::{BallotId, ItemId, MeetingId, SeatId};
use crate::domain::law::format::MeetingFormat;
use crate::domain::law::{RulePack, Rules};
use crate::domain::majority::Outcome;
use crate::domain::meeting::command::Summons;
use crate::domain::meeting::command::Terms;
use crate::domain::meeting::event::{AgendaEntry, Choice, Event, Method, PinnedLaw, ResultDeclared};
use crate::domain::meeting::{Actor, Command, Context, Meeting, Plan, Recorded, apply, begin, decide, plan};
use crate::domain::time::{Date, Instant};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Milliseconds of a day, and how long a command takes.
const DAY_MS: i64 = 86_400_000;
const TICK_MS: i64 = 1000;
/// Days before the sitting on which the summons is taken to have gone out, long before any period.
const SUMMONED_DAYS: i64 = 30;
/// Ballots of one sitting; a longer sheet is several sittings.
const BALLOTS_PER_SITTING: usize = 200;

/// How a mark that says nothing is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silent {
    /// The member was there and gave no choice.
    Present,
    /// The member was not there.
    Absent,
}

/// What the core declared of one ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The day of the sitting.
    pub day: Date,
    /// The number of the ballot in its sheet, from 1.
    pub number: usize,
    /// As declared.
    pub yes: u32,
    /// As declared.
    pub no: u32,
    /// As declared.
    pub abstain: u32,
    /// What came of it.
    pub outcome: Outcome,
}

impl Row {
    /// Choices cast.
    #[must_use]
    pub fn cast(&self) -> u64 {
        u64::from(self.yes) + u64::from(self.no) + u64::from(self.abstain)
    }

    /// As many yes as no.
    #[must_use]
    pub const fn is_tie(&self) -> bool {
        self.yes == self.no
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = match self.outcome {
            Outcome::Adopted => "adopted",
            Outcome::Rejected => "rejected",
            Outcome::NoDecision => "not_quorate",
        };
        write!(f, "{} {} {} {} {} {outcome}", self.day, self.number, self.yes, self.no, self.abstain)
    }
}

/// Puts every ballot of a sheet through the core, under the in-person rules of its day.
///
/// # Errors
/// A German sentence: the pack does not reach that day, or the core refused a step.
pub fn replay(sheet: &Sheet, pack: &RulePack, silent: Silent) -> Result<Vec<Row>, String> {
    let rules = pack.on(sheet.day).map_err(|none| none.to_string())?;
    let mut rows = Vec::with_capacity(sheet.ballots.len());
    let mut start = 0;
    while let Some(first) = sheet.ballots.get(start) {
        let listed = listed(first);
        let same = |marks: &&Vec<Mark>| self::listed(marks) == listed;
        let length = sheet.ballots.iter().skip(start).take(BALLOTS_PER_SITTING).take_while(same).count().max(1);
        let ballots: Vec<(usize, &Vec<Mark>)> = sheet.ballots.iter().enumerate().skip(start).take(length).collect();
        let mut sitting = Sitting::convened(sheet.day, pack, &rules, &listed, &ballots)?;
        for (place, marks) in ballots {
            let declared =
                sitting.vote(place, marks, silent).map_err(|why| format!("Abstimmung {}: {why}", place + 1))?;
            let ResultDeclared { yes, no, abstain, outcome, .. } = declared;
            rows.push(Row { day: sheet.day, number: place + 1, yes, no, abstain, outcome });
        }
        start += length;
    }
    Ok(rows)
}

/// The columns of those who were members at a ballot.
fn listed(marks: &[Mark]) -> Vec<usize> {
    marks.iter().enumerate().filter(|(_, mark)| **mark != Mark::Unlisted).map(|(column, _)| column).collect()
}

/// One sitting of the core; the members have numbers, no names.
struct Sitting<'a> {
    /// Taken out while an event is folded into it; a meeting is folded by value.
    meeting: Option<Meeting>,
    chair: SeatId,
    rules: &'a Rules,
    seats: BTreeMap<usize, SeatId>,
    now: Instant,
    number: u64,
}

impl<'a> Sitting<'a> {
    fn convened(
        day: Date,
        pack: &RulePack,
        rules: &'a Rules,
        listed: &[usize],
        ballots: &[(usize, &Vec<Mark>)],
    ) -> Result<Self, String> {
        let seats = listed.iter().map(|column| Ok((*column, seat_id(*column)?))).collect::<Result<_, String>>()?;
        let starts_at = Instant(day.days_since(Date::EPOCH).saturating_mul(DAY_MS));
        let event = plan(&planned(day, pack, listed, ballots, starts_at)?).map_err(|refusal| refusal.to_string())?;
        let first = recorded(event, 1, starts_at);
        let id: MeetingId = text(&format!("abstimmungen-{day}"))?;
        let meeting = begin(id, &first).ok_or("Die Sitzung lässt sich nicht planen.")?;
        let chair = meeting.chair.clone();
        let mut sitting = Self { meeting: Some(meeting), chair, rules, seats, now: starts_at, number: 1 };
        sitting.open(day, pack)?;
        Ok(sitting)
    }

    fn open(&mut self, day: Date, pack: &RulePack) -> Result<(), String> {
        let law =
            PinnedLaw { land: pack.land().to_owned(), digest: text(&pack.digest())?, text: pack.text().to_owned() };
        let summons = Summons { today: None, elsewhere: day.plus_days(-SUMMONED_DAYS), ..Summons::default() };
        let format = MeetingFormat::InPerson;
        let convene = Command::Convene { format, ground: None, reason: None, public_room: None, law, summons };
        self.act(&self.chair(), &convene)?;
        let everybody: Vec<SeatId> = self.seats.values().cloned().collect();
        for seat in everybody {
            self.attest(seat, true)?;
        }
        self.act(&self.chair(), &Command::Open).map(drop)
    }

    /// One ballot from its opening to its result.
    fn vote(&mut self, place: usize, marks: &[Mark], silent: Silent) -> Result<ResultDeclared, String> {
        let (item, ballot): (ItemId, BallotId) = (item_id(place)?, text(&format!("abstimmung-{}", place + 1))?);
        let chair = self.chair();
        self.act(&chair, &Command::CallItem { item })?;
        let wording = text(&format!("Abstimmung {}", place + 1))?;
        let open = Command::OpenBallot {
            ballot: ballot.clone(),
            method: Method::RollCall,
            wording,
            motion: None,
            terms: Terms::default(),
        };
        self.act(&chair, &open)?;
        let seats: Vec<(SeatId, Mark)> =
            self.seats.iter().filter_map(|(column, seat)| Some((seat.clone(), *marks.get(*column)?))).collect();
        let gone = |mark: Mark| mark == Mark::None && silent == Silent::Absent;
        for (seat, mark) in &seats {
            let choice = match mark {
                Mark::Yes => Choice::Yes,
                Mark::No => Choice::No,
                Mark::Abstain => Choice::Abstain,
                Mark::None | Mark::Unlisted => {
                    // Whoever is not there leaves the room: the quorum is found again when the ballot is closed.
                    if gone(*mark) {
                        self.attest(seat.clone(), false)?;
                    }
                    continue;
                }
            };
            let voter = Actor { seat: Some(seat.clone()), strong: true, ..Actor::default() };
            self.act(&voter, &Command::Cast { ballot: ballot.clone(), choice })?;
        }
        self.act(&chair, &Command::CloseBallot { ballot: ballot.clone() })?;
        let declared = self.act(&chair, &Command::DeclareResult { ballot })?;
        for (seat, _) in seats.into_iter().filter(|(_, mark)| gone(*mark)) {
            self.attest(seat, true)?;
        }
        let mut results = declared
            .into_iter()
            .filter_map(|event| if let Event::ResultDeclared(result) = event { Some(result) } else { None });
        results.next_back().ok_or_else(|| "Das Ergebnis wurde nicht festgestellt.".to_owned())
    }

    fn attest(&mut self, seat: SeatId, present: bool) -> Result<(), String> {
        let clerk = Actor { clerk: true, strong: true, ..Actor::default() };
        self.act(&clerk, &Command::AttestRoom { seat, present }).map(drop)
    }

    fn chair(&self) -> Actor {
        Actor { seat: Some(self.chair.clone()), strong: true, ..Actor::default() }
    }

    /// Decides and folds, as a running meeting does.
    fn act(&mut self, actor: &Actor, command: &Command) -> Result<Vec<Event>, String> {
        self.now = self.now.plus_millis(TICK_MS);
        let context = Context { actor: actor.clone(), now: self.now };
        let mut meeting = self.meeting.take().ok_or("Die Sitzung ist abgebrochen.")?;
        let events = decide(&meeting, self.rules, &context, command).map_err(|refusal| refusal.to_string())?;
        for event in &events {
            self.number += 1;
            meeting = apply(meeting, &recorded(event.clone(), self.number, self.now));
        }
        self.meeting = Some(meeting);
        Ok(events)
    }
}

fn recorded(event: Event, number: u64, at: Instant) -> Recorded {
    Recorded { number, occurred_at: at, recorded_at: at, classes: BTreeSet::new(), event }
}

/// The sitting as it is planned. In the chair is who voted most often: somebody who was surely there.
fn planned(
    day: Date,
    pack: &RulePack,
    listed: &[usize],
    ballots: &[(usize, &Vec<Mark>)],
    starts_at: Instant,
) -> Result<Plan, String> {
    let gave = |column: usize| {
        ballots.iter().filter(|(_, marks)| !matches!(marks.get(column), Some(Mark::None) | None)).count()
    };
    let chair = listed.iter().copied().max_by_key(|column| (gave(*column), usize::MAX - column));
    let chair = seat_id(chair.ok_or("Das Gremium hat keinen Sitz.")?)?;
    let seats = listed.iter().map(|column| seat(*column)).collect::<Result<Vec<_>, String>>()?;
    Ok(Plan {
        municipality: text("Gemeinde nicht angegeben")?,
        land: pack.land().to_owned(),
        body: text("gremium")?,
        body_name: text("Gremium nicht angegeben")?,
        title: text("Namentliche Abstimmungen")?,
        place: text("Ort nicht angegeben")?,
        day,
        starts_at,
        first_after_election: false,
        seats,
        chair,
        clerk: text("Schriftführung nicht angegeben")?,
        agenda: ballots.iter().map(|(place, _)| item(*place)).collect::<Result<_, String>>()?,
        closed_titles: None,
        closed_motions: None,
        clauses: Vec::new(),
        local: None,
        summoned_on: None,
        deputies: Vec::new(),
        kind: None,
        statutory: None,
    })
}

fn item(place: usize) -> Result<AgendaEntry, String> {
    let title = Some(text(&format!("Abstimmung {}", place + 1))?);
    Ok(AgendaEntry { id: item_id(place)?, number: (place + 1).to_string(), title, public: true, motion: None })
}

fn seat(column: usize) -> Result<Seat, String> {
    Ok(Seat {
        id: seat_id(column)?,
        person: text(&format!("mitglied-{}", column + 1))?,
        name: text(&format!("Mitglied {}", column + 1))?,
        function: Function::Councillor,
        faction: None,
    })
}

fn seat_id(column: usize) -> Result<SeatId, String> {
    text(&format!("sitz-{}", column + 1))
}

fn item_id(place: usize) -> Result<ItemId, String> {
    text(&format!("punkt-{}", place + 1))
}

fn text<T: std::str::FromStr<Err: fmt::Display>>(written: &str) -> Result<T, String> {
    written.parse().map_err(|why: T::Err| why.to_string())
}
