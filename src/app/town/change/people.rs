//! People: who is in the directory.

use super::{Wrong, text, wrong};
use crate::app::town::names::{free, stem};
use crate::app::town::parse;
use crate::app::town::{BodyDraft, PersonDraft, SeatDraft, TownDraft};
use crate::domain::time::Date;

/// The name of a person, for sentences; the identifier if it is gone.
pub(super) fn name<'a>(draft: &'a TownDraft, id: &'a str) -> &'a str {
    draft.people.iter().find(|person| person.id == id).map_or(id, |person| person.name.as_str())
}

pub(super) fn email(typed: &str) -> Result<String, Wrong> {
    match typed.trim() {
        "" => Ok(String::new()),
        typed => parse::email(typed)
            .map_err(|_| wrong("email", "Das ist keine E-Mail-Adresse. Sie sieht so aus: name@gemeinde.example")),
    }
}

fn free_email(draft: &TownDraft, email: &str, own: &str) -> Result<(), Wrong> {
    let other = draft.people.iter().find(|person| !email.is_empty() && person.email == email && person.id != own);
    other.map_or(Ok(()), |other| Err(wrong("email", format!("Diese E-Mail-Adresse gehört schon {}.", other.name))))
}

/// The identifier of a new person, and what the history says.
pub(super) fn add(draft: &mut TownDraft, typed: &str, address: &str) -> Result<(String, String), Wrong> {
    let name = text("name", "Der Name", typed)?;
    let email = email(address)?;
    free_email(draft, &email, "")?;
    let id = free(draft, &stem(&name, "person"));
    let what = format!("{name} ist ins Personenverzeichnis aufgenommen.");
    draft.people.push(PersonDraft { id: id.clone(), name, email });
    Ok((id, what))
}

pub(super) fn change(draft: &mut TownDraft, id: &str, typed: &str, address: &str) -> Result<String, Wrong> {
    let name = text("name", "Der Name", typed)?;
    let email = email(address)?;
    free_email(draft, &email, id)?;
    let person = draft.people.iter_mut().find(|person| person.id == id).ok_or_else(gone)?;
    let mut what = Vec::new();
    if person.name != name {
        what.push(format!("{} heißt jetzt {name}.", person.name));
    }
    if person.email != email {
        what.push(match (person.email.is_empty(), email.is_empty()) {
            (true, _) => format!("{name} hat jetzt eine E-Mail-Adresse."),
            (false, true) => format!("{name} hat keine E-Mail-Adresse mehr und kann sich nicht anmelden."),
            (false, false) => format!("{name} hat eine andere E-Mail-Adresse."),
        });
    }
    (person.name, person.email) = (name, email);
    Ok(what.join(" "))
}

/// Whoever still has a mandate stays.
pub(super) fn remove(draft: &mut TownDraft, id: &str, today: Date) -> Result<String, Wrong> {
    let name = draft.people.iter().find(|person| person.id == id).ok_or_else(gone)?.name.clone();
    let running = |seat: &SeatDraft| seat.person == id && seat.until.is_none_or(|until| until >= today);
    if let Some(body) = draft.bodies.iter().find(|body| body.seats.iter().any(running)) {
        return Err(wrong(
            "",
            format!("{name} hat noch ein Mandat im Gremium „{}“. Beenden Sie es zuerst.", body.name),
        ));
    }
    for body in &mut draft.bodies {
        let BodyDraft { seats, roles, deputies, .. } = body;
        let ended: Vec<String> = seats.iter().filter(|seat| seat.person == id).map(|seat| seat.id.clone()).collect();
        draft.retired.extend(ended);
        seats.retain(|seat| seat.person != id);
        roles.retain(|given| given.person != id);
        deputies.retain(|deputy| deputy != id);
    }
    draft.people.retain(|person| person.id != id);
    draft.retired.push(id.to_owned());
    Ok(format!("{name} ist aus dem Personenverzeichnis entfernt."))
}

pub(super) fn gone() -> Wrong {
    wrong("", "Diese Person steht nicht mehr im Verzeichnis.")
}
