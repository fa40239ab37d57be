//! Accounts and enrolment links in the database.

use super::db::{read, write};
use super::{Db, StoreFault};
use crate::app::ports::accounts::{Account, AccountKeys, AccountStore, LinkState};
use crate::app::ports::{Answer, Fault};
use crate::domain::id::PersonId;
use crate::domain::time::Instant;
use sqlx::FromRow;
use std::collections::BTreeSet;

/// Accounts and links, kept in a [`Db`].
#[derive(Debug, Clone)]
pub struct SqlAccounts(pub Db);

/// Makes the accounts exactly those of `$people`, in a writing transaction. Everybody loses the address, then those of the
/// town get theirs: two people may swap addresses, and whoever has none cannot sign in.
macro_rules! seed_accounts {
    ($tx:ident, $people:expr) => {
        sqlx::query("UPDATE accounts SET email = NULL").execute(&mut *$tx).await?;
        for one in $people {
            sqlx::query(
                "INSERT INTO accounts (person_id, name, email, totp_step) VALUES ($1, $2, $3, 0) \
                 ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, email = excluded.email",
            )
            .bind(one.person.as_str())
            .bind(&one.name)
            .bind(&one.email)
            .execute(&mut *$tx)
            .await?;
        }
        sqlx::query("DELETE FROM sessions WHERE person_id IN (SELECT person_id FROM accounts WHERE email IS NULL)")
            .execute(&mut *$tx)
            .await?;
        sqlx::query(
            "DELETE FROM enrolment_links WHERE person_id IN (SELECT person_id FROM accounts WHERE email IS NULL)",
        )
        .execute(&mut *$tx)
        .await?;
    };
}
pub(super) use seed_accounts;

#[derive(FromRow)]
struct AccountRow {
    person_id: String,
    name: String,
    email: String,
    password_hash: Option<String>,
    totp_secret: Option<String>,
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreFault;

    fn try_from(row: AccountRow) -> Result<Self, StoreFault> {
        let keys = row.password_hash.zip(row.totp_secret);
        let keys = keys.map(|(password_hash, totp_secret)| AccountKeys { password_hash, totp_secret });
        Ok(Self { person: person("accounts", row.person_id)?, name: row.name, email: row.email, keys })
    }
}

#[derive(FromRow)]
struct LinkRow {
    person_id: String,
    expires_at: i64,
    used_at: Option<i64>,
}

impl SqlAccounts {
    async fn enrolled(&self) -> Result<BTreeSet<PersonId>, StoreFault> {
        const SQL: &str = "SELECT person_id FROM accounts WHERE email IS NOT NULL AND password_hash IS NOT NULL";
        let rows: Vec<(String,)> = read!(&self.0, |pool| sqlx::query_as(SQL).fetch_all(pool).await?);
        rows.into_iter().map(|(id,)| person("accounts", id)).collect()
    }

    async fn by_email(&self, email: &str) -> Result<Option<Account>, StoreFault> {
        let row: Option<AccountRow> = read!(&self.0, |pool| {
            sqlx::query_as("SELECT person_id, name, email, password_hash, totp_secret FROM accounts WHERE email = $1")
                .bind(email)
                .fetch_optional(pool)
                .await?
        });
        row.map(Account::try_from).transpose()
    }

    async fn by_person(&self, person: &PersonId) -> Result<Option<Account>, StoreFault> {
        let row: Option<AccountRow> = read!(&self.0, |pool| {
            sqlx::query_as(
                "SELECT person_id, name, email, password_hash, totp_secret FROM accounts \
                 WHERE person_id = $1 AND email IS NOT NULL",
            )
            .bind(person.as_str())
            .fetch_optional(pool)
            .await?
        });
        row.map(Account::try_from).transpose()
    }

    async fn put_link(
        &self,
        person: &PersonId,
        digest: &str,
        now: Instant,
        expires: Instant,
    ) -> Result<(), StoreFault> {
        write!(&self.0, |tx| {
            sqlx::query("DELETE FROM enrolment_links WHERE person_id = $1")
                .bind(person.as_str())
                .execute(&mut *tx)
                .await?;
            sqlx::query(
                "INSERT INTO enrolment_links (digest, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
            )
            .bind(digest)
            .bind(person.as_str())
            .bind(now.0)
            .bind(expires.0)
            .execute(&mut *tx)
            .await
            .map(|_| ())
        })
    }

    async fn link(&self, digest: &str, now: Instant) -> Result<LinkState, StoreFault> {
        let row: Option<LinkRow> = read!(&self.0, |pool| {
            sqlx::query_as("SELECT person_id, expires_at, used_at FROM enrolment_links WHERE digest = $1")
                .bind(digest)
                .fetch_optional(pool)
                .await?
        });
        Ok(match row {
            None => LinkState::Unknown,
            Some(row) if row.used_at.is_some() => LinkState::Used,
            Some(row) if row.expires_at <= now.0 => LinkState::Expired,
            Some(row) => LinkState::Good(person("enrolment_links", row.person_id)?),
        })
    }

    async fn take_link(&self, digest: &str, now: Instant) -> Result<LinkState, StoreFault> {
        let taken: Result<Option<(String,)>, StoreFault> = write!(&self.0, |tx| {
            sqlx::query_as(
                "UPDATE enrolment_links SET used_at = $2 \
                 WHERE digest = $1 AND used_at IS NULL AND expires_at > $2 RETURNING person_id",
            )
            .bind(digest)
            .bind(now.0)
            .fetch_optional(&mut *tx)
            .await
        });
        match taken? {
            Some((holder,)) => Ok(LinkState::Good(person("enrolment_links", holder)?)),
            None => Ok(match self.link(digest, now).await? {
                // It was good only after we had looked: somebody replaced it in between. Not for this visitor.
                LinkState::Good(_) => LinkState::Unknown,
                state => state,
            }),
        }
    }

    async fn enrol(
        &self,
        person: &PersonId,
        link: &str,
        keys: &AccountKeys,
        step: i64,
        now: Instant,
    ) -> Result<bool, StoreFault> {
        write!(&self.0, |tx| {
            let changed = sqlx::query(
                "UPDATE accounts SET password_hash = $3, totp_secret = $4, totp_step = $5, enrolled_at = $6 \
                 WHERE person_id = $1 AND email IS NOT NULL AND EXISTS (SELECT 1 FROM enrolment_links \
                 WHERE digest = $2 AND enrolment_links.person_id = $1 AND used_at IS NOT NULL)",
            )
            .bind(person.as_str())
            .bind(link)
            .bind(&keys.password_hash)
            .bind(&keys.totp_secret)
            .bind(step)
            .bind(now.0)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if changed == 1 {
                sqlx::query("DELETE FROM sessions WHERE person_id = $1")
                    .bind(person.as_str())
                    .execute(&mut *tx)
                    .await?;
            }
            Ok::<_, sqlx::Error>(changed == 1)
        })
    }

    async fn use_totp_step(&self, person: &PersonId, step: i64) -> Result<bool, StoreFault> {
        write!(&self.0, |tx| {
            sqlx::query("UPDATE accounts SET totp_step = $2 WHERE person_id = $1 AND totp_step < $2")
                .bind(person.as_str())
                .bind(step)
                .execute(&mut *tx)
                .await
                .map(|done| done.rows_affected() == 1)
        })
    }

    async fn end_sessions(&self, person: &PersonId) -> Result<u64, StoreFault> {
        write!(&self.0, |tx| {
            sqlx::query("DELETE FROM sessions WHERE person_id = $1")
                .bind(person.as_str())
                .execute(&mut *tx)
                .await
                .map(|done| done.rows_affected())
        })
    }

    async fn sweep(&self, now: Instant, links_before: Instant) -> Result<u64, StoreFault> {
        write!(&self.0, |tx| {
            let sessions = sqlx::query("DELETE FROM sessions WHERE expires_at <= $1 OR ends_at <= $1")
                .bind(now.0)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            sqlx::query("DELETE FROM enrolment_links WHERE expires_at < $1")
                .bind(links_before.0)
                .execute(&mut *tx)
                .await
                .map(|done| done.rows_affected().saturating_add(sessions))
        })
    }
}

impl AccountStore for SqlAccounts {
    fn enrolled(&self) -> Answer<'_, Result<BTreeSet<PersonId>, Fault>> {
        Box::pin(async move { self.enrolled().await.map_err(Fault::new) })
    }

    fn by_email<'a>(&'a self, email: &'a str) -> Answer<'a, Result<Option<Account>, Fault>> {
        Box::pin(async move { self.by_email(email).await.map_err(Fault::new) })
    }

    fn by_person<'a>(&'a self, person: &'a PersonId) -> Answer<'a, Result<Option<Account>, Fault>> {
        Box::pin(async move { self.by_person(person).await.map_err(Fault::new) })
    }

    fn put_link<'a>(
        &'a self,
        person: &'a PersonId,
        digest: &'a str,
        now: Instant,
        expires: Instant,
    ) -> Answer<'a, Result<(), Fault>> {
        Box::pin(async move { self.put_link(person, digest, now, expires).await.map_err(Fault::new) })
    }

    fn link<'a>(&'a self, digest: &'a str, now: Instant) -> Answer<'a, Result<LinkState, Fault>> {
        Box::pin(async move { self.link(digest, now).await.map_err(Fault::new) })
    }

    fn take_link<'a>(&'a self, digest: &'a str, now: Instant) -> Answer<'a, Result<LinkState, Fault>> {
        Box::pin(async move { self.take_link(digest, now).await.map_err(Fault::new) })
    }

    fn enrol<'a>(
        &'a self,
        person: &'a PersonId,
        link: &'a str,
        keys: AccountKeys,
        step: i64,
        now: Instant,
    ) -> Answer<'a, Result<bool, Fault>> {
        Box::pin(async move { self.enrol(person, link, &keys, step, now).await.map_err(Fault::new) })
    }

    fn use_totp_step<'a>(&'a self, person: &'a PersonId, step: i64) -> Answer<'a, Result<bool, Fault>> {
        Box::pin(async move { self.use_totp_step(person, step).await.map_err(Fault::new) })
    }

    fn end_sessions<'a>(&'a self, person: &'a PersonId) -> Answer<'a, Result<u64, Fault>> {
        Box::pin(async move { self.end_sessions(person).await.map_err(Fault::new) })
    }

    fn sweep(&self, now: Instant, links_before: Instant) -> Answer<'_, Result<u64, Fault>> {
        Box::pin(async move { self.sweep(now, links_before).await.map_err(Fault::new) })
    }
}

fn person(table: &'static str, text: String) -> Result<PersonId, StoreFault> {
    PersonId::try_from(text).map_err(|why| StoreFault::Inconsistent { table, key: why.0.clone(), why: why.to_string() })
}
