//! Who is in which slot. Pure: no connection, no clock.
//!
//! A slot keeps its source for as long as both are there, whoever else comes and goes. Sources that find no free slot
//! wait in the order of their arrival. Nobody receives themselves; the excluded neither send nor receive.

use crate::domain::id::EndpointId;
use std::collections::{BTreeMap, BTreeSet};

/// One slot of one receiver whose source is now another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub receiver: EndpointId,
    pub slot: usize,
    pub source: Option<EndpointId>,
}

/// The seating of one chamber.
#[derive(Debug, Default)]
pub struct Router {
    /// In the order of arrival.
    sources: Vec<EndpointId>,
    receivers: BTreeMap<EndpointId, Vec<Option<EndpointId>>>,
    excluded: BTreeSet<EndpointId>,
    /// Which slots a source is in; follows `receivers`.
    watchers: BTreeMap<EndpointId, Vec<(EndpointId, usize)>>,
}

impl Router {
    /// A source begins to send.
    pub fn source_came(&mut self, source: &EndpointId) -> Vec<Change> {
        if !self.sources.contains(source) {
            self.sources.push(source.clone());
        }
        self.settle()
    }

    /// A source is gone; its slots become free for those who wait.
    pub fn source_went(&mut self, source: &EndpointId) -> Vec<Change> {
        self.sources.retain(|other| other != source);
        self.settle()
    }

    /// A receiver with that many slots takes its place, the older one of the same endpoint included. All its slots
    /// start empty, so that each assignment is reported.
    pub fn receiver_came(&mut self, receiver: &EndpointId, slots: usize) -> Vec<Change> {
        self.receivers.insert(receiver.clone(), vec![None; slots]);
        self.settle()
    }

    /// A receiver is gone.
    pub fn receiver_went(&mut self, receiver: &EndpointId) {
        self.receivers.remove(receiver);
        self.settle();
    }

    /// `Befangenheit`, § 18 (5) `GemO BW`: cuts an endpoint off in both directions, or lifts that.
    pub fn exclude(&mut self, endpoint: &EndpointId, excluded: bool) -> Vec<Change> {
        if excluded {
            self.excluded.insert(endpoint.clone());
        } else {
            self.excluded.remove(endpoint);
        }
        self.settle()
    }

    /// Whether anybody is excluded, present or not.
    #[must_use]
    pub fn excludes_nobody(&self) -> bool {
        self.excluded.is_empty()
    }

    /// How many endpoints are excluded besides this one.
    #[must_use]
    pub fn excluded_besides(&self, endpoint: &EndpointId) -> usize {
        self.excluded.iter().filter(|other| *other != endpoint).count()
    }

    /// Where a source is to be forwarded to.
    #[must_use]
    pub fn watchers(&self, source: &EndpointId) -> &[(EndpointId, usize)] {
        self.watchers.get(source).map_or(&[], Vec::as_slice)
    }

    /// The source of each slot of a receiver.
    #[must_use]
    pub fn slots(&self, receiver: &EndpointId) -> &[Option<EndpointId>] {
        self.receivers.get(receiver).map_or(&[], Vec::as_slice)
    }

    /// Sources a receiver has no slot for.
    #[must_use]
    pub fn waiting(&self, receiver: &EndpointId) -> usize {
        let seated = self.slots(receiver).iter().flatten().count();
        self.sources.iter().filter(|source| self.may(source, receiver)).count().saturating_sub(seated)
    }

    fn may(&self, source: &EndpointId, receiver: &EndpointId) -> bool {
        source != receiver && !self.excluded.contains(source) && !self.excluded.contains(receiver)
    }

    fn settle(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut receivers = std::mem::take(&mut self.receivers);
        for (receiver, slots) in &mut receivers {
            let allowed: Vec<&EndpointId> = self.sources.iter().filter(|source| self.may(source, receiver)).collect();
            let before = slots.clone();
            for slot in slots.iter_mut() {
                if slot.as_ref().is_some_and(|source| !allowed.contains(&source)) {
                    *slot = None;
                }
            }
            for source in allowed {
                if slots.iter().flatten().any(|seated| seated == source) {
                    continue;
                }
                let Some(free) = slots.iter_mut().find(|slot| slot.is_none()) else { break };
                *free = Some(source.clone());
            }
            let changed = before.iter().zip(slots.iter()).enumerate().filter(|(_, (before, after))| before != after);
            changes.extend(changed.map(|(slot, (_, source))| Change {
                receiver: receiver.clone(),
                slot,
                source: source.clone(),
            }));
        }
        self.receivers = receivers;
        self.watchers.clear();
        for (receiver, slots) in &self.receivers {
            for (slot, source) in slots.iter().enumerate() {
                if let Some(source) = source {
                    self.watchers.entry(source.clone()).or_default().push((receiver.clone(), slot));
                }
            }
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> EndpointId {
        text.parse().expect("a well-formed identifier")
    }

    fn seats(router: &Router, receiver: &str) -> Vec<String> {
        let slots = router.slots(&id(receiver));
        slots.iter().map(|slot| slot.as_ref().map_or("-".to_owned(), ToString::to_string)).collect()
    }

    fn chamber(members: &[&str], slots: usize) -> Router {
        let mut router = Router::default();
        for member in members {
            router.source_came(&id(member));
            router.receiver_came(&id(member), slots);
        }
        router
    }

    #[test]
    fn everybody_sees_everybody_but_themselves() {
        let router = chamber(&["a", "b", "c"], 3);
        assert_eq!(seats(&router, "a"), ["b", "c", "-"]);
        assert_eq!(seats(&router, "b"), ["a", "c", "-"]);
        assert_eq!(seats(&router, "c"), ["a", "b", "-"]);
    }

    #[test]
    fn a_slot_stays_when_another_source_goes() {
        let mut router = chamber(&["a", "b", "c", "d"], 3);
        let changes = router.source_went(&id("b"));
        assert_eq!(seats(&router, "a"), ["-", "c", "d"]);
        assert!(changes.iter().all(|change| change.source.is_none()));
        router.source_came(&id("b"));
        assert_eq!(seats(&router, "a"), ["b", "c", "d"]);
    }

    #[test]
    fn who_finds_no_slot_waits_and_moves_up() {
        let mut router = chamber(&["a", "b", "c", "d"], 2);
        assert_eq!((seats(&router, "a"), router.waiting(&id("a"))), (vec!["b".to_owned(), "c".to_owned()], 1));
        let changes = router.source_went(&id("b"));
        assert!(changes.contains(&Change { receiver: id("a"), slot: 0, source: Some(id("d")) }));
        assert_eq!(seats(&router, "a"), ["d", "c"]);
    }

    #[test]
    fn the_excluded_neither_send_nor_receive_and_come_back() {
        let mut router = chamber(&["a", "b", "c"], 2);
        router.exclude(&id("b"), true);
        assert_eq!(seats(&router, "a"), ["-", "c"]);
        assert_eq!(seats(&router, "b"), ["-", "-"]);
        assert!(router.watchers(&id("b")).is_empty());
        router.receiver_came(&id("b"), 2);
        assert_eq!(seats(&router, "b"), ["-", "-"], "a new connection does not lift it");
        router.exclude(&id("b"), false);
        assert_eq!(seats(&router, "a"), ["b", "c"]);
        assert_eq!(seats(&router, "b"), ["a", "c"]);
    }

    #[test]
    fn watchers_follow_the_slots() {
        let mut router = chamber(&["a", "b"], 1);
        assert_eq!(router.watchers(&id("a")), [(id("b"), 0)]);
        router.receiver_went(&id("b"));
        assert!(router.watchers(&id("a")).is_empty());
    }

    #[test]
    fn a_new_receiver_of_the_same_endpoint_hears_of_every_slot() {
        let mut router = chamber(&["a", "b"], 1);
        let changes = router.receiver_came(&id("b"), 2);
        assert_eq!(changes, [Change { receiver: id("b"), slot: 0, source: Some(id("a")) }]);
    }
}
