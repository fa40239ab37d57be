//! The simulated councillors of `ratssaal demo --play`: a child process that knows only a URL and credentials, and
//! attends like everybody else, through real WebRTC with really encoded picture and sound. Nothing here may know the
//! council's inside: no `domain`, `app`, `adapters` or `web`.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::large_stack_arrays,
    reason = "painting and singing is arithmetic on small floats, far from the law"
)]

pub mod peer;
pub mod pictures;
pub mod voices;
