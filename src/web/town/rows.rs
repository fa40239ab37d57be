//! Lines of the administration's pages: mandates, people, clauses, changes.

use super::task::Task;
use super::view::Desk;
use crate::app::ports::town::TownEntry;
use crate::app::town::{Body, Bylaw, BylawKind, Function, Person, Seat, function_word};
use crate::domain::id::PersonId;
use crate::domain::time::Date;
use crate::web::pages::town::{Access, ClauseRow, HistoryRow, MemberRow, PersonRow, Standing};
use crate::web::show::appointment;

/// The day from which § 37a GemO BW is the one of 2025 (`law.md` 1.2).
const REWRITTEN: Option<Date> = Date::new(2025, 9, 1);

impl Desk {
    pub(super) fn access(&self, person: &PersonId) -> Access {
        match self.town.person(person) {
            None => Access::NoAddress,
            Some(person) if person.email.is_empty() => Access::NoAddress,
            Some(person) if self.enrolled.contains(&person.id) => Access::Ready,
            Some(person) => Access::Waiting(format!("/verwaltung/einladen/{}", person.id)),
        }
    }

    pub(super) fn name_of(&self, person: &PersonId) -> String {
        self.town.person(person).map_or_else(|| person.to_string(), |person| person.name.clone())
    }

    pub(super) fn member(&self, body: &Body, seat: &Seat) -> MemberRow {
        let (id, place) = (body.id.to_string(), seat.id.to_string());
        MemberRow {
            name: self.name_of(&seat.person),
            function: match seat.function {
                Function::Mayor | Function::Chair => "Vorsitz".to_owned(),
                Function::Councillor => String::new(),
                other => function_word(other).to_owned(),
            },
            faction: seat.faction.clone().unwrap_or_default(),
            term: term(seat, self.today),
            coming: seat.from.is_some_and(|from| from > self.today),
            access: self.access(&seat.person),
            change: Task::ChangeSeat(id.clone(), place.clone()).href(),
            end: Task::EndSeat(id, place).href(),
        }
    }

    pub(super) fn person_row(&self, person: &Person) -> PersonRow {
        let mut about = Vec::new();
        for body in self.town.bodies() {
            for seat in body.seats.iter().filter(|seat| seat.person == person.id) {
                let when =
                    if seat.is_held_on(self.today) { String::new() } else { format!(" ({})", term(seat, self.today)) };
                about.push(format!("{}{when}", body.name));
            }
            let roles =
                body.roles_of(&person.id).map(|role| format!("{}: {}", body.name, super::task::role_word(role)));
            about.extend(roles);
        }
        PersonRow {
            name: person.name.clone(),
            email: person.email.clone(),
            about: about.join(" · "),
            access: self.access(&person.id),
            change: Task::ChangePerson(person.id.to_string()).href(),
        }
    }

    pub(super) fn clause(&self, place: usize, clause: &Bylaw) -> ClauseRow {
        let (kind, paragraph) = clause_words(clause.kind);
        let old = clause.kind == BylawKind::Remote2020 && REWRITTEN.is_some_and(|day| self.today >= day);
        let (standing, word) = if !clause.lasts_to(self.today) {
            (Standing::Ended, "außer Kraft".to_owned())
        } else if clause.in_force_from > self.today {
            (Standing::Care, format!("tritt am {} in Kraft", clause.in_force_from.german()))
        } else if old {
            (Standing::Care, "trägt nach heutigem Recht nicht mehr".to_owned())
        } else {
            (Standing::Good, "in Kraft".to_owned())
        };
        let proof = self.carries(clause);
        let (standing, word) = match &proof {
            Err(_) if standing == Standing::Good => (Standing::Care, "trägt keine Sitzung".to_owned()),
            _ => (standing, word),
        };
        let votes = clause.carried.map_or_else(String::new, |carried| {
            format!(", mit {} Ja-Stimmen von {} Mitgliedern", carried.yes, carried.members)
        });
        let until = clause.in_force_until.map_or_else(String::new, |until| format!(", bis {}", until.german()));
        ClauseRow {
            kind: kind.to_owned(),
            paragraph: paragraph.to_owned(),
            reference: match clause.body.as_deref().and_then(|body| self.body_named(body)) {
                Some(body) => format!("{}, {}", body.name, clause.reference),
                None => clause.reference.clone(),
            },
            dates: format!(
                "Beschlossen am {}{votes}, in Kraft ab {}{until}",
                clause.decided_on.german(),
                clause.in_force_from.german()
            ),
            word,
            standing,
            note: match proof {
                Err(why) if standing == Standing::Care && !old => why,
                _ => clause_note(clause.kind, old).to_owned(),
            },
            end: if clause.in_force_until.is_some() { String::new() } else { Task::EndClause(place).href() },
            prove: if clause.carried.is_some() { String::new() } else { Task::ProveClause(place).href() },
        }
    }

    /// The changes, as they are told.
    pub(super) fn told(&self, entries: &[TownEntry]) -> Vec<HistoryRow> {
        let row = |entry: &TownEntry| HistoryRow {
            when: appointment(entry.recorded_at),
            who: entry.by.as_ref().map_or_else(|| "Gemeindedatei".to_owned(), |person| self.name_of(person)),
            what: entry.what.clone(),
        };
        entries.iter().map(row).collect()
    }
}

/// „seit 01.07.2024, bis 30.06.2029“.
pub(super) fn term(seat: &Seat, today: Date) -> String {
    let from = seat.from.map(|from| {
        let word = if from > today { "ab" } else { "seit" };
        format!("{word} {}", from.german())
    });
    let until = seat.until.map(|until| format!("bis {}", until.german()));
    let parts: Vec<String> = [from, until].into_iter().flatten().collect();
    if parts.is_empty() { "unbefristet".to_owned() } else { parts.join(", ") }
}

/// What people call a clause, and the paragraph it rests on.
pub(super) const fn clause_words(kind: BylawKind) -> (&'static str, &'static str) {
    match kind {
        BylawKind::Hybrid2025 => ("Zuschaltung einzelner Mitglieder (hybrid)", "§ 37a Abs. 1 GemO"),
        BylawKind::Emergency2025 => ("Digitale Sitzung im Notfall", "§ 37a Abs. 4 GemO"),
        BylawKind::NonPublic2025 => ("Zuschaltung auch in nichtöffentlichen Teilen", "§ 37a Abs. 1 Satz 5 GemO"),
        BylawKind::ChairNonPublic2025 => {
            ("Vorsitz zugeschaltet in nichtöffentlichen Sitzungen", "§ 37a Abs. 1 Satz 6 GemO")
        }
        BylawKind::Remote2020 => ("Videositzung nach altem Recht", "§ 37a GemO (2020)"),
        BylawKind::Exclude2025 => ("Ausschluss der Zuschaltung im Einzelfall", "§ 37a Abs. 3 Satz 2 GemO"),
        BylawKind::DistrictConsent => ("Zustimmung des Ortschaftsrats zur Zuschaltung", "§ 72 Nr. 3 GemO"),
        BylawKind::Recording2025 => ("Film- und Tonaufnahmen zur Veröffentlichung", "§ 35 Abs. 3 Satz 1 GemO"),
    }
}

const fn clause_note(kind: BylawKind, old: bool) -> &'static str {
    match kind {
        BylawKind::Hybrid2025 => {
            "Mitglieder können mit ihrer Zustimmung zugeschaltet sein; der Vorsitz ist im Sitzungsraum."
        }
        BylawKind::Emergency2025 => {
            "Aus schwerwiegenden Gründen, etwa Naturkatastrophe oder Infektionsschutz, können alle zugeschaltet sein; die \
             öffentliche Sitzung wird in einen öffentlich zugänglichen Raum übertragen."
        }
        BylawKind::NonPublic2025 => {
            "Wer zugeschaltet ist, nimmt am nichtöffentlichen Teil teil, wenn er erklärt, allein zu sein. Ohne diese Regelung ist \
             im nichtöffentlichen Teil niemand zugeschaltet."
        }
        BylawKind::ChairNonPublic2025 => {
            "Hat eine Sitzung keinen öffentlichen Punkt, kann auch der Vorsitz zugeschaltet sein. Weitere Voraussetzungen der \
             Hauptsatzung prüft der Mensch."
        }
        BylawKind::Remote2020 if old => {
            "Sie bezieht sich auf den Text von 2020, der bis 31.08.2025 galt. Ob sie nach dem neuen § 37a etwas trägt, ist \
             offen. Das Programm lässt auf sie gestützt keine hybride und keine digitale Sitzung mehr zu; nötig ist eine \
             neue Regelung nach § 37a Abs. 1 oder Abs. 4 GemO."
        }
        BylawKind::Exclude2025 => {
            "In begründeten Einzelfällen kann mit der Einberufung bestimmt werden, dass in dieser Sitzung niemand zugeschaltet ist."
        }
        BylawKind::DistrictConsent => {
            "Sie gilt nur für diesen Ortschaftsrat und nur neben einer Regelung der Hauptsatzung; beides zusammen trägt die \
             Zuschaltung."
        }
        BylawKind::Recording2025 => {
            "Die Gemeinde darf öffentliche Sitzungen zur Veröffentlichung aufnehmen oder übertragen; ein einzelnes Mitglied kann das \
             nicht verhindern. Wer nicht Mitglied ist, wird trotzdem gefragt. Ohne diese Regelung müssen alle anwesenden \
             Mitglieder einwilligen."
        }
        BylawKind::Remote2020 => "Notwendige Sitzungen als Videokonferenz, nach dem Text von 2020.",
    }
}
