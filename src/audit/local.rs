//! The body's own Hauptsatzung and Geschäftsordnung once more: whether the pinned text says only what the statute in it leaves to
//! them, and what comes before the statute's own values.

use toml::{Table, Value};

/// A share that has to be reached or exceeded.
struct Majority {
    num: u64,
    den: u64,
    more_than: bool,
}

/// Every `[[local]]` of the text against the rule it is for.
///
/// # Errors
/// The first that goes beyond it, as a German sentence.
pub fn check(table: &Table) -> Result<(), String> {
    let mut seen: Vec<(&str, String, Option<String>)> = Vec::new();
    for local in locals(table) {
        let key = local.get("key").and_then(Value::as_str).ok_or("Eine Regelung des Ortsrechts nennt keine Regel.")?;
        let wrong = |what: &str| Err(format!("Das Ortsrecht zu „{key}“ {what}."));
        let (Some(from), until) = (day(local, "from"), day(local, "until")) else {
            return wrong("nennt keinen ersten Tag");
        };
        if day(local, "decided_on").is_none_or(|decided| from < decided) || until.as_ref().is_some_and(|u| *u < from) {
            return wrong("tritt vor seinem Beschluss in Kraft oder endet vorher");
        }
        let rule = rule(table, key).ok_or(format!("Zu „{key}“ sagt das Gesetz nichts."))?;
        let Some(leave) = rule.get("local") else { return wrong("bestimmt, was das Gesetz nicht offen lässt") };
        let value = local.get("value").ok_or("Eine Regelung des Ortsrechts hat keinen Wert.")?;
        let meets = |version: &&Value| {
            day(version, "from").is_some_and(|begun| until.as_ref().is_none_or(|until| begun <= *until))
                && day(version, "until").is_none_or(|ended| from <= ended)
        };
        let versions = rule.get("version").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for version in versions.iter().filter(meets) {
            if !is_within(leave, version.get("value"), value) {
                return wrong("geht weiter, als das Gesetz zulässt");
            }
        }
        let main = match local.get("instrument").and_then(Value::as_str) {
            Some("hauptsatzung") => true,
            Some("geschaeftsordnung") => false,
            _ => return wrong("steht weder in der Hauptsatzung noch in der Geschäftsordnung"),
        };
        if !main && leave.get("by").and_then(Value::as_str) == Some("hauptsatzung") {
            return wrong("kann nur in der Hauptsatzung stehen");
        }
        let number = |name: &str| local.get(name).and_then(Value::as_integer).and_then(|n| u64::try_from(n).ok());
        if main && !number("yes").zip(number("members")).is_some_and(|(yes, all)| carried(table, &from, yes, all)) {
            return wrong("hat nicht die Mehrheit aller Mitglieder");
        }
        let overlaps = |other: &(&str, String, Option<String>)| {
            other.0 == key
                && other.2.as_ref().is_none_or(|end| from <= *end)
                && until.as_ref().is_none_or(|end| other.1 <= *end)
        };
        if seen.iter().any(overlaps) {
            return wrong("sagt an einem Tag zweierlei");
        }
        seen.push((key, from, until));
    }
    Ok(())
}

/// The body's own value on a day, with where it stands.
pub fn value<'a>(table: &'a Table, key: &str, on: &str) -> Option<(&'a Value, &'a str)> {
    let applies = |local: &&Value| {
        local.get("key").and_then(Value::as_str) == Some(key)
            && day(local, "from").is_some_and(|from| from.as_str() <= on)
            && day(local, "until").is_none_or(|until| on <= until.as_str())
    };
    let local = locals(table).find(applies)?;
    Some((local.get("value")?, local.get("reference")?.as_str()?))
}

/// Whether so many votes carry the Hauptsatzung by the law of a day (§ 4 (2) GemO BW).
pub fn carried(table: &Table, on: &str, yes: u64, members: u64) -> bool {
    reached(table, "remote.basis_majority", on, yes, members)
}

/// Whether so many votes are the consent of an Ortschaftsrat (§ 72 no. 3 GemO BW).
pub fn consented(table: &Table, on: &str, yes: u64, members: u64) -> bool {
    reached(table, "ortschaftsrat.remote_consent", on, yes, members)
}

fn reached(table: &Table, key: &str, on: &str, yes: u64, members: u64) -> bool {
    let Some(Majority { num, den, more_than }) = majority(table, key, on) else { return false };
    let (share, votes) = (members.saturating_mul(num), yes.saturating_mul(den));
    yes <= members && if more_than { votes > share } else { votes >= share }
}

fn majority(table: &Table, key: &str, on: &str) -> Option<Majority> {
    let versions = rule(table, key)?.get("version")?.as_array()?;
    let begun = |version: &&Value| day(version, "from").is_some_and(|from| from.as_str() <= on);
    let value = versions.iter().rfind(begun).or(versions.first())?.get("value")?;
    let (num, den) = value.get("share")?.as_str()?.split_once('/')?;
    let more_than = value.get("comparison")?.as_str()? == "more_than";
    Some(Majority { num: num.parse().ok()?, den: den.parse().ok()?, more_than })
}

fn is_within(leave: &Value, statute: Option<&Value>, wanted: &Value) -> bool {
    let number = |value: Option<&Value>| value.and_then(Value::as_integer);
    match leave.get("within") {
        Some(Value::Array(allowed)) => allowed.contains(wanted),
        Some(Value::String(word)) => match (word.as_str(), number(statute), number(Some(wanted))) {
            ("any", ..) => true,
            ("at_least", Some(least), Some(wanted)) => wanted >= least,
            ("at_most", Some(most), Some(wanted)) => wanted <= most,
            _ => false,
        },
        _ => false,
    }
}

fn locals(table: &Table) -> impl DoubleEndedIterator<Item = &Value> {
    table.get("local").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().iter()
}

fn rule<'a>(table: &'a Table, key: &str) -> Option<&'a Value> {
    let rules = table.get("rule")?.as_array()?;
    rules.iter().find(|rule| rule.get("key").and_then(Value::as_str) == Some(key))
}

fn day(of: &Value, name: &str) -> Option<String> {
    Some(of.get(name)?.as_datetime()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::{check, value};
    use toml::Table;

    const LAW: &str = include_str!("../../legal/rules/bw.toml");
    const TEN: &str = "[[local]]\nkey = \"notice.days\"\nvalue = 10\ninstrument = \"geschaeftsordnung\"\n\
                       reference = \"§ 9 GO\"\ndecided_on = 2026-03-12\nfrom = 2026-04-01\n";
    const MAIN: &str = "[[local]]\nkey = \"presence.remote_counts_second_session\"\nvalue = true\n\
                        instrument = \"hauptsatzung\"\nreference = \"§ 3b HS\"\ndecided_on = 2026-03-12\n\
                        from = 2026-04-01\nyes = 12\nmembers = 23\n";

    fn law(local: &str) -> Table {
        format!("{LAW}\n{local}").parse().unwrap()
    }

    #[test]
    fn local_law_comes_first_in_its_time() {
        let law = law(&format!("{TEN}{MAIN}"));
        check(&law).unwrap();
        assert_eq!(value(&law, "notice.days", "2026-04-01").unwrap().1, "§ 9 GO");
        assert!(value(&law, "notice.days", "2026-03-31").is_none());
    }

    #[test]
    fn local_law_beyond_the_statute_is_refused() {
        for (text, old, new) in [
            (TEN, "10", "6"),
            (TEN, "notice.days", "quorum.share"),
            (TEN, "2026-04-01", "2026-03-01"),
            (MAIN, "yes = 12", "yes = 11"),
            (MAIN, "yes = 12\n", ""),
            (MAIN, "\"hauptsatzung\"", "\"geschaeftsordnung\""),
        ] {
            assert!(check(&law(&text.replace(old, new))).is_err(), "{new}");
        }
        assert!(check(&law(&format!("{TEN}{TEN}"))).is_err(), "twice");
    }
}
