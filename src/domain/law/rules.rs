//! Every rule the core knows: its key in the file, its type, its meaning. One table, nothing twice.

use super::fraction::Fraction;
use super::read::Value;
use super::sourced::{Citation, Sourced};
use super::values::{
    CorrectionUntil, DigitalFormat, DigitalGround, FaultEffect, MajorityRule, MinutesContent, MinutesForm,
    MinutesSigner, NoticeCount, NoticeShort, Only, QuorumBase, RuleValue, SecretRemote, TieRule, UnknownSphere,
};
use crate::domain::time::Date;

macro_rules! rules {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $key:literal,)+) => {
        /// The rules of one Land on one day. Each field is the value of the key named like it (`quorum.share` is
        /// `quorum_share`), with its paragraph.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Rules {
            /// Short name of the Land, e.g. `bw`.
            pub land: String,
            /// The newest day on which one of these values came into force.
            pub in_force_from: Date,
            $($(#[$doc])* pub $field: Sourced<$type>,)+
        }

        /// All keys, in the order of this table.
        pub(super) const KEYS: &[&str] = &[$($key),+];

        /// Is `value` of the type `key` asks for? `None` if there is no such rule.
        pub(super) fn check(key: &str, value: &Value) -> Option<Result<(), String>> {
            match key {
                $($key => Some(<$type>::read(value).map(drop)),)+
                _ => None,
            }
        }

        impl Rules {
            /// Builds the rules from the version of each key that `find` gives; `None` if one is missing.
            pub(super) fn collect<'a>(
                land: &str,
                in_force_from: Date,
                find: impl Fn(&str) -> Option<(&'a Value, &'a Citation)>,
            ) -> Option<Self> {
                Some(Self {
                    land: land.to_owned(),
                    in_force_from,
                    $($field: {
                        let (value, citation) = find($key)?;
                        Sourced::new(<$type>::read(value).ok()?, citation.clone())
                    },)+
                })
            }
        }
    };
}

rules! {
    /// `Präsenzsitzung`: may a sitting be held with everybody in the room?
    format_in_person: bool = "format.in_person",
    /// `Zuschaltung`: may members be connected while the chair is in the room?
    format_hybrid: bool = "format.hybrid",
    /// `Digitale Sitzung`: may everybody be remote, and under which text?
    format_digital: DigitalFormat = "format.digital",
    /// The grounds a digital sitting can be convened on.
    format_digital_grounds: Vec<DigitalGround> = "format.digital_grounds",
    /// In a hybrid sitting the chair is in the room.
    format_hybrid_chair_in_room: bool = "format.hybrid_chair_in_room",
    /// A digital public sitting is transmitted into a publicly accessible room.
    format_public_room: bool = "format.public_room",
    /// `Konstituierende Sitzung`: may anybody be remote in the first sitting after an election?
    format_first_session_remote: bool = "format.first_session_remote",
    /// A member is remote only with consent: nobody is connected but by an act of their own.
    remote_consent: Only<true> = "remote.consent",
    /// A remote member counts as present for the quorum.
    presence_remote_counts: bool = "presence.remote_counts",
    /// A remote member must be seen.
    presence_picture: bool = "presence.picture",
    /// A remote member must be heard.
    presence_sound: bool = "presence.sound",
    /// A remote member must see and hear the others as well.
    presence_mutual: bool = "presence.mutual",
    /// In a hybrid sitting the hall must be seen and heard, and see and hear.
    presence_hall: bool = "presence.hall",
    /// Seconds without picture or sound before a member counts as absent (from the last good second on).
    presence_grace_seconds: u32 = "presence.grace_seconds",
    /// From how many members lost at once „municipality, interrupt“ is proposed to the chair.
    presence_mass_loss: u32 = "presence.mass_loss",
    /// `Beschlussfähigkeit`: what „alle Mitglieder“ is.
    quorum_base: QuorumBase = "quorum.base",
    /// `Beschlussfähigkeit`: at least this share must be present and entitled.
    quorum_share: Fraction = "quorum.share",
    /// `Befangenheit`: when more than this share is recused, `quorum_recusal_share` applies.
    quorum_recusal_trigger: Fraction = "quorum.recusal_trigger",
    /// At least this share must be present and entitled when the trigger is exceeded.
    quorum_recusal_share: Fraction = "quorum.recusal_share",
    /// The quorum is found anew for every item.
    quorum_per_item: Only<true> = "quorum.per_item",
    /// `Stimmenmehrheit`: when a motion is carried.
    vote_majority: MajorityRule = "vote.majority",
    /// `Stimmengleichheit`: what a tie means.
    vote_tie: TieRule = "vote.tie",
    /// `Stimmenthaltung`: do abstentions count against a motion?
    vote_abstentions_count: bool = "vote.abstentions_count",
    /// The mayor in the chair votes.
    vote_chair_votes: Only<true> = "vote.chair_votes",
    /// Until when a choice may be corrected.
    vote_correction_until: CorrectionUntil = "vote.correction_until",
    /// `Geheime Abstimmung` while somebody is remote.
    vote_secret_remote: SecretRemote = "vote.secret_remote",
    /// May a remote member vote whose picture or sound is missing?
    vote_disturbed_may_vote: Only<false> = "vote.disturbed_may_vote",
    /// A fault proven to lie in the municipality's sphere.
    fault_municipal: FaultEffect = "fault.municipal",
    /// A fault anywhere else.
    fault_other: FaultEffect = "fault.other",
    /// A member lost through a fault elsewhere is not counted for the quorum.
    fault_recount_quorum: Only<true> = "fault.recount_quorum",
    /// A fault nobody can place.
    fault_unknown_sphere: UnknownSphere = "fault.unknown_sphere",
    /// `Befangenheit`: who is recused leaves the sitting.
    recusal_leaves: Only<true> = "recusal.leaves",
    /// `Ausschluss der Öffentlichkeit`: when an item is non-public, in words people read.
    agenda_closed_doors: String = "agenda.closed_doors",
    /// `Notfall`: may an item be added in the sitting, with its ground?
    agenda_urgent: bool = "agenda.urgent_addition",
    /// Motions on procedure are voted on first, then amendments, then the matter.
    motion_order: bool = "motion.order",
    /// `Niederschrift`: who signs.
    minutes_signers: Vec<MinutesSigner> = "minutes.signers",
    /// `Niederschrift`: what it has to contain.
    minutes_contents: Vec<MinutesContent> = "minutes.contents",
    /// Days until the decisions of a public sitting stand on the website.
    publish_decisions_days: u32 = "publish.decisions_days",
    /// Months until the minutes are brought to the council's knowledge.
    minutes_deadline_months: u32 = "minutes.deadline_months",
    /// `Niederschrift`: the form of the original.
    minutes_form: MinutesForm = "minutes.form",
    /// `Ladungsfrist`: days between the summons and the sitting.
    notice_days: u32 = "notice.days",
    /// `Ladungsfrist`: how these days are counted.
    notice_count: NoticeCount = "notice.count",
    /// `Ladungsfrist`: what a shorter one needs.
    notice_short: NoticeShort = "notice.short",
    /// `Notfall`: may be convened without a period and without form.
    notice_emergency: bool = "notice.emergency",
}
