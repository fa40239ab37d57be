//! Sessions: whose they are, how long, and what is kept of them.

use super::house::{Browser, Folder, House, MAYOR, MAYORS_EMAIL, PASSWORD, Place, bytes_in, mayor, on_each, token};

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
async fn a_session_survives_a_restart_and_ends_everywhere_when_asked() {
    on_each(async |place| {
        let house = House::open(place).await;
        let secret = house.enrol(MAYOR).await;
        let tablet = house.signed_in(MAYORS_EMAIL, &secret).await;
        let now = house.accounts.now();
        drop(house);
        let house = House::open(place).await;
        house.clock.set(now);
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
        let now = house.accounts.now();
        drop(house);
        let file = include_str!("../../src/demo/musterstadt.toml");
        let file = file
            .replace("id = \"pfefferminz\"", "id = \"quitte\"")
            .replace("person = \"pfefferminz\"", "person = \"quitte\"")
            .replace("Rosalinde Blumenfeld", "Rosalinde Blumenfeld-Neu");
        let town = ratssaal::config::parse_town("town.toml", &file).expect("a town");
        let house = House::open_with(place, town, None).await;
        house.clock.set(now);
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
    let place = Place::Sqlite(Folder::new());
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
