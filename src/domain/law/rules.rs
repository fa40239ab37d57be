//! Every rule the core knows: its key in the file, its type, its meaning. One table, nothing twice.

use super::fraction::Fraction;
use super::overlay::LocalInForce;
use super::read::Value;
use super::sourced::{Citation, Sourced};
#[allow(clippy::wildcard_imports, reason = "the table names every type a value can have")]
use super::values::*;
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
            /// `Ortsrecht` in force that day: which of the values below are the body's own.
            pub local: Vec<LocalInForce>,
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
                    local: Vec::new(),
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
    quorum_per_item: bool = "quorum.per_item",
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
    publish_decisions_days: AtMost = "publish.decisions_days",
    /// Months until the minutes are brought to the council's knowledge.
    minutes_deadline_months: AtMost = "minutes.deadline_months",
    /// `Niederschrift`: the form of the original.
    minutes_form: MinutesForm = "minutes.form",
    /// `Ladungsfrist`: days between the summons and the sitting.
    notice_days: u32 = "notice.days",
    /// `Ladungsfrist`: how these days are counted.
    notice_count: NoticeCount = "notice.count",
    /// `Ladungsfrist`: from sending or from receipt.
    notice_anchor: NoticeAnchor = "notice.anchor",
    /// `Zugang`: the days on which a summons can be received.
    notice_receipt: NoticeReceipt = "notice.receipt",
    /// `Zugang`: the hour of the day from which one counts as received on the next.
    notice_receipt_hour: u32 = "notice.receipt_hour",
    /// `Dringlichkeitsantrag`: who brings an item onto the agenda in the sitting.
    agenda_addition_by: AgendaAddition = "agenda.addition_by",
    /// `Ladungsfrist` of a second sitting on the same matter, in days.
    notice_second_session_days: u32 = "notice.second_session_days",
    /// What cannot be decided when the period was not kept.
    notice_hard_for: Vec<Matter> = "notice.hard_for",
    /// `Ladungsfrist`: what a shorter one needs.
    notice_short: NoticeShort = "notice.short",
    /// `Notfall`: may be convened without a period and without form.
    notice_emergency: bool = "notice.emergency",
    /// Which local law must open connection.
    remote_basis: Instrument = "remote.basis",
    /// `Mehrheit für die Hauptsatzung`: the votes the clause needs.
    remote_basis_majority: Threshold = "remote.basis_majority",
    /// `Nachweis der Mehrheit`: must the votes a clause of the Hauptsatzung got be on record before a sitting rests on it?
    remote_basis_evidence: bool = "remote.basis_evidence",
    /// Connection to non-public items.
    remote_nonpublic_allowed: ByClause = "remote.nonpublic.allowed",
    /// Who is connected to a non-public item declares to be alone.
    remote_nonpublic_alone: Only<true> = "remote.nonpublic.alone_declaration",
    /// The chair connected in a non-public sitting.
    remote_nonpublic_chair: ByClause = "remote.nonpublic.chair_remote",
    /// May the Hauptsatzung make the chair's connection depend on more?
    remote_nonpublic_chair_conditions: bool = "remote.nonpublic.chair_conditions",
    /// `Ausschluss im Einzelfall`: connection ruled out for one sitting.
    remote_exclusion: ByClause = "remote.single_case_exclusion",
    /// Who rules connection out.
    remote_exclusion_decider: Decider = "remote.single_case_decider",
    /// When connection is ruled out.
    remote_exclusion_when: DecidedWhen = "remote.single_case_when",
    /// Who decides on a digital sitting.
    remote_emergency_decider: Decider = "remote.emergency.decider",
    /// When a digital sitting is decided on.
    remote_emergency_when: DecidedWhen = "remote.emergency.when",
    /// In what the connected members have no part, beside elections of every kind.
    remote_excluded_matters: Vec<Matter> = "remote.excluded_matters",
    /// The most members who may be connected.
    remote_max_count: AtMost = "remote.max_count",
    /// Days before the sitting by which connection has to be announced.
    remote_registration_days: AtMost = "remote.registration_days",
    /// Who must be able to perceive the connected members.
    presence_mutual_scope: Vec<PerceivedBy> = "presence.mutual_scope",
    /// `Heilung`: when a fault of the municipality does not matter.
    fault_healing: Vec<Healing> = "fault.healing",
    /// `Rüge`: to whom a member objects.
    fault_objection_addressee: Decider = "fault.objection_addressee",
    /// `Rüge`: by when a member objects.
    fault_objection_timing: ObjectionTiming = "fault.objection_timing",
    /// `Beschlussfähigkeit`: at least the share, or more than it.
    quorum_comparison: Comparison = "quorum.comparison",
    /// `Beschlussfähigkeit`: only those entitled to vote count; otherwise all who are present.
    quorum_needs_voting_right: bool = "quorum.needs_voting_right",
    /// `Vermutung der Beschlussfähigkeit`: does a quorum once found last?
    quorum_presumption: Presumption = "quorum.presumption",
    /// `Zweite Sitzung`: so many members, present and entitled, suffice.
    quorum_second_session_min: u32 = "quorum.second_session_min",
    /// `Zweite Sitzung`: the summons must say so.
    quorum_second_session_notice: bool = "quorum.second_session_notice",
    /// `Zweite Sitzung`: do connected members count for it?
    presence_remote_counts_second_session: bool = "presence.remote_counts_second_session",
    /// What happens to an item no sitting can be quorate for.
    quorum_fallback: QuorumFallback = "quorum.fallback",
    /// What happens to it where the mayor is recused as well.
    quorum_fallback_biased: BiasedMayorFallback = "quorum.fallback_biased",
    /// What happens to an item a committee is not quorate for because of recusals.
    quorum_committee_bias_fallback: CommitteeFallback = "quorum.committee_bias_fallback",
    /// `Wahl`: what it means for those who are connected.
    election_remote_mode: RemoteElection = "election.remote_mode",
    /// `Wahl`: do the connected count for the quorum of an election?
    election_remote_in_quorum: bool = "election.remote_in_quorum",
    /// `Wahl`: secret or open.
    election_default_mode: ElectionMode = "election.default_mode",
    /// `Wahl`: does the objection of a connected member make it secret?
    election_remote_objection: bool = "election.remote_objection",
    /// `Wahl`: elected is who has more than this share.
    election_share: Fraction = "election.share",
    /// `Wahl`: of what the share is.
    election_majority_base: ElectionBase = "election.majority_base",
    /// `Stichwahl`: what follows when nobody has the majority.
    election_runoff: Runoff = "election.runoff",
    /// `Stichwahl`: who takes part when several share the last place in it.
    election_runoff_places: RunoffPlaces = "election.runoff_places",
    /// `Einziger Bewerber`: is there a second ballot when the only candidate has no majority?
    election_single_candidate_second_ballot: bool = "election.single_candidate_second_ballot",
    /// `Einziger Bewerber`: days that should pass before the second ballot.
    election_single_candidate_wait_days: u32 = "election.single_candidate_wait_days",
    /// `Personalentscheidungen` are elections.
    staff_decisions_are_elections: bool = "staff_decisions_are_elections",
    /// `Qualifizierte Mehrheiten`.
    majority_special: Vec<SpecialMajority> = "majority.special",
    /// `Vorsitz`: whose office it is.
    chair_office: ChairOffice = "chair.office",
    /// `Stellvertretung`: the deputies lead in the order they were elected in.
    chair_deputies_in_order: Only<true> = "chair.deputies_in_order",
    /// `Ältestes Mitglied`: leads when every deputy is prevented.
    chair_oldest_member: bool = "chair.oldest_member",
    /// May the holder of the office be connected while a deputy leads in the room? (Open question O8.)
    chair_office_remote: bool = "chair.office_remote",
    /// „Mitglieder“ includes the mayor.
    members_include_mayor: bool = "members.include_mayor",
    /// `Landrat`: is the head of the county a member of its council?
    members_include_county_head: bool = "members.include_county_head",
    /// `Zahl der Gemeinderäte` by inhabitants.
    members_size_table: SizeTable = "members.size_table",
    /// `Maßgebende Einwohnerzahl`.
    members_population_date: PopulationDate = "members.population_date",
    /// `Beigeordneter im Vorsitz`: the bodies in which a deputy mayor in the chair votes.
    vote_deputy_mayor_chair_votes: Vec<BodyKind> = "vote.deputy_mayor_chair_votes",
    /// `Namentliche Abstimmung`: who orders it.
    vote_rollcall_by: Vec<RollCallBy> = "vote.rollcall_by",
    /// `Geheime Abstimmung`: who orders it.
    vote_secret_by: SecretBy = "vote.secret_by",
    /// `Umlaufverfahren`: for what.
    circulation_allowed_for: CirculationFor = "circulation.allowed_for",
    /// `Umlaufverfahren`: when adopted.
    circulation_adopt_if: CirculationAdopted = "circulation.adopt_if",
    /// `Widerspruchsfrist im Umlauf`: whole days members have at least to object.
    circulation_days: u32 = "circulation.days",
    /// `Umlaufverfahren`: what a member means whom it did not reach.
    circulation_unreached: CirculationUnreached = "circulation.unreached",
    /// `Umlaufverfahren`: an objection after the last day.
    circulation_late_objection: LateObjection = "circulation.late_objection",
    /// `Umlaufverfahren`: how a decision is announced.
    circulation_announce: CirculationAnnounced = "circulation.announce",
    /// `Form der Einberufung`.
    notice_form: Vec<NoticeForm> = "notice.form",
    /// Months within which there should be a sitting.
    notice_min_frequency_months: u32 = "notice.min_frequency_months",
    /// Whose share may ask for a sitting or an item.
    request_base: RequestBase = "request.base",
    /// `Verlangen einer Sitzung`: at least this share.
    request_session_fraction: Fraction = "request.session_fraction",
    /// `Verlangen eines Verhandlungsgegenstands`: at least this share.
    request_item_fraction: Fraction = "request.item_fraction",
    /// Must those who ask sign by hand?
    request_signature: RequestSignature = "request.signature",
    /// A faction may ask for an item, whatever its size.
    request_item_or_group: bool = "request.item_or_group",
    /// In which sitting from now the item is on the agenda at the latest.
    request_item_latest: u32 = "request.item_latest",
    /// Months for which the same matter cannot be asked for again.
    request_block_months: u32 = "request.block_months",
    /// Sittings are public.
    public_default: bool = "public.default",
    /// Where it is decided whether an item is public.
    public_switch_decided_in: Publicity = "public.switch_decided_in",
    /// How decisions of a non-public session are announced.
    public_announce_nonpublic: AnnounceNonPublic = "public.announce_nonpublic",
    /// `Aufnahmen zur Veröffentlichung`, the livestream among them.
    recording_publish_basis: RecordingGround = "recording.publish_basis",
    /// Any other recording, one for the minutes among them.
    recording_other: RecordingGround = "recording.other",
    /// Where all members present must consent: the connected ones as well?
    recording_remote_consent: bool = "recording.remote_consent",
    /// Recording persons who are not members.
    recording_nonmembers: RecordingGround = "recording.nonmembers",
    /// `Ausschluss`: for how many sittings at most.
    order_exclusion_max_sessions: u32 = "order.exclusion_max_sessions",
    /// `Ausschluss`: who decides it.
    order_exclusion_by: Decider = "order.exclusion_by",
    /// `Verweis aus dem Sitzungsraum` by the chair.
    order_expulsion: bool = "order.expulsion",
    /// `Wortentzug` by the chair.
    order_withdraw_floor: Only<true> = "order.withdraw_floor",
    /// Who is recused may stay among the audience of a public sitting.
    recusal_audience: bool = "recusal.audience",
    /// What nobody is recused from.
    recusal_not_for: Vec<RecusalException> = "recusal.not_for",
    /// Months after which a violation of the rules on recusal is healed.
    recusal_heal_months: u32 = "recusal.heal_months",
    /// What a member may demand to be put on record.
    minutes_on_request: OnRecord = "minutes.on_request",
    /// May copies of non-public minutes be handed out to members?
    minutes_nonpublic_copies: bool = "minutes.nonpublic_copies",
    /// Who decides on objections to the minutes.
    minutes_objections_decided_by: Decider = "minutes.objections_decided_by",
    /// Who may read the minutes of public sittings.
    minutes_public_inspection: Inspection = "minutes.public_inspection",
    /// `Niederschrift im Internet`: on what ground minutes of public sittings may stand there.
    minutes_web_publication: WebPublication = "minutes.web_publication",
    /// The agenda of public sittings stands on the website.
    publish_agenda: bool = "publish.agenda",
    /// The papers of public sittings stand on the website.
    publish_papers: bool = "publish.papers",
    /// Does an omitted publication make the convening defective?
    publish_validity_condition: bool = "publish.validity_condition",
    /// `Widerspruch`: days after the decision.
    veto_days: u32 = "veto.days",
    /// `Widerspruch`: weeks after the first sitting for the new one.
    veto_new_session_weeks: AtMost = "veto.new_session_weeks",
    /// `Widerspruch`: who decides after an objection to a committee's decision.
    veto_committee_decided_by: Decider = "veto.committee_decided_by",
    /// `Eilentscheidung`: may the mayor decide in the council's place?
    urgent_mayor: bool = "urgent.mayor",
    /// The smallest deciding committee, its chair not counted.
    committee_min_members: u32 = "committee.min_members",
    /// Share of a committee that may submit a matter to the council, where a clause says so.
    committee_escalate_fraction: Fraction = "committee.escalate_fraction",
    /// `Zustimmung des Ortschaftsrats` to connection.
    district_remote_consent: Threshold = "ortschaftsrat.remote_consent",
    /// Must the consent of the Ortschaftsrat be on record here before a sitting rests on it?
    district_remote_evidence: bool = "ortschaftsrat.remote_evidence",
    /// May anybody be connected in the board for secret matters?
    secret_board_remote: Only<false> = "secret_board.remote",
    /// `Zulassung` the system needs.
    system_certification: Certification = "system.certification",
    /// What becomes of a deadline that ends at a weekend.
    deadline_weekend_shift: WeekendShift = "deadline.weekend_shift",
    /// `Beigeordnete` take part with an advisory voice.
    advisory_officials: Only<true> = "advisory.officials",
    /// `Ortsvorsteher` who is no member takes part with an advisory voice.
    advisory_district_head: Only<true> = "advisory.district_head",
    /// `Sachkundige Einwohner`: the bodies they are members of; in every other one they advise.
    members_residents: Vec<BodyKind> = "members.residents",
    /// May who has only an advisory voice be connected? (Open question O6.)
    remote_advisory: AdvisoryRemote = "remote.advisory",
    /// `Zweifel an der Befangenheit`: who decides it.
    recusal_doubt: DoubtDecider = "recusal.doubt_decided_by",
    /// `Wahl` in a digital sitting. (Open question O9.)
    election_digital: DigitalElection = "election.digital",
    /// `Wahl`: lacking its quorum only because members are connected. (Open question O10.)
    election_remote_absence: RemoteAbsence = "election.remote_absence",
    /// `Zustimmung der anderen` to the transmission of a hybrid sitting. (Open question O7.)
    remote_others_consent: OthersConsent = "remote.others_consent",
}
