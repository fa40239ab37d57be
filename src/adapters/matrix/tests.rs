use super::*;
use crate::domain::majority::Outcome;
use crate::domain::meeting::event::{
    Disposal, ElectionMode, ElectionOutcome, ElectionRound, InterruptionCause, MotionKind,
};

const AT: Instant = Instant(1_795_546_800_000);

fn written(announcement: &Announcement) -> [Value; 2] {
    let events = RoomEvents.write(&"m-1".parse().unwrap(), announcement, AT);
    let events: Vec<Value> = events.iter().map(|event| serde_json::from_str(event).unwrap()).collect();
    events.try_into().unwrap()
}

fn every() -> Vec<(Announcement, &'static str, &'static str)> {
    let (number, title) = ("3".to_owned(), "Brunnen".to_owned());
    let item = || (number.clone(), title.clone());
    vec![
        (Announcement::Opened { title: item().1 }, "meeting.opened", "Die Sitzung ist eröffnet: Brunnen"),
        (
            Announcement::ItemCalled { number: item().0, title: item().1 },
            "item.called",
            "TOP 3 ist aufgerufen: Brunnen",
        ),
        (
            Announcement::BallotOpened {
                number: item().0,
                about: MotionKind::Amendment,
                wording: "Satz 2 entfällt.".into(),
            },
            "ballot.opened",
            "Abstimmung zu TOP 3 über einen Änderungsantrag: Satz 2 entfällt.",
        ),
        (
            Announcement::BallotVoided { number: item().0 },
            "ballot.voided",
            "Die Abstimmung zu TOP 3 ist verworfen; keine Stimme zählt.",
        ),
        (
            Announcement::Result {
                number: item().0,
                about: MotionKind::Main,
                wording: "Ausgaben < 5 & mehr".into(),
                outcome: Outcome::Adopted,
                yes: 9,
                no: 2,
                abstain: 1,
            },
            "result",
            "TOP 3 – angenommen (9 Ja, 2 Nein, 1 Enthaltung): Ausgaben < 5 & mehr",
        ),
        (
            Announcement::Interrupted { cause: InterruptionCause::Quorum },
            "meeting.interrupted",
            "Die Sitzung ist unterbrochen: fehlende Beschlussfähigkeit.",
        ),
        (Announcement::Resumed, "meeting.resumed", "Die Sitzung wird fortgesetzt."),
        (Announcement::Closed { title: item().1 }, "meeting.closed", "Die Sitzung ist geschlossen: Brunnen"),
        (Announcement::FloorGiven { name: "Carla Exempel".into() }, "floor.given", "Das Wort hat Carla Exempel."),
        (
            Announcement::ItemEnded { number: item().0, title: item().1, disposal: Disposal::Postponed },
            "item.ended",
            "TOP 3 ist vertagt: Brunnen",
        ),
        (
            Announcement::ItemMoved { number: item().0, title: item().1, before: Some("1".into()) },
            "item.moved",
            "TOP 3 wird vor TOP 1 behandelt: Brunnen",
        ),
        (
            Announcement::ItemMoved { number: item().0, title: item().1, before: None },
            "item.moved",
            "TOP 3 wird später behandelt: Brunnen",
        ),
        (
            Announcement::ItemAdded { number: item().0, title: item().1 },
            "item.added",
            "Die Tagesordnung ist ergänzt um TOP 3: Brunnen",
        ),
        (
            Announcement::ItemReopened { number: item().0, title: item().1 },
            "item.reopened",
            "TOP 3 wird wieder aufgenommen: Brunnen",
        ),
        (
            Announcement::ElectionOpened {
                number: item().0,
                which: ElectionRound::First,
                mode: ElectionMode::Papers,
                candidates: vec!["Anna Muster".into(), "Bert Muster".into()],
            },
            "election.opened",
            "Wahl zu TOP 3, geheim mit Stimmzetteln im Saal: Anna Muster, Bert Muster",
        ),
        (
            Announcement::ElectionObjected { number: item().0 },
            "election.objected",
            "Der offenen Wahl zu TOP 3 wurde widersprochen: Es wird geheim mit Stimmzetteln gewählt.",
        ),
        (
            Announcement::ElectionResult {
                number: item().0,
                votes: vec![("Anna Muster".into(), 9)],
                no: 4,
                blank: 1,
                invalid: 1,
                outcome: ElectionOutcome::Elected { candidate: "Anna Muster".parse().unwrap() },
            },
            "election.result",
            "TOP 3 – gewählt ist Anna Muster (Anna Muster 9, Nein 4, Enthaltungen 1, ungültig 1)",
        ),
        (
            Announcement::LotDrawn { number: item().0, drawn: vec!["Anna Muster".into()] },
            "election.lot",
            "TOP 3 – Losentscheid: gezogen ist Anna Muster",
        ),
        (
            Announcement::ResultStruck { number: item().0, wording: "Der Brunnen wird saniert.".into() },
            "result.struck",
            "Das Ergebnis zu TOP 3 gilt nicht; es wird neu abgestimmt: Der Brunnen wird saniert.",
        ),
        (
            Announcement::DecidedInstead {
                number: item().0,
                by: "Berta Blumenfeld".into(),
                wording: "Der Platz wird gekauft.".into(),
            },
            "mayor.decided",
            "TOP 3, entschieden an Stelle des Gemeinderats von Berta Blumenfeld: Der Platz wird gekauft.",
        ),
        (
            Announcement::NotQuorate { number: Some(item().0) },
            "quorum.lacking",
            "Zu TOP 3 ist das Gremium nicht beschlussfähig.",
        ),
        (
            Announcement::ElectionVoided { number: item().0 },
            "election.voided",
            "Der Wahlgang zu TOP 3 ist verworfen; kein Stimmzettel zählt.",
        ),
        (
            Announcement::ElectionStruck { number: item().0 },
            "election.struck",
            "Das Wahlergebnis zu TOP 3 gilt nicht; es wird neu gewählt.",
        ),
        (
            Announcement::PublicExcluded,
            "public.excluded",
            "Die Öffentlichkeit ist ausgeschlossen. Es folgt der nichtöffentliche Teil.",
        ),
        (Announcement::PublicReadmitted, "public.readmitted", "Die Sitzung ist wieder öffentlich."),
        (
            Announcement::DecisionAnnounced {
                number: "9".into(),
                wording: "Das Grundstück wird verkauft.".into(),
                outcome: Outcome::Adopted,
            },
            "decision.announced",
            "Bekanntgabe aus dem nichtöffentlichen Teil, TOP 9, angenommen: Das Grundstück wird verkauft.",
        ),
    ]
}

#[test]
fn every_announcement_is_typed_for_machines_and_a_message_that_stands_alone() {
    for (announcement, kind, sentence) in every() {
        let [typed, message] = written(&announcement);
        let kind = format!("{NAMESPACE}.{kind}");
        assert_eq!(typed["type"], kind);
        assert!(typed["content"].is_object() && typed["content"]["body"].is_null());
        assert_eq!(message["type"], "m.room.message");
        let content = &message["content"];
        assert_eq!(content["msgtype"], "m.notice");
        assert_eq!(content["body"], sentence);
        assert_eq!(content[format!("{NAMESPACE}.twin_of")], kind);
        assert!(content["formatted_body"].as_str().unwrap().contains("<strong>"), "{content}");
        for event in [typed, message] {
            assert_eq!(event["origin_server_ts"], AT.0);
        }
    }
}

#[test]
fn a_result_is_whole_numbers_for_machines_and_escaped_in_html() {
    let (result, ..) = every().into_iter().find(|(_, kind, _)| *kind == "result").unwrap();
    let [typed, message] = written(&result);
    assert_eq!(typed["content"]["yes"], 9);
    assert_eq!(typed["content"]["outcome"], "adopted");
    assert!(message["content"]["formatted_body"].as_str().unwrap().contains("Ausgaben &lt; 5 &amp; mehr"));
}

#[test]
fn what_was_written_reads_back_as_a_line_and_only_messages_do() {
    let meeting = "m-1".parse().unwrap();
    let events = RoomEvents.write(&meeting, &Announcement::Resumed, AT);
    assert_eq!(RoomEvents.line(&events[0], Instant(0)), None);
    let line = RoomEvents.line(&events[1], Instant(0)).unwrap();
    assert_eq!((line.at, line.author, line.text.as_str()), (AT, None, "Die Sitzung wird fortgesetzt."));
    let author = Some(Author { person: "anna".parse().unwrap(), name: "Anna <b>".into() });
    let said = Line { at: AT, author, text: "Eine **Frage** <i>".into() };
    let event = RoomEvents.said(&meeting, &said);
    assert!(!event.contains("formatted_body"), "plain text only: {event}");
    assert_eq!(RoomEvents.line(&event, Instant(0)), Some(said));
}

#[test]
fn an_event_of_the_first_release_has_the_time_it_was_told_and_rubbish_is_no_line() {
    let old = r#"{"type":"m.room.message","meeting":"m-1","content":{"msgtype":"m.notice","body":"Alt"}}"#;
    assert_eq!(RoomEvents.line(old, AT).unwrap().at, AT);
    for odd in
        ["", "[]", "{}", r#"{"type":"m.room.message","content":{"msgtype":"m.image","body":"x","url":"mxc://a/b"}}"#]
    {
        assert_eq!(RoomEvents.line(odd, AT), None, "{odd}");
    }
}
