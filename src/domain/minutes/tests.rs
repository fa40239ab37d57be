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
    assert!(!format!("{:?}", stage.minutes()).contains("4711"));
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
