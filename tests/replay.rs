//! `ratssaal replay`: a past meeting from its official minutes, item by item, under the law of its day, and our minutes
//! beside them. An invented one with every odd shape such texts have, and the real one of a city where it is at hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says what is wrong by failing"
)]

#[path = "replay/changed.rs"]
mod changed;
#[path = "replay/city.rs"]
mod city;
mod meeting_kit;
#[path = "replay/past.rs"]
mod past;
mod shared_kit;
#[path = "replay/village.rs"]
mod village;

use meeting_kit::Folder;
use shared_kit::locate;

/// What a machine relies on must be there, and what is nowhere is not silently passed over.
#[test]
fn missing_real_input_is_told_and_an_error_where_it_must_exist() {
    let folder = Folder::new("shared");
    std::fs::create_dir_all(folder.0.join("data/city")).unwrap();
    let (here, elsewhere) = (folder.0.as_path(), folder.0.join("elsewhere"));
    assert_eq!(locate(None, true, here, "city").unwrap(), Some(here.join("data/city")));
    assert_eq!(locate(here.to_str(), true, &elsewhere, "city").unwrap(), Some(here.join("data/city")));
    assert_eq!(locate(None, false, &elsewhere, "city"), Ok(None));
    assert!(locate(None, true, &elsewhere, "city").unwrap_err().contains("RATSSAAL_TEST_SHARED"));
    assert!(locate(elsewhere.to_str(), false, here, "city").is_err(), "who says where it is means it");
}
