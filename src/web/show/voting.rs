//! The chair's steps of a ballot: open, close, declare.

use super::scene::{Forms, Scene};
use super::words;
use crate::domain::id::{BallotId, MotionId};
use crate::domain::law::{AgendaAddition, Comparison, SpecialBase, SpecialMajority};
use crate::domain::majority::Outcome;
use crate::domain::meeting::command::Terms;
use crate::domain::meeting::event::{Disposal, Method, MotionKind, StrikeGround};
use crate::domain::meeting::floor::Motion;
use crate::domain::meeting::{ClosedBallot, Command, Item, OpenBallot, URGENT_ITEM, view};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Remark, Wording};
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::entry::Entry;
use crate::web::pages::next::{Choice, NextStep};

/// The two ways to open a ballot on the called item, the likelier first: by hand if somebody is in the room.
pub fn opening(forms: &mut Forms<'_, '_>, item: &Item) -> Vec<Act> {
    let meeting = forms.scene.meeting;
    let about =
        |forms: &Forms<'_, '_>| About { prefix: "next".into(), wording: default_wording(forms, item), motion: None };
    let (one, two) = (about(forms), about(forms));
    let roll_call = ballot_act(forms, one, Method::RollCall, "Namentlich abstimmen");
    let by_hand = ballot_act(forms, two, Method::ShowOfHands, "Durch Handzeichen abstimmen");
    let room = meeting.seats.keys().any(|seat| meeting.is_in_room(seat));
    if room { vec![by_hand, roll_call] } else { vec![roll_call, by_hand] }
}

/// The two ways to put a motion from the floor to the vote.
pub fn on_motion(forms: &mut Forms<'_, '_>, item: &Item, motion: &Motion) -> Vec<Act> {
    let admission = admission(forms, item, motion);
    let ways = [(Method::ShowOfHands, "Abstimmen durch Handzeichen"), (Method::RollCall, "Namentlich abstimmen")];
    let room = forms.scene.meeting.seats.keys().any(|seat| forms.scene.meeting.is_in_room(seat));
    let ways = ways.into_iter().filter(|(method, _)| room || *method == Method::RollCall);
    ways.map(|(method, label)| {
        let about = About {
            prefix: format!("motion-{}", motion.id),
            wording: motion.wording.to_string(),
            motion: Some(motion.id.clone()),
        };
        let act = ballot_act(forms, about, method, label).with("antrag", motion.id.to_string());
        act.about(format!("zu TOP {}", item.number)).tone(Tone::Quiet)
    })
    .chain(admission)
    .collect()
}

/// A motion on procedure that an item be admitted, where the body decides on that with a majority of its own.
fn admission(forms: &mut Forms<'_, '_>, item: &Item, motion: &Motion) -> Option<Act> {
    let rules = forms.scene.rules;
    let asked = rules.agenda_addition_by.get() == AgendaAddition::SpecialMajority;
    if !asked || motion.kind != MotionKind::Procedural {
        return None;
    }
    let norm = rules.agenda_addition_by.norm();
    let about = About {
        prefix: format!("aufnahme-{}", motion.id),
        wording: motion.wording.to_string(),
        motion: Some(motion.id.clone()),
    };
    let act =
        ballot_act(forms, about, Method::RollCall, &format!("Über die Aufnahme des Gegenstands abstimmen ({norm})"));
    let act = act.with("antrag", motion.id.to_string()).with("mehrheit", URGENT_ITEM);
    Some(act.about(format!("zu TOP {}", item.number)).tone(Tone::Quiet))
}

/// What is put to the vote.
struct About {
    /// Of the button's id.
    prefix: String,
    wording: String,
    motion: Option<MotionId>,
}

fn ballot_act(forms: &mut Forms<'_, '_>, about: About, method: Method, label: &str) -> Act {
    let art = match method {
        Method::RollCall => "namentlich",
        Method::ShowOfHands => "handzeichen",
        Method::Papers => "geheim",
    };
    let ballot = forms.id();
    let About { prefix, wording, motion } = about;
    let allowed = asked(&ballot, &wording, method, motion).and_then(|command| forms.scene.may(&command));
    forms
        .judged(format!("{prefix}-{art}"), "abstimmung_oeffnen", label, allowed)
        .icon(match method {
            Method::RollCall => "ballot",
            Method::ShowOfHands => "hand",
            Method::Papers => "lock",
        })
        .with("abstimmung", ballot)
        .with("art", art)
        .with("wortlaut", wording)
}

fn asked(ballot: &str, wording: &str, method: Method, motion: Option<MotionId>) -> Result<Command, Refusal> {
    let wrong = |why: String| Refusal::misuse("ballot_form", why);
    let ballot: BallotId = ballot.parse().map_err(|_| wrong("Bitte die Seite neu laden.".into()))?;
    let wording: Wording = wording.parse().map_err(|why: crate::domain::text::NotAText| wrong(why.to_string()))?;
    Ok(Command::OpenBallot { ballot, method, wording, motion, terms: Terms::default() })
}

/// The item's motion; without one the agreement to its title.
fn default_wording(forms: &Forms<'_, '_>, item: &Item) -> String {
    match &item.motion {
        Some(motion) => motion.to_string(),
        None => format!("Dem Tagesordnungspunkt „{}“ wird zugestimmt.", forms.scene.title(item)),
    }
}

/// A called item with a motion: to the vote.
pub fn vote_on(forms: &mut Forms<'_, '_>, item: &Item, ballots: Vec<Act>) -> NextStep {
    let mut ballots = ballots.into_iter();
    let act = ballots.next();
    let noted = super::next::settle_act(forms, "next-kenntnis", "Zur Kenntnis genommen", Disposal::Noted);
    let ready = act.as_ref().is_some_and(|act| act.blocked.is_none());
    NextStep {
        title: format!("Über TOP {} abstimmen", item.number),
        context: forms.scene.title(item),
        say: ready.then(|| "Wir stimmen über den Beschlussvorschlag ab. Ich bitte um Ihre Stimme.".into()),
        act,
        others: ballots.chain([noted]).collect(),
    }
}

/// Gives a ballot up before its result is declared: the way out when the quorum does not come back.
pub fn void_act(forms: &mut Forms<'_, '_>, ballot: &BallotId, id: &str) -> Act {
    let void = Command::VoidBallot { ballot: ballot.clone() };
    forms
        .act(id, "abstimmung_verwerfen", "Abstimmung verwerfen", &void)
        .with("abstimmung", ballot.to_string())
        .note("Keine Stimme zählt; der Punkt bleibt aufgerufen.")
}

/// A running ballot: who is missing, and its end.
pub fn running(forms: &mut Forms<'_, '_>, ballot: &OpenBallot) -> NextStep {
    let scene = forms.scene;
    let id = &ballot.ballot;
    let close = Command::CloseBallot { ballot: id.clone() };
    let act = forms
        .act("next-schluss", "abstimmung_schliessen", "Abstimmung schließen", &close)
        .with("abstimmung", id.to_string());
    let void = void_act(forms, id, "next-verwerfen");
    let missing = words::number(view::missing(scene.meeting).len());
    let (context, say) = match missing {
        0 => ("Alle Stimmberechtigten haben abgestimmt.".into(), "Alle haben abgestimmt. Ich schließe die Abstimmung."),
        missing => {
            let verb = if missing == 1 { "Es fehlt noch" } else { "Es fehlen noch" };
            let many = words::count(missing, "Stimme", "Stimmen");
            (
                format!("{}{verb} {many}: {}.", turn(scene), words::names(&scene.waiting(ballot.method), 6)),
                "Hat noch jemand seine Stimme nicht abgegeben? Dann schließe ich die Abstimmung.",
            )
        }
    };
    NextStep {
        title: "Abstimmung schließen".into(),
        context,
        say: act.blocked.is_none().then(|| say.into()),
        act: Some(act),
        others: vec![void],
    }
}

/// A closed ballot: its result.
pub fn counting(forms: &mut Forms<'_, '_>, ballot: &ClosedBallot) -> NextStep {
    let scene = forms.scene;
    let result = view::result(ballot, scene.rules);
    let tally = words::tally(result.yes, result.no, result.abstain);
    let declare = Command::DeclareResult { ballot: ballot.ballot.clone() };
    let act = forms
        .act("next-ergebnis", "ergebnis", "Ergebnis feststellen", &declare)
        .with("abstimmung", ballot.ballot.to_string());
    let (context, say) = match result.outcome {
        Outcome::Adopted | Outcome::Rejected if let Some(need) = result.special => {
            let found = if result.outcome == Outcome::Adopted { "angenommen" } else { "abgelehnt" };
            (
                format!("{tally}; nötig sind {} von {} ({})", need.needed, need.base, result.norm),
                format!("Ich stelle fest: {tally}. Nötig sind {} Ja-Stimmen. Der Antrag ist {found}.", need.needed),
            )
        }
        Outcome::Adopted => (tally.clone(), format!("Ich stelle fest: {tally}. Der Antrag ist angenommen.")),
        Outcome::Rejected if result.yes == result.no => (
            format!("{tally} ({})", scene.rules.vote_tie.norm()),
            format!("Ich stelle fest: {tally}. Bei Stimmengleichheit ist der Antrag abgelehnt."),
        ),
        Outcome::Rejected => (tally.clone(), format!("Ich stelle fest: {tally}. Der Antrag ist abgelehnt.")),
        Outcome::NoDecision => (
            format!("Bei Schluss der Abstimmung nicht beschlussfähig ({}).", ballot.quorum.norm),
            format!(
                "Ich stelle fest: Bei Schluss der Abstimmung waren nur {} Mitglieder anwesend und stimmberechtigt, nötig sind {}. Ein Beschluss ist nicht zustande gekommen.",
                ballot.quorum.entitled, ballot.quorum.needed
            ),
        ),
    };
    NextStep {
        title: "Ergebnis feststellen".into(),
        context,
        say: act.blocked.is_none().then_some(say),
        act: Some(act),
        others: Vec::new(),
    }
}

/// Whose name is called now, in a roll call.
fn turn(scene: Scene<'_>) -> String {
    let waiting = view::missing(scene.meeting);
    let order: Vec<String> = view::call_order(scene.meeting)
        .into_iter()
        .filter(|seat| waiting.contains(seat))
        .map(|seat| scene.name(seat))
        .collect();
    match order.as_slice() {
        [] => String::new(),
        [now] => format!("Jetzt: {now}. "),
        [now, after, ..] => format!("Jetzt: {now}, danach {after}. "),
    }
}

/// A special majority in words, with its paragraph.
pub fn special_rule(special: &SpecialMajority) -> String {
    let share = match special.threshold.comparison {
        Comparison::AtLeast => format!("mindestens {}", special.threshold.share),
        Comparison::MoreThan => format!("mehr als {}", special.threshold.share),
    };
    let base = match special.threshold.base {
        SpecialBase::AllMembers => "aller Mitglieder",
        SpecialBase::Statutory => "der gesetzlichen Mitgliederzahl",
        SpecialBase::Present => "der anwesenden Stimmberechtigten",
    };
    format!("Besondere Mehrheit ({}): {share} {base} müssen mit Ja stimmen ({}).", special.text, special.norm)
}

/// To vote on other terms than the usual ones: a special majority, another letter to begin with, secretly.
pub fn on_terms(forms: &mut Forms<'_, '_>, item: &Item) -> Option<Entry> {
    let scene = forms.scene;
    let (ballot, wording) = (forms.id(), default_wording(forms, item));
    let opening = asked(&ballot, &wording, Method::RollCall, None).and_then(|command| scene.may(&command));
    opening.ok()?;
    let choice = |value: &str, label: String| Choice { value: value.into(), label };
    let mut majorities = vec![choice("", format!("Mehrheit der Stimmen ({})", scene.rules.vote_majority.norm()))];
    let special = scene.rules.majority_special.value();
    majorities.extend(special.iter().map(|one| choice(&one.key, format!("{} ({})", one.text, one.norm))));
    let mut ways = vec![choice("namentlich", "namentlich".into()), choice("handzeichen", "durch Handzeichen".into())];
    let secret = asked(&ballot, &wording, Method::Papers, None).and_then(|command| scene.may(&command));
    let note = match secret {
        Ok(()) => {
            ways.push(choice("geheim", "geheim mit Stimmzetteln, auf Beschluss".into()));
            String::new()
        }
        Err(refusal) => {
            format!(" Geheim geht jetzt nicht: {} ({}).", refusal.sentence, refusal.norm.unwrap_or_default())
        }
    };
    let entry = Entry::new("more-bedingungen", scene.to(), "abstimmung_oeffnen", forms.id(), "So abstimmen")
        .with("abstimmung", ballot)
        .with("wortlaut", wording)
        .list("mehrheit", "Nötige Mehrheit", majorities)
        .list("art", "Abgestimmt wird", ways)
        .line("buchstabe", "Anfangsbuchstabe, wenn namentlich", 1)
        .note(format!("Namentlich geht es nach dem Alphabet, der Vorsitz stimmt zuletzt.{note}"));
    Some(entry)
}

/// The result of the last vote on the called item is taken back, and it is voted again.
pub fn repeat(forms: &mut Forms<'_, '_>, item: &Item) -> Option<Entry> {
    let scene = forms.scene;
    let last = scene.meeting.results.iter().rev().find(|declared| declared.result.item == item.id)?;
    let id = &last.result.ballot;
    let reason: Remark = "Versehen".parse().ok()?;
    let mistake = Command::StrikeResult { ballot: id.clone(), ground: StrikeGround::Mistake, reason: reason.clone() };
    scene.may(&mistake).ok()?;
    let mut grounds =
        vec![Choice { value: "versehen".into(), label: "ein Versehen bei Zählung oder Feststellung".into() }];
    let complaint = Command::StrikeResult { ballot: id.clone(), ground: StrikeGround::Complaint, reason };
    if scene.may(&complaint).is_ok() {
        let label = format!("eine gerügte Störung ({})", scene.rules.fault_healing.norm());
        grounds.push(Choice { value: "ruege".into(), label });
    }
    let entry = Entry::new("more-aufheben", scene.to(), "ergebnis_aufheben", forms.id(), "Ergebnis aufheben")
        .with("abstimmung", id.to_string())
        .list("grund", "Das Ergebnis gilt nicht wegen", grounds)
        .line("begruendung", "Was geschehen ist", 300)
        .note("Das Ergebnis bleibt in der Aufzeichnung, gestrichen; danach wird neu abgestimmt.");
    Some(entry)
}
