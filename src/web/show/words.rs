//! What the core's words are called on a screen.

use crate::domain::law::Rules;
use crate::domain::law::conduct::{OwnWords, must_record};
use crate::domain::law::format::MeetingFormat;
use crate::domain::majority::Outcome;
use crate::domain::meeting::event::{
    Answer, Choice, DeliveryOutcome, Disposal, IdentityWay, InterruptionCause, Method, Outlet, Sphere,
};
use crate::domain::presence::Lack;

/// `one` or `many` behind its number: „1 Enthaltung“, „2 Enthaltungen“.
pub fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A number of seats; a body has far fewer than a `u32` can count.
pub fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// „9 Ja, 2 Nein, 1 Enthaltung“.
pub fn tally(yes: u32, no: u32, abstain: u32) -> String {
    format!("{yes} Ja, {no} Nein, {}", count(abstain, "Enthaltung", "Enthaltungen"))
}

/// The body with its article: „der Gemeinderat“.
pub fn the_body(name: &str) -> String {
    const FEMININE: [&str; 3] = ["versammlung", "vertretung", "kommission"];
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    let article = if FEMININE.iter().any(|ending| first.ends_with(ending)) { "die" } else { "der" };
    format!("{article} {name}")
}

/// The first letter in upper case, for the beginning of a sentence.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `Stimme`.
pub const fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Yes => "Ja",
        Choice::No => "Nein",
        Choice::Abstain => "Enthaltung",
    }
}

/// How a ballot is taken, as a heading.
pub const fn method(method: Method) -> &'static str {
    match method {
        Method::RollCall => "Namentliche Abstimmung",
        Method::Papers => "Geheime Abstimmung",
        Method::ShowOfHands => "Abstimmung durch Handzeichen",
    }
}

/// What came of a motion.
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Adopted => "angenommen",
        Outcome::Rejected => "abgelehnt",
        Outcome::NoDecision => "kein Beschluss",
    }
}

/// How an item ended.
pub const fn disposal(disposal: Disposal) -> &'static str {
    match disposal {
        Disposal::Decided => "entschieden",
        Disposal::Noted => "zur Kenntnis genommen",
        Disposal::Postponed => "vertagt",
        Disposal::Referred => "verwiesen",
        Disposal::Removed => "abgesetzt",
        Disposal::Withdrawn => "zurückgezogen",
        Disposal::WithoutVote => "ohne Abstimmung abgeschlossen",
        Disposal::Moot => "erledigt",
    }
}

/// Why a meeting stands still, behind „weil“ or „Grund:“.
pub const fn cause(cause: InterruptionCause) -> &'static str {
    match cause {
        InterruptionCause::Chair => "Entscheidung des Vorsitzes",
        InterruptionCause::Municipality => "Störung im Bereich der Gemeinde",
        InterruptionCause::Fault => "technische Störung",
        InterruptionCause::MunicipalSystem => "Ausfall des Systems der Gemeinde",
        InterruptionCause::Quorum => "fehlende Beschlussfähigkeit",
    }
}

/// `Verantwortungsbereich`.
pub const fn sphere(sphere: Sphere) -> &'static str {
    match sphere {
        Sphere::Municipality => "Bereich der Gemeinde",
        Sphere::Member => "Bereich der Mitglieder",
        Sphere::Third => "Bereich Dritter",
        Sphere::Unknown => "Bereich der Gemeinde nicht nachgewiesen",
    }
}

/// How somebody was recognised.
pub const fn identity(way: IdentityWay) -> &'static str {
    match way {
        IdentityWay::Picture => "im Bild",
        IdentityWay::InPerson => "vor Ort",
    }
}

/// `Sitzungsform`.
pub const fn format(format: MeetingFormat) -> &'static str {
    match format {
        MeetingFormat::InPerson => "in Präsenz",
        MeetingFormat::Hybrid => "hybrid",
        MeetingFormat::Digital => "digital",
    }
}

/// What became of a summons.
pub const fn delivery(outcome: DeliveryOutcome) -> &'static str {
    match outcome {
        DeliveryOutcome::Sent => "verschickt",
        DeliveryOutcome::Refused => "vom Mailserver abgelehnt",
        DeliveryOutcome::Bounced => "zurückgekommen",
        DeliveryOutcome::Unreachable => "nicht zustellbar, auf anderem Weg laden",
        DeliveryOutcome::HandedOver => "auf anderem Weg übergeben",
    }
}

/// `Rückmeldung`.
pub const fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::InRoom => "vor Ort",
        Answer::Remote => "zugeschaltet",
        Answer::Prevented => "verhindert",
    }
}

/// What is missing of a remote member: „kein Bild, kein Ton“; never more than was measured. Nothing is listed when the
/// measurement itself stood still.
pub fn lacking(lacking: &[Lack]) -> String {
    if lacking.is_empty() {
        return "zurzeit nicht gemessen".into();
    }
    let words: Vec<&str> = lacking
        .iter()
        .map(|lack| match lack {
            Lack::Picture => "kein Bild",
            Lack::Sound => "kein Ton",
            Lack::Reception => "empfängt die anderen nicht",
            Lack::Hall => "keine Verbindung zum Saal",
        })
        .collect();
    words.join(", ")
}

/// A way in which the public follows.
pub const fn outlet(outlet: Outlet) -> &'static str {
    match outlet {
        Outlet::Hall => "Zuhörerraum im Saal",
        Outlet::PublicRoom => "öffentlich zugänglicher Raum",
        Outlet::Platform => "Verbindungen getrennt, die nicht folgen dürfen",
    }
}

/// A few names in a row: „A, B und 3 weitere“.
pub fn names(names: &[String], at_most: usize) -> String {
    if names.len() <= at_most {
        return names.join(", ");
    }
    format!("{} und {} weitere", names.get(..at_most).unwrap_or_default().join(", "), names.len() - at_most)
}

/// „3:05 min“.
pub fn minutes(millis: i64) -> String {
    let seconds = millis.max(0) / 1000;
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}

/// What a member may ask the minutes to hold.
pub fn on_request(rules: &Rules) -> String {
    let norm = rules.minutes_on_request.norm();
    if must_record(rules, OwnWords::Statement, false) {
        format!("Jedes Mitglied kann verlangen, dass seine Erklärung festgehalten wird ({norm}).")
    } else {
        format!("Verlangen kann ein Mitglied nur, dass seine Stimmabgabe festgehalten wird ({norm}).")
    }
}
