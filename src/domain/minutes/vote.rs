//! One `Abstimmung`: wording, method, figures, result, and by name what was given by name.

use super::build::Desk;
use super::course::{Ballot, Closing};
use super::model::{Content, Fact, Section, Table};
use super::words;
use crate::domain::id::SeatId;
use crate::domain::majority::Outcome;
use crate::domain::meeting::Recorded;
use crate::domain::meeting::event::{Method, ResultDeclared, ResultStruck, StrikeGround, VoidReason, Way};

pub fn write(desk: &Desk<'_>, ballot: &Ballot, heading: &str, section: &mut Section) {
    let part = |name: &str| format!("{}.{name}", ballot.id);
    section.add(part("titel"), Content::Heading(heading.to_owned()));
    section.add(part("wortlaut"), Content::Wording(ballot.wording.to_string()));
    section.add(part("angaben"), Content::Facts(facts(desk, ballot)));
    match (&ballot.result, &ballot.closing) {
        (Some((result, entry)), Some(closing)) => {
            section.add(part("zahlen"), Content::Table(totals(result)));
            section.add(part("ergebnis"), Content::Finding(outcome(desk, result, closing, entry)));
            by_name(desk, ballot, result, closing, section);
            if let Some((struck, entry)) = &ballot.repealed {
                section.add(part("aufgehoben"), Content::Finding(repealed(desk, struck, entry)));
            }
        }
        _ => section.add(part("ergebnis"), Content::Finding(without_result(desk, ballot))),
    }
    for (seat, since) in &ballot.struck {
        let sentence = format!(
            "Eine abgegebene Stimme von {} zählt nicht: Nach der Messung war das Mitglied seit {} abwesend.",
            desk.name(seat),
            desk.clock.exact(*since)
        );
        section.say(part(&format!("gestrichen-{seat}")), sentence);
    }
}

fn facts(desk: &Desk<'_>, ballot: &Ballot) -> Vec<Fact> {
    let opened = format!("{}{}", desk.clock.time(ballot.opened.occurred_at), desk.clock.late(&ballot.opened));
    let mut facts = vec![
        Fact::new("Art der Abstimmung", words::method(ballot.method)),
        Fact::new("Eröffnet", format!("{opened} ({})", words::quorum_figures(&ballot.quorum_at_opening))),
    ];
    if let Some(closing) = &ballot.closing {
        let at = desk.clock.time(closing.at);
        facts.push(Fact::new("Geschlossen", format!("{at} ({})", words::quorum_figures(&closing.quorum))));
    }
    let special = desk.rules.majority_special.value();
    if let Some(asked) = special.iter().find(|one| Some(&one.key) == ballot.majority.as_ref()) {
        facts.push(Fact::new("Besondere Mehrheit", format!("{} ({})", asked.text, asked.norm)));
    }
    if let Some(letter) = ballot.start {
        facts.push(Fact::new("Aufruf", format!("nach dem Alphabet ab {letter}, der Vorsitz zuletzt")));
    }
    facts
}

/// The result stands no longer, and why.
fn repealed(desk: &Desk<'_>, struck: &ResultStruck, entry: &Recorded) -> String {
    let ground = match struck.ground {
        StrikeGround::Complaint => format!("wegen einer gerügten Störung ({})", desk.rules.fault_healing.norm()),
        StrikeGround::Mistake => "wegen eines Versehens".to_owned(),
    };
    let at = desk.clock.time(entry.occurred_at);
    format!(
        "Dieses Ergebnis gilt nicht: Der Vorsitz hob es um {at} {ground} auf, um die Abstimmung zu wiederholen. {}",
        struck.reason
    )
}

fn totals(result: &ResultDeclared) -> Table {
    let mut table = Table::new([("Ja", 1), ("Nein", 1), ("Enthaltung", 1), ("nicht abgegeben", 1)]);
    table.row([result.yes, result.no, result.abstain, result.missing].map(|votes| votes.to_string()));
    table
}

fn outcome(desk: &Desk<'_>, result: &ResultDeclared, closing: &Closing, entry: &Recorded) -> String {
    let everybody = result.no == 0 && result.abstain == 0 && result.missing == 0 && result.yes > 0;
    let found = match result.outcome {
        Outcome::Adopted | Outcome::Rejected if let Some(need) = result.special => {
            let verb = if result.outcome == Outcome::Adopted { "angenommen" } else { "abgelehnt" };
            format!(
                "Der Antrag ist {verb}: {} Ja-Stimmen, nötig waren {} von {} ({})",
                result.yes, need.needed, need.base, result.norm
            )
        }
        Outcome::Adopted if everybody => format!("Der Antrag ist einstimmig angenommen ({})", result.norm),
        Outcome::Adopted => format!("Der Antrag ist angenommen ({})", result.norm),
        Outcome::Rejected if result.yes == result.no => {
            format!("Der Antrag ist bei Stimmengleichheit abgelehnt ({})", desk.rules.vote_tie.norm())
        }
        Outcome::Rejected => format!("Der Antrag ist abgelehnt ({})", result.norm),
        Outcome::NoDecision => format!(
            "Kein Beschluss: Bei der Schließung waren {} Stimmberechtigte anwesend, nötig waren {} ({})",
            closing.quorum.entitled, closing.quorum.needed, result.norm
        ),
    };
    format!("{found}. Festgestellt um {}{}.", desk.clock.time(entry.occurred_at), desk.clock.late(entry))
}

fn without_result(desk: &Desk<'_>, ballot: &Ballot) -> String {
    match &ballot.voided {
        Some((VoidReason::Chair, entry)) => format!(
            "Diese Abstimmung wurde um {} vom Vorsitz vor einem Ergebnis verworfen; keine ihrer Stimmen zählt.",
            desk.clock.time(entry.occurred_at)
        ),
        Some((VoidReason::Interruption, entry)) => format!(
            "Diese Abstimmung wurde um {} nach der Unterbrechung verworfen, um wiederholt zu werden; keine ihrer Stimmen zählt.",
            desk.clock.time(entry.occurred_at)
        ),
        None => "Ein Ergebnis ist noch nicht festgestellt.".to_owned(),
    }
}

fn by_name(desk: &Desk<'_>, ballot: &Ballot, result: &ResultDeclared, closing: &Closing, section: &mut Section) {
    let part = |name: &str| format!("{}.{name}", ballot.id);
    if let (Method::ShowOfHands, Some(hands)) = (ballot.method, &ballot.hands) {
        let sentence = format!(
            "Im Sitzungsraum zählte die Schriftführung {} Ja, {} Nein, {} {}; {} ohne Handzeichen.",
            hands.yes,
            hands.no,
            hands.abstain,
            words::verb(usize::try_from(hands.abstain).unwrap_or(usize::MAX), "Enthaltung", "Enthaltungen"),
            hands.none
        );
        section.say(part("saal"), sentence);
    }
    if let (Method::Papers, Some(papers)) = (ballot.method, &ballot.hands) {
        let sentence =
            format!("Von den Stimmzetteln waren {} ungültig; {} wurden nicht abgegeben.", papers.invalid, papers.none);
        section.say(part("stimmzettel"), sentence);
        return;
    }
    // Hands in the room are counted, not named; everybody else stands here by name, also with no choice at all.
    let named = |seat: &SeatId| ballot.method == Method::RollCall || !closing.in_room.contains(seat);
    let mut table = Table::new([("Name", 4), ("Stimme", 3), ("Abgabe", 5)]);
    for seat in &desk.course.seats {
        match result.by_seat.get(seat) {
            Some(choice) => {
                let given = given(closing.ways.get(seat), ballot.was_corrected(seat));
                table.row([desk.name(seat), words::choice(*choice).to_owned(), given]);
            }
            None if closing.entitled.contains(seat) && named(seat) => {
                table.row([desk.name(seat), "nicht abgegeben".to_owned(), "–".to_owned()]);
            }
            None => {}
        }
    }
    if !table.rows.is_empty() {
        section.add(part("namen"), Content::Table(table));
    }
    let absent = desk.names(|seat| closing.absent.contains(seat));
    if !absent.is_empty() {
        section.say(part("abwesend"), format!("Bei dieser Abstimmung nicht anwesend: {}.", words::list(&absent)));
    }
}

fn given(way: Option<&Way>, corrected: bool) -> String {
    let way = match way {
        Some(Way::Pressed) => "selbst abgegeben",
        Some(Way::Heard) => "mündlich, von der Schriftführung erfasst",
        None => "–",
    };
    if corrected { format!("{way}; vor der Schließung berichtigt") } else { way.to_owned() }
}
