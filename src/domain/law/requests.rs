//! `Verlangen`, § 34 (1) s. 3 to 6 GemO BW: who may ask for a sitting or an item, and when it is too early to ask again.

use super::deadlines::{Deadline, last_day};
use super::{RequestBase, RequestSignature, Rules};
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// `Einberufung`: a sitting without delay.
    Session,
    /// `Verhandlungsgegenstand`: an item on the agenda.
    Item,
}

/// A request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// What is asked for.
    pub wants: Wanted,
    /// Councillors of the body, without the mayor.
    pub councillors: u32,
    /// All members, the mayor included where the mayor is one; as many as `councillors` where it is left out.
    #[serde(default)]
    pub members: Option<u32>,
    /// How many of them ask.
    pub asking: u32,
    /// A faction asks as such.
    #[serde(default)]
    pub faction: bool,
    /// The council's own matter (`Verhandlungsgegenstand des Gemeinderats`).
    #[serde(default = "own")]
    pub in_remit: bool,
    /// Everybody who asks has signed by hand.
    #[serde(default)]
    pub handwritten: bool,
    /// When the council last dealt with the same matter.
    #[serde(default)]
    pub dealt_with: Option<Date>,
}

const fn own() -> bool {
    true
}

/// What a request leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestFinding {
    /// How many had to ask.
    pub needed: u32,
    /// In which sitting from now the item is on the agenda at the latest; none where a sitting is convened at once.
    pub latest: Option<u32>,
    /// The paragraph.
    pub norm: String,
}

/// May they ask for it on that day?
///
/// # Errors
/// The law's refusal: too few ask, it is not the council's matter, or it was dealt with a short while ago.
pub fn find(rules: &Rules, request: Request, on: Date) -> Result<RequestFinding, Refusal> {
    let base = match rules.request_base.get() {
        RequestBase::Councillors => request.councillors,
        RequestBase::Members => request.members.unwrap_or(request.councillors),
    };
    let share = match request.wants {
        Wanted::Session => &rules.request_session_fraction,
        Wanted::Item => &rules.request_item_fraction,
    };
    // Where the share is zero every single member may ask.
    let needed = share.get().ceil_of(base).max(1);
    let by_faction = request.faction && request.wants == Wanted::Item && rules.request_item_or_group.get();
    if request.asking < needed && !by_faction {
        return Err(Refusal::law(
            "request_too_few",
            share.norm(),
            format!("Das verlangen {} von {base}; nötig sind {needed}.", request.asking),
        ));
    }
    let signature = &rules.request_signature;
    if signature.get() == RequestSignature::Handwritten && request.wants == Wanted::Session && !request.handwritten {
        let sentence = "Wer eine Sitzung verlangt, unterzeichnet eigenhändig.";
        return Err(Refusal::law("request_unsigned", signature.norm(), sentence));
    }
    if !request.in_remit {
        let sentence = "Der Gegenstand gehört nicht zum Aufgabengebiet des Gremiums.";
        return Err(Refusal::law("request_not_in_remit", share.norm(), sentence));
    }
    let block = request.dealt_with.and_then(|dealt| last_day(rules, Deadline::RequestBlock, dealt));
    if let Some(block) = block.filter(|block| rules.request_block_months.get() > 0 && on <= block.day) {
        return Err(Refusal::law(
            "request_blocked",
            block.norm,
            format!(
                "Derselbe Gegenstand wurde vor kurzem behandelt; bis zum {} besteht kein Anspruch.",
                block.day.german()
            ),
        ));
    }
    let latest = (request.wants == Wanted::Item).then(|| rules.request_item_latest.get());
    Ok(RequestFinding { needed, latest, norm: share.norm().to_owned() })
}

/// May it be declined? Only what the law does not carry; whatever it carries binds who convenes.
///
/// # Errors
/// The law's refusal: the request is admissible.
pub fn decline(found: &Result<RequestFinding, Refusal>) -> Result<(), Refusal> {
    match found {
        Err(_) => Ok(()),
        Ok(found) => {
            let sentence = "Das Verlangen ist zulässig. Ihm ist zu entsprechen; ablehnen lässt es sich nicht.";
            Err(Refusal::law("request_binding", found.norm.clone(), sentence))
        }
    }
}

/// The day of the sitting on whose agenda a requested item stands at the latest: the `latest`-th of the body's sittings
/// that follow the request (§ 34 (1) s. 4 GemO BW: the one after the next). None while so many are not planned.
#[must_use]
pub fn latest_sitting(sittings: impl IntoIterator<Item = Date>, received: Date, latest: u32) -> Option<Date> {
    let mut following: Vec<Date> = sittings.into_iter().filter(|day| *day > received).collect();
    following.sort_unstable();
    let place = usize::try_from(latest).ok()?.checked_sub(1)?;
    following.get(place).copied()
}
