//! `ratssaal import oparl`, as an administrator runs it: invented files of the shapes that real systems send, and the real
//! ones of a city where they are at hand (`../shared`); elsewhere it says so, and under `CI=true` they must be.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says what is wrong by failing"
)]

mod shared_kit;

use ratssaal::config::{self, Config};
use ratssaal::domain::meeting::Meeting;
use ratssaal::wire;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const COUNCIL: &str = "https://oparl.example.org/organizations/1";
const CONFIG: &str = r#"
[server]
listen = "127.0.0.1:8700"
public_url = "http://127.0.0.1:8700"
[database]
sqlite = "ratssaal.db"
[media]
bind = "127.0.0.1"
announced = "127.0.0.1"
port = 8701
[town]
file = "gemeinde.toml"
[data]
directory = "."
"#;

/// A folder with a town whose bodies are known under these identifiers.
struct Office(PathBuf);

impl Drop for Office {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Office {
    fn open(name: &str, organizations: &[String]) -> Self {
        let folder = std::env::temp_dir().join(format!("ratssaal-import-{}-{name}", std::process::id()));
        std::fs::create_dir_all(folder.join("oparl")).unwrap();
        let mut town = "municipality = \"Erfundenhausen\"\nland = \"bw\"\n".to_owned();
        for person in ["vorlage", "regenbogen"] {
            writeln!(town, "[[people]]\nid = \"{person}\"\nname = \"{person}\"\nemail = \"{person}@example.org\"")
                .unwrap();
        }
        for (number, organization) in organizations.iter().enumerate() {
            writeln!(
                town,
                "[[bodies]]\nid = \"gremium-{number}\"\nname = \"Gremium {number}\"\noparl = \"{organization}\"\n\
                 statutory_seats = 1\nseats = [\n\
                 {{ id = \"s-{number}-0\", person = \"vorlage\", function = \"mayor\" }},\n\
                 {{ id = \"s-{number}-1\", person = \"regenbogen\", function = \"councillor\" }},\n]"
            )
            .unwrap();
        }
        std::fs::write(folder.join("gemeinde.toml"), town).unwrap();
        std::fs::write(folder.join("ratssaal.toml"), CONFIG).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.0.join("oparl").join(name), text).unwrap();
    }

    /// Runs the command on a folder; whether it ended well, and what it said.
    fn import(&self, folder: &Path) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ratssaal"));
        for ours in ["RATSSAAL_KILLS", "RATSSAAL_SEED", "RATSSAAL_SEEDS"] {
            command.env_remove(ours);
        }
        let done = command
            .args(["import", "oparl", "--config"])
            .args([self.0.join("ratssaal.toml"), folder.to_owned()])
            .output()
            .unwrap();
        let said = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (done.status.success(), said)
    }

    async fn meetings(&self) -> Vec<Meeting> {
        let config = Config::from_parts(&self.0.join("ratssaal.toml"), []).unwrap();
        let house = wire::office(&config, config::read_town(&config.town).unwrap()).await.unwrap();
        let mut meetings = Vec::new();
        for id in house.state.sittings.list().await.unwrap() {
            meetings.push(house.state.sittings.get(&id).await.unwrap().snapshot().meeting.clone());
        }
        house.state.sittings.stop().await;
        meetings
    }
}

fn item(order: usize, number: &str, name: &str) -> Value {
    json!({
        "id": format!("https://oparl.example.org/agendaitems/{order}"),
        "type": "https://schema.oparl.org/1.1/AgendaItem",
        "order": order, "number": number, "name": name, "public": true,
        "created": "2026-11-01T08:00:00+01:00", "modified": "2026-11-01T08:00:00+01:00",
    })
}

fn meeting(key: &str, organization: &str, items: &[Value]) -> Value {
    json!({
        "id": format!("https://oparl.example.org/meetings/{key}"),
        "type": "https://schema.oparl.org/1.1/Meeting",
        "name": format!("Sitzung {key} (öffentlich/nicht öffentlich)"),
        "start": "2026-11-26T18:00:00+01:00",
        "location": {
            "id": "https://oparl.example.org/locations/1", "type": "https://schema.oparl.org/1.1/Location",
            "description": "Dorfsaal", "created": "2026-11-01T08:00:00+01:00", "modified": "2026-11-01T08:00:00+01:00",
        },
        "organization": [organization],
        "agendaItem": items,
        "created": "2026-11-01T08:00:00+01:00", "modified": "2026-11-01T08:00:00+01:00",
    })
}

/// Thirty-three items, the fifth with five below it, as evenings are.
fn evening() -> Vec<Value> {
    let mut numbers: Vec<String> = (1..=5).map(|number| number.to_string()).collect();
    numbers.extend((1..=5).map(|number| format!("5.{number}")));
    numbers.extend((6..=28).map(|number| number.to_string()));
    let items = numbers.iter().enumerate();
    items.map(|(order, number)| item(order + 1, number, &format!("Angelegenheit {number}"))).collect()
}

#[tokio::test]
async fn what_another_system_sends_is_planned_once_and_the_report_says_what_became_of_it() {
    let office = Office::open("erfunden", &[COUNCIL.to_owned()]);
    let folder = office.0.join("oparl");
    office.file("01.json", &meeting("77", COUNCIL, &evening()).to_string());
    office.file("02.json", &meeting("78", COUNCIL, &[]).to_string());
    let many: Vec<Value> = (1..=394)
        .map(|order| {
            let number = ["", "9", "9.9", "9.9.9", "A\n1", "1.", "..", "123456789.123456789.1234"][order % 8];
            item(order, number, &"ä".repeat(if order == 7 { 700 } else { 250 }))
        })
        .collect();
    office.file("03.json", &meeting("79", COUNCIL, &many).to_string());
    office.file("04.json", &meeting("80", "https://oparl.example.org/organizations/2", &evening()).to_string());
    office.file("05.json", "{ kein JSON");
    let mut cancelled = meeting("81", COUNCIL, &evening());
    cancelled["cancelled"] = json!(true);
    office.file("06.json", &cancelled.to_string());
    let mut odd = meeting("Größe 82", COUNCIL, &[item(1, "1", "Brunnen\u{1}")]);
    odd["location"] = Value::Null;
    odd["agendaItem"][0]["public"] = Value::Null;
    office.file("07.json", &odd.to_string());
    odd["id"] = json!("https://oparl.example.org/meetings/82/");
    office.file("08.json", &json!({"data": [odd]}).to_string());

    let (well, said) = office.import(&folder);
    assert!(!well, "one file could not be read");
    for told in [
        "geplant: oparl-77, 33 Punkte",
        "geplant: oparl-78, 0 Punkte",
        "geplant: oparl-79, 394 Punkte",
        "Punkt 8 hat die Nummer „“ und heißt hier „–“",
        "Punkt 12 hat die Nummer „A1“ und heißt hier „–“",
        "Titel von Punkt 7 ist gekürzt",
        "kein Gremium der Gemeinde („oparl“ in der Gemeindedatei): https://oparl.example.org/organizations/2",
        "unlesbar: Das ist kein JSON",
        "abgesagt oder gelöscht",
        "keine gültige Kennung",
        "Ort fehlt; hier steht „Ort nicht angegeben“",
        "Punkt 1 sagt nicht, ob er öffentlich ist, und gilt als nichtöffentlich",
        "4 geplant, 0 waren es schon, 0 sind anders geplant, 3 nicht übernommen, 0 abgelehnt; 428 Punkte",
    ] {
        assert!(said.contains(told), "„{told}“ is missing in\n{said}");
    }
    let meetings = office.meetings().await;
    assert_eq!(meetings.len(), 4);
    let evening = meetings.iter().find(|meeting| meeting.id.as_str() == "oparl-77").unwrap();
    let numbers: Vec<&str> = evening.items.iter().map(|item| item.number.as_str()).collect();
    assert_eq!(numbers[4..11], ["5", "5.1", "5.2", "5.3", "5.4", "5.5", "6"]);
    assert_eq!((evening.place.as_str(), evening.day.to_string().as_str()), ("Dorfsaal", "2026-11-26"));
    let closed = meetings.iter().find(|meeting| meeting.id.as_str() == "oparl-82").unwrap();
    assert!(!closed.items[0].public, "what does not say that it is public is not");

    // Once more: nothing changes, and what is different there is told.
    let mut moved = meeting("77", COUNCIL, &evening_without_the_last());
    moved["name"] = json!("Sitzung 77, verschoben");
    office.file("01.json", &moved.to_string());
    std::fs::remove_file(folder.join("05.json")).unwrap();
    let (well, said) = office.import(&folder);
    assert!(well, "{said}");
    assert!(said.contains("ist schon anders geplant und bleibt, wie sie ist: oparl-77"), "{said}");
    assert!(said.contains("0 geplant, 3 waren es schon, 1 sind anders geplant, 3 nicht übernommen"), "{said}");
    assert_eq!(office.meetings().await, meetings);
}

fn evening_without_the_last() -> Vec<Value> {
    let mut items = evening();
    items.pop();
    items
}

#[test]
fn paths_that_lead_nowhere_are_told_so() {
    let office = Office::open("leer", &[COUNCIL.to_owned()]);
    let (well, said) = office.import(&office.0.join("gibt-es-nicht.json"));
    assert!(!well && said.contains("gibt-es-nicht.json"), "{said}");
    let (well, said) = office.import(&office.0.join("oparl"));
    assert!(well && said.contains("0 geplant"), "{said}");
}

/// On a terminal one sees how far it has come; a file or another program gets the lines alone.
#[test]
fn a_bar_runs_on_a_terminal_and_nowhere_else() {
    let office = Office::open("balken", &[COUNCIL.to_owned()]);
    for number in 1..=3 {
        office.file(&format!("{number}.json"), &json!({"type": "unbekannt"}).to_string());
    }
    let (_, said) = office.import(&office.0.join("oparl"));
    assert!(said.contains("3/3 ") && !said.contains("Dateien") && !said.contains('\u{1b}'), "{said:?}");
    let command = format!(
        "{} import oparl --config {} {}",
        env!("CARGO_BIN_EXE_ratssaal"),
        office.0.join("ratssaal.toml").display(),
        office.0.join("oparl").display()
    );
    // script(1), of bsdutils, gives it a terminal.
    let script = ["-qec", &command, "/dev/null"];
    let done = Command::new("script").env("TERM", "xterm").args(script).output().expect("script(1)");
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains("Dateien") && said.contains('\u{1b}') && said.contains("0 geplant"), "{said:?}");
}

/// Thirty-seven meetings of a real city: all of them, all their items, twice.
#[tokio::test]
async fn a_real_citys_meetings_are_all_planned() {
    let Some(city) = shared_kit::data("karlsruhe/meetings") else { return };
    let mut organizations = BTreeSet::new();
    let (mut files, mut items) = (0, 0);
    for file in std::fs::read_dir(&city).unwrap().flatten() {
        let meeting: Value = serde_json::from_slice(&std::fs::read(file.path()).unwrap()).unwrap();
        organizations.insert(meeting["organization"][0].as_str().unwrap().to_owned());
        files += 1;
        items += meeting["agendaItem"].as_array().map_or(0, Vec::len);
    }
    let office = Office::open("stadt", &organizations.into_iter().collect::<Vec<_>>());
    let (well, said) = office.import(&city);
    let all = format!(
        "{files} geplant, 0 waren es schon, 0 sind anders geplant, 0 nicht übernommen, 0 abgelehnt; {items} Punkte"
    );
    assert!(well && said.contains(&all), "{all} is missing in\n{said}");
    let (well, said) = office.import(&city);
    assert!(well && said.contains(&format!("0 geplant, {files} waren es schon, 0 sind anders geplant")), "{said}");
    let meetings = office.meetings().await;
    let most = meetings.iter().map(|meeting| meeting.items.len()).max();
    assert_eq!((meetings.len(), most), (files, Some(394)));
    let council = meetings.iter().find(|meeting| meeting.id.as_str() == "oparl-10044").unwrap();
    let below: Vec<&str> =
        council.items.iter().map(|item| item.number.as_str()).filter(|number| number.starts_with("5.")).collect();
    assert_eq!(below, ["5.1", "5.2", "5.3", "5.4", "5.5"]);
}
