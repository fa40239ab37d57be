//! Film and sound recordings on the screens (§ 35 (3) GemO BW): the mark for everybody, the answer at one's own place, and
//! what whoever leads begins and ends. The program itself has neither a recorder nor a way out for a stream.

use super::floor::{folded, leads};
use super::scene::{Forms, Scene, blocked};
use super::{when, words};
use crate::domain::law::recording::{Ground, Purpose};
use crate::domain::meeting::command::FilmingStep;
use crate::domain::meeting::event::{AnswerWay, Event, FilmingBasis, FilmingEnd, Speaker};
use crate::domain::meeting::{Command, Phase};
use crate::web::pages::act::Tone;
use crate::web::pages::entry::Entry;
use crate::web::pages::floor::Folded;
use crate::web::pages::next::{Choice, FilmingDesk};
use crate::web::pages::vote::Alone;

/// Longest name of somebody who is asked, in characters.
const NAME_CHARS_MAX: usize = 120;
/// Names in one sentence.
const NAMES_MAX: usize = 8;
/// What the program does not do, said where somebody might believe it does.
const OUTSIDE: &str = "Ratssaal nimmt selbst nichts auf und überträgt nichts ins Internet. Festgehalten werden Grundlage, Beginn und Ende. \
                       Schalten Sie die Kamera der Gemeinde erst danach ein, und sofort aus, wenn hier das Ende steht.";

/// The mark that everybody sees while something is recorded.
pub fn mark(scene: Scene<'_>) -> Option<String> {
    let running = scene.meeting.filming.running?;
    Some(format!("{}, seit {}", is_recorded(running.purpose), when::minute(running.since)))
}

/// What is said aloud when it begins.
pub fn said(purpose: Purpose) -> String {
    format!("{}.", is_recorded(purpose))
}

const fn is_recorded(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Publish => "Es wird aufgezeichnet oder übertragen",
        Purpose::Minutes => "Es wird für die Niederschrift aufgezeichnet",
        Purpose::Others => "Presse oder Zuhörer zeichnen auf",
    }
}

/// An entry about recordings in words.
#[expect(clippy::wildcard_enum_match_arm, reason = "the timeline hands over what belongs here")]
pub fn entry(scene: Scene<'_>, event: &Event) -> String {
    match event {
        Event::FilmingAnswered(answered) => {
            let who = super::floor::name(scene, &answered.of);
            let noted = if answered.way == AnswerWay::Noted { ", so festgehalten" } else { "" };
            let word = if answered.consents { "willigt in Aufnahmen ein" } else { "willigt in Aufnahmen nicht ein" };
            format!("{who} {word}{noted}.")
        }
        Event::FilmingStarted(started) => {
            format!("{} ({}).", is_recorded(started.purpose), basis(started.basis))
        }
        Event::FilmingStopped(stopped) => format!("Die Aufnahme ist beendet: {}.", ended(stopped.why)),
        _ => String::new(),
    }
}

const fn basis(basis: FilmingBasis) -> &'static str {
    match basis {
        FilmingBasis::Clause => "nach der Hauptsatzung",
        FilmingBasis::Consent => "mit Einwilligung aller anwesenden Mitglieder",
    }
}

const fn ended(why: FilmingEnd) -> &'static str {
    match why {
        FilmingEnd::Ordered => "auf Anordnung",
        FilmingEnd::Withdrawn => "eine Einwilligung ist zurückgenommen",
        FilmingEnd::Joined => "jemand ohne Einwilligung ist dazugekommen",
        FilmingEnd::Doors => "die Öffentlichkeit wechselt",
        FilmingEnd::Interruption => "die Sitzung ist unterbrochen",
        FilmingEnd::Closing => "die Sitzung ist geschlossen",
    }
}

/// What a member is asked at the own place, and what their answer does.
pub fn own(forms: &mut Forms<'_, '_>) -> Option<Alone> {
    let scene = forms.scene;
    let seat = scene.own_seat().filter(|seat| scene.meeting.seats.contains_key(*seat))?;
    if matches!(scene.meeting.phase, Phase::Planned | Phase::Closed(_)) {
        return None;
    }
    let consents = scene.meeting.filming.consents(seat);
    let command = Command::Film(FilmingStep::Answer { of: None, consents: !consents });
    let (label, answer) = if consents { ("Einwilligung zurücknehmen", "nein") } else { ("Ich willige ein", "ja") };
    let act = forms.act("own-aufnahme", "aufnahme_einwilligen", label, &command).tone(Tone::Quiet);
    let now = if consents {
        "Sie haben eingewilligt und können das jederzeit zurücknehmen."
    } else {
        "Sie haben nicht eingewilligt."
    };
    let what = match scene.meeting.filming_ground(scene.rules, Purpose::Publish) {
        Ok(Ground::Clause(rule)) => format!(
            "Zur Veröffentlichung darf die Gemeinde öffentliche Sitzungen nach der Hauptsatzung auch ohne Ihre Einwilligung \
             aufnehmen ({}). Jede andere Aufnahme braucht sie ({}).",
            rule.norm(),
            scene.rules.recording_other.norm()
        ),
        Ok(Ground::Consent(rule)) => {
            format!("Aufgenommen wird nur, wenn alle anwesenden Mitglieder einwilligen ({}).", rule.norm())
        }
        Err(refusal) => refusal.sentence,
    };
    Some(Alone {
        title: "Film- und Tonaufnahmen".into(),
        words: format!("{now} {what}"),
        act: Some(act.with("antwort", answer)),
    })
}

/// What whoever leads begins and ends, with who is missing.
pub fn desk(forms: &mut Forms<'_, '_>) -> Option<FilmingDesk> {
    let scene = forms.scene;
    if !matches!(scene.meeting.phase, Phase::Sitting { .. }) {
        return None;
    }
    if let Some(running) = scene.meeting.filming.running {
        let stop =
            forms.act("more-aufnahme-ende", "aufnahme_beenden", "Aufnahme beenden", &Command::Film(FilmingStep::Stop));
        return Some(FilmingDesk {
            words: format!("{} ({}).", mark(scene).unwrap_or_default(), basis(running.basis)),
            stop: Some(stop.tone(Tone::Grave).note("Danach die Kamera ausschalten.")),
            start: None,
        });
    }
    let missing = scene.names(scene.meeting.without_consent(scene.rules));
    let guests: Vec<String> = scene.meeting.guests_without_consent().map(ToString::to_string).collect();
    let mut said = vec![OUTSIDE.to_owned()];
    if !missing.is_empty() {
        said.push(format!("Anwesend und ohne Einwilligung: {}.", words::names(&missing, NAMES_MAX)));
    }
    if !guests.is_empty() {
        let norm = scene.rules.recording_nonmembers.norm();
        said.push(format!("Noch zu fragen, nicht Mitglied: {} ({norm}).", words::names(&guests, NAMES_MAX)));
    }
    let purposes = [
        ("veroeffentlichung", "Gemeinde, zur Veröffentlichung oder Übertragung", Purpose::Publish),
        ("niederschrift", "Tonaufnahme für die Niederschrift", Purpose::Minutes),
        ("andere", "Presse oder Zuhörer", Purpose::Others),
    ];
    let answers = purposes
        .map(|(value, label, purpose)| (value, label, scene.may(&Command::Film(FilmingStep::Start { purpose }))));
    let open = answers.iter().filter(|(_, _, answer)| answer.is_ok());
    let options: Vec<Choice> =
        open.map(|(value, label, _)| Choice { value: (*value).into(), label: (*label).into() }).collect();
    let refused = if options.is_empty() { answers.into_iter().find_map(|(_, _, answer)| answer.err()) } else { None };
    let mut start = Entry::new("more-aufnahme", scene.to(), "aufnahme_beginnen", forms.id(), "Aufnahme beginnt");
    if options.is_empty() {
        start.blocked = refused.map(blocked);
    } else {
        start = start.list("zweck", "Wer wozu aufnimmt", options);
        start = start
            .note("Alle sehen die Marke, und es wird angesagt. Fällt die Grundlage weg, ist die Aufnahme zu Ende.");
    }
    Some(FilmingDesk { words: said.join(" "), stop: None, start: Some(start) })
}

/// Where chair and clerk note what somebody in the room answered; `None` for everybody else.
pub fn answer_entry(forms: &mut Forms<'_, '_>) -> Option<Folded> {
    let scene = forms.scene;
    if !leads(scene) || !matches!(scene.meeting.phase, Phase::Sitting { .. } | Phase::Interrupted { .. }) {
        return None;
    }
    let in_room = scene.seats().filter(|seat| {
        let of = Speaker::Member { seat: seat.id.clone() };
        let consents = !scene.meeting.filming.consents(&seat.id);
        scene.own_seat() != Some(&seat.id)
            && scene.may(&Command::Film(FilmingStep::Answer { of: Some(of), consents })).is_ok()
    });
    let mut who = vec![Choice { value: String::new(), label: "Kein Mitglied: Name im nächsten Feld".into() }];
    who.extend(in_room.map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() }));
    let id = "aufnahme-antwort";
    let norm = scene.rules.recording_nonmembers.norm();
    let entry = Entry::new(id, scene.to(), "aufnahme_antwort", forms.id(), "Antwort festhalten")
        .list("sitz", "Wer geantwortet hat", who)
        .line("gast", "Sachverständige, Beschäftigte, Einwohner: Name", NAME_CHARS_MAX)
        .list(
            "antwort",
            "Antwort",
            [("nein", "nein, nicht aufnehmen"), ("ja", "ja, einverstanden")]
                .map(|(value, label)| Choice { value: value.into(), label: label.into() })
                .into(),
        )
        .note(format!(
            "Wer nicht Mitglied ist, wird einzeln gefragt, auch wenn die Hauptsatzung Aufnahmen zulässt ({norm}). Ohne Antwort gilt: nein."
        ));
    Some(folded(id, "Film- und Tonaufnahme: Antwort festhalten", entry))
}
