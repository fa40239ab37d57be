//! The words of the minutes: times, numbers and the names of things, in plain and exact German.

use crate::domain::council::Function;
use crate::domain::law::Rules;
use crate::domain::ledger::Class;
use crate::domain::meeting::event::{Choice, Disposal, IdentityWay, InterruptionCause, Method, Sphere};
use crate::domain::meeting::{Interval, Recorded};
use crate::domain::presence::Lack;
use crate::domain::quorum::QuorumFinding;
use crate::domain::time::{Date, Instant, LocalTime};

/// Facts entered later than this after they happened are marked `nachgetragen`, in milliseconds.
const LATE_MS: i64 = 60_000;

/// The clock of the town hall, on the day of the sitting.
pub struct Clock<'a> {
    pub local: &'a dyn Fn(Instant) -> LocalTime,
    pub day: Date,
}

impl Clock<'_> {
    /// To the minute: „19:05 Uhr“, with the day if it is another one.
    pub fn time(&self, at: Instant) -> String {
        let local = (self.local)(at);
        format!("{}{:02}:{:02} Uhr", self.other_day(local), local.hour, local.minute)
    }

    /// To the second: „19:05:07“, with the day if it is another one.
    pub fn exact(&self, at: Instant) -> String {
        let local = (self.local)(at);
        format!("{}{:02}:{:02}:{:02}", self.other_day(local), local.hour, local.minute, local.second)
    }

    /// „19:05:07 – 19:06:00“.
    pub fn span(&self, from: Instant, until: Instant) -> String {
        format!("{} – {}", self.exact(from), self.exact(until))
    }

    /// The day alone.
    pub fn date(&self, at: Instant) -> String {
        (self.local)(at).date.german()
    }

    /// „ (nachgetragen um 20:10 Uhr)“ for what was entered well after it happened, otherwise nothing.
    pub fn late(&self, recorded: &Recorded) -> String {
        if recorded.recorded_at.millis_since(recorded.occurred_at) > LATE_MS {
            format!(" (nachgetragen um {})", self.time(recorded.recorded_at))
        } else {
            String::new()
        }
    }

    fn other_day(&self, local: LocalTime) -> String {
        if local.date == self.day { String::new() } else { format!("{}, ", local.date.german()) }
    }
}

/// „A, B und C“; empty for nobody.
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} und {last}", before.join(", ")),
    }
}

/// „ist“ for one, „sind“ for more.
pub const fn verb(count: usize, one: &'static str, more: &'static str) -> &'static str {
    if count == 1 { one } else { more }
}

/// The figures of a quorum finding with its verdict and paragraph.
pub fn quorum(finding: &QuorumFinding) -> String {
    let counted = finding.counted.map_or_else(String::new, |counted| {
        format!(", von denen {counted} dafür mitzählten (Zugeschaltete zählen in der zweiten Sitzung nicht mit)")
    });
    format!(
        "Von {} Mitgliedern waren {} anwesend, davon {} stimmberechtigt{counted}; nötig waren {}. Das Gremium war {}beschlussfähig ({}).",
        finding.occupied,
        finding.present,
        finding.entitled,
        finding.needed,
        if finding.met { "" } else { "nicht " },
        finding.norm
    )
}

/// The same, short enough for a line of facts.
pub fn quorum_figures(finding: &QuorumFinding) -> String {
    format!(
        "{} anwesend, {} stimmberechtigt, {} nötig: {}beschlussfähig",
        finding.present,
        finding.entitled,
        finding.needed,
        if finding.met { "" } else { "nicht " }
    )
}

/// How somebody took part.
pub const fn mode(interval: &Interval) -> &'static str {
    if interval.remote { "zugeschaltet" } else { "vor Ort" }
}

/// As what somebody sits in the body. Where the mayor is none of its members, there are only members.
pub fn function(rules: &Rules, function: Function) -> &'static str {
    match function {
        Function::Mayor => "Bürgermeister/in",
        Function::Councillor if rules.members_include_mayor.get() => "Gemeinderat/-rätin",
        Function::Councillor => "Mitglied",
        Function::Official => "Beigeordnete/r",
        Function::Resident => "sachkundige/r Einwohner/in",
        Function::DistrictHead => "Ortsvorsteher/in",
    }
}

/// „Von 22 … waren 20 anwesend.“
pub fn councillors(rules: &Rules) -> &'static str {
    if rules.members_include_mayor.get() { "Gemeinderätinnen und Gemeinderäten" } else { "Mitgliedern" }
}

pub const fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Yes => "Ja",
        Choice::No => "Nein",
        Choice::Abstain => "Enthaltung",
    }
}

pub const fn method(method: Method) -> &'static str {
    match method {
        Method::RollCall => "namentlich",
        Method::Papers => "geheim mit Stimmzetteln im Saal",
        Method::ShowOfHands => "durch Handzeichen; Zugeschaltete namentlich",
    }
}

/// How an item ended, as a whole sentence without its full stop.
pub fn disposal(disposal: Disposal, time: &str) -> String {
    match disposal {
        Disposal::Decided => format!("Die Behandlung des Punktes endete um {time} nach der Abstimmung"),
        Disposal::Noted => format!("Das Gremium nahm um {time} zur Kenntnis"),
        Disposal::Postponed => format!("Der Punkt wurde um {time} vertagt"),
        Disposal::Referred => format!("Der Punkt wurde um {time} verwiesen"),
        Disposal::Removed => format!("Der Punkt wurde um {time} abgesetzt"),
        Disposal::Withdrawn => format!("Der Punkt wurde um {time} zurückgezogen"),
        Disposal::WithoutVote => format!("Die Behandlung des Punktes endete um {time} ohne Abstimmung"),
        Disposal::Moot => format!("Der Punkt war um {time} erledigt"),
    }
}

pub const fn cause(cause: InterruptionCause) -> &'static str {
    match cause {
        InterruptionCause::Chair => "Unterbrechung durch den Vorsitz",
        InterruptionCause::Municipality => "Unterbrechung wegen einer Störung im Verantwortungsbereich der Gemeinde",
        InterruptionCause::Fault => "Unterbrechung wegen einer technischen Störung",
        InterruptionCause::MunicipalSystem => "Unterbrechung durch einen Ausfall des Systems der Gemeinde",
        InterruptionCause::Quorum => "Unterbrechung wegen fehlender Beschlussfähigkeit",
    }
}

pub const fn sphere(sphere: Sphere) -> &'static str {
    match sphere {
        Sphere::Municipality => "im Verantwortungsbereich der Gemeinde",
        Sphere::Member => "im Verantwortungsbereich des Mitglieds",
        Sphere::Third => "im Verantwortungsbereich Dritter",
        Sphere::Unknown => "nicht nachweislich im Verantwortungsbereich der Gemeinde",
    }
}

pub const fn identity(way: IdentityWay) -> &'static str {
    match way {
        IdentityWay::Picture => "anhand von Bild und Ton im Warteraum",
        IdentityWay::InPerson => "von Angesicht zu Angesicht",
    }
}

/// „Bild und Ton“: what was lacking, as far as it was measured.
pub fn lacking(what: &[Lack]) -> String {
    let words: Vec<String> = what
        .iter()
        .map(|lack| match lack {
            Lack::Picture => "Bild".to_owned(),
            Lack::Sound => "Ton".to_owned(),
            Lack::Reception => "Empfang der anderen".to_owned(),
            Lack::Hall => "Verbindung zum Saal".to_owned(),
        })
        .collect();
    list(&words)
}

pub const fn class(class: Class) -> &'static str {
    match class {
        Class::Finding => "Feststellungen",
        Class::Measurement => "Messwerte",
        Class::Choice => "berichtigte Stimmen",
        Class::PersonalText => "Freitexte über Personen",
        Class::NonPublic => "nichtöffentliche Angaben",
        Class::ClosedFinding => "nichtöffentliche Feststellungen",
    }
}
