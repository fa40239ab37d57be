//! One `Wahl` (§ 37 (7) GemO BW): who stood, who counted, how many votes each had, the majority, the lot. Who voted how is
//! nowhere.

use super::build::Desk;
use super::model::{Content, Fact, Section, Table};
use super::words;
use crate::domain::meeting::election::CountedRound;
use crate::domain::meeting::event::{ElectionKind, ElectionMode, ElectionOutcome, ElectionRound};
use crate::domain::meeting::{Event, Item};
use crate::domain::text::Name;

/// The rounds of an item that is an election, with what happened between them.
#[expect(clippy::wildcard_enum_match_arm, reason = "two events of many")]
pub fn write(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    let Some(election) = desk.meeting.election(&item.id) else { return };
    let what = match election.kind {
        ElectionKind::Honorary => "Wahl zu einer ehrenamtlichen Tätigkeit",
        ElectionKind::Office => "Wahl in ein hauptamtliches Amt",
        ElectionKind::Staff => "Personalentscheidung durch Wahl",
    };
    section.add("wahl", Content::Heading(what.into()));
    let mut called = false;
    for entry in desk.entries {
        match &entry.event {
            Event::ItemCalled(now) => called = now.item == item.id,
            Event::ElectionObjected(objected) if objected.item == item.id => {
                let who = objected.seat.as_ref().map_or_else(|| "Ein Mitglied".to_owned(), |seat| desk.name(seat));
                let norm = desk.rules.election_default_mode.norm();
                let sentence = format!(
                    "{who} widersprach um {} der offenen Wahl; es wurde geheim mit Stimmzetteln gewählt ({norm}).",
                    desk.clock.time(entry.occurred_at)
                );
                section.say(format!("widerspruch-{}", entry.number), sentence);
            }
            Event::ElectionVoided(voided) if called => {
                let sentence = format!(
                    "Um {} verwarf der Vorsitz den Wahlgang vor seinem Ergebnis; kein Stimmzettel zählt. Grund: {}",
                    desk.clock.time(entry.occurred_at),
                    voided.reason
                );
                section.say(format!("verworfen-{}", entry.number), sentence);
            }
            _ => {}
        }
    }
    let standing = election.rounds.iter().map(|round| (round, None));
    let lifted = election.struck.iter().map(|(round, reason, at)| (round, Some((reason, *at))));
    let mut rounds: Vec<_> = standing.chain(lifted).collect();
    rounds.sort_by_key(|(round, _)| round.at);
    for (round, lifted) in rounds {
        self::round(desk, round, section);
        if let Some((reason, at)) = lifted {
            let sentence = format!(
                "Dieses Ergebnis gilt nicht: Um {} hob der Vorsitz es auf; der Wahlgang war zu wiederholen. Grund: {reason}",
                desk.clock.time(at)
            );
            section.add(format!("{}.aufgehoben", round.declared.round), Content::Finding(sentence));
        }
    }
    if election.rounds.is_empty() {
        section.add("wahl-ergebnis", Content::Finding("Ein Wahlergebnis ist nicht festgestellt.".into()));
    }
}

fn round(desk: &Desk<'_>, round: &CountedRound, section: &mut Section) {
    let part = |name: &str| format!("{}.{name}", round.declared.round);
    let title = match round.which {
        ElectionRound::First => "Erster Wahlgang",
        ElectionRound::Second => "Zweiter Wahlgang",
        ElectionRound::RunOff => "Stichwahl",
    };
    section.add(part("titel"), Content::Heading(title.into()));
    section.add(part("angaben"), Content::Facts(facts(desk, round)));
    section.add(part("zahlen"), Content::Table(votes(round)));
    section.add(part("ergebnis"), Content::Finding(outcome(desk, round)));
    if let Some(lot) = &round.lot {
        let sentence = format!(
            "Das Los entschied. Die Lose stellte {} her, gezogen hat {}. Gezogen wurde {} ({}).",
            lot.maker,
            desk.name(&lot.drawer),
            list(&lot.drawn),
            match round.declared.outcome {
                ElectionOutcome::PlacesTied { .. } => desk.rules.election_runoff_places.norm(),
                ElectionOutcome::Elected { .. }
                | ElectionOutcome::RunOff { .. }
                | ElectionOutcome::Lot { .. }
                | ElectionOutcome::SecondRound
                | ElectionOutcome::NotElected
                | ElectionOutcome::NoDecision => desk.rules.election_runoff.norm(),
            }
        );
        section.add(part("los"), Content::Finding(sentence));
    }
    let remote = desk.course.without_ballot.get(&round.declared.round);
    let remote = desk.names(|seat| remote.is_some_and(|seats| seats.contains(seat)));
    if !remote.is_empty() {
        let norm = desk.rules.election_remote_mode.norm();
        let sentence = format!("Zugeschaltet und daher nicht stimmberechtigt ({norm}): {}.", words::list(&remote));
        section.say(part("zugeschaltet"), sentence);
    }
}

fn facts(desk: &Desk<'_>, round: &CountedRound) -> Vec<Fact> {
    let mode = match round.mode {
        ElectionMode::Papers => "geheim mit Stimmzetteln",
        ElectionMode::Open => "offen durch Handzeichen; kein Mitglied widersprach",
    };
    let count = &round.count;
    let mut facts = vec![
        Fact::new("Wahlverfahren", format!("{mode} ({})", desk.rules.election_default_mode.norm())),
        Fact::new("Stimmenzähler", list(&round.tellers)),
        Fact::new("Stimmberechtigte im Saal", count.papers.to_string()),
        Fact::new("Beschlussfähigkeit des Saals", words::quorum_figures(&count.quorum)),
    ];
    if round.declared.needed > 0 {
        let needed = format!(
            "{} von {} Stimmen ({})",
            round.declared.needed,
            round.declared.base,
            desk.rules.election_share.norm()
        );
        facts.push(Fact::new("Nötige Mehrheit", needed));
    }
    facts
}

fn votes(round: &CountedRound) -> Table {
    let count = &round.count;
    let mut table = Table::new([("Stimmen für", 5), ("Zahl", 1)]);
    for (name, votes) in round.candidates.iter().zip(&count.votes) {
        table.row([name.to_string(), votes.to_string()]);
    }
    let mut others =
        vec![("Enthaltungen", count.blank), ("ungültig", count.invalid), ("nicht abgegeben", count.missing)];
    if round.candidates.len() == 1 {
        others.insert(0, ("Nein", count.no));
    }
    for (what, number) in others {
        table.row([what.to_owned(), number.to_string()]);
    }
    table
}

fn outcome(desk: &Desk<'_>, round: &CountedRound) -> String {
    let norm = &round.declared.norm;
    let found = match &round.declared.outcome {
        ElectionOutcome::Elected { candidate } => format!("Gewählt ist {candidate} ({norm})"),
        ElectionOutcome::RunOff { candidates } => {
            format!("Niemand hat die nötige Mehrheit; es folgt die Stichwahl zwischen {} ({norm})", list(candidates))
        }
        ElectionOutcome::PlacesTied { tied, .. } => format!(
            "Niemand hat die nötige Mehrheit; um die Stichwahl entscheidet bei gleicher Stimmenzahl von {} das Los ({norm})",
            list(tied)
        ),
        ElectionOutcome::Lot { candidates } => {
            format!("Stimmengleichheit zwischen {}; es entscheidet das Los ({norm})", list(candidates))
        }
        ElectionOutcome::SecondRound => {
            format!("Die nötige Mehrheit ist nicht erreicht; ein zweiter Wahlgang findet statt ({norm})")
        }
        ElectionOutcome::NotElected => format!("Die nötige Mehrheit ist nicht erreicht; niemand ist gewählt ({norm})"),
        ElectionOutcome::NoDecision => format!(
            "Niemand ist gewählt: Bei der Auszählung waren im Saal {} Stimmberechtigte, nötig waren {} ({norm})",
            round.count.quorum.entitled, round.count.quorum.needed
        ),
    };
    format!("{found}. Festgestellt um {}.", desk.clock.time(round.at))
}

fn list(names: &[Name]) -> String {
    words::list(&names.iter().map(ToString::to_string).collect::<Vec<_>>())
}
