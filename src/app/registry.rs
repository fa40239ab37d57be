//! `Verwaltung`: the town as it is kept, version after version, and changed by its administrators.

use crate::app::ports::Fault;
use crate::app::ports::accounts::{AccountStore, Seeded};
use crate::app::ports::clock::Clock;
use crate::app::ports::town::{TownEntry, TownStore, TownVersion};
use crate::app::town::{Change, CurrentTown, Edition, Town, TownDraft, Wrong};
use crate::domain::id::PersonId;
use crate::domain::time::{Date, Instant, LocalTime};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How often a version is tried again at the start while other processes write theirs.
const TRIES_MAX: u32 = 5;
/// Versions the history shows at a time.
pub const ENTRIES_MAX: u32 = 100;

/// What became of the town file at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TownFile {
    /// It is in force, or it is what the administration went on from.
    Known,
    /// It was changed after the administration had begun in the browser, and is not in force.
    Ignored,
}

/// Why nothing was changed.
#[derive(Debug)]
pub enum NotChanged {
    Wrong(Wrong),
    /// Others were faster: what they changed since, the newest first.
    Conflict(Vec<TownEntry>),
    Fault(Fault),
}

impl From<Fault> for NotChanged {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The kept town. One for the whole process.
pub struct Registry {
    store: Arc<dyn TownStore>,
    accounts: Arc<dyn AccountStore>,
    clock: Arc<dyn Clock>,
    local: fn(Instant) -> LocalTime,
    current: Arc<CurrentTown>,
    file: TownFile,
}

impl Registry {
    /// Takes up the town. A new database gets the one of the file. A file that changed is one more version as long as
    /// nobody has changed the town in the browser; from then on the browser's town is in force and the file is not.
    ///
    /// # Errors
    /// If the store cannot be used, or what it holds is no town.
    pub async fn open(
        store: Arc<dyn TownStore>,
        accounts: Arc<dyn AccountStore>,
        clock: Arc<dyn Clock>,
        local: fn(Instant) -> LocalTime,
        file: &Town,
    ) -> Result<Self, Fault> {
        for _ in 0..TRIES_MAX {
            let (version, state) = match store.newest().await? {
                None => (first(file, clock.now())?, TownFile::Known),
                Some(held) if held.entry.by.is_some() => {
                    let base = store.newest_of_file().await?;
                    let known = same(&held, file)? || base.map_or(Ok(false), |base| same(&base, file))?;
                    (held, if known { TownFile::Known } else { TownFile::Ignored })
                }
                Some(held) if same(&held, file)? => (held, TownFile::Known),
                Some(held) => (following(&held, file, clock.now())?, TownFile::Known),
            };
            let town = town_of(&version)?;
            if store.newest_number().await? < version.entry.number
                && !store.append(version.clone(), seeded(&town)).await?
            {
                continue;
            }
            if state == TownFile::Ignored {
                tracing::warn!(
                    "die Gemeindedatei wurde geändert, gilt aber nicht: die Gemeinde wird im Browser verwaltet"
                );
            }
            let edition = Edition { number: version.entry.number, town: Arc::new(town) };
            let current = Arc::new(CurrentTown::new(edition));
            return Ok(Self { store, accounts, clock, local, current, file: state });
        }
        Err(Fault::new("Die Gemeinde wird gerade von mehreren Stellen zugleich eingelesen."))
    }

    /// The town in force, for everybody who reads it.
    #[must_use]
    pub fn current(&self) -> Arc<CurrentTown> {
        Arc::clone(&self.current)
    }

    #[must_use]
    pub fn edition(&self) -> Edition {
        self.current.edition()
    }

    /// What became of the town file at the start.
    #[must_use]
    pub const fn file(&self) -> TownFile {
        self.file
    }

    /// The day on the calendar of the town hall.
    #[must_use]
    pub fn today(&self) -> Date {
        (self.local)(self.clock.now()).date
    }

    /// Sees what another process changed.
    ///
    /// # Errors
    /// If the store cannot be read, or what it holds is no town.
    pub async fn refresh(&self) -> Result<(), Fault> {
        if self.store.newest_number().await? <= self.current.edition().number {
            return Ok(());
        }
        if let Some(version) = self.store.newest().await? {
            self.current.advance(Edition { number: version.entry.number, town: Arc::new(town_of(&version)?) });
        }
        Ok(())
    }

    /// Everybody who may sign in and has keys.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn enrolled(&self) -> Result<BTreeSet<PersonId>, Fault> {
        self.accounts.enrolled().await
    }

    /// What was changed before version `before`, the newest first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn entries(&self, before: u64) -> Result<Vec<TownEntry>, Fault> {
        self.store.entries(before, ENTRIES_MAX).await
    }

    /// Changes the town that `by` has seen as version `seen`. What changes nothing makes no version. At least one
    /// administrator stays who can sign in.
    ///
    /// # Errors
    /// [`NotChanged`]; nothing is changed.
    pub async fn change(&self, seen: u64, by: &PersonId, change: &Change) -> Result<(), NotChanged> {
        self.refresh().await?;
        let Edition { number, town } = self.current.edition();
        if number != seen {
            return Err(self.overtaken(seen).await?);
        }
        let changed = change.apply(&town, self.today()).map_err(NotChanged::Wrong)?;
        if changed.town == *town {
            return Ok(());
        }
        let enrolled = self.accounts.enrolled().await?;
        let administers = |person: &PersonId| {
            let signs_in = changed.town.person(person).is_some_and(|person| !person.email.is_empty());
            signs_in && changed.town.is_administrator(person)
        };
        if !enrolled.iter().any(administers) {
            let sentence = "Danach könnte niemand mehr die Gemeinde verwalten. Geben Sie zuerst einer anderen Person die \
                 Aufgabe Verwaltung; sie muss ihren Zugang eingerichtet haben.";
            return Err(NotChanged::Wrong(Wrong { field: "", sentence: sentence.to_owned() }));
        }
        let entry = TownEntry {
            number: number.saturating_add(1),
            recorded_at: self.clock.now(),
            by: Some(by.clone()),
            what: changed.what,
        };
        let (number, text) = (entry.number, canonical(&changed.town)?);
        if !self.store.append(TownVersion { entry, town: text }, seeded(&changed.town)).await? {
            self.refresh().await?;
            return Err(self.overtaken(seen).await?);
        }
        tracing::info!(version = number, change = change.kind(), "the town was changed");
        self.current.advance(Edition { number, town: Arc::new(changed.town) });
        Ok(())
    }

    async fn overtaken(&self, seen: u64) -> Result<NotChanged, Fault> {
        let mut entries = self.store.entries(u64::MAX, ENTRIES_MAX).await?;
        entries.retain(|entry| entry.number > seen);
        Ok(NotChanged::Conflict(entries))
    }
}

/// The people who may sign in.
fn seeded(town: &Town) -> Vec<Seeded> {
    let people = town.people().iter().filter(|person| !person.email.is_empty());
    people.map(|p| Seeded { person: p.id.clone(), name: p.name.clone(), email: p.email.clone() }).collect()
}

fn canonical(town: &Town) -> Result<String, Fault> {
    serde_json::to_string(&TownDraft::from(town)).map_err(Fault::new)
}

fn draft_of(version: &TownVersion) -> Result<TownDraft, Fault> {
    let number = version.entry.number;
    serde_json::from_str(&version.town).map_err(|why| Fault::new(format!("Gemeinde, Fassung {number}: {why}")))
}

fn town_of(version: &TownVersion) -> Result<Town, Fault> {
    let number = version.entry.number;
    Town::try_from(draft_of(version)?).map_err(|why| Fault::new(format!("Gemeinde, Fassung {number}: {why}")))
}

/// Whether a version says what the file says; what is out of use does not count.
fn same(version: &TownVersion, file: &Town) -> Result<bool, Fault> {
    let (mut held, mut said) = (draft_of(version)?, TownDraft::from(file));
    held.retired.clear();
    said.retired.clear();
    Ok(held == said)
}

fn first(file: &Town, now: Instant) -> Result<TownVersion, Fault> {
    let what = "Die Gemeindedatei ist eingelesen.".to_owned();
    let entry = TownEntry { number: 1, recorded_at: now, by: None, what };
    Ok(TownVersion { entry, town: canonical(file)? })
}

/// The version after `held`, from a file that changed. Identifiers that are no longer named go out of use; whoever writes
/// the file may take one up again.
fn following(held: &TownVersion, file: &Town, now: Instant) -> Result<TownVersion, Fault> {
    let (before, mut draft) = (draft_of(held)?, TownDraft::from(file));
    draft.retired = before.retired_after(&draft).into_iter().collect();
    let town = Town::try_from(draft).map_err(|why| Fault::new(format!("Gemeindedatei: {why}")))?;
    let what = "Die geänderte Gemeindedatei ist eingelesen.".to_owned();
    let entry = TownEntry { number: held.entry.number.saturating_add(1), recorded_at: now, by: None, what };
    Ok(TownVersion { entry, town: canonical(&town)? })
}
