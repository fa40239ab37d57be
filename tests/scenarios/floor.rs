//! The lines of the floor and of the agenda in the sitting.

use super::meeting_kit::{NAMES, item, seat};
use super::script::Script;
use super::words::meaning;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::event::{Disposal, MotionKind, Speaker, Turn};

const KINDS: [(&str, MotionKind); 3] = [
    ("Geschäftsordnungsantrag: ", MotionKind::Procedural),
    ("Änderungsantrag: ", MotionKind::Amendment),
    ("Sachantrag: ", MotionKind::Main),
];
const DROPS: [(&str, Disposal); 4] = [
    ("absetzen", Disposal::Removed),
    ("vertagen", Disposal::Postponed),
    ("zurückziehen", Disposal::Withdrawn),
    ("verweisen", Disposal::Referred),
];

impl Script {
    /// The floor and the agenda in the sitting.
    pub(super) fn floor(&mut self, who: &str, what: &str) -> Option<Command> {
        let own = NAMES.iter().position(|known| *known == who).map(seat);
        let member = |name: &str| NAMES.iter().position(|known| *known == name).map(seat);
        let motion = |number: &str| format!("m{number}").parse().ok();
        if let Some((kind, wording)) = KINDS.iter().find_map(|(word, kind)| Some((*kind, what.strip_prefix(word)?))) {
            self.motions += 1;
            let motion = motion(&self.motions.to_string())?;
            return Some(Command::MoveMotion { motion, mover: own, kind, wording: wording.parse().ok()? });
        }
        if let Some(rest) = what.strip_prefix("Antrag ") {
            if let Some(number) = rest.strip_suffix(" zurückziehen") {
                return Some(Command::WithdrawMotion { motion: motion(number)? });
            }
            let (number, wording) = rest.split_once(" lautet: ")?;
            return Some(Command::RewordMotion { motion: motion(number)?, wording: wording.parse().ok()? });
        }
        if let Some(rest) = what.strip_prefix("abstimmen über Antrag ") {
            let (number, way) = rest.split_once(", ")?;
            let asked = format!("abstimmen, {way}");
            let on_terms = self.on_terms(&asked);
            let Command::OpenBallot { ballot, method, wording, terms, .. } =
                on_terms.or_else(|| self.voting(&asked))?
            else {
                return None;
            };
            return Some(Command::OpenBallot { ballot, method, wording, motion: Some(motion(number)?), terms });
        }
        if let Some(name) = what.strip_prefix("Wort für Gast ") {
            return Some(Command::GiveFloor { to: Speaker::Guest { name: name.parse().ok()? } });
        }
        if let Some(name) = what.strip_prefix("Wort für ") {
            return Some(Command::GiveFloor { to: Speaker::Member { seat: member(name)? } });
        }
        if let Some(name) = what.strip_prefix("ruft Gast ") {
            return Some(Command::CallGuest { name: name.parse().ok()? });
        }
        if let Some(name) = what.strip_prefix("entlässt Gast ") {
            return Some(Command::DismissGuest { name: name.parse().ok()? });
        }
        if let Some(text) = what.strip_prefix("Erklärung: ") {
            return Some(Command::RecordStatement { seat: None, text: text.parse().ok()? });
        }
        if let Some(rest) = what.strip_prefix("befangen? ") {
            let (about, mover) = rest.split_once(", geäußert von ").map_or((rest, None), |(a, b)| (a, Some(b)));
            let (seat, mover) = (member(about)?, mover.and_then(member).or(own));
            self.motions += 1;
            return Some(Command::DoubtRecusal { seat, mover, motion: motion(&self.motions.to_string())? });
        }
        if let Some(rest) = what.strip_prefix("beantragt TOP ") {
            let number = rest.strip_suffix(" nichtöffentlich").or_else(|| rest.strip_suffix(" öffentlich"))?;
            return Some(Command::MoveSwitch { item: item(number), mover: own });
        }
        if let Some(rest) = what.strip_prefix("TOP ") {
            return agenda(rest);
        }
        Some(match what {
            "meldet sich" => Command::RequestFloor { seat: None, turn: Turn::Speech },
            "meldet sich zur Geschäftsordnung" => Command::RequestFloor { seat: None, turn: Turn::Procedure },
            "zieht Wortmeldung zurück" => Command::DeclineFloor { seat: None },
            "Rede beenden" => Command::EndSpeech,
            "Redeliste schließen" => Command::CloseList { closed: true },
            "Redeliste öffnen" => Command::CloseList { closed: false },
            _ => return None,
        })
    }
}

/// `3 vor TOP 2`, `3 zuletzt`, `3 absetzen`, `9 ergänzen: Titel, Grund: warum`, `1 wieder aufnehmen: warum`
fn agenda(what: &str) -> Option<Command> {
    if let Some((number, reason)) = what.split_once(" wieder aufnehmen: ") {
        return Some(Command::ReopenItem { item: item(number), reason: reason.parse().ok()? });
    }
    if let Some((number, rest)) = what.split_once(" ergänzen: ") {
        let (title, ground) = match rest.split_once(", Grund: ") {
            Some((title, ground)) => (title, Some(ground.parse().ok()?)),
            None => (rest, None),
        };
        let (number, title) = (number.to_owned(), title.parse().ok()?);
        return Some(Command::AddItem { item: item(&number), number, title, motion: None, ground });
    }
    if let Some((number, before)) = what.split_once(" vor TOP ") {
        return Some(Command::MoveItem { item: item(number), before: Some(item(before)) });
    }
    if let Some(number) = what.strip_suffix(" zuletzt") {
        return Some(Command::MoveItem { item: item(number), before: None });
    }
    let (number, word) = what.split_once(' ')?;
    Some(Command::DropItem { item: item(number), disposal: meaning(&DROPS, word)? })
}
