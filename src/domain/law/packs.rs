//! The rule packs that come with the program. The files are read by jurists; here they are only bound in.

/// The text of the pack of a Land by its short name (`bw`), or `None` if there is none.
#[must_use]
pub fn bundled(land: &str) -> Option<&'static str> {
    match land {
        "bw" => Some(include_str!("../../../legal/rules/bw.toml")),
        "he" => Some(include_str!("../../../legal/rules/he.toml")),
        _ => None,
    }
}

/// Short names of all Länder with a pack.
pub const LANDS: &[&str] = &["bw", "he"];

/// Short names of the Länder in which a town can be set up: those whose every rule on quorum the independent checker counts
/// again. The others can be asked with worked cases only.
pub const TOWNS: &[&str] = &["bw"];
