//! The chair on the screens: who may hand it over, who may take it over, and what is told of it.

use super::scene::{Forms, Scene};
use super::words;
use crate::domain::meeting::event::Event;
use crate::domain::meeting::{Command, Item, ItemState, Phase, is_prevented};
use crate::domain::refusal::RefusalKind;
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::entry::Entry;
use crate::web::pages::next::{Choice, NextStep};
use crate::web::pages::vote::Alone;

/// An entry about the chair in words.
#[expect(clippy::wildcard_enum_match_arm, reason = "the timeline hands over what belongs here")]
pub fn entry(scene: Scene<'_>, event: &Event) -> String {
    match event {
        Event::ChairHandedOver(over) => match &over.item {
            Some(item) => {
                format!("{} gibt den Vorsitz für TOP {} ab.", scene.name(&over.seat), scene.number(item))
            }
            None => format!("{} gibt den Vorsitz ab.", scene.name(&over.seat)),
        },
        Event::ChairHindered(noted) if noted.hindered => {
            format!("{} ist am Vorsitz verhindert.", scene.name(&noted.seat))
        }
        Event::ChairHindered(noted) => format!("{} ist am Vorsitz nicht mehr verhindert.", scene.name(&noted.seat)),
        Event::AdviserAdmitted(decided) if decided.admitted => {
            format!("{} darf mit beratender Stimme zugeschaltet sein.", scene.name(&decided.seat))
        }
        Event::AdviserAdmitted(decided) => format!("{} darf nicht mehr zugeschaltet sein.", scene.name(&decided.seat)),
        Event::EldestNamed(named) => {
            format!("{} als ältestes nicht verhindertes Mitglied benannt.", scene.name(&named.seat))
        }
        Event::ChairTaken(taken) => {
            let as_whom =
                taken.rank.map_or_else(|| "ältestes Mitglied".to_owned(), |rank| format!("{rank}. Stellvertretung"));
            format!("{} leitet die Sitzung ({as_whom}).", scene.name(&taken.seat))
        }
        Event::ChairReturned(returned) => format!("{} leitet die Sitzung wieder.", scene.name(&returned.seat)),
        _ => String::new(),
    }
}

/// The item the viewer in the chair is recused at and cannot lead: what is called, or what comes next.
fn recused_at(scene: Scene<'_>) -> Option<&Item> {
    let item = scene.called().or_else(|| scene.upcoming())?;
    scene.meeting.is_recused(&item.id, &scene.meeting.chair).then_some(item)
}

/// What the chair does first: hand over what cannot be led, or wait for whoever takes it.
pub fn first(forms: &mut Forms<'_, '_>) -> Option<NextStep> {
    let scene = forms.scene;
    if !scene.chairs() || !matches!(scene.meeting.phase, Phase::Sitting { .. }) {
        return None;
    }
    if scene.meeting.is_leaderless() {
        let act = forms.act("next-vorsitz", "vorsitz_uebernehmen", "Vorsitz wieder übernehmen", &Command::TakeChair);
        return Some(NextStep {
            title: "Der Vorsitz ist abgegeben".into(),
            context: format!("{} Bis dahin ruht die Leitung.", who_comes(scene)),
            say: None,
            act: Some(act),
            others: Vec::new(),
        });
    }
    let item = recused_at(scene)?;
    let act = hand_over(forms, Some(item), "next-vorsitz");
    let called = matches!(item.state, ItemState::Called { .. });
    Some(NextStep {
        title: format!("Vorsitz für TOP {} abgeben", item.number),
        context: format!(
            "Sie sind bei diesem Punkt befangen und leiten ihn nicht ({}). {}",
            scene.rules.recusal_leaves.norm(),
            who_comes(scene)
        ),
        say: (!called)
            .then(|| format!("Ich bin bei Tagesordnungspunkt {} befangen und gebe den Vorsitz ab.", item.number)),
        act: Some(act),
        others: Vec::new(),
    })
}

/// „Es übernimmt Carla Exempel (1. Stellvertretung).“
fn who_comes(scene: Scene<'_>) -> String {
    let (meeting, rules, now) = (scene.meeting, scene.rules, scene.now());
    let able =
        |seat: &&&crate::domain::id::SeatId| **seat != &meeting.chair && !is_prevented(meeting, rules, seat, now);
    match meeting.leading.in_order().collect::<Vec<_>>().iter().find(able) {
        Some(seat) => format!("An der Reihe ist {}.", scene.name(seat)),
        None if rules.chair_oldest_member.get() => {
            format!(
                "Alle Stellvertretungen sind verhindert: Die Schriftführung benennt das älteste Mitglied ({}).",
                rules.chair_oldest_member.norm()
            )
        }
        None => "Alle Stellvertretungen sind verhindert.".into(),
    }
}

fn hand_over(forms: &mut Forms<'_, '_>, item: Option<&Item>, id: &str) -> Act {
    let command = Command::HandOverChair { item: item.map(|item| item.id.clone()) };
    let act = forms.act(id, "vorsitz_abgeben", "Vorsitz abgeben", &command);
    match item {
        Some(item) => act.with("punkt", item.id.to_string()),
        None => act,
    }
}

/// Handing over for any other reason; left out where it is not possible.
pub fn anytime(forms: &mut Forms<'_, '_>) -> Option<Act> {
    let act = hand_over(forms, None, "more-vorsitz");
    let note = format!("{} Sie können ihn jederzeit wieder übernehmen.", who_comes(forms.scene));
    act.blocked.is_none().then(|| act.tone(Tone::Quiet).note(note))
}

/// At one's own place: the chair that waits to be taken, with the reason where one is not next.
pub fn own(forms: &mut Forms<'_, '_>) -> Option<Alone> {
    let scene = forms.scene;
    let (meeting, seat) = (scene.meeting, scene.own_seat()?);
    if scene.chairs() || !meeting.seats.contains_key(seat) {
        return None;
    }
    let answer = scene.may(&Command::TakeChair);
    let lost = is_prevented(meeting, scene.rules, &meeting.chair, scene.now());
    let stands_in = meeting.leading.in_order().any(|one| one == seat) || meeting.leading.eldest.as_ref() == Some(seat);
    let asked = match &answer {
        Ok(()) => true,
        Err(refusal) => lost && stands_in && refusal.kind == RefusalKind::Law,
    };
    if !asked {
        return None;
    }
    let back = *seat == meeting.leading.office;
    let label = if back { "Vorsitz wieder übernehmen" } else { "Vorsitz übernehmen" };
    let act = forms.act("own-vorsitz", "vorsitz_uebernehmen", label, &Command::TakeChair).tone(Tone::Main);
    let leader = scene.name(&meeting.chair);
    let words = if back {
        format!("Zurzeit leitet {leader} die Sitzung.")
    } else if meeting.is_leaderless() {
        format!("{leader} hat den Vorsitz abgegeben. Es geht weiter, sobald ihn jemand übernimmt.")
    } else if lost {
        format!("{leader} kann die Sitzung gerade nicht leiten.")
    } else {
        format!("Sie gehen {leader} in der Stellvertretung vor.")
    };
    Some(Alone { title: "Vorsitz".into(), words: words::sentence(&words), act: Some(act) })
}

/// The clerk names the oldest member; only where the law lets it come to that.
pub fn eldest(forms: &mut Forms<'_, '_>) -> Option<Entry> {
    let scene = forms.scene;
    let may = |seat: &&crate::domain::council::Seat| scene.may(&Command::NameEldest { seat: seat.id.clone() }).is_ok();
    let options: Vec<Choice> = scene
        .seats()
        .filter(may)
        .map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() })
        .collect();
    if options.is_empty() || matches!(scene.meeting.phase, Phase::Planned | Phase::Closed(_)) {
        return None;
    }
    let norm = scene.rules.chair_oldest_member.norm();
    let entry = Entry::new("attendance-aeltestes", scene.to(), "aeltestes_benennen", forms.id(), "Benennen");
    Some(entry.list("sitz", "Ältestes nicht verhindertes Mitglied", options).note(format!(
        "Alle Stellvertretungen sind verhindert ({norm}). Das Mitglied übernimmt den Vorsitz dann selbst."
    )))
}

/// The clerk notes that a deputy who is there cannot lead, so that the next one may, or that this is over.
pub fn hindrances(forms: &mut Forms<'_, '_>) -> Vec<Entry> {
    let scene = forms.scene;
    if matches!(scene.meeting.phase, Phase::Planned | Phase::Closed(_)) {
        return Vec::new();
    }
    let lost =
        scene.meeting.is_leaderless() || is_prevented(scene.meeting, scene.rules, &scene.meeting.chair, scene.now());
    let norm = scene.rules.chair_deputies_in_order.norm();
    let mut entries = Vec::new();
    for (hindered, verb, label, button) in [
        (true, "verhindert_vermerken", "Kann den Vorsitz nicht führen", "Verhinderung vermerken"),
        (false, "verhindert_beenden", "Kann den Vorsitz wieder führen", "Verhinderung beenden"),
    ] {
        let may = |seat: &&crate::domain::council::Seat| {
            scene.may(&Command::NoteHindrance { seat: seat.id.clone(), hindered }).is_ok()
        };
        let options: Vec<Choice> = scene
            .seats()
            .filter(may)
            .map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() })
            .collect();
        if options.is_empty() || (hindered && !lost) {
            continue;
        }
        let entry = Entry::new(format!("attendance-{}", verb.replace('_', "-")), scene.to(), verb, forms.id(), button);
        entries.push(entry.list("sitz", label, options).note(format!(
            "Wer zur Stellvertretung gewählt und im Saal ist, geht vor, auch ohne eigenes Gerät ({norm}). Vermerken Sie eine \
             Verhinderung nur, wenn das Mitglied sie selbst erklärt."
        )));
    }
    entries
}
