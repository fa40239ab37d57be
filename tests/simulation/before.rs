//! What may be done before a meeting, and what people try long after it has begun.

use super::dice::Dice;
use super::meeting_kit::{Stage, chair, clerk, item, member, seat};
use ratssaal::app::planning::late_item;
use ratssaal::domain::council::Function;
use ratssaal::domain::id::{ItemId, SeatId};
use ratssaal::domain::law::BodyKind;
use ratssaal::domain::ledger::Digest;
use ratssaal::domain::meeting::command::{PaperFile, PlanDraft, Preparation, Summons};
use ratssaal::domain::meeting::event::{
    AgendaEntry, Answer, DeliveryOutcome, Disposal, FirstSitting, PinnedLaw, Reseated,
};
use ratssaal::domain::meeting::{Actor, Command, Plan, view};
use ratssaal::domain::text::Passage;
use ratssaal::domain::time::Instant;

const ANSWERS: [Answer; 3] = [Answer::InRoom, Answer::Remote, Answer::Prevented];
const OUTCOMES: [DeliveryOutcome; 3] = [DeliveryOutcome::Sent, DeliveryOutcome::Refused, DeliveryOutcome::Unreachable];

/// The day on which everything before the meeting is done.
pub fn today() -> Summons {
    Summons { today: Some("2026-11-14".parse().unwrap()), ..Summons::default() }
}

/// Convened so that nobody may be connected this once, mostly with a reason.
pub fn ruled_out(convene: Command, dice: &mut Dice) -> Command {
    let Command::Convene { format, ground, reason, public_room, law, summons } = convene else { return convene };
    let reason = reason.or_else(|| dice.percent(80).then(|| "Haushaltsberatung".parse().unwrap()));
    Command::Convene { format, ground, reason, public_room, law, summons: Summons { rule_out: true, ..summons } }
}

/// What the town brings along: how it summons, and law of its own.
pub fn town_law(plan: &mut Plan, dice: &mut Dice) {
    if dice.percent(40) {
        plan.clauses.push(super::meeting_kit::clause(ratssaal::domain::law::format::Clause::Recording));
    }
    if dice.percent(50) {
        plan.summoned_on = None;
    }
    // A Hauptsatzung without the majority it needs carries nothing, and some bodies have law of their own.
    if dice.percent(4) {
        plan.clauses.iter_mut().for_each(|clause| clause.carried = None);
    }
    plan.local = dice.percent(40).then(|| local_law(dice));
}

/// `Ortsrecht`, a clause or two.
fn local_law(dice: &mut Dice) -> Passage {
    let clause = |key: &str, value: &str, more: &str| {
        format!(
            "[[local]]\nkey = \"{key}\"\nvalue = {value}\nreference = \"§ 9\"\ndecided_on = 2026-03-12\nfrom = 2026-04-01\n{more}\n"
        )
    };
    let rules = "instrument = \"geschaeftsordnung\"\n";
    let main = "instrument = \"hauptsatzung\"\nyes = 12\nmembers = 13\n";
    let all = [
        clause("notice.days", "8", rules),
        clause("presence.grace_seconds", "5", rules),
        clause("fault.unknown_sphere", "\"municipal\"", rules),
        clause("remote.basis_evidence", "false", rules),
        clause("presence.picture", "false", main),
    ];
    let chosen: Vec<String> = all.into_iter().filter(|_| dice.percent(40)).collect();
    let chosen = if chosen.is_empty() { vec![clause("recusal.audience", "false", rules)] } else { chosen };
    chosen.concat().parse().unwrap()
}

/// One step, mostly by whom it belongs to.
pub fn step(stage: &Stage, seats: usize, items: usize, law: &PinnedLaw, dice: &mut Dice) -> (Actor, Command) {
    let somebody = seat(dice.below(seats + 1));
    let some_item = item(&dice.below(items + 4).to_string());
    let (actor, step) = match dice.below(16) {
        0 | 1 => (clerk(), replan(stage, dice)),
        2 => {
            let day = if dice.percent(50) { "2026-12-10" } else { "2026-11-18" }.parse().unwrap();
            let (place, reason) = ("Turnhalle".parse().unwrap(), "Grippe".parse().unwrap());
            let starts_at = Instant(stage.meeting.starts_at.0 + 1);
            let (law, summons) = (law.clone(), today());
            (chair(), Preparation::Reschedule { day, starts_at, place, reason, law, summons })
        }
        3 if dice.percent(6) => (chair(), Preparation::Cancel { reason: "Grippe".parse().unwrap() }),
        3 | 4 => {
            let (number, public) = ((items + dice.below(4)).to_string(), dice.percent(60));
            let late = late_item(&number, "Nachtrag".parse().unwrap(), public, None).unwrap();
            (clerk(), Preparation::AddItem { item: late, summons: today() })
        }
        5 => (clerk(), Preparation::DropItem { item: some_item }),
        6 | 7 => {
            let known = stage.meeting.before.deliveries.get(&somebody);
            let sequence = known.map_or(7, |delivery| delivery.sequence);
            let (outcome, reason) = (dice.pick(&OUTCOMES), dice.percent(30).then(|| "550 nein".parse().unwrap()));
            (Actor::system(), Preparation::ReportDelivery { seat: somebody, sequence, outcome, reason })
        }
        8 => (clerk(), Preparation::NoteBounce { seat: somebody }),
        9 => (clerk(), Preparation::HandOver { seat: somebody, on: "2026-11-20".parse().unwrap() }),
        10 => (clerk(), Preparation::Resend { seat: somebody }),
        11 | 12 => {
            let reason = dice.percent(30).then(|| "Reise".parse().unwrap());
            let answer = Preparation::Reply { answer: dice.pick(&ANSWERS), consent: dice.percent(80), reason };
            (member(dice.below(seats)), answer)
        }
        13 => (clerk(), reseat(stage, dice)),
        14 if dice.percent(30) => (Actor::system(), Preparation::Bar { seats: vec![somebody] }),
        14 => (clerk(), second(dice, some_item)),
        _ => {
            let file = PaperFile {
                paper: format!("vorlage-{}", dice.below(3)).parse().unwrap(),
                name: "Vorlage".parse().unwrap(),
                digest: Digest::sha256(&[u8::try_from(dice.below(5)).unwrap()]),
                bytes: 1000,
                pages: 2,
            };
            (clerk(), Preparation::FilePaper { item: some_item, file })
        }
    };
    let actor = if dice.percent(8) { member(dice.below(seats)) } else { actor };
    (actor, Command::Prepare(step))
}

/// An item dealt with a second time, or not after all.
fn second(dice: &mut Dice, item: ItemId) -> Preparation {
    let day = if dice.percent(90) { "2026-10-22" } else { "2027-01-01" }.parse().unwrap();
    let first = FirstSitting { meeting: "sitzung-davor".parse().unwrap(), item: item.clone(), day };
    Preparation::MarkSecond { item, of: dice.percent(85).then_some(first) }
}

/// The same body, often one member less.
fn reseat(stage: &Stage, dice: &mut Dice) -> Preparation {
    let meeting = &stage.meeting;
    let mut seats: Vec<_> = meeting.seats.values().cloned().collect();
    if seats.len() > 3 && dice.percent(25) {
        seats.retain(|seat| seat.id != self::seat(2) || seat.id == meeting.chair);
    }
    let (chair, clerk, clauses) = (meeting.chair.clone(), "Andere".parse().unwrap(), meeting.clauses.clone());
    let deputies = meeting.leading.deputies.clone();
    Preparation::Reseat {
        to: Reseated {
            seats,
            chair,
            clerk,
            clauses,
            deputies,
            local: meeting.local.clone(),
            statutory: meeting.statutory,
        },
    }
}

/// Another order of the same items, edited on the newest plan or on an old one.
fn replan(stage: &Stage, dice: &mut Dice) -> Preparation {
    let meeting = &stage.meeting;
    let entry = |item: &ratssaal::domain::meeting::Item| AgendaEntry {
        id: item.id.clone(),
        number: item.number.clone(),
        public: item.public,
        title: item.title.clone().filter(|_| item.public),
        motion: item.motion.clone().filter(|_| item.public),
    };
    let mut agenda: Vec<AgendaEntry> = meeting.items.iter().map(entry).collect();
    dice.shuffle(&mut agenda);
    let closed = meeting.items.iter().filter(|item| !item.public);
    let draft = PlanDraft {
        title: meeting.title.clone(),
        place: meeting.place.clone(),
        day: meeting.day,
        starts_at: meeting.starts_at,
        agenda,
        closed_titles: closed.clone().filter_map(|item| Some((item.id.clone(), item.title.clone()?))).collect(),
        closed_motions: closed.filter_map(|item| Some((item.id.clone(), item.motion.clone()?))).collect(),
    };
    let revision = if dice.percent(80) { meeting.before.revision } else { 99 };
    Preparation::Replan { revision, draft }
}

/// What follows a lacking quorum at the called item, mostly by whom it belongs to.
pub fn instead(stage: &Stage, seats: usize, item: &ItemId, dice: &mut Dice) -> (Actor, Command) {
    let appoint = stage.meeting.mayor().is_some_and(|mayor| stage.meeting.is_recused(item, mayor))
        && !stage.meeting.second.stand_ins.contains_key(item);
    if dice.percent(if appoint { 85 } else { 30 }) {
        let entitled = stage.meeting.entitled(Some(item)).into_iter().next_back().cloned();
        let seat = entitled.filter(|_| dice.percent(75)).unwrap_or_else(|| seat(dice.below(seats)));
        return (clerk(), Command::AppointStandIn { seat });
    }
    let mut heard: Vec<_> = stage.meeting.to_be_heard(item).into_iter().cloned().collect();
    if dice.percent(15) {
        heard.pop();
    }
    let actor = dice.pick(&[clerk(), chair(), chair(), member(1)]);
    (actor, Command::DecideInstead { item: None, heard, wording: "Der Platz wird gekauft.".parse().unwrap() })
}

/// One after the other is recused, until the quorum is lacking and that is found.
pub fn biased(stage: &Stage, seats: usize, item: &ItemId, dice: &mut Dice) -> (Actor, Command) {
    let free = stage.meeting.seats.keys().filter(|seat| !stage.meeting.is_recused(item, seat));
    let free: Vec<SeatId> = free.cloned().collect();
    let some = if dice.percent(50) { free.first() } else { free.get(dice.below(free.len().max(1))) };
    let some = some.cloned().unwrap_or_else(|| seat(dice.below(seats)));
    let recuse = Command::Recuse { item: item.clone(), seat: some };
    let quorate = view::quorum_now(&stage.meeting, &stage.rules).met;
    let leads = Actor { seat: Some(stage.meeting.chair.clone()), strong: true, ..Actor::default() };
    if quorate { (clerk(), recuse) } else { (leads, Command::FindNoQuorum) }
}

const DISPOSALS: [Disposal; 6] = [
    Disposal::Decided,
    Disposal::Noted,
    Disposal::Postponed,
    Disposal::Referred,
    Disposal::Moot,
    Disposal::WithoutVote,
];

/// An item ends somehow.
pub fn settling(dice: &mut Dice) -> Command {
    let wording = dice.percent(30).then(|| "Beratung im Bauausschuss.".parse().unwrap());
    Command::SettleItem { disposal: dice.pick(&DISPOSALS), wording }
}

/// The kind of the body, and now and then somebody with an advisory voice.
pub fn some_kind(plan: &mut Plan, dice: &mut Dice) {
    plan.kind = dice.pick(&[
        None,
        None,
        Some(BodyKind::Council),
        Some(BodyKind::DecidingCommittee),
        Some(BodyKind::AdvisoryCommittee),
        Some(BodyKind::CountyCouncil),
    ]);
    for seat in plan.seats.iter_mut().skip(3) {
        if dice.percent(9) {
            seat.function = dice.pick(&[Function::Official, Function::Resident, Function::DistrictHead]);
        }
    }
}
