//! Who led the sitting, and whether it was their turn: the holder of the office, the deputies in their order, the oldest
//! member when all of them are prevented (§ 48 (1) GemO BW); never anybody recused at what is dealt with (§ 18 (5)).

use super::super::event::{Chair, Clause, Planned, Taken};
use super::super::read::Entry;
use super::{Business, Found, Meeting, Phase};
use std::collections::BTreeMap;

/// What only whoever leads does.
const LED: [&str; 23] = [
    "election.struck",
    "meeting.opened",
    "meeting.resumed",
    "meeting.closed",
    "item.called",
    "item.settled",
    "ballot.opened",
    "ballot.closed",
    "ballot.voided",
    "result.declared",
    "result.struck",
    "public.excluded",
    "public.readmitted",
    "closed_part.begun",
    "closed_part.ended",
    "quorum.lacking",
    "quorum.found",
    "order.called",
    "floor.withdrawn",
    "member.expelled",
    "member.excluded",
    "recording.started",
    "adviser.admitted",
];

/// What leads a deliberation or a vote.
const DEALS: [&str; 4] = ["item.called", "ballot.opened", "ballot.closed", "result.declared"];

/// The chair.
pub struct Chairing {
    office: String,
    deputies: Vec<String>,
    leads: String,
    /// Who handed it over, until when.
    aside: BTreeMap<String, Option<String>>,
    eldest: Option<String>,
    clauses: Vec<Clause>,
    starts_at: i64,
    /// A handover or a recusal is withheld from this bundle: nobody can say whose turn it was.
    unseen: bool,
}

impl Chairing {
    /// Whether this authority is the chair's, of whoever leads now.
    pub(super) fn is_led_by(&self, actor: &str) -> bool {
        actor.strip_prefix("chair:") == Some(self.leads.as_str())
    }

    pub fn of(planned: &Planned) -> Self {
        Self {
            office: planned.chair.clone(),
            deputies: planned.deputies.clone(),
            leads: planned.chair.clone(),
            aside: BTreeMap::new(),
            eldest: None,
            clauses: planned.clauses.clone(),
            starts_at: planned.starts_at,
            unseen: false,
        }
    }

    /// The sitting begins at another hour.
    pub fn moved(&mut self, starts_at: i64) {
        self.starts_at = starts_at;
    }

    /// The body is another one.
    pub fn reseated(&mut self, office: String, deputies: Vec<String>, clauses: Vec<Clause>) {
        (self.leads, self.office, self.deputies, self.clauses) = (office.clone(), office, deputies, clauses);
    }

    /// Only these clauses of the Hauptsatzung carry anything.
    pub fn carrying(&mut self, clauses: Vec<Clause>) {
        self.clauses = clauses;
    }

    /// An item has ended, and with it whatever was handed over for it.
    pub fn ended(&mut self, item: &str) {
        self.aside.retain(|_, until| until.as_deref() != Some(item));
    }

    fn ahead_of(&self, seat: &str) -> Vec<&String> {
        std::iter::once(&self.office).chain(&self.deputies).take_while(|one| *one != seat).collect()
    }
}

impl Meeting {
    /// What only the chair does was done by whoever led then.
    pub(super) fn led(&mut self, entry: &Entry) -> Found {
        let name = entry.envelope.name.as_str();
        if entry.is_withheld() && matches!(name, "chair.handed_over")
            || entry.is_withheld() && name.starts_with("recusal.")
        {
            self.chairing.unseen = true;
        }
        // Found lacking where nobody can see it: from then on the figures count.
        if entry.is_withheld() && name == "quorum.lacking" {
            self.attendance.found_once = false;
            self.attendance.questioned = false;
        }
        if !LED.contains(&name) {
            return Ok(());
        }
        let leads = &self.chairing.leads;
        if !self.chairing.is_led_by(&entry.envelope.actor) {
            return Err("Das tat nicht, wer die Sitzung leitete.".into());
        }
        if !self.chairing.unseen && self.chairing.aside.contains_key(leads) {
            return Err("Der Vorsitz war abgegeben und von niemandem übernommen.".into());
        }
        Ok(())
    }

    /// Nobody leads at an item they are recused at.
    pub(super) fn unbiased(&self, entry: &Entry, item: Option<&str>) -> Found {
        // Nobody could hand the chair over under the first releases.
        let known = self.law.as_ref().is_some_and(|law| law.chair.office_remote.is_some());
        let deals = known && DEALS.contains(&entry.envelope.name.as_str());
        match item {
            Some(item) if deals && self.attendance.is_recused(&self.chairing.leads, item) => {
                Err("Wer befangen ist, leitet weder Beratung noch Abstimmung.".into())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn chair(&mut self, entry: &Entry, event: Chair) -> Found {
        self.not_over()?;
        let at = entry.envelope.occurred_at;
        match event {
            Chair::HandedOver(over) => {
                if over.seat != self.chairing.leads || self.is_voting() {
                    return Err("So konnte der Vorsitz nicht abgegeben werden.".into());
                }
                if let Some(item) = &over.item
                    && !self.attendance.is_recused(&over.seat, item)
                {
                    return Err("Der Vorsitz wurde für einen Punkt abgegeben, bei dem niemand befangen war.".into());
                }
                self.chairing.aside.insert(over.seat, over.item);
                Ok(())
            }
            Chair::Hindered(noted) => {
                let deputy = self.chairing.deputies.contains(&noted.seat) && noted.seat != self.chairing.leads;
                if !deputy || entry.envelope.actor != "clerk" {
                    return Err(
                        "Eine Verhinderung vermerkt die Schriftführung, und nur bei der Stellvertretung.".into()
                    );
                }
                if noted.hindered {
                    self.chairing.aside.insert(noted.seat, None);
                } else {
                    self.chairing.aside.remove(&noted.seat);
                }
                Ok(())
            }
            Chair::Eldest(seat) => {
                self.attendance.known(&seat)?;
                self.all_prevented(&self.chairing.ahead_of(""), at)?;
                self.chairing.eldest = Some(seat);
                Ok(())
            }
            Chair::Admitted(admitted) => self.let_connect(admitted),
            Chair::Taken(taken) => self.taken(taken, at),
            Chair::Returned(back) => {
                if back.seat != self.chairing.office || back.from != self.chairing.leads {
                    return Err("Der Vorsitz kehrt nur zu dem zurück, dessen Amt er ist.".into());
                }
                self.able(&back.seat)?;
                self.attendance.keep_out(None);
                self.lead(back.seat);
                Ok(())
            }
        }
    }

    fn taken(&mut self, taken: Taken, at: i64) -> Found {
        let Taken { seat, from, rank, office_remote } = taken;
        if seat == self.chairing.office || from != self.chairing.leads {
            return Err("So konnte der Vorsitz nicht übernommen werden.".into());
        }
        let place = self.chairing.deputies.iter().position(|deputy| *deputy == seat);
        let named = self.chairing.eldest.as_ref() == Some(&seat);
        if rank != place.map(|place| place + 1) || (place.is_none() && !named) {
            return Err("Der Vorsitz wurde von jemandem übernommen, der nicht an der Reihe war.".into());
        }
        self.all_prevented(&self.chairing.ahead_of(&seat), at)?;
        self.able(&seat)?;
        let law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
        let may_stay = law.chair.office_remote.map(|may| may || self.chair_may_be_remote());
        if may_stay.is_some_and(|may| may != office_remote) {
            return Err("Ob sich zuschalten darf, wessen Amt der Vorsitz ist, ist falsch festgehalten.".into());
        }
        let out = self.hybrid && !office_remote;
        self.attendance.keep_out(out.then(|| self.chairing.office.clone()));
        self.lead(seat);
        Ok(())
    }

    fn lead(&mut self, seat: String) {
        self.chairing.aside.remove(&seat);
        self.chairing.leads = seat;
    }

    fn all_prevented(&self, seats: &[&String], at: i64) -> Found {
        match seats.iter().find(|seat| !self.is_prevented(seat, at)) {
            Some(seat) if !self.chairing.unseen && !self.blind => {
                Err(format!("Sitz {seat} war nicht verhindert und geht vor."))
            }
            _ => Ok(()),
        }
    }

    fn is_prevented(&self, seat: &str, at: i64) -> bool {
        if self.chairing.aside.contains_key(seat) || self.is_recused_here(seat) {
            return true;
        }
        let early = self.phase == Phase::Convened && seat == self.chairing.office && at < self.chairing.starts_at;
        !early && ((self.in_room_needed() && !self.attendance.is_in_room(seat)) || self.attendance.is_gone(seat))
    }

    /// Recused at what is called, or at what the chair was handed over for.
    fn is_recused_here(&self, seat: &str) -> bool {
        let handed = self.chairing.aside.get(&self.chairing.leads).filter(|_| seat != self.chairing.leads);
        let items = self.item().into_iter().chain(handed.and_then(Option::as_deref));
        items.into_iter().any(|item| self.attendance.is_recused(seat, item))
    }

    /// Present, where the law wants whoever leads, and not recused; who takes back what they handed over may be.
    fn able(&self, seat: &str) -> Found {
        let recused = seat != self.chairing.leads && self.is_recused_here(seat);
        if recused || (self.in_room_needed() && !self.attendance.is_in_room(seat)) {
            return Err("Wer hier den Vorsitz übernahm, konnte die Sitzung nicht leiten.".into());
        }
        if self.attendance.is_present(seat) || self.returns_from_outside(seat) {
            return Ok(());
        }
        Err("Wer hier den Vorsitz übernahm, war nicht anwesend.".into())
    }

    /// Whoever has the office is kept out only as long as somebody else leads.
    fn returns_from_outside(&self, seat: &str) -> bool {
        seat == self.chairing.office && self.attendance.is_in_room(seat)
    }

    /// An official has a vote only while leading.
    pub(super) fn seat_of_chair(&mut self) {
        let leads = &self.chairing.leads;
        self.attendance.voices.leaderless = self.chairing.aside.contains_key(leads);
        self.attendance.voices.chair.clone_from(leads);
    }

    /// The holder of the office, then the deputies.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.chairing.office).chain(&self.chairing.deputies)
    }

    /// Leads, or has the office to.
    pub(super) fn leads(&self, seat: &str) -> bool {
        self.chairing.leads == seat || self.chairing.office == seat
    }

    pub(super) fn is_voting(&self) -> bool {
        matches!(self.business, Business::Ballot(_) | Business::Counting(..) | Business::Election(_))
    }

    fn in_room_needed(&self) -> bool {
        let law = self.law.as_ref().is_some_and(|law| law.chair.in_room);
        self.hybrid && law && !self.chair_may_be_remote()
    }

    /// A sitting without a public item, where the Hauptsatzung lets the chair be connected (§ 37a (1) s. 6 GemO BW).
    fn chair_may_be_remote(&self) -> bool {
        let Some(law) = &self.law else { return false };
        let clause = self
            .chairing
            .clauses
            .iter()
            .any(|clause| clause.kind == "chair_remote_in_closed_part" && clause.in_force_from <= self.planned.day);
        let public = self.planned.agenda.iter().any(|item| item.public);
        !public && (law.chair.remote == "always" || (law.chair.remote == "by_clause" && clause))
    }
}
