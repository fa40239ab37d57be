//! The types a rule's value can have. An enum names only what the core really does; a word of the law that
//! nothing implements is refused when the file is read.

use super::fraction::Fraction;
use super::read::Value;

mod duties;
mod election;
mod numbers;
mod remote;

pub use duties::{
    AnnounceNonPublic, CirculationAdopted, CirculationAnnounced, CirculationFor, CirculationUnreached, DoubtDecider,
    Inspection, LateObjection, OnRecord, PopulationDate, Publicity, RequestBase, RequestSignature, WebPublication,
    WeekendShift,
};
pub use election::{DigitalElection, ElectionBase, ElectionMode, RemoteAbsence, RemoteElection, Runoff, RunoffPlaces};
pub use numbers::{AtMost, SizeGroup, SizeTable, SpecialMajority, Threshold};
pub use remote::{
    AdvisoryRemote, ByClause, Certification, DecidedWhen, Decider, Healing, Instrument, ObjectionTiming, OthersConsent,
    PerceivedBy, RecordingGround,
};

/// A type of value a rule file can hold.
pub(super) trait RuleValue: Sized {
    /// Reads the value, or says in German what it must be.
    fn read(value: &Value) -> Result<Self, String>;
}

impl RuleValue for bool {
    fn read(value: &Value) -> Result<Self, String> {
        if let Value::Flag(flag) = value { Ok(*flag) } else { Err("muss true oder false sein".into()) }
    }
}

/// A yes or no of which the core does only one: the other is refused when the file is read, never silently ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Only<const IS: bool>;

impl<const IS: bool> RuleValue for Only<IS> {
    fn read(value: &Value) -> Result<Self, String> {
        if bool::read(value)? == IS {
            Ok(Self)
        } else {
            Err(format!("muss {IS} sein; anderes kann das Programm nicht"))
        }
    }
}

impl RuleValue for u32 {
    fn read(value: &Value) -> Result<Self, String> {
        if let Value::Number(number) = value { Ok(*number) } else { Err("muss eine ganze Zahl ab 0 sein".into()) }
    }
}

impl RuleValue for String {
    fn read(value: &Value) -> Result<Self, String> {
        if let Value::Text(text) = value
            && !text.trim().is_empty()
        {
            return Ok(text.clone());
        }
        Err("muss ein nicht leerer Text sein".into())
    }
}

impl RuleValue for Fraction {
    fn read(value: &Value) -> Result<Self, String> {
        let Value::Text(text) = value else { return Err("muss ein Bruch in Anführungszeichen sein: \"1/2\"".into()) };
        text.parse().map_err(|wrong: super::NotAFraction| wrong.to_string())
    }
}

impl<T: RuleValue> RuleValue for Vec<T> {
    fn read(value: &Value) -> Result<Self, String> {
        if let Value::List(items) = value {
            items.iter().map(T::read).collect()
        } else {
            Err("muss eine Liste sein".into())
        }
    }
}

/// An enum of words, each with its meaning.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// The word in the rule file.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl RuleValue for $name {
            fn read(value: &Value) -> Result<Self, String> {
                match value {
                    $(Value::Text(word) if word == $word => Ok(Self::$variant),)+
                    _ => Err(format!("muss eines dieser Wörter sein: {}", [$($word),+].join(", "))),
                }
            }
        }
    )+};
}
use words;

words! {
    /// `Digitale Sitzung`, § 37a (1) GemO of 2020, § 37a (4) GemO of 2025: may everybody be remote?
    DigitalFormat {
        /// No norm allows it.
        Never = "never",
        /// „notwendige Sitzungen“ of the 2020 text, in its transition without a clause of the Hauptsatzung.
        Transition2020 = "transition_2020",
        /// „notwendige Sitzungen“ of the 2020 text.
        Necessary2020 = "necessary_2020",
        /// Serious reasons, chair included: the text of 2025.
        Emergency2025 = "emergency_2025",
    }

    /// Which number „alle Mitglieder“ is.
    QuorumBase {
        /// Seats that are really occupied, the mayor included.
        Occupied = "occupied",
        /// Seats the law provides for, empty ones included.
        Statutory = "statutory",
    }

    /// `mindestens` or `mehr als`.
    Comparison {
        /// „mindestens die Hälfte“.
        AtLeast = "at_least",
        /// „mehr als die Hälfte“.
        MoreThan = "more_than",
    }

    /// What a special majority is a share of.
    SpecialBase {
        /// „aller Mitglieder“, counted as `quorum.base` says.
        AllMembers = "all_members",
        /// „der gesetzlichen Zahl“, empty seats included.
        Statutory = "statutory",
        /// „der Anwesenden“, those present and entitled.
        Present = "present",
    }

    /// What happens to an item that no sitting can be quorate for.
    QuorumFallback {
        /// The mayor decides in the council's place, having heard the members who are not recused.
        MayorDecides = "mayor_decides",
        /// Nobody decides in its place.
        Nobody = "none",
    }

    /// Who decides in the council's place where the mayor may not take part either.
    BiasedMayorFallback {
        /// A commissioner (§ 124 GemO BW), or a member the council appoints to stand in for the mayor.
        CommissionerOrStandIn = "commissioner_or_stand_in",
        /// Nobody.
        Nobody = "none",
    }

    /// What happens to an item a committee cannot be quorate for because members are recused.
    CommitteeFallback {
        /// The council decides in its place, without the committee's preparation.
        CouncilDecides = "council_decides",
        /// The same rules as for the council.
        AsCouncil = "as_council",
    }

    /// `Gremium`: which kind of body sits.
    BodyKind {
        /// `Gemeinderat`.
        Council = "council",
        /// `Beschließender Ausschuss`, § 39 GemO BW.
        DecidingCommittee = "deciding_committee",
        /// `Beratender Ausschuss`, § 41 GemO BW.
        AdvisoryCommittee = "advisory_committee",
        /// `Kreistag`, § 18 LKrO BW.
        CountyCouncil = "county_council",
        /// `Ortschaftsrat`, § 69 GemO BW.
        DistrictCouncil = "district_council",
    }

    /// Who may order a vote by roll call.
    RollCallBy {
        /// The chair, if the council agrees.
        ChairWithCouncil = "chair_with_council",
        /// The council, by a decision.
        Council = "council",
    }

    /// Who may order a secret vote on a motion.
    SecretBy {
        /// The council, by its rules of procedure or a decision.
        Council = "council",
        /// Nobody: it is inadmissible.
        Nobody = "never",
    }

    /// What nobody is recused from.
    RecusalException {
        /// Elections to an honorary office.
        HonoraryElections = "honorary_elections",
        /// Matters that touch only the common interests of a profession or a group.
        GroupInterests = "group_interests",
    }

    /// `Vermutung der Beschlussfähigkeit`: does a quorum once found last?
    Presumption {
        /// No: it is found anew for every item.
        Never = "none",
        /// Yes, until somebody moves that it is lacking (§ 53 (1) s. 2 HGO).
        UntilMotion = "until_motion",
    }

    /// When a motion is carried.
    MajorityRule {
        /// More yes than no.
        MoreYesThanNo = "more_yes_than_no",
    }

    /// What a tie means.
    TieRule {
        /// The motion is rejected.
        Rejected = "rejected",
        /// The motion is adopted; no Land with a rule file says so.
        Adopted = "adopted",
    }

    /// Until when a member may change the choice made.
    CorrectionUntil {
        /// Until the ballot is closed.
        Closing = "closing",
    }

    /// A secret ballot on a motion while somebody is remote.
    SecretRemote {
        /// Refused while anybody is remote.
        Blocked = "blocked",
    }

    /// What a technical fault does to the sitting.
    FaultEffect {
        /// It must not begin, or is interrupted without delay.
        Interrupt = "interrupt",
        /// It has no effect on the sitting.
        Irrelevant = "irrelevant",
    }

    /// Whose fault an unexplained one is.
    UnknownSphere {
        /// Not proven to be the municipality's.
        NotProven = "not_proven",
        /// The municipality's until shown otherwise.
        Municipal = "municipal",
    }

    /// `Niederschrift`, § 38 (2): who signs.
    MinutesSigner {
        /// `Vorsitzender`.
        Chair = "chair",
        /// `Gemeinderat` who took part; one entry per signature.
        Councillor = "councillor",
        /// `Schriftführer`.
        Clerk = "clerk",
    }

    /// `Niederschrift`, § 38 (1): what it has to contain.
    MinutesContent {
        /// The name of the chair.
        Chair = "chair",
        /// How many are present.
        Present = "present",
        /// The names of the absent.
        Absent = "absent",
        /// The matters dealt with.
        Items = "items",
        /// The motions.
        Motions = "motions",
        /// The results of ballots and elections.
        Results = "results",
        /// The wording of the decisions.
        Wording = "wording",
    }

    /// `Ladungsfrist`: how the days before the sitting are counted.
    NoticeCount {
        /// Neither the day of the summons nor the day of the sitting counts (§§ 187, 188 BGB, the strict reading).
        FullDays = "full_days",
        /// The same weekday of an earlier week is enough (the lenient reading).
        SameWeekday = "same_weekday",
    }

    /// `Ladungsfrist`: what a shorter one than the regular one needs.
    NoticeShort {
        /// An emergency, with its reason.
        EmergencyOnly = "emergency_only",
        /// A reason; the regular period is not absolute.
        WithReason = "with_reason",
        /// Urgency, said in the summons, which arrives on the day before the sitting at the latest.
        UrgentDayBefore = "urgent_day_before",
    }

    /// `Ladungsfrist`: which day it is counted from.
    NoticeAnchor {
        /// The day the summons was sent.
        Sent = "sent",
        /// `Zugang`: the day it was received.
        Received = "received",
    }

    /// `Dringlichkeitsantrag`: who brings an item onto the agenda in the sitting.
    AgendaAddition {
        /// The chair, in an emergency (`agenda.urgent_addition`).
        Chair = "chair",
        /// The body, with the special majority `urgent_item`.
        SpecialMajority = "special_majority",
    }

    /// `Zugang`: when an electronic summons counts as received.
    NoticeReceipt {
        /// On the day it arrives.
        SameDay = "same_day",
        /// Not on a Sunday.
        NotOnSunday = "not_on_sunday",
        /// From Monday to Friday.
        WorkingDay = "working_day",
    }

    /// `Gegenstand`: matters for which the law asks for more.
    Matter {
        /// `Wahlen`.
        Elections = "elections",
        /// `Hauptsatzung`.
        MainBylaw = "main_bylaw",
        /// `Erste Sitzung` after an election, the whole of it.
        FirstSession = "first_session",
        /// `Abberufung des Vorsitzenden` of the body.
        ChairRemoval = "chair_removal",
        /// `Abberufung` of mayor or full-time deputy.
        MayorRemoval = "mayor_removal",
        /// Secret decision to hold a re-election of a full-time deputy (§ 39a (3) s. 2 HGO).
        DeputyReelection = "deputy_reelection",
        /// `Versetzung in den Ruhestand` (§ 76a HGO).
        EarlyRetirement = "early_retirement",
    }

    /// `Vorsitz`: whose office it is to lead the body.
    ChairOffice {
        /// The mayor's.
        Mayor = "mayor",
        /// A member's whom the body elected.
        ElectedMember = "elected_member",
    }

    /// `Form der Einberufung`.
    NoticeForm {
        /// On paper.
        Written = "written",
        /// Sent electronically, without a signature.
        Electronic = "electronic",
    }

    /// `Niederschrift`: in which form the original exists.
    MinutesForm {
        /// On paper, signed by hand.
        Paper = "paper",
    }
}

/// `Schwerwiegender Grund`: a ground on which a digital sitting can be convened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitalGround {
    /// The name commands use.
    pub key: String,
    /// The words people read, in German.
    pub text: String,
}

impl RuleValue for DigitalGround {
    fn read(value: &Value) -> Result<Self, String> {
        let wrong = || "muss eine Liste aus { key = \"…\", text = \"…\" } sein".to_owned();
        let Value::Entry(entry) = value else { return Err(wrong()) };
        match (entry.get("key"), entry.get("text"), entry.len()) {
            (Some(Value::Text(key)), Some(Value::Text(text)), 2) if !key.is_empty() && !text.is_empty() => {
                Ok(Self { key: key.clone(), text: text.clone() })
            }
            _ => Err(wrong()),
        }
    }
}
