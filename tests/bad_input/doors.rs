//! Cookies, enrolment links and requests that come from elsewhere.

use super::town_kit::server::{CLERK, Running};
use super::town_kit::visitor::{Visitor, cookie, fresh};
use super::town_kit::{MEETING, Place};
use super::{assert_no_panic, watch_for_panics};

/// Writes to the server's database behind its back: time cannot pass in a test.
async fn change(place: &Place, sql: &'static str) -> u64 {
    let file = place.folder.join("ratssaal.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let changed = sqlx::query(sql).execute(&pool).await.unwrap().rows_affected();
    pool.close().await;
    changed
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_foreign_and_expired_cookies_open_nothing() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let url = running.place.url();
    let elsewhere = Running::start(&[]).await;
    let stranger = Visitor::stranger(&url);
    let real = running.council.of(CLERK).cookie.clone().unwrap();
    let foreign = elsewhere.council.of(CLERK).cookie.clone().unwrap();
    let changed = format!("{}{}", &real[..real.len() - 1], if real.ends_with('A') { 'B' } else { 'A' });
    let forged = [
        foreign,
        changed,
        real[..real.len() / 2].to_owned(),
        format!("{real}{real}"),
        "__Host-ratssaal=".to_owned(),
        "__Host-ratssaal=AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
        "__Host-ratssaal=' OR 1=1 --".to_owned(),
        format!("__Host-ratssaal={}", "x".repeat(6_000)),
        "ratssaal=blumenfeld".to_owned(),
    ];
    for one in &forged {
        let visitor = stranger.with_cookie(one);
        let told = visitor.get(&format!("/sitzung/{MEETING}/leitstand")).await;
        assert_eq!(told.status, 303, "{one}: {}", told.text);
        visitor.act(MEETING, "unterbrechen", &[("grund", "vorsitz")]).await.refused(401, "melden Sie sich an");
        let seen = visitor.look(MEETING).await;
        assert!(seen["you"].is_null() && seen["agenda"][0]["id"] == "top-1");
    }
    let sql = "UPDATE sessions SET expires_at = 1 WHERE person_id = 'obstwiese' OR person_id = 'nusszweig'";
    assert!(change(&running.place, sql).await >= 1);
    let expired = running.council.of(CLERK);
    expired.act(MEETING, "saal_abwesend", &[("sitz", "sitz-01")]).await.refused(401, "melden Sie sich an");
    elsewhere.end().await;
    running.end().await;
    assert_no_panic();
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_used_and_expired_links_enrol_nobody() {
    watch_for_panics();
    let running = Running::start(&["obstwiese", "pfefferminz"]).await;
    let stranger = Visitor::stranger(&running.place.url());
    let confirm =
        async |token: &str| stranger.send(stranger.post("/einladung").form(&[("token", token)])).await.unwrap();
    let zeros = "0".repeat(64);
    let long = "a".repeat(5_000);
    for token in ["x", "../../etc/passwd", "'; DROP TABLE accounts; --", "ä€", &zeros, &long] {
        confirm(token).await.refused(404, "nicht gültig");
    }
    for path in ["/einladung/%2e%2e%2f", "/einladung/%00", &format!("/einladung/{zeros}")] {
        stranger.get(path).await.refused(404, "nicht gültig");
    }
    stranger.get("/einladung/%ff").await.refused(400, "nicht lesbar");
    let used = confirm(&running.links[0]).await;
    assert_eq!(used.status, 303, "{}", used.text);
    confirm(&running.links[0]).await.refused(410, "schon benutzt");
    assert_eq!(change(&running.place, "UPDATE enrolment_links SET expires_at = 1 WHERE used_at IS NULL").await, 1);
    confirm(&running.links[1]).await.refused(410, "abgelaufen");

    // Whoever only has a link may enrol and nothing else: no session of theirs opens anything.
    let link_only = stranger.with_cookie(&cookie(&used).unwrap());
    link_only.act(MEETING, "oeffentlichkeit_bestaetigen", &[("ja", "1")]).await.refused(403, "nur");
    let short = [("password", "kurz"), ("again", "kurz"), ("code", "1")];
    link_only.send(link_only.post("/einrichten").form(&short)).await.unwrap().refused(422, "mindestens");
    link_only
        .send(link_only.post("/einrichten").form(&[("password", "kurz")]))
        .await
        .unwrap()
        .refused(422, "nicht lesbar");
    running.end().await;
    assert_no_panic();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_from_another_site_is_refused() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let chair = running.council.chair();
    let before = chair.look(MEETING).await;
    for (name, value) in [
        ("origin", "https://boese.example.org"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let id = fresh();
        let fields = [("tun", "unterbrechen"), ("grund", "vorsitz"), ("kennung", id.as_str())];
        for path in [format!("/sitzung/{MEETING}/tun"), "/ueberall-abmelden".to_owned(), "/anmelden".to_owned()] {
            let told = chair.send(chair.post(&path).header(name, value).form(&fields)).await.unwrap();
            told.refused(403, "fremden Seite");
        }
    }
    assert_eq!(chair.look(MEETING).await["head"], before["head"], "nothing was recorded");
    running.end().await;
    assert_no_panic();
}
