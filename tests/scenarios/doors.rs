//! The lines at the doors: the public leaves, comes back, and is told.

use super::meeting_kit::ballot;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::event::{Event, Outlet, Withheld};

/// A line of whoever acts at the doors; what is told is the ballot opened last, or the one named.
pub fn command(what: &str, opened: u32) -> Option<Command> {
    let (what, number) = what.split_once(", Abstimmung ").unwrap_or((what, ""));
    let ballot = || ballot(&format!("a{}", number.parse().unwrap_or(opened)));
    Some(match what {
        "Öffentlichkeit ausschließen" => Command::ExcludePublic,
        "Öffentlichkeit wiederherstellen" => Command::ReadmitPublic,
        "bestätigt den Saal" => Command::ConfirmDoors { outlet: Outlet::Hall },
        "bestätigt den öffentlichen Raum" => Command::ConfirmDoors { outlet: Outlet::PublicRoom },
        "hat getrennt" => Command::ConfirmDoors { outlet: Outlet::Platform },
        "nichtöffentlich beginnen" => Command::BeginClosedPart,
        "öffentlich fortsetzen" => Command::EndClosedPart,
        "ist allein" => Command::DeclareAlone,
        "gibt den Beschluss bekannt" => Command::AnnounceDecision { ballot: ballot() },
        "gibt den Beschluss später bekannt" => {
            Command::WithholdDecision { ballot: ballot(), until: Withheld::NextSitting }
        }
        "gibt den Beschluss nicht bekannt" => {
            Command::WithholdDecision { ballot: ballot(), until: Withheld::Interests }
        }
        _ => return None,
    })
}

/// What happened at the doors, as a scenario says it behind its arrow.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other words stand elsewhere")]
pub fn event(event: &Event) -> String {
    match event {
        Event::PublicExcluded(_) => "Ausschluss angeordnet".into(),
        Event::PublicReadmitted(_) => "Wiederherstellung angeordnet".into(),
        Event::DoorsConfirmed(confirmed) => match confirmed.outlet {
            Outlet::Hall => "Saal bestätigt",
            Outlet::PublicRoom => "öffentlicher Raum bestätigt",
            Outlet::Platform => "Trennung bestätigt",
        }
        .into(),
        Event::ClosedPartBegun(_) => "nichtöffentlich".into(),
        Event::ClosedPartEnded(_) => "öffentlich".into(),
        Event::AloneDeclared(_) => "Erklärung festgehalten".into(),
        Event::DecisionAnnounced(_) => "bekannt gegeben".into(),
        Event::DecisionWithheld(_) => "nicht bekannt gegeben".into(),
        _ => "?".into(),
    }
}
