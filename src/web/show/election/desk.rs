//! An election on the Leitstand and at the Schriftführung: the next step in words, and the forms for it.

use super::super::next::{go_on, settle_act};
use super::super::scene::{Forms, blocked};
use super::super::words;
use super::{kind, list, outcome, which};
use crate::domain::meeting::election::{CountedRound, Election, Needs, OpenRound, PLACES};
use crate::domain::meeting::event::{Disposal, ElectionKind, ElectionMode, ElectionOutcome};
use crate::domain::meeting::{Command, Item, hall_quorum, view};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::text::Name;
use crate::web::act::form::VOTES;
use crate::web::pages::act::Act;
use crate::web::pages::entry::Entry;
use crate::web::pages::next::{Choice, ChoiceForm, NextStep};

/// Characters a list of names may have.
const NAMES_CHARS_MAX: usize = 1500;
const NAME_CHARS_MAX: usize = 120;

/// What an item can be, by the word of the form.
const KINDS: [(&str, &str, Option<ElectionKind>); 4] = [
    ("ehrenamt", kind(ElectionKind::Honorary), Some(ElectionKind::Honorary)),
    ("hauptamt", kind(ElectionKind::Office), Some(ElectionKind::Office)),
    ("personal", kind(ElectionKind::Staff), Some(ElectionKind::Staff)),
    ("keine", "doch keine Wahl", None),
];

/// Every kind, as a list.
pub fn kinds() -> Vec<Choice> {
    KINDS.into_iter().map(|(value, label, _)| Choice { value: value.into(), label: label.into() }).collect()
}

/// Whether the called item is an election, and of which kind.
pub fn mark_form(forms: &mut Forms<'_, '_>) -> Option<ChoiceForm> {
    let scene = forms.scene;
    let item = scene.called()?;
    let options: Vec<Choice> = KINDS
        .into_iter()
        .filter(|(_, _, kind)| scene.may(&Command::MarkElection { item: item.id.clone(), kind: *kind }).is_ok())
        .map(|(value, label, _)| Choice { value: value.into(), label: label.into() })
        .collect();
    (!options.is_empty()).then(|| ChoiceForm {
        id: "more-wahl".into(),
        to: scene.to(),
        verb: "wahl_vermerken",
        command: forms.id(),
        name: "art",
        label: format!("TOP {} ist", item.number),
        options,
        text: None,
        button: "Als Wahl vermerken".into(),
        note: "Gewählt wird dann im Saal mit Stimmzetteln. Bei Ehrenämtern gibt es keine Befangenheit.".into(),
        blocked: None,
    })
}

/// Would a round be opened now? Asked with names that fit, so that only the law and the moment can object.
fn opening(forms: &mut Forms<'_, '_>, candidates: &[Name]) -> Result<(), Refusal> {
    let name = |text: &str| text.parse::<Name>().map_err(|why| Refusal::misuse("name", why.to_string()));
    let candidates = if candidates.is_empty() { vec![name("Vorschlag")?] } else { candidates.to_vec() };
    let round = forms.id().parse().map_err(|_| Refusal::misuse("round", "Bitte die Seite neu laden."))?;
    let tellers = vec![name("A")?, name("B")?];
    let open = Command::OpenElection { round, mode: ElectionMode::Papers, candidates, tellers, second: false };
    forms.scene.may(&open)
}

fn postpone(forms: &mut Forms<'_, '_>) -> Act {
    settle_act(forms, "next-vertagen", "Punkt vertagen", Disposal::Postponed)
}

/// The next step at a called item that is an election.
pub fn called(forms: &mut Forms<'_, '_>, item: &Item, election: &Election) -> NextStep {
    match election.needs() {
        Needs::Over(who) => {
            let mut step = go_on(forms);
            let who = who.map_or_else(|| "Niemand ist gewählt".to_owned(), |name| format!("Gewählt ist {name}"));
            step.context = format!("{who}. Es folgt: {}", step.context);
            step
        }
        Needs::Lot { tied, places } => lot(forms, election, &tied, places),
        Needs::First => round(forms, item, &[], "Wahl vorbereiten"),
        Needs::RunOff(two) => round(forms, item, &two, "Stichwahl eröffnen"),
        Needs::Second(only) => {
            let days = forms.scene.rules.election_single_candidate_wait_days.get();
            let law = forms.scene.rules.election_single_candidate_wait_days.norm().to_owned();
            let mut step = round(forms, item, &[only], "Zweiter Wahlgang");
            step.context = format!("{} Er soll frühestens {days} Tage später stattfinden ({law}).", step.context);
            step.others = vec![postpone(forms)];
            step
        }
    }
}

fn round(forms: &mut Forms<'_, '_>, item: &Item, names: &[Name], title: &str) -> NextStep {
    let scene = forms.scene;
    if let Err(refusal) = opening(forms, names)
        && refusal.kind == RefusalKind::Law
    {
        return NextStep {
            title: "Die Wahl ist jetzt nicht möglich".into(),
            context: format!("{} ({})", refusal.sentence, refusal.norm.unwrap_or_default()),
            say: None,
            act: Some(postpone(forms)),
            others: Vec::new(),
        };
    }
    let hall = hall_quorum(scene.meeting, scene.rules, &item.id);
    let (context, say) = if names.is_empty() {
        (
            "Sammeln Sie Vorschläge und benennen Sie zwei Mitglieder, die auszählen. Tragen Sie die Namen unten ein.",
            "Wir kommen zur Wahl. Wen schlagen Sie vor, und wer zählt aus?".to_owned(),
        )
    } else {
        (
            "Bestätigen Sie unten, wer auszählt, und eröffnen Sie den Wahlgang.",
            format!("Wir kommen zum nächsten Wahlgang. Zur Wahl steht: {}.", list(names)),
        )
    };
    let papers = words::count(hall.entitled, "Stimmzettel wird", "Stimmzettel werden");
    NextStep {
        title: title.into(),
        context: format!("{context} {papers} gebraucht."),
        say: Some(say),
        act: None,
        others: Vec::new(),
    }
}

fn lot(forms: &mut Forms<'_, '_>, election: &Election, tied: &[Name], places: usize) -> NextStep {
    let what = if places == 1 { "ein Los" } else { "zwei Lose" };
    let rules = forms.scene.rules;
    let law = match election.rounds.last().map(|last| &last.declared.outcome) {
        Some(ElectionOutcome::PlacesTied { .. }) => rules.election_runoff_places.norm(),
        Some(_) | None => rules.election_runoff.norm(),
    };
    NextStep {
        title: "Los ziehen".into(),
        context: format!(
            "Gleiche Stimmenzahl: {}. Jemand stellt die Lose her, ein anderes Mitglied im Saal zieht {what}; tragen Sie unten \
             ein, wer gezogen wurde ({law}).",
            list(tied)
        ),
        say: Some(format!("Es entscheidet das Los zwischen {}. Wer zieht?", list(tied))),
        act: None,
        others: vec![postpone(forms)],
    }
}

/// The next step while a round runs.
pub fn running(forms: &mut Forms<'_, '_>, round: &OpenRound) -> NextStep {
    let scene = forms.scene;
    let Some(result) = view::election_result(round, scene.rules) else {
        let handed = round.electorate.len();
        let (title, context) = match round.mode {
            ElectionMode::Papers => (
                "Stimmzettel einsammeln und auszählen",
                format!(
                    "{handed} Stimmzettel sind im Saal ausgegeben. Es zählen aus: {}. Die Zahlen tragen Sie oder die Schriftführung unten ein.",
                    list(&round.tellers)
                ),
            ),
            ElectionMode::Open => (
                "Handzeichen zählen",
                format!(
                    "{handed} Stimmberechtigte sind im Saal. Es zählen: {}. Widerspricht ein Mitglied, wird geheim gewählt.",
                    list(&round.tellers)
                ),
            ),
        };
        return NextStep {
            title: title.into(),
            context,
            say: Some(match round.mode {
                ElectionMode::Papers => format!(
                    "Zur Wahl steht: {}. Bitte füllen Sie den Stimmzettel verdeckt aus und werfen Sie ihn ein.",
                    list(&round.candidates)
                ),
                ElectionMode::Open => format!("Wer wählt {}? Ich bitte um das Handzeichen.", list(&round.candidates)),
            }),
            act: None,
            others: Vec::new(),
        };
    };
    let declare = Command::DeclareElection { round: round.round.clone() };
    let act = forms
        .act("next-wahlergebnis", "wahl_ergebnis", "Wahlergebnis feststellen", &declare)
        .with("wahlgang", round.round.to_string());
    let said = outcome(&result.outcome);
    let needed = match result.needed {
        0 => "Es genügen die meisten Stimmen".to_owned(),
        needed => format!("Nötig waren {needed} von {} Stimmen", result.base),
    };
    let thanks =
        if matches!(result.outcome, ElectionOutcome::Elected { .. }) { " Nehmen Sie die Wahl an?" } else { "" };
    NextStep {
        title: "Wahlergebnis feststellen".into(),
        context: format!("{said}. {needed} ({}).", result.norm),
        say: act.blocked.is_none().then(|| format!("Ich stelle fest: {said}.{thanks}")),
        act: Some(act),
        others: Vec::new(),
    }
}

/// The forms of chair and clerk at an election.
pub fn entries(forms: &mut Forms<'_, '_>) -> Vec<Entry> {
    let scene = forms.scene;
    if let Some(round) = scene.meeting.open_round() {
        let mut entries = vec![count_entry(forms, round)];
        if scene.chairs() {
            entries.push(void_entry(forms, round));
        }
        return entries;
    }
    let Some(election) = scene.called().and_then(|item| scene.meeting.election(&item.id)) else { return Vec::new() };
    if !scene.chairs() {
        return Vec::new();
    }
    let mut entries = match election.needs() {
        Needs::Over(_) => Vec::new(),
        Needs::Lot { tied, places } => vec![lot_entry(forms, &tied, places)],
        Needs::First => vec![open_entry(forms, election, &[])],
        Needs::RunOff(two) => vec![open_entry(forms, election, &two)],
        Needs::Second(only) => vec![open_entry(forms, election, &[only])],
    };
    entries.extend(election.rounds.last().and_then(|last| strike_entry(forms, last)));
    entries
}

fn lines(names: &[Name]) -> String {
    names.iter().map(Name::as_str).collect::<Vec<_>>().join("\n")
}

fn choices(options: &[(&str, String)]) -> Vec<Choice> {
    options.iter().map(|(value, label)| Choice { value: (*value).into(), label: label.clone() }).collect()
}

fn open_entry(forms: &mut Forms<'_, '_>, election: &Election, names: &[Name]) -> Entry {
    let scene = forms.scene;
    let refusal = opening(forms, names).err();
    let tellers = election.rounds.last().map_or_else(String::new, |last| lines(&last.tellers));
    let mut modes = vec![("geheim", "geheim mit Stimmzetteln".to_owned())];
    if !election.objected {
        modes.push(("offen", "offen durch Handzeichen, wenn niemand widerspricht".to_owned()));
    }
    let mut entry = Entry::new("election-open", scene.to(), "wahlgang_oeffnen", forms.id(), "Wahlgang eröffnen")
        .with("wahlgang", forms.id());
    entry = if names.is_empty() {
        let second = "zweiter Wahlgang; der erste war in einer früheren Sitzung".to_owned();
        entry.lines("kandidaten", "Zur Wahl stehen (ein Name je Zeile)", "", NAMES_CHARS_MAX).list(
            "zweiter",
            "Wahlgang",
            choices(&[("nein", "erster Wahlgang".to_owned()), ("ja", second)]),
        )
    } else {
        entry.with("kandidaten", lines(names))
    };
    entry = entry
        .lines("zaehler", "Es zählen aus (zwei Namen, einer je Zeile)", tellers, NAMES_CHARS_MAX)
        .list("art", "Gewählt wird", choices(&modes))
        .note(format!(
            "Stimmzettel erhalten die Stimmberechtigten im Saal; zugeschaltete Mitglieder wählen nicht mit ({}).",
            scene.rules.election_remote_mode.norm()
        ));
    entry.blocked = refusal.map(blocked);
    entry
}

fn count_entry(forms: &mut Forms<'_, '_>, round: &OpenRound) -> Entry {
    let scene = forms.scene;
    let handed = words::number(round.electorate.len());
    let mut votes = vec![0; round.candidates.len()];
    if let Some(first) = votes.first_mut() {
        *first = handed;
    }
    let probe = Command::CountElection { round: round.round.clone(), votes, no: 0, blank: 0, invalid: 0, missing: 0 };
    let refusal = scene.may(&probe).err();
    let mut entry = Entry::new("election-count", scene.to(), "wahl_auszaehlung", forms.id(), "Auszählung eintragen")
        .with("wahlgang", round.round.to_string());
    for (name, field) in round.candidates.iter().zip(VOTES) {
        entry = entry.number(field, format!("Stimmen für {name}"), handed);
    }
    if round.candidates.len() == 1 {
        entry = entry.number("nein", "Nein", handed);
    }
    let blank = if round.mode == ElectionMode::Papers { "Enthaltungen (leere Stimmzettel)" } else { "Enthaltungen" };
    entry = entry
        .number("leer", blank, handed)
        .number("ungueltig", "Ungültig", handed)
        .number("nicht_abgegeben", "Nicht abgegeben", handed)
        .note(format!("Zusammen müssen es {handed} sein: so viele Stimmberechtigte waren im Saal."));
    entry.blocked = refusal.map(blocked);
    entry
}

fn void_entry(forms: &mut Forms<'_, '_>, round: &OpenRound) -> Entry {
    Entry::new("election-void", forms.scene.to(), "wahlgang_verwerfen", forms.id(), "Wahlgang verwerfen")
        .with("wahlgang", round.round.to_string())
        .line("begruendung", "Warum, falls der Wahlgang wiederholt werden muss", 300)
        .note(format!("{}: Kein Stimmzettel zählt; der Punkt bleibt aufgerufen.", which(round.which)))
}

/// The declared result is taken back, as long as no further papers are handed out.
fn strike_entry(forms: &mut Forms<'_, '_>, round: &CountedRound) -> Option<Entry> {
    let scene = forms.scene;
    let id = round.declared.round.clone();
    scene.may(&Command::StrikeElection { round: id.clone(), reason: "Versehen".parse().ok()? }).ok()?;
    let entry = Entry::new("election-strike", scene.to(), "wahlergebnis_aufheben", forms.id(), "Wahlergebnis aufheben")
        .with("wahlgang", id.to_string())
        .line("begruendung", "Was bei Auszählung oder Feststellung falsch war", 300)
        .note("Das Ergebnis bleibt in der Aufzeichnung, gestrichen; danach wird dieser Wahlgang noch einmal gehalten.");
    Some(entry)
}

fn lot_entry(forms: &mut Forms<'_, '_>, tied: &[Name], places: usize) -> Entry {
    let scene = forms.scene;
    let names: Vec<Choice> =
        tied.iter().map(|name| Choice { value: name.to_string(), label: name.to_string() }).collect();
    let here = scene.seats().filter(|seat| scene.meeting.is_in_room(&seat.id));
    let drawers: Vec<Choice> =
        here.map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() }).collect();
    let mut entry = Entry::new("election-lot", scene.to(), "los", forms.id(), "Losentscheid festhalten")
        .line("lose_von", "Die Lose hat hergestellt", NAME_CHARS_MAX)
        .list("zieht", "Das Los zieht", drawers)
        .list("gezogen_1", "Gezogen wurde", names.clone());
    if places == PLACES {
        let rotated = names.into_iter().rev().collect();
        entry = entry.list("gezogen_2", "Und gezogen wurde", rotated);
    }
    entry.note("Wer zieht, stellt die Lose nicht selbst her. Beide Namen stehen in der Niederschrift.")
}
