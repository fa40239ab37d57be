-- The files of papers, by their SHA-256: the same file lies here once. In pieces, so that no large value is ever moved
-- whole and no writer is held up. Which paper a file is, and who may read it, stands in the ledger.
CREATE TABLE paper_piece (
    digest TEXT NOT NULL,
    place BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (digest, place)
);

-- Written after the last piece: only then is a file there.
CREATE TABLE paper_file (
    digest TEXT NOT NULL PRIMARY KEY,
    bytes BIGINT NOT NULL,
    pieces BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL
);
