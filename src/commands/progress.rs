//! How far a long command has come: a bar on a terminal, nothing anywhere else.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::time::Duration;

/// How often a bar moves where nothing can be counted.
const TICK: Duration = Duration::from_millis(120);

/// A bar under what is printed.
pub struct Progress(ProgressBar);

impl Progress {
    /// So many steps; `what` they are, e.g. „Dateien“.
    pub fn of(steps: usize, what: &'static str) -> Self {
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
        Self::shown(ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX)), style.ok(), what)
    }

    /// Something that takes a while, e.g. „Die Sitzung wird nachgestellt“.
    pub fn while_doing(what: &'static str) -> Self {
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
        let progress = Self::shown(ProgressBar::new_spinner(), style.ok(), what);
        if !progress.0.is_hidden() {
            progress.0.enable_steady_tick(TICK);
        }
        progress
    }

    /// Bars are for people: who writes the output into a file or another program gets the lines and nothing else.
    fn shown(bar: ProgressBar, style: Option<ProgressStyle>, what: &'static str) -> Self {
        if !std::io::stdout().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        Self(style.map_or(bar.clone(), |style| bar.with_style(style)).with_message(what))
    }

    /// Prints lines above the bar.
    pub fn say(&self, lines: &str) {
        self.0.suspend(|| println!("{lines}"));
    }

    /// A step is done.
    pub fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
