//! Signing in: right, wrong, too often, all at once; and what protects every page.

use super::house::{Browser, House, MAYOR, MAYORS_EMAIL, PASSWORD, credentials, on_each};
use ratssaal::app::accounts::AccountRefusal;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[tokio::test]
async fn wrong_and_replayed_credentials_all_get_the_same_sentence() {
    on_each(async |place| {
        let house = House::open(place).await;
        let secret = house.enrol(MAYOR).await;
        let browser = Browser::new(&house.url);
        let code = house.next_code(&secret);
        let long = "x".repeat(4000);
        let mut sentences = std::collections::BTreeSet::new();
        for (email, password, code) in [
            (MAYORS_EMAIL, "drei blaue birnen", code.as_str()),
            (MAYORS_EMAIL, PASSWORD, "000000x"),
            (MAYORS_EMAIL, &long, &code),
            ("niemand@example.org", PASSWORD, &code),
            ("anton.apfelkern@example.org", PASSWORD, &code),
        ] {
            let answer = browser.sign_in(email, password, code).await;
            assert_eq!(answer.status, 422, "{email}");
            let (_, rest) = answer.text.split_once("id=\"problem\">").expect("a problem");
            sentences.insert(rest.split('<').next().expect("a sentence").to_owned());
            assert!(browser.cookie().is_none(), "no session without a person");
        }
        assert_eq!(sentences.len(), 1, "{sentences:?}");

        assert_eq!(browser.sign_in("  Rosalinde.BLUMENFELD@example.org ", PASSWORD, &code).await.status, 303);
        let replay = Browser::new(&house.url);
        assert_eq!(replay.sign_in(MAYORS_EMAIL, PASSWORD, &code).await.status, 422, "a code works once");
        let fresh = house.next_code(&secret);
        let tries = (0..2).map(|_| house.accounts.sign_in(credentials(MAYORS_EMAIL, PASSWORD, &fresh), LOOPBACK));
        let results = futures_util::future::join_all(tries).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "nor twice at the same time");
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_and_a_stranger_locks_nobody_out() {
    on_each(async |place| {
        let house = House::open(place).await;
        let secret = house.enrol(MAYOR).await;
        let at_home = house.signed_in(MAYORS_EMAIL, &secret).await;
        assert_eq!(at_home.get("/wer").await.status, 200);
        let stranger: IpAddr = "198.51.100.7".parse().expect("an address");
        let guess = || house.accounts.sign_in(credentials(MAYORS_EMAIL, "geraten und falsch", "123456"), stranger);
        for _ in 0..5 {
            assert!(matches!(guess().await, Err(AccountRefusal::NotYou)));
        }
        let Err(AccountRefusal::Wait { seconds: 1 }) = guess().await else { panic!("the sixth guess waits") };
        let again = Browser::new(&house.url);
        assert_eq!(again.sign_in(MAYORS_EMAIL, PASSWORD, &house.next_code(&secret)).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_foreign_page_can_post_nothing() {
    on_each(async |place| {
        let house = House::open(place).await;
        let secret = house.enrol(MAYOR).await;
        let browser = house.signed_in(MAYORS_EMAIL, &secret).await;
        for headers in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "https://other.example.org")],
        ] {
            for path in ["/abmelden", "/ueberall-abmelden", "/anmelden", "/einladung", "/einrichten"] {
                let answer = browser.post_with(path, &[("token", "x")], headers).await;
                assert_eq!(answer.status, 403, "{path} {headers:?}");
            }
        }
        assert_eq!(browser.get("/wer").await.status, 200, "still signed in");
        let own =
            browser.post_with("/abmelden", &[], &[("origin", &house.url), ("sec-fetch-site", "same-origin")]).await;
        assert_eq!(own.status, 303);
        assert_eq!(browser.get("/wer").await.status, 303, "signed out by one's own page");
    })
    .await;
}

#[tokio::test]
async fn every_answer_is_protected_and_floods_are_refused() {
    on_each(async |place| {
        let house = House::open(place).await;
        let browser = Browser::new(&house.url);
        for path in ["/anmelden", "/wer", "/nirgends", "/einladung/x"] {
            let answer = browser.get(path).await;
            let header =
                |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            assert!(header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert!(!header("content-security-policy").contains("unsafe"), "{path}");
            assert!(header("permissions-policy").contains("camera=(self), microphone=(self)"), "{path}");
            assert_eq!((header("x-content-type-options"), header("cache-control")), ("nosniff", "no-store"), "{path}");
        }
        let huge = "x".repeat(20_000);
        let answer = browser.post("/anmelden", &[("email", &huge), ("password", "x"), ("code", "x")]).await;
        assert_eq!(answer.status, 413);
        assert_eq!(browser.post("/anmelden", &[]).await.status, 422, "a form without fields");
        let mut refused = 0;
        for _ in 0..200 {
            let answer = browser.post("/einladung", &[("token", "x")]).await;
            assert!(matches!(answer.status, 404 | 429), "{}", answer.status);
            if answer.status == 429 {
                assert!(answer.headers.contains_key("retry-after") && answer.text.contains("Zu viele Anfragen"));
                refused += 1;
            }
        }
        assert!(refused > 20, "only {refused} of 200 at once were refused");
        assert_eq!(browser.get("/anmelden").await.status, 200, "reading is not limited");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_sign_ins_at_once_do_not_disturb_a_running_meeting() {
    on_each(async |place| {
        let people: String = (0..60)
            .map(|i| format!("[[people]]\nid = \"p{i}\"\nname = \"Person {i}\"\nemail = \"p{i}@example.org\"\n"))
            .collect();
        let file =
            include_str!("../../src/demo/musterstadt.toml").replace("[[bodies]]", &format!("{people}[[bodies]]"));
        let town = ratssaal::config::parse_town("town.toml", &file).expect("a town");
        let house = House::open_with(place, town, None).await;
        let mut secrets = Vec::new();
        for i in 0..60 {
            secrets.push(house.enrol(&format!("p{i}")).await);
        }
        house.clock.advance(30);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let meeting = tokio::spawn(async move {
            let mut beats = Vec::new();
            while !stopped.load(Ordering::SeqCst) {
                let before = Instant::now();
                tokio::time::sleep(Duration::from_millis(10)).await;
                beats.push(before.elapsed());
            }
            beats.sort_unstable();
            beats
        });
        let start = Instant::now();
        let browsers = secrets.iter().enumerate().map(|(i, secret)| {
            let (browser, code) = (Browser::new(&house.url), house.code(secret));
            async move { browser.sign_in(&format!("p{i}@example.org"), PASSWORD, &code).await.status }
        });
        let statuses = futures_util::future::join_all(browsers).await;
        let took = start.elapsed();
        stop.store(true, Ordering::SeqCst);
        let beats = meeting.await.expect("the meeting's beats");
        assert!(statuses.iter().all(|status| *status == 303), "{statuses:?}");
        let (median, late) = (beats[beats.len() / 2], beats[beats.len() * 95 / 100]);
        eprintln!(
            "60 sign-ins in {took:?}; beats of 10 ms: median {median:?}, 95 % below {late:?}, {} in all",
            beats.len()
        );
        assert!(took < Duration::from_secs(60), "60 sign-ins took {took:?}");
        assert!(
            median < Duration::from_millis(20) && late < Duration::from_millis(100),
            "median {median:?}, 95 % {late:?}"
        );
    })
    .await;
}
