-- Beside the clerk's unfinished texts, the chair's private notes (Sprechzettel): the same kept writing in another slot.
CREATE TABLE draft (
    meeting TEXT NOT NULL,
    person TEXT NOT NULL,
    slot TEXT NOT NULL CHECK (slot IN ('text', 'note')),
    item TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Number of the entry with the text the writer had before her; 0 if there was none, and for a note.
    replaces BIGINT NOT NULL,
    -- Milliseconds since 1970 (UTC).
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (meeting, person, slot, item)
);
INSERT INTO draft (meeting, person, slot, item, text, replaces, saved_at)
    SELECT meeting, person, 'text', item, text, replaces, saved_at FROM text_draft;
DROP TABLE text_draft;
CREATE INDEX draft_by_age ON draft (saved_at);
