//! What takes a while is seen to: an upload, a file that is made when it is asked for; and what becomes of them.

use super::browser_kit::look::{Axe, look};
use super::browser_kit::{Page, chromedriver};
use super::house;
use super::town::State;
use super::{before, clerks};
use askama::Template;
use std::path::Path;
use thirtyfour::prelude::*;

/// Shown, and not only there.
fn visible(css: &str) -> String {
    format!("document.querySelector('{css}')?.checkVisibility() === true")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_seen_can_be_stopped_and_a_refusal_leaves_the_form_filled_in() {
    let Some(driver) = chromedriver().await else { return };
    let house = house::open(before::before()).await;
    let file = std::env::temp_dir().join(format!("ratssaal-upload-{}.pdf", std::process::id()));
    let mut bytes = super::pdf_kit::pdf(&["Eins"]);
    bytes.resize(3_000_000, b' ');
    std::fs::write(&file, bytes).expect("a file to send");
    let page = Page::new(&driver, "clerk").await;
    page.open(&format!("{}/seite/ladung-einberufen", house.address)).await;
    page.value("document.querySelector('form[data-upload]').closest('details').open = true").await;
    page.write("#upload-name", "Vorlage 17").await;
    let field = page.web.find(By::Id("upload-file")).await.expect("a field");
    field.send_keys(file.to_str().expect("a path")).await.expect("a file is chosen");

    // The house takes the file and does not answer until it is told to.
    page.press("form[data-upload] button[type=submit]").await;
    page.until(&visible("[data-run] progress")).await;
    page.until(
        "document.querySelector('[data-run] progress').value === document.querySelector('[data-run] progress').max",
    )
    .await;
    page.reads("form[data-upload] [data-state]", "Die Datei wird geprüft").await;
    let wrong = look(&page, "ladung-hochladen", &Path::new(super::OUT).join("shots"), Axe::Twice).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    page.press("[data-run] button").await;
    page.reads("form[data-upload] [data-state]", "Abgebrochen. Die Unterlage ist nicht abgelegt.").await;

    // Once more, and refused: told in place, with everything still filled in.
    page.press("form[data-upload] button[type=submit]").await;
    page.until(&visible("[data-run] progress")).await;
    house.answer.notify_one();
    page.reads("form[data-upload] [data-state]", "Das ist keine PDF-Datei.").await;
    assert_eq!(page.value("document.querySelector('[data-run]').hidden").await, true);
    assert_eq!(page.value("document.querySelector('#upload-name').value").await, "Vorlage 17");
    assert_eq!(page.value("document.querySelector('#upload-file').files.length").await, 1);
    assert_eq!(page.value("location.pathname").await, "/seite/ladung-einberufen");
    let _ = std::fs::remove_file(file);
    page.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_made_is_waited_for_in_place() {
    let Some(driver) = chromedriver().await else { return };
    let closed = clerks::clerk(State::Closed).render().expect("renders");
    let house = house::open(vec![("schrift".into(), closed)]).await;
    let page = Page::new(&driver, "clerk").await;
    page.open(&format!("{}/seite/schrift", house.address)).await;
    page.press("a[href$='niederschrift.pdf'][data-made]").await;
    page.until(&visible(".making progress")).await;
    page.reads(".making__state", "Die Datei wird erstellt").await;
    let wrong = look(&page, "schrift-wird-erstellt", &Path::new(super::OUT).join("shots"), Axe::Twice).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    house.answer.notify_one();
    page.reads(".making__state", "Die Datei liegt bei Ihren Downloads.").await;
    assert_eq!(page.value("document.querySelector('[aria-busy]') === null").await, true);

    // One that cannot be had is said where it was asked for.
    page.press("a[href$='beweis.jsonl'][data-made]").await;
    page.until("document.querySelector('.making__state.refusal')?.textContent.includes('gerade nicht zu haben')").await;
    assert_eq!(page.value("location.pathname").await, "/seite/schrift", "the page is not left");
    page.quit().await;
}
