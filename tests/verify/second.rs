//! What the mayor decides in the council's place, under the independent checker: only what fell to the mayor, after everybody
//! was heard, and entered by whom it belongs to.

use super::forge::Forged;
use super::sitting::{Sitting, key, seat};
use super::{check, fails, lie, number, passes};
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::law::packs;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::{Preparation, Summons};
use ratssaal::domain::meeting::event::{FirstSitting, InterruptionCause};
use serde_json::json;
use std::sync::LazyLock;

/// A second sitting on two of its items that nobody came to, and what the mayor decided after it on one of them.
static LEFT: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan("sitzung-6", 9, packs::bundled("bw").unwrap());
    for item in ["top-1", "top-2"] {
        let item: ratssaal::domain::id::ItemId = item.parse().unwrap();
        let of = FirstSitting {
            meeting: "sitzung-0".parse().unwrap(),
            item: item.clone(),
            day: "2026-10-22".parse().unwrap(),
        };
        sitting.clerk(Command::Prepare(Preparation::MarkSecond { item, of: Some(of) }));
    }
    sitting.convene_with(MeetingFormat::InPerson, Summons { second_notice: true, ..Summons::default() });
    sitting.attest(0);
    sitting.now = sitting.now.plus_millis(3_600_000);
    sitting.chair(Command::FindNoQuorum);
    let (item, heard) = (Some("top-1".parse().unwrap()), (1..9).map(seat).collect());
    let wording = "Die Brücke wird gebaut.".parse().unwrap();
    sitting.chair(Command::DecideInstead { item, heard, wording });
    sitting.bundle(&[])
});

/// In an interruption too many went home.
static GONE: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan("sitzung-7", 9, packs::bundled("bw").unwrap());
    sitting.convene(MeetingFormat::InPerson);
    (0..6).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.call("top-1");
    sitting.chair(Command::Interrupt { cause: InterruptionCause::Chair });
    (3..6).for_each(|number| sitting.clerk(Command::AttestRoom { seat: seat(number), present: false }));
    sitting.chair(Command::FindNoQuorum);
    sitting.bundle(&[])
});

#[test]
fn what_follows_from_a_lacking_quorum_is_checked_again() {
    passes(&check(&LEFT));
    passes(&check(&GONE));
}

#[test]
fn a_decision_that_was_not_the_mayors_is_named() {
    let decided = ("mayor.decided", 0);
    lie(
        &LEFT,
        "mayor.decided",
        0,
        |it| it["item"] = json!("top-3"),
        decided,
        "durfte an Stelle des Gemeinderats niemand",
    );
    lie(&LEFT, "mayor.decided", 0, |it| it["by"] = json!("gr-01"), decided, "weder Sitz gr-01 noch");
    lie(&LEFT, "mayor.decided", 0, |it| it["heard"] = json!(["gr-01"]), decided, "Gehört wurden nicht alle");
    lie(&LEFT, "quorum.lacking", 0, |it| it["follows"] = json!("open"), ("quorum.lacking", 0), "falsch festgehalten");
    lie(&LEFT, "meeting.convened", 0, |it| it["second_notice"] = json!(false), ("quorum.lacking", 0), "nachgezählt 5");
    let mut forged = Forged::of(&LEFT);
    let line = forged.find("mayor.decided", 0);
    forged.0[line]["entry"]["actor"] = json!("seat:gr-03");
    let entry = number(&forged.0[line]);
    fails(&check(&forged.reseal().resign(&key()).text()), entry, "weder Sitz bm noch die Schriftführung");
}

#[test]
fn a_sitting_that_could_have_gone_on_is_named() {
    let lacking = ("quorum.lacking", 0);
    lie(&GONE, "meeting.interrupted", 0, |it| it["cause"] = json!("municipality"), lacking, "In dieser Unterbrechung");
    lie(&GONE, "room.attested", 8, |it| it["seat"] = json!("gr-08"), lacking, "nachgezählt 4");
    lie(&GONE, "quorum.lacking", 0, |it| it["follows"] = json!("mayor_decides"), lacking, "falsch festgehalten");
}
