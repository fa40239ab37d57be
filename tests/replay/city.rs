//! The real meeting of 21 January 2025, in every checkout that has it at hand. Nothing of it stands here but numbers.

use super::meeting_kit::{Stage, clerk, planned};
use super::past::{Past, audited, line, row};
use super::shared_kit;
use ratssaal::app::record::law_to_pin;
use ratssaal::app::replay::Reason;
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::Summons;
use ratssaal::domain::time::Instant;

/// Number, status, result, present, recused (how many), verdict.
const ROWS: [(&str, &str, &str, &str, usize, &str); 33] = [
    ("1", "einstimmig angenommen", "43:0:0 einstimmig angenommen", "43", 0, "gleich"),
    ("2", "einstimmig angenommen", "43:0:0 einstimmig angenommen", "43", 0, "gleich"),
    ("3", "einstimmig angenommen", "44:0:0 einstimmig angenommen", "44", 0, "erklärt"),
    ("4", "einstimmig angenommen", "44:0:0 einstimmig angenommen", "44", 0, "erklärt"),
    ("5", "angenommen", "30:13:0 angenommen", "44", 1, "gleich"),
    ("5.1", "erledigt", "–", "–", 1, "gleich"),
    ("5.2", "erledigt", "–", "–", 1, "gleich"),
    ("5.3", "abgelehnt", "4:39:0 abgelehnt", "44", 1, "erklärt"),
    ("5.4", "erledigt", "–", "–", 1, "erklärt"),
    ("5.5", "abgelehnt", "5:38:0 abgelehnt", "44", 1, "erklärt"),
    ("6", "einstimmig angenommen", "38:0:0 einstimmig angenommen", "38", 0, "gleich"),
    ("7", "zur Kenntnis", "–", "–", 0, "gleich"),
    ("8", "angenommen", "36:5:0 angenommen", "41", 0, "gleich"),
    ("9", "einstimmig angenommen", "44:0:0 einstimmig angenommen", "44", 0, "erklärt"),
    ("–", "nicht angegeben ≠ nicht aufgerufen", "–", "–", 0, "erklärt"),
    ("9.1", "verwiesen", "–", "–", 0, "erklärt"),
    ("9.1.1", "verwiesen", "–", "–", 0, "erklärt"),
    ("–", "nicht angegeben ≠ nicht aufgerufen", "–", "–", 0, "erklärt"),
    ("10", "verwiesen", "–", "–", 0, "gleich"),
    ("11", "verwiesen", "–", "–", 0, "erklärt"),
    ("12", "verwiesen", "–", "–", 0, "gleich"),
    ("13", "verwiesen", "–", "–", 0, "gleich"),
    ("14", "verwiesen", "–", "–", 0, "erklärt"),
    ("15", "verwiesen", "–", "–", 0, "erklärt"),
    ("16", "verwiesen", "–", "–", 0, "gleich"),
    ("17", "verwiesen", "–", "–", 0, "gleich"),
    ("18", "verwiesen", "–", "–", 0, "gleich"),
    ("19", "nicht angegeben ≠ nicht aufgerufen", "–", "–", 0, "erklärt"),
    ("–", "nicht angegeben ≠ nicht aufgerufen", "–", "–", 0, "erklärt"),
    ("20", "zur Kenntnis", "–", "–", 0, "gleich"),
    ("21", "zur Kenntnis", "–", "–", 0, "gleich"),
    ("22", "Kenntnisnahme ≠ zur Kenntnis", "–", "–", 0, "erklärt"),
    ("23", "Kenntnisnahme ≠ zur Kenntnis", "–", "–", 0, "erklärt"),
];

/// Where the city's own papers contradict each other: the agenda's word, or the course of the debate.
const CONTRADICTIONS: [&str; 4] = ["5.2", "6", "7", "17"];

fn city() -> Option<Past> {
    let meeting = shared_kit::data("karlsruhe/meetings/10044.json")?;
    Some(Past::open(&meeting, &shared_kit::data("karlsruhe/minutes")?))
}

#[test]
fn a_real_meeting_stands_beside_its_official_minutes_row_by_row() {
    let Some(city) = city() else { return };
    // The texts do not say how many sit there; with or without the number it comes out the same.
    for seats in [None, Some(49)] {
        let replayed = Past { seats, ..city.clone() }.replay().unwrap();
        let table = &replayed.comparison;
        assert_eq!(table.rows.len(), ROWS.len());
        for (row, (number, status, result, present, recused, verdict)) in table.rows.iter().zip(ROWS) {
            let who = if recused == 0 { "–".to_owned() } else { row.recused.ours.clone() };
            assert_eq!(line(row), format!("{number} | {status} | {result} | {present} | {who} | {verdict}"));
            assert_eq!(row.recused.ours.split("; ").filter(|name| *name != "–").count(), recused, "TOP {number}");
        }
        assert!(table.holds(), "{table}");
        assert_eq!((table.breaks.official.as_str(), table.breaks.ours.as_str()), ("17:16 – 17:45", "17:16 – 17:45"));
        assert_eq!((table.seats, table.attendance_given), ((seats.unwrap_or(44), seats.is_some()), false));
        let contradicted: Vec<&str> = table
            .rows
            .iter()
            .filter(|row| row.reasons.iter().any(contradicts))
            .map(|row| row.number.as_str())
            .collect();
        assert_eq!(contradicted, CONTRADICTIONS);
        let unread = |reason: &Reason| matches!(reason, Reason::Unread(_));
        assert!(!table.rows.iter().any(|row| row.reasons.iter().any(unread)), "{table}");
        let report = audited(&replayed, "replay-city");
        assert!(report.is_ok(), "{report}");
        assert_eq!(report.results.len(), 10);
    }
}

fn contradicts(reason: &Reason) -> bool {
    matches!(reason, Reason::AgendaSaysOtherwise(_) | Reason::ReferredElsewhere(_))
}

#[test]
fn one_hand_too_many_is_refused_at_every_real_ballot() {
    let Some(city) = city() else { return };
    let replayed = city.replay().unwrap();
    let slips: Vec<_> =
        replayed.comparison.slips.iter().map(|slip| (slip.number.as_str(), slip.refused.clone().unwrap())).collect();
    let expected: [(&str, u32); 10] = [
        ("1", 43),
        ("2", 43),
        ("3", 44),
        ("4", 44),
        ("5.3", 43),
        ("5.5", 43),
        ("5", 43),
        ("6", 38),
        ("8", 41),
        ("9", 44),
    ];
    assert_eq!(
        slips,
        expected.map(|(number, entitled)| {
            let sum = entitled + 1;
            (
                number,
                format!(
                    "Die Summe ist {sum}, im Saal sind aber {entitled} Stimmberechtigte. Bitte noch einmal zählen."
                ),
            )
        })
    );
}

/// Not by way of the reader that the table is made with: the letters themselves, without spaces, hyphens and page numbers.
#[test]
fn our_wording_is_the_official_one_letter_by_letter() {
    let Some(city) = city() else { return };
    let replayed = city.replay().unwrap();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let texts: Vec<String> =
        city.files.iter().map(|(_, bytes)| letters(&String::from_utf8(bytes.clone()).unwrap())).collect();
    let mut compared = 0;
    for row in &replayed.comparison.rows {
        if row.wording.ours == "–" || row.reasons.contains(&Reason::NoWording) {
            continue;
        }
        let expected = format!("Beschluss{}Abstimmungsergebnis", letters(&row.wording.ours));
        let of_item = format!("Punkt{}derTagesordnung", letters(&row.number));
        // In one text a page ends between decision and result.
        let paged = expected.replace("Abstimmungsergebnis", "2Abstimmungsergebnis");
        assert!(
            texts.iter().any(|text| text.contains(&of_item) && (text.contains(&expected) || text.contains(&paged))),
            "TOP {}: {}",
            row.number,
            row.wording.ours
        );
        compared += 1;
    }
    assert_eq!(compared, 22);
}

/// The counts of the table are in the texts as they stand there.
#[test]
fn our_counts_are_the_official_ones_digit_by_digit() {
    let Some(city) = city() else { return };
    let replayed = city.replay().unwrap();
    let texts: Vec<String> = city.files.iter().map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).collect();
    for (number, said, counts) in [
        ("1", "Einstimmige Zustimmung (43 Ja)", "43:0:0 "),
        ("2", "Einstimmige Zustimmung (43 Ja)", "43:0:0 "),
        ("3", "Einstimmige Annahme (44 Ja)", "44:0:0 "),
        ("4", "Einstimmige Zustimmung (44 Ja)", "44:0:0 "),
        ("5", "TOP 5: mehrheitliche Zustimmung (30 Ja, 13 Nein)", "30:13:0 "),
        ("5.3", "TOP 5.3: Ziffer 2: mehrheitliche Ablehnung (4 Ja, 39 Nein)", "4:39:0 "),
        ("5.5", "TOP 5.5: mehrheitliche Ablehnung (5 Ja, 38 Nein)", "5:38:0 "),
        ("6", "Einstimmige Zustimmung (38 Ja)", "38:0:0 "),
        ("8", "Mehrheitliche Zustimmung (36 Ja, 5 Nein)", "36:5:0 "),
        ("9", "Einstimmige Zustimmung (44 Ja)", "44:0:0 "),
    ] {
        let of_item = format!("Punkt {number} der Tagesordnung");
        assert!(texts.iter().any(|text| text.contains(&of_item) && text.contains(said)), "TOP {number}");
        let ours = &row(&replayed, number).result.ours;
        assert!(ours.starts_with(counts), "TOP {number}: {ours}");
    }
}

/// On that day nobody could take part from home (§ 37a in the text of 2020 knows no mixed sitting): the same evening in
/// the hybrid format is refused by the law of its day.
#[test]
fn the_law_of_that_day_knows_no_hybrid_sitting() {
    let mut plan = planned(13);
    plan.day = "2025-01-21".parse().unwrap();
    plan.summoned_on = "2025-01-02".parse().ok();
    super::meeting_kit::add_item(&mut plan, "1", "Brücke", true);
    let mut stage = Stage::plan(&plan, Instant(1_737_469_800_000)).unwrap();
    let convene = |format| Command::Convene {
        format,
        ground: None,
        reason: None,
        public_room: None,
        law: law_to_pin("bw").unwrap(),
        summons: Summons::default(),
    };
    let refusal = stage.act(&clerk(), &convene(MeetingFormat::Hybrid)).unwrap_err();
    assert_eq!(refusal.norm.as_deref(), Some("§ 37a Abs. 1 Satz 1 GemO (2020)"), "{refusal}");
    assert!(stage.act(&clerk(), &convene(MeetingFormat::InPerson)).is_ok());
    let Some(city) = city() else { return };
    let replayed = city.replay().unwrap();
    assert_eq!(replayed.meeting.day.to_string(), "2025-01-21");
    assert_eq!(replayed.meeting.convened().unwrap().convening.format, MeetingFormat::InPerson);
}
