//! Order in the sitting under the independent checker: who had to leave does not count, and the body alone excludes.

use super::forge::Forged;
use super::sitting::{Sitting, ballot, key, seat};
use super::{check, fails, lie, number, passes};
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::law::packs;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::Preparation;
use ratssaal::domain::meeting::event::{Choice, Method, Misconduct};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// One is called to order, expelled, and excluded for three sittings by a vote of the others.
static ORDERLY: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan("sitzung-5", 9, packs::bundled("bw").unwrap());
    sitting.convene(MeetingFormat::InPerson);
    (0..7).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.call("top-1");
    sitting.chair(Command::CallToOrder { seat: seat(3), reason: Some("Zwischenrufe".parse().unwrap()) });
    sitting.chair(Command::Expel { seat: seat(3), ground: Misconduct::Repeated, reason: None });
    sitting.open_ballot("a-1", Method::RollCall);
    [0, 1, 2, 4, 5, 6].into_iter().for_each(|number| sitting.cast(number, "a-1", Choice::Yes));
    sitting.close_and_declare("a-1");
    sitting.chair(Command::ExcludeMember { seat: seat(3), sessions: 3, ballot: Some(ballot("a-1")) });
    sitting.chair(Command::Close);
    sitting.bundle(&[])
});

#[test]
fn order_measures_are_checked_again() {
    passes(&check(&ORDERLY));
}

#[test]
fn an_exclusion_nobody_decided_is_named() {
    lie(
        &ORDERLY,
        "member.excluded",
        0,
        |excluded| excluded["sessions"] = json!(7),
        ("member.excluded", 0),
        "Für so viele Sitzungen",
    );
    lie(
        &ORDERLY,
        "member.excluded",
        0,
        |excluded| excluded["ballot"] = json!("a-2"),
        ("member.excluded", 0),
        "nicht beschlossen",
    );
    lie(
        &ORDERLY,
        "member.excluded",
        0,
        |excluded| excluded["seat"] = json!("gr-04"),
        ("member.excluded", 0),
        "kein wiederholter Verstoß",
    );
    lie(
        &ORDERLY,
        "member.expelled",
        0,
        |expelled| expelled["seat"] = json!("gr-04"),
        ("member.expelled", 0),
        "Wiederholte Verstöße",
    );
    lie(
        &ORDERLY,
        "order.called",
        0,
        |called| called["seat"] = json!("bm"),
        ("order.called", 0),
        "selbst zur Ordnung gerufen",
    );
}

#[test]
fn whoever_had_to_leave_is_not_counted_again() {
    let mut forged = Forged::of(&ORDERLY);
    // The one who was expelled is said to have come back.
    let (line, attested) = (forged.find("ballot.opened", 0), forged.find("room.attested", 3));
    let mut back = forged.0[attested].clone();
    back["entry"]["command"] = json!("c-9999");
    forged.0.insert(line, back);
    let forged = forged.reseal().resign(&key());
    let line = forged.find("room.attested", 7);
    fails(&check(&forged.text()), number(&forged.0[line]), "aus der Sitzung verwiesen");
}

#[test]
fn a_sitting_nobody_could_be_connected_to_without_ground_is_named() {
    let ruled_out = |convened: &mut Value| convened["ruled_out"] = json!(true);
    lie(&ORDERLY, "meeting.convened", 0, ruled_out, ("meeting.convened", 0), "ohne Grund ausgeschlossen");
    let with_reason = |convened: &mut Value| {
        ruled_out(convened);
        convened["reason"] = json!("Haushalt");
    };
    lie(
        &ORDERLY,
        "meeting.convened",
        0,
        with_reason,
        ("meeting.convened", 0),
        "erlaubte nicht, die Zuschaltung im Einzelfall auszuschließen",
    );
}

#[test]
fn a_connection_only_the_law_could_allow_is_named() {
    let mut forged = Forged::of(&ORDERLY);
    let line = forged.find("order.called", 0);
    forged.0[line]["entry"]["name"] = json!("adviser.admitted");
    forged.payload(line, "finding", |admitted| *admitted = json!({"admitted": true, "seat": "gr-03"}));
    let entry = number(&forged.0[line]);
    fails(&check(&forged.reseal().resign(&key()).text()), entry, "über die Zuschaltung eines Mitglieds");
}

/// An earlier sitting excluded one after this one was convened.
static BARRED: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan("sitzung-9", 9, packs::bundled("bw").unwrap());
    sitting.convene(MeetingFormat::InPerson);
    sitting.system(Command::Prepare(Preparation::Bar { seats: vec![seat(7)] }));
    (0..6).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.chair(Command::Close);
    sitting.bundle(&[])
});

#[test]
fn somebody_kept_away_whom_nobody_excluded_is_named() {
    passes(&check(&BARRED));
    let barred = ("member.barred", 0);
    lie(&BARRED, "member.barred", 0, |it| it["seats"] = json!(["bm"]), barred, "von ihr ausgeschlossen");
    lie(&BARRED, "member.barred", 0, |it| it["seats"] = json!(["gr-33"]), barred, "Den Sitz gr-33 gibt es nicht");
    // Kept away, they cannot have been there.
    let here = ("room.attested", 3);
    lie(&BARRED, "member.barred", 0, |it| it["seats"] = json!(["gr-03"]), here, "von ihr ausgeschlossen");
    let mut forged = Forged::of(&BARRED);
    let line = forged.find("member.barred", 0);
    forged.0[line]["entry"]["actor"] = json!("chair:bm");
    let entry = number(&forged.0[line]);
    fails(&check(&forged.reseal().resign(&key()).text()), entry, "trägt nur das Programm ein");
}
