//! The doors on the screens: the chair's steps to the non-public part and back, the declaration of who is connected, and
//! what the public reads meanwhile.

use super::floor::{folded, leads, members};
use super::next::close_act;
use super::scene::{Forms, Scene};
use super::{when, words};
use crate::domain::id::BallotId;
use crate::domain::meeting::doors::Doors;
use crate::domain::meeting::event::{Outlet, Withheld};
use crate::domain::meeting::{Command, ItemState, alone_text};
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::entry::Entry;
use crate::web::pages::floor::Folded;
use crate::web::pages::next::{Choice, NextStep};
use crate::web::pages::vote::Alone;

/// The step that comes before every other one: what was ordered of the doors is not done yet, or a decision waits to be told.
pub fn first(forms: &mut Forms<'_, '_>) -> Option<NextStep> {
    match forms.scene.meeting.publicity.doors {
        Doors::Clearing(_) => Some(clearing(forms)),
        Doors::Opening(_) => Some(opening(forms)),
        Doors::Closed { .. } => None,
        Doors::Open => {
            let ballot = forms.scene.meeting.unannounced().first().copied()?.clone();
            announce(forms, &ballot)
        }
    }
}

/// The step when no item of the present part waits any more; `None` if there is nothing on the other side of the doors.
pub fn across(forms: &mut Forms<'_, '_>) -> Option<NextStep> {
    if forms.scene.meeting.publicity.doors.is_closed() {
        return Some(readmit(forms));
    }
    let waiting =
        forms.scene.meeting.items.iter().filter(|item| !item.public && item.state == ItemState::Pending).count();
    (waiting > 0).then(|| {
        let act = forms.act("next-ausschliessen", "oeffentlichkeit_ausschliessen", "Öffentlichkeit ausschließen", &Command::ExcludePublic);
        let points = words::count(words::number(waiting), "nichtöffentlicher Punkt", "nichtöffentliche Punkte");
        NextStep {
            title: "Öffentlichkeit ausschließen".into(),
            context: format!("Alle öffentlichen Punkte sind behandelt. Es folgt: {points}."),
            say: act.blocked.is_none().then(|| {
                "Wir kommen zum nichtöffentlichen Teil. Ich bitte die Zuhörerinnen und Zuhörer, den Saal zu verlassen.".into()
            }),
            act: Some(act),
            others: vec![close_act(forms, "next-schliessen")],
        }
    })
}

/// Through the doors before the present part is done.
pub fn anytime(forms: &mut Forms<'_, '_>) -> Option<Act> {
    let scene = forms.scene;
    scene.upcoming()?;
    let (command, verb, label) = match scene.meeting.publicity.doors {
        Doors::Open => (Command::ExcludePublic, "oeffentlichkeit_ausschliessen", "Öffentlichkeit ausschließen"),
        Doors::Closed { .. } => {
            (Command::ReadmitPublic, "oeffentlichkeit_herstellen", "Öffentlichkeit wiederherstellen")
        }
        Doors::Clearing(_) | Doors::Opening(_) => return None,
    };
    scene.may(&command).ok()?;
    Some(forms.act("more-oeffentlichkeit", verb, label, &command))
}

fn clearing(forms: &mut Forms<'_, '_>) -> NextStep {
    let scene = forms.scene;
    let missing = missing(scene);
    let waits: Vec<String> = scene
        .seats()
        .filter(|seat| scene.meeting.attendance.places.contains_key(&seat.id) && scene.meeting.is_shut_out(&seat.id))
        .filter(|seat| !scene.meeting.only_advises(&seat.id))
        .map(|seat| seat.name.to_string())
        .collect();
    let mut context = standing(&missing);
    if !waits.is_empty() {
        context = format!("{context} Zugeschaltet, ohne Erklärung allein zu sein: {}.", words::names(&waits, 6));
    }
    let begin = Command::BeginClosedPart;
    let begin =
        forms.act("next-nichtoeffentlich", "nichtoeffentlich_beginnen", "Nichtöffentlichen Teil beginnen", &begin);
    let say = begin
        .blocked
        .is_none()
        .then(|| "Die Öffentlichkeit ist ausgeschlossen. Wir verhandeln nichtöffentlich.".into());
    let back =
        forms.act("next-doch", "oeffentlichkeit_herstellen", "Doch öffentlich fortsetzen", &Command::ReadmitPublic);
    let mut acts: Vec<Act> = confirmations(forms, "next");
    acts.extend(own_declaration(forms, "next-allein").filter(|act| act.blocked.is_none()));
    acts.push(begin);
    acts.push(back);
    let mut acts = acts.into_iter();
    NextStep { title: "Öffentlichkeit ausschließen".into(), context, say, act: acts.next(), others: acts.collect() }
}

fn opening(forms: &mut Forms<'_, '_>) -> NextStep {
    let missing = missing(forms.scene);
    let end =
        forms.act("next-oeffentlich", "nichtoeffentlich_beenden", "Öffentlich fortsetzen", &Command::EndClosedPart);
    let say = end.blocked.is_none().then(|| "Die Öffentlichkeit ist wiederhergestellt.".into());
    let mut acts = confirmations(forms, "next");
    acts.push(end);
    let mut acts = acts.into_iter();
    NextStep {
        title: "Öffentlichkeit wiederherstellen".into(),
        context: standing(&missing),
        say,
        act: acts.next(),
        others: acts.collect(),
    }
}

fn missing(scene: Scene<'_>) -> Vec<&'static str> {
    scene.meeting.unconfirmed().into_iter().map(words::outlet).collect()
}

fn standing(missing: &[&str]) -> String {
    if missing.is_empty() {
        "Alles ist bestätigt.".into()
    } else {
        format!("Noch nicht bestätigt: {}.", missing.join(", "))
    }
}

/// What chair and clerk confirm by hand, as ordered.
pub fn confirmations(forms: &mut Forms<'_, '_>, part: &str) -> Vec<Act> {
    let closing = matches!(forms.scene.meeting.publicity.doors, Doors::Clearing(_));
    let mut acts = Vec::new();
    for outlet in forms.scene.meeting.unconfirmed() {
        let (key, label) = match (outlet, closing) {
            (Outlet::Hall, true) => ("saal", "Zuhörer haben den Saal verlassen"),
            (Outlet::Hall, false) => ("saal", "Türen sind offen für alle"),
            (Outlet::PublicRoom, true) => ("raum", "Im öffentlichen Raum kommt nichts mehr an"),
            (Outlet::PublicRoom, false) => ("raum", "Bild und Ton kommen im öffentlichen Raum an"),
            (Outlet::Platform, _) => continue,
        };
        let command = Command::ConfirmDoors { outlet };
        let act = forms.act(format!("{part}-zugang-{key}"), "zugang_bestaetigen", label, &command);
        acts.push(act.with("zugang", key));
    }
    acts
}

fn readmit(forms: &mut Forms<'_, '_>) -> NextStep {
    let act = forms.act(
        "next-herstellen",
        "oeffentlichkeit_herstellen",
        "Öffentlichkeit wiederherstellen",
        &Command::ReadmitPublic,
    );
    NextStep {
        title: "Öffentlichkeit wiederherstellen".into(),
        context:
            "Alle nichtöffentlichen Punkte sind behandelt. Was beschlossen wurde, geben Sie danach öffentlich bekannt."
                .into(),
        say: act
            .blocked
            .is_none()
            .then(|| "Der nichtöffentliche Teil ist beendet. Bitte lassen Sie die Zuhörer herein.".into()),
        act: Some(act),
        others: vec![
            close_act(forms, "next-schliessen")
                .note("Beschlüsse werden dann in der nächsten öffentlichen Sitzung bekannt gegeben."),
        ],
    }
}

/// `Bekanntgabe` of the next decision (§ 35 (1) s. 4 GemO BW).
fn announce(forms: &mut Forms<'_, '_>, ballot: &BallotId) -> Option<NextStep> {
    let scene = forms.scene;
    let declared = scene.meeting.results.iter().find(|declared| declared.result.ballot == *ballot)?;
    let norm = scene.rules.public_announce_nonpublic.norm();
    let tell = Command::AnnounceDecision { ballot: ballot.clone() };
    let act = forms
        .act("next-bekanntgeben", "bekanntgeben", "Ist bekannt gegeben", &tell)
        .with("abstimmung", ballot.to_string());
    let mut withhold = |key: &'static str, label: &str, until: Withheld| {
        let command = Command::WithholdDecision { ballot: ballot.clone(), until };
        let act = forms.act(format!("next-nicht-{key}"), "nicht_bekanntgeben", label, &command);
        act.with("abstimmung", ballot.to_string()).with("grund", key)
    };
    let later = withhold("naechste_sitzung", "In der nächsten öffentlichen Sitzung", Withheld::NextSitting);
    let never = withhold("interessen", "Nicht bekannt geben", Withheld::Interests)
        .note(format!("Nur wenn öffentliches Wohl oder berechtigte Interessen Einzelner entgegenstehen ({norm})."));
    Some(NextStep {
        title: "Beschluss bekannt geben".into(),
        context: format!(
            "Nichtöffentlich zu TOP {} gefasst; bekannt gegeben wird im Wortlaut ({norm}).",
            scene.number(&declared.result.item)
        ),
        say: Some(format!(
            "{} hat nichtöffentlich beschlossen: {}",
            words::sentence(&words::the_body(scene.meeting.body_name.as_str())),
            declared.wording
        )),
        act: Some(act),
        others: vec![later, never],
    })
}

/// The act with which the viewer stays for the non-public part; `None` where nothing is asked.
fn own_declaration(forms: &mut Forms<'_, '_>, id: &str) -> Option<Act> {
    let scene = forms.scene;
    let seat = scene.own_seat()?;
    let asked = matches!(scene.meeting.publicity.doors, Doors::Clearing(_) | Doors::Closed { .. });
    (asked && scene.meeting.is_shut_out(seat))
        .then(|| forms.act(id, "allein", "Ich bin allein und nehme teil", &Command::DeclareAlone).tone(Tone::Main))
}

/// What a connected member is asked at the doors, or may know of having answered.
pub fn alone(forms: &mut Forms<'_, '_>) -> Option<Alone> {
    let scene = forms.scene;
    let seat = scene.own_seat()?;
    if !matches!(scene.meeting.publicity.doors, Doors::Clearing(_) | Doors::Closed { .. })
        || scene.meeting.is_in_room(seat)
    {
        return None;
    }
    let title = match scene.meeting.publicity.doors {
        Doors::Closed { .. } => "Nichtöffentlicher Teil",
        Doors::Clearing(_) | Doors::Open | Doors::Opening(_) => "Gleich wird nichtöffentlich verhandelt",
    };
    let (words, act) = match own_declaration(forms, "own-allein") {
        Some(act) if act.blocked.is_some() => {
            ("Sie sind solange getrennt: Bild und Ton sind aus, Sie werden nicht gezählt.".to_owned(), Some(act))
        }
        Some(act) => (alone_text(scene.rules), Some(act)),
        None => (
            "Sie haben erklärt, allein zu sein, und nehmen teil. Kommt jemand herein, schalten Sie sich bitte ab."
                .into(),
            None,
        ),
    };
    Some(Alone { title: title.into(), words, act })
}

/// What stands where an item would, while the public is shut out.
pub fn idle(scene: Scene<'_>) -> Option<String> {
    match &scene.meeting.publicity.doors {
        Doors::Open => None,
        Doors::Clearing(threshold) => {
            Some(format!("Die Öffentlichkeit wird ausgeschlossen, seit {}.", when::minute(threshold.since)))
        }
        Doors::Closed { since } => Some(format!(
            "Nichtöffentlicher Teil seit {}. Sobald die Sitzung wieder öffentlich ist, geht es hier weiter.",
            when::minute(*since)
        )),
        Doors::Opening(_) => Some("Die Öffentlichkeit wird wiederhergestellt. Es geht gleich weiter.".into()),
    }
}

/// Where it is moved to deal with an item on the other side of the doors (§ 35 (1) s. 3 GemO BW); `None` where nobody may.
pub fn switch_entry(forms: &mut Forms<'_, '_>) -> Option<Folded> {
    let scene = forms.scene;
    let own = scene.own_seat().filter(|_| !leads(scene)).cloned();
    let movable: Vec<Choice> = scene
        .meeting
        .items
        .iter()
        .filter(|item| scene.sees(item))
        .filter(|item| scene.may(&Command::MoveSwitch { item: item.id.clone(), mover: own.clone() }).is_ok())
        .map(|item| {
            let word = if item.public { "nichtöffentlich" } else { "öffentlich" };
            Choice { value: item.id.to_string(), label: format!("TOP {} {}: {word}", item.number, scene.title(item)) }
        })
        .collect();
    if movable.is_empty() {
        return None;
    }
    let id = "motion-seite";
    let entry = Entry::new(id, scene.to(), "seite_beantragen", forms.id(), "Antrag aufnehmen");
    let entry = entry.list("punkt", "Punkt, und wie er verhandelt werden soll", movable);
    let entry = if let Some(own) = own {
        entry.with("sitz", own.to_string())
    } else {
        let mut movers = members(scene);
        movers.push(Choice { value: String::new(), label: "Vorsitz oder Verwaltung".into() });
        entry.list("sitz", "Gestellt von", movers)
    };
    let norm = scene.rules.public_switch_decided_in.norm();
    let entry = entry.note(format!(
        "Beraten und entschieden wird darüber nichtöffentlich, bevor der Punkt behandelt wird ({norm})."
    ));
    Some(folded(id, "Öffentlich oder nichtöffentlich", entry))
}
