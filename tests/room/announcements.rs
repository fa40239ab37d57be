//! What the meeting tells: every act that matters, to everybody, once, newest first.

use super::town_kit::server::{CHAIR, CLERK, REMOTE, Running, seat};
use super::town_kit::{MEETING, until};
use super::{part, place, public};

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_hears_what_happens_newest_first_and_on_the_live_line() {
    let running = Running::start(&[]).await;
    let (url, council) = (running.place.url(), &running.council);
    let chair = council.chair();
    let act = async |verb: &str, fields: &[(&str, &str)]| {
        chair.act(MEETING, verb, fields).await.receipt();
    };
    let spectator = reqwest::get(format!("{url}/oeffentlich/{MEETING}/live")).await.unwrap();
    act("wort_erteilen", &[("sitz", &seat(REMOTE[0]))]).await;
    act("rede_beenden", &[]).await;
    act("punkt_ergaenzen", &[("nummer", "3"), ("titel", "Sturmschaden"), ("begruendung", "Das Dach ist offen.")]).await;
    council.open_ballot("b-1").await;
    act("unterbrechen", &[("grund", "vorsitz")]).await;
    act("fortsetzen", &[("abstimmung_geht_weiter", "nein")]).await;
    council.open_ballot("b-2").await;
    for member in super::town_kit::server::MEMBERS {
        let fields = [("abstimmung", "b-2"), ("wahl", "ja")];
        council.of(member).act(MEETING, "stimme", &fields).await.receipt();
    }
    council.close_ballot("b-2").await;
    act("punkt_streichen", &[("punkt", "top-2"), ("ergebnis", "abgesetzt")]).await;
    until("the last announcement", || async { public(&url).await.contains("abgesetzt") }).await;
    let told = [
        "TOP 2 ist abgesetzt: Linde",
        "TOP 1 – angenommen (13 Ja, 0 Nein, 0 Enthaltungen): Der Brunnen wird saniert.",
        "Die Sitzung wird fortgesetzt.",
        "Die Sitzung ist unterbrochen: Entscheidung des Vorsitzes.",
        "Abstimmung zu TOP 1: Der Brunnen wird saniert.",
        "Die Tagesordnung ist ergänzt um TOP 3: Sturmschaden",
        "Das Wort hat ",
        "TOP 1 ist aufgerufen: Brunnen",
        "Die Sitzung ist eröffnet: Sitzung gr-7",
    ];
    for (who, path) in [
        (council.of("quittenhof"), format!("/oeffentlich/{MEETING}")),
        (council.of(CHAIR), format!("/sitzung/{MEETING}/leitstand")),
        (council.of(REMOTE[0]), format!("/sitzung/{MEETING}/platz")),
        (council.of(CLERK), format!("/sitzung/{MEETING}/schriftfuehrung")),
    ] {
        let page = who.get(&path).await.text;
        let room = part(&page);
        let mut before = 0;
        for sentence in told {
            let here = before + place(&room[before..], sentence);
            before = here;
        }
        assert_eq!(room.matches("TOP 1 – angenommen").count(), 1, "told once");
        assert!(!page.contains("data-part=\"chat\"") && !page.contains("Chat"), "no trace of a chat: {path}");
    }
    let hall = council.of("saalgeraet").get(&format!("/sitzung/{MEETING}/saal")).await.text;
    assert!(!hall.contains("data-part=\"room\""));
    hears(spectator, "TOP 2 ist abgesetzt").await;
    running.shut().await;
}

/// Reads a spectator's line until the room's part on it says this.
async fn hears(mut line: reqwest::Response, what: &str) {
    let heard = async {
        let mut text = String::new();
        while !text.contains(what) {
            text.push_str(&String::from_utf8_lossy(&line.chunk().await.unwrap().expect("the line goes on")));
        }
        text
    };
    let text = tokio::time::timeout(std::time::Duration::from_secs(20), heard).await.expect("in time");
    let rooms = text.matches("\"room\":\"").count();
    let messages = text.matches("\"seq\":").count();
    assert!(rooms > 1 && rooms < messages, "the room only where it changed: {rooms} of {messages}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_chat_in_the_geschaeftsordnung_there_is_none() {
    let running = Running::start(&[]).await;
    for person in [CHAIR, "apfelkern", CLERK, "quittenhof"] {
        for fields in [
            [("tun", "chat_oeffnen"), ("kennung", "k-1"), ("text", "")],
            [("tun", "chat_schreiben"), ("kennung", "k-2"), ("text", "Hallo")],
        ] {
            let visitor = running.council.of(person);
            let request = visitor.post(&format!("/sitzung/{MEETING}/raum")).header("accept", "application/json");
            let told = visitor.send(request.form(&fields)).await.unwrap();
            told.refused(403, "Die Geschäftsordnung sieht ihn nicht vor");
            assert_eq!(told.code(), "no_chat");
        }
    }
    running.shut().await;
}

mod pure {
    use crate::meeting_kit::{Stage, add_item, chair, clerk, planned, seat};
    use ratssaal::app::record::law_to_pin;
    use ratssaal::domain::law::format::MeetingFormat;
    use ratssaal::domain::meeting::effect::Announcement;
    use ratssaal::domain::meeting::event::{Disposal, Event, FloorGiven, ItemCalled, ItemDropped, ItemMoved, Speaker};
    use ratssaal::domain::meeting::{Business, Command, Effect, Meeting, Phase, react};
    use ratssaal::domain::time::Instant;

    fn told(meeting: &Meeting, event: &Event) -> Vec<Announcement> {
        let announcement = |effect| match effect {
            Effect::Announce(announcement) => Some(announcement),
            _ => None,
        };
        react(meeting, event).into_iter().filter_map(announcement).collect()
    }

    /// A meeting in person that sits, with two public items.
    fn opened() -> Stage {
        let mut plan = planned(13);
        add_item(&mut plan, "1", "Brunnen", true);
        add_item(&mut plan, "2", "Linde", true);
        let mut stage = Stage::plan(&plan, Instant(0)).unwrap();
        let law = law_to_pin("bw").unwrap();
        let format = MeetingFormat::InPerson;
        let convene = Command::Convene {
            format,
            ground: None,
            reason: None,
            public_room: None,
            law,
            summons: ratssaal::domain::meeting::command::Summons::default(),
        };
        stage.act(&chair(), &convene).unwrap();
        for number in 0..13 {
            stage.act(&clerk(), &Command::AttestRoom { seat: seat(number), present: true }).unwrap();
        }
        stage.act(&chair(), &Command::Open).unwrap();
        stage
    }

    /// Every announcement of an act at an item is one of a public item: the same acts are silent at a non-public one.
    #[test]
    fn what_happens_at_a_non_public_item_is_not_told() {
        let mut meeting = opened().meeting;
        let item = meeting.items[0].id.clone();
        let other = meeting.items[1].id.clone();
        let Phase::Sitting { business, .. } = &mut meeting.phase else { panic!("it sits") };
        *business = Business::Item(item.clone());
        let speaker = meeting.chair.clone();
        let events = [
            Event::ItemCalled(ItemCalled { item: item.clone() }),
            Event::FloorGiven(FloorGiven { to: Speaker::Member { seat: speaker } }),
            Event::FloorGiven(FloorGiven { to: Speaker::Guest { name: "Gerda Gast".parse().unwrap() } }),
            Event::ItemDropped(ItemDropped { item: item.clone(), disposal: Disposal::Postponed }),
            Event::ItemMoved(ItemMoved { item: item.clone(), before: None }),
        ];
        for event in &events {
            assert_eq!(told(&meeting, event).len(), 1, "{event:?}");
        }
        let before = Event::ItemMoved(ItemMoved { item: other, before: Some(item.clone()) });
        let [Announcement::ItemMoved { before: Some(_), .. }] = &told(&meeting, &before)[..] else {
            panic!("both are public")
        };
        let closed = meeting.items.iter_mut().find(|candidate| candidate.id == item).unwrap();
        closed.public = false;
        for event in &events {
            assert_eq!(told(&meeting, event), [], "{event:?}");
        }
        let [Announcement::ItemMoved { before: None, .. }] = &told(&meeting, &before)[..] else {
            panic!("the other one is not named")
        };
    }
}
