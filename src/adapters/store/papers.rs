//! Files of papers in the database, in pieces: a backup of the database holds them, and every node reads them.

use super::db::{read, write};
use super::{Db, StoreFault};
use crate::app::ports::papers::PaperStore;
use crate::app::ports::{Answer, Fault};
use crate::domain::ledger::Digest;
use crate::domain::time::Instant;

/// One piece, in bytes: a write of it holds up nobody.
const PIECE_BYTES: usize = 256 * 1024;

/// Every file of the installation, in a [`Db`].
#[derive(Debug, Clone)]
pub struct SqlPapers(pub Db);

impl SqlPapers {
    async fn keep(&self, digest: Digest, bytes: &[u8], now: Instant) -> Result<(), StoreFault> {
        const PIECE: &str = "INSERT INTO paper_piece (digest, place, content) VALUES ($1, $2, $3) ON CONFLICT (digest, place) DO NOTHING";
        const FILE: &str = "INSERT INTO paper_file (digest, bytes, pieces, recorded_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (digest) DO NOTHING";
        let key = digest.to_string();
        let mut pieces = 0_i64;
        // One short transaction a piece, so that a ballot never waits for an upload.
        for piece in bytes.chunks(PIECE_BYTES) {
            let kept: Result<(), StoreFault> = write!(&self.0, |tx| sqlx::query(PIECE)
                .bind(&key)
                .bind(pieces)
                .bind(piece)
                .execute(&mut *tx)
                .await
                .map(drop));
            kept?;
            pieces += 1;
        }
        let size = i64::try_from(bytes.len()).map_err(|_| wrong(&key, "zu groß"))?;
        write!(&self.0, |tx| sqlx::query(FILE)
            .bind(&key)
            .bind(size)
            .bind(pieces)
            .bind(now.0)
            .execute(&mut *tx)
            .await
            .map(drop))
    }

    async fn fetch(&self, digest: Digest) -> Result<Option<Vec<u8>>, StoreFault> {
        const FILE: &str = "SELECT bytes, pieces FROM paper_file WHERE digest = $1";
        const PIECE: &str = "SELECT content FROM paper_piece WHERE digest = $1 AND place = $2";
        let key = digest.to_string();
        let file: Option<(i64, i64)> =
            read!(&self.0, |pool| sqlx::query_as(FILE).bind(&key).fetch_optional(pool).await?);
        let Some((size, pieces)) = file else { return Ok(None) };
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        for place in 0..pieces {
            let piece: Option<(Vec<u8>,)> =
                read!(&self.0, |pool| sqlx::query_as(PIECE).bind(&key).bind(place).fetch_optional(pool).await?);
            bytes.extend(piece.ok_or_else(|| wrong(&key, "ein Stück fehlt"))?.0);
        }
        if Digest::sha256(&bytes) == digest { Ok(Some(bytes)) } else { Err(wrong(&key, "der Inhalt ist ein anderer")) }
    }
}

fn wrong(key: &str, why: &str) -> StoreFault {
    StoreFault::Inconsistent { table: "paper_file", key: key.to_owned(), why: why.to_owned() }
}

impl PaperStore for SqlPapers {
    fn keep(&self, digest: Digest, bytes: Vec<u8>, now: Instant) -> Answer<'_, Result<(), Fault>> {
        Box::pin(async move { self.keep(digest, &bytes, now).await.map_err(Fault::new) })
    }

    fn fetch(&self, digest: Digest) -> Answer<'_, Result<Option<Vec<u8>>, Fault>> {
        Box::pin(async move { self.fetch(digest).await.map_err(Fault::new) })
    }
}
