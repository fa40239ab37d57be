//! In a browser: what the clerk types is kept while she types, and a browser closed in mid-sentence loses nothing.

use super::browser_kit::{Page, chromedriver};
use super::evening::{Evening, MEETING};
use super::town_kit::server::{CHAIR, CLERK};
use super::town_kit::until;

const FIELD: &str = "#text-top-1";

/// A browser of the clerk's, before her minutes.
async fn writing(evening: &Evening, driver: &super::browser_kit::Chromedriver) -> Page {
    let page = Page::signed_in(driver, "clerk", evening.of(CLERK).cookie.as_deref()).await;
    // The link of the called item: the place to write is open.
    page.open(&format!("{}/sitzung/{MEETING}/niederschrift#top-top-1", evening.url())).await;
    page.until(&format!("document.querySelector('{FIELD}')?.checkVisibility() === true")).await;
    page
}

async fn kept(evening: &Evening, text: &str) {
    until("the server has what was typed", || async {
        let page = evening.page(CLERK, &format!("/sitzung/{MEETING}/niederschrift")).await;
        page.contains(&format!("\n{text}</textarea>"))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_closed_in_mid_sentence_loses_nothing() {
    let Some(driver) = chromedriver().await else { return };
    let evening = Evening::sitting().await;
    let page = writing(&evening, &driver).await;
    page.write(FIELD, "Die Verwaltung trägt vor. Der Ra").await;
    page.reads("#stand-top-1", "Entwurf gesichert um ").await;
    kept(&evening, "Die Verwaltung trägt vor. Der Ra").await;
    // The next words, and the window is closed before any pause.
    let more = "document.querySelector('#text-top-1').value += 't fragt'; \
                document.querySelector('#text-top-1').dispatchEvent(new Event('input', {bubbles: true}));";
    page.web.execute(more, vec![]).await.unwrap();
    page.web.goto("about:blank").await.unwrap();
    kept(&evening, "Die Verwaltung trägt vor. Der Rat fragt").await;
    page.quit().await;

    let page = writing(&evening, &driver).await;
    page.until("document.querySelector('#text-top-1').value === 'Die Verwaltung trägt vor. Der Rat fragt'").await;
    page.press("#top-top-1 .pen button[type=submit]:not([formaction])").await;
    page.reads("#top-top-1 .sheet__text:nth-of-type(2)", "Die Verwaltung trägt vor. Der Rat fragt").await;
    page.reads("#stand-top-1", "Eingetragen um ").await;
    page.quit().await;
    evening.does(CHAIR, "schliessen", &[]).await;
    evening.end().await;
}
