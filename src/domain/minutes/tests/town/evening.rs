//! The evening itself, a very long one, and what is left of the evening after a deletion.
#![expect(clippy::wildcard_enum_match_arm, reason = "only four events have a part to delete")]

use super::{DAY_MS, Stage, ballot, clock, item, member, planned, public, seat, seats};
use crate::domain::ledger::Class;
use crate::domain::meeting::command::TakenComplaint;
use crate::domain::meeting::event::{AgendaEntry, Channel, Choice, Disposal, InterruptionCause, Method, Sphere};
use crate::domain::meeting::{self, Actor, Command, Event};
use crate::domain::presence::{Lack, Perception};

/// The evening: a recusal, a roll call with a correction, a tie, a crash in a show of hands, a loss below the quorum.
pub fn evening() -> Stage {
    let closed = AgendaEntry { id: item(7), number: "7".into(), public: false, title: None, motion: None };
    let plan = planned(
        seats(13),
        vec![
            public(1, "Bekanntgaben", None),
            public(2, "Neubau des Feuerwehrhauses Unterhang: Vergabe der Rohbauarbeiten", None),
            public(3, "Änderung der Hundesteuersatzung", None),
            public(4, "Sicherung des Hangs: außerplanmäßige Ausgabe", None),
            public(5, "Bebauungsplan „Obere Hangkante“: Aufstellungsbeschluss", None),
            public(6, "Umbenennung des Hangwegs", Some("Der Hangweg wird in „Probeweg“ umbenannt.")),
            closed,
            public(8, "Verschiedenes", None),
        ],
    );
    let mut stage = Stage::new(&plan);
    stage.opened(12);
    stage.at("19:03:00").chair(Command::CallItem { item: item(1) });
    stage.at("19:06:00").chair(Command::SettleItem { disposal: Disposal::Noted, wording: None });
    roll_call(&mut stage);
    tie(&mut stage);
    crash(&mut stage);
    below_the_quorum(&mut stage);
    stage.at("20:08:00").chair(Command::CallItem { item: item(6) });
    stage.at("20:10:00").act_recorded(
        member(1),
        Command::SettleItem {
            disposal: Disposal::Postponed,
            wording: Some("Vertagt, bis die Anlieger gehört sind.".parse().unwrap()),
        },
        clock("20:13:30"),
    );
    stage.at("20:15:00").chair(Command::Close);
    stage
}

fn roll_call(stage: &mut Stage) {
    stage.at("19:06:30").clerk(Command::Recuse { item: item(2), seat: seat(5) });
    stage.at("19:07:00").chair(Command::CallItem { item: item(2) });
    stage.at("19:15:00").vote(
        "b-feuerwehr",
        Method::RollCall,
        "Die Rohbauarbeiten für das Feuerwehrhaus Unterhang werden an die Beispielbau GmbH zum Angebotspreis von 1.234.567,89 € vergeben.\nDie Verwaltung wird beauftragt, den Vertrag zu schließen.",
    );
    for number in [1, 2, 3, 4, 7, 8, 9, 10] {
        stage.press(number, "b-feuerwehr", Choice::Yes);
    }
    stage.press(4, "b-feuerwehr", Choice::No).press(11, "b-feuerwehr", Choice::Abstain);
    stage.clerk(Command::EnterHeard { ballot: ballot("b-feuerwehr"), seat: seat(6), choice: Choice::Yes });
    stage.at("19:17:10").close_and_declare("b-feuerwehr");
}

fn tie(stage: &mut Stage) {
    stage.at("19:19:00").chair(Command::CallItem { item: item(3) });
    stage.at("19:26:00").vote(
        "b-hund",
        Method::RollCall,
        "Die Hundesteuer wird ab 2027 auf 120 € je Hund festgesetzt.",
    );
    for number in 1..=12 {
        stage.press(number, "b-hund", if number % 2 == 0 { Choice::Yes } else { Choice::No });
    }
    stage.at("19:27:00").close_and_declare("b-hund");
}

fn crash(stage: &mut Stage) {
    let everybody: Vec<usize> = std::iter::once(1).chain(4..=12).collect();
    let wording = "Für die Sicherung des Hangs werden außerplanmäßig 85.000 € bereitgestellt.";
    stage.at("19:28:00").chair(Command::CallItem { item: item(4) });
    stage.at("19:31:00").vote("b-hang", Method::ShowOfHands, wording);
    stage.press(4, "b-hang", Choice::Yes).press(5, "b-hang", Choice::No);
    stage.at("19:33:05").act(Actor::system(), Command::Recover { last_alive: clock("19:31:40") });
    stage.at("19:34:00").perceive(&everybody, Perception::Perceptible, "19:33:57", &[]);
    stage.at("19:36:00").chair(Command::Resume { ballot_goes_on: Some(false) });
    stage.at("19:37:00").vote("b-hang-2", Method::ShowOfHands, wording);
    for number in [1, 4, 5, 6, 7, 8, 9, 10, 11] {
        stage.press(number, "b-hang-2", Choice::Yes);
    }
    stage.press(12, "b-hang-2", Choice::Abstain);
    stage.clerk(Command::CountHands { ballot: ballot("b-hang-2"), yes: 1, no: 0, abstain: 0, none: 1 });
    stage.at("19:38:00").close_and_declare("b-hang-2");
    let text = "Während der Beratung kam der Ton bei mir nur abgehackt an.";
    stage.at("19:40:00").act(member(7), Command::Complain { text: text.parse().unwrap(), heard: None });
    let heard = Some(TakenComplaint { seat: seat(8), channel: Channel::Telephone, minutes_ago: 5 });
    stage.at("19:43:00").clerk(Command::Complain { text: "Kein Bild mehr.".parse().unwrap(), heard });
}

fn below_the_quorum(stage: &mut Stage) {
    stage.at("19:41:00").chair(Command::CallItem { item: item(5) });
    stage.at("19:48:13").perceive(&[8], Perception::Disturbed, "19:48:10", &[Lack::Picture]);
    stage.at("19:48:19").perceive(&[8], Perception::Perceptible, "19:48:16", &[]);
    stage.at("19:55:00").vote(
        "b-plan",
        Method::RollCall,
        "Der Aufstellungsbeschluss für „Obere Hangkante“ wird gefasst.",
    );
    for number in [1, 2, 3, 4] {
        stage.press(number, "b-plan", Choice::Yes);
    }
    stage.at("19:55:32").press(9, "b-plan", Choice::No);
    let lost = [7, 8, 9, 10, 11, 12];
    let lacking = [Lack::Picture, Lack::Sound];
    stage.at("19:55:33").perceive(&lost, Perception::Disturbed, "19:55:30", &lacking);
    stage.at("19:55:45").perceive(&lost, Perception::Absent, "19:55:30", &lacking);
    stage.at("19:58:00").chair(Command::FindFault { sphere: Sphere::Unknown });
    stage.at("19:59:00").close_and_declare("b-plan");
    stage.at("20:00:00").chair(Command::Interrupt { cause: InterruptionCause::Quorum });
    stage.at("20:05:03").perceive(&lost, Perception::Perceptible, "20:05:00", &[]);
    stage.at("20:06:00").chair(Command::Resume { ballot_goes_on: None });
}

/// Many members and items, each decided by roll call; long texts and a word without end.
pub fn long(members: usize, items: usize) -> Stage {
    let title =
        "Ausführlich benannter Gegenstand mit sehr vielen Worten und Donaudampfschifffahrtsgesellschaft ".repeat(5);
    let agenda = (1..=items).map(|number| public(number, title.trim(), None)).collect();
    let mut stage = Stage::new(&planned(seats(members), agenda));
    stage.opened(members);
    for number in 1..=items {
        stage.now = stage.now.plus_millis(60_000);
        stage.chair(Command::CallItem { item: item(number) });
        let name = format!("b{number}");
        let wording =
            if number == 1 { "Unendlichkeitswort".repeat(440) } else { "Ein Satz des Beschlusses. ".repeat(40) };
        stage.vote(&name, Method::RollCall, &wording);
        for voter in 1..=members {
            stage.press(voter, &name, Choice::Yes);
        }
        stage.close_and_declare(&name);
        if number <= 50 {
            let lines = "a\n\n".repeat(600);
            stage.act(member(4), Command::Complain { text: lines.parse().unwrap(), heard: None });
        }
    }
    stage.chair(Command::Close);
    stage
}

/// The evening with a class deleted afterwards.
pub fn deleted(class: Class) -> Stage {
    let mut stage = evening();
    stage.now = clock("08:00:00").plus_millis(31 * DAY_MS);
    let administrator = Actor { administrator: true, strong: true, ..Actor::default() };
    let ground = "Löschfrist des Löschkonzepts".parse().unwrap();
    stage.act(administrator, Command::Delete { class, ground });
    let Some(Event::DataDeleted(deletion)) = stage.entries.last().map(|entry| entry.event.clone()) else {
        panic!("no deletion")
    };
    for entry in stage.entries.iter_mut().filter(|entry| deletion.entries.contains(&entry.number)) {
        entry.classes.remove(&class);
        match &mut entry.event {
            Event::ChoiceCast(cast) => cast.choice = None,
            Event::ComplaintRaised(complaint) => complaint.text = None,
            Event::PresenceFound(found) => found.evidence = None,
            Event::Planned(planned) => (planned.closed_titles, planned.closed_motions) = (None, None),
            _ => {}
        }
    }
    // What a server would know that starts after the deletion: folded anew, from what still exists.
    let mut entries = stage.entries.iter();
    let mut folded = meeting::begin(stage.meeting.id.clone(), entries.next().unwrap()).unwrap();
    for entry in entries {
        folded = meeting::apply(folded, entry);
    }
    stage.meeting = folded;
    stage
}
