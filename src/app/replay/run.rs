//! The course: opening, item by item, interruptions, closing.

use super::Past;
use super::agenda::{Agenda, Point, meaning};
use super::rehearsal::{Rehearsal, Trouble, Who};
use super::roll::{Roll, present_at};
use crate::app::ports::chance::Entropy;
use crate::app::ports::official::{Move, OfficialItem, OfficialStatus, OfficialText, OfficialVote, WallTime};
use crate::app::record;
use crate::domain::id::{BallotId, ItemId, MotionId};
use crate::domain::law::format::MeetingFormat;
use crate::domain::ledger::Sealed;
use crate::domain::meeting::command::Summons;
use crate::domain::meeting::command::Terms;
use crate::domain::meeting::event::{Disposal, InterruptionCause, Method, MotionKind};
use crate::domain::meeting::{Command, Meeting, Plan};
use crate::domain::text::Wording;
use crate::domain::time::Instant;
use std::collections::BTreeMap;

/// Days before the sitting on which the rehearsal takes the summons to have gone out, long before any period.
const SUMMONED_DAYS: i64 = 30;
/// Members arrive so long before the hour, in milliseconds.
const ARRIVAL_MS: i64 = 15 * 60_000;
/// Characters a wording may have.
const WORDING_CHARS_MAX: usize = 8000;
/// Printed where no text names the clerk.
const CLERK: &str = "Schriftführung (nicht benannt)";

/// What the course left behind.
pub struct Done {
    pub meeting: Meeting,
    pub entries: Vec<Sealed>,
    pub heads: Vec<crate::domain::ledger::Head>,
    pub outcomes: Outcomes,
}

/// What happened to items beyond what stands in the minutes.
#[derive(Default)]
pub struct Outcomes {
    /// What the core refused, by item.
    pub troubles: BTreeMap<ItemId, Vec<String>>,
    /// What it said to one hand too many, in the order of the ballots; `None` if it took it.
    pub slips: Vec<(ItemId, BallotId, Option<String>)>,
    /// Troubles of the sitting as a whole.
    pub whole: Vec<String>,
}

/// Leads the meeting from its planning to its closing.
pub fn run<'a>(past: &Past<'a>, agenda: &Agenda<'a>, roll: Roll, entropy: &dyn Entropy) -> Result<Done, String> {
    let starts_at = agenda.starts_at;
    let plan = plan(past, agenda, &roll)?;
    let id = format!("nachgestellt-{}", past.meeting.key.to_lowercase()).parse();
    let id = id.map_err(|why: crate::domain::id::NotAnId| why.to_string())?;
    let rehearsal = Rehearsal::plan(&plan, id, starts_at.plus_millis(-2 * ARRIVAL_MS), entropy)?;
    let mut course = Course { past, starts_at, roll, rehearsal, outcomes: Outcomes::default() };
    course.open(agenda)?;
    for group in agenda.groups() {
        course.group(&group);
    }
    course.rehearsal.act(Who::Chair, &Command::Close).map_err(|why| format!("Schluss: {}", why.sentence()))?;
    let Course { rehearsal, outcomes, .. } = course;
    Ok(Done { meeting: rehearsal.meeting, entries: rehearsal.entries, heads: rehearsal.heads, outcomes })
}

fn plan(past: &Past<'_>, agenda: &Agenda<'_>, roll: &Roll) -> Result<Plan, String> {
    let name = past.meeting.name.clone().unwrap_or_else(|| "Sitzung".to_owned());
    let place = past.meeting.place.clone();
    let place = place.or_else(|| past.texts.iter().find_map(|text| text.place.clone()));
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let wrong = |why: crate::domain::text::NotAText| why.to_string();
    Ok(Plan {
        municipality: past.municipality.clone(),
        land: past.land.to_owned(),
        body: "gremium".parse().map_err(|why: crate::domain::id::NotAnId| why.to_string())?,
        body_name: short(&name, 120).parse().map_err(wrong)?,
        // Nobody shall take it for the minutes of the real meeting.
        title: short(&format!("Nachstellung aus der amtlichen Niederschrift: {name}"), 500).parse().map_err(wrong)?,
        place: short(place.as_deref().unwrap_or("Ort nicht angegeben"), 120).parse().map_err(wrong)?,
        day: (past.local)(agenda.starts_at).date,
        starts_at: agenda.starts_at,
        first_after_election: false,
        seats: roll.seats.clone(),
        chair: roll.seats.first().map(|seat| seat.id.clone()).ok_or("Das Gremium hat keinen Sitz.")?,
        clerk: CLERK.parse().map_err(wrong)?,
        agenda: agenda.points.iter().map(|point| point.entry.clone()).collect(),
        closed_titles: Some(agenda.closed_titles.clone()),
        closed_motions: Some(agenda.closed_motions.clone()),
        clauses: Vec::new(),
        local: None,
        summoned_on: None,
        deputies: Vec::new(),
        kind: None,
        statutory: None,
    })
}

struct Course<'a, 'b> {
    past: &'b Past<'a>,
    starts_at: Instant,
    roll: Roll,
    rehearsal: Rehearsal<'b>,
    outcomes: Outcomes,
}

impl Course<'_, '_> {
    fn open(&mut self, agenda: &Agenda<'_>) -> Result<(), String> {
        let law = record::law_to_pin(self.past.land)?;
        let format = MeetingFormat::InPerson;
        // The texts say nothing of the summons, and whether it was in time is not what is compared.
        let day = (self.past.local)(self.starts_at).date;
        let summons = Summons { today: None, elsewhere: day.plus_days(-SUMMONED_DAYS), ..Summons::default() };
        let convene = Command::Convene { format, ground: None, reason: None, public_room: None, law, summons };
        let because = |what: &'static str| move |why: Trouble| format!("{what}: {}", why.sentence());
        self.rehearsal.act(Who::Chair, &convene).map_err(because("Einberufung"))?;
        self.rehearsal.now = self.starts_at.plus_millis(-ARRIVAL_MS);
        let groups = agenda.groups();
        let votes = groups.iter().flatten().filter_map(|point| point.official);
        let first =
            votes.flat_map(|(text, item)| item.votes.iter().filter_map(move |vote| present_at(text, vote))).next();
        let all = u32::try_from(self.roll.seats.len()).unwrap_or(u32::MAX);
        self.roll.fill(&mut self.rehearsal, first.unwrap_or(all)).map_err(because("Anwesenheit"))?;
        self.rehearsal.now = self.starts_at;
        self.rehearsal.act_at_once(Who::Chair, &Command::Open).map_err(because("Eröffnung"))
    }

    /// The items of one text, then whoever left, and the interruptions behind them.
    fn group(&mut self, group: &[&Point<'_>]) {
        let text = group.iter().find_map(|point| point.official).map(|(text, _)| text);
        for moved in text.into_iter().flat_map(|text| &text.moves).filter(|moved| moved.came) {
            self.moved(moved);
        }
        let whole = text.filter(|text| text.items.iter().all(|item| item.votes.is_empty()));
        for point in group.iter().filter(|point| point.skipped.is_none()) {
            let dealt = match point.official {
                Some((text, item)) => self.official(point, text, item, whole.is_some()),
                None => self.only_agenda(point),
            };
            if let Err(why) = dealt {
                self.outcomes.troubles.entry(point.entry.id.clone()).or_default().push(why.sentence());
                self.give_up();
            }
        }
        let Some(text) = text else { return };
        for moved in text.moves.iter().filter(|moved| !moved.came) {
            self.moved(moved);
        }
        for (from, until) in &text.breaks {
            if let Err(why) = self.interrupted(*from, *until) {
                self.outcomes.whole.push(format!("Unterbrechung {from} – {until}: {}", why.sentence()));
            }
        }
    }

    /// Somebody comes or leaves.
    fn moved(&mut self, moved: &Move) {
        self.rehearsal.now = self.rehearsal.now.max(self.at(moved.at));
        let Some(seat) = self.roll.moved(&moved.name, moved.came) else { return };
        if self.rehearsal.meeting.is_in_room(&seat) != moved.came {
            let attest = Command::AttestRoom { seat, present: moved.came };
            if let Err(why) = self.rehearsal.act_at_once(Who::Clerk, &attest) {
                self.outcomes.whole.push(format!("{}: {}", moved.name, why.sentence()));
            }
        }
    }

    /// An item as its text has it.
    fn official(
        &mut self,
        point: &Point<'_>,
        text: &OfficialText,
        item: &OfficialItem,
        shares_wording: bool,
    ) -> Result<(), Trouble> {
        let id = &point.entry.id;
        for name in &text.recused {
            if let Some(seat) = self.roll.seat_of(name).cloned() {
                self.rehearsal.act(Who::Clerk, &Command::Recuse { item: id.clone(), seat })?;
            }
        }
        self.rehearsal.act(Who::Chair, &Command::CallItem { item: id.clone() })?;
        let counted: Vec<&OfficialVote> = item.votes.iter().filter(|vote| vote.counts.is_some()).collect();
        let leads = text.items.first().is_some_and(|first| first.number == item.number);
        for (place, vote) in (1_usize..).zip(&counted) {
            let last = is_last(item, vote);
            let wording = text.wording.as_deref().filter(|_| leads && last).map(cut);
            let wording = wording.unwrap_or_else(|| cut(&described(item, vote)));
            self.vote(id, (place, last), text, vote, &wording)?;
        }
        let (disposal, wording) = match item.status {
            OfficialStatus::Voted => (by_vote(&item.votes), None),
            status => {
                let wording = text.wording.as_deref().filter(|_| leads || shares_wording);
                (disposal(status), wording.map(cut))
            }
        };
        // Where a part was decided and the rest has no numbers, the item is decided.
        let without = Command::SettleItem { disposal, wording: None };
        let decided = disposal == Disposal::WithoutVote && self.rehearsal.would(Who::Chair, &without).is_err();
        self.settle(if decided { Disposal::Decided } else { disposal }, wording.as_deref())
    }

    /// An item of which only the agenda says how it ended.
    fn only_agenda(&mut self, point: &Point<'_>) -> Result<(), Trouble> {
        self.rehearsal.act(Who::Chair, &Command::CallItem { item: point.entry.id.clone() })?;
        let status = point.said.map_or(OfficialStatus::Unknown, meaning);
        self.settle(disposal(status), None)
    }

    fn settle(&mut self, disposal: Disposal, wording: Option<&str>) -> Result<(), Trouble> {
        let wording = wording.map(parsed).transpose()?;
        self.rehearsal.act(Who::Chair, &Command::SettleItem { disposal, wording })
    }

    /// A vote by show of hands: with one hand too many first, which must be refused.
    fn vote(
        &mut self,
        item: &ItemId,
        (place, is_matter): (usize, bool),
        text: &OfficialText,
        vote: &OfficialVote,
        wording: &str,
    ) -> Result<(), Trouble> {
        let (Some(counts), Some(present)) = (vote.counts, present_at(text, vote)) else { return Ok(()) };
        self.roll.fill(&mut self.rehearsal, present)?;
        let ballot: BallotId = format!("{item}-a{place}")
            .parse()
            .map_err(|why: crate::domain::id::NotAnId| Trouble::Fault(why.to_string()))?;
        let (method, wording) = (Method::ShowOfHands, parsed(wording)?);
        let motion = self.motion(&ballot, vote, is_matter, &wording)?;
        self.rehearsal.act(
            Who::Chair,
            &Command::OpenBallot { ballot: ballot.clone(), method, wording, motion, terms: Terms::default() },
        )?;
        let recused = u32::try_from(text.recused.len()).unwrap_or(u32::MAX);
        let none = present.saturating_sub(recused).saturating_sub(counts.sum());
        let count = |more: u32| Command::CountHands {
            ballot: ballot.clone(),
            yes: counts.yes.saturating_add(more),
            no: counts.no,
            abstain: counts.abstain,
            none,
        };
        let slip = match self.rehearsal.would(Who::Clerk, &count(1)) {
            Err(refusal) if refusal.code == "hands_sum" => Some(refusal.sentence),
            Ok(_) | Err(_) => None,
        };
        self.outcomes.slips.push((item.clone(), ballot.clone(), slip));
        self.rehearsal.act(Who::Clerk, &count(0))?;
        self.rehearsal.act(Who::Chair, &Command::CloseBallot { ballot: ballot.clone() })?;
        self.rehearsal.act(Who::Chair, &Command::DeclareResult { ballot })
    }

    /// A vote to refer or postpone is one on a procedural motion, one on a motion before the matter is one on an
    /// amendment; the matter itself needs no motion from the floor. The texts say of a faction at most who moved.
    fn motion(
        &mut self,
        ballot: &BallotId,
        vote: &OfficialVote,
        is_matter: bool,
        wording: &Wording,
    ) -> Result<Option<MotionId>, Trouble> {
        let about = vote.about.as_deref().unwrap_or_default().to_lowercase();
        let kind = match vote.instead {
            Some(_) => MotionKind::Procedural,
            None if !is_matter && about.contains("antrag") => MotionKind::Amendment,
            // The matter, or a part of it: „Ziffer 2“.
            None => return Ok(None),
        };
        let motion: MotionId =
            ballot.as_str().parse().map_err(|why: crate::domain::id::NotAnId| Trouble::Fault(why.to_string()))?;
        let moved = Command::MoveMotion { motion: motion.clone(), mover: None, kind, wording: wording.clone() };
        self.rehearsal.act(Who::Clerk, &moved)?;
        Ok(Some(motion))
    }

    /// After a refusal the sitting goes on: the ballot is given up, the item ends however it stands.
    fn give_up(&mut self) {
        use crate::domain::meeting::Business;
        if let Some(Business::Ballot(open)) = self.rehearsal.meeting.business() {
            let void = Command::VoidBallot { ballot: open.ballot.clone() };
            if let Err(why) = self.rehearsal.act(Who::Chair, &void) {
                self.outcomes.whole.push(why.sentence());
            }
        }
    }

    fn interrupted(&mut self, from: WallTime, until: WallTime) -> Result<(), Trouble> {
        self.rehearsal.now = self.rehearsal.now.max(self.at(from));
        self.rehearsal.act_at_once(Who::Chair, &Command::Interrupt { cause: InterruptionCause::Chair })?;
        self.rehearsal.now = self.rehearsal.now.max(self.at(until));
        self.rehearsal.act_at_once(Who::Chair, &Command::Resume { ballot_goes_on: None })
    }

    /// A time of day on the day of the sitting.
    fn at(&self, wall: WallTime) -> Instant {
        let start = (self.past.local)(self.starts_at);
        let minutes = |hour: u8, minute: u8| i64::from(hour).saturating_mul(60).saturating_add(i64::from(minute));
        let later = minutes(wall.hour, wall.minute).saturating_sub(minutes(start.hour, start.minute));
        self.starts_at.plus_millis(later.saturating_mul(60_000))
    }
}

/// What was voted on, where no wording is given: who moved it, in which paper, which part.
pub fn described(item: &OfficialItem, vote: &OfficialVote) -> String {
    let paper = item.paper.as_ref().map(|paper| format!("Vorlage {paper}"));
    let parts = [item.by.clone(), paper, vote.about.clone(), Some(item.title.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { format!("TOP {}", item.number) } else { parts.join(", ") }
}

/// As much of a wording as fits.
pub fn cut(text: &str) -> String {
    text.chars().take(WORDING_CHARS_MAX).collect()
}

fn parsed(text: &str) -> Result<Wording, Trouble> {
    text.parse().map_err(|why: crate::domain::text::NotAText| Trouble::Fault(format!("Wortlaut: {why}")))
}

/// The vote on the matter itself is the last one of its item.
pub fn is_last(item: &OfficialItem, vote: &OfficialVote) -> bool {
    item.votes.last().is_some_and(|last| std::ptr::eq(last, vote))
}

/// How an item ends by its votes: decided, or as an adopted motion to refer or postpone has it.
fn by_vote(votes: &[OfficialVote]) -> Disposal {
    match votes.last() {
        None | Some(OfficialVote { counts: None, .. }) => Disposal::WithoutVote,
        Some(OfficialVote { instead: Some(instead), adopted: true, .. }) => disposal(*instead),
        Some(OfficialVote { instead: Some(_), .. }) => Disposal::WithoutVote,
        Some(_) => Disposal::Decided,
    }
}

const fn disposal(status: OfficialStatus) -> Disposal {
    match status {
        OfficialStatus::Noted => Disposal::Noted,
        OfficialStatus::Referred => Disposal::Referred,
        OfficialStatus::Postponed => Disposal::Postponed,
        OfficialStatus::Removed => Disposal::Removed,
        OfficialStatus::Withdrawn => Disposal::Withdrawn,
        OfficialStatus::Moot => Disposal::Moot,
        OfficialStatus::Voted | OfficialStatus::WithoutVote | OfficialStatus::Unknown => Disposal::WithoutVote,
    }
}
