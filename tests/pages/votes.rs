//! Ballots in each state, and what a member is shown of himself.

use super::town::{COUNCIL, MOTION, State, TO, act};
use ratssaal::web::pages::act::{Blocked, Tone};
use ratssaal::web::pages::ballot::{Ballot, BallotBoard, NamedVote, Progress, Stage, Tally};
use ratssaal::web::pages::next::Choice;
use ratssaal::web::pages::people::Sense;
use ratssaal::web::pages::vote::{Alone, Complaint, OpenVote, OwnPlace, Receipt, Vote, VoteCard, VoteChoice};

pub fn running(stage: Stage) -> BallotBoard {
    BallotBoard {
        ballot: Some(Ballot {
            kind: "Namentliche Abstimmung".into(),
            context: "zu TOP 3, geöffnet um 19:22:41 Uhr".into(),
            motion: MOTION.into(),
            rule: "Es entscheidet die Mehrheit der Stimmen; Enthaltungen zählen nicht mit. Bei Stimmengleichheit ist abgelehnt (§ 37 Abs. 6 GemO).".into(),
            stage,
        }),
        election: None,
    }
}

pub fn board(state: State) -> BallotBoard {
    match state {
        State::Ballot => running(Stage::Open(Progress {
            cast: 8,
            entitled: 12,
            waiting: ["Carla Exempel", "Franziska Fiktiva", "Hanna Vordruck", "Jonas Modell"].map(Into::into).into(),
            barred: vec![],
        })),
        State::Recused => running(Stage::Open(Progress {
            cast: 9,
            entitled: 11,
            waiting: ["Carla Exempel", "Jonas Modell"].map(Into::into).into(),
            barred: vec!["Emil Platzhalter (befangen, § 18 GemO)".into()],
        })),
        State::Voted => running(Stage::Open(Progress { cast: 12, entitled: 12, waiting: vec![], barred: vec![] })),
        State::Counted | State::Closed => running(Stage::Counted(Tally {
            yes: 9,
            no: 2,
            abstain: 1,
            accepted: true,
            word: "Angenommen".into(),
            status: if state == State::Counted {
                "noch nicht festgestellt".into()
            } else {
                "festgestellt um 19:24:10 Uhr".into()
            },
            votes: COUNCIL
                .iter()
                .map(|person| NamedVote {
                    name: person.name.into(),
                    about: person.about.into(),
                    choice: match person.seat {
                        "sitz-05" | "sitz-11" => "Nein",
                        "sitz-08" => "Enthaltung",
                        "sitz-13" => "abwesend",
                        _ => "Ja",
                    }
                    .into(),
                    how: if person.seat == "sitz-07" { "zu Protokoll gehört".into() } else { String::new() },
                })
                .collect(),
        })),
        State::Interrupted => running(Stage::Void(
            "Bei Schluss der Abstimmung war der Gemeinderat nicht beschlussfähig (§ 37 Abs. 2 GemO).".into(),
        )),
        _ => BallotBoard { ballot: None, election: None },
    }
}

pub fn vote(state: State, own: &str) -> VoteCard {
    let kind = String::from("Namentliche Abstimmung zu TOP 3");
    let receipt =
        Receipt { choice: "Ja".into(), at: "19:23:05 Uhr".into(), number: "116".into(), head: "c04e 77d1".into() };
    let choices = |chosen: bool| {
        [("ja", "Ja", "yes"), ("nein", "Nein", "no"), ("enthaltung", "Enthaltung", "abstain")]
            .map(|(value, label, icon)| VoteChoice {
                act: act(&format!("vote-{value}"), "stimme", label)
                    .icon(icon)
                    .with("abstimmung", "a-3")
                    .with("wahl", value),
                chosen: chosen && value == "ja",
            })
            .into()
    };
    let open = |receipt: Option<Receipt>| {
        Vote::Open(OpenVote {
            kind: kind.clone(),
            motion: MOTION.into(),
            choices: choices(receipt.is_some()),
            receipt,
            openness: "Ihre Stimme erscheint mit Ihrem Namen in der Niederschrift.".into(),
        })
    };
    let state = match state {
        State::Ballot => open(None),
        State::Voted => open(Some(receipt)),
        State::Recused if own == "sitz-06" => Vote::Barred {
            kind: kind.clone(),
            motion: MOTION.into(),
            why: Blocked {
                reason: "Sie sind zu diesem Punkt befangen und wirken an Beratung und Entscheidung nicht mit.".into(),
                paragraph: "§ 18 Abs. 1 und 5 GemO".into(),
            },
        },
        State::Recused => open(Some(receipt)),
        State::Counted if own != "sitz-01" => Vote::Closed { kind, motion: MOTION.into(), receipt: Some(receipt) },
        _ => Vote::None,
    };
    VoteCard { state }
}

pub fn own_place(state: State) -> OwnPlace {
    let kinds = [
        ("bild", "Ich sehe die anderen nicht"),
        ("ton", "Ich höre die anderen nicht"),
        ("beides", "Beides"),
        ("anderes", "Etwas anderes"),
    ];
    let complaint = Complaint {
        to: TO.into(),
        command: "k-melden".into(),
        kinds: kinds.map(|(value, label)| Choice { value: value.into(), label: label.into() }).into(),
        sent: if state == State::Fault {
            "Ihre Meldung von 19:40:31 Uhr liegt dem Vorsitz vor.".into()
        } else {
            String::new()
        },
        paragraph: "§ 37a Abs. 2 Satz 3 GemO".into(),
    };
    let (sense, word, since, detail) = match state {
        State::Planned => (
            Sense::Arrives,
            "Ihr Bild und Ihr Ton treffen ein",
            "seit 18:52:40 Uhr",
            "Alles bereit. Die Sitzung beginnt um 19:00 Uhr.",
        ),
        State::Fault => (
            Sense::Lost,
            "Ihr Bild trifft nicht ein",
            "seit 19:40:12 Uhr",
            "Sie zählen zurzeit nicht als anwesend. Prüfen Sie Ihre Kamera. Technische Moderation: Telefon 07000 0000.",
        ),
        State::Interrupted => (
            Sense::Lost,
            "Ihr Bild und Ihr Ton treffen nicht ein",
            "seit 19:40:12 Uhr",
            "Die Sitzung ist unterbrochen. Sie versäumen nichts. Die Verbindung wird neu aufgebaut.",
        ),
        State::Disconnected => {
            (Sense::Falters, "Ihr Ton setzt aus", "seit 19:40:21 Uhr", "Noch zählen Sie als anwesend.")
        }
        State::Recused => (Sense::Away, "Bild und Ton sind getrennt", "seit 19:20:02 Uhr", ""),
        State::Closed => (Sense::Away, "Kamera und Mikrofon sind aus", "", "Die Sitzung ist geschlossen. Vielen Dank."),
        _ => (Sense::Arrives, "Ihr Bild und Ihr Ton treffen ein", "seit 18:52:40 Uhr", ""),
    };
    OwnPlace {
        sense,
        word: word.into(),
        since: since.into(),
        detail: detail.into(),
        recused: (state == State::Recused).then(|| Blocked {
            reason: "Sie sind zu TOP 3 befangen, bis der Punkt abgeschlossen ist. Dem öffentlichen Teil können Sie als Zuhörer folgen.".into(),
            paragraph: "§ 18 Abs. 5 GemO".into(),
        }),
        alone: None,
        filming: (state == State::Ballot).then(|| Alone {
            title: "Film- und Tonaufnahmen".into(),
            words: "Sie haben nicht eingewilligt. Aufgenommen wird nur, wenn alle anwesenden Mitglieder einwilligen (§ 35 Abs. 3 Satz 2 GemO).".into(),
            act: Some(act("own-aufnahme", "aufnahme_einwilligen", "Ich willige ein").tone(Tone::Quiet).with("antwort", "ja")),
        }),
        leads: (state == State::Interrupted).then(|| Alone {
            title: "Vorsitz".into(),
            words: "Bürgermeisterin Probe kann die Sitzung gerade nicht leiten.".into(),
            act: Some(act("own-vorsitz", "vorsitz_uebernehmen", "Vorsitz übernehmen").tone(Tone::Main)),
        }),
        complaint: (!matches!(state, State::Planned | State::Closed)).then_some(complaint),
    }
}
