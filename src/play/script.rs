//! What the simulated council does: attends and votes, and, when asked to, runs a whole meeting with two losses.

use super::peer::{Line, LinePlan, Show};
use super::pictures::PictureLoop;
use super::visitor::{Answer, Visitor};
use super::voices::VoiceLoop;
use super::{Credentials, Person, Trouble};
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

mod evening;
pub use evening::whole_meeting;

/// How often the meeting is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(400);
/// How long anything in a meeting may take before something is wrong.
const PATIENCE: Duration = Duration::from_secs(40);

/// The council as it stands before the server: everybody signed in and connected.
pub struct Council {
    meeting: String,
    chair: Visitor,
    clerk: Visitor,
    members: Vec<Member>,
    began: Instant,
}

/// One councillor (the chair is the first).
struct Member {
    visitor: Visitor,
    seat: String,
    line: Line,
}

impl Council {
    /// Signs everybody in; nobody is connected yet.
    async fn assemble(credentials: Credentials) -> Result<Self, Trouble> {
        let began = Instant::now();
        let chair = Visitor::sign_in(&credentials.url, &credentials.chair).await?;
        let clerk = Visitor::sign_in(&credentials.url, &credentials.clerk).await?;
        let meeting = chair.find_meeting().await?;
        let silence = Arc::new(VoiceLoop::silence()?);
        let mut members = vec![member(&credentials, chair.clone(), &meeting, 1, &silence).await?];
        for (number, person) in (2..).zip(&credentials.councillors) {
            let visitor = Visitor::sign_in(&credentials.url, person).await?;
            members.push(member(&credentials, visitor, &meeting, number, &silence).await?);
        }
        Ok(Self { meeting, chair, clerk, members, began })
    }

    /// Convenes for tonight, in the digital format, if nobody has yet, and lets everybody in.
    async fn arrive(&mut self) -> Result<(), Trouble> {
        if self.look().await?["phase"] == "planned" {
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
        connect(self.members.iter_mut()).await
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

/// Connects all these at the same time.
async fn connect<'a>(members: impl Iterator<Item = &'a mut Member>) -> Result<(), Trouble> {
    let lines = members.map(|member| async {
        let connected = member.line.reconnect().await;
        connected.map_err(|why| Trouble::from(format!("{}: {why}", member.visitor.name)))
    });
    futures_util::future::try_join_all(lines).await.map(drop)
}

async fn member(
    credentials: &Credentials,
    visitor: Visitor,
    meeting: &str,
    number: u16,
    silence: &Arc<VoiceLoop>,
) -> Result<Member, Trouble> {
    let seen = visitor.look(meeting).await?;
    let seat = seen["you"]["seat"].as_str().ok_or("ohne Sitz")?.to_owned();
    let people = seen["people"].as_array().map_or(0, Vec::len);
    let pictures = tokio::task::spawn_blocking(move || PictureLoop::encode(number)).await??;
    let show =
        Show { pictures: Arc::new(pictures), tune: Arc::new(VoiceLoop::tune(number)?), silence: Arc::clone(silence) };
    let plan = LinePlan {
        base: credentials.url.clone(),
        meeting: meeting.to_owned(),
        slots: people.saturating_sub(1),
        local: IpAddr::V4(Ipv4Addr::LOCALHOST),
        show,
    };
    let line = Line::new(plan, visitor.exchange());
    Ok(Member { visitor, seat, line })
}

/// Attends for as long as it may, opens the meeting if it can, and votes whenever a ballot is open. A seat that a person
/// takes over from a browser is left to that person.
///
/// # Errors
/// If the council cannot assemble.
pub async fn attend(credentials: Credentials) -> Result<(), Trouble> {
    let people: Vec<Person> = credentials.councillors.clone();
    let mut council = Council::assemble(credentials).await?;
    council.arrive().await?;
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
        // The chair's own choice is left to whoever sits there.
        for (number, member) in council.members.iter().enumerate().skip(1) {
            if member.line.is_connected() {
                let choice = if number % 4 == 3 { "nein" } else { "ja" };
                let fields = [("abstimmung", ballot), ("wahl", choice)];
                let _ = member.visitor.act(&council.meeting, "stimme", &fields).await;
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
