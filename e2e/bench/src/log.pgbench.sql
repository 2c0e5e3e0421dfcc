-- What appends to the public log, as one transaction: the same statements, tables and sizes of rows.
BEGIN;
SELECT pg_advisory_xact_lock(hashtextextended('log', 0));
SELECT coalesce(max(position), -1) + 1 AS next FROM log_entries \gset
INSERT INTO log_entries (position, entry) VALUES ((:next)::bigint, sha256(((:next)::bigint::text)::bytea));
INSERT INTO log_documents (position, draw_id, kind, salt, text, public_from, cosigned)
VALUES ((:next)::bigint, 'drw_00000000000000000000000000', 'move', repeat('0', 32), repeat('a move as JSON, ', 25), NULL, 0);
COMMIT;
