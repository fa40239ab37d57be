//! Part `figures`: the five numbers that count, always in the same place and order.

use askama::Template;

/// Anwesend, stimmberechtigt, nötig, abgegeben, fehlen (§ 37 (2) and (6) GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/figures.html")]
pub struct Figures {
    /// Members present, in the room or remote.
    pub present: u32,
    pub in_room: u32,
    pub remote: u32,
    /// Entitled to vote on the current item.
    pub entitled: u32,
    /// Present and entitled members needed for the quorum.
    pub needed: u32,
    /// Votes cast in the running ballot; `None` while there is none, and for the public during a ballot.
    pub cast: Option<u32>,
    /// Entitled members who have not voted; `None` like `cast`.
    pub missing: Option<u32>,
    pub quorum: Quorum,
    /// The finding in words, e.g. "Beschlussfähig: 12 von 13 Mitgliedern anwesend, nötig sind 7."
    pub sentence: String,
}

/// Beschlussfähigkeit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quorum {
    /// Not found yet.
    Open,
    Met,
    Broken,
}

impl Quorum {
    /// Style class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Open => "quorum--open",
            Self::Met => "quorum--met",
            Self::Broken => "quorum--broken",
        }
    }

    /// Picture in `static/icons.svg`.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Open => "clock",
            Self::Met => "check",
            Self::Broken => "alert",
        }
    }
}
