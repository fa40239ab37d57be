//! The summons from the convening to the cancelling: a real mail server that knows not everybody, and the received
//! calendar read by a foreign library.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "summons/mta.rs"]
mod mta;
mod town_kit;

use axum::Router;
use ratssaal::app::planning::{MeetingDraft, plan_from};
use ratssaal::domain::meeting::Meeting;
use ratssaal::domain::meeting::event::DeliveryOutcome;
use ratssaal::domain::time::Date;
use ratssaal::web::WebState;
use ratssaal::wire::{self, town_hall_clock};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use town_kit::visitor::Visitor;
use town_kit::{Keys, MEETING, Place, enrol, until};

const CLOSED: &str = "Grundstückstausch Geheimwiese";

/// aiosmtpd with a handler that knows no Anton.
struct MailServer {
    port: u16,
    maildir: PathBuf,
    process: Child,
    python: String,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl MailServer {
    async fn start(folder: &Path) -> Option<Self> {
        let Ok(python) = std::env::var("RATSSAAL_TEST_AIOSMTPD") else {
            town_kit::skipped("RATSSAAL_TEST_AIOSMTPD names no Python with aiosmtpd and icalendar");
            return None;
        };
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let maildir = folder.join("post");
        let process = Command::new(&python)
            .args(["-m", "aiosmtpd", "--nosetuid", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--class", "server.Picky"])
            .arg(&maildir)
            .env("PYTHONPATH", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/summons"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Self { port, maildir, process, python };
        let patience = Instant::now() + Duration::from_secs(20);
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            assert!(Instant::now() < patience, "aiosmtpd does not listen");
            assert!(server.process.try_wait().unwrap().is_none(), "aiosmtpd ended by itself");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Some(server)
    }

    /// What the letters say to a foreign reader, in no order.
    fn letters(&self) -> Vec<Value> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/summons/letters.py");
        let read = Command::new(&self.python).arg(script).arg(&self.maildir).output().unwrap();
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
        String::from_utf8(read.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn of_sequence(&self, sequence: u32) -> Vec<Value> {
        let letters = self.letters().into_iter();
        letters.filter(|letter| letter["calendar"]["sequence"] == sequence).collect()
    }
}

/// A town whose Berta has no address, with a meeting in a fortnight, open on loopback.
struct House {
    place: Place,
    state: WebState,
    keys: Keys,
    today: Date,
    sitting: Date,
    starts_at: i64,
    stop: CancellationToken,
    served: tokio::task::JoinHandle<()>,
}

impl House {
    async fn open(place: Place, port: u16) -> Self {
        Self::open_with(place, &format!("host = \"127.0.0.1\"\nport = {port}\ntls = \"none\"")).await
    }

    /// With this way to the mail server.
    async fn open_with(place: Place, smtp: &str) -> Self {
        let town = std::fs::read_to_string(place.folder.join("town.toml")).unwrap();
        let town = town.replace("email = \"berta.birnbaum@example.org\"\n", "");
        std::fs::write(place.folder.join("town.toml"), town).unwrap();
        std::fs::write(place.config(), place.text().replace("folder = \"mail\"", smtp)).unwrap();
        let house = place.house().await;
        let now = house.clock.now();
        let today = town_hall_clock(now).date;
        let sitting = today.plus_days(14).unwrap();
        let starts_at = now.plus_millis(14 * 86_400_000).0;
        let draft: MeetingDraft = toml::from_str(&format!(
            "id = \"{MEETING}\"\nbody = \"gemeinderat\"\ntitle = \"8. Sitzung; mit Komma, und Öl\"\n\
             place = \"Ratssaal, Marktplatz 1\"\nday = \"{sitting}\"\nstarts_at = {starts_at}\n\
             [[agenda]]\nnumber = \"1\"\ntitle = \"Brunnen\"\nmotion = \"Der Brunnen wird saniert.\"\n\
             [[agenda]]\nnumber = \"2\"\ntitle = \"{CLOSED}\"\npublic = false\n"
        ))
        .unwrap();
        let plan = plan_from(&draft, &house.state.people.accounts.town()).unwrap();
        house.state.sittings.plan(&draft.id, &plan).await.unwrap();
        let keys = enrol(&house).await;
        let state = house.state.clone();
        let (stop, served) = open(house, place.port).await;
        Self { place, state, keys, today, sitting, starts_at, stop, served }
    }

    /// The same house after a restart with another way to the mail server.
    async fn restarted_with(self, smtp: &str) -> Self {
        let Self { mut place, state, keys, today, sitting, starts_at, stop, served } = self;
        stop.cancel();
        served.await.unwrap();
        drop(state);
        // Within one process the engine keeps its port until the last who could ask it is gone.
        place.port = town_kit::free_port();
        std::fs::write(place.config(), place.text().replace("folder = \"mail\"", smtp)).unwrap();
        let house = place.house().await;
        let state = house.state.clone();
        let (stop, served) = open(house, place.port).await;
        Self { place, state, keys, today, sitting, starts_at, stop, served }
    }

    async fn visitor(&self, name: &str) -> Visitor {
        Visitor::sign_in(&self.place.url(), &self.keys[name]).await
    }

    async fn meeting(&self) -> Meeting {
        self.state.sittings.get(&MEETING.parse().unwrap()).await.unwrap().snapshot().meeting.clone()
    }

    async fn everybody_is_settled(&self) -> Meeting {
        until("every letter is settled", async || {
            let before = self.meeting().await.before;
            !before.deliveries.is_empty() && before.deliveries.values().all(|one| one.outcome.is_some())
        })
        .await;
        self.meeting().await
    }

    async fn shut(self) {
        self.stop.cancel();
        self.served.await.unwrap();
    }
}

async fn open(house: wire::House, port: u16) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let stop = CancellationToken::new();
    let stopped = stop.clone().cancelled_owned();
    (stop, tokio::spawn(async move { house.open(listener, Router::new(), stopped).await.unwrap() }))
}

fn outcome(meeting: &Meeting, seat: &str) -> Option<DeliveryOutcome> {
    meeting.before.deliveries[&seat.parse().unwrap()].outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn one_letter_a_member_and_a_foreign_calendar_reads_it() {
    let place = Place::new();
    let Some(server) = MailServer::start(&place.folder).await else { return };
    let house = House::open(place, server.port).await;
    let clerk = house.visitor("nusszweig").await;

    clerk.act(MEETING, "einberufen", &[("format", "hybrid")]).await.receipt();
    let meeting = house.everybody_is_settled().await;
    let sent = meeting.before.deliveries.values().filter(|one| one.outcome == Some(DeliveryOutcome::Sent)).count();
    assert_eq!(sent, 11);
    assert_eq!(outcome(&meeting, "sitz-01"), Some(DeliveryOutcome::Refused), "Anton is unknown there");
    assert_eq!(outcome(&meeting, "sitz-02"), Some(DeliveryOutcome::Unreachable), "Berta has no address");
    let why = meeting.before.deliveries[&"sitz-01".parse().unwrap()].reason.clone().unwrap();
    assert!(why.contains("550") && !why.contains("anton.apfelkern@"), "no address in the record: {why}");

    let letters = server.of_sequence(0);
    assert_eq!(letters.len(), 11, "one letter a person");
    let uids: std::collections::BTreeSet<_> = letters.iter().map(|one| one["calendar"]["uid"].to_string()).collect();
    assert_eq!(uids.len(), 1);
    for letter in &letters {
        let calendar = &letter["calendar"];
        assert_eq!(letter["structure"], "multipart/mixed");
        assert_eq!(letter["kinds"], serde_json::json!(["text/plain", "text/html", "text/calendar", "application/ics"]));
        assert!(letter["attached_alike"] == true && letter["shown_inline"] == true);
        assert_eq!(calendar["method"], "REQUEST");
        assert!(calendar["header"].as_str().unwrap().contains("method=\"REQUEST\""), "{}", calendar["header"]);
        assert_eq!(calendar["starts_at"].as_i64().unwrap() / 1000, house.starts_at / 1000);
        assert!(
            calendar["utc"] == true && calendar["errors"] == serde_json::json!([]) && calendar["status"] == "CONFIRMED"
        );
        assert_eq!(calendar["summary"], "Gemeinderat: 8. Sitzung; mit Komma, und Öl");
        assert_eq!(calendar["location"], "Ratssaal, Marktplatz 1");
        assert_eq!(calendar["organizer"], "mailto:ratssaal@example.org");
        let to = letter["to"].as_str().unwrap();
        let attendee = calendar["attendee"].as_str().unwrap().strip_prefix("mailto:").unwrap();
        assert!(to.contains(attendee) && !to.contains(','), "{to}");
        assert!(to.contains(calendar["attendee_name"].as_str().unwrap()));
        for part in ["text", "html"] {
            let text = letter[part].as_str().unwrap();
            let link = format!("{}/sitzung/{MEETING}/teilnahme", house.place.url());
            for needle in
                [link.as_str(), "§ 37a Abs. 1 Satz 1 GemO", "§ 34 Abs. 1 Satz 1 GemO", "Brunnen", "Blumenfeld"]
            {
                assert!(text.contains(needle), "{needle} in {text}");
            }
            assert!(text.contains("Nichtöffentlicher Punkt"), "{text}");
        }
        assert!(!letter.to_string().contains("Geheimwiese"), "a mailbox is not enough for what is non-public");
    }

    // A bounce, a letter by hand, once more by mail.
    clerk.act(MEETING, "ruecklauf", &[("sitz", "sitz-03")]).await.receipt();
    let today = house.today.to_string();
    clerk.act(MEETING, "uebergeben", &[("sitz", "sitz-02"), ("tag", &today)]).await.receipt();
    clerk.act(MEETING, "erneut_senden", &[("sitz", "sitz-03")]).await.receipt();
    let again = clerk.act(MEETING, "erneut_senden", &[("sitz", "sitz-99")]).await;
    assert_eq!((again.status, again.code().as_str()), (403, "unknown_seat"));
    let meeting = house.everybody_is_settled().await;
    assert_eq!(outcome(&meeting, "sitz-02"), Some(DeliveryOutcome::HandedOver));
    assert_eq!(outcome(&meeting, "sitz-03"), Some(DeliveryOutcome::Sent));
    assert_eq!(server.of_sequence(0).len(), 12);

    // Moved: the same event, one number on, and nobody's consent is carried over.
    let member = house.visitor("mohnblum").await;
    member.act(MEETING, "antworten", &[("antwort", "zugeschaltet"), ("zustimmung", "ja")]).await.receipt();
    assert!(house.meeting().await.before.consents(&"sitz-12".parse().unwrap()));
    let day = house.sitting.plus_days(7).unwrap().to_string();
    let fields = [("tag", day.as_str()), ("uhrzeit", "19:30"), ("ort", "Aula"), ("begruendung", "Grippe")];
    clerk.act(MEETING, "verlegen", &fields).await.receipt();
    let meeting = house.everybody_is_settled().await;
    assert!(meeting.before.replies.is_empty());
    let letters = server.of_sequence(1);
    assert_eq!(letters.len(), 11);
    for letter in &letters {
        assert_eq!(letter["calendar"]["uid"].to_string(), *uids.first().unwrap());
        assert_eq!(
            (&letter["calendar"]["method"], &letter["calendar"]["location"]),
            (&"REQUEST".into(), &"Aula".into())
        );
        assert_eq!(letter["calendar"]["starts_at"], meeting.starts_at.0);
        assert!(
            letter["text"].as_str().unwrap().contains("19:30 Uhr")
                && letter["text"].as_str().unwrap().contains("Grippe")
        );
    }

    clerk.act(MEETING, "absagen", &[("begruendung", "Grippe im ganzen Haus")]).await.receipt();
    house.everybody_is_settled().await;
    let letters = server.of_sequence(2);
    assert_eq!(letters.len(), 11);
    for letter in &letters {
        let calendar = &letter["calendar"];
        assert_eq!((&calendar["method"], &calendar["status"]), (&"CANCEL".into(), &"CANCELLED".into()));
        assert!(calendar["header"].as_str().unwrap().contains("method=\"CANCEL\""));
        assert_eq!(calendar["uid"].to_string(), *uids.first().unwrap());
        assert!(letter["subject"].as_str().unwrap().starts_with("Abgesagt"));
    }
    house.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_summons_and_reply_say_who_may_do_what() {
    let place = Place::new();
    let Some(server) = MailServer::start(&place.folder).await else { return };
    let house = House::open(place, server.port).await;
    let (clerk, member) = (house.visitor("nusszweig").await, house.visitor("mohnblum").await);
    let stranger = house.visitor("quittenhof").await;
    let (summons, reply) = (format!("/sitzung/{MEETING}/ladung"), format!("/sitzung/{MEETING}/teilnahme"));

    let page = clerk.get(&summons).await;
    assert!(page.status == 200 && page.text.contains("noch 6 Tage"), "{}", page.text);
    assert_eq!(member.get(&summons).await.status, 403);
    assert_eq!(stranger.get(&reply).await.status, 403);
    assert_eq!(Visitor::stranger(&house.place.url()).get(&reply).await.status, 303, "one signs in first");
    let early = member.act(MEETING, "antworten", &[("antwort", "vor_ort")]).await;
    assert_eq!(early.code(), "not_convened");

    clerk.act(MEETING, "einberufen", &[("format", "hybrid")]).await.receipt();
    house.everybody_is_settled().await;
    let without = member.act(MEETING, "antworten", &[("antwort", "zugeschaltet")]).await;
    without.refused(422, "wer der Zuschaltung zustimmt");
    let fields = [("antwort", "zugeschaltet"), ("zustimmung", "ja"), ("begruendung", "Knie <b>kaputt</b>")];
    member.act(MEETING, "antworten", &fields).await.receipt();
    house.visitor("lindenblatt").await.act(MEETING, "antworten", &[("antwort", "verhindert")]).await.receipt();
    let page = member.get(&reply).await.text;
    assert!(page.contains("Ihre Antwort: zugeschaltet") && page.contains("Sie haben der Zuschaltung zugestimmt"));
    assert!(page.contains(CLOSED), "a member reads it after signing in");
    let page = clerk.get(&summons).await.text;
    for needle in ["1 von 13 Mitgliedern haben zugesagt", "nötig sind 7", "550", "auf anderem Weg laden", "verhindert"]
    {
        assert!(page.contains(needle), "{needle} in {page}");
    }
    assert!(page.contains("Knie &#60;b&#62;kaputt") && !page.contains("<b>kaputt"), "escaped");
    assert_eq!(page.matches("Noch einmal senden").count(), 13, "for everybody");
    house.shut().await;
}
