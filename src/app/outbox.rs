//! The outbox worker (`Postausgang`): what a meeting told the outside is delivered here, in order per meeting, again and
//! again until it arrives or is parked. It never holds up an act: the notice was durable with it.

mod circulation;

use crate::app::circulation::Circulations;
use crate::app::ports::Fault;
use crate::app::ports::accounts::AccountStore;
use crate::app::ports::clock::Clock;
use crate::app::ports::ledger::{Lane, Leased, LedgerError, LedgerStore, Sent};
use crate::app::ports::mail::{CirculationKind, HeadMail, MailTrouble, Mailer, SummonsMail};
use crate::app::ports::room::{RoomEvent, RoomPort};
use crate::app::sitting::{Denied, Snapshot};
use crate::app::sittings::Sittings;
use crate::app::summons;
use crate::domain::id::{MeetingId, PersonId, SeatId};
use crate::domain::ledger::Digest;
use crate::domain::meeting::command::Preparation;
use crate::domain::meeting::event::DeliveryOutcome;
use crate::domain::meeting::{Actor, Command};
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
    Summons { seat: SeatId, sequence: u32 },
    Circulation { seat: SeatId, about: CirculationKind },
}

/// The notice that has a member written to about a circulation.
pub(crate) fn circulation_notice(seat: &SeatId, about: CirculationKind) -> String {
    serde_json::to_string(&MailNotice::Circulation { seat: seat.clone(), about }).unwrap_or_default()
}

/// The notice that has a member of this state written to about the summons.
pub(crate) fn summons_notice(state: &Snapshot, seat: &SeatId) -> String {
    let notice = MailNotice::Summons { seat: seat.clone(), sequence: state.meeting.before.sequence };
    serde_json::to_string(&notice).unwrap_or_default()
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
    /// Where the letter's state comes from and what becomes of it is recorded.
    pub sittings: Option<Sittings>,
    /// The same for matters sent round.
    pub circulations: Option<Circulations>,
    /// Scheme, host and port the public sees.
    pub public_url: String,
}

/// What is said where no mail server is set up.
const NO_MAIL: &str = "Es ist kein Mailversand eingerichtet.";
/// Longest word of a mail server that is recorded, in characters.
const REASON_CHARS_MAX: usize = 300;

/// A letter and who sends it, or why there is none.
type Addressed<'a> = Result<(&'a Arc<dyn Mailer>, SummonsMail), &'static str>;

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
        let kind = serde_json::from_str(&notice.content).map_err(|why| Trouble::Never(format!("unlesbar: {why}")))?;
        let (title, number, digest, person) = match kind {
            MailNotice::Head { title, number, digest, person, .. } => (title, number, digest, person),
            MailNotice::Summons { seat, sequence } => return self.summon(notice, &seat, sequence).await,
            MailNotice::Circulation { seat, about } => return self.circulate(notice, &seat, about).await,
        };
        let mailer = self.mailer.as_ref().ok_or_else(|| never(NO_MAIL))?;
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

impl Outbox {
    /// Writes to one member and records what became of it. A letter that a newer one has overtaken is not sent.
    async fn summon(&self, notice: &Leased, seat: &SeatId, sequence: u32) -> Result<(), Trouble> {
        let not_now = |why: String| Trouble::NotNow(why);
        let sittings = self.sittings.as_ref().ok_or_else(|| not_now("Die Sitzung läuft hier nicht.".to_owned()))?;
        let sitting = sittings.get(&notice.meeting).await.map_err(|why| not_now(why.to_string()))?;
        let snapshot = sitting.snapshot();
        let before = &snapshot.meeting.before;
        if !before.deliveries.get(seat).is_some_and(|known| known.sequence == sequence && known.outcome.is_none()) {
            return Ok(());
        }
        let sent = match self.letter(&snapshot, seat).await? {
            Err(why) => Err((DeliveryOutcome::Unreachable, why.to_owned())),
            Ok((mailer, letter)) => match mailer.summons(letter).await {
                Ok(()) => Ok(()),
                Err(MailTrouble::NotNow(why)) if notice.attempts.saturating_add(1) < TRIES_MAX => {
                    return Err(not_now(why.to_string()));
                }
                Err(MailTrouble::Refused(why) | MailTrouble::NotNow(why)) => {
                    Err((DeliveryOutcome::Refused, why.to_string()))
                }
            },
        };
        let (outcome, reason) = match &sent {
            Ok(()) => (DeliveryOutcome::Sent, None),
            Err((outcome, why)) => (*outcome, why.chars().take(REASON_CHARS_MAX).collect::<String>().parse().ok()),
        };
        let seat = seat.clone();
        let report = Command::Prepare(Preparation::ReportDelivery { seat, sequence, outcome, reason });
        // The same notice gives the same command: told twice, it stands in the record once.
        let id = Digest::of("ratssaal delivery v1", &[notice.id.as_bytes(), &notice.attempts.to_be_bytes()]);
        let id = format!("zustellung-{}", id.short()).parse().map_err(|_| not_now("Kennung".to_owned()))?;
        match sitting.command(id, Actor::system(), report).await {
            Ok(_) | Err(Denied::Refused(_)) => {}
            Err(why @ (Denied::Busy | Denied::Fault(_))) => return Err(not_now(why.to_string())),
        }
        sent.map_err(|(_, why)| Trouble::Never(why))
    }

    /// The letter and who sends it; or why nobody can be written to.
    async fn letter(&self, state: &Snapshot, seat: &SeatId) -> Result<Addressed<'_>, Trouble> {
        let Some(mailer) = self.mailer.as_ref() else { return Ok(Err(NO_MAIL)) };
        let Some(seat) = state.meeting.seats.get(seat) else { return Ok(Err("Diesen Sitz gibt es nicht.")) };
        let account = self.accounts.by_person(&seat.person).await.map_err(|why| Trouble::NotNow(why.to_string()))?;
        let Some(account) = account.filter(|account| !account.email.is_empty()) else {
            return Ok(Err("Die Person hat keine Adresse."));
        };
        let link = format!("{}/sitzung/{}/teilnahme", self.public_url, state.meeting.id);
        Ok(Ok((mailer, summons::letter(state, account, link, self.clock.now()))))
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
