//! The few values of the pinned law a recount needs, read from its TOML text as it stood at the convening.

mod clauses;
pub mod notice;
mod quorum;

use super::local;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// What quorum and majority are found by, on the day of the sitting.
pub struct Law {
    /// Of whom the shares are taken, and whether a finding lasts.
    pub quorum: quorum::QuorumLaw,
    share: Share,
    trigger: Share,
    recusal_share: Share,
    /// Do abstentions count against a motion?
    pub abstentions_count: bool,
    /// The paragraph of the majority.
    pub majority_norm: String,
    /// A body may resolve to vote secretly on a motion.
    pub secret: bool,
    /// Special majorities by key.
    pub special: BTreeMap<String, SpecialLaw>,
    /// Packs of the first releases know no elections.
    pub election: Option<ElectionLaw>,
    /// Nor did they know of second sittings.
    pub second: Option<SecondLaw>,
    pub chair: ChairLaw,
    /// Nor of the period of a summons.
    pub notice: Option<notice::NoticeLaw>,
    /// An item is admitted in the sitting by a vote of the body, not by the chair.
    pub admission: bool,
    /// For how many sittings at most somebody is excluded, and whether the body decides it; packs of the first releases do
    /// not say.
    pub exclusion: Option<(u64, bool)>,
}

/// Who may lead, and from where.
#[derive(Default)]
pub struct ChairLaw {
    /// In a hybrid sitting from the room.
    pub in_room: bool,
    /// `never`, `by_clause` or `always` connected, in a sitting without a public part.
    pub remote: String,
    /// Whether the holder of the office may be connected while another leads; packs of the first releases do not say.
    pub office_remote: Option<bool>,
    /// Who is no member may be connected as the chair decides.
    pub admits_advisers: bool,
}

/// On what ground somebody may be recorded, in the words of the rules.
pub struct FilmingLaw {
    pub publish: String,
    pub other: String,
    pub guests: String,
    /// Who is connected is asked as well.
    pub remote: bool,
}

/// A special majority.
pub struct SpecialLaw {
    pub num: u64,
    pub den: u64,
    pub more_than: bool,
    /// Of those present and entitled, instead of all members.
    pub of_present: bool,
    pub norm: String,
}

/// What an election is counted by.
pub struct ElectionLaw {
    /// More than this share is needed.
    pub num: u64,
    pub den: u64,
    pub norm: String,
    /// Of the valid votes instead of everybody present and entitled.
    pub of_valid_votes: bool,
    pub runoff_norm: String,
    /// A single candidate without majority is voted on a second time.
    pub single_again: bool,
    pub single_norm: String,
    pub never_open: bool,
    /// Who is connected has no vote, but may stay.
    pub remote_without_vote: bool,
    pub remote_in_quorum: bool,
    pub honorary_without_bias: bool,
    /// The hall elects even where everybody may be connected.
    pub digital_in_hall: bool,
    /// Who is connected is absent, and a second sitting may follow.
    pub remote_is_absence: bool,
}

/// What holds in a second sitting on the same matter.
pub struct SecondLaw {
    /// So many suffice.
    pub least: u64,
    pub norm: String,
    /// Only if the summons said so.
    pub notice_needed: bool,
    /// Who is connected is one of them.
    pub remote_counts: bool,
    /// Where that number is not reached either, the mayor decides.
    pub mayor_decides: bool,
    /// Where a committee lacks its quorum through recusals, the council decides.
    pub council_for_committee: bool,
    /// Somebody may be appointed to stand in for a recused mayor.
    pub stand_in: bool,
}

/// A share of all members, with its paragraph.
struct Share {
    num: u64,
    den: u64,
    norm: String,
}

impl Law {
    /// The law of `day` (`JJJJ-MM-TT`).
    ///
    /// # Errors
    /// A German sentence if a value is missing or is one this recount does not know.
    pub fn read(text: &str, day: &str) -> Result<Self, String> {
        let table: Table = text.parse().map_err(|_| "Das festgehaltene Recht ist kein gültiges TOML.".to_owned())?;
        local::check(&table)?;
        let rule = |key: &str| version(&table, key, day).ok_or(format!("Im festgehaltenen Recht fehlt „{key}“."));
        let word = |key: &str, known: &str| match rule(key)?.0.as_str() {
            Some(word) if word == known => Ok(()),
            _ => Err(format!("Die Regel „{key}“ kennt diese Prüfung nur als „{known}“.")),
        };
        word("vote.majority", "more_yes_than_no")?;
        word("vote.tie", "rejected")?;
        let share = |key: &str| {
            let (value, norm) = rule(key)?;
            let (num, den) = value.as_str().and_then(fraction).ok_or(format!("„{key}“ ist kein Bruch."))?;
            Ok::<Share, String>(Share { num, den, norm })
        };
        let abstentions = "vote.abstentions_count";
        Ok(Self {
            quorum: quorum::read(&rule)?,
            share: share("quorum.share")?,
            trigger: share("quorum.recusal_trigger")?,
            recusal_share: share("quorum.recusal_share")?,
            abstentions_count: rule(abstentions)?
                .0
                .as_bool()
                .ok_or(format!("„{abstentions}“ ist weder ja noch nein."))?,
            majority_norm: rule("vote.majority")?.1,
            secret: rule("vote.secret_by").is_ok_and(|(value, _)| value.as_str() == Some("council")),
            special: special(&rule),
            election: election(&rule),
            second: second(&rule),
            chair: chair(&rule),
            notice: notice::read(&table, day),
            admission: rule("agenda.addition_by").is_ok_and(|(value, _)| value.as_str() == Some("special_majority")),
            exclusion: exclusion(&rule),
        })
    }

    /// The rules on recordings; `None` if one of them is missing.
    pub fn filming(text: &str, day: &str) -> Option<FilmingLaw> {
        let table: Table = text.parse().ok()?;
        let word = |key: &str| Some(version(&table, key, day)?.0.as_str()?.to_owned());
        Some(FilmingLaw {
            publish: word("recording.publish_basis")?,
            other: word("recording.other")?,
            guests: word("recording.nonmembers")?,
            remote: version(&table, "recording.remote_consent", day)?.0.as_bool()?,
        })
    }

    /// In a committee the council decides before the quarter rule is reached (§ 39 (5) s. 3 GemO BW).
    pub fn council_for(&self, committee: bool) -> bool {
        committee && self.second.as_ref().is_some_and(|second| second.council_for_committee)
    }

    /// How many of `all` must be present and entitled while `recused` are recused, and the paragraph that says so.
    pub fn needed(&self, all: u64, recused: u64) -> (u64, &str) {
        let mostly_recused = recused * self.trigger.den > all * self.trigger.num;
        let share = if mostly_recused { &self.recusal_share } else { &self.share };
        let part = all * share.num;
        if self.quorum.more_than && !mostly_recused {
            return (part / share.den + 1, &share.norm);
        }
        (part.div_ceil(share.den), &share.norm)
    }
}

/// The special majorities; those this recount does not know are left out, and a ballot on them is refused.
fn special<'a>(rule: &impl Fn(&str) -> Result<(&'a Value, String), String>) -> BTreeMap<String, SpecialLaw> {
    let statutory = rule("quorum.base").is_ok_and(|(value, _)| value.as_str() == Some("statutory"));
    let list = rule("majority.special").ok().and_then(|(value, _)| value.as_array()).into_iter().flatten();
    let one = |entry: &Value| {
        let text = |name: &str| entry.get(name).and_then(Value::as_str);
        let (num, den) = fraction(text("share")?)?;
        let more_than = match text("comparison")? {
            "more_than" => true,
            "at_least" => false,
            _ => return None,
        };
        let of_present = match text("base")? {
            "present" => true,
            // The base of the quorum: whatever the law takes „all members“ for.
            "all_members" => false,
            "statutory" if statutory => false,
            _ => return None,
        };
        let norm = text("norm")?.to_owned();
        Some((text("key")?.to_owned(), SpecialLaw { num, den, more_than, of_present, norm }))
    };
    list.filter_map(one).collect()
}

/// The rules on elections; `None` if one of them is missing or unknown.
fn election<'a>(rule: &impl Fn(&str) -> Result<(&'a Value, String), String>) -> Option<ElectionLaw> {
    let text = |key: &str| rule(key).ok().and_then(|(value, _)| value.as_str().map(str::to_owned));
    let flag = |key: &str| rule(key).ok().and_then(|(value, _)| value.as_bool());
    let (num, den) = text("election.share").as_deref().and_then(fraction)?;
    let of_valid_votes = match text("election.majority_base")?.as_str() {
        "present_entitled" => false,
        "valid_votes" => true,
        _ => return None,
    };
    if text("election.runoff")? != "top_two_then_lot" || text("election.runoff_places")? != "lot" {
        return None;
    }
    let not_for = rule("recusal.not_for").ok()?.0.as_array()?;
    Some(ElectionLaw {
        num,
        den,
        norm: rule("election.majority_base").ok()?.1,
        of_valid_votes,
        runoff_norm: rule("election.runoff").ok()?.1,
        single_again: flag("election.single_candidate_second_ballot")?,
        single_norm: rule("election.single_candidate_second_ballot").ok()?.1,
        never_open: text("election.default_mode")? != "open_if_nobody_objects",
        remote_without_vote: text("election.remote_mode")? == "remote_no_vote",
        remote_in_quorum: flag("election.remote_in_quorum")?,
        // Packs of the first releases do not know them, and are read strictly.
        digital_in_hall: text("election.digital").as_deref() == Some("hall_only")
            && text("election.remote_mode").as_deref() == Some("remote_no_vote"),
        remote_is_absence: text("election.remote_absence").as_deref() == Some("second_session"),
        honorary_without_bias: not_for.iter().any(|word| word.as_str() == Some("honorary_elections")),
    })
}

/// The rules on a second sitting; `None` if one of them is missing or unknown.
fn second<'a>(rule: &impl Fn(&str) -> Result<(&'a Value, String), String>) -> Option<SecondLaw> {
    let flag = |key: &str| rule(key).ok().and_then(|(value, _)| value.as_bool());
    let (least, norm) = rule("quorum.second_session_min").ok()?;
    Some(SecondLaw {
        least: least.as_integer().and_then(|least| u64::try_from(least).ok())?,
        norm,
        notice_needed: flag("quorum.second_session_notice")?,
        remote_counts: flag("presence.remote_counts_second_session")?,
        mayor_decides: match rule("quorum.fallback").ok()?.0.as_str()? {
            "mayor_decides" => true,
            "none" => false,
            _ => return None,
        },
        council_for_committee: match rule("quorum.committee_bias_fallback").ok()?.0.as_str()? {
            "council_decides" => true,
            "as_council" => false,
            _ => return None,
        },
        // Packs of the first releases do not know it.
        stand_in: rule("quorum.fallback_biased").is_ok_and(|(value, _)| value.as_str() != Some("none")),
    })
}

fn exclusion<'a>(rule: &impl Fn(&str) -> Result<(&'a Value, String), String>) -> Option<(u64, bool)> {
    let max = rule("order.exclusion_max_sessions").ok()?.0.as_integer()?;
    let by = rule("order.exclusion_by").ok()?.0.as_str()?;
    Some((u64::try_from(max).ok()?, by == "council"))
}

fn chair<'a>(rule: &impl Fn(&str) -> Result<(&'a Value, String), String>) -> ChairLaw {
    let flag = |key: &str| rule(key).ok().and_then(|(value, _)| value.as_bool());
    let remote = rule("remote.nonpublic.chair_remote").ok().and_then(|(value, _)| value.as_str().map(str::to_owned));
    ChairLaw {
        in_room: flag("format.hybrid_chair_in_room").unwrap_or(true),
        remote: remote.unwrap_or_default(),
        office_remote: flag("chair.office_remote"),
        admits_advisers: rule("remote.advisory").is_ok_and(|(value, _)| value.as_str() == Some("chair_decides")),
    }
}

fn fraction(text: &str) -> Option<(u64, u64)> {
    let (num, den) = text.split_once('/')?;
    let (num, den): (u32, u32) = (num.parse().ok()?, den.parse().ok()?);
    (den > 0 && num <= den).then_some((num.into(), den.into()))
}

/// Value and paragraph of the version of a rule that applies on a day.
pub(super) fn version<'a>(table: &'a Table, key: &str, day: &str) -> Option<(&'a Value, String)> {
    let rules = table.get("rule")?.as_array()?;
    let rule = rules.iter().find(|rule| rule.get("key").and_then(Value::as_str) == Some(key))?;
    let versions = rule.get("version")?.as_array()?;
    let date = |version: &Value, name: &str| version.get(name)?.as_datetime().map(ToString::to_string);
    let version = versions.iter().find(|version| {
        let begun = date(version, "from").is_some_and(|from| from.as_str() <= day);
        begun && date(version, "until").is_none_or(|until| day <= until.as_str())
    })?;
    let norm = version.get("norm")?.as_str()?.to_owned();
    match local::value(table, key, day) {
        Some((value, reference)) => Some((value, format!("{reference} ({norm})"))),
        None => Some((version.get("value")?, norm)),
    }
}

#[cfg(test)]
mod tests {
    use super::Law;

    const LAW: &str = include_str!("../../legal/rules/bw.toml");

    #[test]
    fn the_shares_of_the_day_are_read_with_their_paragraph() {
        let law = Law::read(LAW, "2026-11-26").unwrap();
        assert_eq!(law.needed(13, 0), (7, "§ 37 Abs. 2 Satz 1 GemO"));
        assert_eq!(law.needed(13, 7), (4, "§ 37 Abs. 2 Satz 2 GemO"));
        assert_eq!(law.needed(12, 6).0, 6, "exactly half recused is not more than half");
        assert!(Law::read(LAW, "2015-11-30").is_err(), "before the first version");
    }

    #[test]
    fn a_law_the_recount_does_not_know_is_refused() {
        for (word, other) in [("\"occupied\"", "\"legal\""), ("\"rejected\"", "\"chair\""), ("\"1/2\"", "\"1/0\"")] {
            assert!(Law::read(&LAW.replace(word, other), "2026-11-26").is_err(), "{other}");
        }
        let deep = format!("rule = {}", "[".repeat(100_000));
        assert!(Law::read(&deep, "2026-11-26").is_err());
    }
}
