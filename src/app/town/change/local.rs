//! `Ortsrecht`: what Hauptsatzung and Geschäftsordnung say differently.

use super::bylaws::carried;
use super::{Wrong, day, text, wrong};
use crate::app::town::{LocalRule, TownDraft};
use crate::domain::law::Instrument;
use crate::domain::law::overlay::LocalValue;

/// What is said about a local rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalSaid {
    /// The body; empty for every body.
    pub body: String,
    /// Key of the rule.
    pub key: String,
    /// As people type it: a number, „ja“, „nein“, or one of the words.
    pub value: String,
    pub instrument: Instrument,
    pub reference: String,
    pub decided_on: String,
    pub from: String,
    /// Votes in favour, and all members; both empty for a Geschäftsordnung.
    pub carried: [String; 2],
}

pub(super) fn add(draft: &mut TownDraft, said: &LocalSaid) -> Result<String, Wrong> {
    let body = Some(said.body.clone()).filter(|body| !body.is_empty());
    let name = match &body {
        None => "alle Gremien".to_owned(),
        Some(id) => {
            let gone = || wrong("gremium", "Dieses Gremium gibt es nicht mehr.");
            draft.bodies.iter().find(|body| body.id == *id).ok_or_else(gone)?.name.clone()
        }
    };
    let value = text("wert", "Der Wert", &said.value)?;
    let [yes, members] = &said.carried;
    let carried = carried(yes, members)?;
    if said.instrument == Instrument::MainBylaw && carried.is_none() {
        return Err(wrong("ja", "Bitte nennen Sie, mit wie vielen Stimmen die Hauptsatzung beschlossen wurde."));
    }
    let carried = carried.filter(|_| said.instrument == Instrument::MainBylaw);
    let rule = LocalRule {
        body,
        key: said.key.clone(),
        value: LocalValue::typed(&value),
        instrument: said.instrument,
        reference: text("fundstelle", "Die Fundstelle", &said.reference)?,
        decided_on: day("beschlossen", "Der Tag des Beschlusses", &said.decided_on)?,
        from: day("inkraft", "Der Tag des Inkrafttretens", &said.from)?,
        until: None,
        yes: carried.map(|carried| carried.yes),
        members: carried.map(|carried| carried.members),
    };
    if rule.from < rule.decided_on {
        return Err(wrong("inkraft", "Die Regelung träte vor ihrem Beschluss in Kraft."));
    }
    let what = format!("Ortsrecht für {name}: {} (in Kraft ab {}).", rule.reference, rule.from.german());
    draft.local.push(rule);
    Ok(what)
}

pub(super) fn end(draft: &mut TownDraft, place: usize, until: &str) -> Result<String, Wrong> {
    let until = day("bis", "Der letzte Tag", until)?;
    let gone = || wrong("", "Diese Regelung gibt es nicht mehr.");
    let rule = draft.local.get_mut(place).ok_or_else(gone)?;
    if until < rule.from {
        return Err(wrong("bis", "Die Regelung endete vor ihrem ersten Tag."));
    }
    rule.until = Some(until);
    Ok(format!("Die Regelung {} des Ortsrechts gilt bis {}.", rule.reference, until.german()))
}
