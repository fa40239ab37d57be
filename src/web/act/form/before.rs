//! The forms of the time before a meeting.

use super::{Fields, Unreadable, YES_NO, item, needed, optional, seat, text, word};
use crate::app::planning::late_item;
use crate::domain::law::format::MeetingFormat;
use crate::domain::ledger::Digest;
use crate::domain::meeting::command::{Preparation, Summons};
use crate::domain::meeting::event::{Answer, PinnedLaw};
use crate::domain::text::Remark;
use crate::domain::time::{Date, Instant};
use crate::web::show::moment;

const ANSWERS: [(&str, Answer); 3] =
    [("vor_ort", Answer::InRoom), ("zugeschaltet", Answer::Remote), ("verhindert", Answer::Prevented)];

/// `ausgeschlossen`: in person, because connection is ruled out in the single case (§ 37a (3) s. 2 GemO BW).
pub const FORMATS: [(&str, MeetingFormat); 4] = [
    ("in_person", MeetingFormat::InPerson),
    (RULED_OUT, MeetingFormat::InPerson),
    ("hybrid", MeetingFormat::Hybrid),
    ("digital", MeetingFormat::Digital),
];
const RULED_OUT: &str = "ausgeschlossen";

/// How the members are summoned.
pub fn summons(fields: &Fields) -> Result<Summons, Unreadable> {
    Ok(Summons {
        today: None,
        hour: None,
        elsewhere: optional(fields, "geladen_am")?,
        emergency: optional(fields, "notfall")?,
        second_notice: optional::<String>(fields, "hinweis")?.is_some(),
        // The application says who is excluded.
        excluded: Vec::new(),
        rule_out: fields.get("format").is_some_and(|format| format == RULED_OUT),
    })
}

/// The step a form asks for; `None` if it is none of these.
pub fn step(verb: &str, fields: &Fields) -> Result<Option<Preparation>, Unreadable> {
    Ok(Some(match verb {
        "verlegen" => {
            let day: Date = needed(fields, "tag")?;
            Preparation::Reschedule {
                day,
                starts_at: starts_at(day, fields)?,
                place: needed(fields, "ort")?,
                reason: needed(fields, "begruendung")?,
                // The running meeting puts the law of the Land here.
                law: PinnedLaw { land: String::new(), digest: Digest::NONE, text: String::new() },
                summons: summons(fields)?,
            }
        }
        "absagen" => Preparation::Cancel { reason: needed(fields, "begruendung")? },
        "nachtragen" => {
            let (number, title) = (text(fields, "nummer")?, needed(fields, "text")?);
            let public = word(fields, "ja", &YES_NO)?;
            let late = late_item(number, title, public, optional(fields, "wortlaut")?);
            let item = late.map_err(|why| Unreadable(why.to_string()))?;
            Preparation::AddItem { item, summons: summons(fields)? }
        }
        "streichen" => Preparation::DropItem { item: item(fields)? },
        "ruecklauf" => Preparation::NoteBounce { seat: seat(fields)? },
        "uebergeben" => Preparation::HandOver { seat: seat(fields)?, on: needed(fields, "tag")? },
        "erneut_senden" => Preparation::Resend { seat: seat(fields)? },
        "antworten" => Preparation::Reply {
            answer: word(fields, "antwort", &ANSWERS)?,
            consent: optional::<String>(fields, "zustimmung")?.is_some(),
            reason: optional::<Remark>(fields, "begruendung")?,
        },
        _ => return Ok(None),
    }))
}

fn starts_at(day: Date, fields: &Fields) -> Result<Instant, Unreadable> {
    let time = text(fields, "uhrzeit")?;
    moment(day, time).ok_or_else(|| Unreadable("Die Uhrzeit: bitte in der Form 19:00.".to_owned()))
}

/// What is said to whoever did it.
pub const fn done(step: &Preparation) -> &'static str {
    match step {
        Preparation::Replan { .. } => "Die Planung ist gespeichert.",
        Preparation::Reschedule { .. } => "Die Sitzung ist verlegt; alle Mitglieder werden benachrichtigt.",
        Preparation::Cancel { .. } => "Die Sitzung ist abgesagt; alle Mitglieder werden benachrichtigt.",
        Preparation::AddItem { .. } | Preparation::DropItem { .. } => {
            "Die Tagesordnung ist geändert; alle Mitglieder werden benachrichtigt."
        }
        Preparation::NoteBounce { .. } | Preparation::HandOver { .. } => "Vermerkt.",
        Preparation::Resend { .. } => "Die Ladung geht noch einmal hinaus.",
        Preparation::Reply { .. } => "Danke, Ihre Rückmeldung ist eingetragen.",
        Preparation::FilePaper { .. } => "Die Unterlage ist abgelegt.",
        Preparation::Reseat { .. } => "Die jetzige Besetzung ist übernommen.",
        Preparation::MarkSecond { of: Some(_), .. } => "Als zweite Sitzung vermerkt.",
        Preparation::MarkSecond { of: None, .. } => "Der Vermerk ist zurückgenommen.",
        // The platform's own, never a form's.
        Preparation::ReportDelivery { .. } | Preparation::Bar { .. } => "",
    }
}
