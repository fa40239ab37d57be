//! From the lines of a scenario to commands, and from what came of them to what the line expects.

use super::meeting_kit::{NAMES, Stage, add_item, ballot, change, hall_change, item, planned, seat};
use super::people::{actors, people, recognised};
use super::words::{self, CHOICES, CLASSES, DISPOSALS, PERCEPTIONS, meaning};
use super::{before, complaints, doors, land, leading, order, second};
use ratssaal::app::record::law_with;
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::meeting::command::Summons;
use ratssaal::domain::meeting::event::{InterruptionCause, Method, Sphere};
use ratssaal::domain::meeting::{Command, Plan, view};
use ratssaal::domain::refusal::Refusal;
use ratssaal::domain::time::{Date, Instant};

const FORMATS: [(&str, MeetingFormat); 3] =
    [("in Präsenz", MeetingFormat::InPerson), ("hybrid", MeetingFormat::Hybrid), ("digital", MeetingFormat::Digital)];
const SPHERES: [(&str, Sphere); 4] = [
    ("der Gemeinde", Sphere::Municipality),
    ("dem Mitglied", Sphere::Member),
    ("Dritten", Sphere::Third),
    ("ungeklärt", Sphere::Unknown),
];
const CAUSES: [(&str, InterruptionCause); 3] = [
    ("", InterruptionCause::Chair),
    (" wegen einer Störung der Gemeinde", InterruptionCause::Municipality),
    (" wegen fehlender Beschlussfähigkeit", InterruptionCause::Quorum),
];

type Outcome = Result<(), String>;

/// Plays a scenario to its end.
///
/// # Errors
/// The first line that cannot be read or comes out otherwise.
pub fn play(text: &str) -> Result<Stage, String> {
    let mut script =
        Script { plan: planned(13), stage: None, now: Instant(18 * 3_600_000), ballots: 0, motions: 0, today: None };
    for (place, line) in text.lines().enumerate() {
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            script.line(line).map_err(|why| format!("Zeile {}: „{line}“: {why}", place + 1))?;
        }
    }
    script.stage.ok_or_else(|| "kein Schritt".into())
}

pub(super) struct Script {
    plan: Plan,
    stage: Option<Stage>,
    now: Instant,
    pub(super) ballots: u32,
    pub(super) motions: u32,
    /// The day on which the steps before the meeting are taken.
    today: Option<Date>,
}

impl Script {
    fn line(&mut self, line: &str) -> Outcome {
        let (who, what) = line.split_once(": ").ok_or("kein Doppelpunkt mit Leerzeichen")?;
        if let Some(number) = who.strip_prefix("TOP ") {
            let (title, closed) = what.strip_suffix(" (nichtöffentlich)").map_or((what, false), |title| (title, true));
            add_item(&mut self.plan, number, title, !closed);
            return Ok(());
        }
        match who {
            "Sitzungstag" => {
                self.plan.day = what.parse().map_err(|_| "kein Tag JJJJ-MM-TT")?;
                self.plan.summoned_on = self.plan.day.plus_days(-14);
            }
            // Where nothing is said the members were summoned on another way, two weeks before.
            "Geladen" => {
                self.plan.summoned_on = match what {
                    "noch nicht" => None,
                    day => Some(day.parse().map_err(|_| "kein Tag JJJJ-MM-TT")?),
                }
            }
            "Heute" => self.today = Some(what.parse().map_err(|_| "kein Tag JJJJ-MM-TT")?),
            "Gremium" => {
                let (what, kind) = what.split_once(", ").map_or((what, None), |(what, kind)| (what, Some(kind)));
                self.plan.kind =
                    kind.map(|kind| meaning(&second::KINDS, kind).ok_or("dieses Gremium kennt niemand")).transpose()?;
                let seats = what.strip_suffix(" Sitze").and_then(|n| n.parse().ok()).ok_or("wie viele Sitze?")?;
                land::seat(&mut self.plan, seats)?;
            }
            "Land" | "Gesetzliche Zahl" => land::line(&mut self.plan, who, what)?,
            "Hauptsatzung" => {
                for kind in what.split(", ").filter(|kind| *kind != "keine Regelung") {
                    self.plan.clauses.push(before::bylaw(kind).ok_or("diese Regelung kennt niemand")?);
                }
            }
            "Ortsrecht" => {
                let (what, expected) = what.split_once(" → verweigert: ").map_or((what, None), |(w, e)| (w, Some(e)));
                let taken = before::local_law(&mut self.plan, what).ok_or("was gilt, und wo steht es?")?;
                match (taken, expected) {
                    (Ok(()), None) => {}
                    (Err(why), Some(part)) if why.contains(part) => {}
                    (taken, _) => return Err(format!("{taken:?}")),
                }
            }
            "Stellvertretung" => {
                self.plan.deputies = people(what, self.plan.seats.len())?.into_iter().map(seat).collect()
            }
            "Beratend" => before::advisers(&mut self.plan, what).ok_or("wer, und als was?")?,
            "Beginn" => self.plan.starts_at = Instant(time(what)?),
            "Anlass" if what == "erste Sitzung nach der Wahl" => self.plan.first_after_election = true,
            "Uhr" => self.now = Instant(time(what)?),
            "Ergebnis" | "Aufruf" | "Wahl" | "Stand" | "Lage" | "Stimmen" | "Redezeit" => {
                return self.finding(who, what);
            }
            _ => return self.step(who, what),
        }
        Ok(())
    }

    fn stage(&mut self) -> Result<&mut Stage, String> {
        if self.stage.is_none() {
            self.stage = Some(Stage::plan(&self.plan, self.now)?);
        }
        self.stage.as_mut().ok_or_else(|| "keine Sitzung".into())
    }

    /// Compares what a screen would show.
    fn finding(&mut self, what: &str, expected: &str) -> Outcome {
        let stage = self.stage()?;
        let numbers = view::figures(&stage.meeting, &stage.rules);
        let found = match what {
            "Ergebnis" => match stage.meeting.results.last() {
                None => "kein Ergebnis".into(),
                Some(declared) => {
                    let result = &declared.result;
                    let mut text = words::outcome(result.outcome).to_owned();
                    text += &format!(" {}:{}:{}", result.yes, result.no, result.abstain);
                    if result.missing > 0 {
                        text += &format!(", {} ohne Stimme", result.missing);
                    }
                    if let Some(need) = result.special {
                        text += &format!(", nötig {} von {}", need.needed, need.base);
                    }
                    text
                }
            },
            "Stand" => format!(
                "{} anwesend, {} stimmberechtigt, {} nötig, {}beschlussfähig",
                numbers.present,
                numbers.entitled,
                numbers.needed,
                if numbers.quorate { "" } else { "nicht " }
            ),
            "Stimmen" => match (numbers.cast, numbers.missing) {
                (Some(cast), Some(missing)) => format!("{cast} abgegeben, {missing} fehlen"),
                _ => "keine Abstimmung".into(),
            },
            "Aufruf" => super::elections::call_order(&stage.meeting),
            "Wahl" => super::elections::standing(&stage.meeting),
            "Redezeit" => words::spoken(&stage.meeting),
            _ => words::phase(&stage.meeting).into(),
        };
        if found == expected { Ok(()) } else { Err(format!("es ist aber: {found}")) }
    }

    /// Somebody does something, and it comes out as the line says behind its arrow.
    fn step(&mut self, who: &str, line: &str) -> Outcome {
        let (what, expected) = match line.split_once(" → ") {
            Some((what, expected)) => (what, Some(expected)),
            None => (line, None),
        };
        let actors = actors(who, self.plan.seats.len())?;
        let mut happened = Vec::new();
        self.stage()?;
        for actor in actors {
            for command in self.commands(who, what)? {
                self.now = self.now.plus_millis(1000);
                let now = self.now;
                let stage = self.stage()?;
                stage.now = now;
                match stage.act(&actor, &command) {
                    Ok(events) => happened.extend(events),
                    Err(refusal) => return refused(&refusal, expected),
                }
            }
        }
        let story = happened.iter().map(words::event).collect::<Vec<_>>().join(", ");
        match expected {
            None => Ok(()),
            Some(expected) if expected.starts_with("verweigert") => Err(format!("es geschah aber: {story}")),
            Some(expected) if expected == story || (story.is_empty() && expected == "nichts") => Ok(()),
            Some(_) => Err(format!("es geschah aber: {story}")),
        }
    }

    fn commands(&mut self, who: &str, what: &str) -> Result<Vec<Command>, String> {
        let all = self.plan.seats.len();
        if let Some(rest) = what.strip_prefix("im Saal ") {
            let attest = |seat| Command::AttestRoom { seat, present: true };
            return Ok(people(rest, all)?.into_iter().map(seat).map(attest).collect());
        }
        if let Some(rest) = what.strip_prefix("nicht mehr im Saal ") {
            let attest = |seat| Command::AttestRoom { seat, present: false };
            return Ok(people(rest, all)?.into_iter().map(seat).map(attest).collect());
        }
        if let Some(rest) = what.strip_prefix("befangen ").or_else(|| what.strip_prefix("nicht befangen ")) {
            let (top, names) = rest.split_once(": ").ok_or("zu welchem TOP?")?;
            let item = item(top.strip_prefix("TOP ").ok_or("zu welchem TOP?")?);
            let command = |number| match what.starts_with("nicht") {
                true => Command::LiftRecusal { item: item.clone(), seat: seat(number) },
                false => Command::Recuse { item: item.clone(), seat: seat(number) },
            };
            return Ok(people(names, all)?.into_iter().map(command).collect());
        }
        let command = match who {
            "Messung" => self.measured(what),
            "System" => crashed(what)
                .or_else(|| doors::command(what, self.ballots))
                .or_else(|| order::command(what, all, self.ballots)),
            "Verwaltung" => meaning(&CLASSES, what.strip_prefix("löscht ").unwrap_or(""))
                .map(|class| Command::Delete { class, ground: "Löschfrist abgelaufen".parse().unwrap() }),
            _ => self
                .election(what)
                .or_else(|| self.floor(who, what))
                .or_else(|| self.voting(what))
                .or_else(|| self.course(what))
                .or_else(|| second::command(what, all))
                .or_else(|| before::command(what, self.today, &self.plan))
                .or_else(|| doors::command(what, self.ballots))
                .or_else(|| recognised(what, all))
                .or_else(|| leading::command(what, all))
                .or_else(|| complaints::command(what, all))
                .or_else(|| order::command(what, all, self.ballots).or_else(|| super::filming::command(what, all))),
        };
        command.map(|command| vec![command]).ok_or_else(|| "das versteht niemand".into())
    }

    fn course(&self, what: &str) -> Option<Command> {
        if let Some(rest) = what.strip_prefix("einberufen ") {
            return self.convene(rest);
        }
        if let Some(rest) = what.strip_prefix("unterbrechen") {
            return Some(Command::Interrupt { cause: meaning(&CAUSES, rest)? });
        }
        if let Some(number) = what.strip_prefix("aufrufen TOP ") {
            return Some(Command::CallItem { item: item(number) });
        }
        if let Some(word) = what.strip_prefix("abschließen, ") {
            let (word, wording) = word.split_once(": ").map_or((word, None), |(word, text)| (word, Some(text)));
            let wording = wording.map(str::parse).transpose().ok()?;
            return Some(Command::SettleItem { disposal: meaning(&DISPOSALS, word)?, wording });
        }
        if let Some(sphere) = what.strip_prefix("Störung liegt bei ").or_else(|| what.strip_prefix("Störung ")) {
            return Some(Command::FindFault { sphere: meaning(&SPHERES, sphere)? });
        }
        if let Some(rest) = what.strip_prefix("schreibt zu TOP ") {
            return self.text(rest);
        }
        Some(match what {
            "eröffnen" => Command::Open,
            "Übertragung kommt an" => Command::AttestPublicRoom { receives: true },
            "Übertragung kommt nicht an" => Command::AttestPublicRoom { receives: false },
            "fortsetzen" => Command::Resume { ballot_goes_on: None },
            "fortsetzen, die Abstimmung geht weiter" => Command::Resume { ballot_goes_on: Some(true) },
            "fortsetzen, die Abstimmung wird wiederholt" => Command::Resume { ballot_goes_on: Some(false) },
            "schließen" => Command::Close,
            _ => return None,
        })
    }

    /// „1: Text“, „1 nach Eintrag 7: Text“, and without a text: what stood there is taken back.
    fn text(&self, rest: &str) -> Option<Command> {
        let (place, text) = rest.split_once(": ").map_or((rest, None), |(place, text)| (place, Some(text)));
        let (number, seen) = place.split_once(" nach Eintrag ").map_or((place, None), |(top, seen)| (top, Some(seen)));
        let item = item(number);
        let stands = || self.stage.as_ref()?.meeting.texts.get(&item).map(|text| text.number);
        let replaces = match seen {
            Some(seen) => seen.parse().ok()?,
            None => stands().unwrap_or(0),
        };
        let text = match text {
            Some(text) => Some(text.parse().ok()?),
            None => None,
        };
        Some(Command::WriteItemText { item, text, replaces })
    }

    fn convene(&self, how: &str) -> Option<Command> {
        let mut parts = how.split(", ");
        let format = meaning(&FORMATS, parts.next()?)?;
        let (mut ground, mut reason, mut public_room) = (None, None, None);
        let mut summons = Summons { today: self.today, ..Summons::default() };
        for part in parts {
            match part.split_once(' ')? {
                ("mit", "Hinweis") => summons.second_notice = true,
                ("Zuschaltung", "ausgeschlossen") => summons.rule_out = true,
                ("Grund", key) => ground = Some(key.to_owned()),
                ("Begründung", text) => reason = Some(text.parse().ok()?),
                ("Raum", name) => public_room = Some(name.parse().ok()?),
                ("Notfall", why) => summons.emergency = Some(why.parse().ok()?),
                ("ausgeschlossen", name) => summons.excluded = vec![seat(*people(name, 23).ok()?.first()?)],
                ("geladen", day) => summons.elsewhere = Some(day.parse().ok()?),
                _ => return None,
            }
        }
        Some(Command::Convene {
            format,
            ground,
            reason,
            public_room,
            law: law_with(&self.plan.land, self.plan.local.as_ref()).ok()?,
            summons,
        })
    }

    pub(super) fn voting(&mut self, what: &str) -> Option<Command> {
        let method = match what {
            "abstimmen, namentlich" => Some(Method::RollCall),
            "abstimmen, durch Handzeichen" => Some(Method::ShowOfHands),
            _ => None,
        };
        if let Some(method) = method {
            self.ballots += 1;
            let wording = "Der Vorlage wird zugestimmt.".parse().ok()?;
            return Some(Command::OpenBallot {
                ballot: ballot(&format!("a{}", self.ballots)),
                method,
                wording,
                motion: None,
                terms: Default::default(),
            });
        }
        let ballot = ballot(&format!("a{}", self.ballots));
        if let Some(choice) = what.strip_prefix("stimmt ").or((what == "enthält sich").then_some(what)) {
            return Some(Command::Cast { ballot, choice: meaning(&CHOICES, choice)? });
        }
        if let Some(rest) = what.strip_prefix("hört ") {
            let (name, choice) = rest.split_once(' ')?;
            let number = NAMES.iter().position(|known| *known == name)?;
            return Some(Command::EnterHeard { ballot, seat: seat(number), choice: meaning(&CHOICES, choice)? });
        }
        if let Some(rest) = what.strip_prefix("zählt im Saal ") {
            let mut counts = rest.split(", ").map(|part| part.split_once(' ').map(|(n, word)| (n.parse().ok(), word)));
            let mut next = |word| counts.next().flatten().filter(|(_, said)| *said == word).and_then(|(n, _)| n);
            let (yes, no, abstain) = (next("Ja")?, next("Nein")?, next("Enthaltungen")?);
            return Some(Command::CountHands { ballot, yes, no, abstain, none: next("ohne").unwrap_or(0) });
        }
        Some(match what {
            "Abstimmung schließen" => Command::CloseBallot { ballot },
            "Ergebnis feststellen" => Command::DeclareResult { ballot },
            "Abstimmung verwerfen" => Command::VoidBallot { ballot },
            _ => return None,
        })
    }

    /// `Apfelkern, Birnbaum gestört seit 18:00:05`
    fn measured(&self, what: &str) -> Option<Command> {
        let (what, since) = match what.split_once(" seit ") {
            Some((what, since)) => (what, Instant(time(since).ok()?)),
            None => (what, self.now),
        };
        let (names, word) = what.rsplit_once(' ')?;
        let perception = meaning(&PERCEPTIONS, word)?;
        // „Saal und Apfelkern gestört“: both in the same second, as the tracker finds it.
        let (hall, names) = match names.strip_prefix("Saal") {
            Some(rest) => (Some(hall_change(perception, since)), rest.strip_prefix(" und ").unwrap_or(rest)),
            None => (None, names),
        };
        if names.is_empty() {
            return Some(Command::ReportPresence { changes: Vec::new(), hall });
        }
        let numbers = people(names, self.plan.seats.len()).ok()?;
        Some(Command::ReportPresence {
            changes: numbers.into_iter().map(|number| change(seat(number), perception, since)).collect(),
            hall,
        })
    }
}

/// `fällt aus, letztes Lebenszeichen 18:00:05`
fn crashed(what: &str) -> Option<Command> {
    let last_alive = Instant(time(what.strip_prefix("fällt aus, letztes Lebenszeichen ")?).ok()?);
    Some(Command::Recover { last_alive })
}

fn refused(refusal: &Refusal, expected: Option<&str>) -> Outcome {
    let met = match expected.and_then(|expected| expected.strip_prefix("verweigert")) {
        None => false,
        Some(expected) => {
            let (norm, sentence) = expected.split_once(": ").unwrap_or((expected, ""));
            refusal.norm.as_deref().unwrap_or("") == norm.trim() && refusal.sentence.contains(sentence)
        }
    };
    if met { Ok(()) } else { Err(format!("es wird verweigert: {refusal} [{}]", refusal.code)) }
}

/// Milliseconds since midnight of `18:00:05`.
fn time(text: &str) -> Result<i64, String> {
    let parts: Vec<i64> = text.split(':').filter_map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [hours, minutes, seconds] => Ok(((hours * 60 + minutes) * 60 + seconds) * 1000),
        _ => Err("keine Uhrzeit SS:MM:SS".into()),
    }
}
