-- The ledger of each meeting, who runs it, and what the outside is to be told.
-- Texts are canonical JSON, wire names or identifiers; times are milliseconds since 1970 (UTC).

-- What is hashed and chained: never changed, never deleted.
CREATE TABLE entry (
    meeting TEXT NOT NULL,
    number BIGINT NOT NULL CHECK (number >= 1),
    digest TEXT NOT NULL,
    envelope TEXT NOT NULL,
    PRIMARY KEY (meeting, number)
);

-- The payload of an entry by deletion class: a row disappears when that part is deleted.
CREATE TABLE part (
    meeting TEXT NOT NULL,
    number BIGINT NOT NULL,
    class TEXT NOT NULL,
    salt TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (meeting, number, class),
    FOREIGN KEY (meeting, number) REFERENCES entry (meeting, number)
);

-- Which command wrote which entries: an uncertain answer can be asked again.
CREATE TABLE command (
    meeting TEXT NOT NULL,
    command TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    head TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (meeting, command),
    FOREIGN KEY (meeting, first) REFERENCES entry (meeting, number),
    FOREIGN KEY (meeting, last) REFERENCES entry (meeting, number)
);

CREATE TABLE signed_head (
    meeting TEXT NOT NULL,
    number BIGINT NOT NULL,
    digest TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (meeting, number),
    FOREIGN KEY (meeting, number) REFERENCES entry (meeting, number)
);

-- Who runs a meeting. Every append updates its row first, which is the lock of the meeting on either database.
CREATE TABLE meeting_owner (
    meeting TEXT NOT NULL PRIMARY KEY,
    node TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    -- The last durable sign of life; NULL before anybody ran the meeting.
    alive_at BIGINT,
    expires_at BIGINT NOT NULL
);

CREATE TABLE outbox (
    -- meeting-number-place, fixed for ever: the transaction id towards the outside.
    id TEXT NOT NULL PRIMARY KEY,
    meeting TEXT NOT NULL,
    number BIGINT NOT NULL,
    place BIGINT NOT NULL,
    lane TEXT NOT NULL,
    -- Emptied once it is sent.
    content TEXT NOT NULL,
    not_before BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'parked')),
    -- Why it was parked.
    reason TEXT,
    FOREIGN KEY (meeting, number) REFERENCES entry (meeting, number)
);

CREATE INDEX outbox_in_order ON outbox (lane, state, meeting, number, place);

-- Which node may send for a meeting on a lane just now. The lease is the lane's and not the notice's, because a lane
-- is sent in order by one node at a time.
CREATE TABLE outbox_lease (
    meeting TEXT NOT NULL,
    lane TEXT NOT NULL,
    node TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    PRIMARY KEY (meeting, lane)
);
