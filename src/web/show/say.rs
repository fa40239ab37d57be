//! What is said aloud (`role=status`) when something important happened. Heard by everybody: nothing non-public, no
//! names of voters.

use super::election;
use super::filming;
use super::floor;
use super::scene::Scene;
use super::words;
use crate::app::sitting::Snapshot;
use crate::domain::majority::Outcome;
use crate::domain::meeting::event::{ChairReturned, ChairTaken, Event};

/// Sentences said at once; more nobody can follow.
const SENTENCES_MAX: usize = 3;

/// Sentences for what happened after the entry number `since`, if anything important did.
pub fn say(snapshot: &Snapshot, since: u64) -> Option<String> {
    let scene = Scene::new(snapshot, None);
    let new = snapshot.recent.iter().filter(|recorded| recorded.number > since);
    let sentences: Vec<String> = new.filter_map(|recorded| sentence(scene, &recorded.event)).collect();
    let newest = sentences.get(sentences.len().saturating_sub(SENTENCES_MAX)..).unwrap_or_default();
    (!newest.is_empty()).then(|| newest.join(" "))
}

#[expect(clippy::too_many_lines, reason = "one arm for each event, to be read as one table")]
fn sentence(scene: Scene<'_>, event: &Event) -> Option<String> {
    let sentence = match event {
        Event::Opened(_) => "Die Sitzung ist eröffnet.".into(),
        Event::ItemCalled(called) => {
            let item = scene.meeting.item(&called.item)?;
            format!("Tagesordnungspunkt {} ist aufgerufen: {}.", item.number, scene.title(item))
        }
        Event::BallotOpened(opened) => {
            format!(
                "{} zu Tagesordnungspunkt {} ist geöffnet.",
                words::method(opened.method),
                scene.number(&opened.item)
            )
        }
        Event::ClosedPartBegun(_) => "Der nichtöffentliche Teil beginnt.".into(),
        Event::ClosedPartEnded(_) => "Die Sitzung ist wieder öffentlich.".into(),
        Event::PublicExcluded(_) => "Die Öffentlichkeit wird ausgeschlossen.".into(),
        Event::DecisionAnnounced(decision) => {
            let number = scene.number(&decision.item);
            format!("Bekanntgabe aus dem nichtöffentlichen Teil zu Tagesordnungspunkt {number}.")
        }
        Event::BallotClosed(_) => "Die Abstimmung ist geschlossen.".into(),
        Event::BallotVoided(_) => "Die Abstimmung ist verworfen; keine Stimme zählt.".into(),
        Event::ResultDeclared(result) => {
            let tally = words::tally(result.yes, result.no, result.abstain);
            match result.outcome {
                Outcome::Adopted => format!("Ergebnis: {tally}. Der Antrag ist angenommen."),
                Outcome::Rejected => format!("Ergebnis: {tally}. Der Antrag ist abgelehnt."),
                Outcome::NoDecision => "Ergebnis: Es ist kein Beschluss zustande gekommen.".into(),
            }
        }
        Event::Interrupted(interrupted) => {
            format!("Die Sitzung ist unterbrochen: {}.", words::cause(interrupted.cause))
        }
        Event::Resumed(_) => "Die Sitzung wird fortgesetzt.".into(),
        Event::Closed(_) => "Die Sitzung ist geschlossen.".into(),
        Event::FloorGiven(given) => format!("Das Wort hat {}.", floor::name(scene, &given.to)),
        Event::FloorListClosed(list) if list.closed => "Die Redeliste ist geschlossen.".into(),
        Event::FloorListClosed(_) => "Die Redeliste ist wieder offen.".into(),
        Event::MotionMoved(moved) if scene.meeting.item(&moved.item).is_some_and(|item| item.public) => {
            format!("{} liegt vor.", words::sentence(floor::kind(moved.kind)))
        }
        Event::ItemMoved(moved) => format!("Tagesordnungspunkt {} ist verschoben.", scene.number(&moved.item)),
        Event::ItemAdded(added) => format!("Die Tagesordnung ist ergänzt: Punkt {}, {}.", added.number, added.title),
        Event::ItemDropped(dropped) => {
            format!("Tagesordnungspunkt {} ist {}.", scene.number(&dropped.item), words::disposal(dropped.disposal))
        }
        Event::ItemReopened(reopened) => {
            format!("Tagesordnungspunkt {} wird wieder aufgenommen.", scene.number(&reopened.item))
        }
        Event::ElectionOpened(_)
        | Event::ElectionObjected(_)
        | Event::ElectionDeclared(_)
        | Event::LotDrawn(_)
        | Event::ElectionStruck(_)
        | Event::ElectionVoided(_) => election::said(scene, event),
        Event::ResultStruck(_) => "Das Ergebnis gilt nicht. Es wird neu abgestimmt.".into(),
        Event::MayorDecided(decided) => {
            format!("Zu Tagesordnungspunkt {} ist an Stelle des Gemeinderats entschieden.", scene.number(&decided.item))
        }
        Event::QuorumLacking(lacking) => match &lacking.item {
            Some(item) => format!("Nicht beschlussfähig zu Tagesordnungspunkt {}.", scene.number(item)),
            None if scene.meeting.opened_at.is_some() => "Nicht beschlussfähig: Die Sitzung ist zu Ende.".into(),
            None => "Nicht beschlussfähig: Die Sitzung findet nicht statt.".into(),
        },
        Event::QuorumQuestioned(questioned) => {
            format!("{} beantragt, die Beschlussunfähigkeit festzustellen.", scene.name(&questioned.mover))
        }
        Event::ChairHandedOver(_) => "Der Vorsitz ist abgegeben.".into(),
        Event::ChairTaken(ChairTaken { seat, .. }) | Event::ChairReturned(ChairReturned { seat, .. }) => {
            format!("Die Sitzung leitet jetzt {}.", scene.name(seat))
        }
        Event::FilmingStarted(started) => filming::said(started.purpose),
        Event::FilmingStopped(_) => "Die Aufnahme ist beendet.".into(),
        Event::MotionMoved(_)
        | Event::EldestNamed(_)
        | Event::OrderCalled(_)
        | Event::FloorWithdrawn(_)
        | Event::MemberExpelled(_)
        | Event::MemberExcluded(_)
        | Event::MembersBarred(_)
        | Event::ChairHindered(_)
        | Event::AdviserAdmitted(_)
        | Event::Planned(_)
        | Event::Convened(_)
        | Event::RoomAttested(_)
        | Event::PresenceFound(_)
        | Event::PublicRoomAttested(_)
        | Event::ItemSettled(_)
        | Event::RecusalRecorded(_)
        | Event::RecusalLifted(_)
        | Event::RecusalDoubted(_)
        | Event::RecusalDecided(_)
        | Event::ChoiceCast(_)
        | Event::ChoiceStruck(_)
        | Event::HandsCounted(_)
        | Event::ComplaintRaised(_)
        | Event::FaultProposed(_)
        | Event::FaultFound(_)
        | Event::HallFound(_)
        | Event::FloorRequested(_)
        | Event::FloorDeclined(_)
        | Event::FloorEnded(_)
        | Event::MotionReworded(_)
        | Event::MotionWithdrawn(_)
        | Event::StatementRecorded(_)
        | Event::GuestCalled(_)
        | Event::GuestDismissed(_)
        | Event::DataDeleted(_)
        | Event::ItemTextWritten(_)
        | Event::Replanned(_)
        | Event::Reseated(_)
        | Event::Rescheduled(_)
        | Event::Cancelled(_)
        | Event::Amended(_)
        | Event::Delivered(_)
        | Event::Resent(_)
        | Event::Replied(_)
        | Event::PaperFiled(_)
        | Event::PublicReadmitted(_)
        | Event::DoorsConfirmed(_)
        | Event::AloneDeclared(_)
        | Event::DecisionWithheld(_)
        | Event::IdentityAttested(_)
        | Event::ElectionMarked(_)
        | Event::SecondMarked(_)
        | Event::StandInAppointed(_)
        | Event::SwitchMoved(_)
        | Event::QuorumFound(_)
        | Event::ItemSwitched(_)
        | Event::FilmingAnswered(_)
        | Event::ElectionCounted(_) => return None,
    };
    Some(sentence)
}
