//! `Anwesenheit` (§ 38 (1) GemO BW): the number of those present, the names of those absent, and who was where when.

use super::build::Desk;
use super::leading::leaders;
use super::model::{Content, Section, Table};
use super::words;
use crate::domain::council::Function;
use crate::domain::id::SeatId;
use crate::domain::meeting::{Event, Interval, Place};
use crate::domain::time::Instant;

pub fn section(desk: &Desk<'_>) -> Section {
    let mut section = Section::new("anwesenheit", "Anwesenheit");
    let Some(sitting) = desk.sitting() else { return section };
    let here: Vec<(&SeatId, Vec<Interval>)> =
        desk.course.seats.iter().map(|seat| (seat, intervals(desk, seat, sitting))).collect();
    numbers(desk, &here, &mut section);

    let mut table = Table::new([("Name", 28), ("Funktion", 24), ("Fraktion", 20), ("Teilnahme", 16), ("anwesend", 24)]);
    let mut any_remote = false;
    let leaders = leaders(desk);
    for (seat, intervals) in here.iter().filter(|(_, intervals)| !intervals.is_empty()) {
        any_remote |= intervals.iter().any(|interval| interval.remote);
        let of = desk.meeting.seats.get(seat);
        let mut function = of.map_or("", |seat| words::function(desk.rules, seat.function)).to_owned();
        if **seat == desk.meeting.leading.office {
            function.push_str(", Vorsitz");
        } else if leaders.contains(seat) {
            function.push_str(", zeitweise Vorsitz");
        }
        let faction = of.and_then(|seat| seat.faction.as_ref()).map_or_else(|| "–".to_owned(), ToString::to_string);
        table.row([desk.name(seat), function, faction, modes(intervals), times(desk, intervals, sitting)]);
    }
    section.add("liste", Content::Table(table));
    section.add("hinweis", Content::Note(note(any_remote).to_owned()));
    section
}

fn note(any_remote: bool) -> &'static str {
    if any_remote {
        "„Vor Ort“: vom Vorsitz oder von der Schriftführung vermerkt. „Zugeschaltet“: Der Server hat gemessen, dass Bild und \
         Ton des Mitglieds eintrafen und sein Gerät den Empfang der anderen meldete; ob jemand hinsah oder zuhörte, \
         wird nicht gemessen. „Durchgehend“: von der Eröffnung bis zum Schluss."
    } else {
        "„Vor Ort“: vom Vorsitz oder von der Schriftführung vermerkt. „Durchgehend“: von der Eröffnung bis zum Schluss."
    }
}

/// Only `Gemeinderäte` are counted and named as absent by § 38 (1); the mayor is a member, but not one of them.
fn numbers(desk: &Desk<'_>, here: &[(&SeatId, Vec<Interval>)], section: &mut Section) {
    let is =
        |seat: &SeatId, function: Function| desk.meeting.seats.get(seat).is_some_and(|seat| seat.function == function);
    let councillors: Vec<_> = here.iter().filter(|(seat, _)| is(seat, Function::Councillor)).collect();
    let present: Vec<_> = councillors.iter().filter(|(_, intervals)| !intervals.is_empty()).collect();
    let remote = present.iter().filter(|(_, intervals)| intervals.iter().all(|interval| interval.remote)).count();
    let room = present.iter().filter(|(_, intervals)| intervals.iter().all(|interval| !interval.remote)).count();
    let both = present.len().saturating_sub(remote).saturating_sub(room);
    let both = if both == 0 { String::new() } else { format!(", {both} teils vor Ort und teils zugeschaltet") };
    section.say(
        "zahl",
        format!(
            "Von {} {} {} {} anwesend: {room} vor Ort, {remote} zugeschaltet{both}.",
            councillors.len(),
            words::councillors(desk.rules),
            words::verb(present.len(), "war", "waren"),
            present.len()
        ),
    );
    for (seat, intervals) in here.iter().filter(|(seat, _)| is(seat, Function::Mayor)) {
        let how =
            if intervals.is_empty() { "nicht anwesend".into() } else { format!("anwesend ({})", modes(intervals)) };
        section.say(format!("buergermeister-{seat}"), format!("Bürgermeister/in: {}, {how}.", desk.name(seat)));
    }
    let absent: Vec<&SeatId> =
        councillors.iter().filter(|(_, intervals)| intervals.is_empty()).map(|(seat, _)| *seat).collect();
    section.say("abwesend", absence(desk, &absent));
    let advises = |seat: &&&SeatId| !desk.meeting.has_vote(seat) && ***seat != desk.meeting.leading.office;
    let with = here.iter().filter(|(_, intervals)| !intervals.is_empty()).map(|(seat, _)| seat).filter(advises);
    let named = |seat: &&SeatId| {
        let function = desk.meeting.seats.get(*seat).map_or("", |seat| words::function(desk.rules, seat.function));
        format!("{} ({function})", desk.name(seat))
    };
    let names: Vec<String> = with.map(named).collect();
    if !names.is_empty() {
        section.say("beratend", format!("Mit beratender Stimme nahmen teil: {}.", words::list(&names)));
    }
    admitted(desk, section);
}

/// `Zuschaltung mit beratender Stimme`, as the chair decided; nobody of them is counted above.
fn admitted(desk: &Desk<'_>, section: &mut Section) {
    for entry in desk.entries {
        let Event::AdviserAdmitted(decided) = &entry.event else { continue };
        let (name, at) = (desk.name(&decided.seat), desk.clock.time(entry.occurred_at));
        let did = if decided.admitted {
            format!("Der Vorsitz ließ um {at} zu, dass {name} mit beratender Stimme zugeschaltet teilnimmt")
        } else {
            format!("Der Vorsitz ließ ab {at} nicht mehr zu, dass {name} zugeschaltet teilnimmt")
        };
        let sentence = format!("{did} ({}){}.", desk.rules.remote_advisory.norm(), desk.clock.late(entry));
        section.say(format!("eintrag-{}", entry.number), sentence);
    }
}

/// The absent by name, and who had said beforehand that they would not come. Why is theirs to tell.
fn absence(desk: &Desk<'_>, absent: &[&SeatId]) -> String {
    let excused = |seat: &SeatId| desk.meeting.before.is_excused(seat);
    let named = |seat: &SeatId| {
        let excuse = if excused(seat) { " (hatte sich verhindert gemeldet)" } else { "" };
        format!("{}{excuse}", desk.name(seat))
    };
    let names: Vec<String> = absent.iter().map(|seat| named(seat)).collect();
    let silent = absent.iter().filter(|seat| !excused(seat)).count();
    let rest = match (absent.len(), silent) {
        (0, _) => return "Abwesend: niemand.".to_owned(),
        (_, 0) => "",
        (all, silent) if all == silent => " Ob ein Fehlen entschuldigt war, hält das Sitzungsprotokoll nicht fest.",
        _ => " Ob die Übrigen entschuldigt fehlten, hält das Sitzungsprotokoll nicht fest.",
    };
    format!("Abwesend: {}.{rest}", words::list(&names))
}

/// The stretches of presence that lie in the sitting.
fn intervals(desk: &Desk<'_>, seat: &SeatId, (from, until): (Instant, Instant)) -> Vec<Interval> {
    let attendance = &desk.meeting.attendance;
    let running = match attendance.places.get(seat) {
        Some(Place::Room { since }) => Some(Interval { remote: false, from: *since, until }),
        Some(Place::Remote { present_since: Some(since), .. }) => Some(Interval { remote: true, from: *since, until }),
        Some(Place::Remote { present_since: None, .. }) | None => None,
    };
    attendance
        .past
        .get(seat)
        .into_iter()
        .flatten()
        .copied()
        .chain(running)
        .map(|stretch| Interval { from: stretch.from.max(from), until: stretch.until.min(until), ..stretch })
        .filter(|stretch| stretch.from < stretch.until)
        .collect()
}

fn modes(intervals: &[Interval]) -> String {
    let mut modes: Vec<String> = Vec::new();
    for mode in intervals.iter().map(words::mode) {
        if !modes.iter().any(|known| known == mode) {
            modes.push(mode.to_owned());
        }
    }
    words::list(&modes)
}

fn times(desk: &Desk<'_>, intervals: &[Interval], (from, until): (Instant, Instant)) -> String {
    if let [only] = intervals
        && only.from == from
        && only.until == until
    {
        return "durchgehend".to_owned();
    }
    let mixed = intervals.windows(2).any(|pair| matches!(pair, [a, b] if a.remote != b.remote));
    let lines: Vec<String> = intervals
        .iter()
        .map(|stretch| {
            let span = desk.clock.span(stretch.from, stretch.until);
            if mixed { format!("{span} {}", words::mode(stretch)) } else { span }
        })
        .collect();
    lines.join("\n")
}
