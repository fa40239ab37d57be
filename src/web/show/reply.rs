//! Teilnahme: what a member is summoned to, and the reply.

use super::scene::{Forms, Scene};
use super::{agenda, frame, papers, when, words};
use crate::app::summons;
use crate::domain::law::format::MeetingFormat;
use crate::domain::meeting::event::Answer;
use crate::domain::meeting::{Phase, consent_text};
use crate::web::pages::act::Tone;
use crate::web::pages::before::ReplyPage;
use crate::web::pages::form::{Form, Input, Kind};
use crate::web::pages::next::Choice;

/// The page of whoever looks.
pub fn page(forms: &mut Forms<'_, '_>) -> ReplyPage {
    let scene = forms.scene;
    let meeting = scene.meeting;
    let reply = scene.own_seat().and_then(|seat| meeting.before.replies.get(seat));
    let answered = reply.map(|reply| {
        let consent = if reply.consent { " Sie haben der Zuschaltung zugestimmt." } else { "" };
        format!("Ihre Antwort: {} ({}).{consent}", words::answer(reply.answer), when::short(reply.at))
    });
    let idle = match (&meeting.phase, &meeting.before.cancelled) {
        (_, Some((_, reason))) => format!("Die Sitzung ist abgesagt: {reason}"),
        (Phase::Planned, _) => "Die Sitzung ist noch nicht einberufen.".into(),
        (Phase::Closed(_), _) => "Die Sitzung ist geschlossen.".into(),
        (Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. }, None) => String::new(),
    };
    ReplyPage {
        frame: frame::still(scene, "Teilnahme", "teilnahme"),
        title: format!("{}: {}", meeting.body_name, meeting.title),
        facts: facts(scene),
        answered,
        form: idle.is_empty().then(|| form(forms, reply.map(|reply| reply.answer))),
        idle,
        agenda: agenda::agenda(scene).items,
        papers: papers::papers(scene),
    }
}

/// Time, place, format, period: what the letter says.
pub fn facts(scene: Scene<'_>) -> Vec<(String, String)> {
    let (meeting, rules) = (scene.meeting, scene.rules);
    let mut facts =
        vec![("Zeit".to_owned(), when::appointment(meeting.starts_at)), ("Ort".to_owned(), meeting.place.to_string())];
    if meeting.convened().is_some() {
        let (format, norm) = summons::format(meeting, rules);
        facts.push(("Sitzungsform".to_owned(), format!("{} ({norm})", words::sentence(format))));
        facts.extend(summons::format_notes(meeting, rules).into_iter().filter_map(|line| {
            let (label, text) = line.split_once(": ")?;
            Some((label.to_owned(), text.to_owned()))
        }));
        let notice = summons::notice(meeting);
        if !notice.is_empty() {
            facts.push(("Ladung".to_owned(), words::sentence(&notice)));
        }
    }
    facts
}

fn form(forms: &mut Forms<'_, '_>, given: Option<Answer>) -> Form {
    let scene = forms.scene;
    let format = scene.meeting.convened().map(|convened| convened.convening.format);
    let may_be_remote = match format {
        Some(MeetingFormat::Hybrid) => !scene.chairs() || !scene.rules.format_hybrid_chair_in_room.get(),
        Some(MeetingFormat::Digital) => true,
        Some(MeetingFormat::InPerson) | None => false,
    };
    let way = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
    let mut ways = vec![way("vor_ort", "Ich komme vor Ort")];
    if may_be_remote {
        ways.push(way("zugeschaltet", "Ich nehme zugeschaltet teil"));
    }
    ways.push(way("verhindert", "Ich bin verhindert"));
    let given = match given {
        Some(Answer::InRoom) => "vor_ort",
        Some(Answer::Remote) => "zugeschaltet",
        Some(Answer::Prevented) => "verhindert",
        None => "",
    };
    let mut inputs = vec![Input::new("antwort", "Wie nehmen Sie teil?", Kind::Ways(ways)).value(given).required()];
    if may_be_remote {
        inputs.push(Input::new("zustimmung", consent_text(scene.rules), Kind::Tick));
    }
    inputs.push(
        Input::new("begruendung", "Grund (freiwillig)", Kind::Line(300))
            .hint("Den Grund sehen Vorsitz und Schriftführung; er wird mit den Texten über Personen gelöscht."),
    );
    Form {
        id: "antworten".into(),
        to: scene.to(),
        verb: "antworten",
        command: forms.id(),
        fields: Vec::new(),
        inputs,
        button: "Antworten".into(),
        tone: Tone::Main,
        note: "Sie können die Antwort jederzeit ändern; es gilt die letzte.".into(),
        blocked: None,
    }
}
