//! The words events choose from. Their names on the wire are frozen like those of the events.

use serde::{Deserialize, Serialize};

/// How an item ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposal {
    /// By the result of a ballot.
    Decided,
    /// `zur Kenntnis genommen`.
    Noted,
    /// `vertagt`.
    Postponed,
    /// `verwiesen`.
    Referred,
    /// `abgesetzt`.
    Removed,
    /// `zurückgezogen`.
    Withdrawn,
    /// `ohne Abstimmung`.
    WithoutVote,
    /// `erledigt`: there is nothing left to decide, say because the administration has promised it.
    Moot,
}

/// How choices are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// `namentlich`: everybody by name.
    RollCall,
    /// `durch Handzeichen`: the hall is counted, whoever is remote chooses by name.
    ShowOfHands,
    /// `geheim mit Stimmzetteln`, in the hall.
    Papers,
}

/// `Stimme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Yes,
    No,
    Abstain,
}

/// How a choice came in. Spoken and pressed are equal; which one it was stays visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By the member's own hand.
    Pressed,
    /// Spoken, heard and entered by the clerk.
    Heard,
}

/// Why nothing of a ballot counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    /// The chair ended it before closing.
    Chair,
    /// Repeated after an interruption.
    Interruption,
}

/// `Verantwortungsbereich`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sphere {
    Municipality,
    Member,
    Third,
    /// Not proven to be the municipality's.
    Unknown,
}

/// Why a meeting stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InterruptionCause {
    /// The chair's decision.
    Chair,
    /// A fault in the municipality's sphere (§ 37a (2) s. 2 GemO BW).
    Municipality,
    /// A fault elsewhere, on a day whose law does not call it irrelevant (`fault.other`).
    Fault,
    /// The municipality's system stopped: nobody was perceptible.
    MunicipalSystem,
    /// Not enough members (§ 37 (2) GemO BW).
    Quorum,
}
