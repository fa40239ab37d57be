//! A circulation (`Umlaufverfahren`, § 37 (1) s. 2 GemO BW) once more: who was asked, who answered, what came of it. One
//! objection and there is no decision; silence agrees only when the time is over and everybody was asked.

use super::event::finding;
use super::law::version;
use super::read::{Bundle, Entry};
use super::recount::Counted;
use super::report::{Failure, shown};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The name of the first entry.
const OPENED: &str = "circulation.opened";
/// Seats a body may have.
const SEATS_MAX: usize = 1000;
/// A day on the calendar of the town hall and a point in time may lie this far apart, in milliseconds: the bundle knows no
/// time zone.
const ZONE_MS: i64 = 14 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

#[derive(Deserialize)]
struct Opened {
    municipality: String,
    body_name: String,
    subject: String,
    wording: String,
    sent_on: String,
    last_day: String,
    seats: Vec<Seat>,
    chair: String,
    law: Law,
}

#[derive(Deserialize)]
struct Seat {
    id: String,
}

#[derive(Deserialize)]
struct Law {
    text: String,
}

#[derive(Deserialize)]
struct OfSeat {
    seat: String,
}

#[derive(Deserialize)]
struct Delivered {
    seat: String,
    way: String,
}

#[derive(Deserialize)]
struct Answered {
    seat: String,
    answer: String,
}

#[derive(Deserialize)]
struct Found {
    outcome: String,
    agreed: u64,
    objected: u64,
    silent: u64,
    recused: u64,
    on: String,
    norm: String,
}

#[derive(Deserialize)]
struct Announced {
    on: String,
    wording: String,
}

/// The few values of the pinned law this needs.
struct Values {
    days: i64,
    all_asked: bool,
    late_counts: bool,
    norm: String,
}

#[derive(Default)]
struct Member {
    asked: bool,
    recused: bool,
    agrees: bool,
    objects: bool,
}

#[derive(PartialEq, Eq)]
enum Stage {
    Open,
    Objected,
    Decided(String),
    Undecided,
    Published,
    Ended,
}

struct Round {
    opened: Opened,
    last_day: i64,
    values: Values,
    members: BTreeMap<String, Member>,
    stage: Stage,
    result: Option<String>,
}

/// The bundle is that of a circulation.
pub fn is_one(bundle: &Bundle) -> bool {
    bundle.entries.first().is_some_and(|entry| entry.envelope.name == OPENED)
}

/// Goes through the whole circulation.
///
/// # Errors
/// The first entry that does not follow from those before it.
pub fn recount(bundle: &Bundle) -> Result<Counted, Failure> {
    let Some((first, rest)) = bundle.entries.split_first() else {
        return Err(Failure::whole("Das Bündel enthält keinen Eintrag."));
    };
    let mut round = Round::begin(first).map_err(|why| first.failure(shown(&why)))?;
    for entry in rest {
        round.step(entry).map_err(|why| entry.failure(shown(&why)))?;
    }
    let Opened { municipality, body_name, subject, sent_on, .. } = &round.opened;
    Ok(Counted {
        meeting: shown(&format!("Umlaufverfahren: {subject} · {body_name}, {municipality}, {sent_on}")),
        results: round.result.into_iter().collect(),
        ..Counted::default()
    })
}

type Checked = Result<(), String>;

fn must(holds: bool, otherwise: &str) -> Checked {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

impl Round {
    fn begin(first: &Entry) -> Result<Self, String> {
        let opened: Opened = finding(first)?;
        let values = values(&opened.law.text, &opened.sent_on)?;
        let (sent, last_day) = (day(&opened.sent_on)?, day(&opened.last_day)?);
        must(last_day - sent >= values.days, "Die Zeit für einen Widerspruch ist kürzer, als das Recht es verlangt.")?;
        must(on_that_day(first, sent), "Der Tag der Versendung passt nicht zur Zeit des Eintrags.")?;
        must(opened.seats.len() <= SEATS_MAX, "So viele Sitze hat kein Gremium.")?;
        let members: BTreeMap<String, Member> =
            opened.seats.iter().map(|seat| (seat.id.clone(), Member::default())).collect();
        must(members.len() == opened.seats.len(), "Ein Sitz steht doppelt.")?;
        must(members.contains_key(&opened.chair), "Der Vorsitz gehört nicht zum Gremium.")?;
        Ok(Self { opened, last_day, values, members, stage: Stage::Open, result: None })
    }

    fn step(&mut self, entry: &Entry) -> Checked {
        let actor = entry.envelope.actor.as_str();
        let office = actor == "clerk" || *actor == self.chair();
        match entry.envelope.name.as_str() {
            "circulation.delivered" => {
                let Delivered { seat, way } = finding(entry)?;
                let by_program = match way.as_str() {
                    "mail" | "failed" => true,
                    "otherwise" => false,
                    _ => return Err("Diesen Weg, jemanden zu fragen, gibt es nicht.".into()),
                };
                must(if by_program { actor == "system" } else { office }, "Das konnte diese Stelle nicht bezeugen.")?;
                self.still_open()?;
                self.member(&seat)?.asked = way != "failed";
                Ok(())
            }
            "circulation.answered" => self.answered(entry, &finding(entry)?),
            "circulation.recused" => {
                let OfSeat { seat } = finding(entry)?;
                self.still_open()?;
                must(office || actor == format!("seat:{seat}"), "Das konnte diese Stelle nicht vermerken.")?;
                let member = self.member(&seat)?;
                must(!member.recused, "Das Mitglied war schon als befangen vermerkt.")?;
                *member = Member { recused: true, asked: member.asked, ..Member::default() };
                Ok(())
            }
            "circulation.recusal_lifted" => {
                let OfSeat { seat } = finding(entry)?;
                self.still_open()?;
                must(office, "Das konnte diese Stelle nicht vermerken.")?;
                let member = self.member(&seat)?;
                must(member.recused, "Das Mitglied war nicht als befangen vermerkt.")?;
                member.recused = false;
                Ok(())
            }
            "circulation.found" => self.found(entry, &finding(entry)?),
            "circulation.announced" => {
                let announced: Announced = finding(entry)?;
                let Stage::Decided(on) = &self.stage else {
                    return Err("Es gab nichts bekannt zu geben.".into());
                };
                must(office, "Das konnte diese Stelle nicht vermerken.")?;
                must(announced.wording == self.opened.wording, "Bekannt gegeben wurde ein anderer Wortlaut.")?;
                must(day(&announced.on)? >= day(on)?, "Bekannt gegeben wurde vor der Feststellung.")?;
                self.stage = Stage::Published;
                Ok(())
            }
            "circulation.withheld" => {
                must(matches!(self.stage, Stage::Decided(_)), "Es gab nichts bekannt zu geben.")?;
                must(*actor == self.chair(), "Davon sieht nur der Vorsitz ab.")?;
                self.stage = Stage::Published;
                Ok(())
            }
            "circulation.ended" => {
                must(matches!(self.stage, Stage::Open | Stage::Objected), "Das Verfahren war schon zu Ende.")?;
                must(office, "Das konnte diese Stelle nicht vermerken.")?;
                self.stage = Stage::Ended;
                self.result = Some("ohne Ergebnis beendet".to_owned());
                Ok(())
            }
            name => Err(format!("„{name}“ gehört in kein Umlaufverfahren.")),
        }
    }

    fn answered(&mut self, entry: &Entry, answered: &Answered) -> Checked {
        self.still_open()?;
        let late = entry.envelope.recorded_at > (self.last_day + 1) * DAY_MS + ZONE_MS;
        let late_counts = self.values.late_counts;
        must(entry.envelope.actor == format!("seat:{}", answered.seat), "Geantwortet hat ein anderer.")?;
        let member = self.member(&answered.seat)?;
        must(!member.recused, "Wer befangen ist, antwortet nicht.")?;
        match answered.answer.as_str() {
            "agrees" => {
                member.agrees = true;
                Ok(())
            }
            "objects" => {
                must(!late || late_counts, "Der Widerspruch kam nach dem letzten Tag.")?;
                (member.agrees, member.objects) = (false, true);
                self.stage = Stage::Objected;
                Ok(())
            }
            _ => Err("Diese Antwort gibt es nicht.".into()),
        }
    }

    fn found(&mut self, entry: &Entry, found: &Found) -> Checked {
        must(matches!(self.stage, Stage::Open | Stage::Objected), "Ein Ergebnis stand schon fest.")?;
        must(entry.envelope.actor == self.chair(), "Das Ergebnis stellt der Vorsitz fest.")?;
        let chair = self.members.get(&self.opened.chair);
        must(chair.is_some_and(|chair| !chair.recused), "Wer befangen ist, stellt das Ergebnis nicht fest.")?;
        let count = |of: fn(&Member) -> bool| {
            u64::try_from(self.members.values().filter(|member| of(member)).count()).unwrap_or(u64::MAX)
        };
        let (agreed, objected) = (count(|member| member.agrees), count(|member| member.objects));
        let recused = count(|member| member.recused);
        let silent = count(|member| !member.recused && !member.agrees && !member.objects);
        let never_asked = count(|member| !member.recused && !member.agrees && !member.objects && !member.asked);
        let told = (found.agreed, found.objected, found.silent, found.recused);
        must(told == (agreed, objected, silent, recused), "Die Antworten sind falsch gezählt.")?;
        must(found.norm == self.values.norm, "Die Vorschrift ist nicht die des festgehaltenen Rechts.")?;
        let on = day(&found.on)?;
        must(on_that_day(entry, on), "Der Tag der Feststellung passt nicht zur Zeit des Eintrags.")?;
        let rightly = if objected > 0 { "rejected" } else { "adopted" };
        must(found.outcome == rightly, "Das Ergebnis folgt nicht aus den Antworten.")?;
        if objected == 0 {
            must(on > self.last_day, "Das Ergebnis steht vor dem Ende der Zeit für einen Widerspruch fest.")?;
            must(never_asked == 0 || !self.values.all_asked, "Nicht alle, die schwiegen, wurden gefragt.")?;
        }
        let word = if objected > 0 { "kein Beschluss, in eine Sitzung" } else { "angenommen" };
        self.result = Some(format!(
            "Zustimmung {agreed}, Schweigen {silent}, Widerspruch {objected}, befangen {recused}: {word}"
        ));
        self.stage = if objected > 0 { Stage::Undecided } else { Stage::Decided(found.on.clone()) };
        Ok(())
    }

    fn chair(&self) -> String {
        format!("chair:{}", self.opened.chair)
    }

    fn still_open(&self) -> Checked {
        must(self.stage == Stage::Open, "Danach konnte niemand mehr antworten.")
    }

    fn member(&mut self, seat: &str) -> Result<&mut Member, String> {
        self.members.get_mut(seat).ok_or_else(|| "Dieser Sitz wurde nicht gefragt.".to_owned())
    }
}

fn values(text: &str, day: &str) -> Result<Values, String> {
    let table: Table = text.parse().map_err(|_| "Das festgehaltene Recht ist kein gültiges TOML.".to_owned())?;
    super::local::check(&table)?;
    let rule = |key: &str| version(&table, key, day).ok_or(format!("Im festgehaltenen Recht fehlt „{key}“."));
    let word = |key: &str| rule(key).map(|(value, _)| value.as_str().unwrap_or_default().to_owned());
    if word("circulation.allowed_for")? != "simple_matters" || word("circulation.adopt_if")? != "no_objection" {
        return Err("Das festgehaltene Recht lässt keinen Umlauf zu, den diese Prüfung kennt.".into());
    }
    let days = rule("circulation.days")?.0;
    let days = days.as_integer().filter(|days| (0..10_000).contains(days));
    Ok(Values {
        days: days.ok_or("„circulation.days“ ist keine Zahl von Tagen.")?,
        all_asked: word("circulation.unreached")? != "agrees",
        late_counts: word("circulation.late_objection")? != "too_late",
        norm: rule("circulation.adopt_if")?.1,
    })
}

/// `JJJJ-MM-TT` as days since 1970, by the Gregorian calendar.
fn day(text: &str) -> Result<i64, String> {
    let wrong = || format!("„{text}“ ist kein Datum.");
    let date = format!("x = {text}").parse::<Table>().ok().filter(|_| text.len() == 10);
    let date = date.as_ref().and_then(|table| table.get("x")).and_then(Value::as_datetime).ok_or_else(wrong)?;
    let date = date.date.filter(|_| date.time.is_none()).ok_or_else(wrong)?;
    let (year, month, day) = (i64::from(date.year), i64::from(date.month), i64::from(date.day));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Ok(365 * year + leap + (153 * month + 2) / 5 + day - 1 - 719_468)
}

/// An entry was written on this day, somewhere on earth.
fn on_that_day(entry: &Entry, day: i64) -> bool {
    let at = entry.envelope.recorded_at;
    (day * DAY_MS - ZONE_MS..=(day + 1) * DAY_MS + ZONE_MS).contains(&at)
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_is_counted_by_the_calendar() {
        let days =
            ["1970-01-01", "2000-02-29", "2000-03-01", "2026-11-23", "0001-01-01"].map(|text| day(text).unwrap());
        assert_eq!(days, [0, 11_016, 11_017, 20_780, -719_162]);
        assert!(
            ["2026-02-30", "", "1", "2026-01-01T00:00:00Z", "2026-01-01 # x\ny = 1"]
                .map(day)
                .iter()
                .all(Result::is_err)
        );
    }
}
