//! All meetings of this node: finds the running one, starts it when somebody comes, routes the measurement.

use crate::app::circulation::is_circulation;
use crate::app::ports::chance::fresh_id;
use crate::app::ports::ledger::{Append, Appended, LedgerError};
use crate::app::ports::media::MediaEvent;
use crate::app::record::{self, Stamp};
use crate::app::sitting::{self, Denied, Outside, Sitting};
use crate::domain::id::MeetingId;
use crate::domain::ledger::{Digest, Head};
use crate::domain::meeting::{Plan, plan};
use crate::domain::refusal::Refusal;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Meetings one node keeps open at once. More than that are told of by reading one anew and letting another go.
const SITTINGS_MAX: usize = 512;

/// What planning a meeting came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    Now,
    /// It was planned before, exactly so.
    Before,
    /// It was planned before, but otherwise, and stays as it is.
    Otherwise,
}

/// The meetings of this node.
#[derive(Clone)]
pub struct Sittings {
    outside: Outside,
    most: usize,
    running: Arc<Mutex<BTreeMap<MeetingId, Sitting>>>,
}

/// Why a meeting is not to be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSitting {
    #[error("Diese Sitzung gibt es nicht.")]
    Unknown,
    #[error("{0}")]
    Fault(String),
}

impl Sittings {
    #[must_use]
    pub fn new(outside: Outside) -> Self {
        Self { outside, most: SITTINGS_MAX, running: Arc::default() }
    }

    /// The same meetings, with room for this many open at once.
    #[must_use]
    pub fn at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// What the meetings need of the outside.
    #[must_use]
    pub const fn outside(&self) -> &Outside {
        &self.outside
    }

    /// The running meeting, started if need be.
    ///
    /// # Errors
    /// [`NoSitting`].
    pub async fn get(&self, id: &MeetingId) -> Result<Sitting, NoSitting> {
        if is_circulation(id) {
            return Err(NoSitting::Unknown);
        }
        let mut running = self.running.lock().await;
        if let Some(sitting) = running.get(id).filter(|sitting| !sitting.is_stopped()) {
            return Ok(sitting.clone());
        }
        if running.len() >= self.most {
            running.retain(|_, sitting| !sitting.is_stopped());
        }
        if running.len() >= self.most {
            let resting = running.iter().find(|(_, sitting)| sitting.is_resting()).map(|(id, _)| id.clone());
            let resting = resting.and_then(|id| running.remove(&id));
            let full = || NoSitting::Fault("Auf diesem Server laufen schon zu viele Sitzungen.".into());
            resting.ok_or_else(full)?.stop().await;
        }
        let sitting = sitting::start(self.outside.clone(), id.clone()).await.map_err(|error| match error {
            sitting::NotStarted::Unknown => NoSitting::Unknown,
            other => NoSitting::Fault(other.to_string()),
        })?;
        running.insert(id.clone(), sitting.clone());
        Ok(sitting)
    }

    /// Every meeting with a ledger.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn list(&self) -> Result<Vec<MeetingId>, LedgerError> {
        let all = self.outside.store.meetings().await?;
        Ok(all.into_iter().filter(|id| !is_circulation(id)).collect())
    }

    /// Starts a ledger with the planned meeting. Planning a meeting again changes nothing, and says what stands there.
    ///
    /// # Errors
    /// [`Denied`] if the plan is refused or the store fails.
    pub async fn plan(&self, id: &MeetingId, wanted: &Plan) -> Result<Planned, Denied> {
        self.plan_as(id, wanted, "administrator").await
    }

    /// As [`Sittings::plan`], recorded on the authority of `actor`.
    ///
    /// # Errors
    /// As [`Sittings::plan`].
    pub async fn plan_as(&self, id: &MeetingId, wanted: &Plan, actor: &str) -> Result<Planned, Denied> {
        let fault = |error: LedgerError| Denied::Fault(error.to_string());
        if is_circulation(id) {
            let sentence = format!("„{id}“ ist die Kennung eines Umlaufverfahrens, nicht die einer Sitzung.");
            return Err(Refusal::misuse("not_a_meeting", sentence).into());
        }
        let event = plan(wanted)?;
        let outside = &self.outside;
        let now = outside.clock.now();
        // Looked at before it is claimed: a running server has claimed what it runs.
        let ledger = outside.store.load(id).await.map_err(fault)?;
        if !ledger.is_empty() {
            let (_, recorded) = record::replay(id, &ledger).map_err(|error| Denied::Fault(error.to_string()))?;
            let same = recorded.first().is_some_and(|first| first.event == event);
            return Ok(if same { Planned::Before } else { Planned::Otherwise });
        }
        let claim = outside.store.claim(id, &outside.node, None, now, now.plus_millis(5_000)).await.map_err(fault)?;
        let result = async {
            let command = fresh_id(&*outside.entropy, "plan").parse().map_err(|_| Denied::Fault("Kennung".into()))?;
            let stamp = Stamp { command: &command, actor, epoch: claim.owner.epoch, recorded_at: now };
            let head = Head::start(id.clone());
            let sealed = record::write(&head, &stamp, &event, false, &*outside.entropy)
                .map_err(|error| Denied::Fault(error.to_string()))?;
            let append = Append {
                owner: claim.owner.clone(),
                now,
                expected: head,
                command: command.clone(),
                fingerprint: Digest::of("ratssaal plan v1", &[sealed.digest.bytes()]),
                entries: vec![sealed],
                heads: Vec::new(),
                redact: Vec::new(),
                outbox: Vec::new(),
            };
            match outside.store.append(append).await.map_err(fault)? {
                Appended::Now(_) | Appended::Before(_) => Ok(Planned::Now),
            }
        }
        .await;
        outside.store.release(&claim.owner, now).await.map_err(fault)?;
        result
    }

    /// Brings what the media engine tells to the meeting it is about. Slots are the web's business.
    pub async fn tell(&self, event: &MediaEvent) {
        if let MediaEvent::Measured { chamber, observations } = event {
            let running = self.running.lock().await;
            if let Some(sitting) = running.get(chamber) {
                sitting.measured(observations.clone());
            }
        }
    }

    /// Ends every task of this node in good order.
    pub async fn stop(&self) {
        let sittings: Vec<Sitting> = self.running.lock().await.values().cloned().collect();
        for sitting in sittings {
            sitting.stop().await;
        }
    }
}
