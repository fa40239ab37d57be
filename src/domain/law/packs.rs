//! The rule packs that come with the program. The files are read by jurists; here they are only bound in.

use super::pack::RulePack;
use super::read::LawError;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The text of the pack of a Land by its short name (`bw`), or `None` if there is none.
#[must_use]
pub fn bundled(land: &str) -> Option<&'static str> {
    match land {
        "bw" => Some(include_str!("../../../legal/rules/bw.toml")),
        "he" => Some(include_str!("../../../legal/rules/he.toml")),
        _ => None,
    }
}

/// The pack of a Land by its short name, read once while the program runs.
///
/// # Errors
/// If there is no pack for it, or, which a test excludes, if it is not sound.
pub fn pack(land: &str) -> Result<&'static RulePack, LawError> {
    static PACKS: LazyLock<BTreeMap<&str, Result<RulePack, LawError>>> = LazyLock::new(|| {
        LANDS.iter().map(|land| (*land, RulePack::parse(bundled(land).unwrap_or_default()))).collect()
    });
    let none =
        || LawError::new(None, None, format!("für das Land „{}“ gibt es noch kein Regelwerk", land.escape_debug()));
    PACKS.get(land).ok_or_else(none)?.as_ref().map_err(Clone::clone)
}

/// Short names of all Länder with a pack.
pub const LANDS: &[&str] = &["bw", "he"];

/// Short names of the Länder in which a town can be set up: those whose every rule on quorum the independent checker counts
/// again. The others can be asked with worked cases only.
pub const TOWNS: &[&str] = &["bw", "he"];
