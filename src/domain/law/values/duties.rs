//! Requests, deadlines, publicity, minutes: the words of a rule file about what surrounds the decisions.

use super::{RuleValue, Value, words};

words! {
    /// `Gegenstände einfacher Art`, § 37 (1) s. 2 GemO BW: what may be decided without a sitting.
    CirculationFor {
        /// Simple matters.
        SimpleMatters = "simple_matters",
        /// Nothing.
        Never = "never",
    }

    /// When a circulated matter is adopted.
    CirculationAdopted {
        /// If no member objects; silence agrees.
        NoObjection = "no_objection",
    }

    /// A member whom the circulated matter did not reach.
    CirculationUnreached {
        /// Nothing is adopted: silence agrees only of whoever was asked.
        Stops = "stops",
        /// Silence agrees.
        Agrees = "agrees",
    }

    /// An objection after the last day, before the chair has found the result.
    LateObjection {
        /// It counts: the law sets no period for it.
        Counts = "counts",
        /// It comes too late.
        TooLate = "too_late",
    }

    /// How a decision taken in circulation is announced.
    CirculationAnnounced {
        /// Like one of a non-public session: word for word in the next public sitting.
        LikeNonPublic = "like_non_public",
        /// The law names no way.
        Unnamed = "none",
    }

    /// Whose quarter and sixth may ask for a sitting or an item.
    RequestBase {
        /// The councillors, without the mayor.
        Councillors = "councillors",
        /// All members of the body.
        Members = "members",
    }

    /// `Unterschrift` under a request.
    RequestSignature {
        /// None needed.
        Unneeded = "none",
        /// Everybody who asks signs by hand.
        Handwritten = "handwritten",
    }

    /// `Niederschrift im Internet`: on what ground.
    WebPublication {
        /// A rule of the Geschäftsordnung.
        RulesOfProcedure = "geschaeftsordnung",
        /// The law names none.
        Unnamed = "none",
    }

    /// `Öffentlichkeit`: where it is decided whether an item is public.
    Publicity {
        /// In non-public session.
        NonPublic = "non_public",
        /// In non-public session; in public where neither reasons nor debate are needed.
        NonPublicUnlessPlain = "non_public_unless_plain",
    }

    /// How decisions of a non-public session are announced.
    AnnounceNonPublic {
        /// Word for word, once the public is restored or in the next public session.
        Verbatim = "verbatim",
        /// As far as feasible, once the public is restored.
        AsFeasible = "as_feasible",
    }

    /// `Auf Verlangen in die Niederschrift`.
    OnRecord {
        /// A member's own statement or vote.
        StatementOrVote = "statement_or_vote",
        /// A member's own vote.
        Vote = "vote",
    }

    /// `Einsicht`: who may read the minutes of public sittings.
    Inspection {
        /// The inhabitants.
        Inhabitants = "inhabitants",
    }

    /// `Maßgebende Einwohnerzahl`: of which day.
    PopulationDate {
        /// 30 June of the year before (§ 143 GemO BW).
        June30OfPreviousYear = "june_30_of_previous_year",
        /// The last official figure before the day of the election was fixed (§ 148 HGO).
        BeforeElectionDayWasFixed = "before_election_day_was_fixed",
    }

    /// `Zweifel an der Befangenheit`: who decides, in the absence of whom it is about.
    DoubtDecider {
        /// The body they sit in.
        Body = "body",
        /// The body for its members, the mayor for everybody else.
        BodyElseMayor = "body_else_mayor",
    }

    /// `Fristende am Wochenende`: what becomes of a deadline that ends on a Saturday or Sunday.
    WeekendShift {
        /// It ends there.
        Stays = "none",
        /// It ends on the next Monday.
        NextWorkday = "next_workday",
    }
}
