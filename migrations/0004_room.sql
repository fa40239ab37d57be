-- The room beside the picture, kept by ourselves: what a meeting's room was told, in the shape a homeserver would get.
CREATE TABLE room_event (
    -- The notice it came from: told twice, it stands here once.
    id TEXT NOT NULL PRIMARY KEY,
    meeting TEXT NOT NULL,
    -- The entry it tells of.
    number BIGINT NOT NULL,
    content TEXT NOT NULL,
    recorded_at BIGINT NOT NULL
);
CREATE INDEX room_event_in_order ON room_event (meeting, number);
