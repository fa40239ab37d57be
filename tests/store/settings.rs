//! A database that is not set to be durable is refused, with the setting's name.

use super::Place;
use super::ledger_kit::{Writer, meeting, serial};
use ratssaal::adapters::store::{Db, StoreFault};
use ratssaal::app::ports::ledger::{LedgerError, LedgerStore as _};
use sqlx::{Connection as _, Executor as _, PgConnection};
use std::path::Path;

#[tokio::test]
async fn sqlite_without_a_log_is_refused() {
    let refused = Db::sqlite(Path::new(":memory:")).await;
    assert!(
        matches!(&refused, Err(StoreFault::NotDurable { setting: "journal_mode", found, .. }) if found == "memory"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn postgres_that_does_not_wait_for_the_disk_is_refused() {
    let Some(admin) = super::postgres() else { return };
    let role = format!("ratssaal_lax_{}_{}", std::process::id(), serial());
    super::run(&admin, format!("CREATE ROLE {role} LOGIN PASSWORD 'lax'")).await;
    super::run(&admin, format!("ALTER ROLE {role} SET synchronous_commit = off")).await;
    let (_, host) = admin.split_once('@').expect("a URL with a user");
    let refused = Db::postgres(&format!("postgres://{role}:lax@{host}")).await;
    super::run(&admin, format!("DROP ROLE {role}")).await;
    assert!(
        matches!(&refused, Err(StoreFault::NotDurable { setting: "synchronous_commit", found, .. }) if found == "off"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn nobody_waits_for_a_frozen_node_for_ever() {
    super::on_postgres(|place| async move {
        let Place::Postgres(url) = &place else { return };
        let store = place.open().await;
        let writer = Writer::claim(&store, &meeting("m"), "a").await;
        let mut frozen = PgConnection::connect(url).await.unwrap();
        frozen.execute("BEGIN").await.unwrap();
        frozen.execute("UPDATE meeting_owner SET epoch = epoch").await.unwrap();
        let refused = store.append(writer.simple("eins")).await;
        assert!(matches!(&refused, Err(LedgerError::Fault(why)) if why.contains("festgehalten")), "{refused:?}");
        frozen.execute("ROLLBACK").await.unwrap();
        store.append(writer.simple("eins")).await.unwrap();
    })
    .await;
}
