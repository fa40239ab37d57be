//! The engine under test and what it tells.

use ratssaal::adapters::media::{MediaConfig, start};
use ratssaal::app::ports::media::{MediaEngine, MediaEvent};
use ratssaal::domain::id::{EndpointId, MeetingId};
use ratssaal::domain::presence::Observation;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::sync::mpsc;

/// How long anything awaited may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The engine under test and what it told so far.
pub struct Chamber {
    pub engine: MediaEngine,
    pub address: SocketAddr,
    events: mpsc::Receiver<MediaEvent>,
    seats: BTreeMap<EndpointId, Vec<Option<EndpointId>>>,
}

pub fn meeting() -> MeetingId {
    "sitzung".parse().expect("an identifier")
}

pub fn endpoint(name: &str) -> EndpointId {
    name.parse().expect("an identifier")
}

impl Chamber {
    pub fn open() -> Self {
        Self::with(|_| ())
    }

    /// With other settings than a council's.
    pub fn with(change: impl FnOnce(&mut MediaConfig)) -> Self {
        let mut config = MediaConfig::at(SocketAddr::from(([127, 0, 0, 1], 0)));
        change(&mut config);
        let (engine, events, address) = start(config).expect("the engine starts");
        Self { engine, address, events, seats: BTreeMap::new() }
    }

    /// The first event that fits.
    pub async fn event<T>(&mut self, what: &str, mut fits: impl FnMut(&MediaEvent) -> Option<T>) -> T {
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                let event = self.events.recv().await.expect("the engine lives");
                if let MediaEvent::Slots { endpoint, slots, .. } = &event {
                    self.seats.insert(endpoint.clone(), slots.iter().map(|slot| slot.source.clone()).collect());
                }
                if let Some(found) = fits(&event) {
                    return found;
                }
            }
        });
        found.await.unwrap_or_else(|_| panic!("never happened: {what}"))
    }

    /// The first second of an endpoint that fits.
    pub async fn second(&mut self, name: &str, what: &str, fits: impl Fn(&Observation) -> bool) -> Observation {
        let wanted = endpoint(name);
        self.event(what, |event| match event {
            MediaEvent::Measured { observations, .. } => {
                observations.iter().find(|one| one.endpoint == wanted && fits(one)).cloned()
            }
            MediaEvent::Slots { .. } => None,
        })
        .await
    }

    /// Waits until the slots of a receiver hold exactly these sources.
    pub async fn seated(&mut self, name: &str, sources: &[Option<&str>]) {
        let (receiver, wanted) = (endpoint(name), sources.iter().map(|one| one.map(endpoint)).collect::<Vec<_>>());
        if self.seats.get(&receiver) == Some(&wanted) {
            return;
        }
        self.event(&format!("{name} sees {sources:?}"), |event| match event {
            MediaEvent::Slots { endpoint, slots, .. } if *endpoint == receiver => {
                slots.iter().map(|slot| slot.source.clone()).eq(wanted.iter().cloned()).then_some(())
            }
            _ => None,
        })
        .await;
    }
}
