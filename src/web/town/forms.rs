//! What the forms of the administration say and ask for.

use super::fields::{choice, day, email, hidden, line, list, number, proposed, ways};
use super::rows::term;
use super::task::{ROLES, Task, deputy, role_word};
use super::view::Desk;
use crate::app::town::{Body, DEPUTIES_MAX, KINDS, Person, Role, kind_key};
use crate::web::pages::next::Choice;
use crate::web::pages::town::{Access, FormField};

/// Empty places a form offers beyond the deputies there are.
const MORE_DEPUTIES: usize = 2;

/// What a form says.
#[derive(Default)]
pub(super) struct Said {
    pub title: String,
    /// What follows from it.
    pub lead: Vec<String>,
    pub fields: Vec<FormField>,
    pub button: &'static str,
    /// It takes something away.
    pub grave: bool,
    /// Another change that belongs here: address and label.
    pub more: Option<(String, String)>,
    /// Where an invitation is asked for, and what the button says.
    pub invite: Option<(String, String)>,
}

impl Desk {
    pub(super) fn said(&self, task: &Task) -> Said {
        match task {
            Task::AddPerson => add_person(),
            Task::ChangePerson(id) => self.change_person(id),
            Task::RemovePerson(id) => self.remove_person(id),
            Task::AddBody => self.add_body(),
            Task::ChangeBody(id) => self.change_body(id),
            Task::AddSeat(id) => self.add_seat(id),
            Task::ChangeSeat(id, seat) => self.change_seat(id, seat),
            Task::EndSeat(id, seat) => self.end_seat(id, seat),
            Task::RenameFaction(id, place) => self.rename_faction(id, *place),
            Task::SetDeputies(id) => self.set_deputies(id),
            Task::GiveRole(id) => self.give_role(id),
            Task::TakeRole(id, person, role) => self.take_role(id, person, *role),
            Task::AddClause => self.add_clause(),
            Task::ProveClause(place) => self.prove_clause(*place),
            Task::AddLocal => self.add_local(),
            Task::EndLocal(place) => self.end_local(*place),
            Task::EndClause(place) => self.end_clause(*place),
        }
    }

    fn body_name(&self, id: &str) -> String {
        self.body_named(id).map_or_else(|| "Gremium".to_owned(), |body| body.name.clone())
    }

    fn person_name(&self, id: &str) -> String {
        self.person_named(id).map_or_else(|| "Person".to_owned(), |person| person.name.clone())
    }

    /// Everybody for whom `fits`, in the order of their surnames, after the line for nobody.
    fn choices(&self, nobody: &str, fits: impl Fn(&Person) -> bool) -> Vec<Choice> {
        let mut people: Vec<&Person> = self.town.people().iter().filter(|person| fits(person)).collect();
        people.sort_by_key(|person| super::view::surname(&person.name));
        let mut choices = vec![choice("", nobody)];
        choices.extend(people.into_iter().map(|person| choice(&person.id, &person.name)));
        choices
    }

    fn change_person(&self, id: &str) -> Said {
        let person = self.person_named(id);
        let value = |of: fn(&Person) -> &String| person.map_or_else(String::new, |person| of(person).clone());
        Said {
            title: self.person_name(id),
            fields: vec![
                line("name", "Name").value(value(|person| &person.name)).first(),
                email()
                    .hint("Ohne Adresse kann sich die Person nicht anmelden und wird auf anderem Weg geladen.")
                    .value(value(|person| &person.email)),
            ],
            button: "Speichern",
            invite: person.and_then(|person| self.invitation(person)),
            more: Some((Task::RemovePerson(id.to_owned()).href(), "Person aus dem Verzeichnis entfernen".to_owned())),
            ..Said::default()
        }
    }

    /// A new invitation also serves who has lost the telephone: the old keys are good until the new ones are set.
    fn invitation(&self, person: &Person) -> Option<(String, String)> {
        let word = match self.access(&person.id) {
            Access::NoAddress => return None,
            Access::Waiting(_) => "Einladung schicken",
            Access::Ready => "Neue Einladung schicken, etwa nach Verlust des Telefons",
        };
        self.mail.then(|| (format!("/verwaltung/einladen/{}", person.id), word.to_owned()))
    }

    fn remove_person(&self, id: &str) -> Said {
        let name = self.person_name(id);
        let about = self.person_named(id).map_or_else(String::new, |person| self.person_row(person).about);
        let mut lead = vec![format!(
            "{name} kann sich danach nicht mehr anmelden; offene Anmeldungen und Einladungen enden sofort. In der \
             Aufzeichnung früherer Sitzungen bleibt der Name stehen."
        )];
        if !about.is_empty() {
            lead.push(format!("Mit entfernt werden: {about}."));
        }
        Said { title: format!("{name} entfernen?"), lead, button: "Entfernen", grave: true, ..Said::default() }
    }

    fn add_body(&self) -> Said {
        Said {
            title: "Gremium anlegen".to_owned(),
            fields: vec![
                line("name", "Name").hint("Zum Beispiel: Ausschuss für Technik und Umwelt").first(),
                statutory_seats(),
                list("person", "Vorsitz", self.choices("Bitte wählen", |_| true))
                    .hint("Wer fehlt, wird zuerst unter „Personen“ aufgenommen."),
            ],
            button: "Anlegen",
            ..Said::default()
        }
    }

    fn change_body(&self, id: &str) -> Said {
        let body = self.body_named(id);
        let value = |of: fn(&Body) -> Option<&String>| body.and_then(of).cloned().unwrap_or_default();
        let seats = body.map_or_else(String::new, |body| body.statutory_seats.to_string());
        let speaking = body.and_then(|body| body.speaking.as_ref());
        Said {
            title: format!("{}: Angaben", self.body_name(id)),
            fields: vec![
                line("name", "Name").value(value(|body| Some(&body.name))).first(),
                statutory_seats().value(seats),
                list("gremium", "Art des Gremiums", std::iter::once(choice("", "ohne Angabe, wie der Gemeinderat")).chain(KINDS.iter().map(|(key, _, word)| choice(key, word))).collect())
                    .hint("Danach richtet sich, wer entscheidet, wenn das Gremium nicht beschlussfähig ist.")
                    .value(body.and_then(|body| body.kind).map_or("", kind_key)),
                line("namen", "Grund für Namen in den Ergebnissen")
                    .hint(
                        "Nur wenn die öffentlichen Ergebnisse einer namentlichen Abstimmung die Namen nennen sollen, zum \
                         Beispiel: § 24 Abs. 3 Geschäftsordnung. Leer: nur Summen.",
                    )
                    .value(value(|body| body.named_results.as_ref())),
                line("chat", "Wo die Geschäftsordnung den Chat erlaubt")
                    .hint("Zum Beispiel: § 12 Geschäftsordnung. Leer: kein Chat.")
                    .value(value(|body| body.chat.as_ref().map(|chat| &chat.reference))),
                number("redezeit", "Redezeit in Minuten")
                    .hint("Wie lange ein Beitrag dauern darf. Sie wird angezeigt und schneidet niemandem das Wort ab. Leer: keine.")
                    .value(speaking.map_or_else(String::new, |time| time.minutes.to_string())),
                line("redezeit_stelle", "Wo die Geschäftsordnung die Redezeit regelt")
                    .hint("Zum Beispiel: § 14 Abs. 3 Geschäftsordnung")
                    .value(speaking.map_or_else(String::new, |time| time.reference.clone())),
                line("oparl", "OParl-Kennung")
                    .hint("Nur für den Import aus dem Ratsinformationssystem: die Adresse des Gremiums dort.")
                    .value(value(|body| body.oparl.as_ref())),
            ],
            button: "Speichern",
            ..Said::default()
        }
    }

    fn add_seat(&self, id: &str) -> Said {
        let name = self.body_name(id);
        let body = self.body_named(id);
        let sits = |person: &Person| {
            body.is_some_and(|body| {
                body.seats.iter().any(|seat| seat.person == person.id && seat.until.is_none())
                    || body.has_role(&person.id, Role::Hall)
            })
        };
        Said {
            title: format!("{name}: Mitglied aufnehmen"),
            fields: vec![
                list("person", "Person", self.choices("Neue Person, mit Namen unten", |person| !sits(person))).first(),
                line("name", "Name der neuen Person").hint("Nur wenn oben keine Person gewählt ist."),
                email().hint("Dorthin gehen Einladung und Ladung. Darf fehlen."),
                ways(
                    "funktion",
                    "Funktion",
                    vec![
                        choice("mitglied", "Mitglied"),
                        choice("vorsitz", "Vorsitz (§ 25 Abs. 1 GemO)"),
                        choice("beigeordnet", "Beigeordnete/r, beratende Stimme (§ 33 Abs. 1 GemO)"),
                        choice("sachkundig", "Sachkundige/r Einwohner/in (§ 40 Abs. 1, § 41 Abs. 1 GemO)"),
                        choice("ortsvorstehend", "Ortsvorsteher/in ohne Sitz, beratende Stimme (§ 72 Nr. 2 GemO)"),
                    ],
                )
                .value("mitglied"),
                self.faction(id),
                day("von", "Erster Tag des Mandats").hint("Leer: das Mandat läuft schon."),
                day("bis", "Letzter Tag des Mandats").hint("Leer: bis auf Weiteres."),
            ],
            button: "Aufnehmen",
            ..Said::default()
        }
    }

    fn faction(&self, id: &str) -> FormField {
        let names = self.body_named(id).map(|body| Self::factions(body, self.today).into_keys());
        proposed("fraktion", "Fraktion", names.into_iter().flatten().map(str::to_owned).collect()).hint("Darf fehlen.")
    }

    fn change_seat(&self, id: &str, seat: &str) -> Said {
        let stored = self.seat_named(id, seat);
        let who = stored.map_or_else(|| "Mandat".to_owned(), |seat| self.name_of(&seat.person));
        let date = |day: Option<crate::domain::time::Date>| day.map_or_else(String::new, |day| day.to_string());
        Said {
            title: format!("{who}: Mandat im Gremium {}", self.body_name(id)),
            lead: vec![WHAT_IT_MEANS.to_owned()],
            fields: vec![
                self.faction(id).value(stored.and_then(|seat| seat.faction.clone()).unwrap_or_default()).first(),
                day("von", "Erster Tag des Mandats").value(date(stored.and_then(|seat| seat.from))),
                day("bis", "Letzter Tag des Mandats").value(date(stored.and_then(|seat| seat.until))),
            ],
            button: "Speichern",
            more: stored.map(|seat| {
                (
                    Task::ChangePerson(seat.person.to_string()).href(),
                    format!("Name oder E-Mail-Adresse von {who} ändern"),
                )
            }),
            ..Said::default()
        }
    }

    fn end_seat(&self, id: &str, seat: &str) -> Said {
        let stored = self.seat_named(id, seat);
        let who = stored.map_or_else(|| "Mandat".to_owned(), |seat| self.name_of(&seat.person));
        let mut lead = vec![format!(
            "{who} gehört dem Gremium {} danach nicht mehr an und stimmt nicht mehr mit. Die Person bleibt im Verzeichnis.",
            self.body_name(id)
        )];
        lead.extend(stored.map(|seat| format!("Bisher: {}.", term(seat, self.today))));
        lead.push(WHAT_IT_MEANS.to_owned());
        Said {
            title: format!("Mandat von {who} beenden?"),
            lead,
            fields: vec![day("bis", "Letzter Tag des Mandats").value(self.today).first()],
            button: "Mandat beenden",
            grave: true,
            ..Said::default()
        }
    }

    fn rename_faction(&self, id: &str, place: usize) -> Said {
        let name = self.faction_at(id, place).unwrap_or_default();
        Said {
            title: format!("{}: Fraktion „{name}“", self.body_name(id)),
            lead: vec!["Der neue Name gilt für alle Mitglieder der Fraktion.".to_owned()],
            fields: vec![
                hidden("bisher", &name),
                line("fraktion", "Neuer Name").hint("Leer: die Fraktion wird aufgelöst.").value(&name).first(),
            ],
            button: "Speichern",
            ..Said::default()
        }
    }

    fn set_deputies(&self, id: &str) -> Said {
        let body = self.body_named(id);
        let held: Vec<String> =
            body.map(|body| body.deputies.iter().map(ToString::to_string).collect()).unwrap_or_default();
        let chairs = |person: &Person| {
            body.and_then(|body| body.chair_on(self.today)).is_some_and(|chair| chair.person == person.id)
        };
        let places = held.len().saturating_add(MORE_DEPUTIES).clamp(3, DEPUTIES_MAX);
        let field = |place: usize| {
            let value = place.checked_sub(1).and_then(|place| held.get(place)).cloned().unwrap_or_default();
            let choices = self.choices("niemand", |person| !chairs(person));
            let one = list(&deputy(place), &format!("{place}. Stellvertretung"), choices).value(value);
            if place == 1 { one.first() } else { one }
        };
        Said {
            title: format!("{}: Stellvertretung im Vorsitz", self.body_name(id)),
            lead: vec![
                "Die Stellvertretungen des Bürgermeisters werden in einer Reihenfolge gewählt; sind alle verhindert, vertritt \
                 das älteste nicht verhinderte Mitglied (§ 48 Abs. 1 GemO). Im Ausschuss kann der Vorsitz auch einem \
                 Beigeordneten übertragen sein (§ 40 Abs. 4 GemO)."
                    .to_owned(),
                "Hier steht, wer gewählt oder bestimmt ist. Den Vorsitz einer Sitzung übergibt das noch nicht.".to_owned(),
            ],
            fields: (1..=places).map(field).collect(),
            button: "Speichern",
            ..Said::default()
        }
    }

    fn give_role(&self, id: &str) -> Said {
        let roles = ROLES.iter().map(|(role, path, word)| choice(path, format!("{word}: {}", what_for(*role))));
        Said {
            title: format!("{}: Aufgabe zuweisen", self.body_name(id)),
            fields: vec![
                ways("aufgabe", "Aufgabe", roles.collect()).first(),
                list("person", "Person", self.choices("Bitte wählen", |_| true))
                    .hint("Wer fehlt, wird zuerst unter „Personen“ aufgenommen."),
            ],
            button: "Zuweisen",
            ..Said::default()
        }
    }

    fn take_role(&self, id: &str, person: &str, role: Role) -> Said {
        let (name, word) = (self.person_name(person), role_word(role));
        Said {
            title: format!("{word}: {name} die Aufgabe entziehen?"),
            lead: vec![format!(
                "{name} hat im Gremium {} danach nicht mehr die Aufgabe {word}. Das gilt sofort, auch in laufenden Sitzungen.",
                self.body_name(id)
            )],
            button: "Entziehen",
            grave: true,
            ..Said::default()
        }
    }
}

/// What a changed mandate means for meetings that exist.
const WHAT_IT_MEANS: &str = "Neu geplante Sitzungen nehmen die Besetzung ihres Tages. Eine schon geplante Sitzung übernimmt sie \
     auf der Seite „Planung“; eine einberufene Sitzung behält ihre Besetzung.";

const fn what_for(role: Role) -> &'static str {
    match role {
        Role::Chair => "leitet die Sitzung",
        Role::Clerk => "plant, lädt und schreibt die Niederschrift",
        Role::Technician => "sieht nach Bild und Ton",
        Role::Administrator => "diese Seiten",
        Role::Hall => "das Gerät im Sitzungsraum, mit eigenem Konto",
    }
}

fn statutory_seats() -> FormField {
    number("sitze", "Sitze nach Gesetz oder Hauptsatzung")
        .hint("Ohne den Vorsitz (§ 25 Abs. 2 GemO). Auch unbesetzte zählen.")
}

fn add_person() -> Said {
    Said {
        title: "Person aufnehmen".to_owned(),
        lead: vec!["Mitglieder nehmen Sie besser auf der Seite ihres Gremiums auf.".to_owned()],
        fields: vec![
            line("name", "Name").first(),
            email().hint("Dorthin gehen Einladung und Ladung. Ohne Adresse ist keine Anmeldung möglich."),
        ],
        button: "Aufnehmen",
        ..Said::default()
    }
}
