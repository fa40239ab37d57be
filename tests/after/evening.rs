//! A council in its hall, before a real server: three public items, one that is not.

use super::town_kit::server::{CHAIR, CLERK, MEMBERS, seat};
use super::town_kit::visitor::Visitor;
use super::town_kit::{Keys, Place, enrol};
use axum::Router;
use ratssaal::app::planning::{MeetingDraft, plan_from};
use ratssaal::config::{Config, read_town};
use std::collections::BTreeMap;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub const MEETING: &str = "gr-9";
/// The second clerk.
pub const DEPUTY: &str = "obstwiese";
/// Stands in the title of the non-public item, and nowhere else.
pub const CLOSED_TITLE: &str = "Markergrundstueck";

pub struct Evening {
    pub place: Place,
    keys: Keys,
    people: BTreeMap<&'static str, Visitor>,
    stop: CancellationToken,
    served: JoinHandle<()>,
}

impl Evening {
    /// Planned, and everybody who is needed signed in.
    pub async fn planned() -> Self {
        let place = Place::new();
        let file = place.folder.join("town.toml");
        let clerk = "{ person = \"nusszweig\", role = \"clerk\" },";
        let both = format!("{clerk}\n    {{ person = \"{DEPUTY}\", role = \"clerk\" }},");
        let body = "id = \"gemeinderat\"\n";
        let time = format!("{body}speaking_minutes = 5\nspeaking_reference = \"§ 14 Abs. 3 Geschäftsordnung\"\n");
        let town = std::fs::read_to_string(&file).unwrap().replacen(clerk, &both, 1).replacen(body, &time, 1);
        std::fs::write(&file, town).unwrap();
        let house = place.house().await;
        let draft: MeetingDraft = toml::from_str(&format!(
            "id = \"{MEETING}\"\nbody = \"gemeinderat\"\ntitle = \"9. Sitzung\"\nplace = \"Ratssaal\"\n\
             day = \"2026-11-26\"\nstarts_at = 1795712400000\nsummoned_on = \"2026-11-12\"\n\
             [[agenda]]\nnumber = \"1\"\ntitle = \"Brunnen\"\nmotion = \"Der Brunnen wird saniert.\"\n\
             [[agenda]]\nnumber = \"2\"\ntitle = \"Linde\"\n\
             [[agenda]]\nnumber = \"3\"\ntitle = \"{CLOSED_TITLE}\"\nmotion = \"Kauf des {CLOSED_TITLE}s\"\npublic = false\n\
             [[agenda]]\nnumber = \"4\"\ntitle = \"Verschiedenes\"\n"
        ))
        .unwrap();
        let plan = plan_from(&draft, &house.state.people.accounts.town()).unwrap();
        house.state.sittings.plan(&draft.id, &plan).await.unwrap();
        let keys = enrol(&house).await;
        let (stop, served) = serve(&place, house).await;
        let mut people = BTreeMap::new();
        for name in [CHAIR, CLERK, DEPUTY, "apfelkern", "birnbaum"] {
            people.insert(name, Visitor::sign_in(&place.url(), &keys[name]).await);
        }
        Self { place, keys, people, stop, served }
    }

    /// The first item decided by a show of hands, the second not called.
    pub async fn sitting() -> Self {
        let evening = Self::planned().await;
        evening.does(CHAIR, "einberufen", &[("format", "in_person")]).await;
        for member in &MEMBERS[..12] {
            evening.does(CLERK, "saal_anwesend", &[("sitz", &seat(member))]).await;
        }
        evening.does(CHAIR, "eroeffnen", &[]).await;
        evening.does(CHAIR, "aufrufen", &[("punkt", "top-1")]).await;
        let ballot = ("abstimmung", "b-1");
        let wording = ("wortlaut", "Der Brunnen wird saniert.");
        evening.does(CHAIR, "abstimmung_oeffnen", &[ballot, ("art", "handzeichen"), wording]).await;
        let hands = [ballot, ("stimmberechtigte", "12"), ("gegenstimmen", "2"), ("enthaltungen", "1")];
        evening.does(CLERK, "saal_zaehlung", &hands).await;
        evening.does(CHAIR, "abstimmung_schliessen", &[ballot]).await;
        evening.does(CHAIR, "ergebnis", &[ballot]).await;
        evening.does(CHAIR, "punkt_abschliessen", &[("ergebnis", "entschieden")]).await;
        evening
    }

    pub async fn closed() -> Self {
        let evening = Self::sitting().await;
        evening.does(CHAIR, "schliessen", &[]).await;
        evening
    }

    pub fn of(&self, name: &str) -> &Visitor {
        &self.people[name]
    }

    pub fn url(&self) -> String {
        self.place.url()
    }

    /// Does something that is not refused.
    pub async fn does(&self, who: &str, verb: &str, fields: &[(&str, &str)]) {
        self.of(who).act(MEETING, verb, fields).await.receipt();
    }

    pub async fn page(&self, who: &str, path: &str) -> String {
        let told = self.of(who).get(path).await;
        assert_eq!(told.status, 200, "{who} at {path}: {}", told.text);
        told.text
    }

    /// A file that is handed out, in its bytes.
    pub async fn file(&self, who: &str, path: &str) -> Vec<u8> {
        let visitor = self.of(who);
        let request = visitor.client.get(format!("{}{path}", visitor.url));
        let answer = request.header("cookie", visitor.cookie.clone().unwrap()).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.bytes().await.unwrap().to_vec()
    }

    /// The server ends in good order and begins anew on the same folder.
    pub async fn restart(self) -> Self {
        let Self { place, keys, mut people, stop, served } = self;
        stop.cancel();
        served.await.unwrap();
        // The old server's chamber may still hold its port for a moment.
        let config = Config::from_parts(&place.config(), [("RATSSAAL_MEDIA__PORT".into(), "0".into())]).unwrap();
        let town = read_town(&config.town).unwrap();
        let house = ratssaal::wire::build(&config, town).await.unwrap();
        let (stop, served) = serve(&place, house).await;
        for (name, visitor) in &mut people {
            // The second factor counts once: the session from before still holds.
            assert!(keys.contains_key(*name) && visitor.get("/").await.status == 200);
        }
        Self { place, keys, people, stop, served }
    }

    pub async fn end(self) {
        self.stop.cancel();
        self.served.await.unwrap();
    }
}

async fn serve(place: &Place, house: ratssaal::wire::House) -> (CancellationToken, JoinHandle<()>) {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", place.port)).await.unwrap();
    let stop = CancellationToken::new();
    let stopped = stop.clone().cancelled_owned();
    let served = tokio::spawn(async move { house.open(listener, Router::new(), stopped).await.unwrap() });
    (stop, served)
}
