//! The room kept in our own database, for towns without a homeserver.

use super::db::read;
use super::tx::{Tx, on};
use super::{Db, StoreFault};
use crate::app::ports::room::{ChatBounds, Placed, RoomEvent, RoomPage, RoomPort, Saying};
use crate::app::ports::{Answer, Fault};
use crate::domain::id::{MeetingId, PersonId};
use crate::domain::time::Instant;

/// Most events one reading hands out, whatever is asked.
const READ_MAX: u32 = 500;
/// The minute in which one person's words are counted, in milliseconds.
const MINUTE_MS: i64 = 60_000;

/// Every meeting's room, in a [`Db`].
#[derive(Debug, Clone)]
pub struct SqlRoom(pub Db);

/// Place, id, number, content and time of an event.
type Row = (i64, String, i64, String, i64);

impl SqlRoom {
    async fn keep(&self, event: &RoomEvent) -> Result<(), StoreFault> {
        let mut tx = Tx::begin(&self.0).await?;
        let (place, _) = next_place(&mut tx, &event.meeting).await?;
        insert(&mut tx, event, place, None).await?;
        Ok(tx.commit().await?)
    }

    async fn read(&self, meeting: &MeetingId, after: u64, most: u32) -> Result<RoomPage, StoreFault> {
        const CHAT: &str = "SELECT chat FROM room WHERE meeting = $1";
        const EVENTS: &str = "SELECT place, id, number, content, recorded_at FROM room_event \
             WHERE meeting = $1 AND place > $2 ORDER BY place DESC LIMIT $3";
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let most = i64::from(most.min(READ_MAX));
        let (chat, rows): (Option<(String,)>, Vec<Row>) = read!(&self.0, |pool| (
            sqlx::query_as(CHAT).bind(meeting.as_str()).fetch_optional(pool).await?,
            sqlx::query_as(EVENTS).bind(meeting.as_str()).bind(after).bind(most).fetch_all(pool).await?,
        ));
        let mut events = rows.into_iter().map(|row| placed(meeting, row)).collect::<Result<Vec<Placed>, _>>()?;
        events.reverse();
        Ok(RoomPage { chat_open: chat.is_some_and(|(chat,)| chat == "open"), events })
    }

    async fn say(&self, event: &RoomEvent, author: &PersonId, bounds: ChatBounds) -> Result<Saying, StoreFault> {
        const KNOWN: &str = "SELECT COUNT(*) FROM room_event WHERE id = $1";
        const SAID: &str = "SELECT COUNT(*) FROM room_event WHERE meeting = $1 AND author IS NOT NULL";
        const LATELY: &str = "SELECT COUNT(*) FROM room_event WHERE meeting = $1 AND author = $2 AND recorded_at > $3";
        // An abandoned transaction takes its place back.
        let mut tx = Tx::begin(&self.0).await?;
        let (place, chat) = next_place(&mut tx, &event.meeting).await?;
        let known: (i64,) = on!(&mut tx, |conn| sqlx::query_as(KNOWN).bind(&event.id).fetch_one(conn).await)?;
        if known.0 > 0 {
            return Ok(Saying::Kept);
        }
        if chat != "open" {
            return Ok(Saying::Closed);
        }
        let meeting = event.meeting.as_str();
        let since = event.at.plus_millis(-MINUTE_MS).0;
        let lately: (i64,) = on!(&mut tx, |conn| sqlx::query_as(LATELY)
            .bind(meeting)
            .bind(author.as_str())
            .bind(since)
            .fetch_one(conn)
            .await)?;
        if lately.0 >= i64::from(bounds.per_minute) {
            return Ok(Saying::TooOften);
        }
        let said: (i64,) = on!(&mut tx, |conn| sqlx::query_as(SAID).bind(meeting).fetch_one(conn).await)?;
        if said.0 >= i64::from(bounds.total) {
            return Ok(Saying::Full);
        }
        insert(&mut tx, event, place, Some(author)).await?;
        tx.commit().await?;
        Ok(Saying::Kept)
    }

    async fn open_chat(&self, meeting: &MeetingId, open: bool) -> Result<(), StoreFault> {
        const SQL: &str = "INSERT INTO room (meeting, newest, chat) VALUES ($1, 0, $2) \
             ON CONFLICT (meeting) DO UPDATE SET chat = excluded.chat WHERE room.chat <> 'ended'";
        let mut tx = Tx::begin(&self.0).await?;
        let chat = if open { "open" } else { "closed" };
        on!(&mut tx, |conn| sqlx::query(SQL).bind(meeting.as_str()).bind(chat).execute(conn).await.map(drop))?;
        Ok(tx.commit().await?)
    }

    async fn end_chat(&self, meeting: &MeetingId) -> Result<(), StoreFault> {
        const END: &str = "INSERT INTO room (meeting, newest, chat) VALUES ($1, 0, 'ended') \
             ON CONFLICT (meeting) DO UPDATE SET chat = 'ended'";
        const DELETE: &str = "DELETE FROM room_event WHERE meeting = $1 AND author IS NOT NULL";
        let mut tx = Tx::begin(&self.0).await?;
        for sql in [END, DELETE] {
            on!(&mut tx, |conn| sqlx::query(sql).bind(meeting.as_str()).execute(conn).await.map(drop))?;
        }
        Ok(tx.commit().await?)
    }
}

/// The next free place of a room, and how its chat stands. Locks the room until the transaction ends.
async fn next_place(tx: &mut Tx, meeting: &MeetingId) -> Result<(i64, String), StoreFault> {
    const SQL: &str = "INSERT INTO room (meeting, newest, chat) VALUES ($1, 1, 'closed') \
         ON CONFLICT (meeting) DO UPDATE SET newest = room.newest + 1 RETURNING newest, chat";
    Ok(on!(tx, |conn| sqlx::query_as(SQL).bind(meeting.as_str()).fetch_one(conn).await)?)
}

async fn insert(tx: &mut Tx, event: &RoomEvent, place: i64, author: Option<&PersonId>) -> Result<(), StoreFault> {
    const SQL: &str = "INSERT INTO room_event (id, meeting, number, content, recorded_at, place, author) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING";
    let number = i64::try_from(event.number).map_err(|_| impossible(&event.id, format!("Nummer {}", event.number)))?;
    on!(tx, |conn| sqlx::query(SQL)
        .bind(&event.id)
        .bind(event.meeting.as_str())
        .bind(number)
        .bind(&event.content)
        .bind(event.at.0)
        .bind(place)
        .bind(author.map(PersonId::as_str))
        .execute(conn)
        .await
        .map(drop))?;
    Ok(())
}

fn placed(meeting: &MeetingId, (place, id, number, content, at): Row) -> Result<Placed, StoreFault> {
    let natural = |what: &str, value: i64| u64::try_from(value).map_err(|_| impossible(&id, format!("{what} {value}")));
    let (place, number) = (natural("Platz", place)?, natural("Nummer", number)?);
    Ok(Placed { place, event: RoomEvent { id, meeting: meeting.clone(), number, content, at: Instant(at) } })
}

fn impossible(id: &str, why: String) -> StoreFault {
    StoreFault::Inconsistent { table: "room_event", key: id.to_owned(), why }
}

impl RoomPort for SqlRoom {
    fn tell(&self, event: RoomEvent) -> Answer<'_, Result<(), Fault>> {
        Box::pin(async move { self.keep(&event).await.map_err(Fault::new) })
    }

    fn read<'a>(&'a self, meeting: &'a MeetingId, after: u64, most: u32) -> Answer<'a, Result<RoomPage, Fault>> {
        Box::pin(async move { self.read(meeting, after, most).await.map_err(Fault::new) })
    }

    fn say(&self, event: RoomEvent, author: PersonId, bounds: ChatBounds) -> Answer<'_, Result<Saying, Fault>> {
        Box::pin(async move { self.say(&event, &author, bounds).await.map_err(Fault::new) })
    }

    fn open_chat<'a>(&'a self, meeting: &'a MeetingId, open: bool) -> Answer<'a, Result<(), Fault>> {
        Box::pin(async move { self.open_chat(meeting, open).await.map_err(Fault::new) })
    }

    fn end_chat<'a>(&'a self, meeting: &'a MeetingId) -> Answer<'a, Result<(), Fault>> {
        Box::pin(async move { self.end_chat(meeting).await.map_err(Fault::new) })
    }
}
