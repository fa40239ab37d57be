//! `Ladungsfrist`: whether a summons comes in time (§ 34 (1) s. 1, (2) GemO BW, § 58 (1), (3) HGO).

use super::{Matter, NoticeAnchor, NoticeCount, NoticeReceipt, NoticeShort, Rules};
use crate::domain::refusal::Refusal;
use crate::domain::text::Remark;
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};

/// What the period came to; part of the convening for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeFinding {
    /// The day the summons went out, by the local calendar.
    pub on: Date,
    /// `Zugang`: the day it counts as received, where the period runs from receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
    /// Days between summons and sitting, as the rules count them.
    pub days: u32,
    /// How many there have to be as a rule.
    pub needed: u32,
    pub kept: bool,
    /// It went out on another way than by this program: by post, by the council information system.
    pub elsewhere: bool,
    /// Why it could not wait, if the period was not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency: Option<Remark>,
    /// The paragraph that decided.
    pub norm: String,
}

impl NoticeFinding {
    /// What was found, as a German sentence with its paragraph.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { on, received, days, needed, kept, elsewhere, emergency, norm } = self;
        let way = if *elsewhere { " auf anderem Weg" } else { "" };
        let counted = if *days == 1 { "1 Tag".to_owned() } else { format!("{days} Tage") };
        let period = if *needed == 1 { "1 Tag".to_owned() } else { format!("{needed} Tagen") };
        let what = match (kept, emergency) {
            (true, _) => {
                format!("{counted} zwischen Ladung und Sitzung, die Frist von {period} ist gewahrt ({norm}).")
            }
            (false, Some(why)) if received.is_some() => {
                format!("{counted} zwischen Ladung und Sitzung, die Frist von {period} ist abgekürzt ({norm}): {why}")
            }
            (false, Some(why)) => {
                format!("{counted} zwischen Ladung und Sitzung, ohne die Regelfrist von {period} ({norm}): {why}")
            }
            (false, None) => {
                format!("{counted} zwischen Ladung und Sitzung statt der Regelfrist von {needed} ({norm}).")
            }
        };
        let arrived = received
            .filter(|day| day != on)
            .map_or_else(String::new, |day| format!(", gerechnet ab Zugang am {}", day.german()));
        format!("geladen{way} am {}{arrived}; {what}", on.german())
    }
}

/// A summons before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summoning<'a> {
    pub on: Date,
    /// The hour of the day it went out or arrived, where it is known.
    pub hour: Option<u8>,
    /// Every matter on the agenda is dealt with a second time.
    pub second: bool,
    pub elsewhere: bool,
    pub emergency: Option<&'a Remark>,
}

/// Days between a summons and a sitting, as the rules count them; never negative.
#[must_use]
pub fn days_between(rules: &Rules, on: Date, sitting: Date) -> u32 {
    let apart = sitting.days_since(on);
    let counted = match rules.notice_count.get() {
        NoticeCount::FullDays => apart - 1,
        NoticeCount::SameWeekday => apart,
    };
    u32::try_from(counted.max(0)).unwrap_or(u32::MAX)
}

/// The last day on which a summons keeps the period; `None` at the end of the scale.
#[must_use]
pub fn last_day(rules: &Rules, sitting: Date, second: bool) -> Option<Date> {
    let counted = match rules.notice_count.get() {
        NoticeCount::FullDays => 1,
        NoticeCount::SameWeekday => 0,
    };
    let mut day = sitting.plus_days(-(i64::from(period(rules, second).0) + counted))?;
    while counted_from(rules, day, None)? > day {
        day = day.plus_days(-1)?;
    }
    Some(day)
}

/// The period, and its paragraph. A body's own longer one is strictly taken to hold for the second sitting as well.
fn period(rules: &Rules, second: bool) -> (u32, &str) {
    let own = rules.local.iter().any(|local| local.key == "notice.days");
    let rule = if second && !own { &rules.notice_second_session_days } else { &rules.notice_days };
    (rule.get(), rule.norm())
}

/// The day from which a summons of this day counts: where the period runs from receipt, one that cannot be expected to be read
/// that day is received on the next on which it can.
fn counted_from(rules: &Rules, on: Date, hour: Option<u8>) -> Option<Date> {
    if rules.notice_anchor.get() == NoticeAnchor::Sent {
        return Some(on);
    }
    let late = hour.is_some_and(|hour| u32::from(hour) >= rules.notice_receipt_hour.get());
    let mut day = if late { on.next_day()? } else { on };
    let last = match rules.notice_receipt.get() {
        NoticeReceipt::SameDay => return Some(day),
        NoticeReceipt::NotOnSunday => 6,
        NoticeReceipt::WorkingDay => 5,
    };
    while day.weekday() > last {
        day = day.next_day()?;
    }
    Some(day)
}

/// Judges a summons.
///
/// # Errors
/// The law's refusal if it is too late and no emergency is stated, or misuse if it would go out after the sitting.
pub fn find(rules: &Rules, sitting: Date, summoning: &Summoning<'_>) -> Result<NoticeFinding, Refusal> {
    if summoning.on > sitting {
        return Err(Refusal::misuse(
            "summons_after_sitting",
            format!(
                "Die Ladung kann nicht nach dem Sitzungstag ({}) ergehen. Verlegen Sie die Sitzung, oder tragen Sie ein, \
                 wann die Ladung auf anderem Weg ergangen ist.",
                sitting.german()
            ),
        ));
    }
    let from = counted_from(rules, summoning.on, summoning.hour).unwrap_or(summoning.on);
    let (needed, by) = period(rules, summoning.second);
    let days = days_between(rules, from, sitting);
    // Received on the day of the sitting or later, no period at all was kept, however short it may be.
    let kept = days >= needed && from <= sitting;
    let norm = match (kept, rules.notice_short.get()) {
        (true, _) => by,
        (false, NoticeShort::EmergencyOnly) => rules.notice_emergency.norm(),
        (false, NoticeShort::WithReason | NoticeShort::UrgentDayBefore) => rules.notice_short.norm(),
    };
    let possible = match rules.notice_short.get() {
        NoticeShort::WithReason => true,
        NoticeShort::UrgentDayBefore => from < sitting,
        NoticeShort::EmergencyOnly => rules.notice_emergency.get(),
    };
    if !kept && (summoning.emergency.is_none() || !possible) {
        return Err(too_short(rules, sitting, summoning.second, days));
    }
    Ok(NoticeFinding {
        on: summoning.on,
        received: (rules.notice_anchor.get() == NoticeAnchor::Received).then_some(from),
        days,
        needed,
        kept,
        elsewhere: summoning.elsewhere,
        emergency: summoning.emergency.filter(|_| !kept).cloned(),
        norm: norm.to_owned(),
    })
}

/// What can only be decided where the members knew of it for the whole ordinary period, `days` before the sitting: where the rules
/// say so, not even for a reason, and not in a second sitting (§ 58 (3) HGO).
///
/// # Errors
/// The law's refusal.
pub fn may_decide(rules: &Rules, days: u32, matter: Matter) -> Result<(), Refusal> {
    let (hard, needed) = (&rules.notice_hard_for, rules.notice_days.get());
    if days >= needed || !hard.value().contains(&matter) {
        return Ok(());
    }
    let what = if matter == Matter::Elections {
        "Gewählt werden kann heute nicht"
    } else if matter == Matter::MainBylaw {
        "Über die Hauptsatzung kann heute nicht beschlossen werden"
    } else {
        "Darüber kann heute nicht entschieden werden"
    };
    let sentence = format!("{what}: Zwischen Zugang der Ladung und Sitzungstag müssen {needed} Tage liegen.");
    Err(Refusal::law("notice_hard", hard.norm(), sentence))
}

/// How a summons can come later, as a sentence.
#[must_use]
pub fn shorter(rules: &Rules) -> String {
    match rules.notice_short.get() {
        NoticeShort::EmergencyOnly if rules.notice_emergency.get() => {
            format!("Kürzer geht es nur im Notfall mit Begründung ({}).", rules.notice_emergency.norm())
        }
        NoticeShort::EmergencyOnly => "Eine kürzere Frist ist nicht vorgesehen.".to_owned(),
        NoticeShort::WithReason => "Eine kürzere Frist braucht eine Begründung.".to_owned(),
        NoticeShort::UrgentDayBefore => format!(
            "In eiligen Fällen geht die Ladung spätestens am Tag vor der Sitzung zu und weist darauf hin ({}).",
            rules.notice_short.norm()
        ),
    }
}

fn too_short(rules: &Rules, sitting: Date, second: bool, days: u32) -> Refusal {
    let (needed, norm) = period(rules, second);
    let by = last_day(rules, sitting, second).map_or_else(String::new, |day| format!(" bis zum {}", day.german()));
    let way = shorter(rules);
    let nouns = match rules.notice_anchor.get() {
        NoticeAnchor::Sent => "Ladung",
        NoticeAnchor::Received => "Zugang der Ladung",
    };
    let counted = if days == 1 { "läge 1 Tag".to_owned() } else { format!("lägen {days} Tage") };
    Refusal::law(
        "notice_too_short",
        norm,
        format!(
            "Zwischen {nouns} und Sitzung {counted}, nötig sind {needed}; die Ladung hätte{by} hinausgehen müssen. {way}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::{Summoning, find, last_day};
    use crate::domain::law::{RulePack, Rules, packs};
    use crate::domain::time::Date;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn rules(change: impl Fn(&str) -> String) -> Rules {
        RulePack::parse(&change(packs::bundled("bw").unwrap())).unwrap().on(day("2026-11-26")).unwrap()
    }

    #[test]
    fn the_last_day_is_the_first_that_keeps_the_period() {
        for (reading, last) in [("full_days", "2026-11-18"), ("same_weekday", "2026-11-19")] {
            let rules = rules(|text| text.replace("value = \"full_days\"", &format!("value = \"{reading}\"")));
            let (sitting, last) = (day("2026-11-26"), day(last));
            assert_eq!(last_day(&rules, sitting, false), Some(last), "{reading}");
            let find = |on| {
                find(&rules, sitting, &Summoning { on, hour: None, second: false, elsewhere: false, emergency: None })
            };
            assert!(find(last).unwrap().kept);
            let late = find(last.next_day().unwrap()).unwrap_err();
            assert_eq!((late.code, late.norm.as_deref()), ("notice_too_short", Some("§ 34 Abs. 1 Satz 1 GemO")));
            assert!(late.sentence.contains("lägen 6 Tage") && late.sentence.contains(&last.german()), "{late}");
        }
    }

    #[test]
    fn an_emergency_needs_its_reason_and_a_kept_period_none() {
        let rules = rules(str::to_owned);
        let flood = "Hochwasser".parse().unwrap();
        let on =
            |text| Summoning { on: day(text), hour: None, second: false, elsewhere: false, emergency: Some(&flood) };
        let finding = find(&rules, day("2026-11-26"), &on("2026-11-26")).unwrap();
        assert_eq!((finding.days, finding.kept, finding.norm.as_str()), (0, false, "§ 34 Abs. 2 GemO"));
        assert_eq!(finding.emergency, Some(flood.clone()));
        assert_eq!(find(&rules, day("2026-11-26"), &on("2026-11-02")).unwrap().emergency, None);
        assert_eq!(find(&rules, day("2026-11-26"), &on("2026-11-27")).unwrap_err().code, "summons_after_sitting");
    }
}
