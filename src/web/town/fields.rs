//! Fields of the administration's forms.

use crate::app::town::TEXT_CHARS_MAX;
use crate::domain::time::Date;
use crate::web::pages::next::Choice;
use crate::web::pages::town::{FieldKind, FormField};

fn field(name: &str, label: &str, kind: FieldKind) -> FormField {
    FormField {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
        value: String::new(),
        error: String::new(),
        theirs: String::new(),
        kind,
        first: false,
    }
}

pub(super) fn line(name: &str, label: &str) -> FormField {
    field(name, label, FieldKind::Line(TEXT_CHARS_MAX))
}

pub(super) fn proposed(name: &str, label: &str, proposals: Vec<String>) -> FormField {
    field(name, label, FieldKind::Proposed(TEXT_CHARS_MAX, proposals))
}

pub(super) fn email() -> FormField {
    field("email", "E-Mail-Adresse", FieldKind::Email)
}

pub(super) fn number(name: &str, label: &str) -> FormField {
    field(name, label, FieldKind::Number)
}

pub(super) fn day(name: &str, label: &str) -> FormField {
    field(name, label, FieldKind::Day)
}

pub(super) fn list(name: &str, label: &str, choices: Vec<Choice>) -> FormField {
    field(name, label, FieldKind::List(choices))
}

pub(super) fn ways(name: &str, label: &str, choices: Vec<Choice>) -> FormField {
    field(name, label, FieldKind::Ways(choices))
}

pub(super) fn hidden(name: &str, value: &str) -> FormField {
    FormField { value: value.to_owned(), ..field(name, "", FieldKind::Hidden) }
}

pub(super) fn choice(value: impl ToString, label: impl ToString) -> Choice {
    Choice { value: value.to_string(), label: label.to_string() }
}

/// What a field says, as it is read and not as it is sent.
pub(super) fn shown(field: &FormField) -> String {
    let chosen = |choices: &[Choice]| {
        choices
            .iter()
            .find(|choice| choice.value == field.value)
            .map_or_else(String::new, |choice| choice.label.clone())
    };
    match &field.kind {
        FieldKind::Hidden => String::new(),
        FieldKind::List(choices) | FieldKind::Ways(choices) => chosen(choices),
        FieldKind::Day => field.value.parse::<Date>().map_or_else(|_| "kein Tag".to_owned(), Date::german),
        FieldKind::Line(_) | FieldKind::Proposed(..) | FieldKind::Email | FieldKind::Number => {
            if field.value.is_empty() { "nichts".to_owned() } else { field.value.clone() }
        }
    }
}

impl FormField {
    /// What belongs there.
    pub(super) fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    /// What stands there already.
    pub(super) fn value(mut self, value: impl ToString) -> Self {
        self.value = value.to_string();
        self
    }

    /// The page opens here.
    pub(super) const fn first(mut self) -> Self {
        self.first = true;
        self
    }
}
