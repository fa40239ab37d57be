//! The end of the minutes: closing, deletions, the signatures of § 38 (2) GemO BW and what the record can be checked by.

use super::build::Desk;
use super::model::{Content, Fact, Section, SignatureLine};
use super::{floor, leading, second, words};
use crate::domain::id::SeatId;
use crate::domain::law::MinutesSigner;
use crate::domain::meeting::Event;

/// `Schluss der Sitzung`.
pub fn end(desk: &Desk<'_>) -> Section {
    let mut section = Section::new("schluss", "Schluss der Sitzung");
    floor::statements(desk, None, &mut section);
    if desk.meeting.opened_at.is_some() {
        second::whole_sitting(desk, &mut section);
    }
    match desk.entry(|entry| matches!(entry.event, Event::Closed(_))) {
        Some(entry) => {
            let at = desk.clock.time(entry.occurred_at);
            section.say("ende", format!("Der Vorsitz schloss die Sitzung um {at}{}.", desk.clock.late(entry)));
        }
        None => section.say("ende", "Die Sitzung ist noch nicht geschlossen; diese Fassung ist ein Entwurf."),
    }
    section
}

/// What has been deleted from the record since, and on which ground.
pub fn deletions(desk: &Desk<'_>) -> Option<Section> {
    let mut section = Section::new("loeschungen", "Gelöschte Angaben");
    for entry in desk.entries {
        if let Event::DataDeleted(deleted) = &entry.event {
            let count = deleted.entries.len();
            let sentence = format!(
                "Am {} wurden aus {count} {} des Sitzungsprotokolls {} gelöscht. Grund: {}.",
                desk.clock.date(entry.occurred_at),
                words::verb(count, "Eintrag", "Einträgen"),
                words::class(deleted.class),
                deleted.ground.as_str().trim_end_matches('.')
            );
            section.say(format!("eintrag-{}", entry.number), sentence);
        }
    }
    (!section.blocks.is_empty()).then_some(section)
}

/// `Unterzeichnung` (§ 38 (2) s. 1 GemO BW), by hand and on paper (§ 38 (1)).
pub fn signatures(desk: &Desk<'_>) -> Section {
    let rules = desk.rules;
    let mut section = Section::new("unterschriften", "Unterschriften");
    if !desk.is_closed() {
        return section;
    }
    let lines = rules.minutes_signers.value().iter().flat_map(|signer| match signer {
        MinutesSigner::Chair => chairs(desk),
        MinutesSigner::Councillor => vec![SignatureLine {
            role: "Mitglied des Gemeinderats, das an der Verhandlung teilgenommen hat".into(),
            name: None,
        }],
        MinutesSigner::Clerk => {
            vec![SignatureLine { role: "Schriftführung".into(), name: Some(desk.meeting.clerk.to_string()) }]
        }
    });
    section.add("zeilen", Content::Signatures(lines.collect()));
    let form = format!(
        "Die Niederschrift ist auf Papier von Hand zu unterzeichnen ({}, {}); dieses unterzeichnete Papier ist das Original. \
         Prüfsummen und elektronische Signaturen sichern es zusätzlich und ersetzen keine Unterschrift.",
        rules.minutes_form.norm(),
        rules.minutes_signers.norm()
    );
    section.add("form", Content::Note(form));
    let within = match rules.minutes_deadline_months.get().0 {
        Some(1) => "innerhalb eines Monats".to_owned(),
        Some(months) => format!("innerhalb von {months} Monaten"),
        None => "in der Zeit, die die Geschäftsordnung bestimmt,".to_owned(),
    };
    let known =
        format!("Sie ist dem Gremium {within} zur Kenntnis zu bringen ({}).", rules.minutes_deadline_months.norm());
    section.add("kenntnis", Content::Note(known));
    section
}

/// Everybody who led signs: the law asks for „den Vorsitzenden“ and says nothing of several.
fn chairs(desk: &Desk<'_>) -> Vec<SignatureLine> {
    let office = &desk.meeting.leading.office;
    let mut leaders = leading::leaders(desk);
    if leaders.is_empty() {
        leaders.push(office);
    }
    let line = |seat: &&SeatId| SignatureLine {
        role: if *seat == office { "Vorsitz" } else { "Vorsitz in Vertretung" }.into(),
        name: Some(desk.name(seat)),
    };
    leaders.iter().map(line).collect()
}

/// The head of the ledger, so that paper and record prove each other.
pub fn proof(desk: &Desk<'_>) -> Section {
    let head = desk.head;
    let mut section = Section::new("pruefsumme", "Prüfsumme des Sitzungsprotokolls");
    section.say(
        "stand",
        format!("Diese Niederschrift beruht allein auf dem Sitzungsprotokoll bis zum Eintrag {}.", head.number),
    );
    section.add(
        "werte",
        Content::Facts(vec![
            Fact::new("Sitzung", head.meeting.to_string()),
            Fact::new("Eintrag", head.number.to_string()),
            Fact::new("Prüfsumme", head.digest.to_string()),
        ]),
    );
    if desk.is_closed() {
        let seal = format!(
            "Als Datei trägt diese Niederschrift das elektronische Siegel der Gemeinde (PAdES): Jede spätere Änderung ist erkennbar. Das \
             Siegel ist eine zusätzliche Sicherung und ersetzt nicht das von Hand unterzeichnete Original ({}).",
            desk.rules.minutes_form.norm()
        );
        section.add("siegel", Content::Note(seal));
    }
    section.add(
        "anleitung",
        Content::Note(
            "Wer das Beweisbündel der Sitzung hat, prüft es ohne Server mit „ratssaal verify BÜNDEL --head PRÜFSUMME“: \
             Das Programm rechnet die Kette der Einträge, die Beschlussfähigkeit und die Stimmen nach und vergleicht sie mit \
             dieser Prüfsumme."
                .into(),
        ),
    );
    section
}
