//! One thing a person may do: a form with one button, and the reason beside it when it is not allowed.

use askama::Template;

/// A form with a single button. Posts `tun`, `kennung` and the fields to [`Act::to`].
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/act.html")]
pub struct Act {
    /// Unique on the page; made of letters, digits and `-`. By convention `part-verb` or `part-verb-seat`.
    pub id: String,
    /// Where the form goes, e.g. `/sitzung/{id}/tun`.
    pub to: String,
    /// Value of the field `tun`.
    pub verb: &'static str,
    /// Value of the field `kennung`: the command's id, so that an uncertain answer can be asked again.
    pub command: String,
    /// What the button says.
    pub label: String,
    /// Continues the label for those who cannot see where the button stands, e.g. the member's name.
    pub about: Option<String>,
    /// Name of a picture in `static/icons.svg`.
    pub icon: Option<&'static str>,
    pub tone: Tone,
    /// Hidden fields.
    pub fields: Vec<Field>,
    /// Why it is not allowed now. The button stays reachable by keyboard, does nothing, and is explained beside it.
    pub blocked: Option<Blocked>,
    /// A sentence under an allowed button: what follows from pressing it.
    pub note: Option<String>,
}

/// A name and a value of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub value: String,
}

/// Why a button is not available.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// The sentence a person reads.
    pub reason: String,
    /// The ground, e.g. "§ 37 Abs. 2 GemO"; empty if it is not one of law.
    pub paragraph: String,
}

/// How loud a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// The single next action of the chair.
    Main,
    /// A normal act.
    #[default]
    Plain,
    /// An act beside many of its kind.
    Quiet,
    /// Interrupts or takes something away.
    Grave,
}

impl Tone {
    /// The style class of the button.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Main => "kern-btn kern-btn--primary act__button act__button--main",
            Self::Plain => "kern-btn kern-btn--secondary act__button",
            Self::Quiet => "kern-btn kern-btn--tertiary act__button act__button--quiet",
            Self::Grave => "kern-btn kern-btn--secondary act__button act__button--grave",
        }
    }
}

impl Act {
    /// An allowed act without further fields.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        to: impl Into<String>,
        verb: &'static str,
        command: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            to: to.into(),
            verb,
            command: command.into(),
            label: label.into(),
            about: None,
            icon: None,
            tone: Tone::Plain,
            fields: Vec::new(),
            blocked: None,
            note: None,
        }
    }

    /// With a hidden field.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push(Field { name, value: value.into() });
        self
    }

    /// With the words that tell it from its neighbours.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = Some(about.into());
        self
    }

    /// In another loudness.
    #[must_use]
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// With a picture.
    #[must_use]
    pub const fn icon(mut self, icon: &'static str) -> Self {
        self.icon = Some(icon);
        self
    }

    /// With what follows from it.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Not available, and why.
    #[must_use]
    pub fn blocked(mut self, reason: impl Into<String>, paragraph: impl Into<String>) -> Self {
        self.blocked = Some(Blocked { reason: reason.into(), paragraph: paragraph.into() });
        self
    }
}
