//! `Ladungsfrist`: whether a summons comes in time (§ 34 (1) s. 1, (2) GemO BW).

use super::{Matter, NoticeCount, NoticeShort, Rules};
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
        let Self { on, days, needed, kept, elsewhere, emergency, norm } = self;
        let way = if *elsewhere { " auf anderem Weg" } else { "" };
        let counted = if *days == 1 { "1 Tag".to_owned() } else { format!("{days} Tage") };
        let what = match (kept, emergency) {
            (true, _) => {
                format!("{counted} zwischen Ladung und Sitzung, die Frist von {needed} Tagen ist gewahrt ({norm}).")
            }
            (false, Some(why)) => {
                format!("{counted} zwischen Ladung und Sitzung, ohne die Regelfrist von {needed} Tagen ({norm}): {why}")
            }
            (false, None) => {
                format!("{counted} zwischen Ladung und Sitzung statt der Regelfrist von {needed} ({norm}).")
            }
        };
        format!("geladen{way} am {}; {what}", on.german())
    }
}

/// A summons before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summoning<'a> {
    pub on: Date,
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
pub fn last_day(rules: &Rules, sitting: Date) -> Option<Date> {
    let counted = match rules.notice_count.get() {
        NoticeCount::FullDays => 1,
        NoticeCount::SameWeekday => 0,
    };
    sitting.plus_days(-(i64::from(rules.notice_days.get()) + counted))
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
    let (days, needed) = (days_between(rules, summoning.on, sitting), rules.notice_days.get());
    let kept = days >= needed;
    let norm = match (kept, rules.notice_short.get()) {
        (true, _) => rules.notice_days.norm(),
        (false, NoticeShort::EmergencyOnly) => rules.notice_emergency.norm(),
        (false, NoticeShort::WithReason | NoticeShort::UrgentDayBefore) => rules.notice_short.norm(),
    };
    let possible = match rules.notice_short.get() {
        NoticeShort::WithReason => true,
        NoticeShort::UrgentDayBefore => summoning.on < sitting,
        NoticeShort::EmergencyOnly => rules.notice_emergency.get(),
    };
    if !kept && (summoning.emergency.is_none() || !possible) {
        return Err(too_short(rules, sitting, days));
    }
    Ok(NoticeFinding {
        on: summoning.on,
        days,
        needed,
        kept,
        elsewhere: summoning.elsewhere,
        emergency: summoning.emergency.filter(|_| !kept).cloned(),
        norm: norm.to_owned(),
    })
}

/// What cannot be decided in a sitting that was convened with a shortened period: where the rules say so, not even with a
/// reason (§ 58 (3) HGO).
///
/// # Errors
/// The law's refusal.
pub fn may_decide(rules: &Rules, finding: &NoticeFinding, matter: Matter) -> Result<(), Refusal> {
    let hard = &rules.notice_hard_for;
    if finding.kept || !hard.value().contains(&matter) {
        return Ok(());
    }
    let sentence = format!(
        "Darüber kann heute nicht entschieden werden: zwischen Ladung und Sitzungstag müssen {} Tage liegen.",
        rules.notice_days.get()
    );
    Err(Refusal::law("notice_hard", hard.norm(), sentence))
}

/// The summons to a second sitting on the same matter: has it the period that suffices for it?
#[must_use]
pub fn second_in_time(rules: &Rules, on: Date, sitting: Date) -> bool {
    on <= sitting && days_between(rules, on, sitting) >= rules.notice_second_session_days.get()
}

fn too_short(rules: &Rules, sitting: Date, days: u32) -> Refusal {
    let needed = rules.notice_days.get();
    let by = last_day(rules, sitting).map_or_else(String::new, |day| format!(" bis zum {}", day.german()));
    let way = match rules.notice_short.get() {
        NoticeShort::EmergencyOnly if rules.notice_emergency.get() => {
            format!("Kürzer geht es nur im Notfall mit Begründung ({}).", rules.notice_emergency.norm())
        }
        NoticeShort::EmergencyOnly => "Eine kürzere Frist ist nicht vorgesehen.".to_owned(),
        NoticeShort::WithReason => "Eine kürzere Frist braucht eine Begründung.".to_owned(),
        NoticeShort::UrgentDayBefore => format!(
            "In eiligen Fällen geht die Ladung spätestens am Tag vor der Sitzung zu und weist darauf hin ({}).",
            rules.notice_short.norm()
        ),
    };
    let counted = if days == 1 { "läge 1 Tag".to_owned() } else { format!("lägen {days} Tage") };
    Refusal::law(
        "notice_too_short",
        rules.notice_days.norm(),
        format!(
            "Zwischen Ladung und Sitzung {counted}, nötig sind {needed}; die Ladung hätte{by} hinausgehen müssen. {way}"
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
            assert_eq!(last_day(&rules, sitting), Some(last), "{reading}");
            let find = |on| find(&rules, sitting, &Summoning { on, elsewhere: false, emergency: None });
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
        let on = |text| Summoning { on: day(text), elsewhere: false, emergency: Some(&flood) };
        let finding = find(&rules, day("2026-11-26"), &on("2026-11-26")).unwrap();
        assert_eq!((finding.days, finding.kept, finding.norm.as_str()), (0, false, "§ 34 Abs. 2 GemO"));
        assert_eq!(finding.emergency, Some(flood.clone()));
        assert_eq!(find(&rules, day("2026-11-26"), &on("2026-11-02")).unwrap().emergency, None);
        assert_eq!(find(&rules, day("2026-11-26"), &on("2026-11-27")).unwrap_err().code, "summons_after_sitting");
    }
}
