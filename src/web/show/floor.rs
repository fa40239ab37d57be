//! Redeliste, guests, motions and statements, as each screen may see and use them.

use super::scene::{Forms, Scene, blocked};
use super::{voting, when, words};
use crate::domain::id::SeatId;
use crate::domain::law::AgendaAddition;
use crate::domain::meeting::event::{Disposal, MotionKind, Speaker, Turn};
use crate::domain::meeting::floor::Motion as Moved;
use crate::domain::meeting::{Business, Command, Item, ItemState, Phase};
use crate::domain::refusal::RefusalKind;
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::entry::Entry;
use crate::web::pages::floor::{Floor, Folded, Guest, Motion, Motions, Speaking, SpeakingClock, Waiting};
use crate::web::pages::next::Choice;

const WORDING_CHARS_MAX: usize = 8000;
const REMARK_CHARS_MAX: usize = 2000;
const NAME_CHARS_MAX: usize = 120;
const TITLE_CHARS_MAX: usize = 500;

/// „zur Sache“.
pub const fn turn(turn: Turn) -> &'static str {
    match turn {
        Turn::Procedure => "zur Geschäftsordnung",
        Turn::Speech => "zu Wort",
    }
}

/// „Änderungsantrag“.
pub const fn kind(kind: MotionKind) -> &'static str {
    match kind {
        MotionKind::Procedural => "Antrag zur Geschäftsordnung",
        MotionKind::Amendment => "Änderungsantrag",
        MotionKind::Main => "Antrag zur Sache",
    }
}

/// Who speaks, by name.
pub fn name(scene: Scene<'_>, who: &Speaker) -> String {
    match who {
        Speaker::Member { seat } => scene.name(seat),
        Speaker::Guest { name } => name.to_string(),
    }
}

fn about(scene: Scene<'_>, seat: &SeatId) -> String {
    scene.meeting.seats.get(seat).map_or_else(String::new, |seat| scene.about(seat))
}

/// The item that is deliberated, in a sitting that goes on.
fn deliberated(scene: Scene<'_>) -> Option<&Item> {
    match (&scene.meeting.phase, scene.meeting.business()) {
        (Phase::Sitting { .. }, Some(Business::Item(_))) => scene.called(),
        _ => None,
    }
}

/// Leads the floor: chair and clerk.
pub(super) fn leads(scene: Scene<'_>) -> bool {
    scene.chairs() || scene.viewer.is_some_and(|viewer| viewer.actor.clerk)
}

/// Part `floor` without anything to press: for the hall and the public.
pub fn board(scene: Scene<'_>) -> Floor {
    let floor = &scene.meeting.floor;
    let speaking = floor.speaking.as_ref().map(|speaking| Speaking {
        name: name(scene, &speaking.who),
        about: match &speaking.who {
            Speaker::Member { seat } => about(scene, seat),
            Speaker::Guest { .. } => "Gast".into(),
        },
        since: format!("seit {}", when::second(speaking.since)),
        clock: matches!(scene.meeting.phase, Phase::Sitting { .. }).then(|| SpeakingClock {
            since: speaking.since.0,
            spoken: speaking.spoken,
            limit: None,
        }),
    });
    let waiting = floor.in_order().map(|request| Waiting {
        name: scene.name(&request.seat),
        about: about(scene, &request.seat),
        procedure: request.turn == Turn::Procedure,
        acts: Vec::new(),
    });
    let guests = scene.meeting.guests_now().map(|guest| Guest { name: guest.name.to_string(), acts: Vec::new() });
    let item = scene.called().is_some();
    Floor {
        hidden: !item,
        speaking,
        waiting: waiting.collect(),
        closed: floor.closed,
        guests: guests.collect(),
        spoken: Vec::new(),
        acts: Vec::new(),
        entries: Vec::new(),
    }
}

/// Part `floor`.
pub fn floor(forms: &mut Forms<'_, '_>) -> Floor {
    let scene = forms.scene;
    let mut floor = board(scene);
    let seats: Vec<SeatId> = scene.meeting.floor.in_order().map(|request| request.seat.clone()).collect();
    for (row, seat) in floor.waiting.iter_mut().zip(&seats) {
        row.acts = row_acts(forms, seat);
    }
    for (number, guest) in floor.guests.iter_mut().enumerate() {
        guest.acts = guest_acts(forms, number, &guest.name);
    }
    floor.acts = own_acts(forms);
    if leads(scene)
        && let Some(item) = scene.called()
    {
        let spoken = scene.meeting.spoken_at(&item.id);
        floor.spoken = spoken.into_iter().map(|(who, millis)| (name(scene, who), words::minutes(millis))).collect();
    }
    if leads(scene) && deliberated(scene).is_some() {
        floor.entries = vec![note_request(forms), call_guest(forms)];
    }
    floor
}

fn row_acts(forms: &mut Forms<'_, '_>, seat: &SeatId) -> Vec<Act> {
    let scene = forms.scene;
    let who = scene.name(seat);
    let mut acts = Vec::new();
    if scene.chairs() {
        let give = Command::GiveFloor { to: Speaker::Member { seat: seat.clone() } };
        let act = forms.act(format!("floor-wort-{seat}"), "wort_erteilen", "Wort erteilen", &give);
        acts.push(act.about(who.clone()).tone(Tone::Quiet).with("sitz", seat.to_string()));
    }
    if leads(scene) && scene.own_seat() != Some(seat) {
        let gone = Command::DeclineFloor { seat: Some(seat.clone()) };
        let act = forms.act(format!("floor-streichen-{seat}"), "wortmeldung_zurueck", "Streichen", &gone);
        acts.push(act.about(who).tone(Tone::Quiet).with("sitz", seat.to_string()));
    }
    acts
}

fn guest_acts(forms: &mut Forms<'_, '_>, number: usize, guest: &str) -> Vec<Act> {
    let Ok(name) = guest.parse::<crate::domain::text::Name>() else { return Vec::new() };
    let mut acts = Vec::new();
    if forms.scene.chairs() {
        let give = Command::GiveFloor { to: Speaker::Guest { name: name.clone() } };
        let act = forms.act(format!("floor-gast-wort-{number}"), "wort_erteilen", "Wort erteilen", &give);
        acts.push(act.about(guest).tone(Tone::Quiet).with("gast", guest));
    }
    if leads(forms.scene) {
        let gone = Command::DismissGuest { name };
        let act = forms.act(format!("floor-gast-ende-{number}"), "gast_entlassen", "Entlassen", &gone);
        acts.push(act.about(guest).tone(Tone::Quiet).with("gast", guest));
    }
    acts
}

/// What the viewer may do for themselves, and what the chair may do for all. A request the core would refuse for the phase
/// is not shown; one the law refuses is, with its reason.
fn own_acts(forms: &mut Forms<'_, '_>) -> Vec<Act> {
    let scene = forms.scene;
    let mut acts = Vec::new();
    if let Some(seat) = scene.own_seat().filter(|seat| scene.meeting.seats.contains_key(*seat))
        && deliberated(scene).is_some()
        && !scene.chairs()
    {
        if scene.meeting.floor.asks(seat) {
            let gone = Command::DeclineFloor { seat: None };
            acts.push(forms.act("floor-zurueck", "wortmeldung_zurueck", "Wortmeldung zurückziehen", &gone));
        } else {
            for (art, label, turn) in [
                ("sache", "Zu Wort melden", Turn::Speech),
                ("geschaeftsordnung", "Zur Geschäftsordnung", Turn::Procedure),
            ] {
                let ask = Command::RequestFloor { seat: None, turn };
                let act = forms.act(format!("floor-{art}"), "wortmeldung", label, &ask).with("art", art);
                acts.push(if turn == Turn::Speech { act.icon("hand") } else { act });
            }
        }
    }
    let end = scene.may(&Command::EndSpeech);
    if end.is_ok() {
        acts.push(forms.judged("floor-ende", "rede_beenden", "Rede beenden", end));
    }
    if scene.chairs() && deliberated(scene).is_some() {
        let closed = !scene.meeting.floor.closed;
        let label = if closed { "Redeliste schließen" } else { "Redeliste öffnen" };
        let act = forms.act("floor-liste", "redeliste_schliessen", label, &Command::CloseList { closed });
        acts.push(act.tone(Tone::Quiet).with("ja", if closed { "ja" } else { "nein" }));
    }
    acts
}

/// Members who are there, to choose from.
pub(super) fn members(scene: Scene<'_>) -> Vec<Choice> {
    let there = scene.seats().filter(|seat| scene.meeting.is_present(&seat.id));
    there.map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() }).collect()
}

fn choices(options: &[(&str, &str)]) -> Vec<Choice> {
    options.iter().map(|(value, label)| Choice { value: (*value).into(), label: (*label).into() }).collect()
}

pub(super) fn folded(id: &str, title: &str, entry: Entry) -> Folded {
    Folded { id: format!("{id}-auf"), title: title.into(), entry }
}

fn note_request(forms: &mut Forms<'_, '_>) -> Folded {
    let id = "floor-vermerken";
    let entry = Entry::new(id, forms.scene.to(), "wortmeldung", forms.id(), "Auf die Redeliste setzen")
        .list("sitz", "Mitglied", members(forms.scene))
        .list("art", "Wortmeldung", choices(&[("sache", "zur Sache"), ("geschaeftsordnung", "zur Geschäftsordnung")]));
    folded(id, "Wortmeldung im Saal vermerken", entry)
}

fn call_guest(forms: &mut Forms<'_, '_>) -> Folded {
    let id = "floor-gast";
    let entry = Entry::new(id, forms.scene.to(), "gast_rufen", forms.id(), "Zu diesem Punkt rufen")
        .line("gast", "Name und Funktion", NAME_CHARS_MAX)
        .note("Sachverständige, Beschäftigte und Angehörte nehmen nur an diesem Punkt teil und stimmen nicht ab.");
    folded(id, "Gast rufen", entry)
}

/// Part `motions`.
pub fn motions(forms: &mut Forms<'_, '_>) -> Motions {
    let scene = forms.scene;
    let Some(item) = scene.called().filter(|item| scene.sees(item)) else {
        let mut entries: Vec<Folded> = super::doors::switch_entry(forms).into_iter().collect();
        entries.extend(super::filming::answer_entry(forms));
        return Motions { hidden: entries.is_empty(), motions: Vec::new(), entries };
    };
    let here: Vec<&Moved> = scene.meeting.motions.iter().filter(|motion| motion.item == item.id).collect();
    let motions: Vec<Motion> = here.into_iter().map(|motion| row(forms, item, motion)).collect();
    let mut entries = Vec::new();
    let sits = scene.own_seat().is_some_and(|seat| scene.meeting.seats.contains_key(seat));
    if deliberated(scene).is_some() && (sits || leads(scene)) {
        entries.push(move_entry(forms));
    }
    entries.extend(super::doubt::raise(forms));
    if (sits || leads(scene)) && matches!(scene.meeting.phase, Phase::Sitting { .. } | Phase::Interrupted { .. }) {
        entries.push(state_entry(forms));
    }
    entries.extend(super::doors::switch_entry(forms));
    entries.extend(super::filming::answer_entry(forms));
    Motions { hidden: motions.is_empty() && entries.is_empty(), motions, entries }
}

/// Part `motions` without anything to press.
pub fn motions_board(scene: Scene<'_>) -> Motions {
    let item = scene.called().filter(|item| scene.sees(item));
    let here = scene.meeting.motions.iter().filter(|motion| item.is_some_and(|item| item.id == motion.item));
    let motions: Vec<Motion> = here.map(|motion| shown(scene, motion)).collect();
    Motions { hidden: motions.is_empty(), motions, entries: Vec::new() }
}

fn shown(scene: Scene<'_>, motion: &Moved) -> Motion {
    let word = match scene.meeting.fate(&motion.id) {
        _ if motion.withdrawn => "zurückgezogen".into(),
        Some(declared) => {
            let result = &declared.result;
            format!("{}, {}", words::outcome(result.outcome), words::tally(result.yes, result.no, result.abstain))
        }
        None => String::new(),
    };
    let mover = motion.mover.as_ref().map_or_else(String::new, |seat| match about(scene, seat).as_str() {
        "" => scene.name(seat),
        about => format!("{}, {about}", scene.name(seat)),
    });
    Motion {
        kind: kind(motion.kind).into(),
        mover,
        wording: motion.wording.to_string(),
        word,
        acts: Vec::new(),
        reword: None,
    }
}

fn row(forms: &mut Forms<'_, '_>, item: &Item, motion: &Moved) -> Motion {
    let scene = forms.scene;
    let mut shown = shown(scene, motion);
    let withdraw = Command::WithdrawMotion { motion: motion.id.clone() };
    if scene.may(&withdraw).is_err() {
        return shown;
    }
    let id = &motion.id;
    if scene.chairs() && deliberated(scene).is_some() {
        shown.acts = voting::on_motion(forms, item, motion);
    }
    let act = forms.act(format!("motion-weg-{id}"), "antrag_zurueckziehen", "Zurückziehen", &withdraw);
    shown.acts.push(act.tone(Tone::Quiet).with("antrag", id.to_string()));
    if scene.meeting.doubt_of(id).is_some() {
        return shown;
    }
    let reword = format!("motion-wortlaut-{id}");
    let entry = Entry::new(&reword, scene.to(), "antrag_aendern", forms.id(), "Wortlaut übernehmen")
        .with("antrag", id.to_string())
        .lines("wortlaut", "Wortlaut", motion.wording.to_string(), WORDING_CHARS_MAX);
    shown.reword = Some(folded(&reword, "Wortlaut ändern", entry));
    shown
}

fn move_entry(forms: &mut Forms<'_, '_>) -> Folded {
    let scene = forms.scene;
    let id = "motion-neu";
    let motion = forms.id();
    let entry = Entry::new(id, scene.to(), "antrag_stellen", forms.id(), "Antrag aufnehmen").with("antrag", motion);
    let entry = if let Some(own) = scene.own_seat().filter(|_| !leads(scene)) {
        entry.with("sitz", own.to_string())
    } else {
        let mut movers = members(scene);
        movers.push(Choice { value: String::new(), label: "Vorsitz oder Verwaltung".into() });
        entry.list("sitz", "Gestellt von", movers)
    };
    let kinds = [
        ("aenderung", "Änderungsantrag"),
        ("geschaeftsordnung", "Antrag zur Geschäftsordnung"),
        ("sache", "Antrag zur Sache"),
    ];
    let entry = entry.list("art", "Art", choices(&kinds)).lines("wortlaut", "Wortlaut", "", WORDING_CHARS_MAX);
    folded(id, if leads(scene) { "Antrag aufnehmen" } else { "Antrag stellen" }, entry)
}

fn state_entry(forms: &mut Forms<'_, '_>) -> Folded {
    let scene = forms.scene;
    let id = "motion-erklaerung";
    let entry = Entry::new(id, scene.to(), "erklaerung", forms.id(), "Zur Niederschrift nehmen");
    let entry = if leads(scene) { entry.list("sitz", "Mitglied", members(scene)) } else { entry };
    let entry = entry.lines("text", "Erklärung", "", REMARK_CHARS_MAX).note(words::on_request(scene.rules));
    folded(id, "Erklärung zur Niederschrift", entry)
}

/// What the chair may do with an item that waits, beside calling it.
pub fn agenda_acts(forms: &mut Forms<'_, '_>, index: usize, item: &Item) -> Vec<Act> {
    let scene = forms.scene;
    let mut acts = Vec::new();
    let first = scene.upcoming().filter(|first| item.public && first.id != item.id).map(|first| first.id.clone());
    let forward = Command::MoveItem { item: item.id.clone(), before: first.clone() };
    if let Some(first) = first.filter(|_| scene.may(&forward).is_ok()) {
        let act = forms.act(format!("agenda-vor-{index}"), "punkt_verschieben", "Vorziehen", &forward);
        acts.push(act.with("punkt", item.id.to_string()).with("vor", first.to_string()));
    }
    let removed = Command::DropItem { item: item.id.clone(), disposal: Disposal::Removed };
    if scene.may(&removed).is_ok() {
        let act = forms.act(format!("agenda-ab-{index}"), "punkt_streichen", "Absetzen", &removed);
        acts.push(act.with("punkt", item.id.to_string()).with("ergebnis", "abgesetzt"));
    }
    acts.into_iter().map(|act| act.about(format!("TOP {}", item.number)).tone(Tone::Quiet)).collect()
}

/// Urgent additions and mistakes put right, for the chair.
pub fn agenda_entries(forms: &mut Forms<'_, '_>) -> Vec<Folded> {
    let scene = forms.scene;
    if !scene.chairs() || !matches!(scene.meeting.phase, Phase::Sitting { .. }) {
        return Vec::new();
    }
    let mut entries = vec![add_entry(forms)];
    let settled: Vec<Choice> = scene
        .meeting
        .items
        .iter()
        .filter(|item| matches!(item.state, ItemState::Settled { .. }))
        .map(|item| Choice { value: item.id.to_string(), label: format!("TOP {} {}", item.number, scene.title(item)) })
        .collect();
    if !settled.is_empty() {
        let id = "agenda-wieder";
        let entry = Entry::new(id, scene.to(), "punkt_wieder_aufnehmen", forms.id(), "Wieder aufnehmen")
            .list("punkt", "Punkt", settled)
            .line("begruendung", "Warum", REMARK_CHARS_MAX)
            .note("Was dazu schon festgestellt ist, bleibt in der Aufzeichnung.");
        entries.push(folded(id, "Punkt wieder aufnehmen", entry));
    }
    entries
}

fn add_entry(forms: &mut Forms<'_, '_>) -> Folded {
    let scene = forms.scene;
    let id = "agenda-neu";
    let mut entry = Entry::new(id, scene.to(), "punkt_ergaenzen", forms.id(), "Tagesordnung ergänzen")
        .line("nummer", "Nummer, etwa 12 oder 5.3", 20)
        .line("titel", "Titel", TITLE_CHARS_MAX)
        .lines("wortlaut", "Beschlussvorschlag (freiwillig)", "", WORDING_CHARS_MAX)
        .lines("begruendung", "Warum es nicht bis zur nächsten Sitzung warten kann", "", REMARK_CHARS_MAX)
        .note(match scene.rules.agenda_addition_by.get() {
            AgendaAddition::Chair => format!("Nur in Notfällen ({}).", scene.rules.agenda_urgent.norm()),
            AgendaAddition::SpecialMajority => {
                format!("Nur, was mit der Mehrheit dafür aufgenommen ist ({}).", scene.rules.agenda_addition_by.norm())
            }
        });
    let asked = "top-neu".parse().ok().zip("neu".parse().ok()).zip("Notfall".parse().ok());
    if let Some(((item, title), ground)) = asked {
        let number = "999999".to_owned();
        let refused = scene.may(&Command::AddItem { item, number, title, motion: None, ground: Some(ground) }).err();
        entry.blocked = refused.filter(|refusal| refusal.kind == RefusalKind::Law).map(blocked);
    }
    folded(id, "Dringenden Punkt aufnehmen", entry)
}
