//! From the town to the administration's pages.

use super::forms::Said;
use super::task::{ROLES, Task, role_word};
use crate::app::ports::town::TownEntry;
use crate::app::registry::{ENTRIES_MAX, TownFile};
use crate::app::town::{Body, Person, Role, Seat, Town, kind_word};
use crate::domain::id::PersonId;
use crate::domain::time::Date;
use crate::web::pages::frame::{Frame, View};
use crate::web::pages::town::{
    Access, BodyCard, Care, FactionRow, Office, RoleRow, TownBody, TownClauses, TownForm, TownHistory, TownOverview,
    TownPeople,
};
use crate::web::sign_in::pages::frame;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Changes the overview shows.
const RECENT: usize = 6;

/// What an administrator works on: one version of the town, on one day.
pub(super) struct Desk {
    pub number: u64,
    pub town: Arc<Town>,
    pub today: Date,
    pub enrolled: BTreeSet<PersonId>,
    /// Invitations can be sent.
    pub mail: bool,
    pub file: TownFile,
    pub visitor: PersonId,
}

impl Desk {
    pub(super) fn person_named(&self, id: &str) -> Option<&Person> {
        self.town.people().iter().find(|person| person.id.as_str() == id)
    }

    pub(super) fn body_named(&self, id: &str) -> Option<&Body> {
        self.town.bodies().iter().find(|body| body.id.as_str() == id)
    }

    pub(super) fn seat_named(&self, body: &str, seat: &str) -> Option<&Seat> {
        self.body_named(body)?.seats.iter().find(|other| other.id.as_str() == seat)
    }

    /// The factions of a body's members, with how many they are.
    pub(super) fn factions(body: &Body, today: Date) -> BTreeMap<&str, usize> {
        let mut factions = BTreeMap::new();
        for seat in body.seats.iter().filter(|seat| !seat.has_ended_before(today)) {
            if let Some(faction) = seat.faction.as_deref() {
                let members: &mut usize = factions.entry(faction).or_default();
                *members = members.saturating_add(1);
            }
        }
        factions
    }

    pub(super) fn faction_at(&self, body: &str, place: usize) -> Option<String> {
        Self::factions(self.body_named(body)?, self.today).into_keys().nth(place).map(str::to_owned)
    }

    fn around(&self, title: &str, current: &str, saved: &str) -> (Frame, Office) {
        let mut frame = frame(self.town.municipality(), title, "");
        frame.person = Some(format!("{} · Verwaltung", self.name_of(&self.visitor)));
        let place = |(href, label): (&str, &str)| View {
            href: href.to_owned(),
            label: label.to_owned(),
            current: href == current,
        };
        let places = [
            ("/verwaltung", "Übersicht"),
            ("/verwaltung/personen", "Personen"),
            ("/verwaltung/hauptsatzung", "Hauptsatzung"),
            ("/verwaltung/verlauf", "Verlauf"),
            ("/", "Meine Sitzungen"),
        ];
        (frame, Office { places: places.map(place).into(), saved: saved.to_owned() })
    }

    pub(super) fn overview(&self, entries: &[TownEntry], saved: &str) -> TownOverview {
        let (frame, office) = self.around("Verwaltung", "/verwaltung", saved);
        let rows = || self.town.people().iter().map(|person| self.person_row(person));
        TownOverview {
            frame,
            office,
            town: self.town.municipality().to_owned(),
            cares: self.cares(),
            bodies: self.town.bodies().iter().map(|body| self.card(body)).collect(),
            waiting: rows().filter(|row| matches!(row.access, Access::Waiting(_))).collect(),
            silent: rows().filter(|row| row.access == Access::NoAddress).collect(),
            clauses: self.town.bylaws().iter().enumerate().map(|(place, clause)| self.clause(place, clause)).collect(),
            history: self.told(entries.get(..RECENT).unwrap_or(entries)),
            mail: self.mail,
        }
    }

    fn cares(&self) -> Vec<Care> {
        let care = |text: &str, paragraph: &str| Care { text: text.to_owned(), paragraph: paragraph.to_owned() };
        let mut cares = Vec::new();
        if self.file == TownFile::Ignored {
            cares.push(care(
                "Die Gemeindedatei auf dem Server wurde geändert. Sie gilt nicht mehr, seit die Gemeinde hier verwaltet \
                 wird; tragen Sie die Änderung bitte hier ein.",
                "",
            ));
        }
        if !self.mail {
            cares.push(care("Es ist kein Mailversand eingerichtet: Einladungen können nicht verschickt werden.", ""));
        }
        for body in self.town.bodies() {
            cares.extend(self.body_cares(body));
        }
        cares
    }

    fn body_cares(&self, body: &Body) -> Vec<Care> {
        let mut cares = Vec::new();
        let name = &body.name;
        let mut say = |text: String, paragraph: &str| cares.push(Care { text, paragraph: paragraph.to_owned() });
        match body.chair_on(self.today) {
            None => say(
                format!("{name}: Niemand hat heute den Vorsitz. Neue Sitzungen können nicht geplant werden."),
                "§ 25 Abs. 1 GemO",
            ),
            Some(_) if body.holders(Role::Clerk).next().is_none() => {
                say(format!("{name}: Niemand hat die Schriftführung."), "§ 38 Abs. 2 GemO");
            }
            Some(_) => {}
        }
        cares
    }

    fn occupied(&self, body: &Body) -> usize {
        body.seats_on(self.today).filter(|seat| seat.function.is_elected()).count()
    }

    fn chair(&self, body: &Body) -> String {
        body.chair_on(self.today).map_or_else(|| "niemand".to_owned(), |seat| self.name_of(&seat.person))
    }

    fn card(&self, body: &Body) -> BodyCard {
        let (occupied, factions) = (self.occupied(body), Self::factions(body, self.today).len());
        BodyCard {
            href: format!("/verwaltung/gremium/{}", body.id),
            name: body.name.clone(),
            seats: format!("{occupied} von {} Sitzen besetzt", body.statutory_seats),
            full: occupied == usize::from(body.statutory_seats),
            chair: format!("Vorsitz: {}", self.chair(body)),
            more: match factions {
                0 => String::new(),
                1 => "1 Fraktion".to_owned(),
                many => format!("{many} Fraktionen"),
            },
        }
    }

    pub(super) fn body(&self, body: &Body, saved: &str) -> TownBody {
        let (frame, office) = self.around(&body.name, "/verwaltung", saved);
        let id = body.id.to_string();
        let ended = |seat: &&Seat| seat.has_ended_before(self.today);
        let mut former: Vec<&Seat> = body.seats.iter().filter(ended).collect();
        former.sort_by_key(|seat| std::cmp::Reverse(seat.until));
        let fact = |label: &str, value: String| (label.to_owned(), value);
        let or = |value: &Option<String>, none: &str| value.clone().unwrap_or_else(|| none.to_owned());
        let role = |role: Role| {
            let id = id.clone();
            body.holders(role).map(move |person| RoleRow {
                role: role_word(role).to_owned(),
                name: self.name_of(person),
                access: self.access(person),
                take: Task::TakeRole(id.clone(), person.to_string(), role).href(),
            })
        };
        let faction = |(place, (name, members)): (usize, (&str, usize))| FactionRow {
            name: name.to_owned(),
            members,
            rename: Task::RenameFaction(id.clone(), place).href(),
        };
        TownBody {
            frame,
            office,
            name: body.name.clone(),
            facts: vec![
                fact("Sitze", format!("{} von {} besetzt", self.occupied(body), body.statutory_seats)),
                fact("Vorsitz", self.chair(body)),
                fact("Art", body.kind.map_or("ohne Angabe, wie der Gemeinderat", kind_word).to_owned()),
                fact("Namen in den Ergebnissen", or(&body.named_results, "nein, nur Summen")),
                fact("Chat", body.chat.as_ref().map_or_else(|| "nicht erlaubt".into(), |chat| chat.reference.clone())),
                fact(
                    "Redezeit",
                    body.speaking.as_ref().map_or_else(
                        || "keine".into(),
                        |time| format!("{} Minuten ({})", time.minutes, time.reference),
                    ),
                ),
                fact("OParl-Kennung", or(&body.oparl, "keine")),
            ],
            cares: self.body_cares(body),
            change: Task::ChangeBody(id.clone()).href(),
            add_member: Task::AddSeat(id.clone()).href(),
            members: body.seats.iter().filter(|seat| !ended(seat)).map(|seat| self.member(body, seat)).collect(),
            former: former.into_iter().map(|seat| self.member(body, seat)).collect(),
            factions: Self::factions(body, self.today).into_iter().enumerate().map(faction).collect(),
            deputies: body.deputies.iter().map(|person| self.name_of(person)).collect(),
            set_deputies: Task::SetDeputies(id.clone()).href(),
            roles: ROLES.iter().flat_map(|(held, ..)| role(*held)).collect(),
            give_role: Task::GiveRole(id.clone()).href(),
        }
    }

    pub(super) fn people(&self, search: &str, saved: &str) -> TownPeople {
        let (frame, office) = self.around("Personen", "/verwaltung/personen", saved);
        let wanted: String = search.trim().to_lowercase().chars().take(120).collect();
        let found = |person: &&Person| person.name.to_lowercase().contains(&wanted) || person.email.contains(&wanted);
        let mut people: Vec<&Person> = self.town.people().iter().filter(found).collect();
        people.sort_by_key(|person| surname(&person.name));
        TownPeople {
            frame,
            office,
            search: search.trim().chars().take(120).collect(),
            total: self.town.people().len(),
            rows: people.into_iter().map(|person| self.person_row(person)).collect(),
            add: Task::AddPerson.href(),
            mail: self.mail,
        }
    }

    pub(super) fn clauses(&self, saved: &str) -> TownClauses {
        let (frame, office) = self.around("Hauptsatzung", "/verwaltung/hauptsatzung", saved);
        let rows = self.town.bylaws().iter().enumerate().map(|(place, clause)| self.clause(place, clause)).collect();
        let local = self.local_rows();
        let (add, add_local) = (Task::AddClause.href(), Task::AddLocal.href());
        TownClauses { frame, office, majority: self.majority(), rows, add, local, add_local }
    }

    pub(super) fn history(&self, entries: &[TownEntry]) -> TownHistory {
        let (frame, office) = self.around("Verlauf", "/verwaltung/verlauf", "");
        let full = u32::try_from(entries.len()).is_ok_and(|count| count >= ENTRIES_MAX);
        let older = entries.last().filter(|last| full && last.number > 1);
        TownHistory {
            frame,
            office,
            rows: self.told(entries),
            older: older.map(|last| format!("/verwaltung/verlauf?vor={}", last.number)),
        }
    }

    /// The form of a task, with what is stored.
    pub(super) fn form(&self, task: &Task) -> TownForm {
        let Said { title, lead, fields, button, grave, more, invite } = self.said(task);
        let (frame, office) = self.around(&title, "", "");
        TownForm {
            frame,
            office,
            title,
            lead,
            to: task.href(),
            revision: self.number,
            error: None,
            theirs: Vec::new(),
            fields,
            button: button.to_owned(),
            grave,
            back: task.home(),
            more,
            invite,
        }
    }
}

/// „Rosalinde Blumenfeld“ stands under „blumenfeld“.
pub(super) fn surname(name: &str) -> String {
    name.to_lowercase().rsplit(' ').collect::<Vec<_>>().join(" ")
}
