//! Ladung: the period, the letters, the replies, and what can still be changed. For chair and clerk.

use super::scene::{Forms, Scene, blocked};
use super::{agenda, convening, election, frame, papers, second, when, words};
use crate::domain::council::Seat;
use crate::domain::law::format::MeetingFormat;
use crate::domain::law::overlay::LocalInForce;
use crate::domain::law::{NoticeAnchor, NoticeShort, Rules, notice};
use crate::domain::meeting::before::Delivery;
use crate::domain::meeting::command::Preparation;
use crate::domain::meeting::event::{Answer, DeliveryOutcome, ElectionKind};
use crate::domain::meeting::{Command, Item, Phase, view};
use crate::domain::refusal::Refusal;
use crate::domain::time::{Date, Instant};
use crate::web::pages::act::{Act, Blocked, Field, Tone};
use crate::web::pages::before::{Change, Count, Letter, LetterRow, Link, Period, SummonsDesk};
use crate::web::pages::form::{Form, Input, Kind};
use crate::web::pages::next::Choice;

/// The page, at this moment.
pub fn desk(forms: &mut Forms<'_, '_>, now: Instant) -> SummonsDesk {
    let scene = forms.scene;
    let meeting = scene.meeting;
    let convened = matches!(meeting.phase, Phase::Convened(_));
    let mut agenda = agenda::agenda(scene).items;
    if convened {
        for (row, item) in agenda.iter_mut().zip(&meeting.items) {
            let command = Command::Prepare(Preparation::DropItem { item: item.id.clone() });
            let act = forms.act(format!("streichen-{}", item.id), "streichen", "Absetzen", &command);
            let about = format!("TOP {}", item.number);
            row.acts.push(act.about(about).tone(Tone::Quiet).with("punkt", item.id.to_string()));
        }
    }
    SummonsDesk {
        frame: frame::still(scene, "Ladung", "ladung"),
        period: period(scene, when::date(now)),
        convene: matches!(meeting.phase, Phase::Planned).then(|| convene(forms)),
        tally: tally(scene),
        tally_word: tally_word(scene),
        letters: letters(scene),
        rows: if meeting.convened().is_some() {
            scene.seats().map(|seat| row(forms, seat, now)).collect()
        } else {
            Vec::new()
        },
        changes: elections(forms).into_iter().chain(if convened { changes(forms) } else { Vec::new() }).collect(),
        agenda,
        papers: papers::papers(scene),
        upload: None,
        links: links(scene),
        seating: None,
    }
}

fn links(scene: Scene<'_>) -> Vec<Link> {
    let id = &scene.meeting.id;
    let link = |href: String, label: &str| Link { href, label: label.into() };
    let plan = matches!(scene.meeting.phase, Phase::Planned);
    let first = if plan {
        link(format!("/sitzung/{id}/vorbereiten"), "Tagesordnung bearbeiten")
    } else {
        link(format!("/oeffentlich/{id}/bekanntmachung"), "Bekanntmachung")
    };
    vec![
        first,
        link(format!("/sitzung/{id}/tagesordnung"), "Tagesordnung zum Drucken"),
        link(format!("/sitzung/{id}/anwesenheitsliste"), "Anwesenheits- und Abstimmungsliste für den Notfall"),
    ]
}

/// How the period stands, today.
pub fn period(scene: Scene<'_>, today: Date) -> Period {
    let (meeting, rules) = (scene.meeting, scene.rules);
    let local = rules.local.iter().map(LocalInForce::sentence).collect();
    let doubt = if meeting.convened().is_some() { convening::doubt(scene) } else { String::new() };
    if let Some(finding) = meeting.convened().and_then(|convened| convened.convening.notice.as_ref()) {
        let word = words::sentence(&finding.sentence());
        return Period { good: finding.kept, word, paragraph: finding.norm.clone(), local, doubt };
    }
    let paragraph = rules.notice_days.norm().to_owned();
    let Some(last) = notice::last_day(rules, meeting.day, meeting.is_second_throughout())
        .filter(|_| matches!(meeting.phase, Phase::Planned))
    else {
        return Period { good: true, word: "Die Ladungsfrist wurde nicht geprüft.".into(), paragraph, local, doubt };
    };
    let left = last.days_since(today);
    let word = match left {
        0 => format!("Die Ladung muss heute hinaus ({}).", last.german()),
        1 => format!("Die Ladung muss bis morgen hinaus ({}).", last.german()),
        2.. => format!("Die Ladung muss bis zum {} hinaus: noch {left} Tage.", last.german()),
        _ => format!(
            "Die Frist ist am {} abgelaufen. Es bleibt: verschieben, später laden, oder eintragen, wann auf anderem Weg \
             geladen wurde. {}",
            last.german(),
            notice::shorter(rules)
        ),
    };
    Period { good: left >= 0, word, paragraph, local, doubt }
}

/// Why the summons comes later than it ought to.
fn exception(rules: &Rules) -> Input {
    let (label, hint, norm) = match rules.notice_short.get() {
        NoticeShort::UrgentDayBefore => (
            "Eiliger Fall: warum die Frist abgekürzt wird",
            "Nur, wenn die Frist nicht gewahrt ist. Die Ladung weist darauf hin, auch eine auf anderem Weg",
            rules.notice_short.norm(),
        ),
        NoticeShort::EmergencyOnly | NoticeShort::WithReason => {
            ("Notfall: warum ohne Frist", "Nur, wenn die Frist nicht gewahrt ist", rules.notice_emergency.norm())
        }
    };
    Input::new("notfall", label, Kind::Text(2000)).hint(format!("{hint} ({norm})."))
}

/// The day that counts of a summons on another way.
fn elsewhere(rules: &Rules) -> &'static str {
    match rules.notice_anchor.get() {
        NoticeAnchor::Sent => "Schon auf anderem Weg geladen am",
        NoticeAnchor::Received => "Schon auf anderem Weg geladen; allen zugegangen am",
    }
}

/// Every way to convene in one form; the running meeting says what is missing.
fn convene(forms: &mut Forms<'_, '_>) -> Form {
    let scene = forms.scene;
    let format = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
    let grounds = scene.rules.format_digital_grounds.value();
    let ground = std::iter::once(format("", "keiner"))
        .chain(grounds.iter().map(|ground| format(&ground.key, &ground.text)))
        .collect();
    let hybrid = convening::may(forms, MeetingFormat::Hybrid, None).err().map(|refusal| refusal.code);
    let suggested = if matches!(hybrid, None | Some("notice_too_short")) { "hybrid" } else { "in_person" };
    let rules = scene.rules;
    let norms = [
        rules.format_in_person.norm(),
        rules.format_hybrid.norm(),
        rules.format_digital.norm(),
        rules.remote_exclusion.norm(),
    ];
    Form {
        id: "einberufen".into(),
        to: scene.to(),
        verb: "einberufen",
        command: forms.id(),
        fields: Vec::new(),
        inputs: [
            Input::new(
                "format",
                "Sitzungsform",
                Kind::Ways(vec![
                    format("hybrid", &format!("Hybrid: Mitglieder können zugeschaltet sein ({})", norms[1])),
                    format("in_person", &format!("In Präsenz ({})", norms[0])),
                    format(
                        "ausgeschlossen",
                        &format!("In Präsenz, weil die Zuschaltung im Einzelfall ausgeschlossen ist ({})", norms[3]),
                    ),
                    format("digital", &format!("Digital: alle sind zugeschaltet ({})", norms[2])),
                ]),
            )
            .hint(convening::doubt(scene))
            .value(suggested)
            .required(),
            Input::new("grund", "Schwerwiegender Grund", Kind::List(ground)).hint("Nur für die digitale Sitzung."),
            Input::new("begruendung", "Begründung der Sitzungsform", Kind::Text(2000))
                .hint("Nötig für die digitale Sitzung und den Ausschluss der Zuschaltung; steht in der Ladung."),
            Input::new("raum", "Öffentlich zugänglicher Raum der Übertragung", Kind::Line(120))
                .hint("Nur für die digitale Sitzung."),
            exception(scene.rules),
            Input::new("geladen_am", elsewhere(scene.rules), Kind::Day)
                .hint("Leer lassen, wenn die Ladung jetzt per E-Mail hinausgehen soll.")
                .value(scene.meeting.before.summoned_on.map_or_else(String::new, |day| day.to_string())),
        ]
        .into_iter()
        .chain(second::notice_input(scene))
        .collect(),
        button: "Einberufen".into(),
        tone: Tone::Main,
        note: "Jedes Mitglied bekommt eine eigene E-Mail mit Tagesordnung, Sitzungsform und Kalendereintrag; Titel \
               nichtöffentlicher Punkte stehen nicht darin."
            .into(),
        blocked: None,
    }
}

fn tally(scene: Scene<'_>) -> Vec<Count> {
    let (meeting, before) = (scene.meeting, &scene.meeting.before);
    if meeting.convened().is_none() || before.cancelled.is_some() {
        return Vec::new();
    }
    let silent = meeting.seats.len().saturating_sub(before.replies.len());
    vec![
        Count { number: before.answered(Answer::InRoom), label: "vor Ort" },
        Count { number: before.answered(Answer::Remote), label: "zugeschaltet" },
        Count { number: before.answered(Answer::Prevented), label: "verhindert" },
        Count { number: silent, label: "ohne Antwort" },
    ]
}

fn tally_word(scene: Scene<'_>) -> String {
    let before = &scene.meeting.before;
    let coming = before.answered(Answer::InRoom).saturating_add(before.answered(Answer::Remote));
    let quorum = view::quorum_now(scene.meeting, scene.rules);
    let enough = if words::number(coming) >= quorum.needed { "Das genügt" } else { "Das genügt noch nicht" };
    format!(
        "{coming} von {} Mitgliedern haben zugesagt. {enough} für die Beschlussfähigkeit: nötig sind {} ({}).",
        scene.meeting.seats.len(),
        quorum.needed,
        quorum.norm
    )
}

fn letters(scene: Scene<'_>) -> String {
    let before = &scene.meeting.before;
    if before.deliveries.is_empty() {
        return "Geladen wurde auf anderem Weg; von hier aus ging nichts hinaus.".into();
    }
    let outcome = |wanted: &[DeliveryOutcome]| {
        let found = |delivery: &&Delivery| delivery.outcome.is_some_and(|outcome| wanted.contains(&outcome));
        before.deliveries.values().filter(found).count()
    };
    let arrived = outcome(&[DeliveryOutcome::Sent, DeliveryOutcome::HandedOver]);
    let open = outcome(&[DeliveryOutcome::Refused, DeliveryOutcome::Bounced, DeliveryOutcome::Unreachable]);
    let what = if before.sequence == 0 { "Ladung" } else { "Letzte Änderung" };
    let waiting = match before.deliveries.values().filter(|delivery| delivery.outcome.is_none()).count() {
        0 => String::new(),
        waiting => format!(", {waiting} im Postausgang"),
    };
    let open = if open > 0 { format!(", {open} auf anderem Weg zu laden") } else { String::new() };
    format!("{what}: {arrived} von {} zugestellt{waiting}{open}.", before.deliveries.len())
}

fn row(forms: &mut Forms<'_, '_>, seat: &Seat, now: Instant) -> LetterRow {
    let scene = forms.scene;
    let before = &scene.meeting.before;
    let delivery = before.deliveries.get(&seat.id);
    let (letter, letter_word) = match delivery {
        None => (Letter::Arrived, "auf anderem Weg geladen".to_owned()),
        Some(delivery) => letter(delivery),
    };
    let reply = before.replies.get(&seat.id);
    let (acts, hand_over) = if delivery.is_some() { row_acts(forms, seat, now) } else { (Vec::new(), None) };
    LetterRow {
        name: seat.name.to_string(),
        about: scene.about(seat),
        letter,
        letter_word,
        detail: delivery.and_then(|delivery| delivery.reason.clone()).unwrap_or_default(),
        reply: reply
            .map_or_else(String::new, |reply| format!("{}, {}", words::answer(reply.answer), when::short(reply.at))),
        reason: reply.and_then(|reply| reply.reason.clone()).unwrap_or_default(),
        acts,
        hand_over,
    }
}

fn letter(delivery: &Delivery) -> (Letter, String) {
    let at = when::short(delivery.at);
    match delivery.outcome {
        None => (Letter::Waits, format!("im Postausgang seit {at}")),
        Some(outcome @ DeliveryOutcome::Sent) => (Letter::Arrived, format!("{}, {at}", words::delivery(outcome))),
        Some(DeliveryOutcome::HandedOver) => {
            let on = delivery.on.map_or_else(String::new, |on| format!(" am {}", on.german()));
            (Letter::Arrived, format!("auf anderem Weg übergeben{on}"))
        }
        Some(outcome @ (DeliveryOutcome::Refused | DeliveryOutcome::Bounced | DeliveryOutcome::Unreachable)) => {
            (Letter::Open, format!("{}, {at}", words::delivery(outcome)))
        }
    }
}

fn row_acts(forms: &mut Forms<'_, '_>, seat: &Seat, now: Instant) -> (Vec<Act>, Option<Form>) {
    let scene = forms.scene;
    let id = || seat.id.clone();
    let mut acts = Vec::new();
    for (verb, label, step) in [
        ("ruecklauf", "Ist zurückgekommen", Preparation::NoteBounce { seat: id() }),
        ("erneut_senden", "Noch einmal senden", Preparation::Resend { seat: id() }),
    ] {
        let act = forms.act(format!("{verb}-{}", seat.id), verb, label, &Command::Prepare(step));
        if act.blocked.is_none() {
            acts.push(act.about(seat.name.to_string()).tone(Tone::Quiet).with("sitz", seat.id.to_string()));
        }
    }
    let today = when::date(now);
    let allowed = scene.may(&Command::Prepare(Preparation::HandOver { seat: id(), on: today.min(scene.meeting.day) }));
    let form = allowed.is_ok().then(|| Form {
        id: format!("uebergeben-{}", seat.id),
        to: scene.to(),
        verb: "uebergeben",
        command: forms.id(),
        fields: vec![Field { name: "sitz", value: seat.id.to_string() }],
        inputs: vec![Input::new("tag", "Auf anderem Weg übergeben am", Kind::Day).value(today.to_string()).required()],
        button: "Vermerken".into(),
        tone: Tone::Plain,
        note: String::new(),
        blocked: None,
    });
    (acts, form)
}

fn changes(forms: &mut Forms<'_, '_>) -> Vec<Change> {
    let (meeting, rules) = (forms.scene.meeting, forms.scene.rules);
    let yes_no = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
    let told = "Alle Mitglieder bekommen eine neue Mitteilung.";
    let add = form(
        forms,
        ("nachtragen", "Nachtragen", told),
        vec![
            Input::new("nummer", "Nummer", Kind::Line(20)).hint("Zum Beispiel 7 oder 5.1.").required(),
            Input::new("text", "Titel", Kind::Line(500)).required(),
            Input::new(
                "ja",
                "Wie wird verhandelt?",
                Kind::Ways(vec![yes_no("ja", "öffentlich"), yes_no("nein", "nichtöffentlich")]),
            )
            .value("ja")
            .required(),
            Input::new("wortlaut", "Beschlussvorschlag", Kind::Text(8000)),
            exception(rules),
        ],
        None,
    );
    let reschedule = form(
        forms,
        ("verlegen", "Sitzung verlegen", told),
        vec![
            Input::new("tag", "Neuer Tag", Kind::Day).value(meeting.day.to_string()).required(),
            Input::new("uhrzeit", "Beginn", Kind::Time).value(when::field(meeting.starts_at)).required(),
            Input::new("ort", "Ort", Kind::Line(120)).value(meeting.place.to_string()).required(),
            Input::new("begruendung", "Grund", Kind::Text(2000)).required(),
            exception(rules),
        ],
        None,
    );
    let reason = "Absage".parse().ok();
    let cancel = reason.map(|reason| forms.scene.may(&Command::Prepare(Preparation::Cancel { reason })));
    let cancel = form(
        forms,
        ("absagen", "Sitzung absagen", "Alle Mitglieder bekommen eine Absage. Die Sitzung ist damit zu Ende."),
        vec![Input::new("begruendung", "Grund", Kind::Text(2000)).required()],
        cancel.and_then(Result::err),
    );
    vec![
        Change { title: "Punkt nachtragen", form: add },
        Change { title: "Verlegen", form: reschedule },
        Change { title: "Absagen", form: Form { tone: Tone::Grave, ..cancel } },
    ]
}

/// Items that are elections: members learn from the summons that they have to come to vote.
fn elections(forms: &mut Forms<'_, '_>) -> Option<Change> {
    let scene = forms.scene;
    let may = |item: &&Item| {
        let kinds = [Some(ElectionKind::Honorary), None];
        kinds.into_iter().any(|kind| scene.may(&Command::MarkElection { item: item.id.clone(), kind }).is_ok())
    };
    let items: Vec<Choice> = scene
        .meeting
        .items
        .iter()
        .filter(may)
        .map(|item| Choice { value: item.id.to_string(), label: format!("TOP {} {}", item.number, scene.title(item)) })
        .collect();
    if items.is_empty() {
        return None;
    }
    let note = "Gewählt wird im Saal mit Stimmzetteln. Was vor der Einberufung vermerkt ist, steht in der Ladung.";
    let inputs = vec![
        Input::new("punkt", "Tagesordnungspunkt", Kind::List(items)).required(),
        Input::new("art", "Er ist", Kind::List(election::kinds())).required(),
    ];
    let form = form(forms, ("wahl_vermerken", "Vermerken", note), inputs, None);
    Some(Change { title: "Wahl vermerken", form })
}

fn form(
    forms: &mut Forms<'_, '_>,
    (verb, button, note): (&'static str, &str, &str),
    inputs: Vec<Input>,
    refusal: Option<Refusal>,
) -> Form {
    let blocked: Option<Blocked> = refusal.map(blocked);
    let (to, command) = (forms.scene.to(), forms.id());
    let (button, note) = (button.to_owned(), note.to_owned());
    Form { id: verb.into(), to, verb, command, fields: Vec::new(), inputs, button, tone: Tone::Plain, note, blocked }
}
