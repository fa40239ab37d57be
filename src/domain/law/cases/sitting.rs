//! Kinds of case about the sitting: its form, who is perceptible, faults, recordings, publicity, recusal.

use super::kinds::{Ask, Found};
use crate::domain::law::conduct::{
    Exclusion, announcement, may_rule_out, may_vote_secretly, recused_by, recused_may_listen, remote_may_vote,
    switch_in_non_public,
};
use crate::domain::law::fault::{Aftermath, Sphere, effect, perceived_by, still_matters};
use crate::domain::law::format::{Convening, may_convene};
use crate::domain::law::recording::{Recording, may_record, may_record_nonmember};
use crate::domain::law::{FaultEffect, Matter, Only, PerceivedBy, RecusalException, Rules};
use crate::domain::presence::{Lack, Senses};
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;
use serde::Deserialize;
use toml::Table;

/// A sitting as it is to be convened.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Format(Convening);

impl Ask for Format {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        may_convene(rules, &self.0)?;
        Found::default().ok()
    }
}

/// Connection ruled out for one sitting.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct ExclusionGiven(Exclusion);

impl Ask for ExclusionGiven {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        may_rule_out(rules, &self.0)?;
        Found::default().ok()
    }
}

/// One connected member.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Presence(Senses);

impl Ask for Presence {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let lacking = self.0.lacking(rules).into_iter().map(|lack| {
            let word = match lack {
                Lack::Picture => "picture",
                Lack::Sound => "sound",
                Lack::Reception => "reception",
                Lack::Hall => "hall",
            };
            word.to_owned()
        });
        Found::default().flag("counts", self.0.count_as_present(rules)).words("lacking", lacking).ok()
    }
}

/// Somebody does not perceive the connected members.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutual {
    unperceived_by: PerceivedBy,
    public_item: bool,
}

impl Ask for Mutual {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        perceived_by(rules, self.unperceived_by, self.public_item)?;
        Found::default().ok()
    }
}

/// A fault.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultGiven {
    sphere: Sphere,
    /// Before the opening.
    #[serde(default)]
    before_opening: bool,
}

impl Ask for FaultGiven {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let (effect, norm) = effect(rules, self.sphere);
        let word = match (effect, self.before_opening) {
            (FaultEffect::Interrupt, true) => "must_not_begin",
            (FaultEffect::Interrupt, false) => "interrupt",
            (FaultEffect::Irrelevant, _) => "irrelevant",
        };
        Found::default().word("effect", word).word("norm", norm).ok()
    }
}

/// What a member who lost the connection did.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Healed(Aftermath);

impl Ask for Healed {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        Found::default().flag("matters", still_matters(rules, self.0)).ok()
    }
}

/// A recording of members.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct RecordingGiven(Recording);

impl Ask for RecordingGiven {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        may_record(rules, self.0)?;
        Found::default().ok()
    }
}

/// A recording of somebody who is not a member.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonMember {
    #[serde(default)]
    consented: bool,
    #[serde(default)]
    objected: bool,
}

impl Ask for NonMember {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        may_record_nonmember(rules, self.consented, self.objected)?;
        Found::default().ok()
    }
}

/// A secret vote on a motion.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretVote {
    #[serde(default)]
    remote: u32,
}

impl Ask for SecretVote {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        may_vote_secretly(rules, self.remote)?;
        Found::default().ok()
    }
}

/// A motion to move an item in or out of the public, and what is announced afterwards.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// Reasons are given or there is a debate.
    #[serde(default = "debated")]
    debated: bool,
    /// Public good or interests of individuals forbid the announcement.
    #[serde(default)]
    forbidden: bool,
}

const fn debated() -> bool {
    true
}

impl Ask for Switch {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let announced = announcement(rules, self.forbidden).map_or("none", |how| how.word());
        Found::default()
            .flag("in_non_public", switch_in_non_public(rules, self.debated))
            .word("announcement", announced)
            .ok()
    }
}

/// A member with an interest in the matter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recusal {
    /// Why it may be none after all.
    exception: Option<RecusalException>,
    /// The item is public.
    #[serde(default = "debated")]
    public_item: bool,
}

impl Ask for Recusal {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let recused = recused_by(rules, self.exception);
        let may_listen = !recused || recused_may_listen(rules, self.public_item);
        Found::default().flag("recused", recused).flag("may_listen", may_listen).ok()
    }
}

/// Somebody wants to be connected to the board for secret matters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretBoard {}

impl Ask for SecretBoard {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let rule = &rules.secret_board_remote;
        let Only::<false> = rule.get();
        let sentence = "Im Beirat für geheimzuhaltende Angelegenheiten ist niemand zugeschaltet.";
        Err(Refusal::law("secret_board", rule.norm(), sentence))
    }
}

/// A matter in which the connected members may have no part.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteMatter {
    matter: Matter,
}

impl Ask for RemoteMatter {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        remote_may_vote(rules, self.matter)?;
        Found::default().ok()
    }
}
