//! What may be done in a circulation. Cannot change anything; a refusal of the law carries its paragraph.

use super::event::{
    Announced, Answer, Answered, Delivered, Ended, Event, Found, Opened, RecusalLifted, Recused, Way, Withheld,
};
use super::state::{Circulation, Member, Published, Stage};
use crate::domain::council::{SEATS_MAX, Seat};
use crate::domain::id::{PersonId, SeatId};
use crate::domain::law::circulation::{find, may_circulate, may_object};
use crate::domain::law::{CirculationAnnounced, Rules};
use crate::domain::majority::Outcome;
use crate::domain::meeting::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::text::{Name, Remark};
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Longest time a matter may be sent round, in days.
pub const PERIOD_DAYS_MAX: i64 = 92;

/// A matter to be sent round, and whether the chair judges it a simple one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub opened: Opened,
    /// `Gegenstand einfacher Art`: people judge that.
    pub simple: bool,
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// The member's own answer.
    Answer {
        answer: Answer,
        reason: Option<Remark>,
    },
    /// `Befangenheit`: by the member itself (`None`), or entered by chair or clerk.
    Recuse {
        seat: Option<SeatId>,
    },
    /// The recusal was entered wrongly.
    LiftRecusal {
        seat: SeatId,
    },
    /// What the mail server said.
    ReportDelivery {
        seat: SeatId,
        sent: bool,
        reason: Option<Remark>,
    },
    /// A member was asked on another way.
    AttestAsked {
        seat: SeatId,
        how: Remark,
    },
    /// The chair finds the result.
    Find,
    Announce {
        on: Date,
        sitting: Name,
    },
    Withhold,
    /// Ends it without a result.
    End {
        reason: Remark,
    },
}

/// Who asks, when, and who sits in the body on that day.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    pub actor: &'a Actor,
    /// The day on the calendar of the town hall.
    pub today: Date,
    /// The body as it is occupied today.
    pub seated: &'a [Seat],
}

/// Sends a matter round.
///
/// # Errors
/// A refusal: the law's, or because nobody could be asked.
pub fn open(rules: &Rules, opening: &Opening) -> Result<Event, Refusal> {
    let Opening { opened, simple } = opening;
    may_circulate(rules, *simple, opened.sent_on, opened.last_day)?;
    if opened.last_day.days_since(opened.sent_on) > PERIOD_DAYS_MAX {
        let sentence = format!("Ein Umlauf dauert höchstens {PERIOD_DAYS_MAX} Tage.");
        return Err(Refusal::misuse("circulation_too_long", sentence));
    }
    if opened.seats.len() < 2 || opened.seats.len() > SEATS_MAX {
        return Err(Refusal::misuse(
            "nobody_to_ask",
            "Das Gremium hat an diesem Tag keine Mitglieder, die man fragen kann.",
        ));
    }
    if !opened.seats.iter().any(|seat| seat.id == opened.chair) {
        return Err(Refusal::misuse("no_chair", "Das Gremium hat an diesem Tag keinen Vorsitz."));
    }
    Ok(Event::Opened(Box::new(opened.clone())))
}

/// What a command comes to.
///
/// # Errors
/// A refusal; nothing happens.
pub fn decide(
    circulation: &Circulation,
    rules: &Rules,
    context: &Context<'_>,
    command: &Command,
) -> Result<Event, Refusal> {
    let desk = Desk { circulation, rules, context };
    match command {
        Command::Answer { answer, reason } => desk.answer(*answer, reason.clone()),
        Command::Recuse { seat: None } => desk.recuse(desk.own()?.seat.id.clone()),
        Command::Recuse { seat: Some(seat) } => {
            desk.office()?;
            desk.recuse(seat.clone())
        }
        Command::LiftRecusal { seat } => desk.lift(seat),
        Command::ReportDelivery { seat, sent, reason } => desk.report(seat, *sent, reason.clone()),
        Command::AttestAsked { seat, how } => desk.attest(seat, how),
        Command::Find => desk.find(),
        Command::Announce { on, sitting } => desk.announce(*on, sitting.clone()),
        Command::Withhold => desk.withhold(),
        Command::End { reason } => desk.end(reason.clone()),
    }
}

/// On whose authority a command is recorded.
#[must_use]
pub fn authority(circulation: &Circulation, actor: &Actor, command: &Command) -> String {
    let own = |as_chair: bool| match &actor.seat {
        Some(seat) if as_chair && *seat == circulation.opened.chair => format!("chair:{seat}"),
        Some(seat) => format!("seat:{seat}"),
        None => "unknown".to_owned(),
    };
    match command {
        _ if actor.system => "system".to_owned(),
        Command::Answer { .. } | Command::Recuse { seat: None } => own(false),
        Command::Recuse { seat: Some(_) }
        | Command::LiftRecusal { .. }
        | Command::ReportDelivery { .. }
        | Command::AttestAsked { .. }
        | Command::Find
        | Command::Announce { .. }
        | Command::Withhold
        | Command::End { .. } => {
            let clerk = actor.clerk && actor.seat.as_ref() != Some(&circulation.opened.chair);
            if clerk { "clerk".to_owned() } else { own(true) }
        }
    }
}

struct Desk<'a> {
    circulation: &'a Circulation,
    rules: &'a Rules,
    context: &'a Context<'a>,
}

impl Desk<'_> {
    /// The member who acts.
    fn own(&self) -> Result<&Member, Refusal> {
        let actor = self.context.actor;
        if !actor.strong {
            return Err(Refusal::misuse("second_factor", "Dafür müssen Sie sich mit Passwort und Code anmelden."));
        }
        let own = actor.seat.as_ref().and_then(|seat| self.circulation.members.get(seat));
        own.ok_or_else(|| Refusal::misuse("not_a_member", "Antworten können nur die Mitglieder des Gremiums."))
    }

    fn chair(&self) -> Result<(), Refusal> {
        let actor = self.context.actor;
        if actor.strong && actor.seat.as_ref() == Some(&self.circulation.opened.chair) {
            return Ok(());
        }
        Err(Refusal::misuse("not_the_chair", "Das ist Sache des Vorsitzes."))
    }

    /// Chair or clerk.
    fn office(&self) -> Result<(), Refusal> {
        if self.context.actor.strong && self.context.actor.clerk { Ok(()) } else { self.chair() }
    }

    fn member(&self, seat: &SeatId) -> Result<&Member, Refusal> {
        let member = self.circulation.members.get(seat);
        member.ok_or_else(|| {
            Refusal::misuse("no_such_seat", "Diesen Sitz gibt es in diesem Gremium nicht. Bitte die Seite neu laden.")
        })
    }

    fn is_open(&self) -> Result<(), Refusal> {
        match self.circulation.stage {
            Stage::Open => Ok(()),
            Stage::Objected => {
                Err(Refusal::misuse("objected", "Es wurde widersprochen; die Sache gehört in eine Sitzung."))
            }
            Stage::Found(_) | Stage::Ended(_) => {
                Err(Refusal::misuse("circulation_over", "Dieses Umlaufverfahren ist beendet."))
            }
        }
    }

    fn answer(&self, answer: Answer, reason: Option<Remark>) -> Result<Event, Refusal> {
        let own = self.own()?;
        self.is_open()?;
        if own.recused {
            let sentence = "Wer befangen ist, entscheidet nicht mit.";
            return Err(Refusal::law("recused", self.rules.recusal_leaves.norm(), sentence));
        }
        if own.answer == Some(answer) {
            return Err(Refusal::conflict("nothing", "Diese Antwort haben Sie schon gegeben."));
        }
        if answer == Answer::Objects {
            may_object(self.rules, self.context.today, self.circulation.opened.last_day)?;
        }
        Ok(Event::Answered(Answered { seat: own.seat.id.clone(), answer, reason }))
    }

    fn recuse(&self, seat: SeatId) -> Result<Event, Refusal> {
        self.is_open()?;
        if self.member(&seat)?.recused {
            return Err(Refusal::conflict("nothing", "Das ist schon vermerkt."));
        }
        Ok(Event::Recused(Recused { seat }))
    }

    fn lift(&self, seat: &SeatId) -> Result<Event, Refusal> {
        self.office()?;
        self.is_open()?;
        if !self.member(seat)?.recused {
            return Err(Refusal::conflict("nothing", "Dieses Mitglied ist nicht als befangen vermerkt."));
        }
        Ok(Event::RecusalLifted(RecusalLifted { seat: seat.clone() }))
    }

    fn report(&self, seat: &SeatId, sent: bool, reason: Option<Remark>) -> Result<Event, Refusal> {
        if !self.context.actor.system {
            return Err(Refusal::misuse("not_yours", "Das meldet der Mailversand."));
        }
        self.is_open()?;
        if self.member(seat)?.way.is_some() {
            return Err(Refusal::conflict("nothing", "Das ist schon gemeldet."));
        }
        let way = if sent { Way::Mail } else { Way::Failed };
        Ok(Event::Delivered(Delivered { seat: seat.clone(), way, reason }))
    }

    fn attest(&self, seat: &SeatId, how: &Remark) -> Result<Event, Refusal> {
        self.office()?;
        self.is_open()?;
        if self.member(seat)?.is_reached() {
            return Err(Refusal::conflict("nothing", "Dieses Mitglied ist schon gefragt."));
        }
        Ok(Event::Delivered(Delivered { seat: seat.clone(), way: Way::Otherwise, reason: Some(how.clone()) }))
    }

    fn find(&self) -> Result<Event, Refusal> {
        self.chair()?;
        match self.circulation.stage {
            Stage::Open | Stage::Objected => {}
            Stage::Found(_) => return Err(Refusal::conflict("nothing", "Das Ergebnis ist schon festgestellt.")),
            Stage::Ended(_) => self.is_open()?,
        }
        let Opened { last_day, chair, .. } = &self.circulation.opened;
        if self.circulation.members.get(chair).is_some_and(|chair| chair.recused) {
            let sentence = "Wer befangen ist, stellt das Ergebnis nicht fest; die Sache gehört in eine Sitzung.";
            return Err(Refusal::law("chair_recused", self.rules.recusal_leaves.norm(), sentence));
        }
        let outcome = find(self.rules, self.circulation.standing(), self.context.today, *last_day)?;
        let norm = self.rules.circulation_adopt_if.norm();
        if outcome == Outcome::Adopted && self.reseated() {
            let sentence = "Das Gremium ist inzwischen anders besetzt; wer jetzt Mitglied ist, wurde nicht gefragt.";
            return Err(Refusal::law("body_changed", norm, sentence));
        }
        let sums = self.circulation.sums();
        Ok(Event::Found(Found {
            outcome,
            agreed: sums.agreed,
            objected: sums.objected,
            silent: sums.silent,
            recused: sums.recused,
            on: self.context.today,
            norm: norm.to_owned(),
        }))
    }

    /// Somebody is a member today who was not asked, or nobody knows who is one.
    fn reseated(&self) -> bool {
        let key = |seat: &Seat| -> (SeatId, PersonId) { (seat.id.clone(), seat.person.clone()) };
        let asked: BTreeSet<_> = self.circulation.opened.seats.iter().map(key).collect();
        let seated = self.context.seated;
        seated.is_empty() || !seated.iter().all(|seat| asked.contains(&key(seat)))
    }

    /// There is a decision the public has not been told of.
    fn unpublished(&self) -> Result<&Found, Refusal> {
        self.office()?;
        let rule = &self.rules.circulation_announce;
        if rule.get() == CirculationAnnounced::Unnamed {
            return Err(Refusal::misuse("not_announced", "Eine Bekanntgabe ist hier nicht vorgesehen."));
        }
        match (&self.circulation.stage, &self.circulation.published) {
            (Stage::Found(found), Published::NotYet) if found.outcome == Outcome::Adopted => Ok(found),
            (Stage::Found(_), Published::Announced(_) | Published::Withheld) => {
                Err(Refusal::conflict("nothing", "Über die Bekanntgabe ist schon entschieden."))
            }
            _ => Err(Refusal::misuse("nothing_to_announce", "Es gibt keinen Beschluss, der bekannt zu geben wäre.")),
        }
    }

    fn announce(&self, on: Date, sitting: Name) -> Result<Event, Refusal> {
        let found = self.unpublished()?;
        if on < found.on || on > self.context.today {
            let sentence = "Bekannt gegeben wird in einer Sitzung nach der Feststellung, und vermerkt wird es danach.";
            return Err(Refusal::misuse("not_that_day", sentence));
        }
        let wording = self.circulation.opened.wording.clone();
        Ok(Event::Announced(Announced { on, sitting, wording }))
    }

    fn withhold(&self) -> Result<Event, Refusal> {
        self.chair()?;
        self.unpublished()?;
        Ok(Event::Withheld(Withheld {}))
    }

    fn end(&self, reason: Remark) -> Result<Event, Refusal> {
        self.office()?;
        if self.circulation.stage != Stage::Objected {
            self.is_open()?;
        }
        Ok(Event::Ended(Ended { reason }))
    }
}
