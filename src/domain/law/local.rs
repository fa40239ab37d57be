//! `Ortsrecht`: what a body's own Hauptsatzung or Geschäftsordnung says differently, as far as the pack lets it. A local value
//! stands behind the pack in the same text, so that both are pinned by one digest when a meeting is convened.

use super::read::{LawError, Section, Value};
use super::sourced::{Certainty, Citation};
use super::values::{Comparison, Instrument, RuleValue as _, SpecialBase, Threshold};
use crate::domain::time::Date;

/// What a pack allows local law to say about one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leave {
    /// Which local law may say it; the Hauptsatzung may always.
    by: Instrument,
    within: Within,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Within {
    /// A number that is not smaller than the pack's.
    AtLeast,
    /// A number that is not larger than the pack's.
    AtMost,
    /// One of these values.
    OneOf(Vec<Value>),
    /// Anything of the rule's type.
    Anything,
}

impl Leave {
    /// Reads `local = { by = "geschaeftsordnung", within = "at_least" }`; `within` may be a list of values.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let wrong = || {
            "„local“ muss die Form { by = …, within = \"at_least\" | \"at_most\" | \"any\" | [Werte] } haben".to_owned()
        };
        let Value::Entry(entry) = value else { return Err(wrong()) };
        let (Some(by), Some(within), 2) = (entry.get("by"), entry.get("within"), entry.len()) else {
            return Err(wrong());
        };
        let within = match within {
            Value::Text(word) if word == "at_least" => Within::AtLeast,
            Value::Text(word) if word == "at_most" => Within::AtMost,
            Value::Text(word) if word == "any" => Within::Anything,
            Value::List(values) if !values.is_empty() => Within::OneOf(values.clone()),
            Value::Text(_) | Value::List(_) | Value::Flag(_) | Value::Number(_) | Value::Entry(_) => {
                return Err(wrong());
            }
        };
        Ok(Self { by: Instrument::read(by).map_err(|what| format!("„by“ {what}"))?, within })
    }

    pub(super) const fn by(&self) -> Instrument {
        self.by
    }

    /// Why a value goes beyond the leave, if it does.
    fn refuses(&self, statute: &Value, wanted: &Value) -> Option<String> {
        let number = |value: &Value| if let Value::Number(number) = value { Some(*number) } else { None };
        let compared = number(statute).zip(number(wanted));
        match (&self.within, compared) {
            (Within::Anything, _) => None,
            (Within::OneOf(values), _) if values.contains(wanted) => None,
            (Within::OneOf(_), _) => Some("das Gesetz lässt diesen Wert nicht zu".to_owned()),
            (Within::AtLeast, Some((least, wanted))) if wanted >= least => None,
            (Within::AtMost, Some((most, wanted))) if wanted <= most => None,
            (Within::AtLeast, Some((least, _))) => Some(format!("das Gesetz lässt nur {least} oder mehr zu")),
            (Within::AtMost, Some((most, _))) => Some(format!("das Gesetz lässt nur {most} oder weniger zu")),
            (Within::AtLeast | Within::AtMost, None) => Some("hier muss eine Zahl stehen".to_owned()),
        }
    }
}

/// One local value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Local {
    pub(super) key: String,
    pub(super) value: Value,
    pub(super) citation: Citation,
    from: Date,
    until: Option<Date>,
    pub(super) line: usize,
}

impl Local {
    pub(super) fn applies_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Do both say something about one day?
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let before = |one: &Self, next: &Self| one.until.is_some_and(|until| until < next.from);
        self.key == other.key && !before(self, other) && !before(other, self)
    }
}

/// The days a local value is for.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub(super) from: Date,
    pub(super) until: Option<Date>,
}

/// What one version of the pack says about the key a local value is for.
pub(super) struct Statute {
    /// The leave, if there is any.
    pub(super) leave: Option<Leave>,
    /// The pack's own value.
    pub(super) value: Value,
    /// The pack's paragraph.
    pub(super) norm: String,
    /// The majority a Hauptsatzung needs.
    pub(super) majority: Option<Threshold>,
}

/// Reads one `[[local]]`: key, value, instrument, reference, days, and for a Hauptsatzung how it was carried. It must keep to
/// every version of the law it meets in its time.
pub(super) fn parse(
    mut section: Section<'_>,
    statutes: impl Fn(&str, Days) -> Vec<Statute>,
    check: impl Fn(&str, &Value) -> Option<Result<(), String>>,
) -> Result<Local, LawError> {
    let key = section.text("key")?;
    section.rule = Some(key.clone());
    section.only(&["key", "value", "instrument", "reference", "decided_on", "from", "until", "yes", "members"])?;
    let (value, line) = section.value("value")?;
    let (from, until) = (section.date("from")?, section.date_if_any("until")?);
    let (reference, decided_on) = (section.text("reference")?, section.date("decided_on")?);
    if from < decided_on {
        return Err(section.error("die Regelung träte vor ihrem Beschluss in Kraft"));
    }
    if until.is_some_and(|until| until < from) {
        return Err(section.error(format!("„until“ liegt vor „from“ ({from})")));
    }
    let typed = check(&key, &value).ok_or_else(|| section.error("diese Regel kennt das Programm nicht"))?;
    let typed = typed.map_err(|what| LawError::new(Some(line), Some(&key), format!("„value“ {what}")));
    let statutes = statutes(&key, Days { from, until });
    for statute in &statutes {
        let beyond = |what: String| {
            let norm = &statute.norm;
            LawError::new(Some(line), Some(&key), format!("Ortsrecht kann das nicht bestimmen: {what} ({norm})"))
        };
        let leave =
            statute.leave.as_ref().ok_or_else(|| beyond("das Gesetz lässt dem Ortsrecht hier nichts offen".into()))?;
        typed.clone()?;
        if let Some(what) = leave.refuses(&statute.value, &value) {
            return Err(beyond(what));
        }
    }
    let Some(statute) = statutes.last() else {
        return Err(section.error("zu dieser Regel sagt das Gesetz in diesen Tagen nichts"));
    };
    let beyond = |what: &str| {
        let norm = &statute.norm;
        LawError::new(Some(line), Some(&key), format!("Ortsrecht kann das nicht bestimmen: {what} ({norm})"))
    };
    let instrument = Instrument::read(&section.value("instrument")?.0)
        .map_err(|what| section.error(format!("„instrument“ {what}")))?;
    let main_only = |leave: &Leave| leave.by == Instrument::MainBylaw;
    if statute.leave.as_ref().is_some_and(main_only) && instrument != Instrument::MainBylaw {
        return Err(beyond("das kann nur die Hauptsatzung"));
    }
    if instrument == Instrument::MainBylaw {
        carried(&section, statute.majority)?;
    }
    let word = match instrument {
        Instrument::MainBylaw => "Hauptsatzung",
        Instrument::RulesOfProcedure => "Geschäftsordnung",
    };
    let norm = format!("{reference} ({})", statute.norm);
    let source = format!("{word}, beschlossen am {}", decided_on.german());
    let citation = Citation::new(norm, String::new(), source, decided_on, Certainty::Practice)
        .map_err(|gap| section.error(gap.to_string()))?;
    Ok(Local { key, value, citation, from, until, line })
}

/// Was the Hauptsatzung carried by the votes it needs (§ 4 (2) GemO BW)?
fn carried(section: &Section<'_>, majority: Option<Threshold>) -> Result<(), LawError> {
    let number = |name: &str| match section.value(name)? {
        (Value::Number(number), _) => Ok(number),
        (Value::Flag(_) | Value::Text(_) | Value::List(_) | Value::Entry(_), _) => {
            Err(section.error(format!("„{name}“ muss eine ganze Zahl sein")))
        }
    };
    let (yes, members) = (number("yes")?, number("members")?);
    if yes > members {
        return Err(section.error(format!("{yes} Ja-Stimmen von {members} Mitgliedern gibt es nicht")));
    }
    let Some(Threshold { share, comparison, base }) = majority else { return Ok(()) };
    let needed = match (base, comparison) {
        (
            SpecialBase::AllMembers | SpecialBase::Statutory | SpecialBase::Present,
            Comparison::AtLeast | Comparison::MoreThan,
        ) => comparison.needed(share, members),
    };
    if yes < needed {
        return Err(
            section.error(format!("{yes} Ja-Stimmen von {members} tragen die Hauptsatzung nicht, nötig sind {needed}"))
        );
    }
    Ok(())
}
