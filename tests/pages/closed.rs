//! The way to the non-public part and back, on every screen.

use super::clerks::clerk;
use super::samples::{Rendered, chair, public, seat, text};
use super::town::{State, act};
use ratssaal::web::pages::act::{Act, Tone};
use ratssaal::web::pages::frame::{Frame, Mood};
use ratssaal::web::pages::next::NextStep;
use ratssaal::web::pages::vote::Alone;

const IDLE: &str =
    "Nichtöffentlicher Teil seit 20:14 Uhr. Sobald die Sitzung wieder öffentlich ist, geht es hier weiter.";

pub fn pages() -> Vec<Rendered> {
    let mut clearing = chair(State::Open);
    shut(&mut clearing.frame, "Öffentlichkeit wird ausgeschlossen");
    clearing.next = step(
        "Öffentlichkeit ausschließen",
        "Noch nicht bestätigt: Zuhörerraum im Saal. Zugeschaltet, ohne Erklärung allein zu sein: Ida Entwurf, Paul Platzhalter.",
        None,
        vec![
            act("next-zugang-saal", "zugang_bestaetigen", "Zuhörer haben den Saal verlassen").with("zugang", "saal"),
            act("next-nichtoeffentlich", "nichtoeffentlich_beginnen", "Nichtöffentlichen Teil beginnen").blocked(
                "Noch hört vielleicht jemand mit. Es fehlt die Bestätigung für: der Saal.",
                "§ 35 Abs. 1 Satz 2 GemO",
            ),
            act("next-doch", "oeffentlichkeit_herstellen", "Doch öffentlich fortsetzen"),
        ],
    );
    let mut telling = chair(State::Open);
    telling.next = step(
        "Beschluss bekannt geben",
        "Nichtöffentlich zu TOP 9 gefasst; bekannt gegeben wird im Wortlaut (§ 35 Abs. 1 Satz 4 GemO).",
        Some("Der Gemeinderat hat nichtöffentlich beschlossen: Das Grundstück am Mühlbach wird für 120 000 Euro erworben."),
        vec![
            act("next-bekanntgeben", "bekanntgeben", "Ist bekannt gegeben").with("abstimmung", "b-9"),
            act("next-nicht-naechste", "nicht_bekanntgeben", "In der nächsten öffentlichen Sitzung").with("abstimmung", "b-9"),
            act("next-nicht-interessen", "nicht_bekanntgeben", "Nicht bekannt geben").with("abstimmung", "b-9").note(
                "Nur wenn öffentliches Wohl oder berechtigte Interessen Einzelner entgegenstehen (§ 35 Abs. 1 Satz 4 GemO).",
            ),
        ],
    );
    let mut asked = seat(State::Open);
    shut(&mut asked.frame, "Öffentlichkeit wird ausgeschlossen");
    asked.own.alone = Some(Alone {
        title: "Gleich wird nichtöffentlich verhandelt".into(),
        words:
            "Ich bin allein. Niemand sonst kann den nichtöffentlichen Teil sehen oder hören (§ 37a Abs. 1 Satz 5 GemO)."
                .into(),
        act: Some(act("own-allein", "allein", "Ich bin allein und nehme teil").tone(Tone::Main)),
    });
    let mut outside = seat(State::Open);
    shut(&mut outside.frame, "Nichtöffentlicher Teil");
    outside.own.alone = Some(Alone {
        title: "Nichtöffentlicher Teil".into(),
        words: "Sie sind solange getrennt: Bild und Ton sind aus, Sie werden nicht gezählt.".into(),
        act: Some(act("own-allein", "allein", "Ich bin allein und nehme teil").blocked(
            "Am nichtöffentlichen Teil nimmt nur teil, wer im Saal ist: Die Hauptsatzung lässt die Zuschaltung dafür nicht zu.",
            "§ 37a Abs. 1 Satz 5 GemO",
        )),
    });
    (outside.item.item, outside.item.idle) = (None, IDLE.into());
    let mut office = clerk(State::Open);
    shut(&mut office.frame, "Öffentlichkeit wird ausgeschlossen");
    office.attendance.doors = vec![
        act("attendance-zugang-saal", "zugang_bestaetigen", "Zuhörer haben den Saal verlassen").with("zugang", "saal"),
    ];
    let mut open = public(State::Open);
    shut(&mut open.frame, "Nichtöffentlicher Teil");
    (open.item.item, open.item.idle) = (None, IDLE.into());
    let pages = [
        ("leitstand-ausschluss", text(&clearing)),
        ("leitstand-bekanntgabe", text(&telling)),
        ("platz-allein", text(&asked)),
        ("platz-ausgeschlossen", text(&outside)),
        ("schrift-ausschluss", text(&office)),
        ("oeffentlich-nichtoeffentlich", text(&open)),
    ];
    pages.map(|(name, html)| (name.to_owned(), html)).into()
}

fn shut(frame: &mut Frame, word: &str) {
    frame.notice = None;
    if let Some(phase) = &mut frame.phase {
        (phase.mood, phase.word, phase.since) = (Mood::Private, word.into(), None);
    }
}

fn step(title: &str, context: &str, say: Option<&str>, acts: Vec<Act>) -> NextStep {
    let mut acts = acts.into_iter();
    NextStep {
        title: title.into(),
        context: context.into(),
        say: say.map(Into::into),
        act: acts.next().map(|act| act.tone(Tone::Main)),
        others: acts.collect(),
    }
}
