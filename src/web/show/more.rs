//! What the chair may do besides: recusal, interruption, the rarer ends of an item.

use super::faults::PLACES;
use super::next::{close_act, settle_act};
use super::scene::{Forms, Scene, blocked};
use super::{
    advisers, complaint, convening, doors, election, filming, leading, order, presumption, second, voting, when, words,
};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::meeting::event::{Disposal, Event, InterruptionCause};
use crate::domain::meeting::{Business, ClosedBallot, Command, Item, OpenBallot, Phase};
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::entry::Entry;
use crate::web::pages::next::{Choice, ChoiceForm, MoreActs, Recused, TextField};

/// Part `more`.
pub fn more(forms: &mut Forms<'_, '_>) -> MoreActs {
    let item = forms.scene.called();
    MoreActs {
        recusal: item.map(|item| recusal(forms, item)),
        recused: item.map(|item| recused(forms, item)).unwrap_or_default(),
        interrupt: interrupt(forms),
        correct: correct(forms),
        settle: settle(forms),
        election: election::mark_form(forms),
        terms: terms(forms),
        advisers: advisers::entries(forms),
        instead: match item {
            Some(item) => second::entries(forms, item),
            None => second::afterwards(forms),
        },
        filming: filming::desk(forms),
        order: order::forms(forms),
        quorum: presumption::question(forms),
        complaint: complaint::taken(forms, "more-ruege"),
        acts: acts(forms),
    }
}

fn terms(forms: &mut Forms<'_, '_>) -> Vec<Entry> {
    let Some(item) = forms.scene.called().filter(|item| forms.scene.meeting.election(&item.id).is_none()) else {
        return Vec::new();
    };
    let on_terms = voting::on_terms(forms, item);
    let repeat = voting::repeat(forms, item);
    on_terms.into_iter().chain(repeat).collect()
}

fn recusal(forms: &mut Forms<'_, '_>, item: &Item) -> ChoiceForm {
    let scene = forms.scene;
    let ask = |seat: &SeatId| scene.may(&Command::Recuse { item: item.id.clone(), seat: seat.clone() });
    let answers: Vec<_> = scene.seats().map(|seat| (seat, ask(&seat.id))).collect();
    let open: Vec<_> = answers.iter().filter(|(_, answer)| answer.is_ok()).map(|(seat, _)| *seat).collect();
    let refusal = if open.is_empty() { answers.iter().find_map(|(_, answer)| answer.clone().err()) } else { None };
    ChoiceForm {
        id: "more-befangen".into(),
        to: scene.to(),
        verb: "befangen",
        command: forms.id(),
        name: "sitz",
        label: format!("Mitglied, befangen zu TOP {}", item.number),
        options: open
            .into_iter()
            .map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() })
            .collect(),
        text: None,
        button: "Befangenheit vermerken".into(),
        note: "Das Mitglied verlässt Beratung und Abstimmung, bis der Punkt abgeschlossen ist. Der Grund wird nicht aufgezeichnet.".into(),
        blocked: refusal.map(blocked),
    }
}

fn recused(forms: &mut Forms<'_, '_>, item: &Item) -> Vec<Recused> {
    let scene = forms.scene;
    let seats: Vec<_> = scene.seats().filter(|seat| scene.meeting.is_recused(&item.id, &seat.id)).collect();
    let mut rows = Vec::new();
    for seat in seats {
        let command = Command::LiftRecusal { item: item.id.clone(), seat: seat.id.clone() };
        let lift = forms
            .act(format!("more-aufheben-{}", seat.id), "befangen_aufheben", "Aufheben", &command)
            .about(format!("Befangenheit von {}", seat.name))
            .tone(Tone::Quiet)
            .with("punkt", item.id.to_string())
            .with("sitz", seat.id.to_string());
        rows.push(Recused {
            name: seat.name.to_string(),
            since: recused_since(scene, &item.id, &seat.id, &item.number),
            lift,
        });
    }
    rows
}

fn recused_since(scene: Scene<'_>, item: &ItemId, seat: &SeatId, number: &str) -> String {
    let entry = scene.snapshot.recent.iter().rev().find(|entry| match &entry.event {
        Event::RecusalRecorded(recusal) => recusal.item == *item && recusal.seat == *seat,
        Event::RecusalDoubted(doubted) => doubted.item == *item && doubted.seat == *seat,
        _ => false,
    });
    entry.map_or_else(
        || format!("zu TOP {number}"),
        |entry| format!("zu TOP {number}, seit {}", when::minute(entry.occurred_at)),
    )
}

/// What the chair found last of a fault, found otherwise.
fn correct(forms: &mut Forms<'_, '_>) -> Option<ChoiceForm> {
    let scene = forms.scene;
    let found = scene.meeting.attendance.faults.last()?.sphere?;
    let settled = scene.meeting.convened().is_some_and(|convened| convened.open_fault.is_none());
    let runs = matches!(scene.meeting.phase, Phase::Sitting { .. } | Phase::Interrupted { .. });
    let others = PLACES.iter().filter(|(_, _, sphere)| *sphere != found);
    (settled && runs).then(|| ChoiceForm {
        id: "more-befund".into(),
        to: scene.to(),
        verb: "stoerung_befund",
        command: forms.id(),
        name: "bereich",
        label: "Sie lag doch woanders".into(),
        options: others.map(|(key, place, _)| Choice { value: (*key).into(), label: (*place).into() }).collect(),
        text: None,
        button: "Feststellung berichtigen".into(),
        note: format!("Zuletzt festgestellt: {}. Beides bleibt aufgezeichnet, das Neuere gilt.", words::sphere(found)),
        blocked: None,
    })
}

fn interrupt(forms: &mut Forms<'_, '_>) -> Option<ChoiceForm> {
    if !matches!(forms.scene.meeting.phase, Phase::Sitting { .. }) {
        return None;
    }
    let refusal = forms.scene.may(&Command::Interrupt { cause: InterruptionCause::Chair }).err();
    let causes = [
        ("vorsitz", "Entscheidung des Vorsitzes (Pause, Beratung)"),
        ("gemeinde", "Störung im Bereich der Gemeinde"),
        ("beschlussfaehigkeit", "Fehlende Beschlussfähigkeit"),
    ];
    Some(ChoiceForm {
        id: "more-unterbrechen".into(),
        to: forms.scene.to(),
        verb: "unterbrechen",
        command: forms.id(),
        name: "grund",
        label: "Grund".into(),
        options: causes.map(|(value, label)| Choice { value: value.into(), label: label.into() }).into(),
        text: None,
        button: "Sitzung unterbrechen".into(),
        note: "Eine laufende Abstimmung ruht; abgegebene Stimmen bleiben.".into(),
        blocked: refusal.map(blocked),
    })
}

fn acts(forms: &mut Forms<'_, '_>) -> Vec<Act> {
    let scene = forms.scene;
    let mut acts = match (&scene.meeting.phase, scene.meeting.business()) {
        (Phase::Planned, _) => return convening::digital(forms),
        (Phase::Convened(_), _) => return arrived(forms),
        (Phase::Closed(_), _) => return Vec::new(),
        (Phase::Sitting { .. }, Some(Business::Item(_))) => endings(forms),
        (Phase::Sitting { .. }, Some(Business::Counting(ballot))) => {
            vec![voting::void_act(forms, &ballot.ballot, "more-verwerfen")]
        }
        (
            Phase::Interrupted { .. },
            Some(Business::Ballot(OpenBallot { ballot, .. }) | Business::Counting(ClosedBallot { ballot, .. })),
        ) => {
            vec![voting::void_act(forms, ballot, "more-verwerfen")]
        }
        (Phase::Sitting { .. } | Phase::Interrupted { .. }, _) => Vec::new(),
    };
    acts.extend(doors::anytime(forms));
    acts.extend(leading::anytime(forms));
    let is_next = matches!(scene.meeting.phase, Phase::Sitting { .. }) && scene.upcoming().is_none();
    if !is_next {
        acts.push(close_act(forms, "more-schliessen").tone(Tone::Grave));
    }
    acts
}

/// The chair may note the own presence in the room; in the hybrid format it is needed before the opening.
fn arrived(forms: &mut Forms<'_, '_>) -> Vec<Act> {
    let Some(seat) = forms.scene.own_seat().cloned() else { return Vec::new() };
    if forms.scene.meeting.is_in_room(&seat) {
        return Vec::new();
    }
    let command = Command::AttestRoom { seat: seat.clone(), present: true };
    let act = forms.act("more-im-saal", "saal_anwesend", "Ich bin im Saal", &command);
    vec![act.icon("hall").with("sitz", seat.to_string())]
}

/// The rarer ends of an item; those the core refuses are left out, they would only repeat its reason.
fn settle(forms: &mut Forms<'_, '_>) -> Option<ChoiceForm> {
    let scene = forms.scene;
    if !matches!((&scene.meeting.phase, scene.meeting.business()), (Phase::Sitting { .. }, Some(Business::Item(_)))) {
        return None;
    }
    let options: Vec<Choice> = [
        ("verwiesen", "verwiesen", Disposal::Referred),
        ("vertagt", "vertagt", Disposal::Postponed),
        ("kenntnis", "zur Kenntnis genommen", Disposal::Noted),
        ("erledigt", "erledigt", Disposal::Moot),
        ("zurueckgezogen", "zurückgezogen", Disposal::Withdrawn),
        ("abgesetzt", "abgesetzt", Disposal::Removed),
        ("ohne", "ohne Abstimmung", Disposal::WithoutVote),
    ]
    .into_iter()
    .filter(|(_, _, disposal)| scene.may(&Command::SettleItem { disposal: *disposal, wording: None }).is_ok())
    .map(|(value, label, _)| Choice { value: value.into(), label: label.into() })
    .collect();
    (!options.is_empty()).then(|| ChoiceForm {
        id: "more-abschliessen".into(),
        to: scene.to(),
        verb: "punkt_abschliessen",
        command: forms.id(),
        name: "ergebnis",
        label: "Der Punkt ist".into(),
        options,
        text: Some(TextField { name: "wortlaut", label: "Wortlaut, wenn nötig: wohin, bis wann, wodurch".into() }),
        button: "Punkt abschließen".into(),
        note: "Der Wortlaut steht so in der Niederschrift.".into(),
        blocked: None,
    })
}

/// The called item is decided: on with it, without calling the next.
fn endings(forms: &mut Forms<'_, '_>) -> Vec<Act> {
    let act = settle_act(forms, "more-entschieden", "Punkt abschließen", Disposal::Decided).tone(Tone::Quiet);
    if act.blocked.is_none() { vec![act] } else { Vec::new() }
}
