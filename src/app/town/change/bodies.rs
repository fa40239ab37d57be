//! Bodies, their mandates, factions, deputies and roles.

use super::people::{self, name};
use super::{Member, Wrong, alike, day, day_or_none, text, text_or_none, wrong};
use crate::app::town::kind::{KINDS, function_word, kind_word};
use crate::app::town::names::{free, stem};
use crate::app::town::speaking::MINUTES_MAX;
use crate::app::town::{BodyDraft, ChatDraft, Function, Role, RoleDraft, SEATS_MAX, SeatDraft, TownDraft};
use crate::domain::law::BodyKind;
use crate::domain::time::Date;

/// What is said about a body.
pub(super) struct Said<'a> {
    pub name: &'a str,
    pub statutory_seats: &'a str,
    pub oparl: &'a str,
    pub named_results: &'a str,
    pub chat: &'a str,
    pub kind: &'a str,
    /// Minutes and reference.
    pub speaking: (&'a str, &'a str),
}

/// What is said about a mandate.
pub(super) struct Mandate<'a> {
    pub faction: &'a str,
    pub from: &'a str,
    pub until: &'a str,
}

/// The same, read.
struct Term {
    faction: Option<String>,
    from: Option<Date>,
    until: Option<Date>,
}

impl Mandate<'_> {
    fn read(&self) -> Result<Term, Wrong> {
        let faction = text_or_none("fraktion", "Die Fraktion", self.faction)?;
        let from = day_or_none("von", "Der erste Tag", self.from)?;
        let until = day_or_none("bis", "Der letzte Tag", self.until)?;
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            return Err(wrong("bis", "Das Mandat endete vor seinem ersten Tag."));
        }
        Ok(Term { faction, from, until })
    }
}

fn body<'a>(draft: &'a mut TownDraft, id: &str) -> Result<&'a mut BodyDraft, Wrong> {
    let gone = || wrong("", "Dieses Gremium gibt es nicht mehr.");
    draft.bodies.iter_mut().find(|body| body.id == id).ok_or_else(gone)
}

fn known(draft: &TownDraft, field: &'static str, id: &str) -> Result<(), Wrong> {
    let choose = || wrong(field, "Bitte wählen Sie eine Person aus dem Verzeichnis.");
    draft.people.iter().any(|person| person.id == id).then_some(()).ok_or_else(choose)
}

/// How many seats the law or the Hauptsatzung knows (§ 25 (2) GemO BW).
fn seats(typed: &str) -> Result<u16, Wrong> {
    let count = typed.trim().parse::<u16>().ok().filter(|count| (1..=SEATS_MAX).contains(&usize::from(*count)));
    count.ok_or_else(|| wrong("sitze", format!("Die Zahl der Sitze ist eine Zahl von 1 bis {SEATS_MAX}.")))
}

fn free_name(draft: &TownDraft, name: &str, own: &str) -> Result<(), Wrong> {
    let same = |body: &BodyDraft| body.id != own && alike(&body.name, name);
    if draft.bodies.iter().any(same) {
        return Err(wrong("name", format!("Ein Gremium „{name}“ gibt es schon.")));
    }
    Ok(())
}

pub(super) fn add(
    draft: &mut TownDraft,
    typed: &str,
    statutory: &str,
    (chair, function): (&str, Function),
) -> Result<String, Wrong> {
    let title = text("name", "Der Name des Gremiums", typed)?;
    free_name(draft, &title, "")?;
    let statutory_seats = seats(statutory)?;
    known(draft, "person", chair)?;
    let id = free(draft, &stem(&title, "gremium"));
    let what = format!("Das Gremium „{title}“ ist angelegt; den Vorsitz hat {}.", name(draft, chair));
    let seat = SeatDraft {
        id: free(draft, &format!("sitz-{}", stem(name(draft, chair), "vorsitz"))),
        person: chair.to_owned(),
        function,
        faction: None,
        from: None,
        until: None,
    };
    draft.bodies.push(BodyDraft {
        id,
        name: title,
        oparl: None,
        statutory_seats,
        seats: vec![seat],
        roles: Vec::new(),
        deputies: Vec::new(),
        named_results: None,
        kind: None,
        chat: ChatDraft::Off,
        chat_reference: None,
        speaking_minutes: None,
        speaking_reference: None,
    });
    Ok(what)
}

/// Which kind of body it is; empty where it is not said.
fn kind(typed: &str) -> Result<Option<BodyKind>, Wrong> {
    let found = KINDS.iter().find(|(word, _, _)| *word == typed).map(|(_, kind, _)| *kind);
    match (typed, found) {
        ("", _) => Ok(None),
        (_, Some(kind)) => Ok(Some(kind)),
        (_, None) => Err(wrong("art", "Diese Art von Gremium gibt es nicht.")),
    }
}

/// Minutes and where they stand; neither goes without the other.
fn speaking((minutes, reference): (&str, &str)) -> Result<(Option<u16>, Option<String>), Wrong> {
    let reference = text_or_none("redezeit_stelle", "Die Fundstelle", reference)?;
    let typed = Some(minutes.trim()).filter(|minutes| !minutes.is_empty());
    let allowed = |minutes: &u16| (1..=MINUTES_MAX).contains(minutes);
    let no_number = || wrong("redezeit", format!("Die Redezeit ist eine Zahl von 1 bis {MINUTES_MAX} Minuten."));
    let minutes = typed.map(|typed| typed.parse().ok().filter(allowed).ok_or_else(no_number)).transpose()?;
    match (minutes, &reference) {
        (Some(_), None) => {
            Err(wrong("redezeit_stelle", "Bitte nennen Sie, wo die Geschäftsordnung die Redezeit regelt."))
        }
        (None, Some(_)) => Err(wrong("redezeit", "Bitte nennen Sie die Minuten, oder lassen Sie die Fundstelle leer.")),
        _ => Ok((minutes, reference)),
    }
}

pub(super) fn change(draft: &mut TownDraft, id: &str, said: &Said<'_>) -> Result<String, Wrong> {
    let title = text("name", "Der Name des Gremiums", said.name)?;
    free_name(draft, &title, id)?;
    let statutory_seats = seats(said.statutory_seats)?;
    let oparl = text_or_none("oparl", "Die OParl-Kennung", said.oparl)?;
    let named_results = text_or_none("namen", "Die Fundstelle", said.named_results)?;
    let chat_reference = text_or_none("chat", "Die Fundstelle", said.chat)?;
    let speaking = speaking(said.speaking)?;
    let kind = kind(said.kind)?;
    let body = body(draft, id)?;
    let mut what = Vec::new();
    if body.name != title {
        what.push(format!("Das Gremium „{}“ heißt jetzt „{title}“.", body.name));
    }
    if body.statutory_seats != statutory_seats {
        what.push(format!("„{title}“ hat jetzt {statutory_seats} Sitze."));
    }
    if body.oparl != oparl {
        what.push(format!("Die OParl-Kennung von „{title}“ ist geändert."));
    }
    if body.named_results != named_results {
        what.push(match &named_results {
            Some(ground) => format!("Die Ergebnisse von „{title}“ nennen die Namen ({ground})."),
            None => format!("Die Ergebnisse von „{title}“ nennen keine Namen mehr."),
        });
    }
    if body.kind != kind {
        what.push(format!("„{title}“ ist jetzt: {}.", kind.map_or("ohne Angabe der Art", kind_word)));
    }
    if body.chat_reference != chat_reference {
        what.push(match &chat_reference {
            Some(reference) => format!("Im Gremium „{title}“ ist der Chat erlaubt ({reference})."),
            None => format!("Im Gremium „{title}“ ist der Chat nicht mehr erlaubt."),
        });
    }
    if (body.speaking_minutes, &body.speaking_reference) != (speaking.0, &speaking.1) {
        what.push(match &speaking {
            (Some(minutes), Some(reference)) => {
                format!("Im Gremium „{title}“ gilt eine Redezeit von {minutes} Minuten ({reference}).")
            }
            _ => format!("Im Gremium „{title}“ gilt keine Redezeit mehr."),
        });
    }
    (body.speaking_minutes, body.speaking_reference) = speaking;
    body.chat = if chat_reference.is_some() { ChatDraft::Members } else { ChatDraft::Off };
    (body.name, body.statutory_seats, body.oparl) = (title, statutory_seats, oparl);
    (body.named_results, body.chat_reference, body.kind) = (named_results, chat_reference, kind);
    Ok(what.join(" "))
}

pub(super) fn add_seat(
    draft: &mut TownDraft,
    id: &str,
    member: &Member,
    function: Function,
    mandate: &Mandate<'_>,
) -> Result<String, Wrong> {
    let Term { faction, from, until } = mandate.read()?;
    let title = body(draft, id)?.name.clone();
    let person = match member {
        Member::Known(person) => {
            known(draft, "person", person)?;
            person.clone()
        }
        Member::New { name, email } => people::add(draft, name, email)?.0,
    };
    let who = name(draft, &person).to_owned();
    let seat = free(draft, &format!("sitz-{}", stem(&who, "mitglied")));
    let what = match function {
        Function::Mayor | Function::Chair => format!("{who} hat den Vorsitz im Gremium „{title}“"),
        Function::Councillor => format!("{who} ist Mitglied im Gremium „{title}“"),
        Function::Official | Function::Resident | Function::DistrictHead => {
            format!("{who} gehört als {} zum Gremium „{title}“", function_word(function))
        }
    };
    let party = faction.as_ref().map_or_else(String::new, |faction| format!(", Fraktion „{faction}“"));
    let since = from.map_or_else(String::new, |from| format!(", ab {}", from.german()));
    let what = format!("{what}{party}{since}.");
    body(draft, id)?.seats.push(SeatDraft { id: seat, person, function, faction, from, until });
    Ok(what)
}

fn seat<'a>(body: &'a mut BodyDraft, id: &str) -> Result<&'a mut SeatDraft, Wrong> {
    body.seats.iter_mut().find(|seat| seat.id == id).ok_or_else(|| wrong("", "Dieses Mandat gibt es nicht mehr."))
}

pub(super) fn change_seat(draft: &mut TownDraft, id: &str, place: &str, said: &Mandate<'_>) -> Result<String, Wrong> {
    let Term { faction, from, until } = said.read()?;
    let names = draft.clone();
    let body = body(draft, id)?;
    let title = body.name.clone();
    let seat = seat(body, place)?;
    let who = name(&names, &seat.person);
    let mut what = Vec::new();
    if seat.faction != faction {
        what.push(match &faction {
            Some(faction) => format!("{who} gehört im Gremium „{title}“ zur Fraktion „{faction}“."),
            None => format!("{who} gehört im Gremium „{title}“ zu keiner Fraktion."),
        });
    }
    if (seat.from, seat.until) != (from, until) {
        let term = [from.map(|day| format!("ab {}", day.german())), until.map(|day| format!("bis {}", day.german()))];
        let term: Vec<String> = term.into_iter().flatten().collect();
        let term = if term.is_empty() { "unbefristet".to_owned() } else { term.join(" ") };
        what.push(format!("Das Mandat von {who} im Gremium „{title}“ läuft {term}."));
    }
    (seat.faction, seat.from, seat.until) = (faction, from, until);
    Ok(what.join(" "))
}

pub(super) fn end_seat(draft: &mut TownDraft, id: &str, place: &str, until: &str) -> Result<String, Wrong> {
    let until = day("bis", "Der letzte Tag des Mandats", until)?;
    let names = draft.clone();
    let body = body(draft, id)?;
    let title = body.name.clone();
    let seat = seat(body, place)?;
    if seat.from.is_some_and(|from| until < from) {
        return Err(wrong("bis", "Das Mandat endete vor seinem ersten Tag."));
    }
    seat.until = Some(until);
    let who = name(&names, &seat.person);
    Ok(format!("Das Mandat von {who} im Gremium „{title}“ endet am {}.", until.german()))
}

pub(super) fn rename_faction(draft: &mut TownDraft, id: &str, from: &str, to: &str) -> Result<String, Wrong> {
    let to = text_or_none("fraktion", "Die Fraktion", to)?;
    let body = body(draft, id)?;
    let title = body.name.clone();
    let mut members = 0_usize;
    for seat in body.seats.iter_mut().filter(|seat| seat.faction.as_deref() == Some(from)) {
        seat.faction.clone_from(&to);
        members = members.saturating_add(1);
    }
    if members == 0 {
        return Err(wrong("", "Diese Fraktion gibt es nicht mehr."));
    }
    Ok(match to {
        Some(to) => format!("Die Fraktion „{from}“ im Gremium „{title}“ heißt jetzt „{to}“."),
        None => format!("Die Fraktion „{from}“ im Gremium „{title}“ gibt es nicht mehr."),
    })
}

pub(super) fn set_deputies(draft: &mut TownDraft, id: &str, people: &[String]) -> Result<String, Wrong> {
    let mut deputies: Vec<String> = Vec::new();
    for person in people.iter().filter(|person| !person.is_empty()) {
        known(draft, "stellvertretung", person)?;
        if deputies.contains(person) {
            let sentence = format!("{} steht zweimal in der Reihenfolge.", name(draft, person));
            return Err(wrong("stellvertretung", sentence));
        }
        deputies.push(person.clone());
    }
    let names: Vec<&str> = deputies.iter().map(|person| name(draft, person)).collect();
    let listed = names.join(", ");
    let body = body(draft, id)?;
    let title = body.name.clone();
    if deputies.iter().any(|deputy| {
        body.seats.iter().any(|seat| seat.function.leads() && seat.until.is_none() && seat.person == *deputy)
    }) {
        return Err(wrong("stellvertretung", "Wer den Vorsitz hat, vertritt sich nicht selbst."));
    }
    body.deputies = deputies;
    Ok(if listed.is_empty() {
        format!("Im Gremium „{title}“ ist keine Stellvertretung des Vorsitzes mehr eingetragen.")
    } else {
        format!("Im Gremium „{title}“ vertreten den Vorsitz in dieser Reihenfolge: {listed}.")
    })
}

/// What somebody with this role is for.
const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Chair => "Vorsitz",
        Role::Clerk => "Schriftführung",
        Role::Technician => "Technische Moderation",
        Role::Administrator => "Verwaltung",
        Role::Hall => "Saalgerät",
    }
}

pub(super) fn give_role(draft: &mut TownDraft, id: &str, person: &str, role: Role) -> Result<String, Wrong> {
    known(draft, "person", person)?;
    let who = name(draft, person).to_owned();
    let body = body(draft, id)?;
    if role == Role::Hall && body.seats.iter().any(|seat| seat.person == person) {
        return Err(wrong("person", "Das Gerät im Saal braucht ein eigenes Konto; ein Mitglied kann es nicht sein."));
    }
    if body.roles.iter().any(|given| given.person == person && given.role == role) {
        return Err(wrong("person", format!("{who} hat diese Aufgabe schon.")));
    }
    body.roles.push(RoleDraft { person: person.to_owned(), role });
    Ok(format!("{who} hat im Gremium „{}“ die Aufgabe {}.", body.name, role_word(role)))
}

pub(super) fn take_role(draft: &mut TownDraft, id: &str, person: &str, role: Role) -> Result<String, Wrong> {
    let who = name(draft, person).to_owned();
    let body = body(draft, id)?;
    let before = body.roles.len();
    body.roles.retain(|given| !(given.person == person && given.role == role));
    if body.roles.len() == before {
        return Err(wrong("", "Diese Aufgabe ist schon niemandem mehr zugewiesen."));
    }
    Ok(format!("{who} hat im Gremium „{}“ die Aufgabe {} nicht mehr.", body.name, role_word(role)))
}
