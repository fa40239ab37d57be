//! What is done before a meeting, in the words of the scenarios.

use super::meeting_kit::{clause, item, seat};
use super::words::{ANSWERS, meaning};
use ratssaal::app::planning::late_item;
use ratssaal::app::record::law_with;
use ratssaal::domain::council::Function;
use ratssaal::domain::law::Instrument;
use ratssaal::domain::law::format::Clause as ClauseKind;
use ratssaal::domain::law::overlay::{Carried, LocalClause, LocalValue, written};
use ratssaal::domain::meeting::command::{Preparation, Summons};
use ratssaal::domain::meeting::event::Clause;
use ratssaal::domain::meeting::{Command, Plan};
use ratssaal::domain::time::{Date, Instant};

/// The command of a line; `today` is the day on which it is said.
pub fn command(what: &str, today: Option<Date>, plan: &Plan) -> Option<Command> {
    let summons = |emergency: Option<&str>| {
        let emergency = emergency.map(|why| why.parse().unwrap());
        Summons { today, emergency, ..Summons::default() }
    };
    let step = if let Some(reason) = what.strip_prefix("sagt ab: ") {
        Preparation::Cancel { reason: reason.parse().ok()? }
    } else if let Some(rest) = what.strip_prefix("verlegt auf ") {
        let (day, reason) = rest.split_once(": ")?;
        Preparation::Reschedule {
            day: day.parse().ok()?,
            starts_at: Instant(1),
            place: "Ratssaal am Marktplatz".parse().ok()?,
            reason: reason.parse().ok()?,
            law: law_with(&plan.land, plan.local.as_ref()).ok()?,
            summons: summons(None),
        }
    } else if let Some(rest) = what.strip_prefix("trägt nach TOP ") {
        let (number, rest) = rest.split_once(": ")?;
        let (title, emergency) = rest.split_once(", Notfall ").map_or((rest, None), |(title, why)| (title, Some(why)));
        let item = late_item(number, title.parse().ok()?, true, None).ok()?;
        Preparation::AddItem { item, summons: summons(emergency) }
    } else if let Some(number) = what.strip_prefix("nimmt von der Tagesordnung TOP ") {
        Preparation::DropItem { item: item(number) }
    } else if let Some(answer) = what.strip_prefix("kommt ") {
        let (answer, consent) = answer.strip_suffix(" und stimmt zu").map_or((answer, false), |answer| (answer, true));
        Preparation::Reply { answer: meaning(&ANSWERS, answer)?, consent, reason: None }
    } else if what == "notiert Rücklauf bei Apfelkern" {
        Preparation::NoteBounce { seat: seat(1) }
    } else {
        return None;
    };
    Some(Command::Prepare(step))
}

const CLAUSES: [(&str, ClauseKind); 8] = [
    ("Zustimmung des Ortschaftsrats", ClauseKind::DistrictConsent),
    ("Ausschluss im Einzelfall", ClauseKind::ExcludeRemote),
    ("hybrid", ClauseKind::Remote),
    ("digital", ClauseKind::Digital),
    ("Video 2020", ClauseKind::Video2020),
    ("nichtöffentlich zugeschaltet", ClauseKind::RemoteInClosedPart),
    ("Vorsitz nichtöffentlich zugeschaltet", ClauseKind::ChairRemoteInClosedPart),
    ("Aufnahmen", ClauseKind::Recording),
];

/// A clause of the Hauptsatzung: „hybrid“, „hybrid mit 11 von 23“, „hybrid ohne Nachweis“.
pub fn bylaw(text: &str) -> Option<Clause> {
    if let Some(kind) = text.strip_suffix(" ohne Nachweis") {
        return Some(Clause { carried: None, ..clause(meaning(&CLAUSES, kind)?) });
    }
    let (kind, votes) = text.split_once(" mit ").map_or((text, None), |(kind, votes)| (kind, Some(votes)));
    let bylaw = clause(meaning(&CLAUSES, kind)?);
    let Some((yes, members)) = votes.and_then(|votes| votes.split_once(" von ")) else { return Some(bylaw) };
    Some(Clause { carried: Some(Carried { yes: yes.parse().ok()?, members: members.parse().ok()? }), ..bylaw })
}

/// „notice.days = 10, § 9 Geschäftsordnung“; with „, 12 von 23“ behind it, of the Hauptsatzung. In force since 1 April 2026;
/// otherwise why the program does not take it.
pub fn local_law(plan: &mut Plan, text: &str) -> Option<Result<(), String>> {
    let (rule, place) = text.split_once(", ")?;
    let (key, value) = rule.split_once(" = ")?;
    let (reference, votes) = place.split_once(", ").map_or((place, None), |(place, votes)| (place, Some(votes)));
    let votes = votes.and_then(|votes| votes.split_once(" von "));
    let carried = votes.and_then(|(yes, all)| Some(Carried { yes: yes.parse().ok()?, members: all.parse().ok()? }));
    let clause = LocalClause {
        key,
        value: &LocalValue::typed(value),
        instrument: if carried.is_some() { Instrument::MainBylaw } else { Instrument::RulesOfProcedure },
        reference,
        decided_on: "2026-03-12".parse().ok()?,
        from: "2026-04-01".parse().ok()?,
        until: None,
        carried,
    };
    let before = plan.local.as_ref().map_or_else(String::new, |local| format!("{local}\n\n"));
    let after = format!("{before}{}", written(&[clause])).parse().ok();
    Some(law_with(&plan.land, after.as_ref()).map(|_| plan.local = after))
}

/// `Haselnuss als Beigeordneter, Grashalm als sachkundiger Einwohner`
pub fn advisers(plan: &mut Plan, what: &str) -> Option<()> {
    for one in what.split(", ") {
        let (name, function) = one.split_once(" als ")?;
        let function = match function {
            "Beigeordneter" => Function::Official,
            "sachkundiger Einwohner" => Function::Resident,
            "Ortsvorsteher" => Function::DistrictHead,
            _ => return None,
        };
        plan.seats.iter_mut().find(|seat| seat.name.as_str() == name)?.function = function;
    }
    Some(())
}
