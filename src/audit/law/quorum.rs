//! What a quorum is found by: whose presence counts, against what number, and for how long.

use toml::Value;

/// Whose presence is counted against what.
pub struct QuorumLaw {
    /// Against all seats the law provides for, instead of those that are occupied.
    pub statutory: bool,
    /// More than the share, instead of at least it.
    pub more_than: bool,
    /// Only who may vote counts; otherwise whoever is present and has not left because of a recusal.
    pub only_entitled: bool,
    /// Once found it lasts until a motion; by this paragraph.
    pub presumed: Option<String>,
}

/// Rules that packs of the first releases do not have mean there what they always meant: at least the share of the occupied
/// seats, present and entitled, found item by item.
pub(super) fn read<'a>(rule: &impl Fn(&str) -> Result<(&'a Value, String), String>) -> Result<QuorumLaw, String> {
    let one_of = |key: &str, no: &str, yes: &str| match rule(key) {
        Err(_) => Ok(false),
        Ok((value, _)) => match value.as_str() {
            Some(word) if word == no => Ok(false),
            Some(word) if word == yes => Ok(true),
            _ => Err(format!("Die Regel „{key}“ kennt diese Prüfung nur als „{no}“ oder „{yes}“.")),
        },
    };
    rule("quorum.base")?;
    let presumed = one_of("quorum.presumption", "none", "until_motion")?;
    Ok(QuorumLaw {
        statutory: one_of("quorum.base", "occupied", "statutory")?,
        more_than: one_of("quorum.comparison", "at_least", "more_than")?,
        only_entitled: rule("quorum.needs_voting_right").ok().and_then(|(value, _)| value.as_bool()).unwrap_or(true),
        presumed: if presumed { Some(rule("quorum.presumption")?.1) } else { None },
    })
}
