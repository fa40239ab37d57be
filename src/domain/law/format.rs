//! `Sitzungsform`: may a meeting be convened in this form? Asked when it is convened and whenever its form changes.

use super::rules::Rules;
use super::values::{ByClause, DigitalFormat};
use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// `Sitzungsform`: where the members are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingFormat {
    /// `Präsenzsitzung`: everybody is in the room.
    InPerson,
    /// `Hybride Sitzung`, § 37a (1) GemO: the chair is in the room, members may be connected.
    Hybrid,
    /// `Digitale Sitzung`, § 37a (4) GemO: everybody may be connected, the chair included.
    Digital,
}

/// `Hauptsatzungsregelung`: which kinds of clause the municipality's Hauptsatzung has, on the day of the sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clause {
    /// § 37a (1) s. 1 GemO: members may be connected.
    Remote,
    /// § 37a (1) s. 5 GemO: in non-public sittings as well.
    RemoteInClosedPart,
    /// § 37a (1) s. 6 GemO: the chair may be connected in non-public sittings.
    ChairRemoteInClosedPart,
    /// § 37a (3) s. 2 GemO: the mayor may rule connection out in justified single cases.
    ExcludeRemote,
    /// § 37a (4) GemO: digital sittings for serious reasons.
    Digital,
    /// § 37a (1) GemO of 2020: video conferences; repealed on 1 September 2025.
    Video2020,
    /// § 35 (3) s. 1 GemO: film and sound recordings by the municipality, for publication.
    Recording,
    /// § 72 no. 3 GemO: the Ortschaftsrat itself consents to its members being connected. No clause of the Hauptsatzung, but like
    /// one decided on a day and with the majority of all members.
    DistrictConsent,
}

/// What is known when a meeting is convened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Convening {
    /// The form wished for.
    pub format: MeetingFormat,
    /// The clauses of the Hauptsatzung in force on the day of the sitting.
    #[serde(default)]
    pub clauses: BTreeSet<Clause>,
    /// Why a clause in force carries nothing: the majority that carried it is too small or not on record.
    #[serde(skip)]
    pub unproven: BTreeMap<Clause, Refusal>,
    /// Key of the ground a digital sitting is convened on, one of `rules.format_digital_grounds`.
    #[serde(default)]
    pub ground: Option<String>,
    /// The first sitting after an election, § 32 (1) s. 2 GemO.
    #[serde(default)]
    pub first_session: bool,
    /// The chair wants to be connected.
    #[serde(default)]
    pub chair_remote: bool,
    /// The agenda has public items.
    #[serde(default)]
    pub public_part: bool,
    /// A publicly accessible room with simultaneous transmission is named.
    #[serde(default)]
    pub public_room: bool,
    /// It is an Ortschaftsrat that is convened.
    #[serde(default)]
    pub district: bool,
}

/// May the meeting be convened like this?
///
/// # Errors
/// A [`Refusal`] of the law with its paragraph; a `Misuse` if the ground is not one of the grounds of that day.
pub fn may_convene(rules: &Rules, convening: &Convening) -> Result<(), Refusal> {
    match convening.format {
        MeetingFormat::InPerson => in_person(rules, convening),
        MeetingFormat::Hybrid => hybrid(rules, convening),
        MeetingFormat::Digital => digital(rules, convening),
    }
}

fn in_person(rules: &Rules, convening: &Convening) -> Result<(), Refusal> {
    if !rules.format_in_person.get() {
        let norm = rules.format_in_person.norm();
        return Err(Refusal::law("in_person_not_allowed", norm, "An diesem Tag ist keine Präsenzsitzung zulässig."));
    }
    if convening.chair_remote {
        return Err(Refusal::misuse("in_person_means_all", "In einer Präsenzsitzung ist niemand zugeschaltet."));
    }
    Ok(())
}

fn hybrid(rules: &Rules, convening: &Convening) -> Result<(), Refusal> {
    if !rules.format_hybrid.get() {
        let sentence = "Am Sitzungstag erlaubt kein Gesetz, einzelne Mitglieder zuzuschalten.";
        return Err(Refusal::law("hybrid_not_allowed", rules.format_hybrid.norm(), sentence));
    }
    first_session(rules, convening)?;
    if !convening.clauses.contains(&Clause::Remote) {
        unproven(convening, Clause::Remote)?;
        return Err(no_clause(rules.format_hybrid.norm(), convening, "die Zuschaltung einzelner Mitglieder"));
    }
    district_consents(rules, convening)?;
    if convening.chair_remote && rules.format_hybrid_chair_in_room.get() && !chair_may_be_remote(rules, convening) {
        let sentence = "Wer den Vorsitz führt, muss im Sitzungsraum sein.";
        return Err(Refusal::law("chair_in_room", rules.format_hybrid_chair_in_room.norm(), sentence));
    }
    Ok(())
}

/// § 37a (1) s. 6 GemO BW: in a sitting without public items, where the Hauptsatzung says so.
fn chair_may_be_remote(rules: &Rules, convening: &Convening) -> bool {
    !convening.public_part
        && match rules.remote_nonpublic_chair.get() {
            ByClause::Never => false,
            ByClause::ByClause => convening.clauses.contains(&Clause::ChairRemoteInClosedPart),
            ByClause::Always => true,
        }
}

fn digital(rules: &Rules, convening: &Convening) -> Result<(), Refusal> {
    let norm = rules.format_digital.norm();
    let clause = match rules.format_digital.get() {
        DigitalFormat::Never => {
            let sentence = "Am Sitzungstag erlaubt kein Gesetz eine digitale Sitzung.";
            return Err(Refusal::law("digital_not_allowed", norm, sentence));
        }
        DigitalFormat::Transition2020 => None,
        DigitalFormat::Necessary2020 => Some(Clause::Video2020),
        DigitalFormat::Emergency2025 => Some(Clause::Digital),
    };
    first_session(rules, convening)?;
    if let Some(clause) = clause.filter(|clause| !convening.clauses.contains(clause)) {
        unproven(convening, clause)?;
        return Err(no_clause(norm, convening, "digitale Sitzungen"));
    }
    district_consents(rules, convening)?;
    ground(rules, convening)?;
    if rules.format_public_room.get() && convening.public_part && !convening.public_room {
        let sentence = "Für den öffentlichen Teil fehlt ein öffentlich zugänglicher Raum, in den Bild und Ton zeitgleich \
                        übertragen werden; ein Livestream im Internet genügt nicht.";
        return Err(Refusal::law("public_room_missing", rules.format_public_room.norm(), sentence));
    }
    Ok(())
}

fn first_session(rules: &Rules, convening: &Convening) -> Result<(), Refusal> {
    if convening.first_session && !rules.format_first_session_remote.get() {
        let sentence = "In der ersten Sitzung nach der Wahl kann niemand zugeschaltet werden.";
        return Err(Refusal::law("first_session", rules.format_first_session_remote.norm(), sentence));
    }
    Ok(())
}

/// `Zustimmung des Ortschaftsrats`, § 72 no. 3 GemO: beside the clause of the Hauptsatzung.
fn district_consents(rules: &Rules, convening: &Convening) -> Result<(), Refusal> {
    let asked = convening.district && rules.district_remote_evidence.get();
    if !asked || convening.clauses.contains(&Clause::DistrictConsent) {
        return Ok(());
    }
    unproven(convening, Clause::DistrictConsent)?;
    let sentence = "Der Ortschaftsrat hat der Zuschaltung nicht zugestimmt. Neben der Regelung der Hauptsatzung braucht es seinen \
                    eigenen Beschluss mit der Mehrheit der Stimmen aller seiner Mitglieder.";
    Err(Refusal::law("district_consent", rules.district_remote_consent.norm(), sentence))
}

/// The Hauptsatzung has the clause, but it carries nothing: that is what has to be said.
fn unproven(convening: &Convening, clause: Clause) -> Result<(), Refusal> {
    convening.unproven.get(&clause).map_or(Ok(()), |why| Err(why.clone()))
}

fn no_clause(norm: &str, convening: &Convening, what: &str) -> Refusal {
    if convening.clauses.contains(&Clause::Video2020) {
        let sentence = format!(
            "Die Hauptsatzung hat nur die Regelung nach dem Gesetz von 2020. Sie trägt {what} nach heutigem Recht nicht \
             sicher; nötig ist eine neue Regelung."
        );
        return Refusal::law("clause_of_2020", norm, sentence);
    }
    Refusal::law("clause_missing", norm, format!("Die Hauptsatzung hat keine Regelung über {what}."))
}

fn ground(rules: &Rules, convening: &Convening) -> Result<(), Refusal> {
    let grounds = rules.format_digital_grounds.value();
    match &convening.ground {
        None => {
            let sentence = "Eine digitale Sitzung braucht einen Grund, der mit der Einberufung genannt wird.";
            Err(Refusal::law("ground_missing", rules.format_digital_grounds.norm(), sentence))
        }
        Some(key) if grounds.iter().any(|ground| ground.key == *key) => Ok(()),
        Some(_) => Err(Refusal::misuse("ground_unknown", "Dieser Grund steht an diesem Tag nicht zur Wahl.")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Convening, MeetingFormat, may_convene};
    use crate::domain::law::{RulePack, packs};

    #[test]
    fn an_invented_ground_is_misuse_and_no_question_of_law() {
        let pack = RulePack::parse(packs::bundled("bw").unwrap()).unwrap();
        let rules = pack.on("2026-11-26".parse().unwrap()).unwrap();
        let convening = Convening {
            format: MeetingFormat::Digital,
            clauses: [super::Clause::Digital].into(),
            unproven: super::BTreeMap::new(),
            ground: Some("bequemlichkeit".into()),
            first_session: false,
            chair_remote: true,
            public_part: false,
            public_room: false,
            district: false,
        };
        let refusal = may_convene(&rules, &convening).unwrap_err();
        assert_eq!((refusal.code, refusal.norm), ("ground_unknown", None));
    }
}
