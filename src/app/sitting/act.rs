//! One command: repeated or new, decided, sealed, durable, published, ordered outside. In this order and no other.

use super::task::{CLAIM_MS, REST_MS};
use super::{Ask, Denied, Outside, RECENT_MAX, Snapshot, fingerprint};
use crate::app::outbox;
use crate::app::ports::chance::{Entropy, fresh_id};
use crate::app::ports::ledger::{Append, Appended, Lane, LedgerError, Notice, Owner, Receipt};
use crate::app::ports::media::MediaCommand;
use crate::app::record::{self, Stamp};
use crate::domain::id::{CommandId, EndpointId, MeetingId, SeatId};
use crate::domain::ledger::Head;
use crate::domain::meeting::command::{Preparation, Summons};
use crate::domain::meeting::doors::is_behind_doors;
use crate::domain::meeting::effect::{Effect, standing_exclusions};
use crate::domain::meeting::event::Outlet;
use crate::domain::meeting::{Actor, Command, Context, Event, Phase, apply, authority, decide, react};
use crate::domain::refusal::Refusal;
use crate::domain::time::Instant;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};

/// Where the commands of one meeting are carried out.
pub struct Desk {
    outside: Outside,
    owner: Owner,
    publish: watch::Sender<Arc<Snapshot>>,
    /// Where the desk's own orders come back as commands.
    inbox: mpsc::WeakSender<Ask>,
    /// Until when the meeting is claimed.
    held_until: Instant,
    lost: bool,
    to_measure_anew: Vec<SeatId>,
}

/// What a decision comes to, before it is durable.
struct Draft {
    append: Append,
    next: Snapshot,
    effects: Vec<Effect>,
    to_measure_anew: Vec<SeatId>,
}

impl Desk {
    pub const fn new(
        outside: Outside,
        owner: Owner,
        held_until: Instant,
        publish: watch::Sender<Arc<Snapshot>>,
        inbox: mpsc::WeakSender<Ask>,
    ) -> Self {
        Self { outside, owner, publish, inbox, held_until, lost: false, to_measure_anew: Vec::new() }
    }

    pub const fn id(&self) -> &MeetingId {
        &self.owner.meeting
    }

    pub const fn lost_ownership(&self) -> bool {
        self.lost
    }

    pub fn entropy(&self) -> &dyn Entropy {
        &*self.outside.entropy
    }

    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.publish.borrow().clone()
    }

    /// The time, never earlier than the newest entry: a clock that was set back must not reorder the record.
    pub fn now(&self) -> Instant {
        let newest = self.publish.borrow().recent.last().map(|recorded| recorded.recorded_at);
        self.outside.clock.now().max(newest.unwrap_or(Instant(0)))
    }

    /// Seats that have been attested out of the room, or turned out to be somebody else, since this was last asked.
    pub fn take_to_measure_anew(&mut self) -> Vec<SeatId> {
        std::mem::take(&mut self.to_measure_anew)
    }

    /// Carries out one command. The answer comes after the entry is durable, never before.
    pub async fn take(&mut self, id: &CommandId, actor: &Actor, command: Command) -> Result<Receipt, Denied> {
        let command = self.with_facts(command)?;
        let fingerprint = fingerprint(actor, &command)?;
        if let Some((receipt, recorded)) =
            self.outside.store.receipt(self.id(), id).await.map_err(|error| fault(&error))?
        {
            return if recorded == fingerprint { Ok(receipt) } else { Err(reused()) };
        }
        let before = self.snapshot();
        let context = Context { actor: actor.clone(), now: self.now() };
        let events = decide(&before.meeting, &before.rules, &context, &command)?;
        let who = authority(&before.meeting, actor, &command);
        let stamp = Stamp { command: id, actor: &who, epoch: self.owner.epoch, recorded_at: context.now };
        let Some(draft) = self.draft(&before, &stamp, fingerprint, &events)? else {
            return Err(Refusal::conflict("nothing", "Es ändert sich nichts.").into());
        };
        match self.outside.store.append(draft.append).await {
            Ok(Appended::Now(receipt)) => {
                self.publish.send_replace(Arc::new(draft.next));
                self.to_measure_anew.extend(draft.to_measure_anew);
                self.order(draft.effects);
                Ok(receipt)
            }
            Ok(Appended::Before(receipt)) => Ok(receipt),
            Err(LedgerError::CommandReused) => Err(reused()),
            Err(error @ (LedgerError::HeadMoved | LedgerError::NotOwner)) => {
                self.lost = true;
                Err(fault(&error))
            }
            Err(error @ LedgerError::Fault(_)) => {
                tracing::error!(meeting = %self.id(), %error, "a command could not be recorded");
                Err(fault(&error))
            }
        }
    }

    /// Puts the rule pack of the Land and the present day into a convening, a move, a late item: they are ours to say, not
    /// the caller's.
    fn with_facts(&self, command: Command) -> Result<Command, Denied> {
        let law = || record::law_of(&self.publish.borrow().meeting).map_err(Denied::Fault);
        let told = |summons: Summons| {
            let now = (self.outside.local)(self.now());
            Summons { today: Some(now.date), hour: Some(now.hour), ..summons }
        };
        Ok(match command {
            Command::Convene { format, ground, reason, public_room, law: _, summons } => {
                Command::Convene { format, ground, reason, public_room, law: law()?, summons: told(summons) }
            }
            Command::Prepare(Preparation::Reschedule { day, starts_at, place, reason, law: _, summons }) => {
                let (law, summons) = (law()?, told(summons));
                Command::Prepare(Preparation::Reschedule { day, starts_at, place, reason, law, summons })
            }
            Command::Prepare(Preparation::AddItem { item, summons }) => {
                Command::Prepare(Preparation::AddItem { item, summons: told(summons) })
            }
            other => other,
        })
    }

    fn draft(
        &self,
        before: &Snapshot,
        stamp: &Stamp<'_>,
        fingerprint: crate::domain::ledger::Digest,
        events: &[Event],
    ) -> Result<Option<Draft>, Denied> {
        if events.is_empty() {
            return Ok(None);
        }
        let unsealed = |error: record::Unreadable| Denied::Fault(error.to_string());
        let mut next = before.clone();
        let (mut entries, mut heads, mut effects, mut redact) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for event in events {
            let closed = is_behind_doors(&next.meeting, event);
            let sealed = record::write(&next.head, stamp, event, closed, &*self.outside.entropy).map_err(unsealed)?;
            let recorded = record::read(&sealed).map_err(unsealed)?;
            next.head = Head { meeting: self.id().clone(), number: sealed.envelope.number, digest: sealed.digest };
            next.meeting = apply(next.meeting, &recorded);
            let reaction = react(&next.meeting, event);
            if reaction.contains(&Effect::SignHead) {
                heads.push(self.outside.signer.sign(&next.head).map_err(|error| Denied::Fault(error.to_string()))?);
            }
            if let Event::DataDeleted(deleted) = event {
                redact.extend(deleted.entries.iter().map(|number| (*number, deleted.class)));
            }
            effects.extend(reaction);
            next.recent.push(recorded);
            entries.push(sealed);
        }
        let convened = !matches!(before.meeting.phase, Phase::Convened(_));
        let other_law = before.meeting.day != next.meeting.day || before.meeting.local != next.meeting.local;
        if other_law || (convened && matches!(next.meeting.phase, Phase::Convened(_))) {
            next.rules = Arc::new(record::rules_of(&next.meeting).map_err(Denied::Fault)?);
        }
        let surplus = next.recent.len().saturating_sub(RECENT_MAX);
        next.recent.drain(..surplus);
        next.heads.extend(heads.iter().cloned());
        next.sequence += 1;
        let to_measure_anew = events
            .iter()
            .filter_map(|event| match event {
                Event::RoomAttested(attested) if !attested.present => Some(attested.seat.clone()),
                Event::IdentityAttested(attested) if !attested.confirmed => Some(attested.seat.clone()),
                _ => None,
            })
            .collect();
        let append = Append {
            owner: self.owner.clone(),
            now: stamp.recorded_at,
            expected: before.head.clone(),
            command: stamp.command.clone(),
            fingerprint,
            entries,
            heads,
            redact,
            outbox: self.notices(&next, &effects, stamp.recorded_at),
        };
        Ok(Some(Draft { append, next, effects, to_measure_anew }))
    }

    fn notices(&self, next: &Snapshot, effects: &[Effect], now: Instant) -> Vec<Notice> {
        let notice = |lane, content| Notice { lane, content, not_before: now };
        effects
            .iter()
            .flat_map(|effect| match effect {
                Effect::Announce(announcement) => {
                    let events = self.outside.announcer.write(self.id(), announcement, now);
                    events.into_iter().map(|event| notice(Lane::Room, event)).collect()
                }
                // One notice a person: whoever cannot be reached does not make the others get theirs twice.
                Effect::MailHead => {
                    let seats = next.meeting.seats.values();
                    seats.map(|seat| notice(Lane::Mail, outbox::head_notice(next, &seat.person))).collect()
                }
                Effect::Summon(seats) => {
                    seats.iter().map(|seat| notice(Lane::Mail, outbox::summons_notice(next, seat))).collect()
                }
                Effect::EndChat => vec![notice(Lane::Room, outbox::END_CHAT.to_owned())],
                Effect::Exclude { .. }
                | Effect::ConfirmCutOff
                | Effect::Vacate { .. }
                | Effect::CloseChamber
                | Effect::SignHead => Vec::new(),
            })
            .collect()
    }

    /// Orders to the chamber. They do not hold up the next command; a silent engine interrupts the meeting anyway.
    fn order(&self, effects: Vec<Effect>) {
        let chamber = self.id();
        let confirm = effects.contains(&Effect::ConfirmCutOff);
        let orders: Vec<MediaCommand> = effects
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::Exclude { seat, excluded } => Some(MediaCommand::Exclude {
                    chamber: chamber.clone(),
                    endpoint: EndpointId::from(&seat),
                    excluded,
                }),
                Effect::Vacate { seat } => Some(MediaCommand::Leave {
                    chamber: chamber.clone(),
                    endpoint: EndpointId::from(&seat),
                    connection: None,
                }),
                Effect::CloseChamber => Some(MediaCommand::Close { chamber: chamber.clone() }),
                Effect::Announce(_)
                | Effect::ConfirmCutOff
                | Effect::EndChat
                | Effect::MailHead
                | Effect::SignHead
                | Effect::Summon(_) => None,
            })
            .collect();
        if orders.is_empty() && !confirm {
            return;
        }
        let (media, inbox) = (self.outside.media.clone(), self.inbox.clone());
        let id = fresh_id(self.entropy(), "cut-off");
        tokio::spawn(async move {
            let mut carried_out = true;
            for order in orders {
                if let Err(error) = media.ask(order).await {
                    tracing::error!(%error, "the chamber did not take an order");
                    carried_out = false;
                }
            }
            if confirm && carried_out {
                confirm_cut_off(&inbox, &id).await;
            }
        });
    }

    /// Tells a chamber that may have started anew who is excluded.
    pub fn restore_chamber(&self) {
        self.order(standing_exclusions(&self.snapshot().meeting));
    }

    /// Renews the claim: the durable sign of life an interruption is dated by. A closed meeting cannot be interrupted: it is
    /// claimed for longer, or a town's past would keep the disk awake.
    pub async fn stay_alive(&mut self) {
        let now = self.outside.clock.now();
        let closed = matches!(self.publish.borrow().meeting.phase, Phase::Closed(_));
        if closed && self.held_until.millis_since(now) > CLAIM_MS {
            return;
        }
        let until = now.plus_millis(if closed { REST_MS } else { CLAIM_MS });
        let held = Some(self.owner.epoch);
        match self.outside.store.claim(self.id(), &self.outside.node, held, now, until).await {
            Ok(claim) if claim.owner.epoch == self.owner.epoch => self.held_until = until,
            Ok(_) | Err(LedgerError::NotOwner) => self.lost = true,
            Err(error) => tracing::error!(meeting = %self.id(), %error, "no sign of life could be recorded"),
        }
    }

    pub async fn release(&mut self) {
        let now = self.outside.clock.now();
        if let Err(error) = self.outside.store.release(&self.owner, now).await {
            tracing::warn!(meeting = %self.id(), %error, "the claim could not be given up");
        }
    }
}

/// Says in the record that whoever may not follow is cut off. Refused only if that is no longer asked for; a meeting whose
/// task has ended is told again by whoever takes it over.
async fn confirm_cut_off(inbox: &mpsc::WeakSender<Ask>, id: &str) {
    let (Some(inbox), Ok(id)) = (inbox.upgrade(), id.parse()) else { return };
    let command = Box::new(Command::ConfirmDoors { outlet: Outlet::Platform });
    let (answer, answered) = oneshot::channel();
    if inbox.send(Ask::Command { id, actor: Actor::system(), command, answer }).await.is_ok()
        && let Ok(Err(error)) = answered.await
    {
        tracing::warn!(%error, "that the doors are shut was not recorded");
    }
}

/// An identifier that was used for another command before.
pub fn reused() -> Denied {
    Refusal::conflict(
        "command_reused",
        "Diese Kennung wurde schon für etwas anderes verwendet. Bitte die Seite neu laden.",
    )
    .into()
}

/// The store does not do what it should.
pub fn fault(error: &LedgerError) -> Denied {
    Denied::Fault(error.to_string())
}
