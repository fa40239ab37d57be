//! The modules at work in a browser: the page follows the live channel, forms answer in place, the chamber sends and shows.

use super::browser_kit::look::screen;
use super::browser_kit::{Page, chromedriver};
use super::house::{self, House};
use super::samples;
use super::town::State;
use askama::Template;
use serde_json::{Value, json};
use std::future::Future;
use std::time::Duration;
use thirtyfour::prelude::*;

/// Waits until a condition holds; a test that waits longer than this has failed.
async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let wait = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.unwrap_or_else(|_| panic!("never: {what}"));
}

async fn ask(browser: &WebDriver, script: &str) -> Value {
    browser.execute(script, vec![]).await.expect("the page answers").convert().expect("as JSON")
}

async fn yes(browser: &WebDriver, script: &str) -> bool {
    ask(browser, &format!("return Boolean({script})")).await == json!(true)
}

async fn visit(browser: &WebDriver, house: &House, name: &str) {
    browser.goto(format!("{}/seite/{name}", house.address)).await.expect("the page is there");
    until("the page listens", async || house.live.receiver_count() > 0).await;
}

fn part(html: &impl Template) -> String {
    html.render().expect("a part of plain texts renders")
}

fn say(house: &House, message: &Value) {
    house.live.send(message.to_string()).expect("a page listens");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_follows_the_meeting_without_moving_the_focus() {
    let Some(driver) = chromedriver().await else { return };
    let house = house::open(vec![("platz".into(), part(&samples::seat(State::Ballot)))]).await;
    let browser = Page::new(&driver, "window").await.web;
    visit(&browser, &house, "platz").await;

    // A part without focus is replaced, and the news are told in the one polite region.
    let later = samples::seat(State::Voted);
    say(&house, &json!({"seq": 2, "parts": {"figures": part(&later.figures)}, "say": "Alle haben abgestimmt."}));
    until("the figures follow", async || {
        yes(&browser, "document.querySelector('.figure:nth-child(4) dd').textContent == '12'").await
    })
    .await;
    assert!(yes(&browser, "document.querySelector('#durchsage').textContent == 'Alle haben abgestimmt.'").await);

    // A part is not replaced under somebody who types; it is when the control has been left.
    ask(
        &browser,
        "document.querySelector('#own-complain').open = true; document.querySelector('#own-complain-text').focus()",
    )
    .await;
    browser.action_chain().send_keys("Ton knackt").perform().await.expect("keys are typed");
    let lost = samples::seat(State::Fault);
    say(&house, &json!({"seq": 3, "parts": {"own": part(&lost.own), "agenda": part(&lost.agenda)}}));
    until("the agenda follows", async || {
        yes(&browser, "document.querySelector('.agenda__mark--current')?.textContent.includes('aufgerufen') === true")
            .await
    })
    .await;
    assert!(
        yes(&browser, "document.activeElement.value == 'Ton knackt' && document.querySelector('.own.sense--arrives')")
            .await
    );
    ask(&browser, "document.querySelector('#vote-ja').focus()").await;
    until("the part follows after leaving", async || yes(&browser, "document.querySelector('.own.sense--lost')").await)
        .await;
    assert!(yes(&browser, "document.querySelector('#own-complain').open").await, "what was opened stays open");

    // The vote is urgent: it is replaced at once, and the focus stays on the same button.
    say(&house, &json!({"seq": 4, "parts": {"vote": part(&later.vote)}}));
    until("the receipt is there", async || yes(&browser, "document.querySelector('#vote-receipt')").await).await;
    assert!(yes(&browser, "document.activeElement.id == 'vote-ja' && document.activeElement.isConnected").await);

    // A state of one tile.
    say(&house, &json!({"seq": 5, "seats": [{"seat": "sitz-03", "sense": "lost", "word": "kein Bild"}]}));
    until("the tile follows", async || {
        yes(
            &browser,
            "document.querySelector('[data-seat=sitz-03][data-sense=lost] [data-word]').textContent == 'kein Bild'",
        )
        .await
    })
    .await;

    // A missing number begins anew with a snapshot; a lost line is told as an alert and comes back by itself.
    say(&house, &json!({"seq": 7, "parts": {"figures": part(&lost.figures)}}));
    until("the gap is told", async || {
        yes(&browser, "document.querySelector('#alarm').textContent.includes('unterbrochen')").await
    })
    .await;
    until("it is well again", async || yes(&browser, "document.querySelector('#alarm').textContent == ''").await).await;
    assert!(
        yes(&browser, "document.querySelector('.figure dd').textContent == '12'").await,
        "what came after the gap was not shown"
    );
    house.live.send("hang up".into()).expect("a page listens");
    until("the loss is told", async || yes(&browser, "document.querySelector('#alarm').textContent != ''").await).await;
    until("it is well again", async || yes(&browser, "document.querySelector('#alarm').textContent == ''").await).await;
    browser.quit().await.expect("a browser closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_answers_in_its_place() {
    let Some(driver) = chromedriver().await else { return };
    let pages = vec![
        ("platz".into(), part(&samples::seat(State::Ballot))),
        ("leitstand".into(), part(&samples::chair(State::Fault))),
    ];
    let house = house::open(pages).await;
    let browser = Page::new(&driver, "window").await.web;
    visit(&browser, &house, "platz").await;

    browser.find(By::Id("vote-nein")).await.expect("a button").click().await.expect("it can be pressed");
    until("the refusal stands beside", async || yes(&browser, "document.querySelector('#vote-nein').closest('form').querySelector('.refusal .why__law')?.textContent == '§ 37 Abs. 6 GemO'").await).await;
    browser.find(By::Id("vote-ja")).await.expect("a button").click().await.expect("it can be pressed");
    until("it is told", async || {
        yes(&browser, "document.querySelector('#durchsage').textContent == 'Ihre Stimme ist gezählt.'").await
    })
    .await;
    let sent = house.forms.lock().expect("nobody panicked with it").clone();
    assert_eq!(sent[0], "tun=stimme&kennung=k-vote-nein&abstimmung=a-3&wahl=nein");
    assert_eq!(sent[1], "tun=stimme&kennung=k-vote-ja&abstimmung=a-3&wahl=ja");
    assert!(
        yes(&browser, "document.querySelector('#vote-ja').form.elements.kennung.value == 'k-neu'").await,
        "the next press is another command"
    );

    // A blocked act is reachable by keyboard, is explained, and sends nothing.
    visit(&browser, &house, "leitstand").await;
    let blocked = browser.find(By::Id("next-oeffnen")).await.expect("a button");
    blocked.focus().await.expect("it takes the focus");
    blocked.send_keys(Key::Enter + "").await.expect("it can be pressed");
    assert!(yes(&browser, "document.activeElement.id == 'next-oeffnen' && document.querySelector('#next-oeffnen-why').textContent.includes('§ 37a')").await);
    assert_eq!(house.forms.lock().expect("nobody panicked with it").len(), 2);
    browser.quit().await.expect("a browser closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chamber_sends_and_shows() {
    let Some(driver) = chromedriver().await else { return };
    let page = part(&samples::seat(State::Open)).replace("<script ", "<script src=\"/probe.js\"></script>\n  <script ");
    let house = house::open(vec![("platz".into(), page)]).await;
    let browser = Page::new(&driver, "window").await.web;
    visit(&browser, &house, "platz").await;

    until("the own picture arrives", async || arrived(&browser).await["frames"].as_u64() > Some(5)).await;
    let codecs = ask(&browser, "return RTCRtpSender.getCapabilities('video').codecs.map((one) => one.mimeType)").await;
    let best = if codecs.to_string().contains("H264") { "video/H264" } else { "video/VP8" };
    assert_eq!(arrived(&browser).await["codec"], json!(best));
    let offer = ask(&browser, "return receives.offer").await;
    let lines = |kind: &str| offer.as_str().map_or(0, |sdp| sdp.matches(&format!("m={kind} ")).count());
    assert_eq!((lines("video"), lines("audio")), (6, 6), "as many pairs as the page asks for");
    assert!(offer.as_str().is_some_and(|sdp| sdp.contains("a=candidate") && !sdp.contains("usedtx=1")));

    // The slot names a seat; its picture moves in that tile, and the page reports what it decodes.
    say(
        &house,
        &json!({"slots": [{"picture_mid": "0", "sound_mid": "1", "source": "sitz-03"}, {"picture_mid": "2", "sound_mid": "3", "source": null}]}),
    );
    let frames = "document.querySelector('[data-seat=sitz-03] video')?.getVideoPlaybackQuality().totalVideoFrames > 5";
    until("the other's picture moves", async || yes(&browser, frames).await).await;
    until("it is reported", async || {
        house.heard.lock().expect("nobody panicked with it").iter().any(|text| {
            let said: Value = serde_json::from_str(text).unwrap_or_default();
            said["report"]["frames"].as_u64() > Some(5) && said["report"]["frozen"].is_u64()
        })
    })
    .await;
    say(&house, &json!({"slots": [{"picture_mid": "0", "sound_mid": "1", "source": "sitz-06"}]}));
    until("the picture follows its slot", async || yes(&browser, "document.querySelector('[data-seat=sitz-06] video') && !document.querySelector('[data-seat=sitz-03] video')").await).await;

    // A muted microphone goes on sending; a camera is switched off only when asked twice, and then sends nothing.
    press(&browser, "control-mic").await;
    assert!(yes(&browser, "document.querySelector('#control-mic').textContent == 'Mikrofon einschalten'").await);
    let before = arrived(&browser).await["packets"].as_u64();
    until("silence goes on arriving", async || {
        arrived(&browser).await["packets"].as_u64() > before.map(|count| count + 20)
    })
    .await;
    until("who speaks is marked", async || {
        yes(&browser, "document.querySelector('[data-seat=sitz-06][data-speaks]')").await
    })
    .await;
    press(&browser, "control-cam").await;
    assert!(
        yes(&browser, "document.querySelector('[data-trouble]').textContent.includes('§ 37a Abs. 1 Satz 3')").await
    );
    press(&browser, "control-cam").await;
    until("the camera is off", async || {
        yes(&browser, "document.querySelector('#control-cam').textContent == 'Kamera einschalten'").await
    })
    .await;
    until("no picture arrives any more", async || {
        let before = arrived(&browser).await["frames"].clone();
        tokio::time::sleep(Duration::from_millis(700)).await;
        before == arrived(&browser).await["frames"]
    })
    .await;
    let off = arrived(&browser).await["frames"].as_u64();
    press(&browser, "control-cam").await;
    until("the picture is back", async || arrived(&browser).await["frames"].as_u64() > off.map(|count| count + 3))
        .await;

    // A connection that fails is renewed.
    ask(&browser, "published.peer.close(); window.first = published; return 1").await;
    until("the publisher connects again", async || {
        yes(&browser, "published !== first && published.peer.connectionState == 'connected'").await
    })
    .await;

    // When the meeting is over, the camera is let go.
    ask(&browser, "window.own = document.querySelector('[data-own-tile] video').srcObject.getTracks()[0]; return 1")
        .await;
    say(&house, &json!({"over": true}));
    until("the camera is let go", async || yes(&browser, "own.readyState == 'ended'").await).await;
    browser.quit().await.expect("a browser closes");
}

async fn arrived(browser: &WebDriver) -> Value {
    let script = "const done = arguments[0]; if (!window.published) return done({}); arrived().then(done)";
    browser.execute_async(script, vec![]).await.expect("the page answers").convert().expect("as JSON")
}

async fn press(browser: &WebDriver, id: &str) {
    browser.find(By::Id(id)).await.expect("a button").click().await.expect("it can be pressed");
}

/// What is wrong with the focus now: not to be seen, or covered by something.
const FOCUS: &str = "const one = document.activeElement, box = one.getBoundingClientRect(); \
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2); \
    const wrong = []; \
    if (getComputedStyle(one).outlineStyle == 'none') wrong.push('no outline'); \
    if (!over || !(one.contains(over) || over.contains(one))) wrong.push('covered by ' + over?.className); \
    return [one.id || one.textContent.trim(), wrong.join()]";

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_reached_by_keyboard_alone() {
    let Some(driver) = chromedriver().await else { return };
    let pages = vec![
        ("leitstand".into(), part(&samples::chair(State::Ballot))),
        ("platz".into(), part(&samples::seat(State::Ballot))),
        (
            "schrift".into(),
            part(&super::clerks::clerk(State::Disconnected)).replace("/nirgends/", "/sitzung/gr-2026-07/"),
        ),
    ];
    let house = house::open(pages).await;
    for (size, name, wanted) in [
        (
            (1024, 768),
            "leitstand",
            vec![
                "next-schliessen",
                "vote-enthaltung",
                "more-befangen-summary",
                "more-unterbrechen-summary",
                "more-schliessen",
            ],
        ),
        ((390, 844), "platz", vec!["vote-ja", "vote-nein", "vote-enthaltung", "control-mic", "control-cam"]),
        (
            (390, 844),
            "schrift",
            vec!["count-einstimmig", "count-no", "count-enter", "attendance-ab-sitz-02", "attendance-an-sitz-13"],
        ),
    ] {
        let page = Page::new(&driver, "window").await;
        screen(&page, size, false).await;
        let browser = page.web;
        visit(&browser, &house, name).await;
        let mut seen = Vec::new();
        for _ in 0..40 {
            browser.action_chain().send_keys(Key::Tab).perform().await.expect("a key is pressed");
            if yes(&browser, "document.activeElement == document.body").await {
                break;
            }
            let focus: (String, String) = serde_json::from_value(ask(&browser, FOCUS).await).expect("two texts");
            assert_eq!(focus.1, "", "{name}: {}", focus.0);
            seen.push(focus.0);
        }
        assert_eq!(seen[0], "Zum Inhalt springen");
        let order: Vec<_> = wanted.iter().map(|id| seen.iter().position(|one| one == id)).collect();
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{name}: {wanted:?} in {seen:?}");
        browser.quit().await.expect("a browser closes");
    }
    let browser = Page::new(&driver, "window").await.web;
    visit(&browser, &house, "platz").await;
    ask(&browser, "document.querySelector('#vote-enthaltung').focus()").await;
    browser.action_chain().send_keys(Key::Space).perform().await.expect("a key is pressed");
    until("the vote is sent", async || {
        house.forms.lock().expect("nobody panicked with it").iter().any(|form| form.ends_with("wahl=enthaltung"))
    })
    .await;
    browser.quit().await.expect("a browser closes");
}
