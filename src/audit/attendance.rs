//! Who was there and who was recused, and the quorum that follows.

use super::event::{Hands, Perception, PresenceFound, Quorum, Recusal, RoomAttested};
use super::law::Law;
use super::second::{Here, SecondSitting};
use std::collections::{BTreeMap, BTreeSet};

/// Everybody's place, and the recusals by item.
pub struct Attendance {
    seats: BTreeSet<String>,
    places: BTreeMap<String, Place>,
    recusals: BTreeMap<String, BTreeSet<String>>,
    /// The public is shut out, and with it who is connected, save those who declared to be alone.
    shut: bool,
    alone: BTreeSet<String>,
    /// Where the smaller number of a second sitting suffices.
    pub second: SecondSitting,
    /// By law not to take part connected: the holder of the office while somebody else leads in the room.
    kept_out: Option<String>,
    /// Had to leave, or was excluded; the seat stays occupied.
    sent_out: BTreeSet<String>,
    /// The body is a committee.
    pub committee: bool,
    /// Seats the law provides for.
    pub statutory: Option<u64>,
    /// The quorum was found at the opening, and never found lacking since.
    pub found_once: bool,
    /// Somebody moved that it is lacking, and nobody has answered.
    pub questioned: bool,
    /// Who is no member.
    pub voices: Voices,
}

/// Who takes part with an advisory voice only (§ 33 (1) GemO BW).
#[derive(Default)]
pub struct Voices {
    pub advisory: BTreeSet<String>,
    /// Officials among them, who have a vote while they lead, where the law says so.
    pub while_leading: BTreeSet<String>,
    /// Who leads, and whether the chair waits to be taken.
    pub chair: String,
    pub leaderless: bool,
    /// Who may have to lead from afar.
    pub may_lead: BTreeSet<String>,
    /// Whom the chair lets be connected although they are no member.
    pub admitted: BTreeSet<String>,
}

impl Voices {
    fn has_vote(&self, seat: &str) -> bool {
        let leads = || self.chair == seat && !self.leaderless && self.while_leading.contains(seat);
        !self.advisory.contains(seat) || leads()
    }

    /// No member, and not to lead either.
    fn only_advises(&self, seat: &str) -> bool {
        self.advisory.contains(seat) && !self.has_vote(seat) && self.chair != seat && !self.may_lead.contains(seat)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Room,
    Remote(Perception),
}

impl Attendance {
    /// Nobody is there yet.
    pub fn of(seats: impl Iterator<Item = String>) -> Self {
        let (places, recusals) = (BTreeMap::new(), BTreeMap::new());
        let second = SecondSitting::default();
        Self {
            seats: seats.collect(),
            places,
            recusals,
            shut: false,
            alone: BTreeSet::new(),
            kept_out: None,
            sent_out: BTreeSet::new(),
            second,
            committee: false,
            statutory: None,
            found_once: false,
            questioned: false,
            voices: Voices::default(),
        }
    }

    /// The body is another one; what was noted of an item stays noted.
    pub fn reseat(&mut self, seats: impl Iterator<Item = String>) {
        self.seats = seats.collect();
    }

    /// How many are entitled at an item at all, wherever they are.
    pub fn ever_entitled(&self, item: Option<&str>) -> u64 {
        count(self.members().count()).saturating_sub(count(item.map_or(0, |item| self.recused(item))))
    }

    pub fn known(&self, seat: &str) -> Result<(), String> {
        if self.seats.contains(seat) { Ok(()) } else { Err(format!("Den Sitz {seat} gibt es nicht.")) }
    }

    pub fn attest(&mut self, attested: RoomAttested) -> Result<(), String> {
        self.known(&attested.seat)?;
        self.places.remove(&attested.seat);
        if attested.present {
            self.not_sent_out(&attested.seat)?;
            self.places.insert(attested.seat, Place::Room);
        }
        Ok(())
    }

    /// Whoever is attested in the room is not measured.
    pub fn find(&mut self, found: PresenceFound) -> Result<(), String> {
        self.known(&found.seat)?;
        self.not_sent_out(&found.seat)?;
        if !self.is_in_room(&found.seat) {
            self.places.insert(found.seat, Place::Remote(found.perception));
        }
        Ok(())
    }

    /// The municipality's system stopped: nobody remote was perceptible any more.
    pub fn lose_everybody(&mut self) {
        for place in self.places.values_mut().filter(|place| **place != Place::Room) {
            *place = Place::Remote(Perception::Absent);
        }
    }

    /// Who is connected no longer counts, or counts again.
    pub fn shut_out(&mut self, shut: bool) {
        self.shut = shut;
        self.alone.clear();
    }

    pub fn stays_alone(&mut self, seat: String) {
        self.alone.insert(seat);
    }

    /// Whoever had to leave is neither there nor comes back.
    pub fn send_out(&mut self, seat: String) {
        self.places.remove(&seat);
        self.sent_out.insert(seat);
    }

    pub fn is_sent_out(&self, seat: &str) -> bool {
        self.sent_out.contains(seat)
    }

    fn not_sent_out(&self, seat: &str) -> Result<(), String> {
        if self.is_sent_out(seat) {
            return Err(format!("Sitz {seat} war aus der Sitzung verwiesen oder von ihr ausgeschlossen."));
        }
        Ok(())
    }

    pub fn keep_out(&mut self, seat: Option<String>) {
        self.kept_out = seat;
    }

    pub fn is_recused(&self, seat: &str, item: &str) -> bool {
        self.recusals.get(item).is_some_and(|seats| seats.contains(seat))
    }

    /// Neither in the room nor connected, or connected and cut off. A disturbance that lasts is not yet an absence.
    pub fn is_gone(&self, seat: &str) -> bool {
        match self.places.get(seat) {
            Some(Place::Room) => false,
            Some(Place::Remote(Perception::Absent)) | None => true,
            Some(Place::Remote(_)) => self.is_cut_off(seat),
        }
    }

    fn is_cut_off(&self, seat: &str) -> bool {
        let adviser = self.voices.only_advises(seat);
        let stays = self.alone.contains(seat) && !adviser;
        self.kept_out.as_deref() == Some(seat)
            || (adviser && !self.voices.admitted.contains(seat))
            || (self.shut && !stays)
    }

    pub fn recuse(&mut self, recusal: Recusal) {
        self.recusals.entry(recusal.item).or_default().insert(recusal.seat);
    }

    pub fn lift(&mut self, recusal: &Recusal) -> Result<(), String> {
        let was = self.recusals.get_mut(&recusal.item).is_some_and(|seats| seats.remove(&recusal.seat));
        if was { Ok(()) } else { Err("Hier war keine Befangenheit vermerkt.".into()) }
    }

    /// Recusals at items that left the agenda are gone with them.
    pub fn keep(&mut self, agenda: &BTreeSet<String>) {
        self.recusals.retain(|item, _| agenda.contains(item));
    }

    pub fn not_recused<'a>(&'a self, item: &'a str) -> impl Iterator<Item = &'a str> {
        self.members().map(String::as_str).filter(|seat| !self.is_recused(seat, item))
    }

    /// Is the body quorate at this item in this moment?
    pub fn is_quorate_at(&self, law: &Law, item: &str) -> bool {
        self.found(law, Some(item), false).met
    }

    /// How many are recused at an item.
    pub fn recused(&self, item: &str) -> usize {
        self.recusals.get(item).into_iter().flatten().filter(|seat| self.voices.has_vote(seat)).count()
    }

    /// Everybody present.
    pub fn here(&self) -> impl Iterator<Item = &String> {
        self.seats.iter().filter(|seat| self.is_present(seat))
    }

    /// Is anybody present who is connected?
    pub fn any_remote(&self) -> bool {
        self.seats.iter().any(|seat| self.is_present(seat) && !self.is_in_room(seat))
    }

    pub fn is_in_room(&self, seat: &str) -> bool {
        self.places.get(seat) == Some(&Place::Room)
    }

    /// Every seat with a vote.
    fn members(&self) -> impl Iterator<Item = &String> {
        self.seats.iter().filter(|seat| self.voices.has_vote(seat))
    }

    /// A member, present, and not recused at `item`.
    pub fn is_entitled(&self, seat: &str, item: Option<&str>) -> bool {
        let recused = item.is_some_and(|item| self.is_recused(seat, item));
        self.voices.has_vote(seat) && self.is_present(seat) && !recused
    }

    /// In the room, or perceptible and not cut off; with a vote or without.
    pub fn is_present(&self, seat: &str) -> bool {
        match self.places.get(seat) {
            Some(Place::Room) => true,
            Some(Place::Remote(perception)) => *perception == Perception::Perceptible && !self.is_cut_off(seat),
            None => false,
        }
    }

    pub fn entitled_in_hall(&self, item: &str) -> BTreeSet<String> {
        let in_hall = |seat: &&String| self.is_in_room(seat) && self.is_entitled(seat, Some(item));
        self.seats.iter().filter(in_hall).cloned().collect()
    }

    /// Is the sitting quorate in this moment, whatever item is called?
    pub fn is_quorate(&self, law: &Law) -> bool {
        self.found(law, None, false).met
    }

    /// Finds the quorum of this moment and compares it with the recorded one; `only_hall`: who is connected is present, but
    /// has no vote.
    ///
    /// # Errors
    /// The first figure that differs, as a German sentence.
    pub fn compare(&self, recorded: &Quorum, law: &Law, item: Option<&str>, only_hall: bool) -> Result<(), String> {
        let found = self.found(law, item, only_hall);
        let figures = [
            ("Mitglieder", recorded.occupied, found.occupied),
            ("anwesend", recorded.present, found.present),
            ("stimmberechtigt", recorded.entitled, found.entitled),
            ("nötig", recorded.needed, found.needed),
            ("mitzuzählen", recorded.counted.unwrap_or(recorded.entitled), found.counted.unwrap_or(found.entitled)),
            ("beschlussfähig (1 ja, 0 nein)", recorded.met.into(), found.met.into()),
        ];
        if let Some((what, said, is)) = figures.into_iter().find(|(_, said, is)| said != is) {
            return Err(format!(
                "Beschlussfähigkeit falsch festgestellt: {what}: festgehalten {said}, nachgezählt {is}."
            ));
        }
        if recorded.norm != found.norm {
            return Err(format!("Beschlussfähigkeit falsch festgestellt: Vorschrift ist {}.", found.norm));
        }
        Ok(())
    }

    /// The law presumes the quorum, and nobody has brought that down.
    pub fn is_presumed(&self, law: Option<&Law>) -> bool {
        self.found_once && !self.questioned && law.is_some_and(|law| law.quorum.presumed.is_some())
    }

    /// The quorum of this moment: by the ordinary number, as presumed, and below it by the smaller one of a second sitting.
    fn found(&self, law: &Law, item: Option<&str>, only_hall: bool) -> Quorum {
        // Without the number of the law nothing is quorate by it.
        let occupied = match (law.quorum.statutory, self.statutory) {
            (true, statutory) => statutory.unwrap_or(0),
            (false, _) => count(self.members().count()),
        };
        let here: Vec<&String> = self.seats.iter().filter(|seat| self.is_entitled(seat, None)).collect();
        let votes = |seat: &&&String| self.is_entitled(seat, item) && (!only_hall || self.is_in_room(seat));
        let in_room = count(here.iter().filter(|seat| votes(seat) && self.is_in_room(seat)).count());
        let entitled = count(here.iter().filter(votes).count());
        let present = if law.quorum.only_entitled { count(here.len()) } else { entitled };
        let recused = count(item.map_or(0, |item| self.recused(item)));
        let council_decides = law.council_for(self.committee);
        let (needed, norm) = law.needed(occupied, if council_decides { 0 } else { recused });
        let met = occupied > 0 && entitled > 0 && entitled >= needed;
        let mut ordinary = Quorum { occupied, present, entitled, needed, met, norm: norm.to_owned(), counted: None };
        let shut_out = only_hall && here.iter().any(|seat| self.is_entitled(seat, item) && !self.is_in_room(seat));
        if let Some(norm) = law.quorum.presumed.as_ref().filter(|_| self.is_presumed(Some(law)) && !shut_out && !met) {
            (ordinary.met, ordinary.norm) = (true, norm.clone());
        }
        let here = Here { occupied, present, entitled, in_room, recused };
        let through_recusals = council_decides && through_recusals(entitled, recused, needed);
        let lower =
            if ordinary.met || through_recusals { None } else { self.second.lower(item, law.second.as_ref(), &here) };
        lower.unwrap_or(ordinary)
    }
}

/// Without the recusals there would have been enough.
pub const fn through_recusals(entitled: u64, recused: u64, needed: u64) -> bool {
    recused > 0 && entitled < needed && entitled + recused >= needed
}

/// A number of things that fit into memory.
pub fn count(things: usize) -> u64 {
    u64::try_from(things).unwrap_or(u64::MAX)
}

impl Hands {
    /// Everybody counted in the hall.
    pub fn sum(&self) -> u64 {
        [self.yes, self.no, self.abstain, self.none, self.invalid].into_iter().map(u64::from).sum()
    }
}
