//! Enrolling: the letter, the link, the keys.

use super::house::{Browser, House, MAYORS_EMAIL, PASSWORD, mayor, musterstadt, on_each, token};
use super::mail::{MailServer, link_in};
use ratssaal::adapters::mail::{Letters, SmtpServer, SmtpTls};
use ratssaal::app::accounts::AccountRefusal;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn enrolment_from_the_letter_to_the_first_sign_in() {
    on_each(async |place| {
        let Some(server) = MailServer::start().await else { return };
        let smtp = SmtpServer {
            host: "127.0.0.1".into(),
            port: server.port,
            tls: SmtpTls::None,
            credentials: None,
            authority: None,
        };
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
            let smtp = SmtpServer { host: "127.0.0.1".into(), port, tls, credentials: None, authority: None };
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

        let stolen = link().await;
        let thief = house.accounts.confirm_link(token(&stolen)).await.expect("a good link");
        let fourth = link().await;
        let code = house.code(&thief.totp_secret);
        let late = house.accounts.enrol(&thief, PASSWORD.to_owned(), &code).await;
        assert!(matches!(late, Err(AccountRefusal::EnrolmentOver)), "a newer link ends an unfinished enrolment");
        let (most, last) = token(&fourth).split_at(63);
        let forged = format!("{most}{}", if last == "0" { "1" } else { "0" });
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
