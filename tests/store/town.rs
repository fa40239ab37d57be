//! The versions of the municipality, and the accounts that follow them.

use super::Place;
use super::ledger_kit::NOW;
use ratssaal::adapters::store::{SqlAccounts, SqlTown};
use ratssaal::app::ports::accounts::{AccountKeys, AccountStore as _, Seeded};
use ratssaal::app::ports::town::{TownEntry, TownStore as _, TownVersion};
use ratssaal::domain::id::PersonId;

fn version(number: u64, by: Option<&str>, what: &str) -> TownVersion {
    let entry = TownEntry {
        number,
        recorded_at: NOW.plus_millis(i64::try_from(number).unwrap()),
        by: by.map(|person| person.parse().unwrap()),
        what: what.into(),
    };
    TownVersion { entry, town: format!("{{\"Fassung\":{number},\"öß„\":\"\u{1f600}\"}}") }
}

fn people(names: &[&str]) -> Vec<Seeded> {
    let seeded = |name: &&str| Seeded {
        person: name.parse().unwrap(),
        name: (*name).to_owned(),
        email: format!("{name}@example.org"),
    };
    names.iter().map(seeded).collect()
}

pub async fn every_version_of_the_town_is_kept(place: Place) {
    let [one, two] = [SqlTown(place.db().await), SqlTown(place.db().await)];
    assert_eq!((one.newest_number().await.unwrap(), one.newest().await.unwrap()), (0, None));
    assert!(one.append(version(1, None, "Die Datei."), people(&["anna", "bert"])).await.unwrap());
    assert!(one.append(version(2, Some("anna"), "„Öhä“."), people(&["anna", "bert", "cleo"])).await.unwrap());
    assert_eq!(two.newest().await.unwrap(), Some(version(2, Some("anna"), "„Öhä“.")));
    assert_eq!(two.newest_of_file().await.unwrap(), Some(version(1, None, "Die Datei.")));
    assert!(!two.append(version(2, Some("bert"), "Zu spät."), people(&["bert"])).await.unwrap());
    assert_eq!(two.newest_number().await.unwrap(), 2);
    let accounts = SqlAccounts(place.db().await);
    let there = async |name: &str| accounts.by_person(&name.parse().unwrap()).await.unwrap().is_some();
    assert!(there("anna").await && there("cleo").await, "who came too late changed no account");
    let entries = one.entries(u64::MAX, 10).await.unwrap();
    assert_eq!(entries, [version(2, Some("anna"), "„Öhä“.").entry, version(1, None, "Die Datei.").entry]);
    assert_eq!(one.entries(2, 10).await.unwrap().len(), 1);
    assert_eq!(one.entries(u64::MAX, 1).await.unwrap().len(), 1);
}

pub async fn accounts_follow_the_town(place: Place) {
    let (town, accounts) = (SqlTown(place.db().await), SqlAccounts(place.db().await));
    assert!(town.append(version(1, None, ""), people(&["anna", "bert"])).await.unwrap());
    let anna: PersonId = "anna".parse().unwrap();
    assert!(accounts.enrolled().await.unwrap().is_empty());
    accounts.put_link(&anna, "link", NOW, NOW.plus_millis(60_000)).await.unwrap();
    accounts.take_link("link", NOW).await.unwrap();
    let keys = AccountKeys { password_hash: "hash".into(), totp_secret: "secret".into() };
    assert!(accounts.enrol(&anna, "link", keys, 1, NOW).await.unwrap());
    assert!(accounts.enrolled().await.unwrap().iter().eq([&anna]));
    // Two people swap their addresses in one version.
    let mut swapped = people(&["anna", "bert"]);
    (swapped[0].email, swapped[1].email) = (swapped[1].email.clone(), swapped[0].email.clone());
    assert!(town.append(version(2, Some("bert"), ""), swapped).await.unwrap());
    let found = accounts.by_email("bert@example.org").await.unwrap().unwrap();
    assert!(found.person == anna && found.keys.is_some(), "keys stay with their person");
    assert!(town.append(version(3, Some("bert"), ""), people(&["bert"])).await.unwrap());
    assert!(accounts.by_person(&anna).await.unwrap().is_none() && accounts.enrolled().await.unwrap().is_empty());
    assert!(town.append(version(4, Some("bert"), ""), people(&["bert", "anna"])).await.unwrap());
    assert_eq!(accounts.enrolled().await.unwrap().len(), 1, "who comes back has the old keys");
}

pub async fn of_two_administrators_at_once_one_is_first(place: Place) {
    let town = SqlTown(place.db().await);
    assert!(town.append(version(1, None, ""), people(&["anna"])).await.unwrap());
    let tries = (0..12).map(|writer| {
        let (town, name) = (town.clone(), format!("p{writer}"));
        tokio::spawn(async move { town.append(version(2, Some(&name), &name), people(&[&name])).await.unwrap() })
    });
    let mut first = 0;
    for one in tries.collect::<Vec<_>>() {
        first += usize::from(one.await.unwrap());
    }
    assert_eq!(first, 1);
    let winner = town.newest().await.unwrap().unwrap().entry.what;
    let accounts = SqlAccounts(place.db().await);
    for writer in 0..12 {
        let name = format!("p{writer}");
        let there = accounts.by_person(&name.parse().unwrap()).await.unwrap().is_some();
        assert_eq!(there, name == winner, "{name}");
    }
}
