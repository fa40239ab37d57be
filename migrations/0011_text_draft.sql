-- What the clerk is writing on an item and has not entered yet: kept for its writer, so that a closed browser loses nothing.
CREATE TABLE text_draft (
    meeting TEXT NOT NULL,
    person TEXT NOT NULL,
    item TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Number of the entry with the text the writer had before her; 0 if there was none.
    replaces BIGINT NOT NULL,
    -- Milliseconds since 1970 (UTC).
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (meeting, person, item)
);
CREATE INDEX text_draft_by_age ON text_draft (saved_at);
