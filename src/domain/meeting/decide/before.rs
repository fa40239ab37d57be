//! Before the meeting: planning anew, moving, cancelling, changing the agenda (§ 34 GemO BW), replies (§ 37a (1) s. 1).

use super::super::command::{Context, LateItem, PaperFile, PlanDraft, Preparation, Summons};
use super::super::event::{
    Amended, Answer, Cancelled, Delivered, DeliveryOutcome, Event, PaperFiled, PinnedLaw, Replanned, Replied,
    Rescheduled, Resent,
};
use super::super::state::{Item, ItemState, Meeting, Phase};
use super::order::bar;
use super::planning::{agenda_fits, format_fits, reseat};
use super::second::mark_second;
use super::{known_seat, only_chair_or_clerk, only_system, ruled_out};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::format::MeetingFormat;
use crate::domain::law::notice::{self, NoticeFinding, Summoning};
use crate::domain::law::{RulePack, Rules};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Name, Remark};
use crate::domain::time::{Date, Instant};
use std::collections::BTreeMap;

/// Replies one member may give to one summons; more is a machine.
const REPLIES_MAX: u32 = 100;
/// Papers one meeting may have, every version counted.
const PAPERS_MAX: usize = 5_000;

/// One step of the preparation.
pub fn prepare(meeting: &Meeting, rules: &Rules, context: &Context, step: &Preparation) -> Result<Vec<Event>, Refusal> {
    match step {
        Preparation::Replan { revision, draft } => replan(meeting, context, *revision, draft),
        Preparation::Reschedule { day, starts_at, place, reason, law, summons } => {
            let to = To { day: *day, starts_at: *starts_at, place, reason };
            reschedule(meeting, context, &to, law, summons)
        }
        Preparation::Cancel { reason } => cancel(meeting, context, reason),
        Preparation::AddItem { item, summons } => add_item(meeting, rules, context, item, summons),
        Preparation::DropItem { item } => drop_item(meeting, context, item),
        Preparation::ReportDelivery { seat, sequence, outcome, reason } => {
            report_delivery(meeting, context, seat, *sequence, *outcome, reason.as_ref())
        }
        Preparation::NoteBounce { seat } => note_bounce(meeting, context, seat),
        Preparation::HandOver { seat, on } => hand_over(meeting, context, seat, *on),
        Preparation::Resend { seat } => resend(meeting, context, seat),
        Preparation::Reply { answer, consent, reason } => {
            reply(meeting, rules, context, *answer, *consent, reason.as_ref())
        }
        Preparation::FilePaper { item, file } => file_paper(meeting, context, item, file),
        Preparation::Reseat { to } => reseat(meeting, context, to),
        Preparation::Bar { seats } => bar(meeting, context, seats),
        Preparation::MarkSecond { item, of } => mark_second(meeting, context, item, of.as_ref()),
    }
}

/// Whether the summons comes in time, on whatever way it goes.
pub(super) fn notice(
    meeting: &Meeting,
    rules: &Rules,
    sitting: Date,
    summons: &Summons,
) -> Result<NoticeFinding, Refusal> {
    let elsewhere = summons.elsewhere.or(meeting.before.summoned_on);
    let no_day = || Refusal::misuse("no_day", "Es steht nicht fest, an welchem Tag geladen wird.");
    let on = elsewhere.or(summons.today).ok_or_else(no_day)?;
    if summons.today.is_some_and(|today| on > today) {
        return Err(Refusal::misuse(
            "summons_in_future",
            format!("Die Ladung kann nicht erst am {} schon ergangen sein.", on.german()),
        ));
    }
    let hour = if elsewhere.is_some() { None } else { summons.hour };
    let second = meeting.is_second_throughout();
    let emergency = summons.emergency.as_ref();
    notice::find(rules, sitting, &Summoning { on, hour, second, elsewhere: elsewhere.is_some(), emergency })
}

fn replan(meeting: &Meeting, context: &Context, revision: u64, draft: &PlanDraft) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    match meeting.phase {
        Phase::Planned => {}
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => {
            return Err(Refusal::misuse("convened", "Die Sitzung ist schon einberufen."));
        }
    }
    agenda_fits(&draft.agenda, &draft.closed_titles, &draft.closed_motions)?;
    if revision != meeting.before.revision {
        return Err(Refusal::conflict(
            "plan_changed",
            "Jemand anders hat die Planung inzwischen geändert. Ihre Fassung ist noch nicht gespeichert.",
        ));
    }
    Ok(vec![Event::Replanned(Replanned {
        title: draft.title.clone(),
        place: draft.place.clone(),
        day: draft.day,
        starts_at: draft.starts_at,
        agenda: draft.agenda.clone(),
        closed_titles: (!draft.closed_titles.is_empty()).then(|| draft.closed_titles.clone()),
        closed_motions: (!draft.closed_motions.is_empty()).then(|| draft.closed_motions.clone()),
    })])
}

/// Convened, and nobody has opened it yet.
fn convened_only(meeting: &Meeting, what: &str) -> Result<(), Refusal> {
    match meeting.phase {
        Phase::Convened(_) => Ok(()),
        Phase::Planned => Err(Refusal::misuse("not_convened", "Die Sitzung ist noch nicht einberufen.")),
        Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => {
            Err(Refusal::misuse("begun", format!("{what} geht nur, solange die Sitzung nicht begonnen hat.")))
        }
    }
}

/// Where a meeting is moved to.
struct To<'a> {
    day: Date,
    starts_at: Instant,
    place: &'a Name,
    reason: &'a Remark,
}

fn reschedule(
    meeting: &Meeting,
    context: &Context,
    to: &To<'_>,
    law: &PinnedLaw,
    summons: &Summons,
) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    convened_only(meeting, "Verlegen")?;
    if to.day == meeting.day && to.starts_at == meeting.starts_at && *to.place == meeting.place {
        return Err(Refusal::conflict("same_time", "Tag, Uhrzeit und Ort sind dieselben wie bisher."));
    }
    let pack = RulePack::parse(&law.text).map_err(|why| Refusal::misuse("no_law", why.to_string()))?;
    let rules = pack.on(to.day)?;
    if let Some(convened) = meeting.convened() {
        let how = &convened.convening;
        format_fits(meeting, &rules, to.day, how.format, how.ground.as_ref(), how.public_room.is_some())?;
        // What was ruled out with the convening stays so, if the law of the other day allows it.
        if how.ruled_out {
            ruled_out::may(meeting, &rules, to.day, how.format, true)?;
        }
    }
    ruled_out::not_now(meeting, &rules, summons)?;
    // A move is told by this program, whatever way the first summons took.
    let sent = Summons { elsewhere: None, ..summons.clone() };
    let notice =
        NoticeFinding { elsewhere: false, ..notice_now(&rules, to.day, &sent, meeting.is_second_throughout())? };
    Ok(vec![Event::Rescheduled(Rescheduled {
        day: to.day,
        starts_at: to.starts_at,
        place: to.place.clone(),
        reason: to.reason.clone(),
        law: law.clone(),
        notice,
    })])
}

/// The period of what goes out today.
fn notice_now(rules: &Rules, sitting: Date, summons: &Summons, second: bool) -> Result<NoticeFinding, Refusal> {
    let no_day = || Refusal::misuse("no_day", "Es steht nicht fest, an welchem Tag geladen wird.");
    let on = summons.today.ok_or_else(no_day)?;
    let (hour, emergency) = (summons.hour, summons.emergency.as_ref());
    notice::find(rules, sitting, &Summoning { on, hour, second, elsewhere: false, emergency })
}

fn cancel(meeting: &Meeting, context: &Context, reason: &Remark) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    convened_only(meeting, "Absagen")?;
    Ok(vec![Event::Cancelled(Cancelled { reason: reason.clone() })])
}

fn add_item(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    late: &LateItem,
    summons: &Summons,
) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    convened_only(meeting, "Ein Nachtrag vor der Sitzung")?;
    ruled_out::not_now(meeting, rules, summons)?;
    if meeting.item(&late.entry.id).is_some() {
        let sentence = format!("Der Tagesordnungspunkt „{}“ ist zweimal aufgeführt.", late.entry.id);
        return Err(Refusal::misuse("item_twice", sentence));
    }
    if meeting.items.len() >= super::planning::ITEMS_MAX {
        return Err(Refusal::misuse("items_count", "Die Tagesordnung ist voll. Fassen Sie Punkte zusammen."));
    }
    let closed: BTreeMap<_, _> = late.closed_title.iter().map(|title| (late.entry.id.clone(), title.clone())).collect();
    let motions = late.closed_motion.iter().map(|motion| (late.entry.id.clone(), motion.clone()));
    let motions: BTreeMap<_, _> = motions.collect();
    agenda_fits(std::slice::from_ref(&late.entry), &closed, &motions)?;
    let notice = notice_now(rules, meeting.day, summons, false)?;
    Ok(vec![Event::Amended(Amended {
        added: vec![late.entry.clone()],
        removed: Vec::new(),
        closed_titles: (!closed.is_empty()).then_some(closed),
        closed_motions: (!motions.is_empty()).then_some(motions),
        notice: Some(notice),
    })])
}

fn drop_item(meeting: &Meeting, context: &Context, item: &ItemId) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    convened_only(meeting, "Absetzen vor der Sitzung")?;
    let unknown = || Refusal::misuse("unknown_item", "Diesen Tagesordnungspunkt gibt es nicht.");
    meeting.item(item).ok_or_else(unknown)?;
    if meeting.items.len() == 1 {
        return Err(Refusal::misuse("no_agenda", "Der letzte Punkt bleibt; sagen Sie die Sitzung ab."));
    }
    Ok(vec![Event::Amended(Amended {
        added: Vec::new(),
        removed: vec![item.clone()],
        closed_titles: None,
        closed_motions: None,
        notice: None,
    })])
}

/// The current summons of a member, while it still matters.
fn current(meeting: &Meeting, seat: &SeatId) -> Result<u32, Refusal> {
    known_seat(meeting, seat)?;
    let over = matches!(meeting.phase, Phase::Closed(_)) && meeting.before.cancelled.is_none();
    match meeting.before.deliveries.get(seat) {
        _ if over => Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
        Some(delivery) => Ok(delivery.sequence),
        None => Err(Refusal::misuse("not_summoned", "An dieses Mitglied ist von hier aus keine Ladung gegangen.")),
    }
}

fn outcome_of(meeting: &Meeting, seat: &SeatId) -> Option<DeliveryOutcome> {
    meeting.before.deliveries.get(seat).and_then(|delivery| delivery.outcome)
}

fn report_delivery(
    meeting: &Meeting,
    context: &Context,
    seat: &SeatId,
    sequence: u32,
    outcome: DeliveryOutcome,
    reason: Option<&Remark>,
) -> Result<Vec<Event>, Refusal> {
    only_system(context)?;
    if current(meeting, seat)? != sequence || outcome_of(meeting, seat) == Some(outcome) {
        return Err(Refusal::conflict("summons_overtaken", "Inzwischen ist eine andere Ladung unterwegs."));
    }
    let (seat, reason) = (seat.clone(), reason.cloned());
    Ok(vec![Event::Delivered(Delivered { seat, sequence, outcome, on: None, reason })])
}

fn note_bounce(meeting: &Meeting, context: &Context, seat: &SeatId) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    let sequence = current(meeting, seat)?;
    if outcome_of(meeting, seat) != Some(DeliveryOutcome::Sent) {
        return Err(Refusal::misuse("not_sent", "Zurückkommen kann nur, was verschickt wurde."));
    }
    let outcome = DeliveryOutcome::Bounced;
    Ok(vec![Event::Delivered(Delivered { seat: seat.clone(), sequence, outcome, on: None, reason: None })])
}

fn hand_over(meeting: &Meeting, context: &Context, seat: &SeatId, on: Date) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    let sequence = current(meeting, seat)?;
    if on > meeting.day {
        return Err(Refusal::misuse("handed_over_late", "Übergeben wird eine Ladung vor der Sitzung."));
    }
    if outcome_of(meeting, seat) == Some(DeliveryOutcome::HandedOver) {
        return Err(Refusal::conflict("handed_over", "Das ist schon so vermerkt."));
    }
    let outcome = DeliveryOutcome::HandedOver;
    Ok(vec![Event::Delivered(Delivered { seat: seat.clone(), sequence, outcome, on: Some(on), reason: None })])
}

fn resend(meeting: &Meeting, context: &Context, seat: &SeatId) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    current(meeting, seat)?;
    match outcome_of(meeting, seat) {
        None => Err(Refusal::conflict("queued", "Diese Ladung ist schon unterwegs.")),
        Some(_) => Ok(vec![Event::Resent(Resent { seat: seat.clone() })]),
    }
}

/// The words a member consents to.
#[must_use]
pub fn consent_text(rules: &Rules) -> String {
    format!(
        "Ich stimme zu, an dieser Sitzung durch Zuschaltung mittels Ton- und Bildübertragung teilzunehmen ({}).",
        rules.remote_consent.norm()
    )
}

fn reply(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    answer: Answer,
    consent: bool,
    reason: Option<&Remark>,
) -> Result<Vec<Event>, Refusal> {
    let no_seat = || Refusal::misuse("no_seat", "Antworten können nur Mitglieder des Gremiums.");
    let seat = context.actor.seat.as_ref().ok_or_else(no_seat)?;
    known_seat(meeting, seat)?;
    if !context.actor.strong {
        return Err(Refusal::misuse("weak", "Bitte melden Sie sich dafür mit Passwort und Code an."));
    }
    let format = match &meeting.phase {
        Phase::Convened(convened) | Phase::Sitting { convened, .. } | Phase::Interrupted { convened, .. } => {
            convened.convening.format
        }
        Phase::Planned => return Err(Refusal::misuse("not_convened", "Die Sitzung ist noch nicht einberufen.")),
        Phase::Closed(_) => return Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
    };
    if meeting.before.replied.get(seat).is_some_and(|given| *given >= REPLIES_MAX) {
        return Err(Refusal::misuse("replies_count", "Sie haben schon sehr oft geantwortet. Bitte rufen Sie an."));
    }
    if answer == Answer::Remote {
        let law = |code, norm: &str, sentence: &str| Err(Refusal::law(code, norm, sentence));
        if format == MeetingFormat::InPerson {
            return Err(ruled_out::in_person(meeting, rules));
        }
        if format == MeetingFormat::Hybrid && *seat == meeting.chair && rules.format_hybrid_chair_in_room.get() {
            let norm = rules.format_hybrid_chair_in_room.norm();
            return law("chair_in_room", norm, "In einer hybriden Sitzung ist der Vorsitz im Sitzungsraum.");
        }
        if !consent {
            let norm = rules.remote_consent.norm();
            return law("consent_missing", norm, "Zugeschaltet nimmt nur teil, wer der Zuschaltung zustimmt.");
        }
    }
    let words = consent_text(rules).parse().ok().filter(|_| answer == Answer::Remote);
    Ok(vec![Event::Replied(Replied { seat: seat.clone(), answer, consent: words, reason: reason.cloned() })])
}

fn file_paper(meeting: &Meeting, context: &Context, item: &ItemId, file: &PaperFile) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    let late = match meeting.phase {
        Phase::Planned => false,
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => true,
        Phase::Closed(_) => return Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
    };
    let unknown = || Refusal::misuse("unknown_item", "Diesen Tagesordnungspunkt gibt es nicht.");
    let Item { public, state, .. } = meeting.item(item).ok_or_else(unknown)?;
    if matches!(state, ItemState::Settled { .. }) {
        return Err(Refusal::misuse("item_settled", "Dieser Punkt ist schon abgeschlossen."));
    }
    if meeting.before.papers.len() >= PAPERS_MAX {
        return Err(Refusal::misuse(
            "papers_count",
            "Mehr Unterlagen nimmt diese Sitzung nicht auf. Fassen Sie mehrere in einer Datei zusammen.",
        ));
    }
    let earlier = meeting.before.papers.iter().filter(|paper| paper.id == file.paper);
    let last = earlier.max_by_key(|paper| paper.version);
    if last.is_some_and(|paper| paper.item != *item) {
        return Err(Refusal::misuse("paper_elsewhere", "Diese Unterlage liegt bei einem anderen Punkt."));
    }
    if last.is_some_and(|paper| paper.digest == file.digest) {
        return Err(Refusal::conflict("same_paper", "Genau diese Datei liegt schon vor."));
    }
    Ok(vec![Event::PaperFiled(PaperFiled {
        paper: file.paper.clone(),
        item: item.clone(),
        version: last.map_or(0, |paper| paper.version).saturating_add(1),
        digest: file.digest,
        bytes: file.bytes,
        pages: file.pages,
        late,
        name: public.then(|| file.name.clone()),
        closed_name: (!public).then(|| file.name.clone()),
    })])
}
