//! What the summons to a member says (`Ladung`, § 34 (1) s. 1 GemO BW).

use crate::app::ports::accounts::Account;
use crate::app::ports::mail::{SummonsItem, SummonsKind, SummonsMail};
use crate::app::sitting::Snapshot;
use crate::domain::law::format::MeetingFormat;
use crate::domain::law::notice::NoticeFinding;
use crate::domain::law::{OthersConsent, Rules};
use crate::domain::meeting::{Item, Meeting, second};
use crate::domain::time::Instant;

/// What stands in the place of a non-public title: a mailbox is not enough to read it (§ 35 (2) GemO BW).
const CLOSED_TITLE: &str = "Nichtöffentlicher Punkt";

/// The letter as of this state.
#[must_use]
pub fn letter(state: &Snapshot, to: Account, link: String, now: Instant) -> SummonsMail {
    let (meeting, rules) = (&state.meeting, &*state.rules);
    let before = &meeting.before;
    let kind = match (&before.cancelled, before.sequence) {
        (Some(_), _) => SummonsKind::Cancellation,
        (None, 0) => SummonsKind::Invitation,
        (None, _) => SummonsKind::Update,
    };
    let (format, format_norm) = format(meeting, rules);
    SummonsMail {
        kind,
        to_name: to.name,
        to_address: to.email,
        municipality: meeting.municipality.to_string(),
        body_name: meeting.body_name.to_string(),
        title: meeting.title.to_string(),
        starts_at: meeting.starts_at,
        place: meeting.place.to_string(),
        format: format.to_owned(),
        format_norm: format_norm.to_owned(),
        format_notes: format_notes(meeting, rules),
        remote: meeting.convened().is_some_and(|convened| convened.convening.format != MeetingFormat::InPerson),
        notice: notice(meeting),
        agenda: agenda(meeting),
        change: before.cancelled.as_ref().map_or_else(|| moved(meeting), |(_, reason)| reason.to_string()),
        uid: format!("{}@{}", meeting.id, host(&link)),
        link,
        signed: meeting.seats.get(&meeting.leading.office).map_or_else(String::new, |chair| chair.name.to_string()),
        sequence: before.sequence,
        now,
    }
}

/// The host of an address: the event's identifier must be the same wherever the letter is sent from.
fn host(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

fn moved(meeting: &Meeting) -> String {
    meeting.before.moved.as_ref().map_or_else(String::new, ToString::to_string)
}

/// The agenda as everybody may read it.
#[must_use]
pub fn agenda(meeting: &Meeting) -> Vec<SummonsItem> {
    let title = |item: &Item| match &item.title {
        Some(title) if item.public => title.to_string(),
        Some(_) | None => CLOSED_TITLE.to_owned(),
    };
    let line = |item: &Item| SummonsItem { number: item.number.clone(), title: title(item), public: item.public };
    meeting.items.iter().map(line).collect()
}

/// The format in words, and its paragraph.
#[must_use]
pub fn format<'a>(meeting: &Meeting, rules: &'a Rules) -> (&'static str, &'a str) {
    match meeting.convened().map(|convened| convened.convening.format) {
        Some(MeetingFormat::Hybrid) => {
            ("hybrid: im Sitzungsraum, Mitglieder können zugeschaltet sein", rules.format_hybrid.norm())
        }
        Some(MeetingFormat::Digital) => ("digital: alle sind zugeschaltet", rules.format_digital.norm()),
        Some(MeetingFormat::InPerson) | None => ("in Präsenz", rules.format_in_person.norm()),
    }
}

/// Whether connection is ruled out, ground, reason and public room of the format, and that the smaller number suffices in a second sitting, a line each.
#[must_use]
pub fn format_notes(meeting: &Meeting, rules: &Rules) -> Vec<String> {
    let Some(convening) = meeting.convened().map(|convened| &convened.convening) else { return Vec::new() };
    let ruled_out = convening.ruled_out.then(|| {
        let norm = rules.remote_exclusion.norm();
        format!("Zuschaltung: für diese Sitzung ausgeschlossen, alle nehmen im Sitzungsraum teil ({norm})")
    });
    let grounds = rules.format_digital_grounds.value();
    let ground = convening.ground.as_ref().map(|key| {
        let text = grounds.iter().find(|ground| ground.key == *key).map_or(key.as_str(), |ground| ground.text.as_str());
        format!("Schwerwiegender Grund: {text}")
    });
    let reason = convening.reason.as_ref().map(|reason| format!("Begründung: {reason}"));
    let room = convening.public_room.as_ref().map(|room| format!("Öffentliche Übertragung: {room}"));
    let second = second::notice(meeting, rules).filter(|_| meeting.second.noticed);
    let second = second.map(|notice| format!("Zweite Sitzung: {notice}"));
    let seen = (convening.format == MeetingFormat::Hybrid).then(|| informed(rules));
    [ruled_out, ground, reason, room, second, who_elects(meeting, rules), seen].into_iter().flatten().collect()
}

/// What those in the hall are told of the transmission; asked they are not (open question O7).
fn informed(rules: &Rules) -> String {
    match rules.remote_others_consent.get() {
        OthersConsent::Inform => format!(
            "Übertragung: Bild und Ton aus dem Sitzungsraum sehen und hören die Zugeschalteten, und umgekehrt; gespeichert wird \
             davon nichts. Eine Zustimmung der Übrigen ist dafür nicht vorgesehen ({})",
            rules.remote_others_consent.norm()
        ),
    }
}

/// The elections on the public agenda, `TOP 3, TOP 5`; empty without any.
#[must_use]
pub fn elections(meeting: &Meeting) -> String {
    let elections = meeting.items.iter().filter(|item| item.public && meeting.election(&item.id).is_some());
    elections.map(|item| format!("TOP {}", item.number)).collect::<Vec<_>>().join(", ")
}

/// Which items are elections, and who has no vote in them: whoever wants to vote comes to the hall.
fn who_elects(meeting: &Meeting, rules: &Rules) -> Option<String> {
    let elections = elections(meeting);
    let remote = match meeting.convened().map(|convened| convened.convening.format) {
        Some(MeetingFormat::Hybrid | MeetingFormat::Digital) => format!(
            ". Gewählt wird im Saal; wer zugeschaltet ist, wählt nicht mit ({})",
            rules.election_remote_mode.norm()
        ),
        Some(MeetingFormat::InPerson) | None => String::new(),
    };
    (!elections.is_empty()).then(|| format!("Wahl: {elections}{remote}."))
}

/// Whether the period is kept, as a sentence with its paragraph; empty where it was never asked.
#[must_use]
pub fn notice(meeting: &Meeting) -> String {
    let finding = meeting.convened().and_then(|convened| convened.convening.notice.as_ref());
    finding.map_or_else(String::new, NoticeFinding::sentence)
}
