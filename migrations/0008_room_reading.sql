-- The room can be read in order and, where the Geschäftsordnung allows it, talked in. What people say stands here only,
-- never in the ledger, and goes when the meeting is closed.
ALTER TABLE room_event ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
-- Who said it; NULL: the meeting itself.
ALTER TABLE room_event ADD COLUMN author TEXT;

UPDATE room_event SET place = (
    SELECT COUNT(*) FROM room_event AS other WHERE other.meeting = room_event.meeting
        AND (other.number < room_event.number OR (other.number = room_event.number AND other.id <= room_event.id)));

DROP INDEX room_event_in_order;
CREATE UNIQUE INDEX room_event_in_order ON room_event (meeting, place);

-- Every writing locks its row first, so that places are given in the order they become visible.
CREATE TABLE room (
    meeting TEXT NOT NULL PRIMARY KEY,
    -- The highest place given.
    newest BIGINT NOT NULL,
    -- Once ended the chat stays ended.
    chat TEXT NOT NULL CHECK (chat IN ('closed', 'open', 'ended'))
);
INSERT INTO room (meeting, newest, chat) SELECT meeting, MAX(place), 'closed' FROM room_event GROUP BY meeting;
