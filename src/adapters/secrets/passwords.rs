//! Argon2id, one at a time. A sign-in wave must not take the cores of a running meeting.

use crate::app::ports::Fault;
use crate::app::ports::secrets::PasswordTrouble;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Most people in the line, the one at work included: two councils at once.
const LINE_MAX: usize = 128;
/// Longest wait in the line. At some 40 ms a hash, the last of a full line waits half of it.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Hashes and checks passwords.
pub struct Passwords {
    argon2: Argon2<'static>,
    /// The hash of nobody's password, so that unknown people cost the same work.
    nobodys: String,
    line: Arc<Semaphore>,
    turn: Arc<Semaphore>,
    wait: Duration,
}

impl Passwords {
    pub fn new() -> Result<Self, Fault> {
        Self::with_line(LINE_MAX, WAIT_MAX)
    }

    fn with_line(places: usize, wait: Duration) -> Result<Self, Fault> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|why| Fault::new(why.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut nobody = [0; 32];
        getrandom::fill(&mut nobody).map_err(Fault::new)?;
        let nobodys = hash(&argon2, &nobody)?;
        Ok(Self { argon2, nobodys, line: Arc::new(Semaphore::new(places)), turn: Arc::new(Semaphore::new(1)), wait })
    }

    /// The PHC string of a new password, with a fresh salt.
    pub async fn hash(&self, password: String) -> Result<String, PasswordTrouble> {
        let argon2 = self.argon2.clone();
        self.in_turn(move || hash(&argon2, password.as_bytes())).await?.map_err(PasswordTrouble::Fault)
    }

    /// Whether the password fits. `None` does the work of a wrong password.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, PasswordTrouble> {
        let argon2 = self.argon2.clone();
        let (known, hash) = (hash.is_some(), hash.unwrap_or_else(|| self.nobodys.clone()));
        self.in_turn(move || {
            let parsed = PasswordHash::new(&hash).map_err(|why| Fault::new(why.to_string()))?;
            Ok(argon2.verify_password(password.as_bytes(), &parsed).is_ok() && known)
        })
        .await?
        .map_err(PasswordTrouble::Fault)
    }

    /// Runs the work on a thread of its own when nobody else's runs. The turn goes with the work, so that an
    /// impatient visitor who hangs up does not let a second one start.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordTrouble> {
        let _place = self.line.try_acquire().map_err(|_| PasswordTrouble::Busy)?;
        let turn = tokio::time::timeout(self.wait, Arc::clone(&self.turn).acquire_owned()).await;
        let turn = turn.map_err(|_| PasswordTrouble::Busy)?.map_err(|why| PasswordTrouble::Fault(Fault::new(why)))?;
        let worked = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        worked.await.map_err(|why| PasswordTrouble::Fault(Fault::new(why)))
    }
}

fn hash(argon2: &Argon2<'_>, password: &[u8]) -> Result<String, Fault> {
    let hashed = argon2.hash_password(password).map_err(|why| Fault::new(why.to_string()))?;
    Ok(hashed.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn a_password_fits_its_hash_and_nothing_else_does() {
        let passwords = Passwords::new().expect("passwords");
        let hash = passwords.hash("drei blaue Birnen".into()).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify("drei blaue Birnen".into(), Some(hash.clone())).await.expect("an answer"));
        assert!(!passwords.verify("drei blaue birnen".into(), Some(hash)).await.expect("an answer"));
        assert!(!passwords.verify("drei blaue Birnen".into(), None).await.expect("an answer"));
    }

    #[tokio::test]
    async fn unknown_people_cost_the_work_of_known_ones() {
        let passwords = Passwords::new().expect("passwords");
        let hash = passwords.hash("drei blaue Birnen".into()).await.expect("a hash");
        let mut fastest = [Duration::MAX; 2];
        for _ in 0..5 {
            for (which, hash) in [Some(hash.clone()), None].into_iter().enumerate() {
                let start = std::time::Instant::now();
                passwords.verify("falsch".into(), hash).await.expect("an answer");
                fastest[which] = fastest[which].min(start.elapsed());
            }
        }
        let [known, unknown] = fastest;
        assert!(unknown * 2 > known && known * 2 > unknown, "known {known:?}, unknown {unknown:?}");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn never_two_at_a_time_even_when_visitors_hang_up() {
        let passwords = Arc::new(Passwords::new().expect("passwords"));
        let (at_work, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let visitors: Vec<_> = (0..20)
            .map(|i| {
                let (passwords, at_work, most) = (Arc::clone(&passwords), Arc::clone(&at_work), Arc::clone(&most));
                let visitor = tokio::spawn(async move {
                    let work = move || {
                        most.fetch_max(at_work.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::sleep(Duration::from_millis(5));
                        at_work.fetch_sub(1, Ordering::SeqCst);
                    };
                    passwords.in_turn(work).await
                });
                (i, visitor)
            })
            .collect();
        for (i, visitor) in visitors {
            if i % 3 == 0 {
                visitor.abort();
            }
            let _ = visitor.await;
        }
        assert_eq!(most.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_full_line_and_a_long_wait_say_busy() {
        let passwords = Arc::new(Passwords::with_line(2, Duration::from_millis(50)).expect("passwords"));
        let (release, held) = std::sync::mpsc::channel::<()>();
        let (begun, beginning) = tokio::sync::oneshot::channel();
        let first = Arc::clone(&passwords);
        let first = tokio::spawn(async move {
            let work = move || {
                let _ = begun.send(());
                held.recv()
            };
            first.in_turn(work).await
        });
        beginning.await.expect("the first is at work");
        let (second, third) = tokio::join!(passwords.in_turn(|| ()), passwords.in_turn(|| ()));
        assert!(matches!(second, Err(PasswordTrouble::Busy)), "the wait was too long");
        assert!(matches!(third, Err(PasswordTrouble::Busy)), "the line was full");
        release.send(()).expect("the first still waits");
        first.await.expect("the first ends").expect("and was served").expect("and was released");
    }
}
