//! The council before its server: everybody signed in, most of them in the hall, two connected.

use super::visitor::Visitor;
use super::{Keys, MEETING, Place, until};
use axum::Router;
use ratssaal::play::peer::Line;
use std::collections::BTreeMap;
use tokio_util::sync::CancellationToken;

/// The two who are connected; everybody before them is in the hall.
pub const REMOTE: [&str; 2] = ["lindenblatt", "mohnblum"];
pub const CHAIR: &str = "blumenfeld";
pub const CLERK: &str = "nusszweig";
pub const HALL: &str = "saalgeraet";
/// In the order of their seats.
pub const MEMBERS: [&str; 13] = [
    CHAIR,
    "apfelkern",
    "birnbaum",
    "distelfink",
    "eichhorn",
    "fliederbusch",
    "grashalm",
    "haselnuss",
    "immergruen",
    "johannisbeer",
    "kirschgarten",
    REMOTE[0],
    REMOTE[1],
];

pub fn seat(member: &str) -> String {
    let number = MEMBERS.iter().position(|known| *known == member).unwrap();
    format!("sitz-{number:02}")
}

pub struct Council {
    pub people: BTreeMap<String, Visitor>,
    pub lines: Vec<Line>,
    /// The hall's device.
    pub hall: Option<Line>,
}

impl Council {
    pub async fn sign_in(url: &str, keys: &Keys) -> Self {
        let mut people = BTreeMap::new();
        for name in MEMBERS.iter().chain([&CLERK, &HALL, &"quittenhof"]) {
            people.insert((*name).to_owned(), Visitor::sign_in(url, &keys[*name]).await);
        }
        Self { people, lines: Vec::new(), hall: None }
    }

    pub fn of(&self, name: &str) -> &Visitor {
        &self.people[name]
    }

    pub fn chair(&self) -> &Visitor {
        self.of(CHAIR)
    }

    /// Convenes in the hybrid format, attests the hall, connects its device and the two, and waits until they are measured.
    pub async fn arrive(&mut self) {
        self.chair().act(MEETING, "einberufen", &[("format", "hybrid")]).await.receipt();
        for member in &MEMBERS[..11] {
            self.of(CLERK).act(MEETING, "saal_anwesend", &[("sitz", &seat(member))]).await.receipt();
        }
        for name in REMOTE {
            let answer = [("antwort", "zugeschaltet"), ("zustimmung", "ja")];
            self.of(name).act(MEETING, "antworten", &answer).await.receipt();
        }
        self.hall = Some(self.of(HALL).line(MEETING, 59));
        self.lines = (60..).zip(REMOTE).map(|(number, name)| self.of(name).line(MEETING, number)).collect();
        self.connect().await;
    }

    /// Connects the hall and the two, or connects them anew.
    pub async fn connect(&mut self) {
        let [one, two] = &mut self.lines[..] else { panic!("two lines") };
        let hall = self.hall.as_mut().expect("arrived");
        let (hall, one, two) = tokio::join!(hall.reconnect(), one.reconnect(), two.reconnect());
        hall.and(one).and(two).unwrap();
        self.everybody_is_there().await;
    }

    pub async fn everybody_is_there(&self) {
        let chair = self.chair();
        until("all thirteen are present", || async { chair.look(MEETING).await["figures"]["present"] == 13 }).await;
    }

    pub async fn open(&self) {
        self.chair().act(MEETING, "eroeffnen", &[]).await.receipt();
        self.chair().act(MEETING, "aufrufen", &[("punkt", "top-1")]).await.receipt();
    }

    pub async fn open_ballot(&self, ballot: &str) {
        let fields = [("abstimmung", ballot), ("art", "namentlich"), ("wortlaut", "Der Brunnen wird saniert.")];
        self.chair().act(MEETING, "abstimmung_oeffnen", &fields).await.receipt();
    }

    /// Closes and declares; the result.
    pub async fn close_ballot(&self, ballot: &str) -> serde_json::Value {
        self.chair().act(MEETING, "abstimmung_schliessen", &[("abstimmung", ballot)]).await.receipt();
        self.chair().act(MEETING, "ergebnis", &[("abstimmung", ballot)]).await.receipt();
        let seen = self.chair().look(MEETING).await;
        let result = seen["results"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(result["ballot"], ballot, "{result}");
        result
    }

    /// A whole roll call that everybody adopts: the meeting works.
    pub async fn still_works(&self, ballot: &str) {
        self.everybody_is_there().await;
        self.open_ballot(ballot).await;
        for member in MEMBERS {
            let fields = [("abstimmung", ballot), ("wahl", "ja")];
            self.of(member).act(MEETING, "stimme", &fields).await.receipt();
        }
        let result = self.close_ballot(ballot).await;
        assert_eq!((&result["outcome"], &result["yes"]), (&"adopted".into(), &13.into()), "{result}");
    }

    pub async fn drop_lines(&mut self) {
        for line in &mut self.lines {
            line.drop_line().await;
        }
    }
}

/// A server in this process with the whole council in an opened meeting.
pub struct Running {
    pub place: Place,
    pub keys: Keys,
    pub council: Council,
    /// Enrolment links of people, made before the doors opened.
    pub links: Vec<String>,
    stop: CancellationToken,
    served: tokio::task::JoinHandle<()>,
}

impl Running {
    pub async fn start(links_for: &[&str]) -> Self {
        Self::start_at(Place::new(), links_for).await
    }

    pub async fn start_at(place: Place, links_for: &[&str]) -> Self {
        let house = place.house().await;
        place.plan(&house, MEETING).await;
        place.plan(&house, super::OTHER_MEETING).await;
        let keys = super::enrol(&house).await;
        let mut links = Vec::new();
        for person in links_for {
            let link = house.state.people.accounts.enrolment_link(&person.parse().unwrap()).await.unwrap();
            links.push(link.rsplit_once('/').unwrap().1.to_owned());
        }
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", place.port)).await.unwrap();
        let stop = CancellationToken::new();
        let stopped = stop.clone().cancelled_owned();
        let served = tokio::spawn(async move { house.open(listener, Router::new(), stopped).await.unwrap() });
        let mut council = Council::sign_in(&place.url(), &keys).await;
        council.arrive().await;
        council.open().await;
        Self { place, keys, council, links, stop, served }
    }

    /// The meeting still works; then the server ends in good order.
    pub async fn end(self) {
        self.council.still_works("b-zuletzt").await;
        self.shut().await;
    }

    /// The server ends in good order.
    pub async fn shut(mut self) {
        self.council.drop_lines().await;
        self.stop.cancel();
        self.served.await.unwrap();
    }
}
