//! What the simulated council does: attends and votes, and, when asked to, runs a whole meeting with two losses.

use super::peer::{Line, LinePlan, Show};
use super::pictures::PictureLoop;
use super::visitor::{Answer, Visitor};
use super::voices::VoiceLoop;
use super::{Credentials, Format, Person, Trouble};
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

mod emergency;
mod evening;

/// How often the meeting is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(400);
/// How long anything in a meeting may take before something is wrong.
const PATIENCE: Duration = Duration::from_secs(40);
/// Members who sit in the hall in the hybrid format, the chair among them.
const IN_HALL: usize = 7;
/// How long the clerk counts.
const COUNTING_TAKES: Duration = Duration::from_secs(2);

/// The council as it stands before the server: everybody signed in and connected.
pub struct Council {
    meeting: String,
    format: Format,
    chair: Visitor,
    clerk: Visitor,
    /// The hall's device, in the hybrid format.
    hall: Option<Line>,
    members: Vec<Member>,
    began: Instant,
}

/// One councillor (the chair is the first).
struct Member {
    visitor: Visitor,
    seat: String,
    /// `None`: in the hall, where devices send nothing.
    line: Option<Line>,
}

impl Member {
    /// Takes part now, as far as the line tells.
    fn is_there(&self) -> bool {
        self.line.as_ref().is_none_or(Line::is_connected)
    }

    /// The line of somebody at home.
    fn line(&self) -> Result<&Line, Trouble> {
        Ok(self.line.as_ref().ok_or_else(|| format!("{} ist im Saal", self.visitor.name))?)
    }
}

impl Council {
    /// Signs everybody in; nobody is connected yet.
    async fn assemble(credentials: Credentials) -> Result<Self, Trouble> {
        let began = Instant::now();
        let chair = Visitor::sign_in(&credentials.url, &credentials.chair).await?;
        let clerk = Visitor::sign_in(&credentials.url, &credentials.clerk).await?;
        let meeting = chair.find_meeting().await?;
        let rehearsal =
            Rehearsal { url: &credentials.url, meeting: &meeting, silence: Arc::new(VoiceLoop::silence()?) };
        let all = credentials.councillors.len() + 1;
        let format = credentials.format;
        let at_home = |place: usize| format == Format::Digital || place >= IN_HALL;
        let mut members = vec![rehearsal.member(chair.clone(), 0, all, at_home(0)).await?];
        for (place, person) in (1..).zip(&credentials.councillors) {
            let visitor = Visitor::sign_in(&credentials.url, person).await?;
            members.push(rehearsal.member(visitor, place, all, at_home(place)).await?);
        }
        let hall = match format {
            Format::Digital => None,
            Format::Hybrid => {
                let visitor = Visitor::sign_in(&credentials.url, &credentials.hall).await?;
                Some(rehearsal.line(&visitor, all, all).await?)
            }
        };
        Ok(Self { meeting, format, chair, clerk, hall, members, began })
    }

    /// Convenes for tonight if nobody has yet, and lets everybody in but those who come `late`.
    async fn arrive(&mut self, late: &[usize]) -> Result<(), Trouble> {
        let planned = self.look().await?["phase"] == "planned";
        match self.format {
            Format::Hybrid => {
                if planned {
                    self.chair_does("einberufen", &[("format", "hybrid")]).await?;
                }
                for place in (0..IN_HALL.min(self.members.len())).filter(|place| !late.contains(place)) {
                    self.attest(place, "saal_anwesend").await?;
                }
            }
            Format::Digital => {
                if planned {
                    let fields = [
                        ("format", "digital"),
                        ("grund", "natural_disaster"),
                        ("begruendung", "Hochwasser am Hangbach: Das Rathaus ist nicht erreichbar."),
                        ("raum", "Aula der Hangschule, Schulberg 1"),
                    ];
                    self.chair_does("einberufen", &fields).await?;
                }
                if self.look().await?["public_room_receives"] == false {
                    self.clerk_does("oeffentlichkeit_bestaetigen", &[("ja", "1")]).await?;
                }
            }
        }
        if let Some(hall) = &mut self.hall {
            hall.reconnect().await?;
        }
        consent(&self.meeting, self.members.iter()).await?;
        connect(self.members.iter_mut()).await
    }

    /// The clerk notes who comes into the hall or leaves it. Noted already is as good.
    async fn attest(&self, place: usize, verb: &str) -> Result<(), Trouble> {
        let member = self.members.get(place).ok_or("kein Mitglied")?;
        match self.clerk.act(&self.meeting, verb, &[("sitz", &member.seat)]).await? {
            Answer::Done(_) => Ok(()),
            Answer::Refused { paragraph, .. } if paragraph.is_empty() => Ok(()),
            Answer::Refused { reason, paragraph } => Err(format!("{reason} ({paragraph})").into()),
        }
    }

    async fn look(&self) -> Result<Value, Trouble> {
        self.chair.look(&self.meeting).await
    }

    async fn chair_does(&self, verb: &str, fields: &[(&str, &str)]) -> Result<Value, Trouble> {
        self.chair.act(&self.meeting, verb, fields).await?.receipt()
    }

    async fn clerk_does(&self, verb: &str, fields: &[(&str, &str)]) -> Result<Value, Trouble> {
        self.clerk.act(&self.meeting, verb, fields).await?.receipt()
    }

    /// The clerk counts the hall: so many against, everybody else entitled there for it.
    async fn count_hands(&self, ballot: &str, against: usize) -> Result<Value, Trouble> {
        let seen = self.look().await?;
        let recused: Vec<&str> = seen["recused"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let people = seen["people"].as_array().into_iter().flatten();
        let in_hall = people.filter(|person| person["place"] == "room");
        let entitled = in_hall.filter(|person| person["seat"].as_str().is_some_and(|seat| !recused.contains(&seat)));
        let (entitled, against) = (entitled.count().to_string(), against.to_string());
        let fields = [
            ("abstimmung", ballot),
            ("stimmberechtigte", &entitled),
            ("gegenstimmen", &against),
            ("enthaltungen", "0"),
        ];
        self.clerk_does("saal_zaehlung", &fields).await
    }

    /// Looks until `holds`.
    async fn wait_until(&self, what: &str, holds: impl Fn(&Value) -> bool) -> Result<Value, Trouble> {
        let until = Instant::now() + PATIENCE;
        loop {
            let seen = self.look().await?;
            if holds(&seen) {
                return Ok(seen);
            }
            if Instant::now() > until {
                return Err(format!("vergeblich gewartet: {what}; Stand: {}", seen["figures"]).into());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn tell(&self, text: &str) {
        println!("{:>5.1} s  {text}", self.began.elapsed().as_secs_f32());
    }
}

/// Those at home say that they will be connected. Said already is as good.
async fn consent<'a>(meeting: &str, members: impl Iterator<Item = &'a Member>) -> Result<(), Trouble> {
    for member in members.filter(|member| member.line.is_some()) {
        let answer = [("antwort", "zugeschaltet"), ("zustimmung", "ja")];
        member.visitor.act(meeting, "antworten", &answer).await?.receipt()?;
    }
    Ok(())
}

/// Connects all these at the same time.
async fn connect<'a>(members: impl Iterator<Item = &'a mut Member>) -> Result<(), Trouble> {
    let at_home = members.filter_map(|member| Some((&member.visitor, member.line.as_mut()?)));
    let lines = at_home.map(|(visitor, line)| async move {
        let name = &visitor.name;
        let connected = line.reconnect().await;
        connected.map_err(|why| Trouble::from(format!("{name}: {why}")))
    });
    futures_util::future::try_join_all(lines).await.map(drop)
}

/// Where simulated people learn their part.
struct Rehearsal<'a> {
    url: &'a str,
    meeting: &'a str,
    silence: Arc<VoiceLoop>,
}

impl Rehearsal<'_> {
    async fn member(&self, visitor: Visitor, place: usize, all: usize, at_home: bool) -> Result<Member, Trouble> {
        let seen = visitor.look(self.meeting).await?;
        let seat = seen["you"]["seat"].as_str().ok_or("ohne Sitz")?.to_owned();
        let line = if at_home { Some(self.line(&visitor, place, all).await?) } else { None };
        Ok(Member { visitor, seat, line })
    }

    /// A line with pictures and a tune of its own; it receives everybody else and the hall.
    async fn line(&self, visitor: &Visitor, place: usize, all: usize) -> Result<Line, Trouble> {
        let number = u16::try_from(place)?.saturating_add(1);
        let pictures = tokio::task::spawn_blocking(move || PictureLoop::encode(number)).await??;
        let (tune, silence) = (Arc::new(VoiceLoop::tune(number)?), Arc::clone(&self.silence));
        let plan = LinePlan {
            base: self.url.to_owned(),
            meeting: self.meeting.to_owned(),
            slots: all,
            local: IpAddr::V4(Ipv4Addr::LOCALHOST),
            show: Show { pictures: Arc::new(pictures), tune, silence },
        };
        Ok(Line::new(plan, visitor.exchange()))
    }
}

/// Runs the meeting to its end and leaves minutes, evidence and one receipt in `out`.
///
/// # Errors
/// The first thing that did not go as it must.
pub async fn whole_meeting(credentials: Credentials, out: &Path) -> Result<(), Trouble> {
    let mut council = Council::assemble(credentials).await?;
    council.tell(&format!("{} Mitglieder und die Schriftführung sind angemeldet.", council.members.len()));
    let receipt = match council.format {
        Format::Hybrid => evening::play(&mut council).await?,
        Format::Digital => emergency::play(&mut council).await?,
    };
    council.chair_does("schliessen", &[]).await?;
    council.tell("Die Sitzung ist geschlossen.");
    let meeting = &council.meeting;
    keep(out, "niederschrift.pdf", &council.clerk.fetch(&format!("/sitzung/{meeting}/niederschrift.pdf")).await?)?;
    keep(out, "siegel.pem", &council.clerk.fetch("/siegel.pem").await?)?;
    keep(out, "beweis.jsonl", &council.clerk.fetch(&format!("/sitzung/{meeting}/beweis.jsonl")).await?)?;
    keep(out, "beleg.json", &serde_json::to_vec_pretty(&receipt)?)?;
    council.tell("Niederschrift, Beweisbündel und ein Stimmbeleg sind abgelegt.");
    for line in council.members.iter_mut().filter_map(|member| member.line.as_mut()).chain(&mut council.hall) {
        line.drop_line().await;
    }
    Ok(())
}

/// Attends for as long as it may, opens the meeting if it can, and votes whenever a ballot is open. A seat that a person
/// takes over from a browser is left to that person.
///
/// # Errors
/// If the council cannot assemble.
pub async fn attend(credentials: Credentials) -> Result<(), Trouble> {
    let people: Vec<Person> = credentials.councillors.clone();
    let mut council = Council::assemble(credentials).await?;
    council.arrive(&[]).await?;
    let all = people.len() + 1;
    let seen = council
        .wait_until("alle sind wahrnehmbar", |seen| seen["figures"]["present"].as_u64() >= u64::try_from(all).ok())
        .await?;
    if seen["phase"] == "convened" {
        council.chair_does("eroeffnen", &[]).await?;
        if let Some(first) = seen["agenda"][0]["id"].as_str() {
            council.chair_does("aufrufen", &[("punkt", first)]).await?;
        }
    }
    println!("ready");
    let mut voted = String::new();
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let Ok(seen) = council.look().await else { continue };
        if seen["phase"] == "closed" {
            return Ok(());
        }
        let Some(ballot) = seen["ballot"]["id"].as_str().filter(|_| seen["ballot"]["stage"] == "open") else {
            continue;
        };
        if ballot == voted {
            continue;
        }
        ballot.clone_into(&mut voted);
        let by_hand = seen["ballot"]["method"] == "show_of_hands";
        // The chair's own choice is left to whoever sits there; hands in the hall are counted by the clerk.
        for (place, member) in council.members.iter().enumerate().skip(1) {
            if member.is_there() && !(by_hand && member.line.is_none()) {
                let choice = if place % 4 == 3 { "nein" } else { "ja" };
                let fields = [("abstimmung", ballot), ("wahl", choice)];
                let _ = member.visitor.act(&council.meeting, "stimme", &fields).await;
            }
        }
        if by_hand && council.format == Format::Hybrid {
            tokio::time::sleep(COUNTING_TAKES).await;
            // A clerk at the other screen may have counted before.
            if council.look().await.is_ok_and(|seen| seen["ballot"]["hands_counted"] == false) {
                let _ = council.count_hands(ballot, 1).await;
            }
        }
    }
}

/// Votes of everybody who may, in the council's order: `choices` repeats. Those in `left_out` do not vote.
async fn vote(council: &Council, ballot: &str, choices: &[&str], left_out: &[usize]) -> Result<Vec<Value>, Trouble> {
    let mut receipts = Vec::new();
    for (number, member) in council.members.iter().enumerate() {
        if left_out.contains(&number) {
            continue;
        }
        let choice = choices.get(number % choices.len()).copied().unwrap_or("ja");
        let fields = [("abstimmung", ballot), ("wahl", choice)];
        match member.visitor.act(&council.meeting, "stimme", &fields).await? {
            Answer::Done(receipt) => receipts.push(receipt),
            Answer::Refused { reason, paragraph } => {
                return Err(format!("{} kann nicht abstimmen: {reason} ({paragraph})", member.visitor.name).into());
            }
        }
    }
    Ok(receipts)
}

/// Writes what is taken home.
fn keep(out: &Path, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
    std::fs::create_dir_all(out)?;
    Ok(std::fs::write(out.join(name), bytes)?)
}

/// Calls the item with this number.
async fn call(council: &Council, number: &str) -> Result<String, Trouble> {
    let seen = council.look().await?;
    let item = seen["agenda"].as_array().into_iter().flatten().find(|item| item["number"] == number);
    let item = item.and_then(|item| item["id"].as_str()).ok_or_else(|| format!("kein TOP {number}"))?.to_owned();
    council.chair_does("aufrufen", &[("punkt", &item)]).await?;
    Ok(item)
}

async fn open(council: &Council, ballot: &str, method: &str, wording: &str) -> Result<(), Trouble> {
    let fields = [("abstimmung", ballot), ("art", method), ("wortlaut", wording)];
    council.chair_does("abstimmung_oeffnen", &fields).await.map(drop)
}

async fn close_and_declare(council: &Council, ballot: &str) -> Result<Value, Trouble> {
    let fields = [("abstimmung", ballot)];
    council.chair_does("abstimmung_schliessen", &fields).await?;
    council.chair_does("ergebnis", &fields).await?;
    let seen = council.look().await?;
    let result = seen["results"].as_array().and_then(|results| results.last()).cloned();
    let result = result.filter(|result| result["ballot"] == ballot).ok_or("das Ergebnis fehlt")?;
    let outcome = match result["outcome"].as_str() {
        Some("adopted") => "angenommen",
        Some("rejected") => "abgelehnt",
        Some("no_decision") => "kein Beschluss",
        _ => "unbekannt",
    };
    council.tell(&format!(
        "  Ergebnis: {outcome}, {} Ja, {} Nein, {} Enthaltung.",
        result["yes"], result["no"], result["abstain"]
    ));
    Ok(result)
}

fn expect(result: &Value, outcome: &str, tally: [u64; 3]) -> Result<(), Trouble> {
    let found = [&result["yes"], &result["no"], &result["abstain"]].map(Value::as_u64);
    if result["outcome"] == outcome && found == tally.map(Some) {
        return Ok(());
    }
    Err(format!("erwartet {outcome} {tally:?}, festgestellt {result}").into())
}
