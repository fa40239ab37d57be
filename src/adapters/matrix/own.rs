//! The typed events of our own, for machines: short names and whole numbers, no names of voters.

use crate::domain::majority::Outcome;
use crate::domain::meeting::effect::Announcement;
use crate::domain::meeting::event::{Disposal, InterruptionCause, MotionKind};
use serde_json::{Value, json};

/// What our own event types begin with: the reversed domain of the address in `publiccode.yml`. Clients that do not know
/// it show nothing, which is why every event has a message beside it.
pub const NAMESPACE: &str = "org.example.ratssaal";

/// Type, without the namespace, and content of the event.
pub fn event(announcement: &Announcement) -> (&'static str, Value) {
    match announcement {
        Announcement::Opened { title } => ("meeting.opened", json!({"title": title})),
        Announcement::ItemCalled { number, title } => ("item.called", json!({"number": number, "title": title})),
        Announcement::BallotOpened { number, about, wording } => {
            ("ballot.opened", json!({"number": number, "about": kind(*about), "wording": wording}))
        }
        Announcement::BallotVoided { number } => ("ballot.voided", json!({"number": number})),
        Announcement::Result { number, about, wording, outcome, yes, no, abstain } => (
            "result",
            json!({
                "number": number, "about": kind(*about), "wording": wording, "outcome": self::outcome(*outcome),
                "yes": yes, "no": no, "abstain": abstain,
            }),
        ),
        Announcement::Interrupted { cause } => ("meeting.interrupted", json!({"cause": self::cause(*cause)})),
        Announcement::Resumed => ("meeting.resumed", json!({})),
        Announcement::Closed { title } => ("meeting.closed", json!({"title": title})),
        Announcement::FloorGiven { name } => ("floor.given", json!({"name": name})),
        Announcement::ItemEnded { number, title, disposal } => {
            ("item.ended", json!({"number": number, "title": title, "disposal": self::disposal(*disposal)}))
        }
        Announcement::ItemMoved { number, title, before } => {
            ("item.moved", json!({"number": number, "title": title, "before": before}))
        }
        Announcement::ItemAdded { number, title } => ("item.added", json!({"number": number, "title": title})),
        Announcement::ItemReopened { number, title } => ("item.reopened", json!({"number": number, "title": title})),
        Announcement::ElectionOpened { number, which, mode, candidates } => {
            ("election.opened", json!({"number": number, "round": which, "mode": mode, "candidates": candidates}))
        }
        Announcement::ElectionObjected { number } => ("election.objected", json!({"number": number})),
        Announcement::ElectionResult { number, votes, no, blank, invalid, outcome } => {
            let votes: Vec<Value> =
                votes.iter().map(|(name, votes)| json!({"candidate": name, "votes": votes})).collect();
            let papers = json!({"no": no, "blank": blank, "invalid": invalid});
            ("election.result", json!({"number": number, "votes": votes, "papers": papers, "outcome": outcome}))
        }
        Announcement::LotDrawn { number, drawn } => ("election.lot", json!({"number": number, "drawn": drawn})),
        Announcement::ChairTaken { name } => ("chair.taken", json!({"name": name})),
        Announcement::ResultStruck { number, wording } => {
            ("result.struck", json!({"number": number, "wording": wording}))
        }
        Announcement::DecidedInstead { number, by, wording } => {
            ("mayor.decided", json!({"number": number, "by": by, "wording": wording}))
        }
        Announcement::NotQuorate { number } => ("quorum.lacking", json!({"number": number})),
        Announcement::ElectionStruck { number } => ("election.struck", json!({"number": number})),
        Announcement::ElectionVoided { number } => ("election.voided", json!({"number": number})),
        Announcement::FilmingStarted { purpose } => ("recording.started", json!({"purpose": purpose})),
        Announcement::FilmingStopped => ("recording.stopped", json!({})),
        Announcement::PublicExcluded => ("public.excluded", json!({})),
        Announcement::PublicReadmitted => ("public.readmitted", json!({})),
        Announcement::DecisionAnnounced { number, wording, outcome } => {
            ("decision.announced", json!({"number": number, "wording": wording, "outcome": self::outcome(*outcome)}))
        }
    }
}

const fn kind(about: MotionKind) -> &'static str {
    match about {
        MotionKind::Procedural => "procedural",
        MotionKind::Amendment => "amendment",
        MotionKind::Main => "main",
    }
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Adopted => "adopted",
        Outcome::Rejected => "rejected",
        Outcome::NoDecision => "no_decision",
    }
}

const fn cause(cause: InterruptionCause) -> &'static str {
    match cause {
        InterruptionCause::Chair => "chair",
        InterruptionCause::Municipality => "municipality",
        InterruptionCause::Fault => "fault",
        InterruptionCause::MunicipalSystem => "municipal_system",
        InterruptionCause::Quorum => "quorum",
    }
}

const fn disposal(disposal: Disposal) -> &'static str {
    match disposal {
        Disposal::Decided => "decided",
        Disposal::Noted => "noted",
        Disposal::Postponed => "postponed",
        Disposal::Referred => "referred",
        Disposal::Removed => "removed",
        Disposal::Withdrawn => "withdrawn",
        Disposal::WithoutVote => "without_vote",
        Disposal::Moot => "moot",
    }
}
