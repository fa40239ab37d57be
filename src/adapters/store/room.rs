//! The room kept in our own database, for towns without a homeserver.

use super::db::write;
use super::{Db, StoreFault};
use crate::app::ports::room::{RoomEvent, RoomPort};
use crate::app::ports::{Answer, Fault};

/// Every meeting's room, in a [`Db`].
#[derive(Debug, Clone)]
pub struct SqlRoom(pub Db);

impl SqlRoom {
    async fn keep(&self, event: &RoomEvent) -> Result<(), StoreFault> {
        const SQL: &str = "INSERT INTO room_event (id, meeting, number, content, recorded_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING";
        let number = i64::try_from(event.number).map_err(|_| StoreFault::Inconsistent {
            table: "room_event",
            key: event.id.clone(),
            why: format!("Nummer {}", event.number),
        })?;
        write!(&self.0, |tx| sqlx::query(SQL)
            .bind(&event.id)
            .bind(event.meeting.as_str())
            .bind(number)
            .bind(&event.content)
            .bind(event.at.0)
            .execute(&mut *tx)
            .await
            .map(drop))
    }
}

impl RoomPort for SqlRoom {
    fn tell(&self, event: RoomEvent) -> Answer<'_, Result<(), Fault>> {
        Box::pin(async move { self.keep(&event).await.map_err(Fault::new) })
    }
}
