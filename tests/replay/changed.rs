//! The same evening with something wrong in its texts: told in plain words, never a panic, and whatever the texts say, the
//! ledger of the run passes the independent checker.

use super::past::{Past, audited, line, row};
use super::village::village;
use proptest::prelude::{ProptestConfig, any, proptest};
use ratssaal::adapters::official;
use ratssaal::app::ports::official::OfficialText;
use ratssaal::app::replay::Verdict;
use ratssaal::domain::time::Instant;

/// One change, and what the row of the item then says.
fn differs(past: &Past, number: &str, told: &str) {
    let replayed = past.replay().unwrap_or_else(|why| panic!("{told}: {why}"));
    let (row, table) = (row(&replayed, number), replayed.comparison.to_string());
    assert_eq!(row.verdict(), Verdict::Different, "{}\n{table}", line(row));
    assert!(table.contains(told) && table.contains("ABWEICHUNG"), "„{told}“ is missing in\n{table}");
    assert!(!replayed.comparison.holds());
    let report = audited(&replayed, &format!("replay-changed-{}", number.replace('.', "-")));
    assert!(report.is_ok(), "{report}");
}

#[test]
fn a_wrong_sum_is_refused_and_fails() {
    let village = village();
    let told = "Die Summe ist 17, im Saal sind aber 16 Stimmberechtigte. Bitte noch einmal zählen.";
    differs(&village.with("14.txt", "(12 Ja, 2 Nein)", "(15 Ja, 2 Nein)"), "14", told);
    let told = "Die Summe ist 30, im Saal sind aber 16";
    differs(&village.with("14.txt", "(12 Ja, 2 Nein)", "(15 Ja, 2 Nein, 13 Enthaltungen)"), "14", told);
    // Without a number of those present the body itself is the limit: 19 seats, one of them excused.
    differs(&village.with("15.txt", "(16 Ja)", "(30 Ja)"), "15", "30 Anwesende gehen nicht an: Von 19 Sitzen");
}

#[test]
fn numbers_that_contradict_the_words_fail() {
    let village = village();
    differs(
        &village.with("01.txt", "(17 Ja)", "(15 Ja, 2 Nein)"),
        "1",
        "amtlich „einstimmig angenommen“, hier „angenommen“",
    );
    let words = "Mehrheitliche Zustimmung (5 Ja, 12 Nein)";
    differs(
        &village.with("01.txt", "Einstimmige Zustimmung (17 Ja)", words),
        "1",
        "amtlich „angenommen“, hier „abgelehnt“",
    );
    let words = "Mehrheitliche Ablehnung (12 Ja, 5 Nein)";
    differs(
        &village.with("01.txt", "Einstimmige Zustimmung (17 Ja)", words),
        "1",
        "amtlich „abgelehnt“, hier „angenommen“",
    );
}

/// Nothing is decided on a matter when only its referral was rejected, or when its vote has no numbers.
#[test]
fn a_rejected_referral_decides_nothing() {
    let words = ("mehrheitliche Zustimmung (9 Ja, 7 Nein)", "mehrheitliche Ablehnung (7 Ja, 9 Nein)");
    let replayed = village().with("13.txt", words.0, words.1).replay().unwrap();
    assert_eq!(line(row(&replayed, "13")), "13 | ohne Abstimmung | 7:9:0 abgelehnt | 16 | – | gleich");
    assert!(replayed.comparison.holds(), "{}", replayed.comparison);
    let told = ("(12 Ja, 3 Nein, 2 Enthaltungen)", "");
    let replayed = village().with("06.txt", told.0, told.1).replay().unwrap();
    let row = row(&replayed, "6");
    assert_eq!(
        line(row),
        "6 | angenommen ≠ ohne Abstimmung | 6:11:0 abgelehnt; ohne Zahlen angenommen ≠ 6:11:0 abgelehnt | 17 | – | erklärt"
    );
}

#[test]
fn below_the_quorum_there_is_no_ballot() {
    let told = "Nicht beschlussfähig: nötig sind 10, anwesend und stimmberechtigt sind 7. (§ 37 Abs. 2 Satz 1 GemO)";
    differs(&village().with("15.txt", "(16 Ja)", "(7 Ja)"), "15", told);
}

#[test]
fn what_is_not_on_the_agenda_fails() {
    let village = village().with("16.txt", "Punkt 16 der", "Punkt 99 der");
    differs(&village, "99", "16.txt: Punkt 99 steht nicht auf der Tagesordnung.");
}

#[test]
fn texts_and_meeting_that_do_not_belong_together_are_refused_whole() {
    let village = village();
    let refused = |past: &Past, told: &str| {
        let why = past.replay().err().unwrap_or_else(|| panic!("taken: {told}"));
        assert!(why.contains(told), "{told}: {why}");
    };
    refused(
        &village.with("03.txt", "12. November 2024", "13. November 2024"),
        "ist vom 13.11.2024, die Sitzung vom 12.11.2024",
    );
    refused(&village.with("16.txt", "Punkt 16 der", "Punkt 15 der"), "TOP 15 steht in 15.txt und in 16.txt");
    refused(&Past { files: vec![], ..village.clone() }, "kein Text");
    refused(&Past { seats: Some(121), ..village.clone() }, "höchstens 120");
    refused(&Past { land: "xx", ..village.clone() }, "„xx“");
    let mut other = village.clone();
    other.meeting.start = None;
    refused(&other, "keinen Beginn");
    // The hall is not even half full when the first vote is taken.
    refused(&village.with("01.txt", "(17 Ja)", "(6 Ja)"), "Eröffnung: ");
    // Before the first rules that are known.
    let mut old = village.clone();
    old.meeting.start = Some(Instant(0));
    for (_, bytes) in &mut old.files {
        *bytes = String::from_utf8(bytes.clone()).unwrap().replace("12. November 2024", "1. Januar 1970").into_bytes();
    }
    refused(&old, "Für den 01.01.1970 sind keine Rechtsregeln");
}

#[test]
fn without_a_number_of_seats_there_are_as_many_as_were_ever_seen() {
    let replayed = Past { seats: None, ..village() }.replay().unwrap();
    // Seventeen, one who was excused, and one who had not come yet.
    assert_eq!(replayed.comparison.seats, (19, false));
    assert!(replayed.comparison.holds(), "{}", replayed.comparison);
    assert!(replayed.comparison.to_string().contains("Sitze: mindestens 19"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Digits, lines and bytes changed anywhere in the texts.
    #[test]
    fn changed_texts_are_led_through_or_refused_and_the_ledger_always_holds(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), 0_u8..5, any::<u8>()), 1..4)
    ) {
        let mut past = village();
        for (file, at, how, byte) in changes {
            let (_, bytes) = file.get_mut(&mut past.files);
            let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
            match how {
                // A number is what matters most.
                0..=2 => *bytes.get_mut(digits[at.index(digits.len())]).unwrap() = b'0' + byte % 10,
                3 => {
                    let (lines, gone) = (bytes.split(|byte| *byte == b'\n').count(), at.index(bytes.len()));
                    let kept = bytes.split(|byte| *byte == b'\n').enumerate().filter(|(line, _)| *line != gone % lines);
                    *bytes = kept.map(|(_, line)| line.to_vec()).collect::<Vec<_>>().join(&b'\n');
                }
                _ => {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
            }
        }
        let texts: Vec<OfficialText> =
            past.files.iter().filter_map(|(name, bytes)| official::read(name, bytes).ok()).collect();
        match past.replay_texts(&texts) {
            Ok(replayed) => {
                let report = audited(&replayed, "replay-chance");
                assert!(report.is_ok(), "{report}");
                let _ = replayed.comparison.to_string();
            }
            Err(why) => assert!(why.len() > 10, "{why}"),
        }
    }
}
