//! `Redezeit`: shown to everybody from the Geschäftsordnung's setting, right without any script, running with one.

use super::browser_kit::{Page, chromedriver};
use super::evening::{Evening, MEETING};
use super::town_kit::server::{CHAIR, CLERK, seat};
use super::town_kit::visitor::Visitor;

fn at(view: &str) -> String {
    format!("/sitzung/{MEETING}/{view}")
}

/// The part of the floor, as this page shows it.
fn floor(page: &str) -> String {
    let start = page.find("data-part=\"floor\"").expect("the page has the floor");
    page[start..].split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn everybody_sees_how_long_whoever_has_the_floor_may_speak() {
    let evening = Evening::sitting().await;
    evening.does(CHAIR, "aufrufen", &[("punkt", "top-2")]).await;
    evening.does(CHAIR, "wort_erteilen", &[("sitz", &seat("apfelkern"))]).await;
    let public = Visitor::stranger(&evening.url()).get(&format!("/oeffentlich/{MEETING}")).await.text;
    let pages = [
        ("the chair", floor(&evening.page(CHAIR, &at("leitstand")).await)),
        ("who speaks", floor(&evening.page("apfelkern", &at("platz")).await)),
        ("another member", floor(&evening.page("birnbaum", &at("platz")).await)),
        ("the clerk", floor(&evening.page(CLERK, &at("schriftfuehrung")).await)),
        ("the public", floor(&public)),
    ];
    for (who, floor) in &pages {
        assert!(
            floor.contains("Redezeit 5 Minuten, bis ") && floor.contains("(§ 14 Abs. 3 Geschäftsordnung)"),
            "{who}"
        );
        assert!(floor.contains("data-limit=\"300000\"") && floor.contains("data-over hidden"), "{who}: {floor}");
    }
    let told: Vec<bool> = pages.iter().map(|(_, floor)| floor.contains("data-tell=")).collect();
    assert_eq!(told, [true, true, false, false, false], "told to who leads and to who speaks");

    // While the sitting stands still no time runs.
    evening.does(CHAIR, "unterbrechen", &[("grund", "vorsitz")]).await;
    let desk = floor(&evening.page(CHAIR, &at("leitstand")).await);
    assert!(desk.contains("hat das Wort") && !desk.contains("data-clock"), "{desk}");
    evening.does(CHAIR, "fortsetzen", &[]).await;
    assert!(floor(&evening.page(CHAIR, &at("leitstand")).await).contains("data-clock"));

    // Nobody is cut off, and what was spoken stays to be read.
    evening.does("apfelkern", "rede_beenden", &[]).await;
    let desk = floor(&evening.page(CHAIR, &at("leitstand")).await);
    assert!(desk.contains("Wer zu diesem Punkt gesprochen hat") && desk.contains("<dd>0:0"), "{desk}");
    let member = floor(&evening.page("apfelkern", &at("platz")).await);
    assert!(!member.contains("Wer zu diesem Punkt gesprochen hat"), "for those who lead");
    evening.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_runs_on_the_screen() {
    let Some(driver) = chromedriver().await else { return };
    let evening = Evening::sitting().await;
    evening.does(CHAIR, "aufrufen", &[("punkt", "top-2")]).await;
    let page = Page::signed_in(&driver, "chair", evening.of(CHAIR).cookie.as_deref()).await;
    page.open(&format!("{}{}", evening.url(), at("leitstand"))).await;
    // The part comes over the line; the clock in it begins to run, by the server's time.
    evening.does(CHAIR, "wort_erteilen", &[("sitz", &seat("apfelkern"))]).await;
    page.until("/^0:0[1-9] min$/.test(document.querySelector('[data-time]')?.textContent)").await;
    assert_eq!(page.value("document.querySelector('[data-over]').hidden").await, true);
    // Five minutes are long for a test: as if they had been spoken before.
    page.web.execute("document.querySelector('[data-clock]').dataset.spoken = '300000'", vec![]).await.unwrap();
    page.until("document.querySelector('[data-over]').hidden === false").await;
    page.reads("#durchsage", "Die Redezeit von ").await;
    assert_eq!(
        page.value("document.querySelector('#floor-ende') !== null").await,
        true,
        "the chair ends it, nobody else"
    );
    page.quit().await;
    evening.end().await;
}
