//! The chair's single next step, for every state of the meeting.

use super::scene::{Forms, Scene};
use super::{convening, doors, doubt, election, faults, leading, presumption, second, voting, words};
use crate::domain::meeting::event::{Disposal, Sphere};
use crate::domain::meeting::{Business, Command, Convened, Item, ItemState, Phase, fault_effect, view};
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::next::NextStep;

/// Other ways on from a step; more than this is a menu.
const OTHERS_MAX: usize = 3;

/// Part `next`.
pub fn step(forms: &mut Forms<'_, '_>) -> NextStep {
    let scene = forms.scene;
    let mut step = match &scene.meeting.phase {
        Phase::Planned => convene(forms),
        Phase::Convened(_) => open(forms),
        Phase::Sitting { convened, business } => {
            if let Some(step) = fault(forms, convened) {
                step
            } else if let Some(step) = leading::first(forms) {
                step
            } else if let Some(step) = at_the_doors(forms, business) {
                step
            } else {
                match business {
                    Business::Between => {
                        let mut step = go_on(forms);
                        step.others.splice(0..0, presumption::answer(forms));
                        step
                    }
                    Business::Item(item) => match scene.meeting.item(item) {
                        Some(item) => {
                            let mut step = called(forms, item);
                            step.others.splice(0..0, second::find_act(forms));
                            step.others.splice(0..0, presumption::answer(forms));
                            if let Some(word) = second::falls_to(forms.scene, item) {
                                step.context = format!("{word} {}", step.context);
                            }
                            step
                        }
                        None => go_on(forms),
                    },
                    Business::Election(round) => election::running(forms, round),
                    Business::Ballot(ballot) => voting::running(forms, ballot),
                    Business::Counting(ballot) => voting::counting(forms, ballot),
                }
            }
        }
        Phase::Interrupted { convened, business, .. } => match fault(forms, convened) {
            Some(step) => step,
            None => resume(forms, business),
        },
        Phase::Closed(_) => closed(scene),
    };
    step.act = step.act.map(|act| act.tone(Tone::Main));
    step.others.truncate(OTHERS_MAX);
    step
}

fn convene(forms: &mut Forms<'_, '_>) -> NextStep {
    let mut ways = convening::plain(forms, "next").into_iter();
    let elsewhere = convening::elsewhere(forms.scene);
    NextStep {
        title: "Sitzung einberufen".into(),
        context: format!(
            "Mit der Einberufung steht fest, ob Mitglieder zugeschaltet sein können, und welches Recht gilt.{elsewhere}"
        ),
        say: None,
        act: ways.next(),
        others: ways.collect(),
    }
}

fn open(forms: &mut Forms<'_, '_>) -> NextStep {
    let scene = forms.scene;
    let act = forms.act("next-eroeffnen", "eroeffnen", "Sitzung eröffnen", &Command::Open);
    let finding = view::quorum_now(scene.meeting, scene.rules);
    let away = absent(scene);
    NextStep {
        title: "Sitzung eröffnen".into(),
        context: if away.is_empty() {
            "Alle Mitglieder sind anwesend.".into()
        } else {
            format!("Noch nicht anwesend: {}.", words::names(&away, 6))
        },
        say: act.blocked.is_none().then(|| {
            format!(
                "Ich eröffne die Sitzung und stelle fest, dass {} mit {} von {} Mitgliedern beschlussfähig ist.",
                words::the_body(scene.meeting.body_name.as_str()),
                finding.entitled,
                finding.occupied
            )
        }),
        act: Some(act),
        others: hall_findings(forms).into_iter().chain(second::find_act(forms)).collect(),
    }
}

/// Where the hall is not perceptible, the chair may find that this does not lie with the municipality.
fn hall_findings(forms: &mut Forms<'_, '_>) -> Vec<Act> {
    let scene = forms.scene;
    let there = !scene.meeting.hall_takes_part() || scene.meeting.hall_is_perceptible();
    let findings = [
        ("dritte", "Saal: Fehler im Netz Dritter", Sphere::Third),
        ("ungeklaert", "Saal: Fehler nicht nachweisbar", Sphere::Unknown),
    ];
    let mut acts = Vec::new();
    for (key, label, sphere) in findings {
        let find = Command::FindFault { sphere };
        if !there && scene.may(&find).is_ok() {
            let (_, norm) = fault_effect(scene.rules, sphere);
            let note = format!("Es geht ohne die Zugeschalteten; sie werden nicht gezählt ({norm}).");
            let act = forms.act(format!("next-saal-{key}"), "stoerung_befund", label, &find);
            acts.push(act.with("bereich", key).note(note));
        }
    }
    acts
}

fn absent(scene: Scene<'_>) -> Vec<String> {
    scene.seats().filter(|seat| !scene.meeting.is_present(&seat.id)).map(|seat| seat.name.to_string()).collect()
}

/// An open fault of several members comes before everything else.
fn fault(forms: &mut Forms<'_, '_>, convened: &Convened) -> Option<NextStep> {
    let fault = convened.open_fault.as_ref()?;
    let lost = words::names(&forms.scene.names(&fault.seats), 6);
    let mut choices = faults::findings(forms, "next").into_iter();
    Some(NextStep {
        title: "Feststellen, wo der Fehler liegt".into(),
        context: if fault.hall {
            format!(
                "Der Saal ist für die Zugeschalteten nicht wahrnehmbar ({lost}). Bis zu Ihrer Feststellung wird nicht abgestimmt."
            )
        } else {
            format!("Gleichzeitig gestört: {lost}. Bis zu Ihrer Feststellung wird nicht abgestimmt.")
        },
        say: None,
        act: choices.next(),
        others: choices.collect(),
    })
}

/// Between items, what is to be done at the doors comes first.
fn at_the_doors(forms: &mut Forms<'_, '_>, business: &Business) -> Option<NextStep> {
    match business {
        Business::Between => doors::first(forms),
        Business::Item(_) | Business::Ballot(_) | Business::Counting(_) | Business::Election(_) => None,
    }
}

/// The next item, the other side of the doors, or the end of the sitting.
pub(super) fn go_on(forms: &mut Forms<'_, '_>) -> NextStep {
    match forms.scene.upcoming() {
        Some(item) => call(forms, item),
        None => match doors::across(forms) {
            Some(step) => step,
            None => finish(forms),
        },
    }
}

fn call(forms: &mut Forms<'_, '_>, item: &Item) -> NextStep {
    let scene = forms.scene;
    let title = scene.title(item);
    let act = call_act(forms, item, "next-aufrufen");
    NextStep {
        title: format!("TOP {} aufrufen", item.number),
        context: title.clone(),
        say: act
            .blocked
            .is_none()
            .then(|| format!("Ich rufe Tagesordnungspunkt {} auf: {}.", item.number, title.trim_end_matches('.'))),
        act: Some(act),
        others: Vec::new(),
    }
}

fn call_act(forms: &mut Forms<'_, '_>, item: &Item, id: &str) -> Act {
    let command = Command::CallItem { item: item.id.clone() };
    forms.act(id, "aufrufen", format!("TOP {} aufrufen", item.number), &command).with("punkt", item.id.to_string())
}

fn finish(forms: &mut Forms<'_, '_>) -> NextStep {
    let left = forms.scene.meeting.items.iter().filter(|item| item.state == ItemState::Pending).count();
    let act = close_act(forms, "next-schliessen");
    NextStep {
        title: "Sitzung schließen".into(),
        context: match words::number(left) {
            0 => "Alle Punkte der Tagesordnung sind behandelt.".into(),
            left => format!(
                "Alle öffentlichen Punkte sind behandelt. Offen bleibt: {}.",
                words::count(left, "nichtöffentlicher Punkt", "nichtöffentliche Punkte")
            ),
        },
        say: act.blocked.is_none().then(|| "Die Tagesordnung ist erledigt. Ich schließe die Sitzung.".into()),
        act: Some(act),
        others: Vec::new(),
    }
}

/// Closes the sitting.
pub fn close_act(forms: &mut Forms<'_, '_>, id: &str) -> Act {
    forms.act(id, "schliessen", "Sitzung schließen", &Command::Close)
}

/// An item is called: to the vote if there is a motion and no result yet, otherwise on.
fn called(forms: &mut Forms<'_, '_>, item: &Item) -> NextStep {
    if let Some(step) = doubt::first(forms, item) {
        return step;
    }
    if let Some(election) = forms.scene.meeting.election(&item.id) {
        return election::called(forms, item, election);
    }
    let scene = forms.scene;
    let voted =
        scene.meeting.results.iter().any(|declared| declared.result.item == item.id && declared.about.is_main());
    let ballots = voting::opening(forms, item);
    if item.motion.is_some() && !voted {
        return voting::vote_on(forms, item, ballots);
    }
    let mut step = go_on(forms);
    let mut others = Vec::new();
    if voted {
        step.context = format!("Über TOP {} ist abgestimmt. Es folgt: {}", item.number, step.context);
    } else {
        step.context = format!("TOP {} hat keinen Beschlussvorschlag. Es folgt: {}", item.number, step.context);
        others.push(settle_act(forms, "next-kenntnis", "Zur Kenntnis genommen", Disposal::Noted));
    }
    others.extend(ballots);
    step.others = others;
    step
}

/// Ends the called item in another way than by calling the next.
pub fn settle_act(forms: &mut Forms<'_, '_>, id: &str, label: &str, disposal: Disposal) -> Act {
    let value = match disposal {
        Disposal::Decided => "entschieden",
        Disposal::Noted => "kenntnis",
        Disposal::Postponed => "vertagt",
        Disposal::Referred => "verwiesen",
        Disposal::Removed => "abgesetzt",
        Disposal::Withdrawn => "zurueckgezogen",
        Disposal::WithoutVote => "ohne",
        Disposal::Moot => "erledigt",
    };
    let command = Command::SettleItem { disposal, wording: None };
    forms.act(id, "punkt_abschliessen", label, &command).with("ergebnis", value)
}

fn resume(forms: &mut Forms<'_, '_>, business: &Business) -> NextStep {
    let open = matches!(business, Business::Ballot(_));
    let cause = match &forms.scene.meeting.phase {
        Phase::Interrupted { cause, .. } => words::cause(*cause),
        Phase::Planned | Phase::Convened(_) | Phase::Sitting { .. } | Phase::Closed(_) => "",
    };
    let mut way = |id: &str, label: &str, goes_on: Option<bool>| {
        let act = forms.act(id, "fortsetzen", label, &Command::Resume { ballot_goes_on: goes_on });
        match goes_on {
            Some(true) => act.with("abstimmung_geht_weiter", "ja").note("Abgegebene Stimmen bleiben gezählt."),
            Some(false) => {
                act.with("abstimmung_geht_weiter", "nein").note("Keine Stimme zählt; es wird neu abgestimmt.")
            }
            None => act,
        }
    };
    let (act, others) = if open {
        let act = way("next-fortsetzen", "Fortsetzen, Abstimmung geht weiter", Some(true));
        (act, vec![way("next-wiederholen", "Fortsetzen, Abstimmung wiederholen", Some(false))])
    } else {
        let act = way("next-fortsetzen", "Sitzung fortsetzen", None);
        let lacking = second::find_act(forms);
        (act, hall_findings(forms).into_iter().chain(lacking).collect())
    };
    NextStep {
        title: "Sitzung fortsetzen".into(),
        context: format!("Unterbrochen: {cause}."),
        say: act.blocked.is_none().then(|| {
            let body = words::sentence(&words::the_body(forms.scene.meeting.body_name.as_str()));
            format!("Ich setze die Sitzung fort. {body} ist beschlussfähig.")
        }),
        act: Some(act),
        others,
    }
}

fn closed(scene: Scene<'_>) -> NextStep {
    let left = second::left(scene);
    NextStep {
        title: "Die Sitzung ist geschlossen".into(),
        context: format!("{left}Niederschrift und Beweisbündel stehen bereit."),
        say: None,
        act: None,
        others: Vec::new(),
    }
}
