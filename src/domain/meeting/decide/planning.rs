//! Planning and convening (`Einberufung`, § 34 GemO BW).

use super::super::command::{Context, Plan, Summons};
use super::super::event::{AgendaEntry, Clause, Convening, Event, PinnedLaw, Planned, Reseated};
use super::super::state::{Meeting, Phase};
use super::before::notice;
use super::{count, only_chair_or_clerk, ruled_out, voice};
use crate::domain::council::{Function, SEATS_MAX, Seat};
use crate::domain::id::{HALL, ItemId, SeatId};
use crate::domain::law::format::{self, MeetingFormat, may_convene};
use crate::domain::law::{self, QuorumBase, Rules, basis};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Name, Remark, Title, Wording};
use crate::domain::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Items an agenda may have. A real one had 394.
pub const ITEMS_MAX: usize = 1000;

/// The first event of a meeting.
///
/// # Errors
/// [`Refusal`] if seats or items are listed twice, the chair has no seat, there are no seats, or a list is too long. The
/// agenda may still be missing.
pub fn plan(plan: &Plan) -> Result<Event, Refusal> {
    seats_fit(&plan.seats, &plan.chair, &plan.deputies)?;
    number_fits(&plan.seats, plan.statutory)?;
    let (titles, motions) = (plan.closed_titles.clone(), plan.closed_motions.clone());
    let (titles, motions) = (titles.unwrap_or_default(), motions.unwrap_or_default());
    agenda_fits(&plan.agenda, &titles, &motions)?;
    // What is not there leaves no trace.
    let closed_titles = (!titles.is_empty()).then_some(titles);
    let closed_motions = (!motions.is_empty()).then_some(motions);
    Ok(Event::Planned(Planned { closed_titles, closed_motions, ..plan.clone() }))
}

/// Whether seats can be those of a body: every seat and every person once, the chair's among them.
fn seats_fit(seats: &[Seat], chair: &SeatId, deputies: &[SeatId]) -> Result<(), Refusal> {
    let wrong = |code, sentence: String| Err(Refusal::misuse(code, sentence));
    if seats.is_empty() || seats.len() > SEATS_MAX {
        return wrong("seats_count", format!("Ein Gremium hat 1 bis {SEATS_MAX} besetzte Sitze."));
    }
    let (mut ids, mut people) = (BTreeSet::new(), BTreeSet::new());
    for seat in seats {
        if seat.id.as_str() == HALL {
            return wrong("seat_reserved", format!("„{HALL}“ heißt das Gerät im Saal; ein Sitz darf nicht so heißen."));
        }
        if !ids.insert(&seat.id) {
            return wrong("seat_twice", format!("Der Sitz „{}“ ist zweimal aufgeführt.", seat.id));
        }
        if !people.insert(&seat.person) {
            return wrong("person_twice", format!("{} hat zwei Sitze. Eine Person hat einen Sitz.", seat.name));
        }
    }
    if !ids.contains(chair) {
        return wrong("chair_without_seat", "Der Vorsitz hat keinen Sitz in diesem Gremium.".into());
    }
    let mut once = BTreeSet::from([chair]);
    if let Some(deputy) = deputies.iter().find(|deputy| !ids.contains(deputy) || !once.insert(deputy)) {
        let sentence =
            format!("Die Stellvertretung „{deputy}“ hat keinen Sitz, hat den Vorsitz oder steht zweimal da.");
        return wrong("deputies", sentence);
    }
    Ok(())
}

/// No more seats are occupied than the law provides for; who only ever advises has none of them.
fn number_fits(seats: &[Seat], statutory: Option<u32>) -> Result<(), Refusal> {
    let advises = |seat: &&Seat| matches!(seat.function, Function::Official | Function::DistrictHead);
    let occupied = count(seats.iter().filter(|seat| !advises(seat)).count());
    match statutory {
        Some(statutory) if occupied > statutory => {
            let sentence = format!("{occupied} Sitze sind besetzt, das Gesetz kennt nur {statutory}.");
            Err(Refusal::misuse("seats_count", sentence))
        }
        Some(_) | None => Ok(()),
    }
}

/// The body as it is now, as long as nobody has been summoned.
pub(super) fn reseat(meeting: &Meeting, context: &Context, to: &Reseated) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    match &meeting.phase {
        Phase::Planned => {}
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => {
            return Err(Refusal::misuse(
                "convened",
                "Die Sitzung ist schon einberufen und behält die Besetzung, mit der sie einberufen ist.",
            ));
        }
    }
    seats_fit(&to.seats, &to.chair, &to.deputies)?;
    number_fits(&to.seats, to.statutory)?;
    if meeting.has_body(to) {
        return Err(Refusal::misuse("seats_same", "Die Sitzung hat schon die jetzige Besetzung."));
    }
    Ok(vec![Event::Reseated(to.clone())])
}

/// Whether an agenda can be one: every item once, titles where they belong.
pub(super) fn agenda_fits(
    agenda: &[AgendaEntry],
    closed_titles: &BTreeMap<ItemId, Title>,
    closed_motions: &BTreeMap<ItemId, Wording>,
) -> Result<(), Refusal> {
    let wrong = |code, sentence: String| Err(Refusal::misuse(code, sentence));
    if agenda.len() > ITEMS_MAX {
        return wrong("items_count", format!("Eine Tagesordnung hat höchstens {ITEMS_MAX} Punkte."));
    }
    let mut items = BTreeSet::new();
    for entry in agenda {
        if !items.insert(&entry.id) {
            return wrong("item_twice", format!("Der Tagesordnungspunkt „{}“ ist zweimal aufgeführt.", entry.id));
        }
        if entry.public == entry.title.is_none() || entry.public == closed_titles.contains_key(&entry.id) {
            let text =
                "Öffentliche Punkte haben einen Titel in der Tagesordnung, nichtöffentliche nur in der geschützten.";
            return wrong("item_title", text.into());
        }
        // The one motion of an item stands either for everybody or apart.
        if !entry.public && entry.motion.is_some() || entry.public && closed_motions.contains_key(&entry.id) {
            let text = "Der Antrag eines nichtöffentlichen Punktes darf nicht in der Tagesordnung stehen.";
            return wrong("item_motion", text.into());
        }
    }
    if closed_motions.keys().any(|item| !items.contains(item)) {
        return wrong("item_motion", "Ein Antrag gehört zu einem Punkt, den es nicht gibt.".into());
    }
    Ok(())
}

/// How a meeting is to be convened.
pub struct How<'a> {
    pub format: MeetingFormat,
    pub ground: &'a Option<String>,
    pub reason: &'a Option<Remark>,
    pub public_room: &'a Option<Name>,
    pub law: &'a PinnedLaw,
    pub summons: &'a Summons,
}

/// The mayor decides on the format when convening (§ 37a (3) s. 3, (4) s. 4 GemO BW); later is too late.
pub fn convene(meeting: &Meeting, rules: &Rules, context: &Context, how: How<'_>) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    match &meeting.phase {
        Phase::Planned => {}
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => {
            ruled_out::not_now(meeting, rules, how.summons)?;
            return Err(Refusal::misuse("convened", "Die Sitzung ist schon einberufen."));
        }
    }
    if meeting.items.is_empty() {
        return Err(Refusal::misuse("no_agenda", "Ohne Tagesordnung kann nicht einberufen werden."));
    }
    if rules.quorum_base.get() == QuorumBase::Statutory && meeting.statutory.is_none() {
        let sentence =
            "Die gesetzliche Zahl der Mitglieder ist nicht angegeben; von ihr hängt die Beschlussfähigkeit ab.";
        return Err(Refusal::law("no_statutory_number", rules.quorum_base.norm(), sentence));
    }
    format_fits(meeting, rules, meeting.day, how.format, how.ground.as_ref(), how.public_room.is_some())?;
    if how.format == MeetingFormat::Digital && how.reason.is_none() {
        return Err(Refusal::law(
            "reason_missing",
            rules.format_digital.norm(),
            "Begründen Sie in der Einberufung, warum die Sitzung sonst nicht ordnungsgemäß durchgeführt werden könnte.",
        ));
    }
    if how.summons.rule_out {
        ruled_out::may(meeting, rules, meeting.day, how.format, how.reason.is_some())?;
    }
    let advisory = voice::advisers(meeting, rules);
    if advisory.len() == meeting.seats.len() {
        return Err(Refusal::misuse("no_members", "In diesem Gremium sitzt kein Mitglied mit Stimme."));
    }
    let notice = notice(meeting, rules, meeting.day, how.summons)?;
    let second_notice = meeting.is_second(None) && (!notice.elsewhere || how.summons.second_notice);
    Ok(vec![Event::Convened(Convening {
        format: how.format,
        ground: how.ground.clone(),
        reason: how.reason.clone(),
        public_room: how.public_room.clone(),
        law: how.law.clone(),
        notice: Some(notice),
        second_notice,
        advisory,
        chair_votes: law::voice::chair_votes(rules, meeting.kind)
            && meeting.seats.values().any(|seat| seat.function == Function::Official),
        // A seat that was given up meanwhile has nobody left to keep away.
        excluded: how.summons.excluded.iter().filter(|seat| meeting.seats.contains_key(seat)).cloned().collect(),
        ruled_out: how.summons.rule_out,
    })])
}

/// Whether the law of `day` allows the format.
pub(super) fn format_fits(
    meeting: &Meeting,
    rules: &Rules,
    day: Date,
    format: MeetingFormat,
    ground: Option<&String>,
    public_room: bool,
) -> Result<(), Refusal> {
    let in_force = || meeting.clauses.iter().filter(|clause| clause.in_force_from <= day);
    let carries = |clause: &&Clause| {
        let proof = if clause.kind == format::Clause::DistrictConsent { basis::consents } else { basis::carries };
        proof(rules, clause.carried)
    };
    let asked = format::Convening {
        format,
        clauses: in_force().filter(|clause| carries(clause).is_ok()).map(|clause| clause.kind).collect(),
        unproven: in_force().filter_map(|clause| Some((clause.kind, carries(&clause).err()?))).collect(),
        ground: ground.cloned(),
        first_session: meeting.first_after_election,
        chair_remote: format == MeetingFormat::Digital,
        public_part: meeting.items.iter().any(|item| item.public),
        public_room,
        district: meeting.kind == Some(law::BodyKind::DistrictCouncil),
    };
    may_convene(rules, &asked)
}
