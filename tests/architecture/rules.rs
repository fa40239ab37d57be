//! The tables: who may know whom, which technology lives where, and what a pure module never says.

use crate::source::{self, Facts};

/// Longest source file, in lines; from [`LINES_TARGET`] on it is mentioned.
pub const LINES_MAX: usize = 400;
pub const LINES_TARGET: usize = 250;

/// Modules with `unsafe` code, each for a measured reason. None.
const UNSAFE_ALLOWED: &[&str] = &[];

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "manager", "misc", "common"];

/// What each layer may import from this package, by the longest matching prefix. `{own}` is the adapter's own module.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("audit", &["audit"]),
    ("app", &["app", "domain"]),
    ("adapters", &["{own}", "domain", "app::ports"]),
    ("web", &["web", "app", "domain"]),
    ("play", &["play"]),
    ("config", &["config", "domain", "app"]),
];

/// Modules that put everything together and may import everything.
const ROOTS: &[&str] = &["", "main", "commands", "wire", "demo"];

/// Modules only these may import.
const IMPORTED_ONLY_BY: &[(&str, &[&str])] = &[
    ("main", &[]),
    ("commands", &["main", "demo"]),
    ("wire", &["main", "commands", "demo"]),
    ("demo", &["main"]),
    ("play", &["main", "demo"]),
];

/// Where each technology lives. A crate that is not named here may be used outside the pure modules. `config` may ask
/// a technology whether an address is well formed.
const HOMES: &[(&str, &[&str])] = &[
    ("argon2", &["adapters::secrets"]),
    ("askama", &["web", "adapters::mail"]),
    ("async_trait", &["app", "adapters"]),
    ("axum", &["web", "config"]),
    ("clap", &["main"]),
    ("cms", &["adapters::sign"]),
    ("der", &["adapters::sign"]),
    ("figment", &["config"]),
    ("futures_util", &["adapters", "web", "play"]),
    ("getrandom", &["adapters", "play"]),
    ("icalendar", &["adapters::mail"]),
    ("indicatif", &["commands"]),
    ("jiff", &["adapters", "web"]),
    ("lettre", &["adapters::mail", "config"]),
    ("lopdf", &["adapters::pdf", "adapters::sign"]),
    ("memory_serve", &["web"]),
    ("oparl_types", &["adapters::oparl"]),
    ("openh264", &["play"]),
    ("opus_rs", &["play"]),
    ("p256", &["adapters", "audit"]),
    ("printpdf", &["adapters::pdf"]),
    ("reqwest", &["adapters", "play"]),
    ("rtc", &["adapters::media", "play"]),
    ("ruma", &["adapters::matrix"]),
    ("rustls", &["adapters"]),
    (
        "serde_json",
        &[
            "domain::ledger",
            "domain::circulation::wire",
            "domain::meeting::wire",
            "audit",
            "app",
            "adapters",
            "web",
            "play",
        ],
    ),
    ("sqlx", &["adapters::store", "config"]),
    ("subsetter", &["adapters::pdf"]),
    ("thiserror", &["app", "adapters", "web", "config", "play"]),
    ("tokio", &["app", "adapters", "web", "play"]),
    ("tokio_tungstenite", &["play"]),
    ("tokio_util", &["app", "adapters", "web", "play"]),
    ("toml", &["domain::law", "config", "adapters", "audit"]),
    ("totp_rs", &["adapters::secrets", "play"]),
    ("tower", &["web"]),
    ("tower_governor", &["web"]),
    ("tower_http", &["web"]),
    ("tower_sessions", &["web", "adapters::store"]),
    ("tracing", &["app", "adapters", "web", "play"]),
    ("tracing_subscriber", &[]),
    ("uuid", &["adapters", "web", "play"]),
    ("webrtc", &["play"]),
    ("x509_cert", &["adapters::sign"]),
];

/// All that a pure module may use, beside what [`HOMES`] names it for.
const PURE: &[(&str, &[&str])] = &[
    ("domain", &["std", "core", "serde", "sha2"]),
    // The pinned law is TOML; reading it by hand would be a parser of our own.
    ("audit", &["std", "core", "serde", "serde_json", "sha2", "p256", "toml"]),
];

/// Paths that a module never uses, with the reason.
const NEVER: &[(&str, &[&str], &str)] = &[
    ("domain", &["std::collections::HashMap", "std::collections::HashSet"], "its order is chance"),
    (
        "domain",
        &["std::time::SystemTime", "std::time::Instant", "Instant::now", "SystemTime::now"],
        "time is an argument",
    ),
    ("domain", &["std::fs", "std::net", "std::io", "std::env", "std::process", "std::thread"], "the domain is pure"),
    ("app", &["tokio::net", "tokio::fs", "tokio::io", "tokio::process", "tokio::signal"], "only sync and time"),
    ("app", &["std::fs", "std::env", "std::process", "std::thread"], "that is an adapter's work"),
    ("app", &["std::net::TcpListener", "std::net::TcpStream", "std::net::UdpSocket"], "that is an adapter's work"),
];

/// Words that a module never contains.
const NEVER_WORDS: &[(&str, &[&str], &str)] = &[
    ("domain", &["f32", "f64"], "shares are exact"),
    ("domain", &["async", "await"], "the domain does not wait"),
    ("domain", &["HashMap", "HashSet"], "its order is chance"),
    ("audit", &["f32", "f64", "HashMap", "HashSet"], "a recount is exact and repeatable"),
];

/// The module a file of `src` is: `domain/law/mod.rs` is `domain::law`, `lib.rs` is the root.
pub fn module_of(path: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if stem == "lib" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
}

/// Everything one file does against the tables. `crates` are the dependencies by their code names.
pub fn findings(path: &str, text: &str, crates: &[String]) -> Vec<String> {
    let module = module_of(path);
    let mut found = Vec::new();
    let lines = text.lines().count();
    if lines > LINES_MAX {
        found.push(format!("{path}: {lines} lines, the limit is {LINES_MAX}"));
    }
    found.extend(
        module
            .iter()
            .filter(|name| EMPTY_NAMES.contains(&name.as_str()))
            .map(|name| format!("{path}: empty name {name}")),
    );
    if module.last().is_some_and(|name| name == "tests") {
        return found;
    }
    match source::read(text, &module) {
        Ok(facts) => said(&module.join("::"), &facts, crates, &mut |what| found.push(format!("{path}: {what}"))),
        Err(error) => found.push(format!("{path}: {error}")),
    }
    found
}

fn said(module: &str, facts: &Facts, crates: &[String], found: &mut impl FnMut(String)) {
    for target in facts.internal.iter().map(|path| path.join("::")) {
        if !may_import(module, &target) {
            found(format!("may not import {target}"));
        }
    }
    for path in &facts.external {
        let name = path[0].as_str();
        if (is_std(name) || crates.iter().any(|known| known == name)) && !may_use(module, name) {
            found(format!("may not use {name}"));
        }
    }
    for (layer, paths, reason) in NEVER.iter().filter(|(layer, ..)| below(module, layer)) {
        for path in facts.external.iter().map(|path| path.join("::")) {
            if paths.iter().any(|never| below(&path, never) || path.ends_with(&format!("::{never}"))) {
                found(format!("{layer} never uses {path}: {reason}"));
            }
        }
    }
    for (layer, words, reason) in NEVER_WORDS.iter().filter(|(layer, ..)| below(module, layer)) {
        for word in words.iter().filter(|word| facts.words.contains(**word)) {
            found(format!("{layer} never says {word}: {reason}"));
        }
    }
    if below(module, "domain") && facts.float_literal {
        found("domain never writes a decimal point: shares are exact".to_owned());
    }
    if facts.words.contains("unsafe") && !UNSAFE_ALLOWED.contains(&module) {
        found("unsafe code".to_owned());
    }
}

/// Is `module` the module `layer` or one below it?
fn below(module: &str, layer: &str) -> bool {
    module.strip_prefix(layer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn head(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

fn may_import(from: &str, to: &str) -> bool {
    if head(from) == head(to) && head(from) != "adapters" {
        return true;
    }
    if let Some((_, importers)) = IMPORTED_ONLY_BY.iter().find(|(name, _)| head(to) == *name) {
        return importers.contains(&head(from));
    }
    if ROOTS.contains(&head(from)) {
        return true;
    }
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| below(from, layer)) else { return false };
    let own = from.split("::").take(2).collect::<Vec<_>>().join("::");
    allowed.iter().any(|layer| below(to, &layer.replace("{own}", &own)))
}

fn is_std(name: &str) -> bool {
    matches!(name, "std" | "core" | "alloc")
}

fn may_use(module: &str, name: &str) -> bool {
    if ROOTS.contains(&head(module)) {
        return true;
    }
    if let Some((_, homes)) = HOMES.iter().find(|(crate_name, _)| *crate_name == name)
        && homes.iter().any(|home| below(module, home))
    {
        return true;
    }
    if let Some((_, allowed)) = PURE.iter().find(|(layer, _)| below(module, layer)) {
        return allowed.contains(&name);
    }
    !HOMES.iter().any(|(crate_name, _)| *crate_name == name)
}
