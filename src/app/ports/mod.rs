//! What the use cases ask of the outside. Each port is small, and free of the types of whoever implements it.
pub mod ledger;
pub mod media;
pub mod minutes;

use std::future::Future;
use std::pin::Pin;

/// An answer that is waited for, from a port that is called through a pointer.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
