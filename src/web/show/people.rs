//! Who is there, where, and what arrives of them. Words never claim more than is measured or attested.

use super::scene::{Forms, Scene};
use super::{Ids, when, words};
use crate::app::sitting::Snapshot;
use crate::domain::council::Seat;
use crate::domain::id::{HALL, SeatId};
use crate::domain::law::format::MeetingFormat;
use crate::domain::meeting::command::Preparation;
use crate::domain::meeting::event::Answer;
use crate::domain::meeting::{Command, Interval, Phase, Place, consent_text};
use crate::domain::presence::Perception;
use crate::domain::time::Instant;
use crate::web::pages::act::Tone;
use crate::web::pages::chamber::{Chamber, Consent, Tile};
use crate::web::pages::people::{Group, Member, People, Sense};

/// What is known of a member's presence.
pub struct Presence {
    pub sense: Sense,
    /// „im Saal bestätigt“, „Bild und Ton treffen ein“, „kein Bild“.
    pub word: String,
    pub since: Option<Instant>,
}

impl Presence {
    /// „seit 19:22:10 Uhr“, or nothing.
    pub fn since(&self) -> String {
        self.since.map_or_else(String::new, |since| format!("seit {}", when::second(since)))
    }
}

/// A member's presence as the record holds it.
pub fn presence(scene: Scene<'_>, seat: &SeatId) -> Presence {
    if matches!(scene.meeting.phase, Phase::Closed(_)) {
        let word = match last_interval(scene, seat) {
            Some(interval) if interval.remote => "war zugeschaltet",
            Some(_) => "war im Saal",
            None => "war nicht anwesend",
        };
        return Presence { sense: Sense::Away, word: word.into(), since: None };
    }
    let known = |sense, word: String, since| Presence { sense, word, since: Some(since) };
    match scene.meeting.attendance.places.get(seat) {
        _ if scene.meeting.is_expelled(seat) => Presence { sense: Sense::Away, word: "verwiesen".into(), since: None },
        Some(Place::Room { since }) => known(Sense::InRoom, "im Saal bestätigt".into(), *since),
        None => Presence { sense: Sense::Away, word: "nicht anwesend".into(), since: None },
        Some(Place::Remote { .. }) if scene.meeting.is_kept_out(seat) => {
            Presence { sense: Sense::Away, word: "nimmt nicht zugeschaltet teil".into(), since: None }
        }
        Some(Place::Remote { .. }) if scene.meeting.is_shut_out(seat) => {
            Presence { sense: Sense::Away, word: "nicht im nichtöffentlichen Teil".into(), since: None }
        }
        Some(Place::Remote { perception, since, lacking, .. }) => match perception {
            Perception::Perceptible => known(Sense::Arrives, "Bild und Ton treffen ein".into(), *since),
            Perception::Disturbed => known(Sense::Falters, words::lacking(lacking), *since),
            Perception::Absent => known(Sense::Lost, words::lacking(lacking), *since),
        },
    }
}

/// The last stretch of presence that is over.
fn last_interval<'a>(scene: Scene<'a>, seat: &SeatId) -> Option<&'a Interval> {
    scene.meeting.attendance.past.get(seat)?.last()
}

/// State of each seat's tile: the seat, how it stands, and in words.
pub fn tiles(snapshot: &Snapshot) -> Vec<(String, Sense, String)> {
    let scene = Scene::new(snapshot, None);
    let hall = scene.meeting.hall_takes_part().then(|| {
        let (sense, word) = hall(scene);
        (HALL.to_owned(), sense, word)
    });
    let seats = scene.seats();
    let seats = seats.map(|seat| (seat.id.to_string(), presence(scene, &seat.id).sense, tile_word(scene, &seat.id)));
    hall.into_iter().chain(seats).collect()
}

/// The hall as measured.
pub fn hall(scene: Scene<'_>) -> (Sense, String) {
    let since = |word: String, since| format!("{word} seit {}", when::second(since));
    match scene.meeting.convened().and_then(|convened| convened.hall.as_ref()) {
        None => (Sense::Away, "noch nicht verbunden".into()),
        Some(hall) => match hall.perception {
            Perception::Perceptible => (Sense::Arrives, "Bild und Ton treffen ein".into()),
            Perception::Disturbed => (Sense::Falters, since(words::lacking(&hall.lacking), hall.since)),
            Perception::Absent => (Sense::Lost, since(words::lacking(&hall.lacking), hall.since)),
        },
    }
}

fn tile_word(scene: Scene<'_>, seat: &SeatId) -> String {
    let presence = presence(scene, seat);
    match presence.sense {
        Sense::Falters | Sense::Lost => format!("{} {}", presence.word, presence.since()),
        Sense::Arrives | Sense::InRoom | Sense::Away => presence.word,
    }
}

/// Part `people`. The public sees who takes part and where, not each fault of a line.
pub fn people(scene: Scene<'_>) -> People {
    let over = matches!(scene.meeting.phase, Phase::Closed(_));
    let placed: Vec<(Member, usize)> = scene
        .seats()
        .map(|seat| {
            let group = match scene.meeting.attendance.places.get(&seat.id) {
                _ if over && last_interval(scene, &seat.id).is_some() => 0,
                Some(Place::Remote { perception: Perception::Perceptible | Perception::Disturbed, .. }) => 0,
                Some(Place::Room { .. }) => 1,
                Some(Place::Remote { perception: Perception::Absent, .. }) | None => 2,
            };
            (member(scene, seat), group)
        })
        .collect();
    let titles = [if over { "Haben teilgenommen" } else { "Zugeschaltet" }, "Vor Ort", "Nicht anwesend"];
    let groups = titles.into_iter().enumerate().map(|(index, title)| Group {
        title: title.into(),
        rows: placed.iter().filter(|(_, group)| *group == index).map(|(member, _)| member.clone()).collect(),
    });
    People { groups: groups.filter(|group| !group.rows.is_empty()).collect() }
}

fn member(scene: Scene<'_>, seat: &Seat) -> Member {
    let presence = presence(scene, &seat.id);
    let public = scene.viewer.is_none();
    let over = matches!(scene.meeting.phase, Phase::Closed(_));
    let word = match presence.sense {
        _ if !public || over => presence.word.clone(),
        Sense::Arrives => "zugeschaltet".into(),
        Sense::InRoom => "im Saal".into(),
        Sense::Falters => "zurzeit gestört".into(),
        Sense::Lost | Sense::Away => "nicht anwesend".into(),
    };
    Member {
        seat: seat.id.to_string(),
        name: seat.name.to_string(),
        about: scene.about(seat),
        sense: if public && presence.sense == Sense::Lost { Sense::Away } else { presence.sense },
        word,
        since: if public { String::new() } else { presence.since() },
        recused: scene.called().is_some_and(|item| scene.meeting.is_recused(&item.id, &seat.id)),
    }
}

/// Picture and sound for a member's device, while the meeting has any. A device in the hall sends nothing and plays no
/// sound, or it would howl.
pub fn chamber(scene: Scene<'_>, ids: Ids<'_>) -> Option<Chamber> {
    let own = scene.meeting.seats.get(scene.own_seat()?)?;
    let in_room = scene.meeting.is_in_room(&own.id);
    let consent = !in_room && !scene.meeting.before.consents(&own.id);
    // The chair of a hybrid meeting is in the room, or not yet there.
    if consent && scene.chairs() && scene.meeting.hall_takes_part() && scene.rules.format_hybrid_chair_in_room.get() {
        return None;
    }
    Some(Chamber {
        consent: consent.then(|| self::consent(scene, ids)),
        publish: (!in_room).then(|| format!("/media/{}/whip", scene.meeting.id)),
        own_seat: own.id.to_string(),
        own_name: own.name.to_string(),
        silent: in_room,
        ..gallery(scene, Some(&own.id))?
    })
}

/// Nobody is connected who has not said so (§ 37a (1) s. 1 GemO BW).
fn consent(scene: Scene<'_>, ids: Ids<'_>) -> Consent {
    let yes = Command::Prepare(Preparation::Reply { answer: Answer::Remote, consent: true, reason: None });
    // The chair's one next act stands elsewhere.
    let tone = if scene.chairs() { Tone::Plain } else { Tone::Main };
    let act = Forms::new(scene, ids)
        .act("chamber-consent", "antworten", "Ich stimme zu und nehme teil", &yes)
        .tone(tone)
        .with("antwort", "zugeschaltet")
        .with("zustimmung", "ja");
    // The paragraph stands beside the words.
    let paragraph = scene.rules.remote_consent.norm().to_owned();
    let words = consent_text(scene.rules).replace(&format!(" ({paragraph})"), "");
    Consent { words, paragraph, act }
}

/// Picture and sound of the hall's device.
pub fn chamber_of_hall(scene: Scene<'_>) -> Option<Chamber> {
    let whole = gallery(scene, None)?;
    let tiles: Vec<Tile> = whole.tiles.into_iter().filter(|tile| !tile.hall).collect();
    scene.meeting.hall_takes_part().then(|| Chamber {
        is_hall: true,
        paragraph: scene.rules.fault_municipal.norm().to_owned(),
        publish: Some(format!("/media/{}/whip", scene.meeting.id)),
        own_seat: HALL.into(),
        own_name: scene.meeting.place.to_string(),
        slots: words::number(tiles.len()).max(1),
        tiles,
        ..whole
    })
}

/// Everybody but `own` who may appear, the hall first; nobody's device yet.
fn gallery(scene: Scene<'_>, own: Option<&SeatId>) -> Option<Chamber> {
    let meeting = scene.meeting;
    let held = match &meeting.phase {
        Phase::Planned | Phase::Closed(_) => return None,
        Phase::Convened(convened) | Phase::Sitting { convened, .. } | Phase::Interrupted { convened, .. } => convened,
    };
    if held.convening.format == MeetingFormat::InPerson {
        return None;
    }
    let hall = meeting.hall_takes_part().then(|| {
        let (sense, word) = hall(scene);
        let (name, about) = ("Saal".to_owned(), meeting.place.to_string());
        Tile { seat: HALL.into(), name, about, sense, word, hall: true }
    });
    let seats = scene.seats().filter(|seat| Some(&seat.id) != own).map(|seat| Tile {
        seat: seat.id.to_string(),
        name: seat.name.to_string(),
        about: scene.about(seat),
        sense: presence(scene, &seat.id).sense,
        word: tile_word(scene, &seat.id),
        hall: false,
    });
    let tiles: Vec<Tile> = hall.into_iter().chain(seats).collect();
    Some(Chamber {
        is_hall: false,
        publish: None,
        receive: format!("/media/{}/whep", meeting.id),
        slots: words::number(tiles.len()).max(1),
        own_seat: String::new(),
        own_name: String::new(),
        silent: false,
        paragraph: scene.rules.presence_picture.norm().to_owned(),
        consent: None,
        tiles,
    })
}
