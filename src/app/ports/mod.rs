//! What the use cases ask of the outside. Each port is small, and free of the types of whoever implements it.
pub mod accounts;
pub mod announcer;
pub mod chance;
pub mod clock;
pub mod drafts;
pub mod import;
pub mod ledger;
pub mod mail;
pub mod media;
pub mod minutes;
pub mod official;
pub mod papers;
pub mod requests;
pub mod room;
pub mod seal;
pub mod secrets;
pub mod signer;
pub mod town;

use std::future::Future;
use std::pin::Pin;

/// An answer that is waited for, from a port that is called through a pointer.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The machine's fault: the outside could not do what it was asked. For the log, never for a visitor's eyes.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Fault(Box<dyn std::error::Error + Send + Sync>);

impl Fault {
    /// Wraps whatever went wrong outside.
    pub fn new(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(why.into())
    }
}
