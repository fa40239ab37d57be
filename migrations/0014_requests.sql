-- `Verlangen`: what councillors and factions have asked for, and what became of it. Nothing is overwritten or removed.
CREATE TABLE request (
    id TEXT NOT NULL PRIMARY KEY,
    -- JSON: who asks for what, and how many there were on the day it was received.
    lodged TEXT NOT NULL,
    -- Milliseconds since 1970 (UTC).
    recorded_at BIGINT NOT NULL,
    -- JSON: what became of it; NULL while it is open.
    answered TEXT
);
CREATE INDEX request_by_age ON request (recorded_at);
