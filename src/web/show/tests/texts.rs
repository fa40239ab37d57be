//! The words: German times, never more than was measured, aloud what matters.

use super::council::{BEGINS, Council, ballot, clerk, member, seat};
use super::{audience, chair, clerk_desk, ids, page, seat_room, states};
use crate::domain::meeting::event::{Choice, Method};
use crate::domain::meeting::{Actor, Command};
use crate::domain::presence::{Lack, Perception};
use crate::domain::time::Instant;
use crate::web::pages::ballot::Stage;
use crate::web::pages::due::DueRow;
use crate::web::pages::people::Sense;
use crate::web::show::{deadlines, frame, say, tiles, when, words};
use std::sync::Arc;

#[test]
fn times_are_those_of_berlin_in_summer_and_winter() {
    assert_eq!(when::second(BEGINS), "19:00:00 Uhr");
    assert_eq!(when::appointment(Instant(1_783_357_385_000)), "Montag, 6. Juli 2026, 19:03 Uhr");
    let day = "2026-11-24".parse().unwrap();
    assert_eq!(when::stamp(BEGINS.plus_millis(1_385_000), day), "19:23:05");
    assert_eq!(when::stamp(BEGINS.plus_millis(-8 * 86_400_000), day), "16.11. 19:00:00");
    assert_eq!(when::day(Instant(i64::MAX)), "1. Januar 1970", "an impossible time is no panic");
}

#[test]
fn words_never_claim_more_than_was_measured() {
    let mut texts = String::new();
    for (_, snapshot) in states() {
        for (screen, viewer) in audience() {
            texts.push_str(&page(screen, &snapshot, &viewer));
        }
    }
    for claim in ["gegenseitig wahrnehmbar", "Gegenseitig wahrnehmbar", "kann gesehen werden", "hört zu"] {
        assert!(!texts.contains(claim), "{claim}");
    }
    for measured in ["Bild und Ton treffen ein", "im Saal bestätigt", "kein Bild", "empfängt die anderen nicht"] {
        assert!(texts.contains(measured), "{measured}");
    }
}

#[test]
fn a_tile_says_what_is_missing_and_since_when() {
    let mut council = Council::opened();
    council.measure([7], Perception::Disturbed, &[Lack::Picture]);
    let since = when::second(council.now.plus_millis(-2_000));
    let tiles = tiles(&council.snapshot);
    let tile = |number: usize| tiles.iter().find(|(id, ..)| *id == seat(number).to_string()).unwrap().clone();
    assert_eq!(tile(7), ("sitz-07".into(), Sense::Falters, format!("kein Bild seit {since}")));
    assert_eq!(tile(8), ("sitz-08".into(), Sense::Arrives, "Bild und Ton treffen ein".into()));
    assert_eq!(tile(0), ("sitz-00".into(), Sense::InRoom, "im Saal bestätigt".into()));
    assert_eq!(tile(12), ("sitz-12".into(), Sense::Away, "nicht anwesend".into()));
    let own = seat_room(&council.snapshot, &member(7), &mut ids()).own;
    assert_eq!((own.word.as_str(), own.since), ("Ihr Bild trifft nicht ein", format!("seit {since}")));
}

#[test]
fn the_chair_reads_aloud_what_is_found() {
    let mut council = Council::planned();
    council.convene(crate::domain::law::format::MeetingFormat::Hybrid);
    council.in_room(0..7);
    council.hall(Perception::Perceptible, &[]);
    council.connect(7..12);
    let aloud = |council: &Council| chair(&council.snapshot, &member(0), &mut ids()).next.say.unwrap();
    assert_eq!(
        aloud(&council),
        "Ich eröffne die Sitzung und stelle fest, dass der Gemeinderat mit 12 von 13 Mitgliedern beschlussfähig ist."
    );
    council.chair(&Command::Open);
    council.call("2");
    council.vote("a-1", Method::RollCall);
    for number in 0..12 {
        let choice = [Choice::Yes, Choice::No, Choice::Abstain][usize::from(number > 8) + usize::from(number > 10)];
        council.cast("a-1", number, choice);
    }
    council.chair(&Command::CloseBallot { ballot: ballot("a-1") });
    assert_eq!(aloud(&council), "Ich stelle fest: 9 Ja, 2 Nein, 1 Enthaltung. Der Antrag ist angenommen.");
    let before = council.snapshot.head.number;
    assert_eq!(say(&council.snapshot, before), None);
    council.chair(&Command::DeclareResult { ballot: ballot("a-1") });
    let said = say(&council.snapshot, before).unwrap();
    assert_eq!(said, "Ergebnis: 9 Ja, 2 Nein, 1 Enthaltung. Der Antrag ist angenommen.");
    assert!(say(&council.snapshot, 0).unwrap().ends_with(&said), "the newest sentences, not the oldest");
}

#[test]
fn the_record_says_what_was_entered_afterwards() {
    let mut council = Council::opened();
    council.take(&Actor::system(), &Command::Recover { last_alive: council.now.plus_millis(-600_000) }).unwrap();
    let desk = clerk_desk(&council.snapshot, &clerk(), &mut ids());
    let newest = desk.timeline.entries.first().unwrap();
    assert_eq!(newest.number, council.snapshot.head.number);
    assert_eq!(newest.text, "Sitzung unterbrochen: Ausfall des Systems der Gemeinde.");
    assert_eq!(newest.later, format!("nachgetragen um {}", when::second(council.now)));
    assert!(desk.timeline.entries.iter().skip(1).all(|entry| entry.later.is_empty()));
    assert_eq!(desk.frame.phase, Some(frame::phase(crate::web::show::scene::Scene::new(&council.snapshot, None))));
}

#[test]
fn numbers_bend_their_words() {
    assert_eq!(words::tally(9, 2, 1), "9 Ja, 2 Nein, 1 Enthaltung");
    assert_eq!(words::tally(1, 0, 0), "1 Ja, 0 Nein, 0 Enthaltungen");
    assert_eq!(words::the_body("Gemeinderat"), "der Gemeinderat");
    assert_eq!(words::the_body("Verbandsversammlung"), "die Verbandsversammlung");
    let names: Vec<String> = ["A", "B", "C"].map(Into::into).into();
    assert_eq!((words::names(&names, 3), words::names(&names, 1)), ("A, B, C".into(), "A und 2 weitere".into()));
}

#[test]
fn hands_not_yet_counted_are_one_line_and_not_seven_names() {
    let mut council = Council::opened();
    council.call("2");
    council.vote("a-1", Method::ShowOfHands);
    council.cast("a-1", 7, Choice::No);
    let waiting =
        |council: &Council| match seat_room(&council.snapshot, &member(8), &mut ids()).ballot.ballot.unwrap().stage {
            Stage::Open(progress) => progress.waiting,
            other => panic!("{other:?}"),
        };
    let remote: Vec<String> = (8..12).map(super::council::name).collect();
    assert_eq!(waiting(&council), [vec!["7 im Saal (Hände noch nicht gezählt)".into()], remote.clone()].concat());
    let step = chair(&council.snapshot, &member(0), &mut ids()).next;
    assert!(step.context.starts_with("Es fehlen noch 11 Stimmen: 7 im Saal"), "{}", step.context);
    council.clerk(&Command::CountHands { ballot: ballot("a-1"), yes: 5, no: 2, abstain: 0, none: 0 });
    assert_eq!(waiting(&council), remote);
    let entered = clerk_desk(&council.snapshot, &clerk(), &mut ids()).count.entered.unwrap();
    assert!(entered.ends_with("2 Gegenstimmen, 0 Enthaltungen, 5 dafür."), "{entered}");
}

#[test]
fn after_closing_everybody_sees_who_took_part() {
    let closed = states().into_iter().find(|(state, _)| *state == "closed").unwrap().1;
    let groups = crate::web::show::public(&closed).people.groups;
    let titles: Vec<(&str, usize)> = groups.iter().map(|group| (group.title.as_str(), group.rows.len())).collect();
    assert_eq!(titles, [("Haben teilgenommen", 12), ("Nicht anwesend", 1)]);
    let words: Vec<&str> = groups.iter().flat_map(|group| &group.rows).map(|row| row.word.as_str()).collect();
    assert_eq!((words[0], words[7], words[12]), ("war im Saal", "war zugeschaltet", "war nicht anwesend"));
    let downloads = clerk_desk(&closed, &clerk(), &mut ids()).downloads;
    let files: Vec<&str> = downloads.files.iter().map(|file| file.href.as_str()).collect();
    assert_eq!(files, ["/sitzung/muster-7/niederschrift.pdf", "/sitzung/muster-7/beweis.jsonl", "/siegel.pem"]);
    let said = "ersetzt nicht das von Hand unterzeichnete Original (§ 38 Abs. 1 Satz 1 GemO)";
    assert!(downloads.note.contains(said), "{}", downloads.note);
}

#[test]
fn the_board_is_green_or_says_why_not_with_the_paragraph() {
    let board = |state: &str| {
        let snapshot = states().into_iter().find(|(name, _)| *name == state).unwrap().1;
        let board = chair(&snapshot, &member(0), &mut ids()).readiness;
        let rows = board.checks.into_iter().map(|check| (check.title, check.ready, check.paragraph));
        (board.hidden, rows.collect::<Vec<_>>())
    };
    let row = |title: &str, paragraph: &str| (title.to_owned(), paragraph.is_empty(), paragraph.to_owned());
    let (hybrid, quorum) = ("§ 37a Abs. 1 Satz 3 GemO", "§ 37 Abs. 2 Satz 1 GemO");
    let expected = [row("Vorsitz", "§ 37a Abs. 1 Satz 1 GemO"), row("Saal", hybrid), row("Beschlussfähigkeit", quorum)];
    assert_eq!(board("convened, nobody there"), (false, expected.to_vec()));
    let expected = [row("Vorsitz", ""), row("Saal", ""), row("Beschlussfähigkeit", quorum)];
    assert_eq!(board("convened, too few"), (false, expected.to_vec()));
    let expected = [row("Vorsitz", ""), row("Öffentlich zugänglicher Raum", "§ 37a Abs. 4 Satz 3 GemO")];
    assert_eq!(board("digital, room not attested").1[..2], expected);
    assert_eq!(board("opened"), (true, vec![]));
}

#[test]
fn the_technician_sees_each_line_by_itself() {
    let snapshot = states().into_iter().find(|(name, _)| *name == "one disturbed in a ballot").unwrap().1;
    let lines = super::technician(&snapshot, &[], &super::technician_of_town(), &mut ids()).lines;
    let words = |name: &str| {
        let row = lines.rows.iter().find(|row| row.name.starts_with(name)).unwrap();
        (row.place.clone(), row.arrivals().map(crate::web::pages::technics::Arrival::word))
    };
    let disturbed = snapshot.meeting.seats[&seat(9)].name.to_string();
    let in_room = snapshot.meeting.seats[&seat(1)].name.to_string();
    assert_eq!(words("Saal").1, ["ja", "ja", "ja", "–"]);
    assert_eq!(words(&disturbed), ("zugeschaltet".into(), ["nein", "ja", "ja", "ja"]));
    assert_eq!(words(&in_room), ("im Saal".into(), ["–"; 4]));
}

#[test]
fn the_deadlines_of_a_closed_meeting_stand_by_their_days() {
    let closed = states().into_iter().find(|(name, _)| *name == "closed").expect("there is one").1;
    let meetings = [(Arc::new(closed), "/sitzung/muster-7/niederschrift".to_owned())];
    // The sitting was on 24 November 2026, a Tuesday; a motion was adopted and somebody recused.
    let told = |day: &str| -> Vec<(String, Vec<String>)> {
        let line = |row: &DueRow| format!("{} ({}): {} [{}]", row.day, row.left, row.what, row.paragraph);
        let groups = deadlines(&meetings, day.parse().unwrap());
        groups.iter().map(|group| (group.title.clone(), group.rows.iter().map(line).collect())).collect()
    };
    insta::assert_debug_snapshot!(told("2026-12-02"));
    assert!(told("2028-01-01").is_empty(), "what is long past is not shown any more");
}
