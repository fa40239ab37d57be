//! `Film- und Tonaufnahmen`, § 35 (3) GemO BW: on what ground may be recorded or streamed. The program itself records
//! nothing; what others do, people watch over.

use super::{RecordingGround, Rules, Sourced};
use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// What the recording is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// By the municipality, for publication: the livestream as well.
    Publish,
    /// For the minutes, by machine transcription as well.
    Minutes,
    /// By press or audience.
    Others,
}

/// A recording somebody wants to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// What for.
    pub purpose: Purpose,
    /// Of a public sitting or part.
    pub public: bool,
    /// The Hauptsatzung has a clause for it.
    #[serde(default)]
    pub clause: bool,
    /// Members in the room.
    pub in_room: u32,
    /// Of them, who consent.
    #[serde(default)]
    pub consenting_in_room: u32,
    /// Members connected.
    #[serde(default)]
    pub remote: u32,
    /// Of them, who consent.
    #[serde(default)]
    pub consenting_remote: u32,
}

/// May it be recorded, as far as members are concerned?
///
/// # Errors
/// The law's refusal with its paragraph.
pub fn may_record(rules: &Rules, recording: Recording) -> Result<(), Refusal> {
    match ground(rules, recording.purpose, recording.public, recording.clause)? {
        Ground::Clause(_) => Ok(()),
        Ground::Consent(rule) => by_consent(rules, recording, rule),
    }
}

/// What a recording of members rests on, with the rule that says so.
#[derive(Debug, Clone, Copy)]
pub enum Ground<'a> {
    /// A clause of the Hauptsatzung: a single member cannot prevent it.
    Clause(&'a Sourced<RecordingGround>),
    /// The consent of every member present.
    Consent(&'a Sourced<RecordingGround>),
}

/// On what ground the members may be recorded, if on any.
///
/// # Errors
/// The law's refusal where there is none.
pub fn ground(rules: &Rules, purpose: Purpose, public: bool, clause: bool) -> Result<Ground<'_>, Refusal> {
    let publish = purpose == Purpose::Publish && public;
    let rule = if publish { &rules.recording_publish_basis } else { &rules.recording_other };
    match rule.get() {
        RecordingGround::ByClause if clause => Ok(Ground::Clause(rule)),
        RecordingGround::ByClause if publish && rules.recording_other.get() == RecordingGround::Never => {
            let sentence = "Ohne Regelung der Hauptsatzung gibt es für diese Aufnahme keine Grundlage.";
            Err(Refusal::law("recording_not_allowed", rules.recording_other.norm(), sentence))
        }
        RecordingGround::ByClause if publish => Ok(Ground::Consent(&rules.recording_other)),
        RecordingGround::Never => {
            Err(Refusal::law("recording_not_allowed", rule.norm(), "Für diese Aufnahme gibt es keine Grundlage."))
        }
        RecordingGround::ByClause
        | RecordingGround::ConsentOfAll
        | RecordingGround::Consent
        | RecordingGround::ConsentOrObjection => Ok(Ground::Consent(rule)),
    }
}

fn by_consent(rules: &Rules, recording: Recording, rule: &Sourced<RecordingGround>) -> Result<(), Refusal> {
    let remote = rules.recording_remote_consent.get();
    let asked = recording.in_room.saturating_add(if remote { recording.remote } else { 0 });
    let given = recording.consenting_in_room.min(recording.in_room).saturating_add(if remote {
        recording.consenting_remote.min(recording.remote)
    } else {
        0
    });
    if given < asked {
        let sentence = format!("Alle anwesenden Mitglieder müssen einwilligen; es sind {given} von {asked}.");
        return Err(Refusal::law("consent_of_all", rule.norm(), sentence));
    }
    Ok(())
}

/// May a person who is not a member be recorded?
///
/// # Errors
/// The law's refusal if the person has objected, or has not consented where that is asked for.
pub fn may_record_nonmember(rules: &Rules, consented: bool, objected: bool) -> Result<(), Refusal> {
    let rule = &rules.recording_nonmembers;
    let allowed = match rule.get() {
        RecordingGround::ConsentOrObjection => !objected,
        RecordingGround::Consent | RecordingGround::ConsentOfAll | RecordingGround::ByClause => consented && !objected,
        RecordingGround::Never => false,
    };
    if allowed {
        return Ok(());
    }
    Err(Refusal::law("nonmember_recorded", rule.norm(), "Diese Person ist nicht Mitglied und darf nicht ins Bild."))
}
