//! The administration's pages, with a council of sixty.

use super::samples::Rendered;
use super::town::{State, frame};
use askama::Template;
use ratssaal::web::pages::frame::{Frame, Live, View};
use ratssaal::web::pages::next::Choice;
use ratssaal::web::pages::town::*;

const FACTIONS: [&str; 5] =
    ["Bürgerliste Musterstadt", "Grüne Mitte", "Soziales Forum", "Freie Wählervereinigung am Hang e. V.", ""];

fn around(title: &str, current: &str, saved: &str) -> (Frame, Office) {
    let frame = Frame { live: Live::Still, meeting: None, phase: None, ..frame(title, None, State::Planned, &[]) };
    let frame = Frame { person: Some("Paula Pfefferminz · Verwaltung".into()), ..frame };
    let place = |(href, label): (&str, &str)| View { href: href.into(), label: label.into(), current: href == current };
    let places = [
        ("/verwaltung", "Übersicht"),
        ("/verwaltung/personen", "Personen"),
        ("/verwaltung/hauptsatzung", "Hauptsatzung"),
        ("/verwaltung/verlauf", "Verlauf"),
        ("/", "Meine Sitzungen"),
    ];
    (frame, Office { places: places.map(place).into(), saved: saved.into() })
}

fn access(number: usize) -> Access {
    match number % 9 {
        4 => Access::Waiting(format!("/verwaltung/einladen/person-{number}")),
        7 => Access::NoAddress,
        _ => Access::Ready,
    }
}

fn name(number: usize) -> String {
    let first = ["Anton", "Berta", "Dietlinde", "Emil", "Frieda", "Gustav"][number % 6];
    let last =
        ["Apfelkern", "Birnbaum", "Distelfink", "Eichhorn-Mustermann zu Hangenweiler", "Fliederbusch"][number % 5];
    format!("{first} {last}")
}

fn member(number: usize) -> MemberRow {
    MemberRow {
        name: if number == 0 { "Rosalinde Blumenfeld".into() } else { name(number) },
        function: if number == 0 { "Vorsitz".into() } else { String::new() },
        faction: if number == 0 { String::new() } else { FACTIONS[number % 5].into() },
        term: match number {
            0 => "seit 01.10.2021, bis 30.09.2029".into(),
            60 => "ab 01.12.2026".into(),
            _ => "seit 16.07.2024".into(),
        },
        coming: number == 60,
        access: access(number),
        change: format!("/verwaltung/tun/mandat/gemeinderat/sitz-{number}"),
        end: format!("/verwaltung/tun/mandat-beenden/gemeinderat/sitz-{number}"),
    }
}

fn care(text: &str, paragraph: &str) -> Care {
    Care { text: text.into(), paragraph: paragraph.into() }
}

fn body(count: usize) -> TownBody {
    let (frame, office) = around("Gemeinderat", "/verwaltung", "Gespeichert.");
    let fact = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let task = |what: &str| format!("/verwaltung/tun/{what}/gemeinderat");
    let role = |role: &str, name: &str, access| RoleRow {
        role: role.into(),
        name: name.into(),
        access,
        take: format!("/verwaltung/tun/aufgabe-entziehen/gemeinderat/{}/verwaltung", name.to_lowercase()),
    };
    let factions = FACTIONS.iter().take(4).enumerate().map(|(place, name)| FactionRow {
        name: (*name).into(),
        members: if place == 3 { 1 } else { 12 },
        rename: format!("/verwaltung/tun/fraktion/gemeinderat/{place}"),
    });
    TownBody {
        frame,
        office,
        name: "Gemeinderat".into(),
        facts: vec![
            fact("Sitze", &format!("{count} von 60 besetzt")),
            fact("Vorsitz", "Rosalinde Blumenfeld"),
            fact("Namen in den Ergebnissen", "§ 24 Abs. 3 Geschäftsordnung"),
            fact("Chat", "nicht erlaubt"),
            fact(
                "OParl-Kennung",
                "https://ratsinformation.example.org/oparl/v1.1/organization/gemeinderat-musterstadt-2024",
            ),
        ],
        cares: if count == 0 {
            vec![care("Gemeinderat: Niemand hat heute den Vorsitz.", "§ 25 Abs. 1 GemO")]
        } else {
            vec![]
        },
        change: task("gremium"),
        add_member: task("mitglied-neu"),
        members: (0..=count).map(member).collect(),
        former: if count == 0 { vec![] } else { (3..9).map(member).collect() },
        factions: if count == 0 { vec![] } else { factions.collect() },
        deputies: if count == 0 { vec![] } else { vec![name(1), name(2), name(3)] },
        set_deputies: task("stellvertretung"),
        roles: if count == 0 {
            vec![]
        } else {
            vec![
                role("Schriftführung", "Nora Nusszweig", Access::Ready),
                role("Technische Moderation", "Oskar Obstwiese", Access::NoAddress),
                role("Verwaltung", "Paula Pfefferminz", Access::Ready),
            ]
        },
        give_role: task("aufgabe-neu"),
    }
}

fn person(number: usize) -> PersonRow {
    PersonRow {
        name: name(number),
        email: if access(number) == Access::NoAddress { String::new() } else { format!("person.{number}@example.org") },
        about: match number % 4 {
            0 => "Gemeinderat · Ausschuss für Technik und Umwelt (ab 01.12.2026)".into(),
            1 => String::new(),
            _ => "Gemeinderat".into(),
        },
        access: access(number),
        change: format!("/verwaltung/tun/person/person-{number}"),
    }
}

fn local() -> Vec<ClauseRow> {
    let rule = |kind: &str, standing, word: &str, note: &str| ClauseRow {
        kind: kind.into(),
        paragraph: "Gemeinderat".into(),
        reference: "§ 9 Abs. 1 Geschäftsordnung".into(),
        dates: "Beschlossen am 12.03.2026, in Kraft ab 01.04.2026".into(),
        word: word.into(),
        standing,
        note: note.into(),
        prove: String::new(),
        end: "/verwaltung/tun/ortsrecht-beenden/0".into(),
    };
    vec![
        rule("Ladungsfrist: 10", Standing::Good, "in Kraft", "Das Gesetz sagt: 7."),
        rule(
            "Karenz bei Bild- und Tonausfall: 30",
            Standing::Care,
            "vom Gesetz nicht gedeckt",
            "„presence.grace_seconds“: Ortsrecht kann das nicht bestimmen: das Gesetz lässt nur 15 oder weniger zu. Solange sie hier \
             steht, kann nicht geplant werden.",
        ),
    ]
}

fn clauses() -> Vec<ClauseRow> {
    let clause = |kind: &str, paragraph: &str, standing, word: &str, note: &str| ClauseRow {
        kind: kind.into(),
        paragraph: paragraph.into(),
        reference: "§ 4a Abs. 1 Hauptsatzung".into(),
        dates: "Beschlossen am 14.10.2025, in Kraft ab 01.11.2025".into(),
        word: word.into(),
        standing,
        note: note.into(),
        prove: if standing == Standing::Care { "/verwaltung/tun/regelung-mehrheit/0".into() } else { String::new() },
        end: if standing == Standing::Ended { String::new() } else { "/verwaltung/tun/regelung-beenden/0".into() },
    };
    vec![
        clause(
            "Zuschaltung einzelner Mitglieder (hybrid)",
            "§ 37a Abs. 1 GemO",
            Standing::Good,
            "in Kraft",
            "Mitglieder können mit ihrer Zustimmung zugeschaltet sein; der Vorsitz ist im Sitzungsraum.",
        ),
        clause(
            "Videositzung nach altem Recht",
            "§ 37a GemO (2020)",
            Standing::Care,
            "trägt nach heutigem Recht nicht mehr",
            "Sie bezieht sich auf den Text von 2020, der bis 31.08.2025 galt. Ob sie nach dem neuen § 37a etwas trägt, ist offen. \
             Das Programm lässt auf sie gestützt keine hybride und keine digitale Sitzung mehr zu.",
        ),
        clause("Digitale Sitzung im Notfall", "§ 37a Abs. 4 GemO", Standing::Ended, "außer Kraft", "Bis 31.12.2025."),
    ]
}

fn history(count: usize) -> Vec<HistoryRow> {
    let row = |number: usize| HistoryRow {
        when: "Dienstag, 24. November 2026, 19:00 Uhr".into(),
        who: if number == count - 1 { "Gemeindedatei".into() } else { "Paula Pfefferminz".into() },
        what: match number % 3 {
            0 => format!(
                "{} ist Mitglied im Gremium „Gemeinderat“, Fraktion „{}“, ab 01.12.2026.",
                name(number),
                FACTIONS[3]
            ),
            1 => format!("{} hat eine andere E-Mail-Adresse.", name(number)),
            _ => format!("Das Mandat von {} im Gremium „Gemeinderat“ endet am 30.11.2026.", name(number)),
        },
    };
    (0..count).map(row).collect()
}

fn overview(full: bool) -> TownOverview {
    let (frame, office) = around("Verwaltung", "/verwaltung", "");
    let card = |name: &str, seats: &str, full, more: &str| BodyCard {
        href: "/verwaltung/gremium/gemeinderat".into(),
        name: name.into(),
        seats: seats.into(),
        full,
        chair: "Vorsitz: Rosalinde Blumenfeld".into(),
        more: more.into(),
    };
    let file = "Die Gemeindedatei auf dem Server wurde geändert. Sie gilt nicht mehr, seit die Gemeinde hier verwaltet wird; \
                tragen Sie die Änderung bitte hier ein.";
    TownOverview {
        frame,
        office,
        town: "Musterstadt am Hang".into(),
        cares: if full {
            vec![care(file, ""), care("Bauausschuss: Niemand hat die Schriftführung.", "§ 38 Abs. 2 GemO")]
        } else {
            vec![]
        },
        bodies: vec![
            card("Gemeinderat", "60 von 60 Sitzen besetzt", true, "4 Fraktionen"),
            card(
                "Ausschuss für Technik, Umwelt, Klimaschutz und Grundstücksangelegenheiten",
                "7 von 9 Sitzen besetzt",
                false,
                "",
            ),
        ],
        waiting: if full { vec![person(4), person(13), person(22)] } else { vec![] },
        silent: if full { vec![person(7), person(16)] } else { vec![] },
        clauses: if full { clauses() } else { vec![] },
        history: history(if full { 6 } else { 1 }),
        mail: true,
    }
}

fn field(name: &str, label: &str, kind: FieldKind) -> FormField {
    FormField {
        name: name.into(),
        label: label.into(),
        hint: String::new(),
        value: String::new(),
        error: String::new(),
        theirs: String::new(),
        kind,
        first: false,
    }
}

fn choice(value: &str, label: &str) -> Choice {
    Choice { value: value.into(), label: label.into() }
}

fn form(wrong: bool, conflict: bool) -> TownForm {
    let title = "Gemeinderat: Mitglied aufnehmen";
    let (frame, office) = around(title, "", "");
    let people = vec![choice("", "Neue Person, mit Namen unten"), choice("a", "Anton Apfelkern")];
    let functions = vec![choice("mitglied", "Mitglied"), choice("vorsitz", "Vorsitz (§ 25 Abs. 1 GemO)")];
    let mut fields = vec![
        field("person", "Person", FieldKind::List(people)),
        field("name", "Name der neuen Person", FieldKind::Line(120)),
        field("email", "E-Mail-Adresse", FieldKind::Email),
        field("funktion", "Funktion", FieldKind::Ways(functions)),
        field("fraktion", "Fraktion", FieldKind::Proposed(120, vec!["Grüne Mitte".into(), "Soziales Forum".into()])),
        field("von", "Erster Tag des Mandats", FieldKind::Day),
        field("sitze", "Zahl", FieldKind::Number),
        field("bisher", "", FieldKind::Hidden),
    ];
    fields[1].hint = "Nur wenn oben keine Person gewählt ist.".into();
    fields[2].hint = "Dorthin gehen Einladung und Ladung. Darf fehlen.".into();
    fields[3].value = "mitglied".into();
    if wrong {
        fields[2].value = "dora.dorn(at)example.org".into();
        fields[2].error = "Das ist keine E-Mail-Adresse. Sie sieht so aus: name@gemeinde.example".into();
        fields[2].first = true;
        fields[3].error = "Das Gremium „Gemeinderat“ hätte zwei Vorsitzende zugleich (§ 25 Abs. 1 GemO).".into();
    }
    if conflict {
        fields[1].value = "Dora Dorn".into();
        fields[4].theirs = "Grüne Mitte".into();
    }
    let (told, overtaken) = (
        "Bitte berichtigen Sie das markierte Feld. Gespeichert ist noch nichts.",
        "Jemand anders hat die Gemeinde inzwischen geändert. Ihre Änderung ist noch nicht gespeichert.",
    );
    TownForm {
        frame,
        office,
        title: title.into(),
        lead: vec!["Neu geplante Sitzungen nehmen die Besetzung ihres Tages.".into()],
        to: "/verwaltung/tun/mitglied-neu/gemeinderat".into(),
        revision: 7,
        error: if wrong { Some(told.into()) } else { conflict.then(|| overtaken.into()) },
        theirs: if conflict { history(3) } else { vec![] },
        fields,
        button: "Aufnehmen".into(),
        grave: false,
        back: "/verwaltung/gremium/gemeinderat".into(),
        more: Some(("/verwaltung/tun/person/dora".into(), "Name oder E-Mail-Adresse ändern".into())),
        invite: Some(("/verwaltung/einladen/dora".into(), "Einladung schicken".into())),
    }
}

fn confirmation() -> TownForm {
    let lead = "Dora Dorn kann sich danach nicht mehr anmelden; offene Anmeldungen und Einladungen enden sofort. In der \
                Aufzeichnung früherer Sitzungen bleibt der Name stehen.";
    TownForm {
        title: "Dora Dorn entfernen?".into(),
        lead: vec![
            lead.into(),
            "Mit entfernt werden: Gemeinderat (bis 31.12.2025) · Gemeinderat: Schriftführung.".into(),
        ],
        fields: vec![],
        button: "Entfernen".into(),
        grave: true,
        more: None,
        invite: None,
        ..form(false, false)
    }
}

pub fn pages() -> Vec<Rendered> {
    let text = |name: &str, page: Result<String, askama::Error>| {
        (name.to_owned(), page.expect("a page of plain texts renders"))
    };
    let (frame, office) = around("Personen", "/verwaltung/personen", "");
    let people = TownPeople {
        frame,
        office,
        search: String::new(),
        total: 60,
        rows: (1..=60).map(person).collect(),
        add: "/verwaltung/tun/person-neu".into(),
        mail: true,
    };
    let nobody = TownPeople { search: "Zwetschge".into(), rows: vec![], ..people.clone() };
    let (frame, office) = around("Hauptsatzung", "/verwaltung/hauptsatzung", "");
    let rules = TownClauses {
        frame,
        office,
        majority: "Die Regelung ist mit der Mehrheit der Stimmen aller Mitglieder zu beschließen (§ 4 Abs. 2 GemO)."
            .into(),
        rows: clauses(),
        add: "/verwaltung/tun/regelung-neu".into(),
        local: local(),
        add_local: "/verwaltung/tun/ortsrecht-neu".into(),
    };
    let no_rules = TownClauses { rows: vec![], local: vec![], ..rules.clone() };
    let (frame, office) = around("Verlauf", "/verwaltung/verlauf", "");
    let course = TownHistory { frame, office, rows: history(30), older: Some("/verwaltung/verlauf?vor=31".into()) };
    vec![
        text("verwaltung-uebersicht", overview(true).render()),
        text("verwaltung-uebersicht-leer", overview(false).render()),
        text("verwaltung-gremium", body(60).render()),
        text("verwaltung-gremium-leer", body(0).render()),
        text("verwaltung-personen", people.render()),
        text("verwaltung-personen-niemand", nobody.render()),
        text("verwaltung-hauptsatzung", rules.render()),
        text("verwaltung-hauptsatzung-leer", no_rules.render()),
        text("verwaltung-verlauf", course.render()),
        text("verwaltung-form", form(false, false).render()),
        text("verwaltung-form-falsch", form(true, false).render()),
        text("verwaltung-form-konflikt", form(false, true).render()),
        text("verwaltung-form-entfernen", confirmation().render()),
    ]
}
