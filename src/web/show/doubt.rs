//! A doubtful recusal on the screens: raised at the called item, put to the vote before anything else, told to whom it is about.

use super::floor::{folded, leads, members};
use super::next::settle_act;
use super::scene::{Forms, Scene};
use super::voting;
use crate::domain::meeting::event::{Disposal, Event};
use crate::domain::meeting::{Command, Item};
use crate::web::pages::entry::Entry;
use crate::web::pages::floor::Folded;
use crate::web::pages::next::{Choice, NextStep};

/// An entry about a doubt in words.
#[expect(clippy::wildcard_enum_match_arm, reason = "the timeline hands over what belongs here")]
pub fn entry(scene: Scene<'_>, event: &Event) -> String {
    match event {
        Event::RecusalDoubted(doubted) => format!(
            "Ob {} zu TOP {} befangen ist, ist zweifelhaft; darüber wird in Abwesenheit entschieden.",
            scene.name(&doubted.seat),
            scene.number(&doubted.item)
        ),
        Event::RecusalDecided(decided) => {
            let (word, back) =
                if decided.recused { ("befangen", "") } else { ("nicht befangen", " und wirkt wieder mit") };
            let (name, number) = (scene.name(&decided.seat), scene.number(&decided.item));
            format!("Entschieden: {name} ist zu TOP {number} {word}{back}.")
        }
        _ => String::new(),
    }
}

/// Where a doubt may be raised: by a member for themselves, by chair and clerk for whoever raised it in the room.
pub fn raise(forms: &mut Forms<'_, '_>) -> Option<Folded> {
    let scene = forms.scene;
    let item = scene.called()?;
    let motion = forms.id();
    let id = "motion-befangen";
    let entry = Entry::new(id, scene.to(), "befangen_zweifel", forms.id(), "Vom Gremium entscheiden lassen")
        .with("antrag", motion.clone())
        .note(format!(
            "Die betroffene Person verlässt die Sitzung, bis entschieden ist ({}). Erst danach geht es in der Sache weiter.",
            scene.rules.recusal_doubt.norm()
        ));
    let motion = motion.parse().ok()?;
    let may = |seat: &crate::domain::id::SeatId, own: bool| {
        let mover = own.then(|| seat.clone());
        scene.may(&Command::DoubtRecusal { seat: seat.clone(), mover, motion: Clone::clone(&motion) }).is_ok()
    };
    if leads(scene) {
        let open = scene.seats().filter(|seat| may(&seat.id, false));
        let about: Vec<Choice> =
            open.map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() }).collect();
        let mut movers = members(scene);
        movers.push(Choice { value: String::new(), label: "Vorsitz oder Verwaltung".into() });
        let entry = entry.list("sitz", format!("Wer vielleicht befangen ist zu TOP {}", item.number), about.clone());
        return (!about.is_empty())
            .then(|| folded(id, "Befangenheit zweifelhaft", entry.list("von", "Geäußert von", movers)));
    }
    let own = scene.own_seat().filter(|own| may(own, true))?.to_string();
    let entry = entry.with("sitz", own.clone()).with("von", own);
    Some(folded(id, "Ob ich befangen bin, ist zweifelhaft", entry))
}

/// While a doubt is open it is the chair's next step.
pub fn first(forms: &mut Forms<'_, '_>, item: &Item) -> Option<NextStep> {
    let scene = forms.scene;
    let doubt = scene.meeting.open_doubt(&item.id)?;
    let motion = scene.meeting.motion(&doubt.motion)?;
    let name = scene.name(&doubt.seat);
    let mut ballots = voting::on_motion(forms, item, motion).into_iter();
    let act = ballots.next().map(|mut act| {
        act.id = act.id.replacen("motion-", "next-", 1);
        act
    });
    let ready = act.as_ref().is_some_and(|act| act.blocked.is_none());
    Some(NextStep {
        title: format!("Über die Befangenheit von {name} entscheiden"),
        context: format!(
            "{name} hat den Beratungstisch zu verlassen und stimmt darüber nicht mit ab ({}). Vorher wird zu TOP {} nicht \
             abgestimmt.",
            scene.rules.recusal_doubt.norm(),
            item.number
        ),
        say: ready.then(|| {
            format!(
                "Ob bei {name} ein Ausschließungsgrund vorliegt, ist zweifelhaft. Darüber stimmen wir jetzt offen ab."
            )
        }),
        act,
        others: vec![settle_act(forms, "next-vertagen", "Punkt vertagen", Disposal::Postponed)],
    })
}

/// What whom it is about is told.
pub fn told(number: &str) -> String {
    format!(
        "Ob Sie zu TOP {number} befangen sind, ist zweifelhaft: Bis darüber entschieden ist, wirken Sie nicht mit und stimmen nicht ab."
    )
}
