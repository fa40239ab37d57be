//! The public notice, the agenda on paper and the roll sheet.

use super::scene::Scene;
use super::{frame, reply, when, words};
use crate::domain::law::format::MeetingFormat;
use crate::domain::meeting::{Item, view};
use crate::web::pages::print::{PrintItem, PrintedAgenda, PublicNotice, RollRow, RollSheet};

/// Columns for votes on a sheet; on A4 across no more can be written in.
const VOTES: usize = 8;

/// Bekanntmachung. Nothing of the non-public part but that there is one.
pub fn notice(scene: Scene<'_>) -> PublicNotice {
    let meeting = scene.meeting;
    let mut facts =
        vec![("Zeit".to_owned(), when::appointment(meeting.starts_at)), ("Ort".to_owned(), meeting.place.to_string())];
    if let Some(convening) = meeting.convened().map(|convened| &convened.convening) {
        let (format, norm) = crate::app::summons::format(meeting, scene.rules);
        facts.push(("Sitzungsform".to_owned(), format!("{} ({norm})", words::sentence(format))));
        let public = match (convening.format, &convening.public_room) {
            (MeetingFormat::Digital, Some(room)) => {
                format!("Bild und Ton werden übertragen: {room} ({})", scene.rules.format_public_room.norm())
            }
            (MeetingFormat::Digital | MeetingFormat::Hybrid | MeetingFormat::InPerson, _) => {
                format!("Im Sitzungsraum: {}", meeting.place)
            }
        };
        facts.push(("Öffentlichkeit".to_owned(), public));
    }
    let elections = crate::app::summons::elections(meeting);
    if !elections.is_empty() {
        facts.push(("Wahlen".to_owned(), elections));
    }
    PublicNotice {
        frame: frame::still(scene, "Bekanntmachung", "bekanntmachung"),
        title: format!("{}: {}", meeting.body_name, meeting.title),
        cancelled: meeting.before.cancelled.as_ref().map(|(_, reason)| reason.to_string()),
        facts,
        items: items(scene, true),
        closed_part: meeting.items.iter().any(|item| !item.public),
        live: format!("/oeffentlich/{}", meeting.id),
    }
}

/// Tagesordnung as the viewer may see it.
pub fn agenda(scene: Scene<'_>) -> PrintedAgenda {
    let meeting = scene.meeting;
    PrintedAgenda {
        town: meeting.municipality.to_string(),
        title: format!("{}: {}", meeting.body_name, meeting.title),
        facts: reply::facts(scene),
        public: items(scene, true),
        closed: items(scene, false),
        closed_ground: format!(
            "{} ({})",
            scene.rules.agenda_closed_doors.value(),
            scene.rules.agenda_closed_doors.norm()
        ),
        signed: scene.name(&meeting.leading.office),
    }
}

fn items(scene: Scene<'_>, public: bool) -> Vec<PrintItem> {
    let papers = |item: &Item| {
        let newest = scene.meeting.before.papers_of(&item.id).into_iter();
        let seen = newest.filter(|_| scene.viewer.is_some() && scene.sees(item));
        seen.filter_map(|paper| paper.name.as_ref().map(|name| format!("Unterlage: {name}"))).collect()
    };
    let chosen = scene.meeting.items.iter().filter(|item| item.public == public);
    chosen
        .map(|item| PrintItem {
            number: item.number.clone(),
            title: scene.title(item),
            depth: item.number.matches('.').count().min(2),
            papers: papers(item),
        })
        .collect()
}

/// Anwesenheits- und Abstimmungsliste.
pub fn roll(scene: Scene<'_>) -> RollSheet {
    let meeting = scene.meeting;
    let quorum = view::quorum_now(meeting, scene.rules);
    let answer = |seat| meeting.before.replies.get(seat).map(|reply| words::answer(reply.answer).to_owned());
    RollSheet {
        town: meeting.municipality.to_string(),
        title: format!("{}: {}", meeting.body_name, meeting.title),
        when: format!("{} · {}", when::appointment(meeting.starts_at), meeting.place),
        rows: (1..)
            .zip(scene.seats())
            .map(|(number, seat)| RollRow {
                number,
                name: seat.name.to_string(),
                about: scene.about(seat),
                reply: answer(&seat.id).unwrap_or_default(),
            })
            .collect(),
        votes: meeting.items.iter().take(VOTES).map(|item| format!("TOP {}", item.number)).collect(),
        quorum: format!(
            "Beschlussfähig ab {} anwesenden Stimmberechtigten von {} ({}).",
            quorum.needed, quorum.occupied, quorum.norm
        ),
    }
}
