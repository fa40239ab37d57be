//! Every ban, proven: a small source that breaks it, and the words of the finding.

use crate::rules;

/// Path in `src`, source, what must be found.
const BROKEN: &[(&str, &str, &str)] = &[
    // who may know whom
    ("domain/x.rs", "use crate::app::Clock;", "may not import app::Clock"),
    ("domain/x.rs", "use crate::{id::A, web::B};", "may not import web::B"),
    ("domain/x.rs", "use super::super::adapters::store;", "may not import adapters::store"),
    ("domain/x.rs", "mod inner { use super::super::super::web::Page; }", "may not import web::Page"),
    ("domain/x.rs", "fn f() -> crate::audit::Finding { todo!() }", "may not import audit::Finding"),
    ("domain/x.rs", "fn f() { let _ = vec![crate::web::page()]; }", "may not import web::page"),
    ("domain/x.rs", "macro_rules! m { () => { $crate::app::go() } }", "may not import app::go"),
    ("domain/x.rs", "#[crate::web::route] fn f() {}", "may not import web::route"),
    ("audit/x.rs", "use crate::domain::meeting::Meeting;", "may not import domain::meeting::Meeting"),
    ("app/x.rs", "use crate::adapters::store::Db;", "may not import adapters::store::Db"),
    ("app/x.rs", "use crate::web::security::*;", "may not import web::security"),
    ("adapters/mail/x.rs", "use crate::adapters::store::Db;", "may not import adapters::store::Db"),
    ("adapters/mail/x.rs", "use super::super::store::Db;", "may not import adapters::store::Db"),
    ("adapters/mail/x.rs", "use crate::app::sitting::Sitting;", "may not import app::sitting::Sitting"),
    ("adapters/mail/x.rs", "use crate::web::Page;", "may not import web::Page"),
    ("web/x.rs", "use crate::adapters::media::Engine;", "may not import adapters::media::Engine"),
    ("web/x.rs", "use crate::wire::start;", "may not import wire::start"),
    ("web/x.rs", "use crate::demo::town;", "may not import demo::town"),
    ("wire.rs", "use crate::demo::town;", "may not import demo::town"),
    ("adapters/media/x.rs", "use crate::play::Member;", "may not import play::Member"),
    ("play/x.rs", "use crate::domain::id::SeatId;", "may not import domain::id::SeatId"),
    ("play/x.rs", "use crate::app::ports::Clock;", "may not import app::ports::Clock"),
    ("play/x.rs", "use ratssaal::adapters::media;", "may not import adapters::media"),
    ("play/x.rs", "use crate::web::Page;", "may not import web::Page"),
    ("config.rs", "use crate::adapters::store::Db;", "may not import adapters::store::Db"),
    // which technology lives where
    ("domain/x.rs", "use tokio::sync::Mutex;", "may not use tokio"),
    ("domain/x.rs", "fn f() { tracing::info!(\"x\"); }", "may not use tracing"),
    ("domain/x.rs", "#[derive(sqlx::FromRow)] struct S;", "may not use sqlx"),
    ("domain/meeting/x.rs", "fn f(v: serde_json::Value) {}", "may not use serde_json"),
    ("domain/quorum.rs", "use toml;", "may not use toml"),
    ("domain/x.rs", "use {std::fmt, axum::Router};", "may not use axum"),
    ("audit/x.rs", "use sqlx::Row;", "may not use sqlx"),
    ("app/x.rs", "use sqlx::Row;", "may not use sqlx"),
    ("app/x.rs", "use lettre::Message;", "may not use lettre"),
    ("web/x.rs", "use ruma::RoomId;", "may not use ruma"),
    ("web/x.rs", "use webrtc::peer_connection;", "may not use webrtc"),
    ("adapters/media/x.rs", "use webrtc::peer_connection;", "may not use webrtc"),
    ("adapters/mail/x.rs", "use sqlx::Row;", "may not use sqlx"),
    ("adapters/store/x.rs", "use printpdf::PdfDocument;", "may not use printpdf"),
    ("app/x.rs", "async fn f() { tokio::net::TcpStream::connect(1).await; }", "app never uses tokio::net"),
    ("app/x.rs", "use std::fs;", "app never uses std::fs"),
    // what the domain never says
    ("domain/x.rs", "use std::collections::HashMap;", "HashMap: its order is chance"),
    ("domain/x.rs", "use std::collections::{BTreeMap, HashSet};", "HashSet: its order is chance"),
    ("domain/x.rs", "fn f() -> f64 { 0.into() }", "says f64: shares are exact"),
    ("domain/x.rs", "const HALF: i32 = (0.5 * 3) as i32;", "decimal point"),
    ("domain/x.rs", "fn f() { std::time::Instant::now(); }", "time is an argument"),
    ("domain/x.rs", "use std::time::*; fn f() { SystemTime::now(); }", "time is an argument"),
    ("domain/x.rs", "async fn f() {}", "says async"),
    ("domain/x.rs", "fn f() { std::fs::read(\"x\"); }", "the domain is pure"),
    // everywhere
    ("adapters/media/x.rs", "fn f() { unsafe { g() } }", "unsafe code"),
    ("app/utils.rs", "", "empty name utils"),
    ("web/helpers/mod.rs", "", "empty name helpers"),
    ("app/manager.rs", "", "empty name manager"),
];

/// What is allowed, so that no table simply refuses everything.
const SOUND: &[(&str, &str)] = &[
    ("domain/x.rs", "use crate::domain::law::Rules;\nuse std::collections::BTreeMap;\nconst N: &str = \"0.5\";"),
    ("domain/law/x.rs", "fn f(t: toml::Value) {}"),
    ("domain/ledger/x.rs", "fn f(v: serde_json::Value) {}"),
    ("domain/x.rs", "#[cfg(test)]\n#[path = \"x.rs\"]\nmod tests { use tokio::sync::Mutex; fn f() -> f64 { 0.5 } }"),
    ("domain/x.rs", "pub(crate) fn f(at: crate::domain::time::Instant) { let a = x.tokio; }"),
    ("app/x.rs", "use tokio::sync::mpsc;\nuse crate::domain::id::SeatId;\nuse super::ports::Clock;"),
    ("adapters/mail/x.rs", "use crate::app::ports::Mailer;\nuse crate::adapters::mail::Kind;\nuse super::Kind2;"),
    ("adapters/store/db.rs", "macro_rules! r { () => { $crate::adapters::store::Db } }"),
    ("web/x.rs", "use axum::Router;\nuse crate::app::sitting::Sitting;"),
    ("play/x.rs", "use webrtc::peer_connection;\nuse crate::play::voices;"),
    ("wire.rs", "use crate::adapters::store::Db;\nuse crate::web::routes;\nuse sqlx::Row;"),
    ("demo/mod.rs", "use crate::wire::start;\nuse crate::play::Member;"),
    ("main.rs", "use ratssaal::demo::run;"),
    ("domain/meeting/tests.rs", "use tokio::sync::Mutex;"),
];

#[test]
fn every_ban_is_proven_by_a_source_that_breaks_it() {
    let crates = crate::dependencies();
    for (path, text, expected) in BROKEN {
        let found = rules::findings(path, text, &crates);
        assert!(
            found.iter().any(|what| what.contains(expected)),
            "{path}: {text}\nexpected {expected}, found {found:?}"
        );
    }
}

#[test]
fn what_is_allowed_is_not_refused() {
    let crates = crate::dependencies();
    for (path, text) in SOUND {
        assert_eq!(rules::findings(path, text, &crates), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn a_file_beyond_the_limit_is_found() {
    let lines = |n: usize| "//\n".repeat(n);
    assert!(rules::findings("web/x.rs", &lines(rules::LINES_MAX), &[]).is_empty());
    let found = rules::findings("web/x.rs", &lines(rules::LINES_MAX + 1), &[]);
    assert!(found[0].contains("401 lines"), "{found:?}");
}
