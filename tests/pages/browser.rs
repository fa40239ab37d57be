//! The pages in a real browser: nothing for axe-core to find, nothing wider than the screen, pictures of all of them.

use super::browser_kit::look::{Axe, look};
use super::browser_kit::{Page, chromedriver};
use super::house::{self, House};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible_on_every_screen() {
    let Some(driver) = chromedriver().await else { return };
    let only = std::env::var("PAGES").unwrap_or_default();
    let pages: Vec<_> = super::every_page().into_iter().filter(|(name, _)| name.contains(&only)).collect();
    let names: Vec<_> = pages.iter().map(|(name, _)| name.clone()).collect();
    let house = house::open(pages).await;
    // Two windows share the work: as many as a small machine can draw at once.
    let (left, right) = names.split_at(names.len() / 2);
    let in_one_window = async |names: &[String]| {
        let page = Page::new(&driver, "window").await;
        let mut wrong = Vec::new();
        for name in names {
            wrong.extend(look_at(&page, &house, name).await);
        }
        page.quit().await;
        wrong
    };
    let (left, right) = tokio::join!(in_one_window(left), in_one_window(right));
    let wrong = [left, right].concat();
    let reports = house.reports.lock().expect("nobody panicked with it");
    assert!(wrong.is_empty() && reports.is_empty(), "{}\n{reports:?}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_look_finds_what_it_looks_for() {
    let Some(driver) = chromedriver().await else { return };
    let bad = "<!doctype html><html lang=\"de\"><head><title>x</title></head><body><main><h1>x</h1><img src=\"/static/mark.svg\" width=\"2000\">\
        <button style=\"color: #ccc\">klein</button></main></body></html>";
    let house = house::open(vec![("kaputt".into(), bad.into())]).await;
    let page = Page::new(&driver, "window").await;
    let found = look_at(&page, &house, "kaputt").await.join("\n");
    page.quit().await;
    for expected in ["image-alt", "wider than the screen", "below 44 px"] {
        assert!(found.contains(expected), "{expected} is not in {found}");
    }
    assert!(house.reports.lock().expect("nobody panicked with it")[0].contains("style-src"), "the policy reports");
}

/// Opens a sample and looks at it on every screen.
async fn look_at(page: &Page, house: &House, name: &str) -> Vec<String> {
    page.open(&format!("{}/seite/{name}", house.address)).await;
    if name.ends_with("getrennt") {
        page.until("document.querySelector('#alarm').textContent !== ''").await;
    }
    page.until("[...document.querySelectorAll('[data-shown]')].every((one) => 'drawn' in one.dataset || 'failed' in one.dataset)")
        .await;
    look(page, name, &Path::new(super::OUT).join("shots"), Axe::Everywhere).await
}
