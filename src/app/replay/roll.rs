//! Who is there. The texts name hardly anybody: whoever is recused, comes or goes has a seat of that name, all others have
//! numbers. How many are there at a vote follows from the votes, where the text does not say it.

use super::Past;
use super::agenda::Agenda;
use super::rehearsal::{Rehearsal, Trouble, Who};
use crate::app::ports::official::{OfficialText, OfficialVote};
use crate::domain::council::{Function, Seat};
use crate::domain::id::SeatId;
use crate::domain::meeting::Command;
use crate::domain::text::Name;
use std::collections::BTreeSet;

/// Printed where no text names the chair.
const CHAIR: &str = "Vorsitz (nicht benannt)";

/// The seats, the chair's first, then those of named members.
pub struct Roll {
    pub seats: Vec<Seat>,
    /// Somebody said how many there are; otherwise as many as were ever seen at once.
    pub given: bool,
    /// Names with their seats, in the order of the seats behind the chair's.
    named: Vec<(String, SeatId)>,
    /// Named members who are not there in this moment.
    out: BTreeSet<SeatId>,
}

/// Members present at a vote: as the text says, or as many as voted or were recused.
pub fn present_at(text: &OfficialText, vote: &OfficialVote) -> Option<u32> {
    let recused = u32::try_from(text.recused.len()).unwrap_or(u32::MAX);
    text.present.or_else(|| vote.counts.map(|counts| counts.sum().saturating_add(recused)))
}

impl Roll {
    pub fn of(past: &Past<'_>, agenda: &Agenda<'_>) -> Result<Self, String> {
        let texts: Vec<&OfficialText> = in_order(agenda);
        let chair = texts.iter().find_map(|text| text.chair.as_deref());
        let mut names: Vec<&str> = Vec::new();
        let mut out: BTreeSet<&str> = BTreeSet::new();
        for text in &texts {
            let came = text.moves.iter().filter(|moved| moved.came).map(|moved| &moved.name);
            // Who comes later was not there before.
            out.extend(came.chain(&text.absent).filter(|name| !names.contains(&name.as_str())).map(String::as_str));
            let moved = text.moves.iter().map(|moved| &moved.name);
            for name in text.recused.iter().chain(moved).chain(&text.absent) {
                if !names.contains(&name.as_str()) && !chair.is_some_and(|chair| is_same(chair, name)) {
                    names.push(name);
                }
            }
        }
        let most = most_at_once(&texts, out.clone());
        let count = past.seats.unwrap_or(most).max(names.len().saturating_add(1));
        if count > crate::domain::council::SEATS_MAX {
            let most = crate::domain::council::SEATS_MAX;
            return Err(format!("Das wären {count} Sitze; ein Gremium hat höchstens {most}."));
        }
        let mut seats = vec![seat(1, chair.unwrap_or(CHAIR), Function::Mayor)?];
        for number in 2..=count {
            let name =
                names.get(number.saturating_sub(2)).map_or_else(|| format!("Sitz {number}"), ToString::to_string);
            seats.push(seat(number, &name, Function::Councillor)?);
        }
        let ids = seats.iter().skip(1).map(|seat| seat.id.clone());
        let mut named: Vec<(String, SeatId)> = names.iter().map(ToString::to_string).zip(ids).collect();
        let out = named.iter().filter(|(name, _)| out.contains(name.as_str())).map(|(_, id)| id.clone()).collect();
        if let (Some(chair), Some(first)) = (chair, seats.first()) {
            // Whoever the texts call by the chair's name is the chair.
            let of_chair = texts.iter().flat_map(|text| &text.recused).filter(|name| is_same(chair, name));
            named.extend(of_chair.map(|name| (name.clone(), first.id.clone())));
        }
        Ok(Self { seats, given: past.seats.is_some(), named, out })
    }

    /// How many seats there are, and whether anybody said so.
    pub fn seats(&self) -> (usize, bool) {
        (self.seats.len(), self.given)
    }

    /// The seat of a named member.
    pub fn seat_of(&self, name: &str) -> Option<&SeatId> {
        self.named.iter().find(|(known, _)| known == name).map(|(_, seat)| seat)
    }

    /// A named member came or left.
    pub fn moved(&mut self, name: &str, came: bool) -> Option<SeatId> {
        let seat = self.seat_of(name)?.clone();
        let _ = if came { self.out.remove(&seat) } else { self.out.insert(seat.clone()) };
        Some(seat)
    }

    /// Notes so many members as present in the room: the chair and the named ones who are there, then by number.
    pub fn fill(&self, rehearsal: &mut Rehearsal<'_>, present: u32) -> Result<(), Trouble> {
        let wanted = usize::try_from(present).unwrap_or(usize::MAX);
        let is_named = |seat: &SeatId| self.named.iter().any(|(_, named)| named == seat);
        let chair = self.seats.first().map(|seat| &seat.id);
        let (first, others): (Vec<&Seat>, Vec<&Seat>) =
            self.seats.iter().partition(|seat| Some(&seat.id) == chair || is_named(&seat.id));
        let here: Vec<&SeatId> =
            first.iter().chain(&others).map(|seat| &seat.id).filter(|seat| !self.out.contains(*seat)).collect();
        if wanted > here.len() {
            let all = self.seats.len();
            return Err(Trouble::Fault(format!(
                "{wanted} Anwesende gehen nicht an: Von {all} Sitzen können höchstens {} besetzt gewesen sein.",
                here.len()
            )));
        }
        let must = first.iter().filter(|seat| !self.out.contains(&seat.id)).count();
        if wanted < must {
            return Err(Trouble::Fault(format!(
                "{wanted} Anwesende gehen nicht an: Vorsitz und namentlich Genannte sind schon {must}."
            )));
        }
        let present: BTreeSet<&SeatId> = here.into_iter().take(wanted).collect();
        for seat in self.seats.iter().map(|seat| &seat.id) {
            let (is, should) = (rehearsal.meeting.is_in_room(seat), present.contains(seat));
            if is != should {
                let command = Command::AttestRoom { seat: seat.clone(), present: should };
                rehearsal.act_at_once(Who::Clerk, &command)?;
            }
        }
        Ok(())
    }
}

/// The most members of whom is known at one vote: those present, and those named as away in that moment.
fn most_at_once<'a>(texts: &[&'a OfficialText], mut out: BTreeSet<&'a str>) -> usize {
    let mut most = 1;
    for text in texts {
        out.retain(|name| !text.moves.iter().any(|moved| moved.came && moved.name == *name));
        let votes = text.items.iter().flat_map(|item| &item.votes);
        let present = votes.filter_map(|vote| present_at(text, vote)).max();
        if let Some(present) = present.and_then(|present| usize::try_from(present).ok()) {
            most = most.max(present.saturating_add(out.len()));
        }
        out.extend(text.moves.iter().filter(|moved| !moved.came).map(|moved| moved.name.as_str()));
    }
    most
}

/// The texts in the order of the agenda, each once.
pub fn in_order<'a>(agenda: &Agenda<'a>) -> Vec<&'a OfficialText> {
    let mut texts: Vec<&OfficialText> = Vec::new();
    for (text, _) in agenda.points.iter().filter_map(|point| point.official) {
        if !texts.iter().any(|known| std::ptr::eq(*known, text)) {
            texts.push(text);
        }
    }
    texts
}

/// „Oberbürgermeisterin Dr. Erika Muster“ and „Muster“.
fn is_same(chair: &str, name: &str) -> bool {
    let last = |text: &str| text.split(' ').next_back().map(str::to_owned);
    last(chair) == last(name)
}

fn seat(number: usize, name: &str, function: Function) -> Result<Seat, String> {
    let cut: String = name.chars().take(120).collect();
    let name: Name = cut.parse().map_err(|why| format!("„{cut}“: {why}"))?;
    let wrong = |why: crate::domain::id::NotAnId| why.to_string();
    Ok(Seat {
        id: format!("sitz-{number}").parse().map_err(wrong)?,
        person: format!("person-{number}").parse().map_err(wrong)?,
        name,
        function,
        faction: None,
    })
}
