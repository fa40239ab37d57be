//! Kinds of case about what surrounds a sitting: summons, deadlines, requests, circulation, minutes, publication.

use super::body::word;
use super::kinds::{Ask, Found};
use crate::domain::law::circulation::{self, Standing};
use crate::domain::law::conduct::{OwnWords, circulated, must_record};
use crate::domain::law::deadlines::{Deadline, last_day};
use crate::domain::law::requests::{self, Request};
use crate::domain::law::signing::{Signed, complete, may_copy, may_publish_minutes};
use crate::domain::law::{Matter, NoticeAnchor, Rules, notice};
use crate::domain::refusal::Refusal;
use crate::domain::text::Remark;
use crate::domain::time::Date;
use serde::Deserialize;
use toml::Table;

/// When the summons went out, and why it could not wait.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Sent; where the time runs from receipt, received on the same day unless `received` says otherwise.
    sent: Date,
    #[serde(default)]
    received: Option<Date>,
    /// Why it could not wait, as the summons says.
    #[serde(default)]
    emergency: Option<Remark>,
    /// The hour of the day it arrived.
    #[serde(default)]
    hour: Option<u8>,
    /// What is to be decided.
    matter: Option<Matter>,
    /// A second sitting on the same matter.
    #[serde(default)]
    second: bool,
}

impl Ask for Notice {
    fn answer(&self, rules: &Rules, on: Date) -> Result<Table, Refusal> {
        let arrived = match rules.notice_anchor.get() {
            NoticeAnchor::Sent => self.sent,
            NoticeAnchor::Received => self.received.unwrap_or(self.sent),
        };
        let (hour, second) = (self.hour, self.second);
        let emergency = self.emergency.as_ref();
        let summoning = notice::Summoning { on: arrived, hour, second, elsewhere: false, emergency };
        let found = notice::find(rules, on, &summoning)?;
        if let Some(matter) = self.matter {
            notice::may_decide(rules, found.days, matter)?;
        }
        Found::default()
            .number("days", found.days)
            .number("needed", found.needed)
            .flag("kept", found.kept)
            .word("norm", &found.norm)
            .ok()
    }
}

/// A time that begins with the day of the case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Due {
    deadline: Deadline,
    /// When it was done, if at all.
    #[serde(default)]
    done: Option<Date>,
}

impl Ask for Due {
    fn answer(&self, rules: &Rules, on: Date) -> Result<Table, Refusal> {
        let found = last_day(rules, self.deadline, on)
            .ok_or_else(|| Refusal::misuse("no_deadline", "Das Gesetz setzt dafür keine Frist."))?;
        let shown = Found::default().word("last", found.day).word("norm", &found.norm);
        match self.done {
            Some(done) => shown.flag("in_time", done <= found.day),
            None => shown,
        }
        .ok()
    }
}

/// A request for a sitting or an item.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct RequestGiven(Request);

impl Ask for RequestGiven {
    fn answer(&self, rules: &Rules, on: Date) -> Result<Table, Refusal> {
        let found = requests::find(rules, self.0, on)?;
        let shown = Found::default().number("needed", found.needed).word("norm", &found.norm);
        match found.latest {
            Some(latest) => shown.number("latest", latest),
            None => shown,
        }
        .ok()
    }
}

/// A matter sent round.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circulation {
    /// A `Gegenstand einfacher Art`; people judge that.
    simple: bool,
    /// Members who object.
    #[serde(default)]
    objections: u32,
    /// Members it did not reach.
    #[serde(default)]
    unreached: u32,
    /// The day it was sent round, and the last one for an objection; the day of the case is the one on which the result
    /// is found. Without them only the objections are counted.
    #[serde(default)]
    sent: Option<Date>,
    #[serde(default)]
    last_day: Option<Date>,
    /// The day of an objection.
    #[serde(default)]
    objected_on: Option<Date>,
}

impl Ask for Circulation {
    fn answer(&self, rules: &Rules, on: Date) -> Result<Table, Refusal> {
        let (Some(sent), Some(last_day)) = (self.sent, self.last_day) else {
            return Found::default().word("outcome", word(circulated(rules, self.simple, self.objections)?)).ok();
        };
        circulation::may_circulate(rules, self.simple, sent, last_day)?;
        if let Some(objected) = self.objected_on {
            circulation::may_object(rules, objected, last_day)?;
        }
        let standing = Standing { objections: self.objections, unreached: self.unreached };
        let outcome = circulation::find(rules, standing, on, last_day)?;
        Found::default().word("outcome", word(outcome)).ok()
    }
}

/// The signed original of the minutes.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct MinutesSigned(Signed);

impl Ask for MinutesSigned {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        complete(rules, &self.0)?;
        Found::default().ok()
    }
}

/// A member asks for a copy of the minutes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    public: bool,
}

impl Ask for Copy {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        may_copy(rules, self.public)?;
        Found::default().ok()
    }
}

/// A member wants something on record.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnRecordGiven {
    what: OwnWords,
    #[serde(default)]
    secret: bool,
}

impl Ask for OnRecordGiven {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        Found::default().flag("must", must_record(rules, self.what, self.secret)).ok()
    }
}

/// What of the publication of an agenda was done.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// On the website.
    website: bool,
    /// `Ortsüblich bekannt gegeben`.
    local_notice: bool,
}

impl Ask for Published {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let website = self.website || !rules.publish_validity_condition.get();
        Found::default().flag("proper", self.local_notice && website).ok()
    }
}

/// The minutes of a public sitting on the website.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinutesWeb {
    /// The Geschäftsordnung provides for it.
    rule_of_procedure: bool,
}

impl Ask for MinutesWeb {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        may_publish_minutes(rules, self.rule_of_procedure)?;
        Found::default().ok()
    }
}
