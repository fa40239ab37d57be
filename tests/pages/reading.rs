//! A paper is read within the page: nothing else opens, the camera goes on, and those who do not see read its text.

use super::browser_kit::look::{Axe, look, screen};
use super::browser_kit::{Page, chromedriver};
use super::house;
use super::samples;
use super::town::State;
use askama::Template;
use std::path::Path;
use thirtyfour::prelude::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_read_within_the_page() {
    let Some(driver) = chromedriver().await else { return };
    let seat = samples::seat(State::Fault).render().expect("renders");
    let house = house::open(vec![("platz".into(), seat)]).await;
    let page = Page::new(&driver, "window").await;
    page.open(&format!("{}/seite/platz", house.address)).await;
    page.press("#papers-1 a[data-paper]").await;
    page.until("document.querySelectorAll('.viewer__page').length === 2").await;
    page.until("document.querySelector('.viewer__page[data-drawn]') !== null").await;
    page.until("document.querySelector('.viewer__page .sr + .sr').textContent.includes('Vorlage Seite eins')").await;
    assert_eq!(page.value("document.querySelector('.viewer__status').textContent").await, "2 Seiten");
    assert_eq!(page.value("location.pathname").await, "/seite/platz", "the seat is not left");
    assert_eq!(page.web.windows().await.expect("windows").len(), 1, "no other window opens");
    let dark = "(() => { const canvas = document.querySelector('canvas'); const { data } = canvas.getContext('2d')\
        .getImageData(0, 0, canvas.width, canvas.height); let dark = 0; \
        for (let at = 0; at < data.length; at += 4) if (data[at] < 80 && data[at + 3] > 200) dark += 1; return dark; })()";
    assert!(page.value(dark).await.as_i64() > Some(200), "letters are drawn");
    let wrong = look(&page, "unterlage-offen", &Path::new(super::OUT).join("shots"), Axe::Twice).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    // By keyboard: larger, and back to the link with Escape.
    screen(&page, (1440, 900), false).await;
    let before = page.value("document.querySelector('canvas').clientWidth").await.as_i64();
    page.press(".viewer__button:nth-of-type(2)").await;
    page.until(&format!("document.querySelector('canvas').clientWidth > {}", before.unwrap_or(0))).await;
    let pages = page.web.find(By::Css(".viewer__pages")).await.expect("the pages");
    pages.focus().await.expect("they take the focus");
    pages.send_keys(Key::Escape + "").await.expect("a key");
    page.until("!document.querySelector('.viewer')").await;
    assert_eq!(page.value("document.activeElement.hasAttribute('data-paper')").await, true);

    // A file that is none is said, with another way.
    page.press("#papers-1 a.paper--earlier").await;
    page.until("document.querySelector('.viewer__status')?.textContent.includes('nicht anzeigen')").await;
    let reports = house.reports.lock().expect("nobody panicked with it").clone();
    page.quit().await;
    assert!(reports.is_empty(), "{reports:?}");
}
