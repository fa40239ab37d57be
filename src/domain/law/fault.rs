//! `Technische Störung`, § 37a (2) GemO BW: what a fault does to the sitting, and whether it still matters afterwards.

use super::{Decider, FaultEffect, Healing, PerceivedBy, Rules, UnknownSphere};
use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// `Verantwortungsbereich`, as somebody found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sphere {
    /// The municipality's, proven.
    Municipality,
    /// The member's: own line, own device, operation.
    Member,
    /// Somebody else's: the network at large.
    Third,
    /// Nobody can say.
    Unknown,
}

/// What a fault in this sphere does, and the paragraph that says so.
#[must_use]
pub fn effect(rules: &Rules, sphere: Sphere) -> (FaultEffect, &str) {
    let municipal = (rules.fault_municipal.get(), rules.fault_municipal.norm());
    let other = (rules.fault_other.get(), rules.fault_other.norm());
    match sphere {
        Sphere::Municipality => municipal,
        Sphere::Member | Sphere::Third => other,
        Sphere::Unknown => match rules.fault_unknown_sphere.get() {
            UnknownSphere::Municipal => municipal,
            UnknownSphere::NotProven => other,
        },
    }
}

/// So many connected members are lost at once, with the hall or without it: is it proposed to the chair that the fault is the
/// municipality's? Where nobody is remote, nobody misses the hall's device.
#[must_use]
pub fn loss_is_proposed(rules: &Rules, lost: usize, hall_lost: bool) -> bool {
    let several = usize::try_from(rules.presence_mass_loss.get()).unwrap_or(usize::MAX);
    lost >= several || (hall_lost && lost > 0)
}

/// What a member who lost the connection did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aftermath {
    /// Where the fault lay.
    pub sphere: Sphere,
    /// The member took part in the decision.
    pub took_part: bool,
    /// To whom the member objected, if at all.
    #[serde(default)]
    pub objected_to: Option<ObjectedTo>,
    /// The objection came without delay.
    #[serde(default)]
    pub promptly: bool,
}

/// `Rüge`: to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectedTo {
    /// `Bürgermeister`.
    Mayor,
    /// Who chairs the body, where that is not the mayor.
    Chair,
    /// `Schriftführer`.
    Clerk,
}

/// Does the fault still matter, so that the impaired steps have to be repeated? Repetition itself is a conclusion from the
/// statute, not its wording.
#[must_use]
pub fn still_matters(rules: &Rules, after: Aftermath) -> bool {
    if effect(rules, after.sphere).0 == FaultEffect::Irrelevant {
        return false;
    }
    let heard = match (rules.fault_objection_addressee.get(), after.objected_to) {
        (Decider::Mayor, Some(ObjectedTo::Mayor))
        | (Decider::Chair | Decider::Council, Some(ObjectedTo::Mayor | ObjectedTo::Chair)) => after.promptly,
        (Decider::Mayor, Some(ObjectedTo::Chair | ObjectedTo::Clerk))
        | (Decider::Chair | Decider::Council, Some(ObjectedTo::Clerk))
        | (_, None) => false,
    };
    let heals = |way| rules.fault_healing.value().contains(&way);
    let healed = (after.took_part && after.objected_to.is_none() && heals(Healing::TookPart))
        || (!after.took_part && !heard && heals(Healing::NoPromptObjection));
    !healed
}

/// `Gegenseitige Wahrnehmbarkeit`, § 37a (1) s. 3 and 4 GemO BW: may the sitting go on while `who` does not perceive the
/// connected members?
///
/// # Errors
/// The law's refusal where the rules ask for it; of the audience only in a public sitting.
pub fn perceived_by(rules: &Rules, who: PerceivedBy, public_item: bool) -> Result<(), Refusal> {
    let scope = &rules.presence_mutual_scope;
    if !scope.value().contains(&who) || (who == PerceivedBy::Public && !public_item) {
        return Ok(());
    }
    let whom = match who {
        PerceivedBy::Chair => "Der Vorsitz nimmt",
        PerceivedBy::Room => "Die Mitglieder im Saal nehmen",
        PerceivedBy::Remote => "Die anderen Zugeschalteten nehmen",
        PerceivedBy::Public => "Die Zuhörer im Saal nehmen",
    };
    let sentence = format!("{whom} die Zugeschalteten nicht wahr. Bis das behoben ist, geht die Sitzung nicht weiter.");
    Err(Refusal::law("not_mutual", scope.norm(), sentence))
}
