//! `Ablehnung`: why something is not done, and whose fault that is. The sentence is what a person reads.

use serde::Serialize;
use std::fmt;

/// Whose fault a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalKind {
    /// The law says no; the norm is given.
    Law,
    /// Wrong phase or no right to do it: a screen should not have offered it.
    Misuse,
    /// Somebody was faster.
    Conflict,
}

/// A command that is refused, with the paragraph and the German sentence a person reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Whose fault it is.
    pub kind: RefusalKind,
    /// Stable name for programs and tests, in snake case.
    pub code: &'static str,
    /// The paragraph, always present when the law refuses.
    pub norm: Option<String>,
    /// What a person reads, in German, a whole sentence.
    pub sentence: String,
}

impl Refusal {
    /// The law says no.
    #[must_use]
    pub fn law(code: &'static str, norm: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { kind: RefusalKind::Law, code, norm: Some(norm.into()), sentence: sentence.into() }
    }

    /// It is not the time for that, or not this person's right.
    #[must_use]
    pub fn misuse(code: &'static str, sentence: impl Into<String>) -> Self {
        Self { kind: RefusalKind::Misuse, code, norm: None, sentence: sentence.into() }
    }

    /// Somebody else was faster.
    #[must_use]
    pub fn conflict(code: &'static str, sentence: impl Into<String>) -> Self {
        Self { kind: RefusalKind::Conflict, code, norm: None, sentence: sentence.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)?;
        if let Some(norm) = &self.norm {
            write!(f, " ({norm})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::{Refusal, RefusalKind};

    #[test]
    fn a_refusal_of_the_law_shows_its_paragraph() {
        let refusal = Refusal::law("no_quorum", "§ 37 Abs. 2 GemO", "Der Gemeinderat ist nicht beschlussfähig.");
        assert_eq!(refusal.to_string(), "Der Gemeinderat ist nicht beschlussfähig. (§ 37 Abs. 2 GemO)");
        let misuse = Refusal::misuse("not_open", "Die Sitzung ist nicht eröffnet.");
        assert_eq!(
            (misuse.kind, misuse.to_string().as_str()),
            (RefusalKind::Misuse, "Die Sitzung ist nicht eröffnet.")
        );
    }
}
