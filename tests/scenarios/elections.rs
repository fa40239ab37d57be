//! The lines of an election, of special majorities, secret ballots, guided roll calls and repetitions.

use super::meeting_kit::{NAMES, ballot, item, seat};
use super::script::Script;
use super::words::meaning;
use ratssaal::domain::id::SeatId;
use ratssaal::domain::meeting::command::Terms;
use ratssaal::domain::meeting::election::Needs;
use ratssaal::domain::meeting::event::{ElectionKind, ElectionMode, Method, StrikeGround};
use ratssaal::domain::meeting::{Command, Event, Meeting, view};
use ratssaal::domain::text::Name;

const METHODS: [(&str, Method); 3] =
    [("geheim", Method::Papers), ("namentlich", Method::RollCall), ("durch Handzeichen", Method::ShowOfHands)];
const GROUNDS: [(&str, StrikeGround); 2] =
    [("einer Rüge", StrikeGround::Complaint), ("eines Versehens", StrikeGround::Mistake)];
const KINDS: [(&str, Option<ElectionKind>); 4] = [
    ("eine Wahl ins Ehrenamt", Some(ElectionKind::Honorary)),
    ("eine Wahl ins Hauptamt", Some(ElectionKind::Office)),
    ("eine Personalentscheidung", Some(ElectionKind::Staff)),
    ("keine Wahl", None),
];
const WAYS: [(&str, ElectionMode, bool); 3] = [
    ("lässt geheim wählen: ", ElectionMode::Papers, false),
    ("lässt offen wählen: ", ElectionMode::Open, false),
    ("lässt im zweiten Wahlgang wählen: ", ElectionMode::Papers, true),
];

impl Script {
    /// Whatever belongs to an election.
    pub(super) fn election(&mut self, what: &str) -> Option<Command> {
        if let Some(command) = self.on_terms(what).or_else(|| self.repeated(what)) {
            return Some(command);
        }
        if let Some((number, kind)) = what.strip_prefix("TOP ").and_then(|rest| rest.split_once(" ist "))
            && let Some(kind) = meaning(&KINDS, kind)
        {
            return Some(Command::MarkElection { item: item(number), kind });
        }
        if let Some((names, mode, second)) =
            WAYS.iter().find_map(|(words, mode, second)| Some((what.strip_prefix(words)?, *mode, *second)))
        {
            self.ballots += 1;
            let (names, tellers) = names.split_once("; es zählen ").unwrap_or((names, "Vera Zählfix, Ute Nachzähl"));
            let list = |names: &str| names.split(", ").map(str::parse).collect::<Result<Vec<Name>, _>>().ok();
            return Some(Command::OpenElection {
                round: ballot(&format!("a{}", self.ballots)),
                mode,
                candidates: list(names)?,
                tellers: list(tellers)?,
                second,
            });
        }
        let round = ballot(&format!("a{}", self.ballots));
        if let Some(rest) = what.strip_prefix("zählt aus ") {
            let (votes, rest) = rest.split_once("; ").unwrap_or((rest, ""));
            let other = |word: &str| {
                let part = rest.split(", ").find_map(|part| part.strip_prefix(word));
                part.map_or(Some(0), |number| number.trim().parse().ok())
            };
            return Some(Command::CountElection {
                round,
                votes: votes.split(", ").map(str::parse).collect::<Result<_, _>>().ok()?,
                no: other("Nein")?,
                blank: other("leer")?,
                invalid: other("ungültig")?,
                missing: other("fehlend")?,
            });
        }
        if let Some(rest) = what.strip_prefix("Los: ") {
            let (drawn, drawer) = rest.split_once(", gezogen von ")?;
            return Some(Command::DrawLot {
                drawn: drawn.split(" und ").map(str::parse).collect::<Result<_, _>>().ok()?,
                drawer: seat(NAMES.iter().position(|known| *known == drawer)?),
                maker: "Nora Nusszweig".parse().ok()?,
            });
        }
        Some(match what {
            "widerspricht der offenen Wahl" => Command::ObjectElection { named: false },
            "widerspricht der offenen Wahl namentlich" => Command::ObjectElection { named: true },
            "Wahlergebnis feststellen" => Command::DeclareElection { round },
            "Wahlergebnis aufheben" => Command::StrikeElection { round, reason: "Falsch ausgezählt.".parse().ok()? },
            "Wahlgang verwerfen" => Command::VoidElection { round, reason: "Ein Stimmzettel zu viel.".parse().ok()? },
            _ => return None,
        })
    }
}

impl Script {
    /// `abstimmen, geheim`, `abstimmen, namentlich ab M`, `abstimmen, namentlich mit der Mehrheit main_bylaw`
    pub(super) fn on_terms(&mut self, what: &str) -> Option<Command> {
        let rest = what.strip_prefix("abstimmen, ")?;
        let (way, terms) = if let Some((way, key)) = rest.split_once(" mit der Mehrheit ") {
            (way, Terms { majority: Some(key.into()), ..Terms::default() })
        } else if let Some((way, letter)) = rest.split_once(" ab ") {
            (way, Terms { start: letter.chars().next(), ..Terms::default() })
        } else if rest == "geheim" {
            (rest, Terms::default())
        } else {
            return None;
        };
        self.ballots += 1;
        Some(Command::OpenBallot {
            ballot: ballot(&format!("a{}", self.ballots)),
            method: meaning(&METHODS, way)?,
            wording: "Der Vorlage wird zugestimmt.".parse().ok()?,
            motion: None,
            terms,
        })
    }

    /// `zählt Stimmzettel 5 Ja, 3 Nein, 1 leer, 1 ungültig, 1 fehlend`, `hebt das Ergebnis auf wegen einer Rüge: …`
    fn repeated(&self, what: &str) -> Option<Command> {
        let ballot = ballot(&format!("a{}", self.ballots));
        if let Some(rest) = what.strip_prefix("zählt Stimmzettel ") {
            let part = |word: &str| {
                let found = rest.split(", ").find_map(|part| part.strip_suffix(word));
                found.map_or(Some(0), |number| number.trim().parse().ok())
            };
            let (yes, no, abstain) = (part("Ja")?, part("Nein")?, part("leer")?);
            return Some(Command::CountPapers {
                ballot,
                yes,
                no,
                abstain,
                invalid: part("ungültig")?,
                missing: part("fehlend")?,
            });
        }
        let (ground, reason) = what.strip_prefix("hebt das Ergebnis auf wegen ")?.split_once(": ")?;
        Some(Command::StrikeResult { ballot, ground: meaning(&GROUNDS, ground)?, reason: reason.parse().ok()? })
    }
}

/// Names in the order they are called.
pub fn call_order(meeting: &Meeting) -> String {
    let name = |seat: &&SeatId| meeting.seats[*seat].name.to_string();
    view::call_order(meeting).iter().map(name).collect::<Vec<_>>().join(", ")
}

/// `gewählt Erle, nötig 8 von 15`: where the last election stands.
pub fn standing(meeting: &Meeting) -> String {
    let last = |meeting: &Meeting| {
        meeting
            .elections
            .values()
            .filter(|election| !election.rounds.is_empty())
            .max_by_key(|election| election.rounds.last().map(|round| round.at))
            .cloned()
    };
    let Some(election) = last(meeting) else { return "keine Wahl".into() };
    let list = |names: &[Name]| names.iter().map(Name::as_str).collect::<Vec<_>>().join(" und ");
    let round = election.rounds.last().unwrap();
    let needed = match round.declared.needed {
        0 => String::new(),
        needed => format!(", nötig {needed} von {}", round.declared.base),
    };
    let word = match election.needs() {
        Needs::First => "noch einmal wählen".to_owned(),
        Needs::RunOff(names) => format!("Stichwahl zwischen {}", list(&names)),
        Needs::Second(name) => format!("zweiter Wahlgang mit {name}"),
        Needs::Lot { tied, places: 1 } => format!("Los zwischen {}", list(&tied)),
        Needs::Lot { tied, .. } => format!("zwei Lose zwischen {}", list(&tied)),
        Needs::Over(Some(name)) => format!("gewählt {name}"),
        Needs::Over(None) => "niemand gewählt".to_owned(),
    };
    format!("{word}{needed}")
}

/// What happened, as a scenario says it behind its arrow.
pub fn event(event: &Event) -> String {
    match event {
        Event::ElectionMarked(marked) if marked.kind.is_some() => "als Wahl vermerkt".into(),
        Event::ElectionMarked(_) => "keine Wahl".into(),
        Event::ElectionObjected(objected) if objected.seat.is_some() => "namentlich widersprochen".into(),
        Event::ElectionStruck(_) => "Wahlergebnis aufgehoben".into(),
        Event::ElectionObjected(_) => "ein Mitglied widerspricht".into(),
        Event::ElectionOpened(_) => "Wahlgang eröffnet".into(),
        Event::ElectionCounted(_) => "ausgezählt".into(),
        Event::ElectionDeclared(_) => "Wahlergebnis festgestellt".into(),
        Event::LotDrawn(_) => "Los gezogen".into(),
        Event::ElectionVoided(_) => "Wahlgang verworfen".into(),
        _ => String::new(),
    }
}
