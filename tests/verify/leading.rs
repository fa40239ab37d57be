//! The chair under the independent checker: who led, whether it was their turn, and every lie about it named.

use super::forge::Forged;
use super::sitting::{Sitting, key, seat};
use super::{check, fails, lie, number, passes};
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::law::packs;
use ratssaal::domain::meeting::Command;
use serde_json::json;
use std::sync::LazyLock;

/// The mayor hands the second item over, the first deputy leads it, and the mayor comes back.
static LED: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan_with("sitzung-4", 9, packs::bundled("bw").unwrap(), vec![seat(1), seat(2)]);
    sitting.convene(MeetingFormat::InPerson);
    (0..9).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.call("top-1");
    let item = "top-2".parse().unwrap();
    sitting.clerk(Command::Recuse { item, seat: seat(0) });
    sitting.chair(Command::HandOverChair { item: Some("top-2".parse().unwrap()) });
    sitting.member(1, Command::TakeChair);
    sitting.member(1, Command::CallItem { item: "top-2".parse().unwrap() });
    sitting.member(1, Command::CallItem { item: "top-3".parse().unwrap() });
    sitting.chair(Command::TakeChair);
    sitting.chair(Command::Close);
    sitting.bundle(&[])
});

#[test]
fn who_led_in_whose_place_is_checked_again() {
    passes(&check(&LED));
}

#[test]
fn a_chair_taken_out_of_turn_is_named() {
    lie(
        &LED,
        "chair.taken",
        0,
        |taken| (taken["seat"], taken["rank"]) = (json!("gr-02"), json!(2)),
        ("chair.taken", 0),
        "Sitz gr-01 war nicht",
    );
    lie(&LED, "chair.taken", 0, |taken| taken["rank"] = json!(2), ("chair.taken", 0), "nicht an der Reihe");
    lie(
        &LED,
        "chair.taken",
        0,
        |taken| taken["office_remote"] = json!(true),
        ("chair.taken", 0),
        "falsch festgehalten",
    );
    lie(&LED, "chair.taken", 0, |taken| taken["seat"] = json!("gr-05"), ("chair.taken", 0), "nicht an der Reihe");
    lie(
        &LED,
        "chair.handed_over",
        0,
        |over| over["item"] = json!("top-3"),
        ("chair.handed_over", 0),
        "niemand befangen",
    );
    lie(&LED, "chair.returned", 0, |back| back["seat"] = json!("gr-02"), ("chair.returned", 0), "dessen Amt er ist");
}

#[test]
fn an_act_of_the_chair_by_somebody_else_is_named() {
    let mut forged = Forged::of(&LED);
    let line = forged.find("item.called", 1);
    forged.0[line]["entry"]["actor"] = json!("chair:bm");
    let entry = number(&forged.0[line]);
    fails(&check(&forged.reseal().resign(&key()).text()), entry, "nicht, wer die Sitzung leitete");
    // And without any change of the chair the mayor would have led an item she was recused at.
    let mut forged = Forged::of(&LED);
    for name in ["chair.handed_over", "chair.taken", "chair.returned"] {
        let line = forged.find(name, 0);
        forged.0.remove(line);
    }
    for line in &mut forged.0 {
        if line["entry"]["actor"] == "chair:gr-01" {
            line["entry"]["actor"] = json!("chair:bm");
        }
    }
    let forged = forged.reseal().resign(&key());
    let line = forged.find("item.called", 1);
    fails(&check(&forged.text()), number(&forged.0[line]), "leitet weder Beratung noch Abstimmung");
}

/// The mayor has to go, the first deputy is there and says she cannot lead, the second one does.
static HINDERED: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan_with("sitzung-8", 9, packs::bundled("bw").unwrap(), vec![seat(1), seat(2)]);
    sitting.convene(MeetingFormat::InPerson);
    (0..9).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.chair(Command::HandOverChair { item: None });
    sitting.clerk(Command::NoteHindrance { seat: seat(1), hindered: true });
    sitting.member(2, Command::TakeChair);
    sitting.member(2, Command::Close);
    sitting.bundle(&[])
});

#[test]
fn a_deputy_noted_as_hindered_who_was_not_is_named() {
    passes(&check(&HINDERED));
    let (noted, taken) = (("chair.hindered", 0), ("chair.taken", 0));
    lie(&HINDERED, "chair.hindered", 0, |it| it["seat"] = json!("gr-05"), noted, "nur bei der Stellvertretung");
    lie(&HINDERED, "chair.hindered", 0, |it| it["seat"] = json!("bm"), noted, "nur bei der Stellvertretung");
    lie(&HINDERED, "chair.hindered", 0, |it| it["seat"] = json!("gr-02"), taken, "Sitz gr-01 war nicht verhindert");
    lie(&HINDERED, "chair.hindered", 0, |it| it["hindered"] = json!(false), taken, "Sitz gr-01 war nicht verhindert");
    let mut forged = Forged::of(&HINDERED);
    let line = forged.find("chair.hindered", 0);
    forged.0[line]["entry"]["actor"] = json!("seat:gr-02");
    let entry = number(&forged.0[line]);
    fails(&check(&forged.reseal().resign(&key()).text()), entry, "vermerkt die Schriftführung");
}
