//! A form with several fields and one button; sent to where acts are sent.

use super::act::{Blocked, Field, Tone};
use super::next::Choice;
use askama::Template;

/// Posts `tun`, `kennung`, the hidden fields and the inputs to [`Form::to`].
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/form.html")]
pub struct Form {
    /// Unique on the page; prefix of the ids inside.
    pub id: String,
    pub to: String,
    pub verb: &'static str,
    /// Value of the field `kennung`.
    pub command: String,
    pub fields: Vec<Field>,
    pub inputs: Vec<Input>,
    /// What the button says.
    pub button: String,
    pub tone: Tone,
    /// What follows from it; may be empty.
    pub note: String,
    pub blocked: Option<Blocked>,
}

/// Something to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub name: &'static str,
    pub label: String,
    /// What belongs there; may be empty.
    pub hint: String,
    pub value: String,
    pub required: bool,
    pub kind: Kind,
}

/// How something is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One line of so many characters.
    Line(usize),
    /// Several lines of so many characters.
    Text(usize),
    Day,
    Time,
    /// A list to choose from.
    List(Vec<Choice>),
    /// Ways side by side, one of them.
    Ways(Vec<Choice>),
    /// Yes, if ticked; the label is what is agreed to.
    Tick,
}

impl Input {
    /// An input that may stay empty.
    #[must_use]
    pub fn new(name: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        Self { name, label: label.into(), hint: String::new(), value: String::new(), required: false, kind }
    }

    /// What belongs there.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What stands there already.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Must be filled in.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}
