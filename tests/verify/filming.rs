//! Recordings under the independent checker: begun on a ground, and over when it falls away.

use super::forge::Forged;
use super::sitting::{Sitting, key, seat};
use super::{check, fails, lie, number, passes};
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::law::packs;
use ratssaal::domain::law::recording::Purpose;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::FilmingStep;
use ratssaal::domain::meeting::event::Speaker;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Everybody consents, a guest too; one takes it back.
static FILMED: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan("sitzung-6", 5, packs::bundled("bw").unwrap());
    sitting.convene(MeetingFormat::InPerson);
    (0..4).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.call("top-1");
    let yes = || Command::Film(FilmingStep::Answer { of: None, consents: true });
    (0..4).for_each(|number| sitting.member(number, yes()));
    let name = || "Gunda Gast-Erfunden".parse().unwrap();
    let guest = Speaker::Guest { name: name() };
    sitting.clerk(Command::Film(FilmingStep::Answer { of: Some(guest), consents: true }));
    sitting.clerk(Command::CallGuest { name: name() });
    sitting.chair(Command::Film(FilmingStep::Start { purpose: Purpose::Publish }));
    sitting.chair(Command::GiveFloor { to: Speaker::Member { seat: seat(2) } });
    sitting.member(1, Command::Film(FilmingStep::Answer { of: None, consents: false }));
    sitting.chair(Command::Close);
    sitting.bundle(&[])
});

#[test]
fn recordings_are_checked_again() {
    passes(&check(&FILMED));
}

#[test]
fn a_recording_without_a_ground_is_named() {
    let started = ("recording.started", 0);
    let no = |answer: &mut Value| answer["consents"] = json!(false);
    lie(&FILMED, "recording.answered", 2, no, started, "Nicht alle anwesenden Mitglieder");
    lie(&FILMED, "recording.answered", 4, no, started, "nicht Mitglied");
    lie(&FILMED, "recording.started", 0, |filmed| filmed["basis"] = json!("clause"), started, "falsch festgehalten");
}

#[test]
fn a_recording_that_ran_on_is_named() {
    let mut forged = Forged::of(&FILMED);
    let line = forged.find("recording.stopped", 0);
    let entry = number(&forged.0[line]);
    forged.0.remove(line);
    let forged = forged.reseal().resign(&key());
    fails(&check(&forged.text()), entry, "lief weiter");
}
