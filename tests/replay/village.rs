//! An invented evening. Nobody of it exists.

use super::meeting_kit::Folder;
use super::past::{Past, audited, line, row};
use ratssaal::app::record::law_to_pin;
use ratssaal::app::replay::Reason;
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::minutes::Content;
use std::path::PathBuf;
use std::process::Command;

pub fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replay/erfundenhausen"))
}

pub fn village() -> Past {
    Past { seats: Some(19), ..Past::open(&folder().join("sitzung.json"), &folder()) }
}

const ROWS: [&str; 27] = [
    "1 | einstimmig angenommen | 17:0:0 einstimmig angenommen | 17 | – | gleich",
    "2 | angenommen | 9:5:1 angenommen | 17 | Dr. Regenbogen; Kieselstein | gleich",
    "2.1 | erledigt | – | – | Dr. Regenbogen; Kieselstein | gleich",
    "2.2 | abgelehnt | 4:11:0 abgelehnt | 17 | Dr. Regenbogen; Kieselstein | erklärt",
    "2.3 | abgelehnt | 0:15:0 abgelehnt | 17 | Dr. Regenbogen; Kieselstein | erklärt",
    "– | nicht angegeben ≠ nicht aufgerufen | – | – | – | erklärt",
    "3 | verwiesen | – | – | – | gleich",
    "4 | verwiesen | – | – | – | gleich",
    "4.1 | verwiesen | – | – | – | erklärt",
    "5 | zur Kenntnis | – | – | – | gleich",
    "6 | angenommen | 6:11:0 abgelehnt; 12:3:2 angenommen | 17; 17 | – | erklärt",
    "7 | vertagt | – | – | – | gleich",
    "8 | abgesetzt | – | – | – | gleich",
    "9 | zurückgezogen | – | – | – | gleich",
    "10 | einstimmig angenommen ≠ angenommen | 14:0:3 angenommen | 17 | – | erklärt",
    "11 | abgelehnt | 8:8:0 abgelehnt | 16 | – | gleich",
    "12 | angenommen ≠ ohne Abstimmung | ohne Zahlen angenommen ≠ – | – | – | erklärt",
    "13 | verwiesen | 9:7:0 angenommen | 16 | – | gleich",
    "14 | angenommen | 12:2:0 (2 ohne Stimme) angenommen | 16 | – | gleich",
    "15 | einstimmig angenommen | 16:0:0 einstimmig angenommen | 16 | – | gleich",
    "16 | einstimmig angenommen | 15:0:0 einstimmig angenommen | 15 | – | gleich",
    "17 | einstimmig angenommen | 16:0:0 einstimmig angenommen | 16 | – | gleich",
    "18 | nicht angegeben ≠ nicht aufgerufen | – | – | – | erklärt",
    "19 | Kenntnisnahme ≠ zur Kenntnis | – | – | – | erklärt",
    "20 | mehrheitlich beschlossen ≠ ohne Abstimmung | – | – | – | erklärt",
    "21 | nicht angegeben ≠ nichtöffentlich | – | – | – | erklärt",
    "22 | nicht angegeben ≠ nicht aufgerufen | – | – | – | erklärt",
];

#[test]
fn an_invented_evening_stands_beside_its_official_minutes_row_by_row() {
    let replayed = village().replay().unwrap();
    let table = &replayed.comparison;
    let lines: Vec<String> = table.rows.iter().map(line).collect();
    assert_eq!(lines, ROWS, "\n{table}");
    assert!(table.holds(), "{table}");
    assert_eq!((table.breaks.official.as_str(), table.breaks.ours.as_str()), ("19:10 – 19:25", "19:10 – 19:25"));
    assert_eq!((table.seats, table.attendance_given), ((19, true), true));
    let report = audited(&replayed, "replay-village");
    assert!(report.is_ok(), "{report}");
    assert_eq!(report.results.len(), 13);

    // What is voted on before the matter is a motion of its own.
    let headings: Vec<&str> = replayed
        .minutes
        .sections
        .iter()
        .filter(|section| ["top-top-6", "top-top-13"].contains(&section.id.as_str()))
        .flat_map(|section| &section.blocks)
        .filter_map(|block| match &block.content {
            Content::Heading(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(headings, ["Abstimmung: Änderungsantrag", "2. Abstimmung", "Abstimmung: Antrag zur Geschäftsordnung"]);

    let wording = |number: &str| row(&replayed, number).wording.ours.as_str();
    assert_eq!(
        wording("2"),
        "1. Der Gemeinderat beschließt nach Vorberatung im Haupt- und Finanzausschuss den Bau der Seilbahn zum Preis von \
         höchstens 3.000 Kieselsteinen. 2. Die Verwaltung wird beauftragt, bis zum 14. Februar 2025 zu berichten."
    );
    assert_eq!(row(&replayed, "2").wording.official, wording("2"));
    assert_eq!(wording("3"), "Beratung im Sozialausschuss am 3. Dezember 2024, öffentlich");
    assert_eq!(
        wording("2.3"),
        "Interfraktioneller Änderungsantrag: Liste Moos, Liste Kiesel, Stadtrat Pfützner (Liste Pfütze), Stadtrat Sumpf \
         (Liste Ried), Vorlage 2024/02/3, Neubau der Seilbahn: Rutsche statt Seilbahn"
    );
    assert_eq!(wording("8"), "–");
}

#[test]
fn every_difference_has_its_reason() {
    let replayed = village().replay().unwrap();
    let together = |numbers: &[&str]| Reason::Together(numbers.iter().map(ToString::to_string).collect());
    let said = |word: &str| Reason::AgendaSaysOtherwise(word.into());
    let expected: [(&str, Vec<Reason>); 19] = [
        ("1", vec![]),
        ("2", vec![said("einstimmig beschlossen"), together(&["2", "2.1", "2.2", "2.3"])]),
        ("2.1", vec![said("keine Abstimmung")]),
        ("2.2", vec![Reason::NoWording]),
        ("–", vec![Reason::Heading]),
        ("3", vec![Reason::ReferredElsewhere("Ausschuss für Kleintiere".into())]),
        ("4", vec![together(&["4", "4.1"])]),
        ("4.1", vec![Reason::TitleOtherwise("Haus am Bach nutzen: Keller".into())]),
        ("6", vec![Reason::NoWording]),
        ("10", vec![Reason::UnanimousWithAbstentions]),
        ("12", vec![Reason::NoCounts]),
        ("13", vec![]),
        ("14", vec![Reason::Silent(2), Reason::ChairOtherwise("Stellvertreter Egon Beispiel".into())]),
        (
            "17",
            vec![Reason::Unread(
                "Ob hier jemand befangen ist, ist nicht sicher: „Wer hier befangen ist, möge es sagen.“.".into(),
            )],
        ),
        ("18", vec![Reason::Dropped]),
        ("19", vec![Reason::OnlyAgenda]),
        ("20", vec![Reason::NoCounts, Reason::OnlyAgenda]),
        ("21", vec![Reason::NonPublic]),
        ("22", vec![Reason::NothingKnown]),
    ];
    for (number, reasons) in expected {
        assert_eq!(row(&replayed, number).reasons, reasons, "TOP {number}");
    }
    assert!(!replayed.comparison.to_string().contains("Grundstück"), "a title of a non-public item");
}

#[test]
fn one_hand_too_many_is_refused_at_every_ballot() {
    let replayed = village().replay().unwrap();
    let slips: Vec<_> =
        replayed.comparison.slips.iter().map(|slip| (slip.number.as_str(), slip.refused.clone().unwrap())).collect();
    let sentence = |hands: u32| {
        let in_hall = hands - 1;
        format!("Die Summe ist {hands}, im Saal sind aber {in_hall} Stimmberechtigte. Bitte noch einmal zählen.")
    };
    let expected = [
        ("1", 18),
        ("2.2", 16),
        ("2.3", 16),
        ("2", 16),
        ("6", 18),
        ("6", 18),
        ("10", 18),
        ("11", 17),
        ("13", 17),
        ("14", 17),
        ("15", 17),
        ("16", 16),
        ("17", 17),
    ];
    assert_eq!(slips, expected.map(|(number, hands)| (number, sentence(hands))));
}

/// The names the texts give sit where they say; everybody else has a number; nobody takes it for the real minutes.
#[test]
fn seats_have_numbers_but_for_those_the_texts_name() {
    let replayed = village().replay().unwrap();
    let names: Vec<&str> = replayed.meeting.seats.values().map(|seat| seat.name.as_str()).collect();
    for named in [
        "Bürgermeisterin Dr. Paula Probe",
        "Kieselstein",
        "Dr. Regenbogen",
        "Nebelhorn",
        "Spätling",
        "Stadtrat Fernweh",
    ] {
        assert!(names.contains(&named), "{named}: {names:?}");
    }
    assert_eq!((names.len(), names.iter().filter(|name| name.starts_with("Sitz ")).count()), (19, 13));
    let text: String = replayed
        .minutes
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .map(|block| match &block.content {
            Content::Paragraph(text) => format!("{text}\n"),
            Content::Table(table) => table.rows.iter().map(|row| row.join(" | ") + "\n").collect(),
            _ => String::new(),
        })
        .collect();
    assert!(text.contains("Abwesend: Stadtrat Fernweh. Ob"), "{text}");
    assert!(text.contains("Nebelhorn | Gemeinderat/-rätin | – | vor Ort | 18:00:00 – 20:40:00"), "{text}");
    assert!(text.contains("Spätling | Gemeinderat/-rätin | – | vor Ort | 20:50:00 – "), "{text}");
    assert!(
        replayed.minutes.title_lines.iter().any(|line| line.contains("Nachstellung aus der amtlichen Niederschrift"))
    );
}

#[test]
fn the_law_is_the_one_of_that_evening() {
    let replayed = village().replay().unwrap();
    let convening = &replayed.meeting.convened().unwrap().convening;
    assert_eq!(convening.format, MeetingFormat::InPerson);
    assert_eq!((replayed.meeting.day.to_string().as_str(), &convening.law), ("2024-11-12", &law_to_pin("bw").unwrap()));
    assert!(replayed.comparison.law.starts_with("Präsenzsitzung (§ 37 Abs. 1 Satz 1 GemO); Regelwerk BW"));
}

#[test]
fn the_command_prints_the_table_and_lays_down_what_can_be_checked() {
    let out = Folder::new("replay-out");
    let run = |seats: &str, minutes: &PathBuf| {
        let done = Command::new(env!("CARGO_BIN_EXE_ratssaal"))
            .args(["replay", "--municipality", "Erfundenhausen", "--seats", seats, "--meeting"])
            .arg(folder().join("sitzung.json"))
            .arg("--minutes")
            .arg(minutes)
            .arg("--out")
            .arg(&out.0)
            .output()
            .unwrap();
        let said = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (done.status.success(), said)
    };
    let (well, said) = run("19", &folder());
    assert!(well && said.contains("27 Punkte: 15 gleich, 12 mit benanntem Grund verschieden, 0 ohne Grund"), "{said}");
    let table = std::fs::read_to_string(out.0.join("vergleich.txt")).unwrap();
    assert!(
        said.contains(&table) && table.contains("Eine Hand zu viel: bei 13 von 13 Abstimmungen abgelehnt."),
        "{said}"
    );
    assert!(std::fs::read(out.0.join("niederschrift.pdf")).unwrap().starts_with(b"%PDF"));
    let names: Vec<_> = std::fs::read_dir(&out.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "nothing else is left behind, no key either: {names:?}");
    let verified = Command::new(env!("CARGO_BIN_EXE_ratssaal")).arg("verify").arg(&out.0).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));

    // A text that cannot be read, and one whose item is missing then: told, and not a success.
    let texts = Folder::new("replay-texts");
    for entry in std::fs::read_dir(folder()).unwrap().flatten() {
        std::fs::copy(entry.path(), texts.0.join(entry.file_name())).unwrap();
    }
    std::fs::write(texts.0.join("01.txt"), b"Niederschrift \xff").unwrap();
    let (well, said) = run("19", &texts.0);
    assert!(!well && said.contains("01.txt: Der Text ist kein UTF-8 (Zeile 1)"), "{said}");
    std::fs::write(texts.0.join("01.txt"), vec![b'a'; 2 * 1024 * 1024]).unwrap();
    let (well, said) = run("19", &texts.0);
    assert!(!well && said.contains("01.txt: Der Text ist größer als"), "{said}");
    for (seats, expected) in
        [("0", "17 Anwesende gehen nicht an"), ("4000", "höchstens 120"), ("viele", "invalid value")]
    {
        let (well, told) = run(seats, &folder());
        assert!(!well && told.contains(expected), "{seats}: {told}");
    }
}
