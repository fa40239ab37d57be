//! The ways to convene (`Einberufung`): which format, and for the digital one on which ground.

use super::scene::{Forms, Scene};
use super::when;
use crate::app::record;
use crate::domain::law::format::MeetingFormat;
use crate::domain::meeting::command::Summons;
use crate::domain::meeting::{Command, doubtful_in_person};
use crate::domain::refusal::Refusal;
use crate::web::pages::act::Act;

/// The formats that need no further words: hybrid where it is allowed, then in person; otherwise in person first.
pub fn plain(forms: &mut Forms<'_, '_>, part: &str) -> Vec<Act> {
    let hybrid = one(forms, part, MeetingFormat::Hybrid, "Hybrid einberufen");
    let in_person = one(forms, part, MeetingFormat::InPerson, "In Präsenz einberufen");
    if hybrid.blocked.is_none() { vec![hybrid, in_person] } else { vec![in_person, hybrid] }
}

fn one(forms: &mut Forms<'_, '_>, part: &str, format: MeetingFormat, label: &str) -> Act {
    let allowed = may(forms, format, None);
    let key = key(format);
    forms.judged(format!("{part}-einberufen-{key}"), "einberufen", label, allowed).with("format", key)
}

/// The doubt of sitting in person where members could be connected; nothing where there is none.
pub fn doubt(scene: Scene<'_>) -> String {
    doubtful_in_person(scene.meeting, scene.rules).unwrap_or_default()
}

/// Where to say that nobody may be connected this once: in the form that asks for the reason.
pub fn elsewhere(scene: Scene<'_>) -> String {
    if doubtful_in_person(scene.meeting, scene.rules).is_none() {
        return String::new();
    }
    format!(
        " Soll in diesem Einzelfall niemand zugeschaltet sein ({}), steht das mit der Begründung unter „Ladung“.",
        scene.rules.remote_exclusion.norm()
    )
}

/// The digital format (§ 37a (4) GemO BW), one act a ground; a single blocked one where none is allowed.
pub fn digital(forms: &mut Forms<'_, '_>) -> Vec<Act> {
    let mut acts = Vec::new();
    let grounds = forms.scene.rules.format_digital_grounds.value();
    for ground in grounds {
        let place = forms.scene.meeting.place.to_string();
        let reason = format!(
            "Wegen des schwerwiegenden Grundes „{}“ könnte die Sitzung sonst nicht ordnungsgemäß durchgeführt werden.",
            ground.text
        );
        let allowed = may(forms, MeetingFormat::Digital, Some((&ground.key, &reason)));
        let refused = allowed.is_err();
        let label =
            if refused { "Digital einberufen".to_owned() } else { format!("Digital einberufen: {}", ground.text) };
        let id = format!("more-einberufen-{}", ground.key.replace('_', "-"));
        let note = format!("Begründung: {reason} Öffentlich zugänglicher Raum: {place}.");
        acts.push(
            forms
                .judged(id, "einberufen", label, allowed)
                .with("format", key(MeetingFormat::Digital))
                .with("grund", ground.key.clone())
                .with("begruendung", reason)
                .with("raum", place)
                .note(note),
        );
        if refused {
            break;
        }
    }
    acts
}

/// Whether the meeting could be convened so, on the day of its newest entry.
pub fn may(forms: &Forms<'_, '_>, format: MeetingFormat, ground: Option<(&str, &str)>) -> Result<(), Refusal> {
    let meeting = forms.scene.meeting;
    let law = record::law_of(meeting).map_err(|why| Refusal::misuse("no_law", why))?;
    forms.scene.may(&Command::Convene {
        format,
        ground: ground.map(|(key, _)| key.to_owned()),
        reason: ground.and_then(|(_, reason)| reason.parse().ok()),
        public_room: ground.map(|_| meeting.place.clone()),
        law,
        summons: Summons { today: Some(when::date(forms.scene.now())), ..Summons::default() },
    })
}

const fn key(format: MeetingFormat) -> &'static str {
    match format {
        MeetingFormat::InPerson => "in_person",
        MeetingFormat::Hybrid => "hybrid",
        MeetingFormat::Digital => "digital",
    }
}
