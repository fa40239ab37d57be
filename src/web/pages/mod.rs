//! The screens: one plain struct per askama template, filled by the routes, free of domain types. A *page* is a whole
//! document; a *part* is a `<section data-part="…">` of it that the live channel sends again when it has changed.
//!
//! Texts arrive ready to read (German, times as "19:23:05 Uhr"); escaping is always on. Nested templates print
//! unescaped because they implement `HtmlSafe`, never by a filter.

pub mod access;
pub mod act;
pub mod agenda;
pub mod ballot;
pub mod chamber;
pub mod clerk;
pub mod figures;
pub mod frame;
pub mod next;
pub mod people;
pub mod rooms;
pub mod vote;

/// A section of a page that can be rendered alone.
pub trait Part: askama::Template {
    /// Its name on the wire: the value of `data-part` and the key in a live message.
    const NAME: &'static str;
}

/// Names parts, and lets templates print each other without escaping what is already escaped.
macro_rules! parts {
    ($($part:ty => $name:literal),+ $(,)?) => {$(
        impl Part for $part { const NAME: &'static str = $name; }
        impl askama::filters::HtmlSafe for $part {}
    )+};
}

parts! {
    frame::Phase => "phase",
    figures::Figures => "figures",
    next::NextStep => "next",
    next::Faults => "faults",
    next::MoreActs => "more",
    agenda::Agenda => "agenda",
    agenda::CurrentItem => "item",
    people::People => "people",
    ballot::BallotBoard => "ballot",
    vote::VoteCard => "vote",
    vote::OwnPlace => "own",
    clerk::Attendance => "attendance",
    clerk::HallCount => "count",
    clerk::Heard => "heard",
    clerk::Timeline => "timeline",
    clerk::Downloads => "downloads",
}

impl askama::filters::HtmlSafe for act::Act {}
impl askama::filters::HtmlSafe for chamber::Chamber {}
