//! The gallery and the own camera. Not a live part: a picture that plays must not be replaced. What changes about a
//! tile comes with the `seats` of a live message, and who is shown in it with `slots`.

use super::act::Act;
use super::people::Sense;
use askama::Template;

/// Picture and sound of the chamber, for `static/js/chamber.js`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/chamber.html")]
pub struct Chamber {
    /// Where the publishing offer goes, e.g. `/media/{id}/whip`; `None` for a device that only watches.
    pub publish: Option<String>,
    /// Where the receiving offer goes, e.g. `/media/{id}/whep`.
    pub receive: String,
    /// How many pairs of picture and sound are asked for.
    pub slots: u32,
    /// Seat of the person at this device.
    pub own_seat: String,
    pub own_name: String,
    /// This device is the hall itself, not a member.
    pub is_hall: bool,
    /// Plays no sound (a device in the hall, or it would howl).
    pub silent: bool,
    /// Why this device has to be seen and heard, or the sitting stands still.
    pub paragraph: String,
    /// Before anything is sent or shown: the member consents to be connected (§ 37a (1) s. 1 GemO BW).
    pub consent: Option<Consent>,
    /// Everybody else who may appear, in the order of the council; the hall first.
    pub tiles: Vec<Tile>,
}

/// What is consented to, and the act that does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub words: String,
    pub paragraph: String,
    pub act: Act,
}

/// How a device takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Sends picture and sound, receives the others.
    Both,
    /// Sees the others, silently: a device in the hall.
    Watches,
    /// Asks for the consent first.
    Asks,
}

impl Way {
    /// Name on the wire (`chamber` of a live message, `data-way`).
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Watches => "watches",
            Self::Asks => "asks",
        }
    }
}

impl Chamber {
    /// How this device takes part.
    #[must_use]
    pub const fn way(&self) -> Way {
        match (&self.consent, &self.publish) {
            (Some(_), _) => Way::Asks,
            (None, Some(_)) => Way::Both,
            (None, None) => Way::Watches,
        }
    }
}

/// A place in the gallery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Id of the seat or of the hall's endpoint, as `source` in `slots`.
    pub seat: String,
    pub name: String,
    /// Faction or office; may be empty.
    pub about: String,
    pub sense: Sense,
    /// E.g. "Bild und Ton treffen ein".
    pub word: String,
    /// The hall: shown larger.
    pub hall: bool,
}
