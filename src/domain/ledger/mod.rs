//! The ledger of a meeting: what an entry is, which bytes are hashed, what may be deleted and still verify.
//!
//! An entry carries, per deletion class, only the salted digest of that part of its payload. Payload and salt lie
//! beside it and can be deleted together; the chain of entries still verifies, and the deletion is an entry itself.
//! Changing anything in this module changes what the world can check: `tests/golden` holds released entries for ever.

mod canonical;
mod class;
mod digest;
mod entry;
mod head;
pub mod payload;

pub use canonical::{NotCanonical, canonical, canonical_of};
pub use class::Class;
pub use digest::Digest;
pub use entry::{Envelope, Part, Salt, Sealed, seal};
pub use head::{Head, SignedHead};
