//! The simulated councillors of `ratssaal demo --play`: a child process that knows only a URL and credentials, and
//! attends like everybody else, through real WebRTC with really encoded picture and sound. Nothing here may know the
//! council's inside: no `domain`, `app`, `adapters` or `web`.
pub mod peer;
pub mod pictures;
pub mod voices;
