//! `Form der Niederschrift`, § 38 GemO BW: when the original is complete, and who gets a copy.

use super::{MinutesForm, MinutesSigner, Rules, WebPublication};
use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// How somebody signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    /// By hand, on paper.
    Handwritten,
    /// `Qualifizierte elektronische Signatur`.
    Qualified,
}

/// Who signed, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// One word a signature: `chair`, `councillor`, `clerk`.
    pub by: Vec<SignerWord>,
    /// All of them in this way.
    pub signature: Signature,
}

/// The words of `minutes.signers`, as a case file and a form write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignerWord {
    /// `Vorsitzender`.
    Chair,
    /// `Gemeinderat` who took part.
    Councillor,
    /// `Schriftführer`.
    Clerk,
}

impl SignerWord {
    const fn is(self, signer: MinutesSigner) -> bool {
        matches!(
            (self, signer),
            (Self::Chair, MinutesSigner::Chair)
                | (Self::Councillor, MinutesSigner::Councillor)
                | (Self::Clerk, MinutesSigner::Clerk)
        )
    }
}

/// Is the original signed as the law asks?
///
/// # Errors
/// The law's refusal: a form that does not replace the hand, or a signature that is missing.
pub fn complete(rules: &Rules, signed: &Signed) -> Result<(), Refusal> {
    let MinutesForm::Paper = rules.minutes_form.get();
    if signed.signature != Signature::Handwritten {
        let sentence = "Die Niederschrift wird auf Papier eigenhändig unterzeichnet; eine elektronische Signatur ersetzt \
                        das nicht.";
        return Err(Refusal::law("minutes_form", rules.minutes_form.norm(), sentence));
    }
    let signers = &rules.minutes_signers;
    for wanted in [MinutesSigner::Chair, MinutesSigner::Councillor, MinutesSigner::Clerk] {
        let needed = signers.value().iter().filter(|signer| **signer == wanted).count();
        let there = signed.by.iter().filter(|by| by.is(wanted)).count();
        if there < needed {
            let who = match wanted {
                MinutesSigner::Chair => "des Vorsitzes",
                MinutesSigner::Councillor => "eines Mitglieds, das teilgenommen hat",
                MinutesSigner::Clerk => "der Schriftführung",
            };
            return Err(Refusal::law("signature_missing", signers.norm(), format!("Es fehlt die Unterschrift {who}.")));
        }
    }
    Ok(())
}

/// `Abschrift`, § 38 (2) s. 2 GemO BW: may a member get a copy of the minutes? Reading them at the town hall is another matter.
///
/// # Errors
/// The law's refusal for minutes of a non-public sitting where copies are not handed out.
pub fn may_copy(rules: &Rules, public: bool) -> Result<(), Refusal> {
    let rule = &rules.minutes_nonpublic_copies;
    if public || rule.get() {
        return Ok(());
    }
    let sentence = "Abschriften nichtöffentlicher Niederschriften werden nicht ausgehändigt; Einsicht ist möglich.";
    Err(Refusal::law("minutes_copy", rule.norm(), sentence))
}

/// `Niederschrift im Internet`: may the minutes of a public sitting stand on the website?
///
/// # Errors
/// The law's refusal where it asks for a rule of procedure that the body does not have, or names no ground at all.
pub fn may_publish_minutes(rules: &Rules, rule_of_procedure: bool) -> Result<(), Refusal> {
    let rule = &rules.minutes_web_publication;
    match rule.get() {
        WebPublication::RulesOfProcedure if rule_of_procedure => Ok(()),
        WebPublication::RulesOfProcedure => Err(Refusal::law(
            "minutes_web",
            rule.norm(),
            "Niederschriften stehen im Internet nur, wenn die Geschäftsordnung es vorsieht; bis dahin Einsicht im Rathaus.",
        )),
        WebPublication::Unnamed => Err(Refusal::law(
            "minutes_web",
            rule.norm(),
            "Das Gesetz nennt keine Grundlage für Niederschriften im Internet; Beschlüsse und Einsicht sind geregelt.",
        )),
    }
}
