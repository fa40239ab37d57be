//! Real input that is no part of this project. It lies beside the checkout, in `../shared`, or where `RATSSAAL_TEST_SHARED`
//! says. Where it is missing a test says loudly that it was not tried; under `CI=true` that is an error.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder or file `part` of the shared data, or `None` where there is none.
pub fn data(part: &str) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "where the data lies is the caller's choice")]
    let (place, ci) = (std::env::var("RATSSAAL_TEST_SHARED").ok(), std::env::var("CI").is_ok_and(|ci| ci == "true"));
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    match locate(place.as_deref(), ci, &beside, part) {
        Ok(Some(found)) => Some(found),
        Ok(None) => {
            // Not by a macro: those are kept back where a test passes, and this must be seen.
            let _ =
                writeln!(std::io::stderr(), "NOT TRIED: {part} is not at hand (../shared, or RATSSAAL_TEST_SHARED)");
            None
        }
        Err(why) => panic!("{why}"),
    }
}

/// Where `part` lies. Missing is an error if somebody said where it is, or if a machine relies on it.
pub fn locate(place: Option<&str>, ci: bool, beside: &Path, part: &str) -> Result<Option<PathBuf>, String> {
    let found = place.map_or_else(|| beside.to_owned(), PathBuf::from).join("data").join(part);
    if found.exists() {
        Ok(Some(found))
    } else if ci || place.is_some() {
        Err(format!("{} is missing; RATSSAAL_TEST_SHARED says where the shared data lies", found.display()))
    } else {
        Ok(None)
    }
}
