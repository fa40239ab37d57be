//! `Niederschrift` of a decision taken without a sitting (§§ 37 (1) s. 2, 38 GemO BW): what was asked, of whom, what came of
//! it. How each member answered is not printed: the law counts objections, not votes.

use super::model::{Content, Fact, Minutes, Section, SignatureLine, Table};
use crate::domain::circulation::{Circulation, Found, Member, Published, Stage, Way};
use crate::domain::law::{CirculationAnnounced, MinutesSigner, Rules};
use crate::domain::ledger::Head;
use crate::domain::majority::Outcome;
use crate::domain::time::Instant;

/// The document as of `head`, whose entry was recorded at `as_of`.
#[must_use]
pub fn circulation_minutes(circulation: &Circulation, rules: &Rules, head: &Head, as_of: Instant) -> Minutes {
    let opened = &circulation.opened;
    let sent = opened.sent_on.german();
    let draft = if finished(circulation) { "Niederschrift" } else { "Niederschrift – Entwurf" };
    let sections = [
        matter(circulation, rules),
        asked(circulation),
        result(circulation, rules),
        announced(circulation, rules),
        signatures(circulation, rules),
        proof(circulation, head),
    ];
    Minutes {
        title: format!("Niederschrift Umlaufverfahren {} {sent}", opened.body_name),
        author: opened.municipality.to_string(),
        title_lines: vec![
            opened.municipality.to_string(),
            draft.to_owned(),
            format!("über das Umlaufverfahren vom {sent}"),
            format!("{} – {}", opened.body_name, opened.subject),
        ],
        running: format!("{} · {} · Umlauf {sent}", opened.municipality, opened.body_name),
        footing: format!("Umlaufverfahren {} · Eintrag {} · {}…", head.meeting, head.number, head.digest.short()),
        as_of,
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
    }
}

/// A result stands, or there will be none.
const fn finished(circulation: &Circulation) -> bool {
    matches!(circulation.stage, Stage::Found(_) | Stage::Ended(_))
}

fn matter(circulation: &Circulation, rules: &Rules) -> Section {
    let opened = &circulation.opened;
    let mut section = Section::new("gegenstand", "Gegenstand");
    let norm = rules.circulation_allowed_for.norm();
    section.say(
        "grund",
        format!("Ohne Sitzung, weil es ein Gegenstand einfacher Art ist ({norm}): {}", opened.simple_because),
    );
    section.add("vorschlag", Content::Wording(opened.wording.to_string()));
    let chair = circulation.members.get(&opened.chair);
    section.add(
        "daten",
        Content::Facts(vec![
            Fact::new("Vorsitz", chair.map_or_else(String::new, |chair| chair.seat.name.to_string())),
            Fact::new("Schriftführung", opened.clerk.to_string()),
            Fact::new("Versandt am", opened.sent_on.german()),
            Fact::new("Letzter Tag für einen Widerspruch", opened.last_day.german()),
        ]),
    );
    section
}

fn asked(circulation: &Circulation) -> Section {
    let mut section = Section::new("gefragt", "Gefragte Mitglieder");
    let mut table = Table::new([("Mitglied", 3), ("gefragt", 2), ("", 2)]);
    for Member { seat, way, answer, recused } in circulation.members.values() {
        let way = match way {
            Some(Way::Mail) => "mit Mail",
            Some(Way::Otherwise) => "auf anderem Weg",
            Some(Way::Failed) | None if answer.is_some() => "auf der Seite",
            Some(Way::Failed) => "nicht erreicht",
            None => "unterwegs",
        };
        let part = if *recused { "befangen, nicht beteiligt" } else { "" };
        table.row([seat.name.to_string(), way.to_owned(), part.to_owned()]);
    }
    section.add("liste", Content::Table(table));
    section
}

fn result(circulation: &Circulation, rules: &Rules) -> Section {
    let mut section = Section::new("ergebnis", "Ergebnis");
    match &circulation.stage {
        Stage::Open | Stage::Objected => section.say("offen", "Das Ergebnis ist noch nicht festgestellt."),
        Stage::Ended(reason) => {
            section.add("ende", Content::Finding("Das Verfahren wurde ohne Beschluss beendet.".to_owned()));
            section.say("grund", reason.to_string());
        }
        Stage::Found(found) => {
            let Found { outcome, agreed, objected, silent, recused, on, norm } = found;
            let sentence = match outcome {
                Outcome::Adopted => format!("Kein Mitglied hat widersprochen. Der Vorschlag ist angenommen ({norm})."),
                Outcome::Rejected | Outcome::NoDecision => {
                    format!("Es wurde widersprochen. Ohne Sitzung ist nichts beschlossen ({norm}).")
                }
            };
            section.add("satz", Content::Finding(sentence));
            section.add(
                "zahlen",
                Content::Facts(vec![
                    Fact::new("Festgestellt am", on.german()),
                    Fact::new("Zugestimmt", agreed.to_string()),
                    Fact::new("Geschwiegen", silent.to_string()),
                    Fact::new("Widersprochen", objected.to_string()),
                    Fact::new("Befangen", recused.to_string()),
                ]),
            );
            if *recused > 0 {
                let norm = rules.recusal_leaves.norm();
                section.add("befangen", Content::Note(format!("Befangene haben nicht mitgewirkt ({norm}).")));
            }
        }
    }
    section
}

fn announced(circulation: &Circulation, rules: &Rules) -> Section {
    let mut section = Section::new("bekanntgabe", "Bekanntgabe");
    let rule = &rules.circulation_announce;
    let adopted = matches!(&circulation.stage, Stage::Found(found) if found.outcome == Outcome::Adopted);
    if rule.get() == CirculationAnnounced::Unnamed || !adopted {
        return section;
    }
    let sentence = match &circulation.published {
        Published::NotYet => "Der Beschluss ist noch nicht bekannt gegeben.".to_owned(),
        Published::Announced(told) => {
            format!("Im Wortlaut bekannt gegeben am {} ({}).", told.on.german(), told.sitting)
        }
        Published::Withheld => {
            "Nicht bekannt gegeben, weil das öffentliche Wohl oder berechtigte Interessen Einzelner entgegenstehen."
                .to_owned()
        }
    };
    section.say("satz", format!("{sentence} ({} entsprechend)", rule.norm()));
    section
}

fn signatures(circulation: &Circulation, rules: &Rules) -> Section {
    let mut section = Section::new("unterschriften", "Unterschriften");
    if !finished(circulation) {
        return section;
    }
    let opened = &circulation.opened;
    let chair = circulation.members.get(&opened.chair).map(|chair| chair.seat.name.to_string());
    let lines = rules.minutes_signers.value().iter().map(|signer| match signer {
        MinutesSigner::Chair => SignatureLine { role: "Vorsitz".into(), name: chair.clone() },
        MinutesSigner::Councillor => SignatureLine { role: "Mitglied, das mitgewirkt hat".into(), name: None },
        MinutesSigner::Clerk => SignatureLine { role: "Schriftführung".into(), name: Some(opened.clerk.to_string()) },
    });
    section.add("zeilen", Content::Signatures(lines.collect()));
    let form = format!(
        "Die Niederschrift ist auf Papier von Hand zu unterzeichnen ({}, {}); dieses Papier ist das Original.",
        rules.minutes_form.norm(),
        rules.minutes_signers.norm()
    );
    section.add("form", Content::Note(form));
    section
}

fn proof(circulation: &Circulation, head: &Head) -> Section {
    let mut section = Section::new("pruefsumme", "Prüfsumme der Aufzeichnung");
    section.add(
        "werte",
        Content::Facts(vec![
            Fact::new("Umlaufverfahren", circulation.id.to_string()),
            Fact::new("Eintrag", head.number.to_string()),
            Fact::new("Prüfsumme", head.digest.to_string()),
        ]),
    );
    let note = "Wer das Beweisbündel hat, prüft es ohne Server mit „ratssaal verify BÜNDEL --head PRÜFSUMME“: Das Programm \
                rechnet die Kette der Einträge und die Antworten nach.";
    section.add("anleitung", Content::Note(note.to_owned()));
    section
}
