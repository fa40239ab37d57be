//! The task's loop: commands, measurements, and the durable sign of life.

use super::act::Desk;
use super::{Ask, INBOX_MAX, Outside, Sitting, Snapshot};
use crate::app::ports::chance::fresh_id;
use crate::app::ports::ledger::LedgerError;
use crate::app::record::{self, Unreadable};
use crate::domain::id::{CommandId, MeetingId};
use crate::domain::ledger::Head;
use crate::domain::meeting::command::{HallChange, PresenceChange};
use crate::domain::meeting::{Actor, Command, Phase};
use crate::domain::presence::{Change, Observation, Tracker};
use crate::domain::time::Instant;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// How long a claim lives without a sign of life, in milliseconds. A crash is noticed by others after this.
pub const CLAIM_MS: i64 = 15_000;
/// The same for a closed meeting, which nobody waits for.
pub const REST_MS: i64 = 15 * 60_000;
/// How often the sign of life is renewed.
const ALIVE_EVERY: Duration = Duration::from_secs(4);
/// From when on a silent media engine means that nobody is perceptible, in milliseconds.
const ENGINE_SILENT_MS: i64 = 5_000;

/// Why a meeting could not be taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotStarted {
    #[error("Diese Sitzung gibt es nicht.")]
    Unknown,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("Das Protokoll ist nicht lesbar: {0}")]
    Unreadable(#[from] Unreadable),
    #[error("{0}")]
    NoRules(String),
}

/// Claims a meeting, replays its ledger, recovers it if it was running, and lets it run.
///
/// # Errors
/// [`NotStarted`].
pub async fn start(outside: Outside, id: MeetingId) -> Result<Sitting, NotStarted> {
    let now = outside.clock.now();
    let held_until = now.plus_millis(CLAIM_MS);
    let claim = outside.store.claim(&id, &outside.node, None, now, held_until).await?;
    let ledger = outside.store.load(&id).await?;
    if ledger.is_empty() {
        outside.store.release(&claim.owner, now).await?;
        return Err(NotStarted::Unknown);
    }
    let (meeting, events) = record::replay(&id, &ledger)?;
    let rules = Arc::new(record::rules_of(&meeting).map_err(NotStarted::NoRules)?);
    let head = ledger.last().map_or_else(
        || Head::start(id.clone()),
        |last| Head { meeting: id.clone(), number: last.envelope.number, digest: last.digest },
    );
    let heads = outside.store.heads(&id).await?;
    let recent = events.into_iter().rev().take(super::RECENT_MAX).rev().collect();
    let snapshot = Snapshot { sequence: 1, meeting, rules, head, heads, recent };
    let (publish, state) = watch::channel(Arc::new(snapshot));
    let (inbox, asked) = mpsc::channel(INBOX_MAX);
    let mut task = Task {
        desk: Desk::new(outside, claim.owner, held_until, publish, inbox.downgrade()),
        tracker: Tracker::default(),
        measured_at: None,
    };
    task.recover(claim.last_alive.unwrap_or(now)).await;
    task.desk.restore_chamber();
    tokio::spawn(task.run(asked));
    Ok(Sitting { id, inbox, state })
}

struct Task {
    desk: Desk,
    tracker: Tracker,
    /// When the media engine last said anything about this chamber.
    measured_at: Option<Instant>,
}

impl Task {
    async fn run(mut self, mut asked: mpsc::Receiver<Ask>) {
        let mut alive = tokio::time::interval(ALIVE_EVERY);
        alive.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                ask = asked.recv() => match ask {
                    Some(Ask::Command { id, actor, command, answer }) => {
                        let answered = self.desk.take(&id, &actor, *command).await;
                        self.forget_unmeasured();
                        let _ = answer.send(answered);
                    }
                    Some(Ask::Measured(observations)) => self.measured(&observations).await,
                    Some(Ask::Stop(done)) => {
                        self.desk.release().await;
                        let _ = done.send(());
                        return;
                    }
                    None => return self.desk.release().await,
                },
                _ = alive.tick() => {
                    self.watch_engine().await;
                    self.desk.stay_alive().await;
                }
            }
            if self.desk.lost_ownership() {
                tracing::error!(meeting = %self.desk.id(), "another node runs this meeting; this task ends");
                return;
            }
        }
    }

    /// What the crash of a predecessor left: nobody remote is perceptible until measured anew.
    async fn recover(&mut self, last_alive: Instant) {
        self.by_system("recovery", Command::Recover { last_alive }).await;
    }

    async fn measured(&mut self, observations: &[Observation]) {
        let now = self.desk.now();
        self.measured_at = Some(now);
        let snapshot = self.desk.snapshot();
        match snapshot.meeting.phase {
            Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => {}
            Phase::Planned | Phase::Closed(_) => return,
        }
        let before = self.tracker.clone();
        let found = self.tracker.observe(now, observations, &snapshot.rules, snapshot.meeting.hall_takes_part());
        let (mut changes, mut hall) = (Vec::new(), None);
        for Change { endpoint, perception, since, lacking, evidence } in found {
            if endpoint.is_hall() {
                hall = Some(HallChange { perception, since, lacking, evidence });
            } else if let Ok(seat) = endpoint.as_str().parse() {
                changes.push(PresenceChange { seat, perception, since, lacking, evidence });
            }
        }
        if (!changes.is_empty() || hall.is_some())
            && !self.by_system("presence", Command::ReportPresence { changes, hall }).await
        {
            // Not durable: the same change must be found again by the next second.
            self.tracker = before;
        }
    }

    /// The engine is part of the municipality's system: if it falls silent, nobody is perceptible.
    async fn watch_engine(&mut self) {
        let Some(measured_at) = self.measured_at else { return };
        if self.desk.now().millis_since(measured_at) < ENGINE_SILENT_MS {
            return;
        }
        self.measured_at = None;
        self.tracker.reset();
        self.by_system("engine-silent", Command::Recover { last_alive: measured_at }).await;
    }

    /// A member who was attested out of the room is measured anew if connected; so is whoever else sits there now.
    fn forget_unmeasured(&mut self) {
        for seat in self.desk.take_to_measure_anew() {
            self.tracker.forget(&(&seat).into());
        }
    }

    /// Carries out a command of the platform itself; says whether it is settled (done, or refused for good).
    async fn by_system(&mut self, what: &str, command: Command) -> bool {
        let Ok(id) = fresh_id(self.desk.entropy(), what).parse::<CommandId>() else { return true };
        match self.desk.take(&id, &Actor::system(), command).await {
            Ok(_) | Err(super::Denied::Refused(_)) => true,
            Err(super::Denied::Busy | super::Denied::Fault(_)) => false,
        }
    }
}
