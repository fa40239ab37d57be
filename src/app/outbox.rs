//! The outbox worker (`Postausgang`): what a meeting told the outside is delivered here, in order per meeting, again and
//! again until it arrives or is parked. It never holds up an act: the notice was durable with it.

use crate::app::ports::Fault;
use crate::app::ports::accounts::AccountStore;
use crate::app::ports::clock::Clock;
use crate::app::ports::ledger::{Lane, Leased, LedgerError, LedgerStore, Sent};
use crate::app::ports::mail::{HeadMail, MailTrouble, Mailer};
use crate::app::ports::room::{RoomEvent, RoomPort};
use crate::app::sitting::Snapshot;
use crate::domain::id::{MeetingId, PersonId};
use crate::domain::ledger::Digest;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often a lane that had nothing to do is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a lane is left alone after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(10);
/// The first wait after a failure, and the longest; each failure doubles it. In milliseconds.
const BACKOFF_MS: i64 = 5_000;
const BACKOFF_MAX_MS: i64 = 300_000;
/// After so many failures a notice is parked: about a day of five-minute waits.
pub const TRIES_MAX: u32 = 290;

/// Notices taken at once and how long they stay ours, in milliseconds: a letter may take twenty seconds.
const fn batch(lane: Lane) -> (u32, i64) {
    match lane {
        Lane::Room => (32, 15_000),
        Lane::Mail => (1, 40_000),
    }
}

/// What a notice on the mail lane says.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum MailNotice {
    Head { meeting: MeetingId, title: String, number: u64, digest: Digest, person: PersonId },
}

/// The notice that has the head of this state mailed to one person.
pub(crate) fn head_notice(state: &Snapshot, person: &PersonId) -> String {
    let notice = MailNotice::Head {
        meeting: state.meeting.id.clone(),
        title: state.meeting.title.to_string(),
        number: state.head.number,
        digest: state.head.digest,
        person: person.clone(),
    };
    // Texts and numbers: nothing that serialisation could refuse.
    serde_json::to_string(&notice).unwrap_or_default()
}

/// The notice on the room lane that is an order, not an event: what people said is deleted.
pub(crate) const END_CHAT: &str = r#"{"order":"end_chat"}"#;

/// What the worker needs.
#[derive(Clone)]
pub struct Outbox {
    pub store: Arc<dyn LedgerStore>,
    pub room: Arc<dyn RoomPort>,
    /// `None`: no mail is set up.
    pub mailer: Option<Arc<dyn Mailer>>,
    pub accounts: Arc<dyn AccountStore>,
    pub clock: Arc<dyn Clock>,
    /// The name of this process among those that share the database.
    pub node: String,
    pub municipality: String,
}

/// Why a notice did not arrive.
enum Trouble {
    NotNow(String),
    Never(String),
}

impl Outbox {
    /// Delivers both lanes, each at its own pace, until `stopping`.
    pub async fn run(self, stopping: CancellationToken) {
        let lanes = async { tokio::join!(self.deliver(Lane::Room), self.deliver(Lane::Mail)) };
        tokio::select! {
            _ = lanes => {}
            () = stopping.cancelled() => {}
        }
    }

    async fn deliver(&self, lane: Lane) {
        loop {
            let pause = match self.turn(lane).await {
                Ok(0) => LOOK_EVERY,
                Ok(_) => continue,
                Err(why) => {
                    tracing::warn!(lane = lane.wire_name(), %why, "the outbox cannot be read");
                    STORE_PAUSE
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// One look at a lane: takes what is due and delivers it in order. How many notices were taken.
    ///
    /// # Errors
    /// If the store fails; what was not settled comes again.
    pub async fn turn(&self, lane: Lane) -> Result<usize, LedgerError> {
        let (most, lease_ms) = batch(lane);
        let now = self.clock.now();
        let leased = self.store.lease(lane, &self.node, most, now, now.plus_millis(lease_ms)).await?;
        let mut waiting: BTreeSet<&MeetingId> = BTreeSet::new();
        for notice in &leased {
            // What comes after a notice that has to wait, waits behind it.
            if waiting.contains(&notice.meeting) {
                continue;
            }
            let sent = self.sent(notice).await;
            if matches!(sent, Sent::Later(_)) {
                waiting.insert(&notice.meeting);
            }
            self.store.settle(&notice.id, sent, self.clock.now()).await?;
        }
        Ok(leased.len())
    }

    async fn sent(&self, notice: &Leased) -> Sent {
        let done = match notice.lane {
            Lane::Room => self.tell_room(notice).await,
            Lane::Mail => self.mail(notice).await,
        };
        let (id, attempts) = (&notice.id, notice.attempts.saturating_add(1));
        match done {
            Ok(()) => Sent::Done,
            Err(Trouble::NotNow(why)) if attempts < TRIES_MAX => {
                tracing::warn!(id, attempts, why, "a notice has to wait");
                Sent::Later(self.clock.now().plus_millis(backoff_ms(notice.attempts)))
            }
            Err(Trouble::NotNow(why) | Trouble::Never(why)) => {
                tracing::error!(id, attempts, why, "a notice is parked");
                Sent::Parked(why)
            }
        }
    }

    async fn tell_room(&self, notice: &Leased) -> Result<(), Trouble> {
        let not_now = |why: Fault| Trouble::NotNow(why.to_string());
        if notice.content == END_CHAT {
            return self.room.end_chat(&notice.meeting).await.map_err(not_now);
        }
        let event = RoomEvent {
            id: notice.id.clone(),
            meeting: notice.meeting.clone(),
            number: notice.number,
            content: notice.content.clone(),
            at: self.clock.now(),
        };
        self.room.tell(event).await.map_err(not_now)
    }

    async fn mail(&self, notice: &Leased) -> Result<(), Trouble> {
        let never = |why: &str| Trouble::Never(why.to_owned());
        let mailer = self.mailer.as_ref().ok_or_else(|| never("Es ist kein Mailversand eingerichtet."))?;
        let MailNotice::Head { title, number, digest, person, .. } =
            serde_json::from_str(&notice.content).map_err(|why| Trouble::Never(format!("unlesbar: {why}")))?;
        let account = self.accounts.by_person(&person).await.map_err(|why| Trouble::NotNow(why.to_string()))?;
        let account = account.ok_or_else(|| never("Die Person hat keine Adresse mehr."))?;
        let letter = HeadMail {
            to_name: account.name,
            to_address: account.email,
            municipality: self.municipality.clone(),
            title,
            number,
            digest,
        };
        mailer.head(letter).await.map_err(|trouble| match trouble {
            MailTrouble::Refused(_) => Trouble::Never(trouble.to_string()),
            MailTrouble::NotNow(why) => Trouble::NotNow(why.to_string()),
        })
    }
}

/// The wait before the next try, in milliseconds.
fn backoff_ms(attempts: u32) -> i64 {
    BACKOFF_MS.saturating_mul(1 << attempts.min(16)).min(BACKOFF_MAX_MS)
}

#[cfg(test)]
mod tests {
    use super::backoff_ms;

    #[test]
    fn waits_double_up_to_five_minutes() {
        let waits: Vec<i64> = (0..8).map(|attempts| backoff_ms(attempts) / 1000).collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300]);
        assert_eq!(backoff_ms(u32::MAX), 300_000);
    }
}
