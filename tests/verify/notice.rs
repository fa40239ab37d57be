//! The summons under the independent checker, by a law whose period runs from receipt and in which the body admits an item with a
//! majority of its own: both as in Hessen (§ 58 HGO).

use super::forge::Forged;
use super::sitting::{Sitting, ballot, key};
use super::{check, fails, number, passes};
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::law::packs;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::Terms;
use ratssaal::domain::meeting::event::{Choice, Method, MotionKind};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// The law of Baden-Württemberg with another value for some of its rules.
fn law() -> String {
    let other = |text: String, key: &str, old: &str, new: &str| {
        let (before, after) = text.split_once(&format!("key = \"{key}\"")).unwrap();
        format!("{before}key = \"{key}\"{}", after.replacen(old, new, 1))
    };
    let text = packs::bundled("bw").unwrap().to_owned();
    let text = other(text, "notice.anchor", "\"sent\"", "\"received\"");
    let text = other(text, "notice.receipt", "\"same_day\"", "\"working_day\"");
    let text = other(text, "notice.hard_for", "[]", "[\"elections\", \"main_bylaw\"]");
    let text = other(text, "agenda.addition_by", "\"chair\"", "\"special_majority\"");
    let urgent = "value = [\n    { key = \"urgent_item\", text = \"Gegenstand aufnehmen\", share = \"2/3\", comparison = \"at_least\", \
                  base = \"all_members\", norm = \"§ 58 Abs. 2 HGO\" },";
    other(text, "majority.special", "value = [", urgent)
}

/// An item is admitted and decided.
static ADMITTED: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan("sitzung-9", 9, &law());
    sitting.convene(MeetingFormat::InPerson);
    (0..7).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.call("top-1");
    sitting.chair(Command::MoveMotion {
        motion: "m-1".parse().unwrap(),
        mover: None,
        kind: MotionKind::Procedural,
        wording: "Die Notabstützung kommt auf die Tagesordnung.".parse().unwrap(),
    });
    sitting.chair(Command::OpenBallot {
        ballot: ballot("a-1"),
        method: Method::RollCall,
        wording: "Die Notabstützung kommt auf die Tagesordnung.".parse().unwrap(),
        motion: Some("m-1".parse().unwrap()),
        terms: Terms { majority: Some("urgent_item".into()), start: None },
    });
    (0..7).for_each(|number| sitting.cast(number, "a-1", Choice::Yes));
    sitting.close_and_declare("a-1");
    sitting.chair(Command::AddItem {
        item: "top-9".parse().unwrap(),
        number: "9".into(),
        title: "Notabstützung".parse().unwrap(),
        motion: None,
        ground: Some("Die Brücke ist seit heute gesperrt.".parse().unwrap()),
    });
    sitting.call("top-9");
    sitting.open_ballot("a-2", Method::RollCall);
    (0..7).for_each(|number| sitting.cast(number, "a-2", Choice::Yes));
    sitting.close_and_declare("a-2");
    sitting.chair(Command::Close);
    sitting.bundle(&[])
});

#[test]
fn an_admitted_item_is_checked_again() {
    passes(&check(&ADMITTED));
}

#[track_caller]
fn lie(name: &str, nth: usize, change: impl FnOnce(&mut Value), says: &str) {
    let mut forged = Forged::of(&ADMITTED);
    let line = forged.find(name, nth);
    forged.payload(line, "finding", change);
    let entry = number(&forged.0[line]);
    fails(&check(&forged.reseal().resign(&key()).text()), entry, says);
}

#[test]
fn an_item_nobody_admitted_is_named() {
    lie("item.added", 0, |added| drop(added.as_object_mut().unwrap().remove("admitted_by")), "nicht mit der nötigen");
    lie("item.added", 0, |added| added["admitted_by"] = json!("a-9"), "nicht mit der nötigen Mehrheit");
    lie("ballot.opened", 1, |opened| opened["majority"] = json!("main_bylaw"), "Ladungsfrist nicht entschieden");
}

#[test]
fn a_period_that_was_not_kept_is_named() {
    lie("meeting.convened", 0, |convened| convened["notice"]["days"] = json!(70), "Ladungsfrist ist falsch");
    lie("meeting.convened", 0, |convened| convened["notice"]["needed"] = json!(3), "Ladungsfrist ist falsch");
    lie("meeting.convened", 0, |convened| convened["notice"]["received"] = json!("2026-11-15"), "Zugang der Ladung");
    lie("meeting.convened", 0, |convened| convened["notice"]["received"] = Value::Null, "Zugang der Ladung");
    let late = json!({"on": "2026-11-23", "received": "2026-11-23", "days": 2, "needed": 7, "kept": false});
    lie(
        "meeting.convened",
        0,
        |convened| convened["notice"].as_object_mut().unwrap().extend(late.as_object().unwrap().clone()),
        "konnte nicht einberufen werden",
    );
}
