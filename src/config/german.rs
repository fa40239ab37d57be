//! What the parsers complain of, said in German with key and place.

use super::ConfigError;
use figment::error::Kind;
use figment::{Figment, Source};
use std::path::Path;

/// The first complaint about the configuration.
pub fn of_figment(file: &Path, figment: &Figment, error: figment::Error) -> ConfigError {
    let mut path = error.path.clone();
    let why = match &error.kind {
        Kind::UnknownField(key, known) => {
            path.push(key.clone());
            unknown(&path.join("."), known)
        }
        Kind::MissingField(key) => {
            path.push(key.to_string());
            format!("der Schlüssel „{}“ fehlt", path.join("."))
        }
        Kind::UnknownVariant(found, known) => {
            format!("„{}“ kennt den Wert „{found}“ nicht; möglich: {}", path.join("."), known.join(", "))
        }
        Kind::InvalidType(found, needed) | Kind::InvalidValue(found, needed) => {
            format!("„{}“ hat einen unpassenden Wert ({found}); nötig: {needed}", path.join("."))
        }
        _ if path.is_empty() => format!("kein lesbares TOML: {}", error.kind),
        other => format!("„{}“ ist nicht lesbar: {other}", path.join(".")),
    };
    let from_environment =
        figment.find_metadata(&path.join(".")).is_some_and(|found| !matches!(found.source, Some(Source::File(_))));
    let place = if from_environment {
        format!("Umgebungsvariable RATSSAAL_{}", path.join("__").to_uppercase())
    } else {
        file.display().to_string()
    };
    ConfigError { place, why }
}

fn unknown(key: &str, known: &[&str]) -> String {
    format!("unbekannter Schlüssel „{key}“; bekannt sind {}", known.join(", "))
}

/// A complaint of the TOML parser about another file. `text` is what was parsed.
pub fn of_toml(place: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let line = error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
    let place = line.map_or_else(|| place.to_owned(), |line| format!("{place}, Zeile {line}"));
    ConfigError { place, why: translated(error.message()) }
}

/// serde's sentences that people meet; the rest is passed on with a German beginning.
fn translated(message: &str) -> String {
    let quoted = |message: &str| message.split('`').nth(1).unwrap_or("?").to_owned();
    let known =
        |message: &str| message.split_once("expected ").map_or(String::new(), |(_, rest)| rest.replace('`', ""));
    if message.starts_with("unknown field ") {
        format!("unbekannter Schlüssel „{}“; bekannt: {}", quoted(message), known(message))
    } else if message.starts_with("missing field ") {
        format!("der Schlüssel „{}“ fehlt", quoted(message))
    } else if message.starts_with("unknown variant ") {
        format!("der Wert „{}“ ist unbekannt; möglich: {}", quoted(message), known(message))
    } else if message.starts_with("duplicate key") {
        "ein Schlüssel steht zweimal da".to_owned()
    } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
        format!("ein Wert passt nicht: {message}")
    } else {
        format!("nicht lesbar: {message}")
    }
}
