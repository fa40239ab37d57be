//! Events and findings in the words of the scenarios.

use super::meeting_kit::NAMES;
use ratssaal::domain::id::{ItemId, SeatId};
use ratssaal::domain::ledger::Class;
use ratssaal::domain::majority::Outcome;
use ratssaal::domain::meeting::event::{Answer, Choice, DeliveryOutcome, Disposal, Speaker};
use ratssaal::domain::meeting::{Business, Event, Meeting, Phase};
use ratssaal::domain::presence::Perception;

pub const DISPOSALS: [(&str, Disposal); 8] = [
    ("entschieden", Disposal::Decided),
    ("zur Kenntnis genommen", Disposal::Noted),
    ("vertagt", Disposal::Postponed),
    ("verwiesen", Disposal::Referred),
    ("abgesetzt", Disposal::Removed),
    ("zurückgezogen", Disposal::Withdrawn),
    ("ohne Abstimmung", Disposal::WithoutVote),
    ("erledigt", Disposal::Moot),
];
pub const PERCEPTIONS: [(&str, Perception); 3] =
    [("wahrnehmbar", Perception::Perceptible), ("gestört", Perception::Disturbed), ("abwesend", Perception::Absent)];
pub const CHOICES: [(&str, Choice); 3] = [("ja", Choice::Yes), ("nein", Choice::No), ("enthält sich", Choice::Abstain)];

pub const ANSWERS: [(&str, Answer); 3] =
    [("vor Ort", Answer::InRoom), ("zugeschaltet", Answer::Remote), ("nicht", Answer::Prevented)];
pub const WAYS: [(&str, DeliveryOutcome); 5] = [
    ("verschickt", DeliveryOutcome::Sent),
    ("abgelehnt", DeliveryOutcome::Refused),
    ("zurückgekommen", DeliveryOutcome::Bounced),
    ("ohne Adresse", DeliveryOutcome::Unreachable),
    ("übergeben", DeliveryOutcome::HandedOver),
];

pub const CLASSES: [(&str, Class); 4] = [
    ("Feststellungen", Class::Finding),
    ("Messwerte", Class::Measurement),
    ("Einzelstimmen", Class::Choice),
    ("Texte über Personen", Class::PersonalText),
];

/// The meaning of a word of one of these tables.
pub fn meaning<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
}

fn word<T: Copy + PartialEq>(table: &[(&'static str, T)], wanted: T) -> &'static str {
    table.iter().find(|(_, meaning)| *meaning == wanted).map_or("?", |(word, _)| word)
}

pub fn name(seat: &SeatId) -> &'static str {
    seat.as_str().rsplit('-').next().and_then(|number| number.parse::<usize>().ok()).map_or("?", |n| NAMES[n])
}

fn top(item: &ItemId) -> String {
    item.as_str().replace("top-", "TOP ")
}

/// What happened, as a scenario says it behind its arrow.
pub fn event(event: &Event) -> String {
    match event {
        Event::Planned(_) => "geplant".into(),
        Event::Convened(_) => "einberufen".into(),
        Event::RoomAttested(attested) if attested.present => format!("{} im Saal vermerkt", name(&attested.seat)),
        Event::RoomAttested(attested) => format!("{} nicht mehr im Saal", name(&attested.seat)),
        Event::PresenceFound(found) => format!("{} {}", name(&found.seat), word(&PERCEPTIONS, found.perception)),
        Event::PublicRoomAttested(room) => {
            if room.receives { "Übertragung bestätigt" } else { "Übertragung fehlt" }.into()
        }
        Event::Opened(_) => "eröffnet".into(),
        Event::ItemCalled(called) => format!("{} aufgerufen", top(&called.item)),
        Event::ItemSettled(settled) => format!("{} {}", top(&settled.item), word(&DISPOSALS, settled.disposal)),
        Event::RecusalRecorded(recusal) => format!("{} befangen", name(&recusal.seat)),
        Event::RecusalLifted(recusal) => format!("{} nicht mehr befangen", name(&recusal.seat)),
        Event::BallotOpened(_) => "Abstimmung geöffnet".into(),
        Event::ChoiceCast(cast) => format!("Stimme {} gezählt", name(&cast.seat)),
        Event::ChoiceStruck(struck) => format!("Stimme {} gestrichen", name(&struck.seat)),
        Event::HandsCounted(_) => "Hände gezählt".into(),
        Event::BallotClosed(_) => "Abstimmung geschlossen".into(),
        Event::ResultDeclared(_) => "Ergebnis festgestellt".into(),
        Event::BallotVoided(_) => "Abstimmung verworfen".into(),
        Event::ComplaintRaised(_) => "Rüge festgehalten".into(),
        Event::FaultProposed(fault) if fault.hall => "Störung des Saals".into(),
        Event::FaultProposed(_) => "Störung mehrerer".into(),
        Event::FaultFound(_) => "Störung befunden".into(),
        Event::Interrupted(_) => "unterbrochen".into(),
        Event::Resumed(_) => "fortgesetzt".into(),
        Event::Closed(_) => "geschlossen".into(),
        Event::DataDeleted(_) => "gelöscht".into(),
        Event::FloorRequested(asked) => format!("{} auf der Redeliste", name(&asked.seat)),
        Event::FloorDeclined(gone) => format!("{} nicht mehr auf der Redeliste", name(&gone.seat)),
        Event::FloorGiven(given) => match &given.to {
            Speaker::Member { seat } => format!("{} hat das Wort", name(seat)),
            Speaker::Guest { name } => format!("{name} hat das Wort"),
        },
        Event::FloorEnded(_) => "Rede beendet".into(),
        Event::FloorListClosed(list) if list.closed => "Redeliste geschlossen".into(),
        Event::FloorListClosed(_) => "Redeliste offen".into(),
        Event::MotionMoved(moved) => format!("Antrag {} liegt vor", moved.motion.as_str().trim_start_matches('m')),
        Event::MotionReworded(_) => "neuer Wortlaut".into(),
        Event::MotionWithdrawn(_) => "Antrag zurückgezogen".into(),
        Event::StatementRecorded(said) => format!("Erklärung {} festgehalten", name(&said.seat)),
        Event::GuestCalled(called) => format!("{} gerufen", called.name),
        Event::GuestDismissed(gone) => format!("{} gegangen", gone.name),
        Event::ItemMoved(moved) => format!("{} verschoben", top(&moved.item)),
        Event::ItemAdded(added) => format!("{} ergänzt", top(&added.item)),
        Event::ItemDropped(dropped) => format!("{} {}", top(&dropped.item), word(&DISPOSALS, dropped.disposal)),
        Event::ItemReopened(reopened) => format!("{} wieder aufgenommen", top(&reopened.item)),
        Event::HallFound(found) => format!("Saal {}", word(&PERCEPTIONS, found.perception)),
        Event::ItemTextWritten(written) if written.text.is_none() => {
            format!("Text zu {} zurückgenommen", top(&written.item))
        }
        Event::ItemTextWritten(written) => format!("Text zu {} eingetragen", top(&written.item)),
        Event::Replanned(_) => "neu geplant".into(),
        Event::Reseated(_) => "Besetzung übernommen".into(),
        Event::Rescheduled(moved) => format!("verlegt auf {}", moved.day),
        Event::Cancelled(_) => "abgesagt".into(),
        Event::Amended(amended) if amended.removed.is_empty() => "nachgetragen".into(),
        Event::Amended(_) => "von der Tagesordnung genommen".into(),
        Event::Delivered(delivered) => {
            format!("Ladung an {}: {}", name(&delivered.seat), word(&WAYS, delivered.outcome))
        }
        Event::Resent(resent) => format!("Ladung an {} noch einmal", name(&resent.seat)),
        Event::Replied(replied) => format!("{} kommt {}", name(&replied.seat), word(&ANSWERS, replied.answer)),
        Event::PaperFiled(filed) => format!("Unterlage zu {}", top(&filed.item)),
        Event::ResultStruck(_) => "Ergebnis aufgehoben".into(),
        Event::ElectionMarked(_)
        | Event::ElectionObjected(_)
        | Event::ElectionOpened(_)
        | Event::ElectionCounted(_)
        | Event::ElectionDeclared(_)
        | Event::LotDrawn(_)
        | Event::ElectionStruck(_)
        | Event::ElectionVoided(_) => super::elections::event(event),
        Event::RecusalDoubted(doubted) => format!("Befangenheit {} zweifelhaft", name(&doubted.seat)),
        Event::RecusalDecided(found) if found.recused => format!("{} ist befangen", name(&found.seat)),
        Event::RecusalDecided(found) => format!("{} ist nicht befangen", name(&found.seat)),
        Event::SecondMarked(_)
        | Event::QuorumLacking(_)
        | Event::StandInAppointed(_)
        | Event::MayorDecided(_)
        | Event::QuorumQuestioned(_)
        | Event::QuorumFound(_) => super::second::event(event),
        Event::SwitchMoved(moved) => format!("{} beantragt", top(&moved.question)),
        Event::ItemSwitched(switched) if switched.public => format!("{} wird öffentlich", top(&switched.item)),
        Event::ItemSwitched(switched) => format!("{} wird nichtöffentlich", top(&switched.item)),
        Event::IdentityAttested(found) if found.confirmed => format!("{} erkannt", name(&found.seat)),
        Event::IdentityAttested(found) => format!("{} nicht erkannt", name(&found.seat)),
        Event::PublicExcluded(_)
        | Event::PublicReadmitted(_)
        | Event::DoorsConfirmed(_)
        | Event::ClosedPartBegun(_)
        | Event::ClosedPartEnded(_)
        | Event::AloneDeclared(_)
        | Event::DecisionAnnounced(_)
        | Event::DecisionWithheld(_) => super::doors::event(event),
        Event::OrderCalled(_)
        | Event::FloorWithdrawn(_)
        | Event::MemberExpelled(_)
        | Event::MembersBarred(_)
        | Event::MemberExcluded(_) => super::order::event(event),
        Event::ChairHindered(_)
        | Event::AdviserAdmitted(_)
        | Event::ChairHandedOver(_)
        | Event::EldestNamed(_)
        | Event::ChairTaken(_)
        | Event::ChairReturned(_) => super::leading::event(event),
        Event::FilmingAnswered(_) | Event::FilmingStarted(_) | Event::FilmingStopped(_) => super::filming::event(event),
    }
}

/// Where the meeting stands.
pub fn phase(meeting: &Meeting) -> &'static str {
    match (&meeting.phase, meeting.business()) {
        (Phase::Planned, _) => "geplant",
        (Phase::Convened(_), _) => "einberufen",
        (Phase::Interrupted { .. }, _) => "unterbrochen",
        (Phase::Closed(_), _) => "geschlossen",
        (Phase::Sitting { .. }, Some(Business::Ballot(_))) => "Abstimmung läuft",
        (Phase::Sitting { .. }, Some(Business::Counting(_))) => "Ergebnis steht aus",
        (Phase::Sitting { .. }, Some(Business::Item(_))) => "Beratung",
        (Phase::Sitting { .. }, Some(Business::Election(_))) => "Wahlgang läuft",
        (Phase::Sitting { .. }, _) => "eröffnet",
    }
}

/// Who has spoken and for how long, at every item.
pub fn spoken(meeting: &Meeting) -> String {
    let lines = meeting.items.iter().flat_map(|item| {
        meeting.spoken_at(&item.id).into_iter().map(|(who, millis)| {
            let who = match who {
                Speaker::Member { seat } => name(seat).to_owned(),
                Speaker::Guest { name } => name.to_string(),
            };
            format!("{who} {} s zu {}", millis / 1000, top(&item.id))
        })
    });
    lines.collect::<Vec<_>>().join(", ")
}

pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Adopted => "angenommen",
        Outcome::Rejected => "abgelehnt",
        Outcome::NoDecision => "kein Beschluss",
    }
}
