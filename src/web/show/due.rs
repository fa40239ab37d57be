//! Fristen of all meetings, sorted for the eye: past, this week, later.

use super::when;
use crate::app::circulation::Dossier;
use crate::app::sitting::Snapshot;
use crate::domain::circulation::{Published, Stage};
use crate::domain::law::CirculationAnnounced;
use crate::domain::majority::Outcome;
use crate::domain::meeting::due::{Due, What, due};
use crate::domain::time::Date;
use crate::web::pages::due::{DueGroup, DueRow};
use std::sync::Arc;

/// How long a past deadline is still shown, in days.
const PAST_DAYS: i64 = 14;
/// How far ahead is shown, in days: a year, the longest time the law sets.
const AHEAD_DAYS: i64 = 370;
/// What is near, in days.
const NEAR_DAYS: i64 = 7;

/// The deadlines of these meetings as of `today`; `open` is the page on which each is worked on.
#[must_use]
pub fn deadlines(meetings: &[(Arc<Snapshot>, String)], today: Date) -> Vec<DueGroup> {
    let mut all: Vec<(Due, &Snapshot, &str)> = meetings
        .iter()
        .flat_map(|(snapshot, href)| {
            due(&snapshot.meeting, &snapshot.rules).into_iter().map(|due| (due, &**snapshot, href.as_str()))
        })
        .filter(|(due, ..)| (-PAST_DAYS..=AHEAD_DAYS).contains(&due.day.days_since(today)))
        .collect();
    all.sort_by_key(|(due, ..)| (due.day, due.what));
    let group = |title: &str, class, from: i64, until: i64| DueGroup {
        title: title.into(),
        class,
        rows: all
            .iter()
            .filter(|(due, ..)| (from..=until).contains(&due.day.days_since(today)))
            .map(|(due, snapshot, href)| row(due, snapshot, href, today))
            .collect(),
    };
    let groups = [
        group("Verstrichen", "due--past", -PAST_DAYS, -1),
        group("In den nächsten sieben Tagen", "due--near", 0, NEAR_DAYS),
        group("Später", "", NEAR_DAYS + 1, AHEAD_DAYS),
    ];
    groups.into_iter().filter(|group| !group.rows.is_empty()).collect()
}

/// What is sent round and waits: for the last day, for its result, for its announcement. `None` if there is nothing.
#[must_use]
pub fn circulation_rows(dossiers: &[Arc<Dossier>], today: Date) -> Option<DueGroup> {
    let rows: Vec<DueRow> = dossiers.iter().filter_map(|dossier| circulation_row(dossier, today)).collect();
    (!rows.is_empty()).then(|| DueGroup { title: "Umlaufverfahren".into(), class: "due--near", rows })
}

fn circulation_row(dossier: &Dossier, today: Date) -> Option<DueRow> {
    let circulation = &dossier.circulation;
    let opened = &circulation.opened;
    let (what, rule) = match &circulation.stage {
        Stage::Open if today <= opened.last_day => {
            ("Letzter Tag für einen Widerspruch", &dossier.rules.circulation_adopt_if)
        }
        Stage::Open | Stage::Objected => ("Ergebnis feststellen", &dossier.rules.circulation_adopt_if),
        Stage::Found(found) if found.outcome == Outcome::Adopted && circulation.published == Published::NotYet => {
            return announcement(dossier, today);
        }
        Stage::Found(_) | Stage::Ended(_) => return None,
    };
    Some(circulation_line(dossier, today, what, rule.norm()))
}

fn announcement(dossier: &Dossier, today: Date) -> Option<DueRow> {
    let rule = &dossier.rules.circulation_announce;
    let named = rule.get() != CirculationAnnounced::Unnamed;
    named.then(|| circulation_line(dossier, today, "In der nächsten öffentlichen Sitzung bekannt geben", rule.norm()))
}

fn circulation_line(dossier: &Dossier, today: Date, what: &str, norm: &str) -> DueRow {
    let opened = &dossier.circulation.opened;
    DueRow {
        day: when::long(opened.last_day),
        left: left(opened.last_day.days_since(today)),
        what: format!("{what}: {}", opened.subject),
        note: String::new(),
        paragraph: norm.to_owned(),
        meeting: format!("{}, Umlauf vom {}", opened.body_name, when::long(opened.sent_on)),
        href: format!("/umlauf/{}", dossier.circulation.id),
    }
}

fn row(due: &Due, snapshot: &Snapshot, href: &str, today: Date) -> DueRow {
    let meeting = &snapshot.meeting;
    let (what, note) = words(due.what);
    DueRow {
        day: when::long(due.day),
        left: left(due.day.days_since(today)),
        what: what.into(),
        note: note.into(),
        paragraph: due.norm.clone(),
        meeting: format!("{}, Sitzung am {}", meeting.body_name, when::long(meeting.day)),
        href: href.into(),
    }
}

/// „in 3 Tagen“, „gestern“.
#[must_use]
pub fn left(days: i64) -> String {
    match days {
        0 => "heute".into(),
        1 => "morgen".into(),
        -1 => "gestern".into(),
        days if days < 0 => format!("vor {} Tagen", -days),
        days => format!("in {days} Tagen"),
    }
}

const fn words(what: What) -> (&'static str, &'static str) {
    match what {
        What::Summons => ("Ladung hinausgeben", "Letzter Tag, an dem die Frist noch gewahrt ist."),
        What::Decisions => ("Beschlüsse auf der Internetseite veröffentlichen", ""),
        What::Veto => (
            "Widerspruch des Bürgermeisters",
            "Letzter Tag, wenn ein Beschluss rechtswidrig ist oder der Gemeinde schadet.",
        ),
        What::NewSession => ("Neue Sitzung nach einem Widerspruch", "Nur wenn widersprochen wurde."),
        What::Minutes => ("Niederschrift dem Gremium zur Kenntnis bringen", ""),
        What::NextSession => ("Nächste Sitzung", "Soll, muss nicht."),
        What::RecusalHealed => (
            "Beschlüsse mit Befangenen sind geheilt",
            "Von da an schadet ein Fehler bei der Befangenheit nicht mehr, wenn niemand widersprochen oder ihn beanstandet hat.",
        ),
    }
}
