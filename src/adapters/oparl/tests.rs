use super::{FILE_BYTES_MAX, ForeignItem, ForeignMeeting, read};
use crate::domain::time::Instant;
use serde_json::{Value, json};

fn meeting() -> Value {
    json!({
        "id": "https://oparl.example.org/meetings/77",
        "type": "https://schema.oparl.org/1.1/Meeting",
        "name": "Gemeinderat",
        "start": "2026-11-26T18:00:00+01:00",
        "organization": ["https://oparl.example.org/organizations/1"],
        "created": "2026-11-01T08:00:00+01:00",
        "modified": "2026-11-01T08:00:00+01:00",
        "agendaItem": [
            item(2, "2", "Spielplatz"),
            item(1, "1", "Brücke"),
        ],
    })
}

fn item(order: u32, number: &str, name: &str) -> Value {
    json!({
        "id": format!("https://oparl.example.org/agendaitems/{order}"),
        "type": "https://schema.oparl.org/1.1/AgendaItem",
        "order": order, "number": number, "name": name, "public": true,
        "created": "2026-11-01T08:00:00+01:00",
        "modified": "2026-11-01T08:00:00+01:00",
    })
}

fn read_one(value: &Value) -> ForeignMeeting {
    let mut meetings = read(value.to_string().as_bytes()).unwrap();
    assert_eq!(meetings.len(), 1);
    meetings.remove(0)
}

#[test]
fn a_sound_meeting_is_read_in_the_order_of_its_agenda_and_nothing_is_mended() {
    let read = read_one(&meeting());
    assert_eq!((read.key.as_str(), read.mended.as_slice()), ("77", [].as_slice()));
    assert_eq!(read.start, Some(Instant(1_795_712_400_000)));
    let titles: Vec<_> = read.items.iter().map(|item| item.title.as_deref().unwrap_or_default()).collect();
    assert_eq!(titles, ["Brücke", "Spielplatz"]);
}

/// One thing a vendor gets wrong.
fn broken(change: impl FnOnce(&mut Value)) -> ForeignMeeting {
    let mut value = meeting();
    change(&mut value);
    read_one(&value)
}

#[test]
fn what_vendors_get_wrong_is_mended_and_told() {
    type Change = fn(&mut Value);
    let all: [(&str, Change); 10] = [
        ("ohne Typ", |meeting| drop(meeting["agendaItem"][0].as_object_mut().unwrap().remove("type"))),
        ("eine Liste hingehört", |meeting| meeting["organization"] = meeting["organization"][0].clone()),
        ("Orten", |meeting| meeting["location"] = json!([{"description": "Saal"}, {"description": "Aula"}])),
        ("verlinkt", |meeting| meeting["location"] = json!("https://oparl.example.org/locations/1")),
        ("verlinkt", |meeting| meeting["agendaItem"][1] = json!("https://oparl.example.org/agendaitems/9")),
        ("anderer Schreibweise", |meeting| meeting["start"] = json!("2026-11-26T18:00:00")),
        ("anderer Schreibweise", |meeting| meeting["start"] = json!("2026-11-26T17:00:00Z")),
        ("unlesbar und weggelassen", |meeting| meeting["end"] = json!("gegen acht")),
        ("Reihenfolge", |meeting| drop(meeting["agendaItem"][0].as_object_mut().unwrap().remove("order"))),
        ("Anhänge", |meeting| meeting["invitation"] = json!({"name": "Einladung ohne Adresse"})),
    ];
    for (told, change) in all {
        let read = broken(change);
        assert!(read.mended.iter().any(|mended| mended.contains(told)), "{told}: {:?}", read.mended);
        assert_eq!(read.start, Some(Instant(1_795_712_400_000)), "{told}");
        assert_eq!(read.organizations, ["https://oparl.example.org/organizations/1"], "{told}");
        assert!(!read.items.is_empty(), "{told}");
    }
    assert_eq!(broken(all[2].1).place.as_deref(), Some("Saal"));
}

#[test]
fn blank_texts_nulls_and_numbers_for_texts_are_what_they_mean() {
    let read = broken(|meeting| {
        meeting["name"] = json!("  ");
        meeting["meetingState"] = Value::Null;
        meeting["agendaItem"] = json!([item(1, "", "Brücke"), item(2, "2", "")]);
        meeting["agendaItem"][1]["number"] = json!(7);
        meeting["agendaItem"][1]["public"] = json!("false");
        meeting["agendaItem"][1]["result"] = json!("vertagt");
    });
    assert_eq!(read.name, None);
    assert_eq!(
        read.items[0],
        ForeignItem { number: None, title: Some("Brücke".into()), public: Some(true), result: None }
    );
    assert_eq!(
        read.items[1],
        ForeignItem { number: Some("7".into()), title: None, public: Some(false), result: Some("vertagt".into()) }
    );
}

#[test]
fn raw_control_characters_byte_order_marks_and_broken_letters_do_not_lose_a_meeting() {
    let text = meeting().to_string().replace("Brücke", "Brücke\u{b} am\u{1}Bach");
    let found = read(format!("\u{feff}{text}").as_bytes()).unwrap().remove(0);
    assert_eq!(found.items[0].title.as_deref(), Some("Brücke  am Bach"));
    let mut bytes = meeting().to_string().into_bytes();
    let at = bytes.windows(4).position(|four| four == b"ielp").unwrap();
    bytes[at] = 0xff;
    assert!(read(&bytes).unwrap()[0].mended[0].contains("UTF-8"));
}

#[test]
fn lists_and_pages_are_read_and_what_is_no_meeting_is_left_out() {
    let organization = json!({"id": "https://x.example.org/o/1", "type": "https://schema.oparl.org/1.1/Organization"});
    let many = |value: Value| read(value.to_string().as_bytes()).map(|meetings| meetings.len());
    assert_eq!(many(json!([meeting(), organization, meeting()])), Ok(2));
    assert_eq!(many(json!({"data": [meeting()], "pagination": {}, "links": {}})), Ok(1));
    for nothing in [organization, json!([]), json!({}), json!(7), json!("x"), json!({"data": 7})] {
        assert!(many(nothing.clone()).is_err(), "{nothing}");
    }
}

#[test]
fn garbage_is_an_error_and_never_more() {
    for garbage in ["", "{", "[[[[", "null", "{\"start\":1}", "{\"agendaItem\":{}}", "\u{0}\u{0}"] {
        assert!(read(garbage.as_bytes()).is_err(), "{garbage:?}");
    }
    assert!(read("[".repeat(100_000).as_bytes()).is_err());
    assert!(read(&vec![b' '; FILE_BYTES_MAX + 1]).is_err());
    let text = meeting().to_string();
    for end in 0..text.len() {
        let _ = read(&text.as_bytes()[..end]);
    }
}
