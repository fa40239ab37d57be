//! One conformance suite for the ledger, run on SQLite and on PostgreSQL.
//!
//! PostgreSQL is taken from `RATSSAAL_TEST_POSTGRES` (`postgres://user@host/database?…`, a role that may create
//! databases); `tests/postgres.sh` starts a throw-away one. Without it those tests say loudly that they were skipped;
//! with `CI=true` they fail.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "store/append.rs"]
mod append;
#[path = "store/drafts.rs"]
mod drafts;
mod ledger_kit;
#[path = "store/outbox.rs"]
mod outbox;
#[path = "store/owner.rs"]
mod owner;
#[path = "store/papers.rs"]
mod papers;
#[path = "store/requests.rs"]
mod requests;
#[path = "store/room.rs"]
mod room;
#[path = "store/rows.rs"]
mod rows;
#[path = "store/seal.rs"]
mod seal;
#[path = "store/settings.rs"]
mod settings;
#[path = "store/town.rs"]
mod town;

use ledger_kit::{TempDir, serial};
use ratssaal::adapters::store::{Db, LedgerDb};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};
use std::future::Future;

/// A fresh database of one kind, which several nodes may open.
enum Place {
    Sqlite(TempDir),
    Postgres(String),
}

impl Place {
    async fn open(&self) -> LedgerDb {
        LedgerDb::new(self.db().await)
    }

    async fn db(&self) -> Db {
        match self {
            Self::Sqlite(dir) => Db::sqlite(&dir.file()).await.expect("SQLite opens"),
            Self::Postgres(url) => Db::postgres(url).await.expect("PostgreSQL opens"),
        }
    }

    /// How many rows this statement changes.
    async fn change(&self, sql: &'static str) -> u64 {
        match self {
            Self::Sqlite(dir) => {
                let mut conn = SqliteConnection::connect(&dir.file().to_string_lossy()).await.expect("the file");
                conn.execute(sql).await.expect(sql).rows_affected()
            }
            Self::Postgres(url) => {
                let mut conn = PgConnection::connect(url).await.expect("the database");
                conn.execute(sql).await.expect(sql).rows_affected()
            }
        }
    }

    /// Does to the database what no programme of ours would do.
    async fn tamper(&self, sql: &'static str) {
        let changed = match self {
            Self::Sqlite(dir) => {
                let mut conn = SqliteConnection::connect(&dir.file().to_string_lossy()).await.expect("the file");
                conn.execute("PRAGMA foreign_keys = OFF").await.expect("a pragma");
                conn.execute(sql).await.expect(sql).rows_affected()
            }
            Self::Postgres(url) => {
                let mut conn = PgConnection::connect(url).await.expect("the database");
                conn.execute("SET session_replication_role = replica").await.expect("a superuser");
                conn.execute(sql).await.expect(sql).rows_affected()
            }
        };
        assert!(changed > 0, "changed nothing: {sql}");
    }
}

async fn on_sqlite<F: Future<Output = ()>>(case: impl FnOnce(Place) -> F) {
    case(Place::Sqlite(TempDir::new())).await;
}

async fn on_postgres<F: Future<Output = ()>>(case: impl FnOnce(Place) -> F) {
    let Some(admin) = postgres() else { return };
    let name = format!("ratssaal_test_{}_{}", std::process::id(), serial());
    run(&admin, format!("CREATE DATABASE {name}")).await;
    case(Place::Postgres(with_database(&admin, &name))).await;
    run(&admin, format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn run(url: &str, sql: String) {
    let mut conn = PgConnection::connect(url).await.expect("PostgreSQL of RATSSAAL_TEST_POSTGRES");
    conn.execute(AssertSqlSafe(sql)).await.expect("an administrative statement");
}

/// The server to test on, or a loud word and `None`.
fn postgres() -> Option<String> {
    let url = std::env::var("RATSSAAL_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if url.is_none() {
        ledger_kit::skipped("no PostgreSQL (RATSSAAL_TEST_POSTGRES is not set; see tests/postgres.sh)");
    }
    url
}

/// The same server, another database.
fn with_database(url: &str, name: &str) -> String {
    let (place, query) =
        url.split_once('?').map_or((url, String::new()), |(place, query)| (place, format!("?{query}")));
    let (server, _) = place.rsplit_once('/').expect("a URL with a database");
    format!("{server}/{name}{query}")
}

macro_rules! on_both {
    ($($module:ident: $($case:ident),+;)+) => {
        mod on_sqlite {
            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $case() { super::on_sqlite(super::$module::$case).await; })+)+
        }
        mod on_postgres {
            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $case() { super::on_postgres(super::$module::$case).await; })+)+
        }
    };
}

on_both! {
    append: what_is_appended_is_loaded, another_head_is_refused, of_a_hundred_one_wins, a_command_counts_once,
        a_deleted_part_leaves_a_chain, findings_stay, what_does_not_chain_is_refused, large_and_umlaut,
        meetings_are_apart, all_or_nothing;
    owner: a_stale_owner_writes_nothing, nothing_lands_behind_a_claim, an_expired_owner_writes_nothing, one_claim_wins, a_claim_is_prolonged,
        the_last_sign_of_life_is_told, a_released_meeting_is_free;
    outbox: notices_keep_their_order, a_lease_is_exclusive, a_parked_notice_lets_the_next_pass,
        whoever_runs_the_meeting_sends;
    papers: a_paper_comes_back_as_it_was, a_paper_that_was_changed_is_not_handed_out;
    drafts: a_draft_is_kept_for_its_writer;
    requests: a_request_is_kept_and_answered_once;
    seal: the_first_sealing_is_remembered;
    town: every_version_of_the_town_is_kept, accounts_follow_the_town, of_two_administrators_at_once_one_is_first;
    room: the_room_is_told_once, a_room_is_read_on_from_where_one_was, whoever_reads_on_misses_nothing,
        what_is_said_is_bounded_and_kept_once, a_chat_that_ended_is_gone_for_good;
    rows: an_impossible_row_is_named;
}
