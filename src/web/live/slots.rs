//! Who is in which slot of whose gallery: the newest word of the media engine, for the sockets to pass on.

use crate::app::ports::media::{MediaEvent, Slot};
use crate::domain::id::{EndpointId, MeetingId};
use std::collections::BTreeMap;
use std::sync::Mutex;
use tokio::sync::watch;

/// Galleries remembered; older ones than this many are forgotten with their meeting.
const GALLERIES_MAX: usize = 10_000;

type Gallery = watch::Sender<Vec<Slot>>;

/// The newest slots of every receiver.
#[derive(Debug, Default)]
pub struct SlotBoard {
    galleries: Mutex<BTreeMap<(MeetingId, EndpointId), Gallery>>,
}

impl SlotBoard {
    /// Takes what the engine tells; anything but slots is somebody else's.
    pub fn tell(&self, event: &MediaEvent) {
        if let MediaEvent::Slots { chamber, endpoint, slots } = event
            && let Some(gallery) = self.gallery(chamber, endpoint)
        {
            gallery.send_replace(slots.clone());
        }
    }

    /// The slots of one receiver, now and from now on. `None` if there are too many galleries.
    pub fn follow(&self, chamber: &MeetingId, endpoint: &EndpointId) -> Option<watch::Receiver<Vec<Slot>>> {
        self.gallery(chamber, endpoint).map(|gallery| gallery.subscribe())
    }

    fn gallery(&self, chamber: &MeetingId, endpoint: &EndpointId) -> Option<Gallery> {
        let mut galleries = self.galleries.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let key = (chamber.clone(), endpoint.clone());
        if galleries.len() >= GALLERIES_MAX && !galleries.contains_key(&key) {
            galleries.retain(|_, gallery| gallery.receiver_count() > 0);
            if galleries.len() >= GALLERIES_MAX {
                return None;
            }
        }
        Some(galleries.entry(key).or_default().clone())
    }
}
