//! An administrator's evening in the browser: a councillor goes, another comes, is invited, enrols at her own machine and
//! plans nothing. Every page on the way is looked at.

use super::browser_kit::look::{Axe, look};
use super::browser_kit::{Page, chromedriver};
use super::house::{COUNCIL, House, PASSWORD};
use super::town_kit::visitor::one_time_code;
use std::path::Path;

const OUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/administration");

async fn sign_in(page: &Page, url: &str, email: &str, password: &str, secret: &str) {
    page.open(&format!("{url}/anmelden")).await;
    page.write("#email", email).await;
    page.write("#password", password).await;
    page.write("#code", &one_time_code(secret)).await;
    page.press("main form button[type=submit]").await;
    page.until("location.pathname === '/'").await;
}

/// Goes where this link leads.
async fn follow(page: &Page, href: &str) {
    page.press(&format!("a[href='{href}']")).await;
    page.until(&format!("location.pathname === '{href}'")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_lets_a_councillor_go_and_another_come() {
    let Some(driver) = chromedriver().await else { return };
    let house = House::open().await;
    let url = house.place.url();
    let office = Page::new(&driver, "administrator").await;
    let keys = &house.keys["pfefferminz"];
    sign_in(&office, &url, &keys.email, &keys.password, &keys.totp_secret).await;
    follow(&office, "/verwaltung").await;
    let mut wrong = look(&office, "verwaltung", Path::new(OUT), Axe::Twice).await;
    follow(&office, COUNCIL).await;
    wrong.extend(look(&office, "gremium", Path::new(OUT), Axe::Twice).await);

    // Moritz goes today; it is asked once more on a page of its own.
    follow(&office, "/verwaltung/tun/mandat-beenden/gemeinderat/sitz-12").await;
    let today = house.today.to_string();
    office.value(&format!("document.querySelector('#bis').value = '{today}'")).await;
    wrong.extend(look(&office, "mandat-beenden", Path::new(OUT), Axe::Twice).await);
    office.press("form.fields button[type=submit]").await;
    office.until(&format!("location.pathname === '{COUNCIL}'")).await;

    // Dora comes; a slip is told beside its field, with the focus there, and what was typed stays.
    follow(&office, "/verwaltung/tun/mitglied-neu/gemeinderat").await;
    office.write("#name", "Dora Dörn").await;
    office.write("#email", "dora").await;
    office.write("#fraktion", "Grüne Mitte").await;
    office.value("document.querySelector('#funktion-mitglied').checked = true").await;
    office.value(&format!("document.querySelector('#von').value = '{}'", house.day(1))).await;
    office.press("form.fields button[type=submit]").await;
    office.reads("#email-error", "name@gemeinde.example").await;
    office
        .until("document.activeElement.id === 'email' && document.querySelector('#name').value === 'Dora Dörn'")
        .await;
    wrong.extend(look(&office, "mitglied-fehler", Path::new(OUT), Axe::Twice).await);
    office.write("#email", "dora.doern@example.org").await;
    office.press("form.fields button[type=submit]").await;
    office.until(&format!("location.pathname === '{COUNCIL}'")).await;
    office.reads("main", "Dora Dörn").await;

    // She is invited, and enrols in a browser of her own.
    office.open(&format!("{url}/verwaltung")).await;
    office.press("form[action='/verwaltung/einladen/dora-doern'] button").await;
    office.until("document.body.textContent.includes('Dora Dörn')").await;
    let dora = Page::new(&driver, "the new councillor").await;
    dora.open(&link_for(&house, "dora.doern@example.org").await).await;
    dora.press("main form button[type=submit]").await;
    dora.until("location.pathname === '/einrichten'").await;
    let secret = dora.value("document.querySelector('#secret').textContent").await;
    let secret = secret.as_str().unwrap().replace(char::is_whitespace, "");
    for (field, text) in [("#password", PASSWORD), ("#again", PASSWORD), ("#code", &one_time_code(&secret))] {
        dora.write(field, text).await;
    }
    dora.press("main form button[type=submit]").await;
    dora.until("location.pathname === '/anmelden'").await;
    follow(&office, "/verwaltung/verlauf").await;
    office.reads("main", "Dora Dörn").await;
    wrong.extend(look(&office, "verlauf", Path::new(OUT), Axe::Twice).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    tokio::join!(office.quit(), dora.quit());
    house.shut().await;
}

/// The link in this person's letter, soft line breaks taken out (RFC 2045, 6.7).
async fn link_for(house: &House, email: &str) -> String {
    let url = house.place.url();
    super::town_kit::until("her letter is written", async || {
        house.place.letters().iter().any(|one| one.contains(email))
    })
    .await;
    let letters = house.place.letters();
    let letter = letters.iter().find(|letter| letter.contains(email)).unwrap().replace("=\r\n", "");
    let start = letter.find(&url).unwrap();
    letter[start..].split_whitespace().next().unwrap().to_owned()
}
