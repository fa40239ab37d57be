//! The town in force, shared by everybody who reads it.

use super::Town;
use std::sync::Arc;
use tokio::sync::watch;

/// A town with the number of its version.
#[derive(Debug, Clone)]
pub struct Edition {
    /// 0 for a town that is kept nowhere.
    pub number: u64,
    pub town: Arc<Town>,
}

/// Whoever asks gets the town of that moment and keeps it as long as needed: one answer is made from one town.
#[derive(Debug)]
pub struct CurrentTown(watch::Sender<Edition>);

impl CurrentTown {
    #[must_use]
    pub fn new(edition: Edition) -> Self {
        Self(watch::Sender::new(edition))
    }

    #[must_use]
    pub fn edition(&self) -> Edition {
        self.0.borrow().clone()
    }

    #[must_use]
    pub fn town(&self) -> Arc<Town> {
        Arc::clone(&self.0.borrow().town)
    }

    /// Puts a newer town in force; an older one changes nothing.
    pub fn advance(&self, edition: Edition) {
        self.0.send_if_modified(|held| {
            let newer = edition.number > held.number;
            if newer {
                *held = edition;
            }
            newer
        });
    }
}
