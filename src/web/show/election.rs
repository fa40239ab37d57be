//! An election on the screens: who is proposed, how far it is, what came of it. Of a choice nothing is known here.

mod desk;
mod published;
mod told;

pub use desk::{called, entries, kinds, mark_form, running};
pub use published::rows;
pub use told::{entry, said};

use super::scene::{Forms, Scene};
use super::{when, words};
use crate::domain::id::SeatId;
use crate::domain::meeting::election::{CountedRound, Election, Needs, OpenRound};
use crate::domain::meeting::event::{ElectionKind, ElectionMode, ElectionOutcome, ElectionRound};
use crate::domain::meeting::{Business, Command};
use crate::domain::text::Name;
use crate::web::pages::act::Tone;
use crate::web::pages::ballot::{Candidate, Election as Card};
use crate::web::pages::vote::Vote;

/// What is elected, as a heading.
pub const fn kind(kind: ElectionKind) -> &'static str {
    match kind {
        ElectionKind::Honorary => "Wahl zu einer ehrenamtlichen Tätigkeit",
        ElectionKind::Office => "Wahl in ein hauptamtliches Amt",
        ElectionKind::Staff => "Personalentscheidung durch Wahl",
    }
}

/// `Wahlgang`.
pub const fn which(round: ElectionRound) -> &'static str {
    match round {
        ElectionRound::First => "Erster Wahlgang",
        ElectionRound::Second => "Zweiter Wahlgang",
        ElectionRound::RunOff => "Stichwahl",
    }
}

const fn mode(mode: ElectionMode) -> &'static str {
    match mode {
        ElectionMode::Papers => "geheim mit Stimmzetteln",
        ElectionMode::Open => "offen durch Handzeichen",
    }
}

/// „Anna Muster und Bert Muster“.
fn list(names: &[Name]) -> String {
    match names {
        [] => String::new(),
        [one] => one.to_string(),
        [before @ .., last] => {
            let before: Vec<&str> = before.iter().map(Name::as_str).collect();
            format!("{} und {last}", before.join(", "))
        }
    }
}

/// What came of a round, as a sentence without its full stop.
pub fn outcome(outcome: &ElectionOutcome) -> String {
    match outcome {
        ElectionOutcome::Elected { candidate } => format!("Gewählt ist {candidate}"),
        ElectionOutcome::RunOff { candidates } => format!("Stichwahl zwischen {}", list(candidates)),
        ElectionOutcome::PlacesTied { tied, .. } => {
            format!("Stimmengleichheit: Das Los entscheidet zwischen {}, wer in die Stichwahl kommt", list(tied))
        }
        ElectionOutcome::Lot { candidates } => {
            format!("Stimmengleichheit: Das Los entscheidet zwischen {}", list(candidates))
        }
        ElectionOutcome::SecondRound => "Nicht gewählt; ein zweiter Wahlgang folgt".into(),
        ElectionOutcome::NotElected => "Niemand ist gewählt".into(),
        ElectionOutcome::NoDecision => "Niemand ist gewählt: Der Saal war nicht beschlussfähig".into(),
    }
}

/// The state of an election in a line of the agenda.
pub fn word(election: &Election) -> Option<String> {
    let last = election.rounds.last()?;
    Some(match (&last.lot, election.needs()) {
        (Some(_), Needs::Over(Some(name))) => format!("gewählt durch Los: {name}"),
        (None, Needs::Over(Some(name))) => format!("gewählt: {name}"),
        (_, Needs::Over(None)) => "niemand gewählt".into(),
        (_, Needs::RunOff(_)) => "Stichwahl steht aus".into(),
        (_, Needs::Second(_)) => "zweiter Wahlgang steht aus".into(),
        (_, Needs::Lot { .. }) => "Losentscheid steht aus".into(),
        (_, Needs::First) => "noch nicht gewählt".into(),
    })
}

/// The election at the called item.
pub fn card(scene: Scene<'_>) -> Option<Card> {
    let item = scene.called().filter(|item| scene.sees(item))?;
    let election = scene.meeting.election(&item.id)?;
    let top = format!("zu TOP {}", item.number);
    let mut card = match (scene.meeting.open_round(), election.rounds.last()) {
        (Some(round), _) => open(round, &top),
        (None, Some(last)) => counted(last, &top),
        (None, None) => Card {
            kind: kind(election.kind).into(),
            context: top,
            verdict: "Noch kein Wahlgang".into(),
            elected: false,
            candidates: Vec::new(),
            facts: Vec::new(),
            rule: String::new(),
            before: Vec::new(),
            entries: Vec::new(),
        },
    };
    let shown = usize::from(scene.meeting.open_round().is_none());
    let done = election.rounds.len().saturating_sub(shown);
    card.before = election.rounds.iter().take(done).map(line).collect();
    if election.objected {
        card.before.push("Der offenen Wahl wurde widersprochen; es wird geheim gewählt.".into());
    }
    card.rule = rule(scene);
    Some(card)
}

fn rule(scene: Scene<'_>) -> String {
    let rules = scene.rules;
    format!(
        "Gewählt wird im Saal; zugeschaltete Mitglieder sind nicht stimmberechtigt ({}). Gewählt ist, wer mehr als die Hälfte \
         der Stimmen der anwesenden Stimmberechtigten hat ({}), sonst folgt bei mehreren die Stichwahl ({}).",
        rules.election_remote_mode.norm(),
        rules.election_share.norm(),
        rules.election_runoff.norm()
    )
}

fn open(round: &OpenRound, top: &str) -> Card {
    Card {
        kind: which(round.which).into(),
        context: format!("{top}, {}, eröffnet um {}", mode(round.mode), when::second(round.opened_at)),
        verdict: if round.count.is_some() {
            "Ausgezählt, Ergebnis noch nicht festgestellt".into()
        } else {
            "Der Wahlgang läuft im Saal".into()
        },
        elected: false,
        candidates: round.candidates.iter().map(|name| Candidate { name: name.to_string(), votes: None }).collect(),
        facts: vec![
            ("Stimmberechtigt im Saal".into(), round.electorate.len().to_string()),
            ("Es zählen aus".into(), list(&round.tellers)),
        ],
        rule: String::new(),
        before: Vec::new(),
        entries: Vec::new(),
    }
}

fn counted(round: &CountedRound, top: &str) -> Card {
    let count = &round.count;
    let candidates = round.candidates.iter().zip(&count.votes);
    let mut facts = Vec::new();
    if round.candidates.len() == 1 {
        facts.push(("Nein".into(), count.no.to_string()));
    }
    facts.push(("Enthaltungen".into(), count.blank.to_string()));
    facts.push(("Ungültig".into(), count.invalid.to_string()));
    facts.push(("Nicht abgegeben".into(), count.missing.to_string()));
    facts.push(("Stimmberechtigt im Saal".into(), count.papers.to_string()));
    if round.declared.needed > 0 {
        facts.push(("Nötig".into(), words::count(round.declared.needed, "Stimme", "Stimmen")));
    }
    facts.push(("Es zählten aus".into(), list(&round.tellers)));
    let elected = match (&round.lot, &round.declared.outcome) {
        (Some(_), ElectionOutcome::Lot { .. }) | (_, ElectionOutcome::Elected { .. }) => true,
        (Some(_) | None, _) => false,
    };
    Card {
        kind: which(round.which).into(),
        context: format!("{top}, {}, festgestellt um {}", mode(round.mode), when::second(round.at)),
        verdict: verdict(round),
        elected,
        candidates: candidates.map(|(name, votes)| Candidate { name: name.to_string(), votes: Some(*votes) }).collect(),
        facts,
        rule: String::new(),
        before: Vec::new(),
        entries: Vec::new(),
    }
}

fn verdict(round: &CountedRound) -> String {
    match (&round.lot, &round.declared.outcome) {
        (Some(lot), ElectionOutcome::Lot { .. }) => format!("Gewählt durch Los ist {}", list(&lot.drawn)),
        (Some(lot), _) => format!("Durch Los in der Stichwahl: {}", list(&lot.drawn)),
        (None, declared) => outcome(declared),
    }
}

/// A round in one line.
fn line(round: &CountedRound) -> String {
    let votes: Vec<String> =
        round.candidates.iter().zip(&round.count.votes).map(|(name, votes)| format!("{name} {votes}")).collect();
    format!("{}: {}. {}.", which(round.which), votes.join(", "), verdict(round))
}

/// What a member sees of an election on the own place.
pub fn own(forms: &mut Forms<'_, '_>, seat: &SeatId) -> Vote {
    let scene = forms.scene;
    let Some(item) = scene.called() else { return Vote::None };
    let Some(election) = scene.meeting.election(&item.id) else { return Vote::None };
    let open = match scene.meeting.business() {
        Some(Business::Election(round)) => Some(round),
        Some(Business::Item(_)) if !election.is_over() => None,
        Some(Business::Between | Business::Item(_) | Business::Ballot(_) | Business::Counting(_)) | None => {
            return Vote::None;
        }
    };
    let in_room = scene.meeting.is_in_room(seat);
    let recused = scene.meeting.is_recused(&item.id, seat);
    let (note, paragraph) = match open {
        _ if recused => ("Wegen Befangenheit wählen Sie nicht mit.", scene.rules.recusal_leaves.norm()),
        _ if !in_room => {
            ("Zugeschaltete Mitglieder sind bei Wahlen nicht stimmberechtigt.", scene.rules.election_remote_mode.norm())
        }
        Some(OpenRound { mode: ElectionMode::Papers, .. }) => {
            ("Sie erhalten einen Stimmzettel aus Papier. An diesem Gerät wird nicht gewählt.", "")
        }
        Some(OpenRound { mode: ElectionMode::Open, .. }) => ("Gewählt wird durch Handzeichen im Saal.", ""),
        None => ("Die Wahl beginnt, sobald der Vorsitz den Wahlgang eröffnet.", ""),
    };
    let title = if open.is_some() { "Wahl im Saal" } else { "Gleich wird im Saal gewählt" };
    let mut acts = Vec::new();
    if scene.may(&Command::ObjectElection { named: false }).is_ok() {
        let law = scene.rules.election_default_mode.norm();
        let quiet = forms.act(
            "vote-widerspruch",
            "wahl_widersprechen",
            "Offener Wahl widersprechen",
            &Command::ObjectElection { named: false },
        );
        let note = format!(
            "Dann wird geheim mit Stimmzetteln gewählt ({law}). Festgehalten wird nur, dass ein Mitglied widerspricht."
        );
        acts.push(quiet.note(note));
        let named = Command::ObjectElection { named: true };
        let named = forms.act("vote-widerspruch-name", "wahl_widersprechen", "Widersprechen, mit meinem Namen", &named);
        acts.push(named.tone(Tone::Quiet).with("namentlich", "ja"));
    }
    let which = open.map_or_else(|| kind(election.kind), |round| which(round.which));
    Vote::Hall {
        kind: format!("{which} zu TOP {}", item.number),
        title: title.into(),
        names: open.map(|round| round.candidates.iter().map(ToString::to_string).collect()).unwrap_or_default(),
        note: note.into(),
        paragraph: paragraph.into(),
        acts,
    }
}
