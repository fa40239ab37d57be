//! From the fields of a form to a command. The words of the forms are German, as people see them in an address bar or a
//! log; the commands are ours.

use crate::domain::id::{BallotId, ItemId, SeatId};
use crate::domain::ledger::Digest;
use crate::domain::meeting::Command;
use crate::domain::meeting::command::Terms;
use crate::domain::meeting::event::{Choice, Disposal, IdentityWay, InterruptionCause, Method, PinnedLaw, Sphere};
use crate::domain::text::{Name, Remark, Wording};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

mod before;
mod complaint;
mod doors;
mod election;
mod filming;
mod floor;
mod leading;
mod order;
mod second;

pub use election::VOTES;

/// Why a form is not a command, in a sentence people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

type Fields = BTreeMap<String, String>;

/// Every field any form has.
const KNOWN: [&str; 68] = [
    "tun",
    "kennung",
    "abstimmung",
    "abstimmung_geht_weiter",
    "antrag",
    "art",
    "begruendung",
    "bereich",
    "enthaltungen",
    "ergebnis",
    "format",
    "gast",
    "gegenstimmen",
    "grund",
    "ja",
    "nummer",
    "ohne",
    "punkt",
    "raum",
    "sitz",
    "stimmberechtigte",
    "text",
    "titel",
    "vor",
    "wahl",
    "wortlaut",
    "geladen_am",
    "notfall",
    "tag",
    "uhrzeit",
    "ort",
    "antwort",
    "zustimmung",
    "marke",
    "weg",
    "wahlgang",
    "kandidaten",
    "zaehler",
    "zweiter",
    "nein",
    "leer",
    "ungueltig",
    "nicht_abgegeben",
    "gezogen_1",
    "gezogen_2",
    "zieht",
    "lose_von",
    "namentlich",
    "stimmen_1",
    "stimmen_2",
    "stimmen_3",
    "stimmen_4",
    "stimmen_5",
    "stimmen_6",
    "stimmen_7",
    "stimmen_8",
    "stimmen_9",
    "stimmen_10",
    "stimmen_11",
    "stimmen_12",
    "zugang",
    "mehrheit",
    "buchstabe",
    "hinweis",
    "sitzungen",
    "gehoert",
    "zweck",
    "von",
];

/// Refuses what no form of ours has: who sends more means something that would silently not happen.
///
/// # Errors
/// [`Unreadable`].
pub fn only_known(fields: &Fields) -> Result<(), Unreadable> {
    match fields.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        Some(name) => Err(Unreadable(format!("Das Feld „{}“ gibt es hier nicht.", clip(name)))),
        None => Ok(()),
    }
}

/// The command of a form.
///
/// # Errors
/// [`Unreadable`].
pub fn command(fields: &Fields) -> Result<Command, Unreadable> {
    Ok(match text(fields, "tun")? {
        "einberufen" => Command::Convene {
            format: word(fields, "format", &before::FORMATS)?,
            ground: optional(fields, "grund")?,
            reason: optional::<Remark>(fields, "begruendung")?,
            public_room: optional::<Name>(fields, "raum")?,
            // The running meeting puts the law of the Land here.
            law: PinnedLaw { land: String::new(), digest: Digest::NONE, text: String::new() },
            summons: before::summons(fields)?,
        },
        "saal_anwesend" => Command::AttestRoom { seat: seat(fields)?, present: true },
        "saal_abwesend" => Command::AttestRoom { seat: seat(fields)?, present: false },
        "identitaet_feststellen" => identity(fields, true)?,
        "identitaet_zuruecknehmen" => identity(fields, false)?,
        "oeffentlichkeit_bestaetigen" => Command::AttestPublicRoom { receives: word(fields, "ja", &YES_NO)? },
        "eroeffnen" => Command::Open,
        "aufrufen" => Command::CallItem { item: item(fields)? },
        "punkt_abschliessen" => Command::SettleItem {
            disposal: word(fields, "ergebnis", &DISPOSALS)?,
            wording: optional::<Wording>(fields, "wortlaut")?,
        },
        "befangen" => Command::Recuse { item: item(fields)?, seat: seat(fields)? },
        "befangen_aufheben" => Command::LiftRecusal { item: item(fields)?, seat: seat(fields)? },
        "abstimmung_oeffnen" => Command::OpenBallot {
            ballot: ballot(fields)?,
            method: word(fields, "art", &METHODS)?,
            wording: needed::<Wording>(fields, "wortlaut")?,
            motion: optional(fields, "antrag")?,
            terms: Terms { majority: optional(fields, "mehrheit")?, start: optional(fields, "buchstabe")? },
        },
        "stimme" if fields.contains_key("sitz") => {
            return Err(Unreadable("Abgestimmt wird nur für den eigenen Sitz.".into()));
        }
        "stimme" => Command::Cast { ballot: ballot(fields)?, choice: word(fields, "wahl", &CHOICES)? },
        "gehoert" => Command::EnterHeard {
            ballot: ballot(fields)?,
            seat: seat(fields)?,
            choice: word(fields, "wahl", &CHOICES)?,
        },
        "saal_zaehlung" => {
            let all: u32 = needed(fields, "stimmberechtigte")?;
            let (no, abstain): (u32, u32) = (needed(fields, "gegenstimmen")?, needed(fields, "enthaltungen")?);
            let none: u32 = optional(fields, "ohne")?.unwrap_or(0);
            let others = no.saturating_add(abstain).saturating_add(none);
            let yes = all.checked_sub(others).ok_or_else(|| {
                Unreadable(format!("Das sind {others} Hände, im Saal sind aber nur {all} Stimmberechtigte."))
            })?;
            Command::CountHands { ballot: ballot(fields)?, yes, no, abstain, none }
        }
        "abstimmung_schliessen" => Command::CloseBallot { ballot: ballot(fields)? },
        "ergebnis" => Command::DeclareResult { ballot: ballot(fields)? },
        "abstimmung_verwerfen" => Command::VoidBallot { ballot: ballot(fields)? },
        "stoerung_befund" => Command::FindFault { sphere: word(fields, "bereich", &SPHERES)? },
        "unterbrechen" => Command::Interrupt { cause: word(fields, "grund", &CAUSES)? },
        "fortsetzen" => Command::Resume {
            ballot_goes_on: match fields.get("abstimmung_geht_weiter") {
                None => None,
                Some(_) => Some(word(fields, "abstimmung_geht_weiter", &YES_NO)?),
            },
        },
        "schliessen" => Command::Close,
        other => match before::step(other, fields)? {
            None if doors::VERBS.contains(&other) => doors::command(other, fields)?,
            None if second::VERBS.contains(&other) => second::command(other, fields)?,
            None if leading::VERBS.contains(&other) => leading::command(other, fields)?,
            None if complaint::VERBS.contains(&other) => complaint::command(other, fields)?,
            None if order::VERBS.contains(&other) => order::command(other, fields)?,
            None if filming::VERBS.contains(&other) => filming::command(other, fields)?,
            Some(step) => Command::Prepare(step),
            None => match election::step(other, fields)? {
                Some(command) => command,
                None => floor::command(other, fields)?,
            },
        },
    })
}

const WAYS: [(&str, IdentityWay); 2] = [("bild", IdentityWay::Picture), ("vor_ort", IdentityWay::InPerson)];
const YES_NO: [(&str, bool); 4] = [("1", true), ("0", false), ("ja", true), ("nein", false)];
const METHODS: [(&str, Method); 3] =
    [("namentlich", Method::RollCall), ("handzeichen", Method::ShowOfHands), ("geheim", Method::Papers)];
const CHOICES: [(&str, Choice); 3] = [("ja", Choice::Yes), ("nein", Choice::No), ("enthaltung", Choice::Abstain)];
const DISPOSALS: [(&str, Disposal); 8] = [
    ("entschieden", Disposal::Decided),
    ("kenntnis", Disposal::Noted),
    ("vertagt", Disposal::Postponed),
    ("verwiesen", Disposal::Referred),
    ("abgesetzt", Disposal::Removed),
    ("zurueckgezogen", Disposal::Withdrawn),
    ("ohne", Disposal::WithoutVote),
    ("erledigt", Disposal::Moot),
];
const SPHERES: [(&str, Sphere); 4] = [
    ("gemeinde", Sphere::Municipality),
    ("mitglied", Sphere::Member),
    ("dritte", Sphere::Third),
    ("ungeklaert", Sphere::Unknown),
];
const CAUSES: [(&str, InterruptionCause); 3] = [
    ("vorsitz", InterruptionCause::Chair),
    ("gemeinde", InterruptionCause::Municipality),
    ("beschlussfaehigkeit", InterruptionCause::Quorum),
];

/// A field that must be there, parsed.
///
/// # Errors
/// [`Unreadable`] if it is missing, empty, or not of its type.
pub fn needed<T: FromStr<Err: Display>>(fields: &Fields, name: &str) -> Result<T, Unreadable> {
    text(fields, name)?.parse().map_err(|why: T::Err| Unreadable(format!("{}: {why}", label(name))))
}

fn optional<T: FromStr<Err: Display>>(fields: &Fields, name: &str) -> Result<Option<T>, Unreadable> {
    match fields.get(name).map(|value| value.trim()) {
        None | Some("") => Ok(None),
        Some(_) => needed(fields, name).map(Some),
    }
}

fn text<'a>(fields: &'a Fields, name: &str) -> Result<&'a str, Unreadable> {
    let value = fields.get(name).map_or("", |value| value.trim());
    if value.is_empty() { Err(Unreadable(format!("{} fehlt.", label(name)))) } else { Ok(value) }
}

fn word<T: Copy>(fields: &Fields, name: &str, words: &[(&str, T)]) -> Result<T, Unreadable> {
    let given = text(fields, name)?;
    let found = words.iter().find(|(word, _)| *word == given).map(|(_, meaning)| *meaning);
    found.ok_or_else(|| Unreadable(format!("{}: „{}“ ist keine der Möglichkeiten.", label(name), clip(given))))
}

fn seat(fields: &Fields) -> Result<SeatId, Unreadable> {
    needed(fields, "sitz")
}

fn item(fields: &Fields) -> Result<ItemId, Unreadable> {
    needed(fields, "punkt")
}

fn ballot(fields: &Fields) -> Result<BallotId, Unreadable> {
    needed(fields, "abstimmung")
}

/// Field names as people know them.
fn label(name: &str) -> &str {
    match name {
        "tun" => "Die Handlung",
        "kennung" => "Die Kennung",
        "sitz" => "Das Mitglied",
        "punkt" => "Der Tagesordnungspunkt",
        "abstimmung" => "Die Abstimmung",
        "marke" => "Die Marke des Warteraums",
        "weg" => "Der Weg der Feststellung",
        "wahl" => "Die Stimme",
        "zugang" => "Der Zugang",
        "wortlaut" => "Der Wortlaut",
        "begruendung" => "Die Begründung",
        "raum" => "Der öffentlich zugängliche Raum",
        "antrag" => "Der Antrag",
        "gast" => "Der Gast",
        "titel" => "Der Titel",
        "nummer" => "Die Nummer",
        "gegenstimmen" => "Die Zahl der Gegenstimmen",
        "enthaltungen" => "Die Zahl der Enthaltungen",
        "stimmberechtigte" => "Die Zahl der Stimmberechtigten im Saal",
        other if election::label(other).is_some() => election::label(other).unwrap_or(other),
        other => other,
    }
}

fn clip(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

fn identity(fields: &Fields, confirmed: bool) -> Result<Command, Unreadable> {
    let way = word(fields, "weg", &WAYS)?;
    Ok(Command::AttestIdentity { seat: seat(fields)?, ticket: needed(fields, "marke")?, way, confirmed })
}

/// Seats with blanks between; missing if nobody was to be heard.
/// What is said to whoever did it, politely and in a few words. Empty where the screen says it all.
pub const fn done(command: &Command) -> &'static str {
    match command {
        Command::Convene { .. } => "Die Sitzung ist einberufen.",
        Command::AttestRoom { present: true, .. } => "Als anwesend im Saal vermerkt.",
        Command::AttestRoom { present: false, .. } => "Als nicht mehr im Saal vermerkt.",
        Command::AttestPublicRoom { .. } | Command::ConfirmDoors { .. } | Command::WithholdDecision { .. } => {
            "Vermerkt."
        }
        Command::AttestIdentity { confirmed: true, .. } => "Die Identität ist festgestellt.",
        Command::AttestIdentity { confirmed: false, .. } => "Die Feststellung ist zurückgenommen.",
        Command::Cast { .. } => "Ihre Stimme ist gezählt.",
        Command::EnterHeard { .. } => "Die gehörte Stimme ist eingetragen.",
        Command::CountHands { .. } => "Die Zählung ist eingetragen.",
        Command::Recuse { .. } => "Die Befangenheit ist vermerkt.",
        Command::LiftRecusal { .. } => "Die Befangenheit ist aufgehoben.",
        Command::WriteItemText { text: Some(_), .. } => "Der Text steht in der Niederschrift.",
        Command::WriteItemText { text: None, .. } => "Der Text ist zurückgenommen.",
        Command::Complain { heard: None, .. } => "Ihre Meldung liegt dem Vorsitz vor.",
        Command::Complain { heard: Some(_), .. } => "Die Rüge liegt dem Vorsitz vor.",
        Command::RequestFloor { .. } => "Die Wortmeldung steht auf der Redeliste.",
        Command::DeclineFloor { .. } => "Die Wortmeldung ist zurückgezogen.",
        Command::MoveMotion { .. } | Command::DoubtRecusal { .. } => "Der Antrag liegt vor.",
        Command::RewordMotion { .. } => "Der neue Wortlaut steht.",
        Command::WithdrawMotion { .. } => "Der Antrag ist zurückgezogen.",
        Command::RecordStatement { .. } => "Die Erklärung steht in der Niederschrift.",
        Command::AddItem { .. } => "Die Tagesordnung ist ergänzt.",
        Command::MoveSwitch { .. } => "Der Antrag liegt vor. Darüber wird nichtöffentlich entschieden.",
        Command::MarkElection { kind: Some(_), .. } => "Der Punkt ist als Wahl vermerkt.",
        Command::MarkElection { kind: None, .. } => "Der Punkt ist keine Wahl mehr.",
        Command::ObjectElection { .. } => "Der Widerspruch ist festgehalten: Es wird geheim gewählt.",
        Command::CountElection { .. } | Command::CountPapers { .. } => "Die Auszählung ist eingetragen.",
        Command::StrikeResult { .. } | Command::StrikeElection { .. } => "Das Ergebnis ist aufgehoben.",
        Command::DrawLot { .. } => "Das Los ist festgehalten.",
        Command::DeclareAlone => "Ihre Erklärung ist festgehalten. Sie nehmen am nichtöffentlichen Teil teil.",
        Command::AnnounceDecision { .. } => "Die Bekanntgabe ist festgehalten.",
        Command::CallToOrder { .. }
        | Command::WithdrawFloor { .. }
        | Command::Expel { .. }
        | Command::ExcludeMember { .. } => order::done(command),
        Command::FindNoQuorum
        | Command::FindQuorum
        | Command::QuestionQuorum(_)
        | Command::AppointStandIn { .. }
        | Command::DecideInstead { .. } => second::done(command),
        Command::HandOverChair { .. }
        | Command::NoteHindrance { .. }
        | Command::AdmitAdviser { .. }
        | Command::NameEldest { .. }
        | Command::TakeChair => leading::done(command),
        Command::Film(_) => filming::done(command),
        Command::ExcludePublic
        | Command::ReadmitPublic
        | Command::BeginClosedPart
        | Command::EndClosedPart
        | Command::ReportPresence { .. }
        | Command::OpenElection { .. }
        | Command::DeclareElection { .. }
        | Command::VoidElection { .. }
        | Command::GiveFloor { .. }
        | Command::EndSpeech
        | Command::CloseList { .. }
        | Command::CallGuest { .. }
        | Command::DismissGuest { .. }
        | Command::MoveItem { .. }
        | Command::DropItem { .. }
        | Command::ReopenItem { .. }
        | Command::Open
        | Command::CallItem { .. }
        | Command::SettleItem { .. }
        | Command::OpenBallot { .. }
        | Command::CloseBallot { .. }
        | Command::DeclareResult { .. }
        | Command::VoidBallot { .. }
        | Command::FindFault { .. }
        | Command::Interrupt { .. }
        | Command::Resume { .. }
        | Command::Recover { .. }
        | Command::Close
        | Command::Delete { .. } => "",
        Command::Prepare(step) => before::done(step),
    }
}
