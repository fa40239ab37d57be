//! One sitting without people: commands go through the real decisions into a real ledger.

use crate::app::ports::chance::Entropy;
use crate::app::record::{self, Stamp};
use crate::domain::id::{CommandId, MeetingId};
use crate::domain::law::Rules;
use crate::domain::ledger::{Head, Sealed};
use crate::domain::meeting::doors::is_behind_doors;
use crate::domain::meeting::{
    Actor, Command, Context, Effect, Event, Meeting, Plan, Recorded, apply, authority, begin, decide, plan, react,
};
use crate::domain::refusal::Refusal;
use crate::domain::time::Instant;

/// How long a command takes, in milliseconds.
const TICK_MS: i64 = 1000;

/// The sitting with its ledger.
pub struct Rehearsal<'a> {
    pub meeting: Meeting,
    pub rules: Rules,
    pub entries: Vec<Sealed>,
    pub heads: Vec<Head>,
    pub now: Instant,
    entropy: &'a dyn Entropy,
}

/// Why a command was not carried out.
pub enum Trouble {
    /// The core refused it.
    Refused(Refusal),
    /// The ledger could not be written.
    Fault(String),
}

impl Trouble {
    /// What a person reads.
    pub fn sentence(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.to_string(),
            Self::Fault(why) => why.clone(),
        }
    }
}

/// In which capacity a command is given.
#[derive(Clone, Copy)]
pub enum Who {
    Chair,
    Clerk,
}

impl<'a> Rehearsal<'a> {
    /// Plans the sitting.
    pub fn plan(wanted: &Plan, id: MeetingId, now: Instant, entropy: &'a dyn Entropy) -> Result<Self, String> {
        let event = plan(wanted).map_err(|refusal| refusal.to_string())?;
        let command = command_id(0)?;
        let stamp = Stamp { command: &command, actor: "administrator", epoch: 1, recorded_at: now };
        let sealed =
            record::write(&Head::start(id.clone()), &stamp, &event, false, entropy).map_err(|why| why.to_string())?;
        let recorded = record::read(&sealed).map_err(|why| why.to_string())?;
        let meeting = begin(id, &recorded).ok_or("Die Sitzung lässt sich nicht planen.")?;
        let rules = record::rules_of(&meeting)?;
        Ok(Self { meeting, rules, entries: vec![sealed], heads: Vec::new(), now, entropy })
    }

    fn context(&self, who: Who) -> Context {
        let actor = match who {
            Who::Chair => Actor { seat: Some(self.meeting.chair.clone()), strong: true, ..Actor::default() },
            Who::Clerk => Actor { clerk: true, strong: true, ..Actor::default() },
        };
        Context { actor, now: self.now }
    }

    /// What a command would lead to.
    pub fn would(&self, who: Who, command: &Command) -> Result<Vec<Event>, Refusal> {
        decide(&self.meeting, &self.rules, &self.context(who), command)
    }

    /// Carries a command out.
    pub fn act(&mut self, who: Who, command: &Command) -> Result<(), Trouble> {
        self.now = self.now.plus_millis(TICK_MS);
        self.act_at_once(who, command)
    }

    /// Carries a command out without time passing.
    pub fn act_at_once(&mut self, who: Who, command: &Command) -> Result<(), Trouble> {
        let events = self.would(who, command).map_err(Trouble::Refused)?;
        let actor = authority(&self.meeting, &self.context(who).actor, command);
        let id = command_id(self.entries.len()).map_err(Trouble::Fault)?;
        for event in &events {
            let stamp = Stamp { command: &id, actor: &actor, epoch: 1, recorded_at: self.now };
            let last = self.entries.last().ok_or_else(|| Trouble::Fault("Die Aufzeichnung ist leer.".to_owned()))?;
            let before = Head { meeting: self.meeting.id.clone(), number: last.envelope.number, digest: last.digest };
            let fault = |why: record::Unreadable| Trouble::Fault(why.to_string());
            let sealed = record::write(&before, &stamp, event, is_behind_doors(&self.meeting, event), self.entropy);
            let sealed = sealed.map_err(fault)?;
            // Folded from what was decided: that reading it back gives the same is asked at the end.
            let recorded = Recorded { event: event.clone(), ..record::read(&sealed).map_err(fault)? };
            self.meeting = apply(self.meeting.clone(), &recorded);
            if react(&self.meeting, event).contains(&Effect::SignHead) {
                let (number, digest) = (sealed.envelope.number, sealed.digest);
                self.heads.push(Head { meeting: self.meeting.id.clone(), number, digest });
            }
            self.entries.push(sealed);
        }
        Ok(())
    }
}

fn command_id(number: usize) -> Result<CommandId, String> {
    format!("nachgestellt-{number}").parse().map_err(|why: crate::domain::id::NotAnId| why.to_string())
}
