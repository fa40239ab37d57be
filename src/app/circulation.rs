//! `Umlaufverfahren`: matters sent round, each with a ledger of its own in the store of the meetings. One command is
//! loaded, decided, sealed and durable before it is acknowledged; nothing of it is kept running.

mod dossier;
mod opening;

pub use dossier::{Dossier, Entry};
pub use opening::{NoOpening, OpeningDraft, opening};

use crate::app::outbox::circulation_notice;
use crate::app::ports::ledger::{Append, Appended, Lane, LedgerError, Notice, Owner, Receipt};
use crate::app::ports::mail::CirculationKind;
use crate::app::record::{self, Stamp};
use crate::app::sitting::{Denied, Outside, fault, reused};
use crate::domain::circulation::wire::PREFIX;
use crate::domain::circulation::{
    Circulation, Command, Context, Event, Opening, Stage, apply, authority, decide, open, wire,
};
use crate::domain::council::Seat;
use crate::domain::id::{CommandId, MeetingId, SeatId};
use crate::domain::law::Rules;
use crate::domain::ledger::{Digest, Head, canonical};
use crate::domain::meeting::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::time::{Date, Instant};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// How long a circulation is held for one command, in milliseconds.
const CLAIM_MS: i64 = 5_000;
/// How often a command is tried again when another node was faster.
const TRIES_MAX: u32 = 8;
/// The wait between two tries.
const TRY_AGAIN: std::time::Duration = std::time::Duration::from_millis(60);
/// Circulations that are over and kept in memory.
const KEPT_MAX: usize = 512;
/// Laws that are kept read.
const LAWS_MAX: usize = 64;

/// Why a circulation is not to be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCirculation {
    #[error("Dieses Umlaufverfahren gibt es nicht.")]
    Unknown,
    #[error("{0}")]
    Fault(String),
}

/// The identifier names a circulation, not a meeting.
#[must_use]
pub fn is_circulation(id: &MeetingId) -> bool {
    id.as_str().starts_with(PREFIX)
}

/// The circulations of this installation. Cheap to clone.
#[derive(Clone)]
pub struct Circulations {
    outside: Outside,
    /// One command at a time in this process: the lock across processes is the store's.
    one: Arc<Mutex<()>>,
    /// What is over does not change any more.
    over: Arc<Mutex<BTreeMap<MeetingId, Arc<Dossier>>>>,
    /// The rules of a pinned law on a day: reading a law takes longer than reading a ledger.
    laws: Arc<Mutex<Laws>>,
}

/// Rules by the digest of the pinned text and the day.
type Laws = BTreeMap<(Digest, Date), Arc<Rules>>;

/// What somebody asks of a circulation.
struct Asked<'a> {
    id: &'a MeetingId,
    command_id: &'a CommandId,
    actor: &'a Actor,
    seated: &'a [Seat],
    command: &'a Command,
    fingerprint: Digest,
}

/// What one event means for the ledger.
struct Step<'a> {
    owner: &'a Owner,
    now: Instant,
    head: Head,
    command: &'a CommandId,
    fingerprint: Digest,
    actor: &'a str,
    event: &'a Event,
}

impl Circulations {
    #[must_use]
    pub fn new(outside: Outside) -> Self {
        Self { outside, one: Arc::default(), over: Arc::default(), laws: Arc::default() }
    }

    /// Every circulation. One that cannot be read does not hide the others.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn all(&self) -> Result<Vec<Arc<Dossier>>, LedgerError> {
        let mut dossiers = Vec::new();
        for id in self.outside.store.meetings().await?.iter().filter(|id| is_circulation(id)) {
            match self.get(id).await {
                Ok(dossier) => dossiers.push(dossier),
                Err(why) => tracing::error!(circulation = %id, %why, "a circulation could not be read"),
            }
        }
        Ok(dossiers)
    }

    /// A circulation as it stands.
    ///
    /// # Errors
    /// [`NoCirculation`].
    pub async fn get(&self, id: &MeetingId) -> Result<Arc<Dossier>, NoCirculation> {
        if !is_circulation(id) {
            return Err(NoCirculation::Unknown);
        }
        if let Some(known) = self.over.lock().await.get(id) {
            return Ok(Arc::clone(known));
        }
        let ledger = self.outside.store.load(id).await.map_err(|why| NoCirculation::Fault(why.to_string()))?;
        if ledger.is_empty() {
            return Err(NoCirculation::Unknown);
        }
        let mut laws = self.laws.lock().await;
        let dossier = Dossier::read(id, &ledger, |opened| {
            let key = (opened.law.digest, opened.sent_on);
            if let Some(known) = laws.get(&key) {
                return Ok(Arc::clone(known));
            }
            let rules = Arc::new(record::rules_pinned(&opened.land, &opened.law, opened.sent_on)?);
            if laws.len() >= LAWS_MAX {
                laws.pop_first();
            }
            laws.insert(key, Arc::clone(&rules));
            Ok(rules)
        });
        drop(laws);
        let dossier = Arc::new(dossier.map_err(|why| NoCirculation::Fault(why.to_string()))?);
        if dossier.circulation.is_over() {
            let mut over = self.over.lock().await;
            if over.len() >= KEPT_MAX {
                over.pop_first();
            }
            over.insert(id.clone(), Arc::clone(&dossier));
        }
        Ok(dossier)
    }

    /// Sends a matter round, under `command`; the same command again is answered with the same circulation.
    ///
    /// # Errors
    /// [`Denied`]; nothing is sent.
    pub async fn open(&self, command: &CommandId, actor: &str, opening: &Opening) -> Result<MeetingId, Denied> {
        let id = Digest::of("ratssaal circulation v1", &[command.as_str().as_bytes()]).to_string();
        let id = id.get(..24).and_then(|short| format!("{PREFIX}{short}").parse::<MeetingId>().ok());
        let id = id.ok_or_else(|| Denied::Fault("Kennung".into()))?;
        let opened = &opening.opened;
        let rules = record::rules_pinned(&opened.land, &opened.law, opened.sent_on).map_err(Denied::Fault)?;
        let _turn = self.one.lock().await;
        if !self.outside.store.load(&id).await.map_err(|why| fault(&why))?.is_empty() {
            return Ok(id);
        }
        let event = open(&rules, opening)?;
        let now = self.outside.clock.now();
        let owner = self.claim(&id, now).await?;
        let fingerprint = Digest::of("ratssaal circulation opening v1", &[command.as_str().as_bytes()]);
        let head = Head::start(id.clone());
        let appended =
            self.append(Step { owner: &owner, now, head, command, fingerprint, actor, event: &event }, None).await;
        self.release(&owner, now).await;
        appended.map(|_| id)
    }

    /// Carries out a command and answers when it is durable. `seated` is the body as it is occupied today.
    ///
    /// # Errors
    /// [`Denied`]; nothing happened.
    pub async fn act(
        &self,
        id: &MeetingId,
        command_id: &CommandId,
        actor: &Actor,
        seated: &[Seat],
        command: &Command,
    ) -> Result<Receipt, Denied> {
        let asked = Asked { id, command_id, actor, seated, command, fingerprint: fingerprint(actor, command)? };
        let _turn = self.one.lock().await;
        let mut tries = 0;
        loop {
            let done = self.try_to(&asked).await;
            tries += 1;
            match done {
                Err(Tried::Overtaken) if tries < TRIES_MAX => tokio::time::sleep(TRY_AGAIN).await,
                Err(Tried::Overtaken) => return Err(Denied::Busy),
                Err(Tried::Denied(why)) => return Err(why),
                Ok(receipt) => return Ok(receipt),
            }
        }
    }

    async fn try_to(&self, asked: &Asked<'_>) -> Result<Receipt, Tried> {
        let &Asked { id, command_id, actor, seated, command, fingerprint } = asked;
        let known = self.outside.store.receipt(id, command_id).await.map_err(|why| fault(&why))?;
        if let Some((receipt, recorded)) = known {
            return if recorded == fingerprint { Ok(receipt) } else { Err(reused().into()) };
        }
        let dossier = self.get(id).await.map_err(|why| match why {
            NoCirculation::Unknown => Denied::Refused(Refusal::misuse("unknown", why.to_string())),
            NoCirculation::Fault(why) => Denied::Fault(why),
        })?;
        let now = self.outside.clock.now();
        let circulation = &dossier.circulation;
        let context = Context { actor, today: (self.outside.local)(now).date, seated };
        let event = decide(circulation, &dossier.rules, &context, command).map_err(Denied::Refused)?;
        let who = authority(circulation, actor, command);
        let owner = self.claim(id, now).await?;
        let head = dossier.head.clone();
        let step = Step { owner: &owner, now, head, command: command_id, fingerprint, actor: &who, event: &event };
        let appended = self.append(step, Some(circulation)).await;
        self.release(&owner, now).await;
        appended.map_err(|why| match why {
            Denied::Busy => Tried::Overtaken,
            other => Tried::Denied(other),
        })
    }

    /// Makes one event durable, with the letters it asks for, and signs the head where a result hangs on it.
    async fn append(&self, step: Step<'_>, before: Option<&Circulation>) -> Result<Receipt, Denied> {
        let Step { owner, now, head, command, fingerprint, actor, event } = step;
        let stamp = Stamp { command, actor, epoch: owner.epoch, recorded_at: now };
        let parts = wire::parts(event).map_err(Denied::Fault)?;
        let kind = (event.wire_name(), wire::VERSION, now);
        let sealed = record::sealed(&head, &stamp, kind, parts, &*self.outside.entropy)
            .map_err(|why| Denied::Fault(why.to_string()))?;
        let next = Head { meeting: head.meeting.clone(), number: sealed.envelope.number, digest: sealed.digest };
        let heads = if signs(event) {
            vec![self.outside.signer.sign(&next).map_err(|why| Denied::Fault(why.to_string()))?]
        } else {
            Vec::new()
        };
        let letters = letters(before, event);
        let notice = |(seat, kind): &(SeatId, CirculationKind)| Notice {
            lane: Lane::Mail,
            content: circulation_notice(seat, *kind),
            not_before: now,
        };
        let append = Append {
            owner: owner.clone(),
            now,
            expected: head,
            command: command.clone(),
            fingerprint,
            entries: vec![sealed],
            heads,
            redact: Vec::new(),
            outbox: letters.iter().map(notice).collect(),
        };
        match self.outside.store.append(append).await {
            Ok(Appended::Now(receipt) | Appended::Before(receipt)) => Ok(receipt),
            Err(LedgerError::CommandReused) => Err(reused()),
            Err(LedgerError::HeadMoved | LedgerError::NotOwner) => Err(Denied::Busy),
            Err(why @ LedgerError::Fault(_)) => Err(fault(&why)),
        }
    }

    async fn claim(&self, id: &MeetingId, now: Instant) -> Result<Owner, Denied> {
        let (store, node) = (&self.outside.store, &self.outside.node);
        match store.claim(id, node, None, now, now.plus_millis(CLAIM_MS)).await {
            Ok(claim) => Ok(claim.owner),
            Err(LedgerError::NotOwner) => Err(Denied::Busy),
            Err(why) => Err(fault(&why)),
        }
    }

    async fn release(&self, owner: &Owner, now: Instant) {
        if let Err(why) = self.outside.store.release(owner, now).await {
            tracing::warn!(circulation = %owner.meeting, %why, "the claim could not be given up");
        }
    }
}

/// How one try to carry out a command did not end.
enum Tried {
    /// Somebody else wrote in between.
    Overtaken,
    Denied(Denied),
}

impl From<Denied> for Tried {
    fn from(why: Denied) -> Self {
        if why == Denied::Busy { Self::Overtaken } else { Self::Denied(why) }
    }
}

/// What can be disputed later stands under a signature: what was asked, and what came of it.
const fn signs(event: &Event) -> bool {
    matches!(event, Event::Opened(_) | Event::Found(_) | Event::Announced(_) | Event::Ended(_))
}

/// Whom an event has written to, and why.
fn letters(before: Option<&Circulation>, event: &Event) -> Vec<(SeatId, CirculationKind)> {
    let everybody = |kind| {
        let members = before.into_iter().flat_map(|circulation| circulation.members.values());
        members.filter(|member| !member.recused).map(|member| (member.seat.id.clone(), kind)).collect()
    };
    match event {
        Event::Opened(opened) => opened.seats.iter().map(|seat| (seat.id.clone(), CirculationKind::Asked)).collect(),
        Event::Answered(_) => {
            let after = before.map(|circulation| apply(circulation.clone(), event));
            match after {
                Some(after) if after.stage == Stage::Objected => {
                    vec![(after.opened.chair, CirculationKind::Objected)]
                }
                _ => Vec::new(),
            }
        }
        Event::Found(_) => everybody(CirculationKind::Found),
        Event::Ended(_) => everybody(CirculationKind::Ended),
        Event::Delivered(_)
        | Event::Recused(_)
        | Event::RecusalLifted(_)
        | Event::Announced(_)
        | Event::Withheld(_) => Vec::new(),
    }
}

fn fingerprint(actor: &Actor, command: &Command) -> Result<Digest, Denied> {
    let wrong = |why: String| Denied::Fault(why);
    let value = serde_json::to_value(command).map_err(|error| wrong(error.to_string()))?;
    let text = canonical(&value).map_err(|error| wrong(error.to_string()))?;
    let who = actor.seat.as_ref().map_or("", |seat| seat.as_str());
    Ok(Digest::of("ratssaal circulation command v1", &[who.as_bytes(), b"\n", text.as_bytes()]))
}
