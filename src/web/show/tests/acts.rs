//! Every button says what the core says: read as the server reads it, it is taken if and only if it is not blocked.

use super::council::{Council, clerk, item, member, seat};
use super::{chair, clerk_desk, ids, seat_room, states};
use crate::app::record;
use crate::app::sitting::Snapshot;
use crate::domain::meeting::event::{Choice, InterruptionCause, Method};
use crate::domain::meeting::{Command, Context, view};
use crate::domain::presence::{Lack, Perception};
use crate::domain::refusal::RefusalKind;
use crate::web::act::form;
use crate::web::pages::act::Act;
use crate::web::pages::floor::{Floor, Motions};
use crate::web::pages::vote::Vote;
use crate::web::show::Viewer;
use std::collections::BTreeMap;

fn field<'a>(act: &'a Act, name: &str) -> &'a str {
    act.fields.iter().find(|field| field.name == name).map_or_else(|| panic!("{} without {name}", act.id), |f| &f.value)
}

/// The command of a form, as the server reads it.
fn command(act: &Act) -> Command {
    let mut fields: BTreeMap<String, String> =
        act.fields.iter().map(|field| (field.name.to_owned(), field.value.clone())).collect();
    fields.insert("tun".into(), act.verb.into());
    form::only_known(&fields).unwrap_or_else(|why| panic!("{}: {why:?}", act.id));
    match form::command(&fields).unwrap_or_else(|why| panic!("{}: {why:?}", act.id)) {
        Command::Convene { format, ground, reason, public_room, summons, .. } => {
            Command::Convene { format, ground, reason, public_room, law: record::law_to_pin("bw").unwrap(), summons }
        }
        command => command,
    }
}

/// Every act on the screens of this person.
fn acts(snapshot: &Snapshot, viewer: &Viewer) -> Vec<Act> {
    let mut acts = Vec::new();
    let mut ids = ids();
    if viewer.actor.clerk {
        let desk = clerk_desk(snapshot, viewer, &mut ids);
        acts.extend(desk.attendance.rows.into_iter().filter_map(|row| row.act));
        acts.extend(desk.attendance.public_room.act);
        acts.extend(desk.count.form.map(|form| form.unanimous));
        acts.extend(desk.heard.rows.into_iter().flat_map(|row| row.acts));
        acts.extend(on_the_floor(desk.floor, desk.motions));
        return acts;
    }
    let desk = chair(snapshot, viewer, &mut ids);
    acts.extend(desk.next.act);
    acts.extend(desk.next.others);
    acts.extend(desk.faults.faults.into_iter().flat_map(|fault| fault.choices));
    acts.extend(desk.more.acts);
    acts.extend(desk.more.recused.into_iter().map(|recused| recused.lift));
    acts.extend(desk.agenda.items.into_iter().flat_map(|row| row.acts));
    acts.extend(on_the_floor(desk.floor, desk.motions));
    if let Vote::Open(open) = desk.vote.state {
        acts.extend(open.choices.into_iter().map(|choice| choice.act));
    }
    acts
}

fn on_the_floor(floor: Floor, motions: Motions) -> Vec<Act> {
    let rows = floor.waiting.into_iter().flat_map(|row| row.acts);
    let guests = floor.guests.into_iter().flat_map(|guest| guest.acts);
    let motions = motions.motions.into_iter().flat_map(|motion| motion.acts);
    rows.chain(guests).chain(floor.acts).chain(motions).collect()
}

#[test]
fn a_button_is_blocked_exactly_when_the_core_refuses_and_says_why() {
    let (mut allowed, mut refused) = (0, 0);
    for (state, snapshot) in states() {
        let meeting = &snapshot.meeting;
        for viewer in [member(0), clerk()] {
            for act in acts(&snapshot, &viewer) {
                let context = Context { actor: viewer.actor.clone(), now: snapshot.recent.last().unwrap().recorded_at };
                let answer = view::may(meeting, &snapshot.rules, &context, &command(&act));
                match (answer, &act.blocked) {
                    (Ok(()), None) => allowed += 1,
                    (Err(refusal), None) => {
                        assert_eq!(refusal.kind, RefusalKind::Conflict, "{state}: {} would be refused", act.id);
                    }
                    (Err(refusal), Some(why)) => {
                        assert_eq!(
                            (&why.reason, &why.paragraph),
                            (&refusal.sentence, &refusal.norm.unwrap_or_default())
                        );
                        refused += 1;
                    }
                    (Ok(()), Some(why)) => panic!("{state}: {} is blocked for no reason: {}", act.id, why.reason),
                }
            }
        }
    }
    assert!(allowed > 200 && refused > 15, "{allowed} allowed, {refused} refused: the sittings show too little");
}

/// Every end that is offered is taken, with words and without, where no vote has decided; and where one has, none is.
#[test]
fn every_end_of_an_item_that_is_offered_is_taken_with_its_words() {
    let (mut offered, mut states_with) = (0, 0);
    for (state, snapshot) in states() {
        let viewer = member(0);
        let Some(form) = chair(&snapshot, &viewer, &mut ids()).more.settle else { continue };
        states_with += 1;
        let text = form.text.as_ref().unwrap();
        for option in &form.options {
            for words in ["", "Beratung im Bauausschuss am 3. Mai"] {
                let mut fields: BTreeMap<String, String> = BTreeMap::new();
                fields.insert("tun".into(), form.verb.into());
                fields.insert(form.name.into(), option.value.clone());
                fields.insert(text.name.into(), words.into());
                let command = form::command(&fields).unwrap();
                let Command::SettleItem { wording, .. } = &command else { panic!("{command:?}") };
                assert_eq!(wording.as_ref().map_or("", |wording| wording.as_str()), words);
                let now = snapshot.recent.last().unwrap().recorded_at;
                let context = Context { actor: viewer.actor.clone(), now };
                let answer = view::may(&snapshot.meeting, &snapshot.rules, &context, &command);
                assert!(answer.is_ok(), "{state}: {}: {answer:?}", option.value);
                offered += 1;
            }
        }
    }
    assert!(offered >= 14 && states_with >= 1, "{offered} in {states_with} states");
}

/// Title and blocking paragraph of the next step in a state.
fn next(state: &str) -> (String, String) {
    let snapshot = states().into_iter().find(|(name, _)| *name == state).unwrap().1;
    let step = chair(&snapshot, &member(0), &mut ids()).next;
    let why = step.act.and_then(|act| act.blocked).map(|why| why.paragraph);
    (step.title, why.unwrap_or_default())
}

#[test]
fn the_next_step_follows_the_meeting() {
    let steps = [
        ("planned", "Sitzung einberufen", ""),
        ("convened, nobody there", "Sitzung eröffnen", "§ 37a Abs. 1 Satz 1 GemO"),
        ("convened, without the hall", "Sitzung eröffnen", "§ 37a Abs. 1 Satz 3 GemO"),
        ("convened, too few", "Sitzung eröffnen", "§ 37 Abs. 2 Satz 1 GemO"),
        ("convened, quorate", "Sitzung eröffnen", ""),
        ("digital, room not attested", "Sitzung eröffnen", "§ 37a Abs. 4 Satz 3 GemO"),
        ("opened", "TOP 1 aufrufen", ""),
        ("item without motion", "TOP 2 aufrufen", ""),
        ("item with motion", "Über TOP 2 abstimmen", ""),
        ("roll call opened", "Abstimmung schließen", ""),
        ("show of hands opened", "Abstimmung schließen", ""),
        ("fault of several proposed", "Feststellen, wo der Fehler liegt", ""),
        ("interrupted with an open ballot", "Sitzung fortsetzen", ""),
        ("digital, after a crash", "Sitzung fortsetzen", "§ 37a Abs. 1 Satz 3 GemO"),
        ("roll call counted", "Ergebnis feststellen", ""),
        ("declared", "TOP 4 aufrufen", ""),
        ("no decision declared", "Öffentlichkeit ausschließen", ""),
        ("closed", "Die Sitzung ist geschlossen", ""),
    ];
    for (state, title, paragraph) in steps {
        assert_eq!(next(state), (title.into(), paragraph.into()), "{state}");
    }
}

#[test]
fn the_default_ballot_is_by_hand_if_somebody_is_in_the_room() {
    for (state, art) in [("item with motion", "handzeichen"), ("digital, item", "namentlich")] {
        let snapshot = states().into_iter().find(|(name, _)| *name == state).unwrap().1;
        let act = chair(&snapshot, &member(0), &mut ids()).next.act.unwrap();
        assert_eq!((act.verb, field(&act, "art")), ("abstimmung_oeffnen", art));
        assert_eq!(field(&act, "wortlaut"), "Der Gemeinderat beschließt die Mustersatzung.");
    }
}

#[test]
fn who_cannot_vote_is_told_why_with_the_paragraph() {
    let mut council = Council::opened();
    council.call("2");
    council.chair(&Command::Recuse { item: item("2"), seat: seat(11) });
    council.vote("a-1", Method::RollCall);
    council.cast("a-1", 8, Choice::No);
    council.measure([8], Perception::Disturbed, &[Lack::Picture]);
    let room = |number| seat_room(&council.snapshot, &member(number), &mut ids());
    let barred = |number| match room(number).vote.state {
        Vote::Barred { why, .. } => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(barred(11).paragraph, "§ 18 Abs. 5 GemO");
    assert_eq!(room(11).own.recused.unwrap().paragraph, "§ 18 Abs. 5 GemO");
    assert_eq!(room(10).own.recused, None);
    assert_eq!(barred(12).paragraph, "§ 37a Abs. 1 Satz 3 GemO");
    assert!(barred(8).reason.contains("es fehlt: Bild"), "{}", barred(8).reason);
    assert!(barred(8).reason.contains("aufgezeichnet: Nein"), "the vote given before stays in sight");
}

#[test]
fn a_choice_that_stands_is_marked_and_can_be_changed() {
    let mut council = Council::opened();
    council.call("2");
    council.vote("a-1", Method::RollCall);
    council.cast("a-1", 8, Choice::No);
    let head = council.snapshot.head.number;
    let open = |council: &Council| match seat_room(&council.snapshot, &member(8), &mut ids()).vote.state {
        Vote::Open(open) => open,
        other => panic!("{other:?}"),
    };
    let chosen: Vec<bool> = open(&council).choices.iter().map(|choice| choice.chosen).collect();
    assert_eq!(chosen, [false, true, false]);
    let receipt = open(&council).receipt.unwrap();
    assert_eq!((receipt.choice.as_str(), receipt.number), ("Nein", head.to_string()));
    council.cast("a-1", 9, Choice::Yes);
    let later = open(&council).receipt.unwrap().number;
    assert_eq!(later, format!("{head}, enthalten im Kopf {}", head + 1), "never a foreign head under its own number");
}

#[test]
fn the_lists_to_choose_from_offer_only_what_the_core_takes() {
    let mut council = Council::opened();
    let more = |council: &Council| chair(&council.snapshot, &member(0), &mut ids()).more;
    assert_eq!(more(&council).recusal, None, "no item is called");
    council.call("2");
    council.chair(&Command::Recuse { item: item("2"), seat: seat(5) });
    let form = more(&council).recusal.unwrap();
    let offered: Vec<&str> = form.options.iter().map(|option| option.value.as_str()).collect();
    assert_eq!((offered.len(), offered.contains(&"sitz-05"), form.blocked), (12, false, None));
    assert_eq!(more(&council).recused.len(), 1);
    let causes = more(&council).interrupt.unwrap().options.into_iter().map(|option| option.value);
    assert_eq!(causes.collect::<Vec<_>>(), ["vorsitz", "gemeinde", "beschlussfaehigkeit"]);
    council.vote("a-1", Method::RollCall);
    assert_eq!(more(&council).recusal.unwrap().blocked.unwrap().paragraph, "§ 18 Abs. 5 GemO");
    council.chair(&Command::Interrupt { cause: InterruptionCause::Chair });
    let waiting = more(&council);
    let ways: Vec<&str> = waiting.acts.iter().map(|act| act.id.as_str()).collect();
    assert_eq!((waiting.interrupt, ways), (None, vec!["more-verwerfen", "more-schliessen"]));
}
