-- The municipality, version after version: nothing is overwritten, the newest is in force.
CREATE TABLE town_version (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
    -- Canonical JSON of the whole town.
    town TEXT NOT NULL,
    -- Milliseconds since 1970 (UTC).
    recorded_at BIGINT NOT NULL,
    -- Who changed it in the browser; NULL: the town file.
    person TEXT,
    -- What changed, in one German sentence.
    what TEXT NOT NULL
);
