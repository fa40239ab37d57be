//! The newest entries of the record in words. A choice is never spelled out here: the result does that by name.

use super::doubt;
use super::election;
use super::filming;
use super::floor;
use super::leading;
use super::order;
use super::scene::Scene;
use super::{when, words};
use crate::domain::law::overlay::LocalInForce;
use crate::domain::ledger::Class;
use crate::domain::meeting::event::{
    Amended, Event, Opened, PresenceFound, ResultDeclared, Resumed, VoidReason, Way, Withheld,
};
use crate::domain::meeting::{Recorded, second};
use crate::domain::presence::Perception;
use crate::domain::quorum::QuorumFinding;
use crate::web::pages::clerk::{Entry, Timeline};

/// An entry that is this much younger than what it tells was entered afterwards, in milliseconds.
const LATER_MS: i64 = 30_000;

/// Part `timeline`, newest first.
pub fn timeline(scene: Scene<'_>) -> Timeline {
    Timeline { entries: scene.snapshot.recent.iter().rev().map(|recorded| entry(scene, recorded)).collect() }
}

fn entry(scene: Scene<'_>, recorded: &Recorded) -> Entry {
    let late = recorded.recorded_at.millis_since(recorded.occurred_at) > LATER_MS;
    Entry {
        number: recorded.number,
        at: when::stamp(recorded.occurred_at, scene.meeting.day),
        text: text(scene, &recorded.event),
        later: if late { format!("nachgetragen um {}", when::second(recorded.recorded_at)) } else { String::new() },
    }
}

fn quorum(finding: &QuorumFinding) -> String {
    let word = if finding.met { "Beschlussfähig" } else { "Nicht beschlussfähig" };
    let counted = finding.counted.map_or_else(String::new, |counted| format!(" (es zählen {counted} im Saal)"));
    format!("{word}: {} von {}{counted}, nötig sind {}.", finding.entitled, finding.occupied, finding.needed)
}

#[expect(clippy::too_many_lines, reason = "one sentence for each event, to be read as one table")]
fn text(scene: Scene<'_>, event: &Event) -> String {
    let name = |seat| scene.name(seat);
    let top = |item| format!("TOP {}", scene.number(item));
    match event {
        Event::Planned(_) => "Sitzung geplant.".into(),
        Event::Convened(convening) => {
            let local: Vec<String> = scene.rules.local.iter().map(LocalInForce::sentence).collect();
            let local = if local.is_empty() { String::new() } else { format!(" Ortsrecht: {}.", local.join("; ")) };
            let ruled_out = if convening.ruled_out { ", die Zuschaltung ist ausgeschlossen" } else { "" };
            format!("Sitzung einberufen: {}{ruled_out}.{local}", words::format(convening.format))
        }
        Event::RoomAttested(attested) if attested.present => format!("{} ist im Saal.", name(&attested.seat)),
        Event::RoomAttested(attested) => format!("{} hat den Saal verlassen.", name(&attested.seat)),
        Event::PresenceFound(found) => presence(&name(&found.seat), found),
        Event::PublicRoomAttested(attested) if attested.receives => {
            "Bestätigt: Bild und Ton kommen im öffentlich zugänglichen Raum an.".into()
        }
        Event::PublicRoomAttested(_) => "Bild und Ton kommen im öffentlich zugänglichen Raum nicht mehr an.".into(),
        Event::Opened(Opened { quorum: finding }) => format!("Sitzung eröffnet. {}", quorum(finding)),
        Event::ItemCalled(called) => format!("{} aufgerufen.", top(&called.item)),
        Event::ItemSettled(settled) => format!("{} {}.", top(&settled.item), words::disposal(settled.disposal)),
        Event::RecusalRecorded(recusal) => format!("{} ist zu {} befangen.", name(&recusal.seat), top(&recusal.item)),
        Event::RecusalLifted(recusal) => {
            format!("Befangenheit von {} zu {} aufgehoben.", name(&recusal.seat), top(&recusal.item))
        }
        Event::RecusalDoubted(_) | Event::RecusalDecided(_) => doubt::entry(scene, event),
        Event::BallotOpened(opened) => {
            format!("{} zu {} geöffnet. {}", words::method(opened.method), top(&opened.item), quorum(&opened.quorum))
        }
        Event::ChoiceCast(cast) => match cast.way {
            Way::Pressed => format!("{} hat abgestimmt.", name(&cast.seat)),
            Way::Heard => format!("Stimme von {} gehört und eingetragen.", name(&cast.seat)),
        },
        Event::ChoiceStruck(struck) => format!(
            "Stimme von {} zählt nicht: seit {} nicht mehr anwesend.",
            name(&struck.seat),
            when::second(struck.absent_since)
        ),
        Event::HandsCounted(hands) => {
            format!("Hände im Saal gezählt: {}.", words::tally(hands.yes, hands.no, hands.abstain))
        }
        Event::BallotClosed(closed) => format!("Abstimmung geschlossen. {}", quorum(&closed.quorum)),
        Event::ResultDeclared(result) => {
            format!("Ergebnis zu {} festgestellt: {}.", top(&result.item), outcome(result))
        }
        Event::BallotVoided(voided) => match voided.reason {
            VoidReason::Chair => "Abstimmung vom Vorsitz verworfen; keine Stimme zählt.".into(),
            VoidReason::Interruption => "Abstimmung wird nach der Unterbrechung wiederholt; keine Stimme zählt.".into(),
        },
        Event::ComplaintRaised(complaint) => {
            // Its words are for the chair and the clerk.
            let reads = scene.chairs() || scene.viewer.is_some_and(|viewer| viewer.actor.clerk);
            let text = complaint.text.as_ref().filter(|_| reads);
            let text = text.map_or_else(|| ".".into(), |text| format!(": „{text}“"));
            let heard = complaint.heard.as_ref().map_or_else(String::new, |heard| {
                format!(" {} (um {})", heard.channel.word(), when::minute(heard.said_at))
            });
            format!("{} meldet{heard} eine Störung{text}", name(&complaint.seat))
        }
        Event::FloorRequested(asked) => format!("{} meldet sich {}.", name(&asked.seat), floor::turn(asked.turn)),
        Event::FloorDeclined(gone) => format!("{} zieht die Wortmeldung zurück.", name(&gone.seat)),
        Event::FloorGiven(given) => format!("Das Wort hat {}.", floor::name(scene, &given.to)),
        Event::FloorEnded(_) => "Die Rede ist beendet.".into(),
        Event::FloorListClosed(list) if list.closed => "Redeliste geschlossen.".into(),
        Event::FloorListClosed(_) => "Redeliste wieder offen.".into(),
        Event::MotionMoved(moved) => {
            let mover = moved.mover.as_ref().map_or_else(|| "Vorsitz".to_owned(), name);
            let wording = scene.wording(&moved.item, &moved.wording);
            format!(
                "{} zu {}, gestellt von {mover}: „{wording}“",
                words::sentence(floor::kind(moved.kind)),
                top(&moved.item)
            )
        }
        Event::MotionReworded(changed) => match scene.meeting.motion(&changed.motion) {
            Some(motion) => format!("Neuer Wortlaut: „{}“", scene.wording(&motion.item, &changed.wording)),
            None => "Neuer Wortlaut eines Antrags.".into(),
        },
        Event::MotionWithdrawn(gone) => match scene.meeting.motion(&gone.motion) {
            Some(motion) => format!("Zurückgezogen: „{}“", scene.wording(&motion.item, &motion.wording)),
            None => "Ein Antrag ist zurückgezogen.".into(),
        },
        Event::StatementRecorded(said) => format!("{} gibt eine Erklärung zur Niederschrift ab.", name(&said.seat)),
        Event::GuestCalled(called) => format!("{} nimmt zu {} teil.", called.name, top(&called.item)),
        Event::GuestDismissed(gone) => format!("{} verlässt die Sitzung.", gone.name),
        Event::ItemMoved(moved) => match &moved.before {
            Some(before) => format!("{} wird vor {} behandelt.", top(&moved.item), top(before)),
            None => format!("{} wird zuletzt behandelt.", top(&moved.item)),
        },
        Event::ItemAdded(added) => {
            format!("Tagesordnung ergänzt um TOP {}: {}. Grund: {}", added.number, added.title, added.ground)
        }
        Event::ItemDropped(dropped) => format!("{} {}.", top(&dropped.item), words::disposal(dropped.disposal)),
        Event::ItemReopened(reopened) => format!("{} wieder aufgenommen: {}", top(&reopened.item), reopened.reason),
        Event::HallFound(found) => match found.perception {
            Perception::Perceptible => "Saal: Bild und Ton treffen ein.".into(),
            Perception::Disturbed => format!("Saal: {}.", words::lacking(&found.lacking)),
            Perception::Absent => format!("Der Saal gilt als nicht wahrnehmbar: {}.", words::lacking(&found.lacking)),
        },
        Event::FaultProposed(fault) if fault.hall => {
            format!("Der Saal ist nicht wahrnehmbar; gestört: {}.", scene.names(&fault.seats).join(", "))
        }
        Event::FaultProposed(fault) => format!("Gleichzeitig gestört: {}.", scene.names(&fault.seats).join(", ")),
        Event::FaultFound(found) => format!("Der Vorsitz stellt fest: {}.", words::sphere(found.sphere)),
        Event::Interrupted(interrupted) => format!("Sitzung unterbrochen: {}.", words::cause(interrupted.cause)),
        Event::Resumed(Resumed { quorum: finding, .. }) => format!("Sitzung fortgesetzt. {}", quorum(finding)),
        Event::Closed(_) => "Sitzung geschlossen.".into(),
        Event::DataDeleted(deleted) => {
            format!(
                "Gelöscht: {} ({}).",
                class(deleted.class),
                words::count(words::number(deleted.entries.len()), "Eintrag", "Einträge")
            )
        }
        Event::ItemTextWritten(written) if written.text.is_none() => {
            format!("Text der Niederschrift zu {} zurückgenommen.", top(&written.item))
        }
        Event::ItemTextWritten(written) => format!("Text der Niederschrift zu {} eingetragen.", top(&written.item)),
        Event::Replanned(_) => "Planung geändert.".into(),
        Event::Reseated(_) => "Jetzige Besetzung des Gremiums übernommen.".into(),
        Event::Rescheduled(moved) => {
            format!("Sitzung verlegt auf {}: {}.", when::appointment(moved.starts_at), moved.place)
        }
        Event::Cancelled(cancelled) => format!("Sitzung abgesagt: {}", cancelled.reason),
        Event::Amended(amended) => amended_text(scene, amended),
        Event::Delivered(delivered) => {
            format!("Ladung an {}: {}.", name(&delivered.seat), words::delivery(delivered.outcome))
        }
        Event::Resent(resent) => format!("Ladung an {} geht noch einmal hinaus.", name(&resent.seat)),
        Event::Replied(replied) => {
            format!("Rückmeldung von {}: {}.", name(&replied.seat), words::answer(replied.answer))
        }
        Event::PaperFiled(filed) => {
            let late = if filed.late { ", nachgereicht" } else { "" };
            format!("Unterlage zu {} abgelegt (Fassung {}{late}).", top(&filed.item), filed.version)
        }
        Event::ResultStruck(struck) => {
            format!("Ergebnis zu {} aufgehoben, es wird neu abgestimmt: {}", top(&struck.item), struck.reason)
        }
        Event::SecondMarked(marked) => match &marked.of {
            Some(first) => {
                format!("{} ist zweite Sitzung; die erste war am {}.", top(&marked.item), first.day.german())
            }
            None => format!("{} ist doch keine zweite Sitzung.", top(&marked.item)),
        },
        Event::StandInAppointed(appointed) => {
            format!(
                "{} zu {} zur Stellvertretung des Bürgermeisters bestellt.",
                name(&appointed.seat),
                top(&appointed.item)
            )
        }
        Event::MayorDecided(decided) => format!(
            "{} an Stelle des Gemeinderats entschieden von {}: „{}“",
            top(&decided.item),
            name(&decided.by),
            scene.wording(&decided.item, &decided.wording)
        ),
        Event::QuorumQuestioned(questioned) => {
            format!("{} beantragt, die Beschlussunfähigkeit festzustellen.", name(&questioned.mover))
        }
        Event::QuorumFound(found) => format!("Auf den Antrag festgestellt: {}", quorum(&found.quorum)),
        Event::QuorumLacking(lacking) => {
            let what = lacking.item.as_ref().map_or_else(|| "Die Sitzung".to_owned(), top);
            let follows = second::sentence(scene.rules, lacking.follows);
            format!("{what} ohne Beschlussfähigkeit. {} {follows}", quorum(&lacking.quorum))
        }
        Event::ElectionMarked(_)
        | Event::ElectionObjected(_)
        | Event::ElectionOpened(_)
        | Event::ElectionCounted(_)
        | Event::ElectionDeclared(_)
        | Event::LotDrawn(_)
        | Event::ElectionStruck(_)
        | Event::ElectionVoided(_) => election::entry(scene, event),
        Event::PublicExcluded(_) => "Ausschluss der Öffentlichkeit angeordnet.".into(),
        Event::PublicReadmitted(_) => "Wiederherstellung der Öffentlichkeit angeordnet.".into(),
        Event::DoorsConfirmed(confirmed) => format!("Bestätigt: {}.", words::outlet(confirmed.outlet)),
        Event::ClosedPartBegun(_) => "Nichtöffentlicher Teil begonnen.".into(),
        Event::ClosedPartEnded(_) => "Die Sitzung ist wieder öffentlich.".into(),
        Event::AloneDeclared(declared) => format!("{} erklärt, allein zu sein.", name(&declared.seat)),
        Event::DecisionAnnounced(decision) => {
            format!(
                "Bekanntgabe zu {}, {}: „{}“",
                top(&decision.item),
                words::outcome(decision.outcome),
                decision.wording
            )
        }
        Event::SwitchMoved(moved) => format!(
            "Antrag{}: „{}“",
            moved.mover.as_ref().map_or_else(String::new, |seat| format!(" von {}", name(seat))),
            moved.wording
        ),
        Event::ItemSwitched(switched) => {
            let word = if switched.public { "öffentlichen" } else { "nichtöffentlichen" };
            format!("{} ist in den {word} Teil verlegt.", top(&switched.item))
        }
        Event::DecisionWithheld(withheld) => match withheld.until {
            Withheld::NextSitting => {
                "Ein nichtöffentlicher Beschluss wird in der nächsten öffentlichen Sitzung bekannt gegeben.".into()
            }
            Withheld::Interests => "Ein nichtöffentlicher Beschluss wird nicht bekannt gegeben.".into(),
        },
        Event::OrderCalled(_)
        | Event::FloorWithdrawn(_)
        | Event::MemberExpelled(_)
        | Event::MembersBarred(_)
        | Event::MemberExcluded(_) => order::entry(scene, event),
        Event::ChairHindered(_)
        | Event::AdviserAdmitted(_)
        | Event::ChairHandedOver(_)
        | Event::EldestNamed(_)
        | Event::ChairTaken(_)
        | Event::ChairReturned(_) => leading::entry(scene, event),
        Event::FilmingAnswered(_) | Event::FilmingStarted(_) | Event::FilmingStopped(_) => filming::entry(scene, event),
        Event::IdentityAttested(found) if found.confirmed => {
            format!("Identität von {} {} festgestellt.", name(&found.seat), words::identity(found.way))
        }
        Event::IdentityAttested(found) => {
            format!("Feststellung der Identität von {} zurückgenommen.", name(&found.seat))
        }
    }
}

/// Removed items are gone from the agenda, so only their number of items is told.
fn amended_text(scene: Scene<'_>, amended: &Amended) -> String {
    let added: Vec<String> = amended.added.iter().map(|item| format!("TOP {}", scene.number(&item.id))).collect();
    if added.is_empty() {
        "Ein Punkt wurde vor der Sitzung von der Tagesordnung genommen.".into()
    } else {
        format!("Nachtrag zur Tagesordnung: {}.", added.join(", "))
    }
}

fn presence(name: &str, found: &PresenceFound) -> String {
    match found.perception {
        Perception::Perceptible => format!("{name}: Bild und Ton treffen ein."),
        Perception::Disturbed => format!("{name}: {}.", words::lacking(&found.lacking)),
        Perception::Absent => format!("{name} gilt als nicht anwesend: {}.", words::lacking(&found.lacking)),
    }
}

/// „angenommen, 9 Ja, 2 Nein, 1 Enthaltung“.
fn outcome(result: &ResultDeclared) -> String {
    format!("{}, {}", words::outcome(result.outcome), words::tally(result.yes, result.no, result.abstain))
}

const fn class(class: Class) -> &'static str {
    match class {
        Class::Finding => "Feststellungen",
        Class::Measurement => "Messwerte",
        Class::Choice => "korrigierte Stimmen",
        Class::PersonalText => "Texte über Personen",
        Class::NonPublic => "Nichtöffentliches",
        Class::ClosedFinding => "nichtöffentliche Feststellungen",
    }
}
