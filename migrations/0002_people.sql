-- People of the town who may sign in. Who left keeps the row (the ledger names persons) but not the address.
CREATE TABLE accounts (
    person_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT UNIQUE,
    password_hash TEXT,
    totp_secret TEXT,
    -- The newest 30-second step whose one-time code was used; no code of it or before is taken again.
    totp_step BIGINT NOT NULL,
    enrolled_at BIGINT,
    CHECK ((password_hash IS NULL) = (totp_secret IS NULL)),
    CHECK ((password_hash IS NULL) = (enrolled_at IS NULL))
);

-- Links that enrol. Only the SHA-256 of a token is here.
CREATE TABLE enrolment_links (
    digest TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES accounts (person_id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX enrolment_links_by_person ON enrolment_links (person_id);

-- Sessions, by the SHA-256 of the identifier in the cookie: whoever reads the table cannot take one over.
CREATE TABLE sessions (
    digest TEXT NOT NULL PRIMARY KEY,
    person_id TEXT,
    data TEXT NOT NULL,
    -- Ends unless it is used before.
    expires_at BIGINT NOT NULL,
    -- Ends, used or not.
    ends_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
