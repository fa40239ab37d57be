//! A council of sixty in its hall, one evening of thirty items and one of 394, before the real server.

use super::process::{Server, run};
use super::town_kit::visitor::Visitor;
use super::town_kit::{MEETING, Place, enrol};
use std::fmt::Write as _;
use std::path::Path;

/// Members with a vote, the mayor included.
pub const MEMBERS: usize = 60;
/// The longest agenda among 37 meetings of a real council.
pub const ITEMS: usize = 394;
pub const LONG_MEETING: &str = "gr-lang";
/// Twenty in the hall, the others not yet connected.
pub const HYBRID_MEETING: &str = "gr-hybrid";

pub struct Setup {
    place: Place,
    server: Server,
    pub url: String,
    /// In the order of their seats, the chair first.
    pub members: Vec<Visitor>,
    pub clerk: Visitor,
}

impl Setup {
    pub async fn start() -> Self {
        let place = Place::new();
        std::fs::write(place.folder.join("town.toml"), council()).unwrap();
        for (id, items) in [(MEETING, 30), (LONG_MEETING, ITEMS), (HYBRID_MEETING, 30)] {
            plan(&place, id, items);
        }
        let keys = {
            let house = place.house().await;
            enrol(&house).await
        };
        let server = Server::start(&place).await;
        let url = place.url();
        let mut members = Vec::new();
        for number in 0..MEMBERS {
            members.push(Visitor::sign_in(&url, &keys[&name(number)]).await);
        }
        let clerk = Visitor::sign_in(&url, &keys["schrift"]).await;
        for id in [MEETING, LONG_MEETING] {
            sit_down(&members[0], &clerk, id).await;
        }
        members[0].act(HYBRID_MEETING, "einberufen", &[("format", "hybrid")]).await.receipt();
        for number in 0..20 {
            clerk.act(HYBRID_MEETING, "saal_anwesend", &[("sitz", &format!("sitz-{number:02}"))]).await.receipt();
        }
        Self { place, server, url, members, clerk }
    }

    pub fn chair(&self) -> &Visitor {
        &self.members[0]
    }

    pub fn folder(&self) -> &Path {
        &self.place.folder
    }

    pub fn end(self) {
        self.server.kill();
    }
}

fn name(number: usize) -> String {
    format!("mitglied-{number:02}")
}

fn council() -> String {
    let mut town = "municipality = \"Musterstadt am Hang\"\nland = \"bw\"\n".to_owned();
    let mut person = |id: &str, name: &str| {
        writeln!(town, "[[people]]\nid = \"{id}\"\nname = \"{name}\"\nemail = \"{id}@example.org\"").unwrap();
    };
    for number in 0..MEMBERS {
        person(&name(number), &format!("Muster Mitglied {number:02}"));
    }
    person("schrift", "Paula Papier");
    writeln!(town, "[[bodies]]\nid = \"gemeinderat\"\nname = \"Gemeinderat\"\nstatutory_seats = {}", MEMBERS - 1)
        .unwrap();
    writeln!(town, "roles = [{{ person = \"schrift\", role = \"clerk\" }}]\nseats = [").unwrap();
    for number in 0..MEMBERS {
        let function = if number == 0 { "mayor" } else { "councillor" };
        let person = name(number);
        writeln!(town, "{{ id = \"sitz-{number:02}\", person = \"{person}\", function = \"{function}\" }},").unwrap();
    }
    let clause = |kind: &str| {
        format!(
            "[[bylaws]]\nkind = \"{kind}\"\nreference = \"§ 4a Hauptsatzung\"\ndecided_on = \"2025-10-14\"\n\
             in_force_from = \"2025-11-01\"\ncarried = {{ yes = 11, members = 13 }}\n"
        )
    };
    format!("{town}]\n{}", clause("hybrid_2025"))
}

fn plan(place: &Place, id: &str, items: usize) {
    let file = place.meeting_file(id);
    let text = std::fs::read_to_string(&file).unwrap();
    let mut text = text.split("[[agenda]]").next().unwrap().to_owned();
    for number in 1..=items {
        let title = "Sanierung des Brunnens auf dem Marktplatz und Neuordnung der Beleuchtung, Abschnitt";
        let motion = "Der Brunnen wird saniert; die Verwaltung wird beauftragt, die Arbeiten auszuschreiben.";
        writeln!(text, "[[agenda]]\nnumber = \"{number}\"\ntitle = \"{title} {number}\"\nmotion = \"{motion}\"")
            .unwrap();
    }
    std::fs::write(&file, text).unwrap();
    let planned = run(&["plan", "--config", place.config().to_str().unwrap(), file.to_str().unwrap()]);
    assert!(planned.status.success(), "{}", String::from_utf8_lossy(&planned.stderr));
}

/// Convened in the hall, everybody there, the first item called.
async fn sit_down(chair: &Visitor, clerk: &Visitor, id: &str) {
    chair.act(id, "einberufen", &[("format", "in_person")]).await.receipt();
    for number in 0..MEMBERS {
        clerk.act(id, "saal_anwesend", &[("sitz", &format!("sitz-{number:02}"))]).await.receipt();
    }
    chair.act(id, "eroeffnen", &[]).await.receipt();
    chair.act(id, "aufrufen", &[("punkt", "top-1")]).await.receipt();
}
