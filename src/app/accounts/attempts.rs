//! Slows guessing down without locking anybody out.
//!
//! Three counts: this account from this address, this address, this account from anywhere. Each has some free
//! failures, then a delay that doubles up to a bound. An attempt counts as failed from its beginning, so that a hundred
//! guesses at once are a hundred. A refused attempt counts nothing: waiting is enough, whatever strangers do in the
//! meantime. Where somebody signed in lately, strangers elsewhere do not delay them at all.

use crate::domain::time::Instant;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A count is forgotten this long after its newest failure, in milliseconds.
const MEMORY_MILLIS: i64 = 15 * 60 * 1000;
/// An address counts as somebody's own this long after they signed in from it: thirty days.
const OWN_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Most entries kept; at the bound the longest untouched make room.
const ENTRIES_MAX: usize = 20_000;

/// Free failures and the longest delay of one kind of count.
#[derive(Clone, Copy)]
struct Limit {
    free: u32,
    longest_millis: i64,
}

/// One account from one address: a person who mistypes.
const PAIR: Limit = Limit { free: 5, longest_millis: 5 * 60 * 1000 };
/// One address: a whole council behind the town hall's one address must fit.
const ADDRESS: Limit = Limit { free: 100, longest_millis: 60 * 1000 };
/// One account from anywhere: many machines guessing at one person, who must still get a turn.
const ACCOUNT: Limit = Limit { free: 30, longest_millis: 30 * 1000 };

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Pair(String, IpAddr),
    Address(IpAddr),
    Account(String),
}

impl Key {
    const fn limit(&self) -> Limit {
        match self {
            Self::Pair(..) => PAIR,
            Self::Address(_) => ADDRESS,
            Self::Account(_) => ACCOUNT,
        }
    }
}

#[derive(Clone, Copy)]
struct Count {
    failures: u32,
    newest: Instant,
}

impl Count {
    /// Milliseconds still to wait.
    fn delay(self, limit: Limit, now: Instant) -> i64 {
        let Some(over) = self.failures.checked_sub(limit.free) else { return 0 };
        let whole = 2_i64.saturating_pow(over).saturating_mul(1000).min(limit.longest_millis);
        whole.saturating_sub(now.millis_since(self.newest)).max(0)
    }

    fn faded(self, now: Instant) -> bool {
        now.millis_since(self.newest) >= MEMORY_MILLIS
    }
}

#[derive(Default)]
struct Memory {
    counts: BTreeMap<Key, Count>,
    /// When an account last signed in from an address.
    own: BTreeMap<(String, IpAddr), Instant>,
}

/// The failed attempts of this process. They are forgotten at a restart, which is no way in: it takes an operator.
#[derive(Default)]
pub struct Attempts(Mutex<Memory>);

/// An attempt under way, already counted as failed.
#[must_use]
pub struct Attempt {
    email: String,
    address: IpAddr,
    keys: Vec<Key>,
}

impl Attempts {
    /// Begins an attempt, or says how many seconds to wait.
    pub fn begin(&self, email: &str, address: IpAddr, now: Instant) -> Result<Attempt, i64> {
        let (email, address) = (email.to_owned(), network(address));
        let mut memory = self.memory();
        let own = (email.clone(), address);
        let known = memory.own.get(&own).is_some_and(|at| now.millis_since(*at) < OWN_MILLIS);
        let mut keys = vec![Key::Pair(email.clone(), address), Key::Address(address)];
        if !known {
            keys.push(Key::Account(email.clone()));
        }
        let counts = keys.iter().filter_map(|key| Some((key, memory.counts.get(key)?)));
        let delay =
            counts.filter(|(_, count)| !count.faded(now)).map(|(key, count)| count.delay(key.limit(), now)).max();
        if let Some(delay) = delay.filter(|delay| *delay > 0) {
            return Err(delay.saturating_add(999) / 1000);
        }
        for key in &keys {
            let count = memory.counts.entry(key.clone()).or_insert(Count { failures: 0, newest: now });
            let before = if count.faded(now) { 0 } else { count.failures };
            *count = Count { failures: before.saturating_add(1), newest: now };
        }
        make_room(&mut memory);
        Ok(Attempt { email, address, keys })
    }

    /// The attempt was right: its own failures are forgotten, and the address is the person's own for a while.
    pub fn succeed(&self, attempt: Attempt, now: Instant) {
        let mut memory = self.memory();
        for key in &attempt.keys {
            match key {
                Key::Pair(..) => drop(memory.counts.remove(key)),
                Key::Address(_) | Key::Account(_) => take_one_back(&mut memory, key),
            }
        }
        memory.own.insert((attempt.email, attempt.address), now);
        make_room(&mut memory);
    }

    /// The attempt was never judged: it does not count.
    pub fn forgive(&self, attempt: Attempt) {
        let mut memory = self.memory();
        for key in &attempt.keys {
            take_one_back(&mut memory, key);
        }
    }

    /// Drops what has faded.
    pub fn sweep(&self, now: Instant) {
        let mut memory = self.memory();
        memory.counts.retain(|_, count| !count.faded(now));
        memory.own.retain(|_, at| now.millis_since(*at) < OWN_MILLIS);
    }

    /// A panic of another holder leaves counts that are at worst one too high.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take_one_back(memory: &mut Memory, key: &Key) {
    if let Some(count) = memory.counts.get_mut(key) {
        count.failures = count.failures.saturating_sub(1);
    }
}

/// At the bound, the older half goes in one sweep: rare, and bounded work an entry.
fn make_room(memory: &mut Memory) {
    if memory.counts.len() > ENTRIES_MAX {
        let mut ages: Vec<Instant> = memory.counts.values().map(|count| count.newest).collect();
        let (_, middle, _) = ages.select_nth_unstable(ENTRIES_MAX / 2);
        let middle = *middle;
        memory.counts.retain(|_, count| count.newest > middle);
    }
    if memory.own.len() > ENTRIES_MAX {
        let mut ages: Vec<Instant> = memory.own.values().copied().collect();
        let (_, middle, _) = ages.select_nth_unstable(ENTRIES_MAX / 2);
        let middle = *middle;
        memory.own.retain(|_, at| *at > middle);
    }
}

/// Who has an IPv6 address usually has the whole /64 of it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALL: &str = "192.0.2.1";
    const STRANGER: &str = "198.51.100.7";

    fn at(seconds: i64) -> Instant {
        Instant(seconds * 1000)
    }

    fn from(address: &str) -> IpAddr {
        address.parse().expect("an address")
    }

    #[test]
    fn mistyping_costs_nothing_first_and_then_ever_more() {
        let attempts = Attempts::default();
        for _ in 0..5 {
            assert!(attempts.begin("a@example.org", from(HALL), at(0)).is_ok());
        }
        assert_eq!(attempts.begin("a@example.org", from(HALL), at(0)).err(), Some(1));
        assert!(attempts.begin("a@example.org", from(HALL), at(1)).is_ok());
        assert_eq!(attempts.begin("a@example.org", from(HALL), at(1)).err(), Some(2));
        assert!(attempts.begin("a@example.org", from(HALL), at(3)).is_ok());
        assert_eq!(attempts.begin("a@example.org", from(HALL), at(3)).err(), Some(4));
        assert!(attempts.begin("b@example.org", from(HALL), at(3)).is_ok(), "the neighbour is not concerned");
    }

    #[test]
    fn the_delay_stays_bounded_and_refusals_do_not_prolong_it() {
        let attempts = Attempts::default();
        let mut now = 0;
        for _ in 0..60 {
            while let Err(wait) = attempts.begin("a@example.org", from(HALL), at(now)) {
                assert!(wait <= 300, "five minutes at most, not {wait} s");
                now += wait;
            }
        }
        let wait = attempts.begin("a@example.org", from(HALL), at(now)).err().expect("a delay");
        for _ in 0..1000 {
            assert_eq!(attempts.begin("a@example.org", from(HALL), at(now)).err(), Some(wait));
        }
        assert!(attempts.begin("a@example.org", from(HALL), at(now + wait)).is_ok());
    }

    #[test]
    fn strangers_do_not_delay_somebody_at_home() {
        let attempts = Attempts::default();
        let home = attempts.begin("a@example.org", from(HALL), at(0)).expect("the first attempt");
        attempts.succeed(home, at(0));
        let mut refused = 0;
        for stranger in 0..200_u8 {
            let address = IpAddr::from([203, 0, 113, stranger]);
            refused += u32::from(attempts.begin("a@example.org", address, at(10)).is_err());
        }
        assert!(refused > 150, "many machines guessing at one account are slowed down, {refused} of 200 were");
        assert!(attempts.begin("a@example.org", from(STRANGER), at(10)).is_err());
        assert!(attempts.begin("a@example.org", from(HALL), at(10)).is_ok());
        let later = attempts.begin("a@example.org", from(STRANGER), at(41));
        assert!(later.is_ok(), "even from a new place nobody waits longer than 30 s");
    }

    #[test]
    fn sixty_members_behind_one_address_all_get_in() {
        let attempts = Attempts::default();
        let begun: Vec<_> =
            (0..60).map(|i| attempts.begin(&format!("m{i}@example.org"), from(HALL), at(0)).expect("a turn")).collect();
        for attempt in begun {
            attempts.succeed(attempt, at(1));
        }
        assert!((0..100).all(|i| attempts.begin(&format!("x{i}@example.org"), from(HALL), at(2)).is_ok()));
    }

    #[test]
    fn an_unjudged_attempt_does_not_count_and_memory_fades() {
        let attempts = Attempts::default();
        for _ in 0..50 {
            let attempt = attempts.begin("a@example.org", from(HALL), at(0)).expect("a turn");
            attempts.forgive(attempt);
        }
        for _ in 0..5 {
            assert!(attempts.begin("a@example.org", from(HALL), at(0)).is_ok());
        }
        assert!(attempts.begin("a@example.org", from(HALL), at(0)).is_err());
        for _ in 0..5 {
            assert!(attempts.begin("a@example.org", from(HALL), at(15 * 60)).is_ok());
        }
    }

    #[test]
    fn memory_is_bounded_and_a_whole_ipv6_network_is_one_address() {
        let attempts = Attempts::default();
        for i in 0..30_000_i64 {
            let _ = attempts.begin(&format!("m{i}@example.org"), from(HALL), at(i * 61));
        }
        assert!(attempts.memory().counts.len() <= ENTRIES_MAX);
        assert_eq!(network(from("2001:db8:1:2:3:4:5:6")), network(from("2001:db8:1:2:ffff::1")));
        assert_eq!(network(from("::ffff:192.0.2.1")), from("192.0.2.1"));
    }
}
