//! An election under the independent checker: counted again, and every lie about it named.

use super::forge::Forged;
use super::sitting::{Sitting, ballot, key, seat};
use super::{check, fails, lie, number, passes};
use ratssaal::domain::id::MotionId;
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::law::packs;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::Terms;
use ratssaal::domain::meeting::event::{ElectionKind, ElectionMode, Method, MotionKind, StrikeGround};
use ratssaal::domain::text::Wording;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Eleven in the hall elect a deputy: nobody has more than half, the run-off is a tie, a lot is drawn.
static ELECTED: LazyLock<String> = LazyLock::new(|| {
    let names = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect::<Vec<_>>();
    let mut sitting = Sitting::plan("sitzung-3", 13, packs::bundled("bw").unwrap());
    sitting.convene(MeetingFormat::InPerson);
    (0..11).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.call("top-1");
    sitting.clerk(Command::MarkElection { item: "top-1".parse().unwrap(), kind: Some(ElectionKind::Honorary) });
    let open = |round: &str, candidates: &[&str], mode| Command::OpenElection {
        round: ballot(round),
        mode,
        candidates: names(candidates),
        tellers: names(&["Vera Zählfix", "Ute Nachzähl"]),
        second: false,
    };
    let count = |round: &str, votes: &[u32], blank| Command::CountElection {
        round: ballot(round),
        votes: votes.to_vec(),
        no: 0,
        blank,
        invalid: 0,
        missing: 0,
    };
    sitting.chair(open("w1", &["Erle", "Ulme", "Linde"], ElectionMode::Open));
    sitting.member(1, Command::ObjectElection { named: false });
    sitting.clerk(count("w1", &[5, 4, 1], 1));
    sitting.chair(Command::DeclareElection { round: ballot("w1") });
    sitting.chair(open("w2", &["Erle", "Ulme"], ElectionMode::Papers));
    sitting.clerk(count("w2", &[5, 5], 1));
    sitting.chair(Command::DeclareElection { round: ballot("w2") });
    let (drawn, maker) = (names(&["Ulme"]), "Nora Nusszweig".parse().unwrap());
    sitting.chair(Command::DrawLot { drawn, drawer: seat(2), maker });
    sitting.chair(Command::Close);
    sitting.bundle(&[])
});

#[test]
fn an_election_is_counted_again_and_nothing_links_a_voter_to_a_choice() {
    let report = check(&ELECTED);
    passes(&report);
    assert_eq!(
        report.results,
        [
            "TOP 1, Wahl w1: Erle 5, Ulme 4, Linde 1: Stichwahl zwischen Erle und Ulme",
            "TOP 1, Stichwahl w2: Erle 5, Ulme 5: Los zwischen Erle und Ulme",
            "TOP 1, Los w2: Ulme",
        ]
    );
    // Of the round nothing but sums is recorded, and of the objection not even who raised it.
    let lines: Vec<Value> = ELECTED.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let elections = lines.iter().filter(|line| {
        line["entry"]["name"].as_str().is_some_and(|name| name.starts_with("election.") && name != "election.lot_drawn")
    });
    for line in elections {
        assert!(!line["parts"].to_string().contains("gr-"), "a seat in {line}");
    }
    let objection = lines.iter().find(|line| line["entry"]["name"] == "election.objected").unwrap();
    assert_eq!(objection["entry"]["actor"], "member");
}

/// The council wants to vote secretly.
fn resolve_secrecy(sitting: &mut Sitting) {
    let (id, motion): (_, MotionId) = (ballot("g1"), "m-1".parse().unwrap());
    let wording: Wording = "Es wird geheim abgestimmt.".parse().unwrap();
    let kind = MotionKind::Procedural;
    sitting.chair(Command::MoveMotion { motion: motion.clone(), mover: Some(seat(2)), kind, wording: wording.clone() });
    let (method, motion, terms) = (Method::ShowOfHands, Some(motion), Terms::default());
    sitting.chair(Command::OpenBallot { ballot: id.clone(), method, wording, motion, terms });
    sitting.clerk(Command::CountHands { ballot: id, yes: 9, no: 0, abstain: 0, none: 0 });
    sitting.close_and_declare("g1");
}

/// A ballot that needs the majority of all members, and one that was repeated.
static SPECIAL: LazyLock<String> = LazyLock::new(|| {
    let mut sitting = Sitting::plan("sitzung-4", 13, packs::bundled("bw").unwrap());
    sitting.convene(MeetingFormat::InPerson);
    (0..9).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.call("top-1");
    for (id, method, yes) in [("a1", Method::ShowOfHands, 6), ("a2", Method::Papers, 7)] {
        sitting.chair(Command::OpenBallot {
            ballot: ballot(id),
            method,
            wording: "Die Hauptsatzung wird geändert.".parse().unwrap(),
            motion: None,
            terms: Terms { majority: Some("main_bylaw".into()), start: None },
        });
        sitting.clerk(match method {
            Method::Papers => {
                Command::CountPapers { ballot: ballot(id), yes, no: 1, abstain: 0, invalid: 1, missing: 0 }
            }
            _ => Command::CountHands { ballot: ballot(id), yes, no: 3, abstain: 0, none: 0 },
        });
        sitting.close_and_declare(id);
        if id == "a1" {
            let reason = "Eine Hand war übersehen.".parse().unwrap();
            sitting.chair(Command::StrikeResult { ballot: ballot(id), ground: StrikeGround::Mistake, reason });
            resolve_secrecy(&mut sitting);
        }
    }
    sitting.chair(Command::Close);
    sitting.bundle(&[])
});

#[test]
fn a_special_majority_and_a_repetition_are_counted_again_and_lies_about_them_found() {
    let report = check(&SPECIAL);
    passes(&report);
    assert_eq!(
        report.results,
        [
            "TOP 1, Abstimmung a1: 6 Ja, 3 Nein, 0 Enthaltung, 0 ohne Stimme: abgelehnt",
            "Abstimmung a1: Ergebnis aufgehoben",
            "TOP 1, Abstimmung g1: 9 Ja, 0 Nein, 0 Enthaltung, 0 ohne Stimme: angenommen",
            "TOP 1, Abstimmung a2: 7 Ja, 1 Nein, 0 Enthaltung, 1 ohne Stimme: angenommen",
        ]
    );
    type Lie = fn(&mut Value);
    let lies: [(&str, usize, Lie, &str); 7] = [
        ("ballot.opened", 1, |opened| opened["about"] = json!("amendment"), "ohne dass es beschlossen war"),
        ("result.declared", 0, |result| result["outcome"] = json!("adopted"), "heißt „abgelehnt“"),
        ("result.declared", 0, |result| result["special"]["needed"] = json!(6), "nötige Mehrheit ist eine andere"),
        ("ballot.opened", 0, |opened| opened["majority"] = json!("referendum"), "nötige Mehrheit ist eine andere"),
        ("ballot.opened", 0, |opened| opened["majority"] = json!("mond"), "steht nicht im festgehaltenen Recht"),
        ("result.struck", 0, |struck| struck["ground"] = json!("complaint"), "Ohne Rüge"),
        ("hands.counted", 2, |papers| papers["invalid"] = json!(0), "Im Saal waren 9 Stimmberechtigte, gezählt sind 8"),
    ];
    for (name, n, lie, what) in lies {
        let mut forged = Forged::of(&SPECIAL);
        let line = forged.find(name, n);
        forged.payload(line, "finding", lie);
        let report = check(&forged.reseal().resign(&key()).text());
        let failure = report.first_failure().unwrap_or_else(|| panic!("{what}: accepted"));
        assert!(failure.what.contains(what), "{what}: {report}");
    }
}

#[test]
fn lies_about_an_election_signed_with_the_right_key_are_found_by_the_recount() {
    type Lie = fn(&mut Value);
    let lies: [(&str, usize, Lie, &str); 12] = [
        (
            "election.counted",
            0,
            |count| count["votes"] = json!([6, 4, 1]),
            "11 Stimmzettel waren ausgegeben, gezählt sind 12",
        ),
        ("election.counted", 0, |count| count["votes"] = json!([6, 3, 1]), "gewählt ist Erle"),
        ("election.counted", 1, |count| count["votes"] = json!([6, 4]), "gewählt ist Erle"),
        (
            "election.counted",
            0,
            |count| (count["papers"], count["blank"]) = (json!(13), json!(3)),
            "11 Stimmzettel waren ausgegeben",
        ),
        ("election.counted", 0, |count| count["quorum"]["entitled"] = json!(13), "stimmberechtigt: festgehalten 13"),
        (
            "election.declared",
            0,
            |declared| declared["outcome"] = json!({"is": "elected", "candidate": "Erle"}),
            "Stichwahl zwischen Erle und Ulme",
        ),
        ("election.declared", 0, |declared| declared["needed"] = json!(5), "nötig sind 6 von 11"),
        ("election.declared", 0, |declared| declared["norm"] = json!("§ 1"), "Vorschrift ist § 37 Abs. 7"),
        ("election.opened", 1, |opened| opened["candidates"] = json!(["Erle", "Linde"]), "kein solcher Wahlgang"),
        ("election.opened", 1, |opened| opened["mode"] = json!("open"), "nicht offen gewählt"),
        ("election.lot_drawn", 0, |lot| lot["drawn"] = json!(["Linde"]), "nicht gelost"),
        ("election.lot_drawn", 0, |lot| lot["drawer"] = json!("gr-12"), "nicht im Saal"),
    ];
    for (name, n, lie, what) in lies {
        let mut forged = Forged::of(&ELECTED);
        let line = forged.find(name, n);
        forged.payload(line, "finding", lie);
        let report = check(&forged.reseal().resign(&key()).text());
        let failure = report.first_failure().unwrap_or_else(|| panic!("{what}: accepted"));
        assert!(failure.what.contains(what), "{what}: {report}");
    }
}

/// A result that was declared wrongly, lifted, and found again by another round.
static STRUCK: LazyLock<String> = LazyLock::new(|| {
    let names = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect::<Vec<_>>();
    let mut sitting = Sitting::plan("sitzung-a", 9, packs::bundled("bw").unwrap());
    sitting.convene(MeetingFormat::InPerson);
    (0..9).for_each(|number| sitting.attest(number));
    sitting.chair(Command::Open);
    sitting.call("top-1");
    sitting.clerk(Command::MarkElection { item: "top-1".parse().unwrap(), kind: Some(ElectionKind::Honorary) });
    for (round, votes) in [("w1", [6, 3]), ("w2", [3, 6])] {
        sitting.chair(Command::OpenElection {
            round: ballot(round),
            mode: ElectionMode::Papers,
            candidates: names(&["Erle", "Ulme"]),
            tellers: names(&["Vera Zählfix", "Ute Nachzähl"]),
            second: false,
        });
        let (round, votes) = (ballot(round), votes.to_vec());
        let count = Command::CountElection { round: round.clone(), votes, no: 0, blank: 0, invalid: 0, missing: 0 };
        sitting.clerk(count);
        sitting.chair(Command::DeclareElection { round: round.clone() });
        if round.as_str() == "w1" {
            let reason = "Die Stapel waren vertauscht.".parse().unwrap();
            sitting.chair(Command::StrikeElection { round, reason });
        }
    }
    sitting.chair(Command::Close);
    sitting.bundle(&[])
});

#[test]
fn a_result_of_an_election_lifted_that_was_not_there_is_named() {
    passes(&check(&STRUCK));
    let struck = ("election.struck", 0);
    lie(&STRUCK, "election.struck", 0, |it| it["round"] = json!("w2"), struck, "gibt es nicht");
    lie(&STRUCK, "election.struck", 0, |it| it["item"] = json!("top-2"), struck, "ist nicht aufgerufen");
    // Left out, the same election would have been held twice.
    let mut forged = Forged::of(&STRUCK);
    let line = forged.find("election.struck", 0);
    forged.0.drain(line..line + 2);
    let forged = forged.reseal().resign(&key());
    let line = forged.find("election.opened", 1);
    fails(&check(&forged.text()), number(&forged.0[line]), "kein solcher Wahlgang zu halten");
}
