//! The announcements in German: each stands on its own, once plain and once as HTML.

mod election;

use crate::domain::law::recording::Purpose;
use crate::domain::majority::Outcome;
use crate::domain::meeting::effect::Announcement;
use crate::domain::meeting::event::{Disposal, InterruptionCause, MotionKind};

/// Plain text and HTML of an announcement.
#[expect(clippy::too_many_lines, reason = "one arm for each announcement, to be read as one table")]
pub fn words(announcement: &Announcement) -> (String, String) {
    match announcement {
        Announcement::Opened { title } => both(&[("Die Sitzung ist eröffnet: ", false), (title, true)]),
        Announcement::ItemCalled { number, title } => {
            both(&[("TOP ", false), (number, true), (" ist aufgerufen: ", false), (title, true)])
        }
        Announcement::BallotOpened { number, about, wording } => both(&[
            ("Abstimmung zu TOP ", false),
            (number, true),
            (over(*about), false),
            (": ", false),
            (wording, true),
        ]),
        Announcement::BallotVoided { number } => {
            both(&[("Die Abstimmung zu TOP ", false), (number, true), (" ist verworfen; keine Stimme zählt.", false)])
        }
        Announcement::Result { number, about, wording, outcome, yes, no, abstain } => {
            let outcome = found(*outcome);
            let abstentions = if *abstain == 1 { "Enthaltung" } else { "Enthaltungen" };
            let about = match about {
                MotionKind::Procedural => ", Antrag zur Geschäftsordnung",
                MotionKind::Amendment => ", Änderungsantrag",
                MotionKind::Main => "",
            };
            let tally = format!(" ({yes} Ja, {no} Nein, {abstain} {abstentions}): ");
            both(&[
                ("TOP ", false),
                (number, true),
                (about, false),
                (" – ", false),
                (outcome, true),
                (&tally, false),
                (wording, false),
            ])
        }
        Announcement::Interrupted { cause } => {
            both(&[("Die Sitzung ist unterbrochen", true), (": ", false), (self::cause(*cause), false), (".", false)])
        }
        Announcement::Resumed => both(&[("Die Sitzung wird fortgesetzt.", true)]),
        Announcement::Closed { title } => both(&[("Die Sitzung ist geschlossen: ", false), (title, true)]),
        Announcement::FloorGiven { name } => both(&[("Das Wort hat ", false), (name, true), (".", false)]),
        Announcement::ItemEnded { number, title, disposal } => both(&[
            ("TOP ", false),
            (number, true),
            (" ist ", false),
            (ended(*disposal), true),
            (": ", false),
            (title, false),
        ]),
        Announcement::ItemMoved { number, title, before: Some(before) } => both(&[
            ("TOP ", false),
            (number, true),
            (" wird vor TOP ", false),
            (before, true),
            (" behandelt: ", false),
            (title, false),
        ]),
        Announcement::ItemMoved { number, title, before: None } => {
            both(&[("TOP ", false), (number, true), (" wird später behandelt: ", false), (title, false)])
        }
        Announcement::ItemAdded { number, title } => {
            both(&[("Die Tagesordnung ist ergänzt um TOP ", false), (number, true), (": ", false), (title, true)])
        }
        Announcement::ItemReopened { number, title } => {
            both(&[("TOP ", false), (number, true), (" wird wieder aufgenommen: ", false), (title, false)])
        }
        Announcement::ChairTaken { name } => both(&[("Die Sitzung leitet jetzt ", false), (name, true), (".", false)]),
        Announcement::ResultStruck { number, wording } => both(&[
            ("Das Ergebnis zu TOP ", false),
            (number, true),
            (" gilt nicht; es wird neu abgestimmt: ", false),
            (wording, false),
        ]),
        Announcement::DecidedInstead { number, by, wording } => both(&[
            ("TOP ", false),
            (number, true),
            (", entschieden an Stelle des Gemeinderats von ", false),
            (by, true),
            (": ", false),
            (wording, false),
        ]),
        Announcement::NotQuorate { number: Some(number) } => {
            both(&[("Zu TOP ", false), (number, true), (" ist das Gremium nicht beschlussfähig.", false)])
        }
        Announcement::NotQuorate { number: None } => {
            both(&[("Das Gremium ist nicht beschlussfähig; die Sitzung ist zu Ende.", true)])
        }
        Announcement::ElectionOpened { .. }
        | Announcement::ElectionObjected { .. }
        | Announcement::ElectionResult { .. }
        | Announcement::LotDrawn { .. }
        | Announcement::ElectionStruck { .. }
        | Announcement::ElectionVoided { .. } => election::words(announcement),
        Announcement::FilmingStarted { purpose } => both(&[(filmed(*purpose), true), (".", false)]),
        Announcement::FilmingStopped => both(&[("Die Aufnahme ist beendet.", false)]),
        Announcement::PublicExcluded => both(&[
            ("Die Öffentlichkeit ist ausgeschlossen. Es folgt der ", false),
            ("nichtöffentliche Teil", true),
            (".", false),
        ]),
        Announcement::PublicReadmitted => {
            both(&[("Die Sitzung ist wieder ", false), ("öffentlich", true), (".", false)])
        }
        Announcement::DecisionAnnounced { number, wording, outcome } => both(&[
            ("Bekanntgabe aus dem nichtöffentlichen Teil, TOP ", false),
            (number, true),
            (", ", false),
            (found(*outcome), true),
            (": ", false),
            (wording, false),
        ]),
    }
}

const fn filmed(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Publish => "Es wird ab jetzt aufgezeichnet oder übertragen",
        Purpose::Minutes => "Es wird ab jetzt für die Niederschrift aufgezeichnet",
        Purpose::Others => "Presse oder Zuhörer zeichnen ab jetzt auf",
    }
}

const fn found(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Adopted => "angenommen",
        Outcome::Rejected => "abgelehnt",
        Outcome::NoDecision => "kein Beschluss",
    }
}

const fn over(about: MotionKind) -> &'static str {
    match about {
        MotionKind::Procedural => " über einen Antrag zur Geschäftsordnung",
        MotionKind::Amendment => " über einen Änderungsantrag",
        MotionKind::Main => "",
    }
}

const fn cause(cause: InterruptionCause) -> &'static str {
    match cause {
        InterruptionCause::Chair => "Entscheidung des Vorsitzes",
        InterruptionCause::Municipality => "Störung im Bereich der Gemeinde",
        InterruptionCause::Fault => "technische Störung",
        InterruptionCause::MunicipalSystem => "Ausfall des Systems der Gemeinde",
        InterruptionCause::Quorum => "fehlende Beschlussfähigkeit",
    }
}

const fn ended(disposal: Disposal) -> &'static str {
    match disposal {
        Disposal::Decided => "entschieden",
        Disposal::Noted => "zur Kenntnis genommen",
        Disposal::Postponed => "vertagt",
        Disposal::Referred => "verwiesen",
        Disposal::Removed => "abgesetzt",
        Disposal::Withdrawn => "zurückgezogen",
        Disposal::WithoutVote => "ohne Abstimmung abgeschlossen",
        Disposal::Moot => "erledigt",
    }
}

/// The same words plain and as HTML, the marked ones strong.
fn both(words: &[(&str, bool)]) -> (String, String) {
    let plain = words.iter().map(|(text, _)| *text).collect();
    let html = words
        .iter()
        .map(|(text, strong)| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>");
            if *strong { format!("<strong>{text}</strong>") } else { text }
        })
        .collect();
    (plain, html)
}
