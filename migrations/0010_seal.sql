-- When a paper was first sealed: the same paper is the same file whenever it is asked for.
CREATE TABLE sealed_at (
    meeting TEXT NOT NULL,
    -- The entry the paper rests on, and its digest.
    number BIGINT NOT NULL,
    digest TEXT NOT NULL,
    -- SHA-256 of the certificate.
    certificate TEXT NOT NULL,
    -- Milliseconds since 1970 (UTC).
    at BIGINT NOT NULL,
    PRIMARY KEY (meeting, number, digest, certificate)
);
