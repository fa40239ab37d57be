//! `Wahlen`: the words of a rule file about elections (§ 37 (7), § 37a (1) s. 2 GemO BW).

use super::{RuleValue, Value, words};

words! {
    /// What an election means for those who are connected. Three modes, not one flag: the Länder differ.
    RemoteElection {
        /// They have no ballot in it, and do not count for it (BW 2025, HE).
        RemoteNoVote = "remote_no_vote",
        /// No election is held in a sitting in which anybody is connected (BW 2020, NI, ST, SL).
        ForbiddenInSession = "forbidden_in_session",
        /// Only with an approved system; this program has no approval, so they have no ballot (NRW, SH).
        CertifiedOnly = "certified_only",
    }

    /// An election in a digital sitting, where everybody may be connected. (Open question O9.)
    DigitalElection {
        /// None is held.
        Blocked = "blocked",
        /// Who sits in the hall elects, if the hall alone is quorate.
        HallOnly = "hall_only",
    }

    /// An election lacks its quorum only because members are connected and have no vote in it. (Open question O10.)
    RemoteAbsence {
        /// It is postponed to a sitting in person; no second session follows from it.
        InPerson = "in_person",
        /// They count as absent, and a second session follows.
        SecondSession = "second_session",
    }

    /// How an election is held unless something else is decided.
    ElectionMode {
        /// Secret with ballot papers; open if no member objects.
        OpenIfNobodyObjects = "open_if_nobody_objects",
        /// Secret with ballot papers, always.
        AlwaysSecret = "always_secret",
    }

    /// What „mehr als die Hälfte“ is a share of in an election.
    ElectionBase {
        /// The members present and entitled: abstentions and invalid papers count against everybody.
        PresentEntitled = "present_entitled",
        /// The valid votes: abstentions and invalid papers do not count.
        ValidVotes = "valid_votes",
    }

    /// What follows when nobody has the majority.
    Runoff {
        /// A second ballot between the two with the most votes, most votes win, a tie is decided by lot.
        TopTwoThenLot = "top_two_then_lot",
    }

    /// Who goes into the run-off when several share the last place in it.
    RunoffPlaces {
        /// Lots are drawn among them.
        Lot = "lot",
    }
}
