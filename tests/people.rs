//! People from the outside: enrolment by mail, signing in, sessions, and everything that must not work.

#[path = "people/house.rs"]
mod house;
#[path = "people/mail.rs"]
mod mail;

use house::{Browser, House, MAYOR, MAYORS_EMAIL, PASSWORD, Place, bytes_in, credentials, musterstadt, on_each};
use mail::{MailServer, link_in};
use ratssaal::adapters::mail::{Letters, SmtpServer, SmtpTls};
use ratssaal::app::accounts::AccountRefusal;
use ratssaal::domain::id::PersonId;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn mayor() -> PersonId {
    MAYOR.parse().expect("an id")
}

fn token(link: &str) -> &str {
    link.rsplit_once('/').expect("a token").1
}

#[tokio::test(flavor = "multi_thread")]
async fn enrolment_from_the_letter_to_the_first_sign_in() {
    on_each(async |place| {
        let Some(server) = MailServer::start().await else { return };
        let smtp = SmtpServer { host: "127.0.0.1".into(), port: server.port, tls: SmtpTls::None, credentials: None };
        let letters = Letters::smtp(smtp, "Ratssaal <ratssaal@example.org>").expect("letters");
        let house = House::open_with(place, musterstadt(), Some(Arc::new(letters))).await;
        house.accounts.invite(&mayor()).await.expect("a letter sent");
        let letters = server.letters();
        let [letter] = letters.as_slice() else { panic!("one letter, not {}", letters.len()) };
        for needle in
            ["Auto-Submitted: auto-generated", "multipart/alternative", "text/plain", "text/html", MAYORS_EMAIL]
        {
            assert!(letter.contains(needle), "{needle} in {letter}");
        }
        let link = link_in(letter);
        let path = link.strip_prefix(&house.url).expect("a link to this house");

        let scanner = Browser::new(&house.url);
        for _ in 0..3 {
            assert_eq!(scanner.get(path).await.status, 200, "looking does not use the link");
        }
        let browser = Browser::new(&house.url);
        assert!(browser.get(path).await.text.contains("Rosalinde Blumenfeld"));
        let answer = browser.post("/einladung", &[("token", token(path))]).await;
        assert_eq!((answer.status, answer.to.as_deref()), (303, Some("/einrichten")));
        assert_eq!(browser.get("/wer").await.text, "blumenfeld LinkOnly", "a mailbox is not a vote");

        let page = browser.get("/einrichten").await.text;
        let (_, rest) = page.split_once("<code id=\"secret\">").expect("the secret");
        let secret = rest.split('<').next().expect("the secret").to_owned();
        let code = house.code(&secret);
        for (password, again, code, status, needle) in [
            ("zu kurz", "zu kurz", code.as_str(), 422, "mindestens 12"),
            (PASSWORD, "anders", &code, 422, "verschieden"),
            (PASSWORD, PASSWORD, "000000x", 422, "Code stimmt nicht"),
            (MAYORS_EMAIL, MAYORS_EMAIL, &code, 422, "nicht die eigene"),
        ] {
            let answer = browser.post("/einrichten", &[("password", password), ("again", again), ("code", code)]).await;
            assert_eq!(answer.status, status, "{}", answer.text);
            assert!(answer.text.contains(needle) && answer.text.contains(&secret), "{}", answer.text);
        }
        let answer = browser.post("/einrichten", &[("password", PASSWORD), ("again", PASSWORD), ("code", &code)]).await;
        assert_eq!((answer.status, answer.to.as_deref()), (303, Some("/anmelden?nach=einrichten")));
        assert_eq!(browser.get("/wer").await.status, 303, "the link's session is over");

        let again = browser.sign_in(MAYORS_EMAIL, PASSWORD, &code).await;
        assert_eq!(again.status, 422, "the code of the enrolment is used up");
        let answer = browser.sign_in(MAYORS_EMAIL, PASSWORD, &house.next_code(&secret)).await;
        assert_eq!(answer.status, 303);
        assert_eq!(browser.get("/wer").await.text, "blumenfeld PasswordAndTotp");
        assert_eq!(scanner.get(path).await.status, 410, "the link is used up");
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_without_tls_or_not_there_gets_no_link() {
    on_each(async |place| {
        let Some(server) = MailServer::start().await else { return };
        let letters = |port, tls| {
            let smtp = SmtpServer { host: "127.0.0.1".into(), port, tls, credentials: None };
            Letters::smtp(smtp, "ratssaal@example.org").expect("letters")
        };
        let invite = async |letters| {
            let house = House::open_with(place, musterstadt(), Some(Arc::new(letters))).await;
            house.accounts.invite(&mayor()).await
        };
        let refused = invite(letters(server.port, SmtpTls::StartTls)).await;
        assert!(matches!(refused, Err(AccountRefusal::Fault(_))), "aiosmtpd speaks no TLS here");
        assert!(server.letters().is_empty());
        let port = server.port;
        drop(server);
        let refused = invite(letters(port, SmtpTls::None)).await;
        assert!(matches!(refused, Err(AccountRefusal::Fault(_))), "nobody listens");
        let house = House::open(place).await;
        assert!(matches!(house.accounts.invite(&mayor()).await, Err(AccountRefusal::NoMail)));
        let nobody = "niemand".parse().expect("an id");
        assert!(matches!(house.accounts.enrolment_link(&nobody).await, Err(AccountRefusal::NoSuchPerson)));
    })
    .await;
}

#[tokio::test]
async fn a_program_with_a_cookie_jar_signs_in_on_plain_loopback() {
    on_each(async |place| {
        let house = House::open(place).await;
        let code = {
            let secret = house.enrol(MAYOR).await;
            house.next_code(&secret)
        };
        let program = reqwest::Client::builder().cookie_store(true).build().expect("a client");
        let form = [("email", MAYORS_EMAIL), ("password", PASSWORD), ("code", &code), ("weiter", "/wer")];
        let answer = program.post(format!("{}/anmelden", house.url)).form(&form).send().await.expect("an answer");
        assert_eq!(answer.text().await.expect("a text"), "blumenfeld PasswordAndTotp");
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once_for_half_an_hour_and_only_the_newest() {
    on_each(async |place| {
        let house = House::open(place).await;
        let link = async || house.accounts.enrolment_link(&mayor()).await.expect("a link");
        let confirm = async |link: &str| Browser::new(&house.url).post("/einladung", &[("token", token(link))]).await;

        let (first, second) = (link().await, link().await);
        let replaced = confirm(&first).await;
        assert!(replaced.status == 404 && replaced.text.contains("nicht gültig"), "{}", replaced.text);
        let (one, other) = tokio::join!(confirm(&second), confirm(&second));
        let mut both = [one.status, other.status];
        both.sort_unstable();
        assert_eq!(both, [303, 410], "of two at once exactly one");
        let used = confirm(&second).await;
        assert!(used.status == 410 && used.text.contains("schon benutzt"), "{}", used.text);

        let third = link().await;
        house.clock.advance(30 * 60 - 1);
        assert!(house.accounts.look_at_link(token(&third)).await.is_ok());
        house.clock.advance(1);
        let late = confirm(&third).await;
        assert!(late.status == 410 && late.text.contains("abgelaufen"), "{}", late.text);

        let fourth = link().await;
        let forged = format!("{}0", &token(&fourth)[..63]);
        for forged in [forged.as_str(), "", "x", "%00", "' OR 1=1 --", &"a".repeat(5000)] {
            assert_ne!(forged, token(&fourth));
            let answer = confirm(&format!("/{forged}")).await;
            assert_eq!(answer.status, 404, "„{forged}“: {}", answer.text);
        }
        let browser = Browser::new(&house.url);
        assert_eq!(browser.post("/einladung", &[("token", token(&fourth))]).await.status, 303);
        house.clock.advance(30 * 60);
        let late = browser.post("/einrichten", &[("password", PASSWORD), ("again", PASSWORD), ("code", "1")]).await;
        assert!(late.status == 410 && late.text.contains("Zeit zum Einrichten"), "{}", late.text);
    })
    .await;
}

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

const LOOPBACK: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

#[tokio::test]
async fn guessing_is_slowed_down_and_a_stranger_locks_nobody_out() {
    on_each(async |place| {
        let house = House::open(place).await;
        let secret = house.enrol(MAYOR).await;
        let at_home = house.signed_in(MAYORS_EMAIL, &secret).await;
        assert_eq!(at_home.get("/wer").await.status, 200);
        let stranger: std::net::IpAddr = "198.51.100.7".parse().expect("an address");
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
async fn forged_cookies_are_nobody_and_a_planted_session_is_not_taken_over() {
    on_each(async |place| {
        let house = House::open(place).await;
        let secret = house.enrol(MAYOR).await;
        let honest = house.signed_in(MAYORS_EMAIL, &secret).await;
        let right = honest.cookie().expect("a cookie");
        let mut flipped = right.clone().into_bytes();
        flipped[0] = if flipped[0] == b'A' { b'B' } else { b'A' };
        let flipped = String::from_utf8(flipped).expect("letters");
        for forged in
            [flipped.as_str(), "AAAAAAAAAAAAAAAAAAAAAA", "x", "", &"A".repeat(4000), "%00%ff", "../../etc/passwd"]
        {
            let thief = Browser::new(&house.url);
            thief.set_cookie(forged);
            let answer = thief.get("/wer").await;
            assert_eq!((answer.status, answer.to.as_deref()), (303, Some("/anmelden?weiter=/wer")), "„{forged}“");
            thief.set_cookie(forged);
            assert_eq!(thief.post("/ueberall-abmelden", &[]).await.status, 401, "„{forged}“");
        }
        // Somebody plants their own session's cookie; the victim signs in with it.
        let secret = house.enrol("apfelkern").await;
        let attacker = house.signed_in("anton.apfelkern@example.org", &secret).await;
        let victim = attacker.moved_to(&house.url);
        let planted = attacker.cookie().expect("a cookie");
        let code = house.next_code(&house.enrol(MAYOR).await);
        assert_eq!(victim.sign_in(MAYORS_EMAIL, PASSWORD, &code).await.status, 303);
        assert_ne!(victim.cookie(), Some(planted), "the identifier changes");
        assert_eq!(victim.get("/wer").await.text, "blumenfeld PasswordAndTotp");
        assert_eq!(attacker.get("/wer").await.status, 303, "the planted session is gone");
        assert_eq!(honest.get("/vielleicht").await.text, "niemand", "new keys ended the older session");
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
async fn a_session_survives_a_restart_and_ends_everywhere_when_asked() {
    on_each(async |place| {
        let house = House::open(place).await;
        let secret = house.enrol(MAYOR).await;
        let tablet = house.signed_in(MAYORS_EMAIL, &secret).await;
        drop(house);
        let house = House::open(place).await;
        house.clock.advance(60);
        let tablet = tablet.moved_to(&house.url);
        assert_eq!(tablet.get("/wer").await.text, "blumenfeld PasswordAndTotp");
        let laptop = house.signed_in(MAYORS_EMAIL, &secret).await;
        let other = house.signed_in("anton.apfelkern@example.org", &house.enrol("apfelkern").await).await;
        assert_eq!(laptop.post("/ueberall-abmelden", &[]).await.status, 303);
        assert_eq!((tablet.get("/wer").await.status, laptop.get("/wer").await.status), (303, 303));
        assert_eq!(other.get("/wer").await.status, 200, "others are not concerned");
    })
    .await;
}

#[tokio::test]
async fn sessions_end_when_unused_and_in_any_case_and_are_swept() {
    on_each(async |place| {
        let house = House::open(place).await;
        let secret = house.enrol(MAYOR).await;
        let idle = house.signed_in(MAYORS_EMAIL, &secret).await;
        let busy = house.signed_in(MAYORS_EMAIL, &secret).await;
        assert_eq!(house.accounts.sweep().await.expect("a sweep"), 0);
        house.clock.advance(8 * 3600 - 120);
        assert_eq!(busy.get("/wer").await.status, 200);
        house.clock.advance(180);
        assert_eq!(idle.get("/wer").await.status, 303, "eight hours unused");
        house.clock.advance(7 * 3600);
        assert_eq!(busy.get("/wer").await.status, 200, "fifteen hours, never eight of them unused");
        house.clock.advance(3600);
        assert_eq!(busy.get("/wer").await.status, 303, "sixteen hours in any case");
        assert_eq!(house.accounts.sweep().await.expect("a sweep"), 2);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_the_town_file_is_signed_out_and_cannot_return() {
    on_each(async |place| {
        let house = House::open(place).await;
        let (mayors, pauls) = (house.enrol(MAYOR).await, house.enrol("pfefferminz").await);
        let gone = house.signed_in("verwaltung@example.org", &pauls).await;
        let stays = house.signed_in(MAYORS_EMAIL, &mayors).await;
        let time = house.clock.added();
        drop(house);
        let file = include_str!("../src/demo/musterstadt.toml");
        let file = file
            .replace("id = \"pfefferminz\"", "id = \"quitte\"")
            .replace("person = \"pfefferminz\"", "person = \"quitte\"")
            .replace("Rosalinde Blumenfeld", "Rosalinde Blumenfeld-Neu");
        let town = ratssaal::config::parse_town("town.toml", &file).expect("a town");
        let house = House::open_with(place, town, None).await;
        house.clock.advance(time);
        assert_eq!(gone.moved_to(&house.url).get("/wer").await.status, 303);
        assert_eq!(stays.moved_to(&house.url).get("/wer").await.status, 200);
        let browser = Browser::new(&house.url);
        let answer = browser.sign_in("verwaltung@example.org", PASSWORD, &house.next_code(&pauls)).await;
        assert_eq!(answer.status, 422, "the address is somebody else's now, without keys");
        assert_eq!(browser.sign_in(MAYORS_EMAIL, PASSWORD, &house.code(&mayors)).await.status, 303, "keys are kept");
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_no_token_no_cookie_and_no_password() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let place = Place::Sqlite(house::Folder::new());
    let house = House::open(&place).await;
    let secret = house.enrol(MAYOR).await;
    let browser = house.signed_in(MAYORS_EMAIL, &secret).await;
    let link = house.accounts.enrolment_link(&mayor()).await.expect("a link");
    let Place::Sqlite(folder) = &place else { panic!("SQLite") };
    let bytes = bytes_in(&folder.0);
    let holds = |needle: &str| bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
    assert!(holds(MAYORS_EMAIL), "the search works");
    for secret in [token(&link), &browser.cookie().expect("a cookie"), PASSWORD] {
        assert!(!holds(secret), "{secret}");
    }
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
        let file = include_str!("../src/demo/musterstadt.toml").replace("[[bodies]]", &format!("{people}[[bodies]]"));
        let town = ratssaal::config::parse_town("town.toml", &file).expect("a town");
        let house = House::open_with(place, town, None).await;
        let mut secrets = Vec::new();
        for i in 0..60 {
            secrets.push(house.enrol(&format!("p{i}")).await);
        }
        house.clock.advance(30);
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let stopped = stop.clone();
        let meeting = tokio::spawn(async move {
            let mut beats = Vec::new();
            while !stopped.load(std::sync::atomic::Ordering::SeqCst) {
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
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
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
