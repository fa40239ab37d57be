//! Every figure of the law is held by a case: whoever changes one in a copy of the file, in either direction, is told by a case
//! that does not come out any more. Cases that only read a value back (`kind = "rule"`) do not count.

use super::all_cases;
use ratssaal::domain::law::cases::{self, Case, Packs};
use ratssaal::domain::law::{RulePack, packs};
use std::collections::BTreeSet;
use toml::Value;

/// Changes no case can hold, by how the line about them begins, with the reason.
const NOT_ASKED: [(&str, &str); 10] = [
    ("bw: members.residents", "who has a vote where is played: scenarios 89 and 90"),
    ("bw: minutes.contents", "what the minutes must name is shown there as missing; read from the minutes, not asked"),
    ("bw: notice.form", "how the summons goes out is a duty of people; the program sends mail and prints letters"),
    ("bw: notice.receipt_hour", "the period runs from the sending: when it is received has no effect"),
    ("bw: vote.rollcall_by", "who may ask for a roll call is a duty of people; the program asks the chair"),
    ("he: circulation.days", "there is no circulation in this Land"),
    ("he: election.single_candidate_wait_days", "there is no second ballot of a single candidate in this Land"),
    ("he: minutes.contents", "as in the other Land"),
    ("he: notice.form", "as in the other Land"),
    ("he: vote.rollcall_by", "as in the other Land"),
];

/// The values next to this one, on either side.
fn neighbours(value: &Value) -> Vec<Value> {
    match value {
        Value::Integer(number) => vec![Value::Integer(number + 1), Value::Integer(number - 1)],
        Value::String(text) => match text.split_once('/').map(|(above, below)| (above.parse(), below.parse())) {
            // A fifth part more and less: with the few people of a council, less than that changes no number.
            Some((Ok(above), Ok(below))) => {
                let (above, below): (i64, i64) = (above, below);
                vec![
                    Value::String(format!("{}/{}", above * 5 + 1, below * 5)),
                    Value::String(format!("{}/{}", above * 5 - 1, below * 5)),
                ]
            }
            _ => Vec::new(),
        },
        Value::Array(all) => (0..all.len())
            .map(|gone| {
                let left = all.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, value)| value.clone());
                Value::Array(left.collect())
            })
            .collect(),
        Value::Boolean(_) | Value::Float(_) | Value::Datetime(_) | Value::Table(_) => Vec::new(),
    }
}

/// Every change of one value that the file still allows: the rule, what is said instead, and the changed law.
fn changes(land: &str) -> Vec<(String, String, RulePack)> {
    let whole: toml::Table = packs::bundled(land).unwrap().parse().unwrap();
    let mut found = Vec::new();
    for (at, rule) in whole["rule"].as_array().unwrap().iter().enumerate() {
        let key = rule["key"].as_str().unwrap();
        for (version, text) in rule["version"].as_array().unwrap().iter().enumerate() {
            for value in neighbours(&text["value"]) {
                let mut changed = whole.clone();
                changed["rule"][at]["version"][version]["value"] = value.clone();
                if let Ok(pack) = RulePack::parse(&changed.to_string()) {
                    found.push((key.to_owned(), format!("{} → {value} (seit {})", text["value"], text["from"]), pack));
                }
            }
        }
    }
    found
}

#[test]
fn no_figure_of_the_law_can_be_changed_unnoticed() {
    let all = all_cases();
    let (today, asks) = (Packs::bundled().unwrap(), |case: &&Case| case.key().is_none());
    let asked: Vec<&Case> = all.iter().filter(asks).filter(|case| cases::run(&today, case).is_ok()).collect();
    let mut unnoticed = BTreeSet::new();
    for land in packs::LANDS {
        let cases: Vec<&Case> = asked.iter().filter(|case| case.land == *land).copied().collect();
        for (key, what, pack) in changes(land) {
            let packs = Packs::bundled().unwrap().with(pack);
            if cases.iter().all(|case| cases::run(&packs, case).is_ok()) {
                unnoticed.insert(format!("{land}: {key}: {what}"));
            }
        }
    }
    let excused = |line: &String| NOT_ASKED.iter().any(|(key, _)| line.starts_with(key));
    let open: Vec<&String> = unnoticed.iter().filter(|line| !excused(line)).collect();
    assert!(open.is_empty(), "changes no case notices: {open:#?}");
    for (key, _) in NOT_ASKED {
        assert!(unnoticed.iter().any(|line| line.starts_with(key)), "{key} is held by a case and needs no excuse");
    }
}
