//! The screens: one plain struct per askama template, filled by the routes, free of domain types. A *page* is a whole
//! document; a *part* is a `<section data-part="…">` of it that the live channel sends again when it has changed.
//!
//! Texts arrive ready to read (German, times as "19:23:05 Uhr"); escaping is always on. Nested templates print
//! unescaped because they implement `HtmlSafe`, never by a filter.
//!
//! # Forms
//! Every act is a POST to `/sitzung/{id}/tun` with `tun` (the verb), `kennung` (the command's id) and fields:
//! `einberufen` `format` `grund` `begruendung` `raum`; `oeffentlichkeit_bestaetigen` `ja`; `eroeffnen`; `aufrufen` `punkt`;
//! `punkt_abschliessen` `ergebnis` `wortlaut`; `abstimmung_oeffnen` `abstimmung` `art` `wortlaut`; `stimme` `abstimmung` `wahl`;
//! `gehoert` `abstimmung` `sitz` `wahl`; `saal_zaehlung` `abstimmung` `stimmberechtigte` `gegenstimmen` `enthaltungen`
//! `ohne`; `abstimmung_schliessen`, `ergebnis`, `abstimmung_verwerfen` `abstimmung`; `saal_anwesend`, `saal_abwesend`
//! `sitz`; `befangen`, `befangen_aufheben` `punkt` `sitz`; `unterbrechen` `grund`; `fortsetzen` `abstimmung_geht_weiter`;
//! `einberufen`, `verlegen` (`tag` `uhrzeit` `ort` `begruendung`) and `nachtragen` (`nummer` `text` `ja` `wortlaut`) also take
//! `notfall`, the first `geladen_am`; `absagen` `begruendung`; `streichen` `punkt`; `ruecklauf`, `erneut_senden` `sitz`;
//! `identitaet_feststellen`, `identitaet_zuruecknehmen` `sitz` `marke` `weg`; `uebergeben` `sitz` `tag`; `antworten` `antwort` `zustimmung` `begruendung`;
//! `stoerung_befund` `bereich`; `stoerung_melden` `art` `text`; `schliessen`; `wortmeldung` `sitz` `art`;
//! `wortmeldung_zurueck` `sitz`; `wort_erteilen` `sitz` `gast`; `rede_beenden`; `redeliste_schliessen` `ja`; `antrag_stellen`
//! `antrag` `sitz` `art` `wortlaut`; `antrag_aendern` `antrag` `wortlaut`; `antrag_zurueckziehen` `antrag`; `erklaerung` `sitz`
//! `text`; `gast_rufen`, `gast_entlassen` `gast`; `punkt_verschieben` `punkt` `vor`; `punkt_streichen` `punkt` `ergebnis`;
//! `punkt_ergaenzen` `nummer` `titel` `wortlaut` `begruendung`; `seite_beantragen` `punkt` `sitz`; `punkt_wieder_aufnehmen` `punkt` `begruendung`. The chat has an address of its own,
//! `/sitzung/{id}/raum`, and the verbs `chat_oeffnen`; `chat_schliessen`; `chat_schreiben` `text`. With `Accept: application/json` the answer is
//! `{"text", "kennung", "weiter"?}` or, with a 4xx, `{"reason", "paragraph", "kennung"}`; otherwise a redirect back with
//! a [`frame::Notice`]. `kennung` in the answer is the id of the next command of that form: without it a second press
//! would ask the first command again.
//!
//! The clerk's texts go to `/sitzung/{id}/niederschrift/text` (`kennung` `punkt` `stand` `text`) and, while they are written, to
//! `…/entwurf` with the same fields: `stand` is the entry with the text the writer had before her, 0 if there was none.
//! A paper is shown by `/sitzung/{id}/zeigen` with `zeigen` `unterlage` `seite`; `zeigen_beenden`.
//! The chair's private notes go to `/sitzung/{id}/notizen` (`punkt` `text`).
//!
//! # Live messages
//! Numbered: `{"seq": n, "snapshot": true?, "parts": {name: html}, "say": text?, "seats": [{"seat", "sense", "word"}]?}`;
//! a connection begins with a snapshot, and a missing number makes the page connect anew. Beside the numbering:
//! `{"slots": [{"picture_mid", "sound_mid", "source"}]}`, `{"over": true}` when the meeting has ended (the page lets go of
//! camera and microphone), and `{}` as a sign of life: a page that hears nothing for 25 seconds connects anew (comments of
//! server-sent events and WebSocket pings do not reach it). The page says `{"report": {"frames", "frozen"}}`. A socket
//! closed with code 4001 has been taken over by another device and does not come back; after 4003 nobody is signed in, after 4004 the chair has changed.

pub mod access;
pub mod act;
pub mod agenda;
pub mod ballot;
pub mod before;
pub mod chamber;
pub mod circulation;
pub mod clerk;
pub mod due;
pub mod entry;
pub mod figures;
pub mod floor;
pub mod form;
pub mod frame;
pub mod minutes;
pub mod next;
pub mod notes;
pub mod papers;
pub mod people;
pub mod plan;
pub mod print;
pub mod requests;
pub mod results;
pub mod room;
pub mod rooms;
pub mod second;
pub mod shown;
pub mod technics;
pub mod town;
pub mod vote;
pub mod waiting;

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
    floor::Floor => "floor",
    floor::Motions => "motions",
    technics::Readiness => "readiness",
    technics::Lines => "lines",
    minutes::CurrentText => "texts",
    papers::PaperList => "papers",
    room::Room => "room",
    room::Chat => "chat",
    waiting::Waiting => "waiting",
    notes::Notes => "notes",
    shown::ShownPaper => "shown",
}

impl askama::filters::HtmlSafe for act::Act {}
impl askama::filters::HtmlSafe for form::Form {}
impl askama::filters::HtmlSafe for papers::Upload {}
impl askama::filters::HtmlSafe for chamber::Chamber {}
impl askama::filters::HtmlSafe for entry::Entry {}
impl askama::filters::HtmlSafe for notes::NoteForm {}
