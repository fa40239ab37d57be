//! What the code of municipalities says about single acts of a body: circulation, secret votes, who votes in the chair,
//! where it is decided who may listen, who may be recused, what goes on record. Each is one question with one answer.

use super::format::{Clause, MeetingFormat};
use super::{
    AnnounceNonPublic, BodyKind, ByClause, ChairOffice, CirculationFor, Matter, OnRecord, Publicity, RecusalException,
    Rules, SecretBy, SecretRemote,
};
use crate::domain::majority::Outcome;
use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// `Umlaufverfahren`, § 37 (1) s. 2 GemO BW: a matter decided without a sitting. Silence agrees.
///
/// # Errors
/// The law's refusal if the matter is not a simple one, or if there is no such procedure.
pub fn circulated(rules: &Rules, simple: bool, objections: u32) -> Result<Outcome, Refusal> {
    let rule = &rules.circulation_allowed_for;
    match rule.get() {
        CirculationFor::Never => {
            Err(Refusal::law("no_circulation", rule.norm(), "Dieses Gremium beschließt nur in einer Sitzung."))
        }
        CirculationFor::SimpleMatters if !simple => Err(Refusal::law(
            "not_simple",
            rule.norm(),
            "Im Umlauf und durch Offenlegung kann nur über Gegenstände einfacher Art beschlossen werden.",
        )),
        CirculationFor::SimpleMatters if objections > 0 => Ok(Outcome::Rejected),
        CirculationFor::SimpleMatters => Ok(Outcome::Adopted),
    }
}

/// `Geheime Abstimmung` on a motion (no election): may it be held while so many members are connected?
///
/// # Errors
/// The law's refusal where it is inadmissible, or blocked while anybody is connected.
pub fn may_vote_secretly(rules: &Rules, remote: u32) -> Result<(), Refusal> {
    if rules.vote_secret_by.get() == SecretBy::Nobody {
        let sentence = "Eine geheime Abstimmung ist unzulässig.";
        return Err(Refusal::law("secret_vote", rules.vote_secret_by.norm(), sentence));
    }
    let SecretRemote::Blocked = rules.vote_secret_remote.get();
    if remote > 0 {
        let sentence = "Solange jemand zugeschaltet ist, wird nicht geheim abgestimmt.";
        return Err(Refusal::law("secret_while_remote", rules.vote_secret_remote.norm(), sentence));
    }
    Ok(())
}

/// Who leads a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChairedBy {
    /// `Bürgermeister`.
    Mayor,
    /// `Beigeordneter`.
    DeputyMayor,
    /// `Landrat`, in the Kreistag.
    CountyHead,
    /// A member of the body.
    Member,
}

/// `Stimmrecht im Vorsitz`, §§ 37 (6) s. 3, 41 (2) GemO BW, § 32 (6) `LKrO`: does who leads the body vote in it, and count in
/// its bases? With the paragraph.
#[must_use]
pub fn chair_votes(rules: &Rules, body: BodyKind, chair: ChairedBy) -> (bool, &str) {
    match chair {
        ChairedBy::Member => (true, rules.vote_chair_votes.norm()),
        ChairedBy::Mayor => (rules.members_include_mayor.get(), rules.members_include_mayor.norm()),
        ChairedBy::DeputyMayor => {
            let rule = &rules.vote_deputy_mayor_chair_votes;
            (rule.value().contains(&body), rule.norm())
        }
        ChairedBy::CountyHead => (rules.members_include_county_head.get(), rules.members_include_county_head.norm()),
    }
}

/// `Vorsitz`: may somebody in this office lead the body?
#[must_use]
pub fn may_chair(rules: &Rules, chair: ChairedBy) -> bool {
    match rules.chair_office.get() {
        ChairOffice::Mayor => true,
        ChairOffice::ElectedMember => chair == ChairedBy::Member,
    }
}

/// `Ausgenommene Gegenstände`: have the connected members a vote in this matter?
///
/// # Errors
/// The law's refusal if they have none.
pub fn remote_may_vote(rules: &Rules, matter: Matter) -> Result<(), Refusal> {
    let rule = &rules.remote_excluded_matters;
    if rule.value().contains(&matter) {
        let sentence = "An dieser Entscheidung nehmen Zugeschaltete nicht teil.";
        return Err(Refusal::law("remote_excluded", rule.norm(), sentence));
    }
    Ok(())
}

/// `Entscheidung über die Öffentlichkeit`, § 35 (1) s. 3 GemO BW: must a motion to move an item in or out of the public be
/// debated and decided in non-public session?
#[must_use]
pub fn switch_in_non_public(rules: &Rules, needs_reasons_or_debate: bool) -> bool {
    match rules.public_switch_decided_in.get() {
        Publicity::NonPublic => true,
        Publicity::NonPublicUnlessPlain => needs_reasons_or_debate,
    }
}

/// `Bekanntgabe`, § 35 (1) s. 4 GemO BW: how a decision of a non-public session is announced; `None` where public good or
/// interests of individuals forbid it.
#[must_use]
pub fn announcement(rules: &Rules, forbidden_by_interests: bool) -> Option<AnnounceNonPublic> {
    (!forbidden_by_interests).then(|| rules.public_announce_nonpublic.get())
}

/// `Keine Befangenheit`, § 18 (3) GemO BW: is somebody with an interest of this kind recused?
#[must_use]
pub fn recused_by(rules: &Rules, exception: Option<RecusalException>) -> bool {
    exception.is_none_or(|kind| !rules.recusal_not_for.value().contains(&kind))
}

/// `Zuhören trotz Befangenheit`: may a recused member follow the item as one of the audience?
#[must_use]
pub fn recused_may_listen(rules: &Rules, public_item: bool) -> bool {
    public_item && rules.recusal_audience.get()
}

/// What a member wants to have on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnWords {
    /// A statement.
    Statement,
    /// The own vote.
    Vote,
}

/// `Auf Verlangen in die Niederschrift`, § 38 (1) s. 2 GemO BW: has the member a right to it? In a secret vote nobody has.
#[must_use]
pub fn must_record(rules: &Rules, what: OwnWords, secret: bool) -> bool {
    match (rules.minutes_on_request.get(), what) {
        (OnRecord::StatementOrVote, OwnWords::Statement) => true,
        (OnRecord::StatementOrVote | OnRecord::Vote, OwnWords::Vote) => !secret,
        (OnRecord::Vote, OwnWords::Statement) => false,
    }
}

/// `Ausschluss` of a member by the body, § 36 (3) GemO BW: may it be for so many sittings?
///
/// # Errors
/// The law's refusal for more sittings than the rules allow; misuse for none.
pub fn may_exclude_for(rules: &Rules, sessions: u32) -> Result<(), Refusal> {
    let rule = &rules.order_exclusion_max_sessions;
    if sessions == 0 {
        return Err(Refusal::misuse("exclusion_none", "Ein Ausschluss gilt für mindestens eine Sitzung."));
    }
    if sessions > rule.get() {
        let sentence = format!("Ausgeschlossen werden kann für höchstens {} Sitzungen.", rule.get());
        return Err(Refusal::law("exclusion_too_long", rule.norm(), sentence));
    }
    Ok(())
}

/// `Beschließender Ausschuss`, § 40 (1) GemO BW: has it enough members beside its chair?
///
/// # Errors
/// The law's refusal for a committee that is too small.
pub fn committee_size(rules: &Rules, members_without_chair: u32) -> Result<(), Refusal> {
    let rule = &rules.committee_min_members;
    if members_without_chair >= rule.get() {
        return Ok(());
    }
    let sentence = format!("Ein beschließender Ausschuss hat neben dem Vorsitz mindestens {} Mitglieder.", rule.get());
    Err(Refusal::law("committee_too_small", rule.norm(), sentence))
}

/// `Vorlage an den Gemeinderat`, § 39 (3) GemO BW: may so many of a committee's members submit a matter to the council?
///
/// # Errors
/// The law's refusal without the clause, or if too few ask.
pub fn may_submit_to_council(rules: &Rules, members: u32, asking: u32, clause: bool) -> Result<u32, Refusal> {
    let rule = &rules.committee_escalate_fraction;
    let needed = rule.get().ceil_of(members);
    if !clause {
        let sentence = "Die Hauptsatzung gibt dem Ausschuss dieses Recht nicht.";
        return Err(Refusal::law("submission_clause_missing", rule.norm(), sentence));
    }
    if asking < needed {
        let sentence = format!("Das verlangen {asking} von {members}; nötig sind {needed}.");
        return Err(Refusal::law("submission_too_few", rule.norm(), sentence));
    }
    Ok(needed)
}

/// `Ausschluss der Zuschaltung im Einzelfall`, as it is to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// The form of the sitting.
    pub format: MeetingFormat,
    /// The clauses of the Hauptsatzung in force.
    #[serde(default)]
    pub clauses: BTreeSet<Clause>,
    /// A reason stands in the summons.
    pub reason: bool,
    /// It is decided with the convening, not later.
    pub with_convening: bool,
}

/// `Ausschluss im Einzelfall`, § 37a (3) s. 2 and 3 GemO BW: may connection be ruled out for one sitting?
///
/// # Errors
/// The law's refusal: no clause, no reason, too late, or a digital sitting.
pub fn may_rule_out(rules: &Rules, wanted: &Exclusion) -> Result<(), Refusal> {
    let rule = &rules.remote_exclusion;
    let no = |code, norm: &str, sentence: &str| Err(Refusal::law(code, norm, sentence));
    let open = match rule.get() {
        ByClause::Never => false,
        ByClause::ByClause => wanted.clauses.contains(&Clause::ExcludeRemote),
        ByClause::Always => true,
    };
    if !open {
        let sentence = "Die Hauptsatzung erlaubt nicht, die Zuschaltung im Einzelfall auszuschließen.";
        return no("exclusion_clause_missing", rule.norm(), sentence);
    }
    if wanted.format == MeetingFormat::Digital {
        return no("exclusion_in_emergency", rule.norm(), "In der digitalen Sitzung gilt diese Regelung nicht.");
    }
    if !wanted.with_convening {
        let sentence = "Das wird mit der Einberufung entschieden; danach ist es zu spät.";
        return no("exclusion_too_late", rules.remote_exclusion_when.norm(), sentence);
    }
    if !wanted.reason {
        return no("exclusion_reason_missing", rule.norm(), "Der Ausschluss braucht eine Begründung im Einzelfall.");
    }
    Ok(())
}
