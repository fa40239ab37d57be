//! A form that somebody fills in: fields with labels, one button, and what follows from it.

use super::act::{Blocked, Field};
use super::next::Choice;
use askama::Template;

/// A form with fields. Posts `tun`, `kennung`, the hidden fields and what was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/entry.html")]
pub struct Entry {
    /// Prefix of the ids inside; unique on the page.
    pub id: String,
    pub to: String,
    pub verb: &'static str,
    pub command: String,
    pub hidden: Vec<Field>,
    pub inputs: Vec<Input>,
    /// What the button says.
    pub button: String,
    /// What follows, under the button; may be empty.
    pub note: String,
    pub blocked: Option<Blocked>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub name: &'static str,
    pub label: String,
    pub kind: Kind,
}

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One of a list; the chosen value.
    List { options: Vec<Choice>, chosen: String },
    /// One line of at most so many characters.
    Line { value: String, chars_max: usize },
    /// A whole number from 0 to so many.
    Number { max: u32 },
    /// Several lines.
    Lines { value: String, chars_max: usize },
}

impl Entry {
    /// A form without fields yet.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        to: impl Into<String>,
        verb: &'static str,
        command: impl Into<String>,
        button: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            to: to.into(),
            verb,
            command: command.into(),
            hidden: Vec::new(),
            inputs: Vec::new(),
            button: button.into(),
            note: String::new(),
            blocked: None,
        }
    }

    /// With a hidden field.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push(Field { name, value: value.into() });
        self
    }

    /// With a list to choose from; the first is chosen.
    #[must_use]
    pub fn list(self, name: &'static str, label: impl Into<String>, options: Vec<Choice>) -> Self {
        let chosen = options.first().map_or_else(String::new, |first| first.value.clone());
        self.input(name, label, Kind::List { options, chosen })
    }

    /// With a line of text.
    #[must_use]
    pub fn line(self, name: &'static str, label: impl Into<String>, chars_max: usize) -> Self {
        self.input(name, label, Kind::Line { value: String::new(), chars_max })
    }

    /// With a number.
    #[must_use]
    pub fn number(self, name: &'static str, label: impl Into<String>, max: u32) -> Self {
        self.input(name, label, Kind::Number { max })
    }

    /// With lines of text, filled in already if there is something to change.
    #[must_use]
    pub fn lines(
        self,
        name: &'static str,
        label: impl Into<String>,
        value: impl Into<String>,
        chars_max: usize,
    ) -> Self {
        self.input(name, label, Kind::Lines { value: value.into(), chars_max })
    }

    /// With what follows from it.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    fn input(mut self, name: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        self.inputs.push(Input { name, label: label.into(), kind });
        self
    }
}
