pub mod town;

use super::{Content, Minutes};
use crate::domain::ledger::Class;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use town::{CLOSED_TITLE, Stage};

/// The document as plain text, block by block.
pub fn plain(minutes: &Minutes) -> String {
    let mut out = format!("{}\n", minutes.title_lines.join("\n"));
    for section in &minutes.sections {
        let _ = writeln!(out, "\n== {} [{}]", section.heading, section.id);
        for block in &section.blocks {
            let _ = match &block.content {
                Content::Heading(text) => writeln!(out, "-- {text}"),
                Content::Paragraph(text) => writeln!(out, "{text}"),
                Content::Finding(text) => writeln!(out, "! {text}"),
                Content::Wording(text) => writeln!(out, "> {}", text.replace('\n', "\n> ")),
                Content::Note(text) => writeln!(out, "({text})"),
                Content::Facts(facts) => {
                    facts.iter().try_for_each(|fact| writeln!(out, "{}: {}", fact.label, fact.value))
                }
                Content::Table(table) => {
                    let titles: Vec<_> = table.columns.iter().map(|column| column.title.clone()).collect();
                    let rows = std::iter::once(&titles).chain(&table.rows);
                    rows.into_iter().try_for_each(|row| writeln!(out, "| {} |", row.join(" | ").replace('\n', " / ")))
                }
                Content::Signatures(lines) => lines
                    .iter()
                    .try_for_each(|line| writeln!(out, "____ {} ({})", line.name.as_deref().unwrap_or(""), line.role)),
            };
        }
    }
    out
}

#[test]
fn the_whole_evening_reads_like_minutes() {
    let text = plain(&town::evening().minutes());
    let (before, digest) = text.split_once("Prüfsumme ").unwrap();
    let (digest, after) = digest.split_once('…').unwrap();
    assert!(digest.len() >= 8 && digest.bytes().all(|digit| digit.is_ascii_hexdigit()), "{digest}");
    // Which rule file it is changes with every rule; the minutes do not.
    insta::assert_snapshot!(format!("{before}Prüfsumme #{after}"));
}

#[test]
fn the_same_ledger_gives_the_same_document_and_every_part_has_its_own_identifier() {
    let minutes = town::evening().minutes();
    assert_eq!(minutes, town::evening().minutes());
    let ids: Vec<_> =
        minutes.sections.iter().flat_map(|section| section.blocks.iter().map(|block| &block.id)).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
}

#[test]
fn a_non_public_title_never_gets_in() {
    let stage = town::evening();
    assert!(
        stage.meeting.items.iter().any(|item| item.title.as_ref().is_some_and(|title| title.as_str() == CLOSED_TITLE))
    );
    assert!(!format!("{:?}", stage.minutes()).contains("Markierung-4711"));
}

#[test]
fn a_corrected_choice_is_named_as_corrected_but_never_what_it_was() {
    let text = plain(&town::evening().minutes());
    let row =
        text.lines().find(|line| line.starts_with("| Anka Čehová-Übung | ") && line.contains("berichtigt")).unwrap();
    assert_eq!(row, "| Anka Čehová-Übung | Nein | selbst abgegeben; vor der Schließung berichtigt |");
}

#[test]
fn what_was_deleted_is_said_to_be_deleted_and_nothing_else_changes() {
    let before = plain(&town::evening().minutes());
    for class in [Class::Choice, Class::PersonalText, Class::Measurement, Class::NonPublic] {
        let after = plain(&town::deleted(class).minutes());
        assert!(after.contains("Am 27.12.2026 wurden aus "), "{class:?}");
        assert_eq!(after.contains("abgehackt"), class != Class::PersonalText);
        assert_eq!(after.contains("der Wortlaut ist gelöscht"), class == Class::PersonalText);
        let decisions =
            |text: &str| text.lines().filter(|line| line.starts_with('!')).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(decisions(&before), decisions(&after), "{class:?}");
    }
}

#[test]
fn before_the_end_it_is_a_draft_without_lines_to_sign_on() {
    let whole = town::evening();
    let mut shorter = Stage::new(&town::planned(town::seats(13), vec![town::public(1, "Bekanntgaben", None)]));
    let unopened = plain(&shorter.minutes());
    assert!(unopened.contains("Entwurf – Niederschrift") && unopened.contains("Die Sitzung wurde nicht eröffnet."));
    let running = plain(&shorter.opened(12).minutes());
    assert!(running.contains("Entwurf – Niederschrift") && !running.contains("____"));
    assert!(plain(&whole.minutes()).contains("____ Malwine Probst-Erfunden (Vorsitz)"));
}

#[test]
fn a_meeting_in_person_says_nothing_of_connections_or_measurements() {
    let mut stage = Stage::new(&town::planned(town::seats(13), vec![town::public(1, "Bekanntgaben", None)]));
    stage.in_person(7);
    stage.at("19:30:00").chair(crate::domain::meeting::Command::Close);
    let text = plain(&stage.minutes());
    assert!(text.contains("Sitzungsform: Präsenzsitzung (§ 37 Abs. 1 Satz 1 GemO)"));
    assert!(text.contains("Von 12 Gemeinderätinnen und Gemeinderäten waren 6 anwesend: 6 vor Ort, 0 zugeschaltet."));
    assert!(text.contains("Festgehalten ist keine Unterbrechung, keine Störung und keine Rüge."));
    assert!(text.contains("Dieser Punkt wurde nicht aufgerufen."));
    for word in ["Übertragung", "gemessen", "Hauptsatzung", "öffentlich zugänglichen Raum"] {
        assert!(!text.contains(word), "{word} in\n{text}");
    }
}

#[test]
fn what_the_clerk_writes_stands_at_its_item_and_only_the_newest_of_it() {
    use crate::domain::meeting::Command;
    let agenda = vec![town::public(1, "Bekanntgaben", None), town::public(2, "Anfragen", None)];
    let mut stage = Stage::new(&town::planned(town::seats(13), agenda));
    stage.in_person(12);
    let mut write = |item: &str, text: Option<&str>| {
        let item: crate::domain::id::ItemId = item.parse().unwrap();
        let replaces = stage.meeting.texts.get(&item).map_or(0, |text| text.number);
        stage.clerk(Command::WriteItemText { item, text: text.map(|text| text.parse().unwrap()), replaces });
    };
    write("i1", Some("Die Bürgermeisterin gibt bekannt:\n– den Haushalt"));
    write("i1", Some("Die Bürgermeisterin gab bekannt.\n\nDer Rat nahm das zur Kenntnis."));
    write("i2", Some("Es gab eine Anfrage."));
    write("i2", None);
    let text = plain(&stage.minutes());
    assert!(text.contains("Die Bürgermeisterin gab bekannt.\nDer Rat nahm das zur Kenntnis.\n"), "{text}");
    assert!(!text.contains("gibt bekannt") && !text.contains("eine Anfrage"), "{text}");
}

fn lacking(stage: &Stage) -> Vec<String> {
    let found = super::missing(super::Part::Public, &stage.entries, &stage.meeting, &stage.rules, &town::winter);
    found.into_iter().map(|one| format!("{} [{}]", one.sentence, one.norm.unwrap_or_default())).collect()
}

#[test]
fn what_is_missing_is_told_with_its_paragraph_or_as_a_habit() {
    let lacks = lacking(&town::evening());
    let expected = [
        "TOP 8 wurde nicht aufgerufen, und nichts sagt, was aus ihm wurde. [§ 38 Abs. 1 GemO]",
        "Bei den Abwesenden steht nicht, ob sie entschuldigt waren: ",
        "Ohne Text zum Gang der Beratung: TOP ",
    ];
    for expected in expected {
        assert!(lacks.iter().any(|lack| lack.starts_with(expected)), "„{expected}“ is not in {lacks:#?}");
    }
    assert!(!lacks.iter().any(|lack| lack.contains("TOP 7")), "the non-public item has minutes of its own: {lacks:#?}");
    // The chair found where the fault lay, and interrupted after the complaint.
    assert!(!lacks.iter().any(|lack| lack.contains("Rüge") || lack.contains("Störung")), "{lacks:#?}");
}

#[test]
fn a_complaint_without_answer_and_a_motion_without_fate_are_missing() {
    use crate::domain::meeting::Command;
    let agenda = vec![town::public(1, "Bekanntgaben", None), town::public(2, "Anfragen", Some("Es wird gefragt."))];
    let mut stage = Stage::new(&town::planned(town::seats(13), agenda));
    stage.in_person(13);
    assert_eq!(lacking(&stage), ["Die Sitzung ist noch nicht geschlossen. []"]);
    stage.at("19:10:00").chair(Command::CallItem { item: "i1".parse().unwrap() });
    stage.act(town::member(4), Command::Complain { text: "Der Ton fehlt.".parse().unwrap(), heard: None });
    let without_vote =
        Command::SettleItem { disposal: crate::domain::meeting::event::Disposal::WithoutVote, wording: None };
    stage.chair(without_vote.clone());
    let amendment = Command::MoveMotion {
        motion: "m1".parse().unwrap(),
        mover: Some(town::seat(3)),
        kind: crate::domain::meeting::event::MotionKind::Amendment,
        wording: "Es wird zweimal gefragt.".parse().unwrap(),
    };
    stage.chair(Command::CallItem { item: "i2".parse().unwrap() });
    stage.act(town::member(3), amendment).chair(without_vote).chair(Command::Close);
    let name = stage.meeting.seats.get(&town::seat(4)).map_or_else(String::new, |seat| seat.name.to_string());
    let mut expected = vec![
        "Zu TOP 1 sagt nichts, was verhandelt wurde. [§ 38 Abs. 1 GemO]".to_owned(),
        "Zu TOP 2 lag ein Antrag vor, über den nicht abgestimmt wurde; nichts sagt, warum. [§ 38 Abs. 1 GemO]".into(),
        "Zu TOP 2 sagt nichts, was aus dem Antrag „Es wird zweimal gefragt.“ wurde. [§ 38 Abs. 1 GemO]".into(),
        format!("Was auf die Rüge von {name} um 19:10 Uhr geschah, ist nicht festgehalten. []"),
    ];
    assert_eq!(lacking(&stage), expected);
    let text = Some("Der Ton kam nach einer Minute wieder.".parse().unwrap());
    stage.clerk(Command::WriteItemText { item: "i1".parse().unwrap(), text, replaces: 0 });
    expected.retain(|lack| !lack.contains("TOP 1") && !lack.contains("Rüge"));
    assert_eq!(lacking(&stage), expected);
}

#[test]
fn a_fault_nobody_placed_is_missing() {
    use crate::domain::meeting::Command;
    use crate::domain::presence::{Lack, Perception};
    let mut stage = Stage::new(&town::planned(town::seats(13), vec![town::public(1, "Bekanntgaben", None)]));
    stage.opened(13);
    stage.at("19:30:03").perceive(&[5, 6, 7, 8, 9], Perception::Disturbed, "19:30:00", &[Lack::Picture]);
    stage.at("19:40:00").chair(Command::Close);
    let open = "Die gleichzeitige Störung bei 5 Mitgliedern um 19:30 Uhr ist keinem Verantwortungsbereich zugeordnet. \
                [§ 37a Abs. 2 Satz 2 GemO]";
    assert!(lacking(&stage).iter().any(|lack| lack == open), "{:#?}", lacking(&stage));
}

#[test]
fn who_said_beforehand_that_they_would_not_come_is_excused_and_why_stays_with_them() {
    use crate::domain::meeting::command::Preparation;
    use crate::domain::meeting::event::Answer;
    let mut stage = Stage::new(&town::planned(town::seats(13), vec![town::public(1, "Bekanntgaben", None)]));
    stage.in_person(11);
    let reason = Some("Kinderbetreuung".parse().unwrap());
    let reply = Preparation::Reply { answer: Answer::Prevented, consent: false, reason };
    stage.act(town::member(12), crate::domain::meeting::Command::Prepare(reply));
    stage.at("19:30:00").chair(crate::domain::meeting::Command::Close);
    let (text, absent) = (plain(&stage.minutes()), lacking(&stage));
    let excused = text.lines().find(|line| line.starts_with("Abwesend: ")).unwrap();
    assert!(
        excused.contains(" (hatte sich verhindert gemeldet) und ") && excused.contains("Ob die Übrigen"),
        "{excused}"
    );
    assert!(!text.contains("Kinderbetreuung"));
    let named = absent.iter().find(|lack| lack.starts_with("Bei den Abwesenden steht nicht")).unwrap();
    assert_eq!(named.matches(", ").count(), 1, "only one is left: {named}");
}
