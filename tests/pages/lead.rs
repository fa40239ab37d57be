//! What the chair is shown in each state: the next step, faults, further acts.

use super::town::{COUNCIL, State, TO, act};
use ratssaal::web::pages::act::{Act, Blocked, Tone};
use ratssaal::web::pages::entry::Entry;
use ratssaal::web::pages::next::{
    Choice, ChoiceForm, Fault, Faults, FilmingDesk, MoreActs, NextStep, Recused, TextField,
};

pub fn next(state: State) -> NextStep {
    let step = |title: &str, context: &str, say: Option<&str>, act: Option<Act>, others: Vec<Act>| NextStep {
        title: title.into(),
        context: context.into(),
        say: say.map(Into::into),
        act,
        others,
    };
    match state {
        State::Planned => step(
            "Sitzung eröffnen",
            "Geladen wurde am 16. November 2026 form- und fristgerecht.",
            Some("Ich eröffne die 7. Sitzung des Gemeinderats. Es ist form- und fristgerecht geladen worden. Von 13 Mitgliedern sind 9 anwesend, davon 4 zugeschaltet. Der Gemeinderat ist beschlussfähig."),
            Some(act("next-eroeffnen", "eroeffnen", "Sitzung eröffnen").tone(Tone::Main).blocked(
                "Die Schriftführung hat noch nicht bestätigt, dass die Öffentlichkeit im Saal die Zugeschalteten sieht und hört.",
                "§ 37a Abs. 1 Satz 4 GemO",
            )),
            vec![],
        ),
        State::Open => step(
            "TOP 3 aufrufen",
            "Erweiterung des Kindergartens am Mühlbach",
            Some("Ich rufe Tagesordnungspunkt 3 auf: Erweiterung des Kindergartens am Mühlbach."),
            Some(act("next-aufrufen", "aufrufen", "TOP 3 aufrufen").tone(Tone::Main).with("punkt", "3")),
            vec![],
        ),
        State::Ballot | State::Recused => step(
            "Abstimmung schließen",
            if state == State::Ballot { "Es fehlen noch 4 Stimmen. Wer nicht abstimmt, wird als „nicht abgestimmt“ aufgenommen." } else { "Es fehlen noch 2 Stimmen." },
            Some("Hat noch jemand seine Stimme nicht abgegeben? Dann schließe ich die Abstimmung."),
            Some(act("next-schliessen", "abstimmung_schliessen", "Abstimmung schließen").tone(Tone::Main).with("abstimmung", "a-3")),
            vec![act("next-verwerfen", "abstimmung_verwerfen", "Abstimmung verwerfen").with("abstimmung", "a-3")],
        ),
        State::Voted => step(
            "Abstimmung schließen",
            "Alle 12 Stimmberechtigten haben abgestimmt.",
            Some("Alle haben abgestimmt. Ich schließe die Abstimmung."),
            Some(act("next-schliessen", "abstimmung_schliessen", "Abstimmung schließen").tone(Tone::Main).with("abstimmung", "a-3")),
            vec![],
        ),
        State::Fault => step(
            "Abstimmung öffnen",
            "Namentliche Abstimmung über TOP 3",
            Some("Wir stimmen über den Beschlussvorschlag ab. Ich bitte um Ihre Stimme."),
            Some(act("next-oeffnen", "abstimmung_oeffnen", "Abstimmung öffnen").tone(Tone::Main).blocked(
                "Erst ist über die Störung bei Carla Exempel zu befinden.",
                "§ 37a Abs. 2 GemO",
            )),
            vec![],
        ),
        State::Disconnected => step(
            "Abstimmung öffnen",
            "Namentliche Abstimmung über TOP 3",
            Some("Wir stimmen über den Beschlussvorschlag ab. Ich bitte um Ihre Stimme."),
            Some(act("next-oeffnen", "abstimmung_oeffnen", "Abstimmung öffnen").tone(Tone::Main).icon("ballot").with("art", "namentlich")),
            vec![act("next-hand", "abstimmung_oeffnen", "Handzeichen statt Namen").with("art", "offen"), act("next-ende", "punkt_abschliessen", "Ohne Abstimmung abschließen")],
        ),
        State::Interrupted => step(
            "Sitzung fortsetzen",
            "Unterbrochen, weil Bild und Ton aller Zugeschalteten zugleich ausgefallen sind.",
            Some("Die Sitzung wird fortgesetzt. Bild und Ton aller Zugeschalteten treffen wieder ein; der Gemeinderat ist beschlussfähig."),
            Some(act("next-fortsetzen", "fortsetzen", "Sitzung fortsetzen").tone(Tone::Main).blocked(
                "Es sind 6 Mitglieder anwesend, nötig sind 7. Sobald das siebte wieder zu sehen und zu hören ist, geht es weiter.",
                "§ 37 Abs. 2 GemO",
            )),
            vec![],
        ),
        State::Counted => step(
            "Ergebnis feststellen",
            "9 Ja, 2 Nein, 1 Enthaltung",
            Some("Der Beschlussvorschlag ist mit 9 Ja-Stimmen gegen 2 Nein-Stimmen bei 1 Enthaltung angenommen."),
            Some(act("next-ergebnis", "ergebnis", "Ergebnis feststellen").tone(Tone::Main).with("abstimmung", "a-3")),
            vec![],
        ),
        State::Closed => step("Die Sitzung ist geschlossen", "Der Entwurf der Niederschrift liegt bei der Schriftführung bereit.", None, None, vec![]),
    }
}

pub fn faults(state: State) -> Faults {
    if state != State::Fault {
        return Faults { faults: vec![] };
    }
    let choice = |id: &str, bereich: &str, label: &str, tone: Tone, note: &str| {
        act(id, "stoerung_befund", label).tone(tone).with("bereich", bereich).note(note)
    };
    Faults {
        faults: vec![Fault {
            id: "s-1".into(),
            who: "Carla Exempel".into(),
            what: "kein Bild".into(),
            since: "seit 19:40:12 Uhr, Frist von 10 Sekunden abgelaufen".into(),
            effect: "Sie zählt nicht als anwesend, bis Bild und Ton wieder eintreffen. Der Gemeinderat bleibt beschlussfähig.".into(),
            sphere: "Bereich des Mitglieds".into(),
            evidence: "Alle anderen Zugeschalteten und der Saal sind ungestört.".into(),
            choices: vec![
                choice("fault-s-1-mitglied", "mitglied", "Weiter ohne sie", Tone::Plain, "Die Störung ist unbeachtlich, § 37a Abs. 2 Satz 4."),
                choice("fault-s-1-gemeinde", "gemeinde", "Unterbrechen", Tone::Grave, "Nachweislich Bereich der Gemeinde, § 37a Abs. 2 Satz 2."),
                choice("fault-s-1-warten", "abwarten", "Kurz warten", Tone::Plain, "Es wird nichts aufgerufen und nicht abgestimmt."),
            ],
        }],
    }
}

pub fn more(state: State) -> MoreActs {
    if matches!(state, State::Planned | State::Closed) {
        return MoreActs {
            recusal: None,
            recused: vec![],
            interrupt: None,
            correct: None,
            settle: None,
            election: None,
            terms: vec![],
            instead: vec![],
            order: vec![],
            advisers: vec![],
            filming: None,
            complaint: None,
            quorum: None,
            acts: vec![],
        };
    }
    let form = |id: &str, verb, name, label: &str, options, button: &str, note: &str| ChoiceForm {
        id: id.into(),
        to: TO.into(),
        verb,
        command: format!("k-{id}"),
        name,
        label: label.into(),
        options,
        text: None,
        button: button.into(),
        note: note.into(),
        blocked: None,
    };
    let seats = COUNCIL.iter().skip(1).map(|p| Choice { value: p.seat.into(), label: p.name.into() }).collect();
    let causes = [("pause", "Pause"), ("gemeinde", "Störung im Bereich der Gemeinde"), ("unruhe", "Ordnung im Saal")];
    let causes = causes.map(|(value, label)| Choice { value: value.into(), label: label.into() }).into();
    let mut recusal = form(
        "more-befangen",
        "befangen",
        "sitz",
        "Mitglied",
        seats,
        "Befangenheit feststellen",
        "Es verlässt Bild, Ton und Abstimmung, bis der Punkt abgeschlossen ist.",
    );
    if state == State::Open {
        recusal.blocked = Some(Blocked {
            reason: "Befangenheit gilt für einen Punkt. Rufen Sie ihn zuerst auf.".into(),
            paragraph: "§ 18 GemO".into(),
        });
    }
    MoreActs {
        recusal: Some(recusal),
        recused: if state == State::Recused {
            vec![Recused {
                name: "Emil Platzhalter".into(),
                since: "zu TOP 3, seit 19:20 Uhr".into(),
                lift: act("more-aufheben-06", "befangen_aufheben", "Aufheben")
                    .about("Befangenheit von Emil Platzhalter")
                    .tone(Tone::Quiet)
                    .with("sitz", "sitz-06"),
            }]
        } else {
            vec![]
        },
        interrupt: (state != State::Interrupted).then(|| {
            form(
                "more-unterbrechen",
                "unterbrechen",
                "grund",
                "Grund",
                causes,
                "Sitzung unterbrechen",
                "Eine laufende Abstimmung ruht; abgegebene Stimmen bleiben.",
            )
        }),
        correct: (state == State::Interrupted).then(|| {
            form(
                "more-befund",
                "stoerung_befund",
                "bereich",
                "Sie lag doch woanders",
                [("gemeinde", "Bereich der Gemeinde"), ("ungeklaert", "Bereich der Gemeinde nicht nachgewiesen")]
                    .map(|(value, label)| Choice { value: value.into(), label: label.into() })
                    .into(),
                "Feststellung berichtigen",
                "Zuletzt festgestellt: Bereich Dritter. Beides bleibt aufgezeichnet, das Neuere gilt.",
            )
        }),
        settle: (state == State::Open).then(|| ChoiceForm {
            text: Some(TextField { name: "wortlaut", label: "Wortlaut, wenn nötig: wohin, bis wann, wodurch".into() }),
            ..form(
                "more-abschliessen",
                "punkt_abschliessen",
                "ergebnis",
                "Der Punkt ist",
                [("verwiesen", "verwiesen"), ("vertagt", "vertagt"), ("kenntnis", "zur Kenntnis genommen")]
                    .map(|(value, label)| Choice { value: value.into(), label: label.into() })
                    .into(),
                "Punkt abschließen",
                "Der Wortlaut steht so in der Niederschrift.",
            )
        }),
        instead: vec![],
        terms: if state == State::Open { vec![on_terms()] } else { vec![] },
        order: if state == State::Recused { vec![measures()] } else { vec![] },
        advisers: if state == State::Open { admissions() } else { vec![] },
        filming: (state == State::Open).then(|| FilmingDesk {
            words: "Ratssaal nimmt selbst nichts auf und überträgt nichts ins Internet. Anwesend und ohne Einwilligung: Dora Muster.".into(),
            stop: None,
            start: Some(Entry {
                blocked: Some(Blocked {
                    reason: "Alle anwesenden Mitglieder müssen einwilligen. Nicht eingewilligt: Dora Muster.".into(),
                    paragraph: "§ 35 Abs. 3 Satz 2 GemO".into(),
                }),
                ..Entry::new("more-aufnahme", TO, "aufnahme_beginnen", "k-aufnahme", "Aufnahme beginnt")
            }),
        }),
        election: (state == State::Open).then(|| {
            form(
                "more-wahl",
                "wahl_vermerken",
                "art",
                "TOP 3 ist",
                [
                    ("ehrenamt", "Wahl zu einer ehrenamtlichen Tätigkeit"),
                    ("personal", "Personalentscheidung durch Wahl"),
                ]
                .map(|(value, label)| Choice { value: value.into(), label: label.into() })
                .into(),
                "Als Wahl vermerken",
                "Gewählt wird dann im Saal mit Stimmzetteln. Bei Ehrenämtern gibt es keine Befangenheit.",
            )
        }),
        quorum: None,
        complaint: Some(complaint("more-ruege")),
        acts: vec![
            act("more-schliessen", "schliessen", "Sitzung schließen")
                .tone(Tone::Grave)
                .blocked("Es sind noch Punkte offen.", "§ 34 Abs. 1 GemO"),
        ],
    }
}

/// What keeps order.
fn measures() -> Entry {
    let choice = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
    Entry::new("more-ordnung", TO, "ordnung", "k-ordnung", "Maßnahme festhalten")
        .list("sitz", "Mitglied", vec![choice("sitz-04", "Dora Muster")])
        .list("art", "Maßnahme", vec![choice("ordnungsruf", "Ordnungsruf")])
        .line("begruendung", "Anlass (freiwillig, steht in der Niederschrift)", 300)
        .note("Wer verwiesen ist, nimmt an dieser Sitzung nicht mehr teil; Zugeschaltete werden getrennt (§ 36 Abs. 3 GemO).")
}

/// A complaint that came beside the chamber.
pub fn complaint(id: &str) -> Entry {
    let choice = |value: &str, label: &str| vec![Choice { value: value.into(), label: label.into() }];
    Entry::new(id, TO, "ruege_entgegennehmen", "k-ruege", "Rüge festhalten")
        .list("sitz", "Mitglied", choice("sitz-04", "Dora Muster"))
        .list("weg", "Sie kam", choice("telefon", "am Telefon"))
        .list("art", "Das Mitglied", choice("bild", "sieht die anderen nicht"))
        .list("vor", "Wann", choice("0", "gerade eben"))
        .line("text", "In Worten des Mitglieds (freiwillig)", 1000)
        .note("Sie liegt dem Vorsitz sofort vor und steht in der Niederschrift (§ 37a Abs. 2 Satz 3 GemO).")
}

/// Voting on other terms than the usual ones.
fn on_terms() -> Entry {
    let choices = |options: &[(&str, &str)]| {
        options.iter().map(|(value, label)| Choice { value: (*value).into(), label: (*label).into() }).collect()
    };
    Entry::new("more-bedingungen", TO, "abstimmung_oeffnen", "k-more-bedingungen", "So abstimmen")
        .with("abstimmung", "a-3")
        .list(
            "mehrheit",
            "Nötige Mehrheit",
            choices(&[
                ("", "Mehrheit der Stimmen (§ 37 Abs. 6 Satz 2 GemO)"),
                ("main_bylaw", "Hauptsatzung erlassen oder ändern (§ 4 Abs. 2 GemO)"),
            ]),
        )
        .list("art", "Abgestimmt wird", choices(&[("namentlich", "namentlich"), ("handzeichen", "durch Handzeichen")]))
        .line("buchstabe", "Anfangsbuchstabe, wenn namentlich", 1)
        .note("Namentlich geht es nach dem Alphabet, der Vorsitz stimmt zuletzt. Geheim geht jetzt nicht: Solange Mitglieder zugeschaltet sind, wird nicht geheim abgestimmt.")
}

/// A deputy who is there and cannot lead.
pub fn hindrances() -> Vec<Entry> {
    let deputy = Choice { value: "sitz-02".into(), label: "Berta Muster".into() };
    let note = "Wer zur Stellvertretung gewählt und im Saal ist, geht vor, auch ohne eigenes Gerät (§ 48 Abs. 1 GemO). Vermerken \
                Sie eine Verhinderung nur, wenn das Mitglied sie selbst erklärt.";
    let to = TO;
    let entry = Entry::new(
        "attendance-verhindert-vermerken",
        to,
        "verhindert_vermerken",
        "k-verhindert",
        "Verhinderung vermerken",
    );
    vec![entry.list("sitz", "Kann den Vorsitz nicht führen", vec![deputy]).note(note)]
}

/// Whom the chair lets be connected without a vote, and from whom it takes that back.
fn admissions() -> Vec<Entry> {
    let of = |value: &str, label: &str| vec![Choice { value: value.into(), label: label.into() }];
    let id = "more-zuschaltung-zulassen";
    let let_in = Entry::new(id, TO, "zuschaltung_zulassen", "k-zulassen", "Zuschaltung zulassen")
        .list("sitz", "Darf zugeschaltet sein", of("sitz-08", "Beigeordneter Fritz Beispiel"))
        .note(
            "Für diese Sitzung, nur im öffentlichen Teil, ohne Stimme und nicht mitgezählt. Das Gesetz nennt nur Mitglieder; ob \
             andere zugeschaltet sein dürfen, ist zweifelhaft (§ 37a Abs. 1 Satz 1 GemO).",
        );
    let id = "more-zuschaltung-zuruecknehmen";
    let back = Entry::new(id, TO, "zuschaltung_zuruecknehmen", "k-zuruecknehmen", "Zulassung zurücknehmen")
        .list("sitz", "Darf nicht mehr zugeschaltet sein", of("sitz-09", "Ortsvorsteherin Gerda Muster"))
        .note("Die Verbindung wird sofort getrennt. Im Saal kann die Person weiter teilnehmen.");
    vec![let_in, back]
}
