//! How long whoever has the floor may speak, where the Geschäftsordnung says so.

use super::scene::Scene;
use super::when;
use crate::app::town::SpeakingTime;
use crate::domain::meeting::event::Speaker;
use crate::web::pages::floor::{Floor, SpeakingLimit};

/// Puts the body's speaking time beside whoever has the floor.
pub fn limit(floor: &mut Floor, scene: Scene<'_>, time: Option<&SpeakingTime>) {
    let (Some(time), Some(shown)) = (time, &mut floor.speaking) else { return };
    let (Some(clock), Some(speaking)) = (&mut shown.clock, &scene.meeting.floor.speaking) else { return };
    let until = speaking.since.plus_millis(time.millis().saturating_sub(speaking.spoken));
    let minutes = if time.minutes == 1 { "1 Minute".to_owned() } else { format!("{} Minuten", time.minutes) };
    let own = matches!(&speaking.who, Speaker::Member { seat } if Some(seat) == scene.own_seat());
    clock.limit = Some(SpeakingLimit {
        millis: time.millis(),
        words: format!("Redezeit {minutes}, bis {} ({})", when::second(until), time.reference),
        over: scene.now() >= until,
        tell: match (own, scene.chairs()) {
            (true, _) => "Ihre Redezeit ist abgelaufen.".into(),
            (false, true) => format!("Die Redezeit von {} ist abgelaufen.", shown.name),
            (false, false) => String::new(),
        },
    });
}
