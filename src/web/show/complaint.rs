//! A complaint that came by telephone or was said in the hall, taken by the chair or the clerk.

use super::scene::{Forms, blocked};
use crate::domain::meeting::Command;
use crate::domain::meeting::command::TakenComplaint;
use crate::domain::meeting::event::Channel;
use crate::web::pages::entry::Entry;
use crate::web::pages::next::Choice;

/// Characters of the words a complaint is kept in; the kind stands beside them.
const WORDS_CHARS_MAX: usize = 1000;
const CHANNELS: [(&str, &str); 4] = [
    ("telefon", "am Telefon"),
    ("nachricht", "als Nachricht"),
    ("saal", "im Saal gesagt"),
    ("andere", "durch andere überbracht"),
];
const KINDS: [(&str, &str); 4] = [
    ("bild", "sieht die anderen nicht"),
    ("ton", "hört die anderen nicht"),
    ("beides", "sieht und hört die anderen nicht"),
    ("anderes", "anderes"),
];
const MINUTES: [(&str, &str); 6] = [
    ("0", "gerade eben"),
    ("5", "vor 5 Minuten"),
    ("10", "vor 10"),
    ("20", "vor 20"),
    ("40", "vor 40"),
    ("60", "vor einer Stunde"),
];

/// The form, while a member may complain at all.
pub fn taken(forms: &mut Forms<'_, '_>, id: &str) -> Option<Entry> {
    let scene = forms.scene;
    let first = scene.seats().next()?.id.clone();
    let heard = Some(TakenComplaint { seat: first, channel: Channel::Telephone, minutes_ago: 0 });
    let command = Command::Complain { text: "Störung".parse().ok()?, heard };
    let seats = scene.seats().map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() });
    let refused = scene.may(&command).err();
    if refused.as_ref().is_some_and(|why| matches!(why.code, "not_open" | "chair_or_clerk_only")) {
        return None;
    }
    let norm = scene.rules.fault_healing.norm();
    let mut entry = Entry::new(id, scene.to(), "ruege_entgegennehmen", forms.id(), "Rüge festhalten")
        .list("sitz", "Mitglied", seats.collect())
        .list("weg", "Sie kam", choices(&CHANNELS))
        .list("art", "Das Mitglied", choices(&KINDS))
        .list("vor", "Wann", choices(&MINUTES))
        .line("text", "In Worten des Mitglieds (freiwillig)", WORDS_CHARS_MAX)
        .note(format!("Sie liegt dem Vorsitz sofort vor und steht in der Niederschrift ({norm})."));
    entry.blocked = refused.map(blocked);
    Some(entry)
}

fn choices(words: &[(&str, &str)]) -> Vec<Choice> {
    words.iter().map(|(value, label)| Choice { value: (*value).into(), label: (*label).into() }).collect()
}
