//! The simulated councillors of `ratssaal demo`: a child process that knows only a URL and credentials, and attends like
//! everybody else, through real WebRTC with really encoded picture and sound. Nothing here may know the council's
//! inside: no `domain`, `app`, `adapters` or `web`.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::large_stack_arrays,
    clippy::disallowed_methods,
    reason = "painting and singing is arithmetic on small floats, far from the law; a simulated person has a watch"
)]

pub mod peer;
pub mod pictures;
pub mod script;
pub mod visitor;
pub mod voices;

use serde::{Deserialize, Serialize};
use std::path::Path;

/// Everything a simulated council knows.
#[derive(Debug, Serialize, Deserialize)]
pub struct Credentials {
    /// Without a slash at its end.
    pub url: String,
    pub chair: Person,
    pub clerk: Person,
    /// The device in the hall.
    pub hall: Person,
    pub format: Format,
    pub councillors: Vec<Person>,
}

/// In which format the simulated council meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Chair, clerk and half of the members in the hall, the others at home.
    Hybrid,
    /// Everybody at home, because of a flood.
    Digital,
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "hybrid" => Ok(Self::Hybrid),
            "digital" => Ok(Self::Digital),
            _ => Err("hybrid oder digital".into()),
        }
    }
}

/// One person's keys.
#[derive(Clone, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub password: String,
    /// Base 32 (RFC 6238).
    pub totp_secret: String,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.name)
    }
}

/// What stops a simulated council.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Attends with the credentials of a JSON file; with `out` also runs the meeting to its end and leaves there what is
/// taken home.
///
/// # Errors
/// The first thing that did not go as it must.
pub fn run(credentials: &Path, out: Option<&Path>) -> Result<(), Trouble> {
    let credentials: Credentials = serde_json::from_slice(&std::fs::read(credentials)?)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        match out {
            Some(out) => script::whole_meeting(credentials, out).await,
            None => script::attend(credentials).await,
        }
    })
}
