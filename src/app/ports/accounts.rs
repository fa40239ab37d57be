//! Where accounts, enrolment links and sessions are kept.

use super::{Answer, Fault};
use crate::domain::id::{PersonId, TicketId};
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How sure we are who sits there. Only the first may cast a ballot or see what is not public,
/// and whoever the technician has recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    /// Password and one-time code.
    PasswordAndTotp,
    /// Only a link from a mailbox: enough to enrol, never enough for a ballot.
    LinkOnly,
    /// Password alone: waits in the waiting room of one meeting until the technician recognises the person. Nothing before,
    /// and nothing elsewhere.
    Waiting(TicketId),
}

/// Whom a session belongs to: what is kept in it under [`Holder::KEY`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub person: PersonId,
    pub assurance: Assurance,
    /// When the session was last prolonged.
    pub seen: Instant,
}

impl Holder {
    /// The name of the holder in the session's data; the store reads the person from there into a column.
    pub const KEY: &'static str = "holder";
}

/// One account as it is stored. `Debug` is left out on purpose: it holds secrets.
#[derive(Clone)]
pub struct Account {
    pub person: PersonId,
    pub name: String,
    /// In lower case.
    pub email: String,
    /// `None` until enrolled.
    pub keys: Option<AccountKeys>,
}

/// What an enrolled person signs in with.
#[derive(Clone)]
pub struct AccountKeys {
    /// A PHC string (argon2id).
    pub password_hash: String,
    /// Base 32.
    pub totp_secret: String,
}

/// What became of an enrolment link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkState {
    /// Good for this person.
    Good(PersonId),
    Expired,
    Used,
    /// Forged, mistyped, replaced by a newer one, or swept long ago.
    Unknown,
}

/// A person of the town who may sign in.
#[derive(Debug, Clone)]
pub struct Seeded {
    pub person: PersonId,
    pub name: String,
    pub email: String,
}

/// Keeps accounts. Each method is one transaction. Whose accounts there are, [`super::town::TownStore::append`] says.
pub trait AccountStore: Send + Sync {
    /// Everybody who may sign in and has keys.
    fn enrolled(&self) -> Answer<'_, Result<BTreeSet<PersonId>, Fault>>;

    /// The account with this address (lower case), if it may sign in.
    fn by_email<'a>(&'a self, email: &'a str) -> Answer<'a, Result<Option<Account>, Fault>>;

    /// The person's account, if it may sign in.
    fn by_person<'a>(&'a self, person: &'a PersonId) -> Answer<'a, Result<Option<Account>, Fault>>;

    /// Stores a new link by its digest. Earlier links of the person, used or not, are gone.
    fn put_link<'a>(
        &'a self,
        person: &'a PersonId,
        digest: &'a str,
        now: Instant,
        expires: Instant,
    ) -> Answer<'a, Result<(), Fault>>;

    /// Looks at a link without using it.
    fn link<'a>(&'a self, digest: &'a str, now: Instant) -> Answer<'a, Result<LinkState, Fault>>;

    /// Uses a link: of several at once, exactly one gets [`LinkState::Good`].
    fn take_link<'a>(&'a self, digest: &'a str, now: Instant) -> Answer<'a, Result<LinkState, Fault>>;

    /// Sets the keys and the last used time step, and ends every session of the person. `false`, and nothing changed,
    /// unless `link` was used by the person and is still the newest.
    fn enrol<'a>(
        &'a self,
        person: &'a PersonId,
        link: &'a str,
        keys: AccountKeys,
        step: i64,
        now: Instant,
    ) -> Answer<'a, Result<bool, Fault>>;

    /// Marks a time step as used. `false` if it, or a later one, was used before: a replayed code.
    fn use_totp_step<'a>(&'a self, person: &'a PersonId, step: i64) -> Answer<'a, Result<bool, Fault>>;

    /// Ends every session of the person; how many there were.
    fn end_sessions<'a>(&'a self, person: &'a PersonId) -> Answer<'a, Result<u64, Fault>>;

    /// Removes expired sessions, and links that ended before `links_before`; how many rows went.
    fn sweep(&self, now: Instant, links_before: Instant) -> Answer<'_, Result<u64, Fault>>;
}
