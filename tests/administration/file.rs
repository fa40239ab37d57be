//! The town file and the browser: which of them is in force.

use super::house::{House, fill, saved};
use ratssaal::app::town::TownDraft;

/// Writes the town file again.
fn rewrite(house: &super::town_kit::Place, from: &str, to: &str) {
    let file = house.folder.join("town.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{from}");
    std::fs::write(&file, text.replace(from, to)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_rules_until_somebody_administers_in_the_browser() {
    let house = House::open().await;
    let office = house.administrator().await;
    let (place, keys) = house.shut().await;
    rewrite(&place, "Rosalinde Blumenfeld", "Rosalinde Blumenfeld-Au");
    let house = House::at(place, Some(keys)).await;
    let office = house.again(&office);
    let history = office.get("/verwaltung/verlauf").await.text;
    assert!(history.contains("Die geänderte Gemeindedatei ist eingelesen."), "{history}");
    assert!(office.get("/verwaltung/personen").await.text.contains("Rosalinde Blumenfeld-Au"));

    // From the first change on the browser's town is in force, also after a restart.
    saved(&fill(&office, "person/birnbaum", &[("name", "Berta Baum"), ("email", "berta.birnbaum@example.org")]).await);
    let (place, keys) = house.shut().await;
    let house = House::at(place, Some(keys)).await;
    let page = house.again(&office).get("/verwaltung").await.text;
    assert!(!page.contains("Gemeindedatei auf dem Server wurde geändert"), "the file is what it was");
    let (place, keys) = house.shut().await;

    // A file that is changed now is not taken, and it is said where it is seen.
    rewrite(&place, "Rosalinde Blumenfeld-Au", "Rosalinde Wiesenau");
    let house = House::at(place, Some(keys)).await;
    let office = house.again(&office);
    let page = office.get("/verwaltung").await.text;
    assert!(page.contains("Gemeindedatei auf dem Server wurde geändert. Sie gilt nicht mehr"), "{page}");
    let people = office.get("/verwaltung/personen").await.text;
    assert!(people.contains("Berta Baum") && people.contains("Blumenfeld-Au") && !people.contains("Wiesenau"));
    house.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_changes_is_in_force_here_within_seconds() {
    let house = House::open().await;
    let office = house.administrator().await;
    // A command beside the running server, with a file that was changed.
    rewrite(&house.place, "Moritz Mohnblum", "Moritz Klatschmohn");
    let config = ratssaal::config::Config::from_parts(&house.place.config(), []).unwrap();
    let town = ratssaal::config::read_town(&config.town).unwrap();
    let beside = ratssaal::wire::office(&config, town).await.unwrap();
    assert_eq!(beside.state.towns.edition().number, 2);
    super::town_kit::until("the new name", || async {
        office.get("/verwaltung/personen").await.text.contains("Moritz Klatschmohn")
    })
    .await;
    // And the other way round.
    saved(&fill(&office, "person/birnbaum", &[("name", "Berta Baum"), ("email", "")]).await);
    beside.state.towns.refresh().await.unwrap();
    let town = beside.state.people.accounts.town();
    assert!(town.people().iter().any(|person| person.name == "Berta Baum"));
    // Said again as a file it is the same town.
    let text = toml::to_string(&TownDraft::from(&*town)).unwrap();
    assert_eq!(ratssaal::config::parse_town("town.toml", &text).unwrap(), *town);
    drop(beside);
    house.shut().await;
}
