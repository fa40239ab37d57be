//! `Gezeigte Unterlage`: a paper of the called item before everybody's eyes, page by page, by who has the floor.
//!
//! It is no entry of the ledger: what is shown decides nothing, the paper itself and who had the floor are recorded, and
//! every page turned would stand in the evidence for ever. It is kept in memory and ends with everything it belongs to:
//! the speech, the item, a ballot, an interruption. A server that ends takes it along, and every screen begins anew with a
//! snapshot, so that none shows what another does not.

use crate::app::filing::may_read;
use crate::domain::id::{ItemId, MeetingId, PaperId};
use crate::domain::law::Rules;
use crate::domain::ledger::Digest;
use crate::domain::meeting::before::Paper;
use crate::domain::meeting::event::Speaker;
use crate::domain::meeting::floor::Speaking;
use crate::domain::meeting::{Actor, Business, ItemState, Meeting, Phase};
use crate::domain::refusal::Refusal;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Meetings that show something at once; more than a node runs.
const BOARDS_MAX: usize = 512;

/// A page of a paper that is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    pub item: ItemId,
    pub paper: PaperId,
    /// The version shown.
    pub digest: Digest,
    /// From 1.
    pub page: u32,
    /// The whole file, read once for everybody.
    pub file: Arc<[u8]>,
    /// The speech it belongs to; `None`: to the item, shown by the chair.
    pub speech: Option<Speaking>,
    mark: Mark,
    /// The newest entry when it was shown.
    height: u64,
}

/// What must not have changed for something to go on being shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    called: Option<ItemState>,
    ballots: usize,
    interruptions: u32,
}

impl Mark {
    fn of(meeting: &Meeting, item: &ItemId) -> Self {
        Self {
            called: meeting.item(item).map(|item| item.state.clone()),
            ballots: meeting.ballots.len(),
            interruptions: meeting.interruptions,
        }
    }
}

impl Shown {
    /// Whether it is still shown.
    #[must_use]
    pub fn stands(&self, meeting: &Meeting) -> bool {
        deliberated(meeting) == Some(&self.item)
            && Mark::of(meeting, &self.item) == self.mark
            && (self.speech.is_none() || self.speech == meeting.floor.speaking)
    }

    /// Whether this viewer may see it; without one the public (§ 35 (1), § 41b (3) GemO BW).
    #[must_use]
    pub fn is_for(&self, meeting: &Meeting, actor: Option<&Actor>) -> bool {
        let Some(paper) = newest(meeting, &self.item, self.digest) else { return false };
        match actor {
            Some(actor) => may_read(meeting, actor, paper),
            None => !paper.closed && meeting.item(&self.item).is_some_and(|item| item.public),
        }
    }
}

/// What all meetings show.
#[derive(Debug, Default)]
pub struct Showing {
    boards: Mutex<BTreeMap<MeetingId, watch::Sender<Option<Arc<Shown>>>>>,
}

impl Showing {
    /// What is shown now and from now on; whether it still stands, the meeting tells.
    pub fn follow(&self, meeting: &MeetingId) -> watch::Receiver<Option<Arc<Shown>>> {
        let mut boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        if boards.len() >= BOARDS_MAX && !boards.contains_key(meeting) {
            boards.retain(|_, board| board.receiver_count() > 0);
        }
        boards.entry(meeting.clone()).or_insert_with(|| watch::Sender::new(None)).subscribe()
    }

    /// What is shown in this meeting at this moment.
    #[must_use]
    pub fn now(&self, meeting: &Meeting) -> Option<Arc<Shown>> {
        let boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        let board = boards.get(&meeting.id)?;
        let shown = board.borrow().clone()?;
        if shown.stands(meeting) {
            return Some(shown);
        }
        // It is over for good, and the file need not be kept; unless the asker's meeting is older than what is shown.
        if meeting.height > shown.height {
            board.send_replace(None);
        }
        None
    }

    /// Shows a page to everybody, or nothing any more.
    pub fn set(&self, meeting: &MeetingId, shown: Option<Shown>) {
        drop(self.follow(meeting));
        let boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(board) = boards.get(meeting) {
            board.send_replace(shown.map(Arc::new));
        }
    }
}

/// The item that is deliberated, while the sitting goes on.
fn deliberated(meeting: &Meeting) -> Option<&ItemId> {
    match &meeting.phase {
        Phase::Sitting { business: Business::Item(item), .. } => Some(item),
        Phase::Sitting {
            business: Business::Between | Business::Ballot(_) | Business::Counting(_) | Business::Election(_),
            ..
        }
        | Phase::Planned
        | Phase::Convened(_)
        | Phase::Interrupted { .. }
        | Phase::Closed(_) => None,
    }
}

fn newest<'a>(meeting: &'a Meeting, item: &ItemId, digest: Digest) -> Option<&'a Paper> {
    meeting.before.papers_of(item).into_iter().find(|paper| paper.digest == digest)
}

/// The papers this actor may show now.
///
/// # Errors
/// Who may not show anything now, and why.
pub fn may_show<'a>(meeting: &'a Meeting, actor: &Actor) -> Result<Vec<&'a Paper>, Refusal> {
    let speaks = speaks(meeting, actor);
    let chairs = actor.seat.as_ref() == Some(&meeting.chair);
    if !actor.strong || !(speaks || chairs || actor.clerk) {
        let who = "Eine Unterlage zeigt, wer das Wort hat, der Vorsitz oder für sie die Schriftführung.";
        return Err(Refusal::misuse("shows_not", who));
    }
    let item = deliberated(meeting)
        .ok_or_else(|| Refusal::misuse("no_deliberation", "Es wird gerade über keinen Punkt beraten."))?;
    let papers = meeting.before.papers_of(item).into_iter();
    Ok(papers.filter(|paper| may_read(meeting, actor, paper)).collect())
}

fn speaks(meeting: &Meeting, actor: &Actor) -> bool {
    let speaking = meeting.floor.speaking.as_ref();
    speaking
        .is_some_and(|speaking| matches!(&speaking.who, Speaker::Member { seat } if actor.seat.as_ref() == Some(seat)))
}

/// A page of a paper as this actor wants it shown; the file is read by the caller.
///
/// # Errors
/// As [`may_show`], and for a paper or page there is not.
pub fn page<'a>(
    meeting: &'a Meeting,
    rules: &Rules,
    actor: &Actor,
    digest: Digest,
    page: u32,
) -> Result<&'a Paper, Refusal> {
    let papers = may_show(meeting, actor)?;
    let Some(paper) = papers.into_iter().find(|paper| paper.digest == digest) else {
        let known = deliberated(meeting).and_then(|item| newest(meeting, item, digest)).is_some();
        return Err(if known {
            let sentence = "Wegen Befangenheit zeigen Sie zu diesem Punkt keine Unterlage.";
            Refusal::law("recused", rules.recusal_leaves.norm(), sentence)
        } else {
            Refusal::misuse("unknown_paper", "Zum aufgerufenen Punkt gibt es diese Unterlage nicht.")
        });
    };
    if !(1..=paper.pages).contains(&page) {
        let pages = paper.pages;
        let has = if pages == 1 { "nur eine Seite".to_owned() } else { format!("die Seiten 1 bis {pages}") };
        return Err(Refusal::misuse("page", format!("Die Unterlage hat {has}.")));
    }
    Ok(paper)
}

/// What is shown from now on: what who has the floor shows, or the clerk for them, ends with the speech; what the chair
/// shows, or the clerk while nobody has the floor, ends with the item.
#[must_use]
pub fn shown(meeting: &Meeting, actor: &Actor, paper: &Paper, page: u32, file: Arc<[u8]>) -> Shown {
    let for_the_chair = actor.seat.as_ref() == Some(&meeting.chair) && !speaks(meeting, actor);
    Shown {
        item: paper.item.clone(),
        paper: paper.id.clone(),
        digest: paper.digest,
        page,
        file,
        speech: meeting.floor.speaking.clone().filter(|_| !for_the_chair),
        mark: Mark::of(meeting, &paper.item),
        height: meeting.height,
    }
}
