//! A doubtful recusal under the independent checker: decided first, by the others, and as they decided.

use super::forge::Forged;
use super::sitting::{Sitting, ballot, key, seat};
use super::{check, fails, lie, number, passes};
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::law::packs;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::event::{Choice, Method};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// At the first item the body finds that there is a ground, at the second that there is none.
static DOUBTED: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan_with("sitzung-7", 9, packs::bundled("bw").unwrap(), Vec::new());
    sitting.convene(MeetingFormat::InPerson);
    (0..9).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    for (item, motion, choice) in [("top-1", "m1", Choice::Yes), ("top-2", "m2", Choice::No)] {
        sitting.call(item);
        let motion = motion.parse().unwrap();
        sitting.chair(Command::DoubtRecusal { seat: seat(4), mover: Some(seat(2)), motion });
        let motion = sitting_motion(item);
        let id = format!("frage-{item}");
        sitting.chair(Command::OpenBallot {
            ballot: ballot(&id),
            method: Method::RollCall,
            wording: "Ein Ausschließungsgrund liegt vor.".parse().unwrap(),
            motion: Some(motion.parse().unwrap()),
            terms: Default::default(),
        });
        (0..9).filter(|number| *number != 4).for_each(|number| sitting.cast(number, &id, choice));
        sitting.close_and_declare(&id);
    }
    sitting.open_ballot("a2", Method::RollCall);
    (0..9).for_each(|number| sitting.cast(number, "a2", Choice::Yes));
    sitting.close_and_declare("a2");
    sitting.chair(Command::Close);
    sitting.bundle(&[])
});

fn sitting_motion(item: &str) -> &'static str {
    if item == "top-1" { "m1" } else { "m2" }
}

#[test]
fn a_doubtful_recusal_is_checked_again() {
    passes(&check(&DOUBTED));
}

#[test]
fn a_doubt_decided_otherwise_than_voted_is_named() {
    lie(
        &DOUBTED,
        "recusal.decided",
        0,
        |decided| decided["recused"] = json!(false),
        ("recusal.decided", 0),
        "anders entschieden",
    );
    lie(
        &DOUBTED,
        "recusal.decided",
        1,
        |decided| decided["recused"] = json!(true),
        ("recusal.decided", 1),
        "anders entschieden",
    );
    lie(
        &DOUBTED,
        "recusal.decided",
        1,
        |decided| decided["seat"] = json!("gr-05"),
        ("recusal.decided", 1),
        "anders entschieden",
    );
    lie(
        &DOUBTED,
        "recusal.decided",
        1,
        |decided| decided["ballot"] = json!("a2"),
        ("recusal.decided", 1),
        "anders entschieden",
    );
}

#[test]
fn a_vote_past_the_doubt_or_by_whom_it_is_about_is_named() {
    let no_motion = |opened: &mut Value| drop(opened.as_object_mut().unwrap().remove("motion"));
    lie(&DOUBTED, "ballot.opened", 0, no_motion, ("ballot.opened", 0), "wer befangen ist");
    lie(
        &DOUBTED,
        "ballot.opened",
        0,
        |opened| opened["motion"] = json!("m9"),
        ("ballot.opened", 0),
        "wer befangen ist",
    );
    lie(&DOUBTED, "choice.cast", 0, |cast| cast["seat"] = json!("gr-04"), ("choice.cast", 0), "nicht stimmberechtigt");
    lie(
        &DOUBTED,
        "recusal.doubted",
        0,
        |doubted| doubted["item"] = json!("top-2"),
        ("recusal.doubted", 0),
        "nur zum aufgerufenen Punkt",
    );
    // What follows from the result is not left out.
    let mut forged = Forged::of(&DOUBTED);
    let line = forged.find("recusal.decided", 1);
    forged.0.remove(line);
    let forged = forged.reseal().resign(&key());
    let line = forged.find("ballot.opened", 2);
    fails(&check(&forged.text()), number(&forged.0[line]), "folgt, fehlt");
}
